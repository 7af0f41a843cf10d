"""Smooth-edged shapes for pictures that are seen through: drawn four times as large, made smaller, kept.

pygame's own smooth edges spoil the alpha of what they are drawn on; these are pictures with colours premultiplied by
their alpha, to be blended as such. Places are kept to a quarter of a pixel.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import cos, floor, hypot, pi, sin
from typing import Final

import pygame

from game.view.palette import Rgb

Point = tuple[float, float]
_FINE: Final = 4
_KEEP: Final = 320  # shapes: signs, arrows, wedges, and a dial's hand in its many places


def fill(surface: pygame.Surface, points: tuple[Point, ...], colour: Rgb) -> None:
    """A filled polygon."""
    left = int(min(x for x, _ in points)) - 1
    top = int(min(y for _, y in points)) - 1
    fine = tuple((round((x - left) * _FINE), round((y - top) * _FINE)) for x, y in points)
    surface.blit(_polygon(fine, colour), (left, top), None, pygame.BLEND_PREMULTIPLIED)


def stamp(surface: pygame.Surface, points: tuple[Point, ...], colour: Rgb, at: tuple[int, int]) -> None:
    """The same about a pixel, for a shape that comes again and again; its points are given from there."""
    picture, left, top = _stamp(points, colour)
    surface.blit(picture, (at[0] + left, at[1] + top), None, pygame.BLEND_PREMULTIPLIED)


@lru_cache(maxsize=64)
def _stamp(points: tuple[Point, ...], colour: Rgb) -> tuple[pygame.Surface, int, int]:
    left, top = floor(min(x for x, _ in points)) - 1, floor(min(y for _, y in points)) - 1
    fine = tuple((round((x - left) * _FINE), round((y - top) * _FINE)) for x, y in points)
    return _polygon(fine, colour), left, top


def bar(surface: pygame.Surface, start: Point, end: Point, width: float, colour: Rgb) -> None:
    """A straight line of any width."""
    corners = bar_corners(start, end, width)
    if corners:
        fill(surface, corners, colour)


def bar_corners(start: Point, end: Point, width: float) -> tuple[Point, ...]:
    """Its outline; nothing, if it is too short to have a direction."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if length < 0.01:
        return ()
    nx, ny = -0.5 * width * dy / length, 0.5 * width * dx / length
    return (
        (start[0] + nx, start[1] + ny), (end[0] + nx, end[1] + ny),
        (end[0] - nx, end[1] - ny), (start[0] - nx, start[1] - ny),
    )  # fmt: skip


def disc(surface: pygame.Surface, x: float, y: float, radius: float, colour: Rgb) -> None:
    """A filled circle."""
    count = 12 if radius < 6.0 else 32
    turn = 2.0 * pi / count
    fill(surface, tuple((x + radius * cos(turn * i), y + radius * sin(turn * i)) for i in range(count)), colour)


def ring(surface: pygame.Surface, at: Point, radius: float, thick: int, colour: Rgb) -> None:
    """The outline of a circle."""
    size = 2 * round(radius)
    oval(surface, colour, (round(at[0]) - size // 2, round(at[1]) - size // 2, size, size), thick)


def oval(surface: pygame.Surface, colour: Rgb, rect: tuple[int, int, int, int], thick: int) -> None:
    """The outline of an ellipse."""
    left, top, wide, high = rect
    surface.blit(_oval(wide, high, thick, colour), (left - 1, top - 1), None, pygame.BLEND_PREMULTIPLIED)


@lru_cache(maxsize=_KEEP)
def _polygon(fine: tuple[tuple[int, int], ...], colour: Rgb) -> pygame.Surface:
    size = (max(x for x, _ in fine) // _FINE + 2, max(y for _, y in fine) // _FINE + 2)

    def draw(large: pygame.Surface) -> None:
        pygame.draw.polygon(large, (*colour, 255), fine)
        pygame.draw.polygon(large, (*colour, 255), fine, _FINE - 1)  # as large as ink's, whose edges lie outside

    return _small(size, colour, draw)


@lru_cache(maxsize=16)
def _oval(wide: int, high: int, thick: int, colour: Rgb) -> pygame.Surface:
    rect = pygame.Rect(_FINE, _FINE, wide * _FINE, high * _FINE)

    def draw(large: pygame.Surface) -> None:
        pygame.draw.ellipse(large, (*colour, 255), rect)
        pygame.draw.ellipse(large, (*colour, 0), rect.inflate(-2 * thick * _FINE, -2 * thick * _FINE))

    return _small((wide + 2, high + 2), colour, draw)


def _small(size: tuple[int, int], colour: Rgb, draw: Callable[[pygame.Surface], object]) -> pygame.Surface:
    large = pygame.Surface((size[0] * _FINE, size[1] * _FINE), pygame.SRCALPHA, 32)
    large.fill((*colour, 0))
    draw(large)
    return pygame.transform.smoothscale(large, size).premul_alpha()
