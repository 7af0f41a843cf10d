"""What is no record, or pretends to be one: a sentence and exit code 2 from every command; nothing is waited for."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from game.cli import main
from game.record.replay import MAX_BYTES, Replay, ReplayError, read_record
from tests.replay.flights import recorded

COMMANDS = (("replay", "verify"), ("replay", "show"), ("replay", "show", "--header"))
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")


@cache
def landing() -> Replay:
    return recorded("sky-crane", seed=3, dispersed=True)[1]


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.replay")
    return folder / "pipe.replay"


def _loop(folder: Path) -> Path:
    (folder / "loop.replay").symlink_to(folder / "loop.replay")
    return folder / "loop.replay"


def _noise(folder: Path) -> Path:
    (folder / "noise.replay").write_bytes(bytes(range(256)) * 100)
    return folder / "noise.replay"


def _huge(folder: Path) -> Path:
    with (folder / "huge.replay").open("wb") as file:
        file.write(landing().text().encode())
        file.truncate(MAX_BYTES * 1000)  # a hole: it takes no room
    return folder / "huge.replay"


def _empty(folder: Path) -> Path:
    (folder / "empty.replay").write_bytes(b"")
    return folder / "empty.replay"


def _endless_digests(folder: Path) -> Path:
    """As many lines as fit, none of which says anything."""
    head = landing().text().partition("\nrun ")[0].replace("skycrane replay 1", "skycrane replay 1 journal")
    (folder / "digests.replay").write_text(head + "\n" + "digest abcdefab\n" * 200_000, "utf-8")
    return folder / "digests.replay"


@needs_pipes
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_pipe, "cannot be read: it is a pipe or a device, not a file"),
        (lambda folder: Path("/dev/zero"), "cannot be read: it is a pipe or a device, not a file"),
        (lambda folder: folder, "cannot be read: Is a directory"),
        (_loop, "cannot be read: Too many levels of symbolic links"),
        (lambda folder: folder / ("x" * 300), "cannot be read: File name too long"),
        (lambda folder: folder / ("x/" * 3000), "x/x/x/x/x/x/x/x/"),
        (lambda folder: folder / "none.replay", "cannot be read: No such file or directory"),
        (_noise, "is not a replay of this game"),
        (_huge, "is too long for a replay"),
        (_empty, "is not a replay of this game"),
        (_endless_digests, "200000 digests and 0 frames for a flight of 0 ticks"),
    ],
)
def test_what_is_no_record_gets_a_sentence(
    make: Callable[[Path], Path], said: str, command: tuple[str, ...], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A pipe without a writer too: it is not waited for."""
    assert main([*command, str(make(tmp_path))]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert said in line
    assert line.startswith("skycrane: ")
    assert line.isprintable()


def test_a_name_that_no_file_can_have_gets_a_sentence() -> None:
    """A command line cannot hold it, but a program that asks for a record can."""
    with pytest.raises(ReplayError, match="cannot be read: embedded null byte"):
        read_record(Path("no\0name"))


@needs_pipes
def test_no_pilot_comes_out_of_a_pipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who would fly by a record gets the same sentence."""
    assert main(["fly", "sky-crane", "--pilot", f"replay:{_pipe(tmp_path)}"]) == 2
    assert "it is a pipe or a device, not a file" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS[:2])
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"level": "../../../etc/passwd"}, "was flown on the level '../../../etc/passwd', which this game has not"),
        ({"level": "gale"}, "was flown on another version of the level 'gale'"),
        ({"rules_version": 999_999_999}, "was flown by rules 999999999, this game flies by rules"),
        ({"mode": "easy"}, "there is no mode 'easy'"),
        ({"content": "0" * 32}, "was flown on another version of the level 'sky-crane'"),
    ],
)
def test_what_cannot_be_flown_here_gets_a_sentence(
    changes: dict[str, object], said: str, command: tuple[str, ...], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Its checksum is right. Nothing of it is printed as if it had been flown; its header alone can be looked at."""
    path = tmp_path / "a.replay"
    header = replace(landing().header, **changes)  # type: ignore[arg-type]
    path.write_text(replace(landing(), header=header).text(), "utf-8")
    assert main([*command, str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1
    assert main(["replay", "show", "--header", str(path)]) == 0
    assert f"level      {header.level}\n" in capsys.readouterr().out
