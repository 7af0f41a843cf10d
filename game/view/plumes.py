"""Engine plumes: by throttle, with shock diamonds and a flicker from the view's own numbers."""

from __future__ import annotations

from math import exp, pi, sin
from typing import Final

import pygame

from game.view import palette as p
from game.view.camera import Viewport
from game.view.sprites import turned_picture

STEPS: Final = 6  # of throttle
FRAMES: Final = 3  # of flicker
_PX_M: Final = 36.0
_WIDE_M: Final = 1.1
_PAD_PX: Final = 2
LONGEST_M: Final = 4.6


class Plumes:
    """Pictures of one plume at every throttle step and flicker frame; made once."""

    def __init__(self) -> None:
        self._pictures = [[_bake(step / (STEPS - 1), frame) for frame in range(FRAMES)] for step in range(STEPS)]

    def draw(
        self, surface: pygame.Surface, view: Viewport, mouth: tuple[float, float], angle_rad: float, *,
        thrust: float, frame: int,
    ) -> None:  # fmt: skip
        """A plume from a nozzle's mouth (m); angle_rad turns its axis counter-clockwise from straight down."""
        step = min(max(round(thrust * (STEPS - 1)), 0), STEPS - 1)
        picture = self._pictures[step][frame % FRAMES]
        shrink = view.px_per_m / _PX_M
        if picture.get_height() * shrink < 3.0:
            return
        turned = turned_picture(picture, angle_rad, shrink)
        # The mouth is the top middle of the picture: half a length from its centre, along the axis.
        half_m = (0.5 * picture.get_height() - _PAD_PX) / _PX_M
        ((x, y),) = view.placed(*mouth, angle_rad, ((0.0, -half_m),))
        surface.blit(turned, (round(x - 0.5 * turned.get_width()), round(y - 0.5 * turned.get_height())))


def length_m(thrust: float) -> float:
    """How far a plume can be seen."""
    return 1.1 + (LONGEST_M - 1.1) * thrust


def _bake(thrust: float, frame: int) -> pygame.Surface:
    wide, high = round(_WIDE_M * _PX_M), round(length_m(thrust) * (0.94 + 0.06 * frame) * _PX_M)
    # An empty edge, so that the turned picture melts into what is behind it.
    picture = pygame.Surface((wide + 2 * _PAD_PX, high + 2 * _PAD_PX), pygame.SRCALPHA, 32)
    middle = 0.5 * (wide - 1)
    for y in range(high):
        along = y / high
        half = (0.11 + (0.20 + 0.16 * thrust) * along**0.6) * _PX_M
        fade = (1.0 - along) ** 1.25
        beat = 0.5 + 0.5 * sin(2.0 * pi * (along * (4.5 + thrust) - 0.22 + 0.05 * frame))
        core = exp(-((along / (0.22 + 0.30 * thrust)) ** 2)) + 0.55 * beat**4 * fade
        for x in range(wide):
            off = abs(x - middle) / half
            if off >= 1.0:
                continue
            soft = (1.0 - off * off) ** 1.2
            inner = max(0.0, 1.0 - 2.3 * off) * min(core, 1.0)
            colour = p.mixed(p.mixed(p.PLUME_EDGE, p.PLUME, soft * (0.4 + 0.6 * fade)), p.PLUME_CORE, min(inner, 1.0))
            alpha = min(1.0, (0.16 + 0.44 * thrust**0.5) * soft * fade + 0.85 * inner * fade**0.5)
            picture.set_at((x + _PAD_PX, y + _PAD_PX), (*colour, round(255.0 * alpha)))
    return picture
