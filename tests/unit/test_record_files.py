"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.record.files import OutputError, check_writable, write_whole


def test_writing_replaces_the_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    """The new text stands there, with no temporary file beside it and the file's own permissions."""
    path = tmp_path / "a.csv"
    path.write_text("old", "utf-8")
    path.chmod(0o640)
    write_whole(path, "new\n")
    assert path.read_bytes() == b"new\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the old file is still whole and no part of the new one is left."""
    path = tmp_path / "a.csv"
    path.write_text("old", "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"a\.csv: cannot be written: No space left on device"):
        write_whole(path, "new\n")
    assert path.read_text("utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    """Writing through a link writes the file that it points to."""
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    check_writable(link)
    write_whole(link, "new\n")
    assert link.is_symlink()
    assert target.read_text("utf-8") == "new\n"


def test_a_device_is_written_not_replaced() -> None:
    """/dev/null is still a device afterwards."""
    check_writable(Path(os.devnull))
    write_whole(Path(os.devnull), "text")
    assert not Path(os.devnull).is_file()


def test_what_cannot_be_written_is_known_before(tmp_path: Path) -> None:
    """A folder and a place without one are refused, and the check itself leaves nothing behind."""
    with pytest.raises(OutputError, match="is a folder, not a file"):
        check_writable(tmp_path)
    with pytest.raises(OutputError, match="there is no folder"):
        check_writable(tmp_path / "none" / "a.csv")
    check_writable(tmp_path / "a.csv")
    assert not list(tmp_path.iterdir())
