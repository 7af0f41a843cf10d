"""The strip below everything that plays by itself: what it is, whose, and that any button leads on."""

from __future__ import annotations

from dataclasses import dataclass
from math import sin, tau
from typing import Final

import pygame

from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import layout_of
from game.view.look import decorative_s
from game.view.pen import Pen, Written

_HIGH: Final = 84  # units
_HIGH_NARROW: Final = 132
_NARROW: Final = 1350  # units: in a narrower window the call stands on a line of its own
_SIDE: Final = 30
_CALL: Final = 50
_BREATH_S: Final = 2.4  # of the call: slower than anything that would count as a flash


@dataclass(frozen=True, slots=True)
class Call:
    """The call itself, what is shown, and by whom."""

    press: str
    what: str
    who: str


def strip_in(size: tuple[int, int]) -> tuple[pygame.Rect, pygame.Rect]:
    """What is left for the show in a window of this size, and the strip below it."""
    unit = layout_of(size).unit
    high = round((_HIGH_NARROW if _is_narrow(size[0], unit) else _HIGH) * unit)
    return pygame.Rect(0, 0, size[0], size[1] - high), pygame.Rect(0, size[1] - high, size[0], high)


def _is_narrow(wide: float, unit: float) -> bool:
    return wide < _NARROW * unit


def draw_call(surface: pygame.Surface, strip: pygame.Rect, call: Call, t_s: float) -> list[Written]:
    """The strip; the call breathes, unless nothing is to move without need. t_s  of the window."""
    pen = Pen(surface, layout_of(surface.get_size()).unit)
    pen.rect(p.PANEL, strip)
    pen.rect(p.ACCENT, pygame.Rect(strip.left, strip.top, strip.width, pen.px(6)))
    side = pen.px(_SIDE)
    share = 0.5 + 0.5 * sin(tau * decorative_s(t_s) / _BREATH_S + 0.25 * tau)
    colour = p.mixed(p.QUIET, p.TEXT, share)
    y = strip.centery + pen.px(3)
    wide = fonts.width(call.press, Face.TITLE, pen.px(_CALL))
    room = (strip.width - wide) / 2 - side - pen.px(24)
    if _is_narrow(strip.width, pen.unit):
        y = strip.top + pen.px(44)
        room = (strip.width - 2 * side) / 2 - pen.px(10)
    pen.text(call.press, strip, (strip.centerx, y), face=Face.TITLE, size=_CALL, colour=colour, align=0.5,
             room=strip.width - 2 * side)  # fmt: skip
    if _is_narrow(strip.width, pen.unit):
        y = strip.bottom - pen.px(34)
    pen.text(call.what, strip, (strip.left + side, y), face=Face.HEADING, size=30, room=room)
    pen.text(call.who, strip, (strip.right - side, y), face=Face.HEADING, size=30, colour=p.CAUTION, align=1.0,
             room=room)  # fmt: skip
    return pen.written
