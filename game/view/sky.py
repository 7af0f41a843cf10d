"""What is far away: the sky with the sun low on the left, three layers of relief, the plain. Baked by window size."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, sin, tau
from typing import Final

import pygame

from game.view import palette as p
from game.view.palette import Rgb

HORIZON: Final = 0.145  # of the window's height, above the near ground in the middle
SUN: Final = (0.15, 0.60)  # place in the window, fractions
_COARSE: Final = 6  # the gradient is reckoned this much smaller, then stretched
_GRAIN_PX: Final = 256
_ROLL_PX: Final = 64
_BAND: Final = (-0.03, 0.085)  # from where to where below the horizon dust hangs before the hills, in window heights
_BAND_ALPHA: Final = 150
DUST: Final = 0.5  # how thick, where no level says anything about its air
_OVER: Final = 2

# Per layer: pixels that it moves per metre of the camera at 1080 lines, how high it stands, where its foot is
# (0 on the horizon, 1 on the near ground), and how many hills the strip has.
_LAYERS: Final = ((0.035, 0.085, 0.0, 9), (0.10, 0.075, 0.12, 7), (0.34, 0.060, 0.30, 11))


@dataclass(frozen=True, slots=True)
class _Strip:
    picture: pygame.Surface
    foot: float
    shift: float


class Backdrop:
    """Everything behind the near ground, for one window size."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        wide, high = size
        tile = grain()
        self._sky = _sky(size)
        _tile(self._sky, tile)
        self._plain = _plain(wide, max(round(0.26 * high), 2))
        _tile(self._plain, tile)
        self._grain = _roll_of_grain(wide, tile)
        self._still_key: tuple[int, ...] = ()
        self._is_still = False
        self._strips = tuple(_strip(size, index) for index in range(len(_LAYERS)))
        self._haze = _haze(wide, max(round(0.13 * high), 2))
        self._thinned: tuple[int, pygame.Surface] = (255, self._haze.premul_alpha())
        self._band = _dust_band(wide, round((_BAND[1] - _BAND[0]) * high))
        self._above = max(strip.picture.get_height() for strip in self._strips)
        self._still = pygame.Surface((wide, self._above + self._plain.get_height()))

    def draw(self, surface: pygame.Surface, camera_x_m: float, ground_px: float) -> None:
        """`ground_px` is the screen's y of the near ground in the middle of the picture."""
        # Whole pixels for all layers together, or they would tremble against one another.
        self.draw_whole(surface, camera_x_m, round(ground_px - HORIZON * self.size[1]))

    def draw_whole(self, surface: pygame.Surface, camera_x_m: float, horizon: int, dust: float = DUST) -> None:
        """Sky, relief and plain. What stands still from one picture to the next is put together once.

        dust    how thick the haze over the hills' feet is, 0 to 1
        """
        sky, plain, above = self._sky, self._plain, self._above
        key = (round(255 * dust), *self._lefts(camera_x_m))
        if key != self._still_key:
            self._still_key, self._is_still = key, False
            self.draw_sky(surface, horizon, 1.0)
            self.draw_plain(surface, horizon, 1.0)
            self.draw_relief(surface, camera_x_m, horizon, 1.0, dust)
            return
        if not self._is_still:
            self._is_still = True
            self._still.blit(sky, (0, above - sky.get_height()))
            self.draw_plain(self._still, above, 1.0)
            self.draw_relief(self._still, camera_x_m, above, 1.0, dust)
        sky.set_alpha(None)
        surface.blit(sky, (0, horizon - sky.get_height()), (0, 0, self.size[0], sky.get_height() - above))
        surface.blit(self._still, (0, horizon - above), (0, 0, self.size[0], above + plain.get_height()))

    def draw_sky(self, surface: pygame.Surface, horizon: int, share: float) -> None:
        """The sky down to the horizon; `share` 0 is not there."""
        # SDL takes a whole alpha of 255 for something to reckon with, at ten times the cost of 254.
        self._sky.set_alpha(None if share >= 1.0 else min(round(255 * share), 254))
        surface.blit(self._sky, (0, horizon - self._sky.get_height()))

    def draw_plain(self, surface: pygame.Surface, horizon: int, share: float) -> None:
        """The floor of the crater between the far rim and the near ground."""
        self._plain.set_alpha(None if share >= 1.0 else min(round(255 * share), 254))
        surface.blit(self._plain, (0, horizon))

    def draw_relief(
        self, surface: pygame.Surface, camera_x_m: float, horizon: int, share: float, dust: float = DUST
    ) -> None:  # fmt: skip
        """Three steps of haze, each moving as its distance asks; they rise from behind the plain as `share` grows."""
        wide, high = self.size
        for strip, left in zip(self._strips, self._lefts(camera_x_m), strict=True):
            foot = horizon + round(strip.foot * HORIZON * high)
            length, tall = strip.picture.get_size()
            sunk = round((1.0 - share) * tall)
            strip.picture.set_alpha(round(255 * share))
            for x in range(left, wide, length):
                if x + length > 0:
                    surface.blit(strip.picture, (x, foot - tall + sunk), (0, 0, length, tall - sunk))
        self._band.set_alpha(round(255 * share * dust))
        surface.blit(self._band, (0, horizon + round(_BAND[0] * high)))

    def _lefts(self, camera_x_m: float) -> Iterator[int]:
        for strip in self._strips:
            length = strip.picture.get_width()
            yield -round(camera_x_m * strip.shift) % length - length

    def draw_haze(self, surface: pygame.Surface, share: float) -> None:
        """Dust in front of all, at the picture's foot; kept multiplied by its alpha, which is laid on fast."""
        alpha = round(255 * share)
        if alpha != self._thinned[0]:
            thinned = self._haze.copy()
            thinned.fill((255, 255, 255, alpha), special_flags=pygame.BLEND_RGBA_MULT)
            self._thinned = alpha, thinned.premul_alpha()
        haze = self._thinned[1]
        surface.blit(haze, (0, self.size[1] - haze.get_height()), special_flags=pygame.BLEND_PREMULTIPLIED)

    def draw_grain(self, surface: pygame.Surface, top: float) -> None:
        """The paper that all of it is printed on, from this y of the screen down; the sky has it already."""
        tall = self._grain.get_height()
        start = min(max(round(top), 0), self.size[1])
        for y in range(start - start % tall, self.size[1], tall):
            cut = max(start - y, 0)
            surface.blit(self._grain, (0, y + cut), (0, cut, self.size[0], tall - cut), pygame.BLEND_RGB_SUB)


