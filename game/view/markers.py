"""Rings, tags and arrows: the names of what is too small to be known by its shape, or outside of the picture."""

from __future__ import annotations

from functools import lru_cache
from math import hypot
from typing import Final

import pygame

from game.view import ink
from game.view import palette as p
from game.view.fonts import Face, line
from game.view.layout import Layout
from game.view.signs import patch

LEAST_SHARE: Final = 0.05  # of the window's height: a smaller craft gets a ring with its name
_PATCHED: Final = 0.5  # a name that has faded so far has lost its patch


def marker(surface: pygame.Surface, at: tuple[float, float], name: str, unit: float, fade: float) -> None:
    """A ring with a name about something too small to see; `fade` 0 is gone."""
    if fade <= 0.0:
        return
    x, y = at
    radius = (0.9 * LEAST_SHARE) * surface.get_height()
    ring = _ring(radius, max(round(2.0 * unit), 2), (*p.TEXT, round(255 * fade)))
    surface.blit(ring, (round(x - ring.get_width() / 2), round(y - ring.get_height() / 2)))
    label = line(name, Face.HEADING, round(22 * unit), p.TEXT)
    if fade < 1.0:
        label = label.copy()
        label.set_alpha(round(255 * fade))
    left = x + radius + 8.0 * unit
    if left + label.get_width() > surface.get_width():
        left = x - radius - 8.0 * unit - label.get_width()
    place = (round(left), round(y - label.get_height() / 2))
    if fade > _PATCHED:
        patch(surface, pygame.Rect(place, label.get_size()))
    surface.blit(label, place)


@lru_cache(maxsize=4)
def _ring(radius: float, thick: int, colour: tuple[int, int, int, int]) -> pygame.Surface:
    size = round(2.0 * radius + 6.0)
    picture = pygame.Surface((size, size), pygame.SRCALPHA, 32)
    pygame.draw.aacircle(picture, colour, (size / 2, size / 2), radius, thick)
    return picture


class Tags:
    """Small names beside parts that have left, none over another; made anew for every frame."""

    def __init__(self, layout: Layout) -> None:
        left, top, right, bottom = layout.stage
        self._free = pygame.Rect(round(left), round(top), round(right - left), round(bottom - top))
        self._unit = layout.unit
        # The panes that stand within the stage come after the tags: a name under one of them would be cut off.
        self._taken: list[pygame.Rect] = [layout.chart, layout.taught]

    def keep_clear(self, rect: pygame.Rect) -> None:
        self._taken.append(rect)

    def tag(self, surface: pygame.Surface, at: tuple[float, float], name: str, radius: float, fade: float) -> None:
        """A name with a short leader; not drawn where it would cover another."""
        self.at_once(surface, at, name, radius, fade, p.TEXT)

    def at_once(
        self, surface: pygame.Surface, at: tuple[float, float], name: str, radius: float, fade: float, colour: p.Rgb,
        *, under: bool = False,
    ) -> None:  # fmt: skip
        """The same in a colour of its own, and now, whatever else waits to be named. `under`: where no side has room,
        straight below or above, without a leader.
        """
        if fade <= 0.02:
            return
        unit = self._unit
        words = line(name, Face.HEADING, round(21 * unit), colour)
        x, y = at
        for side, lift in ((1.0, -0.7), (-1.0, -0.7), (1.0, 0.9), (-1.0, 0.9)):
            knee = (x + side * (radius + 16.0 * unit), y + lift * (radius + 14.0 * unit))
            left = knee[0] + 8.0 * unit if side > 0.0 else knee[0] - 8.0 * unit - words.get_width()
            rect = pygame.Rect(round(left), round(knee[1] - 0.5 * words.get_height()), *words.get_size())
            if self._free.contains(rect) and rect.inflate(8, 2).collidelist(self._taken) < 0:
                self._taken.append(rect)
                alpha = round(255 * min(fade, 1.0))
                start = (x + 0.7 * side * radius, y + 0.7 * lift * radius)
                ink.bar(surface, start, knee, 1.0, p.mixed(p.QUIET, p.TEXT, 0.5) if fade > 0.5 else p.QUIET)
                ink.bar(surface, knee, (knee[0] + side * 6.0 * unit, knee[1]), 1.0, p.QUIET)
                if alpha < 255:
                    words = words.copy()
                    words.set_alpha(alpha)
                if fade > _PATCHED:
                    patch(surface, rect)
                surface.blit(words, rect)
                return
        if not under:
            return
        for lift in (1.0, -1.0):
            rect = words.get_rect(center=(round(x), round(y + lift * (radius + 20.0 * unit))))
            if self._free.contains(rect) and rect.inflate(8, 2).collidelist(self._taken) < 0:
                self._taken.append(rect)
                words = words.copy()
                words.set_alpha(round(255 * min(fade, 1.0)))
                if fade > _PATCHED:
                    patch(surface, rect)
                surface.blit(words, rect)
                return


def is_outside(layout: Layout, at: tuple[float, float]) -> bool:
    """Whether a place on the screen is beyond the window's edge."""
    wide, high = layout.size
    return not (-10.0 < at[0] < wide + 10.0 and -10.0 < at[1] < high + 10.0)


def is_covered(layout: Layout, at: tuple[float, float]) -> bool:
    """Whether a place on the screen is beyond the window's edge, or under the panes at its sides."""
    left, _, right, bottom = layout.stage
    beside = not left < at[0] < right and (not layout.upright or at[1] < layout.height.bottom)
    return beside or is_outside(layout, at) or at[1] > bottom


def edge_arrow(
    surface: pygame.Surface, layout: Layout, at: tuple[float, float], name: str, colour: p.Rgb | None = None
) -> None:  # fmt: skip
    """An arrow at the edge of the free part of the window towards something outside of the window; in a colour of its
    own also to something that is under a pane.
    """
    if colour is None and not is_outside(layout, at):
        return
    colour = p.TEXT if colour is None else colour
    left, top, right, bottom = layout.stage
    pad = 34.0 * layout.unit
    x = min(max(at[0], left + pad), right - pad)
    y = min(max(at[1], top + pad), bottom - 3.0 * pad)
    dx, dy = at[0] - x, at[1] - y
    length = max(hypot(dx, dy), 1.0)
    dx, dy = dx / length, dy / length
    size = 17.0 * layout.unit
    tip = (x + dx * size, y + dy * size)
    base = (x - 0.5 * dx * size, y - 0.5 * dy * size)
    half = 0.8 * size
    wings = [(base[0] - side * dy * half, base[1] + side * dx * half) for side in (1.0, -1.0)]
    ink.fill(surface, (tip, *wings), colour)
    label = line(name, Face.HEADING, round(22 * layout.unit), colour)
    label_x = min(max(x - 0.5 * label.get_width(), left + 4), right - label.get_width() - 4)
    place = (round(label_x), round(y + 1.1 * size))
    patch(surface, pygame.Rect(place, label.get_size()))
    surface.blit(label, place)
