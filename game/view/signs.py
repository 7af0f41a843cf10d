"""Signs as shapes: a tick for go, a triangle for caution, a cross for stop, a dot for quiet. Colour only helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pygame

from game.cues.signs import Sign
from game.view import ink
from game.view import palette as p

Point = tuple[float, float]


def colour_of(sign: Sign) -> p.Rgb:
    return {Sign.QUIET: p.QUIET, Sign.GO: p.GO, Sign.CAUTION: p.CAUTION, Sign.STOP: p.STOP}[sign]


def patch(surface: pygame.Surface, rect: pygame.Rect) -> None:
    """Behind words or a sign that stand in the picture itself, where the palette wants that."""
    if p.BACKED:
        pygame.draw.rect(surface, p.PANEL, rect.inflate(8, 4), 0, 4)


def draw_sign(surface: pygame.Surface, sign: Sign, x: float, y: float, size: float) -> None:
    """A sign about (x, y); `size` is half of its height in pixels."""
    bare = Strokes(partial(ink.bar, surface), partial(ink.fill, surface), partial(ink.disc, surface))
    sign_strokes(bare, sign, x, y, size)


@dataclass(frozen=True, slots=True)
class Strokes:
    """What a sign is drawn with: a bar from one point to another, a filled polygon, a disc."""

    bar: Callable[[Point, Point, float, p.Rgb], None]
    fill: Callable[[tuple[Point, ...], p.Rgb], None]
    disc: Callable[[float, float, float, p.Rgb], None]


def sign_strokes(pen: Strokes, sign: Sign, x: float, y: float, size: float) -> None:
    """The same with other strokes."""
    colour = colour_of(sign)
    thick = max(0.34 * size, 2.0)
    match sign:
        case Sign.GO:
            knee = (x - 0.22 * size, y + 0.62 * size)
            pen.bar((x - 0.85 * size, y + 0.02 * size), knee, thick, colour)
            heel = (knee[0] - 0.12 * size, knee[1] + 0.1 * size)
            pen.bar(heel, (x + 0.85 * size, y - 0.7 * size), thick, colour)
        case Sign.CAUTION:
            pen.fill(((x, y - 0.9 * size), (x + size, y + 0.8 * size), (x - size, y + 0.8 * size)), colour)
            pen.bar((x, y - 0.35 * size), (x, y + 0.28 * size), thick * 0.8, p.PANEL)
            pen.disc(x, y + 0.55 * size, max(thick * 0.4, 1.0), p.PANEL)
        case Sign.STOP:
            for side in (-1.0, 1.0):
                pen.bar((x - 0.75 * size, y - side * 0.75 * size), (x + 0.75 * size, y + side * 0.75 * size),
                        thick * 1.15, colour)  # fmt: skip
        case Sign.QUIET:
            pen.disc(x, y, 0.3 * size, colour)
