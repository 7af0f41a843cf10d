"""The near ground: the real terrain with its lit edge and layers, and the places to land on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from math import ceil, floor, log2, sin
from operator import itemgetter
from typing import Final

import pygame

from game.cues.signs import Sign
from game.sim.terrain import Terrain
from game.view import ink, smooth
from game.view import palette as p
from game.view.camera import Viewport
from game.view.fonts import Face, line
from game.view.layout import Layout
from game.view.signs import Strokes, colour_of, patch, sign_strokes

Point = tuple[float, float]
Y_OF: Final = itemgetter(1)  # of a point

STEP_PX: Final = 9.0  # at 1080 lines; up to twice as much between two powers of two
_CHUNK: Final = 64
_LAYERS_M: Final = (0.28, 0.9, 2.4, 6.0, 15.0, 38.0, 95.0, 240.0, 600.0, 1500.0)
FAR_PX_M: Final = 0.16  # below this zoom only the measured profile shows
_CURVE_M: Final = 3.392e6


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the ground that is pointed out; the chosen one on a mast as long as nothing hangs above it."""

    x_m: float
    sign: Sign
    chosen: bool
    mast: bool = True


@dataclass(frozen=True, slots=True)
class LetGo:
    """Where the craft would come down if the stick were let go now, and in which words; `good`: at the mark."""

    x_m: float
    good: bool
    label: str


@lru_cache(maxsize=2048)
def _heights(terrain: Terrain, level: int, chunk: int) -> tuple[tuple[float, float], ...]:
    """A piece of the line, a point each 2**level m: its height as the next coarser line has it, and what is left."""
    step_m = 2.0**level
    first = chunk * _CHUNK
    row = [terrain.height_at((first + i) * step_m) for i in range(_CHUNK + 1)]
    return tuple(
        (row[i], 0.0) if i % 2 == 0 else (0.5 * (row[i - 1] + row[i + 1]), row[i] - 0.5 * (row[i - 1] + row[i + 1]))
        for i in range(_CHUNK)
    )


@lru_cache(maxsize=256)
def _measured(terrain: Terrain, level: int, chunk: int) -> tuple[float, ...]:
    """A piece of the line as it is seen from far off, a point each 2**level m."""
    sag, step_m = 0.5 / _CURVE_M, 2.0**level
    places = [(chunk * _CHUNK + i) * step_m for i in range(_CHUNK)]
    return tuple(terrain.altitude_at(x_m) - sag * x_m * x_m for x_m in places)


