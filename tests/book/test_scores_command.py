"""`skycrane scores`: boards and diary as tables, the reset, and one sentence for all that is wrong."""

from __future__ import annotations

import json
import sqlite3
from io import StringIO
from pathlib import Path

import pytest

from game.commands import scores
from game.record.book.book import Book
from tests.book.flights import NOW, accepted, flown
from tests.book.machines import DAY, MORNING, Machine, fill, fly_daily

# --- tables ---


def test_boards_are_listed_best_first(machine: Machine) -> None:
    """Every board that somebody stands on, or those that are asked for."""
    fill(machine)
    code, out, err = machine.run("list")
    assert (code, err) == (0, "")
    rows = [line.split() for line in out.splitlines()]
    assert [row[:5] for row in rows[1:]] == [
        ["sky-crane", "guided", "1", "BOB", "9,981"],
        ["sky-crane", "manual", "1", "ANN", "9,995"],
        ["sky-crane", "manual", "2", "JPL", "9,981"],
    ]
    assert rows[2][5:] == ["0.72", "m/s", "0.1", "m", "53", "kg", "2026-11-26", "07:31", "exact"]
    code, out, _ = machine.run("list", "sky-crane", "--mode", "one-button", "--period", "day", "--most", "1")
    assert code == 0
    assert len(out.splitlines()) == 2
    assert "BOB" in out
    assert machine.run("list", "gale") == (0, "no flight stands there yet\n", "")


def test_the_diary_is_told(machine: Machine) -> None:
    """By level and overall, and what was lost by what."""
    fill(machine)
    code, out, err = machine.run("diary")
    assert (code, err) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    assert lines[1][:5] == ["sky-crane", "4", "3", "1", "0"]
    assert lines[2][:5] == ["all", "4", "3", "1", "0"]
    assert lines[-1] == ["1", "rover", "not", "released"]


def test_looking_makes_no_book(machine: Machine) -> None:
    """Where none is, nothing is listed, and nothing is written."""
    assert machine.run("list") == (0, "no flight stands there yet\n", "")
    assert machine.run("diary")[0] == 0
    assert machine.run("reset", "--yes") == (0, "there is no score book yet\n", "")
    assert not machine.folder.exists()


def test_a_flight_that_waits_is_told_of(machine: Machine) -> None:
    """It stands on no board until it is proved."""
    machine.book().add(*flown(), now=NOW)
    assert machine.run("list")[1].splitlines() == [
        "no flight stands there yet", "1 not proved yet: that follows when the game is started",
    ]  # fmt: skip


def test_the_board_of_a_day_is_listed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Today's, or of the date that is named: the try alone, which stands on no board of the level."""
    fly_daily(machine)
    code, out, err = machine.run("list", "--daily", DAY)
    assert (code, err) == (0, "")
    rows = [line.split() for line in out.splitlines()[1:]]
    assert [row[:4] for row in rows] == [["sky-crane", "manual", "1", "ANN"]]
    assert machine.run("list", "--daily") == (0, "no flight stands there yet\n", "")
    assert machine.run("list") == (0, "no flight stands there yet\n", "")
    assert machine.run("list", "--daily", DAY, "--mode", "raw") == (0, "no flight stands there yet\n", "")
    monkeypatch.setattr(scores, "_now", lambda: MORNING)
    assert machine.run("list", "--daily") == (0, out, "")


# --- reset ---


