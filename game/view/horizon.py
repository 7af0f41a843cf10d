"""Far away the stage has come down: on the horizon its dust rises, over a light that dies away late."""

from __future__ import annotations

from math import exp, sin
from typing import Final

import pygame

from game.view import palette as p
from game.view.glows import Glows
from game.view.look import still
from game.view.palette import Rgb
from game.view.particles import PICTURES, Look

_LOBES: Final = 17
_RISES_S: Final = 2.6
_GLOWS_S: Final = 4.5
_LASTS_S: Final = 40.0
_HIGH: Final = 0.17  # of the window's height
_NEARER: Final = 0.045  # of it: the plume stands on the plain before the last hills
_FROM_SIDE: Final = 0.15  # of the free part's width


class HorizonPlume:
    """Nothing until it has risen; `rise` says when and on which side."""

    def __init__(self) -> None:
        self._began_s: float | None = None
        self._ahead = True
        self._glows = Glows()

    def rise(self, now_s: float, *, ahead: bool) -> None:
        """It has come down now, down-track of us or up-track."""
        self._began_s, self._ahead = now_s, ahead

    def draw(
        self, surface: pygame.Surface, stage: tuple[float, float, float, float], horizon_px: float, now_s: float
    ) -> None:  # fmt: skip
        """Behind the near ground; `stage` is the part of the window that the flight may fill."""
        if self._began_s is None:
            return
        age = now_s - self._began_s
        if not 0.0 <= age < _LASTS_S:
            return
        left, _, right, _ = stage
        x = right - _FROM_SIDE * (right - left) if self._ahead else left + _FROM_SIDE * (right - left)
        high = _HIGH * surface.get_height()
        horizon_px += _NEARER * surface.get_height()
        if age < _GLOWS_S and not still():
            glow = (1.0 - age / _GLOWS_S) ** 1.4
            self._glows.draw(surface, x, horizon_px, 0.55 * high, p.PLASMA[2], 0.85 * glow)
        grown = 1.0 - exp(-age / _RISES_S)
        fade = min(1.0, 4.0 * age) * min(1.0, (_LASTS_S - age) / (0.5 * _LASTS_S))
        for i in range(_LOBES):
            up = i / (_LOBES - 1)
            # A column that spreads a little, and that the wind leans over.
            rise = high * grown * up
            wide = high * (0.30 + 0.22 * up + (0.34 if i < 3 else 0.0)) * (0.35 + 0.65 * grown)
            sway = high * (0.10 * sin(2.4 * i) * (0.4 + up) + 0.62 * up**1.5 * grown * (1.0 + 0.03 * age))
            # In steps, so that the pictures are few.
            warm = round(4.0 * (1.0 - up) ** 2 * max(1.0 - age / _GLOWS_S, 0.0)) / 8.0
            colour: Rgb = p.mixed(p.mixed(p.GROUND, p.DUST, 0.25 + 0.125 * round(4.0 * up)), p.PLASMA[2], warm)
            picture = PICTURES.of(Look.HEAP if i % 2 else Look.BANK, colour, max(round(6.5 * fade), 0) or 1, wide)
            at = (x + sway - 0.5 * picture.get_width(), horizon_px - rise - 0.6 * picture.get_height())
            surface.blit(picture, (round(at[0]), round(at[1])), special_flags=pygame.BLEND_PREMULTIPLIED)
