"""What was flown so far: bests by board, hints after the second same failure, and a file that nothing damages."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content.errors import ContentError
from game.content.modes import Mode
from game.cues.lessons import Advice, Lesson
from game.record.book.boards import Period
from game.record.book.book import Book
from game.record.book.entry import Proof
from game.record.book.proving import Proved
from game.record.progress import Progress, parse_progress
from game.sim.events import Reason
from tests.book.flights import NOW, accepted, made_up

SOFTER, CUT = Lesson(Advice.SOFTER), Lesson(Advice.CUT)


def test_only_a_better_flight_is_a_new_best_and_each_board_has_its_own(tmp_path: Path) -> None:
    """And what was kept is read again; one button counts on the Guided board."""
    progress = Progress(tmp_path / "data" / "progress.toml")
    assert progress.best("jezero", Mode.MANUAL) is None
    assert not progress.completed("jezero")
    assert progress.alive("jezero", Mode.MANUAL, 7000)
    assert not progress.alive("jezero", Mode.MANUAL, 7000)
    assert progress.alive("jezero", Mode.MANUAL, 7001)
    assert progress.alive("jezero", Mode.ONE_BUTTON, 12)
    progress.find({"lean", "action"})
    again = Progress(tmp_path / "data" / "progress.toml")
    assert again.best("jezero", Mode.MANUAL) == 7001
    assert again.best("jezero", Mode.GUIDED) == again.best("jezero", Mode.ONE_BUTTON) == 12
    assert again.best("jezero", Mode.RAW) is None
    assert again.completed("jezero")
    assert again.found("lean")
    assert not again.found("reel")
    assert again.file.problems == ()


def test_bests_of_before_the_book_go_into_it_once(tmp_path: Path) -> None:
    """Then the file has the controls alone; the ladder shows what it showed, and the book's own flights beside it."""
    path = tmp_path / "progress.toml"
    Progress(path).alive("jezero", Mode.MANUAL, 7000)
    Progress(path).find({"lean"})
    book = Book(tmp_path / "scores.sqlite")
    accepted(book, 8000, seed=1, level="gale")
    accepted(book, 6000, seed=2, level="jezero")
    for _ in range(2):
        progress = Progress(path, book)
        assert progress.best("jezero", Mode.MANUAL) == 7000
        assert progress.best("gale", Mode.MANUAL) == 8000
        assert progress.completed("jezero")
        assert progress.found("lean")
        assert parse_progress(path.read_text("utf-8"), "progress.toml") == ({}, {"lean"})
    assert book.board("jezero", Mode.MANUAL, Period.ALL_TIME, NOW)[0].score == 6000
    assert Book(tmp_path / "scores.sqlite").points()["jezero"] == {Mode.MANUAL: 7000}


def test_with_a_book_a_best_comes_from_there(tmp_path: Path) -> None:
    """It counts from the moment of the flight, and for good once it is in the book: nothing else is written."""
    book = Book(tmp_path / "scores.sqlite")
    progress = Progress(tmp_path / "progress.toml", book)
    assert progress.alive("sky-crane", Mode.MANUAL, 9000)
    assert progress.best("sky-crane", Mode.MANUAL) == 9000
    assert not (tmp_path / "progress.toml").exists()
    assert Progress(tmp_path / "progress.toml", book).best("sky-crane", Mode.MANUAL) is None
    book.add(*made_up(9000, seed=1), now=NOW)  # not proved yet, and counted already
    assert Progress(tmp_path / "progress.toml", book).best("sky-crane", Mode.MANUAL) == 9000
    book.judge(1, Proved(Proof.DIFFERS, "another flight"))
    assert Progress(tmp_path / "progress.toml", book).best("sky-crane", Mode.MANUAL) is None


def test_a_book_that_does_not_last_takes_nothing_over(tmp_path: Path) -> None:
    """A later game's book lies there: bests stay in the file, and new ones go there too."""
    path, scores = tmp_path / "progress.toml", tmp_path / "scores.sqlite"
    Progress(path).alive("jezero", Mode.MANUAL, 7000)
    newer = Book(scores)
    newer._store._connection.execute("PRAGMA user_version = 9")
    newer.close()
    progress = Progress(path, Book(scores))
    assert progress.alive("gale", Mode.MANUAL, 5)
    again = Progress(path, Book(scores))
    assert (again.best("jezero", Mode.MANUAL), again.best("gale", Mode.MANUAL)) == (7000, 5)


