"""How the book is laid out, version by version: a book of an older version is brought up to date, step by step."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

APPLICATION_ID: Final = 0x534B5943  # "SKYC" in the file's header: whose book this is

# `flights.replay` is the record's text, packed by zlib; null once it was thinned out (thinning.py). `flown_at` and
# `started_at` are seconds since 1970, UTC. `sum` is the checksum that ends the replay's text. `parts` is a JSON
# object of what came down and where, in m down-track. `brought` is 1 for what came in from another machine.
_FIRST: Final = """
CREATE TABLE flights (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sum TEXT NOT NULL,
    flown_at INTEGER NOT NULL,
    initials TEXT NOT NULL,
    level TEXT NOT NULL,
    board TEXT NOT NULL,
    content TEXT NOT NULL,
    rules INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    dispersed INTEGER NOT NULL,
    pilot TEXT NOT NULL,
    practised INTEGER NOT NULL,
    brought INTEGER NOT NULL,
    daily TEXT,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    score INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    touchdown_mps REAL,
    distance_m REAL,
    propellant_kg REAL NOT NULL,
    parts TEXT NOT NULL,
    proof TEXT NOT NULL,
    proof_detail TEXT NOT NULL,
    replay BLOB,
    UNIQUE (sum, flown_at)
) STRICT;
CREATE INDEX flights_by_board ON flights (level, board, score DESC);
CREATE INDEX flights_by_proof ON flights (proof);
CREATE TABLE daily (
    date TEXT PRIMARY KEY,
    level TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    flight INTEGER REFERENCES flights (id)
) STRICT;
CREATE TABLE before_the_book (
    level TEXT NOT NULL,
    board TEXT NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (level, board)
) STRICT;
"""

# Step n leads from version n to n + 1. A step that was once in a release is never changed again: add another one.
MIGRATIONS: Final[tuple[str, ...]] = (_FIRST,)


class NotOurs(Exception):
    """This is no book of ours, or not as any version of the game has made it; str() says what is wrong."""


class TooNew(Exception):
    """A later version of the game has made this book."""


def version_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check(connection: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Raise NotOurs or TooNew unless this is a book that `bring_up_to_date` can use; an empty file is one."""
    connection.execute("BEGIN")  # of one moment, whoever else is making the book at the same time
    try:
        version = version_of(connection)
        whose = int(connection.execute("PRAGMA application_id").fetchone()[0])
        laid_out = _layout(connection)
    finally:
        connection.execute("ROLLBACK")
    if not version and not whose and not laid_out:
        return
    if whose != APPLICATION_ID:
        raise NotOurs("it is a database of something else")
    _refuse_newer(version, migrations)
    pattern = sqlite3.connect(":memory:")
    try:
        for step in migrations[:version]:
            pattern.executescript(step)
        if version < 1 or laid_out != _layout(pattern):
            raise NotOurs(f"its tables are not those of version {version}")
    finally:
        pattern.close()


def bring_up_to_date(connection: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Take every step that is missing, all of them or none, whoever else opens the book at the same time.

    Raises TooNew when a later version of the game was faster: a book never becomes an older one.
    """
    if version_of(connection) == len(migrations):
        return
    connection.execute("BEGIN EXCLUSIVE")
    try:
        version = version_of(connection)  # read anew: somebody else may have been faster
        _refuse_newer(version, migrations)
        for step in migrations[version:]:
            for statement in step.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _refuse_newer(version: int, migrations: Sequence[str]) -> None:
    if version > len(migrations):
        raise TooNew(f"layout {version}, and this game knows layouts up to {len(migrations)}")


def _layout(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Every table and index that has been made, with what it is made of; SQLite's own are left out."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^'")
    return {(name, " ".join((sql or "").split())) for name, sql in rows}