def test_reset_asks_and_sets_the_book_aside(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an answer nothing happens; what was there lies there still."""
    fill(machine)
    monkeypatch.setattr("sys.stdin", StringIO())
    code, _, err = machine.run("reset")
    assert code == 2
    assert "reset asks first; where nobody can answer, say --yes" in err
    assert len(machine.book().flights()) == 4
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    code, out, _ = machine.run("reset")
    assert code == 0
    assert out.endswith("nothing was changed\n")
    code, out, err = machine.run("reset", "--yes")
    aside = machine.path.with_name("scores.old.sqlite")
    assert (code, out, err) == (0, f"the old book lies in {aside}; a new one begins with the next flight\n", "")
    assert machine.run("list")[1] == "no flight stands there yet\n"
    assert len(Book(aside).flights()) == 4


def test_a_book_that_a_game_has_open_is_not_set_aside(machine: Machine) -> None:
    """It would go on writing into it."""
    book = machine.book()
    accepted(book, 1, seed=1)
    code, out, err = machine.run("reset", "--yes")
    assert (code, out) == (2, "")
    assert err == f"skycrane: {machine.path}: is in use, perhaps by a game that is still open: database is locked\n"
    assert len(book.flights()) == 1


# --- what is wrong with what is asked ---


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "scores needs a command: skycrane scores list, diary, export, import or reset"),
        (("list", "moon"), "there is no level 'moon'; there is boulders, course"),
        (("list", "--mode", "easy"), "there is no mode 'easy'"),
        (("list", "--period", "year"), "there is no period 'year', only all-time, week, day"),
        (("list", "--most", "0"), "--most must be a whole number from 1 to 100, not '0'"),
        (("list", "sky-crane", "--daily"), "--daily has its own level and day: leave LEVEL and --period out"),
        (("list", "--daily", "2026-02-30"), "'2026-02-30' is no date; one is written as 2026-11-26, from 1970 on"),
        (("list", "--daily", "--period", "day"), "--daily has its own level and day"),
        (("export",), "export writes --csv FILE or --json FILE, or both"),
        (("import",), "Missing argument 'FILE...'"),
        (("import", "nowhere.json"), "nowhere.json: cannot be read: No such file or directory"),
        (("burn",), "No such command 'burn'"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(machine: Machine, words: tuple[str, ...], sentence: str) -> None:
    """Exit code 2, and nothing on stdout."""
    code, out, err = machine.run(*words)
    assert (code, out) == (2, "")
    assert err.startswith(f"skycrane: {sentence}")
    assert len(err.splitlines()) == 1


def test_the_book_is_not_written_over(machine: Machine) -> None:
    """By whatever name."""
    fill(machine)
    before = machine.path.read_bytes()
    code, _, err = machine.run("export", "--json", machine.folder / "data" / ".." / "data" / "scores.sqlite")
    assert code == 2
    assert "is the score book itself; name another file" in err
    assert machine.path.read_bytes() == before


def test_a_damaged_book_is_set_aside_and_told(machine: Machine) -> None:
    """And the command does what it is asked."""
    machine.path.parent.mkdir(parents=True)
    machine.path.write_text("not a book", "utf-8")
    code, out, err = machine.run("list")
    assert (code, out) == (0, "no flight stands there yet\n")
    aside = machine.path.with_name("scores.bad.sqlite")
    assert err == (f"skycrane: {machine.path}: could not be used and lies now in {aside}: it is no SQLite database\n")
    assert aside.read_text("utf-8") == "not a book"


def test_a_book_that_can_only_be_read_is_listed_all_the_same(machine: Machine, tmp_path: Path) -> None:
    """Somebody writes in it for longer than one waits: told, and shown. What would write into it does not begin."""
    fill(machine)
    listed, told = machine.run("list")[1], machine.run("diary")[1]
    other = sqlite3.connect(machine.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    sentence = f"skycrane: {machine.path}: cannot be used and is left as it is: database is locked\n"
    assert machine.run("list") == (0, listed, sentence)
    assert machine.run("diary") == (0, told, sentence)
    file = tmp_path / "scores.json"
    assert machine.run("export", "--json", file) == (0, "", sentence)
    assert len(json.loads(file.read_text("utf-8"))["entries"]) == 4
    for words in (("import", str(file)), ("reset", "--yes")):
        assert machine.run(*words) == (2, "", sentence)
    other.close()


def test_a_later_games_book_is_left_alone(machine: Machine) -> None:
    """Exit code 2 for all that reads or writes it."""
    book = machine.book()
    book._store._connection.execute("PRAGMA user_version = 9")
    book.close()
    before = machine.path.read_bytes()
    for words in (("list",), ("diary",), ("reset", "--yes"), ("export", "--csv", "/dev/null"), ("import", "x.json")):
        code, out, err = machine.run(*words)
        assert (code, out) == (2, "")
        assert "was made by a later version of the game and is left as it is" in err
    assert machine.path.read_bytes() == before
