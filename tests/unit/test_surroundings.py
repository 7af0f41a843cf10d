"""What a body meets: the wind of its own place, along the ground there, and the air of its own height."""

from __future__ import annotations

from math import cos, hypot, pi, sin

import pymunk
import pytest

from game.content.levels import load_level
from game.sim.atmosphere import Atmosphere
from game.sim.bodies import Lump
from game.sim.falling import Falling
from game.sim.planet import Planet
from game.sim.snapshot import Part, Pose
from game.sim.spec import DT_S, AirSpec
from game.sim.surroundings import Surroundings
from game.sim.terrain import terrain_of

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


@pytest.mark.parametrize("place", [(0.0, 4_000.0), (-500_000.0, 40_000.0)])
def test_what_drifts_with_the_wind_feels_none_of_it(place: tuple[float, float]) -> None:
    """A thing let go at the wind's own speed is pushed by nothing but its weight, wherever it is."""
    _, _, wind_x, wind_y, gx, gy = HERE.at(*place, 0.0, 0.0)
    space = pymunk.Space()
    thing = Falling(
        Part.HEAT_SHIELD, Lump(440.0, 560.0, 0.0, 0.0), 20.0, Pose(*place, 0.0, wind_x, wind_y, 0.0),
        outline_m=((-1.0, -1.0), (1.0, -1.0), (0.0, 1.0)), space=space, planet=PLANET, air=AIR,
        terrain=terrain_of(LEVEL.site), tick=0,
    )  # fmt: skip
    thing.push(HERE.at(*place, wind_x, wind_y))
    (body,) = space.bodies
    gx, gy = PLANET.gravity(place[0] + wind_x * DT_S, place[1] + wind_y * DT_S, wind_x, wind_y)
    assert body.force == pytest.approx((440.0 * gx, 440.0 * gy), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    "place", [(0.0, 0.0), (-590_000.0, 80_000.0), (12_000.0, 3_000.0), (0.0, 6_543.0), (4e5, -9e3)]
)
def test_it_is_the_air_the_wind_and_the_gravity_of_that_place(place: tuple[float, float]) -> None:
    """The same as planet and air say one by one, to the last bit; on a day with a wind that changes with height."""
    day = Atmosphere(LEVEL.air, PLANET.areoid_above_m, 1.05, 9.0, 1.2)
    density, sound_mps, wind_x, wind_y, gx, gy = Surroundings(PLANET, day).at(*place, 300.0, -40.0, 2.0)
    altitude_m = PLANET.altitude_m(*place)
    assert (density, sound_mps) == (day.density_kg_m3(altitude_m), day.sound_speed_mps(altitude_m))
    assert (gx, gy) == PLANET.gravity(*place, 300.0, -40.0)
    wind_mps = day.at(altitude_m)[2]
    assert hypot(wind_x, wind_y) == pytest.approx(abs(wind_mps + 2.0), rel=1e-12)
    assert wind_mps == pytest.approx(day.mean_wind_mps(altitude_m), rel=1e-12)


def test_each_body_remembers_its_own_layer() -> None:
    """Two bodies in different layers read the same air as one alone, in whatever order they ask."""
    low, high = Surroundings(PLANET, AIR), Surroundings(PLANET, AIR)
    alone = [Surroundings(PLANET, AIR).at(0.0, y_m, 0.0, 0.0) for y_m in (100.0, 60_000.0, 200.0, 59_000.0)]
    mixed = [
        body.at(0.0, y_m, 0.0, 0.0) for body, y_m in ((low, 100.0), (high, 60_000.0), (low, 200.0), (high, 59_000.0))
    ]
    assert mixed == alone
