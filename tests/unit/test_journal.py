"""The journal of a flight: a record as far as it goes, whatever ends the program, and whatever the disk does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Event
from typing import BinaryIO

import pytest

from game.record.journal import Journal, is_written
from game.record.replay import CutOff, Replay, ReplayError, parse_record, parse_replay, read_record, read_replay
from tests.replay.flights import recorded

_PATIENCE_S = 60.0


@cache
def flown() -> tuple[Replay, tuple[str, ...]]:
    """A landing, and the texts that its journal was given."""
    texts: list[str] = []
    return recorded("sky-crane", seed=3, dispersed=True, journal=texts.append)[1], tuple(texts)


def journal() -> str:
    return "".join(flown()[1])


def refusal(text: str) -> str:
    with pytest.raises(ReplayError) as caught:
        parse_record(text, "a.journal")
    return str(caught.value)


def test_a_second_of_flight_is_a_text_of_the_journal() -> None:
    """One after each whole second, and together they are the replay as far as it goes, under another first line."""
    replay, texts = flown()
    assert len(texts) == replay.ticks // 120
    assert all(text.endswith("\n") for text in texts)
    first, _, rest = journal().partition("\n")
    assert first == "skycrane replay 1 journal"
    assert replay.text().partition("\n")[2].startswith(rest)


def test_a_journal_is_read_up_to_its_last_whole_second_wherever_it_was_cut() -> None:
    """Less than a second holds nothing; from then on all seconds that are whole, and nothing of the next one."""
    replay, texts = flown()
    ends = [len("".join(texts[: second + 1])) for second in range(12)]
    for length in range(0, ends[-1], 7):
        seconds = sum(length >= end for end in ends)
        text = journal()[:length]
        if seconds == 0:
            assert refusal(text).startswith("a.journal: is ")
            continue
        record = parse_record(text, "a.journal")
        assert isinstance(record, CutOff)
        # A frame follows the digest of a tenth second: cut off between the two, the second is whole without it.
        assert len(record.digests) - seconds in ({0, 1} if seconds == 9 else {0})
        assert record.ticks == 120 * len(record.digests) == sum(run.ticks for run in record.runs)
        assert record.digests == replay.digests[: len(record.digests)]
        assert record.frames == replay.frames[: len(record.frames)]
        assert journal().startswith(record.text())


@pytest.mark.parametrize("tail", ["\0" * 4096, "run 120 0 0", "run 120 0 0 0 0 0 0\n\0\0\0", "\ufffd\ufffd", "end\n"])
def test_what_a_power_cut_leaves_behind_the_last_second_is_no_part_of_it(tail: str) -> None:
    """Noughts, half a line, noise."""
    whole = parse_record(journal(), "a.journal")
    assert parse_record(journal() + tail, "a.journal") == whole


def test_bytes_that_are_no_text_may_stand_at_the_end_of_a_journal_only(tmp_path: Path) -> None:
    """As a disk leaves them; in the middle they are damage, and in a replay anywhere."""
    path = tmp_path / "a.journal"
    data = journal().encode()
    path.write_bytes(data + b"\xff\xfe\x80")
    assert read_record(path) == parse_record(journal(), "a.journal")
    path.write_bytes(data[:400] + b"\xff\xfe" + data[400:])
    with pytest.raises(ReplayError, match="line"):
        read_record(path)
    path.write_bytes(flown()[0].text().encode() + b"\xff")
    with pytest.raises(ReplayError, match="is not a replay of this game"):
        read_record(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("seed 3", "seed three", "line 6: 'three' is not what belongs here"),
        ("seed 3", "seed 03", "is not written as this game writes a journal"),
        ("\nrun ", "\nruin ", "line 11: 'ruin' has no place here"),
        ("\ndigest ", "\ndigits ", "line 12: 'digits' has no place here"),
        ("\ndigest ", "\nend 120 landed landed 10000 abcdef01\ndigest ", "a journal has no end"),
        ("journal\n", "journal \n", "is not a replay of this game"),
        ("replay 1", "replay 2", "is written in format 2, this game reads format 1"),
    ],
)
def test_damage_before_the_last_second_is_refused(old: str, new: str, said: str) -> None:
    """What a power cut does not do: the file was changed."""
    assert old in journal()
    assert said in refusal(journal().replace(old, new, 1))


def test_a_journal_is_no_replay_and_a_replay_without_its_end_no_journal(tmp_path: Path) -> None:
    """Who asks for a whole flight never gets half of one; the first line tells which of them was cut."""
    path = tmp_path / "a.journal"
    path.write_text(journal(), "utf-8")
    with pytest.raises(ReplayError, match="was cut off while it was flown, and has no outcome"):
        read_replay(path)
    with pytest.raises(ReplayError, match="is cut off before its end"):
        parse_record(flown()[0].text()[:-30], "a.replay")
    assert parse_record(flown()[0].text(), "a.replay") == parse_replay(flown()[0].text(), "a.replay")


def test_a_journal_is_in_the_file_when_it_is_closed(tmp_path: Path) -> None:
    """In the order in which it was written; while it is open it is marked, and afterwards not."""
    path = tmp_path / "a.journal"
    made: list[bool] = []

    def make() -> tuple[Path, BinaryIO]:
        made.append(True)
        return path, path.open("xb")

    writer = Journal(make)
    assert not made  # nothing to write, no file
    for text in flown()[1]:
        writer.write(text)
    assert writer.close() == path
    assert path.read_text("utf-8") == journal()
    assert not is_written(path)
    assert Journal(make).close() is None


def test_whoever_drops_a_journal_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    """It hangs; when it comes to itself, the file goes."""
    path, disk = tmp_path / "a.journal", Event()

    def make() -> tuple[Path, BinaryIO]:
        assert disk.wait(_PATIENCE_S)
        return path, path.open("xb")

    writer = Journal(make)
    writer.write(flown()[1][0])
    writer.drop()
    assert not writer.gone()
    disk.set()
    assert writer.gone(_PATIENCE_S)
    assert not path.exists()
    never = Journal(make)
    never.drop()
    assert never.gone()


def test_a_journal_goes_that_was_dropped_after_the_disk_was_full(tmp_path: Path) -> None:
    """Its writer has nothing more to write, and is there still."""
    path = tmp_path / "a.journal"
    path.touch()
    writer = Journal(lambda: (path, path.open("rb")))  # which cannot be written
    writer.write(flown()[1][0])
    writer.drop()
    assert writer.gone(_PATIENCE_S)
    assert not path.exists()


def test_where_files_cannot_be_marked_every_journal_may_be_somebodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """A second game would take it away from the first."""
    fcntl = pytest.importorskip("fcntl")
    path = tmp_path / "a.journal"
    path.write_text(journal(), "utf-8")
    assert not is_written(path)

    def unmarked(number: int, how: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", unmarked)
    assert is_written(path)
    writer = Journal(lambda: (tmp_path / "b.journal", (tmp_path / "b.journal").open("xb")))
    writer.write(flown()[1][0])
    assert writer.close() == tmp_path / "b.journal"
    assert (tmp_path / "b.journal").read_text("utf-8") == flown()[1][0]


def test_without_a_file_a_flight_goes_on() -> None:
    """Who writes does not notice that there is nothing to write on."""

    def nowhere() -> tuple[Path, BinaryIO]:
        raise PermissionError(13, "Permission denied")

    writer = Journal(nowhere)
    for text in flown()[1]:
        writer.write(text)
    assert writer.close() is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to try")
def test_a_full_disk_stops_no_flight() -> None:
    """Nor that there is no room; the file is closed all the same."""
    full = Path("/dev/full").open("wb")  # noqa: SIM115  the journal closes it
    writer = Journal(lambda: (Path("/dev/full"), full))
    for text in flown()[1]:
        writer.write(text)
    assert writer.close() == Path("/dev/full")
    assert full.closed
