"""Opening the book so that nothing which lies there stops the game, and nothing that lies there is lost.

A book that is damaged, or is none, is set aside under another name with what belongs to it (-wal, -shm), never
deleted, and a new one is begun. One that is in order but cannot be used here (a later version's, one that may not be
written, one that somebody else has locked, any where SQLite itself is too old) is left alone: what can be read of it is
copied, and what is added lasts until the end of the run.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from game.record.book.schema import MIGRATIONS, NotOurs, TooNew, bring_up_to_date, check

FILE_NAME: Final = "scores.sqlite"
BUSY_MS: Final = 4000  # so long a write waits for somebody else's
_OLDEST_LIBRARY: Final = (3, 37, 0)  # the first that knows STRICT tables
_OLDEST: Final = ".".join(map(str, _OLDEST_LIBRARY))
_TRIES: Final = 5
_HEAD: Final = b"SQLite format 3\0"
_SIDECARS: Final = ("", "-wal", "-shm", "-journal")
_NOT_THE_FILES_FAULT: Final = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_INTERRUPT,
})  # fmt: skip


class TroubleKind(StrEnum):
    """SET_ASIDE: damaged, and a new one begun. NEWER: a later game's. UNUSED: cannot be read or written as it lies."""

    SET_ASIDE = "set_aside"
    NEWER = "newer"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was wrong with the book that lay there.

    path   the book
    aside  where it lies now, if it was set aside
    read   what lies there is seen all the same, as it was when it was opened
    why    half a sentence
    """

    kind: TroubleKind
    path: Path
    why: str
    aside: Path | None = None
    read: bool = False

    @property
    def sentence(self) -> str:
        """For a command line; a window has its own words."""
        match self.kind:
            case TroubleKind.SET_ASIDE:
                return f"{self.path}: could not be used and lies now in {self.aside}: {self.why}"
            case TroubleKind.NEWER:
                return f"{self.path}: was made by a later version of the game and is left as it is: {self.why}"
            case _:
                return f"{self.path}: cannot be used and is left as it is: {self.why}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A connection that can be used. `lasting`: what is written to it outlasts the run."""

    connection: sqlite3.Connection
    lasting: bool
    trouble: Trouble | None


def open_book(path: Path | None, migrations: Sequence[str] = MIGRATIONS, busy_ms: int | None = None) -> Opened:
    """The book in this file, made if there is none; without a path one that ends with the run. Never raises.

    busy_ms  so long it waits for somebody else; BUSY_MS without it
    """
    busy_ms = BUSY_MS if busy_ms is None else busy_ms
    if path is None or _library_is_too_old():  # which would take a book in order for a damaged one
        why = f"this machine's SQLite is {sqlite3.sqlite_version}, and the book needs {_OLDEST} or later"
        trouble = None if path is None else Trouble(TroubleKind.UNUSED, path, why)
        return Opened(_in_memory(migrations), False, trouble)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Opened(_in_file(path, migrations, busy_ms), True, None)
    except TooNew as newer:
        return Opened(_in_memory(migrations), False, Trouble(TroubleKind.NEWER, path, str(newer)))
    except sqlite3.Error as error:
        if _primary(error) in _NOT_THE_FILES_FAULT:
            return _beside(path, Trouble(TroubleKind.UNUSED, path, str(error)), migrations, busy_ms)
        why = str(error)
    except NotOurs as wrong:
        why = str(wrong)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return _beside(path, Trouble(TroubleKind.UNUSED, path, reason), migrations, busy_ms)
    try:
        aside = set_aside(path, "bad")
    except OSError as error:
        reason = error.strerror or str(error)
        stuck = Trouble(TroubleKind.UNUSED, path, f"{why}, and it cannot be moved: {reason}")
        return _beside(path, stuck, migrations, busy_ms)
    trouble = Trouble(TroubleKind.SET_ASIDE, path, why, aside)
    try:
        return Opened(_in_file(path, migrations, busy_ms), True, trouble)
    except (sqlite3.Error, NotOurs, TooNew, OSError):
        return Opened(_in_memory(migrations), False, trouble)


def retire(path: Path) -> Path:
    """Set a book in good order aside, whole in one file, under the word `old`; where it lies now.

    Raises sqlite3.OperationalError while somebody else has it open, OSError when it cannot be moved.
    """
    connection = _connect(path, busy_ms=0)
    try:
        # Leaving WAL takes what is in the -wal into the book, and is possible only for whoever has it for himself.
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    return set_aside(path, "old")


