"""A score book for the picture of the diary: short flights, landed and lost, on the days after Perseverance's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from game.content.modes import Mode
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.idle import Idle
from game.pilots.mixer import Hands
from game.pilots.pilot import Helm
from game.record.book.book import Book
from game.record.book.entry import PERSON
from game.record.recorder import Recorder
from game.scenes.kit import LANDING_DAY
from game.scenes.ladder import level_of

# A level, its weather, and whether hands do what they should.
_FLIGHTS: Final = (
    ("sky-crane", 0, False), ("sky-crane", 0, True), ("sky-crane", 3, True), ("powered-descent", 0, False),
    ("powered-descent", 2, False), ("powered-descent", 0, True), ("parachute", 0, False), ("course", 0, False),
)  # fmt: skip


def written_book() -> Book:
    """With these flights in it, and on no disk."""
    book = Book()
    for day, (level_id, seed, skilled) in enumerate(_FLIGHTS):
        recorder = Recorder(level=level_id, mode=Mode.MANUAL.value, dispersed=False, pilot=PERSON)
        hands = Helm(Autopilot() if skilled else Idle())
        report = fly(level_of(level_id), hands, pilot=PERSON, seed=seed, observers=(recorder,))
        # All channels were the person's: else the book would take it for a Guided flight.
        replay = recorder.finish(report)
        replay = replace(replay, runs=tuple(replace(run, hands=Hands.ALL) for run in replay.runs))
        book.add(replay, report, now=LANDING_DAY + timedelta(days=day))
    return book
