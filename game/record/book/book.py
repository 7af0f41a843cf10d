"""The score book: what the rest of the game asks and tells.

A flight comes in in two steps. `add` stores it at once, whatever became of it. If it may stand on a board, it is then
pending, and `prove` flies its record again: what is found counts. What a kill leaves pending is proved at the next
start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from game.content.modes import BOARDS, Mode
from game.record.book import boards, daily
from game.record.book.boards import Period
from game.record.book.daily import DailyTry
from game.record.book.entry import (
    ACCEPTED,
    COLUMNS,
    PERSON,
    Entry,
    Proof,
    Values,
    entries_of,
    entry_of,
    flown_values,
    recorded_values,
    seconds_of,
    unpacked,
)
from game.record.book.initials import DEFAULT, cleaned
from game.record.book.opening import open_book
from game.record.book.proving import Proved, fly_again
from game.record.book.schema import MIGRATIONS
from game.record.book.store import BookError, Store
from game.record.book.thinning import EVERY, thin
from game.record.replay import Replay, ReplayError, parse_replay
from game.report import ALIVE, FlightReport
from game.sim.flight import RULES_VERSION

Points = dict[str, dict[Mode, int]]

_CANNOT_STAND: Final = "lost or practised: on no board, so not flown again"
# By what a flight is known again: propellant and touchdown are unrounded, and no two flights agree in them by chance.
_SAME_FLIGHT: Final = (
    "level", "board", "content", "rules", "seed", "dispersed", "reason", "score", "ticks", "touchdown_mps",
    "distance_m", "propellant_kg",
)  # fmt: skip
_ELSEWHERE: Final = "was flown on a level, or a version of one, that this game has not"


class Book:
    """Of one person, or of one cabinet. Opening it never fails: what was wrong is told by `trouble`.

    Every other method raises BookError when the book cannot be read or written, and nothing else is lost by that.
    """

    def __init__(self, path: Path | None = None, migrations: Sequence[str] = MIGRATIONS) -> None:
        """Without a path nothing outlasts the run."""
        opened = open_book(path, migrations)
        self.path, self.trouble, self.lasting = path, opened.trouble, opened.lasting
        self._store = Store(opened.connection, str(path or "scores"))
        self._points: Points | None = None
        self._changes = 0

    # --- flights come in ---

    def add(
        self, replay: Replay, report: FlightReport, *, now: datetime, initials: str = "", practised: bool = False,
        daily: str | None = None,
    ) -> Entry:  # fmt: skip
        """Store a flight that is over, safely on the disk when this returns. The same flight at the same moment once.

        initials   of whoever flew it; by default those that were entered last
        practised  its time was slowed: it counts on no board
        daily      the date of the daily flight that this was the try of
        """
        text = replay.text()
        values = recorded_values(replay, text) | flown_values(report)
        proof, detail = self._first_proof(replay, report, practised=practised)
        values |= {
            "flown_at": seconds_of(now),
            "initials": cleaned(initials) if initials else self.last_initials(),
            "practised": int(practised),
            "brought": 0,
            "daily": daily,
            "proof": proof.value,
            "proof_detail": detail,
        }
        entry = self._insert(values)
        if entry.id % EVERY == 0:
            with suppress(BookError):  # the flight is in the book, whatever the disk says of the room that this makes
                self.thin(now)
        return entry

    def take_in(
        self, replay: Replay, proved: Proved, *, flown_at: datetime, initials: str, practised: bool, daily: str | None
    ) -> Entry:  # fmt: skip
        """Store a flight from elsewhere that was accepted when it was flown again here, with its figures from here."""
        if proved.proof not in ACCEPTED or proved.values is None:
            raise ValueError("only what was proved comes in from elsewhere")
        values = recorded_values(replay, replay.text()) | proved.values
        values |= {
            "flown_at": seconds_of(flown_at),
            "initials": cleaned(initials),
            "practised": int(practised),
            "brought": 1,
            "daily": daily,
            "proof": proved.proof.value,
            "proof_detail": proved.detail,
        }
        return self._insert(values)

    def has(self, total: str) -> bool:
        """Whether the flight whose record has this checksum is in the book, by whomever and whenever."""
        return bool(self._store.read("SELECT 1 FROM flights WHERE sum = ? LIMIT 1", (total,)))

    def has_flown(self, replay: Replay, proved: Proved) -> bool:
        """Whether this flight is in the book, whatever its record says that no flight proves, such as by which game or
        by whom: what was flown, and what came of it here, is the same to the last bit.
        """
        values = recorded_values(replay, replay.text()) | (proved.values or {})
        where = " AND ".join(f"{column} IS ?" for column in _SAME_FLIGHT)
        told = tuple(values[column] for column in _SAME_FLIGHT)
        return bool(self._store.read(f"SELECT 1 FROM flights WHERE {where} LIMIT 1", told))

    def _first_proof(self, replay: Replay, report: FlightReport, *, practised: bool) -> tuple[Proof, str]:
        header = replay.header
        if practised or report.outcome not in ALIVE:
            return Proof.NOT_NEEDED, _CANNOT_STAND
        if header.rules_version != RULES_VERSION or header.content not in boards.contents_of(header.level):
            return Proof.NOT_VERIFIED, _ELSEWHERE
        return Proof.PENDING, ""

    def _insert(self, values: Values) -> Entry:
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        with self._store.writing() as connection:
            connection.execute(
                f"INSERT INTO flights ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING",
                tuple(values.values()),
            )
        self._changed()
        rows = self._store.read(
            f"SELECT {COLUMNS} FROM flights WHERE sum = ? AND flown_at = ?",
            (values["sum"], values["flown_at"]),
        )
        return entry_of(rows[0])

    def pending(self) -> tuple[Entry, ...]:
        """What still has to be proved, oldest first."""
        return self._entries("proof = ? ORDER BY id", (Proof.PENDING.value,))

    def prove(self, entry_id: int) -> Entry:
        """Fly an entry's record again, here and now, and keep what comes of it. See prover.py for another process."""
        text = self.text(entry_id)
        if text is None:
            raise BookError(f"flight {entry_id} has no record any more")
        return self.judge(entry_id, fly_again(text, f"flight {entry_id}"))

    def judge(self, entry_id: int, proved: Proved) -> Entry:
        """Keep what `fly_again` has found of an entry's record; if it is accepted, the figures are those found."""
        values: Values = {"proof": proved.proof.value, "proof_detail": proved.detail}
        if proved.proof in ACCEPTED:
            values |= proved.values or {}
        sets = ", ".join(f"{name} = ?" for name in values)
        with self._store.writing() as connection:
            connection.execute(f"UPDATE flights SET {sets} WHERE id = ?", (*values.values(), entry_id))
        self._changed()
        return self.entry(entry_id)

    def rename(self, entry_id: int, initials: str) -> Entry:
        """Whoever flew it has entered his initials; what cannot stand there becomes the default."""
        with self._store.writing() as connection:
            connection.execute("UPDATE flights SET initials = ? WHERE id = ?", (cleaned(initials), entry_id))
        return self.entry(entry_id)

    def last_initials(self) -> str:
        """Of the person's flight that was flown here last: whoever flies again need not enter them again."""
        where = "pilot = ? AND brought = 0 ORDER BY id DESC LIMIT 1"
        rows = self._store.read(f"SELECT initials FROM flights WHERE {where}", (PERSON,))
        return str(rows[0][0]) if rows else DEFAULT

    def thin(self, now: datetime) -> int:
        """Drop the records that nobody can want any more (thinning.py); how many there were."""
        return thin(self._store, now)

    # --- what stands in it ---

    def entry(self, entry_id: int) -> Entry:
        found = self._entries("id = ?", (entry_id,))
        if not found:
            raise BookError(f"there is no flight {entry_id} in the book")
        return found[0]

    def flights(self, level_id: str | None = None) -> tuple[Entry, ...]:
        """Every flight, or every one of a level, in the order in which they were flown."""
        where, values = ("1", ()) if level_id is None else ("level = ?", (level_id,))
        return self._entries(f"{where} ORDER BY flown_at, id", values)

    def recent(self, level_id: str, most: int, *, pilot: str = PERSON) -> tuple[Entry, ...]:
        """The last flights of a level that were flown here, newest first, however they ended: their wrecks and landings
        lie there. In the order in which they came in, which no clock that was set wrong changes.
        """
        where = "level = ? AND pilot = ? AND brought = 0 ORDER BY id DESC LIMIT ?"
        return self._entries(where, (level_id, pilot, most))

    def text(self, entry_id: int) -> str | None:
        """The text of a flight's record; None when there is none (any more)."""
        rows = self._store.read("SELECT replay FROM flights WHERE id = ?", (entry_id,))
        if not rows or rows[0][0] is None:
            return None
        try:
            return unpacked(rows[0][0])
        except ValueError as error:
            raise BookError(f"flight {entry_id}: {error}") from error

    def replay(self, entry_id: int) -> Replay | None:
        """A flight's record; None when there is none (any more), or none that can be read."""
        text = self.text(entry_id)
        try:
            return None if text is None else parse_replay(text, f"flight {entry_id}")
        except ReplayError:
            return None

    # --- boards ---

    def board(
        self, level_id: str, mode: Mode, period: Period, now: datetime, most: int = 10, *, pending: bool = False
    ) -> tuple[Entry, ...]:  # fmt: skip
        """The best flights of a level in a mode, best first; one button counts as guided. `pending`: and those that
        still wait to be proved, where they would stand.
        """
        return boards.board(self._store, level_id, mode, period, now, most, pending=pending)

    def rank(self, entry_id: int, period: Period, now: datetime) -> int | None:
        """An entry's place on its board, from 1; None when it does not stand there (yet)."""
        return boards.rank(self._store, self.entry(entry_id), period, now)

    def best(self, level_id: str, mode: Mode, *, pilot: str = PERSON) -> Entry | None:
        """The best proved flight of this board whose record is there; another pilot's is asked for by his name."""
        return boards.best_kept(self._store, level_id, mode, pilot)

    def best_replay(self, level_id: str, mode: Mode, *, pilot: str = PERSON) -> Replay | None:
        """The record of the best flight of this board: to race it, or to watch it."""
        best = self.best(level_id, mode, pilot=pilot)
        return None if best is None else self.replay(best.id)

    def last_replay(self, level_id: str, *, pilot: str = PERSON) -> Replay | None:
        """The record of the last flight of this level that was flown here, however it ended."""
        where = "level = ? AND pilot = ? AND brought = 0 AND replay IS NOT NULL ORDER BY id DESC LIMIT 1"
        found = self._entries(where, (level_id, pilot))
        return self.replay(found[0].id) if found else None

    # --- a person's own progress ---

    def points(self) -> Points:
        """The most points of each level and board, with those of before the book; read anew only after a change."""
        points, changes = self._points, self._changes
        if points is None:
            points = boards.points_of(self._store)
            for level_id, mode, before in self._store.read("SELECT level, board, points FROM before_the_book"):
                if mode in BOARDS:
                    mine = points.setdefault(level_id, {})
                    mine[Mode(mode)] = max(mine.get(Mode(mode), 0), before)
            if changes == self._changes:  # else another thread has proved something meanwhile
                self._points = points
        return points

    def take_over(self, points: Mapping[str, Mapping[Mode, int]]) -> None:
        """Keep bests that were flown before there was a book: they have no record, and stand on no board."""
        with self._store.writing() as connection:
            for level_id, by_mode in points.items():
                for mode, most in by_mode.items():
                    connection.execute(
                        "INSERT INTO before_the_book VALUES (?, ?, ?) "
                        "ON CONFLICT (level, board) DO UPDATE SET points = max(points, excluded.points)",
                        (level_id, mode.board.value, most),
                    )
        self._changed()

    # --- the daily flight ---

    def daily_try(self, date: str) -> DailyTry | None:
        """The one try of this date (as 2021-02-18, UTC); None while it has not begun."""
        return daily.daily_try(self._store, date)

    def daily_start(self, date: str, level_id: str, now: datetime) -> bool:
        """Begin the try of this date; False when it has had its try, and whatever is flown now is practice."""
        return daily.daily_start(self._store, date, level_id, now)

    def daily_result(self, date: str, entry_id: int) -> None:
        """The try has ended with this entry. Raises BookError unless it was under way."""
        daily.daily_result(self._store, date, entry_id)

    def daily_give_up(self, date: str) -> None:
        """The try was begun anew or left."""
        daily.daily_give_up(self._store, date)

    def daily_board(self, date: str, mode: Mode, most: int = 10) -> tuple[Entry, ...]:
        """The best tries of this date's flight in a mode, best first."""
        return boards.daily_board(self._store, date, mode, most)

    # ---

    def close(self) -> None:
        """Everything that was added is on the disk already; this only lets go of the file."""
        self._store.close()

    def _changed(self) -> None:
        self._changes += 1
        self._points = None

    def _entries(self, where: str, values: Sequence[str | int]) -> tuple[Entry, ...]:
        return entries_of(self._store.read(f"SELECT {COLUMNS} FROM flights WHERE {where}", values))
