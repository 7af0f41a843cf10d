"""The engines against the rocket equation and the figures they are known by."""

from __future__ import annotations

from math import cos, log, radians

import pytest

from game.content.levels import load_level
from game.sim.descent_stage import ALL_ENGINES, SKY_CRANE_ENGINES, Engines
from game.sim.planet import STANDARD_GRAVITY_MPS2
from game.sim.spec import DT_S

VEHICLE = load_level("powered-descent").vehicle
SPEC = VEHICLE.descent_stage.engines
START_KG = VEHICLE.descent_stage.dry_mass_kg + 387.0 + VEHICLE.rover.mass_kg


def lit(engines: int) -> Engines:
    burning = Engines(SPEC)
    burning.light(engines)
    return burning


def settle(engines: Engines, ticks: int = 120) -> tuple[float, float, float, float]:
    result = engines.step()
    for _ in range(ticks):
        result = engines.step()
    return result


def test_full_thrust_is_2_90_times_the_weight_at_engine_start() -> None:
    """Cants included, as flown."""
    assert lit(ALL_ENGINES).max_axial_n / (START_KG * 3.71) == pytest.approx(2.90, abs=0.02)


def test_the_sky_crane_burns_the_four_splayed_engines() -> None:
    """Four engines at 25 degrees, and the thrust carries over when the other four go out."""
    engines = lit(ALL_ENGINES)
    engines.demand(8000.0, 0.0)
    settle(engines)
    engines.light(SKY_CRANE_ENGINES)
    assert engines.max_axial_n == pytest.approx(4.0 * 3100.0 * cos(radians(25.0)))
    assert engines.axial_n == pytest.approx(8000.0, rel=1e-6)


@pytest.mark.parametrize("moment_nm", [-6000.0, -500.0, 0.0, 500.0, 6000.0])
def test_a_demand_within_reach_is_met_in_thrust_and_moment(moment_nm: float) -> None:
    """After the lag both are what was asked for."""
    engines = lit(ALL_ENGINES)
    engines.balance(-0.56)
    engines.demand(12_000.0, moment_nm)
    axial = moment = 0.0
    for _ in range(240):
        axial, _, moment, _ = engines.step()
    assert axial == pytest.approx(12_000.0, rel=1e-6)
    assert moment == pytest.approx(moment_nm, rel=1e-6, abs=1e-6)


def test_attitude_comes_before_thrust() -> None:
    """At full throttle a wanted moment is met and the thrust gives way."""
    engines = lit(ALL_ENGINES)
    engines.demand(1e9, 4000.0)
    axial, _, moment, _ = settle(engines)
    assert moment == pytest.approx(4000.0, rel=1e-6)
    assert axial < engines.max_axial_n


def test_equal_throttles_push_along_the_axis_only() -> None:
    """The outward cants of the two sides cancel."""
    engines = lit(ALL_ENGINES)
    engines.demand(9000.0, 0.0)
    _, lateral, moment, _ = settle(engines)
    assert lateral == 0.0
    assert moment == 0.0


@pytest.mark.parametrize(("share", "isp_s"), [(0.0, 205.0), (1.0, 223.0), (0.5, 214.0)])
def test_burning_follows_the_rocket_equation(share: float, isp_s: float) -> None:
    """A minute of steady burn in free space: speed gained is exhaust speed times the logarithm of the masses.

    The cants cost their cosine: what is burnt sideways pushes nobody.
    """
    engines = lit(ALL_ENGINES)
    each_n = SPEC.min_thrust_n + share * (SPEC.max_thrust_n - SPEC.min_thrust_n)
    engines.demand(2.0 * engines.axial * each_n, 0.0)
    settle(engines, 600)
    start_kg = mass_kg = 20_000.0
    speed_mps = 0.0
    for _ in range(60 * 120):
        axial, _, _, flow = engines.step()
        mass_kg -= flow * DT_S
        speed_mps += axial / (mass_kg + 0.5 * flow * DT_S) * DT_S
    cant = 0.5 * (cos(radians(SPEC.canted_deg)) + cos(radians(SPEC.splayed_deg)))
    assert speed_mps == pytest.approx(cant * isp_s * STANDARD_GRAVITY_MPS2 * log(start_kg / mass_kg), rel=1e-4)


def test_thrust_follows_with_its_lag() -> None:
    """Two thirds of a step are there after the time constant."""
    engines = lit(ALL_ENGINES)
    engines.demand(engines.max_axial_n, 0.0)
    ticks = round(SPEC.lag_s / DT_S)
    for _ in range(ticks):
        axial, _, _, _ = engines.step()
    assert axial / engines.max_axial_n == pytest.approx(0.632, abs=0.03)
