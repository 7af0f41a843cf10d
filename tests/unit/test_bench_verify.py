"""How fast records are verified: what is measured, and what is said about it."""

from __future__ import annotations

import json

import pytest

from game.cli import main
from game.commands import bench_verify
from game.commands.bench_verify import VerifySpeed
from game.record.verify import Verdict, Verification


def test_a_record_is_read_and_flown_again(capsys: pytest.CaptureFixture[str]) -> None:
    """The time of the flight over the time of both, with the promise beside it."""
    assert main(["bench", "--verify", "sky-crane", "--rounds", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["promised"] == {"real_time_factor": 300.0}
    (level,) = told["levels"]
    assert level["level"] == "sky-crane"
    assert level["flight_s"] == pytest.approx(42.2, abs=0.1)
    assert level["record_bytes"] > 5000
    assert level["real_time_factor"] == pytest.approx(
        level["flight_s"] / (level["read_s"] + level["flown_s"]), rel=0.02
    )


def test_the_factor_counts_reading_too() -> None:
    """Sixty seconds of flight, read in 0.05 s and flown in 0.1 s: four hundred times as fast."""
    assert VerifySpeed("a", 60.0, 1, 0.05, 0.1).factor == pytest.approx(400.0)


@pytest.mark.slow
def test_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each level, and what is promised."""
    assert main(["bench", "--verify", "sky-crane", "heat-shield", "--rounds", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["level", "sky-crane", "heat-shield", "at"]
    assert all(line.endswith("x") for line in lines[1:3])


def test_a_wrong_verdict_is_no_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is fast and not exact is a defect of the game, and not told as a figure."""
    monkeypatch.setattr(bench_verify, "verify", lambda *_: Verification(Verdict.DIFFERS, 1, "", None))
    with pytest.raises(AssertionError, match="sky-crane: differs"):
        main(["bench", "--verify", "sky-crane", "--rounds", "1"])


@pytest.mark.parametrize("words", [("--window", "--verify"), ("--frames", "--verify"), ("--gym", "--verify")])
def test_one_thing_is_measured_at_a_time(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence, before anything is flown."""
    assert main(["bench", *words]) == 2
    assert "--window, --frames, --verify and --gym are measured one at a time" in capsys.readouterr().err
