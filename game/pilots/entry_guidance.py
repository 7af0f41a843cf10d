"""Lift guidance: a predictor-corrector, once a second, from the interface until the capsule straightens up.

Where would we come down with this plan of the lift, where with a little more lift: one secant step towards the target.
Method: Lu, Entry guidance: a unified method, Journal of Guidance, Control, and Dynamics 37, 2014. It has no memory:
what was wanted last stands in `Nav`.
"""

from __future__ import annotations

from typing import Final

from game.cues.plan import DIVE, EARLY_MPS, LATE_LIFT, LATE_MPS, Plan, dive_then_hold
from game.cues.prediction import predict_plan
from game.pilots.pilot import EVERY_TICKS
from game.sim.command import TILT_MAX
from game.sim.onboard import interface_mps
from game.sim.snapshot import Nav
from game.sim.spec import TICK_HZ, ArrivalSpec

LATE_LEAST: Final = 0.75  # a late dive costs the parachute its height
DIVE_G: Final = 11.3  # of a dive that would load us more we think better, at the speed of arrival below; flown: 10.7
MOST_G: Final = 13.0  # from here on the load matters more than the range; 15 g break us

_FELT_TICKS: Final = TICK_HZ  # between two reckonings while the air is felt
_SPACE_TICKS: Final = 4 * TICK_HZ  # and above it
_SPACE_G: Final = 0.05
_SKIPS_M: Final = 40_000.0  # past the target without a parachute: not too low, but up and away
_PROBE: Final = 0.04  # of lift, for the slope
_MOST_CHANGE: Final = 0.4  # of lift, at a time
_DOUBT_G: Final = 0.5  # nearer than this to a limit, a load along a straight line is not good enough
_NEAR_M: Final = 150.0  # nothing is gained by steering for less
_DIVE_MPS: Final = interface_mps(ArrivalSpec(2519.0, 0.0, 3_522_200.0, 0.0))  # Perseverance's, inertial
_LEAST_SLOPE_M: Final = 1000.0  # of range for all of the lift


def wanted_lift(nav: Nav) -> float:
    """The in-plane share of the lift to hold now: reckoned anew once a second, in between what it was."""
    every = _FELT_TICKS if nav.g > _SPACE_G else _SPACE_TICKS
    if nav.tick % every >= EVERY_TICKS or nav.straightened:
        return round(nav.lift_wanted * TILT_MAX) / TILT_MAX
    if nav.speed_mps <= EARLY_MPS:
        return corrected(nav, nav.lift_wanted, 0.0)[0].at(nav.speed_mps)
    plan, load_g = corrected(nav, _within(nav.lift_wanted + DIVE, 0.5, 1.0), DIVE)
    if _too_hard(nav, plan, load_g, dive_g(nav)):
        plan, load_g = corrected(nav, nav.lift_wanted, 0.0)
        if _too_hard(nav, plan, load_g, MOST_G):
            return 1.0
    return plan.at(nav.speed_mps)


def _too_hard(nav: Nav, plan: Plan, load_g: float, most_g: float) -> bool:
    """Whether a plan loads us more than that, by the load that it is taken to cost; if that is near, it is flown."""
    if abs(load_g - most_g) < _DOUBT_G:
        load_g = predict_plan(nav, plan, under_canopy_m=0.0).peak_g
    return load_g > most_g


def dive_g(nav: Nav) -> float:
    """The load that a dive may cost: what the air makes of an arrival goes with the square of its speed.

    Allen and Eggers, A study of the motion and aerodynamic heating of ballistic missiles, NACA report 1381, 1958.
    """
    arrival = nav.onboard.arrival
    if arrival is None:
        return DIVE_G
    return min(DIVE_G * (interface_mps(arrival) / _DIVE_MPS) ** 2, MOST_G)


def plan_of(nav: Nav, level: float, dive: float) -> Plan:
    """The whole plan by one figure: the lift of its middle part, or of its end once that is all there is."""
    if nav.speed_mps > LATE_MPS:
        return dive_then_hold(level, dive)
    return Plan(LATE_LIFT, LATE_LIFT, _within(level, LATE_LEAST, 1.0))


def corrected(nav: Nav, level: float, dive: float) -> tuple[Plan, float]:
    """One secant step of the plan towards the target, and the load in g that the new plan should cost."""
    plan = plan_of(nav, level, dive)
    here = predict_plan(nav, plan)
    if not here.opens and here.miss_m < _SKIPS_M:
        return plan_of(nav, level + _MOST_CHANGE, dive), here.peak_g  # wherever we are bound for, it is too low
    if abs(here.miss_m) < _NEAR_M:
        return plan, here.peak_g
    probe = _PROBE if here.miss_m < 0.0 else -_PROBE
    there = predict_plan(
        nav, plan_of(nav, level + probe, dive), under_canopy_m=here.landing_m - here.mortar_m if here.opens else None
    )
    slope_m = (there.miss_m - here.miss_m) / probe
    change = probe
    if slope_m >= _LEAST_SLOPE_M:
        change = _within(-here.miss_m / slope_m, -_MOST_CHANGE, _MOST_CHANGE)
    return plan_of(nav, level + change, dive), here.peak_g + (there.peak_g - here.peak_g) * change / probe


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
