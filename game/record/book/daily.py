"""The try of the daily flight: one for each date, begun before its first tick, so that a restart ends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from game.record.book.entry import seconds_of
from game.record.book.store import BookError, Store


class TryState(StrEnum):
    """STARTED: begun, and not ended here; after a crash or a pulled plug it stays so. FLOWN: to its end, with an entry.
    GIVEN_UP: begun anew or left.
    """

    STARTED = "started"
    FLOWN = "flown"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class DailyTry:
    """The one try of a date (2021-02-18, UTC). `flight` is its entry's id once it was flown to its end."""

    date: str
    level: str
    state: TryState
    started_at: datetime
    flight: int | None


def daily_try(store: Store, date: str) -> DailyTry | None:
    """The try of this date; None while it has not begun."""
    rows = store.read("SELECT date, level, state, started_at, flight FROM daily WHERE date = ?", (date,))
    if not rows:
        return None
    _, level, state, started_at, flight = rows[0]
    known = (
        TryState(state) if state in tuple(TryState) else TryState.GIVEN_UP
    )  # whatever a later game calls it: it is over
    return DailyTry(date, level, known, datetime.fromtimestamp(started_at, UTC), flight)


def daily_start(store: Store, date: str, level_id: str, now: datetime) -> bool:
    """Begin the try; False when this date has had its try, and this flight is for practice."""
    with store.writing() as connection:
        done = connection.execute(
            "INSERT INTO daily (date, level, state, started_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (date, level_id, TryState.STARTED.value, seconds_of(now)),
        )
        return done.rowcount == 1


def daily_result(store: Store, date: str, entry_id: int) -> None:
    """The try has ended with this entry. Raises BookError unless it was under way."""
    with store.writing() as connection:
        done = connection.execute(
            "UPDATE daily SET state = ?, flight = ? WHERE date = ? AND state = ?",
            (TryState.FLOWN.value, entry_id, date, TryState.STARTED.value),
        )
        if done.rowcount != 1:
            raise BookError(f"no try of the daily flight of {date} is under way")
        connection.execute("UPDATE flights SET daily = ? WHERE id = ?", (date, entry_id))


def daily_give_up(store: Store, date: str) -> None:
    """The try was begun anew or left: it is over, and counts no more. Without one under way nothing happens."""
    with store.writing() as connection:
        connection.execute(
            "UPDATE daily SET state = ? WHERE date = ? AND state = ?",
            (TryState.GIVEN_UP.value, date, TryState.STARTED.value),
        )
