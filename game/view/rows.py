"""What pages of words have in common: a pane that fits, the mark of the chosen row, a line of modes, paragraphs."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import layout_of
from game.view.panels import dimmed
from game.view.pen import Pen, Written


def mark_row(pen: Pen, left: float, y: float, high: float, arrow_x: float) -> None:
    """The chosen row of a list, `y` its middle: a bar at the pane's edge and an arrow, so that colour is not needed."""
    pygame.draw.rect(pen.surface, p.ACCENT, (left, y - high / 2, pen.px(8), high))
    pen.arrow(arrow_x, y, 12, 1.0, p.ACCENT)


def paragraph(
    pen: Pen, pane: pygame.Rect, words: str, at: tuple[float, float], *, room: int, size: float, step: float,
    colour: p.Rgb | None = None, face: Face = Face.TEXT,
) -> float:  # fmt: skip
    """Words in as many lines as they need, the first with its middle at `at`; returns the middle of the next."""
    x, y = at
    for line in fonts.wrapped(words, face, pen.px(size), room):
        pen.text(line, pane, (x, y), face=face, size=size, colour=colour, room=room)
        y += pen.px(step)
    return y


def lines_of(pen: Pen, words: str, room: int, size: float, face: Face = Face.TEXT) -> int:
    """How many lines the words need."""
    return len(fonts.wrapped(words, face, pen.px(size), room))


def draw_fitted(
    surface: pygame.Surface, wide: float, write: Callable[[Pen, pygame.Rect], float], dim: int | None = None
) -> list[Written]:  # fmt: skip
    """A page on one pane in the middle, over whatever is there, dimmed, and as high as its words need.

    What does not fit is written smaller, all of it alike. wide  of the pane, in units; `write` puts the words on it
    and returns how high they are.
    """
    layout = layout_of(surface.get_size())
    surface.blit(dimmed(layout.size) if dim is None else dimmed(layout.size, dim), (0, 0))

    def pane_of(unit: float) -> pygame.Rect:
        trial = Pen(pygame.Surface((1, 1)), unit)
        pane = pygame.Rect(0, 0, min(trial.px(wide), layout.size[0] - trial.px(40)), layout.size[1])
        pane.height = round(write(trial, pane))
        pane.center = (layout.size[0] // 2, layout.size[1] // 2)
        return pane

    unit = layout.unit
    pane = pane_of(unit)
    while pane.height > layout.size[1] - 16 and unit > 0.4 * layout.unit:
        unit *= 0.95
        pane = pane_of(unit)
    pen = Pen(surface, unit)
    pen.panel(pane, 236)
    pygame.draw.rect(surface, p.ACCENT, (pane.left, pane.top, pane.width, pen.px(8)))
    write(pen, pane)
    return pen.written


def draw_modes(
    pen: Pen, pane: pygame.Rect, names: tuple[str, ...], index: int, at: tuple[float, float], room: float
) -> None:  # fmt: skip
    """The modes in a line between two arrows, the chosen one on a plate."""
    x, y = at
    wides = [fonts.width(name, Face.TITLE, pen.px(32)) + pen.px(28) for name in names]
    shrink = min(1.0, (room - pen.px(52)) / (sum(wides) + pen.px(6) * (len(names) - 1)))
    pen.arrow(x + pen.px(8), y, 11, -1.0, p.ACCENT)
    x += pen.px(30)
    for i, (name, wide) in enumerate(zip(names, wides, strict=True)):
        plate = round(wide * shrink)
        if i == index:
            pygame.draw.rect(pen.surface, p.ACCENT, (x, y - pen.px(23), plate, pen.px(46)), 0, pen.px(6))
        pen.text(name, pane, (x + plate / 2, y), face=Face.TITLE, size=32 * shrink, align=0.5,
                 colour=p.SPACE if i == index else p.QUIET, room=plate)  # fmt: skip
        x += plate + pen.px(6)
    pen.arrow(x + pen.px(12), y, 11, 1.0, p.ACCENT)
