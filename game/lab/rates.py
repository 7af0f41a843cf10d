"""How often a pilot lands: many flights of one level, counted by what became of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from game.content.levels import Level
from game.content.modes import Mode
from game.lab.fly import fly
from game.lab.roster import source_of
from game.record.observer import Observer
from game.report import FlightReport
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Outcome


@dataclass(slots=True)
class Rate:
    """What became of some flights; `lost` counts the losses by (phase of the flight, reason's code)."""

    level: str
    mode: Mode
    pilot: str
    flights: int = 0
    alive: int = 0
    points: int = 0
    lost: Counter[tuple[Phase, str]] = field(default_factory=Counter)
    lost_seeds: list[int] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of the flights, those that landed or reached the level's goal, 0 to 1."""
        return self.alive / self.flights if self.flights else 0.0

    @property
    def mean_points(self) -> float:
        """Mean score of those that landed; 0 when none did."""
        return self.points / self.alive if self.alive else 0.0

    def add(self, report: FlightReport, phase: Phase) -> None:
        """Count a flight that was decided in this phase."""
        self.flights += 1
        if report.alive:
            self.alive += 1
            self.points += report.score.total
        else:
            self.lost[phase, report.reason_code] += 1
            self.lost_seeds.append(report.seed)


class _Decided(Observer):
    """Keeps the phase in which a flight is decided: what it was in before its end."""

    def __init__(self) -> None:
        self.phase = Phase.OVER

    def begin(self, flight: Flight) -> None:
        self.phase = flight.phase

    def after(self, flight: Flight, command: Command) -> None:
        if flight.outcome is Outcome.FLYING:
            self.phase = flight.phase


def rate_of(level: Level, mode: Mode, pilot: str, seeds: range) -> Rate:
    """Fly each seed once. Raises what `source_of` and `fly` raise."""
    rate = Rate(level.id, mode, pilot)
    for seed in seeds:
        source, name = source_of(pilot, level, mode=mode, seed=seed)
        decided = _Decided()
        rate.add(fly(level, source, pilot=name, seed=seed, mode=mode, observers=[decided]), decided.phase)
    return rate
