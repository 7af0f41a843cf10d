"""Jezero on the planet's face: its rim with the two valleys through it, the floor of the lake, the delta, dark sand.

Places are in m along the track from the frame's origin and across it, + beyond it; after the orbital maps, roughly.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import cos, hypot, sin, tau
from typing import Final, Protocol

import pygame

from game.sim.spec import SiteSpec
from game.view import ink
from game.view import palette as p

Point = tuple[float, float]

_DEG: Final = 18.445  # of latitude
_WIDE_DEG: Final = 0.4
MIDDLE_M: Final = 10_900.0
RADIUS_M: Final = 21_000.0
_CREST_M: Final = 900.0  # the rim over the floor, larger than life by half
_STEPS: Final = 48
_RIM: Final = tuple(
    (wobble * cos(a), wobble * sin(a))
    for a in (tau * i / _STEPS for i in range(_STEPS + 1))
    for wobble in (1.0 + 0.035 * sin(3.0 * a + 0.6) + 0.025 * sin(7.0 * a) + 0.012 * sin(17.0 * a),)
)
# Height of the crest at each of these: peaks and saddles, and next to nothing where a valley comes through.
_CREST: Final = tuple(
    _CREST_M
    * (0.62 + 0.22 * sin(5.0 * a + 1.0) + 0.16 * sin(13.0 * a))
    * min(1.0, 0.12 + 4.5 * abs(a - tau / 2), 0.2 + 5.0 * abs(a - 0.45))
    for a in (tau * i / _STEPS for i in range(_STEPS + 1))
)
_EVERY: Final = 3
_LIGHT: Final = tuple(
    (i, i + _EVERY + 1, 0.5 - 0.5 * cos(tau * (i + 0.5 * _EVERY) / _STEPS)) for i in range(0, _STEPS, _EVERY)
)
_FAR_SIDE: Final = _STEPS // 2  # the first half of the rim lies beyond the middle
# The delta's upper edge: a hand with four fingers, from where the river came in
_HAND: Final = (
    (-7_700.0, 700.0),
    (-6_600.0, 2_500.0),
    (-5_200.0, 3_000.0),
    (-4_900.0, 3_900.0),
    (-3_300.0, 3_700.0),
    (-3_000.0, 2_700.0),
    (-1_900.0, 2_600.0),
    (-1_000.0, 1_300.0),
    (-1_900.0, 700.0),
    (-800.0, -200.0),
    (-1_500.0, -1_400.0),
    (-2_700.0, -1_300.0),
    (-2_900.0, -2_500.0),
    (-4_300.0, -2_800.0),
    (-4_900.0, -1_900.0),
    (-6_300.0, -1_900.0),
    (-7_500.0, -600.0),
)
_DEEPER: Final = 1.7  # as deep as it is, against the foreshortening
_DELTA: Final = tuple((along_m, _DEEPER * away_m) for along_m, away_m in _HAND)
_FRONT: Final = slice(4, 15)  # of it: what falls off to the lake's floor
_SCARP_M: Final = 260.0  # four times as high as it is, or nobody would see it
_ARMS: Final = (4, 7, 9, 10, 13)
_STUMPS: Final = (
    (-300.0, -1_500.0, 420.0),
    (300.0, 1_300.0, 360.0),
    (1_500.0, 2_700.0, 300.0),
    (-1_600.0, -3_000.0, 330.0),
)
_SAND: Final = (
    (2_600.0, -1_500.0, 2_300.0, 800.0),
    (6_800.0, 2_800.0, 3_600.0, 900.0),
    (13_500.0, -3_200.0, 4_400.0, 1_300.0),
    (-400.0, 6_200.0, 3_000.0, 900.0),
)
_BLOT: Final = tuple(
    (cos(a) * (1.0 + 0.22 * sin(3.0 * a + 1.0)), sin(a) * (1.0 + 0.2 * sin(2.0 * a)))
    for a in (tau * i / 14 for i in range(14))
)
_NERETVA: Final = (
    (-60_000.0, 11_500.0),
    (-54_000.0, 8_400.0),
    (-48_500.0, 9_800.0),
    (-43_000.0, 6_000.0),
    (-38_500.0, 6_900.0),
    (-34_000.0, 3_600.0),
    (-29_500.0, 4_900.0),
    (-25_500.0, 2_100.0),
    (-21_500.0, 3_400.0),
    (-17_500.0, 900.0),
    (-13_500.0, 1_900.0),
    (-10_500.0, -100.0),
    (-7_600.0, 100.0),
)
_SAVA: Final = (
    (29_500.0, 8_400.0),
    (34_000.0, 10_200.0),
    (39_000.0, 9_300.0),
    (45_000.0, 12_600.0),
    (52_000.0, 11_500.0),
    (60_000.0, 15_500.0),
)
_VALLEY_M: Final = 950.0  # half of its width where it meets the crater


class Seen(Protocol):
    """The perspective that it is seen in."""

    @property
    def focal_px(self) -> float: ...
    @property
    def back_m(self) -> float: ...
    @property
    def width_px(self) -> int: ...
    @property
    def height_px(self) -> int: ...

    def at(self, downrange_m: float, away_m: float) -> Point: ...

    def along(self, points: Iterable[Point], downrange_m: float = 0.0, away_m: float = 0.0) -> list[Point]: ...


def is_jezero(site: SiteSpec) -> bool:
    """Whether a site is in that crater, by its latitude: sites say no longitude."""
    return abs(site.latitude_deg - _DEG) < _WIDE_DEG


def draw_jezero(surface: pygame.Surface, eye: Seen) -> None:
    """All of it, from back to front."""
    size = RADIUS_M * eye.focal_px / eye.back_m
    x, y = eye.at(MIDDLE_M, 0.0)
    if size < 3.0 or not -3.2 * size < x < eye.width_px + 3.2 * size or y - size > eye.height_px:
        return
    near_m = min(RADIUS_M, 0.58 * eye.back_m)  # what would lie behind the eye is drawn before it
    _valley(surface, eye, _NERETVA, growing=True)
    _valley(surface, eye, _SAVA, growing=False)
    rings = []
    for share in (1.15, 1.0, 0.88):
        along, away = share * RADIUS_M, share * near_m
        rings.append(eye.along([(along * a, away * b) for a, b in _RIM], MIDDLE_M))
    outer, ground, foot = rings
    per_m = [eye.focal_px / (eye.back_m + near_m * b) for _, b in _RIM]
    crest = [(x, y - tall * scale) for (x, y), tall, scale in zip(ground, _CREST, per_m, strict=True)]
    pygame.draw.polygon(surface, p.LAKE_FLOOR, foot)
    for first, last, light in _LIGHT:
        if first < _FAR_SIDE:
            _flank(surface, eye, (outer, crest, first, last), _mixed(p.RIM, p.RIM_LIT, light))
            # The sun stands low on the left: outside the left flank is lit, inside the left wall lies in shadow.
            _flank(surface, eye, (crest, foot, first, last), _mixed(p.RIM_LIT, p.RIM_SHADE, light))
    if size > 12.0:
        if size > 60.0:
            _sand(surface, eye)
        _delta(surface, eye, size)
    for first, last, light in _LIGHT:
        if first >= _FAR_SIDE:
            _flank(surface, eye, (crest, foot, first, last), _mixed(p.RIM_LIT, p.RIM_SHADE, light))
            _flank(surface, eye, (outer, crest, first, last), _mixed(p.RIM, p.RIM_LIT, 0.85 * light))


@lru_cache(maxsize=64)
def _mixed(one: p.Rgb, other: p.Rgb, share: float) -> p.Rgb:
    """As `palette.mixed`, for the few that come again in every picture."""
    return p.mixed(one, other, share)


def _flank(
    surface: pygame.Surface, eye: Seen, between: tuple[list[Point], list[Point], int, int], colour: p.Rgb
) -> None:
    """A piece of the rim between two of its lines, if it is in the picture."""
    one, other, first, last = between
    x0, x1, x2 = one[first][0], one[last - 1][0], other[first][0]
    if (x0 < 0.0 and x1 < 0.0 and x2 < 0.0) or min(x0, x1, x2) > eye.width_px:
        return
    pygame.draw.polygon(surface, colour, one[first:last] + other[first:last][::-1])


def _valley(surface: pygame.Surface, eye: Seen, way: tuple[Point, ...], *, growing: bool) -> None:
    """A river's bed, wider towards the crater; the far bank faces us and the light."""
    if min(away_m for _, away_m in way) < -0.7 * eye.back_m:
        return
    banks = _banks(way, growing=growing)
    upper, lower = eye.along(banks[0]), eye.along(banks[1])
    if max(x for x, _ in upper) < 0.0 or min(x for x, _ in upper) > eye.width_px:
        return
    tall = 0.5 * (lower[-1 if growing else 0][1] - upper[-1 if growing else 0][1])
    if tall < 0.4:
        return
    pygame.draw.polygon(surface, p.mixed(p.RIM, p.RIM_SHADE, 0.8), [*upper, *reversed(lower)])
    pygame.draw.polygon(
        surface,
        p.RIM_LIT,
        [*upper, *((x, y + 0.35 * (y2 - y)) for (x, y), (_, y2) in zip(reversed(upper), reversed(lower), strict=True))],
    )


