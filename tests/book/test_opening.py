"""Whatever lies where the book should be: the game goes on, and nothing that lies there is lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from game.content.modes import Mode
from game.record.book.boards import Period
from game.record.book.book import Book
from game.record.book.opening import TroubleKind, open_book, retire
from game.record.book.schema import APPLICATION_ID, MIGRATIONS, TooNew, bring_up_to_date, check, version_of
from tests.book.flights import LEVEL, NOW, accepted, flown
from tests.tiers import some

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("kept") / "version-1.sql"
A_STEP = "CREATE TABLE crews (name TEXT PRIMARY KEY) STRICT;\nALTER TABLE flights ADD COLUMN crew TEXT;\n"


def _version_1(path: Path) -> bytes:
    """A book as the first schema made it."""
    connection = sqlite3.connect(path)
    connection.executescript(KEPT.read_text("utf-8"))
    connection.close()
    return path.read_bytes()


def _good_book(path: Path) -> bytes:
    """With a flight in it, and all of it in one file."""
    book = Book(path)
    for seed in range(1, 40):
        accepted(book, 100 * seed, seed=seed)
    book.close()
    return path.read_bytes()


# --- versions ---


def test_a_book_of_version_1_is_read(tmp_path: Path) -> None:
    """Its flights, its board, its daily try and its bests of before; and what was proved then can be proved now."""
    path = tmp_path / "scores.sqlite"
    _version_1(path)
    book = Book(path)
    assert book.trouble is None
    assert book.lasting
    board = book.board(LEVEL, Mode.MANUAL, Period.ALL_TIME, NOW)
    first, lost = book.flights()
    assert (first.initials, first.score, first.daily) == ("JPL", 9981, "2026-11-26")
    assert lost.reason == "rover_not_released"
    assert book.points()["jezero"] == {Mode.MANUAL: 7001}
    done = book.daily_try("2026-11-26")
    assert done is not None
    assert done.flight == first.id
    replay = book.replay(first.id)
    assert replay is not None
    assert [entry.id for entry in board] == (
        [1] if replay.header.rules_version == flown()[0].header.rules_version else []
    )


def test_an_older_book_is_brought_up_to_date_and_has_all_that_was_in_it(tmp_path: Path) -> None:
    """By the steps that it lacks, however many; then it is of the last version."""
    path = tmp_path / "scores.sqlite"
    _version_1(path)
    steps = (*MIGRATIONS[:1], A_STEP, "CREATE INDEX crews_of ON flights (crew);\n")
    opened = open_book(path, steps)
    assert opened.trouble is None
    assert version_of(opened.connection) == 3
    assert opened.connection.execute("SELECT initials, crew FROM flights ORDER BY id").fetchall() == [
        ("JPL", None), ("JPL", None),
    ]  # fmt: skip
    check(opened.connection, steps)
    opened.connection.close()
    again = open_book(path, steps)
    assert again.trouble is None
    again.connection.close()


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    """All steps or none."""
    path = tmp_path / "scores.sqlite"
    _version_1(path)
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        bring_up_to_date(connection, (*MIGRATIONS[:1], A_STEP, "ALTER TABLE nobody ADD COLUMN crew TEXT;\n"))
    check(connection, MIGRATIONS[:1])
    assert version_of(connection) == 1
    connection.close()


def test_a_book_never_becomes_an_older_one(tmp_path: Path) -> None:
    """Also when a later version of the game brings it up to date between our look at it and our turn."""
    path = tmp_path / "scores.sqlite"
    opened = open_book(path, (*MIGRATIONS, A_STEP))
    with pytest.raises(TooNew, match="layout 2, and this game knows layouts up to 1"):
        bring_up_to_date(opened.connection, MIGRATIONS)
    assert version_of(opened.connection) == 2
    assert not opened.connection.in_transaction
    opened.connection.close()


def test_a_newer_book_is_left_alone_and_told(tmp_path: Path) -> None:
    """To the last byte; what is flown meanwhile lasts until the game ends."""
    path = tmp_path / "scores.sqlite"
    opened = open_book(path, (*MIGRATIONS, A_STEP))
    opened.connection.close()
    before = path.read_bytes()
    book = Book(path)
    assert book.trouble is not None
    assert book.trouble.kind is TroubleKind.NEWER
    assert "is left as it is: layout 2, and this game knows layouts up to 1" in book.trouble.sentence
    assert not book.lasting
    assert accepted(book, 5, seed=1).id == 1
    book.close()
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["scores.sqlite"]
    with pytest.raises(TooNew):
        check(sqlite3.connect(path))


# --- what is no book ---


def _random_bytes(good: bytes) -> bytes:
    return bytes((7 * i * i + 3 * i) % 251 for i in range(len(good)))


def _hole(good: bytes) -> bytes:
    """A page in the middle is another one's."""
    page = 4096
    return good[: 2 * page] + bytes(page) + good[3 * page :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "random bytes": _random_bytes,
    "cut in a page": lambda good: good[: len(good) // 2 + 100],
    "cut at a page": lambda good: good[: 4096 * 3],
    "cut in its head": lambda good: good[:50],
    "a text": lambda good: b"Dear diary,\n" * 100,
    "a page of nothing": _hole,
    "its head overwritten": lambda good: b"x" * 40 + good[40:],
}


@pytest.mark.parametrize("damage", some(DAMAGES, 3))
def test_a_damaged_book_is_set_aside_and_a_new_one_begun(tmp_path: Path, damage: str) -> None:
    """It lies there under another name, to the last byte; the new one takes flights, and opens again without a word."""
    path = tmp_path / "scores.sqlite"
    bad = DAMAGES[damage](_good_book(path))
    path.write_bytes(bad)
    book = Book(path)
    assert book.trouble is not None
    assert book.trouble.kind is TroubleKind.SET_ASIDE
    assert book.trouble.aside == tmp_path / "scores.bad.sqlite"
    assert "\n" not in book.trouble.sentence
    assert (tmp_path / "scores.bad.sqlite").read_bytes() == bad
    entry = accepted(book, 77, seed=1)
    book.close()
    again = Book(path)
    assert again.trouble is None
    assert [each.id for each in again.flights()] == [entry.id]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE bookmarks (url TEXT)",
        "PRAGMA user_version = 1",
        f"PRAGMA application_id = {APPLICATION_ID}; CREATE TABLE flights (id INTEGER); PRAGMA user_version = 1",
        f"PRAGMA application_id = {APPLICATION_ID}; CREATE TABLE flights (id INTEGER)",
    ],
)
def test_a_database_of_something_else_is_set_aside(tmp_path: Path, statement: str) -> None:
    """Also one that says that it is ours, and is not as any version of the game has made it."""
    path = tmp_path / "scores.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(statement)
    connection.close()
    before = path.read_bytes()
    book = Book(path)
    if len(before) == 0:
        assert book.trouble is None
        return
    assert book.trouble is not None
    assert book.trouble.kind is TroubleKind.SET_ASIDE
    assert (tmp_path / "scores.bad.sqlite").read_bytes() == before


