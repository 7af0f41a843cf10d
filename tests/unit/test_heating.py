"""Heat against closed forms: flux, radiative equilibrium, energy, and conduction into a slab."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import exp, isfinite, pi, radians, sqrt

import pytest

from game.content.levels import load_level
from game.sim.heating import ShieldHeat, back_share, shield_share, stagnation_flux_w_m2
from game.sim.vehicle_spec import HeatShieldSpec

SHIELD = load_level("sky-crane").vehicle.heat_shield
BOLTZMANN = 5.670374e-8
STEP_S = 0.05
LEE = 0.06


def heated(spec: HeatShieldSpec, flux_w_m2: float, seconds: float, step_s: float = STEP_S) -> ShieldHeat:
    heat = ShieldHeat(spec)
    for _ in range(round(seconds / step_s)):
        heat.step(flux_w_m2, step_s)
    return heat


def test_the_flux_is_sutton_s_and_graves() -> None:
    """By the root of the density and the cube of the speed; 57 W/cm2 where Perseverance was heated most."""
    flux = stagnation_flux_w_m2(7.6e-4, 4_870.0, 1.125)
    assert flux == pytest.approx(1.9027e-4 * sqrt(7.6e-4 / 1.125) * 4_870.0**3)
    assert flux == pytest.approx(57e4, rel=0.02)
    assert stagnation_flux_w_m2(4 * 7.6e-4, 4_870.0, 1.125) == pytest.approx(2.0 * flux)
    assert stagnation_flux_w_m2(7.6e-4, 2 * 4_870.0, 4 * 1.125) == pytest.approx(4.0 * flux)
    assert stagnation_flux_w_m2(0.0, 5_000.0, 1.125) == 0.0


def test_who_gets_the_heat_depends_on_who_goes_first() -> None:
    """All on the shield well past trim, a third of it sideways, a few per cent in the lee; the backshell's mirrored."""
    for degrees in (0.0, 16.0, -25.0):
        assert shield_share(radians(degrees), LEE) == 1.0
        assert back_share(radians(degrees), LEE) == pytest.approx(LEE, abs=0.01)
    for degrees in (90.0, -90.0):
        assert shield_share(radians(degrees), LEE) == pytest.approx(0.33, abs=0.01)
        assert back_share(radians(degrees), LEE) == pytest.approx(0.30, abs=0.01)
    for degrees in (180.0, -180.0):
        assert shield_share(radians(degrees), LEE) == pytest.approx(LEE)
        assert back_share(radians(degrees), LEE) == pytest.approx(1.0)
    turn = [radians(degrees) for degrees in range(0, 181, 5)]
    assert sorted(turn, key=lambda angle: back_share(angle, LEE)) == turn
    assert all(shield_share(a, LEE) >= shield_share(b, LEE) for a, b in pairwise(turn))


def test_the_surface_comes_to_where_it_radiates_what_it_gets() -> None:
    """Radiative equilibrium, from below and from above."""
    flux = 20e4
    equilibrium_c = (flux / (SHIELD.emissivity * BOLTZMANN)) ** 0.25 - 273.15
    assert heated(SHIELD, flux, 600.0).surface_c == pytest.approx(equilibrium_c, abs=0.1)
    assert heated(replace(SHIELD, start_c=2000.0), flux, 600.0).surface_c == pytest.approx(equilibrium_c, abs=0.1)


def test_a_cold_surface_warms_by_flux_over_capacity() -> None:
    """Before it glows, everything is stored."""
    spec = replace(SHIELD, start_c=-270.0, emissivity=0.01)
    rise_c = heated(spec, 1e4, 10.0).surface_c + 270.0
    assert rise_c == pytest.approx(1e4 * 10.0 / spec.capacity_j_m2_k, rel=1e-3)


def test_a_hot_surface_cools_as_radiation_alone_lets_it() -> None:
    """T^-3 grows in proportion to time."""
    heat = heated(replace(SHIELD, start_c=1400.0), 0.0, 30.0, 0.01)
    hot_k = 1400.0 + 273.15
    rate = 3.0 * SHIELD.emissivity * BOLTZMANN * 30.0 / SHIELD.capacity_j_m2_k
    assert heat.surface_c + 273.15 == pytest.approx((hot_k**-3 + rate) ** (-1.0 / 3.0), rel=1e-3)


