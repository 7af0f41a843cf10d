"""Heat, load and range of the entry: what is left to the limits, and which way to hold the lever."""

from __future__ import annotations

from math import sqrt
from typing import Final

from game.cues.forecast import Prediction
from game.cues.signs import Gauge, Sign
from game.sim.heating import back_share, shield_share
from game.sim.phases import Phase
from game.sim.snapshot import Nav

CAUTION_SHARE: Final = 0.8  # of a limit
STOP_SHARE: Final = 0.95

RANGE_OK_M: Final = 1000.0
RANGE_OK_SHARE: Final = 0.01  # of the way that is still to go: nobody aims better from far away

# A whole lever is worth about so much range at the interface, and less in proportion to the energy left [c].
_LEVER_WORTH_M: Final = 150_000.0
_LEVER_WORTH_MPS: Final = 5325.0
_LEAST_WORTH_M: Final = 3000.0
_MOST_STEP: Final = 0.3  # of lever at a time
_LOW_STEP: Final = 0.1
# Slower than this a dive costs height that the parachute needs.
_NO_DIVE_MPS: Final = 1100.0
_NO_DIVE_LIFT: Final = 0.4
LEVER_OK: Final = 0.05
DEEP_STOP_MPS: Final = 2500.0
_DEEP_PAST_M: Final = 10_000.0  # a miss that is longer than this is no dive


def heat_gauge(nav: Nav) -> Gauge:
    """W/cm2 on the heat shield, against what it stands."""
    vehicle = nav.onboard.vehicle
    flux = nav.heat_flux_w_cm2 * shield_share(nav.incidence_rad, vehicle.backshell.lee_share)
    limit = vehicle.heat_shield.flux_limit_w_cm2
    return _limited(flux if nav.heat_shield_on else 0.0, limit)


def back_heat_gauge(nav: Nav) -> Gauge:
    """W/cm2 on the backshell, which stands far less."""
    shell = nav.onboard.vehicle.backshell
    share = back_share(nav.incidence_rad, shell.lee_share) if nav.heat_shield_on else 1.0
    return _limited(nav.heat_flux_w_cm2 * share, shell.flux_limit_w_cm2)


def g_gauge(nav: Nav, prediction: Prediction | None) -> Gauge:
    """Load in earth g, against what the structure stands; careful also when more than that lies ahead."""
    limit = nav.onboard.vehicle.aeroshell.structure_g
    gauge = _limited(nav.g, limit)
    if gauge.sign is Sign.GO and nav.phase is Phase.ENTRY and prediction is not None:
        sign = Sign.CAUTION if prediction.peak_g > STOP_SHARE * limit else Sign.GO
        return Gauge(gauge.value, gauge.aim, gauge.low, gauge.high, sign)
    return gauge


def range_gauge(nav: Nav, prediction: Prediction | None) -> Gauge | None:
    """Where we come down as it is flown now, m past the target; None without a prediction."""
    if prediction is None:
        return None
    ok_m = _range_ok_m(nav)
    miss_m = prediction.miss_m
    sign = Sign.GO if abs(miss_m) <= ok_m else Sign.CAUTION
    if falls_too_deep(nav, prediction):
        # As long as we are fast, there is lift left to get out of a dive.
        sign = Sign.STOP if nav.speed_mps < DEEP_STOP_MPS else Sign.CAUTION
    return Gauge(miss_m, 0.0, -ok_m, ok_m, sign)


def lift_gauge(nav: Nav, prediction: Prediction | None, g: Gauge) -> Gauge:
    """The lever, -1 lift down (dive) to 1 lift up (float); the aim is where to move it now."""
    lever = nav.lift_wanted
    if nav.straightened or prediction is None:
        return Gauge(lever)
    aim = lift_aim(nav, prediction, g)
    sign = Sign.GO if abs(lever - aim) <= LEVER_OK else Sign.CAUTION
    return Gauge(lever, aim, aim - LEVER_OK, aim + LEVER_OK, sign)


def lift_aim(nav: Nav, prediction: Prediction, g: Gauge) -> float:
    """Lever that mends the range, unless load or height ask for all the lift there is.

    Reckoned from the lever that was predicted with: it stays where it is while the lever moves towards it.
    """
    held = prediction.lift if prediction.lift is not None else nav.lift_wanted
    if g.sign is not Sign.GO:
        return 1.0
    if skipping(nav):
        return -1.0
    worth_m = max(lever_worth_m(nav.speed_mps), _LEAST_WORTH_M)
    # Slow and low, a dive is gone into in small steps: the box may be missed before the range is met.
    dive = _LOW_STEP if nav.speed_mps < DEEP_STOP_MPS else _MOST_STEP
    step = min(max(-prediction.miss_m / worth_m, -dive), _MOST_STEP)
    if falls_too_deep(nav, prediction):
        step = _MOST_STEP
    lowest = _NO_DIVE_LIFT if nav.speed_mps < _NO_DIVE_MPS else -1.0
    return min(max(held + step, lowest), 1.0)


def lever_worth_m(speed_mps: float) -> float:
    """About how much farther a whole lever carries us at this speed, m of range."""
    return _LEVER_WORTH_M * (speed_mps / _LEVER_WORTH_MPS) ** 2


def falls_too_deep(nav: Nav, prediction: Prediction) -> bool:
    """The parachute's box is missed, and not because we fly on too far. While we are fast only the range says so."""
    if prediction.opens:
        return False
    return prediction.miss_m < (_DEEP_PAST_M if nav.speed_mps < DEEP_STOP_MPS else -_range_ok_m(nav))


def _range_ok_m(nav: Nav) -> float:
    return max(RANGE_OK_M, RANGE_OK_SHARE * abs(nav.target_m - nav.downrange_m))


def skipping(nav: Nav) -> bool:
    """Climbing as fast as a satellite flies, or faster: the air lets go of us and does not get us back."""
    if nav.phase is not Phase.ENTRY or nav.climb_mps <= 0.0:
        return False
    r_m = nav.onboard.planet.radius_m + nav.altitude_m
    return nav.speed_mps > 0.95 * sqrt(nav.gravity_mps2 * r_m)


def _limited(value: float, limit: float) -> Gauge:
    share = value / limit
    sign = Sign.STOP if share >= STOP_SHARE else Sign.CAUTION if share >= CAUTION_SHARE else Sign.GO
    return Gauge(value, None, None, limit, sign)
