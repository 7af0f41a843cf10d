"""The folder that keeps every flight: names by time, a bound, and sentences instead of lost games."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest

from game.record import kept_flights
from game.record.files import OutputError
from game.record.kept_flights import KeptFlights
from game.record.replay import CutOff, Replay, read_record, read_replay
from tests.replay.flights import recorded

_PATIENCE_S = 60.0
START = datetime(2026, 11, 26, 7, 10, 51, 123456, UTC)


@cache
def flown() -> tuple[Replay, tuple[str, ...]]:
    texts: list[str] = []
    return recorded("sky-crane", seed=3, dispersed=True, journal=texts.append)[1], tuple(texts)


class Turned:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def keep(flights: KeptFlights, level: str = "sky-crane") -> Path:
    """A whole flight."""
    write = flights.begin(level)
    assert write is not None
    for text in flown()[1]:
        write(text)
    path = flights.finish(flown()[0])
    assert path is not None
    assert flights.unkept == ""
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_flight_is_kept_as_its_replay_named_by_time_and_level(tmp_path: Path) -> None:
    """The folder is made for it; no journal is left, and the text is the replay's."""
    folder = tmp_path / "data" / "replays"
    path = keep(KeptFlights(folder, Turned()))
    assert path == folder / "20261126T071051.123Z-sky-crane.replay"
    assert names(folder) == [path.name]
    assert path.read_text("utf-8") == flown()[0].text()
    assert read_replay(path) == flown()[0]


def test_names_sort_by_time_whatever_zone_the_clock_is_in(tmp_path: Path) -> None:
    """In UTC; flights of the same thousandth of a second each get one of their own."""
    clock = Turned()
    flights = KeptFlights(tmp_path, clock)
    first, second = keep(flights, "sky-crane"), keep(flights, "sky-crane")
    clock.now = (START + timedelta(hours=1)).astimezone(timezone(timedelta(hours=-9)))
    third = keep(flights, "course")
    assert [path.name for path in (first, second, third)] == [
        "20261126T071051.123Z-sky-crane.replay",
        "20261126T071051.124Z-sky-crane.replay",
        "20261126T081051.123Z-course.replay",
    ]
    assert flights.paths() == (first, second, third)


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    """Of ours: what bears another name is not counted and not touched."""
    clock = Turned()
    flights = KeptFlights(tmp_path, clock, most_flights=3)
    own = [tmp_path / name for name in ("best.replay", "20260101T000000Z-mine.replay", "notes.txt")]
    for path in own:
        path.write_text("mine", "utf-8")
    kept = []
    for hour in range(5):
        clock.now = START + timedelta(hours=hour)
        kept.append(keep(flights))
    assert flights.paths() == tuple(kept[2:])
    assert all(path.exists() for path in own)


def test_the_oldest_go_when_they_are_too_large_and_never_the_newest_flown(tmp_path: Path) -> None:
    """Also when one alone is too large, and when the clock has been set back."""
    clock = Turned()
    size = len(flown()[0].text().encode())
    flights = KeptFlights(tmp_path, clock, most_bytes=2 * size)
    kept = []
    for hour in (0, 1, 2):
        clock.now = START + timedelta(hours=hour)
        kept.append(keep(flights))
    assert flights.paths() == tuple(kept[1:])
    clock.now = START - timedelta(days=9000)
    early = keep(flights)
    assert flights.paths() == (early, kept[2])
    alone = keep(KeptFlights(tmp_path, clock, most_bytes=1))
    assert flights.paths() == (alone,)


def test_what_was_flown_when_the_clock_was_ahead_goes_first(tmp_path: Path) -> None:
    """It would be the newest for ever, and every flight after it would push out the one before."""
    clock = Turned()
    flights = KeptFlights(tmp_path, clock, most_flights=3)
    clock.now = START + timedelta(days=4000)
    ahead = [keep(flights) for _ in range(3)]
    kept = []
    for hour in range(3):
        clock.now = START + timedelta(hours=hour)
        kept.append(keep(flights))
        assert flights.paths() == (*kept, *ahead[hour + 1 :])


def test_a_flight_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    """Dropped, or another one begun instead."""
    flights = KeptFlights(tmp_path, Turned())
    for text in ("drop", "begin"):
        write = flights.begin("sky-crane")
        assert write is not None
        for part in flown()[1]:
            write(part)
        if text == "drop":
            flights.drop()
        else:
            flights.begin("course")
        flights.settle(_PATIENCE_S)
        assert names(tmp_path) == []
    assert flights.finish(flown()[0]) is not None  # the one that was begun last


