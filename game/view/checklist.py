"""What a first flight is told beside the craft: a hint, and the controls to try, ticked off as they are used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.cues.signs import Sign
from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import Layout
from game.view.pen import Pen, Written

_LEAST_WIDE: Final = 200  # units: in a smaller window it would hide the flight


@dataclass(frozen=True, slots=True)
class TaughtRow:
    """A control: what to press, what it does, and whether it has been used."""

    keys: str
    words: str
    done: bool


@dataclass(frozen=True, slots=True)
class Taught:
    """heading and rows of the list; the hint with its own heading. Empty words are not drawn."""

    heading: str
    rows: tuple[TaughtRow, ...]
    hint_heading: str = ""
    hint: str = ""


def draw_taught(surface: pygame.Surface, layout: Layout, taught: Taught) -> list[Written]:
    """On panes in the corner of the stage, the hint above the list."""
    pen = Pen(surface, layout.unit)
    write_taught(pen, layout, taught)
    return pen.written


def write_taught(pen: Pen, layout: Layout, taught: Taught) -> None:
    """The same with a pen."""
    box = layout.taught
    pen = pen.sized(layout.largest_unit(lambda unit: _needed(unit, box, taught) <= box.height))
    bottom = box.bottom
    if box.width < pen.px(_LEAST_WIDE):
        return
    if taught.rows:
        bottom = _list(pen, box, taught, bottom) - pen.px(10)
    if taught.hint:
        _hint(pen, box, taught, bottom)


def _needed(unit: float, box: pygame.Rect, taught: Taught) -> int:
    """How high list and hint together would be in this unit."""
    pen = Pen(pygame.Surface((1, 1)), unit)
    lines = fonts.wrapped(taught.hint, Face.TEXT, pen.px(22), box.width - pen.px(36))
    return (pen.px(62 + 58 * len(taught.rows)) if taught.rows else 0) + (pen.px(56 + 30 * len(lines)) if lines else 0)


def _list(pen: Pen, box: pygame.Rect, taught: Taught, bottom: int) -> int:
    row = pen.px(58)
    rows = taught.rows[: max((box.height - pen.px(52)) // row, 1)]
    high = row * len(rows) + pen.px(52)
    pane = pygame.Rect(box.left, bottom - high, box.width, high)
    pen.panel(pane, 205)
    left, room = pane.left + pen.px(16), pane.width - pen.px(30)
    pen.text(taught.heading.upper(), pane, (left, pane.top + pen.px(26)), face=Face.HEADING, size=24, colour=p.QUIET)
    y = pane.top + pen.px(46)
    for line in rows:
        middle = y + row / 2
        if line.done:
            pen.sign(Sign.GO, left + pen.px(12), middle, 11)
        else:
            frame = pygame.Rect(0, 0, pen.px(20), pen.px(20))
            frame.center = (left + pen.px(12), round(middle))
            pen.rect(p.QUIET, frame, pen.px(2), pen.px(4))
        at = left + pen.px(38)
        colour = p.GO if line.done else p.TEXT
        pen.text(line.keys, pane, (at, middle - pen.px(13)), face=Face.BOLD, size=21, colour=colour,
                 room=room - pen.px(38))  # fmt: skip
        pen.text(line.words, pane, (at, middle + pen.px(14)), size=20, colour=p.QUIET, room=room - pen.px(38))
        y += row
    return pane.top


def _hint(pen: Pen, box: pygame.Rect, taught: Taught, bottom: int) -> None:
    room = box.width - pen.px(36)
    lines = fonts.wrapped(taught.hint, Face.TEXT, pen.px(22), room)
    high = pen.px(56) + pen.px(30) * len(lines)
    pane = pygame.Rect(box.left, bottom - high, box.width, high)
    pen.panel(pane, 215)
    pen.rect(p.CAUTION, pygame.Rect(pane.left, pane.top, pen.px(6), pane.height))
    left = pane.left + pen.px(22)
    pen.text(taught.hint_heading.upper(), pane, (left, pane.top + pen.px(26)), face=Face.HEADING, size=24,
             colour=p.CAUTION)  # fmt: skip
    y = pane.top + pen.px(58)
    for line in lines:
        pen.text(line, pane, (left, y), size=22, room=room)
        y += pen.px(30)
