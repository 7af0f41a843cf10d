"""Gravity, air and wind against closed forms and the tables they come from."""

from __future__ import annotations

from math import hypot, sqrt

import pytest

from game.content.levels import load_level
from game.sim.atmosphere import REFERENCE, SOUND_M2_S2_K, Atmosphere, Gusts, drag_n
from game.sim.parachute import Parachute
from game.sim.planet import MU_M3_S2, Planet
from game.sim.spec import DT_S, AirSpec
from game.sim.streams import NominalStream, SeededStream, stream

LEVEL = load_level("powered-descent")
STILL = AirSpec(((0.0, 1.0),), ((0.0, 1.0),), ((0.0, 0.0),), 0.0, 1.0)


def test_gravity_at_the_landing_point_is_newton_less_the_rotation() -> None:
    """3.722 m/s2 by Newton; what a body at rest feels in our plane is 0.013 less."""
    planet = Planet(LEVEL.site)
    newton = MU_M3_S2 / planet.radius_m**2
    across, up = planet.gravity(0.0, 0.0, 0.0, 0.0)
    assert newton == pytest.approx(3.7224, abs=1e-3)
    assert across == 0.0
    assert -up == pytest.approx(newton - planet.spin_rad_s**2 * planet.radius_m, rel=1e-12)
    assert -up == pytest.approx(3.71, abs=0.002)


def test_an_eastward_speed_lifts_and_a_fall_drifts_east() -> None:
    """Coriolis: the ground moves towards +x, which is mostly east."""
    planet = Planet(LEVEL.site)
    rest = planet.gravity(0.0, 0.0, 0.0, 0.0)
    assert planet.gravity(0.0, 0.0, 100.0, 0.0)[1] - rest[1] == pytest.approx(200.0 * planet.spin_rad_s)
    assert planet.gravity(0.0, 0.0, 0.0, -100.0)[0] == pytest.approx(200.0 * planet.spin_rad_s)


def test_altitude_follows_the_curve_of_the_planet() -> None:
    """A place 10 km along the tangent is 14.7 m above the sphere."""
    planet = Planet(LEVEL.site)
    assert planet.altitude_m(10_000.0, 0.0) == pytest.approx(10_000.0**2 / (2.0 * planet.radius_m), rel=1e-5)


@pytest.mark.parametrize("row", REFERENCE, ids=lambda row: f"{row[0]} km")
def test_the_air_is_the_table_s_at_its_own_heights(row: tuple[float, float, float]) -> None:
    """Density and temperature of every row come back."""
    height_km, temperature_k, density = row
    air = Atmosphere(STILL, 0.0)
    assert air.density_kg_m3(1000.0 * height_km) == pytest.approx(density, rel=1e-9)
    assert air.sound_speed_mps(1000.0 * height_km) == pytest.approx(sqrt(SOUND_M2_S2_K * temperature_k))


def test_between_two_rows_density_is_their_geometric_mean() -> None:
    """Half way in height is half way in the logarithm."""
    assert Atmosphere(STILL, 0.0).density_kg_m3(1000.0) == pytest.approx(sqrt(1.55e-2 * 1.30e-2))


def test_perseverance_s_day_is_thin_and_warm_near_the_ground() -> None:
    """0.84 of the reference density and a speed of sound of about 240 m/s."""
    planet = Planet(LEVEL.site)
    day, reference = Atmosphere(LEVEL.air, planet.areoid_above_m), Atmosphere(STILL, planet.areoid_above_m)
    assert day.density_kg_m3(2000.0) / reference.density_kg_m3(2000.0) == pytest.approx(0.84)
    assert day.sound_speed_mps(2000.0) == pytest.approx(241.0, abs=3.0)


def test_shell_and_canopy_fall_at_their_terminal_speed() -> None:
    """Drag of the canopy at that speed is the weight of what hangs on it."""
    chute = Parachute(LEVEL.vehicle.parachute)
    density, mass_kg, gravity = 0.0143, 576.0, 3.71
    terminal_mps = sqrt(2.0 * mass_kg * gravity / (density * 0.70 * 364.0))
    fx, fy = drag_n(density, chute.drag_area_m2(terminal_mps / 240.0), 0.0, -terminal_mps)
    assert fx == 0.0
    assert fy == pytest.approx(mass_kg * gravity)


def gusts(seed: int, ticks: int = 24_000) -> list[float]:
    source = Gusts(LEVEL.air, stream(seed, "wind"), DT_S)
    return [source.step() for _ in range(ticks)]


def test_gusts_have_the_spread_that_the_level_says() -> None:
    """Standard deviation over a long record, within what so few correlation times allow."""
    record = [speed for seed in range(1, 9) for speed in gusts(seed)]
    spread = sqrt(sum(speed * speed for speed in record) / len(record))
    assert spread == pytest.approx(LEVEL.air.gust_mps, rel=0.15)


def test_a_stream_is_its_name_and_its_seed() -> None:
    """The same name and seed give the same numbers, another name or seed others; seed 0 gives none."""
    one = [stream(7, "wind").normal() for _ in range(3)]
    assert one == [stream(7, "wind").normal() for _ in range(3)]
    assert one != [stream(7, "sensors").normal() for _ in range(3)]
    assert one != [stream(8, "wind").normal() for _ in range(3)]
    assert isinstance(stream(0, "wind"), NominalStream)
    assert stream(0, "wind").normal() == stream(0, "wind").centred() == 0.0


def test_normal_draws_have_unit_spread_and_stay_within_three() -> None:
    """Mean 0, standard deviation 1, never beyond 3: a three-sigma figure in a level is a bound."""
    source = SeededStream("test")
    draws = [source.normal() for _ in range(20_000)]
    mean = sum(draws) / len(draws)
    spread = hypot(*(draw - mean for draw in draws)) / sqrt(len(draws))
    assert mean == pytest.approx(0.0, abs=0.03)
    assert spread == pytest.approx(1.0, abs=0.02)
    assert max(map(abs, draws)) <= 3.0
