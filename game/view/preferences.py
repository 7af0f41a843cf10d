"""The page of settings: each with its value between two arrows, and a line on what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.content.texts import Texts
from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.pen import Written
from game.view.row_page import Rows, draw_page

_SIZE: Final = 20  # of the lines on what a setting does
_STEP: Final = 23


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One line: a name, a value if it has one, and what it does."""

    name: str
    value: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The rows, which of them is marked, and the words at the foot."""

    rows: tuple[SettingRow, ...]
    index: int
    hint: str


@dataclass(frozen=True, slots=True)
class Target:
    """A place to tap or to click, in pixels: which row it is, and which way its value goes there."""

    rect: pygame.Rect
    index: int
    way: int


def draw_settings(
    surface: pygame.Surface, texts: Texts, page: SettingsPage
) -> tuple[list[Written], list[Target]]:  # fmt: skip
    """On a pane over whatever is there, dimmed. The first target that holds a place is the one that is meant there."""
    heading = texts.get("settings.heading").upper()
    rows = draw_page(surface, heading, ("", "", ""), (0.0, 0.30, 0.56), len(page.rows), wide=1480)
    targets: list[Target] = []
    for index, line in enumerate(page.rows):
        chosen = index == page.index
        rows.name(index, line.name, chosen=chosen)
        if line.value:
            targets.append(Target(_value(rows, index, line.value, chosen=chosen), index, -1))
        targets.append(Target(rows.rect_of(index), index, 1))
        _about(rows, index, line.about, chosen=chosen)
    rows.foot(page.hint)
    return rows.pen.written, targets


def _value(rows: Rows, index: int, words: str, *, chosen: bool) -> pygame.Rect:
    """Between its arrows; returns where the one is that leads back."""
    pen, y = rows.pen, rows.y_of(index)
    left, room = rows.columns[1], rows.rooms[1]
    colour = p.ACCENT if chosen else p.QUIET
    pen.arrow(left + pen.px(12), y, 10, -1.0, colour)
    pen.arrow(left + room - pen.px(12), y, 10, 1.0, colour)
    pen.text(words, rows.pane, (left + 0.5 * room, y), face=Face.BOLD, size=24,
             colour=p.TEXT if chosen else p.QUIET, align=0.5, room=room - pen.px(60))  # fmt: skip
    row = rows.rect_of(index)
    return pygame.Rect(left - pen.px(10), row.top, room // 2 + pen.px(10), row.height)


def _about(rows: Rows, index: int, words: str, *, chosen: bool) -> None:
    pen, left, room = rows.pen, rows.columns[2] + rows.pen.px(20), rows.rooms[2] - rows.pen.px(20)
    lines = fonts.wrapped(words, Face.TEXT, pen.px(_SIZE), room)
    y = rows.y_of(index) - 0.5 * pen.px(_STEP) * (len(lines) - 1)
    for line in lines:
        pen.text(line, rows.pane, (left, y), size=_SIZE, colour=p.TEXT if chosen else p.QUIET, room=room)
        y += pen.px(_STEP)
