"""The pace of time: how many simulated seconds pass in a second, so that nobody waits and nobody misses a moment.

The level says how fast each phase may go; here time slows down before every window and every event, as far ahead as
the craft itself can see them coming. Nothing knows when a real flight did what: speed, load, Mach number and height
decide. The pace is continuous in all of them; what jumps when a button is pressed, `eased` makes gradual.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import radians
from typing import Final

from game.cues.arrival_windows import SHIELD_OFF_MACH, late_drop_s, leaving
from game.cues.attitude import ASIDE_RAD, FORWARD_RAD, off_trim_rad
from game.cues.course import course_cue
from game.cues.deploy import STRAIGHT_TRIM_RAD, deploy_box, slowing_mps2
from game.cues.windows import WindowState
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav

# Before a window the pace is the seconds left to it over this: it is reached at true time, after two more seconds.
NEAR_S: Final = 2.0
RISE: Final = 1.5  # 1/s: how fast the pace may rise after a phase has begun, in simulated seconds

TURNING: Final = 2.0  # while the heat shield looks elsewhere
STEEP: Final = 4.0  # while heat and load are near their highest
STRAIGHTENING: Final = 2.0
FALLING: Final = 2.0  # the canopy is open, and too fast for the heat shield to go, or nobody lets it go
CHOOSING: Final = 2.0  # the camera has shown the marks
STAGE_GONE: Final = 10.0  # nobody has anything left to do
STAGE_GONE_M: Final = 60.0  # a stage that falls this far away needs no watching

# The load (earth g) and heat flux (W/cm2) between which the pace falls from that of thin air to STEEP.
_THIN: Final = 10.0
_LOAD_G: Final = (0.3, 2.5)
_HEAT_W_CM2: Final = (8.0, 30.0)
# Mach numbers between which the pace falls: faster than that, the heat shield that has just left is worth watching.
_SHIELD_NEAR_MACH: Final = (0.45, 0.55)
_TURNED_RAD: Final = (FORWARD_RAD, ASIDE_RAD)
_LEANING_RAD: Final = (STRAIGHT_TRIM_RAD, 2.0 * STRAIGHT_TRIM_RAD)
_TUMBLING_RAD_S: Final = (radians(1.5), radians(6.0))
_RISE_S: Final = 0.8  # real seconds that the pace takes to double
_FALL: Final = 4.0  # times as fast it comes down


def pace_now(nav: Nav, pace: Mapping[Phase, float]) -> float:
    """Simulated seconds per second now: at most what the level's `pace` says of the phase, which is 1 if nothing."""
    most = pace.get(nav.phase, 1.0)
    if most <= 1.0:
        return most
    match nav.phase:
        case Phase.FLYAWAY:
            gone = nav.thrust_max_n <= 0.0 and abs(nav.stage_x_m - nav.x_m) > STAGE_GONE_M
            return STAGE_GONE if gone else most
        case Phase.COURSE:
            wanted = _course(nav)
        case Phase.CRUISE:
            wanted = min(_towards(late_drop_s(nav)), _since_start(nav))
        case Phase.APPROACH:
            wanted = min(_turning(nav), _since_start(nav))
        case Phase.ENTRY:
            wanted = _entry(nav)
        case Phase.PARACHUTE:
            wanted = _parachute(nav)
        case _:
            return most
    return min(max(wanted, 1.0), most)


def eased(pace: float, wanted: float, real_s: float) -> float:
    """The pace after so many real seconds on its way to the wanted one: up slowly, down fast, both in proportion."""
    step = max(pace, 1.0) * real_s / _RISE_S
    return pace + min(max(wanted - pace, -_FALL * step), step)


def _course(nav: Nav) -> float:
    """As long as there is much to burn; near the right angle a touch of the stick counts."""
    course = course_cue(nav)
    if course is None:
        return 1.0
    return min(max(abs(course.burn_s) / NEAR_S, 1.0), _towards(course.left_s), _since_start(nav))


def _entry(nav: Nav) -> float:
    """Thin air, the worst of it, the long glide, straightening up, the box."""
    box, shell = nav.onboard.vehicle.parachute, nav.onboard.vehicle.aeroshell
    flown = min(_between(nav.g, _LOAD_G, _THIN, STEEP), _between(nav.heat_flux_w_cm2, _HEAT_W_CM2, _THIN, STEEP))
    slowing = max(slowing_mps2(nav), 0.1)
    straighten_s = (nav.speed_mps - shell.straighten_mps) / slowing
    wanted = min(flown, _turning(nav), max(_towards(straighten_s), STRAIGHTENING))
    if nav.mach <= 0.0:
        return wanted
    # The box is met, and the capsule has straightened up: whichever comes last.
    sound_mps = nav.speed_mps / nav.mach
    box_mps = min(box.high_mach * sound_mps, shell.straighten_mps)
    box_s = (nav.speed_mps - box_mps) / slowing
    leaning = _between(abs(nav.trim_rad), _LEANING_RAD, 1.0, STRAIGHTENING)
    return min(wanted, max(_towards(box_s), leaning if _time_left(nav) else 1.0))


def _time_left(nav: Nav) -> bool:
    """The parachute's box does not close within seconds."""
    box = deploy_box(nav)
    return box is None or not (box.hurry or box.state is WindowState.LATE)


def _parachute(nav: Nav) -> float:
    """The canopy, the heat shield, the long way down, the marks, the backshell."""
    if nav.canopy is not Canopy.OPEN:
        return 1.0
    if nav.heat_shield_on:
        if nav.mach <= SHIELD_OFF_MACH:
            return FALLING
        sound_mps = nav.speed_mps / nav.mach
        window_s = (nav.speed_mps - SHIELD_OFF_MACH * sound_mps) / max(slowing_mps2(nav), 0.1)
        return min(_towards(nav.canopy_s - NEAR_S), max(_towards(window_s), FALLING))
    descent = max(-nav.climb_mps, 1.0)
    when = leaving(nav)
    camera_s = (nav.height_m - nav.onboard.vehicle.radar.camera_lock_m) / descent
    leave_s = (nav.height_m - when.high_m) / descent
    shield = _between(nav.mach, _SHIELD_NEAR_MACH, _THIN, FALLING)
    return min(shield, max(_towards(camera_s), CHOOSING), _towards(leave_s))


def _turning(nav: Nav) -> float:
    """Slow while the heat shield looks elsewhere, or turns."""
    off = _between(abs(off_trim_rad(nav)), _TURNED_RAD, _THIN, TURNING)
    return min(off, _between(abs(nav.incidence_rate_rad_s), _TUMBLING_RAD_S, _THIN, TURNING))


def _towards(left_s: float) -> float:
    """The pace at which something that is so far ahead is neared: never below true time."""
    return max(left_s / NEAR_S, 1.0)


def _since_start(nav: Nav) -> float:
    """Up from true time after a phase has begun."""
    return 1.0 + RISE * nav.phase_s


def _between(value: float, bounds: tuple[float, float], low: float, high: float) -> float:
    """`low` up to the first bound, `high` from the second on, in proportion between."""
    share = (value - bounds[0]) / (bounds[1] - bounds[0])
    return low + (high - low) * min(max(share, 0.0), 1.0)
