"""What an agent does in a step: the levels of a Command as numbers from -1 to 1, and its edges.

The numbers become a Command by the same encoding as a person's hands, so that whatever an agent flies can be recorded,
replayed and flown by a script.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from gymnasium.spaces import Box

from game.lab.gym_options import shown
from game.sim.command import REEL_MAX, THROTTLE_MAX, TILT_MAX, Command, quantised

PRESSED: Final = 0.5  # what is above this is pressed

_NUMBERS: Final = "fiub"  # numpy's kinds of them, without the complex ones
_NOTHING: Final = np.array(None)


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """One number of an action, -1 to 1: its name, and what its ends and its middle ask for."""

    name: str
    meaning: str


ACTIONS: Final = (
    ActionEntry("tilt", "-1 leans up-track, 0 lets go, 1 leans down-track; each phase has its own use for it"),
    ActionEntry("throttle", "the lever: -1 is its lower end (minimum thrust), 1 its upper end"),
    ActionEntry("reel", "-1 holds the bridle, 1 pays it out at full speed"),
    ActionEntry("action", f"the next step of the sequence, once, when it rises above {PRESSED}"),
)
MARK: Final = ActionEntry(
    "mark",
    f"the next landing mark, down-track in every step in which it is above {PRESSED}, up-track below -{PRESSED}",
)


def action_entries(marks: bool) -> tuple[ActionEntry, ...]:
    """The numbers of an action in their order; `marks`: the landing mark is one of them."""
    return (*ACTIONS, MARK) if marks else ACTIONS


def action_space(marks: bool) -> Box:
    """All numbers from -1 to 1."""
    return Box(-1.0, 1.0, (len(action_entries(marks)),), np.float32)


def action_of(command: Command, marks: bool = False) -> np.ndarray[Any, np.dtype[np.float32]]:
    """The action that becomes this very command: for a pilot that flies through the environment.

    ACTION is pressed when its number rises: straight after a command with it there is none.
    """
    numbers = [
        command.tilt / TILT_MAX,
        2.0 * command.throttle / THROTTLE_MAX - 1.0,
        2.0 * command.reel / REEL_MAX - 1.0,
        1.0 if command.action else -1.0,
    ]
    if marks:
        numbers.append(float(command.mark))
    return np.array(numbers, np.float32)


class Hand:
    """Turns actions into commands, and remembers whether ACTION is pressed: held down it is pressed once.

    action_down  1.0 while it is, else 0.0
    """

    __slots__ = ("_count", "action_down")

    def __init__(self, marks: bool) -> None:
        """Nothing is pressed."""
        self._count = len(action_entries(marks))
        self.action_down = 0.0

    def command(self, action: Any) -> Command:
        """The command of the step's first tick; its edges are not repeated in the others.

        What lies outside -1 to 1 is taken as the end that it lies beyond. Raises ValueError for what is no action: no
        numbers, of another shape, or with a NaN in it.
        """
        try:
            numbers = np.asarray(action)
        except ValueError:  # rows of different lengths
            numbers = _NOTHING
        if numbers.dtype.kind not in _NUMBERS:
            raise ValueError(f"an action is {self._count} numbers from -1 to 1, not {shown(action)}")
        if numbers.shape != (self._count,):
            raise ValueError(f"an action has {self._count} numbers, not the shape {numbers.shape}")
        values: list[float] = numbers.astype(np.float64).tolist()
        tilt, throttle, reel, pressed = values[:4]
        # A NaN is what differs from itself, and makes a NaN of any sum; infinities may, too.
        if (total := sum(values)) != total and any(value != value for value in values):  # noqa: PLR0124
            raise ValueError(f"an action has no NaN in it: {values}")
        action_down = 1.0 if pressed > PRESSED else 0.0
        act = action_down > self.action_down
        self.action_down = action_down
        mark = 0
        if self._count > len(ACTIONS):
            mark = (values[4] > PRESSED) - (values[4] < -PRESSED)
        return quantised(tilt, 0.5 * (throttle + 1.0), 0.5 * (reel + 1.0), mark, act)
