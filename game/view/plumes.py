"""Engine plumes: by throttle, with shock diamonds and a flicker from the view's own numbers.

In Mars's thin air a plume swells as it leaves the nozzle, and beats: a bright core in a wide, faint sheath.
"""

from __future__ import annotations

from math import exp, pi, sin
from typing import Final

import pygame

from game.view import palette as p
from game.view.camera import Viewport
from game.view.sprites import Turns

STEPS: Final = 6  # of throttle
FRAMES: Final = 3  # of flicker
RIPPLE_S: Final = 0.07  # from one engine's first light to the next one's
_RISE_S: Final = 0.10
_SETTLE_S: Final = 0.35  # the first flame shoots out longer than it will be
_PX_M: Final = 36.0
_FINE: Final = 2  # baked at half of that, then enlarged smoothly
_WIDE_M: Final = 1.5
_PAD_PX: Final = 2
LONGEST_M: Final = 6.2
_SHORTEST_M: Final = 1.7


class Plumes:
    """Pictures of one plume at every throttle step and flicker frame; each is made once, when it is first wanted."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[int, int], pygame.Surface] = {}
        self._turns = Turns(600_000)

    def warm(self) -> None:
        """Make them all now, so that no picture of a flight waits for one."""
        for step in range(STEPS):
            for frame in range(FRAMES):
                self._picture(step, frame)

    def _picture(self, step: int, frame: int) -> pygame.Surface:
        picture = self._pictures.get((step, frame))
        if picture is None:
            picture = self._pictures[step, frame] = _bake(step / (STEPS - 1), frame)
        return picture

    def draw(
        self, surface: pygame.Surface, view: Viewport, mouth: tuple[float, float], angle_rad: float, *,
        thrust: float, frame: int,
    ) -> None:  # fmt: skip
        """A plume from a nozzle's mouth (m); angle_rad turns its axis counter-clockwise from straight down."""
        step = min(max(round(thrust * (STEPS - 1)), 0), STEPS - 1)
        frame %= FRAMES
        picture = self._picture(step, frame)
        shrink = view.px_per_m / _PX_M
        if picture.get_height() * shrink < 3.0:
            return
        turned = self._turns.near((step, frame), picture, angle_rad, shrink)
        # The mouth is the top middle of the picture: half a length from its centre, along the axis.
        half_m = (0.5 * picture.get_height() - _PAD_PX) / _PX_M
        ((x, y),) = view.placed(*mouth, angle_rad, ((0.0, -half_m),))
        surface.blit(turned, (round(x - 0.5 * turned.get_width()), round(y - 0.5 * turned.get_height())))


def length_m(thrust: float) -> float:
    """How far a plume can be seen."""
    return _SHORTEST_M + (LONGEST_M - _SHORTEST_M) * thrust


def lit(thrust: float, index: int, engines_s: float) -> float | None:
    """What an engine shows so long (s) after the first of them lit: they come one after the other; None before."""
    age = engines_s - RIPPLE_S * index
    if age < 0.0:
        return None
    if age >= _SETTLE_S:
        return thrust
    rise, past = min(age / _RISE_S, 1.0), min(max((age - _RISE_S) / (_SETTLE_S - _RISE_S), 0.0), 1.0)
    return rise * (thrust + (max(thrust, 0.8) - thrust) * (1.0 - past))


def _bake(thrust: float, frame: int) -> pygame.Surface:
    wide = round(_WIDE_M * _PX_M / _FINE)
    high = round(length_m(thrust) * (0.94 + 0.06 * frame) * _PX_M / _FINE)
    picture = pygame.Surface((wide, high), pygame.SRCALPHA, 32)
    picture.fill((*p.PLUME_EDGE, 0))
    middle = 0.5 * (wide - 1)
    for y in range(high):
        along = y / high
        # It swells at once, then hardly; the core is drawn together at every beat.
        half = (0.13 + (0.26 + 0.26 * thrust) * (1.0 - exp(-4.5 * along))) * _PX_M / _FINE
        beat = 0.5 + 0.5 * sin(2.0 * pi * (along * (3.6 + 2.2 * thrust) - 0.20 + 0.06 * frame))
        neck = (0.10 + (0.10 + 0.07 * thrust) * (0.55 + 0.45 * beat) * (1.0 - 0.5 * along)) * _PX_M / _FINE
        fade = (1.0 - along) ** 1.15
        glow = exp(-((along / (0.30 + 0.34 * thrust)) ** 2)) + 0.75 * beat**3 * fade
        for x in range(wide):
            off = abs(x - middle) / half
            if off >= 1.0:
                continue
            soft = (1.0 - off * off) ** 1.4
            inner = max(0.0, 1.0 - (abs(x - middle) / neck) ** 2) * min(glow, 1.0)
            colour = p.mixed(p.mixed(p.PLUME_EDGE, p.PLUME, soft * fade), p.PLUME_CORE, min(inner, 1.0))
            alpha = min(1.0, (0.20 + 0.46 * thrust**0.5) * soft * fade + 0.95 * inner * fade**0.4)
            picture.set_at((x, y), (*colour, round(255.0 * alpha)))
    large = pygame.transform.smoothscale(picture, (wide * _FINE, high * _FINE))
    # An empty edge, so that the turned picture melts into what is behind it.
    padded = pygame.Surface((large.get_width() + 2 * _PAD_PX, large.get_height() + 2 * _PAD_PX), pygame.SRCALPHA, 32)
    padded.fill((*p.PLUME_EDGE, 0))
    padded.blit(large, (_PAD_PX, _PAD_PX), special_flags=pygame.BLEND_RGBA_MAX)
    return padded