@lru_cache(maxsize=4)
def _banks(way: tuple[Point, ...], *, growing: bool) -> tuple[list[Point], list[Point]]:
    """The far one and the near one."""
    upper, lower = [], []
    count = len(way) - 1
    for i, (along_m, away_m) in enumerate(way):
        share = i / count if growing else 1.0 - i / count
        half = _VALLEY_M * (0.12 + 0.88 * share)
        upper.append((along_m, away_m + half))
        lower.append((along_m, away_m - half))
    return upper, lower


def _sand(surface: pygame.Surface, eye: Seen) -> None:
    """Dark dunes on the floor."""
    for along_m, away_m, wide_m, deep_m in _SAND:
        if eye.back_m + away_m - 1.5 * deep_m > 0.3 * eye.back_m:
            blot = [(wide_m * a, deep_m * b) for a, b in _BLOT]
            ink.veil(surface, eye.along(blot, along_m, away_m), p.FOSSA, 78)


def _delta(surface: pygame.Surface, eye: Seen, size: float) -> None:
    """A level fan with a scarp at its front, arms of the river on it, and stumps of it that stand alone before it."""
    per_m = eye.focal_px / eye.back_m
    down = _SCARP_M * per_m
    foot = eye.along(_DELTA)
    top = [(x, y - down) for x, y in foot]
    if max(x for x, _ in foot) < 0.0 or min(x for x, _ in foot) > eye.width_px:
        return
    if size > 60.0:
        for along_m, away_m, half_m in _STUMPS:
            _stump(surface, eye.at(along_m, _DEEPER * away_m), half_m * per_m, down)
    front, edge = foot[_FRONT], top[_FRONT]
    pygame.draw.polygon(surface, p.DELTA_EDGE, [*foot, foot[0]])
    pygame.draw.polygon(surface, p.DELTA_EDGE, [*edge, *reversed(front)])
    if down > 3.0:
        # Pale beds halfway down
        beds = [(x, y - 0.72 * down) for x, y in front], [(x, y - 0.40 * down) for x, y in front]
        pygame.draw.polygon(surface, p.mixed(p.DELTA, p.DELTA_EDGE, 0.45), [*beds[0], *reversed(beds[1])])
    pygame.draw.polygon(surface, p.DELTA, top)
    if size > 60.0:
        thick = max(round(0.004 * size), 1)
        start = (0.6 * top[0][0] + 0.4 * top[-1][0], 0.5 * (top[0][1] + top[-1][1]))
        for tip in _ARMS:
            x, y = top[tip]
            way = [
                start,
                (start[0] + 0.40 * (x - start[0]), start[1] + 0.26 * (y - start[1])),
                (start[0] + 0.93 * (x - start[0]), start[1] + 0.90 * (y - start[1])),
            ]
            pygame.draw.lines(surface, p.mixed(p.DELTA, p.DELTA_EDGE, 0.42), False, way, thick)
        pygame.draw.lines(surface, p.mixed(p.DELTA, p.DUST_LIT, 0.6), False, edge, max(thick - 1, 1))


def _stump(surface: pygame.Surface, at: Point, half: float, tall: float) -> None:
    x, y = at
    if hypot(half, tall) > 2.0:
        pygame.draw.polygon(
            surface,
            p.DELTA_EDGE,
            [(x - half, y), (x - 0.5 * half, y - tall), (x + 0.5 * half, y - tall), (x + 1.2 * half, y)],
        )
        pygame.draw.polygon(
            surface,
            p.DELTA,
            [(x - half, y), (x - 0.5 * half, y - tall), (x + 0.1 * half, y - tall), (x - 0.2 * half, y)],
        )
