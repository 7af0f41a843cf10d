"""How often a pilot lands: many flights of one level, counted by what became of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from math import sqrt
from typing import Final

from game.content.errors import InputError
from game.content.levels import Level
from game.content.modes import Mode
from game.lab.fly import fly
from game.lab.roster import source_of
from game.lab.runners import Runner, in_order, serial
from game.record.observer import Observer
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Outcome

_TWO_SIGMA: Final = 1.959963984540054  # of a normal distribution, 95 in 100 lie nearer to the mean


@dataclass(slots=True)
class Rate:
    """What became of some flights; `seeds` has the lost ones by (phase in which it was decided, reason's code)."""

    level: str
    mode: Mode
    pilot: str
    flights: int = 0
    alive: int = 0
    points: int = 0
    seeds: dict[tuple[Phase, str], list[int]] = field(default_factory=dict)

    @property
    def lost(self) -> Counter[tuple[Phase, str]]:
        """How many were lost by what; most_common() keeps the order in which they were met."""
        return Counter({key: len(seeds) for key, seeds in self.seeds.items()})

    @property
    def lost_seeds(self) -> list[int]:
        return sorted(seed for seeds in self.seeds.values() for seed in seeds)

    @property
    def share(self) -> float:
        """Of the flights, those that landed or reached the level's goal, 0 to 1."""
        return self.alive / self.flights if self.flights else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies, with 95 per cent of certainty (Wilson 1927)."""
        return wilson(self.alive, self.flights)

    @property
    def mean_points(self) -> float:
        """Mean score of those that landed; 0 when none did."""
        return self.points / self.alive if self.alive else 0.0

    def add(self, end: End) -> None:
        """Count a flight."""
        self.flights += 1
        if end.alive:
            self.alive += 1
            self.points += end.points
        else:
            self.seeds.setdefault((end.phase, end.reason_code), []).append(end.seed)


@dataclass(frozen=True, slots=True)
class End:
    """What became of one flight, and the phase in which that was decided."""

    seed: int
    alive: bool
    points: int
    phase: Phase
    reason_code: str


def wilson(alive: int, flights: int) -> tuple[float, float]:
    """The 95 per cent interval of a share, also where nearly all or nearly none are alive.

    >>> [round(end, 4) for end in wilson(490, 500)], wilson(0, 0)
    ([0.9636, 0.9891], (0.0, 1.0))
    """
    if not flights:
        return 0.0, 1.0
    z2 = _TWO_SIGMA * _TWO_SIGMA / flights
    share = alive / flights
    middle = (share + 0.5 * z2) / (1.0 + z2)
    half = _TWO_SIGMA * sqrt(share * (1.0 - share) / flights + 0.25 * z2 / flights) / (1.0 + z2)
    return max(middle - half, 0.0), min(middle + half, 1.0)


class Decided(Observer):
    """Keeps the phase in which a flight is decided: what it was in before its end."""

    def __init__(self) -> None:
        self.phase = Phase.OVER

    def begin(self, flight: Flight) -> None:
        self.phase = flight.phase

    def after(self, flight: Flight, command: Command) -> None:
        if flight.outcome is Outcome.FLYING:
            self.phase = flight.phase


def rate_of(level: Level, mode: Mode, pilot: str, seeds: range, runner: Runner = serial) -> Rate:
    """Fly each seed once. Raises what `source_of`, `fly` and the runner raise."""
    source_of(pilot, level, mode=mode)  # what is wrong with the pilot is told before anything is flown
    rate = Rate(level.id, mode, pilot)
    for end in in_order(runner, partial(_end_of, level, mode, pilot), seeds):
        if not isinstance(end, End):
            raise InputError(*end)
        rate.add(end)
    return rate


def _end_of(level: Level, mode: Mode, pilot: str, seed: int) -> End | tuple[str, ...]:
    """How one flight ends, or in sentences why it cannot be flown: not every exception can be sent."""
    decided = Decided()
    try:
        source, name = source_of(pilot, level, mode=mode, seed=seed)
        report = fly(level, source, pilot=name, seed=seed, mode=mode, observers=[decided])
    except InputError as error:
        return error.problems
    return End(seed, report.alive, report.score.total, decided.phase, report.reason_code.value)
