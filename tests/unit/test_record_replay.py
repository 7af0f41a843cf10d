"""The replay file: one way to write a flight, and no way to read a bad one."""

from __future__ import annotations

import random
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest

from game.pilots.mixer import Hands
from game.record.names import as_name
from game.record.replay import MAX_BYTES, End, Frame, Header, Replay, ReplayError, Run, parse_replay, read_replay
from game.sim.command import Command
from game.sim.events import Reason
from game.sim.snapshot import Outcome

DIGEST = "0123456789abcdef"
HEADER = Header("0.1.0", 1, "sky-crane", "c0ffee00c0ffee00", 7, "manual", False, "script:a b.txt", "linux-x86_64")
RUNS = (
    *(Run(120, Command(throttle=128), Hands.NONE) for _ in range(9)),
    Run(119, Command(throttle=128), Hands.NONE),
    Run(1, Command(throttle=128, action=True), Hands.MOMENTS),
    Run(30, Command(tilt=-127, throttle=255, reel=127, mark=-1), Hands.ALL),
)
REPLAY = Replay(
    HEADER,
    RUNS,
    tuple(f"{i:016x}" for i in range(10)),
    (Frame(1552.1, 20.0, -0.5, 24.12),),
    End(1230, Outcome.LOST, Reason.FUEL_OUT, 0, DIGEST),
)


def resealed(text: str) -> str:
    """The text with a checksum that fits: what somebody writes who means harm."""
    body = text[: text.rindex("sum ")]
    return f"{body}sum {blake2b(body.encode(), digest_size=8).hexdigest()}\n"


def refusal(text: str) -> str:
    with pytest.raises(ReplayError) as caught:
        parse_replay(text, "a.replay")
    return str(caught.value)


def test_what_is_written_is_read_again() -> None:
    """The text holds the whole replay, and it is the only text for it."""
    assert parse_replay(REPLAY.text(), "a.replay") == REPLAY


def test_a_cut_file_is_refused_wherever_it_was_cut() -> None:
    """No beginning of a replay is a replay."""
    text = REPLAY.text()
    for length in range(len(text)):
        assert refusal(text[:length]).startswith("a.replay: ")


def test_a_changed_byte_is_refused() -> None:
    """The checksum covers every line."""
    text = REPLAY.text()
    for place in range(len(text)):
        other = "x" if text[place] != "x" else "y"
        assert refusal(text[:place] + other + text[place + 1 :]).startswith("a.replay: ")


@pytest.mark.parametrize("place", [0, 40, 200, -5])
def test_half_a_character_is_refused(place: int) -> None:
    """No file holds one, but a text that comes from JSON may."""
    text = REPLAY.text()
    assert refusal(f"{text[:place]}\ud800{text[place:]}") == "a.replay: is not a replay of this game"


def test_a_hostile_file_with_a_good_checksum_is_refused_or_another_replay() -> None:
    """Whatever stands in the lines: one sentence, or a replay that says what its lines say."""
    draw = random.Random("hostile").random
    signs = " \n-0159axrun.:\0\x1f\x85\N{ARABIC-INDIC DIGIT FIVE}\N{FULLWIDTH DIGIT ONE}"
    text = REPLAY.text()
    for _ in range(2000):
        place = int(draw() * (len(text) - 22))
        sign = signs[int(draw() * len(signs))]
        changed = resealed(text[:place] + sign + text[place + int(draw() * 3) :])
        try:
            text_again = parse_replay(changed, "a.replay").text()
        except ReplayError:
            continue
        assert text_again == changed


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("replay 1", "replay 2", "is written in format 2, this game reads format 1"),
        ("skycrane", "moonbase", "is not a replay of this game"),
        ("run 30 ", "run 31 ", "line 34: 1231 ticks of commands for a flight of 1230"),
        ("run 30 ", "run 999999999 ", "line 33: a number of this run is out of range"),
        ("run 30 ", "run 99999999999999999999 ", "line 33: '99999999999999999999' is not what belongs here"),
        ("run 30 -127", "run 30 -128", "line 33: tilt must be a whole number from -127 to 127, not -128"),
        ("seed 7", "seed -7", "line 6: '-7' is not what belongs here"),
        ("seed 7\n", "", "line 6: 'seed' should stand here"),
        ("pilot script:a b.txt", "pilot " + "x" * 121, "line 9: pilot: is no name"),
        ("lost fuel_out", "won fuel_out", "line 34: 'won' is not what belongs here"),
        ("end 1230", "digest abcdefab\nend 1230", "line 35: 11 digests and 1 frames for a flight of 1230 ticks"),
        ("seed 7", "seed 07", "is not written as this game writes a replay"),
        ("frame 1552.10", "frame 1552.1", "line 32: '1552.1' is not what belongs here"),
    ],
)
def test_a_bad_line_is_named(old: str, new: str, said: str) -> None:
    """The sentence says where the reading stopped, and why."""
    text = REPLAY.text()
    assert old in text
    assert refusal(resealed(text.replace(old, new, 1))) == f"a.replay: {said}"


def test_a_flight_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    """A file longer than any flight is not read to its end."""
    path = tmp_path / "long.replay"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 4)
    with pytest.raises(ReplayError, match="is too long for a replay"):
        read_replay(path)


def test_no_text_and_no_file_are_refused(tmp_path: Path) -> None:
    """Bytes that are no text, a folder and nothing at all get their sentence too."""
    path = tmp_path / "noise.replay"
    path.write_bytes(bytes(range(256)))
    for bad in (path, tmp_path, tmp_path / "none.replay"):
        with pytest.raises(ReplayError, match=bad.name):
            read_replay(bad)


def test_names_are_made_fit_for_one_line() -> None:
    """A pilot's file may be called anything; the header stays one printable line."""
    odd = replace(REPLAY, header=replace(HEADER, pilot=as_name("script:a\nend 5" + "x" * 300)))
    assert parse_replay(odd.text(), "a.replay").header.pilot.startswith("script:a?end 5xxx")


def test_changed_line_ends_are_named(tmp_path: Path) -> None:
    """CRLF is what git or an editor makes of it; .gitattributes keeps git from it."""
    path = tmp_path / "a.replay"
    path.write_bytes(REPLAY.text().replace("\n", "\r\n").encode())
    with pytest.raises(ReplayError, match="its line ends were changed from LF to CRLF"):
        read_replay(path)
    assert "*.replay -text" in (Path(__file__).parents[2] / ".gitattributes").read_text("utf-8").splitlines()
