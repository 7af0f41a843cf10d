"""The controls of a flight, ticked off as they are used for the first time: what teaches a first flight.

A row is asked for in the phases in which it does something, stands for a moment after it was used, and does not come
back. In Guided the axes are the autopilot's and in one-button mode there is one button, so there is less to find.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from game.content.modes import Mode
from game.pilots.mixer import Hands
from game.sim.command import Command
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from game.sim.spec import TICK_HZ

TICKED_TICKS: Final = 2 * TICK_HZ  # of the window: how long a row stays once it is done
MOST_ROWS: Final = 4
MARKS_ABOVE_M: Final = 500.0  # estimate: lower down there is hardly propellant to reach another mark


class Known(StrEnum):
    """One thing that hands can do. The words are `teach.<code>` in the texts."""

    TRIM = "trim"
    TURN = "turn"
    LIFT = "lift"
    LEAN = "lean"
    THROTTLE = "throttle"
    REEL = "reel"
    ACTION = "action"
    MARK = "mark"
    ASSIST = "assist"


_TILTS: Final = {
    Phase.COURSE: Known.TRIM,
    Phase.APPROACH: Known.TURN,
    Phase.ENTRY: Known.LIFT,
    Phase.FREE_FALL: Known.LEAN,
    Phase.POWERED: Known.LEAN,
    Phase.SKY_CRANE: Known.LEAN,
    Phase.FLYAWAY: Known.LEAN,
}
_THROTTLES: Final = frozenset({Phase.POWERED, Phase.FLYAWAY})
_WITH_MARKS: Final = frozenset({Phase.PARACHUTE, Phase.FREE_FALL, Phase.POWERED})
_WITH_ACTION: Final = frozenset({
    Phase.COURSE, Phase.CRUISE, Phase.ENTRY, Phase.PARACHUTE, Phase.SKY_CRANE, Phase.TOUCHDOWN,
})  # fmt: skip
_NOTHING: Final[frozenset[Known]] = frozenset()
_OF_MODE: Final = {
    Mode.GUIDED: frozenset({Known.ACTION, Known.MARK}),
    Mode.MANUAL: frozenset(Known),
    Mode.RAW: frozenset[Known](),  # nothing is told there
    Mode.ONE_BUTTON: frozenset({Known.ACTION}),
}


def asked(nav: Nav) -> tuple[Known, ...]:
    """What hands can do now, most needed first."""
    phase = nav.phase
    reeling = phase is Phase.SKY_CRANE and nav.rover_released and not nav.bridle_full
    found = [Known.REEL] if reeling else []
    if phase in _TILTS:
        found.append(_TILTS[phase])
    if phase in _THROTTLES:
        found.append(Known.THROTTLE)
    if phase in _WITH_ACTION:
        found.append(Known.ACTION)
    if phase in _WITH_MARKS and len(nav.marks) > 1 and nav.height_m > MARKS_ABOVE_M:
        found.append(Known.MARK)
    if phase is not Phase.OVER:
        found.append(Known.ASSIST)
    return tuple(found)


def used_in(phase: Phase, command: Command, hands: Hands) -> frozenset[Known]:
    """What the hands did in a tick of this phase."""
    if not hands:
        return _NOTHING
    found = set[Known]()
    if hands.has(Hands.TILT) and phase in _TILTS:
        found.add(_TILTS[phase])
    if hands.has(Hands.THROTTLE) and phase in _THROTTLES:
        found.add(Known.THROTTLE)
    if hands.has(Hands.REEL):
        found.add(Known.REEL)
    if hands.has(Hands.MOMENTS) and command.action:
        found.add(Known.ACTION)
    if hands.has(Hands.MOMENTS) and command.mark:
        found.add(Known.MARK)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    known: Known
    done: bool


class Checklist:
    """Of one flight; `found` says what was used in earlier ones, `new` is what was used in this one."""

    def __init__(self, mode: Mode, found: Callable[[str], bool]) -> None:
        self._wanted = {known for known in _OF_MODE[mode] if not found(known)}
        self._leaving: dict[Known, int] = {}
        self.new: set[Known] = set()

    def hear(self, used: frozenset[Known]) -> None:
        """These were used."""
        if not used:
            return
        for known in used & self._wanted:
            self._wanted.discard(known)
            self._leaving[known] = TICKED_TICKS
        self.new |= used

    def tick(self) -> None:
        """A tick of the window has passed."""
        for known in tuple(self._leaving):
            self._leaving[known] -= 1
            if self._leaving[known] <= 0:
                del self._leaving[known]

    def rows(self, nav: Nav) -> tuple[Row, ...]:
        """What to show now: what was just done, then what can be tried."""
        done = [Row(known, True) for known in self._leaving]
        todo = [Row(known, False) for known in asked(nav) if known in self._wanted]
        return tuple((done + todo)[:MOST_ROWS])
