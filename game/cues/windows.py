"""What comes next, whether its moment has come, and what a safe touchdown still lacks: the last minute's windows.

Those before the backshell is off stand in arrival_windows.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import degrees
from typing import Final

from game.cues.profile import CRANE_HEIGHT_M, HANDOVER_MPS, fall_distance_m
from game.cues.signs import Cue, Figures, Sign
from game.sim.phases import Phase
from game.sim.snapshot import Nav

# Release: high enough for 7.5 m of bridle and the seven seconds that the wheels take at 0.75 m/s, with some to spare.
RELEASE_LOW_M: Final = 15.0
RELEASE_HIGH_M: Final = CRANE_HEIGHT_M + 1.0
RELEASE_DRIFT_MPS: Final = 0.5
RELEASE_RISING_MPS: Final = -0.1  # what hangs still wavers by as much, and is not climbing
RELEASE_SINKING_MPS: Final = 1.3

# Hanging: the rover must not come this near to the ground while the bridle or the wheels are not ready.
NOT_READY_LOW_M: Final = 2.0
STEADY_MPS: Final = 0.5  # half of the speed along the ground that breaks the suspension
SOFT_MPS: Final = 1.2
SWING_M: Final = 0.6

# Cut: a tenth of the rover's weight on Mars (3,800 N) is a slack bridle.
SLACK_N: Final = 380.0
STAGE_LOW_M: Final = 5.0  # the rover's deck is 1.5 m up: below this the stage is about to sit on it

CLEAR_M: Final = 60.0  # the backshell (4.5 m) and its canopy (21.5 m) swing: nearer than this across is under it
LANDS_CLEAR_M: Final = 70.0  # nearer than this the backshell comes down on the rover, or its lines and canopy do
CLIMB_FIRST_M: Final = 12.0  # the stage goes straight up until here, so that its plumes leave the rover
AWAY_M: Final = 150.0
OVER_MARK_M: Final = 10.0


class Act(StrEnum):
    """What the pilot does next. Those in ACTION_ACTS are the ACTION button, the others are levers."""

    NONE = "none"
    SET_COURSE = "set_course"
    DROP_STAGE = "drop_stage"
    TURN_SHIELD = "turn_shield"
    FIRE_MORTAR = "fire_mortar"
    DROP_SHIELD = "drop_shield"
    LEAVE_BACKSHELL = "leave_backshell"
    RELEASE_ROVER = "release_rover"
    PAY_OUT = "pay_out"
    LOWER = "lower"
    CUT_BRIDLE = "cut_bridle"
    FLY_AWAY = "fly_away"


ACTION_ACTS: Final = frozenset(
    {
        Act.SET_COURSE, Act.DROP_STAGE, Act.FIRE_MORTAR, Act.DROP_SHIELD, Act.LEAVE_BACKSHELL, Act.RELEASE_ROVER,
        Act.CUT_BRIDLE,
    }
)  # fmt: skip


class WindowState(StrEnum):
    NONE = "none"
    NOT_YET = "not_yet"
    OPEN = "open"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Window:
    """The next act, whether it may be done now, and why: a code and the figures of its words."""

    act: Act
    state: WindowState
    why: Cue
    sign: Sign
    figures: Figures = ()

    @property
    def by_action(self) -> bool:
        """Whether the ACTION button does it."""
        return self.act in ACTION_ACTS


class CheckName(StrEnum):
    """The conditions that are ticked off: before the air begins, before the mortar, before we leave the backshell, four
    before the sky crane begins, four before the wheels touch."""

    FORWARD = "forward"
    STILL = "still"
    MACH = "mach"
    PRESSURE = "pressure"
    STRAIGHT = "straight"
    RANGE = "range"
    CANOPY = "canopy"
    SHIELD_OFF = "shield_off"
    RADAR = "radar"
    CAMERA = "camera"
    CLEAR_OF_BACKSHELL = "clear_of_backshell"
    OVER_MARK = "over_mark"
    LOW = "low"
    SLOW = "slow"
    BRIDLE_FULL = "bridle_full"
    WHEELS_READY = "wheels_ready"
    SOFT = "soft"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition: whether it holds now, and the figure behind it with its limit, both None for a plain yes or no."""

    name: CheckName
    ok: bool
    value: float | None = None
    limit: float | None = None


