"""How fast flights are: ticks per second by phase, against real time, and the engine's own share of the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Final

from game.content.levels import Level
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.observer import Observer
from game.sim import flight as flight_module
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.spec import TICK_HZ

Clock = Callable[[], float]

_ENGINE: Final = "step_space"  # the engine's call, by the name that a flight knows it by
_CALIBRATIONS: Final = 5
_CALIBRATION_CALLS: Final = 4_000
_LEAST_S: Final = 1e-9  # a clock that stands still makes no infinite speed


@dataclass(frozen=True, slots=True)
class Speed:
    """Ticks flown, and the machine's own time for them in the best round.

    engine_share   of the time, how much is spent in the physics engine's step: of flights that measure that, which are
                   flown apart from the others because a clock at every tick costs time
    """

    ticks: int
    spent_s: float
    engine_share: float = 0.0

    @property
    def ticks_per_s(self) -> float:
        return self.ticks / max(self.spent_s, _LEAST_S)

    @property
    def us_per_tick(self) -> float:
        return 1e6 * self.spent_s / self.ticks if self.ticks else 0.0

    @property
    def real_time_factor(self) -> float:
        return self.ticks_per_s / TICK_HZ


@dataclass(frozen=True, slots=True)
class LevelSpeed:
    """`whole` also counts making the flight and its report; `phases` are in the order in which they were flown."""

    level: str
    whole: Speed
    phases: tuple[tuple[Phase, Speed], ...]


@dataclass(frozen=True, slots=True)
class ClockCost:
    """What timing a call costs: `inside_s` is read as if the call had taken it, `whole_s` is what the flight loses."""

    inside_s: float
    whole_s: float


class Bench:
    """One level, flown by the autopilot round after round; the best of each figure counts.

    A round is three flights: one alone, for the whole; one watched, for the phases; one with the engine's calls timed.
    Nothing is switched off for them, the garbage collector neither: it is measured what a user gets.
    """

    def __init__(self, level: Level, clock: Clock) -> None:
        """`clock` gives seconds."""
        self._level, self._clock = level, clock
        self._cost = clock_cost(clock)
        self._whole = _Best()
        self._phases: dict[Phase, _Best] = {}

    def round(self) -> None:
        ticks, spent_s = self._fly()
        self._whole.take(ticks, spent_s)
        watch = _PhaseWatch(self._clock)
        self._fly(watch)
        for phase, laps in watch.finish().items():
            self._phases.setdefault(phase, _Best()).take(laps.ticks, laps.spent_s)
        with _timed_engine(self._clock) as engine:
            watch = _PhaseWatch(self._clock, engine)
            ticks, spent_s = self._fly(watch)
        for phase, laps in watch.finish().items():
            self._phases[phase].take_share(laps, self._cost)
        self._whole.take_share(_Laps(ticks, spent_s, engine.calls, engine.spent_s), self._cost)

    def speed(self) -> LevelSpeed:
        """The best of the rounds so far, of which there must be one."""
        phases = tuple((phase, best.speed()) for phase, best in self._phases.items())
        return LevelSpeed(self._level.id, self._whole.speed(), phases)

    def _fly(self, *observers: Observer) -> tuple[int, float]:
        start_s = self._clock()
        report = fly(self._level, Helm(Autopilot()), pilot="autopilot", observers=observers)
        return report.ticks, self._clock() - start_s


def clock_cost(clock: Clock) -> ClockCost:
    """Measured on calls that do nothing, the cheapest of a few times."""

    def nothing(space: Any, dt_s: float) -> None:
        pass

    engine = _Engine(nothing, clock)
    inside_s = whole_s = float("inf")
    for _ in repeat(None, _CALIBRATIONS):
        engine.spent_s = 0.0
        bare_s = _time_of(nothing, clock)
        whole_s = min(whole_s, _time_of(engine.step, clock) - bare_s)
        inside_s = min(inside_s, engine.spent_s - bare_s)
    return ClockCost(max(inside_s, 0.0) / _CALIBRATION_CALLS, max(whole_s, 0.0) / _CALIBRATION_CALLS)


def _time_of(step: Callable[[Any, float], None], clock: Clock) -> float:
    start_s = clock()
    for _ in repeat(None, _CALIBRATION_CALLS):
        step(None, 0.0)
    return clock() - start_s


class _Engine:
    """The engine's call with a clock around it."""

    def __init__(self, step: Callable[[Any, float], None], clock: Clock) -> None:
        self._step, self._clock = step, clock
        self.calls = 0
        self.spent_s = 0.0

    def step(self, space: Any, dt_s: float) -> None:
        start_s = self._clock()
        self._step(space, dt_s)
        self.spent_s += self._clock() - start_s
        self.calls += 1


@contextmanager
def _timed_engine(clock: Clock) -> Iterator[_Engine]:
    """Flights that are flown meanwhile step their Space by the clock."""
    untimed = getattr(flight_module, _ENGINE)
    engine = _Engine(untimed, clock)
    setattr(flight_module, _ENGINE, engine.step)
    try:
        yield engine
    finally:
        setattr(flight_module, _ENGINE, untimed)


@dataclass(slots=True)
class _Laps:
    """Ticks and the time that they took, and of those the engine's calls and the time that they took."""

    ticks: int = 0
    spent_s: float = 0.0
    calls: int = 0
    engine_s: float = 0.0


class _Best:
    """The least time of all rounds, each figure for itself: what disturbs the machine only ever adds to it."""

    def __init__(self) -> None:
        self._ticks = 0
        self._spent_s = self._timed_s = self._engine_s = float("inf")

    def take(self, ticks: int, spent_s: float) -> None:
        self._ticks = ticks
        self._spent_s = min(self._spent_s, spent_s)

    def take_share(self, laps: _Laps, cost: ClockCost) -> None:
        self._timed_s = min(self._timed_s, laps.spent_s - laps.calls * cost.whole_s)
        self._engine_s = min(self._engine_s, laps.engine_s - laps.calls * cost.inside_s)

    def speed(self) -> Speed:
        share = self._engine_s / max(self._timed_s, _LEAST_S)
        return Speed(self._ticks, self._spent_s, min(max(share, 0.0), 1.0))


class _PhaseWatch(Observer):
    """Reads the clock when the phase changes and not otherwise."""

    def __init__(self, clock: Clock, engine: _Engine | None = None) -> None:
        self._clock, self._engine = clock, engine
        self._laps: dict[Phase, _Laps] = {}

    def begin(self, flight: Flight) -> None:
        self._phase = flight.phase
        self._start()

    def after(self, flight: Flight, command: Command) -> None:
        if flight.phase is not self._phase:
            self._stop()
            self._phase = flight.phase
            self._start()
        self._ticks += 1

    def finish(self) -> dict[Phase, _Laps]:
        self._stop()
        return self._laps

    def _start(self) -> None:
        engine = self._engine
        self._calls, self._engine_s = (engine.calls, engine.spent_s) if engine else (0, 0.0)
        self._ticks, self._start_s = 0, self._clock()

    def _stop(self) -> None:
        laps = self._laps.setdefault(self._phase, _Laps())
        laps.spent_s += self._clock() - self._start_s
        laps.ticks += self._ticks
        if self._engine:
            laps.calls += self._engine.calls - self._calls
            laps.engine_s += self._engine.spent_s - self._engine_s
