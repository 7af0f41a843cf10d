"""The book as JSON and CSV, and flights from another machine's JSON: each is flown again before it comes in."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Any, Final

from game.content.daily import daily_of
from game.content.errors import InputError
from game.content.seeds import LARGEST_SEED
from game.record.book.book import Book
from game.record.book.entry import ACCEPTED, Entry, sum_of
from game.record.book.proving import fly_again
from game.record.files import UnreadableError, read_whole
from game.record.replay import Replay, ReplayError, parse_replay
from game.record.version import GAME_VERSION

FORMAT: Final = 1
MARK: Final = "skycrane_scores"  # the key of the format: whose file it is
MAX_BYTES: Final = 500_000_000  # some ten thousand flights with their records
CSV_COLUMNS: Final = (
    "flown_at", "initials", "level", "board", "seed", "dispersed", "pilot", "practised", "daily", "outcome", "reason",
    "score", "time_s", "touchdown_mps", "distance_m", "propellant_kg", "proof", "rules", "content", "sum",
)  # fmt: skip
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)


class ExchangeError(InputError):
    """A file that holds no scores of this game; str() is one sentence that names it."""


class Fate(StrEnum):
    """What becomes of a flight that is brought along."""

    TAKEN = "taken"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Brought:
    """One flight of a file. `why` is a sentence for a refused one, empty for the others."""

    fate: Fate
    why: str = ""


def json_of(book: Book) -> str:
    """The whole book, records included, for another machine or for any program. Raises BookError."""
    entries = [_figures(entry) | {"replay": book.text(entry.id)} for entry in book.flights()]
    points = {level: {mode.value: most for mode, most in by.items()} for level, by in sorted(book.points().items())}
    whole = {MARK: FORMAT, "game": GAME_VERSION, "bests": points, "entries": entries}
    return json.dumps(whole, indent=1, allow_nan=False) + "\n"


def csv_of(book: Book) -> str:
    """The whole book without its records, a flight a line: for a spreadsheet. Raises BookError."""
    out = StringIO()
    writer = csv.DictWriter(out, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _plain(value) for key, value in _figures(entry).items()} for entry in book.flights())
    return out.getvalue()


def _plain(value: object) -> object:
    """A spreadsheet runs a text that begins like a formula, and a record's level may be called anything."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _figures(entry: Entry) -> dict[str, Any]:
    return {
        "flown_at": entry.flown_at.isoformat(),
        "initials": entry.initials,
        "level": entry.level,
        "board": entry.board.value,
        "seed": entry.seed,
        "dispersed": entry.dispersed,
        "pilot": entry.pilot,
        "practised": entry.practised,
        "daily": entry.daily,
        "outcome": entry.outcome.value,
        "reason": entry.reason.value,
        "score": entry.score,
        "time_s": round(entry.time_s, 3),
        "touchdown_mps": entry.touchdown_mps,
        "distance_m": entry.distance_m,
        "propellant_kg": entry.propellant_kg,
        "proof": entry.proof.value,
        "rules": entry.rules,
        "content": entry.content,
        "sum": entry.sum,
    }


def read_scores(path: Path) -> list[Any]:
    """The entries of a file that `json_of` wrote, unread yet. Raises ExchangeError, whatever the file holds."""
    try:
        data = read_whole(path, MAX_BYTES)
    except UnreadableError as error:
        raise ExchangeError(*error.problems) from error
    if data is None:
        raise ExchangeError(f"{path}: is larger than {MAX_BYTES // 1_000_000} megabytes, which no score book is")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"{path}: is no JSON to its end: it is something else, damaged or cut off") from error
    if not isinstance(found, dict) or MARK not in found:
        raise ExchangeError(f"{path}: holds no scores of `skycrane scores export --json`")
    if found[MARK] != FORMAT:
        raise ExchangeError(f"{path}: {MARK}: is format {found[MARK]!r:.40}, this game reads format {FORMAT}")
    if not isinstance(found.get("entries"), list):
        raise ExchangeError(f"{path}: entries: must be a list of flights")
    entries: list[Any] = found["entries"]
    return entries


