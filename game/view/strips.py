"""Two small pictures along the track, for a gauge: where we would come down, and the marks that are offered."""

from __future__ import annotations

from dataclasses import dataclass
from math import asinh
from typing import Final

import pygame

from game.cues.hud import HudModel
from game.cues.signs import Sign
from game.cues.trends import Spread
from game.view import palette as p
from game.view.pen import Pen
from game.view.signs import colour_of

_FAR_M: Final = 160_000.0  # at the ends of the strip
_NEAR_M: Final = 1500.0  # nearer than this it is linear, farther logarithmic
_MARGIN: Final = 0.10  # of the marks' strip, on either side of them
_MOST: Final = 9  # marks that are shown beside each other; of more, those next to the chosen one


@dataclass(frozen=True, slots=True)
class LandingStrip:
    """Shares of the strip, -1 short to 1 long of the target: where we come down, the reach of steering, the ellipse."""

    miss: float
    reach: tuple[float, float]
    ellipse: float | None
    sign: Sign


@dataclass(frozen=True, slots=True)
class MarkSpot:
    """A place that can be chosen: its share of the strip, 0 to 1, and how good it is."""

    share: float
    sign: Sign
    chosen: bool


@dataclass(frozen=True, slots=True)
class MarkStrip:
    """craft, let_go: shares of the strip, beyond 0 and 1 outside of it; let_go is where we come down if the tilt is let
    go, None while nobody steers on engines.
    """

    spots: tuple[MarkSpot, ...]
    craft: float
    let_go: float | None


def landing_strip(spread: Spread, sign: Sign) -> LandingStrip:
    """The landing along the track: near the target each kilometre is wide, far from it narrow."""
    ellipse = None if spread.ellipse_m is None else _share(spread.ellipse_m)
    return LandingStrip(_share(spread.miss_m), (_share(spread.short_m), _share(spread.long_m)), ellipse, sign)


def mark_strip(model: HudModel) -> MarkStrip | None:
    """The marks along the track as seen from the craft; None while fewer than two are offered."""
    marks = model.marks
    if len(marks) < 2:
        return None
    middle = next((index for index, mark in enumerate(marks) if mark.chosen), 0)
    first = min(max(middle - _MOST // 2, 0), max(len(marks) - _MOST, 0))
    shown = marks[first : first + _MOST]
    low, high = shown[0].away_m, shown[-1].away_m
    span = max(high - low, 1.0)

    def share(away_m: float) -> float:
        return _MARGIN + (1.0 - 2.0 * _MARGIN) * (away_m - low) / span

    let_go = None if model.let_go is None else share(model.mark.value - model.let_go.value)
    return MarkStrip(tuple(MarkSpot(share(each.away_m), each.sign, each.chosen) for each in shown), share(0.0), let_go)


def draw_landing(pen: Pen, rect: pygame.Rect, strip: LandingStrip) -> None:
    """The ellipse about the target's flag, the reach of steering as a band, and a wedge where we come down."""
    y = rect.bottom - pen.px(9)

    def x_of(share: float) -> int:
        return round(rect.centerx + 0.5 * rect.width * share)

    pen.line(p.mixed(p.PANEL, p.QUIET, 0.6), (rect.left, y), (rect.right, y), pen.px(2))
    left, right = (x_of(share) for share in strip.reach)
    if right - left > pen.px(4):
        band = pygame.Rect(left, y - pen.px(4), right - left, pen.px(8))
        pen.rect(p.mixed(p.PANEL, p.TEXT, 0.42), band, 0, pen.px(4))
        for x in (left, right):
            pen.line(p.TEXT, (x, y - pen.px(6)), (x, y + pen.px(5)), pen.px(2))
    if strip.ellipse is not None:
        half = x_of(strip.ellipse) - rect.centerx
        oval = pygame.Rect(rect.centerx - half, y - pen.px(8), 2 * half, pen.px(16))
        pen.oval(p.GO, oval, pen.px(2))
    foot = (rect.centerx, y)
    pen.line(p.GO, foot, (rect.centerx, rect.top + pen.px(2)), pen.px(2))
    pen.fill(
        (
            (rect.centerx, rect.top), (rect.centerx + pen.px(12), rect.top + pen.px(5)),
            (rect.centerx, rect.top + pen.px(10)),
        ),
        p.GO,
    )  # fmt: skip
    x = min(max(x_of(strip.miss), rect.left + pen.px(8)), rect.right - pen.px(8))
    colour = p.TEXT if strip.sign in (Sign.GO, Sign.QUIET) else colour_of(strip.sign)
    _wedge(pen, x, y - pen.px(1), 9, colour)


def draw_marks(pen: Pen, rect: pygame.Rect, strip: MarkStrip) -> None:
    """Each mark with its sign on the ground, the chosen one framed; a full wedge for the craft, an open one for where
    it comes down if the tilt is let go.
    """
    ground = rect.bottom
    row = ground - pen.px(11)

    def x_of(share: float) -> int:
        return round(rect.left + rect.width * share)

    pen.line(p.mixed(p.PANEL, p.QUIET, 0.6), (rect.left, ground), (rect.right, ground), pen.px(2))
    for spot in strip.spots:
        x = x_of(spot.share)
        pen.sign(spot.sign, x, row, 7)
        if spot.chosen:
            frame = pygame.Rect(0, 0, pen.px(25), pen.px(23))
            frame.center = (x, row)
            pen.rect(p.TEXT, frame, pen.px(2), pen.px(5))
    if strip.let_go is not None and -0.02 < strip.let_go < 1.02:
        x = x_of(strip.let_go)
        size, top = pen.px(8), row - pen.px(26)
        for one, other in (((x - size, top), (x, top + size)), ((x, top + size), (x + size, top))):
            pen.bar(one, other, pen.px(3), p.GO)
    if 0.0 <= strip.craft <= 1.0:
        _wedge(pen, x_of(strip.craft), row - pen.px(14), 8, p.TEXT)
    else:
        side = 1.0 if strip.craft > 1.0 else -1.0
        pen.arrow((rect.right if side > 0.0 else rect.left) - side * pen.px(9), row, 8, side, p.TEXT)


def _wedge(pen: Pen, x: int, tip: int, size: float, colour: p.Rgb) -> None:
    """A full triangle that points down."""
    half = pen.px(size)
    pen.fill(((x, tip), (x - half, tip - round(1.3 * half)), (x + half, tip - round(1.3 * half))), colour)


def _share(value_m: float) -> float:
    most = asinh(_FAR_M / _NEAR_M)
    return min(max(asinh(value_m / _NEAR_M) / most, -1.0), 1.0)
