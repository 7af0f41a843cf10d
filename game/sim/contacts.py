"""Who touched whom: facts that pymunk's callback collects and the flight reads after the step.

Nothing is decided inside a callback: the engine swallows exceptions there, and adding or removing bodies there makes
the order of a set matter. Facts are sorted before anybody reads them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import pymunk


class Touch(IntEnum):
    """Collision types of the shapes."""

    GROUND = 1
    ROCK = 2
    FRONT_WHEEL = 3
    MIDDLE_WHEEL = 4
    REAR_WHEEL = 5
    HULL = 6
    STAGE = 7
    BACKSHELL = 8


WHEELS = (Touch.FRONT_WHEEL, Touch.MIDDLE_WHEEL, Touch.REAR_WHEEL)
SOIL = (Touch.GROUND, Touch.ROCK)

_Pair = tuple[int, int]


class Contacts:
    """The contacts of the last step as sorted pairs of touches."""

    __slots__ = ("_found", "pairs")

    def __init__(self, space: pymunk.Space) -> None:
        self._found: set[_Pair] = set()
        self.pairs: frozenset[_Pair] = frozenset()
        space.on_collision(None, None, post_solve=self._note)

    def gather(self) -> bool:
        """Take over what the step just done has found; False when nothing touched."""
        if not self._found:
            if self.pairs:
                self.pairs = frozenset()
            return False
        self.pairs = frozenset(self._found)
        self._found.clear()
        return True

    def between(self, those: tuple[Touch, ...], others: tuple[Touch, ...]) -> bool:
        """Whether any of the one touched any of the others in the last step."""
        pairs = self.pairs
        return any(((a, b) if a < b else (b, a)) in pairs for a in those for b in others)

    def _note(self, arbiter: pymunk.Arbiter, _space: pymunk.Space, _data: Any) -> None:
        one, other = arbiter.shapes
        a, b = one.collision_type, other.collision_type
        self._found.add((a, b) if a < b else (b, a))
