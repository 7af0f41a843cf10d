"""The boards: which flights stand on one, and in which order.

A board is of a level and a mode, for all time, this week or today. On it stand flights by people, alive, not practised,
that were flown again and proved the same; and of those the ones that this game still flies: other rules or another
version of the level make another board, and what was flown by them stays in the book and in the person's own bests.

On the board of a level everybody flies the same day: as forecast, or in Raw, by hand or helped, a rough one. The flight
of the day is a dispersed one in every mode. In Guided and Manual that makes it another flight than the level's: its try
stands on the day's board alone, and practice of it on none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from game.content.errors import ContentError
from game.content.identity import content_hash
from game.content.levels import level_ids, load_level
from game.content.modes import BOARDS, Mode
from game.content.paths import data_root
from game.record.book.entry import ACCEPTED, COLUMNS, PERSON, Entry, Proof, entries_of, seconds_of
from game.record.book.store import Store
from game.report import ALIVE
from game.sim.flight import RULES_VERSION

ROWS: Final = 100  # so many flights stand on a board; below, none is shown, and none keeps its record for it
# Ties go to whoever had more propellant left, then to whoever was first.
_ORDER: Final = "ORDER BY score DESC, propellant_kg DESC, flown_at, id"
_LAST: Final = 2**62


def _words(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))


_ALIVE: Final = f"outcome IN ({_words(ALIVE)})"
_MAY_STAND: Final = f"pilot = ? AND practised = 0 AND {_ALIVE}"
_PROVED: Final = f"{_MAY_STAND} AND proof IN ({_words(ACCEPTED)})"
_PROVED_OR_PENDING: Final = f"{_MAY_STAND} AND proof IN ({_words({*ACCEPTED, Proof.PENDING})})"


class Period(StrEnum):
    """ALL_TIME, the WEEK (from Monday) or the DAY that a moment is in, by UTC."""

    ALL_TIME = "all-time"
    WEEK = "week"
    DAY = "day"


def span_of(period: Period, now: datetime) -> tuple[int, int]:
    """The first second of this period, and the first one after it.

    >>> [second % 86_400 for second in span_of(Period.DAY, datetime(2021, 2, 18, 20, 55, tzinfo=UTC))]
    [0, 0]
    """
    if period is Period.ALL_TIME:
        return 0, _LAST
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if period is Period.DAY:
        return seconds_of(today), seconds_of(today + timedelta(days=1))
    monday = today - timedelta(days=today.weekday())
    return seconds_of(monday), seconds_of(monday + timedelta(days=7))


def board(
    store: Store, level_id: str, mode: Mode, period: Period, now: datetime, most: int = 10, *, pending: bool = False
) -> tuple[Entry, ...]:  # fmt: skip
    """The best `most` flights of this board, best first; with `pending`, also those that will stand there as soon as
    they are proved. Raises BookError.
    """
    first, after = span_of(period, now)
    where, values = _standing(level_id, mode, proved=_PROVED_OR_PENDING if pending else _PROVED)
    rows = store.read(
        f"SELECT {COLUMNS} FROM flights WHERE {where} AND flown_at >= ? AND flown_at < ? {_ORDER} LIMIT ?",
        (*values, first, after, min(most, ROWS)),
    )
    return entries_of(rows)


def daily_board(store: Store, date: str, mode: Mode, most: int = 10) -> tuple[Entry, ...]:
    """The best tries of the daily flight of this date, best first."""
    rows = store.read(
        f"SELECT {COLUMNS} FROM flights WHERE daily = ? AND board = ? AND {_PROVED} AND rules = ? {_ORDER} LIMIT ?",
        (date, mode.board.value, PERSON, RULES_VERSION, min(most, ROWS)),
    )
    return entries_of(rows)


def rank(store: Store, entry: Entry, period: Period, now: datetime) -> int | None:
    """The place of this flight on its board, from 1; None when it does not stand there."""
    places = [each.id for each in board(store, entry.level, entry.board, period, now, ROWS)]
    return places.index(entry.id) + 1 if entry.id in places else None


def best_kept(store: Store, level_id: str, mode: Mode, pilot: str = PERSON) -> Entry | None:
    """The best flight of this board whose record is there, by this pilot: to race it, or to watch it."""
    where, values = _standing(level_id, mode, pilot)
    rows = store.read(f"SELECT {COLUMNS} FROM flights WHERE {where} AND replay IS NOT NULL {_ORDER} LIMIT 1", values)
    found = entries_of(rows)
    return found[0] if found else None


def points_of(store: Store) -> dict[str, dict[Mode, int]]:
    """The most points of each level and board that a person has flown here, whatever rules they were flown by.

    A flight that is about to be proved counts already.
    """
    counted = _words({*ACCEPTED, Proof.PENDING})
    rows = store.read(
        f"SELECT level, board, max(score) FROM flights WHERE pilot = ? AND practised = 0 AND brought = 0 AND {_ALIVE} "
        f"AND proof IN ({counted}) GROUP BY level, board",
        (PERSON,),
    )
    points: dict[str, dict[Mode, int]] = {}
    for level, mode, score in rows:
        if mode in BOARDS:
            points.setdefault(level, {})[Mode(mode)] = score
    return points


def contents_of(level_id: str) -> tuple[str, ...]:
    """The content hashes that flights of this level of the game have, the flight of the day among them; none when the
    game has no such level.
    """
    return _contents(data_root(), level_id, (False, True))


def usual_contents_of(level_id: str) -> tuple[str, ...]:
    """Those of the flights that stand on the level's own boards: dispersed in Raw, else not."""
    return _contents(data_root(), level_id, (False,))


@lru_cache(maxsize=64)
def _contents(root: Path, level_id: str, dispersed: tuple[bool, ...]) -> tuple[str, ...]:  # noqa: ARG001  see load_level
    if level_id not in level_ids():
        return ()
    try:
        level = load_level(level_id)
    except ContentError:
        return ()
    specs = (level.flight_spec(mode, each) for mode in BOARDS for each in dispersed)
    return tuple(sorted({content_hash(spec) for spec in specs}))


def _standing(
    level_id: str, mode: Mode, pilot: str = PERSON, proved: str = _PROVED
) -> tuple[str, Sequence[Any]]:  # fmt: skip
    """What a flight must be to stand on this board, as SQL with its values."""
    contents = usual_contents_of(level_id)
    marks = ", ".join("?" * len(contents))
    where = f"level = ? AND board = ? AND {proved} AND rules = ? AND content IN ({marks})"
    return where, (level_id, mode.board.value, pilot, RULES_VERSION, *contents)