def next_act(nav: Nav) -> Act:
    """What comes next in the sequence, whatever else is wrong, once the backshell is off."""
    match nav.phase:
        case Phase.SKY_CRANE if not nav.rover_released:
            return Act.RELEASE_ROVER
        case Phase.SKY_CRANE:
            return Act.LOWER if nav.bridle_full else Act.PAY_OUT
        case Phase.TOUCHDOWN:
            return Act.CUT_BRIDLE
        case Phase.FLYAWAY:
            return Act.FLY_AWAY
        case _:
            return Act.NONE


def window(nav: Nav) -> Window:
    """The window of the next act."""
    match next_act(nav):
        case Act.RELEASE_ROVER:
            return _release(nav)
        case Act.PAY_OUT:
            return _pay_out(nav)
        case Act.LOWER:
            return _lower(nav)
        case Act.CUT_BRIDLE:
            return _cut(nav)
        case Act.FLY_AWAY:
            return _fly_away(nav)
        case _:
            return Window(Act.NONE, WindowState.NONE, Cue.NONE, Sign.QUIET)


def checks(nav: Nav) -> tuple[Check, ...]:
    """What must be true before the next step is safe; empty once the wheels are down."""
    if nav.phase in (Phase.FREE_FALL, Phase.POWERED):
        speed = (nav.vx_mps**2 + nav.vy_mps**2) ** 0.5
        across_m = abs(nav.backshell_dx_m) if nav.backshell_dx_m is not None else None
        return (
            Check(CheckName.CLEAR_OF_BACKSHELL, not backshell_above(nav), across_m, CLEAR_M),
            _most(CheckName.OVER_MARK, abs(nav.mark_m - nav.x_m), OVER_MARK_M),
            _most(CheckName.LOW, nav.height_m, CRANE_HEIGHT_M),
            _most(CheckName.SLOW, speed, HANDOVER_MPS),
        )
    if nav.phase is Phase.SKY_CRANE:
        return (
            Check(CheckName.BRIDLE_FULL, nav.bridle_full),
            Check(CheckName.WHEELS_READY, nav.wheels_ready),
            _most(CheckName.SOFT, max(-nav.vy_mps, 0.0), SOFT_MPS),
            _most(CheckName.STEADY, abs(nav.vx_mps), STEADY_MPS),
        )
    return ()


def backshell_above(nav: Nav) -> bool:
    """Whether the backshell is over the craft, or would be within a gust."""
    return (
        nav.backshell_dx_m is not None
        and nav.backshell_dy_m is not None
        and nav.backshell_dy_m > 0.0
        and abs(nav.backshell_dx_m) < CLEAR_M
    )


def backshell_bound_for(nav: Nav, downrange_m: float) -> bool:
    """Whether the backshell will come down, or lies, too near to this place for a rover."""
    return nav.backshell_lands_m is not None and abs(nav.backshell_lands_m - downrange_m) < LANDS_CLEAR_M


def stage_falls_m(nav: Nav) -> float:
    """How far from the rover the stage would come down if its engines stopped now, in m, never negative."""
    from_rover_m = nav.stage_x_m - nav.x_m
    thrown_m = fall_distance_m(nav.stage_height_m, nav.stage_vx_mps, nav.stage_vy_mps, nav.gravity_mps2)
    return abs(from_rover_m + thrown_m)


def _most(name: CheckName, value: float, limit: float) -> Check:
    return Check(name, value <= limit, value, limit)


