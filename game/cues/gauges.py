"""The gauges and small cues of one moment: each a function of what the craft knows, each with its own sign."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, degrees, sqrt
from typing import Final

from game.cues.arrival_windows import ARRIVING, leaving
from game.cues.profile import (
    CRANE_DESCENT_MPS,
    CRANE_HEIGHT_M,
    HANDOVER_MPS,
    along_aim_mps,
    descent_aim_mps,
    descent_brake_mps2,
    latest_burn_height_m,
    stopping_mps2,
    time_to_burn_s,
)
from game.cues.signs import Gauge, Sign, banded
from game.cues.windows import (
    AWAY_M,
    CLEAR_M,
    NOT_READY_LOW_M,
    RELEASE_HIGH_M,
    RELEASE_LOW_M,
    backshell_above,
    backshell_bound_for,
    stage_falls_m,
)
from game.sim.phases import Phase
from game.sim.snapshot import Nav

FUEL_LOW_S: Final = 20.0  # seconds of hover: the sky crane alone takes as long
FUEL_STOP_S: Final = 8.0
BURN_SOON_S: Final = 3.0
HAZARD_CAUTION: Final = 0.5
HAZARD_STOP: Final = 1.0  # not for wheels

FALLING: Final = (Phase.FREE_FALL, Phase.POWERED)
HANGING: Final = (Phase.SKY_CRANE, Phase.TOUCHDOWN)
TILT_LIMIT_DEG: Final = {
    Phase.FREE_FALL: 35.0,
    Phase.POWERED: 35.0,
    Phase.SKY_CRANE: 12.0,
    Phase.TOUCHDOWN: 12.0,
    Phase.FLYAWAY: 65.0,
    Phase.OVER: 65.0,
}
_FLYAWAY_TILT_DEG: Final = 45.0
_CLIMB_BACK_MPS: Final = 0.5
_CLIMB_MARGIN_M: Final = 0.5  # climb until the window is well open, not just


@dataclass(frozen=True, slots=True)
class Burn:
    """The last moment for a full burn, gravity included: full thrust less weight stops the fall at the crane's height.

    height_m   lowest height at which that burn can begin at this speed
    margin_m   height left above it; margin_s  seconds until it must begin if nothing is done before
    Both margins are negative when it is too late to stop in time.
    """

    height_m: float
    margin_m: float
    margin_s: float
    sign: Sign


@dataclass(frozen=True, slots=True)
class BackshellCue:
    """Where the backshell is, seen from the stage: across (+ down-track) and up, in m.

    lands_away_m  where it will come down, in m down-track of the craft; None where nothing predicts it
    on_mark       too near to the chosen mark
    """

    across_m: float
    up_m: float
    above: bool
    lands_away_m: float | None
    on_mark: bool
    sign: Sign


@dataclass(frozen=True, slots=True)
class MarkCue:
    """A place that can be chosen to land on. away_m from the craft, + down-track; hazard 0 smooth, 1 not for wheels.

    under_backshell  the backshell will come down, or lies, too near to it
    """

    away_m: float
    hazard: float
    under_backshell: bool
    chosen: bool
    sign: Sign


def height_gauge(nav: Nav) -> Gauge:
    """From the craft's lowest point to the ground; after the touchdown, the stage's.

    Under the parachute, with the heat shield off, the band is where to drop out of the backshell.
    """
    match nav.phase:
        case Phase.PARACHUTE if not nav.heat_shield_on:
            when = leaving(nav)
            outside = Sign.STOP if nav.height_m < when.late_m else Sign.QUIET
            return banded(nav.height_m, when.best_m, when.late_m, when.high_m, outside)
        case phase if phase in ARRIVING:
            return Gauge(nav.height_m)
        case Phase.FREE_FALL | Phase.POWERED:
            return Gauge(nav.height_m, aim=CRANE_HEIGHT_M)
        case Phase.SKY_CRANE if not nav.rover_released:
            middle_m = 0.5 * (RELEASE_LOW_M + RELEASE_HIGH_M)
            outside = Sign.STOP if nav.height_m < RELEASE_LOW_M else Sign.CAUTION
            return banded(nav.height_m, middle_m, RELEASE_LOW_M, RELEASE_HIGH_M, outside)
        case Phase.SKY_CRANE if not (nav.bridle_full and nav.wheels_ready):
            return banded(nav.height_m, 0.0, NOT_READY_LOW_M, None, Sign.STOP)
        case Phase.SKY_CRANE:
            return Gauge(nav.height_m, aim=0.0, sign=Sign.GO)
        case _:
            return Gauge(nav.stage_height_m)


def descent_gauge(nav: Nav, burn: Burn | None) -> Gauge:
    """Speed downwards of what the engines push, against the profile of the phase; earlier, along our own vertical."""
    if nav.phase in ARRIVING:
        return Gauge(-nav.climb_mps)
    descent = -nav.stage_vy_mps
    if nav.phase in FALLING:
        aim = descent_aim_mps(nav.height_m)
        high = aim + max(0.5, 0.12 * aim)
        late = burn is not None and burn.margin_m < 0.0
        return banded(descent, aim, aim - max(0.5, 0.2 * aim), high, Sign.STOP if late else Sign.CAUTION)
    if nav.phase is Phase.SKY_CRANE:
        if not nav.rover_released:
            too_low = nav.height_m < RELEASE_LOW_M + _CLIMB_MARGIN_M
        else:
            too_low = nav.height_m < NOT_READY_LOW_M and not (nav.bridle_full and nav.wheels_ready)
        aim = -_CLIMB_BACK_MPS if too_low else CRANE_DESCENT_MPS
        return banded(descent, aim, aim - 0.5, aim + 0.5, Sign.CAUTION)
    if nav.phase is Phase.TOUCHDOWN:
        return banded(descent, CRANE_DESCENT_MPS, -0.2, 1.5, Sign.CAUTION)
    return Gauge(descent)


def along_gauge(nav: Nav) -> Gauge:
    """Speed along the ground of what the engines push, against what the distance to the mark asks."""
    if nav.phase in ARRIVING:
        return Gauge(sqrt(max(nav.speed_mps**2 - nav.climb_mps**2, 0.0)))
    speed = nav.stage_vx_mps
    if nav.phase in FALLING:
        aim = along_aim_mps(nav.mark_m - nav.x_m)
        slack = max(0.5, 0.25 * abs(aim))
        return banded(speed, aim, aim - slack, aim + slack, Sign.CAUTION)
    if nav.phase is Phase.SKY_CRANE and not nav.rover_released:
        # Close enough: hold still. Farther off there is still time to creep to the mark.
        aim = min(max(along_aim_mps(nav.mark_m - nav.x_m), -0.4), 0.4)
        return banded(speed, aim, aim - 0.5, aim + 0.5, Sign.CAUTION)
    if nav.phase in HANGING:
        return banded(speed, 0.0, -0.5, 0.5, Sign.CAUTION)
    return Gauge(speed)


def tilt_gauge(nav: Nav) -> Gauge:
    """Lean in degrees, against the limit of the phase; none before the backshell is off."""
    if nav.phase in ARRIVING:
        return Gauge(degrees(nav.tilt_rad))
    limit = TILT_LIMIT_DEG[nav.phase]
    aim = 0.0
    if nav.phase is Phase.FLYAWAY:
        # Away from the rover on the side where the stage already is.
        aim = _FLYAWAY_TILT_DEG if nav.stage_x_m >= nav.x_m else -_FLYAWAY_TILT_DEG
    return banded(degrees(nav.tilt_rad), aim, -limit, limit, Sign.STOP)


def thrust_gauge(nav: Nav) -> Gauge | None:
    """Thrust as a share of its range; the aim holds weight and profile."""
    span_n = nav.thrust_max_n - nav.thrust_min_n
    if span_n <= 0.0:
        return None
    brake_mps2 = descent_brake_mps2(nav.height_m, -nav.vy_mps) if nav.phase in FALLING else 0.0
    hold_n = held_up_kg(nav) * (nav.gravity_mps2 + brake_mps2) / max(cos(nav.tilt_rad), 0.5)
    share = (nav.thrust_now_n - nav.thrust_min_n) / span_n
    return Gauge(min(max(share, 0.0), 1.0), aim=min(max((hold_n - nav.thrust_min_n) / span_n, 0.0), 1.0))


def mark_gauge(nav: Nav) -> Gauge:
    """Distance to the chosen mark."""
    if nav.phase in ARRIVING:  # along a ground that curves
        return Gauge(nav.mark_m - nav.downrange_m)
    return banded(nav.mark_m - nav.x_m, 0.0, -25.0, 25.0, Sign.QUIET)


def bridle_gauge(nav: Nav) -> Gauge:
    """Bridle paid out."""
    return Gauge(nav.bridle_paid_m, sign=Sign.GO if nav.bridle_full else Sign.CAUTION)


def stage_falls_gauge(nav: Nav) -> Gauge | None:
    """Where the stage would come down, once it flies alone."""
    if nav.phase is not Phase.FLYAWAY:
        return None
    return banded(stage_falls_m(nav), AWAY_M, AWAY_M, None, Sign.CAUTION)


def fuel_sign(nav: Nav, hover: float) -> Sign:
    """How urgent the propellant is, by the seconds that it still holds the craft up."""
    if nav.phase in (Phase.FLYAWAY, Phase.OVER, *ARRIVING):
        return Sign.QUIET
    return Sign.STOP if hover < FUEL_STOP_S else Sign.CAUTION if hover < FUEL_LOW_S else Sign.GO


def burn_cue(nav: Nav) -> Burn | None:
    """The last moment for a full burn, while it matters."""
    descent = -nav.vy_mps
    if nav.phase not in FALLING or nav.thrust_max_n <= 0.0 or descent <= HANDOVER_MPS:
        return None  # as slow as that the sky crane takes over, at whatever height: there is no fall to stop
    brake = stopping_mps2(nav.thrust_max_n, nav.total_mass_kg, nav.gravity_mps2)
    if brake <= 0.0:
        return None
    height_m = latest_burn_height_m(descent, brake)
    margin_m = nav.height_m - height_m
    fall = nav.gravity_mps2 - nav.thrust_min_n / nav.total_mass_kg
    margin_s = time_to_burn_s(margin_m, descent, fall, brake)
    # On the profile itself the last brake is always seconds away: only a fall faster than it is worth a warning.
    fast = descent > 1.05 * descent_aim_mps(nav.height_m)
    sign = Sign.STOP if margin_m < 0.0 else Sign.CAUTION if fast and margin_s < BURN_SOON_S else Sign.GO
    return Burn(height_m, margin_m, margin_s, sign)


def backshell_cue(nav: Nav) -> BackshellCue | None:
    """The backshell, while it is aloft."""
    if nav.backshell_dx_m is None or nav.backshell_dy_m is None:
        return None
    above = backshell_above(nav)
    near = nav.backshell_dy_m > 0.0 and abs(nav.backshell_dx_m) < 2.0 * CLEAR_M
    on_mark = backshell_bound_for(nav, nav.mark_m)
    sign = Sign.STOP if above else Sign.CAUTION if near or on_mark else Sign.GO
    lands_away_m = None if nav.backshell_lands_m is None else nav.backshell_lands_m - nav.x_m
    return BackshellCue(nav.backshell_dx_m, nav.backshell_dy_m, above, lands_away_m, on_mark, sign)


def mark_cues(nav: Nav) -> tuple[MarkCue, ...]:
    """Every place that is offered, seen from the craft."""
    cues = []
    for index, mark in enumerate(nav.marks):
        under = backshell_bound_for(nav, mark.downrange_m)
        hazard = mark.hazard
        sign = Sign.STOP if under or hazard >= HAZARD_STOP else Sign.CAUTION if hazard >= HAZARD_CAUTION else Sign.GO
        cues.append(MarkCue(mark.downrange_m - nav.x_m, hazard, under, index == nav.mark_index, sign))
    return tuple(cues)


def held_up_kg(nav: Nav) -> float:
    """What the engines hold up: everything, until the wheels carry the rover."""
    return nav.stage_mass_kg if nav.wheels_down or nav.bridle_cut else nav.total_mass_kg
