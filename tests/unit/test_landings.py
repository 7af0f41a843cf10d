"""What earlier flights leave on the ground of later ones: from the score book to a list of things and places."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from game.content.levels import Level, load_level
from game.record.book.book import Book
from game.record.book.entry import Entry
from game.record.book.store import BookError
from game.record.landings import ROOM_M, Fate, earlier_landings, left_by
from game.report import PartDown
from game.sim.snapshot import Outcome, Part
from tests.book.flights import LEVEL, NOW, flown, made_up


def _add(book: Book, rover_m: float, *, days: int, outcome: Outcome = Outcome.LANDED, level: str = LEVEL) -> Entry:
    """A flight whose rover came to rest there so many days ago, its stage 700 m farther."""
    replay, report = made_up(5000, seed=1000 + days, level=level)
    parts = (PartDown(Part.ROVER.value, rover_m), PartDown(Part.DESCENT_STAGE.value, rover_m + 700.0))
    report = replace(report, parts=parts, outcome=outcome)
    replay = replace(replay, end=replace(replay.end, outcome=outcome))
    return book.add(replay, report, now=NOW - timedelta(days=days), initials="JPL")


def _levels(*names: str) -> list[Level]:
    return [load_level(name) for name in names]


def test_a_landing_leaves_its_rover_and_what_lies_apart() -> None:
    """Each with its place, whose it was and since when."""
    entry = _add(Book(), 1552.0, days=3)
    rover, stage = left_by(entry)
    assert (rover.fate, rover.part, rover.x_m, rover.initials) == (Fate.LANDED, Part.ROVER, 1552.0, "JPL")
    assert (stage.fate, stage.part, stage.x_m) == (Fate.PART, Part.DESCENT_STAGE, 2252.0)
    assert rover.since == NOW - timedelta(days=3)


def test_a_lost_flight_leaves_a_wreck() -> None:
    """Truly flown into the ground: the stage lies with it, in one heap."""
    replay, report = flown(alive=False)
    book = Book()
    (wreck,) = left_by(book.add(replay, report, now=NOW))
    assert (wreck.fate, wreck.part) == (Fate.WRECK, Part.ROVER)


def test_a_flight_that_ended_in_the_air_leaves_nothing() -> None:
    """At a goal before the ground nothing has come down yet."""
    assert left_by(_add(Book(), 1552.0, days=3, outcome=Outcome.COMPLETED)) == ()


def test_all_levels_of_a_site_share_its_ground() -> None:
    """What was landed in one stands there in the others; at another site nothing of it does."""
    book = Book()
    _add(book, 9.0, days=3, level="gale")
    _add(book, 3.0, days=2, level="jezero")
    _add(book, 1552.0, days=1)
    levels = _levels("sky-crane", "jezero", "gale")
    at_jezero = earlier_landings(book, levels[1], levels)
    assert [thing.x_m for thing in at_jezero] == [1552.0, 2252.0, 3.0, 703.0]
    assert [thing.x_m for thing in earlier_landings(book, levels[2], levels)] == [9.0, 709.0]


def test_newer_things_hide_older_ones_where_they_would_be_one_heap() -> None:
    """Between two that are shown there is room for a rover."""
    book = Book()
    for days in reversed(range(30)):
        _add(book, 1560.0 + 0.5 * days, days=days)
    level = load_level(LEVEL)
    found = earlier_landings(book, level, [level])
    places = sorted(thing.x_m for thing in found)
    assert found[0].x_m == 1560.0
    assert all(later - one >= ROOM_M for one, later in pairwise(places))
    assert 4 <= len(found) <= 12


def test_a_book_that_cannot_be_read_leaves_the_ground_bare() -> None:
    """No error: the flight needs none of it."""

    class Broken:
        def recent(self, level_id: str, most: int) -> tuple[Entry, ...]:
            raise BookError("cannot be read")

    level = load_level(LEVEL)
    assert earlier_landings(Broken(), level, [level]) == ()
