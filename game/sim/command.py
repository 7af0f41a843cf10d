"""One tick of intent: all that anybody can do to a flight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TILT_MAX: Final = 127
THROTTLE_MAX: Final = 255
REEL_MAX: Final = 127


@dataclass(frozen=True, slots=True)
class Command:
    """What a pilot wants during one tick, already quantised so that a replay is exact and small.

    tilt      -127..127, + leans the craft towards +x (down-track)
    throttle  0..255, 0 is the engines' minimum thrust, never off until the flyaway, where it shuts them down;
              with the damped control law under the sky crane it is the vertical speed to hold (control.py)
    reel      0..127, pays the bridle out; it cannot be wound in
    mark      -1, 0 or +1: choose the next landing mark up-track or down-track, an edge: one tick long
    action    the next event of the sequence, an edge: one tick long
    """

    tilt: int = 0
    throttle: int = 0
    reel: int = 0
    mark: int = 0
    action: bool = False

    def __post_init__(self) -> None:
        # Everybody's, at every decision: the usual one passes without a loop.
        if (
            type(self.tilt) is type(self.throttle) is type(self.reel) is type(self.mark) is int
            and -TILT_MAX <= self.tilt <= TILT_MAX
            and 0 <= self.throttle <= THROTTLE_MAX
            and 0 <= self.reel <= REEL_MAX
            and -1 <= self.mark <= 1
            and type(self.action) is bool
        ):
            return
        for name, low, high in _RANGES:
            value = getattr(self, name)
            if type(value) is not int or not low <= value <= high:
                raise ValueError(f"{name} must be a whole number from {low} to {high}, not {value!r}")
        if type(self.action) is not bool:
            raise ValueError(f"action must be true or false, not {self.action!r}")

    def held(self) -> Command:
        """The same levels without the edges: what a pilot that decides every few ticks sends in between."""
        if self.mark or self.action:
            return Command(self.tilt, self.throttle, self.reel)
        return self


_RANGES: Final = (
    ("tilt", -TILT_MAX, TILT_MAX),
    ("throttle", 0, THROTTLE_MAX),
    ("reel", 0, REEL_MAX),
    ("mark", -1, 1),
)

IDLE: Final = Command()


def quantised(tilt: float, throttle: float, reel: float, mark: int = 0, action: bool = False) -> Command:
    """A Command from unit levels: tilt -1..1, throttle and reel 0..1; beyond that they are clamped."""
    return Command(
        round(max(-1.0, min(1.0, tilt)) * TILT_MAX),
        round(max(0.0, min(1.0, throttle)) * THROTTLE_MAX),
        round(max(0.0, min(1.0, reel)) * REEL_MAX),
        mark,
        action,
    )
