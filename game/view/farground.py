"""The planet's face from high up: limb, haze, craters, Jezero, in a perspective that agrees with the near picture.

The eye stands beside the track, at the craft's height, so far off that the ground below the craft is where the near
picture has it and as large: what is far away grows into what is near without a seam.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import cos, floor, pi, sin, sqrt, tau
from typing import Final

import pygame

from game.view import ink
from game.view import palette as p
from game.view.camera import Viewport
from game.view.jezero import MIDDLE_M, RADIUS_M, draw_jezero
from game.view.reliefs import FAINTEST, ReliefBank, Shape, Shown

Point = tuple[float, float]
_Crater = tuple[float, float, float, Shape]  # its radius, its place along and away (m), and which one

LIMB_SHARE: Final = 0.60  # the horizon lies so far down from the craft to the ground below it
_COLUMNS: Final = 28
_FEW_COLUMNS: Final = 10  # of a line inside the face, where it bends less
_FINE: Final = 90
_THIN: Final = 256  # steps from the dust's colours to those from space
_STEP, _SAME = 4, 2  # of 255: a step of colour between two bands that the paper's grain hides, and one of no account
_RADII_M: Final = tuple(350.0 * 2.0**i for i in range(12))
_LEAST_PX, _MOST_PX = 7.5, 420.0
_CELL: Final = 7.5  # radii
_FOSSAE_M: Final = 240_000.0  # along the track, from where their curves are drawn
_PIECE: Final = 8  # cells of a row that are made together
_CRATER_SHARE: Final = 0.62  # of cells that hold one
_MARGIN: Final = 0.15  # of a cell: nearer to its edges no crater has its middle
_LARGEST: Final = 1.3  # of a crater, over the radius that its size stands for
_PATCH: Final = 1.4  # times as large are patches, which the largest ones are
_PATCH_FROM_M: Final = 80_000.0
_MOST_CRATERS: Final = 64
_RIDGES: Final = ((0.90, 1500.0), (0.66, 1100.0), (0.47, 700.0))  # depth over the horizon's, height in m
_HILL_M: Final = 200.0  # a ridge has a point every so often, and its hills come round after _HILLS of them
_HILLS: Final = 4096
_LEAST_HILL_PX: Final = 2.5


@dataclass(frozen=True, slots=True)
class Eye:
    """A perspective for one frame. Distances along the ground in m; `away` is across the track, + beyond it."""

    middle_px: float
    level_px: float
    focal_px: float
    back_m: float
    middle_m: float
    height_m: float
    radius_m: float
    horizon_m: float
    limb_px: float
    width_px: int
    height_px: int

    def at(self, downrange_m: float, away_m: float) -> Point:
        along, depth = downrange_m - self.middle_m, self.back_m + away_m
        drop = self.height_m + (along * along + depth * depth) / (2.0 * self.radius_m)
        return self.middle_px + self.focal_px * along / depth, self.level_px + self.focal_px * drop / depth

    def along(self, points: Iterable[Point], downrange_m: float = 0.0, away_m: float = 0.0) -> list[Point]:
        """The same for many, given from a place of their own."""
        level, focal, height, twice = self.level_px, self.focal_px, self.height_m, 2.0 * self.radius_m
        middle, left, back = self.middle_px, downrange_m - self.middle_m, self.back_m + away_m
        placed: list[Point] = []
        add = placed.append
        for right, beyond in points:
            x, depth = left + right, back + beyond
            per_m = focal / depth
            add((middle + per_m * x, level + per_m * (height + (x * x + depth * depth) / twice)))
        return placed

    def contour(self, depth_m: float) -> list[Point]:
        """The line of one depth across the window."""
        flat = self.level_px + self.focal_px * (self.height_m / depth_m + depth_m / (2.0 * self.radius_m))
        bend = depth_m / (2.0 * self.radius_m * self.focal_px)
        middle = self.middle_px
        return [(middle + x, flat + bend * square) for x, square in _columns(self.width_px, _FEW_COLUMNS)]

    def limb(self) -> list[Point]:
        """The horizon across the window: a hyperbola, as every eye sees it."""
        return list(_limb(self))

    def nearest_m(self) -> float:
        """Depth at the window's foot."""
        a = (self.height_px - self.level_px) / self.focal_px
        return self.radius_m * (a - sqrt(max(a * a - 2.0 * self.height_m / self.radius_m, 0.0)))


