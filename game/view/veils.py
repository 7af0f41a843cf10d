"""Shapes that what is behind them shines through, a stack at a time: drawn flat on a sheet, then laid on in one go.

A shape with alpha drawn on the picture itself mixes pixel by pixel, at many times the cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.view.camera import Point
from game.view.ink import wipe
from game.view.palette import Rgb

_SPARE_PX: Final = 64

Colour = tuple[int, int, int, int]
Shape = tuple[Sequence[Point], Rgb, int]  # its outline, its colour, and its alpha of 255


class Veils:
    """Keeps the sheet."""

    def __init__(self) -> None:
        self._sheet: pygame.Surface | None = None

    def stack(self, surface: pygame.Surface, shapes: Sequence[Shape]) -> None:
        """Shapes that lie within the first one, each instead of what it covers of those before it."""
        self._lay(surface, [(points, _times(colour, alpha)) for points, colour, alpha in shapes])

    def nest(self, surface: pygame.Surface, shapes: Sequence[Shape]) -> None:
        """Shapes that each lie within the one before, which shines through them."""
        below = (0, 0, 0, 0)
        layers: list[tuple[Sequence[Point], Colour]] = []
        for points, colour, alpha in shapes:
            red, green, blue, thick = _times(colour, alpha)
            rest = 255 - thick
            below = (
                red + below[0] * rest // 255, green + below[1] * rest // 255,
                blue + below[2] * rest // 255, thick + below[3] * rest // 255,
            )  # fmt: skip
            layers.append((points, below))
        self._lay(surface, layers)

    def _lay(self, surface: pygame.Surface, layers: Sequence[tuple[Sequence[Point], Colour]]) -> None:
        if not layers:
            return
        outline = layers[0][0]
        xs, ys = [x for x, _ in outline], [y for _, y in outline]
        box = pygame.Rect(round(min(xs)), round(min(ys)), round(max(xs) - min(xs)) + 2, round(max(ys) - min(ys)) + 2)
        box = box.clip(surface.get_clip())
        if not box.width or not box.height:
            return
        sheet = self._sheet
        if sheet is None or sheet.get_width() < box.width or sheet.get_height() < box.height:
            sheet = self._sheet = pygame.Surface((box.width + _SPARE_PX, box.height + _SPARE_PX), pygame.SRCALPHA, 32)
        area = pygame.Rect(0, 0, *box.size)
        wipe(sheet, area)
        for points, colour in layers:
            pygame.draw.polygon(sheet, colour, [(x - box.left, y - box.top) for x, y in points])
        surface.blit(sheet, box.topleft, area, pygame.BLEND_PREMULTIPLIED)


def _times(colour: Rgb, alpha: int) -> Colour:
    """A colour multiplied by its alpha, which is the quicker way to lay it on."""
    alpha = min(alpha, 255)
    red, green, blue = colour
    return red * alpha // 255, green * alpha // 255, blue * alpha // 255, alpha
