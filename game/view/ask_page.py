"""A question over whatever is there: what is asked, what it means, and the answers in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.view import palette as p
from game.view.fonts import Face
from game.view.pen import Pen, Written
from game.view.rows import draw_fitted, mark_row, paragraph

_WIDE: Final = 900
_ROW: Final = 62


@dataclass(frozen=True, slots=True)
class AskPage:
    """The question, a line or two on it, the answers with the one that is marked, and the keys."""

    question: str
    about: str
    answers: tuple[str, ...]
    index: int
    hint: str


def draw_ask(surface: pygame.Surface, page: AskPage) -> list[Written]:
    """In the middle of the window, what lies under it dimmed; returns every line of text with its place."""

    def write(pen: Pen, pane: pygame.Rect) -> float:
        left, room = pane.left + pen.px(48), pane.width - pen.px(96)
        y = paragraph(pen, pane, page.question, (left, pane.top + pen.px(64)), room=room, size=48, step=54,
                      face=Face.TITLE)  # fmt: skip
        y = paragraph(pen, pane, page.about, (left, y + pen.px(4)), room=room, size=24, step=32)
        y += pen.px(26)
        for index, answer in enumerate(page.answers):
            chosen = index == page.index
            if chosen:
                mark_row(pen, pane.left, y, pen.px(_ROW), left + pen.px(4))
            pen.text(answer, pane, (left + pen.px(30), y), face=Face.TITLE, size=42,
                     colour=p.TEXT if chosen else p.QUIET, room=room - pen.px(30))  # fmt: skip
            y += pen.px(_ROW)
        y = paragraph(pen, pane, page.hint, (left, y + pen.px(4)), room=room, size=20, step=28, colour=p.QUIET)
        return y + pen.px(8) - pane.top

    return draw_fitted(surface, _WIDE, write)
