"""Counts flashes in a film, as WCAG 2.3.1 does: pairs of opposing changes of relative luminance in one place.

Each picture is averaged into a grid. A cell's change counts when it is a tenth of the greatest luminance or more and
the darker of the two is below 0.8, and it is opposing when it goes the other way than the cell's last one.
"""

from __future__ import annotations

import pygame

GRID = (16, 9)
CHANGE = 0.10
DARK = 0.80
_LINEAR = [value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in range(256)]


class FlashMeter:
    """Told of every picture, with its time in s."""

    def __init__(self) -> None:
        cells = GRID[0] * GRID[1]
        self._low, self._high = [2.0] * cells, [-1.0] * cells
        self._rising: list[bool | None] = [None] * cells
        self._changes: list[list[float]] = [[] for _ in range(cells)]

    def see(self, surface: pygame.Surface, t_s: float) -> None:
        small = pygame.transform.smoothscale(surface, GRID)
        data = pygame.image.tobytes(small, "RGB")
        for cell in range(GRID[0] * GRID[1]):
            red, green, blue = data[3 * cell : 3 * cell + 3]
            light = 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]
            self._note(cell, light, t_s)

    def _note(self, cell: int, light: float, t_s: float) -> None:
        low = self._low[cell] = min(self._low[cell], light)
        high = self._high[cell] = max(self._high[cell], light)
        rising = self._rising[cell]
        if rising is not True and light - low >= CHANGE and low < DARK:
            self._turn(cell, light, t_s, rising=True)
        elif rising is not False and high - light >= CHANGE and light < DARK:
            self._turn(cell, light, t_s, rising=False)

    def _turn(self, cell: int, light: float, t_s: float, *, rising: bool) -> None:
        self._rising[cell] = rising
        self._changes[cell].append(t_s)
        self._low[cell] = self._high[cell] = light

    def worst(self) -> int:
        """The most opposing changes that any one cell had within any second."""
        most = 0
        for times in self._changes:
            for first in times:
                most = max(most, sum(first <= t_s < first + 1.0 for t_s in times))
        return most

    def widest(self, changes: int) -> float:
        """The share of the picture that had so many opposing changes within the same second."""
        starts = sorted({t_s for times in self._changes for t_s in times})
        most = 0
        for first in starts:
            most = max(most, sum(sum(first <= t < first + 1.0 for t in times) >= changes for times in self._changes))
        return most / len(self._changes)