def test_what_comes_in_is_stored_or_radiated() -> None:
    """Energy over a pulse of two minutes, within a thousandth of what came in."""
    heat = ShieldHeat(SHIELD)
    came_j_m2 = gone_j_m2 = 0.0
    before_c = heat.surface_c
    for tick in range(2400):
        flux = 57e4 * exp(-(((tick * STEP_S - 75.0) / 25.0) ** 2))
        start_k = heat.surface_c + 273.15
        heat.step(flux, STEP_S)
        end_k = heat.surface_c + 273.15
        came_j_m2 += flux * STEP_S
        gone_j_m2 += SHIELD.emissivity * BOLTZMANN * STEP_S * 0.5 * (start_k**4 + end_k**4)
    stored_j_m2 = SHIELD.capacity_j_m2_k * (heat.surface_c - before_c)
    assert gone_j_m2 + stored_j_m2 == pytest.approx(came_j_m2, rel=1e-3)
    assert heat.load_j_cm2 == pytest.approx(came_j_m2 / 1e4)


def test_the_bond_line_warms_as_fourier_says() -> None:
    """A slab with a hot face that stays hot, insulated at its back: the series of Carslaw and Jaeger, section 3.4."""
    spec = replace(SHIELD, capacity_j_m2_k=1e12, start_c=0.0)
    heat = ShieldHeat(spec)
    heat.step(1e15, 1.0)  # 1000 degrees at once, and nothing can cool it
    assert heat.surface_c == pytest.approx(1000.0, rel=1e-3)
    time_constant_s = 4.0 * spec.thickness_m**2 / (pi**2 * spec.diffusivity_m2_s)
    for second in range(1, 1501):
        heat.step(0.0, 1.0)
        if second in (200, 400, 800, 1500):
            series = sum(
                (-1) ** n / (2 * n + 1) * exp(-((2 * n + 1) ** 2) * second / time_constant_s) for n in range(9)
            )
            assert heat.bond_c == pytest.approx(1000.0 * (1.0 - 4.0 / pi * series), abs=4.0)


@pytest.mark.parametrize("thickness_m", [0.002, 0.03175, 0.5])
@pytest.mark.parametrize("capacity_j_m2_k", [100.0, 1e6])
@pytest.mark.parametrize("diffusivity_m2_s", [1e-9, 1e-3])
def test_any_shield_stays_between_cold_and_equilibrium(
    thickness_m: float, capacity_j_m2_k: float, diffusivity_m2_s: float
) -> None:
    """Thin, thick, light, heavy, of cork or of copper: no step overshoots, and the bond line is between too."""
    spec = replace(SHIELD, thickness_m=thickness_m, capacity_j_m2_k=capacity_j_m2_k, diffusivity_m2_s=diffusivity_m2_s)
    heat = ShieldHeat(spec)
    hottest_c = (250e4 / (spec.emissivity * BOLTZMANN)) ** 0.25 - 273.15
    for flux in (250e4, 0.0, 250e4):
        for _ in range(200):
            heat.step(flux, STEP_S)
            assert -273.2 < heat.surface_c <= hottest_c + 1e-6
            assert -273.2 < heat.bond_c <= hottest_c + 1e-6
    assert all(isfinite(number) for number in heat.state())


def test_the_shield_s_figures_of_a_flight_like_hers() -> None:
    """A pulse of 57 W/cm2 and 2,400 J/cm2: it glows at well over 1,000 C, and the glue behind it hardly notices."""
    heat = ShieldHeat(SHIELD)
    hottest_c = 0.0
    for tick in range(20 * 240):
        heat.step(57e4 * exp(-(((tick * STEP_S - 75.0) / 24.0) ** 2)), STEP_S)
        hottest_c = max(hottest_c, heat.surface_c)
    assert heat.load_j_cm2 == pytest.approx(2_400.0, rel=0.05)
    assert 1_000.0 < hottest_c < 1_500.0
    assert heat.bond_c < 100.0


def test_the_state_tells_what_was_stepped() -> None:
    """The same steps, the same state; one more, another."""
    one, other = heated(SHIELD, 1e5, 3.0), heated(SHIELD, 1e5, 3.0)
    assert one.state() == other.state()
    other.step(0.0, STEP_S)
    assert one.state() != other.state()
