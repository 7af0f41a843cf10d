"""The help: every control of one device on a page, as caps with what each does."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.panels import UNDER_PAGE
from game.view.pen import Pen, Written
from game.view.rows import draw_fitted, paragraph


@dataclass(frozen=True, slots=True)
class HelpRow:
    """What to press, and what it does."""

    keys: str
    words: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """heading, the device, its rows, and how to leave."""

    heading: str
    device: str
    rows: tuple[HelpRow, ...]
    hint: str


def draw_help(surface: pygame.Surface, page: HelpPage) -> list[Written]:
    """On a pane over whatever is there, dimmed; what does not fit is written smaller, all of it alike."""
    return draw_fitted(surface, 1240, lambda pen, pane: _words(pen, pane, page), UNDER_PAGE)


def _words(pen: Pen, pane: pygame.Rect, page: HelpPage) -> float:
    """Everything but the pane itself; returns how high it is."""
    left, right = pane.left + pen.px(48), pane.right - pen.px(48)
    y = float(pane.top + pen.px(70))
    pen.text(page.heading.upper(), pane, (left, y), face=Face.TITLE, size=72, room=0.6 * pane.width)
    pen.text(page.device.upper(), pane, (right, y + pen.px(8)), face=Face.HEADING, size=30, colour=p.QUIET, align=1.0,
             room=0.3 * pane.width)  # fmt: skip
    y += pen.px(88)
    widest = max(fonts.width(row.keys, Face.BOLD, pen.px(24)) for row in page.rows) + pen.px(40)
    cap = min(widest, round(0.4 * pane.width))
    for row in page.rows:
        at = left + cap + pen.px(26)
        frame = pygame.Rect(round(left), round(y - pen.px(23)), cap, pen.px(46))
        pygame.draw.rect(pen.surface, p.QUIET, frame, pen.px(2), pen.px(8))
        pen.text(row.keys, pane, frame.center, face=Face.BOLD, size=24, align=0.5, room=cap - pen.px(20))
        low = paragraph(pen, pane, row.words, (at, y), room=round(right - at), size=23, step=31)
        y = max(low, y + pen.px(46)) + pen.px(12)
    y += pen.px(10)
    pen.text(page.hint, pane, (left, y), face=Face.BOLD, size=22, colour=p.GO, room=right - left)
    return y + pen.px(40) - pane.top
