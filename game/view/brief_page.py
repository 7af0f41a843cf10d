"""The brief of a level: one screen before its first flight, over the flight that waits behind it."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.content.levels import Medal
from game.view import palette as p
from game.view.fonts import Face
from game.view.medals import draw_medal
from game.view.pen import Pen, Written
from game.view.rows import draw_fitted, lines_of, paragraph

_BIG, _STEP = 30, 40
_SMALL, _SMALL_STEP = 25, 34


@dataclass(frozen=True, slots=True)
class BriefPage:
    """Words in their order: kicker (the mode), title, what it is, the one thing to learn, steps, and the keys.

    medals   each with its points in words
    """

    kicker: str
    title: str
    brief: str
    teaches: str
    steps_heading: str
    steps: tuple[str, ...]
    medals: tuple[tuple[Medal, str], ...]
    hint: str


def draw_brief(surface: pygame.Surface, page: BriefPage) -> list[Written]:
    """On one pane in the middle, as high as its words need."""
    return draw_fitted(surface, 1120, lambda pen, pane: _words(pen, pane, page))


def _words(pen: Pen, pane: pygame.Rect, page: BriefPage) -> float:
    """Everything but the pane itself; returns how high it is."""
    left, room = pane.left + pen.px(56), pane.width - pen.px(112)
    y = float(pane.top + pen.px(56))
    pen.text(page.kicker.upper(), pane, (left, y), face=Face.HEADING, size=28, colour=p.QUIET, room=room)
    y += pen.px(72)
    pen.text(page.title.upper(), pane, (left, y), face=Face.TITLE, size=96, room=room)
    low = y + pen.px(82)
    low = paragraph(pen, pane, page.brief, (left, low), room=room, size=_SMALL, step=_SMALL_STEP, colour=p.QUIET)
    if page.teaches:
        low = paragraph(pen, pane, page.teaches, (left, low + pen.px(22)), room=room, size=_BIG, step=_STEP,
                        colour=p.CAUTION, face=Face.BOLD)  # fmt: skip
    if page.steps:
        low += pen.px(26)
        pen.text(page.steps_heading.upper(), pane, (left, low), face=Face.HEADING, size=26, colour=p.QUIET)
        low += pen.px(48)
    for number, step in enumerate(page.steps, start=1):
        pen.text(f"{number}", pane, (left + pen.px(10), low), face=Face.TITLE, size=40, colour=p.ACCENT, align=0.5,
                 room=pen.px(40))  # fmt: skip
        inner = room - pen.px(52)
        lines = lines_of(pen, step, inner, _SMALL)
        low = paragraph(pen, pane, step, (left + pen.px(52), low), room=inner, size=_SMALL, step=_SMALL_STEP)
        low += pen.px(12 if lines > 1 else 10)
    low += pen.px(20)
    if page.medals:
        _medals(pen, pane, page, left, low, room)
        low += pen.px(58)
    pen.text(page.hint, pane, (left, low), face=Face.BOLD, size=26, colour=p.GO, room=room)
    return low + pen.px(40) - pane.top


def _medals(pen: Pen, pane: pygame.Rect, page: BriefPage, left: float, y: float, room: int) -> None:
    each = room / len(page.medals)
    for i, (medal, words) in enumerate(page.medals):
        x = left + i * each
        draw_medal(pen, x + pen.px(18), y, medal, 17)
        pen.text(words, pane, (x + pen.px(46), y), size=22, colour=p.QUIET, room=each - pen.px(56))
