"""`skycrane fly LEVEL --watch`: a flight for each save, whatever an editor does to save, and none without one.

What tells of changes is a stand-in that saves something each time it is asked to wait; nothing here takes time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from game.cli import main
from game.content.extras import how_to_install
from game.content.levels import files_of
from game.lab.watch import FolderWatch, WatchError, rounds
from tests.content.files import LEVEL, LEVELS, level_file, part_file

ROOT = Path(__file__).parents[2]
WAITING = "skycrane: waiting until own.toml, its site or its vehicle is saved; Ctrl-C ends"

Step = Callable[[], object]


class Hand:
    """Does one thing after the other while somebody waits, and at last presses Ctrl-C."""

    def __init__(self, *steps: Step) -> None:
        self.steps: Iterator[Step] = iter(steps)
        self.folders: list[tuple[Path, ...]] = []

    def wait(self, folders: tuple[Path, ...]) -> None:
        self.folders.append(folders)
        step = next(self.steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, without an environment that watchfiles would read."""
    monkeypatch.chdir(tmp_path)


def saved(name: str, text: str) -> Step:
    """Saved in place, a second later than whatever was there: no test waits for a clock to go on."""

    def save() -> None:
        path = Path(name)
        after = path.stat().st_mtime_ns + 10**9 if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        if after:
            os.utime(path, ns=(after, after))

    return save


def replaced(name: str, text: str) -> Step:
    """Saved beside it, and put in its place."""

    def replace() -> None:
        Path(f"{name}.new").write_text(text, "utf-8")
        Path(f"{name}.new").replace(name)

    return replace


def added_to(name: str, text: str) -> Step:
    """Saved in place at one stroke: who looks at any moment sees the file of before or the file of after."""

    def add() -> None:
        with Path(name).open("ab", buffering=0) as file:
            file.write(text.encode())

    return add


def removed(name: str) -> Step:
    return lambda: Path(name).unlink()


def nothing() -> None:
    """Somebody is waited for in vain."""


def watched(hand: Hand, files: Callable[[], list[Path]]) -> list[int]:
    """How often the hand had been asked when each round began."""
    begun: list[int] = []
    with suppress(KeyboardInterrupt):
        begun.extend(len(hand.folders) for _ in rounds(files, hand.wait))
    return begun


def test_a_round_for_each_save_and_none_for_anything_else() -> None:
    """Saved in place, replaced, and saved with the same words; not for another file, nor for nothing."""
    Path("a").write_text("1", "utf-8")
    hand = Hand(
        nothing, saved("a", "2"), saved("b", "other"), nothing, replaced("a", "3"), saved("a", "3"), saved("c", "x")
    )
    assert watched(hand, lambda: [Path("a")]) == [0, 2, 5, 6]


def test_a_file_that_comes_and_one_that_goes_are_rounds(tmp_path: Path) -> None:
    """Also in a folder that was not there; until it is, the folder above it is looked at."""
    hand = Hand(saved("sites/own.toml", "x"), nothing, removed("sites/own.toml"), nothing, nothing)
    assert watched(hand, lambda: [Path("sites/own.toml")]) == [0, 1, 4]
    assert hand.folders[0] == (tmp_path,)
    assert hand.folders[1] == (tmp_path / "sites",)


def test_an_editor_that_moves_the_old_file_away_first_is_given_a_moment() -> None:
    """One round for both of its steps, with the new file in place."""
    Path("a").write_text("1", "utf-8")
    seen: list[str] = []
    hand = Hand(removed("a"), saved("a", "2"))
    with suppress(KeyboardInterrupt):
        seen.extend(Path("a").read_text("utf-8") for _ in rounds(lambda: [Path("a")], hand.wait))
    assert seen == ["1", "2"]


def test_what_is_saved_during_a_round_is_not_missed() -> None:
    """The next round begins at once, without waiting."""
    Path("a").write_text("1", "utf-8")
    hand = Hand()
    each = rounds(lambda: [Path("a")], hand.wait)
    next(each)
    saved("a", "2")()
    next(each)
    assert hand.folders == []


