"""What lies on the plain between the near ground and the far hills: craters, dark sand, ripples, boulders.

A perspective of its own that meets the near ground: there a metre is as long as in the near picture, and beyond it
everything shrinks towards the horizon. What is too small to see from high up comes as we come down, size by size.
"""

from __future__ import annotations

import random
from functools import lru_cache
from math import floor
from typing import Final

import pygame

from game.view.camera import Viewport
from game.view.reliefs import FAINTEST, ReliefBank, Shape
from game.view.sky import HORIZON

_BACK: Final = 1.5  # window heights from the eye to the near ground
_SIZES: Final = range(-2, 13)  # radii, as powers of two of a metre
_WIDE, _DEEP = 5.0, 12.0  # a cell's sides along the track and away from it, in radii
_FILLED: Final = 0.42  # of cells
_PX: Final = (14.0, 620.0)  # widths between which something is drawn, at 1080 lines
_LEAST_TALL_PX: Final = 2.0
_MOST: Final = 48
_LARGE_M, _SMALL_M = 12.0, 1.5
# A stone's height over its width; how much higher than flat on the ground sand waves look.
_STANDS: Final = {Shape.STONE: 0.62, Shape.RIPPLES: 2.0}

_CLEAR_NEAR: Final = 1.0 / 1.8  # nearness up to which the dust before things grows thinner
_PIECE: Final = 8  # cells of a row that are made together

_Seen = tuple[float, Shape, float, float, float, float, float]  # its nearness, and what the bank asks for
_Kinds = tuple[tuple[float, Shape], ...]
_LARGE: Final[_Kinds] = (
    (0.22, Shape.OLD), (0.34, Shape.FLAT), (0.42, Shape.BOWL), (0.68, Shape.DARK), (0.88, Shape.RIPPLES),
    (1.0, Shape.BRIGHT),
)  # fmt: skip
_MIDDLE: Final[_Kinds] = (
    (0.30, Shape.RIPPLES), (0.46, Shape.DARK), (0.66, Shape.STONE), (0.88, Shape.OLD), (1.0, Shape.BRIGHT),
)  # fmt: skip
_SMALL: Final[_Kinds] = ((0.62, Shape.STONE), (0.86, Shape.RIPPLES), (1.0, Shape.BRIGHT))


class Plain:
    """Draws it from kept pictures; the places come from their cells."""

    def __init__(self, bank: ReliefBank) -> None:
        self._bank = bank

    def draw(self, surface: pygame.Surface, view: Viewport, horizon_px: float, share: float) -> None:
        """`share` 0 is not there. The near ground is drawn over its foot afterwards."""
        scale, wide, high = view.px_per_m, view.width_px, view.height_px
        back_m = _BACK * high / scale
        rise = HORIZON * high
        squeeze = rise / (_BACK * high)
        unit = max(high / 1080.0, 0.5)
        least, most, least_tall = _PX[0] * unit, _PX[1] * unit, _LEAST_TALL_PX * unit
        middle_px, centre_m = 0.5 * wide, view.centre_x_m
        found: list[_Seen] = []
        add = found.append
        for size in _SIZES:
            radius_m = 2.0**size
            largest = 2.0 * radius_m * scale
            if not least < largest < most:
                continue
            # Out of nothing within a factor of three in scale, and into it again.
            clear = share * min((largest / least - 1.0) / 2.0, 2.0 * (1.0 - largest / most), 1.0)
            cell = _WIDE * radius_m
            row = 0
            while True:
                near = back_m / (back_m + (row + 0.5) * _DEEP * radius_m)
                if largest * squeeze * near * near < least_tall or largest * near < 0.7 * least:
                    break
                half_m = (middle_px + largest) / (scale * near)
                first, last = floor((centre_m - half_m) / cell), floor((centre_m + half_m) / cell)
                for piece in range(first // _PIECE, last // _PIECE + 1):
                    for column, x_m, away_m, bigger, shape, stands, lies in _piece(size, row, piece):
                        if not first <= column <= last:
                            continue
                        near = back_m / (back_m + away_m)
                        px = largest * bigger * near
                        tall = px * (stands + lies * squeeze * near)
                        alpha = clear
                        if tall < 2.0 * least_tall:
                            alpha *= (tall / least_tall - 0.8) / 1.2
                        if near < _CLEAR_NEAR:
                            alpha *= near / _CLEAR_NEAR
                        if alpha > FAINTEST:
                            x = middle_px + (x_m - centre_m) * scale * near
                            add((near, shape, x, horizon_px + rise * near, px, tall, alpha))
                row += 1
        found.sort(key=_nearness)
        take = self._bank.take
        shown = [take(*seen[1:]) for seen in found[-_MOST:]]
        surface.fblits([one for one in shown if one is not None])


def _nearness(one: _Seen) -> float:
    return one[0]


@lru_cache(maxsize=768)
def _piece(size: int, row: int, piece: int) -> tuple[tuple[int, float, float, float, Shape, float, float], ...]:
    """So many cells of a row side by side, and what each of those holds that hold something.

    Column, place along and beyond (m), size over its cell's, shape, and of its height over its width the part that
    stands and the one that lies on the ground.
    """
    found: list[tuple[int, float, float, float, Shape, float, float]] = []
    for column in range(piece * _PIECE, (piece + 1) * _PIECE):
        there = _thing(size, row, column)
        if there is not None:
            shape = there[3]
            stands = _STANDS.get(shape, 1.0)
            upright = shape is Shape.STONE
            found.append((column, *there, stands if upright else 0.0, 0.0 if upright else stands))
    return tuple(found)


def _thing(size: int, row: int, column: int) -> tuple[float, float, float, Shape] | None:
    """Where it is along the track and beyond it (m), how much larger than its cell's size it is, and what."""
    draw = random.Random(f"plain/{size}/{row}/{column}").random
    if draw() > _FILLED:
        return None
    radius_m = 2.0**size
    kinds = _LARGE if radius_m >= _LARGE_M else _MIDDLE if radius_m >= _SMALL_M else _SMALL
    x, z, bigger, kind = draw(), draw(), 0.7 + 0.6 * draw() ** 2, draw()
    shape = next(shape for most, shape in kinds if kind <= most)
    if shape is Shape.RIPPLES:
        bigger *= 2.6
    elif shape >= Shape.DARK:
        bigger *= 1.9  # sand lies in sheets
    elif shape is Shape.STONE:
        bigger *= 0.7
    return (column + x) * _WIDE * radius_m, (row + z) * _DEEP * radius_m, bigger, shape
