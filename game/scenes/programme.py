"""What plays by itself: the best flights that there are, and flights of the autopilot where there are too few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from game.content.errors import InputError
from game.content.levels import Level
from game.content.modes import BOARDS, Mode
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.replay import Replay, ReplayError
from game.record.verify import Proof
from game.scenes.ladder import ladder, level_of
from game.sim.events import Event
from game.sim.flight import Flight
from game.sim.spec import FlightSpec

LEAST: Final = 3  # flights in a programme: with fewer, the autopilot flies the others
MOST: Final = 6
# They are flown when they are shown: no file can grow stale. Each of these days it lands.
BUNDLED: Final = (("jezero", 4), ("powered-descent", 2), ("gale", 5))


@dataclass(frozen=True, slots=True)
class Bill:
    """A flight to be shown. Without a replay the autopilot flies it.

    who     initials of whoever flew it, and points for what; empty and None if it is not known
    """

    level: Level
    mode: Mode
    seed: int
    replay: Replay | None = None
    who: str = ""
    points: int | None = None


class Best(Protocol):
    """A flight in the score book."""

    @property
    def id(self) -> int: ...
    @property
    def initials(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def score(self) -> int: ...


class Scores(Protocol):
    """What the score book is asked here. Either question may raise InputError."""

    def best(self, level_id: str, mode: Mode) -> Best | None:
        """The best proved flight of this board whose record is there."""

    def replay(self, entry_id: int) -> Replay | None:
        """A flight's record; None when there is none (any more)."""


def bests_of(scores: Scores) -> tuple[Bill, ...]:
    """The best flights of the boards, whole missions before short levels, as many as are shown; none when the book
    cannot be read.
    """
    found: list[Bill] = []
    try:
        for level in reversed(ladder()):
            for mode in BOARDS:
                best = scores.best(level.id, mode)
                replay = None if best is None else scores.replay(best.id)
                if best is not None and replay is not None:
                    found.append(Bill(level, mode, best.seed, replay, best.initials, best.score))
                if len(found) == MOST:  # a whole mission's record takes a while to unpack and to read
                    return tuple(found)
    except InputError:
        return tuple(found)
    return tuple(found)


class Run(Protocol):
    """A flight that is flown tick by tick by whatever is behind it."""

    flight: Flight
    spec: FlightSpec
    events: list[Event]

    @property
    def goes_on(self) -> bool:
        """Whether there is more to fly."""

    def fly(self, most_ticks: int) -> None:
        """Fly on; `events` has what happened. Raises ReplayError when a record's level tears the flight apart."""


class AutopilotRun:
    """The autopilot's own."""

    def __init__(self, level: Level, mode: Mode, seed: int) -> None:
        self.spec = level.flight_spec(mode)
        self.flight = Flight(self.spec, seed)
        self.events: list[Event] = []
        self._helm = Helm(Autopilot())

    @property
    def goes_on(self) -> bool:
        return not self.flight.over

    def fly(self, most_ticks: int) -> None:
        flight, helm = self.flight, self._helm
        for _ in range(most_ticks):
            if flight.over:
                break
            happened = flight.step(helm.command(flight))
            if happened:
                helm.hear(happened)
                self.events += happened


def programme(bests: Sequence[Bill]) -> Iterator[tuple[Bill, Run]]:
    """A round of flights, each ready to begin: the best, but those that cannot be flown here any more, and as many of
    the autopilot as are needed for it not to be one and the same flight all the time.
    """
    shown = 0
    for bill in bests[:MOST]:
        try:
            run = _run_of(bill)
        except ReplayError:
            continue
        shown += 1
        yield bill, run
    for level_id, seed in BUNDLED[: max(LEAST - shown, 0)]:
        bill = Bill(level_of(level_id), Mode.GUIDED, seed)
        yield bill, _run_of(bill)


def _run_of(bill: Bill) -> Run:
    """The flight of a bill from its beginning. Raises ReplayError when its record cannot be flown here."""
    if bill.replay is None:
        return AutopilotRun(bill.level, bill.mode, bill.seed)
    return Proof(bill.replay, bill.level, bill.level.id)