def test_a_second_damaged_book_gets_a_name_of_its_own_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    """What was set aside before stays; -wal and -shm go along."""
    path = tmp_path / "scores.sqlite"
    for name in ("scores.bad.sqlite", "scores.bad-2.sqlite-wal"):
        (tmp_path / name).write_bytes(name.encode())
    path.write_bytes(b"no book" * 100)
    (tmp_path / "scores.sqlite-wal").write_bytes(b"its wal")
    (tmp_path / "scores.sqlite-shm").write_bytes(b"its shm")
    book = Book(path)
    assert book.trouble is not None
    assert book.trouble.aside == tmp_path / "scores.bad-3.sqlite"
    found = {each.name: each.read_bytes() for each in tmp_path.iterdir() if ".bad" in each.name}
    assert found == {
        "scores.bad.sqlite": b"scores.bad.sqlite",
        "scores.bad-2.sqlite-wal": b"scores.bad-2.sqlite-wal",
        "scores.bad-3.sqlite": b"no book" * 100,
        "scores.bad-3.sqlite-wal": b"its wal",
        "scores.bad-3.sqlite-shm": b"its shm",
    }


@pytest.mark.parametrize("gone", [False, True])
def test_what_was_written_last_is_kept_when_the_book_beside_it_is_empty_or_gone(tmp_path: Path, gone: bool) -> None:
    """SQLite would delete it."""
    path, wal = tmp_path / "scores.sqlite", tmp_path / "scores.sqlite-wal"
    book = Book(path)
    accepted(book, 1, seed=1)
    written = wal.read_bytes()
    book.close()
    wal.write_bytes(written)
    if gone:
        path.unlink()
    else:
        path.write_bytes(b"")
    again = Book(path)
    assert again.trouble is not None
    assert again.trouble.kind is TroubleKind.SET_ASIDE
    assert (tmp_path / "scores.bad.sqlite-wal").read_bytes() == written
    assert accepted(again, 2, seed=2).id == 1


def test_a_folder_in_its_place_is_set_aside(tmp_path: Path) -> None:
    """With what is in it."""
    path = tmp_path / "scores.sqlite"
    path.mkdir()
    (path / "note.txt").write_text("mine", "utf-8")
    book = Book(path)
    assert book.trouble is not None
    assert book.trouble.why == "it is a folder"
    assert (tmp_path / "scores.bad.sqlite" / "note.txt").read_text("utf-8") == "mine"
    assert accepted(book, 1, seed=1).id == 1


