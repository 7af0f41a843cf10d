"""Touchdown speed and distance, or the miss of a goal, to points: pure arithmetic, the rule of the board."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt
from typing import Final

SOFT_MPS: Final = 0.75  # full marks at or under this: what Perseverance did
HARD_MPS: Final = 3.0  # no marks at or over this: where wheels break
NEAR_M: Final = 20.0  # scale of the logarithm: halving the distance always pays
FAR_M: Final = 20_000.0  # no marks this far out
HALF_POINTS: Final = 5000.0


@dataclass(frozen=True, slots=True)
class Score:
    """Points for one landing, or for a goal before the ground; a lost rover has none.

    total     softness and accuracy of a landing, or goal of a flight that ends before it; 0 for a lost one
    softness  for the touchdown's speed, of 5,000
    accuracy  for its distance from the target, of 5,000
    goal      for what a level asks that ends before the ground, of 10,000
    """

    total: int
    softness: int
    accuracy: int
    goal: int = 0


NO_SCORE: Final = Score(0, 0, 0)


def softness(speed_mps: float) -> float:
    """Points for the touchdown speed relative to the ground, 0 to 5,000.

    >>> round(softness(0.75)), round(softness(3.0))
    (5000, 0)
    """
    share = (HARD_MPS - speed_mps) / (HARD_MPS - SOFT_MPS)
    clamped = min(max(share, 0.0), 1.0)
    return HALF_POINTS * clamped * sqrt(clamped)


def accuracy(distance_m: float) -> float:
    """Points for the distance along the ground to the target, 0 to 5,000.

    >>> round(accuracy(0.0)), round(accuracy(20_000.0))
    (5000, 0)
    """
    share = 1.0 - log(1.0 + abs(distance_m) / NEAR_M) / log(1.0 + FAR_M / NEAR_M)
    return HALF_POINTS * min(max(share, 0.0), 1.0)


def landing_score(speed_mps: float, distance_m: float) -> Score:
    """The score of a rover that is alive on the ground.

    Perseverance herself, 0.771 m/s and 1,700 m from the centre of her ellipse, is the number to beat:

    >>> landing_score(0.771, 1700.0).total
    6706
    """
    soft, near = round(softness(speed_mps)), round(accuracy(distance_m))
    return Score(soft + near, soft, near)


def goal_score(worst_miss: float) -> Score:
    """The score of a flight that ends at a goal before the ground.

    `worst_miss` is the largest distance of a figure from its aim, in half widths: 0 is perfect, 1 just completed.

    >>> goal_score(0.0).total, goal_score(0.25).total, goal_score(1.0).total
    (10000, 7500, 0)
    """
    points = round(2.0 * HALF_POINTS * min(max(1.0 - worst_miss, 0.0), 1.0))
    return Score(points, 0, 0, points)