@lru_cache(maxsize=8)
def _columns(width_px: int, count: int) -> tuple[Point, ...]:
    """Pixels from the middle, from beyond the window's left edge to beyond its right one, each with its square."""
    step, half = (width_px + 16) / count, 0.5 * (width_px + 16)
    return tuple((i * step - half, (i * step - half) ** 2) for i in range(count + 1))


@lru_cache(maxsize=4)
def _limb(eye: Eye) -> tuple[Point, ...]:
    slope = eye.focal_px * sqrt(2.0 * eye.height_m / eye.radius_m)
    return tuple(
        (eye.middle_px + x, eye.level_px + slope * sqrt(1.0 + (x / eye.focal_px) ** 2))
        for x, _ in _columns(eye.width_px, _COLUMNS)
    )


def eye_of(view: Viewport, craft_px: Point, downrange_m: float, height_m: float, radius_m: float, share: float) -> Eye:
    """The eye for a craft at this place of the screen; the horizon lies `share` down from it to the ground."""
    scale = view.px_per_m
    horizon_m = sqrt(2.0 * height_m * radius_m)
    q = 1.0 - sqrt(max(1.0 - min(share, 0.98), 0.0))
    back_m = q * horizon_m
    level = craft_px[1] - scale * back_m * back_m / (2.0 * radius_m)
    focal = scale * back_m
    return Eye(
        0.5 * view.width_px, level, focal, back_m, downrange_m + (0.5 * view.width_px - craft_px[0]) / scale,
        height_m, radius_m, horizon_m, level + focal * sqrt(2.0 * height_m / radius_m), view.width_px, view.height_px,
    )  # fmt: skip


