"""A capsule that falls to pieces in the air: shards that fly apart, burn and stay behind."""

from __future__ import annotations

from math import cos, exp, sin
from typing import Final

import pygame

from game.view import ink
from game.view import palette as p
from game.view.camera import Viewport
from game.view.moment import Place

_PIECES: Final = 22
_COLOURS: Final = (p.WHITE_LIT, p.WHITE_SHADE, p.GOLD, p.TILE, p.WHITE, p.METAL, p.GOLD_SHADE)


def draw_pieces(surface: pygame.Surface, view: Viewport, shell: Place, stream_rad: float, age_s: float) -> None:
    """`stream_rad` is where the air blows to on the screen, + counter-clockwise."""
    scale = view.px_per_m
    x0, y0 = view.screen(shell.x_m, shell.y_m)
    c, s = cos(stream_rad), -sin(stream_rad)
    if age_s < 0.5:
        flash = 1.0 - age_s / 0.5
        ink.mist(surface, x0, y0, (1.0 + 4.0 * (1.0 - flash)) * scale, p.PLASMA[4], round(220 * flash))
    for i in range(_PIECES):
        turn, light = 2.399963 * i, 0.35 + 0.65 * ((i * 0.618) % 1.0)
        out = (0.7 + 4.5 * light) * (1.0 - exp(-1.6 * age_s)) * (0.5 + 0.5 * ((i * 0.381) % 1.0))
        back = 1.3 * light * age_s * age_s + 1.1 * light * age_s
        x = x0 + scale * (out * cos(turn) + back * c)
        y = y0 + scale * (out * sin(turn) + back * s)
        size = (0.25 + 0.75 * ((i * 0.287) % 1.0)) * scale
        spin = turn + (2.0 + 5.0 * light) * age_s * (1.0 if i % 2 else -1.0)
        trail = (1.2 + 3.0 * light) * scale * min(1.0, 1.5 * age_s)
        ink.veil(
            surface, ((x + 0.5 * size * s, y - 0.5 * size * c), (x - 0.5 * size * s, y + 0.5 * size * c),
                      (x + trail * c, y + trail * s)), p.PLASMA[2], 150,
        )  # fmt: skip
        shape = [(x + size * r * cos(spin + a), y + size * r * sin(spin + a))
                 for r, a in ((1.0, 0.0), (0.6, 1.3), (0.9, 2.7), (0.5, 4.4))]  # fmt: skip
        ink.fill(surface, shape, _COLOURS[i % len(_COLOURS)])
