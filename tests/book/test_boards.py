"""The boards: who stands on them, in which order, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from game.content.modes import Mode
from game.pilots.mixer import Hands
from game.record.book import thinning
from game.record.book.boards import ROWS, Period, contents_of, span_of, usual_contents_of
from game.record.book.book import Book
from game.record.book.entry import Proof
from game.record.book.proving import Proved
from game.record.book.store import BookError, Store
from tests.book.flights import LEVEL, NOW, accepted, made_up


def _points(book: Book, mode: Mode = Mode.MANUAL, period: Period = Period.ALL_TIME, now: datetime = NOW) -> list[int]:
    return [entry.score for entry in book.board(LEVEL, mode, period, now)]


def test_more_points_first_then_more_propellant_then_the_earlier_one() -> None:
    """And the place of each is told."""
    book = Book()
    late = accepted(book, 9000, seed=1, now=NOW)
    early = accepted(book, 9000, seed=2, now=NOW - timedelta(hours=2))
    thrifty = accepted(book, 9000, seed=3, propellant_kg=60.0)
    best = accepted(book, 9001, seed=4, propellant_kg=1.0)
    board = book.board(LEVEL, Mode.MANUAL, Period.ALL_TIME, NOW)
    assert [entry.id for entry in board] == [best.id, thrifty.id, early.id, late.id]
    assert book.rank(late.id, Period.ALL_TIME, NOW) == 4
    assert book.rank(early.id, Period.DAY, NOW) == 3
    assert [entry.id for entry in book.board(LEVEL, Mode.MANUAL, Period.ALL_TIME, NOW, most=2)] == [best.id, thrifty.id]


def test_each_level_and_mode_has_its_own_and_one_button_is_guided() -> None:
    """What is not asked for does not show."""
    book = Book()
    accepted(book, 1, seed=1)
    accepted(book, 2, seed=2, mode=Mode.GUIDED)
    accepted(book, 3, seed=3, level="jezero")
    assert _points(book) == [1]
    assert _points(book, Mode.GUIDED) == _points(book, Mode.ONE_BUTTON) == [2]
    assert _points(book, Mode.RAW) == []
    assert [entry.score for entry in book.board("jezero", Mode.MANUAL, Period.ALL_TIME, NOW)] == [3]
    assert book.points() == {LEVEL: {Mode.MANUAL: 1, Mode.GUIDED: 2}, "jezero": {Mode.MANUAL: 3}}


@pytest.mark.parametrize(
    ("now", "week", "day"),
    [
        ("2026-11-26T07:30", "2026-11-23", "2026-11-26"),  # a Thursday
        ("2026-11-23T00:00", "2026-11-23", "2026-11-23"),  # the first moment of a Monday
        ("2026-11-29T23:59:59", "2026-11-23", "2026-11-29"),  # the last second of a Sunday
        ("2027-01-01T12:00", "2026-12-28", "2027-01-01"),
    ],
)
def test_a_week_begins_on_monday_and_a_day_at_midnight_by_utc(now: str, week: str, day: str) -> None:
    """Whatever zone the moment is told in."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    elsewhere = moment.astimezone(tz=datetime.fromisoformat("2026-01-01T00:00+11:00").tzinfo)
    for period, first, days in ((Period.WEEK, week, 7), (Period.DAY, day, 1)):
        start = datetime.fromisoformat(first).replace(tzinfo=UTC)
        span = (start.timestamp(), (start + timedelta(days=days)).timestamp())
        assert span_of(period, moment) == span_of(period, elsewhere) == span


def test_the_boards_of_a_week_and_a_day_forget() -> None:
    """What was flown stands on them until the week or the day is over, and on the board of all time for ever."""
    book = Book()
    accepted(book, 1, seed=1, now=NOW)
    accepted(book, 2, seed=2, now=NOW - timedelta(days=2))
    accepted(book, 3, seed=3, now=NOW - timedelta(days=9))
    accepted(book, 4, seed=4, now=NOW + timedelta(days=40))  # a clock that was set wrong
    assert _points(book, period=Period.DAY) == [1]
    assert _points(book, period=Period.WEEK) == [2, 1]
    assert _points(book) == [4, 3, 2, 1]
    assert _points(book, period=Period.DAY, now=NOW + timedelta(days=1)) == []


def test_only_what_was_proved_and_only_people_stand_there() -> None:
    """The autopilot is asked for by its name: to be watched, and raced."""
    book = Book()
    for seed, proof in enumerate(Proof, start=1):
        entry = book.add(*made_up(seed, seed=seed), now=NOW)
        book.judge(entry.id, Proved(proof, "told"))
    machine = accepted(book, 9999, seed=99, pilot="autopilot")
    on_it = {entry.proof for entry in book.board(LEVEL, Mode.MANUAL, Period.ALL_TIME, NOW)}
    assert on_it == {Proof.EXACT, Proof.WITHIN_TOLERANCE}
    best = book.best(LEVEL, Mode.MANUAL, pilot="autopilot")
    assert best is not None
    assert best.id == machine.id
    assert book.rank(machine.id, Period.ALL_TIME, NOW) is None


