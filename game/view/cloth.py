"""The cloth of the parachute: a disk, a gap and a band of 80 gores, and the message that their colours spell.

Seen from the side and a little from below, as the lander's cameras saw it. Pictures are made for a shape, a tear and a
step of the flutter, kept, and turned when they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby
from math import ceil, cos, pi, sin
from typing import Final

import pygame

from game.view import palette as p
from game.view.palette import Rgb

Point = tuple[float, float]
_Lay = Callable[[Sequence[Point], Rgb], None]

GORES: Final = 80
# Each ring from the crown outwards as eight numbers of ten gores: a gore is orange where a bit is set. Letters count
# from A = 1: DARE, MIGHTY, THINGS; the band is 34 11 58 N 118 10 31 W, where the parachute was designed.
MESSAGE: Final = (
    (1023, 1023, 4, 1, 18, 5, 127, 1023),
    (127, 1023, 13, 9, 7, 8, 20, 25),
    (20, 8, 9, 14, 7, 19, 127, 1023),
    (34, 11, 58, 14, 118, 10, 31, 23),
)
MESSAGE_M: Final = 21.53  # diameter of the canopy that carries it; another mission's has plain gores
_PLAIN: Final = 5  # of one colour side by side
FRAMES: Final = 24  # of one breath
FRAMES_A_S: Final = 20.0
AREA_STEPS: Final = 32
WIDEST: Final = 1.16  # of a canopy, over the open one's width
TEARS: Final = (5, 3, 7, 1, 8, 4, 9, 2, 6, 0, 10)  # sectors in the order in which they go

_FIRST: Final = 58  # the gore at the left edge
_SEEN: Final = 40
_INFLATED: Final = 0.7  # width of the open canopy over its nominal diameter, as in the sim
_LEAST_AREA: Final = 0.03
_TILT: Final = 0.13  # how far a circle of radius 1 opens, seen from below
_RING_ENDS: Final = (0.06, 0.40, 0.71, 1.0)  # of the disk, in quarter turns from the crown
_OVER: Final = (4, 2)  # drawn so much larger, small pictures and large ones, then shrunk
_LARGE_PX_M: Final = 16.0
_PAD_PX: Final = 3
_LIT_TO: Final = (-0.25, -0.35, -0.45, -0.55)  # of each ring, across
_IN_SHADE: Final = 0.42
_LIT, _BODY, _SHADE, _INSIDE = range(4)
_ORANGE: Final = (p.CANOPY_ORANGE_LIT, p.CANOPY_ORANGE, p.CANOPY_ORANGE_SHADE, p.CANOPY_ORANGE_INSIDE)
_WHITE: Final = (p.CANOPY_WHITE, p.CANOPY_WHITE_BODY, p.CANOPY_WHITE_SHADE, p.CANOPY_WHITE_INSIDE)


def is_orange(ring: int, gore: int, diameter_m: float = MESSAGE_M) -> bool:
    """Whether a gore is orange in a ring: 0 to 2 in the disk from the crown, 3 in the band.

    >>> "".join("O" if is_orange(0, gore) else "." for gore in range(20, 30))  # D, the fourth letter
    '.......O..'
    """
    if abs(diameter_m - MESSAGE_M) > 0.05:
        return (gore // _PLAIN + ring // 3) % 2 == 0
    number = MESSAGE[ring][gore % GORES // 10]
    return bool(number >> (9 - gore % 10) & 1)


class Shape:
    """A canopy of one drag area at one step of its breath, in m of its own frame: x across, y along the axis."""

    __slots__ = ("_frame", "_mouth", "_sleeve", "band_low", "band_top", "crown", "half", "skirt")

    def __init__(self, diameter_m: float, area: float, frame: int) -> None:
        area = max(area, _LEAST_AREA)
        turn = 2.0 * pi * frame / FRAMES
        full = 0.5 * _INFLATED * diameter_m
        self.half = full * min(area**0.5, WIDEST) * (1.0 + 0.016 * sin(turn) + 0.009 * sin(2.0 * turn + 1.0))
        # A canopy that has not filled yet is a long sleeve with a bulb, not a small dome.
        self._sleeve = 1.0 - min(area, 1.0)
        dome = (0.56 + 0.9 * self._sleeve) * max(self.half, 0.45 * full)
        tall = max(self.half, 0.4 * full)
        self.skirt = -0.35 * dome
        self.crown = 0.65 * dome
        self.band_top = self.skirt - 0.13 * self.half
        self.band_low = self.band_top - (0.32 + 0.5 * self._sleeve) * tall
        self._mouth = 1.0 - 0.45 * self._sleeve
        self._frame = frame

    def disk(self, along: float, gore: float) -> Point:
        """A place of the disk: `along` 0 at the crown .. 1 at the skirt, `gore` across what is seen, 0 .. 40."""
        angle = 0.5 * pi * along
        radius = self.half * sin(angle) * (1.0 - (1.0 - self._mouth) * along**3)
        return self._seen(radius, self.skirt + (self.crown - self.skirt) * cos(angle), gore, 0.25 * along)

    def band(self, low: float, gore: float, *, far: bool = False) -> Point:
        """A place of the band: `low` 0 at its upper edge .. 1 at its lower; the far side is seen from within."""
        radius = self.half * self._mouth * (0.985 - 0.03 * low)
        y = self.band_top + (self.band_low - self.band_top) * low
        return self._seen(-radius if far else radius, y, gore, 0.4 + 0.6 * low)

    def _seen(self, radius: float, y: float, gore: float, loose: float) -> Point:
        azimuth = pi * (gore / _SEEN - 0.5)
        turn = 2.0 * pi * self._frame / FRAMES
        wave = sin(3.0 * turn + 0.9 * gore) + 0.6 * sin(5.0 * turn - 0.5 * gore)
        ripple = (0.010 + 0.06 * self._sleeve) * self.half * loose * wave
        return abs(radius) * sin(azimuth) + 0.6 * ripple, y + _TILT * radius * cos(azimuth) + ripple


def torn_sectors(lost: float) -> int:
    """How many of the eleven sectors are gone when so much of the cloth is lost."""
    return min(round(lost * len(TEARS) + 0.49), len(TEARS)) if lost > 0.0 else 0


@lru_cache(maxsize=56)
def picture(diameter_m: float, px_per_m: float, area_step: int, torn: int, frame: int) -> tuple[pygame.Surface, Point]:
    """The canopy without its lines, multiplied by its alpha, and the picture's middle in its frame (m).

    area_step   drag area over the open one, in steps of 1 / AREA_STEPS
    """
    shape = Shape(diameter_m, area_step / AREA_STEPS, frame)
    reach = 1.06 * shape.half
    high_m, low_m = shape.crown + 0.2 * shape.half, shape.band_low - 0.2 * shape.half
    size = ceil(2.0 * reach * px_per_m) + 2 * _PAD_PX, ceil((high_m - low_m) * px_per_m) + 2 * _PAD_PX
    over = _OVER[px_per_m >= _LARGE_PX_M]
    large = pygame.Surface((size[0] * over, size[1] * over), pygame.SRCALPHA, 32)
    middle = (0.0, 0.5 * (high_m + low_m))
    scale = px_per_m * over

    def lay(points: Sequence[Point], tone: Rgb) -> None:
        pygame.draw.polygon(
            large, tone,
            [(0.5 * size[0] * over + x * scale, 0.5 * size[1] * over - (y - middle[1]) * scale) for x, y in points],
        )  # fmt: skip

    gone = frozenset(TEARS[:torn])
    _lay_inside(lay, shape, gone, diameter_m)
    for ring in range(3):
        low, high = _RING_ENDS[ring + 1], _RING_ENDS[ring]
        for first, last, tone in _runs(ring, gone, diameter_m):
            upper = [shape.disk(high, gore) for gore in range(first, last + 1)]
            lower = [shape.disk(low, gore) for gore in range(first, last + 1)]
            between = [shape.disk(0.5 * (low + high), gore) for gore in (first, last)]
            lay([*upper, between[1], *reversed(lower), between[0]], tone)
    for first, last, tone in _runs(3, gone, diameter_m):
        upper = [shape.band(0.0, gore) for gore in range(first, last + 1)]
        lower = [shape.band(1.0, gore) for gore in range(first, last + 1)]
        lay([*upper, *reversed(lower)], tone)
    _lay_rags(lay, shape, gone, frame, diameter_m)
    # The vent at the crown
    vent = [shape.disk(_RING_ENDS[0], gore) for gore in range(0, _SEEN + 1, 5)]
    lay([*vent, (0.0, shape.crown + 0.01 * shape.half)], p.CANOPY_WHITE_SHADE)
    return pygame.transform.smoothscale(large.premul_alpha(), size), middle


def _runs(ring: int, gone: frozenset[int], diameter_m: float) -> list[tuple[int, int, Rgb]]:
    """Neighbouring gores of one colour and one light as one piece: first and last edge, and the colour."""
    cells = [(gore, _colour(ring, gore, diameter_m)) for gore in range(_SEEN) if gore * len(TEARS) // _SEEN not in gone]
    pieces: list[tuple[int, int, Rgb]] = []
    for (_, tone), group in groupby(enumerate(cells), key=lambda item: (item[1][0] - item[0], item[1][1])):
        gores = [gore for _, (gore, _) in group]
        pieces.append((gores[0], gores[-1] + 1, tone))
    return pieces


def colour(across: float, *, orange: bool, lit: float = -0.35) -> Rgb:
    """Cloth by the light, which comes from the left; `across` is -1 at the left edge .. 1 at the right."""
    light = _LIT if across < lit else _BODY if across < _IN_SHADE else _SHADE
    return (_ORANGE if orange else _WHITE)[light]


def _colour(ring: int, gore: int, diameter_m: float) -> Rgb:
    across = sin(pi * ((gore + 0.5) / _SEEN - 0.5))
    # The crown looks up and sees more of the light than the band does.
    return colour(across, orange=is_orange(ring, _FIRST + gore, diameter_m), lit=_LIT_TO[ring])


def _lay_inside(lay: _Lay, shape: Shape, gone: frozenset[int], diameter_m: float) -> None:
    """What shows through the gap and the mouth: the far side from within, dark."""
    if not gone:
        upper = [shape.disk(0.9, gore) for gore in range(0, _SEEN + 1, 4)]
        lower = [shape.band(0.3, gore) for gore in range(0, _SEEN + 1, 4)]
        lay([*upper, *reversed(lower)], p.CANOPY_ORANGE_INSIDE)
    for gore in range(_SEEN):
        corners = [
            shape.band(low, edge, far=True) for low, edge in ((0, gore), (0, gore + 1), (1, gore + 1), (1, gore))
        ]
        lay(corners, (_ORANGE if is_orange(3, _FIRST - 1 - gore, diameter_m) else _WHITE)[_INSIDE])


def _lay_rags(lay: _Lay, shape: Shape, gone: frozenset[int], frame: int, diameter_m: float) -> None:
    """What is left of a torn sector hangs from its seam and flaps."""
    for sector in sorted(gone):
        seam = ceil(sector * _SEEN / len(TEARS))
        share = 0.9 + 0.5 * sin(2.0 * pi * frame / FRAMES * 3.0 + sector)
        gore = min(seam, _SEEN - 1)
        for low, high in ((0.45, 1.0), (0.0, 0.45)):
            tip = shape.disk(0.5 * (low + high), seam + share)
            lay([shape.disk(low, seam), shape.disk(high, seam), tip], _colour(1 if low else 0, gore, diameter_m))
        corners = [shape.band(0.0, seam), shape.band(1.0, seam), shape.band(0.6, seam + share)]
        lay(corners, _colour(3, gore, diameter_m))
