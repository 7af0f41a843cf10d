"""What the window puts into the score book: every flight that came to its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from game.record.book.book import Book
from game.record.book.entry import Entry
from game.record.book.prover import Prover
from game.record.book.store import BookError
from game.record.replay import Replay
from game.report import FlightReport
from game.scenes.kit import Kit


def put_down(
    kit: Kit, replay: Replay, report: FlightReport, *, practised: bool = False, daily: str | None = None
) -> tuple[Entry | None, str]:  # fmt: skip
    """Store a flight and have it proved meanwhile: its entry, or none and what to tell about that."""
    try:
        entry = kit.book.add(replay, report, now=kit.now(), practised=practised, daily=daily)
    except BookError as error:
        return None, kit.texts.get("book.unsaved", why=str(error))
    if kit.prover is not None:
        kit.prover.prove([entry.id])
    return entry, ""


@contextmanager
def own_book(path: Path | None, now: datetime) -> Iterator[tuple[Book, Prover]]:
    """The person's book for as long as the window is open, thinned out; what was left to be proved is proved now."""
    book = Book(path)
    prover = Prover(book)
    with suppress(BookError):
        book.thin(now)
        prover.prove(entry.id for entry in book.pending())
    try:
        yield book, prover
    finally:
        prover.close()
        book.close()
