"""The last minute: from the backshell to the flyaway, flown from `nav` alone, the way the real guidance does.

Powered descent: the deceleration that ends at 32 m/s and 250 m, re-reckoned every time; then steady; then one hard
brake to the hover. Sideways: the polynomial that arrives over the mark with no speed left.
Sky crane: hold the common centre of mass over the mark, give way to the swing, let the rover down, cut, fly away.
"""

from __future__ import annotations

from math import atan2, cos, hypot
from typing import Final

from game.cues.windows import RELEASE_LOW_M
from game.pilots.marks import CLEAR_OF_BACKSHELL_M
from game.pilots.pilot import within
from game.sim.command import Command, quantised
from game.sim.phases import Phase
from game.sim.snapshot import Nav

# Powered descent: the design speeds of the flight, not its times
STEADY_MPS: Final = 32.0
STEADY_HEIGHT_M: Final = 250.0
BRAKE_MPS2: Final = 5.3
HOVER_HEIGHT_M: Final = 24.0  # where the last brake ends: 21 m are then passed at 0.75 m/s, as flown
HOVER_MPS: Final = 0.75
_SPEED_HOLD: Final = 1.2  # 1/s, once there is no profile left to follow
_SOON_S: Final = 4.0  # nearer than this the polynomial would divide by nothing: hold the place instead
_MOST_ACROSS_MPS2: Final = 4.0

_LAST_CHOICE_M: Final = 400.0  # lower than this there is no time left to go elsewhere

# Holding a place: acceleration per metre and per m/s
_PLACE: Final = 0.16
_DRIFT: Final = 0.75
_SWING: Final = 0.35  # of the bridle: the stage gives way to the rover's swing
_MOST_HOVER_MPS2: Final = 0.55

# Sky crane
_SETTLED_S: Final = 2.0
_SETTLED_MPS: Final = 0.30
_LAST_RELEASE_M: Final = 16.5  # lower than this the wheels would not be ready in time: release anyway
_WAIT_M: Final = RELEASE_LOW_M + 0.75  # where a person who has the moments in hand, and has not released, is waited for
_WAIT_RATE: Final = 1.0  # 1/s: begins where the autopilot itself would have released
_CLIMB_MPS: Final = 0.5
_CUT_S: Final = 1.2  # wheels down for so long, and the bridle slack
_SLACK_N: Final = 600.0

# Flyaway
_RISE_S: Final = 0.9
_BURN_S: Final = 6.0
_BURN_LEVER: Final = 0.75
_BURN_LEAN_RAD: Final = 0.8
_RISE_THRUST: Final = 1.7  # of the weight

_RAW_HOLD: Final = 3.0  # 1/s: turn rate per radian of lean that is missing, for the raw law


def command(nav: Nav) -> Command:
    """What to do now, in the phases after the backshell."""
    match nav.phase:
        case Phase.FREE_FALL:
            return quantised(_lean(nav, _across_mps2(nav), nav.gravity_mps2), 0.0, 0.0)
        case Phase.POWERED:
            return _descend(nav)
        case Phase.SKY_CRANE:
            return _lower(nav)
        case Phase.TOUCHDOWN:
            cut = nav.phase_s > _CUT_S and nav.bridle_load_n < _SLACK_N
            return _hover(nav, -HOVER_MPS, 1.0, cut)
        case Phase.FLYAWAY:
            return _fly_away(nav)
        case _:
            return Command()


def _descend(nav: Nav) -> Command:
    across = _across_mps2(nav)
    up = nav.gravity_mps2 + _brake_mps2(nav)
    return quantised(_lean(nav, across, up), _throttle(nav, up), 0.0, _other_mark(nav))


def _across_mps2(nav: Nav) -> float:
    """Acceleration down-track that brings us over the mark, at rest, when the last brake begins to bite."""
    ahead_m = nav.mark_m - nav.x_m
    time_s = _time_to_hover_s(nav)
    if time_s < _SOON_S:
        across = _PLACE * ahead_m - _DRIFT * nav.vx_mps
    else:
        across = 6.0 * ahead_m / time_s**2 - 4.0 * nav.vx_mps / time_s
    return within(across, _MOST_ACROSS_MPS2)


def _lower(nav: Nav) -> Command:
    settled = nav.phase_s > _SETTLED_S and abs(nav.vx_mps) < _SETTLED_MPS
    release = not nav.rover_released and (settled or nav.height_m < _LAST_RELEASE_M)
    if nav.rover_released:
        return _hover(nav, -HOVER_MPS, 1.0, False)
    # Lower than this the window has closed, and whoever is late could only look on while the rover is sat upon.
    wait_mps = min(_WAIT_RATE * (_WAIT_M - nav.height_m), _CLIMB_MPS)
    return _hover(nav, max(wait_mps, -HOVER_MPS), 0.0, release)


