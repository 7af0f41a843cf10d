"""Dispersed flights as a table: each row is a flight that can be flown again, and nothing that was flown is lost."""

from __future__ import annotations

import csv
import errno
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import game.commands.disperse
from game.cli import main
from game.content.levels import level_ids, load_level
from game.content.modes import Mode
from game.lab.dispersion_table import Table, TableError
from game.lab.dispersions import DRAWN, Job, NotFlown, Row, columns_of, drawn_for, fly_row, identity
from game.sim.flight import Flight
from tests.unit.test_cli import ROOT, refused

IDLE = ("disperse", "sky-crane", "--pilot", "idle", "--jobs", "1")  # lost in no time

# A dispersion that is killed, by a signal that nobody can hear, while its fourth flight is in the air.
KILLED = """
import os, signal, sys
import game.commands.disperse as command
from game.cli import main

fly = command.fly_row

def fly_until_killed(job, seed):
    if seed == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return fly(job, seed)

command.fly_row = fly_until_killed
main(sys.argv[1:])
"""


def a_job(level: str = "sky-crane", pilot: str = "idle") -> Job:
    return Job(level, load_level(level), Mode.MANUAL, pilot, None, identity())


def rows_of(path: Path) -> list[dict[str, str]]:
    """As any reader of CSVs that knows of comments has them."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def disperse(path: Path, *words: str) -> bytes:
    """The table that a whole dispersion leaves."""
    assert main([*IDLE, "--csv", str(path), *words]) == 0
    return path.read_bytes()


def test_a_row_is_a_dispersed_flight_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run N of the table is `fly --dispersed --seed N`: to its digest, and in every figure that both tell."""
    path = tmp_path / "t.csv"
    assert main(["disperse", "sky-crane", "--runs", "2", "--seed", "7", "--jobs", "1", "--csv", str(path)]) == 0
    capsys.readouterr()
    rows = rows_of(path)
    assert [row["seed"] for row in rows] == ["7", "8"]
    assert main(["fly", "sky-crane", "--dispersed", "--seed", "8", "--json"]) == 0
    report, row = json.loads(capsys.readouterr().out), rows[1]
    assert (row["digest"], row["outcome"], row["reason_code"]) == (report["digest"], "landed", "landed")
    assert float(row["touchdown_mps"]) == report["touchdown"]["speed_mps"]
    assert abs(float(row["along_track_m"])) == float(row["distance_m"]) == report["touchdown"]["distance_m"]
    (rover_m,) = (part["downrange_m"] for part in report["parts"] if part["name"] == "rover")
    assert float(row["along_track_m"]) == pytest.approx(rover_m - load_level("sky-crane").goal.target_m, abs=0.1)
    assert float(row["peak_g"]) == report["peaks"]["g"]
    assert float(row["propellant_left_kg"]) == report["propellant_left_kg"]
    assert int(row["score"]) == report["score"]["total"]
    assert row["decided_in"] == "flyaway"


@pytest.mark.parametrize("level", level_ids())
def test_what_is_drawn_is_what_the_flight_has(level: str) -> None:
    """The inputs of a row are those of the flight: air, errors of the instruments, and course where there is one."""
    spec = load_level(level).flight_spec(dispersed=True)
    row, flight = drawn_for(spec, 5), Flight(spec, 5)
    assert tuple(row) == DRAWN
    low_m = 1000.0 * 10.0 + flight.planet.areoid_above_m
    ratio = flight.air.density_kg_m3(low_m) / flight.forecast.density_kg_m3(low_m)
    assert ratio == pytest.approx(row["density_factor"])
    blows = flight.air.mean_wind_mps(20_000.0) - flight.forecast.mean_wind_mps(20_000.0)
    assert blows == pytest.approx(row["wind_aloft_mps"])
    if flight.navigation.radar_locked:
        assert flight.navigation.height_error_m(1000.0) == pytest.approx(
            1000.0 * float(row["radar_scale_error"] or 0.0)
        )
    else:
        assert flight.navigation.height_error_m(1e5) == row["inertial_height_error_m"]
    if flight.landing is not None:
        from_nominal_m = flight.craft.x - Flight(spec, 0).craft.x
        assert from_nominal_m == pytest.approx(float(row["start_downrange_m"] or 0.0), abs=0.05)  # it leans
    if spec.start.arrival is None:
        assert row["course_error_deg"] is row["entry_angle_deg"] is None
    else:
        assert flight.arrival is not None
        assert flight.arrival.course is not None
        off_deg = flight.arrival.course.entry_angle_deg - spec.start.arrival.entry_angle_deg
        assert off_deg == pytest.approx(float(row["course_error_deg"] or 0.0) + float(row["entry_angle_deg"] or 0.0))


