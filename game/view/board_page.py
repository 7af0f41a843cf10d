"""A board of the score book: of which level, mode and time, ten flights with their figures, and the one to beat."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pygame

from game.cues.signs import Sign
from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import layout_of
from game.view.panels import UNDER_PAGE, dimmed
from game.view.pen import Pen, Written
from game.view.rows import draw_modes, mark_row
from game.view.signs import colour_of

CHOICES: Final = 3  # level, mode, time: the lines above the rows
ROWS: Final = 11  # ten, and hers
_WIDE: Final = 1240
_HEAD: Final = 104
_CHOICE: Final = 54
_HEADS: Final = 46
_ROW: Final = 50
_FOOT: Final = 84
_EDGE: Final = 48
_GAP: Final = 12  # between columns
# Place, initials, points, touchdown, distance, date, proof: where each begins, of the inner width.
_SHARES: Final = (0.0, 0.06, 0.18, 0.305, 0.44, 0.58, 0.815)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A flight in words, and how far it is proved as sign and word. `newest`: of this board, with a word for it;
    `hers`: the one to beat, which nobody here has flown.
    """

    place: str
    name: str
    points: str
    touchdown: str
    distance: str
    date: str
    proof: str
    sign: Sign | None = None
    newest: str = ""
    hers: bool = False


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The level, the modes and times with the chosen ones, the heads of the columns, the rows (or a word about that
    there are none), which line is marked (the three choices first), what is told and the keys.
    """

    heading: str
    level: str
    modes: tuple[str, ...]
    mode: int
    times: tuple[str, ...]
    time: int
    heads: tuple[str, ...]
    rows: tuple[BoardRow, ...]
    none: str
    marked: int
    note: str
    hint: str


@dataclass(frozen=True, slots=True)
class Places:
    """The pane; the lines of level, mode and time; every row; and every line of text with its place."""

    pane: pygame.Rect
    choices: tuple[pygame.Rect, ...]
    rows: tuple[pygame.Rect, ...]
    written: list[Written]


def draw_board(surface: pygame.Surface, page: BoardPage) -> Places:
    """On a pane over whatever is there, dimmed; as high for an empty board as for a full one."""
    layout = layout_of(surface.get_size())
    surface.blit(dimmed(layout.size, UNDER_PAGE), (0, 0))
    window_wide, window_high = layout.size
    whole = _HEAD + CHOICES * _CHOICE + _HEADS + ROWS * _ROW + _FOOT
    unit = layout.largest_unit(lambda unit: window_high - 16 >= unit * whole and window_wide - 16 >= unit * _WIDE)
    pen = Pen(surface, min(unit, (window_high - 16) / whole))
    pane = pygame.Rect(0, 0, min(pen.px(_WIDE), window_wide - 16), min(pen.px(whole), window_high - 8))
    pane.center = (window_wide // 2, window_high // 2)
    pen.panel(pane, 240)
    pygame.draw.rect(surface, p.ACCENT, (pane.left, pane.top, pane.width, pen.px(8)))
    left, inner = pane.left + pen.px(_EDGE), pane.width - pen.px(2 * _EDGE)
    pen.text(page.heading.upper(), pane, (left, pane.top + pen.px(60)), face=Face.TITLE, size=64, room=inner)
    y = float(pane.top + pen.px(_HEAD))
    choices = []
    for index in range(CHOICES):
        line = pygame.Rect(pane.left, round(y), pane.width, pen.px(_CHOICE))
        choices.append(line)
        if index == page.marked:
            mark_row(pen, pane.left, line.centery, line.height, left - pen.px(24))
        at = (left + pen.px(12), line.centery)
        if index == 0:
            _level(pen, pane, page.level, at, inner)
        elif index == 1:
            draw_modes(pen, pane, page.modes, page.mode, at, inner)
        else:
            draw_modes(pen, pane, page.times, page.time, at, inner)
        y += line.height
    ends = (*(left + round(share * inner) for share in _SHARES), left + inner + pen.px(_GAP))
    y += pen.px(_HEADS) / 2
    for words, one, after in zip(page.heads, ends, ends[1:], strict=False):
        pen.text(words, pane, (one, y), face=Face.HEADING, size=22, colour=p.QUIET, room=after - one - pen.px(_GAP))
    y += pen.px(_HEADS) / 2
    pygame.draw.line(surface, p.QUIET, (left, y - pen.px(4)), (left + inner, y - pen.px(4)), 1)
    rows = []
    for index, row in enumerate(page.rows):
        line = pygame.Rect(pane.left, round(y), pane.width, pen.px(_ROW))
        rows.append(line)
        if index + CHOICES == page.marked:
            mark_row(pen, pane.left, line.centery, line.height, left - pen.px(24))
        _row(pen, pane, row, ends, line, chosen=index + CHOICES == page.marked)
        y += line.height
    if page.none:
        pen.text(page.none, pane, (left, y + pen.px(0.6 * _ROW)), size=26, colour=p.QUIET, room=inner)
    low = pane.bottom - pen.px(_FOOT) + pen.px(30)
    lines = fonts.wrapped(page.note or page.hint, Face.TEXT, pen.px(20), inner)[:2]
    for words in lines:
        pen.text(words, pane, (left, low), size=20, colour=p.CAUTION if page.note else p.QUIET, room=inner)
        low += pen.px(28)
    return Places(pane, tuple(choices), tuple(rows), pen.written)


def _level(pen: Pen, pane: pygame.Rect, words: str, at: tuple[float, float], room: float) -> None:
    x, y = at
    pen.arrow(x + pen.px(8), y, 11, -1.0, p.ACCENT)
    rect = pen.text(words, pane, (x + pen.px(44), y), face=Face.TITLE, size=44, room=room - pen.px(100))
    pen.arrow(rect.right + pen.px(26), y, 11, 1.0, p.ACCENT)


def _row(
    pen: Pen, pane: pygame.Rect, row: BoardRow, ends: tuple[int, ...], line: pygame.Rect, *, chosen: bool
) -> None:  # fmt: skip
    y, gap = line.centery, pen.px(_GAP)
    colour = p.CAUTION if row.hers else p.TEXT if chosen or row.newest else p.QUIET
    if row.newest:
        frame = pygame.Rect(ends[0] - pen.px(8), line.top + 1, ends[-1] - ends[0] + pen.px(8), line.height - 2)
        pen.rect(p.ACCENT, frame, 2, pen.px(6))
    cells = (row.place, row.name, row.points, row.touchdown, row.distance, row.date, row.proof)
    faces = (Face.BOLD, Face.BOLD, Face.BOLD, Face.TEXT, Face.TEXT, Face.TEXT, Face.TEXT)
    sizes = (26, 28, 28, 23, 23, 21, 21)
    for index, (words, (one, after)) in enumerate(zip(cells, pairwise(ends), strict=True)):
        x, room = float(one), after - one - gap
        if index == len(cells) - 1 and row.sign is not None:
            pen.sign(row.sign, x + pen.px(12), y, 11)
            x, room = x + pen.px(34), room - pen.px(34)
            colour = colour_of(row.sign)
        if row.hers and index == 0:
            continue
        if row.hers and index == 1:  # she has no place, and a longer name
            x, room = float(ends[0]), after - ends[0] - gap
        rect = pen.text(words, pane, (x, y), face=faces[index], size=sizes[index], colour=colour, room=room)
        if index == len(cells) - 1 and row.newest:
            at = rect.right + pen.px(14)
            pen.text(row.newest, pane, (at, y), face=Face.BOLD, size=20, colour=p.ACCENT, room=after - at)
