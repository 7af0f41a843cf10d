"""Which way the heat shield looks: how far it is off, how fast that changes, and whether it comes round in time."""

from __future__ import annotations

from math import degrees, pi, radians, remainder, sqrt
from typing import Final

from game.cues.signs import Gauge, Sign, banded
from game.sim.phases import Phase
from game.sim.snapshot import Nav

FORWARD_RAD: Final = radians(8.0)  # nearer than this to the trim, the air does the rest
STILL_RAD_S: Final = radians(1.5)
ASIDE_RAD: Final = radians(30.0)  # from here the flow finds the backshell
SETTLE_S: Final = 3.0  # to stop a turn and let go
# Air enough to burn anything comes so much later than the interface, even on a steep course.
AIR_S: Final = 12.0

_AIM_RATE: Final = 0.4  # 1/s: turn rate to aim at per radian that is missing


def off_trim_rad(nav: Nav) -> float:
    """Incidence less the one that the capsule seeks, + counter-clockwise, -pi to pi. Push right to make it less."""
    return remainder(nav.incidence_rad - nav.trim_rad, 2.0 * pi)


def turning_s(nav: Nav) -> float:
    """How long it takes to turn the heat shield forward at full rate, and to stop there."""
    fastest = radians(nav.onboard.vehicle.aeroshell.thrusters.rate_deg_s)
    return abs(off_trim_rad(nav)) / fastest + (SETTLE_S if not is_forward(nav) else 0.0)


def spare_s(nav: Nav) -> float:
    """Seconds left before turning must begin at the latest; negative when the air comes first."""
    return AIR_S - nav.t_s - turning_s(nav)


def is_forward(nav: Nav) -> bool:
    """The heat shield looks where it should, or the air will see to it."""
    return abs(off_trim_rad(nav)) <= FORWARD_RAD


def is_still(nav: Nav) -> bool:
    return abs(nav.incidence_rate_rad_s) <= STILL_RAD_S


def incidence_gauge(nav: Nav) -> Gauge:
    """Degrees off the trim, + counter-clockwise."""
    off = off_trim_rad(nav)
    danger = abs(off) > ASIDE_RAD if nav.phase is Phase.ENTRY else spare_s(nav) < 0.0
    band = degrees(FORWARD_RAD)
    return banded(degrees(off), 0.0, -band, band, Sign.STOP if danger else Sign.CAUTION)


def turn_gauge(nav: Nav) -> Gauge:
    """Degrees a second; the aim belongs to what is missing, so that following it ends at rest on the trim."""
    fastest = nav.onboard.vehicle.aeroshell.thrusters.rate_deg_s
    off_deg = degrees(off_trim_rad(nav))
    # In proportion when near; farther off what the thrusters can still stop in time.
    aim = min(_AIM_RATE * abs(off_deg), sqrt(2.0 * _AIM_RATE * fastest * abs(off_deg)), fastest)
    aim = -aim if off_deg > 0.0 else aim
    slack = max(degrees(STILL_RAD_S), 0.4 * abs(aim))
    return banded(degrees(nav.incidence_rate_rad_s), aim, aim - slack, aim + slack, Sign.CAUTION)
