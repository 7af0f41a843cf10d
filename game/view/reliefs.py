"""Craters, patches and stones as pictures, squeezed as the perspective asks: kept by size and by how clear they are."""

from __future__ import annotations

from collections import OrderedDict
from enum import IntEnum
from math import cos, log, sin, tau
from typing import Final

import pygame

from game.view import palette as p

_BASES_PX: Final = (48, 96, 192)
_BASE_PX: Final = _BASES_PX[-1]
_KEEP_PX: Final = 2_000_000  # of all kept pictures together: 8 MB
_STEP, _SOFT_STEP = 1.045, 1.12  # between two sizes that are kept, but no less than a pixel
_ALPHAS: Final = 16
FAINTEST: Final = 0.5 / _ALPHAS  # what is no clearer is not there

Shown = tuple[pygame.Surface, tuple[float, float]]
_Kept = tuple[pygame.Surface, float, float]  # a picture, and half of its width and height, less what rounds a place


class Shape(IntEnum):
    """A young bowl, a filled one, an old worn one; a stone with its shadow; dark sand, bright dust, ripples."""

    BOWL = 0
    FLAT = 1
    OLD = 2
    STONE = 3
    DARK = 4
    BRIGHT = 5
    RIPPLES = 6


_SOFT_FROM: Final = Shape.DARK  # looking a member up on its Enum costs a tenth of a microsecond in Python 3.11


def _kept_size(px: float, step: float) -> int:
    """The nearest size that is kept (px)."""
    if px * (step - 1.0) < 1.0:
        return max(round(px), 2)
    return round(step ** round(log(px) / log(step)))


_SIZES, _SOFT_SIZES = (tuple(_kept_size(px, step) for px in range(1024)) for step in (_STEP, _SOFT_STEP))


class ReliefBank:
    """Pictures by shape, size and clearness, given as blits, so that a frame shows all of them at once."""

    def __init__(self) -> None:
        self._bases: dict[tuple[Shape, int], pygame.Surface] = {}
        self._kept: OrderedDict[tuple[Shape, int, int, int], _Kept] = OrderedDict()
        self._kept_px = 0

    @property
    def kept_px(self) -> int:
        """Of all kept pictures together."""
        return self._kept_px

    def warm(self) -> None:
        """Draw the shapes now, so that no frame has to wait for them."""
        for shape in Shape:
            self._base(shape, _BASE_PX)

    def take(self, shape: Shape, x: float, y: float, wide: float, tall: float, alpha: float) -> Shown | None:
        """One of them about a point of the screen; None if there is nothing to be seen of it."""
        clear = int(alpha * _ALPHAS + 0.5)
        if clear <= 0:
            return None
        sizes = _SIZES if shape < _SOFT_FROM else _SOFT_SIZES
        try:
            key = shape, sizes[int(wide + 0.5)], sizes[int(tall + 0.5)], clear
        except IndexError:
            step = _STEP if shape < _SOFT_FROM else _SOFT_STEP
            key = shape, _kept_size(wide, step), _kept_size(tall, step), clear
        kept = self._kept.get(key)
        if kept is None:
            kept = self._make(key)
        else:
            self._kept.move_to_end(key)
        picture, left, up = kept
        return picture, (x - left, y - up)

    def _make(self, key: tuple[Shape, int, int, int]) -> _Kept:
        shape, wide, tall, clear = key
        enough = next((px for px in _BASES_PX if px >= wide), _BASE_PX)
        picture = pygame.transform.smoothscale(self._base(shape, enough), (wide, tall))
        if clear < _ALPHAS:
            picture.fill((255, 255, 255, round(255 * clear / _ALPHAS)), special_flags=pygame.BLEND_RGBA_MULT)
        made = self._kept[key] = picture, 0.5 * (wide - 1), 0.5 * (tall - 1)
        self._kept_px += wide * tall
        while self._kept_px > _KEEP_PX and len(self._kept) > 1:
            _, (oldest, _, _) = self._kept.popitem(last=False)
            self._kept_px -= oldest.get_width() * oldest.get_height()
        return made

    def _base(self, shape: Shape, px: int) -> pygame.Surface:
        base = self._bases.get((shape, px))
        if base is None:
            if px < _BASE_PX:
                base = pygame.transform.smoothscale(self._base(shape, _BASE_PX), (px, px))
            elif shape is Shape.STONE:
                base = _stone()
            elif shape is Shape.RIPPLES:
                base = _ripples()
            else:
                base = _soft(shape) if shape >= Shape.DARK else _crater(shape)
            self._bases[shape, px] = base
        return base


def _sheet() -> tuple[pygame.Surface, int]:
    return pygame.Surface((2 * _BASE_PX, 2 * _BASE_PX), pygame.SRCALPHA, 32), _BASE_PX


