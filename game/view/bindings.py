"""The page on which controls are bound anew: every control with its keys and its parts of a gamepad, and conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.content.texts import Texts
from game.cues.signs import Sign
from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import layout_of
from game.view.panels import dimmed
from game.view.pen import Pen, Written

_ROW: Final = 52
_HEAD: Final = 150
_FOOT: Final = 96


@dataclass(frozen=True, slots=True)
class BindingRow:
    """One line: a control's name with what it is bound to and with whom it shares that, or a choice alone."""

    name: str
    keys: str = ""
    parts: str = ""
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class BindingPage:
    """The rows, which of them is marked, and the words at the foot; `waiting` for a press that binds it."""

    rows: tuple[BindingRow, ...]
    index: int
    waiting: bool
    hint: str


def draw_bindings(surface: pygame.Surface, texts: Texts, page: BindingPage) -> list[Written]:
    """On a pane over whatever is there, dimmed."""
    layout = layout_of(surface.get_size())
    pen = Pen(surface, layout.unit)
    wide, high = layout.size
    surface.blit(dimmed(layout.size), (0, 0))
    row = min(pen.px(_ROW), (high - pen.px(_HEAD + _FOOT) - 8) // len(page.rows))
    pane = pygame.Rect(0, 0, min(pen.px(1180), wide - pen.px(40)), pen.px(_HEAD + _FOOT) + row * len(page.rows))
    pane.center = (wide // 2, high // 2)
    pen.panel(pane, 235)
    left = pane.left + pen.px(44)
    inner = pane.width - pen.px(88)
    columns = (left + pen.px(30), left + round(0.44 * inner), left + round(0.72 * inner))
    rooms = (columns[1] - columns[0], columns[2] - columns[1], pane.right - pen.px(30) - columns[2])
    pen.text(texts.get("controls.heading").upper(), pane, (left, pane.top + pen.px(58)), face=Face.TITLE, size=64)
    head = pane.top + pen.px(118)
    for key, x, room in zip(("keyboard", "pad"), columns[1:], rooms[1:], strict=True):
        pen.text(texts.get(f"controls.{key}").upper(), pane, (x, head), face=Face.HEADING, size=24, colour=p.QUIET,
                 room=room - pen.px(14))  # fmt: skip
    y = pane.top + pen.px(_HEAD) + row / 2
    for index, line in enumerate(page.rows):
        _row(pen, pane, (columns, rooms), line, y, row, chosen=index == page.index, waiting=page.waiting and
             index == page.index, press=texts.get("controls.press"))  # fmt: skip
        y += row
    y = pane.bottom - pen.px(_FOOT) + pen.px(34)
    for words in fonts.wrapped(page.hint, Face.TEXT, pen.px(20), inner)[:2]:
        pen.text(words, pane, (left, y), size=20, colour=p.QUIET, room=inner)
        y += pen.px(28)
    return pen.written


def _row(
    pen: Pen, pane: pygame.Rect, places: tuple[tuple[int, ...], tuple[int, ...]], line: BindingRow, y: float, row: int,
    *, chosen: bool, waiting: bool, press: str,
) -> None:  # fmt: skip
    columns, rooms = places
    if chosen:
        pygame.draw.rect(pen.surface, p.ACCENT, (pane.left, y - row / 2, pen.px(8), row))
        pen.arrow(columns[0] - pen.px(26), y, 11, 1.0, p.ACCENT)
    colour = p.TEXT if chosen else p.QUIET
    shift = 0.17 * row if line.conflict else 0.0
    pen.text(line.name, pane, (columns[0], y - shift), face=Face.HEADING, size=30, colour=colour,
             room=rooms[0] - pen.px(14))  # fmt: skip
    if line.conflict:
        pen.sign(Sign.CAUTION, columns[0] + pen.px(8), y + 0.30 * row, 8)
        pen.text(line.conflict, pane, (columns[0] + pen.px(24), y + 0.30 * row), size=18, colour=p.CAUTION,
                 room=rooms[0] - pen.px(40))  # fmt: skip
    if waiting:
        pen.text(press, pane, (columns[1], y), face=Face.BOLD, size=22, colour=p.GO, room=rooms[1] + rooms[2])
        return
    for x, room, words in zip(columns[1:], rooms[1:], (line.keys, line.parts), strict=True):
        pen.text(words, pane, (x, y), face=Face.TEXT, size=22, colour=colour, room=room - pen.px(14))
