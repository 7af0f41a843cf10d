"""The parachute's box: Mach number and dynamic pressure in which it may open, when that begins, and when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from math import radians, sin
from typing import Final

from game.cues.forecast import Prediction
from game.cues.prediction import LOW_M, LOWEST_M
from game.cues.signs import Sign
from game.cues.windows import WindowState
from game.sim.phases import Phase
from game.sim.planet import STANDARD_GRAVITY_MPS2
from game.sim.snapshot import Nav

BOX_NEAR_MACH: Final = 5.0  # faster than this the box is far away, and nobody looks at it
SCALE_HEIGHT_M: Final = 11_500.0  # of the air between 5 and 15 km: density falls by e
STRAIGHT_TRIM_RAD: Final = radians(3.0)  # of trim that is left when the balance masses have gone
STRAIGHT_RAD: Final = radians(12.0)
HURRY_S: Final = 6.0  # a box that closes sooner than this is taken as it comes
SHORT_M: Final = 500.0  # opening now would end so far short: it is worth waiting
DRIFT_SHARE: Final = 0.9  # of the way that is flown while waiting is added to the landing


@dataclass(frozen=True, slots=True)
class Deploy:
    """Mach and pressure against the box. The state is the box's alone; whether its moment has come says the window.

    q_limit_pa  the qualified pressure, or less where the opening load would tear the canopy
    load_n, load_limit_n  what an opening now would pull, and what tears
    opens_s     seconds until the box is met, at the rates of now; closes_s until it is left. None: not to be told
    straight    the capsule has straightened up
    low         so low that the parachute matters more than the range
    short_m     where an opening now comes down, m short of the target (negative: past it); None without a prediction
    """

    mach: float
    low_mach: float
    high_mach: float
    q_pa: float
    q_limit_pa: float
    load_n: float
    load_limit_n: float
    state: WindowState
    opens_s: float | None
    closes_s: float | None
    straight: bool
    low: bool
    short_m: float | None
    sign: Sign

    @property
    def hurry(self) -> bool:
        """No time is left to wait for anything."""
        return self.closes_s is not None and self.closes_s < HURRY_S

    @property
    def worth_waiting(self) -> bool:
        """Opening now would end short, and there are time and height: later carries us on."""
        return self.short_m is not None and self.short_m > SHORT_M and not (self.hurry or self.low)


def deploy_box(nav: Nav, prediction: Prediction | None = None) -> Deploy | None:
    """The box, once it is near."""
    if nav.phase is not Phase.ENTRY or not 0.0 < nav.mach < BOX_NEAR_MACH:
        return None
    box, chute = nav.onboard.vehicle.parachute, nav.onboard.parachute
    pull_m2 = box.overshoot * chute.drag_area_m2(nav.mach)
    q_limit = min(box.high_q_pa, box.tear_n / pull_m2)
    mach_rate, q_rate = _rates(nav)
    state = _state(nav, q_limit, q_rate)
    opens_s = closes_s = None
    if state is WindowState.OPEN:
        closing = (
            _until(nav.mach - box.low_mach, -mach_rate),
            _until(q_limit - nav.q_pa, q_rate),
            _until(nav.height_m - LOWEST_M, -nav.climb_mps),
        )
        closes_s = min((left_s for left_s in closing if left_s is not None), default=None)
    elif state is WindowState.NOT_YET:
        mach_s = _until(max(nav.mach - box.high_mach, 0.0), -mach_rate)
        q_s = _until(max(nav.q_pa - q_limit, 0.0), -q_rate)
        opens_s = max(mach_s, q_s) if mach_s is not None and q_s is not None else None
    sign = {WindowState.OPEN: Sign.GO, WindowState.LATE: Sign.STOP}.get(state, Sign.CAUTION)
    return Deploy(
        nav.mach, box.low_mach, box.high_mach, nav.q_pa, q_limit, pull_m2 * nav.q_pa, box.tear_n, state, opens_s,
        closes_s, is_straight(nav), nav.altitude_m < LOW_M, _short_m(nav, prediction), sign,
    )  # fmt: skip


def is_straight(nav: Nav) -> bool:
    """Straightened up for the parachute, balance masses gone and the swing of it over."""
    return nav.straightened and abs(nav.trim_rad) < STRAIGHT_TRIM_RAD and abs(nav.incidence_rad) < STRAIGHT_RAD


def slowing_mps2(nav: Nav) -> float:
    """How fast the speed falls: what the accelerometers feel, less what gravity gives back on the way down."""
    return nav.g * STANDARD_GRAVITY_MPS2 + nav.gravity_mps2 * sin(nav.path_rad)


def _rates(nav: Nav) -> tuple[float, float]:
    """Change of Mach number and of dynamic pressure, per second: of speed and density; the air's own warmth is left."""
    speed = max(nav.speed_mps, 1.0)
    slowing = slowing_mps2(nav) / speed  # per second
    return -nav.mach * slowing, nav.q_pa * (-nav.climb_mps / SCALE_HEIGHT_M - 2.0 * slowing)


def _state(nav: Nav, q_limit: float, q_rate: float) -> WindowState:
    box = nav.onboard.vehicle.parachute
    slow = nav.mach <= box.high_mach
    if nav.mach < box.low_mach or nav.height_m < LOWEST_M or (slow and nav.q_pa > q_limit and q_rate > 0.0):
        return WindowState.LATE
    return WindowState.OPEN if slow and nav.q_pa <= q_limit else WindowState.NOT_YET


def _until(left: float, rate: float) -> float | None:
    """Seconds until this much is gone at this rate; None if it never is."""
    if left <= 0.0:
        return 0.0
    return left / rate if rate > 1e-9 else None


def _short_m(nav: Nav, prediction: Prediction | None) -> float | None:
    """The prediction fires the mortar at `mortar_m`: sooner is shorter by what is not flown until there."""
    if prediction is None:
        return None
    ahead_m = max(prediction.mortar_m - nav.downrange_m, 0.0)
    return DRIFT_SHARE * ahead_m - prediction.miss_m
