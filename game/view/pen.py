"""Writes and draws inside boxes, and remembers where every line of text went, so that a test can measure it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

import pygame

from game.cues.signs import Sign
from game.view import fonts, ink
from game.view import palette as p
from game.view.fonts import Face
from game.view.palette import Rgb
from game.view.signs import Strokes, sign_strokes

_UNIT: Final = 20.0  # size of a unit behind its number
_ATTACHED: Final = "%\N{DEGREE SIGN}"  # units that stand at the number itself


@dataclass(frozen=True, slots=True)
class Written:
    """One line of text: what, where, and the box that it belongs to."""

    text: str
    rect: pygame.Rect
    box: pygame.Rect


@dataclass(slots=True)
class Pen:
    """A surface, one unit in pixels, and what has been written with this pen.

    Everything goes through `do`, so that a pen may also note down what it would draw (glass.py).
    """

    surface: pygame.Surface
    unit: float
    written: list[Written] = field(default_factory=list)

    def do(self, stroke: Callable[..., object], *what: Any) -> None:
        """Draw with this function of a surface and whatever else it needs; what it needs must not change later."""
        stroke(self.surface, *what)

    def px(self, units: float) -> int:
        return max(round(units * self.unit), 1)

    def bold_width(self, words: str, size: float) -> int:
        """How wide a line in bold would be at this size, in pixels."""
        return fonts.width(words, Face.BOLD, self.px(size))

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
        wide, high = fonts.line(text, face, size_px, colour or p.TEXT).get_size()
        rect = pygame.Rect(round(at[0] - align * wide), round(at[1] - 0.5 * high), wide, high)
        self.do(text_stroke, text, face, size_px, colour or p.TEXT, rect.topleft)
        self.written.append(Written(text, rect, box))
        return rect

    def figure(
        self, value: str, box: pygame.Rect, at: tuple[float, float], *, size: float, colour: Rgb, places: str,
        room: float,
    ) -> pygame.Rect:  # fmt: skip
        """A number that does not move when it gets longer, with its unit small behind it, in `room` pixels from `at`.

        places  the widest number that is to be expected: the last digit of all others stands where its last one does
        """
        number, gap, unit = value.rpartition(" ")
        if not gap:
            number, unit = value.rstrip(_ATTACHED), value[len(value.rstrip(_ATTACHED)) :]
        face, unit_size, space = (Face.TEXT, _UNIT, self.px(6)) if gap else (Face.BOLD, size, 0)
        wide = space + fonts.width(unit, face, self.px(unit_size)) if unit else 0
        size_px = fonts.fitting(number, Face.BOLD, self.px(size), max(int(room - wide), 1))
        column = max(fonts.width(number, Face.BOLD, size_px), fonts.width(places, Face.BOLD, size_px))
        end = at[0] + min(column, room - wide)
        before = len(self.written)
        rect = self.text(number, box, (end, at[1]), face=Face.BOLD, size=size_px / self.unit, colour=colour, align=1.0,
                         room=room)  # fmt: skip
        if unit:
            low = at[1] + (self.px(0.12 * size) if gap else 0)
            rect = rect.union(self.text(unit, box, (end + space, low), face=face, size=unit_size,
                                        colour=p.QUIET if gap else colour, room=wide))  # fmt: skip
        del self.written[before:]
        self.written.append(Written(value, rect, box))
        return rect

    def panel(self, rect: pygame.Rect, alpha: int = 0, colour: Rgb | None = None) -> None:
        """A dark pane that the picture shows through: at least as thick as the palette wants it, unless it has a
        colour of its own.
        """
        thick = alpha if colour else max(alpha, p.PANEL_ALPHA)
        self.do(_panel, rect.size, self.px(8), thick, colour or p.PANEL, rect.topleft)

    def sized(self, unit: float) -> Pen:
        """The same surface and the same record of what is written, with another unit."""
        return replace(self, unit=unit)

    def sign(self, sign: Sign, x: float, y: float, size: float) -> None:
        sign_strokes(Strokes(self.bar, self.fill, self.disc), sign, round(x), round(y), size * self.unit)

    def rect(self, colour: Rgb, rect: pygame.Rect, thick: int = 0, radius: int = 0) -> None:
        """A filled rectangle, or with `thick` pixels its frame."""
        self.do(_rect, colour, tuple(rect), thick, radius)

    def oval(self, colour: Rgb, rect: pygame.Rect, thick: int) -> None:
        """The outline of an ellipse."""
        self.do(oval_stroke, colour, tuple(rect), thick)

    def line(self, colour: Rgb, start: tuple[float, float], end: tuple[float, float], thick: int = 1) -> None:
        """A line that is level or upright."""
        self.do(_line, colour, (round(start[0]), round(start[1])), (round(end[0]), round(end[1])), thick)

    def fill(self, points: Sequence[tuple[float, float]], colour: Rgb) -> None:
        """A filled polygon."""
        self.do(ink.fill, tuple(points), colour)

    def bar(self, start: tuple[float, float], end: tuple[float, float], thick: float, colour: Rgb) -> None:
        """A straight line of any width and lean."""
        self.do(ink.bar, start, end, thick, colour)

    def disc(self, x: float, y: float, radius: float, colour: Rgb) -> None:
        self.do(ink.disc, x, y, radius, colour)

    def ring(self, x: float, y: float, radius: float, thick: float, colour: Rgb) -> None:
        self.do(ring_stroke, (x, y), radius, max(round(thick), 1), colour)

    def arrow(self, x: float, y: float, size: float, side: float, colour: Rgb) -> None:
        """A small triangle that points left (side < 0) or right."""
        reach = size * self.unit * (1.0 if side > 0.0 else -1.0)
        self.fill(
            ((x + reach, y), (x - 0.6 * reach, y - 0.8 * abs(reach)), (x - 0.6 * reach, y + 0.8 * abs(reach))), colour
        )

    def rise(self, x: float, y: float, size: float, side: float, colour: Rgb) -> None:
        """A small triangle that points down (side < 0) or up."""
        reach = size * self.unit * (-1.0 if side > 0.0 else 1.0)
        self.fill(
            ((x, y + reach), (x - 0.8 * abs(reach), y - 0.6 * reach), (x + 0.8 * abs(reach), y - 0.6 * reach)), colour
        )

    def key(self, name: str, box: pygame.Rect, left: float, y: float, *, lit: bool) -> pygame.Rect:
        """A key cap with its name."""
        wide = fonts.width(name, Face.BOLD, self.px(20)) + self.px(24)
        rect = pygame.Rect(round(left), round(y - self.px(19)), wide, self.px(38))
        self.rect(p.GO if lit else p.QUIET, rect, 0 if lit else self.px(2), self.px(7))
        colour = p.PANEL if lit else p.TEXT
        self.text(name, box, rect.center, face=Face.BOLD, size=20, colour=colour, align=0.5, room=wide)
        return rect


def text_stroke(surface: pygame.Surface, text: str, face: Face, size_px: int, colour: Rgb, at: tuple[int, int]) -> None:
    surface.blit(fonts.line(text, face, size_px, colour), at)


def _panel(
    surface: pygame.Surface, size: tuple[int, int], radius: int, alpha: int, colour: Rgb, at: tuple[int, int]
) -> None:  # fmt: skip
    surface.blit(_pane(size, radius, alpha, colour), at)


def _rect(surface: pygame.Surface, colour: Rgb, rect: tuple[int, int, int, int], thick: int, radius: int) -> None:
    pygame.draw.rect(surface, colour, rect, thick, radius)


def oval_stroke(surface: pygame.Surface, colour: Rgb, rect: tuple[int, int, int, int], thick: int) -> None:
    pygame.draw.ellipse(surface, colour, rect, thick)


def _line(surface: pygame.Surface, colour: Rgb, start: tuple[int, int], end: tuple[int, int], thick: int) -> None:
    pygame.draw.line(surface, colour, start, end, thick)


def ring_stroke(surface: pygame.Surface, at: tuple[float, float], radius: float, thick: int, colour: Rgb) -> None:
    pygame.draw.aacircle(surface, colour, at, radius, thick)


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