def test_where_a_link_leads_is_looked_at_too(tmp_path: Path) -> None:
    """A level may lie elsewhere under another name."""
    (tmp_path / "far").mkdir()
    Path("far/level.toml").write_text("1", "utf-8")
    Path("own.toml").symlink_to("far/level.toml")
    hand = Hand(saved("far/level.toml", "2"))
    assert watched(hand, lambda: [Path("own.toml")]) == [0, 1]
    assert hand.folders[0] == (tmp_path, tmp_path / "far")


def test_what_a_level_is_read_from() -> None:
    """One of the game's own, where it lies; any other, with every place where its parts may come to lie; one that
    cannot be read or that names no part, alone.
    """
    game = [LEVELS / "sky-crane.toml", LEVELS / "sites" / "jezero.toml", LEVELS / "vehicles" / "perseverance.toml"]
    assert list(files_of("sky-crane")) == game
    level_file(Path())
    beside = ["own.toml", "sites/jezero.toml", "jezero.toml", "vehicles/perseverance.toml", "perseverance.toml"]
    assert [path for path in files_of("own.toml") if path not in game] == [Path(name) for name in beside]
    for text in ("schema = ", "", 'site = "../up"\nvehicle = 3\n'):
        Path("own.toml").write_text(text, "utf-8")
        assert files_of("own.toml") == (Path("own.toml"),)


def fly(monkeypatch: pytest.MonkeyPatch, hand: Hand, *words: str) -> int:
    monkeypatch.setattr("game.commands.watching.FolderWatch", lambda: hand)
    return main(["fly", "own.toml", "--watch", *words])


def test_the_flight_is_flown_again_with_what_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log of each flight on standard output; that it waits, on the other one. Ctrl-C ends with 130."""
    level_file(tmp_path)
    hand = Hand(nothing, saved("own.toml", LEVEL.replace("height_m = 21.0", "height_m = 30.0")))
    assert fly(monkeypatch, hand) == 130
    out, err = capsys.readouterr()
    assert out.count("own: seed 0, autopilot, manual\n") == 2
    first, second = out.split("own: seed 0, autopilot, manual\n")[1:]
    assert "outcome: landed" in first
    assert first != second
    assert err.split("\n") == [WAITING, WAITING, "", ""]  # click's own end of the line that a terminal shows ^C in


def test_a_broken_file_gets_its_sentences_and_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that is no TOML, one with a wrong key, one that is gone; and then it flies again."""
    hand = Hand(
        saved("own.toml", LEVEL.replace("height_m", "heigth_m")),
        saved("own.toml", "schema = "),
        removed("own.toml"),
        nothing,
        saved("own.toml", LEVEL),
    )
    assert fly(monkeypatch, hand) == 130
    out, err = capsys.readouterr()
    assert out.count("outcome: landed") == 1
    said = [line for line in err.splitlines() if line not in (WAITING, "")]
    assert said[0] == "skycrane: own.toml: there is no such file"
    assert "skycrane: own.toml: start.heigth_m: is not a key here; did you mean height_m?" in said
    assert any(line.startswith("skycrane: own.toml: is not valid TOML: ") for line in said)
    assert said[-1] == "skycrane: own.toml: there is no such file"
    assert err.splitlines().count(WAITING) == 5


