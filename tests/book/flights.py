"""Flights for the tests of the book: one that is truly flown, by what the book takes for a person, and made-up ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from game.content.identity import content_hash
from game.content.levels import load_level
from game.content.modes import Mode
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.idle import Idle
from game.pilots.mixer import Hands
from game.pilots.pilot import Helm
from game.record.book.book import Book
from game.record.book.entry import PERSON, Entry, Proof
from game.record.book.proving import Proved
from game.record.recorder import Recorder
from game.record.replay import Replay
from game.report import FlightReport
from game.scoring import Score

NOW = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)  # a Thursday
LEVEL = "sky-crane"


@cache
def flown(
    level: str = LEVEL, *, mode: Mode = Mode.MANUAL, seed: int = 0, alive: bool = True, pilot: str = PERSON,
    dispersed: bool = False,
) -> tuple[Replay, FlightReport]:  # fmt: skip
    """A whole flight with its record: by the autopilot's hands, or by idle ones, which lose it. Raw is dispersed."""
    dispersed = dispersed or mode is Mode.RAW
    recorder = Recorder(level=level, mode=mode.value, dispersed=dispersed, pilot=pilot)
    report = fly(
        load_level(level), Helm(Autopilot() if alive else Idle()), pilot=pilot, seed=seed, mode=mode,
        dispersed=dispersed, observers=(recorder,),
    )  # fmt: skip
    return by_hand(recorder.finish(report)), report


def by_hand(replay: Replay) -> Replay:
    """The record as the window writes it where nobody helps: all channels are the person's."""
    return replace(replay, runs=tuple(replace(run, hands=Hands.ALL) for run in replay.runs))


def made_up(
    points: int, *, seed: int, level: str = LEVEL, mode: Mode = Mode.MANUAL, propellant_kg: float = 50.0,
    pilot: str = PERSON, dispersed: bool = False,
) -> tuple[Replay, FlightReport]:  # fmt: skip
    """A flight that nobody has flown: its record has its own seed, so that it is another one than all others."""
    replay, report = flown()
    content = content_hash(load_level(level).flight_spec(mode, dispersed))
    header = replace(
        replay.header, seed=seed, level=level, mode=mode.value, pilot=pilot, content=content, dispersed=dispersed
    )
    end = replace(replay.end, score=points)
    score = Score(points, points, 0)
    return (
        replace(replay, header=header, end=end),
        replace(report, seed=seed, level=level, score=score, propellant_left_kg=propellant_kg),
    )


def accepted(
    book: Book, points: int, *, seed: int, now: datetime = NOW, initials: str = "ABC", **figures: object
) -> Entry:  # fmt: skip
    """A made-up flight that stands in the book as if it had been flown again and was the same."""
    replay, report = made_up(points, seed=seed, **figures)  # type: ignore[arg-type]
    entry = book.add(replay, report, now=now, initials=initials)
    return book.judge(entry.id, Proved(Proof.EXACT, "exact"))
