"""`skycrane shots`: which pictures there are, that they come out the same, and what it says to bad input."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game.cli import main
from game.content.levels import load_level
from game.sim.phases import Phase
from game.stage.losses import LOSSES
from game.stage.moments import MOMENTS
from game.stage.shots import flight, lost, screens, shots
from game.stage.window import Stage, a_stage

PNG = b"\x89PNG\r\n\x1a\n"
SMALL = (480, 360)
SAME = (
    "import hashlib\n"
    "from game.content.levels import load_level\n"
    "from game.stage.losses import LOSSES\n"
    "from game.stage.shots import flight, lost, screens\n"
    "from game.stage.window import a_stage\n"
    "level = load_level('course')\n"
    "with a_stage((480, 360)) as stage:\n"
    "    for shot in (*screens(stage, level), *flight(stage, level), *lost(stage, LOSSES[-1], 'lost')):\n"
    "        print(shot.name, hashlib.sha256(shot.png()).hexdigest())\n"
)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with a_stage(SMALL) as made:
        yield made


def in_a_process_of_its_own(hash_seed: int) -> str:
    env = os.environ | {"PYTHONHASHSEED": str(hash_seed)}
    done = subprocess.run([sys.executable, "-c", SAME], env=env, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.slow
def test_two_processes_take_the_same_pictures_to_the_byte() -> None:
    """With another order of every set in them: nothing but the level and the size is in a picture."""
    one = in_a_process_of_its_own(1)
    assert len(one.splitlines()) > 20
    assert one == in_a_process_of_its_own(2)


@pytest.mark.slow
def test_what_was_pictured_before_changes_nothing(stage: Stage) -> None:
    """A flight in a window that has shown others is the flight in a new one: medals, hints and ticks are not kept."""
    level = load_level("course")
    fresh = [(shot.name, hashlib.sha256(shot.png()).digest()) for shot in flight(stage, level)]
    for loss in (LOSSES[1], LOSSES[1]):
        assert list(lost(stage, loss, "lost"))
    assert [(shot.name, hashlib.sha256(shot.png()).digest()) for shot in flight(stage, level)] == fresh


@pytest.mark.slow
def test_every_screen_has_a_picture(stage: Stage) -> None:
    """One each, none of them of one colour, and no two alike."""
    seen = {}
    for shot in screens(stage, load_level("sky-crane")):
        seen[shot.name] = shot.png()
        assert seen[shot.name].startswith(PNG)
    words = [name.split("-", 2)[2] for name in seen]
    assert words == [
        "attract", "title", "all-flights", "diary", "scores", "initials", "settings", "controls", "help", "brief",
        "daily-brief", "daily-ask", "pause", "pause-unplugged", "note",
    ]  # fmt: skip
    assert len(set(seen.values())) == len(seen)
    assert min(map(len, seen.values())) > 4_000


@pytest.mark.slow
def test_a_flight_ends_with_every_page_of_its_result(stage: Stage) -> None:
    """A level that ends before the ground has the moments until there, and no places; the names sort as it goes."""
    names = [shot.name for shot in flight(stage, load_level("course"))]
    assert names[0] == "flight-01-course-begin"
    assert "flight-05-cruise-with-its-stage" in names
    assert [name for name in names if name.startswith("result")] == [
        "result-1-points", "result-2-curves", "result-3-moments",
    ]  # fmt: skip
    assert names[-1] == "watch-1-replay"
    assert names == sorted(names)


@pytest.mark.slow
def test_a_picture_does_not_depend_on_those_before_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone it is what it is among all the others: drawing is not remembered."""
    level = load_level("course")
    among = {shot.name: hashlib.sha256(shot.png()).digest() for shot in flight(stage, level)}
    for number in (4, 5, 8):
        others = [moment for i, moment in enumerate(MOMENTS, start=1) if i != number]
        only = [*(replace(moment, now=lambda film: False) for moment in others)]
        only.insert(number - 1, MOMENTS[number - 1])
        monkeypatch.setattr("game.stage.shots.MOMENTS", only)
        shot = next(flight(stage, level))
        assert among[shot.name] == hashlib.sha256(shot.png()).digest(), shot.name


def test_every_phase_has_a_moment_and_no_two_share_a_name() -> None:
    """In the order of the mission."""
    assert list(dict.fromkeys(moment.phase for moment in MOMENTS)) == list(Phase)
    assert len({(moment.phase, moment.name) for moment in MOMENTS}) == len(MOMENTS)


@pytest.mark.slow
def test_the_whole_flight_has_every_moment_and_every_loss_two_pictures(stage: Stage) -> None:
    """Nothing that the table names is passed over, and no name comes twice."""
    names = [shot.name for shot in shots(stage, load_level("jezero"))]
    assert sum(name.startswith("flight") for name in names) == len(MOMENTS)
    assert sum(name.startswith("lost") for name in names) == 2 * len(LOSSES)
    assert len(set(names)) == len(names)


@pytest.mark.slow
def test_a_line_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Into a folder that is made, or is there; what lies there under the name is replaced, and nothing else."""
    monkeypatch.setattr("game.stage.shots.LOSSES", ())
    monkeypatch.setattr("game.stage.shots.MOMENTS", MOMENTS[:1])
    out = tmp_path / "new" / "folder"
    out.mkdir(parents=True)
    (out / "screen-01-title.png").write_bytes(b"old")
    (out / "own.txt").write_text("mine")
    assert main(["shots", str(out), "--size", "320x240", "--level", "course"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [str(out / Path(line).name) for line in lines]
    assert {*out.iterdir()} == {*map(Path, lines), out / "own.txt"}
    assert all(Path(line).read_bytes().startswith(PNG) for line in lines)
    assert (out / "own.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["{new}", "--size", "wide"], "--size is width x height"),
        (["{new}", "--size", "99999x100"], "--size can be at most"),
        (["{new}", "--level", "jezzero"], 'there is no level "jezzero"'),
        (["{new}", "--level", "{new}/own.toml"], "there is no such file"),
        (["{file}"], "is a file, not a folder"),
        (["{file}/below"], "cannot be made"),
        (["{new}" + 300 * "x"], "File name too long"),
        (["game/view/shots"], "among the game's own files"),
        ([""], "DIR names no folder"),
        ([], "Missing argument 'DIR'"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(
    words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before any window is opened."""
    file = tmp_path / "file"
    file.write_text("kept")
    given = [word.format(new=tmp_path / "new", file=file) for word in words]
    assert main(["shots", *given]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert told in said.err
    assert [*tmp_path.iterdir()] == [file]
    assert file.read_text() == "kept"