def grain() -> pygame.Surface:
    """A tile of fine grey noise about zero, to be added: it binds the flat shapes and hides the gradient's steps."""
    # Byte by byte in C: a quarter of all bytes give the least, few the most, as a product of two draws would.
    level = bytes(int(9.0 * (byte / 255.0) ** 2.4) for byte in range(256))
    values = random.Random("grain").randbytes(_GRAIN_PX * _GRAIN_PX).translate(level)
    tile = pygame.image.frombytes(values, (_GRAIN_PX, _GRAIN_PX), "P")
    tile.set_palette([(grey, grey, grey) for grey in range(256)])
    plain = pygame.Surface((_GRAIN_PX, _GRAIN_PX), 0, 24)
    plain.blit(tile, (0, 0))
    return plain


def _tile(surface: pygame.Surface, tile: pygame.Surface) -> None:
    for x in range(0, surface.get_width(), _GRAIN_PX):
        for y in range(0, surface.get_height(), _GRAIN_PX):
            surface.blit(tile, (x, y), special_flags=pygame.BLEND_RGB_ADD)


def _roll_of_grain(wide: int, tile: pygame.Surface) -> pygame.Surface:
    """The grain as wide as the window, but so low that it stays in the processor's own memory while it is laid on."""
    roll = pygame.Surface((wide, _ROLL_PX))
    for x in range(0, wide, _GRAIN_PX):
        roll.blit(tile, (x, 0))
    return roll.convert() if pygame.display.get_surface() else roll


