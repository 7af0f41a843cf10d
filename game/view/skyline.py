"""The far relief, looking north from the landing place: rim, delta, dark dunes, each as a strip that comes round.

Where the delta's river came in the rim has a notch, and Kodiak, a stump of the delta, stands before its end.
Strips are drawn `over` times as large as they are shown; x goes from 0 to the strip's length and round, y down.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, sin, tau
from typing import Final

import pygame

from game.view import palette as p
from game.view.palette import Rgb

Point = tuple[float, float]
Line = Callable[[float], float]
Relief = Callable[[tuple[int, int]], pygame.Surface]

_STEP: Final = 4  # px between the points of a line
# The rim's height along the strip, 0 to 1 of it: high west of the river's notch, lower and farther away in the east.
_RIM: Final = (
    (0.00, 0.62),
    (0.04, 0.80),
    (0.085, 0.90),
    (0.115, 0.74),
    (0.132, 0.36),
    (0.142, 0.33),
    (0.158, 0.70),
    (0.19, 0.84),
    (0.24, 0.72),
    (0.29, 0.52),
    (0.34, 0.44),
    (0.39, 0.52),
    (0.45, 0.62),
    (0.52, 0.46),
    (0.60, 0.38),
    (0.68, 0.56),
    (0.76, 0.78),
    (0.83, 0.60),
    (0.90, 0.44),
    (0.95, 0.50),
    (1.00, 0.62),
)
_FOLD: Final = 0.016  # of the strip: how far apart the rim's spurs are


@dataclass(frozen=True, slots=True)
class _Mesa:
    """A piece of the delta: from where to where along the strip, how high it stands (0 to 1), how many buttresses."""

    left: float
    right: float
    high: float
    buttresses: int


_MESAS: Final = (
    _Mesa(-0.120, 0.052, 0.60, 7),
    _Mesa(0.112, 0.222, 0.66, 6),
    _Mesa(0.196, 0.268, 0.78, 5),
    _Mesa(0.018, 0.126, 0.87, 6),
    _Mesa(0.303, 0.331, 0.80, 2),
    _Mesa(0.374, 0.386, 0.34, 1),
    _Mesa(0.462, 0.560, 0.46, 5),
    _Mesa(0.612, 0.634, 0.58, 2),
    _Mesa(0.690, 0.780, 0.62, 5),
    _Mesa(0.760, 0.848, 0.74, 5),
)
_BUTTES: Final = (
    _Mesa(0.085, 0.110, 0.62, 2),
    _Mesa(0.340, 0.356, 0.70, 1),
    _Mesa(0.570, 0.610, 0.60, 3),
    _Mesa(0.820, 0.840, 0.66, 2),
)
# Beds of the scarp from the caprock down to the talus: how thick, and which colour.
_BEDS: Final = (
    (0.10, "7d4d38"),
    (0.15, "d2a077"),
    (0.07, "ad7351"),
    (0.14, "dfb188"),
    (0.06, "a56c4c"),
    (0.16, "cc9870"),
    (0.09, "9f694b"),
    (0.23, "c18c66"),
)


def rim(size: tuple[int, int]) -> pygame.Surface:
    """The crater's rim: round mountains with spurs, lit from the left, in the haze."""
    picture, (wide, high) = _sheet(size, p.RELIEF[0])
    rough = _rough("rim", ((9, 0.050), (23, 0.032), (57, 0.018), (130, 0.008)))

    def top(x: float) -> float:
        u = x / wide % 1.0
        return high * (1.0 - 0.93 * min(_along(_RIM, u) + rough(u), 1.05))

    ridge = [(float(x), top(x)) for x in range(0, wide + _STEP, _STEP)]
    pygame.draw.polygon(picture, p.RELIEF[0], [(0.0, high), *ridge, (wide, high)])
    draw = random.Random("spurs").random
    fold = _FOLD * wide
    x = 0.0
    while x < wide - fold:
        # A spur runs down from the crest: its left flank is in the light, the valley on its right in shade.
        reach, deep = fold * (0.6 + 1.3 * draw()), 0.45 + 0.4 * draw()
        head, crest = x + 0.5 * reach, [(a, top(a)) for a in _steps(x, x + 0.5 * reach)]
        y0, fall = crest[-1][1], deep * (high - crest[-1][1])
        spine = [
            (head + 0.10 * reach, y0 + 0.25 * fall),
            (head + 0.06 * reach, y0 + 0.55 * fall),
            (head + 0.22 * reach, y0 + fall),
        ]
        light = p.mixed(p.RELIEF[0], p.RELIEF_LIT[0], 0.5 + 0.5 * draw())
        pygame.draw.polygon(
            picture, light, [*crest, *spine, (x + 0.20 * reach, y0 + 0.8 * fall), (x - 0.04 * reach, y0 + 0.45 * fall)]
        )
        dark = p.mixed(p.RELIEF[0], p.RELIEF[1], 0.28 + 0.30 * draw())
        pygame.draw.polygon(
            picture,
            dark,
            [
                crest[-1],
                (head + 0.34 * reach, top(head + 0.34 * reach)),
                (head + 0.42 * reach, y0 + 0.5 * fall),
                *reversed(spine),
            ],
        )
        x += reach
    pygame.draw.lines(picture, p.mixed(p.RELIEF_LIT[0], p.SKY_HORIZON, 0.45), False, ridge, 2)
    _hazed(picture, 0.04, 0.55)
    return picture


