"""A few words from the game itself over any screen: a file that was set aside, a gamepad that came or went."""

from __future__ import annotations

from typing import Final

import pygame

from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import layout_of
from game.view.pen import Pen, Written

_SIZE: Final = 24


def draw_note(surface: pygame.Surface, words: str) -> list[Written]:
    """On a pane at the top, over whatever is there, broken into lines that fit."""
    layout = layout_of(surface.get_size())
    pen = Pen(surface, layout.unit)
    wide = min(layout.size[0] - pen.px(60), pen.px(1100))
    room = wide - pen.px(60)
    wrapped = fonts.wrapped(words, Face.TEXT, pen.px(_SIZE), room)
    lines = [piece for line in wrapped for piece in _pieces(line, room, pen)]
    pane = pygame.Rect(0, pen.px(20), wide, pen.px(34) * len(lines) + pen.px(32))
    pane.centerx = layout.size[0] // 2
    pen.panel(pane, 240)
    pygame.draw.rect(surface, p.CAUTION, (pane.left, pane.top, pen.px(8), pane.height))
    y = pane.top + pen.px(33)
    for line in lines:
        pen.text(line, pane, (pane.left + pen.px(34), y), size=_SIZE, room=room)
        y += pen.px(34)
    return pen.written


def _pieces(line: str, room: int, pen: Pen) -> list[str]:
    """A path without a space is broken where it must be, rather than written small."""
    found = []
    while line:
        count = len(line)
        while count > 1 and fonts.width(line[:count], Face.TEXT, pen.px(_SIZE)) > room:
            count -= 1
        found.append(line[:count])
        line = line[count:]
    return found
