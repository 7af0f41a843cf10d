"""Machines for tests of `skycrane scores`: each a folder for data with a command line, and what is flown there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from game.cli import main
from game.content.daily import daily_of
from game.content.modes import Mode
from game.record.book.book import Book
from tests.book.flights import NOW, flown

DAY: Final = "2026-01-04"  # the sky crane's, with weather no. 117,436
MORNING: Final = datetime(2026, 1, 4, 8, 0, tzinfo=UTC)


class Machine:
    """A folder for data, and the command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.path = folder / "data" / "scores.sqlite"

    def run(self, *words: str | Path) -> tuple[int, str, str]:
        code = main(["--data", str(self.folder), "scores", *map(str, words)])
        out, err = self._capsys.readouterr()
        return code, out, err

    def book(self) -> Book:
        return Book(self.path)


def fill(machine: Machine) -> None:
    """Two good flights in Manual, one in Guided, and one that was lost."""
    book = machine.book()
    for minute, (mode, seed, alive, initials) in enumerate(
        [
            (Mode.MANUAL, 0, True, "jpl"),
            (Mode.MANUAL, 1, True, "ann"),
            (Mode.GUIDED, 0, True, "bob"),
            (Mode.MANUAL, 0, False, ""),
        ]
    ):
        entry = book.add(
            *flown(mode=mode, seed=seed, alive=alive), now=NOW + timedelta(minutes=minute), initials=initials
        )
        if entry in book.pending():
            book.prove(entry.id)
    book.close()


def fly_daily(machine: Machine) -> None:
    """The try of a day on which it is the sky crane's, and after it practice of the same flight."""
    book = machine.book()
    seed = daily_of(DAY).seed
    entry = book.add(*flown(seed=seed, dispersed=True), now=MORNING, initials="ANN", daily=DAY)
    book.prove(entry.id)
    again = book.add(*flown(seed=seed, dispersed=True), now=MORNING + timedelta(minutes=9), initials="BOB")
    book.prove(again.id)
    book.close()