def _release(nav: Nav) -> Window:
    descent = -nav.vy_mps
    height: Figures = (("height_m", nav.height_m), ("low_m", RELEASE_LOW_M), ("high_m", RELEASE_HIGH_M))
    if nav.height_m < RELEASE_LOW_M:
        return Window(Act.RELEASE_ROVER, WindowState.LATE, Cue.TOO_LOW, Sign.STOP, height)
    if nav.height_m > RELEASE_HIGH_M:
        return Window(Act.RELEASE_ROVER, WindowState.NOT_YET, Cue.TOO_HIGH, Sign.CAUTION, height)
    why: Cue = Cue.RELEASE_NOW
    figures: Figures = height
    if abs(nav.vx_mps) > RELEASE_DRIFT_MPS:
        why, figures = Cue.DRIFTING, (("speed_mps", abs(nav.vx_mps)), ("limit_mps", RELEASE_DRIFT_MPS))
    elif descent > RELEASE_SINKING_MPS:
        why, figures = Cue.SINKING, (("speed_mps", descent), ("limit_mps", RELEASE_SINKING_MPS))
    elif descent < RELEASE_RISING_MPS:
        why, figures = Cue.RISING, (("speed_mps", -descent), ("limit_mps", RELEASE_RISING_MPS))
    if why is Cue.RELEASE_NOW:
        return Window(Act.RELEASE_ROVER, WindowState.OPEN, why, Sign.GO, figures)
    return Window(Act.RELEASE_ROVER, WindowState.NOT_YET, why, Sign.CAUTION, figures)


def _pay_out(nav: Nav) -> Window:
    if nav.height_m < NOT_READY_LOW_M:
        return _hold(nav, Act.PAY_OUT)
    return Window(Act.PAY_OUT, WindowState.OPEN, Cue.PAY_OUT, Sign.GO, (("paid_m", nav.bridle_paid_m),))


def _lower(nav: Nav) -> Window:
    if not nav.wheels_ready:
        if nav.height_m < NOT_READY_LOW_M:
            return _hold(nav, Act.LOWER)
        return Window(Act.LOWER, WindowState.NOT_YET, Cue.WHEELS_COMING, Sign.CAUTION, (("height_m", nav.height_m),))
    if abs(nav.swing_m) > SWING_M or abs(nav.vx_mps) > STEADY_MPS:
        figures = (("swing_m", abs(nav.swing_m)), ("speed_mps", abs(nav.vx_mps)), ("limit_mps", STEADY_MPS))
        return Window(Act.LOWER, WindowState.NOT_YET, Cue.SWINGING, Sign.CAUTION, figures)
    return Window(Act.LOWER, WindowState.OPEN, Cue.LOWER, Sign.GO, (("height_m", nav.height_m),))


def _hold(nav: Nav, act: Act) -> Window:
    return Window(act, WindowState.LATE, Cue.HOLD_HEIGHT, Sign.STOP, (("height_m", nav.height_m),))


def _cut(nav: Nav) -> Window:
    if nav.stage_height_m < STAGE_LOW_M:
        figures = (("height_m", nav.stage_height_m), ("limit_m", STAGE_LOW_M))
        return Window(Act.CUT_BRIDLE, WindowState.LATE, Cue.STAGE_LOW, Sign.STOP, figures)
    load = (("load_n", nav.bridle_load_n), ("limit_n", SLACK_N))
    if nav.wheels_down and nav.bridle_load_n < SLACK_N:
        return Window(Act.CUT_BRIDLE, WindowState.OPEN, Cue.CUT_NOW, Sign.GO, load)
    return Window(Act.CUT_BRIDLE, WindowState.NOT_YET, Cue.BRIDLE_TAUT, Sign.CAUTION, load)


def _fly_away(nav: Nav) -> Window:
    falls_m = stage_falls_m(nav)
    figures: Figures = (("falls_m", falls_m), ("away_m", AWAY_M), ("tilt_deg", abs(degrees(nav.tilt_rad))))
    if falls_m >= AWAY_M:
        return Window(Act.FLY_AWAY, WindowState.OPEN, Cue.FAR_ENOUGH, Sign.GO, figures)
    if nav.stage_height_m < CLIMB_FIRST_M:
        return Window(Act.FLY_AWAY, WindowState.OPEN, Cue.CLIMB, Sign.CAUTION, figures)
    return Window(Act.FLY_AWAY, WindowState.OPEN, Cue.LEAN_AWAY, Sign.CAUTION, figures)
