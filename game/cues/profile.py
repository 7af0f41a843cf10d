"""What a good pilot aims at: the descent speed for a height, the speed along the ground for a distance, the last burn.

Pure arithmetic on figures of the vehicle (SI units, speeds positive downwards where they are called descent). The
design speeds are the mission's own: brake steadily to 32 m/s at 250 m, brake once more, and be nearly still where the
sky crane begins. That last brake is not the mission's, 5.3 m/s2 from 120 m on, but one that hands can follow: who is
late by 0.4 s is still at full thrust when the mission's ends, climbs at 15 m/s, and has no propellant left to come
down again. It begins at 185 m and eases off over four seconds (docs/novice.md).
"""

from __future__ import annotations

from math import copysign, log, sqrt
from typing import Final

from game.sim.planet import STANDARD_GRAVITY_MPS2

CRANE_HEIGHT_M: Final = 21.0  # of the lowest point, where eight engines become four (physics: as flown)
CRANE_DESCENT_MPS: Final = 0.75
HANDOVER_MPS: Final = 1.5  # slower than this, at the crane's height, the sky crane begins
STEADY_DESCENT_MPS: Final = 32.0
STEADY_TOP_M: Final = 250.0
FAST_BRAKE_MPS2: Final = 3.2  # from the steady speed to the crane's
# Below this the aim falls in proportion to the height left, not as its root: nobody can follow a root to its end.
SETTLE_MPS: Final = 6.0
# From 83 m/s at 2.1 km to the steady speed: light enough to leave thrust for a sidestep.
SLOW_BRAKE_MPS2: Final = 1.6

ALONG_BRAKE_MPS2: Final = 0.5  # a lean of 8 degrees at most: what begins a second late is still made good
ALONG_MOST_MPS: Final = 20.0  # brings us 800 m aside on the way down
ALONG_SETTLE_S: Final = 6.0  # close to the mark the aim falls in proportion: time constant

SETTLE_RATE: Final = FAST_BRAKE_MPS2 / SETTLE_MPS  # per second; the braking begins at the same strength
SETTLE_M: Final = (SETTLE_MPS - CRANE_DESCENT_MPS) / SETTLE_RATE

HOVER_ISP_S: Final = 212.0  # at hovering thrust, between 205 s (lowest) and 223 s (highest)


def descent_aim_mps(height_m: float) -> float:
    """The speed downwards that belongs to a height of the craft's lowest point.

    >>> [round(descent_aim_mps(h), 2) for h in (10.0, 21.0, 200.0, 250.0)]
    [0.75, 0.75, 32.0, 32.0]
    """
    if height_m > STEADY_TOP_M:
        return sqrt(STEADY_DESCENT_MPS**2 + 2.0 * SLOW_BRAKE_MPS2 * (height_m - STEADY_TOP_M))
    left_m = max(height_m - CRANE_HEIGHT_M, 0.0)
    if left_m < SETTLE_M:
        return CRANE_DESCENT_MPS + SETTLE_RATE * left_m
    return min(sqrt(SETTLE_MPS**2 + 2.0 * FAST_BRAKE_MPS2 * (left_m - SETTLE_M)), STEADY_DESCENT_MPS)


def descent_brake_mps2(height_m: float, descent_mps: float) -> float:
    """How hard to brake at a height to go on along the profile, at the speed that the craft really has.

    >>> [round(descent_brake_mps2(h, descent_aim_mps(h)), 1) for h in (10.0, 60.0, 200.0, 1000.0)]
    [0.0, 3.2, 0.0, 1.6]
    """
    aim = descent_aim_mps(height_m)
    if height_m > STEADY_TOP_M:
        rate = SLOW_BRAKE_MPS2 / aim
    elif aim >= STEADY_DESCENT_MPS or height_m <= CRANE_HEIGHT_M:
        rate = 0.0
    else:
        rate = FAST_BRAKE_MPS2 / max(aim, SETTLE_MPS)
    return max(descent_mps, 0.0) * rate


def along_aim_mps(distance_m: float) -> float:
    """The speed along the ground that belongs to a distance still to go, both + down-track.

    >>> along_aim_mps(0.0), along_aim_mps(6.0), along_aim_mps(-6.0)
    (0.0, 1.0, -1.0)
    """
    left_m = abs(distance_m)
    settle_mps = ALONG_BRAKE_MPS2 * ALONG_SETTLE_S  # the braking begins at the same strength
    settle_m = settle_mps * ALONG_SETTLE_S
    if left_m < settle_m:
        return distance_m / ALONG_SETTLE_S
    speed = min(sqrt(settle_mps**2 + 2.0 * ALONG_BRAKE_MPS2 * (left_m - settle_m)), ALONG_MOST_MPS)
    return copysign(speed, distance_m)


def stopping_mps2(thrust_max_n: float, mass_kg: float, gravity_mps2: float) -> float:
    """How hard full thrust brakes an upright craft: what gravity leaves of it. Negative: it cannot stop at all."""
    return thrust_max_n / mass_kg - gravity_mps2


def latest_burn_height_m(descent_mps: float, brake_mps2: float) -> float:
    """The lowest height from which a full burn still stops the fall at the height of the sky crane.

    >>> round(latest_burn_height_m(80.0, 7.0), 1)
    478.1
    """
    over_mps2 = max(descent_mps, CRANE_DESCENT_MPS) ** 2 - CRANE_DESCENT_MPS**2
    return CRANE_HEIGHT_M + over_mps2 / (2.0 * brake_mps2)


def time_to_burn_s(margin_m: float, descent_mps: float, fall_mps2: float, brake_mps2: float) -> float:
    """Seconds until the last burn must begin, if nothing is done before; negative when it should have begun.

    The craft goes on falling faster by `fall_mps2` (gravity less the lowest thrust) while the height that the burn
    needs grows with its speed v: height - v t - f t^2 / 2 = crane + (v + f t)^2 / (2 a), solved for t.
    """
    speed = max(descent_mps, CRANE_DESCENT_MPS)
    if margin_m <= 0.0 or abs(fall_mps2) < 1e-3:
        return margin_m / speed
    inner = speed * speed + 2.0 * fall_mps2 * margin_m / (1.0 + fall_mps2 / brake_mps2)
    if inner <= 0.0:
        return margin_m / speed
    return (sqrt(inner) - speed) / fall_mps2


def hover_s(mass_kg: float, propellant_kg: float, gravity_mps2: float) -> float:
    """Seconds that the propellant holds this mass in the air: the rocket equation at one gravity.

    >>> round(hover_s(2190.0, 387.0, 3.71))
    109
    """
    exhaust_mps = HOVER_ISP_S * STANDARD_GRAVITY_MPS2
    return exhaust_mps / gravity_mps2 * log(mass_kg / max(mass_kg - propellant_kg, 1.0))


def fall_distance_m(height_m: float, vx_mps: float, vy_mps: float, gravity_mps2: float) -> float:
    """How far along the ground something thrown from here comes down, + down-track, without air."""
    rise = max(vy_mps * vy_mps + 2.0 * gravity_mps2 * max(height_m, 0.0), 0.0)
    return vx_mps * (vy_mps + sqrt(rise)) / gravity_mps2
