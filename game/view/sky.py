"""What is far away: the sky with the sun low on the left, three layers of relief, the plain. Baked by window size."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot, inf, sin, tau
from operator import itemgetter
from typing import Final

import pygame

from game.view import ink, skyline
from game.view import palette as p
from game.view.fading import Fading, Thinning
from game.view.palette import Rgb

HORIZON: Final = 0.145  # of the window's height, above the near ground in the middle
SUN: Final = (0.15, 0.60)  # place in the window, fractions
_COARSE: Final = 6  # the gradient is reckoned this much smaller, then stretched
_GRAIN_PX: Final = 256
_ROLL_PX: Final = 64
_BAND: Final = (-0.03, 0.085)  # from where to where below the horizon dust hangs before the hills, in window heights
_BAND_ALPHA: Final = 150
_SOLID: Final = 0.5  # hills that rise are seen through until they stand so high
DUST: Final = 0.5  # how thick, where no level says anything about its air
_OVER: Final = 2
_VEILS: Final = 13

# Per layer: pixels that it moves per metre of the camera at 1080 lines, how high it stands, and where its foot is
# (0 on the horizon, 1 on the near ground).
_LAYERS: Final = ((0.035, 0.105, 0.0), (0.10, 0.082, 0.12), (0.34, 0.056, 0.42))


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
        self._coming_plain = Fading(self._plain)
        self._grain = _roll_of_grain(wide, tile)
        self._still_key: tuple[int, ...] = ()
        self._is_still = False
        self._strips = self._jezero = tuple(_strip(size, *layer) for layer in zip(_LAYERS, skyline.JEZERO, strict=True))
        self._elsewhere: tuple[_Strip, ...] = ()  # made when a flight first needs it
        self._haze = Thinning(_haze(wide, max(round(0.13 * high), 2)))
        self._band = Thinning(_dust_band(wide, round((_BAND[1] - _BAND[0]) * high)))
        self._above = max(strip.picture.get_height() for strip in self._strips)
        self._still = pygame.Surface((wide, self._above + self._plain.get_height()))

    def look_at(self, *, jezero: bool) -> None:
        """Which relief stands in the distance from now on; that crater's own, unless somebody asks for another."""
        if not jezero and not self._elsewhere:
            middle = _strip(self.size, _LAYERS[1], skyline.ELSEWHERE[1])
            self._elsewhere = (self._jezero[0], middle, self._jezero[2])
        strips = self._jezero if jezero else self._elsewhere
        if strips is not self._strips:
            self._strips, self._still_key = strips, ()

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
            self.draw_sky(surface, horizon)
            self.draw_plain(surface, horizon, 1.0)
            self.draw_relief(surface, camera_x_m, horizon, 1.0, dust)
            return
        if not self._is_still:
            self._is_still = True
            self._still.blit(sky, (0, above - sky.get_height()))
            self.draw_plain(self._still, above, 1.0)
            self.draw_relief(self._still, camera_x_m, above, 1.0, dust)
        surface.blit(sky, (0, horizon - sky.get_height()), (0, 0, self.size[0], sky.get_height() - above))
        surface.blit(self._still, (0, horizon - above), (0, 0, self.size[0], above + plain.get_height()))

    def draw_sky(self, surface: pygame.Surface, horizon: int) -> None:
        """The sky down to the horizon."""
        surface.blit(self._sky, (0, horizon - self._sky.get_height()))

    @property
    def sky(self) -> pygame.Surface:
        """Its picture; the foot stands on the horizon."""
        return self._sky

    def draw_plain(self, surface: pygame.Surface, horizon: int, share: float) -> None:
        """The floor of the crater between the far rim and the near ground."""
        if share >= 1.0:
            surface.blit(self._plain, (0, horizon))
        else:
            self._coming_plain.mix(surface, (0, horizon), share)

    def draw_foot(self, surface: pygame.Surface, horizon: int, edge: Sequence[tuple[float, float]]) -> None:
        """More of the plain, where the near ground lies lower than its foot: below a steep slope."""
        foot = horizon + self._plain.get_height()
        if foot < self.size[1] and (edge[0][1] > foot or edge[-1][1] > foot or max(map(itemgetter(1), edge)) > foot):
            surface.fill(p.PLAIN_NEAR, (0, foot, self.size[0], self.size[1] - foot))

    def draw_relief(
        self, surface: pygame.Surface, camera_x_m: float, horizon: int, share: float, dust: float = DUST
    ) -> None:  # fmt: skip
        """Three steps of haze, each moving as its distance asks; they rise from behind the plain as `share` grows."""
        wide, high = self.size
        for strip, left in zip(self._strips, self._lefts(camera_x_m), strict=True):
            foot = horizon + round(strip.foot * HORIZON * high)
            length, tall = strip.picture.get_size()
            sunk = round((1.0 - share) * tall)
            strip.picture.set_alpha(min(round(255 * share / _SOLID), 255))
            for x in range(left, wide, length):
                if x + length > 0:
                    surface.blit(strip.picture, (x, foot - tall + sunk), (0, 0, length, tall - sunk))
        self._band.draw(surface, (0, horizon + round(_BAND[0] * high)), share * dust)

    def _lefts(self, camera_x_m: float) -> Iterator[int]:
        for strip in self._strips:
            length = strip.picture.get_width()
            yield -round(camera_x_m * strip.shift) % length - length

    def draw_haze(self, surface: pygame.Surface, share: float, foot: float = inf) -> None:
        """Dust in front of all, at the picture's foot; what lies below `foot` is covered."""
        top = self.size[1] - self._haze.high_px
        if top < foot:
            self._haze.draw(surface, (0, top), share)

    def draw_grain(self, surface: pygame.Surface, top: float, foot: float = inf) -> None:
        """The paper that all of it is printed on, from this y of the screen down to `foot`; the sky has it already."""
        tall = self._grain.get_height()
        start, end = min(max(round(top), 0), self.size[1]), min(ceil(min(foot, self.size[1])), self.size[1])
        for y in range(start - start % tall, end, tall):
            cut = max(start - y, 0)
            rows = min(tall, end - y) - cut
            surface.blit(self._grain, (0, y + cut), (0, cut, self.size[0], rows), pygame.BLEND_RGB_SUB)


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
    _veils(small, high / _COARSE)
    sky = pygame.transform.smoothscale(small, (wide, tall))
    middle = ((sun_x + 0.5) * wide / w, (sun_y + 0.5) * tall / h)
    pygame.draw.circle(sky, p.SUN_CORE, middle, 0.016 * high)
    return sky.convert() if pygame.display.get_surface() else sky


