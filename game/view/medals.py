"""Medals: a disc with as many pips as it is worth, so that nobody needs its colour to know it."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Final

from game.content.levels import Medal
from game.view import ink
from game.view import palette as p
from game.view.pen import Pen

_METALS: Final = {
    Medal.BRONZE: (p.TILE_LIT, p.TILE),
    Medal.SILVER: (p.WHITE, p.WHITE_SHADE),
    Medal.GOLD: (p.GOLD_LIT, p.GOLD),
    Medal.AUTHOR: (p.CANOPY_ORANGE, p.CANOPY_ORANGE_SHADE),
}
_PIPS: Final = {Medal.BRONZE: 1, Medal.SILVER: 2, Medal.GOLD: 3}


def draw_medal(pen: Pen, x: float, y: float, medal: Medal | None, size: float = 16.0) -> None:
    """With its middle here; `size` is its radius in units. Without a medal the ring that it would lie in."""
    radius = size * pen.unit
    if medal is None:
        ring = ink.circle_points(x, y, radius)
        ink.path(pen.surface, [*ring, ring[0]], max(0.12 * radius, 1.0), p.QUIET)
        return
    face, edge = _METALS[medal]
    ink.disc(pen.surface, x, y, radius, edge)
    ink.disc(pen.surface, x, y, 0.84 * radius, face)
    if medal is Medal.AUTHOR:
        turns = [(0.5 + 0.2 * i) * pi for i in range(10)]
        star = [((0.62 if i % 2 == 0 else 0.27) * radius, turn) for i, turn in enumerate(turns)]
        ink.fill(pen.surface, [(x + far * cos(turn), y - far * sin(turn)) for far, turn in star], p.WHITE_LIT)
        return
    count = _PIPS[medal]
    for i in range(count):
        turn = pi * (0.5 + 2.0 * i / count)
        far = 0.0 if count == 1 else 0.38 * radius
        ink.disc(pen.surface, x + far * cos(turn), y - far * sin(turn), 0.2 * radius, p.SPACE)