def test_any_number_of_jobs_gives_the_same_table(tmp_path: Path) -> None:
    """Two processes finish in any order; the table is the same to the last byte."""
    one = disperse(tmp_path / "one.csv", "--runs", "6")
    words = [word if word != "1" else "2" for word in IDLE]
    assert main([*words, "--runs", "6", "--csv", str(tmp_path / "two.csv")]) == 0
    assert (tmp_path / "two.csv").read_bytes() == one


def test_the_table_says_what_it_is_of(tmp_path: Path) -> None:
    """Comments before the columns: level, content, rules, pilot, mode, seeds; and a name for each cell of a row."""
    lines = disperse(tmp_path / "t.csv", "--runs", "2", "--seed", "30").decode().splitlines()
    said = dict(line[2:].split(": ") for line in lines if line.startswith("# ") and ": " in line)
    assert (said["level"], said["pilot"], said["mode"], said["seeds"]) == ("sky-crane", "idle", "manual", "30 to 31")
    assert (said["content"], said["rules"]) == (a_job().content, str(identity().rules))
    assert lines[-3].split(",") == [*columns_of(load_level("sky-crane")), "check"]
    assert len(lines[-1].split(",")) == len(lines[-3].split(","))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
def test_a_killed_dispersion_goes_on(tmp_path: Path) -> None:
    """SIGKILL in the middle of a flight: all before it are in the file, and the same command flies the rest."""
    path = tmp_path / "t.csv"
    words = [*IDLE, "--runs", "6", "--csv", str(path)]
    done = subprocess.run([sys.executable, "-c", KILLED, *words], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [row["seed"] for row in rows_of(path)] == ["1", "2", "3"]
    assert disperse(path, "--runs", "6") == disperse(tmp_path / "whole.csv", "--runs", "6")


def test_wherever_it_is_cut_off_it_ends_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A torn last line is dropped and flown again; whole ones are not."""
    path = tmp_path / "t.csv"
    whole = disperse(path, "--runs", "4")
    rows = [fly_row(a_job(), seed) for seed in range(1, 5)]
    flown: list[int] = []

    def fly(job: Job, seed: int) -> Row | NotFlown:
        flown.append(seed)
        return rows[seed - 1]

    monkeypatch.setattr(game.commands.disperse, "fly_row", fly)
    starts = [at + 1 for at, byte in enumerate(whole) if byte == ord("\n")]
    for cut, again in ((starts[-2], [4]), (starts[-2] - 1, [3, 4]), (starts[-2] + 40, [4]), (starts[-4], [2, 3, 4])):
        path.write_bytes(whole[:cut])
        flown.clear()
        assert disperse(path, "--runs", "4") == whole
        assert flown == again


def test_ctrl_c_keeps_what_was_flown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """130, a sentence that says how to go on, and no summary of half a table."""
    path = tmp_path / "t.csv"

    def fly(job: Job, seed: int) -> Row | NotFlown:
        if seed == 3:
            signal.raise_signal(signal.SIGINT)
        return fly_row(job, seed)

    with monkeypatch.context() as patch:
        patch.setattr(game.commands.disperse, "fly_row", fly)
        assert main([*IDLE, "--runs", "5", "--csv", str(path)]) == 130
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"skycrane: interrupted: 2 of 5 flights are in {path}; the same command goes on from there\n"
    assert disperse(path, "--runs", "5") == disperse(tmp_path / "whole.csv", "--runs", "5")


def test_more_runs_extend_a_table(tmp_path: Path) -> None:
    """Also to the front: rows that are there are kept, and the file is that of the larger one."""
    path = tmp_path / "t.csv"
    disperse(path, "--runs", "2", "--seed", "3")
    assert disperse(path, "--runs", "5", "--seed", "2") == disperse(tmp_path / "w.csv", "--runs", "5", "--seed", "2")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--runs", "2"), "has the seeds 1 to 3, of which 1 to 2 would lose some"),
        (("--runs", "3", "--seed", "2"), "has the seeds 1 to 3, of which 2 to 4 would lose some"),
        (("--runs", "3", "--mode", "raw"), "was flown in manual, not in raw"),
        (("--runs", "3", "--pilot", "autopilot"), "was flown by idle, not by autopilot"),
    ],
)
def test_a_table_of_something_else_is_refused(
    words: tuple[str, ...], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, and the file stays as it was."""
    path = tmp_path / "t.csv"
    before = disperse(path, "--runs", "3")
    capsys.readouterr()
    assert sentence in refused(capsys, *IDLE, "--csv", path, *words)
    assert path.read_bytes() == before


def test_a_file_of_another_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever it holds: text, bytes, a table whose row somebody has changed. It stays as it was."""
    path = tmp_path / "t.csv"
    whole = disperse(path, "--runs", "3")
    changed = whole.replace(b"lost", b"won", 1)
    edited = whole.replace(b"\n2,", b"\n3,", 1)
    capsys.readouterr()
    for data in (b"seed,outcome\n1,landed\n", b"\xff\xfe\x00\n", changed, edited, whole[:60], b"# skycrane disperse"):
        path.write_bytes(data)
        told = refused(capsys, *IDLE, "--runs", "3", "--csv", path)
        assert told.startswith(f"{path}: ")
        assert told.count("\n") == 0
        assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"game": "9.9"}, "was flown by skycrane 0.1.0, not 9.9"),
        ({"rules": 99}, "was flown by rules version"),
        ({"code": "12345678"}, "was flown by other code of the game"),
        ({"platform": "abacus"}, "and this is abacus, whose last digits differ"),
    ],
)
def test_another_game_does_not_go_on(change: dict[str, str | int], sentence: str, tmp_path: Path) -> None:
    """Rows of two states of the game are no table; nor does a worker of another one fly a row."""
    path = tmp_path / "t.csv"
    disperse(path, "--runs", "1")
    other = replace(a_job(), identity=replace(identity(), **change))  # type: ignore[arg-type]
    with pytest.raises(TableError, match=sentence):
        Table(other, range(1, 3), path)
    refusal = fly_row(other, 1)
    assert isinstance(refusal, NotFlown)
    assert refusal.problems[0].startswith("a worker on ")
    assert refusal.problems[0].endswith("; install the same there")


def test_a_full_disk_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was flown before it is told of and stays, and later the same command goes on."""
    path = tmp_path / "t.csv"
    real = os.fsync
    synced: list[int] = []

    def fsync(number: int) -> None:
        synced.append(number)
        if len(synced) == 4:  # the first is the head's
            raise OSError(errno.ENOSPC, "No space left on device")
        real(number)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        assert main([*IDLE, "--runs", "6", "--csv", str(path)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"skycrane: {path}: cannot be written: No space left on device"
    assert told[1] == f"skycrane: 2 of 6 flights are in {path}; the same command goes on from there"
    assert disperse(path, "--runs", "6") == disperse(tmp_path / "whole.csv", "--runs", "6")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("disperse", "sky-crane"), "Missing option '--runs'"),
        (("disperse", "sky-crane", "--runs", "0"), "--runs must be a whole number from 1 to 100000, not '0'"),
        (("disperse", "sky-crane", "--runs", "2", "--seed", str(2**63 - 1)), "go beyond the last seed"),
        (("disperse", "skycrane", "--runs", "2"), 'there is no level "skycrane"'),
        (("disperse", "sky-crane", "--runs", "2", "--pilot", "novise"), "did you mean novice?"),
        (("disperse", "sky-crane", "--runs", "2", "--pilot", "novice", "--mode", "raw"), "raw gives none"),
        (("disperse", "sky-crane", "--runs", "2", "--pilot", "replay:x"), "belong to its own flight"),
        (("disperse", "sky-crane", "--runs", "2", "--plot", "x.pdf"), "x.pdf: the picture is a PNG"),
        (("disperse", "sky-crane", "--runs", "2", "--csv", "levels/jezero.toml"), "lies among the game's own files"),
        (("disperse", "sky-crane", "--runs", "2", "--csv", "nowhere/t.csv"), "there is no folder nowhere"),
        (("disperse", "sky-crane", "--runs", "2", "--jobs", "2", "--cluster", "tcp://a:1"), "choose one"),
        (("disperse", "sky-crane", "--runs", "2", "--cluster", "localhost"), "such as tcp://192.168.1.10:8786"),
        (("disperse", "sky-crane", "--runs", "2", "--cluster", "tcp://localhost:99999"), "not 'tcp://localhost:99999'"),
    ],
)
def test_bad_input_gets_a_sentence(words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, before anything is flown."""
    assert sentence in refused(capsys, *words)


def test_a_script_flies_every_seed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And when its text has changed, the table is another's."""
    script, path = tmp_path / "wait.txt", tmp_path / "t.csv"
    script.write_text("at start throttle 1\n", "utf-8")
    words = ["disperse", "sky-crane", "--runs", "1", "--jobs", "1", "--csv", str(path), "--pilot", f"script:{script}"]
    assert main(words) == 0
    assert "# pilot: script:wait.txt\n" in path.read_text("utf-8")
    script.write_text("at start throttle 0\n", "utf-8")
    capsys.readouterr()
    assert "was flown by another state of its script" in refused(capsys, *words)


def test_a_table_can_go_to_a_stream(capfd: pytest.CaptureFixture[str]) -> None:
    """What cannot be taken up again is written once, whole, at the end."""
    if not Path("/dev/stdout").exists():
        pytest.skip("this system has no /dev/stdout")
    assert main([*IDLE, "--runs", "1", "--csv", "/dev/stdout", "--json"]) == 0
    out = capfd.readouterr().out
    assert out.startswith("# skycrane disperse, table 1\n")
    assert '"flights": 1' in out