def test_the_scripts_of_its_checks_are_told_and_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those in the level and those beside it, as `skycrane check` would tell them; also without --watch."""
    check = '\n[[check]]\nname = "{}"\n{}\nexpect.outcome = "lost"\n'
    beside = LEVEL + check.format("beside it", 'pilot = "script:drop.txt"')
    within = check.format("in it", 'script = "at start thrttle 1"')
    level_file(tmp_path, text=beside + within)
    told = [
        "skycrane: own.toml: check 1: pilot: drop.txt: cannot be read: No such file or directory",
        "skycrane: own.toml: check 2: script: line 1: 'thrttle' is nothing to set; there is throttle",
    ]
    assert main(["fly", "own.toml"]) == 2
    assert capsys.readouterr().err.splitlines() == told
    hand = Hand(saved("own.toml", beside), saved("drop.txt", "at start throttle 0"))
    assert fly(monkeypatch, hand) == 130
    out, err = capsys.readouterr()
    assert out.count("outcome: landed") == 1
    assert [line for line in err.splitlines() if line not in (WAITING, "")] == [*told, told[0]]


def test_its_site_and_its_vehicle_count_also_when_they_come_to_lie_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A site that is missing, one that comes in place of the game's, a vehicle in the same folder; not one that is
    not named.
    """
    site = part_file(tmp_path, "site", "jezero").read_text("utf-8")
    vehicle = part_file(tmp_path, "vehicle", "perseverance", ("rover.mass_kg", "1000.0")).read_text("utf-8")
    for part in ("sites/jezero.toml", "vehicles/perseverance.toml"):
        Path(part).unlink()
    Path("sites").rmdir()
    level_file(tmp_path, ('site = "jezero"', 'site = "ours"'))
    hand = Hand(
        saved("sites/ours.toml", site.replace('id = "jezero"', 'id = "ours"')),
        saved("perseverance.toml", vehicle),
        saved("sites/theirs.toml", "not named"),
        saved("sites/ours.toml", site.replace('id = "jezero"', 'id = "ours"')),
    )
    assert fly(monkeypatch, hand, "--json") == 130
    out, err = capsys.readouterr()
    assert err.splitlines()[0] == 'skycrane: own.toml: site: there is no site "ours"; there is gale, jezero'
    reports = list(_objects(out))
    assert len(reports) == 3
    assert reports[0]["digest"] != reports[1]["digest"] == reports[2]["digest"]


def test_the_script_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Also one that cannot be read, or is not there yet."""
    level_file(tmp_path)
    by_hand = (ROOT / "tests" / "replay" / "sky-crane-by-hand.txt").read_text("utf-8")
    hand = Hand(saved("land.txt", "at noon action"), saved("land.txt", by_hand))
    assert fly(monkeypatch, hand, "--pilot", "script:land.txt") == 130
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert lines[0] == "skycrane: land.txt: cannot be read: No such file or directory"
    assert lines[1] == "skycrane: waiting until own.toml, its site, its vehicle or land.txt is saved; Ctrl-C ends"
    assert "land.txt" in lines[2]
    assert "outcome: landed" in out


def test_files_that_it_writes_are_new_each_time_and_no_reason_to_fly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They lie in the very folder that is looked at. Each is whole, and of the newest flight."""
    level_file(tmp_path)
    texts: list[tuple[str, ...]] = []

    def look() -> None:
        texts.append(tuple(Path(name).read_text("utf-8") for name in ("flight.csv", "flight.replay")))

    saves = saved("own.toml", LEVEL.replace("height_m = 21.0", "height_m = 30.0"))
    hand = Hand(look, lambda: Path("flight.csv").unlink(), saves, look)
    assert fly(monkeypatch, hand, "--csv", "flight.csv", "--record", "flight.replay") == 130
    assert len(hand.folders) == 5
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert main(["fly", "own.toml", "--csv", "one.csv", "--record", "one.replay"]) == 0
    assert texts[1] == tuple(Path(name).read_text("utf-8") for name in ("one.csv", "one.replay"))
    assert texts[0][0] != texts[1][0]
    assert texts[0][1] != texts[1][1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--pilot", "autopolit"], "there is no pilot 'autopolit'"),
        (["--pilot", "script:"], "the pilot 'script' needs a file"),
        (["--csv", "own.toml"], "own.toml: is already used by this flight"),
        (["--csv", "sites/jezero.toml"], "sites/jezero.toml: is already used by this flight"),
        (["--csv", "nowhere/flight.csv"], "there is no folder nowhere"),
        (["--daily"], "--daily has its own level and weather: leave LEVEL, --seed, --dispersed and --watch out"),
    ],
)
def test_what_no_saving_could_mend_is_told_at_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    """With exit code 2, and nobody is waited for."""
    level_file(tmp_path)
    hand = Hand()
    assert fly(monkeypatch, hand, *words) == 2
    assert said in capsys.readouterr().err
    assert hand.folders == []


