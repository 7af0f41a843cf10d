"""The parachute: bag, lines, gores of orange and white; inflating, breathing, torn, and lying on the ground."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

import pygame

from game.sim.vehicle_spec import BackshellSpec, ParachuteSpec
from game.view import ink
from game.view import palette as p
from game.view.camera import Point, Viewport
from game.view.moment import Place

_GORES: Final = 11
_INFLATED: Final = 0.7  # width of the open canopy over its nominal diameter, as in the sim
_LEAST_AREA: Final = 0.03
_TEARS: Final = (5, 3, 7, 1, 8, 4, 9, 2, 6, 0, 10)  # gores in the order in which they go


@dataclass(frozen=True, slots=True)
class Cloth:
    """How a canopy is drawn: share of its open area, share that is torn, and the moment for its flutter."""

    area: float
    lost: float
    t_s: float


def draw_canopy(
    surface: pygame.Surface, view: Viewport, spec: ParachuteSpec, riser_px: Point, canopy: Place, cloth: Cloth
) -> None:  # fmt: skip
    """Disk, gap and band, with the lines down to the riser."""
    area = max(cloth.area, _LEAST_AREA)
    t = cloth.t_s
    breath = 1.0 + 0.022 * sin(5.3 * t) + 0.012 * sin(13.7 * t)
    full = 0.5 * _INFLATED * spec.diameter_m
    half = full * min(area**0.5, 1.16) * breath
    # A canopy that has not filled yet is a long sleeve, not a small dome.
    sleeve = 1.0 - min(area, 1.0)
    dome = (0.55 + 0.9 * sleeve) * max(half, 0.45 * full)
    gap, band = 0.10 * half, (0.30 + 0.5 * sleeve) * max(half, 0.4 * full)
    at = canopy.at
    joint = view.placed(*at, ((0.0, -spec.lines_m),))[0]
    skirt = -0.35 * dome
    if full * view.px_per_m > 6.0:
        for i in range(9):
            x = half * (-1.0 + 0.25 * i)
            ((px, py),) = view.placed(*at, ((x, skirt - gap - band),))
            ink.bar(surface, (px, py), joint, 1.0, p.CORD)
    ink.bar(surface, joint, riser_px, max(0.08 * view.px_per_m, 1.0), p.CORD)
    torn = set(_TEARS[: min(round(cloth.lost * _GORES + 0.49), _GORES)]) if cloth.lost > 0.0 else set()
    flutter: Callable[[int], float] = lambda i: (0.05 + 0.22 * sleeve) * sin(19.0 * t + 2.1 * i)  # noqa: E731
    for low, high, wide in ((skirt - gap - band, skirt - gap, 0.97), (skirt, 0.65 * dome, 1.0)):
        for i in range(_GORES):
            one, other = (_gore(edge, low, high, half * wide) for edge in _edges(i))
            if i in torn:
                # What is left hangs from the seam and flaps.
                share = 0.72 + 0.2 * flutter(i)
                other = [(x + share * (x0 - x), y) for (x, y), (x0, _) in zip(other, one, strict=True)]
            lit = i < 0.6 * _GORES
            if i % 2:
                colour = p.CANOPY_WHITE if lit else p.CANOPY_WHITE_SHADE
            else:
                colour = p.CANOPY_ORANGE if lit else p.CANOPY_ORANGE_SHADE
            if high < 0.0 or sleeve > 0.3:
                one = [(x, y + (0.35 * half * flutter(i) if k == 0 else 0.0)) for k, (x, y) in enumerate(one)]
            ink.fill(surface, view.placed(*at, [*one, *reversed(other)]), colour)


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
    """Where the riser meets the backshell, on the screen."""
    return view.placed(*shell.at, ((0.0, spec.riser_y_m + 0.25),))[0]


def draw_fallen_canopy(surface: pygame.Surface, view: Viewport, canopy: Place) -> None:
    """A heap of cloth."""
    wide = 5.5
    shape = ((-1.0, 0.0), (-0.7, 0.12), (-0.3, 0.07), (0.0, 0.2), (0.4, 0.1), (0.7, 0.16), (1.0, 0.0))
    points = [view.screen(canopy.x_m + wide * x, canopy.y_m - 1.0 + wide * y) for x, y in shape]
    ink.fill(surface, points, p.CANOPY_ORANGE)
    ink.fill(surface, [points[1], points[2], points[3], points[0]], p.CANOPY_WHITE)
    ink.fill(surface, [points[4], points[5], points[6]], p.CANOPY_ORANGE_SHADE)


def draw_rags(surface: pygame.Surface, view: Viewport, canopy: Place, t_s: float) -> None:
    """What is left of a canopy that burst."""
    for i in range(5):
        a = canopy.angle_rad + 1.3 * i + 2.0 * sin(2.0 * t_s + i)
        x, y = canopy.x_m + 2.2 * cos(2.4 * i), canopy.y_m + 2.2 * sin(2.4 * i)
        shape = [(r * cos(a + turn), r * sin(a + turn)) for r, turn in ((1.9, 0.0), (0.7, 2.0), (1.2, 3.6))]
        colour = p.CANOPY_WHITE if i % 2 else p.CANOPY_ORANGE
        ink.fill(surface, [view.screen(x + dx, y + dy) for dx, dy in shape], colour)


def _edges(index: int) -> tuple[float, float]:
    """A gore's two edges across the canopy, -1 to 1: gores at the sides are seen edge-on."""
    step = pi / _GORES
    return -cos(index * step), -cos((index + 1) * step)


def _gore(edge: float, low: float, high: float, half: float) -> list[Point]:
    """One seam from bottom to top: upright in the band, drawn together to the crown in the disk."""
    if high <= 0.0:
        return [(edge * half, low), (edge * half, high)]
    points = []
    for i in range(7):
        angle = 0.5 * pi * i / 6.0
        points.append((edge * half * cos(angle), low + (high - low) * sin(angle)))
    return points
