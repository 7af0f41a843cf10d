"""The near ground: the real terrain with its lit edge and layers, rocks and shadows, and the places to land on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import floor, pi, sin
from typing import Final

import pygame

from game.cues.signs import Sign
from game.sim.terrain import Rock, Terrain
from game.view import ink
from game.view import palette as p
from game.view.camera import Viewport
from game.view.fonts import Face, line
from game.view.layout import Layout
from game.view.signs import colour_of, draw_sign, patch

_STEP_PX: Final = 11.0
_SHADOW: Final = 2.1  # length of a shadow over the height of what casts it: the sun is 25 degrees up
_LAYERS_M: Final = (0.28, 0.9, 2.4, 6.0, 15.0, 38.0, 95.0, 240.0, 600.0, 1500.0)
_ROCK_MIN_PX: Final = 2.2
FAR_PX_M: Final = 0.16  # below this zoom only the measured profile shows
_CURVE_M: Final = 3.392e6
_STONES_PX_M: Final = 9.0  # from this zoom on single stones show in the layers


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


def surface_line(terrain: Terrain, view: Viewport) -> tuple[list[float], list[tuple[float, float]]]:
    """The ground from the left edge of the picture to the right: places in m, and points in pixels."""
    step_m = max(_STEP_PX * view.height_px / 1080.0 / view.px_per_m, 0.25)
    left, right, _, _ = view.bounds()
    # Samples lie on a fixed grid of the world, so that the line does not shimmer when the camera moves.
    first = floor(left / step_m) - 1
    places = [(first + i) * step_m for i in range(int((right - left) / step_m) + 4)]
    height, scale = terrain.height_at, view.px_per_m
    if view.px_per_m < FAR_PX_M:
        # Far off the roughness is thinner than a pixel, and would cost a second of making tiles.
        sag = 0.5 / _CURVE_M
        height = lambda x_m: terrain.altitude_at(x_m) - sag * x_m * x_m  # noqa: E731
        return places, [view.screen(x_m, height(x_m)) for x_m in places]
    if view.turn_rad:
        return places, [view.screen(x_m, height(x_m)) for x_m in places]
    x0, y0 = view.screen(0.0, 0.0)
    return places, [(x0 + x_m * scale, y0 - height(x_m) * scale) for x_m in places]


def draw_ground(surface: pygame.Surface, terrain: Terrain, view: Viewport) -> None:
    """Body, layers, lit edge."""
    places, line = surface_line(terrain, view)
    high = view.height_px
    highest, lowest = min(y for _, y in line), max(y for _, y in line)
    if highest > high:
        return
    left, right = line[0][0], line[-1][0]
    pygame.draw.polygon(surface, p.GROUND, [*line, (right, high + 2), (left, high + 2)])
    for index, depth_m in enumerate(_LAYERS_M):
        depth = depth_m * view.px_per_m
        if depth < 9.0 or highest + 0.84 * depth > high:
            continue
        # A new layer fades in over a factor of three in scale.
        colour = p.mixed(p.GROUND, _layer_colour(index), min((depth - 9.0) / 18.0, 1.0))
        wave, turn, phase = 0.16 * depth, 1.0 / (2.6 * depth_m + 1.0), 0.9 * index
        top = [(x, y + depth + wave * sin(phase + turn * x_m)) for x_m, (x, y) in zip(places, line, strict=True)]
        pygame.draw.polygon(surface, colour, [*top, (right, high + 2), (left, high + 2)])
    if view.px_per_m > _STONES_PX_M:
        _stones(surface, terrain, view)
    _edge(surface, line, lowest, view)


def _layer_colour(index: int) -> p.Rgb:
    return p.mixed(p.STRATA[index % len(p.STRATA)], p.GROUND_DEEP, 0.10 + 0.055 * index)


def _edge(surface: pygame.Surface, line: list[tuple[float, float]], lowest: float, view: Viewport) -> None:
    """The sunlit rim: bright where the ground rises towards the right, which faces the sun, dull where it falls."""
    if lowest < 0.0:
        return
    thick = max(2.0, min(0.07 * view.px_per_m, 5.0))
    lower = [(x, y + thick) for x, y in reversed(line)]
    pygame.draw.polygon(surface, p.GROUND_LIT, [*line, *lower])
    dull = p.mixed(p.GROUND_LIT, p.GROUND_SHADE, 0.5)
    for (x0, y0), (x1, y1) in pairwise(line):
        if y1 > y0 + 0.04 * (x1 - x0):
            pygame.draw.polygon(surface, dull, ((x0, y0), (x1, y1), (x1, y1 + thick), (x0, y0 + thick)))
    ink.path(surface, line, 1.0, p.mixed(p.GROUND_LIT, p.DUST_LIT, 0.5))


def _stones(surface: pygame.Surface, terrain: Terrain, view: Viewport) -> None:
    left, right, _, _ = view.bounds()
    for tile in range(floor(left / 4.0), floor(right / 4.0) + 1):
        for along, depth_m, size_m, shape in _stones_of(tile % 512):
            size = size_m * view.px_per_m
            if size < 2.0:
                continue
            x_m = 4.0 * tile + along
            x, y = view.screen(x_m, terrain.height_at(x_m) - depth_m)
            points = [(x + size * px, y + 0.62 * size * py) for px, py in _pebble(shape)]
            pygame.draw.polygon(surface, p.mixed(p.GROUND_SHADE, p.GROUND, 0.35), points)


@lru_cache(maxsize=600)
def _stones_of(tile: int) -> tuple[tuple[float, float, float, int], ...]:
    draw = random.Random(f"stones/{tile}").random
    return tuple(
        (4.0 * draw(), 0.25 + 3.4 * draw() ** 1.5, 0.04 + 0.13 * draw() ** 2, int(draw() * 8)) for _ in range(7)
    )


@lru_cache(maxsize=16)
def _pebble(shape: int) -> tuple[tuple[float, float], ...]:
    """A stone about the origin, radius near 1, y down."""
    draw = random.Random(f"pebble/{shape}").random
    return tuple((x * (0.82 + 0.3 * draw()), y * (0.82 + 0.3 * draw())) for x, y in ink.circle_points(0.0, 0.0, 1.0, 8))


def draw_rocks(surface: pygame.Surface, terrain: Terrain, view: Viewport) -> None:
    """Rocks as the wheels would find them: half circles, lit on the left, with their shadows to the right."""
    left, right, _, _ = view.bounds()
    if _ROCK_MIN_PX / view.px_per_m > 2.5:
        return
    least_m = _ROCK_MIN_PX / view.px_per_m
    for rock in terrain.rocks_between(left - 8.0, right + 3.0):
        if rock.diameter_m >= least_m:
            _draw_rock(surface, terrain, view, rock)


def _draw_rock(surface: pygame.Surface, terrain: Terrain, view: Viewport, rock: Rock) -> None:
    x, y = view.screen(rock.x_m, rock.y_m)
    radius = 0.5 * rock.diameter_m * view.px_per_m
    if radius > 6.5:
        shadow(surface, terrain, view, rock.x_m + 0.3 * rock.diameter_m, 0.5 * rock.diameter_m * _SHADOW, 0.05)
    if radius < 3.0:
        pygame.draw.circle(surface, p.ROCK, (x, y), radius)
        return
    body = [(x + radius * px, y + radius * py) for px, py in _rock_shape(int(rock.x_m * 7.0) % 64)]
    ink.fill(surface, body, p.ROCK)
    ink.fill(surface, [*body[:5], (x + 0.05 * radius, y + 0.2 * radius)], p.ROCK_SHADE)
    ink.fill(surface, [body[5], *body[6:9], (x - 0.35 * radius, y - 0.30 * radius)], p.ROCK_LIT)


@lru_cache(maxsize=64)
def _rock_shape(shape: int) -> tuple[tuple[float, float], ...]:
    """The part of a rock above the ground, radius near 1, y down, from the right over the top to the left."""
    draw = random.Random(f"rock/{shape}").random
    return tuple(
        ((0.93 + 0.12 * draw()) * px, -(0.90 + 0.14 * draw()) * max(py, -0.25))
        for px, py in ink.arc_points(0.0, 0.0, 1.0, -0.15, pi + 0.15, 9)
    )


def shadow(
    surface: pygame.Surface, terrain: Terrain, view: Viewport, x_m: float, length_m: float, thick_m: float
) -> None:
    """A dark sliver on the ground from x to the right."""
    count = 4
    top: list[tuple[float, float]] = []
    low: list[tuple[float, float]] = []
    for i in range(count + 1):
        at = x_m + length_m * i / count
        px, py = view.screen(at, terrain.height_at(at))
        thick = max(thick_m * view.px_per_m, 1.5) * sin(pi * (0.12 + 0.88 * i / count))
        top.append((px, py))
        low.append((px, py + thick + 1.0))
    if top[-1][0] > 0.0 and top[0][0] < view.width_px:
        ink.fill(surface, [*top, *reversed(low)], p.SHADOW)


def draw_cast_shadow(
    surface: pygame.Surface, terrain: Terrain, view: Viewport, x_m: float, y_m: float, width_m: float
) -> None:
    """The shadow of something in the air: it runs up from the right and meets its owner at the ground."""
    height_m = max(y_m - terrain.height_at(x_m), 0.0)
    shadow(surface, terrain, view, x_m + _SHADOW * height_m - 0.2 * width_m, 1.5 * width_m, 0.05 * width_m)


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
    draw_sign(surface, sign, x, y, size)


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


def draw_target(
    surface: pygame.Surface, terrain: Terrain, view: Viewport, x_m: float, label: str, unit: float
) -> None:  # fmt: skip
    """What accuracy is measured from: two rings on the ground and their name below."""
    x, y = view.screen(x_m, terrain.height_at(x_m))
    if not -60.0 < x < view.width_px + 60.0:
        return
    for share in (1.0, 0.45):
        _ground_ring(surface, x, y, share * max(24.0 * unit, min(3.4 * view.px_per_m, 92.0 * unit)), p.TEXT, 2.0 * unit)
    if label:
        words = line(label, Face.HEADING, round(22 * unit), p.TEXT)
        at = (round(x - 0.5 * words.get_width()), round(y + 26.0 * unit))
        patch(surface, pygame.Rect(at, words.get_size()))
        surface.blit(words, at)


def draw_beacon(surface: pygame.Surface, at: tuple[float, float], label: str, layout: Layout) -> None:
    """The target from far away: a mast with its name, as far as it is in the free part of the window."""
    left, _, right, bottom = layout.stage
    unit = layout.unit
    x, y = at
    if not left < x < right or y > bottom:
        return
    edge = min((x - left) / (60.0 * unit), (right - x) / (60.0 * unit), 1.0)
    colour = p.mixed(p.GROUND, p.TEXT, edge)
    mast = 46.0 * unit
    _ground_ring(surface, x, y, 20.0 * unit, colour, 2.0 * unit)
    ink.bar(surface, (x, y), (x, y - mast), 2.0 * unit, colour)
    ink.fill(surface, ((x, y - mast), (x + 22.0 * unit, y - mast + 8.0 * unit), (x, y - mast + 16.0 * unit)), p.ACCENT)
    words = line(label, Face.HEADING, round(21 * unit), colour)
    at_x = min(max(x - 0.5 * words.get_width(), left), right - words.get_width())
    place = (round(at_x), round(y - mast - words.get_height() - 2.0 * unit))
    patch(surface, pygame.Rect(place, words.get_size()))
    surface.blit(words, place)


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
