"""What earlier flights left on the ground, in its true size: rovers that stand, wrecks, and parts. Dusty and flat, so
that none of it is taken for this flight's craft or for a mark to land on; the older, the fainter. And the place where
the rover that was really flown stands, as an outline alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atan, cos, sin
from typing import Final

import pygame
from pygame import gfxdraw

from game.record.landings import EarlierLanding, Fate
from game.sim.snapshot import Part
from game.sim.terrain import Terrain
from game.sim.vehicle_spec import VehicleSpec
from game.view import palette as p
from game.view.camera import Point, Viewport
from game.view.layout import Layout
from game.view.markers import Tags
from game.view.moment import Moment
from game.view.silhouette import COARSE_M, outlines_of, stowed_rover

MOST: Final = 12  # things in one picture, the nearest to its middle
_MOST_NAMES: Final = 2
_SEEN_PX_M: Final = (0.9, 2.5)  # from dust to whole: smaller, they are specks
_NAMED_PX_M: Final = (5.0, 9.0)
_OLD_DAYS: Final = 30.0
_WHOLE: Final = (0.9, 0.45)  # how far today's stand out of the plain, and old ones
_SUNK_M: Final = {Part.ROVER: 0.28, Part.DESCENT_STAGE: 0.5, Part.BACKSHELL: 0.35, Part.HEAT_SHIELD: 0.25}
_LEAN_RAD: Final = {Part.ROVER: -0.30, Part.DESCENT_STAGE: 0.24, Part.BACKSHELL: 0.26, Part.HEAT_SHIELD: 0.18}
_HERS_ALPHA: Final = 150
_OURS_M: Final = 4.5  # as near to our mark or our rover a thing steps back, and is not named
_STEPPED_BACK: Final = 0.4


@dataclass(frozen=True, slots=True)
class Hers:
    """Where the rover that was really flown stands (m down-track), and who says so."""

    x_m: float
    words: Callable[[], str]


class EarlierView:
    """Of one flight.

    days   how long ago something came to lie there; say  what to write beside a rover or a wreck
    """

    def __init__(
        self, vehicle: VehicleSpec, terrain: Terrain, things: Sequence[EarlierLanding],
        days: Callable[[EarlierLanding], float], say: Callable[[EarlierLanding], str], hers: Hers | None = None,
    ) -> None:  # fmt: skip
        self._terrain, self._hers, self._say = terrain, hers, say
        self._stands_m = vehicle.rover.wheel_radius_m - vehicle.rover.axle_y_m
        self._outlines, self._stowed = outlines_of(vehicle, COARSE_M), stowed_rover(vehicle, COARSE_M)
        ages = {thing: min(max(days(thing), 0.0) / _OLD_DAYS, 1.0) for thing in things}
        self._things = sorted(ages.items(), key=lambda each: each[0].x_m)
        self._lying: dict[float, tuple[Point, ...]] = {}
        self._standing: tuple[Point, ...] = ()

    def draw(self, surface: pygame.Surface, view: Viewport, least_px_m: float, now: Moment) -> None:
        fade = _rising(view.px_per_m, _SEEN_PX_M)
        if fade <= 0.0:
            return
        for thing, age in reversed(self._near(view)):  # the nearest last, over the others
            seen = fade * (_WHOLE[0] + (_WHOLE[1] - _WHOLE[0]) * age)
            if _ours(thing.x_m, now):
                seen *= _STEPPED_BACK
            colour = p.mixed(p.PLAIN_NEAR, p.EARLIER if thing.fate is Fate.LANDED else p.EARLIER_LOST, seen)
            points = _on_screen(view, self._shape(thing))
            pygame.draw.polygon(surface, colour, points)
            gfxdraw.aapolygon(surface, points, p.mixed(colour, p.SHADOW, 0.35 * seen))
        if self._hers is not None and _within(view, self._hers.x_m):
            points = _on_screen(view, self._her_shape(self._hers.x_m))
            gfxdraw.aapolygon(surface, points, (*p.GHOST, round(_HERS_ALPHA * fade)))

    def write(
        self, surface: pygame.Surface, layout: Layout, view: Viewport, least_px_m: float, now: Moment, tags: Tags
    ) -> None:  # fmt: skip
        fade = _rising(view.px_per_m, (_NAMED_PX_M[0] * layout.unit, _NAMED_PX_M[1] * layout.unit))
        if fade <= 0.0:
            return
        radius = 1.5 * view.px_per_m
        self._keep_clear(layout, view, now, tags)
        if self._hers is not None and _within(view, self._hers.x_m):
            tags.at_once(surface, self._top(view, self._hers.x_m), self._hers.words(), radius, fade, p.GHOST)
        named = [thing for thing, _ in self._near(view) if thing.fate is not Fate.PART and not _ours(thing.x_m, now)]
        for thing in named[:_MOST_NAMES]:
            tags.at_once(surface, self._top(view, thing.x_m), self._say(thing), radius, fade, p.QUIET)

    def _keep_clear(self, layout: Layout, view: Viewport, now: Moment, tags: Tags) -> None:
        """No name over our rover, nor over the mast of our mark."""
        x, y = view.screen(now.rover.x_m, now.rover.y_m)
        size = round(3.6 * view.px_per_m)
        tags.keep_clear(pygame.Rect(round(x) - size // 2, round(y) - size // 2, size, size))
        x, y = view.screen(now.truth.mark_m, self._terrain.height_at(now.truth.mark_m))
        wide, high = round(40.0 * layout.unit), round(92.0 * layout.unit)
        tags.keep_clear(pygame.Rect(round(x) - wide // 2, round(y) - high, wide, high))

    def _near(self, view: Viewport) -> list[tuple[EarlierLanding, float]]:
        """What the picture holds, nearest to its middle first, with its age (1 is old)."""
        half_m, middle_m = 0.5 * view.width_px / view.px_per_m + 4.0, view.centre_x_m
        first = bisect_left(self._things, middle_m - half_m, key=lambda each: each[0].x_m)
        after = bisect_right(self._things, middle_m + half_m, key=lambda each: each[0].x_m)
        return sorted(self._things[first:after], key=lambda each: abs(each[0].x_m - middle_m))[:MOST]

    def _shape(self, thing: EarlierLanding) -> tuple[Point, ...]:
        """Its outline in the world, where it stands or lies: reckoned when it is first seen, because the ground there
        has been made by then.
        """
        shape = self._lying.get(thing.x_m)
        if shape is None:
            outline = self._stowed if thing.fate is Fate.WRECK else self._outlines[thing.part]
            place = self._stood(thing.x_m)
            if thing.fate is not Fate.LANDED:
                y_m = self._terrain.height_at(thing.x_m) - min(y for _, y in outline) - _SUNK_M[thing.part]
                place = thing.x_m, y_m, self._slope(thing.x_m) + _LEAN_RAD[thing.part]
            shape = self._lying[thing.x_m] = _placed(place, outline)
        return shape

    def _her_shape(self, x_m: float) -> tuple[Point, ...]:
        if not self._standing:
            self._standing = _placed(self._stood(x_m), self._outlines[Part.ROVER])
        return self._standing

    def _stood(self, x_m: float) -> tuple[float, float, float]:
        return x_m, self._terrain.height_at(x_m) + self._stands_m, self._slope(x_m)

    def _slope(self, x_m: float) -> float:
        height_at = self._terrain.height_at
        return atan(0.5 * (height_at(x_m + 1.0) - height_at(x_m - 1.0)))

    def _top(self, view: Viewport, x_m: float) -> Point:
        return view.screen(x_m, self._terrain.height_at(x_m) + 0.6)


def _placed(place: tuple[float, float, float], outline: Sequence[Point]) -> tuple[Point, ...]:
    x_m, y_m, angle = place
    c, s = cos(angle), sin(angle)
    return tuple((x_m + c * x - s * y, y_m + s * x + c * y) for x, y in outline)


def _on_screen(view: Viewport, shape: tuple[Point, ...]) -> list[Point]:
    """As `view.screen`, for many points at once."""
    if view.turn_rad:
        return [view.screen(x, y) for x, y in shape]
    k, (x0, y0) = view.px_per_m, view.screen(0.0, 0.0)
    return [(x0 + k * x, y0 - k * y) for x, y in shape]


def _ours(x_m: float, now: Moment) -> bool:
    return min(abs(x_m - now.truth.mark_m), abs(x_m - now.rover.x_m)) < _OURS_M


def _within(view: Viewport, x_m: float) -> bool:
    return abs(x_m - view.centre_x_m) < 0.5 * view.width_px / view.px_per_m + 4.0


def _rising(value: float, ends: tuple[float, float]) -> float:
    low, high = ends
    return min(max((value - low) / (high - low), 0.0), 1.0)
