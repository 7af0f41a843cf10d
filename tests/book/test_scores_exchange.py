"""`skycrane scores export` and `import`: the book out and in again on another machine, and what is refused."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from game.cli import main
from game.content.modes import Mode
from game.record.book.boards import Period
from game.record.book.book import Book
from game.record.book.diary import diary_of
from game.record.book.exchange import CSV_COLUMNS, MARK, MAX_BYTES
from tests.book.flights import LEVEL, NOW, flown
from tests.book.machines import DAY, MORNING, Machine, fill, fly_daily
from tests.tiers import some
from tests.unit.test_record_replay import resealed


def test_a_try_goes_to_another_machine_and_stands_on_the_same_days_board(
    machine: Machine, other: Machine, tmp_path: Path
) -> None:  # fmt: skip
    """Its record is of that day's level and weather. The same record again is known: nobody is taken in twice."""
    fly_daily(machine)
    file = tmp_path / "scores.json"
    machine.run("export", "--json", file)
    assert other.run("import", file) == (0, f"{file}: 1 taken, 1 known, 0 refused\n", "")
    assert other.run("list", "--daily", DAY) == machine.run("list", "--daily", DAY)


@pytest.mark.parametrize(("seed", "dispersed"), [(117_437, True), (117_436, False)])
def test_who_claims_a_day_must_have_flown_that_days_flight(
    seed: int, dispersed: bool, machine: Machine, other: Machine, tmp_path: Path
) -> None:  # fmt: skip
    """Another weather, and the right number without the day's errors, are refused, however well they were flown."""
    book = machine.book()
    book.prove(book.add(*flown(seed=seed, dispersed=dispersed), now=MORNING, daily=DAY).id)
    book.close()
    file = tmp_path / "scores.json"
    machine.run("export", "--json", file)
    code, out, err = other.run("import", file)
    assert (code, out) == (1, f"{file}: 0 taken, 0 known, 1 refused\n")
    assert err == (
        f"skycrane: {file}: entries[1]: daily: the flight of {DAY} is sky-crane with seed 117436, dispersed, and this "
        "one is another\n"
    )


@pytest.mark.slow
def test_a_book_goes_to_another_machine_with_its_records_and_is_flown_again_there(
    machine: Machine, other: Machine, tmp_path: Path
) -> None:  # fmt: skip
    """Lost flights too; brought twice, every flight is known; and both boards are the same. The diary is of who flies
    here.
    """
    fill(machine)
    file = tmp_path / "scores.json"
    assert machine.run("export", "--json", file) == (0, "", "")
    assert other.run("import", file) == (0, f"{file}: 4 taken, 0 known, 0 refused\n", "")
    assert other.run("import", file) == (0, f"{file}: 0 taken, 4 known, 0 refused\n", "")
    assert other.run("list") == machine.run("list")
    assert "sky-crane" not in other.run("diary")[1]
    again = tmp_path / "again.json"
    other.run("export", "--json", again)
    here, there = (json.loads(path.read_text("utf-8")) for path in (file, again))
    for entry in here["entries"]:
        if entry["outcome"] == "lost":
            assert entry.pop("proof") == "not needed"  # it was proved on its way
            del next(each for each in there["entries"] if each["sum"] == entry["sum"])["proof"]
    assert here.pop("bests") == {"sky-crane": {"guided": 9981, "manual": 9995}}
    assert there.pop("bests") == {}
    assert here == there


@pytest.mark.slow
def test_the_table_has_every_flight(machine: Machine, tmp_path: Path) -> None:
    """A line each, with the columns that the documentation names."""
    fill(machine)
    file = tmp_path / "scores.csv"
    assert machine.run("export", "--csv", file)[0] == 0
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [row["initials"] for row in rows] == ["JPL", "ANN", "BOB", "BOB"]
    assert rows[0]["flown_at"] == "2026-11-26T07:30:00+00:00"
    assert rows[3]["touchdown_mps"] == ""


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum"])
def test_no_spreadsheet_takes_a_name_for_a_formula(machine: Machine, tmp_path: Path, name: str) -> None:
    """A level of one's own may be called anything; a figure below nought stays one."""
    replay, report = flown()
    own = replace(replay, header=replace(replay.header, level=name))
    machine.book().add(own, replace(report, propellant_left_kg=-1.0), now=NOW)
    file = tmp_path / "scores.csv"
    assert machine.run("export", "--csv", file)[0] == 0
    with file.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["level"], row["propellant_kg"], row["pilot"]) == (f"'{name}", "-1.0", "person")