def surface_line(terrain: Terrain, view: Viewport) -> tuple[list[float], list[Point]]:
    """The ground from the left edge of the picture to the right: places in m, and points in pixels.

    Points lie on a grid of the world whose steps are powers of two: the line does not shimmer when the camera moves,
    and a finer grid grows out of the coarser one.
    """
    scale = view.px_per_m
    wanted_px = STEP_PX * view.height_px / 1080.0
    level = max(ceil(log2(wanted_px / scale)), -2)
    step_m = 2.0**level
    left, right, _, _ = view.bounds()
    first, last = floor(left / step_m) - 1, ceil(right / step_m) + 1
    places = [index * step_m for index in range(first, last + 1)]
    if scale < FAR_PX_M:
        # Far off the roughness is thinner than a pixel, and would cost a second of making tiles.
        far: list[float] = []
        for chunk in range(first // _CHUNK, last // _CHUNK + 1):
            start = chunk * _CHUNK
            far += _measured(terrain, level, chunk)[max(first - start, 0) : last + 1 - start]
        return places, _line_through(view, places, far)
    fine = min(max(step_m * scale / wanted_px - 1.0, 0.0), 1.0)
    heights: list[float] = []
    for chunk in range(first // _CHUNK, last // _CHUNK + 1):
        start = chunk * _CHUNK
        piece = _heights(terrain, level, chunk)
        heights += [base + fine * rest for base, rest in piece[max(first - start, 0) : last + 1 - start]]
    return places, _line_through(view, places, heights)


def _line_through(view: Viewport, places: list[float], heights: list[float]) -> list[Point]:
    """Places of the world (m) as points on the screen."""
    if view.turn_rad:
        return [view.screen(x_m, y_m) for x_m, y_m in zip(places, heights, strict=True)]
    scale, (x0, y0) = view.px_per_m, view.screen(0.0, 0.0)
    return [(x0 + x_m * scale, y0 - y_m * scale) for x_m, y_m in zip(places, heights, strict=True)]


def draw_ground(surface: pygame.Surface, view: Viewport, places: list[float], edge: list[Point]) -> None:
    """Body, layers, lit edge, along the `surface_line`; each layer is filled down to the next one only."""
    high = view.height_px
    highest, lowest = min(map(Y_OF, edge)), max(map(Y_OF, edge))
    if highest > high:
        return
    left, right = edge[0][0], edge[-1][0]
    seen = [
        (index, depth_m * view.px_per_m)
        for index, depth_m in enumerate(_LAYERS_M)
        if depth_m * view.px_per_m >= 9.0 and highest + 0.84 * depth_m * view.px_per_m <= high
    ]
    grid_m = places[1] - places[0]
    feet = [min(lowest + 1.16 * depth + 2.0, high + 2.0) for _, depth in seen] + [high + 2.0]
    _fill_below(surface, p.GROUND, edge, feet[0])
    for (index, depth), foot in zip(seen, feet[1:], strict=True):
        # A new layer fades in over a factor of three in scale.
        colour = p.mixed(p.GROUND, _layer_colour(index), min((depth - 9.0) / 18.0, 1.0))
        wave = 0.16 * depth
        # A deep layer's waves are long: fewer points say the same, as long as they stay on the same places.
        skip = 1 if depth < 40.0 else 2
        start = -round(places[0] / grid_m) % skip
        rest = slice(start, None, skip)
        waves = _waves_along(index, grid_m, round(places[0] / grid_m), len(places))[rest]
        top = [(x, y + depth + wave * up) for up, (x, y) in zip(waves, edge[rest], strict=True)]
        top = [(left, top[0][1]), *top, (right, top[-1][1])]
        _fill_below(surface, colour, top, foot)
        # Its upper edge in the light, where it is thick enough to have one.
        if depth > 30.0:
            lit = p.mixed(colour, p.GROUND_LIT, 0.16 * min((depth - 30.0) / 60.0, 1.0))
            pygame.draw.lines(surface, lit, False, top, 2)


def _fill_below(surface: pygame.Surface, colour: p.Rgb, top: list[Point], foot: float) -> None:
    """From a line across the picture down to a level foot."""
    # A polygon looks at all its edges in each of its rows: only those that the line runs through are given to it.
    left, right, level = top[0][0], top[-1][0], min(max(map(Y_OF, top)), foot)
    pygame.draw.polygon(surface, colour, [*top, (right, level), (left, level)])
    pygame.draw.polygon(surface, colour, [(left, level), (right, level), (right, foot), (left, foot)])


def _waves_along(layer: int, grid_m: float, first: int, count: int) -> list[float]:
    """How a layer's upper edge swings at so many points of the ground's line, -1 to 1."""
    waves: list[float] = []
    for chunk in range(first // _CHUNK, (first + count - 1) // _CHUNK + 1):
        start = chunk * _CHUNK
        waves += _waves(layer, grid_m, chunk)[max(first - start, 0) : first + count - start]
    return waves


@lru_cache(maxsize=512)
def _waves(layer: int, grid_m: float, chunk: int) -> tuple[float, ...]:
    turn, phase = 1.0 / (2.6 * _LAYERS_M[layer] + 1.0), 0.9 * layer
    return tuple(sin(phase + turn * (chunk * _CHUNK + i) * grid_m) for i in range(_CHUNK))


def _layer_colour(index: int) -> p.Rgb:
    return p.mixed(p.STRATA[index % len(p.STRATA)], p.GROUND_DEEP, 0.10 + 0.055 * index)


def draw_edge(surface: pygame.Surface, edge: list[Point], view: Viewport) -> None:
    """The sunlit rim: bright where the ground rises towards the right, which faces the sun, dull where it falls."""
    if max(map(Y_OF, edge)) < 0.0:
        return
    thick = round(max(2.0, min(0.07 * view.px_per_m, 5.0)))
    middle = 0.5 * thick
    pygame.draw.lines(surface, p.GROUND_LIT, False, [(x, y + middle) for x, y in edge], thick)
    dull = p.mixed(p.GROUND_LIT, p.GROUND_SHADE, 0.5)
    bright = p.mixed(p.GROUND_LIT, p.DUST_LIT, 0.5)
    falls = 0.04 * (edge[1][0] - edge[0][0])
    plain = pygame.draw.line
    for one, other in pairwise(edge):
        if other[1] > one[1] + falls:
            plain(surface, dull, (one[0], one[1] + middle), (other[0], other[1] + middle), thick)
    pygame.draw.aalines(surface, bright, False, edge)


def draw_spots(surface: pygame.Surface, terrain: Terrain, view: Viewport, spots: tuple[Spot, ...], unit: float) -> None:
    """Landing marks: a ring on the ground with its sign above it; the chosen one on a mast, larger."""
    for spot in sorted(spots, key=lambda each: each.chosen):
        x, y = view.screen(spot.x_m, terrain.height_at(spot.x_m))
        if not -40.0 < x < view.width_px + 40.0:
            continue
        colour = colour_of(spot.sign)
        wide = max(16.0 * unit, min(2.2 * view.px_per_m, 60.0 * unit)) * (1.35 if spot.chosen else 0.8)
        _ground_ring(surface, x, y, wide, colour, 3.0 * unit if spot.chosen else 2.0 * unit)
        if spot.chosen and not spot.mast:
            continue
        if spot.chosen:
            mast = 58.0 * unit
            ink.bar(surface, (x, y), (x, y - mast), 2.5 * unit, p.TEXT)
            _sign(surface, spot.sign, x, y - mast - 12.0 * unit, 15.0 * unit)
        elif spot.sign is not Sign.GO:
            _sign(surface, spot.sign, x, y - 17.0 * unit, 8.0 * unit)


def _sign(surface: pygame.Surface, sign: Sign, x: float, y: float, size: float) -> None:
    patch(surface, pygame.Rect(round(x - size), round(y - size), round(2.0 * size), round(2.0 * size)))
    picture = _sign_picture(sign, size, colour_of(sign), p.PANEL)
    half = picture.get_width() // 2
    surface.blit(picture, (round(x) - half, round(y) - half), special_flags=pygame.BLEND_PREMULTIPLIED)


@lru_cache(maxsize=16)
def _sign_picture(sign: Sign, size: float, *_worn: p.Rgb) -> pygame.Surface:
    """A sign in the colours that are worn, about its picture's middle."""
    half = ceil(1.25 * size) + 1
    picture = pygame.Surface((2 * half, 2 * half), pygame.SRCALPHA, 32)
    strokes = Strokes(partial(smooth.bar, picture), partial(smooth.fill, picture), partial(smooth.disc, picture))
    sign_strokes(strokes, sign, half, half, size)
    return picture


def draw_let_go(
    surface: pygame.Surface, terrain: Terrain, view: Viewport, seen: LetGo, spots: tuple[Spot, ...], layout: Layout
) -> None:
    """A triangle that points down there, above the signs of the marks; beyond the edge of the picture it points that
    way. Its words stand above it or, near the chosen mark, clear of its mast; at the mark nothing needs to be said.
    """
    unit, (left, _, right, _) = layout.unit, layout.stage
    if layout.upright:  # the tapes end above the ground
        left, right = 0.0, float(view.width_px)
    colour = p.GO if seen.good else p.TEXT
    reach, edge = 13.0 * unit, 24.0 * unit
    words = line(seen.label, Face.HEADING, round(20 * unit), colour)
    near = 0.5 * words.get_width() + 34.0 * unit
    wanted_x = view.screen(seen.x_m, 0.0)[0]
    x = min(max(wanted_x, left + edge), right - edge)
    # The ground beyond the edge may not have been made yet, and nobody should wait for it.
    ground_x_m = view.centre_x_m + (x - 0.5 * view.width_px) / view.px_per_m
    tip = view.screen(ground_x_m, terrain.height_at(ground_x_m))[1] - 28.0 * unit
    top = tip - 1.7 * reach
    if x == wanted_x:
        shape = ((x, tip), (x - reach, top), (x + reach, top))
    else:
        ahead = reach if wanted_x > x else -reach
        shape = ((x + 1.3 * ahead, top + reach), (x - 0.4 * ahead, top + 2.0 * reach), (x - 0.4 * ahead, top))
    ink.fill(surface, shape, colour)
    if seen.good:
        return
    wide, high = words.get_size()
    at_x, at_y = x - 0.5 * wide, top - high - 2.0 * unit
    for spot in spots:
        apart = x - view.screen(spot.x_m, 0.0)[0]
        if spot.chosen and abs(apart) < near:
            beside_x = x + 1.4 * reach if apart > 0.0 else x - 1.4 * reach - wide
            if left <= beside_x <= right - wide:
                at_x, at_y = beside_x, 0.5 * (top + tip - high)
            else:
                at_y = tip - 64.0 * unit - high  # above the mast's sign
    surface.blit(words, (round(min(max(at_x, left), right - wide)), round(at_y)))


def draw_target(surface: pygame.Surface, terrain: Terrain, view: Viewport, x_m: float, unit: float) -> None:
    """What accuracy is measured from: two rings on the ground."""
    x, y = view.screen(x_m, terrain.height_at(x_m))
    if not -60.0 < x < view.width_px + 60.0:
        return
    for share in (1.0, 0.45):
        _ground_ring(surface, x, y, share * max(24.0 * unit, min(3.4 * view.px_per_m, 92.0 * unit)), p.TEXT, 2.0 * unit)


def name_target(
    surface: pygame.Surface, terrain: Terrain, view: Viewport, x_m: float, label: str, unit: float
) -> None:  # fmt: skip
    """The target's name, below its rings."""
    x, y = view.screen(x_m, terrain.height_at(x_m))
    if -60.0 < x < view.width_px + 60.0:
        words = line(label, Face.HEADING, round(22 * unit), p.TEXT)
        at = (round(x - 0.5 * words.get_width()), round(y + 26.0 * unit))
        patch(surface, pygame.Rect(at, words.get_size()))
        surface.blit(words, at)


def draw_beacon(surface: pygame.Surface, at: tuple[float, float], label: str, layout: Layout) -> pygame.Rect | None:
    """The target from far away: a mast with its name, as far as it is in the free part of the window.

    Returns the box about all of it.
    """
    left, _, right, bottom = layout.stage
    unit = layout.unit
    x, y = at
    if not left < x < right or y > bottom:
        return None
    edge = min((x - left) / (60.0 * unit), (right - x) / (60.0 * unit), 1.0)
    colour = p.mixed(p.GROUND, p.TEXT, edge)
    mast = 46.0 * unit
    _ground_ring(surface, x, y, 20.0 * unit, colour, 2.0 * unit)
    ink.bar(surface, (x, y), (x, y - mast), 2.0 * unit, colour)
    ink.fill(surface, ((x, y - mast), (x + 22.0 * unit, y - mast + 8.0 * unit), (x, y - mast + 16.0 * unit)), p.ACCENT)
    words = line(label, Face.HEADING, round(21 * unit), colour)
    at_x = min(max(x - 0.5 * words.get_width(), left), right - words.get_width())
    place = (round(at_x), round(y - mast - words.get_height() - 2.0 * unit))
    named = pygame.Rect(place, words.get_size())
    patch(surface, named)
    surface.blit(words, place)
    return named.union((round(x - 20.0 * unit), round(y - mast), round(42.0 * unit), round(mast + 10.0 * unit)))


def _ground_ring(surface: pygame.Surface, x: float, y: float, half: float, colour: p.Rgb, thick: float) -> None:
    picture = _ring_picture(2 * round(0.5 * half), colour, max(round(2.0 * thick), 2))
    surface.blit(picture, (round(x - 0.5 * picture.get_width()), round(y - 0.5 * picture.get_height())))


@lru_cache(maxsize=64)
def _ring_picture(half: int, colour: p.Rgb, thick: int) -> pygame.Surface:
    """A ring lying on the ground, drawn twice as large and shrunk."""
    size = (2 * half + 4, round(0.5 * half) + 4)
    large = pygame.Surface((2 * size[0], 2 * size[1]), pygame.SRCALPHA, 32)
    large.fill((*colour, 0))
    pygame.draw.ellipse(large, colour, large.get_rect().inflate(-4, -4), thick)
    return pygame.transform.smoothscale(large, size)
