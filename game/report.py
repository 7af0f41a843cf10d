"""FlightReport: the one frozen record of a flight's figures, read by --json, checks, replays and the score book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from game.scoring import NO_SCORE, Score, goal_score, landing_score
from game.sim.events import Event, Reason
from game.sim.goal import worst_miss
from game.sim.judge import Touchdown
from game.sim.peaks import Peaks
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ

if TYPE_CHECKING:
    from game.sim.flight import Flight  # who only asks which figures there are, need not load a flight

ALIVE: Final = frozenset({Outcome.LANDED, Outcome.COMPLETED})  # how a flight ends well

# Turns a code (an event's name or a reason) and its figures into the sentence a person reads.
Describe = Callable[[str, dict[str, float | str]], str]


@dataclass(frozen=True, slots=True)
class PartDown:
    """Where a part came to rest.

    name         of the part
    downrange_m  down-track of the flight's origin
    """

    name: str
    downrange_m: float


@dataclass(frozen=True, slots=True)
class FlightReport:
    """The figures of one finished flight. Everything here is a number or a code; the words come from the texts.

    level               id of the level
    seed                of the day's weather and errors
    pilot               name of who flew
    mode                guided, manual or raw
    dispersed           with everything spread that no pilot knows before the flight
    outcome             how it ended
    reason_code         why
    reason_figures      figures that belong to that reason alone
    time_s              flown: the hours between the course and the last minute of space are a jump and do not count
    ticks               flown, 120 a second
    touchdown           None for a flight that ended before it met the ground
    score               points
    peaks               largest values of the flight
    propellant_left_kg  in the tanks at the end
    parts               where what is not the rover came down, and the rover
    digest              of the flight to its last bit, the same again on the same platform
    events              what happened, in order
    """

    level: str
    seed: int
    pilot: str
    mode: str
    dispersed: bool
    outcome: Outcome
    reason_code: Reason
    reason_figures: tuple[tuple[str, float], ...]
    time_s: float
    ticks: int
    touchdown: Touchdown | None
    score: Score
    peaks: Peaks
    propellant_left_kg: float
    parts: tuple[PartDown, ...]
    digest: str
    events: tuple[Event, ...]

    @property
    def alive(self) -> bool:
        return self.outcome in ALIVE

    def as_json(self, describe: Describe) -> dict[str, Any]:
        """The report as plain data for --json; `describe` adds `reason` and each event's `why`."""
        return {
            "level": self.level,
            "seed": self.seed,
            "pilot": self.pilot,
            "mode": self.mode,
            "dispersed": self.dispersed,
            "outcome": self.outcome.value,
            "reason": describe(f"reason.{self.reason_code}", dict(self.reason_figures)),
            "reason_code": self.reason_code.value,
            "reason_figures": dict(self.reason_figures),
            "time_s": self.time_s,
            "ticks": self.ticks,
            "touchdown": None if self.touchdown is None else asdict(self.touchdown),
            "score": asdict(self.score),
            "peaks": asdict(self.peaks),
            "propellant_left_kg": self.propellant_left_kg,
            "parts": [asdict(part) for part in self.parts],
            "digest": self.digest,
            "events": [_event_json(event, describe) for event in self.events],
        }


def report_of(
    flight: Flight, events: Sequence[Event], *, level: str, pilot: str, mode: str, dispersed: bool
) -> FlightReport:
    """The report of a flight that is over.

    Raises ValueError while the flight still goes on: half a record is no record.
    """
    if flight.reason is None or not flight.over:
        raise ValueError("a flight is reported when it is over")
    return FlightReport(
        level=level,
        seed=flight.seed,
        pilot=pilot,
        mode=mode,
        dispersed=dispersed,
        outcome=flight.outcome,
        reason_code=flight.reason,
        reason_figures=flight.reason_figures,
        time_s=flight.tick / TICK_HZ,
        ticks=flight.tick,
        touchdown=flight.touchdown,
        score=_score_of(flight),
        peaks=flight.peaks,
        propellant_left_kg=flight.propellant_kg,
        parts=tuple(PartDown(part.value, x_m) for part, x_m in flight.parts_down.items()),
        digest=flight.digest(),
        events=tuple(events),
    )


def _score_of(flight: Flight) -> Score:
    """By the rover's touchdown, or by the goal that the level ends at."""
    touchdown = flight.touchdown
    if flight.outcome is Outcome.LANDED and touchdown:
        return landing_score(touchdown.speed_mps, touchdown.distance_m)
    if flight.outcome is Outcome.COMPLETED:
        return goal_score(worst_miss(flight.spec.goal, flight.reason_figures))
    return NO_SCORE


def _event_json(event: Event, describe: Describe) -> dict[str, Any]:
    words: dict[str, float | str] = dict(event.figures)
    words["detail"] = event.detail
    return {
        "tick": event.tick,
        "t_s": event.t_s,
        "name": event.name.value,
        "altitude_m": event.altitude_m,
        "height_m": event.height_m,
        "speed_mps": event.speed_mps,
        "mach": event.mach,
        "q_pa": event.q_pa,
        "why": describe(f"event.{event.name}", words),
        "detail": event.detail,
        "figures": dict(event.figures),
    }
