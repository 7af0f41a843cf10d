"""Dust and smoke: puffs that know when and how they were born, so that drawing them at any moment changes nothing."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from math import exp
from typing import Final

import pygame

from game.view.camera import Viewport
from game.view.palette import Rgb

BUDGET: Final = 240
_ALPHA_STEPS: Final = 8
_BASE_PX: Final = 96
_LARGEST_PX: Final = 420


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

    def place(self, t_s: float) -> tuple[float, float]:
        """Where it is: the closed form of a motion slowed in proportion to its speed."""
        age = t_s - self.born_s
        gone = (1.0 - exp(-self.drag_s * age)) / self.drag_s
        return self.x_m + self.vx_mps * gone, self.y_m + self.vy_mps * gone


class Puffs:
    """All that float in the air now; the oldest go first when there are too many. Changes in `tick` and `add` only."""

    def __init__(self, seed: str) -> None:
        self.draw_number = random.Random(seed).random
        self._puffs: deque[Puff] = deque(maxlen=BUDGET)
        self._pictures: dict[tuple[Rgb, int, int], pygame.Surface] = {}

    def __len__(self) -> int:
        return len(self._puffs)

    def add(self, puff: Puff) -> None:
        self._puffs.append(puff)

    def tick(self, t_s: float) -> None:
        """Forget the puffs that have faded."""
        while self._puffs and t_s > self._puffs[0].born_s + self._puffs[0].life_s:
            self._puffs.popleft()

    def clear(self) -> None:
        self._puffs.clear()

    def draw(self, surface: pygame.Surface, view: Viewport, t_s: float) -> None:
        """All puffs as they are at this moment."""
        blits: list[tuple[pygame.Surface, tuple[int, int]]] = []
        for puff in self._puffs:
            share = (t_s - puff.born_s) / puff.life_s
            if not 0.0 <= share < 1.0:
                continue
            wide = 2.0 * (puff.from_m + (puff.to_m - puff.from_m) * share**0.6) * view.px_per_m
            alpha = round(_ALPHA_STEPS * puff.alpha * min(8.0 * share, 1.0) * (1.0 - share) ** 1.3)
            if wide < 2.0 or alpha < 1:
                continue
            picture = self._picture(puff.colour, alpha, wide)
            x, y = view.screen(*puff.place(t_s))
            half, low = 0.5 * picture.get_width(), 0.5 * picture.get_height()
            if -half < x < view.width_px + half and -low < y < view.height_px + low:
                blits.append((picture, (round(x - half), round(y - low))))
        surface.fblits(blits)

    def _picture(self, colour: Rgb, alpha: int, wide: float) -> pygame.Surface:
        """A soft, flat cloud; sizes in steps of a sixth, so that a few dozen pictures serve for all."""
        size = 2
        while size < wide and size < _LARGEST_PX:
            size = max(size + 1, size * 7 // 6)
        key = (colour, alpha, size)
        picture = self._pictures.get(key)
        if picture is None:
            base = self._pictures.get((colour, alpha, 0))
            if base is None:
                base = self._pictures[colour, alpha, 0] = _soft_disc(colour, alpha / _ALPHA_STEPS)
            picture = self._pictures[key] = pygame.transform.smoothscale(base, (size, max(size * 2 // 3, 1)))
        return picture


def _soft_disc(colour: Rgb, alpha: float) -> pygame.Surface:
    picture = pygame.Surface((_BASE_PX, _BASE_PX), pygame.SRCALPHA, 32)
    picture.fill((*colour, 0))
    half = _BASE_PX // 2
    for radius in range(half, 0, -1):
        near = 1.0 - radius / half
        thick = alpha * near**0.9 * (1.6 - 0.6 * near)
        pygame.draw.circle(picture, (*colour, round(255.0 * thick)), (half, half), radius)
    return picture
