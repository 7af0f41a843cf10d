"""The ground: the published heights, slopes that a rover can live on, rocks by their law, and shapes that agree."""

from __future__ import annotations

from dataclasses import replace
from math import degrees, exp, pi, radians, sin

import pymunk
import pytest

from game.content.levels import load_level
from game.sim.navigation import hazard_at, landing_marks, nearest_mark, reachable_m
from game.sim.terrain import SEGMENT_RADIUS_M, TILE_M, Terrain

SITE = load_level("powered-descent").site
JEZERO = Terrain(SITE)
BARE = Terrain(replace(SITE, ground=replace(SITE.ground, roughness=(), rock_abundance=0.0)))


@pytest.mark.parametrize(
    ("east_km", "elevation_m"),
    [
        pytest.param(0.0, -2569.9, id="landing point"),
        pytest.param(-2.50, -2535.0, id="scarp foot"),
        pytest.param(-2.86, -2487.0, id="delta edge"),
        pytest.param(-10.44, -1808.0, id="rim crest"),
    ],
)
def test_the_ground_passes_through_the_published_heights(east_km: float, elevation_m: float) -> None:
    """East over the sine of the track; above the reference sphere, with the planet's curve taken off."""
    x_m = round(1000.0 * (east_km - SITE.ground.target_east_km) / sin(radians(SITE.track_azimuth_deg)))
    altitude_m = elevation_m + SITE.areoid_radius_m - SITE.reference_radius_m
    drop_m = x_m**2 / (2.0 * SITE.reference_radius_m)
    assert BARE.height_at(x_m) == pytest.approx(altitude_m - drop_m, abs=0.3)


def test_the_crater_floor_slopes_by_a_few_degrees() -> None:
    """Past the landing point: half a degree to three in the middle, never a cliff."""
    slopes = sorted(abs(degrees(JEZERO.slope_at(float(x_m)))) for x_m in range(1600, 2600))
    assert 0.5 < slopes[500] < 2.0
    assert slopes[900] < 4.0
    assert slopes[-1] < 12.0


def test_every_flight_finds_the_same_ground() -> None:
    """Two terrains of a site are one: heights and rocks to the last bit."""
    again = Terrain(SITE)
    places = [1500.0 + 0.37 * i for i in range(400)]
    assert [again.height_at(x) for x in places] == [JEZERO.height_at(x) for x in places]
    assert again.rocks_between(1400.0, 1700.0) == JEZERO.rocks_between(1400.0, 1700.0)


def test_ground_that_is_asked_for_in_another_order_is_the_same() -> None:
    """Tiles made late or early, from left or right, hold the same rocks."""
    other = Terrain(SITE)
    right_first = [other.rocks_of(tile) for tile in (30, 29, 28)]
    assert right_first[::-1] == [JEZERO.rocks_of(tile) for tile in (28, 29, 30)]


def test_rocks_cover_the_share_of_the_ground_that_the_law_gives() -> None:
    """Golombek's law: the area of all rocks over 0.25 m, over ten kilometres of a swath as wide as the rover."""
    rocks = JEZERO.rocks_between(1600.0, 11_600.0)
    share = sum(0.25 * pi * rock.diameter_m**2 for rock in rocks) / (10_000.0 * 2.7)
    abundance = SITE.ground.rock_abundance
    q = 1.79 + 0.152 / abundance
    assert share == pytest.approx(abundance * exp(-q * 0.25), rel=0.15)


def test_a_rock_between_the_lanes_meets_the_belly_only() -> None:
    """The plane of flight is seen from the side: a small rock stands under the wheels or between them."""
    rocks = JEZERO.rocks_between(1600.0, 2600.0)
    assert all(rock.meets_wheels or rock.meets_belly for rock in rocks)
    assert any(rock.meets_wheels and not rock.meets_belly for rock in rocks)
    assert any(rock.meets_belly and not rock.meets_wheels for rock in rocks)


def test_the_shapes_lie_where_the_heights_say() -> None:
    """A ray straight down meets the ground at height_at, also at a seam between two tiles."""
    space = pymunk.Space()
    for tile in (24, 25):
        space.add(*BARE.shapes_of(tile, space.static_body))
    for x_m in (1540.5, 1550.3, TILE_M * 25.0, TILE_M * 25.0 + 0.5, 1650.9):
        hit = space.segment_query_first((x_m, 100.0), (x_m, -100.0), 0.0, pymunk.ShapeFilter())
        assert hit is not None
        assert hit.point.y == pytest.approx(BARE.height_at(x_m), abs=0.02 * SEGMENT_RADIUS_M + 0.005)


def test_marks_are_offered_where_the_parachute_carries_us() -> None:
    """Over the target they are around it; drifting past it, around the nearest place that the engines still reach."""
    assert reachable_m(0.0, x_m=-200.0, vx_mps=8.0, height_m=4200.0) == 0.0
    assert reachable_m(0.0, x_m=3000.0, vx_mps=8.5, height_m=4200.0) == pytest.approx(3000.0 + 210.0 - 500.0, abs=20.0)
    assert reachable_m(0.0, x_m=-3000.0, vx_mps=0.0, height_m=4200.0) == pytest.approx(-2500.0, abs=20.0)


def test_marks_stand_on_smoother_ground_than_their_surroundings() -> None:
    """Every 40 m within reach, moved a few metres to the best spot; the nearest to the target is the default."""
    marks = landing_marks(JEZERO, centre_m=1560.0, reach_m=300.0)
    assert len(marks) == 15
    assert all(abs(mark.downrange_m - 1280.0 - 40.0 * i) <= 6.0 for i, mark in enumerate(marks))
    around = [hazard_at(JEZERO, 1280.0 + 4.0 * i) for i in range(140)]
    assert sum(mark.hazard for mark in marks) / len(marks) < 0.8 * sum(around) / len(around)
    assert abs(marks[nearest_mark(marks, 1560.0)].downrange_m - 1560.0) <= 6.0
