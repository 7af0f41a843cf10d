"""A process that adds flights to a book and proves them until it is killed, and says what it does: for test_kill.py."""

from __future__ import annotations

import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

from game.record.book.book import Book
from game.record.book.entry import Proof
from tests.book.flights import NOW, flown


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(path: Path) -> None:
    replay, report = flown()
    _say("about to open")
    book = Book(path)
    book._store._connection.set_trace_callback(lambda statement: _say(f"about to {statement[:20]!r}"))
    for second in count(len(book.flights())):
        entry = book.prove(book.add(replay, report, now=NOW + timedelta(seconds=second)).id)
        if entry.proof is Proof.EXACT:
            _say(f"accepted {entry.id}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
