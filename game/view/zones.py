"""The zones of a touch screen, drawn so faintly that the flight is seen through them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame

from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import layout_of
from game.view.pen import Pen

_TALL: Final = 0.4  # of the window: a zone for holding and dragging, whose word stands away from the craft

Named = tuple[tuple[int, int, int, int], str]


def draw_zones(surface: pygame.Surface, zones: tuple[Named, ...]) -> None:
    """Each zone, (left, top, width, height) in pixels, as a frame with its word."""
    surface.blit(_sheet(surface.get_size(), zones, layout_of(surface.get_size()).unit, p.TEXT, p.ZONE_ALPHA), (0, 0))


@lru_cache(maxsize=2)
def _sheet(
    size: tuple[int, int], zones: tuple[Named, ...], unit: float, colour: p.Rgb, alpha: tuple[int, int]
) -> pygame.Surface:  # fmt: skip
    """Drawn once for a window: text on a sheet of its own, because a sheet can be made faint and a line cannot."""
    pen = Pen(pygame.Surface(size, pygame.SRCALPHA, 32), unit)
    words = Pen(pygame.Surface(size, pygame.SRCALPHA, 32), pen.unit)
    for corners, word in zones:
        rect = pygame.Rect(corners)
        frame = rect.inflate(-pen.px(8), -pen.px(8))
        pygame.draw.rect(pen.surface, (*colour, alpha[0]), frame, pen.px(2), pen.px(14))
        if rect.height > _TALL * size[1]:
            at, align = (rect.centerx, rect.bottom - pen.px(40)), 0.5
        elif rect.top == 0:
            at, align = (rect.left + pen.px(18), pen.px(26)), 0.0
        else:
            at, align = (rect.right - pen.px(30), rect.bottom - pen.px(40)), 1.0
        words.text(word, rect, at, face=Face.HEADING, size=24, colour=colour, align=align, room=rect.width - pen.px(40))
    words.surface.set_alpha(alpha[1])
    pen.surface.blit(words.surface, (0, 0))
    return pen.surface
