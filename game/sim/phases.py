"""The phases of a flight and what ends each; the diagram in docs/flight.md is printed from this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Final, Protocol


class Phase(StrEnum):
    FREE_FALL = "free_fall"
    POWERED = "powered"
    SKY_CRANE = "sky_crane"
    TOUCHDOWN = "touchdown"
    FLYAWAY = "flyaway"
    OVER = "over"


class PhaseFacts(Protocol):
    """What the guards may read: facts at the end of the last tick, and the edge of this one."""

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
    """One exit of a phase. `when` is read between ticks; the first that is true is taken, at most one a tick."""

    to: Phase
    when: Callable[[PhaseFacts], bool]
    why: str


_OVER: Final = Go(Phase.OVER, attrgetter("decided"), "outcome_decided")

TRANSITIONS: Final[dict[Phase, tuple[Go, ...]]] = {
    Phase.FREE_FALL: (_OVER, Go(Phase.POWERED, attrgetter("ignition_due"), "ignition")),
    Phase.POWERED: (_OVER, Go(Phase.SKY_CRANE, attrgetter("slow_and_low"), "slow_and_low")),
    Phase.SKY_CRANE: (
        _OVER,
        Go(Phase.TOUCHDOWN, attrgetter("wheels_on_ground"), "wheels_on_ground"),
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
