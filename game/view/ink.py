"""Smooth-edged shapes: pygame fills polygons with hard edges, so every edge gets an anti-aliased line over it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise
from math import cos, hypot, pi, sin

import pygame
from pygame import gfxdraw

from game.view.palette import Rgb

Point = tuple[float, float]
_FAR_PX = 30_000.0  # gfxdraw takes 16-bit coordinates


def fill(surface: pygame.Surface, points: Sequence[Point], colour: Rgb) -> None:
    """A filled polygon with smooth edges."""
    if len(points) < 3 or _far(points[0]) or _far(points[-1]):
        return
    gfxdraw.filled_polygon(surface, points, colour)
    gfxdraw.aapolygon(surface, points, colour)


def veil(surface: pygame.Surface, points: Sequence[Point], colour: Rgb, alpha: int) -> None:
    """A filled polygon that what is behind shines through; its edge is hard."""
    if len(points) < 3 or alpha <= 0:
        return
    flat = [*chain.from_iterable(points)]
    if max(flat) >= _FAR_PX or min(flat) <= -_FAR_PX:
        return
    gfxdraw.filled_polygon(surface, points, (*colour, min(alpha, 255)))


def splinter(surface: pygame.Surface, one: Point, two: Point, three: Point, colour: Rgb, alpha: int) -> None:
    """A triangle that what is behind shines through, for many small ones that are known to be within 30,000 px."""
    (x1, y1), (x2, y2), (x3, y3) = one, two, three
    gfxdraw.filled_trigon(surface, int(x1), int(y1), int(x2), int(y2), int(x3), int(y3), (*colour, alpha))


def wipe(surface: pygame.Surface, area: pygame.Rect) -> None:
    """Nothing at all there any more, on a surface with alpha."""
    # A plain fill writes past the processor's caches: ten times as slow, and what is drawn next waits for memory.
    surface.fill((0, 0, 0, 0), area, pygame.BLEND_RGBA_MULT)


def mist(surface: pygame.Surface, x: float, y: float, radius: float, colour: Rgb, alpha: int) -> None:
    """A disc that what is behind shines through."""
    if alpha > 0 and radius >= 1.0 and not _far((x, y)):
        gfxdraw.filled_circle(surface, round(x), round(y), round(radius), (*colour, alpha))


def _far(point: Point) -> bool:
    x, y = point
    return not (-_FAR_PX < x < _FAR_PX and -_FAR_PX < y < _FAR_PX)


def disc(surface: pygame.Surface, x: float, y: float, radius: float, colour: Rgb) -> None:
    """A filled circle with a smooth edge."""
    if _far((x, y)):
        return
    if radius < 1.0:
        surface.set_at((round(x), round(y)), colour)
        return
    gfxdraw.filled_circle(surface, round(x), round(y), round(radius), colour)
    gfxdraw.aacircle(surface, round(x), round(y), round(radius), colour)


def bar(surface: pygame.Surface, start: Point, end: Point, width: float, colour: Rgb) -> None:
    """A straight line of any width with smooth edges."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if length < 0.01:
        return
    if width < 1.6:
        pygame.draw.aaline(surface, colour, start, end)
        return
    nx, ny = -0.5 * width * dy / length, 0.5 * width * dx / length
    corners = (
        (start[0] + nx, start[1] + ny), (end[0] + nx, end[1] + ny),
        (end[0] - nx, end[1] - ny), (start[0] - nx, start[1] - ny),
    )  # fmt: skip
    fill(surface, corners, colour)


def path(surface: pygame.Surface, points: Sequence[Point], width: float, colour: Rgb) -> None:
    """A line through the points, of any width."""
    # Not pygame's own aalines: the shade of a two-point line's last pixel there depends on what memory held before.
    for start, end in pairwise(points):
        bar(surface, start, end, width, colour)


def arc_points(x: float, y: float, radius: float, start_rad: float, end_rad: float, count: int = 16) -> list[Point]:
    """Points along a circle, counter-clockwise when y is up."""
    step = (end_rad - start_rad) / count
    return [(x + radius * cos(start_rad + i * step), y + radius * sin(start_rad + i * step)) for i in range(count + 1)]


def circle_points(x: float, y: float, radius: float, count: int = 24) -> list[Point]:
    """Points of a whole circle."""
    return arc_points(x, y, radius, 0.0, 2.0 * pi, count)[:-1]


def hanging(start: Point, end: Point, length: float, count: int = 12) -> list[Point]:
    """A cord of this length between two points, y up: straight when taut, sagging as a parabola when slack.

    The sag is that of a shallow cord, `s = sqrt(3/8 * span * slack)`, and at most half of the cord.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    span = hypot(dx, dy)
    slack = max(length - span, 0.0)
    sag = min((0.375 * max(span, 0.05 * length) * slack) ** 0.5, 0.5 * length)
    points: list[Point] = []
    for i in range(count + 1):
        u = i / count
        drop = 4.0 * sag * u * (1.0 - u)
        points.append((start[0] + u * dx + 0.35 * drop, start[1] + u * dy - 0.25 * drop))
    return points
