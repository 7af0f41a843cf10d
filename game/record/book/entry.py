"""One flight in the book: who flew it, how it came out, and how far that was proved."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from game.content.modes import Mode
from game.pilots.mixer import Hands
from game.record.replay import Replay
from game.report import ALIVE, FlightReport, PartDown
from game.sim.events import Reason
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ

PERSON: Final = "person"  # the pilot in the record of a flight by hand: only such flights stand on people's boards
COLUMNS: Final = (
    "id, sum, flown_at, initials, level, board, content, rules, seed, dispersed, pilot, practised, brought, daily, "
    "outcome, reason, score, ticks, touchdown_mps, distance_m, propellant_kg, parts, proof, proof_detail, "
    "replay IS NOT NULL"
)


class Proof(StrEnum):
    """How far a flight was proved by flying its record again.

    PENDING           not yet: that follows at once, or at the next start
    EXACT             the same flight to the last bit
    WITHIN_TOLERANCE  recorded on another platform, and the same as far as can be told
    NOT_VERIFIED      cannot be flown here, or recorded elsewhere and not the same here
    DIFFERS           flown again, it is another flight
    NOT_NEEDED        lost or practised: it is for the diary, and on no board
    """

    PENDING = "pending"
    EXACT = "exact"
    WITHIN_TOLERANCE = "within tolerance"
    NOT_VERIFIED = "not verified"
    DIFFERS = "differs"
    NOT_NEEDED = "not needed"


ACCEPTED: Final = frozenset({Proof.EXACT, Proof.WITHIN_TOLERANCE})


@dataclass(frozen=True, slots=True)
class Entry:
    """A flight as the book has it.

    id             its number in this book
    sum            the checksum of its record: the same flight has the same in every book
    flown_at       when it came to its end, UTC, to the second
    board          the mode that it counts as
    brought        it came in from another machine: it stands on boards, and is nobody's own progress here
    daily          the date of the daily flight that it was the try of, as 2021-02-18; None for every other
    ticks          flown
    touchdown_mps  speed of the rover's touchdown; None without one, as distance_m
    distance_m     along the ground from the target
    parts          where everything that fell came down, the rover too
    replay_kept    whether its record is still there (thinning.py)
    """

    id: int
    sum: str
    flown_at: datetime
    initials: str
    level: str
    board: Mode
    content: str
    rules: int
    seed: int
    dispersed: bool
    pilot: str
    practised: bool
    brought: bool
    daily: str | None
    outcome: Outcome
    reason: Reason
    score: int
    ticks: int
    touchdown_mps: float | None
    distance_m: float | None
    propellant_kg: float
    parts: tuple[PartDown, ...]
    proof: Proof
    proof_detail: str
    replay_kept: bool

    @property
    def alive(self) -> bool:
        return self.outcome in ALIVE

    @property
    def accepted(self) -> bool:
        """Proved, so that it may stand on a board."""
        return self.proof in ACCEPTED

    @property
    def time_s(self) -> float:
        """Flown, without the hours that a flight jumps over."""
        return self.ticks / TICK_HZ


def entries_of(rows: Iterable[tuple[Any, ...]]) -> tuple[Entry, ...]:
    """The entries in rows of COLUMNS. One that cannot be understood, such as a loss that only a later game knows, stays
    in the book and is passed over.
    """
    found = []
    for row in rows:
        with suppress(ValueError, TypeError, AttributeError, OverflowError, OSError, RecursionError):
            found.append(entry_of(row))
    return tuple(found)


def entry_of(row: tuple[Any, ...]) -> Entry:
    """The entry in a row of COLUMNS."""
    (
        number, total, flown_at, initials, level, board, content, rules, seed, dispersed, pilot, practised,
        brought, daily, outcome, reason, score, ticks, touchdown_mps, distance_m, propellant_kg, parts, proof, detail,
        kept,
    ) = row  # fmt: skip
    return Entry(
        number, total, datetime.fromtimestamp(flown_at, UTC), initials, level, Mode(board), content, rules, seed,
        bool(dispersed), pilot, bool(practised), bool(brought), daily, Outcome(outcome), Reason(reason), score, ticks,
        touchdown_mps, distance_m, propellant_kg, tuple(PartDown(*part) for part in json.loads(parts).items()),
        Proof(proof), detail, bool(kept),
    )  # fmt: skip


Values = dict[str, str | int | float | bytes | None]


def recorded_values(replay: Replay, text: str) -> Values:
    """What a flight's record puts into its row, by column. `text` is the replay's. Raises ValueError as `board_of`."""
    header = replay.header
    return {
        "sum": sum_of(text),
        "level": header.level,
        "board": board_of(replay).value,
        "content": header.content,
        "rules": header.rules_version,
        "seed": header.seed,
        "dispersed": int(header.dispersed),
        "pilot": header.pilot,
        "replay": packed(text),
    }


def flown_values(report: FlightReport) -> Values:
    """What a flight's figures put into its row, by column."""
    touchdown = report.touchdown
    return {
        "outcome": report.outcome.value,
        "reason": report.reason_code.value,
        "score": report.score.total,
        "ticks": report.ticks,
        "touchdown_mps": None if touchdown is None else touchdown.speed_mps,
        "distance_m": None if touchdown is None else touchdown.distance_m,
        "propellant_kg": report.propellant_left_kg,
        "parts": json.dumps({part.name: round(part.downrange_m, 2) for part in report.parts}),
    }


def board_of(replay: Replay) -> Mode:
    """The board that a flight belongs to, by its record alone: where the autopilot had a channel, it is Guided.

    Raises ValueError for a mode that there is not.
    """
    mode = Mode(replay.header.mode).board
    if replay.header.pilot == PERSON and any(run.hands != Hands.ALL for run in replay.runs):
        return Mode.GUIDED
    return mode


def sum_of(text: str) -> str:
    """The checksum that ends a replay's text."""
    return text.rpartition("\nsum ")[2].strip()


def packed(text: str) -> bytes:
    """A record as the book holds it."""
    return zlib.compress(text.encode(), 6)


def unpacked(blob: bytes) -> str:
    """Raises ValueError for what was not packed here."""
    try:
        return zlib.decompress(blob).decode()
    except zlib.error as error:
        raise ValueError(f"a record cannot be unpacked: {error}") from error


def seconds_of(moment: datetime) -> int:
    """A moment as the book holds it. Raises ValueError for one that does not say in which time zone it is."""
    if moment.tzinfo is None:
        raise ValueError("a moment of the book is in UTC, and says so")
    return int(moment.timestamp())