def _veils(small: pygame.Surface, high: float) -> None:
    """Thin clouds of ice and dust: long streaks with the light on them, closer together towards the horizon."""
    w, h = small.get_size()
    draw = random.Random("veils").random
    for i in range(_VEILS):
        up = 0.08 + 0.85 * (i / (_VEILS - 1)) ** 1.5  # of the window's height above the horizon
        x0, y0 = (1.3 * draw() - 0.35) * w, h - (up + 0.03 * (draw() - 0.5)) * high
        length, thick = (0.30 + 0.45 * draw()) * w, (0.006 + 0.022 * up) * high * (0.6 + 0.8 * draw())
        for share, alpha in ((1.0, 11), (0.62, 13), (0.3, 12)):
            upper, lower = [], []
            for k in range(17):
                t = k / 8.0 - 1.0
                x, y = x0 + 0.5 * length * (1.0 + t * share), y0 - 0.035 * length * t + 0.5 * thick * sin(2.6 * t + i)
                half = share * thick * max(1.0 - t * t, 0.0) ** 1.4 * (0.75 + 0.25 * sin(7.0 * t + 2.0 * i))
                upper.append((x, y - half))
                lower.append((x, y + 0.5 * half))
            ink.veil(small, [*upper, *reversed(lower)], p.VEIL, alpha)


def _between(stops: tuple[tuple[float, Rgb], ...], at: float) -> Rgb:
    for (x0, one), (x1, other) in pairwise(stops):
        if at <= x1:
            return p.mixed(one, other, (at - x0) / (x1 - x0))
    return stops[-1][1]


def _plain(wide: int, high: int) -> pygame.Surface:
    """The floor of the crater between the far rim and us."""
    plain = pygame.Surface((wide, high))
    for y in range(high):
        pygame.draw.line(plain, p.mixed(p.PLAIN_FAR, p.PLAIN_NEAR, min(1.4 * y / high, 1.0)), (0, y), (wide, y))
    return plain.convert() if pygame.display.get_surface() else plain


def _strip(size: tuple[int, int], layer: tuple[float, float, float], relief: skyline.Relief) -> _Strip:
    """One layer of relief, twice as wide as the window, its ends meeting."""
    wide, high = size
    shift, tall, foot = layer
    length, top = 2 * max(wide, high), max(round(tall * high), 4)
    picture = pygame.transform.smoothscale(relief((length * _OVER, top * _OVER)), (length, top))
    if pygame.display.get_surface():
        picture = picture.convert_alpha()
    return _Strip(picture, foot + 0.10, shift * high / 1080.0)


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