class FarGround:
    """Draws the planet below the limb. Pictures of craters are kept; the places of craters come from their cells."""

    def __init__(self, bank: ReliefBank) -> None:
        self._bank = bank

    def draw(self, surface: pygame.Surface, eye: Eye, thin: float, near: float, *, at_jezero: bool) -> None:
        """`thin` 1 seen from space, 0 from under the dust; `near` 1 where the plain's own hills have taken over.

        at_jezero   that crater lies below, with what is around it; elsewhere nothing has a name
        """
        self._face(surface, eye, thin)
        _ridges(surface, eye, thin, 1.0 - near)
        self._relief(surface, eye, min(max((0.95 - near) / 0.5, 0.0), 1.0))
        if at_jezero:
            _fossae(surface, eye)
            draw_jezero(surface, eye)

    def _face(self, surface: pygame.Surface, eye: Eye, thin: float) -> None:
        """Bands from the limb's haze to the ground below."""
        upper = eye.limb()
        high = surface.get_height()
        nearest = min(eye.nearest_m(), eye.horizon_m)
        for index, (_, colour) in enumerate(bands := _bands(round(_THIN * thin))):
            following = bands[index + 1][0] * eye.horizon_m if index + 1 < len(bands) else 0.0
            last = following <= nearest
            lower = [(upper[0][0], high + 2.0), (upper[-1][0], high + 2.0)] if last else eye.contour(following)
            pygame.draw.polygon(surface, colour, [*upper, *reversed(lower)])
            if last:
                break
            upper = [(x, y - 1.0) for x, y in lower]

    def _relief(self, surface: pygame.Surface, eye: Eye, share: float) -> None:
        """Craters and patches, largest first, in one blit; `share` 0 where the plain has taken their place."""
        if share <= 0.0:
            return
        take = self._bank.take
        focal, back, middle_px, middle_m = eye.focal_px, eye.back_m, eye.middle_px, eye.middle_m
        radius, height, level = 2.0 * eye.radius_m, eye.height_m, eye.level_px
        wide_px, high_px, horizon = eye.width_px, eye.height_px, eye.horizon_m
        shown: list[Shown] = []
        for radius_m, along_m, away_m, shape in _craters(eye):
            depth = back + away_m
            per_m = focal / depth
            wide = 2.0 * radius_m * per_m
            tall = 2.0 * focal * radius_m * (height / (depth * depth) - 1.0 / radius)
            if tall < 1.6:
                continue
            along = along_m - middle_m
            x = middle_px + along * per_m
            y = level + per_m * (height + (along * along + depth * depth) / radius)
            if x + wide < 0.0 or x - wide > wide_px or y - tall > high_px:
                continue
            haze = 1.0 - depth / horizon
            size = wide * back / depth
            large = (size - 2.0 * _LEAST_PX) / (4.0 * _LEAST_PX)
            if large <= 0.0:
                continue
            alpha = min(large, 1.0, 5.0 * haze) * (0.35 + 1.2 * haze if haze < 0.54 else 1.0)
            if size > _MOST_PX:
                alpha *= max(1.0 - (size - _MOST_PX) / _MOST_PX, 0.0)
            # Thin ones come out of nothing too.
            alpha *= share * ((tall - 1.6) / 1.6 if tall < 3.2 else 1.0)
            taken = take(shape, x, y, wide, tall, alpha) if alpha > FAINTEST else None
            if taken is not None:
                shown.append(taken)
                if len(shown) >= _MOST_CRATERS:
                    break
        surface.fblits(shown)


@lru_cache(maxsize=4)
def _hills(layer: int) -> tuple[float, ...]:
    """Heights 0..1 of a ridge, one for each _HILL_M along it; the last is followed by the first."""
    turn = tau / (_HILLS * _HILL_M * 1e-3)
    hills = []
    for i in range(_HILLS):
        at = i * _HILL_M * 1e-3
        waves = ((5.1, 1.0, 2.0 * layer), (2.3, 0.7, 1.0), (0.97, 0.45, float(layer)))
        # Each wave fits a whole number of times, so that the ends meet.
        hill = sum(tall * sin(turn * round(1.0 / (length * turn)) * at + phase) for length, tall, phase in waves)
        hills.append(max(hill + 0.55, 0.0) / 2.0)
    return tuple(hills)


