"""Who touched whom: facts that pymunk's callback collects and the flight reads after the step.

Nothing is decided inside a callback: the engine swallows exceptions there, and adding or removing bodies there makes
the order of a set matter. What was found is folded into masks, in which no order is left.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Any, Final

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
    CAPSULE = 9
    SHED = 10


class Lane(IntFlag):
    """Categories of the shapes: in our plane a rock between the wheels' lanes meets the belly and not the wheels."""

    WHEELS = 1
    BELLY = 2
    ANYTHING_ELSE = ~(WHEELS | BELLY) & 0xFFFFFFFF


def mask(*touches: Touch) -> int:
    """Several touches as one number, a bit each."""
    bits = 0
    for touch in touches:
        bits |= 1 << touch
    return bits


SOIL: Final = mask(Touch.GROUND, Touch.ROCK)
ROVER: Final = mask(Touch.FRONT_WHEEL, Touch.MIDDLE_WHEEL, Touch.REAR_WHEEL, Touch.HULL)
STAGE: Final = mask(Touch.STAGE)
STACK: Final = ROVER | STAGE
BACKSHELL: Final = mask(Touch.BACKSHELL)
SHED: Final = mask(Touch.SHED)
_NOTHING: Final = [0] * (max(Touch) + 1)


class Contacts:
    """The contacts of the last step: for each touch, the mask of what it touched.

    stirred   there may be something to gather
    """

    __slots__ = ("_error", "_found", "_met", "stirred")

    def __init__(self, space: pymunk.Space) -> None:
        self._found: set[tuple[int, int]] = set()
        self._met = _NOTHING
        self._error: Exception | None = None
        self.stirred = False
        space.on_collision(None, None, post_solve=self._note)

    def gather(self) -> bool:
        """Take over what the step just done has found; False when nothing touched.

        Raises what went wrong in the engine's callback, where it would be lost.
        """
        if self._error:
            raise self._error
        if not self._found:
            self._met = _NOTHING
            self.stirred = False
            return False
        met = list(_NOTHING)
        for a, b in self._found:
            met[a] |= 1 << b
            met[b] |= 1 << a
        self._met = met
        self._found.clear()
        return True

    def met(self, touch: Touch, others: int) -> bool:
        """Whether it touched any of the others in the last step."""
        return bool(self._met[touch] & others)

    def met_any(self, touches: int, others: int) -> bool:
        """Whether any of the one touched any of the others."""
        return any(met & others for touch, met in enumerate(self._met) if touches >> touch & 1)

    def add(self, one: Touch, other: Touch) -> None:
        """A contact that the engine has missed and somebody else has seen; call it before `gather`."""
        self._found.add((one, other))
        self.stirred = True

    def _note(self, arbiter: pymunk.Arbiter, _space: pymunk.Space, _data: Any) -> None:
        self.stirred = True
        try:
            one, other = arbiter.shapes
            self._found.add((one.collision_type, other.collision_type))
        except Exception as error:  # noqa: BLE001  the engine would print it and go on
            self._error = error
