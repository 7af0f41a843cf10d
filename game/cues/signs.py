"""The small values that every cue is made of: a sign, a gauge, a code with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Figures = tuple[tuple[str, float], ...]


class Sign(StrEnum):
    """How a reading is to be taken. Shown as shape, word and colour: never by colour alone."""

    QUIET = "quiet"
    GO = "go"
    CAUTION = "caution"
    STOP = "stop"


class Cue(StrEnum):
    """Everything that the line of words can say; the words stand in the texts under `cue.<code>`."""

    # Course.
    COURSE_TIME = "course_time"
    BURN_SHORT = "burn_short"
    BURN_STEEPER = "burn_steeper"
    BURN_SHALLOWER = "burn_shallower"
    ON_COURSE = "on_course"
    # Cruise.
    DROP_STAGE = "drop_stage"
    DROP_STAGE_LATE = "drop_stage_late"
    # Approach.
    TURN_LATE = "turn_late"
    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    STOP_TURNING = "stop_turning"
    SHIELD_FORWARD = "shield_forward"
    # Entry, in the order in which they are looked at.
    SHIELD_ASIDE = "shield_aside"
    DEPLOY_LATE = "deploy_late"
    SKIPPING = "skipping"
    G_LIMIT = "g_limit"
    HEAT_LIMIT = "heat_limit"
    DEPLOY_NOW = "deploy_now"
    G_HIGH = "g_high"
    HEAT_HIGH = "heat_high"
    BOX_MISSED = "box_missed"
    FLOAT_LONG = "float_long"
    DIVE_SHORT = "dive_short"
    STRAIGHTENING = "straightening"
    DEPLOY_WAIT = "deploy_wait"
    PRESSURE_HIGH = "pressure_high"
    MACH_HIGH = "mach_high"
    ON_RANGE = "on_range"
    AIR_COMING = "air_coming"
    # Parachute.
    CANOPY_GONE = "canopy_gone"
    CANOPY_FIRED = "canopy_fired"
    CANOPY_FILLING = "canopy_filling"
    SHIELD_LATE = "shield_late"
    SHIELD_TOO_FAST = "shield_too_fast"
    DROP_SHIELD = "drop_shield"
    LEAVE_LATE = "leave_late"
    LEAVE_SOON = "leave_soon"
    LEAVE_NOW = "leave_now"
    CANOPY_TORN = "canopy_torn"
    RADAR_COMING = "radar_coming"
    CAMERA_COMING = "camera_coming"
    STAY = "stay"
    # Falling and braking, in the order in which they are looked at: the first that is true is said.
    FUEL_GONE = "fuel_gone"
    IGNITION_SOON = "ignition_soon"
    BURN_NOW = "burn_now"
    BACKSHELL_ABOVE = "backshell_above"
    TILT_LIMIT = "tilt_limit"
    BURN_SOON = "burn_soon"
    FUEL_LOW = "fuel_low"
    BACKSHELL_ON_MARK = "backshell_on_mark"
    BAD_MARK = "bad_mark"
    TOO_FAST = "too_fast"
    TOO_SLOW = "too_slow"
    STEER_DOWN_TRACK = "steer_down_track"
    STEER_UP_TRACK = "steer_up_track"
    ON_PROFILE = "on_profile"
    # Under the sky crane, before the release.
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    RISING = "rising"
    SINKING = "sinking"
    DRIFTING = "drifting"
    RELEASE_NOW = "release_now"
    # The rover hangs.
    HOLD_HEIGHT = "hold_height"
    PAY_OUT = "pay_out"
    WHEELS_COMING = "wheels_coming"
    SWINGING = "swinging"
    LOWER = "lower"
    # Wheels down.
    STAGE_LOW = "stage_low"
    BRIDLE_TAUT = "bridle_taut"
    CUT_NOW = "cut_now"
    # The stage alone.
    CLIMB = "climb"
    LEAN_AWAY = "lean_away"
    FAR_ENOUGH = "far_enough"
    NONE = "none"


# What only asks for an axis: where the autopilot has it, it is what the autopilot is about to do.
OF_AXES: Final = frozenset({
    Cue.BURN_STEEPER, Cue.BURN_SHALLOWER, Cue.TURN_LATE, Cue.TURN_LEFT, Cue.TURN_RIGHT, Cue.STOP_TURNING,
    Cue.SKIPPING, Cue.G_HIGH, Cue.HEAT_HIGH, Cue.BOX_MISSED, Cue.FLOAT_LONG, Cue.DIVE_SHORT, Cue.BACKSHELL_ABOVE,
    Cue.BURN_NOW, Cue.BURN_SOON, Cue.TILT_LIMIT, Cue.TOO_FAST, Cue.TOO_SLOW, Cue.STEER_DOWN_TRACK, Cue.STEER_UP_TRACK,
    Cue.RISING, Cue.SINKING, Cue.DRIFTING, Cue.HOLD_HEIGHT, Cue.PAY_OUT, Cue.LOWER, Cue.CLIMB, Cue.LEAN_AWAY,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gauge:
    """One reading with the value to aim at and the band that is safe. None: nothing to aim at, no bound.

    Inside low..high the sign is go or quiet, outside it is caution or stop.
    """

    value: float
    aim: float | None = None
    low: float | None = None
    high: float | None = None
    sign: Sign = Sign.QUIET


@dataclass(frozen=True, slots=True)
class Say:
    """One thing to say: its code, how urgent it is, and the figures that its words may use."""

    cue: Cue
    sign: Sign
    figures: Figures = ()


def banded(value: float, aim: float | None, low: float | None, high: float | None, outside: Sign) -> Gauge:
    """A gauge that is go inside its band and has the sign `outside` beyond it."""
    inside = (low is None or value >= low) and (high is None or value <= high)
    return Gauge(value, aim, low, high, Sign.GO if inside else outside)
