"""Where the engines set us down if the tilt is let go now: a closed form, for as long as hands steer.

With the damped law a stick that is let go stands the craft upright, and upright engines push nowhere along the ground:
what speed there is then stays, until the descent has come to the sky crane's height. The air takes a twentieth of it
on the way from 2 km; that is not reckoned with.
"""

from __future__ import annotations

from math import log
from typing import Final

from game.cues.profile import (
    CRANE_HEIGHT_M,
    FAST_BRAKE_MPS2,
    HANDOVER_MPS,
    SETTLE_M,
    SETTLE_MPS,
    SETTLE_RATE,
    SLOW_BRAKE_MPS2,
    STEADY_DESCENT_MPS,
    STEADY_TOP_M,
    descent_aim_mps,
)
from game.cues.signs import Gauge, Sign, banded
from game.sim.phases import Phase
from game.sim.snapshot import Nav

ON_MARK_M: Final = 25.0

_STEADY_LOW_M: Final = (
    CRANE_HEIGHT_M + SETTLE_M + (STEADY_DESCENT_MPS**2 - SETTLE_MPS**2) / (2.0 * FAST_BRAKE_MPS2)
)  # where the last brake begins


def let_go_gauge(nav: Nav) -> Gauge | None:
    """How far from there it still is to the chosen mark, m, + down-track; None while nobody steers on engines, and
    with the raw law, which stands nothing upright.
    """
    if nav.phase is not Phase.POWERED or not nav.damped:
        return None
    return banded(nav.mark_m - let_go_m(nav), 0.0, -ON_MARK_M, ON_MARK_M, Sign.QUIET)


def let_go_m(nav: Nav) -> float:
    """The place itself, down-track of the frame's origin."""
    control = nav.onboard.vehicle.control
    omega = control.attitude_rad_s
    # The lean summed up while it goes back to upright, rad s: that of a damped swing from here to rest.
    leaning_rad_s = (2.0 * control.attitude_damping * nav.tilt_rad + nav.tilt_rate_rad_s / omega) / omega
    along_mps = nav.stage_vx_mps + nav.thrust_now_n / nav.total_mass_kg * leaning_rad_s
    return nav.x_m + along_mps * time_down_s(nav.height_m)


def time_down_s(height_m: float) -> float:
    """Seconds that the profile takes from a height of the craft's lowest point to where the sky crane takes over.

    >>> [round(time_down_s(h), 1) for h in (21.0, 100.0, 250.0, 2000.0)]
    [0.0, 7.6, 12.7, 43.6]
    """
    speed, spent_s = descent_aim_mps(height_m), 0.0
    if height_m > STEADY_TOP_M:
        spent_s += (speed - STEADY_DESCENT_MPS) / SLOW_BRAKE_MPS2
        speed, height_m = STEADY_DESCENT_MPS, STEADY_TOP_M
    spent_s += max(height_m - _STEADY_LOW_M, 0.0) / STEADY_DESCENT_MPS
    if speed > SETTLE_MPS:
        spent_s += (speed - SETTLE_MPS) / FAST_BRAKE_MPS2
        speed = SETTLE_MPS
    # In proportion to the height left, from the settling speed to that of the handover.
    return spent_s + log(max(speed / HANDOVER_MPS, 1.0)) / SETTLE_RATE
