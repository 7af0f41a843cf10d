"""The predictor against a fine integration of the flight's own equations, and against a flight that was flown."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, sin

import pytest

from game.cues.plan import EARLY_MPS, LATE_LIFT, LATE_MPS, Plan, dive_then_hold, plan_with
from game.cues.prediction import (
    MORTAR_MACH,
    backshell_height_m,
    drag_factor,
    pairs_lost,
    parachute_landing_m,
    predict,
    predict_plan,
    predict_planned,
)
from game.cues.under_canopy import MORTAR_HIGH_MACH, mortar_allowed
from game.sim.phases import Phase
from game.sim.planet import STANDARD_GRAVITY_MPS2
from game.sim.snapshot import Nav
from tests.unit.flown_navs import flown_navs

Motion = tuple[float, float, float, float]
STEP_S = 0.1


class Fine:
    """A classical Runge-Kutta integration in the frame's own axes, of what the sim makes its forces from."""

    def __init__(self, nav: Nav, lift: float) -> None:
        self.onboard, self.lift, self.entry_kg = nav.onboard, lift, nav.total_mass_kg
        planet = nav.onboard.planet
        angle, r_m = nav.downrange_m / planet.radius_m, planet.radius_m + nav.altitude_m
        self.motion: Motion = (r_m * sin(angle), r_m * cos(angle) - planet.radius_m, nav.vx_mps, nav.vy_mps)
        self.share, self.mass_kg, self.peak_g, self.mach = 1.0, self.entry_kg, 0.0, 99.0

    def fly(self) -> tuple[float, float]:
        """Down-track place and altitude where the mortar's Mach number is met."""
        shell, time_s, straight_s = self.onboard.vehicle.aeroshell, 0.0, None
        while True:
            here, first = self.motion, self._rate(self.motion, note=True)
            if self.mach <= MORTAR_MACH:
                planet = self.onboard.planet
                return planet.downrange_m(here[0], here[1]), planet.altitude_m(here[0], here[1])
            if straight_s is None and hypot(here[2], here[3]) < shell.straighten_mps:
                straight_s = time_s
            if straight_s is not None:
                pairs = int((time_s - straight_s - shell.balance_first_s) / shell.balance_s + 1.0)
                pairs = min(max(pairs, 0), shell.balance_pairs)
                self.share = 1.0 - pairs / shell.balance_pairs
                self.mass_kg = self.entry_kg - 2.0 * pairs * shell.balance_mass_kg
            second = self._rate(moved(here, first, 0.5 * STEP_S))
            third = self._rate(moved(here, second, 0.5 * STEP_S))
            fourth = self._rate(moved(here, third, STEP_S))
            slopes = zip(first, second, third, fourth, strict=True)
            mean = tuple((a + 2.0 * b + 2.0 * c + d) / 6.0 for a, b, c, d in slopes)
            self.motion = moved(here, mean, STEP_S)
            time_s += STEP_S

    def _rate(self, motion: Motion, *, note: bool = False) -> Motion:
        x, y, vx, vy = motion
        air, aerodynamics, planet = self.onboard.forecast, self.onboard.aerodynamics, self.onboard.planet
        altitude_m = planet.altitude_m(x, y)
        along = vx - air.mean_wind_mps(altitude_m)
        airspeed = hypot(along, vy)
        mach = airspeed / air.sound_speed_mps(altitude_m)
        q_pa = 0.5 * air.density_kg_m3(altitude_m) * airspeed**2
        trim = -aerodynamics.trim_rad(mach) * self.lift * self.share
        drag_n, lift_n, _ = aerodynamics.forces(q_pa, mach, trim, trim, rate_over_2v=0.0, shield_on=True)
        if note:
            self.mach = mach
            self.peak_g = max(self.peak_g, hypot(drag_n, lift_n) / self.mass_kg / STANDARD_GRAVITY_MPS2)
        flow_x, flow_y = along / airspeed, vy / airspeed
        gx, gy = planet.gravity(x, y, vx, vy)
        across = (-drag_n * flow_x - lift_n * flow_y) / self.mass_kg + gx
        return vx, vy, across, (-drag_n * flow_y + lift_n * flow_x) / self.mass_kg + gy


