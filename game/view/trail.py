"""The way that the capsule has come, as a line across the sky: hot where it was hot."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

import pygame

from game.sim.phases import Phase
from game.sim.snapshot import Part, Truth
from game.view import ink
from game.view import palette as p
from game.view.camera import Viewport
from game.view.moment import Moment
from game.view.plasma import heat_share

_EVERY_S: Final = 1.0
_KEEP: Final = 420
_GLOWS_S: Final = 90.0
_APART_PX: Final = 36.0  # at 1080 lines: the line has a knee so often


@dataclass(frozen=True, slots=True)
class _Spot:
    t_s: float
    x_m: float
    y_m: float
    heat: float


class Trail:
    """Remembers in `tick`, draws any moment."""

    def __init__(self) -> None:
        self._spots: deque[_Spot] = deque(maxlen=_KEEP)

    def tick(self, truth: Truth) -> None:
        if truth.phase not in (Phase.ENTRY, Phase.PARACHUTE):
            return
        if self._spots and truth.t_s < self._spots[-1].t_s + _EVERY_S:
            return
        shell = truth.parts[Part.BACKSHELL]
        self._spots.append(_Spot(truth.t_s, shell.x_m, shell.y_m, heat_share(truth.heat_flux_w_cm2)))

    def draw(self, surface: pygame.Surface, view: Viewport, now: Moment) -> None:
        """From where it was last remembered back."""
        unit = view.height_px / 1080.0
        nearest = (_APART_PX * unit) ** 2
        last = view.screen(now.places[Part.BACKSHELL].x_m, now.places[Part.BACKSHELL].y_m)
        oldest_s = now.t_s - _GLOWS_S
        wide_px, high_px, screen = view.width_px, view.height_px, view.screen
        if not (-0.1 < last[0] / wide_px < 1.1 and -0.2 < last[1] / high_px < 1.2):
            return
        # Metres as they are about the last knee: most spots are so near to it that they are not even placed.
        nearest_m2, last_m = nearest / view.px_per_m**2, view.world(*last)
        for spot in reversed(self._spots):
            if spot.t_s < oldest_s:
                return  # what lies behind has gone out
            if (spot.x_m - last_m[0]) ** 2 + (spot.y_m - last_m[1]) ** 2 < nearest_m2:
                continue
            here, last_m = screen(spot.x_m, spot.y_m), (spot.x_m, spot.y_m)
            age = (now.t_s - spot.t_s) / _GLOWS_S
            dx, dy = here[0] - last[0], here[1] - last[1]
            hot = spot.heat * (1.0 - age)
            colour = p.mixed(p.TRAIL, p.PLASMA[2] if hot < 0.6 else p.PLASMA[3], min(1.4 * hot, 1.0))
            wide = (1.2 + 3.2 * hot) * unit * (1.0 - 0.7 * age)
            length = max((dx * dx + dy * dy) ** 0.5, 1e-6)
            nx, ny = -0.5 * wide * dy / length, 0.5 * wide * dx / length
            ink.veil(
                surface,
                ((last[0] + nx, last[1] + ny), (here[0] + nx, here[1] + ny), (here[0] - nx, here[1] - ny),
                 (last[0] - nx, last[1] - ny)),
                colour, round(200 * (1.0 - age) * (0.35 + 0.65 * min(1.5 * spot.heat, 1.0))),
            )  # fmt: skip
            last = here
            if not (-0.1 < last[0] / wide_px < 1.1 and -0.2 < last[1] / high_px < 1.2):
                return  # or out of the picture, and comes back into neither
