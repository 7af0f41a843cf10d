"""A capsule that falls to pieces in the air: what it was made of flies apart, burns or tumbles, and stays behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, exp, pi, sin
from typing import Final

import pygame

from game.view import ink
from game.view import palette as p
from game.view.camera import Point, Viewport
from game.view.moment import Place
from game.view.palette import Rgb
from game.view.parts import Parts
from game.view.sprites import Drawing

Show = Callable[[Viewport, Drawing, tuple[float, float, float]], None]

_SHARDS: Final = 20
_COLOURS: Final = (p.WHITE_LIT, p.WHITE_SHADE, p.GOLD, p.TILE, p.WHITE, p.METAL, p.GOLD_SHADE)
_BURN_S: Final = 1.9  # what burns is gone by then
_PANELS: Final = (
    (((-2.25, -1.5), (-0.9, -1.5), (-0.75, 0.3), (-1.9, 0.1)), p.WHITE_SHADE, 2.5),
    (((-0.9, -1.5), (0.8, -1.5), (0.6, 0.2), (-0.75, 0.3)), p.WHITE, 1.35),
    (((0.8, -1.5), (2.25, -1.5), (1.95, 0.1), (0.6, 0.2)), p.WHITE_LIT, 0.45),
    (((-1.9, 0.1), (0.6, 0.2), (1.95, 0.1), (0.65, 1.1), (-0.65, 1.1)), p.WHITE, 1.9),
)  # of the cone: corners (m), colour, and the way that each goes (rad)


@dataclass(frozen=True, slots=True)
class Broken:
    """That it has fallen apart: since when (s of the effects' clock), how hot, and whether large parts stay whole."""

    since_s: float
    hot: float
    whole: bool


@dataclass(frozen=True, slots=True)
class _Flight:
    """The air about the pieces: where the screen's stream goes to, and how old the break is."""

    view: Viewport
    shell: Place
    stream_rad: float
    age_s: float
    hot: float

    def at(self, turn: float, out_mps: float, left_mps2: float) -> Point:
        """Where (m) something is that left this way, and that the air holds back so hard."""
        age = self.age_s
        out = out_mps * (1.0 - exp(-1.3 * age)) / 1.3
        back = 0.5 * left_mps2 * age * age + 0.6 * left_mps2 * age
        wake = self.stream_rad - self.view.turn_rad
        return (
            self.shell.x_m + out * cos(turn) + back * cos(wake),
            self.shell.y_m + out * sin(turn) + back * sin(wake),
        )


def draw_pieces(
    surface: pygame.Surface, view: Viewport, shell: Place, stream_rad: float, age_s: float, broken: Broken,
    parts: Parts, show: Show,
) -> None:  # fmt: skip
    """`stream_rad` is where the air blows to on the screen, + counter-clockwise; `show` draws a part at a place."""
    air = _Flight(view, shell, stream_rad, age_s, broken.hot)
    burnt = 0.0 if broken.whole else min(age_s / _BURN_S, 1.0)
    large = (
        (parts.heat_shield_scorched, -pi / 2.0, 1.9, 1.1, 1.5),
        (parts.stage_wreck, 2.2, 1.1, 0.7, -2.1),
        (parts.chassis_wreck, -0.6, 1.5, 0.9, 2.6),
    )
    for index, (drawing, turn, out, held, spin) in enumerate(large):
        x_m, y_m = air.at(turn + shell.angle_rad + pi / 2.0, out, held * (1.0 if broken.whole else 1.7))
        _trail(surface, air, (x_m, y_m), 1.7 - 0.3 * index, 1.0 - 0.6 * burnt)
        if burnt < 0.55 or index == 0:
            show(view, drawing, (x_m, y_m, shell.angle_rad + spin * age_s))
    _panels(surface, air, burnt)
    for i in range(_SHARDS if not broken.whole else _SHARDS // 2):
        light = 0.35 + 0.65 * ((i * 0.618) % 1.0)
        x_m, y_m = air.at(2.399963 * i, 1.0 + 4.6 * light, 2.2 * light)
        size = (0.16 + 0.42 * ((i * 0.287) % 1.0)) * (1.0 - 0.75 * burnt)
        _trail(surface, air, (x_m, y_m), size, 1.0 - 0.5 * burnt)
        spin = 2.399963 * i + (2.0 + 5.0 * light) * age_s * (1.0 if i % 2 else -1.0)
        x, y = view.screen(x_m, y_m)
        px = size * view.px_per_m
        shape = [(x + px * r * cos(spin + a), y + px * r * sin(spin + a))
                 for r, a in ((1.0, 0.0), (0.6, 1.3), (0.9, 2.7), (0.5, 4.4))]  # fmt: skip
        ink.fill(surface, shape, _heated(_COLOURS[i % len(_COLOURS)], air, burnt))


def _panels(surface: pygame.Surface, air: _Flight, burnt: float) -> None:
    """The cone, in four sheets that turn over."""
    for index, (corners, colour, turn) in enumerate(_PANELS):
        mid_x, mid_y = (sum(point[i] for point in corners) / len(corners) for i in (0, 1))
        x_m, y_m = air.at(turn + air.shell.angle_rad, 2.0 + 0.5 * index, 1.5 + 0.4 * index)
        c, s = cos(air.shell.angle_rad), sin(air.shell.angle_rad)
        x_m, y_m = x_m + c * mid_x - s * mid_y, y_m + s * mid_x + c * mid_y
        _trail(surface, air, (x_m, y_m), 0.8, 1.0 - 0.5 * burnt)
        lean = air.shell.angle_rad + (1.4 + 0.7 * index) * air.age_s * (1.0 if index % 2 else -1.0)
        # Seen turning over: as wide as the cosine of its turn.
        wide = cos((1.2 + 0.5 * index) * air.age_s) * (1.0 - 0.8 * burnt)
        sheet = [((x - mid_x) * wide, (y - mid_y) * (1.0 - 0.8 * burnt)) for x, y in corners]
        ink.fill(surface, air.view.placed(x_m, y_m, lean, sheet), _heated(colour, air, burnt))


def _heated(colour: Rgb, air: _Flight, burnt: float) -> Rgb:
    """What burns goes from its own colour through yellow to red."""
    if air.hot <= 0.05:
        return colour
    step = 3 if burnt < 0.35 else 2 if burnt < 0.75 else 1
    return p.mixed(colour, p.PLASMA[step], min(air.hot * (0.35 + 0.9 * burnt), 1.0))


def _trail(surface: pygame.Surface, air: _Flight, at: Point, half_m: float, strength: float) -> None:
    """Fire that streams from a piece; from a cold one, a little dust."""
    view, grown = air.view, min(2.5 * air.age_s, 1.0)
    x, y = view.screen(*at)
    c, s = cos(air.stream_rad), -sin(air.stream_rad)
    layers: tuple[tuple[float, float, Rgb, float], ...] = ((1.0, 1.6, p.TRAIL, 60.0),)
    if air.hot > 0.05:
        layers = ((1.0, 6.0, p.PLASMA[1], 120.0), (0.72, 4.2, p.PLASMA[2], 170.0), (0.4, 2.4, p.PLASMA[3], 200.0))
    for wide, length, colour, alpha in layers:
        across = wide * half_m * view.px_per_m
        along = length * (0.4 + 0.6 * half_m) * (0.3 + 0.7 * air.hot) * view.px_per_m * grown
        # A blunt head around the piece, drawn out to a point.
        ahead = ((1.0, 0.4), (0.0, 0.8), (-1.0, 0.4))
        head = [(x + across * (s * u - c * w), y - across * (c * u + s * w)) for u, w in ahead]
        points = (*head, (x + along * c, y + along * s))
        ink.veil(surface, points, colour, round(alpha * strength * (0.4 + 0.6 * min(air.hot + 0.3, 1.0))))
