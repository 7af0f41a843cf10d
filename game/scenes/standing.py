"""What is shown of a board, and where a flight stands or would stand: what waits to be proved is in its place."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from game.content.modes import Mode
from game.record.book.boards import Period
from game.record.book.book import Book
from game.record.book.entry import Entry

ROWS: Final = 10  # so many are shown of a board


def rows_of(book: Book, level_id: str, mode: Mode, period: Period, now: datetime) -> tuple[Entry, ...]:
    """The first flights of a board, best first, and among them those that are not proved yet. Raises BookError."""
    return book.board(level_id, mode, period, now, ROWS, pending=True)


def place_of(book: Book, entry_id: int, now: datetime) -> tuple[int, Period | None] | None:
    """The place from 1 that a flight has, or will have when it is proved, on the first board that it is among the
    first of: of all time, this week, today; of the day's flight, with None for the time, if it was the try of its
    date. None when it is on none. Raises BookError.
    """
    entry = book.entry(entry_id)
    if entry.daily and entry.alive:
        better = [each for each in book.daily_board(entry.daily, entry.board, ROWS) if each.id != entry_id]
        place = 1 + sum(each.score >= entry.score for each in better)
        return (place, None) if place <= ROWS else None
    for period in Period:
        ids = [each.id for each in rows_of(book, entry.level, entry.board, period, now)]
        if entry_id in ids:
            return ids.index(entry_id) + 1, period
    return None
