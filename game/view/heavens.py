"""What is above the far ground: black space with stars, the thin glow on the limb, and the sky that closes over it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import sin, tau
from typing import Final

import pygame

from game.view import palette as p
from game.view.farground import Eye
from game.view.look import decorative_s
from game.view.palette import Rgb
from game.view.sky import Backdrop

_STARS: Final = 230
_TWINKLING: Final = 26  # of them, the brightest; the others stand in the picture of space
_WIDER: Final = 1.1  # space is so much wider than the window, and its ends meet
_DARK_M: Final = 62_000.0  # above this the sky is black
_DUSTY_M: Final = 10_500.0  # below this it is the colour of dust
_SHARES: Final = 160  # steps in which it closes: none changes any colour by more than one
_FINE_SHARES: Final = 1024  # the same for the glow on the limb
_BAND_PX: Final = 48  # rows that are closed over at a time: they stay in the processor's own memory
_RISES_PX: Final = 24  # so many rows more than are seen are made as well, for a horizon that sinks
_GLOW: Final = (0.054, 0.046, 0.038, 0.031, 0.024, 0.018, 0.012, 0.007)  # thickness of its bands in window heights

_Star = tuple[float, float, float, float, Rgb]  # across and down as shares, its light, its phase, its colour


def sky_share(height_m: float) -> float:
    """0 black .. 1 the whole dusty sky."""
    share = min(max((_DARK_M - height_m) / (_DARK_M - _DUSTY_M), 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)


class Heavens:
    """Baked for one window size."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        draw = random.Random("stars").random
        stars: list[_Star] = [
            (draw(), draw(), 0.35 + 0.65 * draw() ** 3, draw() * tau, p.STAR_WARM if draw() < 0.2 else p.STAR)
            for _ in range(_STARS)
        ]
        stars.sort(key=lambda star: -star[2])
        self._stars = stars[:_TWINKLING]
        self._space = _space(*size, stars[_TWINKLING:])
        self._closing: _Closing | None = None

    def draw(self, surface: pygame.Surface, backdrop: Backdrop, eye: Eye | None, horizon: float, height_m: float,
             t_s: float) -> None:  # fmt: skip
        """Everything above the horizon."""
        share, level, high = sky_share(height_m), round(horizon), self.size[1]
        if eye is None:
            backdrop.draw_sky(surface, level)
            return
        limb = eye.limb()
        lowest = min(round(max(y for _, y in limb)) + 1, high)
        if level < lowest:  # at the picture's edges the limb lies lower than in its middle
            foot = p.mixed(p.NIGHT, p.SKY_HORIZON, share)
            surface.fill(foot, (0, max(level, 0), self.size[0], lowest - max(level, 0)))
        step = round(share * _SHARES)
        if step == _SHARES:
            self._closing = None  # it has closed: what was kept for that is large
            backdrop.draw_sky(surface, level)
            return
        if level > 0:
            self._close(surface, level, eye.middle_m, backdrop.sky, step)
        self._twinkle(surface, horizon, (1.0 - share) ** 2, eye.middle_m, t_s)
        # The dust closes over it: the bands sink into the limb, and what is left is the sky's own horizon.
        sunk, colours = high * (1.0 - share) ** 0.8, _glow_colours(round(share * _FINE_SHARES))
        ups = [thick * sunk for thick in _GLOW if thick * sunk >= 0.5]
        for colour, (up, lower) in zip(colours, pairwise((*ups, 0.0)), strict=False):
            # A pixel deeper than it is seen: the next one covers that.
            inner = [(x, y - lower + 1.0) for x, y in limb[::-1]]
            pygame.draw.polygon(surface, colour, [(x, y - up) for x, y in limb] + inner)

    def draw_space(self, surface: pygame.Surface, t_s: float) -> None:
        """Nothing but stars."""
        self._blit_space(surface, self.size[1], 0.0)
        self._twinkle(surface, 0.9 * self.size[1], 0.8, 0.0, t_s)

    def _blit_space(self, surface: pygame.Surface, foot: int, along_m: float) -> None:
        """As far as the window's width; the frame turns with the planet's curve, and the stars with it."""
        wide, tall = self._space.get_size()
        start = _drift_px(along_m, wide)
        surface.blit(self._space, (0, foot - tall), (start, 0, self.size[0], tall))
        if wide - start < self.size[0]:
            surface.blit(self._space, (wide - start, foot - tall), (0, 0, self.size[0] + start - wide, tall))

    def _close(self, surface: pygame.Surface, foot: int, along_m: float, sky: pygame.Surface, step: int) -> None:
        """Space and the sky that comes over it: together they change a few times a second only."""
        if foot > sky.get_height():
            self._blit_space(surface, foot, along_m)
        if self._closing is None or self._closing.sky is not sky:
            self._closing = _Closing(sky)
        closing = self._closing
        drift = _drift_px(along_m, self._space.get_width())
        for top, rows in closing.bands_missing((step, drift), foot):
            self._blit_space(rows, closing.high_px - top, along_m)
            closing.add_sky(top, rows, step / _SHARES)
        closing.draw(surface, foot)

    def _twinkle(self, surface: pygame.Surface, horizon: float, clear: float, along_m: float, t_s: float) -> None:
        """The brightest stars, as light that is added to whatever is there."""
        if clear < 0.02:
            return
        wide, high = self.size
        space = self._space.get_width()
        drift = _drift_px(along_m, space)
        size, twinkle = max(round(high / 540.0), 1), 2.1 * decorative_s(t_s)
        for x, y, light, phase, colour in self._stars:
            shine = light * clear * (0.78 + 0.22 * sin(twinkle + phase)) * min(1.0, 3.0 * (1.0 - y) + 0.2)
            at_x, at_y = (round(x * space) - drift) % space, round(y * horizon)
            if at_x >= wide:
                continue
            r, g, b = colour
            surface.fill((round(r * shine), round(g * shine), round(b * shine)), (at_x, at_y, size, size),
                         pygame.BLEND_RGB_ADD)  # fmt: skip
            shine *= 0.35
            dim = (round(r * shine), round(g * shine), round(b * shine))
            surface.fill(dim, (at_x - size, at_y, 3 * size, size), pygame.BLEND_RGB_ADD)
            surface.fill(dim, (at_x, at_y - size, size, 3 * size), pygame.BLEND_RGB_ADD)


