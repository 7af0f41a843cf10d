"""Named random streams: one seed, one stream per thing that varies, so that none can shift another."""

from __future__ import annotations

import random
from typing import Final, Protocol

NOMINAL_SEED: Final = 0

# Irwin-Hall: the sum of this many uniforms has a standard deviation of sqrt(n / 12), so 3 of them give 0.5.
_NORMAL_DRAWS: Final = 3


class Stream(Protocol):
    """Where one thing that varies gets its numbers."""

    def centred(self) -> float:
        """A uniform number from -1 to 1; one draw."""

    def normal(self) -> float:
        """A bell-shaped number, mean 0, standard deviation 1, never beyond 3; three draws."""


class SeededStream:
    """Draws by `Random.random()` alone: the only method that Python promises to keep stable across versions."""

    __slots__ = ("_random",)

    def __init__(self, name: str) -> None:
        self._random = random.Random(name).random

    def centred(self) -> float:
        return 2.0 * self._random() - 1.0

    def normal(self) -> float:
        draw = self._random
        return 2.0 * (draw() + draw() + draw()) - _NORMAL_DRAWS


class NominalStream:
    """The stream of seed 0, the nominal flight: every draw is zero."""

    __slots__ = ()

    def centred(self) -> float:
        return 0.0

    def normal(self) -> float:
        return 0.0


def stream(seed: int, name: str) -> Stream:
    """The stream `name` of a flight with this seed."""
    return NominalStream() if seed == NOMINAL_SEED else SeededStream(f"{seed}/{name}")
