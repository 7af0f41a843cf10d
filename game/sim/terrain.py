"""The ground: heights, slopes, rocks, and the static shapes that bodies touch.

The ground is a polyline with a vertex every metre: measured profile, plus value noise below the profile's spacing.
It belongs to the site, never to a flight: every flight at a site finds the same stones, so that a wreck stays where
it fell and a mark that was good is good again. Shapes are made in tiles when a body first comes near one.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import atan, exp, floor, pi, radians, sin, sqrt
from typing import Final

import pymunk

from game.sim.contacts import Lane
from game.sim.spec import GroundSpec, SiteSpec

TILE_M: Final = 64
SEGMENT_RADIUS_M: Final = 0.05  # bare seams kick a sliding wheel: segments need a radius and their neighbours

WHEELS_INNER_M: Final = 0.95  # from the middle line to the wheels' inner faces
_SWATH_M: Final = 2.7  # the rover is this wide: rocks anywhere in it stand in our plane


@dataclass(frozen=True, slots=True)
class Rock:
    """A half-buried rock: a circle of this diameter centred on the ground's surface, so far beside the middle line."""

    x_m: float
    y_m: float
    diameter_m: float
    across_m: float

    @property
    def meets_wheels(self) -> bool:
        """Whether it reaches into the wheels' lanes."""
        return abs(self.across_m) + 0.5 * self.diameter_m > WHEELS_INNER_M

    @property
    def meets_belly(self) -> bool:
        """Whether it reaches in between the wheels."""
        return abs(self.across_m) - 0.5 * self.diameter_m < WHEELS_INNER_M


class Terrain:
    """The ground of one site. Heights are y of the frame, with the planet's curvature in them.

    highest_m  altitude that the measured ground reaches nowhere beyond: whoever is higher need not look for it
    """

    __slots__ = (
        "_azimuth_sin",
        "_lattices",
        "_name",
        "_profile",
        "_radius_m",
        "_rocks",
        "_spec",
        "_tiles",
        "_xs",
        "_zero_m",
        "highest_m",
    )

    def __init__(self, site: SiteSpec) -> None:
        self._spec: GroundSpec = site.ground
        self._radius_m = site.reference_radius_m
        # Published distances run east; the track crosses them at its azimuth.
        self._azimuth_sin = sin(radians(site.track_azimuth_deg))
        self._zero_m = site.reference_radius_m - site.areoid_radius_m
        self._profile = [
            (self._down_track_m(east_km), elevation_m - self._zero_m)
            for east_km, elevation_m in site.ground.profile_east_km_elevation_m
        ]
        self._xs = [x_m for x_m, _ in self._profile]
        self.highest_m = max(altitude_m for _, altitude_m in self._profile)
        # Every site has its own stones and its own humps.
        self._name = f"{site.latitude_deg}/{site.track_azimuth_deg}"
        self._lattices = [_lattice(f"{self._name}/roughness/{i}") for i in range(len(site.ground.roughness))]
        self._tiles: dict[int, list[float]] = {}
        self._rocks: dict[int, tuple[Rock, ...]] = {}

    def height_at(self, x_m: float) -> float:
        """The ground's y below x, in m."""
        tile, offset = divmod(x_m, TILE_M)
        heights = self._tiles.get(int(tile)) or self._make_tile(int(tile))
        index = min(int(offset), TILE_M - 1)  # a hair below zero, divmod rounds the offset up to the whole tile
        low = heights[index]
        return low + (heights[index + 1] - low) * (offset - index)

    def altitude_at(self, downrange_m: float) -> float:
        """The measured ground's altitude so far along the ground, without its roughness: what the view from high up is.

        Costs nothing anywhere, where `height_at` makes the ground in tiles.
        """
        return self._measured(downrange_m)

    def slope_at(self, x_m: float) -> float:
        """The ground's slope over the metre around x, in radians, + rising down-track."""
        return atan(self.height_at(x_m + 0.5) - self.height_at(x_m - 0.5))

    def rocks_between(self, x0_m: float, x1_m: float) -> tuple[Rock, ...]:
        """Every rock with its centre between the two places, in order of x."""
        tiles = range(floor(x0_m / TILE_M), floor(x1_m / TILE_M) + 1)
        return tuple(rock for tile in tiles for rock in self.rocks_of(tile) if x0_m <= rock.x_m <= x1_m)

    def rocks_of(self, tile: int) -> tuple[Rock, ...]:
        """The rocks of one tile, in order of x."""
        rocks = self._rocks.get(tile)
        if rocks is None:
            rocks = self._rocks[tile] = self._strew(tile)
        return rocks

    def shapes_of(self, tile: int, body: pymunk.Body) -> list[pymunk.Shape]:
        """New static shapes for one tile, in a fixed order: the ground's segments, then its rocks."""
        x0_m = float(tile * TILE_M)
        heights = self._tiles.get(tile) or self._make_tile(tile)
        points = [(x0_m - 1.0, self.height_at(x0_m - 1.0))]
        points += [(x0_m + i, heights[i]) for i in range(TILE_M + 1)]
        points.append((x0_m + TILE_M + 1.0, self.height_at(x0_m + TILE_M + 1.0)))
        lowered = [(x_m, y_m - SEGMENT_RADIUS_M) for x_m, y_m in points]
        shapes: list[pymunk.Shape] = []
        for i in range(1, TILE_M + 1):
            segment = pymunk.Segment(body, lowered[i], lowered[i + 1], SEGMENT_RADIUS_M)
            segment.set_neighbors(lowered[i - 1], lowered[i + 2])
            shapes.append(segment)
        for rock in self.rocks_of(tile):
            shape = pymunk.Circle(body, 0.5 * rock.diameter_m, (rock.x_m, rock.y_m))
            lanes = (Lane.WHEELS if rock.meets_wheels else 0) | (Lane.BELLY if rock.meets_belly else 0)
            shape.filter = pymunk.ShapeFilter(mask=Lane.ANYTHING_ELSE | lanes)
            shapes.append(shape)
        return shapes

    def _down_track_m(self, east_km: float) -> float:
        return 1000.0 * (east_km - self._spec.target_east_km) / self._azimuth_sin

    def _make_tile(self, tile: int) -> list[float]:
        heights = self._tiles[tile] = [self._sample(float(tile * TILE_M + i)) for i in range(TILE_M + 1)]
        return heights

    def _sample(self, x_m: float) -> float:
        altitude_m = self._measured(x_m)
        for lattice, (wavelength_m, amplitude_m) in zip(self._lattices, self._spec.roughness, strict=True):
            altitude_m += amplitude_m * _noise(lattice, x_m / wavelength_m)
        # The sphere falls away below the tangent plane of the frame.
        return altitude_m - x_m * x_m / (sqrt(max(self._radius_m**2 - x_m * x_m, 0.0)) + self._radius_m)

    def _measured(self, x_m: float) -> float:
        xs, profile = self._xs, self._profile
        index = min(max(bisect_right(xs, x_m) - 1, 0), len(xs) - 2)
        (x0, y0), (x1, y1) = profile[index], profile[index + 1]
        return y0 + (y1 - y0) * min(max((x_m - x0) / (x1 - x0), 0.0), 1.0)

    def _strew(self, tile: int) -> tuple[Rock, ...]:
        """Rocks of one tile: those placed by hand, and those that the abundance gives.

        Number by size after Golombek and Rapp (1997): the share of the ground under rocks wider than D is
        k exp(-q D) with q = 1.79 + 0.152 / k; here per metre of a swath as wide as the rover.
        """
        x0_m = float(tile * TILE_M)
        spots = [(x_m, d_m, across_m) for x_m, d_m, across_m in self._spec.rocks_m if x0_m <= x_m < x0_m + TILE_M]
        if self._spec.rock_abundance > 0.0:
            draw = random.Random(f"{self._name}/rocks/{tile}").random
            for low_m, high_m, per_metre in _rock_classes(
                self._spec.rock_abundance, self._spec.smallest_rock_m, self._spec.largest_rock_m
            ):
                expected = per_metre * TILE_M
                count = int(expected) + (draw() < expected - int(expected))
                spots += [
                    (x0_m + TILE_M * draw(), low_m + (high_m - low_m) * draw(), _SWATH_M * (draw() - 0.5))
                    for _ in range(count)
                ]
        return tuple(Rock(x_m, self.height_at(x_m), d_m, across_m) for x_m, d_m, across_m in sorted(spots))