def _in_replay(before: str, after: str) -> Callable[[dict[str, Any]], object]:
    def change(entry: dict[str, Any]) -> None:
        assert before in entry["replay"]
        entry["replay"] = resealed(entry["replay"].replace(before, after))

    return change


REFUSED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another score": (_in_replay("landed landed 9981", "landed landed 9999"), "differs: recorded as landed"),
    "another seed": (_in_replay("seed 0", "seed 3"), "differs: the state is another; the first second"),
    "another level": (
        _in_replay("level sky-crane", "level jezero"),
        "was flown on another version of the level 'jezero'",
    ),
    "no such level": (
        _in_replay("level sky-crane", "level /etc/x"),
        "was flown on the level '/etc/x', which this game has",
    ),
    "other rules": (_in_replay("rules ", "rules 9"), "was flown by rules 9"),
    "no such mode": (_in_replay("mode manual", "mode easy"), "there is no mode 'easy'"),
    "a seed too large": (_in_replay("seed 0", "seed 9999999999999999999"), "its seed is larger than any"),
    "a byte changed": (lambda entry: entry.update(replay=entry["replay"].replace("seed 0", "seed 4")), "is damaged"),
    "cut off": (lambda entry: entry.update(replay=entry["replay"][:400]), "is cut off before its end"),
    "no record": (lambda entry: entry.update(replay=None), "replay: has none any more"),
    "half a character": (
        lambda entry: entry.update(replay=entry["replay"] + "\ud800"),
        "replay: holds half a character, at",
    ),
    "half a character for its sum": (lambda entry: entry.update(replay="x\nsum \ud800"), "replay: holds half a char"),
    "a number for it": (lambda entry: entry.update(replay=7), "replay: must be the text of a record"),
    "no initials": (lambda entry: entry.pop("initials"), "initials: must be three letters"),
    "practised": (lambda entry: entry.update(practised="no"), "practised: must be true or false"),
    "no date": (lambda entry: entry.update(flown_at="yesterday"), "flown_at: must be a date and time such as"),
    "no zone": (
        lambda entry: entry.update(flown_at="2026-11-26T07:30:00"),
        "flown_at: must be a date and time such as",
    ),
    "tomorrow": (
        lambda entry: entry.update(flown_at="2036-11-26T07:30:00Z"),
        "flown_at: 2036-11-26T07:30:00+00:00 is not",
    ),
    "no such day": (lambda entry: entry.update(daily="2026-02-30"), "daily: must be a date such as"),
    "another level's day": (
        lambda entry: entry.update(daily="2026-11-25"),
        "daily: the flight of 2026-11-25 is ",
    ),
    "another day": (lambda entry: entry.update(daily="2026-11-20"), "daily: 2026-11-20 is not the day on which"),
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("exported")
    book = Book(folder / "data" / "scores.sqlite")
    book.prove(book.add(*flown(), now=NOW, initials="JPL").id)
    book.close()
    file = folder / "scores.json"
    assert main(["--data", str(folder), "scores", "export", "--json", str(file)]) == 0
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


@pytest.mark.parametrize("what", some(REFUSED, 7))
def test_a_flight_that_cannot_be_proved_is_refused_with_a_sentence(
    what: str, machine: Machine, tmp_path: Path, exported: dict[str, Any]
) -> None:  # fmt: skip
    """It names file and flight; what is right with the file comes in all the same."""
    change, sentence = REFUSED[what]
    good = exported["entries"][0]
    bad = json.loads(json.dumps(good))
    change(bad)
    file = tmp_path / "scores.json"
    file.write_text(json.dumps({**exported, "entries": [bad, good]}), "utf-8")
    code, out, err = machine.run("import", file)
    assert (code, out) == (1, f"{file}: 1 taken, 0 known, 1 refused\n")
    assert err.startswith(f"skycrane: {file}: entries[1]: ")
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert len(machine.book().flights()) == 1


