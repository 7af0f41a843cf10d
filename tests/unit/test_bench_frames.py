"""What a picture costs: what `skycrane bench --frames` measures and what it says. No time is judged here."""

from __future__ import annotations

import json

import pytest

from game.cli import main
from game.stage.frames import Frames


def test_the_middle_and_the_worst_but_one_in_a_hundred() -> None:
    """Of 200 frames the 99th percentile is the 199th; of one it is that one."""
    frames = Frames(tuple(float(i) for i in range(200)), 50.0)
    assert frames.median_ms == 99.5
    assert frames.p99_ms == 198.0
    assert Frames((3.0,), 1.0).p99_ms == 3.0


@pytest.mark.slow
def test_a_flight_is_measured_phase_by_phase(capsys: pytest.CaptureFixture[str]) -> None:
    """To its end, in a window of the size that was asked for, with the whole beside its phases."""
    assert main(["bench", "--frames", "course", "--size", "320x240", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["level"], told["size"]) == ("course", "320x240")
    assert set(told["promised"]) == {"median_ms", "p99_ms", "peak_mb"}
    assert next(iter(told["phases"])) == "course"
    assert told["whole"]["frames"] == sum(part["frames"] for part in told["phases"].values()) > 100
    for part in (told["whole"], *told["phases"].values()):
        assert 0.0 < part["median_ms"] <= part["p99_ms"] <= part["worst_ms"]
        assert 20.0 < part["peak_mb"] <= told["whole"]["peak_mb"]


def test_one_thing_is_measured_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    """And a size is a window's."""
    for words in (["--frames", "--window"], ["--size", "640x360"]):
        assert main(["bench", *words]) == 2
        assert "skycrane: " in capsys.readouterr().err
