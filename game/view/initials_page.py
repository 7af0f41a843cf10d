"""Three letters for a board, large, each between two arrows, over what is there; how long there is still to choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.view import palette as p
from game.view.fonts import Face
from game.view.pen import Pen, Written
from game.view.rows import draw_fitted, paragraph

_WIDE: Final = 760
_CELL: Final = 150  # units: across a letter, and its height
_ARROW: Final = 64  # height of the place of an arrow: a finger's width
_TAKE: Final = 62
_LETTER: Final = 124
_EDGE: Final = 48


@dataclass(frozen=True, slots=True)
class InitialsPage:
    """What place it is and of which board; the letters and which is chosen; a word about what was wrong with them, or
    none; the seconds that are left and what share that is; what takes them, and the keys.
    """

    heading: str
    about: str
    letters: str
    index: int
    remark: str
    left: str
    share: float
    take: str
    hint: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a finger finds what, for each letter, and where it takes them; and every line with its place."""

    ups: tuple[pygame.Rect, ...]
    letters: tuple[pygame.Rect, ...]
    downs: tuple[pygame.Rect, ...]
    take: pygame.Rect
    written: list[Written]


def draw_initials(surface: pygame.Surface, page: InitialsPage) -> Parts:
    """On a pane in the middle, what lies under it dimmed."""
    cells: list[tuple[pygame.Rect, pygame.Rect, pygame.Rect]] = []
    take = pygame.Rect(0, 0, 0, 0)

    def write(pen: Pen, pane: pygame.Rect) -> float:
        cells.clear()
        left, room = pane.left + pen.px(_EDGE), pane.width - pen.px(2 * _EDGE)
        y = paragraph(pen, pane, page.heading, (left, pane.top + pen.px(62)), room=room, size=48, step=52,
                      face=Face.TITLE)  # fmt: skip
        y = paragraph(pen, pane, page.about, (left, y), room=room, size=24, step=32, colour=p.QUIET)
        y = _letters(pen, pane, page, y - pen.px(8), cells)
        words, colour = (page.remark, p.CAUTION) if page.remark else (page.left, p.QUIET)
        pen.text(words, pane, (pane.centerx, y + pen.px(24)), size=23, align=0.5, colour=colour, room=room)
        y += pen.px(52)
        bar = pygame.Rect(left, round(y), room, pen.px(8))
        pen.rect(p.PANEL, bar, 0, pen.px(4))
        pen.rect(p.QUIET, bar, 1, pen.px(4))
        pen.rect(p.ACCENT, pygame.Rect(bar.left, bar.top, round(page.share * bar.width), bar.height), 0, pen.px(4))
        y += pen.px(28)
        take.update(0, 0, min(room, pen.px(320)), pen.px(_TAKE))
        take.midtop = (pane.centerx, round(y))
        pen.rect(p.ACCENT, take, 0, pen.px(8))
        pen.text(page.take, take, take.center, face=Face.TITLE, size=38, align=0.5, colour=p.SPACE,
                 room=take.width - pen.px(16))  # fmt: skip
        y = paragraph(pen, pane, page.hint, (left, take.bottom + pen.px(32)), room=room, size=20, step=28,
                      colour=p.QUIET)  # fmt: skip
        return y + pen.px(6) - pane.top

    written = draw_fitted(surface, _WIDE, write)
    ups, letters, downs = zip(*cells, strict=True)
    return Parts(ups, letters, downs, take, written)


def _letters(
    pen: Pen, pane: pygame.Rect, page: InitialsPage, top: float,
    cells: list[tuple[pygame.Rect, pygame.Rect, pygame.Rect]],
) -> float:  # fmt: skip
    """The letters in a row; where they end."""
    wide, high, arrow = pen.px(_CELL), pen.px(_CELL), pen.px(_ARROW)
    gap = pen.px(24)
    whole = wide * len(page.letters) + gap * (len(page.letters) - 1)
    for index, letter in enumerate(page.letters):
        left = pane.centerx - whole // 2 + index * (wide + gap)
        up = pygame.Rect(left, round(top), wide, arrow)
        cell = pygame.Rect(left, up.bottom, wide, high)
        down = pygame.Rect(left, cell.bottom, wide, arrow)
        cells.append((up, cell, down))
        chosen = index == page.index
        pen.rect(p.PANEL, cell, 0, pen.px(8))
        pen.rect(p.ACCENT if chosen else p.QUIET, cell, pen.px(6 if chosen else 2), pen.px(8))
        pen.text(letter, cell, cell.center, face=Face.TITLE, size=_LETTER, align=0.5,
                 colour=p.TEXT if chosen else p.QUIET, room=wide)  # fmt: skip
        for place, side in ((up, -1.0), (down, 1.0)):
            x, y, size = place.centerx, place.centery, pen.px(22 if chosen else 16)
            pen.fill(((x, y + side * size), (x - size, y - side * size), (x + size, y - side * size)),
                     p.ACCENT if chosen else p.QUIET)  # fmt: skip
    return top + 2 * arrow + high
