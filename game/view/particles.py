"""Dust, smoke and gas: puffs that know when and how they were born, so that drawing them at any moment changes nothing.

A puff is a picture from a cache: by look, colour, size and strength, each in steps, so that some dozens serve for all.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from math import exp, hypot
from typing import Final

import pygame

from game.view.camera import Viewport
from game.view.palette import Rgb

BUDGET: Final = 240
_ALPHA_STEPS: Final = 8
_BASE_PX: Final = (48, 36)
_LARGEST_PX: Final = 440
_KEPT_PX: Final = 3_000_000  # of all pictures together: 12 MB
_RISES: Final = 12.0  # a puff is there after a twelfth of its life
_FIRM: Final = (1.9, 1.9, 1.2)  # how soon each shape is thick, from its rim inwards
_SHADED: Final = 0.66  # of the light that the lit side has
_LOBES: Final = (
    ((0.30, 0.60, 0.26), (0.54, 0.44, 0.36), (0.76, 0.62, 0.22), (0.44, 0.70, 0.24), (0.66, 0.68, 0.24)),
    ((0.26, 0.66, 0.22), (0.42, 0.48, 0.30), (0.66, 0.52, 0.33), (0.82, 0.68, 0.17), (0.54, 0.70, 0.26)),
    ((0.50, 0.52, 0.42),),
)  # of a cloud: left, top and radius of what it is heaped up from, as shares of its picture


def _sizes() -> tuple[int, ...]:
    sizes = [2]
    while sizes[-1] < _LARGEST_PX:
        sizes.append(max(sizes[-1] + 1, sizes[-1] * 6 // 5))
    return tuple(sizes)


_SIZES_PX: Final = _sizes()


class Look(IntEnum):
    """What a puff looks like: two heaps with a lit side, a soft ball, and a sheet that lies on the ground."""

    HEAP = 0
    BANK = 1
    BALL = 2
    SHEET = 3


_FLAT: Final = {Look.HEAP: 0.70, Look.BANK: 0.56, Look.BALL: 1.0, Look.SHEET: 0.26}  # height over width


@dataclass(frozen=True, slots=True)
class Puff:
    """One puff: where and when (s) it was born, its first velocity, and how it slows, rises, grows and fades."""

    born_s: float
    life_s: float
    x_m: float
    y_m: float
    vx_mps: float
    vy_mps: float
    drag_s: float
    from_m: float
    to_m: float
    colour: Rgb
    alpha: float
    look: Look = Look.HEAP
    behind: bool = False  # the craft
    rise_mps: float = 0.0  # what goes on when the first velocity is spent: wind that carries, heat that lifts
    drift_mps: float = 0.0

    def place(self, t_s: float) -> tuple[float, float]:
        """Where it is: the closed form of a motion slowed in proportion to its speed."""
        age = t_s - self.born_s
        gone = (1.0 - exp(-self.drag_s * age)) / self.drag_s
        return (
            self.x_m + self.vx_mps * gone + self.drift_mps * age,
            self.y_m + self.vy_mps * gone + self.rise_mps * age,
        )


class Puffs:
    """All that float in the air now; the oldest go first when there are too many. Changes in `tick` and `add` only."""

    def __init__(self, seed: str) -> None:
        self.draw_number = random.Random(seed).random
        self._puffs: deque[Puff] = deque(maxlen=BUDGET)

    def __len__(self) -> int:
        return len(self._puffs)

    def all(self) -> tuple[Puff, ...]:
        """Every one that is kept, oldest first."""
        return tuple(self._puffs)

    def add(self, puff: Puff) -> None:
        self._puffs.append(puff)

    def tick(self, t_s: float) -> None:
        """Forget the puffs that have faded."""
        if any(t_s > puff.born_s + puff.life_s for puff in self._puffs):
            self._puffs = deque((p for p in self._puffs if t_s <= p.born_s + p.life_s), maxlen=BUDGET)

    def clear(self) -> None:
        self._puffs.clear()

    def draw(self, surface: pygame.Surface, view: Viewport, t_s: float, *, behind: bool | None = None) -> None:
        """All puffs as they are at this moment; or only those behind the craft, or before it."""
        blits: list[tuple[pygame.Surface, tuple[int, int]]] = []
        scale, right, low = view.px_per_m, view.width_px, view.height_px
        for puff in self._puffs:
            if behind is not None and puff.behind is not behind:
                continue
            share = (t_s - puff.born_s) / puff.life_s
            if not 0.0 <= share < 1.0:
                continue
            wide = 2.0 * (puff.from_m + (puff.to_m - puff.from_m) * share**0.6) * scale
            alpha = round(_ALPHA_STEPS * puff.alpha * min(_RISES * share, 1.0) * (1.0 - share) ** 1.2)
            if wide < 2.0 or alpha < 1:
                continue
            x, y = view.screen(*puff.place(t_s))
            if -wide < x < right + wide and -wide < y < low + wide:
                picture = PICTURES.of(puff.look, puff.colour, alpha, wide)
                size_x, size_y = picture.get_size()
                blits.append((picture, (round(x - 0.5 * size_x), round(y - 0.5 * size_y))))
        surface.fblits(blits, pygame.BLEND_PREMULTIPLIED)


class _Pictures:
    """What has been baked, for all flights; forgotten when it has grown too much. Colours are multiplied by alpha."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Look, Rgb, int, int], pygame.Surface] = {}
        self._pixels = 0

    def of(self, look: Look, colour: Rgb, alpha: int, wide: float) -> pygame.Surface:
        """A picture at least so wide (px), unless that is too much; strength in eighths."""
        size = _SIZES_PX[min(bisect_left(_SIZES_PX, wide), len(_SIZES_PX) - 1)]
        key = (look, colour, alpha, size)
        picture = self._kept.get(key)
        if picture is None:
            high = max(round(size * _FLAT[look]), 1)
            if self._pixels > _KEPT_PX:
                self._kept.clear()
                self._pixels = 0
            self._pixels += size * high
            picture = self._kept[key] = pygame.transform.smoothscale(_tinted(look, colour, alpha), (size, high))
        return picture


