"""What stands on a board, and where a flight stands or would stand: with what still waits to be proved in its place."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from game.content.modes import Mode
from game.record.book.boards import Period, span_of
from game.record.book.book import Book
from game.record.book.entry import PERSON, Entry, Proof, seconds_of

ROWS: Final = 10  # so many are shown of a board
_BOARDS: Final = (Period.ALL_TIME, Period.WEEK, Period.DAY)


def rows_of(book: Book, level_id: str, mode: Mode, period: Period, now: datetime) -> tuple[Entry, ...]:
    """The first flights of a board, best first, and among them those that are not proved yet. Raises BookError."""
    first, after = span_of(period, now)
    waiting = (
        entry for entry in book.pending()
        if entry.level == level_id and entry.board is mode.board and entry.pilot == PERSON and not entry.practised
        and entry.alive and first <= seconds_of(entry.flown_at) < after
    )  # fmt: skip
    # One that was proved between the two questions is in both.
    found = {entry.id: entry for entry in (*waiting, *book.board(level_id, mode, period, now, ROWS))}
    return tuple(sorted(found.values(), key=_order)[:ROWS])


def place_of(book: Book, entry_id: int, now: datetime) -> tuple[int, Period] | None:
    """The place from 1 that a flight has, or will have when it is proved, on the first board that it is among the
    first of: of all time, this week, today. None when it is on none. Raises BookError.
    """
    entry = book.entry(entry_id)
    if entry.pilot != PERSON or not (entry.accepted or entry.proof is Proof.PENDING):
        return None
    for period in _BOARDS:
        ids = [each.id for each in rows_of(book, entry.level, entry.board, period, now)]
        if entry_id in ids:
            return ids.index(entry_id) + 1, period
    return None


def _order(entry: Entry) -> tuple[int, float, datetime, int]:
    """As the book orders them."""
    return -entry.score, -entry.propellant_kg, entry.flown_at, entry.id
