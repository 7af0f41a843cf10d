"""The parachute: bag, lines, cloth; inflating, breathing, torn, and lying on the ground."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from typing import Final

import pygame

from game.sim.vehicle_spec import BackshellSpec, ParachuteSpec
from game.view import art, cloth, ink
from game.view import palette as p
from game.view.camera import Point, Viewport
from game.view.moment import Place
from game.view.sprites import Turns

_LARGEST_PX_M: Final = 16.0
_SMALLEST_PX_M: Final = 2.0
_SMALL_PX_M: Final = 4.0
_ALMOST_STEPS: Final = 24  # of its area: from here on it is kept in every second step
_LINES: Final = 14  # of eighty that are drawn, on the side that we see
_FAR_LINES: Final = 6
_FOLDS: Final = ((-3.0, 2.6, 0.75), (2.7, 3.0, 0.6), (-0.2, 3.2, 1.15))  # middle, half width, height in m
_STRIPES: Final = 6
_TURNS: Final = Turns(400_000)
_BRIDLES: Final = ("bridle_left", "bridle_middle", "bridle_right")


@dataclass(frozen=True, slots=True)
class Cloth:
    """How a canopy is drawn: share of its open area, share that is torn, and the moment for its flutter."""

    area: float
    lost: float
    t_s: float


def draw_canopy(
    surface: pygame.Surface, view: Viewport, spec: ParachuteSpec, riser_px: Point, canopy: Place, state: Cloth
) -> None:  # fmt: skip
    """Disk, gap and band, with the lines down to the riser."""
    frame = int(state.t_s * cloth.FRAMES_A_S) % cloth.FRAMES
    step, larger = _kept_area(state.area)
    # It fills faster than it breathes; and a small one does not seem to move.
    frame -= frame % (4 if view.px_per_m < _SMALL_PX_M else 2 if step < cloth.AREA_STEPS else 1)
    joint = view.placed(*canopy.at, ((0.0, -spec.lines_m),))[0]
    half_m, far, near = _lines(spec.diameter_m, step, frame)
    if half_m * view.px_per_m > 4.0:
        for ends, colour in ((far, p.CORD_FAR), (near, p.CORD)):
            for end in view.placed(*canopy.at, [(larger * x, larger * y) for x, y in ends]):
                ink.bar(surface, end, joint, max(0.05 * view.px_per_m, 1.0), colour)
    ink.bar(surface, joint, riser_px, max(0.12 * view.px_per_m, 1.7), p.CORD)
    level = _level(view.px_per_m)
    sort = (spec.diameter_m, level, step, cloth.torn_sectors(state.lost), frame)
    picture, middle = cloth.picture(*sort)
    turned = _TURNS.near(sort, picture, canopy.angle_rad + view.turn_rad, larger * view.px_per_m / level)
    ((x, y),) = view.placed(*canopy.at, ((larger * middle[0], larger * middle[1]),))
    at = (round(x - 0.5 * turned.get_width()), round(y - 0.5 * turned.get_height()))
    surface.blit(turned, at, special_flags=pygame.BLEND_PREMULTIPLIED)


def pictures_of(diameter_m: float, scales: Sequence[float]) -> Iterator[None]:
    """Make the open canopy's pictures for these scales (px/m) one by one, before they are wanted."""
    for level in sorted(set(map(_level, scales))):
        for frame in range(cloth.FRAMES):
            cloth.picture(diameter_m, level, cloth.AREA_STEPS, 0, frame)
            yield


def _level(px_per_m: float) -> float:
    """The scale of the picture that is turned and shrunk."""
    level = _SMALLEST_PX_M
    while level < min(0.9 * px_per_m, _LARGEST_PX_M):
        level *= 2.0
    return level


def _kept_area(area: float) -> tuple[int, float]:
    """The step of its area that a canopy's picture is made for, and how much larger it is drawn.

    A canopy that springs about its full size is the open one, larger and smaller: a picture takes longer to make than
    its moment lasts.
    """
    step = max(round(area * cloth.AREA_STEPS), 1)
    if step >= cloth.AREA_STEPS:
        return cloth.AREA_STEPS, min(area**0.5, cloth.WIDEST)
    if step < _ALMOST_STEPS:
        return step, 1.0
    step -= step % 2
    return step, (area * cloth.AREA_STEPS / step) ** 0.5


