"""Writes and draws inside boxes, and remembers where every line of text went, so that a test can measure it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import pygame

from game.cues.signs import Sign
from game.view import fonts, ink
from game.view import palette as p
from game.view.fonts import Face
from game.view.palette import Rgb
from game.view.signs import draw_sign


@dataclass(frozen=True, slots=True)
class Written:
    """One line of text: what, where, and the box that it belongs to."""

    text: str
    rect: pygame.Rect
    box: pygame.Rect


@dataclass(slots=True)
class Pen:
    """A surface, one unit in pixels, and what has been written with this pen."""

    surface: pygame.Surface
    unit: float
    written: list[Written] = field(default_factory=list)

    def px(self, units: float) -> int:
        return max(round(units * self.unit), 1)

    def text(
        self, text: str, box: pygame.Rect, at: tuple[float, float], *, face: Face = Face.TEXT, size: float = 22.0,
        colour: Rgb | None = None, align: float = 0.0, room: float | None = None,
    ) -> pygame.Rect:  # fmt: skip
        """A line of text with its left (align 0), middle (0.5) or right end (1) and its middle height at `at`.

        It shrinks to fit `room` pixels, by default the box. `colour` is that of words, unless another is given.
        """
        if not text:
            return pygame.Rect(round(at[0]), round(at[1]), 0, 0)
        most = room if room is not None else _room(box, at[0], align)
        size_px = fonts.fitting(text, face, self.px(size), max(int(most), 1))
        picture = fonts.line(text, face, size_px, colour or p.TEXT)
        rect = picture.get_rect()
        rect.topleft = (round(at[0] - align * rect.width), round(at[1] - 0.5 * rect.height))
        self.surface.blit(picture, rect)
        self.written.append(Written(text, rect, box))
        return rect

    def panel(self, rect: pygame.Rect, alpha: int = 0, colour: Rgb | None = None) -> None:
        """A dark pane that the picture shows through: at least as thick as the palette wants it, unless it has a
        colour of its own.
        """
        thick = alpha if colour else max(alpha, p.PANEL_ALPHA)
        self.surface.blit(_pane(rect.size, self.px(8), thick, colour or p.PANEL), rect)

    def sized(self, unit: float) -> Pen:
        """The same surface and the same record of what is written, with another unit."""
        return Pen(self.surface, unit, self.written)

    def sign(self, sign: Sign, x: float, y: float, size: float) -> None:
        draw_sign(self.surface, sign, x, y, size * self.unit)

    def arrow(self, x: float, y: float, size: float, side: float, colour: Rgb) -> None:
        """A small triangle that points left (side < 0) or right."""
        reach = size * self.unit * (1.0 if side > 0.0 else -1.0)
        ink.fill(
            self.surface,
            ((x + reach, y), (x - 0.6 * reach, y - 0.8 * abs(reach)), (x - 0.6 * reach, y + 0.8 * abs(reach))),
            colour,
        )

    def key(self, name: str, box: pygame.Rect, left: float, y: float, *, lit: bool) -> pygame.Rect:
        """A key cap with its name."""
        wide = fonts.width(name, Face.BOLD, self.px(20)) + self.px(24)
        rect = pygame.Rect(round(left), round(y - self.px(19)), wide, self.px(38))
        pygame.draw.rect(self.surface, p.GO if lit else p.QUIET, rect, 0 if lit else self.px(2), self.px(7))
        colour = p.PANEL if lit else p.TEXT
        self.text(name, box, rect.center, face=Face.BOLD, size=20, colour=colour, align=0.5, room=wide)
        return rect


def _room(box: pygame.Rect, x: float, align: float) -> float:
    left, right = x - box.left, box.right - x
    if align == 0.0:
        return right
    return left if align == 1.0 else 2.0 * min(left, right)


@lru_cache(maxsize=128)
def _pane(size: tuple[int, int], radius: int, alpha: int, colour: Rgb) -> pygame.Surface:
    pane = pygame.Surface(size, pygame.SRCALPHA, 32)
    pygame.draw.rect(pane, (*colour, alpha), pane.get_rect(), 0, radius)
    return pane