def test_a_flight_shorter_than_a_second_is_kept_too(tmp_path: Path) -> None:
    """It has had no journal."""
    flights = KeptFlights(tmp_path, Turned())
    flights.begin("sky-crane")
    assert flights.finish(flown()[0]) == tmp_path / "20261126T071051.123Z-sky-crane.replay"
    assert names(tmp_path) == ["20261126T071051.123Z-sky-crane.replay"]


def test_without_a_folder_or_a_flight_nothing_is_kept(tmp_path: Path) -> None:
    """And nothing is said."""
    for flights in (KeptFlights(), KeptFlights(None, Turned()), KeptFlights(tmp_path)):
        assert flights.begin("sky-crane") is None
        assert flights.finish(flown()[0]) is None
        assert (flights.unkept, flights.recover()) == ("", ())
    assert KeptFlights(tmp_path, Turned()).finish(flown()[0]) is None
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_made_gets_a_sentence(tmp_path: Path) -> None:
    """The flight goes on and can be finished; the next one that can be kept takes the sentence back."""
    folder = tmp_path / "replays"
    folder.write_text("a file", "utf-8")
    flights = KeptFlights(folder, Turned())
    write = flights.begin("sky-crane")
    assert write is not None
    write(flown()[1][0])
    assert flights.finish(flown()[0]) is None
    assert flights.unkept == "File exists"
    assert (flights.paths(), flights.recover()) == ((), ())
    folder.unlink()
    keep(flights)


def test_a_full_disk_leaves_what_there_is_and_gets_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole replay has no room: its journal stays, and the next start finds it."""

    def full(path: Path, content: str) -> None:
        raise OutputError(f"{path}: cannot be written: No space left on device") from OSError(28, "No space left")

    monkeypatch.setattr(kept_flights, "write_whole", full)
    flights = KeptFlights(tmp_path, Turned())
    write = flights.begin("sky-crane")
    assert write is not None
    for text in flown()[1]:
        write(text)
    assert flights.finish(flown()[0]) is None
    assert flights.unkept == "No space left"
    assert names(tmp_path) == ["20261126T071051.123Z-sky-crane.replay.journal"]
    (found,) = KeptFlights(tmp_path, Turned()).recover()
    record = read_record(found)
    assert isinstance(record, CutOff)
    assert record.digests == flown()[0].digests


def test_what_a_crash_has_left_gets_its_lasting_name(tmp_path: Path) -> None:
    """Found once; it sorts among the others, counts among them, and is read up to its last second."""
    journal = tmp_path / "20261125T120000.000Z-sky-crane.replay.journal"
    journal.write_text("".join(flown()[1][:7]) + "run 12 0 0", "utf-8")
    flights = KeptFlights(tmp_path, Turned(), most_flights=2)
    (found,) = flights.recover()
    assert found == tmp_path / "20261125T120000.000Z-sky-crane-cut-off.replay"
    assert flights.recover() == ()
    record = read_record(found)
    assert isinstance(record, CutOff)
    assert len(record.digests) == 7
    later = keep(flights)
    assert flights.paths() == (found, later)
    assert keep(flights) == flights.paths()[-1]
    assert found not in flights.paths()


def test_a_journal_without_a_second_or_beside_its_replay_goes(tmp_path: Path) -> None:
    """Nothing is in the one; all of the other is in the replay."""
    (tmp_path / "20261125T120000.000Z-course.replay.journal").write_text("skycrane replay 1 journal\ngame", "utf-8")
    (tmp_path / "20261125T120000.001Z-course.replay.journal").write_bytes(b"")
    path = keep(KeptFlights(tmp_path, Turned()))
    path.with_name(f"{path.name}.journal").write_text("".join(flown()[1][:7]), "utf-8")
    assert KeptFlights(tmp_path, Turned()).recover() == ()
    assert names(tmp_path) == [path.name]


def test_a_journal_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    """A second game beside the first takes nothing from it."""
    first, second = KeptFlights(tmp_path, Turned()), KeptFlights(tmp_path, Turned())
    write = first.begin("sky-crane")
    assert write is not None
    for text in flown()[1]:
        write(text)
    (journal,) = _journals_of(tmp_path)
    assert second.recover() == ()
    assert journal.exists()
    assert first.finish(flown()[0]) is not None


def _journals_of(folder: Path) -> list[Path]:
    """As soon as there is one that has been marked: its writer is a thread of its own."""
    while not any(path.read_bytes() for path in folder.glob("*.journal")):
        pass
    return list(folder.glob("*.journal"))