def bring(book: Book, path: Path, now: datetime) -> Iterator[Brought]:
    """Take the flights of this file into the book, one by one: what becomes of each is told when it is stored.

    Raises ExchangeError before the first, and BookError when the book cannot be written.
    """
    for number, found in enumerate(read_scores(path), start=1):
        yield _bring_one(book, found, f"{path}: entries[{number}]", now)


def _bring_one(book: Book, found: object, place: str, now: datetime) -> Brought:
    try:
        claimed = _claimed(found, place, now)
        if book.has(sum_of(claimed.text)):
            return Brought(Fate.KNOWN)
        replay = _record(claimed.text, place)
        _check_day(claimed.daily, replay, place)
        proved = fly_again(claimed.text, place)
    except (ExchangeError, ReplayError) as error:
        return Brought(Fate.REFUSED, str(error))
    if proved.proof not in ACCEPTED or proved.values is None:
        why = proved.detail if proved.detail.startswith(place) else f"{place}: {proved.detail}"
        return Brought(Fate.REFUSED, why)
    if book.has_flown(replay, proved):  # copies of one flight, each under another name, would fill a board
        return Brought(Fate.KNOWN)
    book.take_in(
        replay, proved, flown_at=claimed.flown_at, initials=claimed.initials, practised=claimed.practised,
        daily=claimed.daily,
    )  # fmt: skip
    return Brought(Fate.TAKEN)


def _record(text: str, place: str) -> Replay:
    replay = parse_replay(text, place)
    if replay.header.seed > LARGEST_SEED:
        raise ExchangeError(f"{place}: replay: its seed is larger than any that this game flies")
    return replay


def _check_day(day: str | None, replay: Replay, place: str) -> None:
    """Whether the record is of the flight of the day that it is said to be the try of."""
    if day is None:
        return
    flight, header = daily_of(day), replay.header
    if (header.level, header.seed, header.dispersed) != (flight.level, flight.seed, True):
        of_day = f"is {flight.level} with seed {flight.seed}, dispersed"
        raise ExchangeError(f"{place}: daily: the flight of {day} {of_day}, and this one is another")


@dataclass(frozen=True, slots=True)
class _Claimed:
    """What only the file can say of a flight; everything else comes from the record, flown again."""

    text: str
    flown_at: datetime
    initials: str
    practised: bool
    daily: str | None


def _claimed(found: object, place: str, now: datetime) -> _Claimed:
    if not isinstance(found, dict):
        raise ExchangeError(f"{place}: must be a flight with its figures")
    text, initials, practised, daily = (found.get(key) for key in ("replay", "initials", "practised", "daily"))
    if text is None:
        raise ExchangeError(f"{place}: replay: has none any more, so that it cannot be flown again")
    if not isinstance(text, str):
        raise ExchangeError(f"{place}: replay: must be the text of a record")
    try:
        text.encode()
    except UnicodeEncodeError as error:  # JSON can name half a character, which no file and no book can hold
        raise ExchangeError(f"{place}: replay: holds half a character, at {error.start}") from error
    if not isinstance(initials, str):
        raise ExchangeError(f"{place}: initials: must be three letters")
    if not isinstance(practised, bool):
        raise ExchangeError(f"{place}: practised: must be true or false")
    flown_at = _moment(found.get("flown_at"), place, now)
    return _Claimed(text, flown_at, initials, practised, _daily(daily, place, flown_at))


def _moment(value: object, place: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ExchangeError(f"{place}: flown_at: must be a date and time such as 2021-02-18T20:55:00+00:00")
    if not _EARLIEST <= moment <= now + timedelta(days=1):  # a day: clocks are set wrong
        raise ExchangeError(f"{place}: flown_at: {moment.isoformat()} is not yet, or was before there was this game")
    return moment.astimezone(UTC)


def _daily(value: object, place: str, flown_at: datetime) -> str | None:
    """The date of the try: it may have ended on the day after."""
    if value is None:
        return None
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and _DATE.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise ExchangeError(f"{place}: daily: must be a date such as 2021-02-18, or null")
    if not day <= flown_at.date() <= day + timedelta(days=1):
        raise ExchangeError(f"{place}: daily: {day} is not the day on which it was flown")
    return day.isoformat()