class _Closing:
    """The sky over space at one step, standing on the horizon; made from the horizon up to the row that is seen."""

    def __init__(self, sky: pygame.Surface) -> None:
        self.sky, self.high_px = sky, sky.get_height()
        self._picture = pygame.Surface(sky.get_size())
        self._band = pygame.Surface((sky.get_width(), _BAND_PX))
        self._key = (-1, 0)
        self._from = self.high_px  # the highest row that is made

    def bands_missing(self, key: tuple[int, int], foot: int) -> Iterator[tuple[int, pygame.Surface]]:
        """Pieces of the picture that are to be made for a horizon at `foot`, each with its first row."""
        if key != self._key:
            self._key, self._from = key, self.high_px
        first = max(self.high_px - foot - _RISES_PX, 0) if self._from > self.high_px - foot else self._from
        while self._from > max(first, 0):
            top = max(self._from - _BAND_PX, first)
            yield top, self._picture.subsurface((0, top, self._picture.get_width(), self._from - top))
            self._from = top

    def add_sky(self, top: int, rows: pygame.Surface, share: float) -> None:
        """The sky over these rows, in which space is."""
        grey = round(255 * share)
        if not grey:
            return
        part = pygame.Rect(0, 0, *rows.get_size())
        self._band.blit(self.sky, (0, 0), (0, top, *part.size))
        self._band.fill((grey,) * 3, part, pygame.BLEND_RGB_MULT)
        rows.fill((255 - grey,) * 3, None, pygame.BLEND_RGB_MULT)
        rows.blit(self._band, (0, 0), part, pygame.BLEND_RGB_ADD)

    def draw(self, surface: pygame.Surface, foot: int) -> None:
        surface.blit(self._picture, (0, foot - self.high_px))


@lru_cache(maxsize=32)
def _glow_colours(share: int) -> tuple[Rgb, ...]:
    """Of its bands from the top down, in this step of the sky's closing."""
    closed = share / _FINE_SHARES
    near = p.mixed(p.NIGHT, p.SKY_HORIZON, closed)
    colours: list[Rgb] = []
    for index in range(len(_GLOW)):
        place = index * (len(p.LIMB_GLOW) - 1) / (len(_GLOW) - 1)
        low = min(int(place), len(p.LIMB_GLOW) - 2)
        glow = p.mixed(p.LIMB_GLOW[low], p.LIMB_GLOW[low + 1], place - low)
        colours.append(p.mixed(p.mixed(near, glow, 1.0 - closed), p.SKY_HORIZON, min(1.6 * closed, 1.0)))
    return tuple(colours)


def _drift_px(along_m: float, wide: int) -> int:
    return round(along_m * 6e-8 * wide) % wide


def _space(wide: int, high: int, stars: list[_Star]) -> pygame.Surface:
    """From black to the night's blue at the foot, with the small stars and a breath of the Milky Way."""
    wide, tall = round(_WIDER * wide), round(1.2 * high)
    column = pygame.Surface((1, 64))
    for row in range(64):
        share = row / 63.0
        colour = (
            p.mixed(p.SPACE_TOP, p.SPACE, min(share / 0.6, 1.0))
            if share < 0.6
            else p.mixed(p.SPACE, p.NIGHT, (share - 0.6) / 0.4)
        )
        column.set_at((0, row), colour)
    space = pygame.transform.smoothscale(column, (wide, tall))
    size = max(round(high / 720.0), 1)
    draw = random.Random("milky way").random
    for _ in range(700):
        x, off = draw(), draw() + draw() + draw() - 1.5
        down = 0.30 + 0.16 * sin(tau * x + 0.8) + 0.14 * off
        grey = 10 + int(26 * draw() * (1.0 - abs(off) / 1.5))
        space.fill((grey, grey, grey + 6), (round(x * wide), round(down * tall), 1, 1), pygame.BLEND_RGB_ADD)
    for x, y, light, _, (r, g, b) in stars:
        shine = light * min(1.0, 3.0 * (1.0 - y) + 0.2)
        at = (round(x * wide), round((0.2 / 1.2 + y / 1.2) * tall), size, size)
        space.fill((round(r * shine), round(g * shine), round(b * shine)), at, pygame.BLEND_RGB_ADD)
    return space.convert() if pygame.display.get_surface() else space
