"""What comes next, by the craft's own reckoning, and how soon: the words beside the phase's name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

from game.cues.arrival_windows import SHIELD_OFF_MACH, leaving
from game.cues.course import course_cue
from game.cues.deploy import slowing_mps2
from game.cues.forecast import Prediction
from game.cues.let_go import time_down_s
from game.cues.prediction import MORTAR_MACH
from game.cues.windows import RELEASE_HIGH_M
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav

# Later than the hardest braking the geometric mean of the speeds now and at the mortar is the mean on the way there, a
# tenth too fast at most; before that nobody can tell from two speeds.
_TELLS_BELOW_MPS: Final = 3000.0
_LEAST_RATE: Final = 0.1  # of anything, a second: slower than this is standing still
_LATEST_S: Final = 600.0


class Next(StrEnum):
    """What is waited for; its words stand in the texts under `coming.<code>`."""

    JUMP = "jump"
    AIR = "air"
    PARACHUTE = "parachute"
    CANOPY = "canopy"
    HEAT_SHIELD = "heat_shield"
    CAMERA = "camera"
    DROP_OUT = "drop_out"
    ENGINES = "engines"
    SKY_CRANE = "sky_crane"
    RELEASE = "release"
    BRIDLE = "bridle"
    WHEELS = "wheels"
    CUT = "cut"
    AWAY = "away"
    NOTHING = "nothing"


_LAST: Final = {Phase.TOUCHDOWN: Next.CUT, Phase.FLYAWAY: Next.AWAY}


@dataclass(frozen=True, slots=True)
class Coming:
    """The next event, and in how many simulated seconds; None: nobody can tell, or it is time already."""

    event: Next
    left_s: float | None = None


def coming(nav: Nav, prediction: Prediction | None) -> Coming:
    """The next event of the flight."""
    match nav.phase:
        case Phase.COURSE:
            course = course_cue(nav)
            return _in(Next.JUMP, None if course is None else course.left_s)
        case Phase.CRUISE | Phase.APPROACH:
            return _in(Next.AIR, -nav.t_s)
        case Phase.ENTRY:
            return _in(Next.PARACHUTE, _mortar_s(nav, prediction))
        case Phase.PARACHUTE:
            return _under_parachute(nav)
        case Phase.FREE_FALL:
            return _in(Next.ENGINES, nav.onboard.vehicle.descent_stage.engines.ignition_s - nav.phase_s)
        case Phase.POWERED:
            return _in(Next.SKY_CRANE, time_down_s(nav.height_m))
        case Phase.SKY_CRANE:
            return _hanging(nav)
        case _:
            return Coming(_LAST.get(nav.phase, Next.NOTHING))


def _hanging(nav: Nav) -> Coming:
    if not nav.rover_released:
        return _in(Next.RELEASE, _until(nav.height_m - RELEASE_HIGH_M, -nav.vy_mps))
    return _in(Next.WHEELS, _until(nav.height_m, -nav.vy_mps)) if nav.bridle_full else Coming(Next.BRIDLE)


def _under_parachute(nav: Nav) -> Coming:
    if nav.canopy is not Canopy.OPEN:
        return Coming(Next.CANOPY)
    if nav.heat_shield_on:
        over = nav.speed_mps * (1.0 - SHIELD_OFF_MACH / max(nav.mach, SHIELD_OFF_MACH))
        return _in(Next.HEAT_SHIELD, _until(over, slowing_mps2(nav)))
    descent = -nav.climb_mps
    camera_m = nav.onboard.vehicle.radar.camera_lock_m
    if camera_m > 0.0 and not nav.terrain_locked and nav.height_m > camera_m:
        return _in(Next.CAMERA, _until(nav.height_m - camera_m, descent))
    return _in(Next.DROP_OUT, _until(nav.height_m - leaving(nav).high_m, descent))


def _mortar_s(nav: Nav, prediction: Prediction | None) -> float | None:
    """Until the place that the prediction gives for it."""
    if prediction is None or not prediction.opens or nav.speed_mps > _TELLS_BELOW_MPS or nav.mach <= MORTAR_MACH:
        return None
    sound_mps = nav.speed_mps / nav.mach
    return (prediction.mortar_m - nav.downrange_m) / sqrt(nav.speed_mps * MORTAR_MACH * sound_mps)


def _until(left: float, rate: float) -> float | None:
    return left / rate if left > 0.0 and rate > _LEAST_RATE else None


def _in(event: Next, left_s: float | None) -> Coming:
    return Coming(event, left_s if left_s is not None and 0.0 < left_s < _LATEST_S else None)
