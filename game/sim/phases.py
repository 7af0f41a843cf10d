"""The phases of a flight and what ends each; the diagram in docs/flight.md is printed from this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Final, Protocol


class Phase(StrEnum):
    COURSE = "course"
    CRUISE = "cruise"
    APPROACH = "approach"
    ENTRY = "entry"
    PARACHUTE = "parachute"
    FREE_FALL = "free_fall"
    POWERED = "powered"
    SKY_CRANE = "sky_crane"
    TOUCHDOWN = "touchdown"
    FLYAWAY = "flyaway"
    OVER = "over"


# In these phases the capsule is what is flown.
ARRIVING: Final = frozenset({Phase.COURSE, Phase.CRUISE, Phase.APPROACH, Phase.ENTRY, Phase.PARACHUTE})


class PhaseFacts(Protocol):
    """What the guards may read: facts at the end of the last tick, and the edge of this one."""

    @property
    def course_set(self) -> bool: ...
    @property
    def stage_dropped(self) -> bool: ...
    @property
    def at_interface(self) -> bool: ...
    @property
    def mortar_fired(self) -> bool: ...
    @property
    def backshell_off(self) -> bool: ...
    @property
    def ignition_due(self) -> bool: ...
    @property
    def slow_and_low(self) -> bool: ...
    @property
    def wheels_on_ground(self) -> bool: ...
    @property
    def bridle_cut(self) -> bool: ...
    @property
    def decided(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Go:
    """One exit of a phase. `when` is read between ticks; the first that is true is taken, at most one a tick.

    polled   it can come true in any tick; one that is not comes of a command or of a verdict alone
    """

    to: Phase
    when: Callable[[PhaseFacts], bool]
    why: str
    polled: bool = False


_OVER: Final = Go(Phase.OVER, attrgetter("decided"), "outcome_decided")

TRANSITIONS: Final[dict[Phase, tuple[Go, ...]]] = {
    Phase.COURSE: (_OVER, Go(Phase.CRUISE, attrgetter("course_set"), "course_set", polled=True)),
    Phase.CRUISE: (_OVER, Go(Phase.APPROACH, attrgetter("stage_dropped"), "cruise_stage_off")),
    Phase.APPROACH: (_OVER, Go(Phase.ENTRY, attrgetter("at_interface"), "entry_interface", polled=True)),
    Phase.ENTRY: (_OVER, Go(Phase.PARACHUTE, attrgetter("mortar_fired"), "mortar")),
    Phase.PARACHUTE: (_OVER, Go(Phase.FREE_FALL, attrgetter("backshell_off"), "backshell_off")),
    Phase.FREE_FALL: (_OVER, Go(Phase.POWERED, attrgetter("ignition_due"), "ignition", polled=True)),
    Phase.POWERED: (_OVER, Go(Phase.SKY_CRANE, attrgetter("slow_and_low"), "slow_and_low", polled=True)),
    Phase.SKY_CRANE: (
        _OVER,
        Go(Phase.TOUCHDOWN, attrgetter("wheels_on_ground"), "wheels_on_ground", polled=True),
        Go(Phase.FLYAWAY, attrgetter("bridle_cut"), "cut_in_the_air"),
    ),
    Phase.TOUCHDOWN: (_OVER, Go(Phase.FLYAWAY, attrgetter("bridle_cut"), "bridle_cut")),
    Phase.FLYAWAY: (_OVER,),
    Phase.OVER: (),
}


def diagram() -> str:
    """The table as a Mermaid state diagram, for the docs."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {phase} --> {go.to}: {go.why}" for phase, exits in TRANSITIONS.items() for go in exits]
    return "\n".join(lines)
