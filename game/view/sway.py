"""Cords move in the air: three frequencies at once, all small, more where there is slack."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sin
from typing import Final

Point = tuple[float, float]

_HZ_RAD_S: Final = ((1.9, 2.1, 0.60), (4.3, 5.0, 0.30), (11.0, 9.0, 0.10))  # rad/s, rad along the cord, share
_OF_SLACK: Final = 0.16
_LEAST_M: Final = 0.012
_MOST_M: Final = 0.32


def swayed(points: Sequence[Point], slack_m: float, t_s: float, *, free: bool = False) -> list[Point]:
    """The points of a cord (m), moved sideways as they are at this moment.

    slack_m  how much longer it is than straight
    free     its last end hangs loose; otherwise both ends are held
    """
    reach_m = min(_LEAST_M + _OF_SLACK * max(slack_m, 0.0), _MOST_M)
    last = max(len(points) - 1, 1)
    moved: list[Point] = []
    for index, (x_m, y_m) in enumerate(points):
        u = index / last
        held = u if free else sin(pi * u)
        wave = sum(share * sin(rate * t_s + turn * u) for rate, turn, share in _HZ_RAD_S)
        moved.append((x_m + reach_m * held * wave, y_m))
    return moved
