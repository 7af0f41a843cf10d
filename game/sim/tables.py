"""Reading a Table: linear between its points, held at its ends."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from game.sim.records import Table


class Lookup:
    """A Table made ready to be read often.

    >>> Lookup(((0.0, 1.0), (2.0, 3.0)))(1.0)
    2.0
    """

    __slots__ = ("_slopes", "_xs", "_ys")

    def __init__(self, table: Table) -> None:
        self._xs = [x for x, _ in table]
        self._ys = [y for _, y in table]
        self._slopes = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(table)]

    def __call__(self, x: float) -> float:
        xs = self._xs
        if x <= xs[0]:
            return self._ys[0]
        if x >= xs[-1]:
            return self._ys[-1]
        index = bisect_right(xs, x) - 1
        return self._ys[index] + self._slopes[index] * (x - xs[index])
