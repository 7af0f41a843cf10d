"""The flight diary: what the flights in the book come to, overall and for each level. Pure arithmetic over entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from game.record.book.entry import PERSON, Entry, Proof
from game.sim.events import Reason
from game.sim.snapshot import Outcome


@dataclass(frozen=True, slots=True)
class Tally:
    """What a number of flights come to. What was practised is told apart: it has no part in the rest but `flown_s`.

    flights      counted ones: those that came down alive or reached their goal, and those that were lost
    causes       how often a flight was lost by what, the most frequent first
    softest_mps  the slowest touchdown of a rover that is alive; None while there was none, as nearest_m
    nearest_m    the shortest distance from the target of such a one
    best_points  None while nothing was completed
    flown_s      seconds of flight, without the hours that a flight jumps over
    """

    flights: int = 0
    alive: int = 0
    practised: int = 0
    causes: tuple[tuple[Reason, int], ...] = ()
    softest_mps: float | None = None
    nearest_m: float | None = None
    best_points: int | None = None
    flown_s: float = 0.0

    @property
    def lost(self) -> int:
        return self.flights - self.alive


@dataclass(frozen=True, slots=True)
class Diary:
    """`levels` has every level that was flown, in alphabetical order of its id."""

    overall: Tally = field(default_factory=Tally)
    levels: tuple[tuple[str, Tally], ...] = ()


def diary_of(entries: Iterable[Entry], pilot: str = PERSON) -> Diary:
    """The diary of one pilot's flights on this machine. A record that, flown again, is another flight than it says,
    tells of none.
    """
    own = (entry for entry in entries if entry.pilot == pilot and not entry.brought)
    mine = [entry for entry in own if entry.proof is not Proof.DIFFERS]
    by_level: dict[str, list[Entry]] = {}
    for entry in mine:
        by_level.setdefault(entry.level, []).append(entry)
    return Diary(tally_of(mine), tuple((level_id, tally_of(by_level[level_id])) for level_id in sorted(by_level)))


def tally_of(entries: Iterable[Entry]) -> Tally:
    """What these flights come to."""
    every = list(entries)
    counted = [entry for entry in every if not entry.practised]
    alive = [entry for entry in counted if entry.alive]
    landed = [entry for entry in alive if entry.outcome is Outcome.LANDED]
    causes = Counter(entry.reason for entry in counted if not entry.alive)
    return Tally(
        flights=len(counted),
        alive=len(alive),
        practised=len(every) - len(counted),
        causes=tuple(sorted(causes.items(), key=lambda cause: (-cause[1], cause[0]))),
        softest_mps=min((entry.touchdown_mps for entry in landed if entry.touchdown_mps is not None), default=None),
        nearest_m=min((entry.distance_m for entry in landed if entry.distance_m is not None), default=None),
        best_points=max((entry.score for entry in alive), default=None),
        flown_s=sum(entry.time_s for entry in every),
    )