def test_a_check_is_flown_again_with_the_file_that_it_flies_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At each save of its level or of its script; a check that is not in it yet, and a script that is not there yet,
    are waited for.
    """
    level_file(tmp_path)
    check = '\n[[check]]\nname = "down"\npilot = "script:{}"\nseeds = [2]\nexpect.outcome = "lost"\n'
    hand = Hand(
        saved("own.toml", LEVEL + check.format("a.txt")),
        saved("a.txt", "at start throttle 0\n"),
        saved("a.txt", "at start throttle 1\n"),
        saved("own.toml", LEVEL + check.format("b.txt")),
        saved("b.txt", "at start throttle 0.1\n"),
        saved("a.txt", "at start throttle 0\n"),
    )
    assert fly(monkeypatch, hand, "--check", "down") == 130
    out, err = capsys.readouterr()
    heads = [line for line in out.splitlines() if line.startswith("own: ")]
    assert heads == [f"own: seed 2, script:{name}, manual" for name in ("a.txt", "a.txt", "b.txt")]
    said = [line for line in err.splitlines() if line and "waiting until" not in line]
    assert said == [
        'skycrane: own.toml: there is no check "down"; it has none',
        "skycrane: own.toml: check 1: pilot: a.txt: cannot be read: No such file or directory",
        "skycrane: own.toml: check 1: pilot: b.txt: cannot be read: No such file or directory",
    ]


def test_an_unknown_level_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A name can be waited for in vain; a path cannot."""
    assert main(["fly", "sky-crain", "--watch"]) == 2
    assert "did you mean sky-crane?" in capsys.readouterr().err


def test_without_watchfiles_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is flown."""
    level_file(tmp_path)
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert main(["fly", "own.toml", "--watch"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"skycrane: --watch needs watchfiles, which is not installed: {how_to_install('levels')}\n"


def test_a_system_that_watches_no_more_gets_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when all its watches are taken. A folder that went away meanwhile is no such thing."""
    watch = FolderWatch()

    def fails(error: Exception) -> Callable[..., Iterator[object]]:
        def changes(*_: object, **__: object) -> Iterator[object]:
            raise error
            yield

        return changes

    monkeypatch.setattr(watch, "_watch", fails(OSError("no space left on device")))
    with pytest.raises(WatchError, match="cannot be watched: no space left on device"):
        watch.wait((tmp_path,))
    monkeypatch.setattr(watch, "_watch", fails(FileNotFoundError("gone")))
    watch.wait((tmp_path / "gone",))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_a_real_process_flies_again_at_each_save(tmp_path: Path) -> None:
    """With the system's own word for it: saved in place, replaced, broken and mended; its log beside it does not
    make it fly. Ctrl-C ends it with 130 and without a traceback.
    """
    level_file(tmp_path)
    command = [
        sys.executable,
        "-m",
        "game",
        "fly",
        str(tmp_path / "own.toml"),
        "--watch",
        "--csv",
        str(tmp_path / "f.csv"),
    ]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        guard = threading.Timer(120.0, process.kill)  # a process that says nothing is not waited for
        guard.start()
        try:
            assert "waiting until" in process.stderr.readline()
            for step in (added_to("own.toml", "\n"), replaced("own.toml", LEVEL)):
                step()
                assert "waiting until" in process.stderr.readline()
            replaced("own.toml", "schema = ")()
            assert "is not valid TOML" in process.stderr.readline()
            assert "waiting until" in process.stderr.readline()
            replaced("own.toml", LEVEL)()
            assert "waiting until" in process.stderr.readline()
            process.send_signal(2)
            rest = process.stderr.read()
            process.wait()
        finally:
            guard.cancel()
            process.kill()  # who leaves here with an error would wait for it for ever
    assert rest == "\n"  # click's own
    assert process.returncode == 130


def _objects(text: str) -> Iterator[dict[str, object]]:
    """JSON objects that stand one after the other."""
    decoder = json.JSONDecoder()
    while text.strip():
        found, end = decoder.raw_decode(text.lstrip())
        yield found
        text = text.lstrip()[end:]
