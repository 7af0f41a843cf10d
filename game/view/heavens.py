"""What is above the far ground: black space with stars, the thin glow on the limb, and the sky that closes over it."""

from __future__ import annotations

import random
from math import sin, tau
from typing import Final

import pygame

from game.view import ink
from game.view import palette as p
from game.view.farground import Eye
from game.view.look import decorative_s
from game.view.sky import Backdrop

_STARS: Final = 190
_DARK_M: Final = 62_000.0  # above this the sky is black
_DUSTY_M: Final = 10_500.0  # below this it is the colour of dust
_GLOW: Final = ((0.050, 0), (0.034, 1), (0.020, 2), (0.008, 3))  # thickness in window heights, colour


def sky_share(height_m: float) -> float:
    """0 black .. 1 the whole dusty sky."""
    share = min(max((_DARK_M - height_m) / (_DARK_M - _DUSTY_M), 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)


class Heavens:
    """Baked for one window size."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        wide, high = size
        self._space = _space(wide, high)
        draw = random.Random("stars").random
        self._stars = [
            (draw() * 1.1 - 0.05, draw(), 0.35 + 0.65 * draw() ** 3, draw() * tau, draw() < 0.2) for _ in range(_STARS)
        ]

    def draw(self, surface: pygame.Surface, backdrop: Backdrop, eye: Eye | None, horizon: float, height_m: float,
             t_s: float) -> None:  # fmt: skip
        """Everything above the horizon."""
        share = sky_share(height_m)
        if share >= 1.0 or eye is None:
            # At the picture's edges the limb lies lower than in its middle.
            foot = horizon if eye is None else max(horizon, *(y + 1.0 for _, y in eye.limb()))
            backdrop.draw_sky(surface, round(foot), 1.0)
            return
        wide, high = self.size
        surface.blit(self._space, (0, round(horizon) - self._space.get_height()))
        below = round(horizon)
        if below < high:
            surface.fill(p.NIGHT, (0, below, wide, high - below))
        self._draw_stars(surface, horizon, 1.0 - share, eye.middle_m, t_s)
        limb = eye.limb()
        if share > 0.0:
            lowest = max(y for _, y in limb)
            backdrop.draw_sky(surface, round(lowest), share)
        near = p.mixed(p.NIGHT, p.SKY_HORIZON, share)
        for thick, index in _GLOW:
            # The dust closes over it: the bands sink into the limb, and what is left is the sky's own horizon.
            up = thick * high * (1.0 - share) ** 0.8
            if up < 0.5:
                continue
            colour = p.mixed(p.mixed(near, p.LIMB_GLOW[index], 1.0 - share), p.SKY_HORIZON, min(1.6 * share, 1.0))
            edge = [(x, y - up) for x, y in limb]
            pygame.draw.polygon(surface, colour, [*edge, *reversed(limb)])
            ink.path(surface, edge, 1.0, colour)

    def draw_space(self, surface: pygame.Surface, t_s: float) -> None:
        """Nothing but stars."""
        high = self.size[1]
        surface.blit(self._space, (0, high - self._space.get_height()))
        self._draw_stars(surface, 0.9 * high, 0.8, 0.0, t_s)

    def _draw_stars(self, surface: pygame.Surface, horizon: float, clear: float, along_m: float, t_s: float) -> None:
        wide, high = self.size
        drift = along_m * 6e-8  # the frame turns with the planet's curve
        size, twinkle = max(high / 1080.0, 0.6), 2.1 * decorative_s(t_s)
        for x, y, light, phase, warm in self._stars:
            at_x, at_y = ((x - drift) % 1.1 - 0.05) * wide, y * horizon
            shine = light * clear * (0.82 + 0.18 * sin(twinkle + phase)) * min(1.0, 3.0 * (1.0 - y) + 0.2)
            if shine < 0.06:
                continue
            colour = p.mixed(p.SPACE_TOP, p.STAR_WARM if warm else p.STAR, min(shine, 1.0))
            radius = size * (0.7 + 1.3 * light * light)
            if radius < 1.3:
                surface.fill(colour, (round(at_x), round(at_y), 2 if size > 0.9 else 1, 2 if size > 0.9 else 1))
            else:
                ink.disc(surface, at_x, at_y, radius, colour)


def _space(wide: int, high: int) -> pygame.Surface:
    """From black to the night's blue at the foot."""
    tall = round(1.2 * high)
    column = pygame.Surface((1, 64))
    for y in range(64):
        share = y / 63.0
        colour = (
            p.mixed(p.SPACE_TOP, p.SPACE, min(share / 0.6, 1.0))
            if share < 0.6
            else p.mixed(p.SPACE, p.NIGHT, (share - 0.6) / 0.4)
        )
        column.set_at((0, y), colour)
    space = pygame.transform.smoothscale(column, (wide, tall))
    return space.convert() if pygame.display.get_surface() else space