def _crater(shape: Shape) -> pygame.Surface:
    """Light and shade only, so that it lies on ground of any colour. The sun is low on the left."""
    large, mid = _sheet()
    strong = {Shape.BOWL: 1.0, Shape.FLAT: 0.85, Shape.OLD: 0.5}[shape]
    large.fill((*p.CRATER_SHADE, 0))

    def ring(radius: float, dx: float, colour: p.Rgb, alpha: float) -> None:
        points = []
        for i in range(48):
            a = tau * i / 48
            r = radius * mid * (1.0 + 0.03 * sin(3.0 * a + shape) + 0.02 * sin(5.0 * a))
            points.append((mid + dx * mid + r * cos(a), mid - r * sin(a)))
        pygame.draw.polygon(large, (*colour, round(255 * alpha * strong)), points)

    ring(0.97, 0.0, p.CRATER_LIT, 0.16)
    ring(0.84, 0.0, p.CRATER_LIT, 0.50)
    ring(0.76, -0.02, p.CRATER_SHADE, 0.62)
    if shape is Shape.FLAT:
        ring(0.60, 0.09, p.CRATER_LIT, 0.30)
        ring(0.54, 0.04, p.CRATER_SHADE, 0.26)
    else:
        ring(0.58, 0.15, p.CRATER_LIT, 0.42)
        ring(0.46, 0.16, p.CRATER_LIT, 0.26)
    return pygame.transform.smoothscale(large, (_BASE_PX, _BASE_PX))


def _stone() -> pygame.Surface:
    """A boulder, lit on the left, and its shadow, long to the right; it stands on the picture's middle."""
    large, mid = _sheet()
    large.fill((*p.SHADOW, 0))
    unit = mid / 100.0

    def flat(colour: p.Rgb, alpha: int, *points: tuple[float, float]) -> None:
        pygame.draw.polygon(large, (*colour, alpha), [(mid + x * unit, mid + y * unit) for x, y in points])

    flat(p.SHADOW, 150, (-34, 8), (10, -8), (60, -4), (96, 6), (58, 16), (-10, 22))
    flat(p.ROCK, 255, (-46, 10), (-40, -30), (-22, -62), (4, -66), (26, -40), (30, 6), (10, 18), (-26, 20))
    flat(p.ROCK_LIT, 255, (-46, 10), (-40, -30), (-22, -62), (4, -66), (-8, -38), (-18, -4), (-22, 18))
    flat(p.ROCK_SHADE, 255, (8, -30), (26, -40), (30, 6), (10, 18), (0, 12))
    return pygame.transform.smoothscale(large, (_BASE_PX, _BASE_PX))


def _ripples() -> pygame.Surface:
    """A field of sand waves in rows, as they are seen from low above: long crests, lit on the left, dark in their lee.

    Fewer and thinner towards the field's edge.
    """
    large, mid = _sheet()
    large.fill((*p.CRATER_SHADE, 0))
    for row in range(-1, 2):
        reach = 0.94 * (1.0 - 0.24 * row * row)
        waves = 4 if row % 2 else 5
        for wave in range(waves):
            centre = reach * ((wave + 0.5) * 2.0 / waves - 1.0 + 0.12 * sin(2.3 * row + 1.7 * wave))
            half = reach * (1.06 + 0.2 * sin(3.1 * wave + row)) / waves
            tall = 0.36 * (1.0 - 0.55 * abs(centre))
            foot = 0.12 + 0.46 * row + 0.08 * sin(1.9 * wave + 2.0 * row)

            def edge(
                low: float, start: float, centre: float = centre, half: float = half, tall: float = tall,
                foot: float = foot,
            ) -> list[tuple[float, float]]:  # fmt: skip
                """A crest's outline: its crown stands a little right of its middle."""
                ends = [start + (1.0 - start) * k / 10.0 for k in range(11)]
                return [
                    (mid + mid * (centre + half * u + 0.25 * half * (1.0 - u * u)),
                     mid + mid * (foot - tall * low * (1.0 - u * u)))
                    for u in ends
                ]  # fmt: skip

            pygame.draw.polygon(large, (*p.CRATER_SHADE, 96), [*edge(1.0, -1.0), *reversed(edge(-0.18, -1.0))])
            pygame.draw.polygon(large, (*p.DUST_LIT, 108), [*edge(1.0, -1.0), *reversed(edge(0.45, -1.0))])
    return pygame.transform.smoothscale(large, (_BASE_PX, _BASE_PX))


def _soft(shape: Shape) -> pygame.Surface:
    """A blot without an edge."""
    colour = p.CRATER_SHADE if shape is Shape.DARK else p.DUST_LIT
    picture = pygame.Surface((_BASE_PX, _BASE_PX), pygame.SRCALPHA, 32)
    picture.fill((*colour, 0))
    mid = _BASE_PX / 2
    for i in range(24, 0, -1):
        share = i / 24
        points = []
        for k in range(48):
            a = tau * k / 48
            uneven = (0.26 * sin(2.0 * a + 1.0) + 0.16 * sin(5.0 * a + shape)) * (1.0 - 0.6 * share)
            r = 0.96 * mid * share * (1.0 + uneven)
            points.append((mid + r * cos(a), mid + 0.8 * r * sin(a)))
        thick = (110 if shape is Shape.DARK else 80) * (1.0 - share) ** 0.8
        pygame.draw.polygon(picture, (*colour, round(thick)), points)
    return picture
