"""The book's one connection: reads and writes, each write whole or not at all, one thread at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any

from game.content.errors import InputError

Values = Sequence[str | int | float | bytes | None]


class BookError(InputError):
    """The book cannot be read or written; str() is one sentence. What was accepted before is there still."""


class Store:
    """Threads wait for each other here: the one that shows the window, and the one that proves flights."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        """`name` stands for the book in what is said about it."""
        self._connection, self._name, self._lock = connection, name, RLock()

    def read(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Every row. Raises BookError."""
        with self._lock, self._sentences():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: when the block ends without an error, all of it is on the disk. Raises BookError."""
        with self._lock, self._sentences():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """What is open is closed; closing twice is no error."""
        with self._lock:
            self._connection.close()

    def __del__(self) -> None:
        """A book that nobody has closed, such as one without a file: letting go of it is no reason for a warning."""
        self.close()

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OverflowError) as error:
            raise BookError(f"{self._name}: {error}") from error