@lru_cache(maxsize=8)
def _rock_classes(abundance: float, smallest_m: float, largest_m: float) -> tuple[tuple[float, float, float], ...]:
    """(from, to, rocks per metre of track) for size classes a fifth wider each."""
    q = 1.79 + 0.152 / abundance
    edges_m = [smallest_m]
    while edges_m[-1] * 1.2 < largest_m:
        edges_m.append(edges_m[-1] * 1.2)
    edges_m.append(largest_m)
    classes = []
    for low_m, high_m in pairwise(edges_m):
        covered = abundance * (exp(-q * low_m) - exp(-q * high_m))
        middle_m = 0.5 * (low_m + high_m)
        classes.append((low_m, high_m, _SWATH_M * covered / (0.25 * pi * middle_m**2)))
    return tuple(classes)


_LATTICE: Final = 1024


@lru_cache(maxsize=16)
def _lattice(name: str) -> tuple[float, ...]:
    draw = random.Random(name).random
    return tuple(2.0 * draw() - 1.0 for _ in range(_LATTICE))


def _noise(lattice: tuple[float, ...], u: float) -> float:
    """Value noise, -1 to 1: lattice values joined by a smooth step."""
    cell = floor(u)
    t = u - cell
    a, b = lattice[cell % _LATTICE], lattice[(cell + 1) % _LATTICE]
    return a + (b - a) * t * t * (3.0 - 2.0 * t)


@lru_cache(maxsize=8)
def terrain_of(site: SiteSpec) -> Terrain:
    """The ground of a site, shared by every flight there: it never changes, and its tiles are dear to make."""
    return Terrain(site)
