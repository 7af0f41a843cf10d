"""The landing mark: the one to choose of those that the terrain camera offers."""

from __future__ import annotations

from typing import Final

from game.sim.snapshot import Mark, Nav

CLEAR_OF_BACKSHELL_M: Final = 70.0  # its lines and canopy reach that far when they fall
_SMOOTH: Final = 0.5  # hazard up to which a mark is as good as any
_HAZARD_M: Final = 2000.0  # of distance that all of a hazard is worth
_UNDER_SHELL_M: Final = 5000.0
_WAY: Final = 0.3  # of a metre from the target, for a metre that we have to go farther
_BACKSHELL_MPS: Final = 45.0  # at which the empty backshell comes down under its parachute
_BRAKE_S: Final = 12.0  # how long the speed along the ground goes on, on the way down


def towards_best_mark(nav: Nav) -> int:
    """Which way to step the choice, -1 up-track to 1 down-track; 0 keeps it."""
    if not nav.terrain_locked or not nav.marks:
        return 0
    best = best_mark(nav)
    return (best > nav.mark_index) - (best < nav.mark_index)


def best_mark(nav: Nav) -> int:
    """Index of the mark nearest to the target that is smooth, not under the backshell, and not too far to go."""
    shell_m = backshell_lands_m(nav)
    ahead_m = nav.x_m + _BRAKE_S * nav.vx_mps

    def cost_m(index: int) -> float:
        mark: Mark = nav.marks[index]
        cost = abs(mark.downrange_m - nav.target_m) + _WAY * abs(mark.downrange_m - ahead_m)
        cost += _HAZARD_M * max(mark.hazard - _SMOOTH, 0.0)
        if abs(mark.downrange_m - shell_m) < CLEAR_OF_BACKSHELL_M:
            cost += _UNDER_SHELL_M
        return cost

    return min(range(len(nav.marks)), key=cost_m)


def backshell_lands_m(nav: Nav) -> float:
    """Where the backshell comes down: as the craft reckons it once it is gone, by the forecast's wind before."""
    if nav.backshell_lands_m is not None:
        return nav.backshell_lands_m
    return nav.x_m + nav.wind_mps * nav.height_m / _BACKSHELL_MPS
