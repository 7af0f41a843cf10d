"""The command line and bad input: a sentence, exit code 2, nothing lost, whatever is typed or lies in a file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import game.commands.fly
from game.cli import main
from game.content.paths import data_root
from tests.content.files import level_file, part_file
from tests.unit.test_cli import refused, spawned

ROOT = Path(__file__).parents[2]
LONG = "x" * 300
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
needs_fifo = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


@pytest.mark.parametrize("option", ["--csv", "--record"])
def test_a_flight_may_not_write_over_its_site_and_vehicle(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also not through a link: what a level is made of stays as it was."""
    parts = [part_file(tmp_path, "site", "jezero"), part_file(tmp_path, "vehicle", "perseverance")]
    link = tmp_path / "link.csv"
    link.symlink_to(parts[0])
    before = [path.read_bytes() for path in parts]
    for path in (*parts, link):
        assert "is already used by this flight" in refused(capsys, "fly", level_file(tmp_path), option, path)
    assert [path.read_bytes() for path in parts] == before


@pytest.mark.parametrize("place", ["levels/sites/jezero.toml", "levels/new.csv", "assets/texts/en.toml", "game/cli.py"])
def test_nothing_is_written_among_the_games_own_files(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither over one of them nor beside."""
    path = data_root() / place
    before = path.read_bytes() if path.exists() else None
    assert refused(capsys, "fly", "sky-crane", "--csv", path).endswith(
        "lies among the game's own files; name another place"
    )
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no /dev/stdout")
@pytest.mark.parametrize("mode", ["a", "w"])
def test_standard_output_by_name_is_written_in_its_place(mode: str, tmp_path: Path) -> None:
    """`--csv /dev/stdout >> f` adds to f, and what is printed afterwards comes after it."""
    path = tmp_path / "f"
    path.write_text("before\n", "utf-8")
    with path.open(mode, encoding="utf-8") as file:
        process = spawned("fly", "sky-crane", "--pilot", "idle", "--csv", "/dev/stdout", stdout=file)
        assert process.communicate()[1] == ""
    lines = path.read_text("utf-8").splitlines()
    if mode == "a":
        assert lines.pop(0) == "before"
    assert lines[0].startswith("t_s,phase,")
    assert lines[-1].startswith("score: ")


@needs_fifo
def test_a_pipe_is_written_once_and_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever reads at its other end gets all rows, and the flight does not wait for a second reader."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    main(["fly", "sky-crane", "--pilot", "idle", "--csv", str(pipe)])
    reader.join(timeout=20.0)
    assert got[0].startswith("t_s,phase,")


def test_paths_that_lead_nowhere_get_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Too long a name, a loop of links, a folder that is not yet there, no name at all."""
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    for name in (LONG, "loop", "loop/a.csv"):
        assert refused(capsys, "fly", "sky-crane", "--csv", name).startswith(f"{name}: cannot be written: ")
    assert refused(capsys, "fly", "sky-crane", "--csv", "new/") == "new/: is a folder, not a file"
    assert refused(capsys, "fly", "sky-crane", "--csv", "") == "--csv names no file"
    assert [path.name for path in tmp_path.iterdir()] == ["loop"]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
def test_a_working_folder_that_is_gone_gets_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name of the output means nothing any more."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert refused(capsys, "fly", "sky-crane", "--csv", "a.csv").startswith("a.csv: cannot be written: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sky-crane", "--screenshot-every", "nan", "--out", "x"), "--screenshot-every must be from 0.05 to 3600 s"),
        (("sky-crane", "--screenshot-every", "soon", "--out", "x"), "--screenshot-every must be from 0.05 to 3600 s"),
        (("sky-crane", "--size", "99999x99999"), "--size can be at most 16384x16384, not '99999x99999'"),
        (("fly", "sky-crane", "--seed", "abc"), "--seed must be a whole number from 0 to 9223372036854775807, not"),
        (("fly", "sky-crane", "--seed", "9" * 5000), f"not '{'9' * 37}...'"),
        (("bench", "--rounds", "0"), "--rounds must be a whole number from 1 to 100, not '0'"),
        (("fly", LONG), f'there is no level "{"x" * 37}..."; there is '),
        (("fly", "sky-crane", "--mode", LONG), f"there is no mode '{'x' * 37}...', only "),
        (("fly", "sky-crane", "--pilot", LONG), f"there is no pilot '{'x' * 37}...', only "),
        (("fly", "sky-crane", LONG), f"({'x' * 37}...)"),
        (("fly", "a\x1b[31m\nb"), 'there is no level "a\\x1b[31m\\nb"'),
        (("replay",), "replay needs a command: skycrane replay verify FILE"),
    ],
)  # fmt: skip
def test_values_out_of_range_get_one_short_sentence(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the option and what belongs there, repeats little of what was typed, and nothing a terminal obeys."""
    text = refused(capsys, *arguments)
    assert said in text
    assert text.isprintable()
    assert len(text) < 300


def test_many_faults_are_not_all_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty, then how many more; each with the program's name in front, also for a level that a record needs."""
    assert main(["fly", "sky-crane", "--pilot", "idle", "--record", str(tmp_path / "a.replay")]) == 1
    capsys.readouterr()
    keys = "".join(f"k{i} = 1\n" for i in range(30))
    level = level_file(tmp_path, ("schema = 1", f"{keys}schema = 1"))
    for arguments in (("fly", level), ("replay", "verify", tmp_path / "a.replay", "--level", level)):
        lines = refused(capsys, *arguments).splitlines()
        assert len(lines) == 21
        assert lines[-1] == "skycrane: and 10 more"


def test_a_key_cannot_paint_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Signs that a terminal obeys are written out."""
    said = refused(capsys, "fly", level_file(tmp_path, ("schema = 1", '"\\u001b[31m" = 1\nschema = 1')))
    assert "\\x1b[31m: is not a key here" in said
    assert said.isprintable()


def test_a_record_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the same sentence as any other that cannot be read."""
    path = tmp_path / "a.replay"
    path.write_text("", "utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    monkeypatch.setattr(os, "open", refuse)
    assert refused(capsys, "replay", "verify", path) == f"{path}: cannot be read: Permission denied"


@needs_full
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("fly", "--help")])
def test_help_on_a_full_disk_gets_a_sentence(arguments: tuple[str, ...]) -> None:
    """Exit code 2: 1 means that the rover is lost."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = spawned(*arguments, stdout=full)
        _, err = process.communicate()
    assert (process.returncode, err) == (2, "skycrane: standard output cannot be written: No space left on device\n")


@needs_full
def test_where_nobody_can_be_told_the_exit_code_still_says_it() -> None:
    """Neither standard error nor its flush at the end changes it."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run([sys.executable, "-m", "game", "fly", "nosuch"], cwd=ROOT, stderr=full, check=False)
    assert done.returncode == 2


def test_help_for_a_reader_who_leaves_is_no_loss() -> None:
    """`skycrane --help | true`."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    process = spawned("--help", stdout=write_end)
    os.close(write_end)
    assert (process.communicate()[1], process.returncode) == ("", 0)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C as Python has it, also where whoever started the tests ignores it (`pytest &` in a plain shell)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are something else there")
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    "start", ["runpy.run_module('game', run_name='__main__')", "from game.cli import main; main()"]
)
def test_ctrl_c_while_it_starts_leaves_no_traceback(start: str) -> None:
    """The signal comes in the middle of the imports; the program is gone, silently."""
    code = (
        "import os, runpy, signal, sys\n"
        "class Ctrl_C:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'game.content.levels': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Ctrl_C())\n"
        f"{start}\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_in_flight_exits_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Python's own handler is back when the command runs, and its interrupt ends without a traceback."""

    def interrupted(*_: object, **__: object) -> None:
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        raise KeyboardInterrupt

    monkeypatch.setattr(game.commands.fly, "fly_level", interrupted)
    assert main(["fly", "sky-crane"]) == 130
    assert "Traceback" not in capsys.readouterr().err
