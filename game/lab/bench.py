"""How fast flights are: ticks per second by phase, and how many times faster than real time that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.content.levels import Level
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.observer import Observer
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.spec import TICK_HZ

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Speed:
    """Ticks flown, and how many the machine flies in a second of its own time, in the best round."""

    ticks: int
    ticks_per_s: float

    @property
    def real_time_factor(self) -> float:
        return self.ticks_per_s / TICK_HZ


@dataclass(frozen=True, slots=True)
class LevelSpeed:
    """`whole` also counts making the flight and its report; `phases` are in the order in which they were flown."""

    level: str
    whole: Speed
    phases: tuple[tuple[Phase, Speed], ...]


def measure(level: Level, rounds: int, clock: Clock) -> LevelSpeed:
    """Fly a level by the autopilot this many times, alone and watched, and keep the best; `clock` gives seconds."""
    whole = Speed(0, 0.0)
    phases: dict[Phase, Speed] = {}
    for _ in range(rounds):
        start_s = clock()
        report = fly(level, Helm(Autopilot()), pilot="autopilot")
        whole = _better(whole, report.ticks, clock() - start_s)
        watch = _PhaseWatch(clock)
        fly(level, Helm(Autopilot()), pilot="autopilot", observers=(watch,))
        for phase, (ticks, spent_s) in watch.finish().items():
            phases[phase] = _better(phases.get(phase), ticks, spent_s)
    return LevelSpeed(level.id, whole, tuple(phases.items()))


def _better(best: Speed | None, ticks: int, spent_s: float) -> Speed:
    speed = Speed(ticks, ticks / max(spent_s, 1e-9))
    return speed if best is None or speed.ticks_per_s > best.ticks_per_s else best


class _PhaseWatch(Observer):
    """Reads the clock when the phase changes and not otherwise."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._spent: dict[Phase, tuple[int, float]] = {}

    def begin(self, flight: Flight) -> None:
        self._phase, self._ticks, self._start_s = flight.phase, 0, self._clock()

    def after(self, flight: Flight, command: Command) -> None:
        if flight.phase is not self._phase:
            self._turn()
            self._phase = flight.phase
        self._ticks += 1

    def finish(self) -> dict[Phase, tuple[int, float]]:
        self._turn()
        return self._spent

    def _turn(self) -> None:
        now_s = self._clock()
        ticks, spent_s = self._spent.get(self._phase, (0, 0.0))
        self._spent[self._phase] = (ticks + self._ticks, spent_s + now_s - self._start_s)
        self._ticks, self._start_s = 0, now_s
