"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.record.files import OutputError, check_writable, file_behind, read_whole, write_whole


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


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system has no /dev/fd")
def test_an_open_file_by_its_number_is_written_in_its_place(tmp_path: Path) -> None:
    """/dev/fd/N, also through a link: the file behind it is added to, never replaced, and stays open."""
    path, link = tmp_path / "out", tmp_path / "link"
    with path.open("w", encoding="utf-8") as file:
        file.write("first\n")
        file.flush()
        link.symlink_to(f"/dev/fd/{file.fileno()}")
        for name in (Path(f"/dev/fd/{file.fileno()}"), Path(f"/proc/{os.getpid()}/fd/{file.fileno()}"), link):
            if name.exists():
                check_writable(name)
                write_whole(name, "more\n")
                assert file_behind(name) is None
        file.write("last\n")
    lines = path.read_text("utf-8").splitlines()
    assert (lines[0], lines[-1], set(lines[1:-1])) == ("first", "last", {"more"})
    assert link.is_symlink()


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system has no /dev/fd")
def test_a_file_that_is_not_open_for_writing_is_known_before(tmp_path: Path) -> None:
    """Open to read only, or not open at all."""
    path = tmp_path / "in"
    path.write_text("kept", "utf-8")
    with path.open(encoding="utf-8") as file:
        number = file.fileno()
        with pytest.raises(OutputError, match="cannot be written"):
            check_writable(Path(f"/dev/fd/{number}"))
    with pytest.raises(OutputError, match="cannot be written"):
        check_writable(Path(f"/dev/fd/{number}"))
    assert path.read_text("utf-8") == "kept"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_opened_by_asking(tmp_path: Path) -> None:
    """Opening one waits for a reader, and closing it again sends the reader home."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    check_writable(pipe)
    assert file_behind(pipe) is None


def test_a_path_that_leads_nowhere_is_an_output_error(tmp_path: Path) -> None:
    """A loop of links, a name too long, a sign that no name has."""
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (loop, tmp_path / ("x" * 300), tmp_path / "a\0b"):
        with pytest.raises(OutputError, match="cannot be written"):
            check_writable(path)
        with pytest.raises(OutputError, match="cannot be written"):
            write_whole(path, "text")


def test_a_file_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    """Up to the bound, and not one byte more; one that has no size is read all the same."""
    path = tmp_path / "file"
    path.write_bytes(b"x" * 200_000)
    assert read_whole(path, 200_000) == b"x" * 200_000
    assert read_whole(path, 199_999) is None
    without_size = Path("/proc/self/status")
    if without_size.exists():
        found = read_whole(without_size, 200_000)
        assert found is not None
        assert found.startswith(b"Name:")
        assert found.endswith(b"\n")
        assert read_whole(without_size, 100) is None