def test_other_rules_make_another_board_and_take_no_medal_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was flown before the rules changed stands in the book, and in the person's own bests."""
    book = Book()
    entry = accepted(book, 9000, seed=1)
    monkeypatch.setattr("game.record.book.boards.RULES_VERSION", 10_000)
    assert _points(book) == []
    assert book.best(LEVEL, Mode.MANUAL) is None
    assert book.points() == {LEVEL: {Mode.MANUAL: 9000}}
    assert book.entry(entry.id).accepted


def test_a_level_has_a_content_for_each_craft_and_kind_of_day() -> None:
    """Held and raw, calm and dispersed; guided and manual are the same craft."""
    assert len(contents_of(LEVEL)) == 3  # raw is dispersed always
    assert len(usual_contents_of(LEVEL)) == 2
    assert set(usual_contents_of(LEVEL)) < set(contents_of(LEVEL))
    assert contents_of("backyard") == usual_contents_of("backyard") == ()


@pytest.mark.parametrize("mode", [Mode.GUIDED, Mode.MANUAL])
def test_practice_of_a_days_flight_is_on_no_board_and_its_try_on_the_days_alone(mode: Mode) -> None:
    """A dispersed day is another flight than the level's; for the person's own bests it counts."""
    book = Book()
    usual = accepted(book, 5000, seed=3, mode=mode)
    assert book.daily_start("2026-11-26", LEVEL, NOW)
    tried = accepted(book, 9000, seed=1, mode=mode, dispersed=True)
    book.daily_result("2026-11-26", tried.id)
    practice = accepted(book, 9500, seed=1, mode=mode, dispersed=True, now=NOW + timedelta(minutes=9))
    assert practice.accepted
    assert _points(book, mode) == [usual.score]
    assert [each.id for each in book.daily_board("2026-11-26", mode)] == [tried.id]
    assert book.rank(practice.id, Period.ALL_TIME, NOW) is book.rank(tried.id, Period.DAY, NOW) is None
    best = book.best(LEVEL, mode)
    assert best is not None
    assert best.id == usual.id
    assert book.points() == {LEVEL: {mode: 9500}}


def test_every_raw_flight_is_dispersed_and_stands_on_the_raw_board() -> None:
    """The day's, too; and one in which ASSIST was held stands on the guided board, as any other."""
    book = Book()
    raw = accepted(book, 9000, seed=1, mode=Mode.RAW, dispersed=True)
    assert [entry.id for entry in book.board(LEVEL, Mode.RAW, Period.ALL_TIME, NOW)] == [raw.id]
    replay, report = made_up(7000, seed=2, mode=Mode.RAW, dispersed=True)
    helped = replace(replay, runs=tuple(replace(run, hands=Hands(0)) for run in replay.runs))
    entry = book.judge(book.add(helped, report, now=NOW).id, Proved(Proof.EXACT, "exact"))
    assert [each.id for each in book.board(LEVEL, Mode.GUIDED, Period.ALL_TIME, NOW)] == [entry.id]


def test_the_best_and_the_last_record_can_be_had() -> None:
    """To race them."""
    book = Book()
    assert book.best_replay(LEVEL, Mode.MANUAL) is None
    assert book.last_replay(LEVEL) is None
    best, _ = made_up(9000, seed=1)
    accepted(book, 9000, seed=1, now=NOW)
    accepted(book, 8000, seed=2, now=NOW + timedelta(minutes=5))
    last, _ = made_up(8000, seed=2)
    assert book.best_replay(LEVEL, Mode.MANUAL) == best
    assert book.last_replay(LEVEL) == last


def test_a_daily_flight_has_one_try_and_a_restart_ends_it() -> None:
    """A second start on the same date is practice; what was flown to its end stands on the board of its date."""
    book = Book()
    assert book.daily_try("2026-11-26") is None
    assert book.daily_start("2026-11-26", LEVEL, NOW)
    assert not book.daily_start("2026-11-26", LEVEL, NOW)
    entry = accepted(book, 7000, seed=1)
    book.daily_result("2026-11-26", entry.id)
    done = book.daily_try("2026-11-26")
    assert done is not None
    assert (done.state, done.flight, done.started_at, done.level) == ("flown", entry.id, NOW, LEVEL)
    assert [each.id for each in book.daily_board("2026-11-26", Mode.MANUAL)] == [entry.id]
    assert book.entry(entry.id).daily == "2026-11-26"
    assert book.daily_start("2026-11-27", LEVEL, NOW)
    book.daily_give_up("2026-11-27")
    given_up = book.daily_try("2026-11-27")
    assert given_up is not None
    assert given_up.state == "given up"
    assert not book.daily_start("2026-11-27", LEVEL, NOW)
    with pytest.raises(Exception, match="no try of the daily flight of 2026-11-27 is under way"):
        book.daily_result("2026-11-27", entry.id)


