"""The page of all flights: a list with medals and bests, and of the chosen one what it is and what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.content.levels import Medal
from game.view import ink
from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import layout_of
from game.view.medals import draw_medal
from game.view.panels import UNDER_PAGE, dimmed
from game.view.pen import Pen, Written
from game.view.rows import draw_modes, lines_of, mark_row, paragraph

_ROW: Final = 58
_LEAST_ROW: Final = 44
_HEAD: Final = 132
_EDGE: Final = 44
_BETWEEN: Final = 72  # columns
_NARROWEST: Final = 400  # column that has room for a title and a best


@dataclass(frozen=True, slots=True)
class LadderRow:
    """A level: its title, its medal in the chosen mode, and its best there in words (empty without one). Or a way on to
    another page, which earns nothing.
    """

    title: str
    medal: Medal | None
    best: str
    leads_on: bool = False


@dataclass(frozen=True, slots=True)
class LadderPage:
    """The rows and which is marked; the modes and which is chosen; then about the marked one: its brief, the best
    in a sentence, every medal with what it takes; the keys at the foot.
    """

    heading: str
    rows: tuple[LadderRow, ...]
    index: int
    modes: tuple[str, ...]
    mode: int
    brief: str
    best: str
    medals: tuple[tuple[Medal, str], ...]
    hint: str


def draw_ladder(surface: pygame.Surface, page: LadderPage) -> tuple[pygame.Rect, list[Written]]:
    """On a pane over whatever is there, dimmed; returns the pane and what was written on it."""
    layout = layout_of(surface.get_size())
    pen = Pen(surface, layout.unit)
    wide, high = layout.size
    surface.blit(dimmed(layout.size, UNDER_PAGE), (0, 0))
    pane = pygame.Rect(0, 0, min(pen.px(1180), wide - pen.px(40)), high - pen.px(40))
    inner = pane.width - pen.px(2 * _EDGE)
    # As high for the longest brief as for the shortest: a pane that jumps with every press is hard to read.
    about = pen.px(64) + pen.px(32) * max(lines_of(pen, page.brief, inner, 23), 2) + pen.px(178)
    room = pane.height - pen.px(_HEAD) - about
    columns = _columns(pen, len(page.rows), inner, room)
    lines = -(-len(page.rows) // columns)
    row = min(pen.px(_ROW), max(room // lines, pen.px(_LEAST_ROW)))
    high_rows = max(min(room // row, lines), 1)
    shown = min(columns * high_rows, len(page.rows))
    pane.height = pen.px(_HEAD) + row * high_rows + about
    pane.center = (wide // 2, high // 2)
    pen.panel(pane, 236)
    left, top = pane.left + pen.px(_EDGE), pane.top + pen.px(_HEAD)
    pen.text(page.heading.upper(), pane, (left, pane.top + pen.px(66)), face=Face.TITLE, size=72, room=inner)
    first = min(max(page.index - shown // 2, 0), len(page.rows) - shown)
    between = pen.px(_BETWEEN)
    broad = (inner - (columns - 1) * between) // columns
    for place in range(shown):
        column, line = divmod(place, high_rows)
        # From edge to edge of what is its own, so that a finger meets a row anywhere.
        own = pane.width if columns == 1 else broad + between
        box = pygame.Rect(pane.left + column * (broad + between), pane.top, own, pane.height)
        y = top + (line + 0.5) * row
        _row(pen, box, broad, page.rows[first + place], y, row, chosen=first + place == page.index)
    _more(pen, pane, row, top, high_rows, up=first > 0, down=first + shown < len(page.rows))
    y = top + row * high_rows + pen.px(20)
    pygame.draw.line(surface, p.QUIET, (left, y), (left + inner, y), 1)
    y += pen.px(36)
    y = paragraph(pen, pane, page.brief, (left, y), room=inner, size=23, step=32)
    low = pane.bottom - pen.px(30)
    pen.text(page.hint, pane, (left, low), size=20, colour=p.QUIET, room=inner)
    low -= pen.px(52)
    draw_modes(pen, pane, page.modes, page.mode, (left, low), inner)
    low -= pen.px(58)
    _takes(pen, pane, page, left, low, inner)
    return pane, pen.written


def _columns(pen: Pen, rows: int, inner: int, room: int) -> int:
    """One, while all rows have their room in it; else two side by side, where they are wide enough."""
    if rows * pen.px(_LEAST_ROW) <= room or inner < pen.px(2 * _NARROWEST + _BETWEEN):
        return 1
    return 2


def _row(
    pen: Pen, column: pygame.Rect, broad: int, line: LadderRow, y: float, row: int, *, chosen: bool
) -> None:  # fmt: skip
    """A line of the list about `y`: of its column the left edge belongs to the mark, and so much to the words."""
    left, right = column.left + pen.px(_EDGE), column.left + pen.px(_EDGE) + broad
    if chosen:
        mark_row(pen, column.left, y, row, left - pen.px(12))
    colour = p.TEXT if chosen else p.QUIET
    if line.leads_on:
        _book(pen, left + pen.px(36), y, min(34.0, 0.68 * row / pen.unit), colour)
    else:
        draw_medal(pen, left + pen.px(36), y, line.medal, min(17.0, 0.34 * row / pen.unit))
    size = min(42.0, 0.78 * row / pen.unit)
    best = 0.2 * broad if broad > pen.px(2 * _NARROWEST) else pen.px(96)
    pen.text(line.title, column, (left + pen.px(72), y), face=Face.TITLE, size=size, colour=colour,
             room=broad - pen.px(84) - best)  # fmt: skip
    pen.text(line.best, column, (right, y), face=Face.BOLD, size=0.66 * size, colour=colour, align=1.0,
             room=best)  # fmt: skip


def _book(pen: Pen, x: float, y: float, size: float, colour: p.Rgb) -> None:
    """A page with lines on it, so many units high."""
    high = pen.px(size)
    sheet = pygame.Rect(0, 0, round(0.78 * high), high)
    sheet.center = (round(x), round(y))
    pygame.draw.rect(pen.surface, colour, sheet, pen.px(2), pen.px(3))
    for share, length in ((0.28, 0.56), (0.5, 0.56), (0.72, 0.36)):
        left, at = sheet.left + round(0.22 * sheet.width), sheet.top + round(share * high)
        pygame.draw.line(pen.surface, colour, (left, at), (left + round(length * sheet.width), at), pen.px(2))


def _more(pen: Pen, pane: pygame.Rect, row: int, top: float, shown: int, *, up: bool, down: bool) -> None:
    """Arrows where the list goes on."""
    x, size = pane.right - pen.px(22), pen.px(10)
    if up:
        y = top + pen.px(10)
        ink.fill(pen.surface, ((x, y - size), (x - size, y + size), (x + size, y + size)), p.ACCENT)
    if down:
        y = top + row * shown - pen.px(10)
        ink.fill(pen.surface, ((x, y + size), (x - size, y - size), (x + size, y - size)), p.ACCENT)


def _takes(pen: Pen, pane: pygame.Rect, page: LadderPage, left: float, y: float, room: int) -> None:
    """The best in a sentence, and every medal with what it takes."""
    pen.text(page.best, pane, (left, y - pen.px(36)), face=Face.BOLD, size=21, colour=p.CAUTION, room=room)
    for i, (medal, words) in enumerate(page.medals):
        x = left + i * room / len(page.medals)
        draw_medal(pen, x + pen.px(14), y, medal, 13)
        pen.text(words, pane, (x + pen.px(36), y), size=20, colour=p.QUIET,
                 room=room / len(page.medals) - pen.px(44))  # fmt: skip