def test_a_book_that_breaks_in_the_middle_costs_no_best_of_this_run(tmp_path: Path) -> None:
    """What it had is not to be had; what is flown counts until the game ends."""
    book = Book(tmp_path / "scores.sqlite")
    progress = Progress(tmp_path / "progress.toml", book)
    book.close()
    assert progress.best("jezero", Mode.MANUAL) is None
    assert progress.alive("jezero", Mode.MANUAL, 7000)
    assert progress.best("jezero", Mode.MANUAL) == 7000


def test_a_hint_is_due_after_the_second_same_failure_and_not_before() -> None:
    """In a row and on the same level; another failure or a landing begins anew."""
    progress = Progress()
    progress.lost("sky-crane", Reason.WHEELS_BROKEN, SOFTER)
    assert progress.hint_for("sky-crane") is None
    progress.lost("jezero", Reason.WHEELS_BROKEN, SOFTER)
    progress.lost("sky-crane", Reason.WHEELS_BROKEN, SOFTER)
    assert progress.hint_for("sky-crane") == SOFTER
    assert progress.hint_for("jezero") is None
    progress.lost("sky-crane", Reason.BRIDLE_NOT_CUT, CUT)
    assert progress.hint_for("sky-crane") is None
    progress.lost("sky-crane", Reason.BRIDLE_NOT_CUT, CUT)
    assert progress.hint_for("sky-crane") == CUT
    progress.alive("sky-crane", Mode.GUIDED, 5)
    assert progress.hint_for("sky-crane") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("best = 3", "progress.toml: best: is nothing that progress is made of"),
        ("[best]\njezero = 3", "progress.toml: best.jezero: must be a level with a table of its boards"),
        ("[best.jezero]\neasy = 3", "progress.toml: best.jezero.easy: there is no such board"),
        ("[best.jezero]\nmanual = 10001", "progress.toml: best.jezero.manual: must be points, from 0 to 10000"),
        ("[best.jezero]\nmanual = true", "progress.toml: best.jezero.manual: must be points, from 0 to 10000"),
        ("[best.jezero]\nmanual = nan", "progress.toml: best.jezero.manual: must be points, from 0 to 10000"),
        ("controls = 4", "progress.toml: controls: must be a list of controls"),
        ("controls = ['A b']", "progress.toml: controls: must be a list of controls"),
        ("wings = 2", "progress.toml: wings: is nothing that progress is made of"),
        ("best = ", "progress.toml: is no TOML: "),
    ],
)
def test_a_bad_file_is_set_aside_with_a_sentence_and_nothing_is_lost(tmp_path: Path, text: str, sentence: str) -> None:
    """The file lies there under another name, to the letter; what follows is kept in a new one."""
    with pytest.raises(ContentError) as caught:
        parse_progress(text, "progress.toml")
    assert caught.value.problems[0].startswith(sentence)
    path = tmp_path / "progress.toml"
    path.write_text(text, encoding="utf-8")
    progress = Progress(path)
    assert progress.file.problems[0].startswith(sentence)
    assert progress.file.set_aside == tmp_path / "progress.bad.toml"
    assert (tmp_path / "progress.bad.toml").read_text(encoding="utf-8") == text
    assert progress.alive("gale", Mode.GUIDED, 3)
    assert Progress(path).best("gale", Mode.GUIDED) == 3


def test_what_cannot_be_kept_counts_until_the_game_ends_and_says_so(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    progress = Progress(tmp_path / "data" / "progress.toml")
    assert progress.alive("jezero", Mode.MANUAL, 7000)
    assert progress.best("jezero", Mode.MANUAL) == 7000
    assert "data" in progress.unsaved
    assert (tmp_path / "data").read_text(encoding="utf-8") == "in the way"