@lru_cache(maxsize=48)
def _lines(diameter_m: float, step: int, frame: int) -> tuple[float, list[Point], list[Point]]:
    """Half of the canopy's width, and where its lines begin on the far side and on the near one (m)."""
    shape = cloth.Shape(diameter_m, step / cloth.AREA_STEPS, frame)
    far = [shape.band(1.0, 40.0 * (i + 0.5) / _FAR_LINES, far=True) for i in range(_FAR_LINES)]
    return shape.half, far, [shape.band(1.0, 40.0 * i / _LINES) for i in range(_LINES + 1)]


def draw_bridles(surface: pygame.Surface, view: Viewport, shell: Place, riser_px: Point) -> None:
    """The three bridles from the riser's end to the backshell."""
    anchors = art.part("backshell").anchors
    for end in view.placed(*shell.at, (anchors[name] for name in _BRIDLES)):
        ink.bar(surface, riser_px, end, max(0.07 * view.px_per_m, 1.0), p.CORD)


def draw_stretching(
    surface: pygame.Surface, view: Viewport, spec: ParachuteSpec, shell: Place, riser_px: Point, share: float
) -> tuple[float, float, float]:  # fmt: skip
    """The lines between mortar and line stretch, run out to `share` of their length; returns the bag's place."""
    reach = share * (spec.lines_m + spec.riser_m)
    up_x, up_y = -sin(shell.angle_rad), cos(shell.angle_rad)
    lift = 1.6
    bag = (shell.x_m + (lift + reach) * up_x, shell.y_m + (lift + reach) * up_y, shell.angle_rad)
    wave = 0.03 * reach
    points = []
    for i in range(13):
        u = i / 12.0
        side = wave * sin(3.0 * pi * u + 9.0 * share) * (1.0 - share)
        along = lift + reach * u
        x, y = shell.x_m + along * up_x + side * up_y, shell.y_m + along * up_y - side * up_x
        points.append(view.screen(x, y))
    ink.path(surface, [riser_px, *points[1:]], max(0.09 * view.px_per_m, 1.0), p.CORD)
    return bag


def riser_of(view: Viewport, shell: Place, spec: BackshellSpec) -> Point:
    """Where the riser ends and the three bridles begin, on the screen."""
    return view.placed(*shell.at, ((0.0, spec.riser_y_m),))[0]


def draw_fallen_canopy(surface: pygame.Surface, view: Viewport, canopy: Place) -> None:
    """A heap of cloth: three folds, the middle one in front."""
    for fold, (middle, half, high) in enumerate(_FOLDS):
        for i in range(_STRIPES):
            edges = [2.0 * (i + share) / _STRIPES - 1.0 for share in (0.0, 0.5, 1.0)]
            top = [(middle + half * u + 0.2 * half * (1.0 - abs(u)), high * (1.0 - u * u) ** 0.6) for u in edges]
            points = [(middle + half * edges[0], 0.0), *top, (middle + half * edges[2], 0.0)]
            colour = cloth.colour(0.9 * edges[1], orange=(i + fold) % 3 != 1)
            ink.fill(surface, [view.screen(canopy.x_m + x, canopy.y_m - 1.0 + y) for x, y in points], colour)


def draw_rags(surface: pygame.Surface, view: Viewport, canopy: Place, t_s: float) -> None:
    """What is left of a canopy that burst."""
    for i in range(5):
        a = canopy.angle_rad + 1.3 * i + 2.0 * sin(2.0 * t_s + i)
        x, y = canopy.x_m + 2.2 * cos(2.4 * i), canopy.y_m + 2.2 * sin(2.4 * i)
        shape = [(r * cos(a + turn), r * sin(a + turn)) for r, turn in ((1.9, 0.0), (0.7, 2.0), (1.2, 3.6))]
        colour = cloth.colour(-0.8 if i < 3 else 0.0, orange=i % 2 == 0)
        ink.fill(surface, [view.screen(x + dx, y + dy) for dx, dy in shape], colour)
