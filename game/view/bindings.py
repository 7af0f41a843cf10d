"""The page on which controls are bound anew: every control with its keys and its parts of a gamepad, and conflicts."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.content.texts import Texts
from game.cues.signs import Sign
from game.view import palette as p
from game.view.fonts import Face
from game.view.pen import Written
from game.view.row_page import Rows, draw_page


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
    heads = ("", texts.get("controls.keyboard").upper(), texts.get("controls.pad").upper())
    rows = draw_page(surface, texts.get("controls.heading").upper(), heads, (0.0, 0.413, 0.693), len(page.rows))
    for index, line in enumerate(page.rows):
        chosen = index == page.index
        rows.name(index, line.name, chosen=chosen, lift=0.17 if line.conflict else 0.0)
        _conflict(rows, index, line.conflict)
        if chosen and page.waiting:
            rows.pen.text(texts.get("controls.press"), rows.pane, (rows.columns[1], rows.y_of(index)), face=Face.BOLD,
                          size=22, colour=p.GO, room=rows.rooms[1] + rows.rooms[2])  # fmt: skip
            continue
        for x, room, words in zip(rows.columns[1:], rows.rooms[1:], (line.keys, line.parts), strict=True):
            rows.pen.text(words, rows.pane, (x, rows.y_of(index)), face=Face.TEXT, size=22,
                          colour=p.TEXT if chosen else p.QUIET, room=room)  # fmt: skip
    rows.foot(page.hint)
    return rows.pen.written


def _conflict(rows: Rows, index: int, words: str) -> None:
    """With which other controls it shares a key, below its name."""
    if not words:
        return
    pen, x, y = rows.pen, rows.columns[0], rows.y_of(index) + 0.30 * rows.row_px
    pen.sign(Sign.CAUTION, x + pen.px(8), y, 8)
    pen.text(words, rows.pane, (x + pen.px(24), y), size=18, colour=p.CAUTION, room=rows.rooms[0] - pen.px(26))
