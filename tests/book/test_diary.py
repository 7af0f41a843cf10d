"""The diary: what the flights in the book come to."""

from __future__ import annotations

from dataclasses import replace

from game.content.modes import Mode
from game.record.book.book import Book
from game.record.book.diary import Diary, Tally, diary_of
from game.record.book.entry import Entry, Proof
from game.record.book.proving import Proved
from game.sim.events import Reason
from game.sim.snapshot import Outcome
from tests.book.flights import NOW, flown, made_up


def _entry(**figures: object) -> Entry:
    book = Book()
    entry = book.add(*made_up(5000, seed=1), now=NOW)
    return replace(entry, **figures)  # type: ignore[arg-type]


def _lost(reason: Reason, **figures: object) -> Entry:
    return _entry(outcome=Outcome.LOST, reason=reason, score=0, touchdown_mps=9.0, distance_m=1.0, **figures)


def test_no_flights_come_to_nothing() -> None:
    """And say so in the same words."""
    assert diary_of([]) == Diary(Tally(), ())


def test_landings_losses_and_what_was_best() -> None:
    """Best is the softest and the nearest landing of a rover that is alive, whichever flights they were."""
    entries = [
        _entry(score=8000, touchdown_mps=0.9, distance_m=5.0, ticks=1200),
        _entry(score=9000, touchdown_mps=0.8, distance_m=70.0, ticks=2400),
        _lost(Reason.WHEELS_BROKEN, ticks=120),
        _lost(Reason.FUEL_OUT, ticks=120),
        _lost(Reason.WHEELS_BROKEN, ticks=120),
        _entry(level="course", outcome=Outcome.COMPLETED, score=9999, touchdown_mps=None, distance_m=None, ticks=600),
    ]
    found = diary_of(entries)
    assert found.overall == Tally(
        flights=6, alive=3, practised=0, causes=((Reason.WHEELS_BROKEN, 2), (Reason.FUEL_OUT, 1)), softest_mps=0.8,
        nearest_m=5.0, best_points=9999, flown_s=38.0,
    )  # fmt: skip
    assert found.overall.lost == 3
    assert [name for name, _ in found.levels] == ["course", "sky-crane"]
    assert dict(found.levels)["course"] == Tally(flights=1, alive=1, best_points=9999, flown_s=5.0)


def test_what_was_practised_is_told_apart() -> None:
    """It was flown, and counts for nothing else."""
    tally = diary_of([_entry(practised=True, ticks=120), _lost(Reason.FUEL_OUT, practised=True, ticks=120)]).overall
    assert tally == Tally(practised=2, flown_s=2.0)


def test_other_pilots_and_records_that_are_not_their_flights_are_left_out() -> None:
    """The autopilot has a diary of its own, for whoever asks."""
    entries = [_entry(pilot="autopilot"), _entry(proof=Proof.DIFFERS), _entry(proof=Proof.NOT_VERIFIED)]
    assert diary_of(entries).overall.flights == 1
    assert diary_of(entries, "autopilot").overall.flights == 1


def test_the_diary_of_a_book_has_its_lost_flights() -> None:
    """They are kept like the others."""
    book = Book()
    book.add(*flown(alive=False), now=NOW)
    book.judge(book.add(*flown(mode=Mode.MANUAL), now=NOW).id, Proved(Proof.EXACT, "exact"))
    tally = diary_of(book.flights()).overall
    assert (tally.flights, tally.alive, tally.lost) == (2, 1, 1)
    assert tally.causes == ((Reason.ROVER_NOT_RELEASED, 1),)