PICTURES: Final = _Pictures()


def _tinted(look: Look, colour: Rgb, alpha: int) -> pygame.Surface:
    base = _base(2 if look in (Look.BALL, Look.SHEET) else int(look)).copy()
    base.fill((*colour, round(255 * alpha / _ALPHA_STEPS)), special_flags=pygame.BLEND_RGBA_MULT)
    return base.premul_alpha()


@cache
def _base(shape: int) -> pygame.Surface:
    """A cloud in white and grey: soft at its edge, lit from the upper left."""
    wide, high = _BASE_PX
    picture = pygame.Surface(_BASE_PX, pygame.SRCALPHA, 32)
    for row in range(high):
        for column in range(wide):
            x, y = (column + 0.5) / wide, (row + 0.5) / high
            clear, light = 1.0, 0.0
            for left, top, radius in _LOBES[shape]:
                off = hypot(x - left, y - top) / radius
                if off < 1.0:
                    # Flat, with a soft rim: a poster's cloud, not a fog.
                    thick = min(1.0, _FIRM[shape] * (1.0 - off * off))
                    clear *= 1.0 - 0.9 * thick
                    light = max(light, thick * (0.5 - 0.62 * ((x - left) * 0.45 + (y - top)) / radius))
            # Nothing may reach the picture's edge, or a cloud would end in a straight line.
            edge = min(1.0, 12.0 * min(x, 1.0 - x), 12.0 * min(y, 1.0 - y))
            value = round(255 * (_SHADED + (1.0 - _SHADED) * min(light, 1.0)))
            picture.set_at((column, row), (value, value, value, round(255 * (1.0 - clear) * edge)))
    return picture
