"""What a body meets: the wind of its own place, along the ground there, and the air of its own height."""

from __future__ import annotations

from math import cos, hypot, pi, sin

import pytest

from game.content.levels import load_level
from game.sim.atmosphere import Atmosphere, drag_n
from game.sim.planet import Planet
from game.sim.spec import AirSpec
from game.sim.surroundings import Surroundings

LEVEL = load_level("jezero")
PLANET = Planet(LEVEL.site)
WINDY = AirSpec(((0.0, 1.0),), ((0.0, 1.0),), ((0.0, 12.0),), 0.0, 1.0)
AIR = Atmosphere(WINDY, PLANET.areoid_above_m)
HERE = Surroundings(PLANET, AIR)


@pytest.mark.parametrize("downrange_deg", [-90.0, -10.0, 0.0, 3.0, 170.0])
def test_the_wind_blows_along_the_ground_wherever_that_is(downrange_deg: float) -> None:
    """As strong everywhere, and nothing of it up or down; a gust blows the same way."""
    angle, r_m = downrange_deg * pi / 180.0, PLANET.radius_m + 5000.0
    x, y = r_m * sin(angle), r_m * cos(angle) - PLANET.radius_m
    _, _, wind_x, wind_y, _, _ = HERE.at(x, y, 0.0, 0.0, 3.0)
    assert hypot(wind_x, wind_y) == pytest.approx(15.0)
    along, up = PLANET.local(x, y, wind_x, wind_y)
    assert along == pytest.approx(15.0)
    assert up == pytest.approx(0.0, abs=1e-9)


def test_a_body_that_drifts_with_the_wind_feels_none_of_it_along_the_track() -> None:
    """Drag is against the air and not the ground."""
    density, _, wind_x, wind_y, _, _ = HERE.at(-500_000.0, 40_000.0, 0.0, 0.0)
    fx, fy = drag_n(density, 10.0, wind_x - wind_x, (wind_y - 30.0) - wind_y)
    assert fx == 0.0
    assert fy == pytest.approx(0.5 * density * 10.0 * 30.0**2)


@pytest.mark.parametrize("place", [(0.0, 0.0), (-590_000.0, 80_000.0), (12_000.0, 3_000.0)])
def test_it_is_the_air_and_the_gravity_of_that_place(place: tuple[float, float]) -> None:
    """The same as planet and air say one by one."""
    density, sound_mps, _, _, gx, gy = HERE.at(*place, 300.0, -40.0)
    altitude_m = PLANET.altitude_m(*place)
    assert (density, sound_mps) == (AIR.density_kg_m3(altitude_m), AIR.sound_speed_mps(altitude_m))
    assert (gx, gy) == PLANET.gravity(*place, 300.0, -40.0)


def test_each_body_remembers_its_own_layer() -> None:
    """Two bodies in different layers read the same air as one alone, in whatever order they ask."""
    low, high = Surroundings(PLANET, AIR), Surroundings(PLANET, AIR)
    alone = [Surroundings(PLANET, AIR).at(0.0, y_m, 0.0, 0.0) for y_m in (100.0, 60_000.0, 200.0, 59_000.0)]
    mixed = [
        body.at(0.0, y_m, 0.0, 0.0) for body, y_m in ((low, 100.0), (high, 60_000.0), (low, 200.0), (high, 59_000.0))
    ]
    assert mixed == alone
