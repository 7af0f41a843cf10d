"""Attitude as a picture: a small dial with the craft leaning in it, the limits on its rim, and where it turns to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin
from typing import Final

from game.view import palette as p
from game.view.palette import Rgb
from game.view.pen import Pen

RADIUS: Final = 36  # units
_AHEAD_S: Final = 1.0  # the turn of so long is shown as an arc
_LEAST_DEG: Final = 2.0
_STEP_DEG: Final = 6.0


@dataclass(frozen=True, slots=True)
class Dial:
    """angle_deg from upright, or from where it should point, + to the right; limit_deg either way, None without one;
    rate_deg_s, None where it cannot be told.
    """

    angle_deg: float
    limit_deg: float | None
    rate_deg_s: float | None


def draw_dial(pen: Pen, x: int, y: int, dial: Dial, colour: Rgb) -> None:
    """About (x, y): the ring, level ground, limits as ticks, the craft as a pointer from the middle."""
    radius = pen.px(RADIUS)
    pen.ring(x, y, radius, pen.px(2), p.QUIET)
    pen.line(p.QUIET, (x - 0.55 * radius, y), (x + 0.55 * radius, y), pen.px(2))
    pen.fill(_wedge(x, y, radius, 0.0, 0.30), p.GO)
    if dial.limit_deg is not None and dial.limit_deg < 180.0:
        for side in (-1.0, 1.0):
            pen.bar(_at(x, y, 0.66 * radius, side * dial.limit_deg), _at(x, y, radius, side * dial.limit_deg),
                    pen.px(4), p.CAUTION)  # fmt: skip
    angle = round(dial.angle_deg)
    tip = _at(x, y, 0.86 * radius, angle)
    left, right = _at(x, y, 0.30 * radius, angle - 90.0), _at(x, y, 0.30 * radius, angle + 90.0)
    tail = _at(x, y, -0.30 * radius, angle)
    pen.fill((tip, right, tail, left), colour)
    turn = 0.0 if dial.rate_deg_s is None else min(max(_AHEAD_S * dial.rate_deg_s, -60.0), 60.0)
    if abs(turn) >= _LEAST_DEG:
        count = max(round(abs(turn) / _STEP_DEG), 1)
        arc = [_at(x, y, 0.80 * radius, angle + round(turn) * i / count) for i in range(count + 1)]
        for one, other in pairwise(arc):
            pen.bar(one, other, pen.px(3), p.TEXT)


def _wedge(x: float, y: float, radius: float, angle_deg: float, size: float) -> tuple[tuple[float, float], ...]:
    """A small triangle on the rim that points to the middle."""
    out = radius * (1.0 + 0.5 * size)
    return (
        _at(x, y, radius * (1.0 - 0.5 * size), angle_deg), _at(x, y, out, angle_deg - 9.0),
        _at(x, y, out, angle_deg + 9.0),
    )  # fmt: skip


def _at(x: float, y: float, radius: float, angle_deg: float) -> tuple[float, float]:
    angle = radians(angle_deg)
    return x + radius * sin(angle), y - radius * cos(angle)
