"""Pulling the plug: whatever moment the process is killed at, no accepted score is lost and the book opens.

Each time a process of its own (keeper.py) adds flights to the same book and has them proved. It says a line before
every statement that SQLite runs, and one for each flight that was accepted. It is killed after a line of our choice,
so that most kills fall into the writing; how far it has come then, no two runs agree on.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from game.record.book.book import Book
from game.record.book.entry import Proof

ROOT = Path(__file__).resolve().parents[2]
LINES = 120  # some six flights
MARK = "accepted "


def _killed_keeper(path: Path, lines: int) -> tuple[int, ...]:
    """The flights that a keeper said were accepted, until it was killed after so many lines."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.book.keeper", str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    said: list[str] = []
    with keeper:
        assert keeper.stdout is not None
        for line in keeper.stdout:
            said.append(line)
            if len(said) == lines:
                keeper.kill()  # what it has said by now and we have not read yet is read all the same
    assert keeper.returncode != 0, "it was to be killed, and has ended by itself"
    return tuple(int(line.removeprefix(MARK)) for line in said if line.startswith(MARK) and line.endswith("\n"))


def _killed_again_and_again(path: Path, times: int, seed: int) -> None:
    draw = random.Random(seed).random
    accepted: set[int] = set()
    for _ in range(times):
        new = set(_killed_keeper(path, 1 + int(LINES * draw())))
        accepted |= new
        book = Book(path)
        assert book.trouble is None
        assert book._store.read("PRAGMA integrity_check") == [("ok",)]
        entries = {entry.id: entry for entry in book.flights()}
        assert accepted <= {number for number, entry in entries.items() if entry.accepted}
        assert all(book.replay(number) is not None for number in new)
        for entry in book.pending():  # what the kill left is proved at the next start
            assert book.prove(entry.id).proof is Proof.EXACT
        book.close()
    assert len(accepted) > times, "too little was accepted to prove anything"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there a process is ended in another way")
def test_no_accepted_score_is_lost_when_the_game_is_killed(tmp_path: Path) -> None:
    """Twenty times, in one book."""
    _killed_again_and_again(tmp_path / "scores.sqlite", 20, seed=7)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there a process is ended in another way")
def test_a_book_that_was_killed_while_it_was_made_opens(tmp_path: Path) -> None:
    """After the first lines that are said: it is there whole, or not at all."""
    for number in range(8):
        path = tmp_path / f"{number}" / "scores.sqlite"
        _killed_keeper(path, 1 + number % 2)
        book = Book(path)
        assert book.trouble is None
        assert book._store.read("PRAGMA integrity_check") == [("ok",)]
        assert len(book.flights()) <= 1
        book.close()


@pytest.mark.nightly
@pytest.mark.skipif(sys.platform == "win32", reason="there a process is ended in another way")
def test_no_accepted_score_is_lost_when_the_game_is_killed_two_hundred_times(tmp_path: Path) -> None:
    """Two hundred times, in one book."""
    _killed_again_and_again(tmp_path / "scores.sqlite", 200, seed=70)