def _hover(nav: Nav, vertical_mps: float, reel: float, action: bool) -> Command:
    """Hold the place and the vertical speed under the sky crane."""
    rover_share = 1.0 - nav.stage_mass_kg / nav.total_mass_kg if nav.rover_released else 0.0
    x_m = nav.stage_x_m + rover_share * nav.swing_m
    vx_mps = nav.stage_vx_mps + rover_share * nav.swing_mps
    across = _PLACE * (nav.mark_m - x_m) - _DRIFT * vx_mps + _SWING * nav.swing_mps
    if nav.wheels_down:
        # The rover stands: stay above it instead of over the mark.
        across = _PLACE * nav.swing_m - _DRIFT * nav.stage_vx_mps
    lean = _lean(nav, within(across, _MOST_HOVER_MPS2), nav.gravity_mps2)
    if nav.damped:
        throttle = (vertical_mps + nav.lever_descent_mps) / (nav.lever_descent_mps + nav.lever_climb_mps)
    else:
        correction = _SPEED_HOLD * (vertical_mps - nav.stage_vy_mps) * nav.total_mass_kg
        force_n = nav.stage_mass_kg * nav.gravity_mps2 + nav.bridle_load_n + correction
        throttle = _lever(nav, force_n / cos(nav.tilt_rad))
    return quantised(lean, throttle, reel, action=action)


def _fly_away(nav: Nav) -> Command:
    if nav.phase_s < _RISE_S:
        return quantised(_lean_to(nav, 0.0), _throttle(nav, _RISE_THRUST * nav.gravity_mps2), 0.0)
    if nav.phase_s < _RISE_S + _BURN_S:
        return quantised(_lean_to(nav, _BURN_LEAN_RAD), _BURN_LEVER, 0.0)
    return Command()


def _other_mark(nav: Nav) -> int:
    """Which way to look for another mark, when the backshell is bound for this one; 0 to keep it."""
    if nav.backshell_lands_m is None or not nav.terrain_locked or nav.height_m < _LAST_CHOICE_M:
        return 0
    beside_m = nav.mark_m - nav.backshell_lands_m
    if abs(beside_m) >= CLEAR_OF_BACKSHELL_M:
        return 0
    step = 1 if beside_m >= 0.0 else -1
    return step if 0 <= nav.mark_index + step < len(nav.marks) else 0


def _brake_mps2(nav: Nav) -> float:
    """Upward acceleration, net of gravity, that the vertical profile asks for now."""
    speed, height_m = -nav.vy_mps, nav.height_m
    if speed > HOVER_MPS and height_m > HOVER_HEIGHT_M + 1.0:
        last = (speed**2 - HOVER_MPS**2) / (2.0 * (height_m - HOVER_HEIGHT_M))
        if last >= BRAKE_MPS2 or height_m < 0.5 * STEADY_HEIGHT_M:
            return max(last, _SPEED_HOLD * (speed - STEADY_MPS))
    if height_m > STEADY_HEIGHT_M + 10.0 and speed > STEADY_MPS:
        return (speed**2 - STEADY_MPS**2) / (2.0 * (height_m - STEADY_HEIGHT_M))
    wanted = STEADY_MPS if height_m > 2.0 * HOVER_HEIGHT_M else HOVER_MPS
    return _SPEED_HOLD * (speed - wanted)


def _time_to_hover_s(nav: Nav) -> float:
    """Time until the last brake is half done, along the profile."""
    speed, height_m = max(-nav.vy_mps, HOVER_MPS), nav.height_m
    brake_m = (STEADY_MPS**2 - HOVER_MPS**2) / (2.0 * BRAKE_MPS2)
    half_brake_s = 0.5 * STEADY_MPS / BRAKE_MPS2
    high_m = max(height_m - STEADY_HEIGHT_M, 0.0)
    steady_m = min(max(height_m - HOVER_HEIGHT_M - brake_m, 0.0), STEADY_HEIGHT_M - HOVER_HEIGHT_M - brake_m)
    if steady_m <= 0.0:
        return max((height_m - HOVER_HEIGHT_M) / speed, 0.0)
    return high_m / (0.5 * (speed + STEADY_MPS)) + steady_m / STEADY_MPS + half_brake_s


def _throttle(nav: Nav, up_mps2: float) -> float:
    """Lever for this upward acceleration (gravity included) at the present tilt."""
    return _lever(nav, nav.total_mass_kg * up_mps2 / max(cos(nav.tilt_rad), 0.5))


def _lever(nav: Nav, thrust_n: float) -> float:
    if nav.thrust_max_n <= nav.thrust_min_n:
        return 0.0  # the engines are out
    return (thrust_n - nav.thrust_min_n) / (nav.thrust_max_n - nav.thrust_min_n)


def _lean(nav: Nav, across_mps2: float, up_mps2: float) -> float:
    """Tilt lever that points the thrust along (across, up)."""
    return _lean_to(nav, atan2(across_mps2, max(up_mps2, hypot(1.0, across_mps2))))


def _lean_to(nav: Nav, lean_rad: float) -> float:
    """Tilt lever for this lean, by either control law."""
    if nav.damped:
        return lean_rad / max(nav.full_lean_rad, 1e-3)
    return _RAW_HOLD * (lean_rad - nav.tilt_rad) / nav.full_turn_rad_s
