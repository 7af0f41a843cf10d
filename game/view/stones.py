"""What lies on the near ground and in it: rocks with their shadows, pebbles, beds and flecks, from kilometres down to
centimetres. Everything belongs to a place of the world and to a size; each size comes out of nothing and goes again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import floor, inf, log, pi, sin
from typing import Final

import pygame

from game.sim.terrain import Rock, Terrain
from game.view import ink
from game.view import palette as p
from game.view.camera import Viewport

_SHADOW: Final = 2.1  # length of a shadow over the height of what casts it: the sun is 25 degrees up
_SWELLS: Final = tuple(sin(pi * (0.12 + 0.22 * i)) for i in range(5))  # how thick it is along its length
_ROCK_MIN_PX: Final = 2.2
_PICTURE_PX: Final = (3.0, 60.0)  # radii between which a rock is a kept picture
_ROCK_STEP: Final = 1.03  # between two sizes that are kept, but no less than
_ROCK_STEP_PX: Final = 0.5
_ROCK_SHAPES: Final = 24
_OVER: Final = 3
_FLECK_CELL_PX: Final = 110.0  # a size's flecks stand so far apart when they have just come; three times as far they go
_FLECK_SIZES: Final = range(-4, 10)  # of cells, as powers of two of a metre
_FLECK_STEPS: Final = 16  # wider than so many pixels, they are kept by steps that much finer than they are wide
_PEBBLES: Final = 8


def draw_rocks(surface: pygame.Surface, terrain: Terrain, view: Viewport) -> None:
    """Rocks as the wheels would find them: half circles, lit on the left, with their shadows to the right."""
    left, right, _, _ = view.bounds()
    least_m = _ROCK_MIN_PX / view.px_per_m
    if least_m > 2.5:
        return
    shown = []
    for rock in terrain.rocks_between(left - 8.0, right + 3.0):
        if rock.diameter_m < least_m:
            continue
        radius = 0.5 * rock.diameter_m * view.px_per_m
        x, y = view.screen(rock.x_m, rock.y_m)
        if radius > 6.5:
            _lay_shadow(surface, view, _shadow_of(terrain, rock), 0.05)
        if radius < _PICTURE_PX[0]:
            pygame.draw.circle(surface, p.ROCK, (x, y), radius)
        elif radius < _PICTURE_PX[1]:
            picture = _rock_picture(int(rock.x_m * 7.0) % _ROCK_SHAPES, _near(radius))
            shown.append((picture, (round(x - 0.5 * picture.get_width()), round(y - 0.75 * picture.get_height()))))
        else:
            _draw_rock(surface, x, y, radius, rock)
    surface.fblits(shown)


def _draw_rock(surface: pygame.Surface, x: float, y: float, radius: float, rock: Rock) -> None:
    body = [(x + radius * px, y + radius * py) for px, py in _rock_shape(int(rock.x_m * 7.0) % _ROCK_SHAPES)]
    ink.fill(surface, body, p.ROCK)
    ink.fill(surface, [*body[:5], (x + 0.05 * radius, y + 0.2 * radius)], p.ROCK_SHADE)
    ink.fill(surface, [body[5], *body[6:9], (x - 0.35 * radius, y - 0.30 * radius)], p.ROCK_LIT)


def _near(radius: float) -> float:
    """The nearest radius of those that are kept."""
    if radius * (_ROCK_STEP - 1.0) < _ROCK_STEP_PX:
        return round(radius / _ROCK_STEP_PX) * _ROCK_STEP_PX
    return _ROCK_STEP ** round(log(radius) / log(_ROCK_STEP))


@lru_cache(maxsize=300)
def _rock_picture(shape: int, radius: float) -> pygame.Surface:
    """A rock of this shape and size (px); the place that it lies on is in the middle, a quarter up from the foot."""
    wide, high = 2 * (round(1.15 * radius) + 1), 4 * (round(0.4 * radius) + 1)
    large = pygame.Surface((wide * _OVER, high * _OVER), pygame.SRCALPHA, 32)
    large.fill((*p.ROCK, 0))
    r, x, y = _OVER * radius, 0.5 * _OVER * wide, 0.75 * _OVER * high
    body = [(x + r * px, y + r * py) for px, py in _rock_shape(shape)]
    pygame.draw.polygon(large, p.ROCK, body)
    pygame.draw.polygon(large, p.ROCK_SHADE, [*body[:5], (x + 0.05 * r, y + 0.2 * r)])
    pygame.draw.polygon(large, p.ROCK_LIT, [*body[5:9], (x - 0.35 * r, y - 0.30 * r)])
    return pygame.transform.smoothscale(large, (wide, high))


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
    _lay_shadow(surface, view, _shadow_line(terrain, x_m, length_m), thick_m)


def _lay_shadow(
    surface: pygame.Surface, view: Viewport, on_ground: Sequence[tuple[float, float]], thick_m: float
) -> None:  # fmt: skip
    top = [view.screen(*place) for place in on_ground]
    if top[-1][0] > 0.0 and top[0][0] < view.width_px:
        thick = max(thick_m * view.px_per_m, 1.5)
        low = [(x, y + thick * swells + 1.0) for swells, (x, y) in zip(_SWELLS, top, strict=True)]
        ink.fill(surface, [*top, *reversed(low)], p.SHADOW)


def _shadow_line(terrain: Terrain, x_m: float, length_m: float) -> tuple[tuple[float, float], ...]:
    """Where it lies, in m."""
    places = [x_m + length_m * i / (len(_SWELLS) - 1) for i in range(len(_SWELLS))]
    return tuple((at_m, terrain.height_at(at_m)) for at_m in places)


@lru_cache(maxsize=512)
def _shadow_of(terrain: Terrain, rock: Rock) -> tuple[tuple[float, float], ...]:
    return _shadow_line(terrain, rock.x_m + 0.3 * rock.diameter_m, 0.5 * rock.diameter_m * _SHADOW)


def draw_cast_shadow(
    surface: pygame.Surface, terrain: Terrain, view: Viewport, x_m: float, y_m: float, width_m: float
) -> None:
    """The shadow of something in the air: it runs up from the right and meets its owner at the ground."""
    height_m = max(y_m - terrain.height_at(x_m), 0.0)
    shadow(surface, terrain, view, x_m + _SHADOW * height_m - 0.2 * width_m, 1.5 * width_m, 0.05 * width_m)


def draw_flecks(
    surface: pygame.Surface, edge: list[tuple[float, float]], view: Viewport, foot_px: float = inf
) -> None:  # fmt: skip
    """Beds, lenses and pebbles in the cut through the ground below its `edge`, in the sizes that this scale shows.

    foot_px  from here down nothing so fine is seen
    """
    foot_px = min(foot_px, view.height_px + 10.0)
    x0 = view.screen(0.0, 0.0)[0]
    step = edge[1][0] - edge[0][0]
    shown = []
    for octave in _FLECK_SIZES:
        cell = 2.0**octave * view.px_per_m
        # Out of nothing within a factor of three in scale, and into it again.
        clear = min((cell / _FLECK_CELL_PX - 1.0) / 2.0, (6.0 - cell / _FLECK_CELL_PX) / 2.0, 1.0)
        if clear <= 0.0:
            continue
        for across, down, wide, shape in _flecks_of(octave, floor(-x0 / cell), floor((view.width_px - x0) / cell)):
            x = x0 + across * cell
            at = int((x - edge[0][0]) / step)
            if not 0 <= at < len(edge):
                continue
            y = edge[at][1] + 0.04 * view.height_px * (0.25 + down * 5.0) * cell / (2.0 * _FLECK_CELL_PX)
            if y > foot_px:
                continue
            wide_px = round(wide * 0.16 * cell)
            wide_px -= wide_px % (1 + wide_px // _FLECK_STEPS)
            picture = _fleck(shape, octave < 0, wide_px, round(clear * 12.0))
            shown.append((picture, (round(x), round(y))))
    surface.fblits(shown)


def _flecks_of(octave: int, first: int, last: int) -> Iterator[tuple[float, float, float, int]]:
    for column in range(first, last + 1):
        yield from _fleck_column(octave, column)


@lru_cache(maxsize=2048)
def _fleck_column(octave: int, column: int) -> tuple[tuple[float, float, float, int], ...]:
    """Place along in cells, how deep, how wide, which shape."""
    draw = random.Random(f"fleck/{octave}/{column}").random
    return tuple((column + draw(), draw() ** 1.3, 0.4 + 0.9 * draw() ** 2, int(draw() * _PEBBLES)) for _ in range(2))


@lru_cache(maxsize=400)
def _fleck(shape: int, stone: bool, wide: int, clear: int) -> pygame.Surface:
    """A pebble where the sizes are below a metre, else a lens of darker or lighter bed."""
    wide = max(wide, 3)
    high = max(round(wide * (0.55 if stone else 0.16)), 2)
    large = pygame.Surface((wide * _OVER, high * _OVER), pygame.SRCALPHA, 32)
    colour = p.mixed(p.GROUND_SHADE, p.GROUND, 0.25) if shape % 3 else p.mixed(p.GROUND, p.GROUND_LIT, 0.45)
    large.fill((*colour, 0))
    draw = random.Random(f"pebble/{shape}").random
    points = [
        ((0.5 + 0.48 * x * (0.8 + 0.2 * draw())) * wide * _OVER, (0.5 + 0.48 * y * (0.7 + 0.3 * draw())) * high * _OVER)
        for x, y in ink.circle_points(0.0, 0.0, 1.0, 9 if stone else 14)
    ]
    pygame.draw.polygon(large, (*colour, round((230 if stone else 120) * clear / 12.0)), points)
    return pygame.transform.smoothscale(large, (wide, high))
