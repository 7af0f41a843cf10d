"""A page of rows over whatever is there, dimmed: a heading, columns, one row marked, words at the foot."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pygame

from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import Layout, layout_of
from game.view.panels import UNDER_PAGE, dimmed
from game.view.pen import Pen

_ROW: Final = 52
_LEAST_ROW: Final = 44  # two lines of small words
_TALLEST_ROW: Final = 70
_HEAD: Final = 150
_FOOT: Final = 96
_GAP: Final = 14  # between columns


@dataclass(frozen=True, slots=True)
class Rows:
    """The page's measures in pixels. `columns` are the left ends, `rooms` how wide each may be."""

    pen: Pen
    pane: pygame.Rect
    columns: tuple[int, ...]
    rooms: tuple[int, ...]
    row_px: int

    def y_of(self, index: int) -> float:
        """The middle of a row."""
        return self.pane.top + self.pen.px(_HEAD) + (index + 0.5) * self.row_px

    def rect_of(self, index: int) -> pygame.Rect:
        """A whole row: where a finger finds it."""
        return pygame.Rect(self.pane.left, round(self.y_of(index) - 0.5 * self.row_px), self.pane.width, self.row_px)

    def name(self, index: int, words: str, *, chosen: bool, lift: float = 0.0) -> None:
        """The first column, and the mark of the row that is chosen. `lift`: higher by so much of the row."""
        pen, y = self.pen, self.y_of(index)
        if chosen:
            row = self.rect_of(index)
            pygame.draw.rect(pen.surface, p.ACCENT, (row.left, row.top, pen.px(8), row.height))
            pen.arrow(self.columns[0] - pen.px(26), y, 11, 1.0, p.ACCENT)
        pen.text(words, self.pane, (self.columns[0], y - lift * self.row_px), face=Face.HEADING, size=30,
                 colour=p.TEXT if chosen else p.QUIET, room=self.rooms[0])  # fmt: skip

    def foot(self, words: str) -> None:
        """What to press, or what has to be told, in two lines at most."""
        pen, left = self.pen, self.pane.left + self.pen.px(44)
        y, room = self.pane.bottom - pen.px(_FOOT) + pen.px(34), self.pane.width - pen.px(88)
        for line in fonts.wrapped(words, Face.TEXT, pen.px(20), room)[:2]:
            pen.text(line, self.pane, (left, y), size=20, colour=p.QUIET, room=room)
            y += pen.px(28)


def draw_page(
    surface: pygame.Surface, heading: str, heads: tuple[str, ...], shares: tuple[float, ...], count: int,
    wide: int = 1180,
) -> Rows:  # fmt: skip
    """The pane of a page with so many rows, its heading, and the heads of its columns.

    shares   where each column begins, of the pane's inner width
    wide     units, if the window has them
    """
    layout = layout_of(surface.get_size())
    surface.blit(dimmed(layout.size, UNDER_PAGE), (0, 0))
    unit = layout.largest_unit(lambda unit: layout.size[1] - 8 >= unit * (_HEAD + _FOOT + _LEAST_ROW * count))
    rows = _measured(Pen(surface, unit), layout, shares, count, wide)
    pen, pane = rows.pen, rows.pane
    pen.panel(pane, 235)
    pen.text(heading, pane, (pane.left + pen.px(44), pane.top + pen.px(58)), face=Face.TITLE, size=64)
    for words, x, room in zip(heads, rows.columns, rows.rooms, strict=True):
        pen.text(words, pane, (x, pane.top + pen.px(118)), face=Face.HEADING, size=24, colour=p.QUIET, room=room)
    return rows


def _measured(pen: Pen, layout: Layout, shares: tuple[float, ...], count: int, wide: int) -> Rows:
    window_wide, high = layout.size
    row = min(pen.px(_TALLEST_ROW if layout.upright else _ROW), (high - pen.px(_HEAD + _FOOT) - 8) // count)
    pane = pygame.Rect(0, 0, min(pen.px(wide), window_wide - pen.px(40)), pen.px(_HEAD + _FOOT) + row * count)
    pane.center = (window_wide // 2, high // 2)
    left, inner = pane.left + pen.px(44 + 30), pane.width - pen.px(88)
    ends = (*(left + round(share * inner) for share in shares), pane.right - pen.px(30))
    return Rows(pen, pane, ends[:-1], tuple(b - a - pen.px(_GAP) for a, b in pairwise(ends)), row)