def moved(motion: Motion, rate: tuple[float, ...], dt_s: float) -> Motion:
    x, y, vx, vy = (value + dt_s * slope for value, slope in zip(motion, rate, strict=True))
    return x, y, vx, vy


def held(nav: Nav, lift: float) -> Nav:
    """The same, with this lift held already."""
    return nav._replace(lift=lift, lift_wanted=lift)


@pytest.mark.parametrize(
    ("speed_mps", "lift", "within_m"),
    [(9999.0, 0.6, 700.0), (9999.0, 0.8, 700.0), (4500.0, 0.7, 300.0), (1100.0, 0.9, 100.0), (600.0, 0.6, 100.0)],
)
def test_it_flies_as_a_fine_integration_does(speed_mps: float, lift: float, within_m: float) -> None:
    """Where the mortar is fired, within a thousandth of the way that is left; the highest load within 0.5 %."""
    nav = held(flown_navs().entry_at(speed_mps), lift)
    fine = Fine(nav, lift)
    downrange_m, _ = fine.fly()
    predicted = predict(nav)
    assert predicted.opens
    assert predicted.mortar_m == pytest.approx(downrange_m, abs=within_m)
    assert predicted.peak_g == pytest.approx(fine.peak_g, rel=0.005)


def test_more_lift_carries_farther() -> None:
    """Between the lift that comes down too low and the one that leaves the planet again."""
    nav = flown_navs().phases[Phase.ENTRY][0]
    landings_m = [predict(nav, lift).landing_m for lift in (0.54, 0.6, 0.66, 0.72, 0.8)]
    assert landings_m == sorted(landings_m)
    assert landings_m[-1] - landings_m[0] > 40_000.0


@pytest.mark.parametrize(("lift", "short"), [(0.3, True), (1.0, False)])
def test_it_says_when_the_parachute_will_not_open(lift: float, short: bool) -> None:
    """Into the ground with too little lift, up and away with all of it on a course that is a degree too shallow."""
    nav = flown_navs().phases[Phase.ENTRY][0]
    if not short:
        nav = nav._replace(vy_mps=nav.vy_mps + 300.0)
    predicted = predict(held(nav, lift))
    assert not predicted.opens
    assert (predicted.miss_m < 0.0) is short


def test_a_steep_course_is_foretold_with_its_load() -> None:
    """Three degrees steeper: over 12 g with little lift, and less with all of it."""
    nav = flown_navs().phases[Phase.ENTRY][0]
    steep = nav._replace(vy_mps=nav.vy_mps - 290.0)
    assert predict(held(steep, 0.2)).peak_g > 12.0
    assert predict(held(steep, 1.0)).peak_g < predict(held(steep, 0.2)).peak_g


def test_the_bank_takes_its_time() -> None:
    """A lift that is only wanted yet counts for less than one that is held."""
    nav = held(flown_navs().entry_at(4000.0), 0.2)
    assert nav.lift < 0.9
    assert predict(nav, 0.2).landing_m < predict(nav, 0.9).landing_m < predict(held(nav, 0.9)).landing_m


def test_it_has_no_memory() -> None:
    """The same question has the same answer, whatever was asked in between."""
    entry, late = flown_navs().entry_at(3000.0), flown_navs().entry_at(600.0)
    first = predict(entry), predict(late), predict_planned(entry)
    predict(entry, -1.0)
    predict_plan(late, Plan(1.0, 1.0, 1.0))
    assert (predict(entry), predict(late), predict_planned(entry)) == first


