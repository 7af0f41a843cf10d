"""Reading a Table: linear between its points, held at its ends."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from math import inf

from game.sim.records import Table

# A stretch of several tables over one axis: from, to, where the values are counted from, then a value and its slope
# for each table.
Stretch = tuple[float, ...]


class Lookup:
    """A Table made ready to be read often: it remembers where it was read last, which is where it is read next.

    >>> Lookup(((0.0, 1.0), (2.0, 3.0)))(1.0)
    2.0
    """

    __slots__ = ("_here", "_stretches")

    def __init__(self, table: Table) -> None:
        self._stretches = stretches(table)
        self._here: Stretch = self._stretches[0]

    def __call__(self, x: float) -> float:
        low, high, start, y, slope = self._here
        if not low <= x < high:
            low, high, start, y, slope = self._here = stretch_at(self._stretches, x)
        return y + slope * (x - start)


def stretches(*tables: Table) -> tuple[Stretch, ...]:
    """The stretches between all the points of these tables, and beyond them, in order.

    >>> stretches(((0.0, 1.0), (2.0, 3.0)))[1]
    (0.0, 2.0, 0.0, 1.0, 1.0)
    """
    xs = sorted({x for table in tables for x, _ in table})
    edges = (-inf, *xs, inf)
    return tuple(
        (low, high, start := xs[0] if low == -inf else low, *(n for table in tables for n in _line(table, low, start)))
        for low, high in pairwise(edges)
    )


def stretch_at(among: tuple[Stretch, ...], x: float) -> Stretch:
    """The stretch that x lies in."""
    return among[max(bisect_right(among, x, key=_from) - 1, 0)]


def _from(stretch: Stretch) -> float:
    return stretch[0]


def _line(table: Table, low: float, start: float) -> tuple[float, float]:
    """A table's value at `start`, and its slope from `low` on."""
    xs = [x for x, _ in table]
    index = bisect_right(xs, low) - 1
    if index < 0:
        return table[0][1], 0.0
    x0, y0 = table[index]
    if index + 1 == len(table):
        return y0, 0.0
    x1, y1 = table[index + 1]
    slope = (y1 - y0) / (x1 - x0)
    return y0 + slope * (start - x0), slope
