"""How fast it flies: what is measured, by a clock that the test turns, and what is said about it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from game.cli import main
from game.content.extras import how_to_install
from game.content.levels import load_level
from game.lab import lander
from game.lab.bench import Bench, clock_cost
from game.lab.lander import LanderBench
from game.lab.lander_rounds import STEPS, a_round
from game.sim import flight as flight_module
from game.sim.command import Command
from game.sim.events import Event
from game.sim.flight import Flight

FIGURES = {"ticks", "ticks_per_s", "us_per_tick", "real_time_factor", "engine_share"}
PHASES = ["sky_crane", "touchdown", "flyaway"]
STAND_IN = """
import os

class Lander:
    unwrapped = property(lambda self: self)

    def reset(self, seed):
        self.left = 90 + seed

    def step(self, action):
        self.left -= 1
        return None, 0.0, self.left == 0, False, {}

def make(name):
    assert name == "LunarLander-v3"
    if os.environ["LANDER"] == "breaks":
        1 / 0
    return Lander()
"""


class Turned:
    """A clock that stands still until it is turned."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def without_gymnasium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lander, "find_spec", lambda name: None)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A gymnasium whose lander comes down after some ninety steps, found by us and by the process that we start."""
    (tmp_path / "gymnasium.py").write_text(STAND_IN, "utf-8")
    monkeypatch.setattr(lander, "find_spec", lambda name: name)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("LANDER", "lands")


def test_time_is_told_by_phase_and_the_engines_share_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each tick costs three seconds and the engine's step one more, it is said so: a quarter, in every phase."""
    clock = Turned()
    step, step_space = Flight.step, flight_module.step_space

    def slow_step(flight: Flight, command: Command) -> tuple[Event, ...]:
        clock.now_s += 3.0
        return step(flight, command)

    def slow_engine(space: object, dt_s: float) -> None:
        clock.now_s += 1.0
        step_space(space, dt_s)

    monkeypatch.setattr(Flight, "step", slow_step)
    monkeypatch.setattr(flight_module, "step_space", slow_engine)
    bench = Bench(load_level("sky-crane"), clock)
    bench.round()
    speed = bench.speed()
    assert flight_module.step_space is slow_engine  # the clock around it is gone
    assert [phase.value for phase, _ in speed.phases] == PHASES
    assert sum(part.ticks for _, part in speed.phases) == speed.whole.ticks
    for part in (speed.whole, *(part for _, part in speed.phases)):
        assert part.ticks_per_s == pytest.approx(0.25, rel=0.01)  # a phase's first tick counts with the one before
        assert part.us_per_tick == pytest.approx(4e6, rel=0.01)
        assert part.real_time_factor == pytest.approx(0.25 / 120.0, rel=0.01)
        assert part.engine_share == pytest.approx(0.25, abs=1e-9)


@pytest.mark.slow
def test_the_best_round_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A round that something else disturbed changes nothing."""
    clock = Turned()
    tick_s = 1.0
    step = Flight.step

    def slow_step(flight: Flight, command: Command) -> tuple[Event, ...]:
        clock.now_s += tick_s
        return step(flight, command)

    monkeypatch.setattr(Flight, "step", slow_step)
    bench = Bench(load_level("sky-crane"), clock)
    bench.round()
    first = bench.speed()
    tick_s = 5.0
    bench.round()
    assert bench.speed() == first
    tick_s = 0.5
    bench.round()
    assert bench.speed().whole.ticks_per_s == pytest.approx(2.0)


def test_the_clocks_own_cost_is_not_the_engines() -> None:
    """Where reading the clock is all that takes time, timing a call takes two readings, one of them inside."""
    clock = Turned()

    def reading() -> float:
        clock.now_s += 1.0
        return clock.now_s

    cost = clock_cost(reading)
    assert cost.inside_s == pytest.approx(1.0, rel=0.001)
    assert cost.whole_s == pytest.approx(2.0, rel=0.001)
    bench = Bench(load_level("sky-crane"), reading)
    bench.round()
    assert bench.speed().whole.engine_share < 0.3  # what is left of a flight that took no time at all


@pytest.mark.usefixtures("without_gymnasium")
def test_bench_measures_every_phase(capsys: pytest.CaptureFixture[str]) -> None:
    """Ticks per second, microseconds a tick, the factor of real time and the engine's share, also for the whole."""
    assert main(["bench", "sky-crane", "--rounds", "1", "--json"]) == 0
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert err == ""
    assert set(told) == {"python", "levels", "lunar_lander"}
    assert told["lunar_lander"] is None
    (level,) = told["levels"]
    assert level["level"] == "sky-crane"
    assert list(level["phases"]) == PHASES
    assert sum(part["ticks"] for part in level["phases"].values()) == level["whole"]["ticks"]
    for part in (level["whole"], *level["phases"].values()):
        assert set(part) == FIGURES
        assert part["ticks_per_s"] > 0
        assert 0.0 < part["engine_share"] < 1.0