def test_it_foretells_the_flight_that_was_flown() -> None:
    """What the guidance had in mind from the first g on, and what the lever alone said later, came about."""
    flown = flown_navs()
    backshell = predict(flown.phases[Phase.PARACHUTE][-1]).landing_m
    for nav in flown.phases[Phase.ENTRY]:
        if nav.g > 0.2 and nav.speed_mps > EARLY_MPS:
            assert predict_planned(nav).landing_m == pytest.approx(backshell, abs=1500.0), nav.t_s
        elif nav.speed_mps < LATE_MPS - 50.0:
            assert predict(nav).landing_m == pytest.approx(backshell, abs=400.0), nav.t_s
    for nav in flown.phases[Phase.PARACHUTE]:
        assert predict(nav).landing_m == pytest.approx(backshell, abs=200.0), nav.t_s
        assert predict(nav).opens


def test_the_mortar_s_moment_moves_the_landing() -> None:
    """A second later is a few hundred metres farther."""
    straight = [nav for nav in flown_navs().phases[Phase.ENTRY] if nav.straightened]
    landings_m = [parachute_landing_m(nav) for nav in straight]
    steps_m = [after - before for before, after in pairwise(landings_m)]
    assert all(100.0 < step_m < 500.0 for step_m in steps_m)


def test_the_factor_is_what_is_felt_over_what_is_reckoned() -> None:
    """One on the day of the forecast; a fifth more load, a fifth more drag; nothing before anything is felt."""
    nav = flown_navs().entry_at(2500.0)
    assert drag_factor(nav) == pytest.approx(1.0, abs=0.01)
    assert drag_factor(nav._replace(g=1.2 * nav.g)) == pytest.approx(1.2 * drag_factor(nav), rel=1e-6)
    assert drag_factor(nav._replace(g=0.1)) == 1.0
    assert drag_factor(nav._replace(g=9.0 * nav.g)) == 1.6
    assert drag_factor(nav._replace(g=0.3 * nav.g)) == 0.6
    high = next(nav for nav in flown_navs().phases[Phase.ENTRY] if nav.g > 0.25)
    assert 1.0 < drag_factor(high._replace(g=1.5 * high.g)) < 1.5  # thin air says less about the thick below it


def test_thicker_air_is_shorter() -> None:
    """What the accelerometers say is in the prediction."""
    nav = flown_navs().entry_at(3000.0)
    assert predict(nav._replace(g=1.1 * nav.g)).landing_m < predict(nav).landing_m - 2000.0


def test_the_weight_tells_how_far_the_straightening_up_has_come() -> None:
    """None before, all three pairs at the mortar."""
    entry = flown_navs().phases[Phase.ENTRY]
    lost = [pairs_lost(nav) for nav in entry]
    assert lost == sorted(lost)
    assert lost[0] == 0
    assert lost[-1] == entry[-1].onboard.vehicle.aeroshell.balance_pairs


def test_the_mortar_is_allowed_inside_the_box_and_below_the_tearing_load() -> None:
    """Mach from both sides, pressure, and the load at a Mach number at which the canopy pulls harder."""
    onboard = flown_navs().phases[Phase.ENTRY][0].onboard
    assert mortar_allowed(onboard, 1.8, 520.0)
    assert not mortar_allowed(onboard, MORTAR_HIGH_MACH + 0.01, 520.0)
    assert not mortar_allowed(onboard, 1.05, 200.0)
    assert mortar_allowed(onboard, 1.8, 650.0)
    assert not mortar_allowed(onboard, 1.45, 650.0)
    assert not mortar_allowed(onboard, 2.05, 760.0)


def test_the_backshell_s_height_is_the_flown_one() -> None:
    """2.2 km at 81 m/s; a faster fall needs more."""
    assert backshell_height_m(81.0) == pytest.approx(2250.0, abs=100.0)
    assert backshell_height_m(95.0) > 3000.0


def test_a_plan_is_known_by_the_lift_that_is_held() -> None:
    """In every part of the entry the plan with the lift of now gives that lift now."""
    plan = dive_then_hold(0.9)
    assert plan.early < 0.3 < plan.middle
    for speed_mps in (5300.0, 2500.0):
        assert plan_with(plan.at(speed_mps), speed_mps) in (plan, Plan(0.9, 0.9, LATE_LIFT))
    assert plan_with(0.8, 900.0).at(900.0) == 0.8