def test_an_empty_file_is_a_book_that_begins(tmp_path: Path) -> None:
    """Nothing was in it."""
    path = tmp_path / "scores.sqlite"
    path.touch()
    assert Book(path).trouble is None


def test_nowhere_to_keep_it_is_told(tmp_path: Path) -> None:
    """A file stands where its folder should be: it lasts until the game ends."""
    (tmp_path / "data").write_text("in the way", "utf-8")
    book = Book(tmp_path / "data" / "scores.sqlite")
    assert book.trouble is not None
    assert book.trouble.kind is TroubleKind.UNUSED
    assert accepted(book, 1, seed=1).id == 1
    assert (tmp_path / "data").read_text("utf-8") == "in the way"


# --- what is in order, and cannot be used ---


def test_a_book_that_somebody_else_has_for_himself_is_left_alone(tmp_path: Path) -> None:
    """It is not damaged. What is flown meanwhile lasts until the game ends; then the book is what it was."""
    path = tmp_path / "scores.sqlite"
    _good_book(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    opened = open_book(path, busy_ms=0)
    assert opened.trouble is not None
    assert opened.trouble.kind is TroubleKind.UNUSED
    assert "locked" in opened.trouble.sentence
    assert not opened.lasting
    opened.connection.close()
    other.execute("ROLLBACK")
    other.close()
    book = Book(path)
    assert book.trouble is None
    assert len(book.flights()) == 39


def test_a_book_that_somebody_writes_in_can_be_read_meanwhile(tmp_path: Path) -> None:
    """A write that takes longer than our patience does not hide the boards."""
    path = tmp_path / "scores.sqlite"
    _good_book(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    opened = open_book(path, busy_ms=0)
    assert opened.trouble is not None
    assert opened.connection.execute("SELECT count(*) FROM flights").fetchone() == (39,)
    opened.connection.close()
    other.close()


def test_where_sqlite_is_too_old_a_good_book_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows no STRICT tables, and would call the book damaged. The game goes on, with a book that ends with it."""
    path = tmp_path / "scores.sqlite"
    before = _good_book(path)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.34.1")
    book = Book(path)
    assert book.trouble is not None
    assert book.trouble.kind is TroubleKind.UNUSED
    assert book.trouble.why == "this machine's SQLite is 3.34.1, and the book needs 3.37.0 or later"
    assert not book.lasting
    tables = [str(sql) for (sql,) in book._store.read("SELECT sql FROM sqlite_master WHERE type = 'table'")]
    assert any("CREATE TABLE flights" in sql for sql in tables)
    assert not any("STRICT" in sql for sql in tables)
    book.take_over({LEVEL: {Mode.MANUAL: 1}})
    assert accepted(book, 5, seed=1).id == 1
    assert book.points() == {LEVEL: {Mode.MANUAL: 5}}
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["scores.sqlite"]
    assert Book().trouble is None  # nor does one without a file need what there is not


def test_two_games_share_a_book(tmp_path: Path) -> None:
    """Each sees what the other has added."""
    path = tmp_path / "scores.sqlite"
    one, two = Book(path), Book(path)
    accepted(one, 1, seed=1)
    accepted(two, 2, seed=2)
    assert [entry.score for entry in one.flights()] == [entry.score for entry in two.flights()] == [1, 2]


_READ_ONLY = """
import os, sys
from pathlib import Path
from game.record.book.book import Book
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anything
book = Book(Path(sys.argv[1]))
print(book.trouble.kind, len(book.flights()), book.lasting)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are other things there")
@pytest.mark.parametrize("whole_folder", [False, True])
def test_a_book_that_may_not_be_written_is_read_and_left_alone(whole_folder: bool) -> None:
    """By itself, or with its folder: its boards are seen, what is added lasts until the game ends."""
    folder = Path(tempfile.mkdtemp(prefix="skycrane-"))  # pytest's own folders are closed to others
    try:
        path = folder / "scores.sqlite"
        before = _good_book(path)
        path.chmod(0o444)
        folder.chmod(0o555 if whole_folder else 0o777)
        done = subprocess.run(
            [sys.executable, "-c", _READ_ONLY, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.stdout.split() == ["unused", "39", "False"], done.stderr
        assert path.read_bytes() == before
        assert not list(folder.glob("*.bad*"))
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_retired_book_is_whole_and_one_in_use_is_not_retired(tmp_path: Path) -> None:
    """`skycrane scores reset` sets aside what nobody else has open, in one file."""
    path = tmp_path / "scores.sqlite"
    book = Book(path)
    accepted(book, 1, seed=1)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        retire(path)
    book.close()
    aside = retire(path)
    assert aside == tmp_path / "scores.old.sqlite"
    assert [each.name for each in tmp_path.iterdir()] == ["scores.old.sqlite"]
    assert len(Book(aside).flights()) == 1
