"""Parts become pictures: from their vector files or drawn in metres, kept by scale, turned when they are shown.

Pictures are kept with their colours multiplied by their alpha: turned and shrunk, their edges stay clean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, degrees, exp, log
from typing import Final

import pygame

from game.view import art
from game.view.camera import Viewport
from game.view.palette import Rgb

Point = tuple[float, float]

SMALLEST_PX_M: Final = 1.0
LARGEST_PX_M: Final = 512.0
# Drawn this much larger, then shrunk: that is what smooths the edges. Shrunk by three, all colours come out darker.
_OVER: Final = (4, 2, 1)
_LARGEST_PX: Final = 3000  # of the large drawing
_PAD_PX: Final = 3
_ANGLE_STEP_RAD: Final = 0.0025  # a third of a pixel at the edge of the largest part
_ZOOM_STEP: Final = 0.002
_TURNED: Final = 32  # turned pictures that are kept


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon, in m of the part's own frame, y up."""

    points: tuple[Point, ...]
    colour: Rgb


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x_m: float
    y_m: float
    radius_m: float
    colour: Rgb


@dataclass(frozen=True, slots=True)
class Rod:
    """A straight line with a width, round at its ends."""

    start: Point
    end: Point
    width_m: float
    colour: Rgb


Mark = Area | Dot | Rod


@dataclass(frozen=True, slots=True)
class Drawing:
    """One part: its vector file's name in the art manifest, or else its marks from back to front.

    edge     the colour that the marks' edges melt into
    of       the part of the manifest, if it is called otherwise than the drawing
    burnt    after a fire
    stretch  how much larger this vehicle's part is than the file's
    """

    name: str
    marks: tuple[Mark, ...] = ()
    edge: Rgb = (0, 0, 0)
    of: str = ""
    burnt: bool = False
    stretch: float = 1.0

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in m."""
        xs: list[float] = []
        ys: list[float] = []
        for mark in self.marks:
            match mark:
                case Area(points):
                    xs += [x for x, _ in points]
                    ys += [y for _, y in points]
                case Dot(x, y, radius):
                    xs += [x - radius, x + radius]
                    ys += [y - radius, y + radius]
                case Rod((x0, y0), (x1, y1), width):
                    xs += [min(x0, x1) - width, max(x0, x1) + width]
                    ys += [min(y0, y1) - width, max(y0, y1) + width]
        return min(xs), min(ys), max(xs), max(ys)


def area(colour: Rgb, *points: Point) -> Area:
    return Area(tuple(points), colour)


def box(colour: Rgb, left: float, bottom: float, right: float, top: float) -> Area:
    return Area(((left, bottom), (right, bottom), (right, top), (left, top)), colour)


class SpriteBank:
    """Pictures of drawings at powers of two of the scale, made when first wanted and kept."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, float, float], tuple[pygame.Surface, Point]] = {}
        self._turned: dict[tuple[str, float, float, int, int], pygame.Surface] = {}

    def picture(self, drawing: Drawing, px_per_m: float) -> tuple[pygame.Surface, Point, float]:
        """The kept picture at or above this scale, its middle in the part's frame (m), and how much to shrink it."""
        level = self._level(px_per_m)
        key = (drawing.name, drawing.stretch, level)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = self._made(drawing, level)
        return kept[0], kept[1], px_per_m / level

    @staticmethod
    def _level(px_per_m: float) -> float:
        level = SMALLEST_PX_M
        while level < px_per_m * 0.99 and level < LARGEST_PX_M:
            level *= 2.0
        return level

    def _made(self, drawing: Drawing, level: float) -> tuple[pygame.Surface, Point]:
        """A new picture; what has burnt is made from the whole part's, which is kept as well."""
        if not drawing.burnt:
            return bake(drawing, level)
        whole = replace(drawing, name=drawing.of or drawing.name, of="", burnt=False)
        picture, middle, _ = self.picture(whole, level)
        return art.scorched(picture), middle

    def show(
        self, surface: pygame.Surface, viewport: Viewport, drawing: Drawing, place: tuple[float, float, float]
    ) -> None:
        """Draw a part; `place` is the x, y (m) and angle (rad, counter-clockwise) of its frame."""
        x_m, y_m, angle_rad = place
        picture, middle, shrink = self.picture(drawing, viewport.px_per_m)
        ((x_px, y_px),) = viewport.placed(x_m, y_m, angle_rad, (middle,))
        reach = max(picture.get_size()) * shrink
        if not (-reach < x_px < viewport.width_px + reach and -reach < y_px < viewport.height_px + reach):
            return
        turned = self._turned_near(drawing, picture, angle_rad + viewport.turn_rad, viewport.px_per_m)
        wide, high = turned.get_size()
        place_px = (round(x_px - 0.5 * wide), round(y_px - 0.5 * high))
        surface.blit(turned, place_px, special_flags=pygame.BLEND_PREMULTIPLIED)

    def _turned_near(
        self, drawing: Drawing, picture: pygame.Surface, angle_rad: float, px_per_m: float
    ) -> pygame.Surface:  # fmt: skip
        """The picture turned and shrunk to steps so fine that nobody sees them: what hangs still is turned once."""
        level = self._level(px_per_m)
        turn, zoom = round(angle_rad / _ANGLE_STEP_RAD), round(log(px_per_m / level) / _ZOOM_STEP)
        key = (drawing.name, drawing.stretch, level, turn, zoom)
        turned = self._turned.pop(key, None)
        if turned is None:
            turned = turned_picture(picture, turn * _ANGLE_STEP_RAD, exp(zoom * _ZOOM_STEP))
            if len(self._turned) >= _TURNED:
                del self._turned[next(iter(self._turned))]
        self._turned[key] = turned  # the newest is last
        return turned

    def warm(self, drawings: Sequence[Drawing], scales: Sequence[float]) -> None:
        """Make pictures before they are wanted, so that no frame waits for them."""
        for drawing in drawings:
            for px_per_m in scales:
                self.picture(drawing, px_per_m)