def set_aside(path: Path, word: str) -> Path:
    """Give the book and its sidecars another name that nothing has yet: `scores.bad.sqlite`, `scores.bad-2.sqlite`.

    Raises OSError when it cannot be moved.
    """
    number = 1
    while True:
        target = path.with_suffix(f".{word}{f'-{number}' if number > 1 else ''}{path.suffix}")
        if not any(_lies_there(_beside_name(target, sidecar)) for sidecar in _SIDECARS):
            break
        number += 1
    for sidecar in reversed(_SIDECARS):  # the book itself last: until then it is found where it was
        if _lies_there(_beside_name(path, sidecar)):
            _beside_name(path, sidecar).rename(_beside_name(target, sidecar))
    return target


def _in_file(path: Path, migrations: Sequence[str], busy_ms: int) -> sqlite3.Connection:
    """Raises sqlite3.Error, NotOurs or TooNew."""
    _look_at_its_head(path)
    connection = _connect(path, busy_ms)
    try:
        check(connection, migrations)  # before anything is written: what is not ours stays as it is
        _quick_check(connection)
        _to_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")  # what was accepted outlasts a pulled plug
        connection.execute("PRAGMA foreign_keys = ON")
        bring_up_to_date(connection, migrations)
        connection.execute("BEGIN IMMEDIATE")  # whether it can be written shows now, not after the first flight
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection


def _to_wal(connection: sqlite3.Connection) -> None:
    """SQLite does not wait where two make the same book at the same time: one has to wait for the other by himself."""
    for _ in range(_TRIES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _primary(error) != sqlite3.SQLITE_BUSY:
                raise
            connection.execute("BEGIN IMMEDIATE")  # waits until nobody writes, or gives up
            connection.execute("ROLLBACK")
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _look_at_its_head(path: Path) -> None:
    """Before SQLite opens it: what stands beside a file that is no book, or an empty one, SQLite would delete."""
    if path.is_dir():
        raise NotOurs("it is a folder")
    try:
        with path.open("rb") as file:
            head = file.read(len(_HEAD))
    except FileNotFoundError:
        head = b""
    wal = _beside_name(path, "-wal")
    if not head and wal.is_file() and wal.stat().st_size:
        raise NotOurs("it is empty, and what was written last waits beside it")
    if head and head != _HEAD:
        raise NotOurs("it is no SQLite database")


def _quick_check(connection: sqlite3.Connection) -> None:
    faults = [str(row[0]) for row in connection.execute("PRAGMA quick_check(1)")]
    if faults != ["ok"]:
        raise NotOurs(" ".join(faults[0].split()) if faults else "it cannot be checked")


def _library_is_too_old() -> bool:
    return sqlite3.sqlite_version_info < _OLDEST_LIBRARY


def _in_memory(migrations: Sequence[str]) -> sqlite3.Connection:
    connection = _connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    if _library_is_too_old():
        migrations = [step.replace(") STRICT;", ");") for step in migrations]
    bring_up_to_date(connection, migrations)
    return connection


def _beside(path: Path, trouble: Trouble, migrations: Sequence[str], busy_ms: int) -> Opened:
    """A book for this run, with all that can be read of the one that is left alone."""
    memory = _connect(":memory:")
    try:
        there = _for_reading(path, busy_ms)
        try:
            check(there, migrations)
            there.backup(memory)
        finally:
            there.close()
        memory.execute("PRAGMA foreign_keys = ON")
        bring_up_to_date(memory, migrations)
    except (sqlite3.Error, NotOurs, TooNew, ValueError, OSError):
        memory.close()
        return Opened(_in_memory(migrations), False, trouble)
    return Opened(memory, False, replace(trouble, read=True))


def _for_reading(path: Path, busy_ms: int) -> sqlite3.Connection:
    """Raises sqlite3.Error when even that is not possible, such as while somebody has it for himself alone."""
    name = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(name, uri=True, timeout=busy_ms / 1000)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        connection.close()
        if _primary(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        # Where no -shm file can be made: nobody writes there, so that what was last checked in holds still.
        return sqlite3.connect(f"{name}&immutable=1", uri=True, timeout=busy_ms / 1000)
    return connection


def _connect(path: Path | str, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """Transactions are begun and ended by us; the Store sees to it that one thread at a time uses it."""
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=busy_ms / 1000)


def _primary(error: sqlite3.Error) -> int:
    """SQLite's own code of what is wrong, without its finer shades."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _beside_name(path: Path, sidecar: str) -> Path:
    return path.with_name(path.name + sidecar)


def _lies_there(path: Path) -> bool:
    return os.path.lexists(path)