def _hills_from(layer: int, stride: int, first: int, count: int) -> tuple[float, ...]:
    """So many of its heights, each so many after the one before."""
    hills = _strided(layer, stride)
    start = first % len(hills)
    return (hills if start + count <= len(hills) else hills * (2 + count // len(hills)))[start : start + count]


@lru_cache(maxsize=24)
def _strided(layer: int, stride: int) -> tuple[float, ...]:
    return _hills(layer)[::stride]


def _ridges(surface: pygame.Surface, eye: Eye, thin: float, rise: float) -> None:
    """Hills against what is behind them: from high up they are thinner than a line, and rise as we come down.

    Their points lie on the ground, not on the screen, so that no hill changes its shape as it passes.
    """
    middle, focal, wide = eye.middle_px, eye.focal_px, eye.width_px
    for layer, (share, tall_m) in enumerate(_RIDGES):
        depth = share * eye.horizon_m
        tall = rise * min(tall_m * focal / depth, 0.034 * eye.height_px)
        if tall < _LEAST_HILL_PX:
            continue
        behind, own = _face_colour(1.0 - share - 0.05, thin), _face_colour(1.06 - share, thin)
        colour = p.mixed(
            behind, p.mixed(own, p.RIM_SHADE, 0.10 + 0.05 * layer), min((tall - _LEAST_HILL_PX) / 5.0, 1.0)
        )
        per_m = focal / depth
        # From so far up that a hill is narrower than a few pixels, every second, fourth ... of its points is enough.
        stride = 1
        while stride * _HILL_M * per_m < 11.0:
            stride *= 2
        first = floor((eye.middle_m - (middle + 8.0) / per_m) / (stride * _HILL_M))
        count = int((wide + 16.0) / (stride * _HILL_M * per_m)) + 3
        flat = eye.level_px + focal * (eye.height_m / depth + depth / (2.0 * eye.radius_m))
        bend = depth / (2.0 * eye.radius_m * focal)
        start, step = (first * stride * _HILL_M - eye.middle_m) * per_m, stride * _HILL_M * per_m
        line = [
            (middle + x, flat + bend * x * x - tall * hill)
            for i, hill in enumerate(_hills_from(layer, stride, first, count))
            for x in (start + i * step,)
        ]
        end = start + (count - 1) * step
        foot = [(middle + x, flat + bend * x * x + 1.0) for x in _few(end, start)]
        pygame.draw.polygon(surface, colour, [*line, *foot])


def _few(start: float, end: float) -> list[float]:
    return [start + (end - start) * i / 12 for i in range(13)]


@lru_cache(maxsize=_THIN + 1)
def _bands(thin: int) -> tuple[tuple[float, p.Rgb], ...]:
    """Depths over the horizon's at which another colour begins, and the colours, from the limb to the foot.

    Where there is dust there are fewer colours, and fewer of the same bands.
    """
    bands: list[tuple[float, p.Rgb]] = []
    for near in _edges():
        colour = _face_colour(near, thin / _THIN)
        if not bands or _apart(colour, bands[-1][1]) > _SAME:
            bands.append((1.0 - near, colour))
    return tuple(bands)


@lru_cache(maxsize=1)
def _edges() -> tuple[float, ...]:
    """Nearness of each band's far edge: a step of colour apart, seen through clear air."""
    edges = [0.0]
    for i in range(1, _FINE):
        near = (i / _FINE) ** 1.3  # far off the depths lie close together
        if _apart(_face_colour(near, 1.0), _face_colour(edges[-1], 1.0)) > _STEP:
            edges.append(near)
    return tuple(edges)


def _apart(one: p.Rgb, other: p.Rgb) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _face_colour(near: float, thin: float) -> p.Rgb:
    stops = p.FACE
    place = min(near * 1.25, 1.0) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    clear = p.mixed(stops[index], stops[index + 1], place - index)
    hazy = p.mixed(p.PLAIN_FAR, p.PLAIN_NEAR, min(1.3 * near, 1.0))
    return p.mixed(hazy, clear, thin)


def _craters(eye: Eye) -> Iterator[_Crater]:
    """Radius, place along and away, and shape of all that is large enough to be seen, largest first."""
    scale = eye.focal_px / eye.back_m
    nearest, farthest = eye.nearest_m(), 0.93 * eye.horizon_m
    for octave in range(len(_RADII_M) - 1, -1, -1):
        radius_m = _RADII_M[octave]
        if not _LEAST_PX < radius_m * scale < 0.5 * _MOST_PX * (2.0 if radius_m > _PATCH_FROM_M else 1.0):
            continue
        cell, largest_m = _CELL * radius_m, _LARGEST * radius_m * (_PATCH if radius_m > _PATCH_FROM_M else 1.0)
        first, last = floor((nearest - eye.back_m) / cell), floor((farthest - eye.back_m) / cell)
        for row in range(first, last + 1):
            depth = eye.back_m + (row + 0.5) * cell
            if depth <= 0.2 * cell:
                continue
            slope = eye.height_m / (depth * depth) - 0.5 / eye.radius_m
            if eye.focal_px * radius_m * slope < 0.8:
                break
            front = eye.back_m + (row + _MARGIN) * cell
            if largest_m * eye.focal_px * eye.back_m < _LEAST_PX * front * front:
                break  # not even the largest one is seen
            half = 0.5 * eye.width_px * depth / eye.focal_px + radius_m
            left, right = floor((eye.middle_m - half) / cell), floor((eye.middle_m + half) / cell)
            for piece in range(left // _PIECE, right // _PIECE + 1):
                for column, crater in _piece(octave, row, piece):
                    if left <= column <= right:
                        yield crater


@lru_cache(maxsize=768)
def _piece(octave: int, row: int, piece: int) -> tuple[tuple[int, _Crater], ...]:
    """So many cells of a row side by side: those that hold something, and what."""
    radius_m = _RADII_M[octave]
    cell = _CELL * radius_m
    found: list[tuple[int, _Crater]] = []
    for column in range(piece * _PIECE, (piece + 1) * _PIECE):
        there = _crater(octave, row, column)
        if there is not None:
            x, z, size, shape = there
            found.append((column, (radius_m * size, (column + x) * cell, (row + z) * cell, shape)))
    return tuple(found)


def _crater(octave: int, row: int, column: int) -> tuple[float, float, float, Shape] | None:
    draw = random.Random(f"crater/{octave}/{row}/{column}").random
    if draw() > _CRATER_SHARE:
        return None
    inside = 1.0 - 2.0 * _MARGIN
    x, z, size = _MARGIN + inside * draw(), _MARGIN + inside * draw(), 0.55 + (_LARGEST - 0.55) * draw() ** 2
    kind = draw()
    if _RADII_M[octave] > _PATCH_FROM_M:
        return x, z, _PATCH * size, Shape.DARK if kind < 0.6 else Shape.BRIGHT
    # Jezero is where it is: no other crater lies on it.
    cell = _CELL * _RADII_M[octave]
    if abs((column + x) * cell - MIDDLE_M) < RADIUS_M + _RADII_M[octave] and abs((row + z) * cell) < 60_000.0:
        return None
    return x, z, size, (Shape.BOWL, Shape.FLAT, Shape.OLD)[int(3.0 * kind)]


def _fossae(surface: pygame.Surface, eye: Eye) -> None:
    """Nili Fossae: long troughs west of Jezero, in curves about the great basin to the east."""
    scale = eye.focal_px / eye.back_m
    wide = 3_400.0 * scale
    fade = min((wide - 1.5) / 3.0, (60.0 - wide) / 25.0, 1.0)
    if fade <= 0.05:
        return
    for radius_m, start, end in ((330_000.0, 0.86, 1.06), (372_000.0, 0.90, 1.04), (425_000.0, 0.87, 1.00)):
        upper, lower = (
            eye.along((place for place in side if place[1] > -0.5 * eye.back_m), _FOSSAE_M)
            for side in _trough(radius_m, start, end)
        )
        if len(upper) > 2 and len(lower) > 2:
            sunny = [(x + 0.3 * wide, y + 0.12 * wide) for x, y in lower]
            ink.veil(surface, [*upper, *reversed(sunny)], p.FOSSA_LIT, round(150 * fade))
            ink.veil(surface, [*upper, *reversed(lower)], p.FOSSA, round(200 * fade))


@lru_cache(maxsize=8)
def _trough(radius_m: float, start: float, end: float) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Its two edges in m along and away, seen from the middle of their curves; pointed at both ends."""
    edges: tuple[list[Point], list[Point]] = ([], [])
    for i in range(17):
        a = pi * (start + (end - start) * i / 16)
        half = 1_700.0 * sin(pi * (i + 0.35) / 16.7)
        for side, points in zip((1.0, -1.0), edges, strict=True):
            r = radius_m + side * half
            points.append((r * cos(a), 110_000.0 + r * sin(a)))
    return tuple(edges[0]), tuple(edges[1])