def turned_picture(picture: pygame.Surface, angle_rad: float, shrink: float) -> pygame.Surface:
    """The picture turned counter-clockwise and shrunk."""
    return pygame.transform.rotozoom(picture, degrees(angle_rad), shrink)


def bake(drawing: Drawing, px_per_m: float) -> tuple[pygame.Surface, Point]:
    """The picture of a part at this scale, multiplied by its alpha, and its middle in the part's frame (m).

    Raises ContentError if neither the manifest nor the drawing has anything to show, or if the file is no picture.
    """
    name = drawing.of or drawing.name
    if name in art.parts() or not drawing.marks:
        picture, (x_m, y_m) = art.picture_of(art.part(name), px_per_m * drawing.stretch)
        return picture, (x_m * drawing.stretch, y_m * drawing.stretch)
    return _from_marks(drawing, px_per_m)


def _from_marks(drawing: Drawing, px_per_m: float) -> tuple[pygame.Surface, Point]:
    left, bottom, right, top = drawing.bounds()
    wide = ceil((right - left) * px_per_m) + 2 * _PAD_PX
    high = ceil((top - bottom) * px_per_m) + 2 * _PAD_PX
    over = next((over for over in _OVER if over * max(wide, high) <= _LARGEST_PX), 1)
    large = pygame.Surface((wide * over, high * over), pygame.SRCALPHA, 32)
    large.fill((*drawing.edge, 0))
    scale = px_per_m * over
    middle = (0.5 * (left + right), 0.5 * (bottom + top))

    def at(x: float, y: float) -> Point:
        return 0.5 * wide * over + (x - middle[0]) * scale, 0.5 * high * over - (y - middle[1]) * scale

    for mark in drawing.marks:
        match mark:
            case Area(points, colour):
                pygame.draw.polygon(large, colour, [at(x, y) for x, y in points])
            case Dot(x, y, radius, colour):
                pygame.draw.circle(large, colour, at(x, y), radius * scale)
            case Rod(start, end, width, colour):
                _rod(large, at(*start), at(*end), width * scale, colour)
    fitted = pygame.transform.smoothscale(large, (wide, high)) if over > 1 else large
    return fitted.premul_alpha(), middle


def _rod(surface: pygame.Surface, start: Point, end: Point, width: float, colour: Rgb) -> None:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
    width = max(width, 1.5)
    nx, ny = -0.5 * width * dy / length, 0.5 * width * dx / length
    corners = (
        (start[0] + nx, start[1] + ny), (end[0] + nx, end[1] + ny),
        (end[0] - nx, end[1] - ny), (start[0] - nx, start[1] - ny),
    )  # fmt: skip
    pygame.draw.polygon(surface, colour, corners)
    pygame.draw.circle(surface, colour, start, 0.5 * width)
    pygame.draw.circle(surface, colour, end, 0.5 * width)
