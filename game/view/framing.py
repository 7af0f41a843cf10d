"""What the camera should show at each moment of a flight, as a box of the world in metres."""

from __future__ import annotations

from math import hypot
from typing import Final

from game.sim.phases import Phase
from game.sim.snapshot import Outcome, Part, Truth
from game.sim.terrain import Terrain
from game.view.camera import FOOT, Shot

LEAVE_M: Final = 55.0  # the stage is this far away: the picture goes back to the rover
_AFTER_CUT_MOST_M: Final = 40.0
_WRECK_MOST_M: Final = 14.0
_GROWS_FROM_M: Final = 15.0


def shot_of(truth: Truth, terrain: Terrain) -> Shot:
    """The box for this snapshot."""
    stage, rover = truth.parts[Part.DESCENT_STAGE], truth.parts[Part.ROVER]
    ground_m = terrain.height_at(rover.x_m)
    if truth.outcome is Outcome.LOST:
        half_m = min(max(_half(stage.y_m + 3.0 - ground_m), 5.5), _WRECK_MOST_M)
        return Shot(rover.x_m, ground_m, 0.62 * half_m, half_m, 4.0)
    if truth.phase in (Phase.FREE_FALL, Phase.POWERED):
        return _descent(truth, ground_m)
    if truth.rover_released and truth.bridle_paid_m is None:
        return _parting(truth, ground_m)
    # Sky crane: both vehicles and the ground, steady as a tripod.
    half_m = max(_half(stage.y_m + 1.9 - ground_m), 5.5)
    x_m = rover.x_m + 0.25 * _clamped(truth.mark_m - rover.x_m, 0.9 * half_m)
    return Shot(x_m, ground_m, 0.62 * half_m, half_m, 1.5)


def _descent(truth: Truth, ground_m: float) -> Shot:
    """Craft in the upper third, ground at the foot, more room ahead than behind, the mark in view if it can be."""
    rover, stage = truth.parts[Part.ROVER], truth.parts[Part.DESCENT_STAGE]
    high_m = max(stage.y_m - ground_m, 12.0)
    # As long as the backshell hangs above, there is room for it.
    shell = truth.parts.get(Part.BACKSHELL)
    room = 1.34 if shell is not None and shell.y_m > stage.y_m else 1.16
    half_m = _half(room * high_m + 3.0)
    lead_m = _clamped(2.5 * rover.vx_mps, 0.18 * high_m)
    x_m = rover.x_m + lead_m + 0.45 * _clamped(truth.mark_m - rover.x_m, 0.70 * high_m)
    return Shot(x_m, ground_m, 0.50 * half_m, half_m, 2.2)


def _parting(truth: Truth, ground_m: float) -> Shot:
    """After the cut: the rover stays, the stage is shown leaving until it is far."""
    stage, rover = truth.parts[Part.DESCENT_STAGE], truth.parts[Part.ROVER]
    away_m = hypot(stage.x_m - rover.x_m, stage.y_m - rover.y_m)
    if away_m > LEAVE_M or truth.phase is Phase.OVER:
        return Shot(rover.x_m, ground_m, 4.2, 4.4, 0.9)
    top_m = max(stage.y_m + 3.5 + 0.7 * max(stage.vy_mps, 0.0), rover.y_m + 6.0) - ground_m
    half_m = min(_half(top_m), _AFTER_CUT_MOST_M)
    left, right = min(stage.x_m, rover.x_m) - 4.0, max(stage.x_m, rover.x_m) + 4.0
    return Shot(0.5 * (left + right), ground_m, max(0.5 * (right - left), 0.62 * half_m), half_m, 3.0)


def drift_of(truth: Truth, terrain: Terrain) -> tuple[float, float]:
    """How the box moves along (m/s) and grows (1/s): while falling the camera flies along, else it stands."""
    if truth.phase in (Phase.FREE_FALL, Phase.POWERED):
        rover = truth.parts[Part.ROVER]
        high_m = rover.y_m - terrain.height_at(rover.x_m)
        return rover.vx_mps, rover.vy_mps / high_m if high_m > _GROWS_FROM_M else 0.0
    return 0.0, 0.0


def _half(above_m: float) -> float:
    """Half of the height of a box that shows so much above the ground."""
    return 0.5 * above_m / (1.0 - FOOT)


def _clamped(value: float, most: float) -> float:
    return min(max(value, -most), most)
