"""The fire of entry: shock, glow, wake and streaks, by heat flux and by the air that streams past.

Flat tongues in five colours over one soft glow; everything is a function of the moment, so drawing changes nothing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from math import cos, exp, log, pi, sin
from typing import Final

import pygame

from game.view import ink
from game.view import palette as p
from game.view.camera import Point, Viewport
from game.view.look import still
from game.view.moment import Place
from game.view.palette import Rgb

_FULL_W_CM2: Final = 75.0  # of Perseverance's entry
_FAINT_W_CM2: Final = 0.6
_STREAKS: Final = 36
_GLOW_PX: Final = 128
_HALF_M: Final = 2.25  # of the shield
_DIES_S: Final = 0.8
_RIM_M: Final = -1.5  # in the capsule's middle frame, of the rim


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
        return replace(self, heat=self.heat * max(1.0 - age_s / _DIES_S, 0.0) ** 1.5)


def heat_share(flux_w_cm2: float) -> float:
    """0 to about 1.2, by the logarithm: the first glow is seen long before the peak."""
    if flux_w_cm2 <= _FAINT_W_CM2:
        return 0.0
    return min(log(flux_w_cm2 / _FAINT_W_CM2) / log(_FULL_W_CM2 / _FAINT_W_CM2), 1.25)


def glow_colour(temperature_c: float) -> tuple[Rgb, float]:
    """The colour of something so hot, and how much of it is seen."""
    share = min(max((temperature_c - 350.0) / 1050.0, 0.0), 1.0)
    place = share * (len(p.PLASMA) - 2)
    index = min(int(place), len(p.PLASMA) - 2)
    return p.mixed(p.PLASMA[index + 0], p.PLASMA[index + 1], place - index), share


class Plasma:
    """Keeps the pictures of the glow."""

    def __init__(self) -> None:
        self._glows: dict[tuple[int, int], pygame.Surface] = {}
        self._sheet: pygame.Surface | None = None
        draw = random.Random("streaks").random
        self._streaks = [(draw(), draw(), draw(), 0.4 + 0.6 * draw()) for _ in range(_STREAKS)]

    def draw_streaks(self, surface: pygame.Surface, centre: Point, flow: Flow) -> None:
        """Thin lines that rush past the craft along the stream."""
        if flow.wind < 0.02 or still():
            return
        wide, high = surface.get_size()
        reach = 0.62 * (wide + high)
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
            nx, ny = -0.5 * (1.0 + 1.5 * depth) * s * high / 1080.0, 0.5 * (1.0 + 1.5 * depth) * c * high / 1080.0
            tail = (x + length * c, y + length * s)
            ink.veil(surface, ((x + nx, y + ny), (x - nx, y - ny), tail), colour, alpha)

    def draw_behind(self, surface: pygame.Surface, view: Viewport, capsule: Place, flow: Flow) -> None:
        """Glow, shock and wake, before the capsule itself."""
        heat = flow.heat
        if heat <= 0.0:
            return
        scale = view.px_per_m
        x, y = view.screen(capsule.x_m, capsule.y_m)
        c, s = cos(flow.angle_rad), -sin(flow.angle_rad)
        self._glow(surface, x - 1.0 * scale * c, y - 1.0 * scale * s, (5.0 + 6.0 * heat) * scale, heat)
        # Tongues, outermost and longest first: the air bends around the shield and closes far behind.
        layers: list[tuple[list[Point], tuple[int, int, int, int]]] = []
        for index, (grow, length, first) in enumerate(
            ((1.50, 15.0, 0.05), (1.27, 11.5, 0.22), (1.10, 8.6, 0.45), (0.95, 6.2, 0.70))
        ):
            share = min(max((heat - first) / 0.30, 0.0), 1.0)
            if share <= 0.0:
                continue
            reach = length * (0.35 + 0.65 * share) * (0.6 + 0.4 * heat)
            outline = _tongue(flow.t_s, index, grow * (0.86 + 0.14 * share), reach)
            points = [(x + scale * (u * c - v * s), y + scale * (u * s + v * c)) for u, v in outline]
            layers.append((points, (*p.PLASMA[index], round(255 * share * (0.50 + 0.13 * index)))))
        self._lay(surface, layers)
        # Sparks of the ablating shield
        for i in range(0 if still() else 14):
            run = (0.618 * i + flow.t_s * (1.3 + 0.11 * (i % 5))) % 1.0
            if heat < 0.35 + 0.03 * i:
                continue
            v = _HALF_M * (1.0 if i % 2 else -1.0) * (1.05 - 0.5 * run) * (0.75 + 0.25 * sin(7.0 * i))
            u = 1.0 + 19.0 * run
            spark = p.mixed(p.PLASMA[4], p.PLASMA[1], run)
            at_x, at_y = x + scale * (u * c - v * s), y + scale * (u * s + v * c)
            ink.disc(surface, at_x, at_y, max(0.07 * scale * (1.0 - 0.6 * run), 1.0), spark)

    def draw_front(self, surface: pygame.Surface, view: Viewport, capsule: Place, flow: Flow) -> None:
        """The bright sheet before the shield, over everything."""
        if flow.heat <= 0.10:
            return
        scale = view.px_per_m
        x, y = view.screen(capsule.x_m, capsule.y_m)
        c, s = cos(flow.angle_rad), -sin(flow.angle_rad)
        flicker = 1.0 + 0.03 * sin(31.0 * flow.t_s) + 0.02 * sin(53.0 * flow.t_s)
        for index, (ahead, thick) in enumerate(((0.62, 0.34), (0.50, 0.24), (0.42, 0.13))):
            share = min(max((flow.heat - 0.12 - 0.20 * index) / 0.3, 0.0), 1.0)
            if share <= 0.0:
                continue
            colour = p.PLASMA[2 + index]
            outer, inner = [], []
            for i in range(17):
                v = (i / 8.0 - 1.0) * (_HALF_M + 0.28 - 0.22 * index)
                bow = (v / _HALF_M) ** 2
                front = _RIM_M - 0.85 - ahead * flicker + 0.95 * bow
                outer.append((front, v))
                inner.append((front + thick * (1.15 - bow) + 0.02, 0.985 * v))
            points = [(x + scale * (u * c - v * s), y + scale * (u * s + v * c)) for u, v in (*outer, *reversed(inner))]
            ink.veil(surface, points, colour, round(255 * (0.35 + 0.5 * share)))

    def _lay(self, surface: pygame.Surface, layers: list[tuple[list[Point], tuple[int, int, int, int]]]) -> None:
        """Flat shapes over one another, what is behind them shining through the outer ones."""
        if not layers:
            return
        xs, ys = [x for x, _ in layers[0][0]], [y for _, y in layers[0][0]]
        box = pygame.Rect(round(min(xs)), round(min(ys)), round(max(xs) - min(xs)) + 2, round(max(ys) - min(ys)) + 2)
        box = box.clip(surface.get_rect())
        if not box.width or not box.height:
            return
        sheet = self._sheet
        if sheet is None or sheet.get_width() < box.width or sheet.get_height() < box.height:
            sheet = self._sheet = pygame.Surface((box.width + 64, box.height + 64), pygame.SRCALPHA, 32)
        area = pygame.Rect(0, 0, *box.size)
        sheet.fill((0, 0, 0, 0), area)
        for points, colour in layers:
            pygame.draw.polygon(sheet, colour, [(x - box.left, y - box.top) for x, y in points])
        surface.blit(sheet, box.topleft, area)

    def _glow(self, surface: pygame.Surface, x: float, y: float, radius: float, strength: float) -> None:
        """A soft light, added to what is there."""
        level = min(max(round(strength * 8.0), 0), 10)
        if level == 0 or radius < 2.0:
            return
        size = 16
        while size < 2.0 * radius:
            size = size * 9 // 8
        key = (level, size)
        picture = self._glows.get(key)
        if picture is None:
            if len(self._glows) > 60:
                self._glows.clear()
            picture = self._glows[key] = pygame.transform.smoothscale(_glow(level), (size, size))
        surface.blit(picture, (round(x - size / 2), round(y - size / 2)), special_flags=pygame.BLEND_RGB_ADD)


def _glow(level: int) -> pygame.Surface:
    picture = pygame.Surface((_GLOW_PX, _GLOW_PX), 0, 24)
    half = _GLOW_PX // 2
    warm = p.mixed(p.PLASMA[1], p.PLASMA[2], min(level / 8.0, 1.0))
    for radius in range(half, 0, -1):
        near = 1.0 - radius / half
        light = 0.085 * level * near * near * (1.5 - 0.5 * near)
        pygame.draw.circle(picture, p.mixed((0, 0, 0), warm, min(light, 1.0)), (half, half), radius)
    return picture


def _tongue(t_s: float, index: int, grow: float, length: float) -> list[Point]:
    """An outline around the capsule: blunt ahead, waving and forked behind; u along the stream, v across, in m."""
    points: list[Point] = []
    half = _HALF_M * grow
    for i in range(-7, 8):  # around the front
        a = 0.5 * pi * i / 7.0
        points.append((_RIM_M - (0.95 + 0.35 * (grow - 0.9)) * grow * cos(a) ** 0.7 + 0.25, half * sin(a)))
    tips: list[Point] = []
    count = 5
    for k in range(2 * count + 1):
        v = 1.0 - k / count
        wave = 0.09 * sin(11.0 * t_s + 1.9 * k + index) + 0.05 * sin(23.0 * t_s + 3.1 * k) + 0.03 * sin(41.0 * t_s + k)
        reach = exp(-1.1 * v * v)
        u = length * (reach * (1.0 + wave) if k % 2 else reach * (0.52 + wave))
        tips.append((u, half * 0.86 * v * (1.0 - 0.34 * reach) + 0.5 * wave))
    shoulders = [(0.6, 1.02 * half), (0.28 * length, 0.95 * half)]
    return [*points, *shoulders, *tips, *((u, -v) for u, v in reversed(shoulders))]