def delta(size: tuple[int, int]) -> pygame.Surface:
    """The delta's front: a long level top, pale beds below a dark cap, talus at its foot; gullies cut it in pieces."""
    picture, (wide, high) = _sheet(size, p.RELIEF[1])
    # Low ground that all of it stands on
    low = _rough("low", ((7, 0.05), (17, 0.03), (41, 0.012)))
    floor = [(float(x), high * (0.78 - low(x / wide))) for x in range(0, wide + _STEP, _STEP)]
    for mesa in sorted(_MESAS, key=lambda each: each.high):
        for turn in (-1.0, 0.0, 1.0):
            if mesa.right + turn > -0.02 and mesa.left + turn < 1.02:
                _mesa(picture, mesa, turn * wide)
    pygame.draw.polygon(picture, p.RELIEF[1], [(0.0, high), *floor, (wide, high)])
    pygame.draw.lines(picture, p.mixed(p.RELIEF[1], p.RELIEF_LIT[1], 0.6), False, floor, 2)
    _hazed(picture, 0.02, 0.22)
    return picture


def _mesa(picture: pygame.Surface, mesa: _Mesa, shift: float) -> None:
    """What stands higher is nearer, and clearer."""
    wide, high = picture.get_size()
    draw = random.Random(f"mesa/{mesa.left}").random
    left, right = mesa.left * wide + shift, mesa.right * wide + shift
    top, tall = high * (1.0 - mesa.high), high * mesa.high
    cliff = (0.44 + 0.10 * draw()) * tall
    scree = 0.62 * tall  # how far the ends reach out
    swell, grit = 0.03 * tall, 0.012 * tall
    turn, tilt = tau * draw(), 0.05 * tall * (draw() - 0.5)
    crest = [
        (x, top + tilt * (x - left) / (right - left) + swell * sin(0.0047 * (x - shift) + turn) + grit * (draw() - 0.6))
        for x in _steps(left, right)
    ]
    outline = [
        (left - scree, high),
        (left - 0.30 * scree, top + 0.8 * cliff),
        *crest,
        (right + 0.26 * scree, top + 0.7 * cliff),
        (right + scree, high),
    ]
    haze = 0.55 * max(0.9 - mesa.high, 0.0)
    body = p.mixed(p.RELIEF[1], p.RELIEF_LIT[1], 0.35)
    pygame.draw.polygon(picture, p.mixed(body, p.SKY_HORIZON, haze), outline)
    layer = pygame.Surface(picture.get_size(), pygame.SRCALPHA, 32)
    _lay_beds(layer, crest, cliff, haze, draw)
    _lay_buttresses(layer, mesa, (left, right), (top, cliff, high), draw)
    # Nothing of it outside of the mesa's own outline
    mask = pygame.Surface(picture.get_size(), pygame.SRCALPHA, 32)
    pygame.draw.polygon(mask, (255, 255, 255, 255), outline)
    layer.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    picture.blit(layer, (0, 0))
    cap = p.mixed(p.mixed(p.RIM_SHADE, p.RELIEF[1], 0.45), p.SKY_HORIZON, haze)
    for x, y in crest[::2]:
        if draw() < 0.22:  # boulders on the cap
            pygame.draw.circle(picture, cap, (x, y), 1.0 + 2.0 * draw())


