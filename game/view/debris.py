"""Solid things that fly off: shards, clods, rags, a wheel. Each knows its whole way from its birth on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import cos, exp, inf, sin, sqrt
from typing import Final

import pygame

from game.view import ink
from game.view import palette as p
from game.view.camera import Viewport
from game.view.palette import Rgb

BUDGET: Final = 110
_SHARD: Final = ((1.0, 0.0), (0.6, 1.3), (0.9, 2.7), (0.5, 4.4))
_RAG: Final = ((1.0, 0.2), (0.8, 1.4), (0.4, 2.6), (1.1, 3.4), (0.6, 5.2))
_RESTS: Final = 0.25  # of its speed along the ground goes on as a slide


@dataclass(frozen=True, slots=True)
class Shard:
    """One thing: where and when (s) it left, how fast, what pulls it, and how it looks.

    gravity_mps2  downwards; stream_mps2 (x, y) what the air does to it
    floor_m       the ground under it, where it stays; minus infinity in the air
    hot           0 cold .. 1 white-hot at first; it cools over its life, and draws a tail along `tail_m` (x, y)
    flutter_m     a rag swings so far from side to side
    """

    born_s: float
    life_s: float
    x_m: float
    y_m: float
    vx_mps: float
    vy_mps: float
    size_m: float
    colour: Rgb
    spin_rad_s: float = 0.0
    gravity_mps2: float = 0.0
    stream_mps2: tuple[float, float] = (0.0, 0.0)
    floor_m: float = -inf
    hot: float = 0.0
    tail_m: tuple[float, float] = (0.0, 0.0)
    flutter_m: float = 0.0
    wheel: bool = False

    def place(self, t_s: float) -> tuple[float, float, float]:
        """Where it is, and how far it has turned."""
        age = t_s - self.born_s
        ax, ay = self.stream_mps2[0], self.stream_mps2[1] - self.gravity_mps2
        down_s = self._falls_s(ay)
        if age > down_s:
            # It slides on a little and lies still.
            slid = _RESTS * self.vx_mps * (1.0 - exp(-2.0 * (age - down_s))) * (3.0 if self.wheel else 1.0)
            x_m = self.x_m + self.vx_mps * down_s + 0.5 * ax * down_s * down_s + slid
            turn = self.spin_rad_s * down_s - (slid / max(self.size_m, 0.05) if self.wheel else 0.0)
            return x_m, self.floor_m + 0.6 * self.size_m, turn
        x_m = self.x_m + self.vx_mps * age + 0.5 * ax * age * age
        y_m = self.y_m + self.vy_mps * age + 0.5 * ay * age * age
        if self.flutter_m:
            x_m += self.flutter_m * sin(5.1 * age + self.spin_rad_s)
            y_m += 0.4 * self.flutter_m * sin(8.3 * age)
        return x_m, y_m, self.spin_rad_s * age

    def _falls_s(self, ay_mps2: float) -> float:
        high_m = self.y_m - self.floor_m
        if high_m == inf or ay_mps2 >= 0.0:
            return inf
        return (self.vy_mps + sqrt(max(self.vy_mps**2 - 2.0 * ay_mps2 * high_m, 0.0))) / -ay_mps2


class Debris:
    """All that flies or lies about; the oldest go first when there are too many. Changes in `tick` and `add` only."""

    def __init__(self) -> None:
        self._shards: deque[Shard] = deque(maxlen=BUDGET)

    def __len__(self) -> int:
        return len(self._shards)

    def add(self, shard: Shard) -> None:
        self._shards.append(shard)

    def tick(self, t_s: float) -> None:
        """Forget what is gone."""
        if any(t_s > shard.born_s + shard.life_s for shard in self._shards):
            self._shards = deque((s for s in self._shards if t_s <= s.born_s + s.life_s), maxlen=BUDGET)

    def draw(self, surface: pygame.Surface, view: Viewport, t_s: float) -> None:
        for shard in self._shards:
            share = (t_s - shard.born_s) / shard.life_s
            if not 0.0 <= share < 1.0:
                continue
            x_m, y_m, turn = shard.place(t_s)
            x, y = view.screen(x_m, y_m)
            # What is thrown far shows longer than its true size would; and it shrinks away instead of vanishing.
            size = max(shard.size_m * view.px_per_m, 1.6) * min(4.0 * (1.0 - share), 1.0)
            if not (-99.0 < x < view.width_px + 99.0 and -99.0 < y < view.height_px + 99.0) or size < 0.7:
                continue
            _draw(surface, view, shard, share, (x, y, size, turn))


def _draw(
    surface: pygame.Surface, view: Viewport, shard: Shard, share: float, at: tuple[float, float, float, float]
) -> None:  # fmt: skip
    x, y, size, turn = at
    colour, heat = shard.colour, shard.hot * (1.0 - share)
    if shard.hot > 0.0:
        step = min(round(heat * 3.0), 3) + 1
        tail_x, tail_y = (view.px_per_m * m * min(6.0 * share, 1.0) for m in shard.tail_m)
        long = (tail_x * tail_x + tail_y * tail_y) ** 0.5
        if long > 2.0 and heat > 0.05:
            nx, ny = -0.55 * size * tail_y / long, -0.55 * size * tail_x / long
            veil = ((x + nx, y - ny), (x - nx, y + ny), (x + tail_x, y - tail_y))
            ink.veil(surface, veil, p.PLASMA[max(step - 1, 1)], round(190 * min(2.0 * heat, 1.0)))
        colour = p.mixed(shard.colour, p.PLASMA[step], min(1.6 * heat, 1.0))
    if shard.wheel:
        ink.disc(surface, x, y, size, p.WHEEL)
        ink.disc(surface, x, y, 0.62 * size, p.WHEEL_LIT)
        ink.bar(surface, (x - 0.6 * size * cos(turn), y + 0.6 * size * sin(turn)),
                (x + 0.6 * size * cos(turn), y - 0.6 * size * sin(turn)), max(0.2 * size, 1.0), p.WHEEL)  # fmt: skip
        return
    if size < 2.2:
        ink.disc(surface, x, y, size, colour)
        return
    shape = _RAG if shard.flutter_m else _SHARD
    ink.fill(surface, [(x + size * r * cos(turn + a), y - size * r * sin(turn + a)) for r, a in shape], colour)
