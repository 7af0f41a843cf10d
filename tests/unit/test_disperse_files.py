"""The file of a dispersion, and whoever else writes, deletes or changes it."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import game.commands.disperse
from game.cli import main
from game.lab.dispersion_table import ReplacedError, Table
from game.lab.dispersions import Job, NotFlown, Row, fly_row
from game.record.files import OutputError
from game.record.locks import only_writer
from tests.unit.test_cli import refused
from tests.unit.test_disperse import IDLE, a_job, disperse


def meanwhile(monkeypatch: pytest.MonkeyPatch, seed: int, happens: Callable[[], object]) -> None:
    """Something else happens while this seed is flown."""

    def fly(job: Job, flown: int) -> Row | NotFlown:
        if flown == seed:
            happens()
        return fly_row(job, flown)

    monkeypatch.setattr(game.commands.disperse, "fly_row", fly)


def test_one_run_at_a_time_writes_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another one is told so in a sentence, by whatever name it calls the file; afterwards nothing else is left."""
    path, link = tmp_path / "t.csv", tmp_path / "link.csv"
    link.symlink_to(path)
    told = []

    def another() -> None:
        before = path.read_bytes()
        assert main([*IDLE, "--runs", "6", "--csv", str(link)]) == 2
        told.append(capsys.readouterr().err)
        assert path.read_bytes() == before

    meanwhile(monkeypatch, 2, another)
    disperse(path, "--runs", "3")
    assert told == [f"skycrane: {link}: another run writes it; wait for its end, or name another file\n"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link.csv", "t.csv"]


def test_a_lock_ends_with_its_holder(tmp_path: Path) -> None:
    """Also when its file has stayed behind, as after a kill; and another file's lock does not matter."""
    path = tmp_path / "t.csv"
    with only_writer(path):
        (lock,) = tmp_path.iterdir()
        with only_writer(tmp_path / "u.csv"):
            pass
        with pytest.raises(OutputError, match="another run writes it"), only_writer(path):
            pass
        assert lock.exists()
    lock.touch()
    with only_writer(path), suppress(OutputError), only_writer(path):
        raise AssertionError("two of them")
    assert list(tmp_path.iterdir()) == []


def test_a_deleted_table_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether it then ends or is interrupted: what is said to be in it is in it."""
    path = tmp_path / "t.csv"
    whole = disperse(path, "--runs", "4")
    path.unlink()
    with monkeypatch.context() as patch:
        meanwhile(patch, 3, path.unlink)
        assert disperse(path, "--runs", "4") == whole
    path.unlink()

    def stopped() -> None:
        path.unlink()
        signal.raise_signal(signal.SIGTERM)

    capsys.readouterr()
    with monkeypatch.context() as patch:
        meanwhile(patch, 3, stopped)
        assert main([*IDLE, "--runs", "4", "--csv", str(path)]) == 130
    assert f"2 of 4 flights are in {path}; " in capsys.readouterr().err
    assert len(path.read_bytes().splitlines()) == len(whole.splitlines()) - 2
    assert disperse(path, "--runs", "4") == whole


@pytest.mark.parametrize("by_name", [True, False])
def test_another_file_in_its_place_is_left_alone(
    by_name: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new file of that name, or other content in ours: our rows come to lie beside it, and can go on from there."""
    path, other = tmp_path / "t.csv", tmp_path / "other"
    whole = disperse(path, "--runs", "4")
    path.unlink()

    def replaced() -> None:
        other.write_text("mine\n", "utf-8")
        if by_name:
            other.replace(path)
        else:
            path.write_text("mine\n", "utf-8")

    capsys.readouterr()
    beside = tmp_path / "t-2.csv"
    with monkeypatch.context() as patch:
        meanwhile(patch, 3, replaced)
        told = refused(capsys, *IDLE, "--runs", "4", "--csv", path).splitlines()
    assert told == [
        f"{path}: has been written by somebody else meanwhile, and stays so; see {beside}",
        f"skycrane: 2 of 4 flights are in {beside}; with --csv {beside} the same command goes on from there",
    ]
    assert path.read_text("utf-8") == "mine\n"
    assert disperse(beside, "--runs", "4") == whole


def test_a_file_that_comes_before_the_first_row_is_left_alone(tmp_path: Path) -> None:
    """Between the look at it and the first write: there are no rows to keep, so there is a sentence alone."""
    path = tmp_path / "t.csv"
    table = Table(a_job(), range(1, 3), path)
    path.write_text("mine\n", "utf-8")
    with pytest.raises(ReplacedError, match="written by somebody else meanwhile; name another file"):
        table.begin()
    table.close()
    assert path.read_text("utf-8") == "mine\n"


def test_every_cell_of_a_row_is_watched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another digit or word in any column, or a row of another table, is told with its line."""
    path = tmp_path / "t.csv"
    lines = disperse(path, "--runs", "2").decode().splitlines()
    cells = lines[-1].split(",")
    assert lines[-3].split(",")[-1] == "check"
    others = {"lost": "landed", "": "1.0", "rover_not_released": "crashed", "sky_crane": "flyaway"}
    capsys.readouterr()
    for at, cell in enumerate(cells):
        other = others.get(cell) or f"{'1' if cell[0] != '1' else '2'}{cell[1:]}"
        changed = ",".join([*cells[:at], other, *cells[at + 1 :]])
        path.write_text("\n".join([*lines[:-1], changed, ""]), "utf-8")
        told = refused(capsys, *IDLE, "--runs", "2", "--csv", path)
        assert told == (
            f"{path}: has been changed or damaged: line {len(lines)} is not as it was written; name another file"
        )
    guided = tmp_path / "guided.csv"
    foreign = disperse(guided, "--runs", "2", "--mode", "guided").decode().splitlines()
    path.write_text("\n".join([*lines[:-1], foreign[-1], ""]), "utf-8")
    capsys.readouterr()
    assert f"line {len(lines)} is not as it was written" in refused(capsys, *IDLE, "--runs", "2", "--csv", path)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda text: text.replace("# seeds", "# note: a good day\n# seeds"), "line 10 is none of the lines that"),
        (lambda text: text.replace("# seeds", "#\n# seeds"), "line 10 is none of the lines that"),
        (lambda text: text.replace("# mode", "# mode: raw\n# mode"), "is none of the lines that"),
        (lambda text: text.replace("# seeds", "# mode: manual\n# seeds"), "line 10 is none of the lines that"),
        (lambda text: text + "# the end\n", "line 14 is not as it was written"),
        (lambda text: text.replace("\n", "\r\n"), "has had its line ends changed, to those of Windows (CR LF)"),
        (lambda text: "\ufeff" + text, "has had a byte order mark put before it"),
    ],
)
def test_a_table_that_was_edited_says_where(
    change: Callable[[str], str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines that we do not write, or what an editor does to every line: one sentence, and it stays as it was."""
    path = tmp_path / "t.csv"
    data = change(disperse(path, "--runs", "2").decode()).encode()
    path.write_bytes(data)
    capsys.readouterr()
    told = refused(capsys, *IDLE, "--runs", "2", "--csv", path)
    assert sentence in told
    assert told.endswith("; name another file")
    assert path.read_bytes() == data


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_picture_that_fails_loses_no_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary has been told before, and a sentence says whether the flights are kept."""
    plot, path = tmp_path / "full.png", tmp_path / "t.csv"
    plot.symlink_to("/dev/full")
    words = [*IDLE, "--runs", "2", "--plot", str(plot)]
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out.startswith("sky-crane, dispersed, idle, manual: 2 flights\n")
    assert err.splitlines() == [
        f"skycrane: {plot}: cannot be written: No space left on device",
        "skycrane: the flights were not kept; with --csv FILE they are",
    ]
    assert main([*words, "--json", "--csv", str(path)]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["flights"] == 2
    assert f"all 2 flights are in {path}; the same command draws them without flying\n" in err


def test_where_no_picture_can_lie_is_told_before_the_first_flight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that lets nobody write, or is none."""
    flown: list[int] = []
    meanwhile(monkeypatch, 1, lambda: flown.append(1))
    assert "there is no folder" in refused(capsys, *IDLE, "--runs", "1", "--plot", tmp_path / "nowhere" / "p.png")
    if Path("/proc/self").exists():
        assert "cannot be written" in refused(capsys, *IDLE, "--runs", "1", "--plot", "/proc/self/p.png")
    assert not flown