def _lay_beds(
    layer: pygame.Surface, crest: Sequence[Point], cliff: float, haze: float, draw: Callable[[], float]
) -> None:
    """Old mud: a dark cap, then beds that dip to where the lake was."""
    (left, _), (right, _) = crest[0], crest[-1]
    dip = 0.16 * cliff * (0.4 + draw())
    upper = 0.0
    for index, (share, code) in enumerate(_BEDS):
        lower = upper + share
        colour = p.mixed(p.mixed(p.rgb(code), p.RELIEF[1], 0.2), p.SKY_HORIZON, haze)
        edges = []
        for depth in (upper, lower):
            sag = dip * min(3.0 * depth, 1.0)
            edges.append(
                [
                    (
                        x + (0.4 * cliff * depth if x == right else -0.4 * cliff * depth if x == left else 0.0),
                        y
                        + cliff * depth
                        + sag * ((x - left) / (right - left) - 0.5)
                        + 0.012 * cliff * sin(0.05 * x + index),
                    )
                    for x, y in crest
                ]
            )
        pygame.draw.polygon(layer, colour, [*edges[0], *reversed(edges[1])])
        upper = lower


def _lay_buttresses(
    layer: pygame.Surface, mesa: _Mesa, ends: Point, heights: tuple[float, float, float], draw: Callable[[], float]
) -> None:
    """The scarp stands out and falls back: noses lit on their left, gullies in shade, scree below each."""
    (left, right), (top, cliff, high) = ends, heights
    shares = [0.0]
    for _ in range(mesa.buttresses):
        shares.append(shares[-1] + 0.35 + draw() ** 1.5)
    edges = [left + (right - left) * share / shares[-1] for share in shares]
    light = pygame.Surface(layer.get_size(), pygame.SRCALPHA, 32)
    for x0, x1 in pairwise(edges):
        span = x1 - x0
        nose, sill = x0 + (0.52 + 0.22 * draw()) * span, top + cliff * (0.80 + 0.30 * draw())
        bite = (0.04 + 0.16 * draw()) * span
        shade = [
            (nose, top + 0.11 * cliff),
            (x1 - bite, top + 0.05 * cliff),
            (x1, top + 0.5 * cliff),
            (x1 + 0.03 * span, sill),
            (nose + 0.16 * span, sill + 0.1 * cliff),
            (nose - 0.03 * span, top + 0.55 * cliff),
        ]
        pygame.draw.polygon(light, (*p.RIM_SHADE, round(70 + 50 * draw())), shade)
        lit = [
            (x0 + 0.10 * span, top + 0.11 * cliff),
            (nose, top + 0.11 * cliff),
            (nose - 0.03 * span, top + 0.55 * cliff),
            (nose + 0.04 * span, sill),
            (x0 + 0.2 * span, sill),
        ]
        pygame.draw.polygon(light, (*p.DUST_LIT, 64), lit)
    layer.blit(light, (0, 0))
    body, lit_scree = p.RELIEF[1], p.RELIEF_LIT[1]
    for x0, x1 in sorted(pairwise(edges), key=lambda pair: -pair[1]):
        # A cone of scree below each gully
        span = x1 - x0
        x, y = x1 - 0.04 * span, top + cliff * (0.62 + 0.3 * draw())
        base = 0.55 * span + 0.8 * (high - y)
        knee = y + 0.42 * (high - y)
        pygame.draw.polygon(
            layer,
            p.mixed(body, lit_scree, 0.85),
            [(x, y), (x - 0.30 * base, knee), (x - base, high), (x + 0.2 * base, high), (x + 0.05 * base, knee)],
        )
        pygame.draw.polygon(
            layer,
            p.mixed(body, p.RIM_SHADE, 0.14),
            [(x, y), (x + 0.05 * base, knee), (x + 0.2 * base, high), (x + base, high), (x + 0.30 * base, knee)],
        )


