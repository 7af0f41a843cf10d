"""How a flight gets into the book: stored at once, flown again, and only then on a board."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from game.content.modes import Mode
from game.pilots.mixer import Hands
from game.record.book.boards import Period
from game.record.book.book import Book
from game.record.book.entry import PERSON, Proof, board_of
from game.record.book.store import BookError
from game.record.replay import Replay
from game.scenes.cockpit import PILOT
from game.sim.snapshot import Outcome
from tests.book.flights import LEVEL, NOW, by_hand, flown, made_up


def _board(book: Book) -> list[int]:
    return [entry.id for entry in book.board(LEVEL, Mode.MANUAL, Period.ALL_TIME, NOW)]


def test_a_flight_is_stored_at_once_and_stands_on_the_board_when_it_was_flown_again(tmp_path: Path) -> None:
    """Between the two it is pending, and on no board; a book that is opened anew has the same."""
    path = tmp_path / "data" / "scores.sqlite"
    book = Book(path)
    replay, report = flown()
    entry = book.add(replay, report, now=NOW, initials="jpl")
    assert entry.proof is Proof.PENDING
    assert [each.id for each in Book(path).pending()] == [entry.id]
    assert _board(book) == []
    proved = book.prove(entry.id)
    assert proved.proof is Proof.EXACT
    again = Book(path)
    assert _board(again) == [entry.id]
    assert again.pending() == ()
    kept = again.entry(entry.id)
    assert (kept.initials, kept.score, kept.flown_at) == ("JPL", report.score.total, NOW)
    assert kept.touchdown_mps == report.touchdown.speed_mps if report.touchdown else None
    assert {part.name for part in kept.parts} == {part.name for part in report.parts}
    assert again.replay(entry.id) == replay


def test_what_a_kill_left_pending_is_proved_later(tmp_path: Path) -> None:
    """By whoever opens the book next and proves what is pending."""
    path = tmp_path / "scores.sqlite"
    entry = Book(path).add(*flown(), now=NOW)
    book = Book(path)
    assert [book.prove(each.id).proof for each in book.pending()] == [Proof.EXACT]
    assert _board(book) == [entry.id]


def _with(replay: Replay, **end: object) -> Replay:
    return replace(replay, end=replace(replay.end, **end))  # type: ignore[arg-type]


@pytest.mark.parametrize("change", ["score", "seed", "commands"])
def test_a_record_that_is_not_the_flight_is_kept_and_marked_and_on_no_board(change: str) -> None:
    """Whatever was changed in it, and though its own checksum fits."""
    replay, report = flown()
    forged = {
        "score": _with(replay, score=10_000),
        "seed": replace(replay, header=replace(replay.header, seed=5)),
        "commands": replace(replay, runs=(replace(replay.runs[0], command=replay.runs[-1].command), *replay.runs[1:])),
    }[change]
    book = Book()
    entry = book.add(forged, replace(report, score=replace(report.score, total=10_000)), now=NOW)
    assert book.prove(entry.id).proof is Proof.DIFFERS
    assert _board(book) == []
    assert book.points() == {}
    assert book.replay(entry.id) == forged


def test_the_figures_of_the_flight_that_was_flown_again_count() -> None:
    """A report that says more than its record is put right."""
    replay, report = flown()
    book = Book()
    entry = book.add(
        replay, replace(report, score=replace(report.score, total=10_000), propellant_left_kg=400.0), now=NOW
    )
    proved = book.prove(entry.id)
    assert (proved.proof, proved.score, proved.propellant_kg) == (
        Proof.EXACT, report.score.total, report.propellant_left_kg,
    )  # fmt: skip


def test_a_record_from_another_platform_is_accepted_within_tolerance_with_the_figures_from_here() -> None:
    """Whoever claims another platform gains no points by it; far off, it is not verified."""
    replay, report = flown()
    elsewhere = replace(replay, header=replace(replay.header, platform="another"))
    near, far = (_with(elsewhere, score=report.score.total + more) for more in (19, -51))
    book = Book()
    taken = book.prove(book.add(near, replace(report, score=replace(report.score, total=10_000)), now=NOW).id)
    assert (taken.proof, taken.score) == (Proof.WITHIN_TOLERANCE, report.score.total)
    refused = book.prove(book.add(far, report, now=NOW).id)
    assert refused.proof is Proof.NOT_VERIFIED
    assert _board(book) == [taken.id]


def test_what_a_later_game_wrote_is_passed_over_and_stays(tmp_path: Path) -> None:
    """A reason, a mode, a proof or a state that this one does not know stops nothing."""
    path = tmp_path / "scores.sqlite"
    book = Book(path)
    ids = [book.prove(book.add(*flown(), now=NOW + timedelta(seconds=second)).id).id for second in range(6)]
    book.daily_start("2026-11-26", LEVEL, NOW)
    book.take_over({LEVEL: {Mode.RAW: 5}})
    with book._store.writing() as connection:
        for change in ("reason = 'eaten'", "board = 'easy'", "proof = 'sworn'", "parts = 'none'", "flown_at = 1 << 61"):
            connection.execute(f"UPDATE flights SET {change} WHERE id = {ids.pop()}")  # noqa: S608
        connection.execute("UPDATE daily SET state = 'put off'")
        connection.execute("UPDATE before_the_book SET board = 'easy'")
    book.close()
    again = Book(path)
    assert again.trouble is None
    assert [entry.id for entry in again.flights()] == _board(again) == ids == [1]
    assert again.points() == {LEVEL: {Mode.MANUAL: flown()[1].score.total}}
    assert again._store.read("SELECT count(*) FROM flights") == [(6,)]
    state = again.daily_try("2026-11-26")
    assert state is not None
    assert state.state == "given up"
    with pytest.raises(BookError, match="there is no flight 5 in the book"):
        again.entry(5)
    assert again.prove(6).reason == "landed"  # flown again, it has the figures of the flight


def test_lost_and_practised_flights_are_kept_for_the_diary_and_stand_nowhere() -> None:
    """Nobody flies them again: nothing depends on them."""
    book = Book()
    lost = book.add(*flown(alive=False), now=NOW)
    practised = book.add(*flown(), now=NOW, practised=True)
    assert (lost.proof, practised.proof) == (Proof.NOT_NEEDED, Proof.NOT_NEEDED)
    assert lost.outcome is Outcome.LOST
    assert book.pending() == ()
    assert book.prove(practised.id).proof is Proof.EXACT  # who asks all the same, gets it proved
    assert _board(book) == []
    assert [entry.id for entry in book.recent(LEVEL, 9)] == [practised.id, lost.id]


def test_a_level_of_ones_own_is_kept_and_stands_nowhere() -> None:
    """Also when it is called as one of the game's: the content says that it is another."""
    replay, report = flown()
    book = Book()
    own = replace(replay, header=replace(replay.header, content="c0ffee00c0ffee00c0ffee00c0ffee00"))
    other = replace(replay, header=replace(replay.header, level="backyard"))
    old = replace(replay, header=replace(replay.header, rules_version=1))
    assert [book.add(each, report, now=NOW).proof for each in (own, other, old)] == [Proof.NOT_VERIFIED] * 3
    assert book.prove(1).proof is Proof.NOT_VERIFIED
    assert "another version of the level" in book.entry(1).proof_detail
    assert "which this game has not" in book.prove(2).proof_detail
    assert _board(book) == []


