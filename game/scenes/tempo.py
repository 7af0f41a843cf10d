"""How many ticks of flight a tick of the window is worth: the level's pace; slow motion and single steps to practise.

It is never a longer tick: whatever the tempo, the flight is the same to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game.cues.pace import eased, pace_now
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from game.sim.spec import DT_S

SLOWNESS: Final = (1.0, 0.5, 0.25, 0.125)  # times as fast; after the last come single steps
STEP_TICKS: Final = 12  # a tenth of a second


class Tempo:
    """Of one flight. `practised` is true once its time was slowed: what was flown so is not counted."""

    def __init__(self) -> None:
        self.pace = 1.0
        self.practised = False
        self._debt = 0.0
        self._slowness = 0
        self._steps = 0

    @property
    def stepping(self) -> bool:
        """The flight stands still between steps."""
        return self._slowness == len(SLOWNESS)

    @property
    def slow(self) -> float:
        """1 at the level's own pace, less in slow motion, 0 between steps."""
        return 0.0 if self.stepping else SLOWNESS[self._slowness]

    def slower(self) -> None:
        """Slow motion, slower, then single steps, then the level's pace again."""
        self._slowness = (self._slowness + 1) % (len(SLOWNESS) + 1)
        self._debt, self._steps = 0.0, 0
        self.practised = self.practised or self._slowness > 0

    def step(self) -> None:
        """One step on; the first one only stops."""
        if self.stepping:
            self._steps += 1
            return
        self._slowness, self._debt, self.practised = len(SLOWNESS), 0.0, True

    def due(self, nav: Nav, pace: Mapping[Phase, float]) -> int:
        """How many ticks to fly in this tick of the window."""
        if self.stepping:
            due, self._steps, self.pace = self._steps * STEP_TICKS, 0, 1.0
            return due
        self.pace = eased(self.pace, pace_now(nav, pace), DT_S)
        if nav.phase is Phase.OVER:
            self.pace = min(self.pace, 1.0)  # a loss is seen at true time, from its first moment on
        self._debt += self.pace * self.slow
        due = int(self._debt)
        self._debt -= due
        return due