def dunes(size: tuple[int, int]) -> pygame.Surface:
    """Low ground before the delta: dark dunes with bright crests, boulders; it melts into the plain."""
    picture, (wide, high) = _sheet(size, p.RELIEF[2])
    draw = random.Random("dark dunes").random
    swell = _rough("swell", ((5, 0.10), (13, 0.07), (29, 0.03), (83, 0.015)))
    ground = [(float(x), high * (0.62 - swell(x / wide))) for x in range(0, wide + _STEP, _STEP)]
    pygame.draw.polygon(picture, p.RELIEF[2], [(0.0, high), *ground, (wide, high)])
    pygame.draw.lines(picture, p.RELIEF_LIT[2], False, ground, 2)
    for _ in range(58):
        # A dune: a long slope towards the wind, a short dark one behind its crest.
        length = high * (0.9 + 2.2 * draw())
        tall, x0, y0 = 0.085 * length, draw() * wide, high * (0.60 + 0.34 * draw())
        for turn in (-wide, 0, wide):
            x = x0 + turn
            if -2.0 * length < x < wide + 2.0 * length:
                crest_x = 0.62
                crest = (x + crest_x * length, y0 - tall)
                back = [
                    (x + s * crest_x * length, y0 - tall * (0.5 - 0.5 * cos(0.5 * tau * s)))
                    for s in (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0)
                ]
                pygame.draw.polygon(picture, p.mixed(p.RELIEF[2], p.DUNE_DARK, 0.30), [*back, (x + 0.72 * length, y0)])
                pygame.draw.polygon(
                    picture,
                    p.mixed(p.RELIEF[2], p.DUNE_DARK, 0.62),
                    [crest, (x + length, y0), (x + 0.66 * length, y0 + 0.1 * tall)],
                )
                pygame.draw.lines(picture, p.RELIEF_LIT[2], False, back[2:], 2)
    for _ in range(70):
        x, y, r = draw() * wide, high * (0.5 + 0.45 * draw()), 2.0 + 5.0 * draw() ** 2
        pygame.draw.polygon(
            picture,
            p.mixed(p.RELIEF[2], p.DUNE_DARK, 0.5),
            [(x - r, y), (x - 0.5 * r, y - r), (x + 0.5 * r, y - 0.9 * r), (x + 1.2 * r, y)],
        )
        pygame.draw.polygon(picture, p.RELIEF_LIT[2], [(x - r, y), (x - 0.5 * r, y - r), (x - 0.1 * r, y - 0.3 * r)])
    _faded(picture, 0.45)
    return picture


def buttes(size: tuple[int, int]) -> pygame.Surface:
    """Where there is no delta: low swells and a few worn stumps of layered rock."""
    picture, (wide, high) = _sheet(size, p.RELIEF[1])
    swell = _rough("swells", ((3, 0.13), (7, 0.10), (16, 0.05), (37, 0.02)))
    for mesa in _BUTTES:
        _mesa(picture, mesa, 0.0)
    floor = [(float(x), high * (0.66 - swell(x / wide))) for x in range(0, wide + _STEP, _STEP)]
    pygame.draw.polygon(picture, p.RELIEF[1], [(0.0, high), *floor, (wide, high)])
    pygame.draw.lines(picture, p.mixed(p.RELIEF[1], p.RELIEF_LIT[1], 0.6), False, floor, 2)
    _hazed(picture, 0.02, 0.22)
    return picture


JEZERO: Final[tuple[Relief, ...]] = (rim, delta, dunes)
ELSEWHERE: Final[tuple[Relief, ...]] = (rim, buttes, dunes)


def _sheet(size: tuple[int, int], colour: Rgb) -> tuple[pygame.Surface, tuple[int, int]]:
    picture = pygame.Surface(size, pygame.SRCALPHA, 32)
    picture.fill((*colour, 0))
    return picture, size


def _steps(start: float, end: float) -> list[float]:
    count = max(int((end - start) / _STEP), 2)
    return [start + (end - start) * i / count for i in range(count + 1)]


def _along(points: Sequence[Point], u: float) -> float:
    """The height at u on a line through these, without corners."""
    for (u0, one), (u1, other) in pairwise(points):
        if u <= u1:
            share = (u - u0) / (u1 - u0)
            return one + (other - one) * share * share * (3.0 - 2.0 * share)
    return points[-1][1]


def _rough(name: str, waves: Sequence[tuple[int, float]]) -> Line:
    """A sum of so many waves along the strip, each with its height; its ends meet."""
    draw = random.Random(name).random
    turned = [(times, tall, tau * draw()) for times, tall in waves]
    return lambda u: sum(tall * (1.0 - 2.0 * abs(sin(0.5 * tau * times * u + turn))) for times, tall, turn in turned)


def _hazed(picture: pygame.Surface, top: float, foot: float) -> None:
    """Dust before it, more of it lower down; what is seen through stays so."""
    wide, high = picture.get_size()
    for y in range(high):
        share = top + (foot - top) * (y / high) ** 1.5
        row = (0, y, wide, 1)
        keep = round(255 * (1.0 - share))
        picture.fill((keep, keep, keep, 255), row, pygame.BLEND_RGBA_MULT)
        r, g, b = (round(channel * share) for channel in p.SKY_HORIZON)
        picture.fill((r, g, b, 0), row, pygame.BLEND_RGBA_ADD)


def _faded(picture: pygame.Surface, share: float) -> None:
    """Its foot melts away."""
    wide, high = picture.get_size()
    for y in range(round((1.0 - share) * high), high):
        left = (high - 1 - y) / (share * high)
        picture.fill((255, 255, 255, round(255 * left)), (0, y, wide, 1), pygame.BLEND_RGBA_MULT)