def test_where_the_autopilot_had_a_channel_the_flight_is_guided() -> None:
    """By the record alone, so that it holds for flights from elsewhere too; raw and one button as well."""
    replay, _ = flown()
    helped = replace(replay, runs=(replace(replay.runs[0], hands=Hands.MOMENTS), *replay.runs[1:]))
    assert board_of(replay) is Mode.MANUAL
    assert board_of(helped) is Mode.GUIDED
    assert board_of(replace(helped, header=replace(helped.header, mode="raw"))) is Mode.GUIDED
    assert board_of(replace(replay, header=replace(replay.header, mode="raw"))) is Mode.RAW
    assert board_of(replace(replay, header=replace(replay.header, pilot="autopilot", mode="manual"))) is Mode.MANUAL
    with pytest.raises(ValueError, match="easy"):
        board_of(replace(replay, header=replace(replay.header, mode="easy")))


def test_the_window_and_the_book_call_a_person_alike() -> None:
    """Whoever flies by hand is on people's boards."""
    assert PILOT == PERSON


def test_the_same_flight_at_the_same_moment_is_one_flight() -> None:
    """Added twice by whatever accident, it stands there once; at another moment it is another try."""
    book = Book()
    replay, report = flown()
    first = book.add(replay, report, now=NOW)
    assert book.add(replay, report, now=NOW).id == first.id
    assert book.add(replay, report, now=NOW + timedelta(seconds=1)).id != first.id
    assert len(book.flights()) == 2


def test_initials_are_those_entered_last_until_others_are() -> None:
    """And can be entered after the flight, while it is being proved."""
    book = Book()
    first = book.add(*made_up(1, seed=1), now=NOW)
    assert first.initials == "SKY"
    assert book.rename(first.id, "mia").initials == "MIA"
    assert book.add(*made_up(2, seed=2), now=NOW).initials == "MIA"
    assert book.rename(first.id, "ass").initials == "SKY"


def test_the_last_flight_is_the_one_that_came_in_last_whatever_the_clock_said() -> None:
    """It was ahead once: what was flown then is not the newest for ever."""
    book = Book()
    ahead = book.add(*made_up(1, seed=1), now=NOW + timedelta(days=4000))
    right, last = (book.add(*made_up(seed, seed=seed), now=NOW + timedelta(minutes=seed)) for seed in (2, 3))
    assert [entry.id for entry in book.recent(LEVEL, 9)] == [last.id, right.id, ahead.id]
    replay = book.last_replay(LEVEL)
    assert replay is not None
    assert replay.header.seed == 3


def test_a_flight_that_is_not_there_is_told() -> None:
    """One sentence each."""
    book = Book()
    with pytest.raises(BookError, match="there is no flight 7 in the book"):
        book.entry(7)
    with pytest.raises(BookError, match="flight 7 has no record any more"):
        book.prove(7)
    with pytest.raises(BookError, match="there is no flight 7 in the book"):
        book.rename(7, "ABC")


def test_by_hand_is_what_the_window_writes() -> None:
    """The flights of these tests are a person's."""
    replay, _ = flown()
    assert by_hand(replay) == replay
