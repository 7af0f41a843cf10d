"""Soft light that is added to what is there: one picture for each colour, strength and size, in steps."""

from __future__ import annotations

from functools import cache
from typing import Final

import pygame

from game.view import palette as p
from game.view.palette import Rgb

STEPS: Final = 8
_BASE_PX: Final = 96
_KEPT: Final = 90
_LARGEST_PX: Final = 900
_SEEN: Final = 0.92  # of a light's radius: what lies outside is darker than the paper's grain


class Glows:
    """Keeps the pictures."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Rgb, int, int], pygame.Surface] = {}

    def draw(
        self, surface: pygame.Surface, x: float, y: float, radius: float, colour: Rgb, strength: float
    ) -> None:  # fmt: skip
        """A light at a pixel; strength 0 to 1, as bright as its colour in the middle."""
        level, radius = min(round(strength * STEPS), STEPS), _SEEN * radius
        if level <= 0 or radius < 1.5:
            return
        size = 4
        while size < 2.0 * radius and size < _LARGEST_PX:
            size = max(size + 1, size * 9 // 8)
        wide, high = surface.get_size()
        if not (-radius < x < wide + radius and -radius < y < high + radius):
            return
        key = (colour, level, size)
        picture = self._kept.get(key)
        if picture is None:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            picture = self._kept[key] = pygame.transform.smoothscale(_light(colour, level), (size, size))
        surface.blit(picture, (round(x - size / 2), round(y - size / 2)), special_flags=pygame.BLEND_RGB_ADD)


@cache
def _light(colour: Rgb, level: int) -> pygame.Surface:
    picture = pygame.Surface((_BASE_PX, _BASE_PX), 0, 32)  # with 24 bits adding is ten times as slow
    half = _BASE_PX // 2
    for radius in range(half, 0, -1):
        near = 1.0 - _SEEN * radius / half
        light = level / STEPS * near * near * (1.5 - 0.5 * near)
        pygame.draw.circle(picture, p.mixed((0, 0, 0), colour, light), (half, half), radius)
    return picture
