"""The command line: what it prints, where, and its exit codes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

from game.cli import main
from game.content.levels import Level
from game.content.modes import Mode
from game.content.paths import user_dirs
from game.record.flightlog import CSV_COLUMNS

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests" / "replay" / "sky-crane-by-hand.txt"

REPORT_KEYS = {
    "level", "seed", "pilot", "mode", "outcome", "reason", "reason_code", "time_s", "ticks", "touchdown", "score",
    "peaks", "propellant_left_kg", "parts", "digest", "events",
}  # fmt: skip
EVENT_KEYS = {"t_s", "name", "altitude_m", "height_m", "speed_mps", "mach", "q_pa", "why"}


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What stderr says to bad input: exit code 2, nothing on stdout, sentences only."""
    assert main([str(argument) for argument in arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith("\n")
    for line in captured.err.splitlines():
        assert line.startswith("skycrane: ")
    assert "Usage" not in captured.err
    assert "Traceback" not in captured.err
    return captured.err.removesuffix("\n").removeprefix("skycrane: ")


def test_a_landing_prints_a_log_and_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    """A head, the events in order, and at the end outcome, why, touchdown and score."""
    assert main(["fly", "sky-crane"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert err == ""
    assert lines[0] == "sky-crane: seed 0, autopilot, manual"
    assert [line.partition(":")[0] for line in lines[-5:]] == [
        "outcome",
        "why",
        "touchdown",
        "down, km from the target, + past it",
        "score",
    ]
    order = [
        name for line in lines for name in ("rover_release", "touchdown ", "bridle_cut", "landed ") if name in line
    ]
    assert order[:4] == ["rover_release", "touchdown ", "bridle_cut", "landed "]


def test_a_loss_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    """Doing nothing loses, and the log says why."""
    assert main(["fly", "sky-crane", "--pilot", "idle"]) == 1
    out = capsys.readouterr().out
    assert "outcome: lost" in out
    assert "touchdown: none" in out
    assert "score: 0 " in out


def test_json_has_the_report_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """stdout is one JSON object with the keys that other programs read."""
    assert main(["fly", "sky-crane", "--seed", "4", "--mode", "guided", "--json"]) == 0
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert err == ""
    assert set(report) >= REPORT_KEYS
    assert (report["level"], report["seed"], report["pilot"], report["mode"]) == ("sky-crane", 4, "autopilot", "guided")
    assert report["outcome"] == "landed"
    assert set(report["touchdown"]) == {"speed_mps", "vertical_mps", "horizontal_mps", "distance_m", "slope_deg"}
    assert set(report["score"]) == {"total", "softness", "accuracy", "goal"}
    assert set(report["peaks"]) == {
        "g", "heat_flux_w_cm2", "surface_temperature_c", "dynamic_pressure_pa", "parachute_load_n",
    }  # fmt: skip
    assert {"rover", "descent_stage"} <= {part["name"] for part in report["parts"]}
    for event in report["events"]:
        assert set(event) >= EVENT_KEYS
        assert event["why"]
    assert report["reason"]
    assert report["reason"] != report["reason_code"]


def test_a_script_lands_the_sky_crane(capsys: pytest.CaptureFixture[str]) -> None:
    """A dozen lines of text fly the whole level, and the report names the script without its folder."""
    assert main(["fly", "sky-crane", "--pilot", f"script:{SCRIPT}", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["pilot"] == "script:sky-crane-by-hand.txt"
    assert report["touchdown"]["speed_mps"] < 1.5


def test_csv_has_a_row_every_tenth_of_a_second(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The columns stand in their order, time runs from the level's start to the end, every cell is a number."""
    path = tmp_path / "a.csv"
    main(["fly", "sky-crane", "--csv", str(path), "--json"])
    ticks = json.loads(capsys.readouterr().out)["ticks"]
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert tuple(head) == CSV_COLUMNS
    assert len(rows) == ticks // 12 + 1
    times = [float(row[0]) for row in rows]
    assert times[0] == pytest.approx(399.7)
    assert all(0.0999 < later - earlier < 0.1011 for earlier, later in pairwise(times))
    assert rows[0][1] == "sky_crane"
    for row in rows:
        assert all(abs(float(cell)) < 1e7 for cell in row[2:])


def test_a_record_verifies_and_flies_again_as_a_pilot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--record writes what `replay verify` finds exact, and `replay:FILE` sends the same commands."""
    path = tmp_path / "a.replay"
    assert main(["fly", "sky-crane", "--seed", "2", "--record", str(path), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert main(["replay", "verify", str(path)]) == 0
    assert capsys.readouterr().out.startswith(f"{path}: exact: landed")
    assert main(["fly", "sky-crane", "--seed", "2", "--pilot", f"replay:{path}", "--json"]) == 0
    second = json.loads(capsys.readouterr().out)
    assert second["digest"] == first["digest"]
    assert second["pilot"] == "replay:a.replay"


def test_verify_goes_on_after_a_bad_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file gets its line; the exit code is the worst: 2 for one that cannot be read."""
    good, bad = tmp_path / "good.replay", tmp_path / "bad.replay"
    main(["fly", "sky-crane", "--pilot", "idle", "--record", str(good)])
    bad.write_bytes(good.read_bytes()[:-30])
    capsys.readouterr()
    assert main(["replay", "verify", str(bad), str(good)]) == 2
    out, err = capsys.readouterr()
    assert err == f"skycrane: {bad}: is cut off before its end\n"
    assert out.startswith(f"{good}: exact: lost")


def test_a_record_cannot_make_us_open_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The level in a record's header is a name among ours, never a path; one's own level is named by --level."""
    own, path = tmp_path / "own.toml", tmp_path / "a.replay"
    text = (ROOT / "levels" / "sky-crane.toml").read_text("utf-8")
    own.write_text(text.replace('id = "sky-crane"', 'id = "own"'), "utf-8")
    assert main(["fly", str(own), "--record", str(path), "--json"]) == 0
    capsys.readouterr()
    assert "was flown on the level 'own', which this game has not" in refused(capsys, "replay", "verify", path)
    assert main(["replay", "verify", str(path), "--level", str(own)]) == 0


def test_levels_lists_every_level(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a level: id, title, brief."""
    assert main(["levels"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines[1:]} >= {"powered-descent", "sky-crane"}
    assert any("Hover 21 m up on four engines." in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fly", "sky-crain"), 'there is no level "sky-crain"; did you mean sky-crane?'),
        (("fly", "none.toml"), "none.toml"),
        (("fly", "sky-crane", "--pilot", "autopilott"), "did you mean autopilot?"),
        (("fly", "sky-crane", "--pilot", "scrpt:a.txt"), "did you mean script?"),
        (("fly", "sky-crane", "--pilot", "script:"), "the pilot 'script' needs a file: script:FILE"),
        (("fly", "sky-crane", "--pilot", "script:none.txt"), "none.txt: cannot be read: No such file or directory"),
        (("fly", "sky-crane", "--pilot", "replay:none.replay"), "none.replay: cannot be read: No such file"),
        (("fly", "sky-crane", "--mode", "gided"), "only guided, manual, raw, one-button; did you mean guided?"),
        (("fly", "sky-crane", "--seed", "-1"), "--seed"),
        (("fly", "sky-crane", "--seed", "x"), "--seed"),
        (("fly", "sky-crane", "--csv", "none/a.csv"), "none/a.csv: there is no folder none"),
        (("fly", "sky-crane", "--record", "."), ".: is a folder, not a file"),
        (("fly", "sky-crane", "--csv", "a.txt", "--record", "./a.txt"), "a.txt: is already used by this flight"),
        (("fly", "sky-crane", "--jsno"), "--json"),
        (("fly",), "LEVEL"),
        (("flyy", "sky-crane"), "there is no command 'flyy'; there is fly"),
        (("sky-crain",), 'there is no level "sky-crain"; did you mean sky-crane?'),
        (("sky-crane", "--size", "big"), "--size is width x height in pixels, such as 1280x720, not 'big'"),
        (("sky-crane", "--screenshot-every", "5"), "--screenshot-every S and --out DIR belong together"),
        (("bench", "sky"), 'there is no level "sky"'),
        (("replay", "verify"), "FILE"),
        (("levels", "--data"), "--data names no folder"),
        (("--data=", "levels"), "--data names no folder"),
        (("--data", __file__, "levels"), "is a file, not a folder"),
        (("replay", "verify", "none.replay"), "none.replay: cannot be read: No such file or directory"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_clear_sentence(
    arguments: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 2, one line on stderr that names the thing and the nearest right one, nothing written."""
    monkeypatch.chdir(tmp_path)
    text = refused(capsys, *arguments)
    assert said in text
    assert "\n" not in text
    assert not list(tmp_path.iterdir())


def test_every_bad_line_of_a_script_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All at once, each as `file: line N: ...`."""
    script = tmp_path / "bad.txt"
    script.write_text("on tuchdown action\nat start action\nat 3 reel 1\n", "utf-8")
    text = refused(capsys, "fly", "sky-crane", "--pilot", f"script:{script}")
    assert [part.split(": ")[1] for part in text.replace("skycrane: ", "").splitlines()] == ["line 1", "line 3"]


def test_a_flight_may_not_write_over_what_it_is_made_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The level's file and the script are as they were."""
    own, script = tmp_path / "own.toml", tmp_path / "own.txt"
    own.write_text((ROOT / "levels" / "sky-crane.toml").read_text("utf-8").replace('"sky-crane"', '"own"'), "utf-8")
    script.write_text("at start action\n", "utf-8")
    for path in (own, script):
        before = path.read_bytes()
        said = refused(capsys, "fly", own, "--pilot", f"script:{script}", "--csv", path)
        assert "is already used by this flight" in said
        assert path.read_bytes() == before


class NoDisplay(Exception):
    """What game.app raises where there is no screen."""


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A stand-in for game.app that keeps what it was asked for."""
    app = ModuleType("game.app")

    def run(level: Level | None, **how: object) -> int:
        app.asked = (level.id if level else None, how)
        return 0

    app.run, app.NoDisplay = run, NoDisplay
    monkeypatch.setitem(sys.modules, "game.app", app)
    return app


@pytest.mark.parametrize(
    ("arguments", "level"),
    [((), None), (("sky-crane",), "sky-crane"), (("play", "sky-crane"), "sky-crane"), (("--seed", "3"), None)],
)
def test_without_a_command_it_plays(arguments: tuple[str, ...], level: str | None, window: ModuleType) -> None:
    """`skycrane`, `skycrane LEVEL` and `skycrane --seed 3` open the window."""
    assert main(arguments) == 0
    assert window.asked[0] == level


@pytest.mark.parametrize(
    ("arguments", "level"),
    [
        (("--data", "mine"), None),
        (("--data=mine", "sky-crane"), "sky-crane"),
        (("sky-crane", "--data", "mine"), "sky-crane"),
        (("play", "--data", "mine", "sky-crane", "--seed", "3"), "sky-crane"),
    ],
)
def test_the_folder_for_data_may_be_named_anywhere(
    arguments: tuple[str, ...], level: str | None, window: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:  # fmt: skip
    """It holds while the command runs, and no longer."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SKYCRANE_DATA", raising=False)
    asked = window.run

    def run(level: Level | None, **how: object) -> int:
        window.where = user_dirs().data
        return int(asked(level, **how))

    monkeypatch.setattr(window, "run", run)
    assert main(arguments) == 0
    assert window.asked[0] == level
    assert window.where == tmp_path / "mine" / "data"
    assert "SKYCRANE_DATA" not in os.environ


def test_the_window_is_told_everything(window: ModuleType, tmp_path: Path) -> None:
    """Mode, seed, size and screenshots reach the window as they were given."""
    out = tmp_path / "shots"
    options = ("--mode", "raw", "--seed", "9", "--size", "1280x720", "--screenshot-every", "2", "--out", str(out))
    assert main(["play", "sky-crane", "--fullscreen", *options]) == 0
    assert window.asked[1] == {
        "mode": Mode.RAW, "seed": 9, "size": (1280, 720), "fullscreen": True, "screenshot_every_s": 2.0, "out": out,
    }  # fmt: skip


def test_without_a_display_it_names_fly(window: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence and the command that needs no screen."""

    def run(level: Level | None, **how: object) -> int:
        raise NoDisplay

    window.run = run
    assert refused(capsys) == "there is no display to play on; 'skycrane fly sky-crane' flies without one"


def spawned(*arguments: str, **how: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "game", *arguments], cwd=ROOT, stderr=subprocess.PIPE, text=True, **how
    )


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_reader_who_leaves_is_no_error(form: tuple[str, ...]) -> None:
    """`skycrane fly ... | true`: quiet, and the exit code is still the flight's."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    process = spawned("fly", "sky-crane", *form, stdout=write_end)
    os.close(write_end)
    _, err = process.communicate()
    assert (process.returncode, err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_gets_a_sentence() -> None:
    """What could not be printed is said on stderr."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = spawned("levels", stdout=full)
        _, err = process.communicate()
    assert process.returncode == 2
    assert err == "skycrane: standard output cannot be written: No space left on device\n"