def test_records_are_thinned_out_where_nobody_can_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of old flights, the first of a board keep their records, and the newest of the book; everybody's figures stay,
    and what still has to be proved is left alone. Ten and twenty here, because a test has not all day.
    """
    monkeypatch.setattr(thinning, "ROWS", 10)
    monkeypatch.setattr(thinning, "NEWEST", 20)
    book = Book()
    long_ago = NOW - timedelta(days=60)
    old = [accepted(book, points, seed=points, now=long_ago + timedelta(seconds=points)) for points in range(1, 15)]
    rivals = [
        accepted(book, 1, seed=20, mode=Mode.GUIDED, now=long_ago),
        accepted(book, 1, seed=21, level="jezero", now=long_ago),
    ]
    machine = accepted(book, 1, seed=22, pilot="autopilot", now=long_ago)
    waiting = book.add(*made_up(1, seed=50), now=long_ago)
    lost = book.judge(book.add(*made_up(0, seed=60), now=long_ago).id, Proved(Proof.DIFFERS, "another"))
    for seed in range(70, 90):
        book.add(*made_up(0, seed=seed), now=NOW, practised=True)
    assert book.thin(NOW) == 4 + 1
    kept = {entry.id for entry in book.flights() if entry.replay_kept}
    assert [entry.id for entry in old if entry.id not in kept] == [entry.id for entry in old[:4]]
    assert kept >= {waiting.id, machine.id, *(rival.id for rival in rivals)}
    assert lost.id not in kept
    assert len(book.board(LEVEL, Mode.MANUAL, Period.ALL_TIME, NOW, most=ROWS)) == 14
    assert all(entry.replay_kept for entry in book.board(LEVEL, Mode.MANUAL, Period.ALL_TIME, NOW, most=10))
    assert book.thin(NOW) == 0
    assert len(book.flights()) == 14 + 3 + 2 + 20


def test_what_was_flown_this_week_or_last_keeps_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may stand on the board of its week or its day."""
    monkeypatch.setattr(thinning, "ROWS", 0)
    monkeypatch.setattr(thinning, "NEWEST", 0)
    book = Book()
    monday = NOW - timedelta(days=3 + 7, hours=7, minutes=30)
    last = accepted(book, 1, seed=1, now=monday)
    before = accepted(book, 2, seed=2, now=monday - timedelta(seconds=1))
    assert book.thin(NOW) == 1
    assert book.entry(last.id).replay_kept
    assert not book.entry(before.id).replay_kept
    assert book.entry(before.id).accepted


def test_the_newest_records_are_those_that_came_in_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not those of a day when the clock was ahead."""
    monkeypatch.setattr(thinning, "ROWS", 0)
    monkeypatch.setattr(thinning, "NEWEST", 1)
    book = Book()
    ahead = accepted(book, 1, seed=1, now=NOW + timedelta(days=40))
    last = accepted(book, 2, seed=2, now=NOW)
    book.thin(NOW + timedelta(days=400))
    assert [book.entry(entry.id).replay_kept for entry in (ahead, last)] == [False, True]


def test_a_flight_is_in_the_book_although_there_is_no_room_to_thin_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: who has flown it is told nothing, and proves it as any other."""

    def full(store: Store, now: datetime) -> int:
        raise BookError("scores: database or disk is full")

    monkeypatch.setattr("game.record.book.book.EVERY", 1)
    monkeypatch.setattr("game.record.book.book.thin", full)
    book = Book()
    entry = book.add(*made_up(5, seed=1), now=NOW)
    assert [each.id for each in book.pending()] == [entry.id]
    with pytest.raises(BookError, match="disk is full"):
        book.thin(NOW)


def test_a_book_thins_itself_out_as_it_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cabinet runs for weeks without being started."""
    monkeypatch.setattr("game.record.book.book.EVERY", 5)
    monkeypatch.setattr(thinning, "ROWS", 0)
    monkeypatch.setattr(thinning, "NEWEST", 1)
    book = Book()
    for day in range(0, 50, 10):
        accepted(book, 1, seed=day, now=NOW + timedelta(days=day))
    assert [entry.replay_kept for entry in book.flights()] == [False, False, False, False, True]
