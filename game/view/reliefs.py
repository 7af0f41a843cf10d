"""Craters and patches as pictures, squeezed as the perspective asks: kept by size, so that a frame scales only few."""

from __future__ import annotations

from collections import OrderedDict
from enum import IntEnum
from math import cos, log, sin, tau
from typing import Final

import pygame

from game.view import palette as p

_BASE_PX: Final = 192
_KEEP: Final = 500
_STEP: Final = log(1.045)
_SOFT_STEP: Final = log(1.12)
_ALPHAS: Final = 12


class Shape(IntEnum):
    """A young bowl, a filled one, an old worn one; dark sand, bright dust."""

    BOWL = 0
    FLAT = 1
    OLD = 2
    DARK = 3
    BRIGHT = 4


class ReliefBank:
    """Pictures by shape and size."""

    def __init__(self) -> None:
        self._bases: dict[Shape, pygame.Surface] = {}
        self._kept: OrderedDict[tuple[Shape, int, int], pygame.Surface] = OrderedDict()

    def show(
        self, surface: pygame.Surface, shape: Shape, x: float, y: float, wide: float, tall: float, alpha: float
    ) -> None:  # fmt: skip
        """One of them about a point of the screen."""
        step = _SOFT_STEP if shape >= Shape.DARK else _STEP
        key = (shape, round(log(max(wide, 1.0)) / step), round(log(max(tall, 1.0)) / step))
        picture = self._kept.get(key)
        if picture is None:
            base = self._bases.get(shape)
            if base is None:
                base = self._bases[shape] = _soft(shape) if shape >= Shape.DARK else _crater(shape)
            size = (max(round(2.718281828 ** (key[1] * step)), 2), max(round(2.718281828 ** (key[2] * step)), 2))
            picture = self._kept[key] = pygame.transform.smoothscale(base, size)
            if len(self._kept) > _KEEP:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        picture.set_alpha(round(255 * round(alpha * _ALPHAS) / _ALPHAS))
        surface.blit(picture, (round(x - 0.5 * picture.get_width()), round(y - 0.5 * picture.get_height())))


def _crater(shape: Shape) -> pygame.Surface:
    """Light and shade only, so that it lies on ground of any colour. The sun is low on the left."""
    large = pygame.Surface((2 * _BASE_PX, 2 * _BASE_PX), pygame.SRCALPHA, 32)
    strong = {Shape.BOWL: 1.0, Shape.FLAT: 0.85, Shape.OLD: 0.5}[shape]
    large.fill((*p.CRATER_SHADE, 0))
    mid = _BASE_PX

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