def _sky(size: tuple[int, int]) -> pygame.Surface:
    """The gradient from zenith to horizon, with the blue halo about the sun; taller than the window, foot = horizon."""
    wide, high = size
    tall = round(high * 1.15)
    w, h = max(wide // _COARSE, 2), max(tall // _COARSE, 2)
    small = pygame.Surface((w, h), 0, 24)
    stops = ((0.0, p.SKY_TOP), (0.35, p.SKY_ZENITH), (0.74, p.SKY_MIDDLE), (1.0, p.SKY_HORIZON))
    rows = [_between(stops, y / (h - 1)) for y in range(h)]
    for y, row in enumerate(rows):
        small.fill(row, (0, y, w, 1))
    sun_x, sun_y = SUN[0] * w, h - 0.16 * high / _COARSE
    reach = 0.46 * high / _COARSE
    for y in range(max(int(sun_y - reach / 1.15), 0), h):
        for x in range(max(int(sun_x - reach), 0), min(int(sun_x + reach) + 1, w)):
            near = 1.0 - hypot(x - sun_x, (y - sun_y) * 1.15) / reach
            if near > 0.0:
                colour = p.mixed(rows[y], p.SUN_HALO, 0.62 * near * near * (3.0 - 2.0 * near))
                if near > 0.72:
                    colour = p.mixed(colour, p.SUN_CORE, min((near - 0.72) / 0.24, 1.0) ** 2)
                small.set_at((x, y), colour)
    sky = pygame.transform.smoothscale(small, (wide, tall))
    middle = ((sun_x + 0.5) * wide / w, (sun_y + 0.5) * tall / h)
    pygame.draw.circle(sky, p.SUN_CORE, middle, 0.016 * high)
    return sky.convert() if pygame.display.get_surface() else sky


def _between(stops: tuple[tuple[float, Rgb], ...], at: float) -> Rgb:
    for (x0, one), (x1, other) in pairwise(stops):
        if at <= x1:
            return p.mixed(one, other, (at - x0) / (x1 - x0))
    return stops[-1][1]


def _plain(wide: int, high: int) -> pygame.Surface:
    """The floor of the crater between the far rim and us, with thin streaks of dunes."""
    plain = pygame.Surface((wide, high))
    for y in range(high):
        pygame.draw.line(plain, p.mixed(p.PLAIN_FAR, p.PLAIN_NEAR, min(1.4 * y / high, 1.0)), (0, y), (wide, y))
    draw = random.Random("dunes").random
    for _ in range(22):  # only far off, where they hardly move
        depth = 0.4 * draw() ** 1.4
        y = 3 + depth * 0.6 * high
        length = (0.05 + 0.2 * draw()) * wide * (0.3 + depth)
        x = draw() * 1.2 * wide - 0.1 * wide
        colour = p.mixed(p.rgb_of(tuple(plain.get_at((0, min(int(y), high - 1))))), p.DUNE_DARK, 0.10 + 0.16 * draw())
        pygame.draw.ellipse(plain, colour, (x, y, length, max(1.0, length * 0.012)))
    return plain.convert() if pygame.display.get_surface() else plain


def _strip(size: tuple[int, int], index: int) -> _Strip:
    """One layer of relief, twice as wide as the window, its ends meeting."""
    wide, high = size
    shift, tall, foot, hills = _LAYERS[index]
    length, top = 2 * max(wide, high), max(round(tall * high), 4)
    w, h = length * _OVER, top * _OVER
    large = pygame.Surface((w, h), pygame.SRCALPHA, 32)
    body, lit = p.RELIEF[index], p.RELIEF_LIT[index]
    large.fill((*body, 0))
    ridge = [(x, h - h * _ridge(x / w, index, hills)) for x in range(0, w + 1, 6)]
    pygame.draw.polygon(large, body, [(0, h), *ridge, (w, h)])
    # Sides that face the sun, on the left: lit down to a slanting foot.
    for (x0, y0), (x1, y1) in pairwise(ridge):
        if y1 < y0 - 0.2:
            low0, low1 = y0 + 0.55 * (h - y0), y1 + 0.45 * (h - y1)
            pygame.draw.polygon(large, lit, ((x0, y0), (x1 + 1, y1), (x1 + 1, low1), (x0, low0)))
    if index == 1:
        # The delta's front: level bands of old river mud.
        for share, colour in ((0.72, p.STRATA[0]), (0.50, p.STRATA[1]), (0.30, p.STRATA[2])):
            y = h - share * h * 0.8
            band = [(x, max(y, top_y)) for x, top_y in ridge]
            lower = [(x, max(y + 0.05 * h, top_y)) for x, top_y in reversed(ridge)]
            pygame.draw.polygon(large, p.mixed(colour, body, 0.45), [*band, *lower])
    pygame.draw.lines(large, p.mixed(lit, p.SKY_HORIZON, 0.4), False, ridge, _OVER)
    picture = pygame.transform.smoothscale(large, (length, top))
    if pygame.display.get_surface():
        picture = picture.convert_alpha()
    return _Strip(picture, foot + 0.10, shift * high / 1080.0)


def _ridge(u: float, index: int, hills: int) -> float:
    """Height 0..1 along a strip; u and u + 1 are the same place."""
    value = 0.0
    for octave, (times, weight) in enumerate(((1, 0.34), (2, 0.26), (5, 0.17), (13, 0.08), (31, 0.035))):
        value += weight * sin(tau * (times * hills // 2 + octave) * u + 1.7 * octave + 2.3 * index)
    if index == 1:
        # Mesas: steep sides, flat tops.
        value = 0.42 * max(-1.0, min(1.0, 3.2 * value)) + 0.06 * value
    return max(0.06, min(0.96, 0.50 + (0.62 if index == 0 else 0.85) * value))


def _dust_band(wide: int, high: int) -> pygame.Surface:
    """Dust that lies over the plain in the distance: thickest where the hills stand, nothing at both edges."""
    band = pygame.Surface((wide, max(high, 2)), pygame.SRCALPHA, 32)
    for y in range(high):
        thick = sin(0.5 * tau * y / high) ** 2
        pygame.draw.line(band, (*p.SKY_HORIZON, round(_BAND_ALPHA * thick)), (0, y), (wide, y))
    return band


def _haze(wide: int, high: int) -> pygame.Surface:
    """Dust in front of the ground: nothing at its top, a breath at its foot."""
    haze = pygame.Surface((wide, high), pygame.SRCALPHA, 32)
    for y in range(high):
        pygame.draw.line(haze, (*p.DUST, round(58.0 * (y / high) ** 2)), (0, y), (wide, y))
    return haze