@pytest.mark.slow
def test_who_flies_here_is_not_whoever_was_brought_along(machine: Machine, other: Machine, tmp_path: Path) -> None:
    """Neither the initials, nor bests and medals, nor the diary, nor what lies on the ground, nor the last flight; on
    the board they stand, to be raced.
    """
    fill(machine)
    file = tmp_path / "scores.json"
    machine.run("export", "--json", file)
    book = other.book()
    own = book.add(*flown(seed=2), now=NOW - timedelta(days=1), initials="MIA")
    book.prove(own.id)
    before = (book.points(), diary_of(book.flights()), book.last_replay(LEVEL), book.recent(LEVEL, 9))
    assert other.run("import", file)[1] == f"{file}: 4 taken, 0 known, 0 refused\n"
    book = other.book()
    assert (book.points(), diary_of(book.flights()), book.last_replay(LEVEL), book.recent(LEVEL, 9)) == before
    assert book.last_initials() == "MIA"
    assert [entry.brought for entry in book.flights()] == [False, True, True, True, True]
    board = book.board(LEVEL, Mode.MANUAL, Period.ALL_TIME, NOW)
    assert sorted(entry.initials for entry in board) == ["ANN", "JPL", "MIA"]
    best = book.best(LEVEL, Mode.MANUAL)
    assert best is not None
    assert best.id == board[0].id


def test_copies_of_a_flight_are_the_flight(machine: Machine, tmp_path: Path, exported: dict[str, Any]) -> None:
    """What nothing proves (by which game, by whom, on what) makes no second flight of it, however it is sealed."""
    copies = []
    for change in (
        _in_replay("\ngame ", "\ngame 9"),
        _in_replay("\npilot person", "\npilot autopilot"),
        _in_replay("\nplatform ", "\nplatform another-"),
    ):
        copies.append(json.loads(json.dumps(exported["entries"][0])))
        change(copies[-1])
    file = tmp_path / "scores.json"
    file.write_text(json.dumps({**exported, "entries": [*copies, exported["entries"][0]]}), "utf-8")
    assert machine.run("import", file) == (0, f"{file}: 1 taken, 3 known, 0 refused\n", "")
    assert len(machine.book().flights()) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is no JSON to its end"),
        ('{"skycrane_scores": 1, "entries": [', "is no JSON to its end"),
        ("[" * 100_000, "is no JSON to its end"),
        ("[]", "holds no scores of `skycrane scores export --json`"),
        ('{"level": "jezero"}', "holds no scores of `skycrane scores export --json`"),
        ('{"skycrane_scores": 2, "entries": []}', "skycrane_scores: is format 2, this game reads format 1"),
        ('{"skycrane_scores": 1, "entries": {}}', "entries: must be a list of flights"),
        ("\x00\xff", "is no JSON to its end"),
    ],
)
def test_a_file_that_holds_no_scores_is_told_in_a_sentence(
    machine: Machine, tmp_path: Path, text: str, sentence: str
) -> None:  # fmt: skip
    """Exit code 2; other files are read all the same."""
    file, good = tmp_path / "x.json", tmp_path / "good.json"
    file.write_bytes(text.encode("latin-1"))
    good.write_text(json.dumps({MARK: 1, "entries": []}), "utf-8")
    code, out, err = machine.run("import", file, good)
    assert (code, out) == (2, f"{good}: 0 taken, 0 known, 0 refused\n")
    assert err.startswith(f"skycrane: {file}: {sentence}")
    assert len(err.splitlines()) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(machine: Machine, tmp_path: Path) -> None:
    """Nobody writes into it, and nobody ever may."""
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    sentence = f"skycrane: {pipe}: cannot be read: it is a pipe or a device, not a file\n"
    assert machine.run("import", pipe) == (2, "", sentence)


def test_a_file_that_is_far_too_large_is_not_read(machine: Machine, tmp_path: Path) -> None:
    """It says what no book is."""
    file = tmp_path / "x.json"
    with file.open("wb") as hollow:
        hollow.truncate(MAX_BYTES + 1)
    code, out, err = machine.run("import", file)
    assert (code, out) == (2, "")
    assert "is larger than 500 megabytes, which no score book is" in err


def test_entries_that_are_no_flights_are_refused(machine: Machine, tmp_path: Path) -> None:
    """One sentence each."""
    file = tmp_path / "x.json"
    file.write_text(json.dumps({MARK: 1, "entries": [7, None, {}]}), "utf-8")
    code, out, err = machine.run("import", file)
    assert (code, out) == (1, f"{file}: 0 taken, 0 known, 3 refused\n")
    assert err.splitlines()[0] == f"skycrane: {file}: entries[1]: must be a flight with its figures"
    assert len(err.splitlines()) == 3
