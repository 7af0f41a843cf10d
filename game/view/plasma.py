"""The fire of entry: shock, glow, wake and streaks, by heat flux and by the air that streams past.

Flat tongues in five colours over one soft glow; everything is a function of the moment, so drawing changes nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, exp, log, sin
from typing import Final

import pygame

from game.view import ink
from game.view import palette as p
from game.view.camera import Point, Viewport
from game.view.glows import Glows
from game.view.look import still
from game.view.moment import Place
from game.view.palette import Rgb
from game.view.veils import Shape, Veils

_FULL_W_CM2: Final = 75.0  # of Perseverance's entry
_FAINT_W_CM2: Final = 0.6
_DARK_C, _BRIGHT_C = 350.0, 1400.0  # the ends of its colours
_GLOWS_C: Final = 525.0  # the Draper point, at which all that is solid begins to glow in the dark
_CLEAR_C: Final = 150.0  # above it, until the glow is all there
_STREAKS: Final = 36
_EMBERS: Final = 24
_COOLS: Final = 64  # steps of an ember's colour
_SIDE: Final = 13  # steps of a curve around the shield, to each side
_FAN: Final = tuple((-cos(0.125 * i), sin(0.125 * i)) for i in range(-_SIDE, _SIDE + 1))
_BOW: Final = 12
_DIES_S: Final = 0.8
_LEAST_SMOKE: Final = 0.05
_NEAR_PX: Final = 20_000.0  # gfxdraw takes 16-bit coordinates, and a splinter is not looked at
# The capsule from the side, in the backshell's frame: shield, then cone.
_HULL: Final = (
    (-2.25, -1.53), (-1.10, -2.15), (-0.40, -2.33), (0.40, -2.33), (1.10, -2.15), (2.25, -1.53),
    (1.95, 0.10), (0.65, 1.10), (-0.65, 1.10), (-1.95, 0.10),
)  # fmt: skip
_TONGUES: Final = ((1.25, 15.0, 0.05), (0.80, 11.5, 0.22), (0.48, 8.6, 0.45), (0.24, 6.2, 0.70))
_SHEETS: Final = ((0.50, 0.06, 10), (0.34, 0.05, 8), (0.19, 0.04, 7))  # from, to (m), and how far round


@dataclass(frozen=True, slots=True)
class Flow:
    """The air that meets the capsule: the direction that it streams to on the screen, and how hard.

    angle_rad  counter-clockwise from the screen's right, of the stream
    heat       0 nothing .. 1 as hot as Perseverance had it, a little more for worse
    wind       0 .. 1, how much air there is to see streaming past
    """

    angle_rad: float
    heat: float
    wind: float
    surface_c: float
    back: float
    t_s: float

    def dying(self, age_s: float) -> Flow:
        """So long after there is nothing whole any more for the air to meet."""
        return replace(self, heat=self.heat * max(1.0 - age_s / _DIES_S, 0.0) ** 1.5, surface_c=0.0)


def heat_share(flux_w_cm2: float) -> float:
    """0 to about 1.2, by the logarithm: the first glow is seen long before the peak."""
    if flux_w_cm2 <= _FAINT_W_CM2:
        return 0.0
    return min(log(flux_w_cm2 / _FAINT_W_CM2) / log(_FULL_W_CM2 / _FAINT_W_CM2), 1.25)


def glow_colour(temperature_c: float) -> tuple[Rgb, float]:
    """The colour of something so hot, and how much of it is seen."""
    share = min(max((temperature_c - _DARK_C) / (_BRIGHT_C - _DARK_C), 0.0), 1.0)
    place = share * (len(p.PLASMA) - 2)
    index = min(int(place), len(p.PLASMA) - 2)
    seen = min(max((temperature_c - _GLOWS_C) / _CLEAR_C, 0.0), 1.0)
    return p.mixed(p.PLASMA[index], p.PLASMA[index + 1], place - index), share * seen


class Plasma:
    """Keeps the pictures of the glow."""

    def __init__(self) -> None:
        self._glows = Glows()
        self.veils = Veils()
        draw = random.Random("streaks").random
        self._streaks = [(draw(), draw(), draw(), 0.4 + 0.6 * draw()) for _ in range(_STREAKS)]

    def draw_streaks(self, surface: pygame.Surface, centre: Point, flow: Flow) -> None:
        """Thin lines that rush past the craft along the stream."""
        if flow.wind < 0.02 or still():
            return
        wide, high = surface.get_size()
        reach, unit = 0.62 * (wide + high), 0.5 * high / 1080.0
        c, s = cos(flow.angle_rad), -sin(flow.angle_rad)
        colour = p.mixed(p.DUST_LIT, p.PLASMA[2], min(flow.heat, 1.0))
        for across, phase, depth, size in self._streaks:
            run = (phase + flow.t_s * (0.55 + 1.1 * depth)) % 1.0
            side = (across - 0.5) * 1.3 * high
            along = (run - 0.42) * reach
            x, y = centre[0] + along * c - side * s, centre[1] + along * s + side * c
            length = (0.02 + 0.11 * size * depth) * high * (0.4 + 0.6 * flow.wind)
            fade = min(run * 6.0, (1.0 - run) * 3.0, 1.0) * flow.wind * (0.25 + 0.55 * depth)
            alpha = round(150 * min(fade, 1.0))
            if alpha < 6 or not (-length < x < wide + length and -length < y < high + length):
                continue
            half = unit * (1.0 + 1.5 * depth)
            nx, ny = -half * s, half * c
            ink.splinter(surface, (x + nx, y + ny), (x - nx, y - ny), (x + length * c, y + length * s), colour, alpha)

    def draw_behind(self, surface: pygame.Surface, view: Viewport, capsule: Place, flow: Flow) -> None:
        """Glow, shock and wake, before the capsule itself."""
        heat, smoke = flow.heat, _smoke_share(flow)
        if heat <= 0.0 and smoke < _LEAST_SMOKE:
            return
        stream = _Stream(view, capsule, flow)
        if smoke >= _LEAST_SMOKE:
            self._smoke(surface, stream, smoke)
        if heat <= 0.0:
            return
        scale = view.px_per_m
        x, y = stream.screen(-1.4, 0.0)
        self._glow(surface, x, y, (4.0 + 4.0 * heat) * scale, heat)
        # Tongues, outermost and longest first: the air bends around the shield and closes far behind.
        tongues: list[Shape] = []
        for index, (stand_m, length, first) in enumerate(_TONGUES):
            share = min(max((heat - first) / 0.30, 0.0), 1.0)
            if share <= 0.0:
                continue
            reach = length * (0.35 + 0.65 * share) * (0.6 + 0.4 * heat)
            outline = _tongue(stream, index, stand_m * (0.75 + 0.25 * share), reach)
            tongues.append((stream.placed(outline), p.PLASMA[index], round(255 * share * (0.50 + 0.13 * index))))
        self.veils.stack(surface, tongues)
        self._shock(surface, stream)
        self._embers(surface, stream)

    def draw_front(self, surface: pygame.Surface, view: Viewport, capsule: Place, flow: Flow) -> None:
        """The bright sheet before the shield, over everything."""
        if flow.heat <= 0.10:
            return
        stream = _Stream(view, capsule, flow)
        sheets: list[Shape] = []
        flicker = 1.0 + 0.06 * sin(31.0 * flow.t_s) + 0.04 * sin(53.0 * flow.t_s)
        for index, (far_m, near_m, steps) in enumerate(_SHEETS):
            share = min(max((flow.heat - 0.12 - 0.20 * index) / 0.3, 0.0), 1.0)
            if share <= 0.0:
                continue
            outer = stream.front(far_m * flicker, steps, 0.5)
            inner = stream.front(near_m, steps, 0.0)
            points = stream.placed((*outer, *reversed(inner)))
            sheets.append((points, p.PLASMA[2 + index], round(255 * (0.12 + 0.76 * share))))
        self.veils.nest(surface, sheets)

    def _shock(self, surface: pygame.Surface, stream: _Stream) -> None:
        """The edge of the air that knows of us: a thin bow that stands off, and thins out to both sides."""
        heat = stream.flow.heat
        share = min(max((heat - 0.05) / 0.4, 0.0), 1.0)
        stand_m = 0.95 + 0.45 * (1.0 - min(heat, 1.0))
        wide_m = 0.06 + 0.10 * share
        bow = stream.front(stand_m, _BOW, 0.9)
        back = [(u + wide_m * (1.0 - (i / _BOW - 1.0) ** 2), v) for i, (u, v) in enumerate(bow)]
        points = stream.placed((*bow, *reversed(back)))
        ink.veil(surface, points, p.mixed(p.PLASMA[1], p.PLASMA[2], share), round(170 * share))

    def _embers(self, surface: pygame.Surface, stream: _Stream) -> None:
        """Sparks of the ablating shield: they leave its rim, and cool on their way."""
        flow, scale = stream.flow, stream.view.px_per_m
        for i in range(0 if still() else _EMBERS):
            if flow.heat < 0.35 + 0.022 * i:
                break
            run = (0.618 * i + flow.t_s * (1.2 + 0.13 * (i % 5))) % 1.0
            side = 1.0 if i % 2 else -1.0
            rim = stream.rims[1] if side > 0.0 else stream.rims[0]
            v = rim * (1.02 + 0.22 * sin(3.0 * run + 7.0 * i) - 0.42 * run)
            u = stream.front_u + 22.0 * run * (0.7 + 0.3 * ((0.37 * i) % 1.0))
            colour, cooler = _ember_colours(round(_COOLS * run))
            x, y = stream.screen(u, v)
            if not (-_NEAR_PX < x < _NEAR_PX and -_NEAR_PX < y < _NEAR_PX):
                continue
            size = max(0.085 * scale * (1.0 - 0.65 * run), 1.0)
            # It moves away from us: its tail points back to where it came from.
            wide = 0.085 * (1.0 - 0.5 * run)
            one, tip, other = stream.placed(((u, v - wide), (u - 1.0 - 1.4 * run, v), (u, v + wide)))
            ink.splinter(surface, one, tip, other, cooler, 150)
            ink.disc(surface, x, y, size, colour)

    def _smoke(self, surface: pygame.Surface, stream: _Stream, share: float) -> None:
        """What is left of the fire: char smokes from the rim as long as the shield is hot."""
        flow = stream.flow
        for i in range(7):
            v = stream.rims[0] + (stream.rims[1] - stream.rims[0]) * (0.02 + 0.16 * i)
            edge = abs(i - 3) / 3.0
            u = stream.front_u + 1.6 - 1.2 * edge
            length = (5.0 + 7.0 * edge + 1.5 * sin(5.0 * flow.t_s + 2.0 * i)) * (0.5 + 0.5 * share)
            sway = 0.5 * sin(9.0 * flow.t_s + 1.7 * i)
            wisp = [(u, v - 0.30), (u + 0.5 * length, v - 0.12 + sway), (u + length, v + 0.6 * sway), (u, v + 0.30)]
            colour = p.SMOKE if i % 2 else p.mixed(p.PLASMA[1], p.CHAR, 0.5)
            ink.veil(surface, stream.placed(wisp), colour, round(95 * share))

    def _glow(self, surface: pygame.Surface, x: float, y: float, radius: float, heat: float) -> None:
        """A soft light, added to what is there."""
        level = min(round(8.0 * heat), 10) / 10.0
        warm = p.mixed(p.PLASMA[1], p.PLASMA[2], min(1.25 * level, 1.0))
        self._glows.draw(surface, x, y, radius, warm, 0.85 * level)


def _smoke_share(flow: Flow) -> float:
    """How much the shield smokes, 0 to 1."""
    hot = min(max((flow.surface_c - 420.0) / 450.0, 0.0), 1.0)
    return hot * max(1.0 - 2.2 * flow.heat, 0.0) * min(flow.wind * 3.0, 1.0)


@lru_cache(maxsize=_COOLS + 1)
def _ember_colours(step: int) -> tuple[Rgb, Rgb]:
    """Of an ember and of its tail, so far on its way."""
    run = step / _COOLS
    return p.mixed(p.PLASMA[4], p.PLASMA[1], run), p.mixed(p.PLASMA[3], p.PLASMA[1], run)


class _Stream:
    """The capsule as the air meets it: u (m) is downstream of its middle, v across, to the right of who drifts off."""

    def __init__(self, view: Viewport, capsule: Place, flow: Flow) -> None:
        self.view, self.flow = view, flow
        self._x, self._y = view.screen(capsule.x_m, capsule.y_m)
        self._c, self._s = cos(flow.angle_rad) * view.px_per_m, -sin(flow.angle_rad) * view.px_per_m
        lean = capsule.angle_rad + view.turn_rad - flow.angle_rad
        c, s = cos(lean), sin(lean)
        hull = [(c * x - s * y, -(s * x + c * y)) for x, y in _HULL]
        self._facing = _facing(hull)
        self.rims = min(v for _, v in hull), max(v for _, v in hull)
        self.front_u = min(u for u, _ in hull)

    def screen(self, u: float, v: float) -> Point:
        return self._x + u * self._c - v * self._s, self._y + u * self._s + v * self._c

    def placed(self, points: Iterable[Point]) -> list[Point]:
        """The same for many."""
        x, y, c, s = self._x, self._y, self._c, self._s
        return [(x + u * c - v * s, y + u * s + v * c) for u, v in points]

    def front(self, stand_m: float, steps: int, opens: float) -> list[Point]:
        """A curve around what faces the stream, so far from it, so many steps to each side; it opens at its ends."""
        points: list[Point] = []
        for out_u, out_v, u, v in self._facing[_SIDE - steps : _SIDE + steps + 1]:
            stand = stand_m * (1.0 + opens * (1.0 + out_u))
            points.append((u + stand * out_u, v + stand * out_v))
        return points


def _facing(hull: list[Point]) -> list[tuple[float, float, float, float]]:
    """For each direction of the fan: which way it looks, and the hull's point that is farthest out there."""
    found: list[tuple[float, float, float, float]] = []
    for out_u, out_v in _FAN:
        reach = [u * out_u + v * out_v for u, v in hull]
        found.append((out_u, out_v, *hull[reach.index(max(reach))]))
    return found


def _tongue(stream: _Stream, index: int, stand_m: float, length: float) -> list[Point]:
    """An outline around the capsule: it hugs what faces the stream, and waves, forked, far behind."""
    t_s = stream.flow.t_s
    bow = stream.front(stand_m, _SIDE, 0.35)
    left, right = bow[0], bow[-1]
    middle, half = 0.5 * (left[1] + right[1]), 0.5 * (right[1] - left[1])
    from_u = max(left[0], right[0])
    tips: list[Point] = []
    count = 5
    for k in range(2 * count + 1):
        v = 1.0 - k / count
        wave = 0.09 * sin(11.0 * t_s + 1.9 * k + index) + 0.05 * sin(23.0 * t_s + 3.1 * k) + 0.03 * sin(41.0 * t_s + k)
        reach = exp(-1.1 * v * v)
        u = from_u + length * (reach * (1.0 + wave) if k % 2 else reach * (0.52 + wave))
        tips.append((u, middle + half * 0.86 * v * (1.0 - 0.34 * reach) + 0.5 * wave))
    shoulder_u = from_u + 0.24 * length
    return [*bow, (shoulder_u, middle + 0.95 * half), *tips, (shoulder_u, middle - 0.95 * half)]
