"""The flight diary on a page: whose flights on the left, and of those the figures or the newest ones on the right."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import pygame

from game.cues.signs import Sign
from game.view import ink
from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import layout_of
from game.view.panels import UNDER_PAGE, dimmed
from game.view.pen import Pen, Written
from game.view.rows import draw_modes, lines_of, paragraph

_HEAD: Final = 184
_FOOT: Final = 74
_SCOPE: Final = 52  # a row of the list
_LINE: Final = 42  # a row of everything else
_TILES: Final = 132
_FULL: Final = (1380, 900)  # units that a page needs for larger words, across and down
_FULL_UPRIGHT: Final = (960, 1400)
_LIST_SHARE: Final = 0.24
_MOST_SCOPES_UPRIGHT: Final = 9
_NARROW: Final = 760  # units; in fewer, date and outcome are all that a line has
_COLUMNS: Final = (0.0, 0.24, 0.45, 0.59, 0.88)  # date, level, mode, what became of it, points: shares of the room


@dataclass(frozen=True, slots=True)
class DiaryFlight:
    """A flight in a line, all of it in words; `alive` puts a tick before what became of it, else a cross. `day` and
    `end` say date and outcome in fewer words, for a window that has no room.
    """

    date: str
    level: str
    mode: str
    outcome: str
    points: str
    alive: bool
    day: str
    end: str


@dataclass(frozen=True, slots=True)
class DiaryFigures:
    """What flights come to.

    tiles    a large figure and what it is, each
    alive    the share of those that did not end in a loss, 0 to 1; None when none of them counts
    bests    what it is the best of, the figure, and where it was flown
    causes   what flights were lost by, and how often, the most frequent first
    """

    tiles: tuple[tuple[str, str], ...]
    alive: float | None
    bests: tuple[tuple[str, str, str], ...]
    causes_heading: str
    causes: tuple[tuple[str, int], ...]
    others: str
    note: str


@dataclass(frozen=True, slots=True)
class DiaryPage:
    """The list with what is marked in it, the tabs with which is open, and one of the two on the right. Without a
    flight there is only the sentence `empty`.
    """

    heading: str
    empty: str
    scopes: tuple[str, ...]
    index: int
    tabs: tuple[str, ...]
    tab: int
    figures: DiaryFigures | None
    heads: tuple[str, ...]
    flights: tuple[DiaryFlight, ...]
    hint: str


@dataclass(slots=True)
class DiaryDrawn:
    """Where all that went, in pixels: what can be tapped or clicked."""

    pane: pygame.Rect
    hint: pygame.Rect
    written: list[Written]
    scopes: list[tuple[pygame.Rect, int]] = field(default_factory=list)


def draw_diary(surface: pygame.Surface, page: DiaryPage) -> DiaryDrawn:
    """On a pane over whatever is there, dimmed."""
    layout = layout_of(surface.get_size())
    wide, high = layout.size
    least = _FULL_UPRIGHT if layout.upright else _FULL
    unit = layout.largest_unit(lambda unit: wide >= unit * least[0] and high >= unit * least[1])
    pen = Pen(surface, unit)
    surface.blit(dimmed(layout.size, UNDER_PAGE), (0, 0))
    pane = pygame.Rect(0, 0, min(pen.px(1560), wide - pen.px(40)), min(high - pen.px(40), pen.px(1500)))
    if not page.scopes:
        pane.width, pane.height = min(pane.width, pen.px(1080)), min(pane.height, pen.px(420))
    pane.center = (wide // 2, high // 2)
    pen.panel(pane, 236)
    left, room = pane.left + pen.px(44), pane.width - pen.px(88)
    pen.text(page.heading.upper(), pane, (left, pane.top + pen.px(66)), face=Face.TITLE, size=72, room=room)
    foot = pen.text(page.hint, pane, (left, pane.bottom - pen.px(36)), size=20, colour=p.QUIET, room=room)
    drawn = DiaryDrawn(pane, pygame.Rect(pane.left, foot.centery - pen.px(30), pane.width, pen.px(60)), pen.written)
    if not page.scopes:
        _empty(pen, pane, page.empty, room)
        return drawn
    draw_modes(pen, pane, page.tabs, page.tab, (left, pane.top + pen.px(136)), room)
    body = pygame.Rect(left, pane.top + pen.px(_HEAD), room, pane.height - pen.px(_HEAD + _FOOT))
    listed = body.copy()
    if layout.upright:
        listed.height = pen.px(_SCOPE) * min(len(page.scopes), _MOST_SCOPES_UPRIGHT)
        body.top, body.height = listed.bottom + pen.px(30), body.height - listed.height - pen.px(30)
        pygame.draw.line(surface, p.QUIET, (left, body.top - pen.px(14)), (left + room, body.top - pen.px(14)), 1)
    else:
        listed.width = round(_LIST_SHARE * room)
        body.left, body.width = listed.right + pen.px(40), room - listed.width - pen.px(40)
        pygame.draw.line(surface, p.QUIET, (body.left - pen.px(20), body.top), (body.left - pen.px(20), body.bottom), 1)
    _scopes(pen, pane, listed, page, drawn)
    if page.figures is not None:
        _figures(pen, body, page.figures)
    else:
        _flights(pen, body, page)
    return drawn


def _empty(pen: Pen, pane: pygame.Rect, words: str, room: int) -> None:
    y = pane.centery + pen.px(16) - pen.px(20) * (lines_of(pen, words, room, 28) - 1)
    paragraph(pen, pane, words, (pane.left + pen.px(44), y), room=room, size=28, step=40)


def _scopes(pen: Pen, pane: pygame.Rect, box: pygame.Rect, page: DiaryPage, drawn: DiaryDrawn) -> None:
    """The list, as much of it as has room, with arrows where it goes on."""
    row = pen.px(_SCOPE)
    shown = max(min(box.height // row, len(page.scopes)), 1)
    first = min(max(page.index - shown // 2, 0), len(page.scopes) - shown)
    for place, index in enumerate(range(first, first + shown)):
        line = pygame.Rect(pane.left, box.top + place * row, box.right - pane.left, row)
        if index == page.index:
            pygame.draw.rect(pen.surface, p.ACCENT, (line.left, line.top, pen.px(8), row))
            pen.arrow(box.left - pen.px(20), line.centery, 11, 1.0, p.ACCENT)
        pen.text(page.scopes[index], line, (box.left, line.centery), face=Face.HEADING, size=32,
                 colour=p.TEXT if index == page.index else p.QUIET, room=box.width - pen.px(24))  # fmt: skip
        drawn.scopes.append((line, index))
    x, size = box.right - pen.px(8), pen.px(9)
    if first > 0:
        y = box.top + pen.px(16)
        ink.fill(pen.surface, ((x, y - size), (x - size, y + size), (x + size, y + size)), p.ACCENT)
    if first + shown < len(page.scopes):
        y = box.top + shown * row - pen.px(16)
        ink.fill(pen.surface, ((x, y + size), (x - size, y - size), (x + size, y - size)), p.ACCENT)


def _figures(pen: Pen, box: pygame.Rect, figures: DiaryFigures) -> None:
    y = box.top + _tiles(pen, box, figures)
    line = pen.px(_LINE)
    for what, value, where in figures.bests:
        middle = y + line // 2
        pen.text(what, box, (box.left, middle), size=23, colour=p.QUIET, room=0.36 * box.width)
        pen.text(value, box, (box.left + 0.4 * box.width, middle), face=Face.BOLD, size=26, room=0.2 * box.width)
        pen.text(where, box, (box.left + 0.62 * box.width, middle), size=23, room=0.38 * box.width)
        y += line
    bottom = box.bottom - (line if figures.note else 0)
    if figures.note:
        pen.text(figures.note, box, (box.left, bottom + line // 2), size=20, colour=p.QUIET, room=box.width)
    _causes(pen, box, figures, y + pen.px(18), bottom)


def _tiles(pen: Pen, box: pygame.Rect, figures: DiaryFigures) -> int:
    """The large figures, and under them a bar: how many of the flights came through. How high that is, in pixels."""
    wide = box.width / len(figures.tiles)
    for place, (value, name) in enumerate(figures.tiles):
        x = box.left + place * wide
        room = wide - pen.px(16)
        pen.text(value, box, (x, box.top + pen.px(38)), face=Face.TITLE, size=58, room=room)
        pen.text(name, box, (x, box.top + pen.px(82)), size=21, colour=p.QUIET, room=room)
    if figures.alive is not None:
        bar = pygame.Rect(box.left, box.top + pen.px(104), box.width, pen.px(10))
        pygame.draw.rect(pen.surface, p.mixed(p.PANEL, p.QUIET, 0.45), bar, 0, pen.px(4))
        bar.width = round(bar.width * figures.alive)
        pygame.draw.rect(pen.surface, p.GO, bar, 0, pen.px(4))
    return pen.px(_TILES)


def _causes(pen: Pen, box: pygame.Rect, figures: DiaryFigures, y: float, bottom: float) -> None:
    """What flights were lost by, each with a bar; what has no room comes together in the last one."""
    line = pen.px(_LINE)
    rows = int((bottom - y) // line) - 1
    if not figures.causes or rows < 1:
        return
    pen.text(figures.causes_heading, box, (box.left, y + line // 2), face=Face.HEADING, size=30, colour=p.QUIET,
             room=box.width)  # fmt: skip
    causes = figures.causes
    if len(causes) > rows:
        causes = (*causes[: rows - 1], (figures.others, sum(times for _, times in causes[rows - 1 :])))
    most = max(times for _, times in causes)
    left, reach = box.left + 0.42 * box.width, 0.5 * box.width
    for place, (words, times) in enumerate(causes, start=1):
        middle = y + (place + 0.5) * line
        pen.text(words, box, (box.left, middle), size=22, room=0.4 * box.width)
        bar = pygame.Rect(round(left), round(middle - pen.px(11)), max(round(reach * times / most), 2), pen.px(22))
        pygame.draw.rect(pen.surface, p.ACCENT, bar, 0, pen.px(4))
        pen.text(f"{times:,}", box, (bar.right + pen.px(12), middle), face=Face.BOLD, size=22)


def _flights(pen: Pen, box: pygame.Rect, page: DiaryPage) -> None:
    """The newest ones, as many as have room."""
    narrow = box.width < pen.px(_NARROW)
    shares = (0.0, 0.25, 1.0) if narrow else (*_COLUMNS, 1.0)
    ends = [box.left + share * box.width for share in shares]
    rooms = [after - at - pen.px(14) for at, after in pairwise(ends)]
    rooms[-1] += pen.px(14)
    heads = (page.heads[0], page.heads[3]) if narrow else page.heads
    line = pen.px(_LINE)
    for head, x, room in zip(heads, ends, rooms, strict=False):
        pen.text(head, box, (x, box.top + line // 2), face=Face.HEADING, size=26, colour=p.QUIET, room=room)
    at = 1 if narrow else 3  # the column with the sign in it
    for place, flight in enumerate(page.flights[: box.height // line - 1], start=1):
        y = box.top + (place + 0.5) * line
        before = (flight.day,) if narrow else (flight.date, flight.level, flight.mode)
        for words, x, room in zip(before, ends, rooms, strict=False):
            pen.text(words, box, (x, y), size=21, room=room)
        pen.sign(Sign.GO if flight.alive else Sign.STOP, ends[at] + pen.px(12), y, 9)
        pen.text(flight.end if narrow else flight.outcome, box, (ends[at] + pen.px(32), y), size=21,
                 room=rooms[at] - pen.px(32))  # fmt: skip
        if not narrow:
            pen.text(flight.points, box, (ends[4], y), face=Face.BOLD, size=21, room=rooms[4])