@pytest.mark.usefixtures("without_gymnasium")
def test_without_gymnasium_one_line_says_how_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is wrong with that: the table is there, and the exit code is 0."""
    assert main(["bench", "sky-crane", "--rounds", "1"]) == 0
    *table, last = capsys.readouterr().out.splitlines()
    assert "real time" in table[0]
    assert len(table) == 1 + len(PHASES) + 1
    assert last == f"LunarLander-v3: not measured: gymnasium is not installed; {how_to_install('bench')}"


@pytest.mark.slow
@pytest.mark.usefixtures("stand_in")
def test_the_lander_is_measured_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Its steps a second over its fifty, and how ours compares; in this process nothing of it is loaded."""
    assert main(["bench", "sky-crane", "--rounds", "2", "--json"]) == 0
    its = json.loads(capsys.readouterr().out)["lunar_lander"]
    assert set(its) == {"steps_per_s", "real_time_factor"}
    assert its["real_time_factor"] == pytest.approx(its["steps_per_s"] / 50.0, abs=0.06)
    assert main(["bench", "sky-crane", "--rounds", "1"]) == 0
    *_, lander_line, last = capsys.readouterr().out.splitlines()
    assert lander_line.startswith("LunarLander-v3: ")
    assert lander_line.endswith("x real time")
    assert last.startswith("sky-crane: ")
    assert last.endswith(" times LunarLander's")


@pytest.mark.usefixtures("stand_in")
def test_a_lander_that_does_not_run_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last thing that it said; later rounds ask no more."""
    monkeypatch.setenv("LANDER", "breaks")
    with LanderBench() as bench:
        bench.round()
        bench.round()
        assert bench.speed is None
        assert bench.why_not == "not measured: it does not run: ZeroDivisionError: division by zero"


def test_every_round_of_the_lander_is_the_same_work() -> None:
    """Seeded resets, the four actions in turn, whole episodes."""
    seeds: list[int] = []
    actions: list[int] = []

    class Env:
        def reset(self, seed: int) -> None:
            seeds.append(seed)
            self.left = 99

        def step(self, action: int) -> tuple[None, float, bool, bool, dict[str, object]]:
            actions.append(action)
            self.left -= 1
            return None, 0.0, self.left == 0, False, {}

    for _ in range(2):
        seeds.clear()
        actions.clear()
        steps, _ = a_round(Env())
        assert steps == len(actions) == 99 * len(seeds)
        assert STEPS <= steps < STEPS + 99
        assert seeds == list(range(len(seeds)))
        assert actions == [i % 4 for i in range(steps)]


def test_the_real_lander_where_it_is_installed() -> None:
    """It steps, and neither gymnasium nor pygame comes into this process by it."""
    before = set(sys.modules)
    with LanderBench() as bench:
        if "not installed" in bench.why_not:
            pytest.skip("gymnasium[box2d] is not installed")
        bench.round()
        assert bench.why_not == ""
        assert bench.speed is not None
        assert bench.speed.steps_per_s > 0.0
    assert not {"gymnasium", "Box2D", "numpy", "pygame"} & (set(sys.modules) - before)
