"""How long a person waits: what `skycrane bench --window` measures and what it says. No time is judged here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.content.levels import load_level
from game.lab.foretelling import slice_times_s

WAITS = ("start_to_title", "title_to_flying", "start_to_flying", "restart")


class Counting:
    """A clock that moves on by a second whenever it is read."""

    now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 1.0
        return self.now_s


@pytest.mark.slow
def test_it_starts_the_program_and_tells_what_was_waited_for(capfd: pytest.CaptureFixture[str]) -> None:
    """A window is opened, a flight begun and begun again; every wait has its figures, and what is promised of it."""
    assert main(["bench", "--window", "sky-crane", "--rounds", "1", "--size", "640x360", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["size"] == "640x360"
    (level,) = told["levels"]
    assert level["level"] == "sky-crane"
    assert 1 <= level["presses"] <= 2
    for wait in WAITS:
        assert 0.0 < level[wait]["median_s"] <= level[wait]["worst_s"]
    assert [level[wait]["promised_s"] for wait in WAITS] == [None, None, 3.0, 0.3]
    assert level["start_to_flying"]["worst_s"] == pytest.approx(
        level["start_to_title"]["worst_s"] + level["title_to_flying"]["worst_s"], abs=1e-5
    )
    assert level["prediction_a_picture"] is None  # on engines nothing is flown ahead


@pytest.mark.slow
def test_as_a_table(capfd: pytest.CaptureFixture[str]) -> None:
    """The same in lines: the prediction in ms, with what 99 in 100 pictures stay below."""
    assert main(["bench", "--window", "parachute", "--rounds", "1", "--size", "640x360"]) == 0
    head, *lines = capfd.readouterr().out.splitlines()
    assert head.split() == ["level", "what", "median", "99", "%", "worst", "at", "most"]
    assert [line.split()[0] for line in lines] == 5 * ["parachute"]
    assert lines[2].endswith("3.000 s")
    assert lines[3].endswith("0.300 s")
    assert lines[4].endswith("2.000 ms")
    assert lines[4].count(" ms") == 4


@pytest.mark.slow
@pytest.mark.parametrize("guided", [True, False])
def test_every_picture_that_foretells_is_timed(guided: bool) -> None:
    """Two ticks a picture; a clock that takes a second for each tells two seconds of each. Where nothing is foretold
    there is nothing to time.
    """
    times = slice_times_s(load_level("parachute"), Counting(), guided=guided)
    assert len(times) > 100
    assert set(times) == {2.0}
    assert slice_times_s(load_level("sky-crane"), Counting(), guided=guided) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--size", "640x360"], "--size is the window's: it belongs to --window"),
        (["--window", "nowhere"], "nowhere"),
        (["--window", "--rounds", "0"], "--rounds must be a whole number from 1 to 100, not '0'"),
    ],
)
def test_bad_input_gets_a_sentence(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line on stderr, exit code 2."""
    assert main(["bench", *words]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert len(told.err.splitlines()) == 1
    assert not told.out


@pytest.mark.slow
def test_a_level_of_ones_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A file can be named as everywhere."""
    own = tmp_path / "own-one.toml"
    text = (Path(__file__).parents[2] / "levels" / "sky-crane.toml").read_text(encoding="utf-8")
    own.write_text(text.replace('id = "sky-crane"', 'id = "own-one"'), encoding="utf-8")
    assert main(["bench", "--window", str(own), "--rounds", "1", "--size", "640x360"]) == 0
    assert {line.split()[0] for line in capfd.readouterr().out.splitlines()[1:]} == {"own-one"}


def test_without_a_display(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It says so, and how to measure all the same."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    monkeypatch.setenv("DISPLAY", ":nowhere")
    assert main(["bench", "--window", "sky-crane", "--rounds", "1"]) == 2
    told = capsys.readouterr().err
    assert told == (
        "skycrane: there is no display to measure on; with SDL_VIDEODRIVER=dummy it is measured without one\n"
    )
