"""How fast the environment steps: what `skycrane bench --gym` measures and what it says. No time is judged here."""

from __future__ import annotations

import json
import sys

import pytest

from game.cli import main
from game.content.extras import how_to_install
from game.content.levels import load_level
from game.lab import lander
from game.lab.gym_bench import GymBench, GymSpeed


class Turned:
    """A clock that goes a second on whenever it is looked at."""

    now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 1.0
        return self.now_s


def test_the_same_flight_is_flown_with_and_without_it() -> None:
    """Its ticks and its steps are the autopilot's flight; each way of flying it is looked at once before and after."""
    bench = GymBench(load_level("sky-crane"), Turned())
    bench.round()
    speed = bench.speed()
    assert (speed.bare_s, speed.env_s, speed.made_s) == (1.0, 1.0, 1.0)
    assert speed.steps == -(-speed.ticks // 6) == speed.steps_per_s
    assert speed.ticks == 5065


def test_what_is_said_of_the_times() -> None:
    """A thousand steps of six ticks: four seconds with all, two alone."""
    speed = GymSpeed("a", 1000, 6000, bare_s=2.0, env_s=2.5, made_s=4.0)
    assert (speed.steps_per_s, speed.ticks_per_s, speed.share, speed.own_us) == (250.0, 1500.0, 0.5, 500.0)


@pytest.mark.slow
def test_it_is_told_as_json_and_as_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """Also where there is no lander to stand beside it."""
    monkeypatch.setattr(lander, "find_spec", lambda name: None)
    assert main(["bench", "--gym", "course", "--rounds", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["lunar_lander_steps_per_s"] is None
    (level,) = told["levels"]
    assert level["level"] == "course"
    assert level["steps_per_s"] == pytest.approx(level["ticks_per_s"] * level["steps"] / level["ticks"], rel=0.01)
    assert main(["bench", "--gym", "sky-crane", "--rounds", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["level", "sky-crane", "LunarLander-v3:"]


def test_without_gymnasium_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """One sentence with the command, exit code 2."""
    monkeypatch.setitem(sys.modules, "game.lab.gym_bench", None)
    assert main(["bench", "--gym", "sky-crane"]) == 2
    assert f"--gym needs gymnasium, which is not installed: {how_to_install('gym')}" in capsys.readouterr().err
