"""The replay file: everything that makes a flight, as a small text that a person can read.

    skycrane replay 1
    game 0.1.0
    rules 1
    level sky-crane
    content 6d0b...                     hash of the resolved FlightSpec
    seed 7
    mode manual
    dispersed no
    pilot autopilot
    platform linux-x86_64-...           whose arithmetic the digests belong to
    run 96 0 128 0 0 0 0                ticks, then tilt throttle reel mark action, then who held what (mixer.Hands)
    run 24 3 128 0 0 0 0
    digest 5f0c...                      of the state after each full second; runs end there
    frame 1552.10 20.31 1552.00 24.12   every ten seconds of a flight still undecided: x and y of rover and stage, m
    end 4321 landed landed 9640 77aa... ticks, outcome, reason, score, last digest
    sum 19c4...                         hash of all the lines above

It always begins at tick 0, and there is exactly one way to write a given flight.

A flight that is still being flown is kept as a journal (journal.py): the same lines as far as they go, after a first
line of its own, `skycrane replay 1 journal`. So a replay that lost its end never passes for one cut off in flight.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from game.content.errors import InputError
from game.pilots.mixer import Hands
from game.record.files import read_whole
from game.record.names import LONGEST_NAME
from game.sim.command import Command
from game.sim.events import Reason
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ

FORMAT: Final = 1
FRAME_TICKS: Final = 10 * TICK_HZ
MAX_TICKS: Final = 3600 * TICK_HZ  # longer than any level; each level's own max_ticks is checked when it is flown
MAX_BYTES: Final = 32_000_000

FIRST_LINE: Final = f"skycrane replay {FORMAT}"
JOURNAL_LINE: Final = f"{FIRST_LINE} journal"

_FIRST: Final = re.compile(r"skycrane replay (\d{1,6})( journal)?")
_WHOLE_SECOND: Final = re.compile(r"^digest [0-9a-f]{8,128}\n(?:frame [-0-9. ]{1,80}\n)?", re.MULTILINE)
_NUMBER: Final = re.compile(r"-?\d{1,9}", re.ASCII)
_SEED: Final = re.compile(r"\d{1,19}", re.ASCII)
_HEX: Final = re.compile(r"[0-9a-f]{8,128}")
_METRES: Final = re.compile(r"-?\d{1,9}\.\d\d", re.ASCII)
_VERSION: Final = re.compile(r"[0-9A-Za-z.+-]{1,40}")


class ReplayError(InputError):
    """A replay that cannot be read or cannot be flown here; str() is one sentence that names the file."""


@dataclass(frozen=True, slots=True)
class Header:
    """What was flown, and by which game."""

    game_version: str
    rules_version: int
    level: str
    content: str
    seed: int
    mode: str
    dispersed: bool
    pilot: str
    platform: str


@dataclass(frozen=True, slots=True)
class Run:
    """The same command for a number of ticks."""

    ticks: int
    command: Command
    hands: Hands


@dataclass(frozen=True, slots=True)
class Frame:
    """Where rover and descent stage were, to compare with a flight on another platform."""

    rover_x_m: float
    rover_y_m: float
    stage_x_m: float
    stage_y_m: float


@dataclass(frozen=True, slots=True)
class End:
    """How it came out."""

    ticks: int
    outcome: Outcome
    reason: Reason
    score: int
    digest: str


@dataclass(frozen=True, slots=True)
class Replay:
    """One whole flight. `digests[i]` is of the state after second i + 1, `frames[i]` after ten times that."""

    header: Header
    runs: tuple[Run, ...]
    digests: tuple[str, ...]
    frames: tuple[Frame, ...]
    end: End

    @property
    def ticks(self) -> int:
        return self.end.ticks

    def text(self) -> str:
        """The file, to the last byte."""
        end = self.end
        lines = [FIRST_LINE, *header_lines(self.header), *_flown_lines(self)]
        lines.append(f"end {end.ticks} {end.outcome} {end.reason} {end.score} {end.digest}")
        body = "".join(f"{line}\n" for line in lines)
        return f"{body}sum {_sum(body)}\n"


@dataclass(frozen=True, slots=True)
class CutOff:
    """A flight that was cut off while it was flown, up to its last whole second: as a `Replay`, but without an end.

    It has no outcome and no score, and nothing that asks for a replay takes it.
    """

    header: Header
    runs: tuple[Run, ...]
    digests: tuple[str, ...]
    frames: tuple[Frame, ...]

    @property
    def ticks(self) -> int:
        return TICK_HZ * len(self.digests)

    def text(self) -> str:
        """The journal up to here, to the last byte."""
        return "".join(f"{line}\n" for line in (JOURNAL_LINE, *header_lines(self.header), *_flown_lines(self)))


Record: TypeAlias = Replay | CutOff


def header_lines(header: Header) -> Iterator[str]:
    """The lines of a file between its first one and the flight."""
    yield f"game {header.game_version}"
    yield f"rules {header.rules_version}"
    yield f"level {header.level}"
    yield f"content {header.content}"
    yield f"seed {header.seed}"
    yield f"mode {header.mode}"
    yield f"dispersed {'yes' if header.dispersed else 'no'}"
    yield f"pilot {header.pilot}"
    yield f"platform {header.platform}"


def run_line(run: Run) -> str:
    command = run.command
    return (
        f"run {run.ticks} {command.tilt} {command.throttle} {command.reel} {command.mark} "
        f"{int(command.action)} {int(run.hands)}"
    )


def digest_line(digest: str) -> str:
    return f"digest {digest}"


def frame_line(frame: Frame) -> str:
    return f"frame {frame.rover_x_m:.2f} {frame.rover_y_m:.2f} {frame.stage_x_m:.2f} {frame.stage_y_m:.2f}"


def _flown_lines(record: Record) -> Iterator[str]:
    tick = 0
    for run in record.runs:
        yield run_line(run)
        tick += run.ticks
        if tick % TICK_HZ == 0:
            yield digest_line(record.digests[tick // TICK_HZ - 1])
        if tick % FRAME_TICKS == 0 and tick // FRAME_TICKS <= len(record.frames):
            yield frame_line(record.frames[tick // FRAME_TICKS - 1])


def read_replay(path: Path) -> Replay:
    """The replay in a file. Raises ReplayError, never anything else, whatever the file holds and whatever it is."""
    return parse_replay(_text_of(path), str(path))


def read_record(path: Path) -> Record:
    """The replay in a file, or what a journal there holds. Raises ReplayError as `read_replay` does."""
    return parse_record(_text_of(path, journals=True), str(path))


def parse_record(text: str, name: str) -> Record:
    """The replay or the journal that a text holds, each told by its first line. Raises ReplayError."""
    if text.partition("\n")[0] == JOURNAL_LINE:
        return _parse_journal(text, name)
    return parse_replay(text, name)


def parse_replay(text: str, name: str) -> Replay:
    """The replay that a text holds; `name` stands for the file in what is said about it. Raises ReplayError."""
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half a character, as JSON can name it
        raise ReplayError(f"{name}: is not a replay of this game") from error
    first_line = text.partition("\n")[0]
    if first_line.endswith("\r") and _FIRST.fullmatch(first_line[:-1]):
        raise ReplayError(f"{name}: its line ends were changed from LF to CRLF, perhaps by git or an editor")
    first = _FIRST.fullmatch(first_line)
    if first is None:
        raise ReplayError(f"{name}: is not a replay of this game")
    if int(first[1]) != FORMAT:
        raise ReplayError(f"{name}: is written in format {int(first[1])}, this game reads format {FORMAT}")
    if first[2]:
        raise ReplayError(f"{name}: is of a flight that was cut off while it was flown, and has no outcome")
    body, mark, total = text.rpartition("\nsum ")
    if not mark or not text.endswith("\n"):
        raise ReplayError(f"{name}: is cut off before its end")
    body += "\n"
    if total != f"{_sum(body)}\n":
        raise ReplayError(f"{name}: is damaged: what it holds does not match its checksum")
    replay = _read(body, name, _Reader.replay)
    if replay.text() != text:
        raise ReplayError(f"{name}: is not written as this game writes a replay")
    return replay


def _parse_journal(text: str, name: str) -> CutOff:
    """Up to the last whole second. What stands after it, a second at most, is no part of the record: the second that
    was being written, or what a disk makes of that when the power fails.
    """
    ends = [found.end() for found in _WHOLE_SECOND.finditer(text)]
    if not ends:
        raise ReplayError(f"{name}: is of a flight that was cut off in its first second")
    body = text[: ends[-1]]
    record = _read(body, name, _Reader.cut_off)
    if record.text() != body:
        raise ReplayError(f"{name}: is not written as this game writes a journal")
    return record


T = TypeVar("T")


def _read(body: str, name: str, read: Callable[[_Reader], T]) -> T:
    try:
        return read(_Reader(body.split("\n")[1:-1]))
    except _WrongLineError as wrong:
        raise ReplayError(f"{name}: line {wrong.line}: {wrong}") from None


def _text_of(path: Path, *, journals: bool = False) -> str:
    """Where `journals` can be read, bytes that are no text may stand at the end of one."""
    try:
        data = read_whole(path, MAX_BYTES)
    except InputError as error:
        raise ReplayError(*error.problems) from error
    if data is None:
        raise ReplayError(f"{path}: is too long for a replay")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if journals and data.startswith(f"{JOURNAL_LINE}\n".encode()):
            return data.decode("utf-8", "replace")
        raise ReplayError(f"{path}: is not a replay of this game") from error


class _WrongLineError(Exception):
    def __init__(self, line: int, what: str) -> None:
        self.line = line
        super().__init__(what)


class _Reader:
    """Reads the lines after the first, from top to bottom; believes nothing."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._next = 0

    def replay(self) -> Replay:
        header = self._header()
        runs, digests, frames, end = self._flown()
        if end is None:
            raise self._wrong("the record stops here, without an end")
        if self._next != len(self._lines):
            raise self._wrong("something follows the end")
        ticks = sum(run.ticks for run in runs)
        if end.ticks != ticks or ticks == 0:
            raise self._wrong(f"{ticks} ticks of commands for a flight of {end.ticks}")
        self._check_counts(ticks, digests, frames)
        return Replay(header, runs, digests, frames, end)

    def cut_off(self) -> CutOff:
        header = self._header()
        runs, digests, frames, end = self._flown()
        if end is not None:
            raise self._wrong("a journal has no end")
        self._check_counts(sum(run.ticks for run in runs), digests, frames)
        return CutOff(header, runs, digests, frames)

    def _flown(self) -> tuple[tuple[Run, ...], tuple[str, ...], tuple[Frame, ...], End | None]:
        """All runs, digests and frames, and the end; None where the lines stop without one."""
        runs: list[Run] = []
        digests: list[str] = []
        frames: list[Frame] = []
        end: End | None = None
        ticks = 0
        while end is None and self._next < len(self._lines):
            word, values = self._line()
            match word:
                case "run":
                    run = self._run(values)
                    if runs and ticks % TICK_HZ and (runs[-1].command, runs[-1].hands) == (run.command, run.hands):
                        raise self._wrong("this run belongs to the one before")
                    runs.append(run)
                    ticks += run.ticks
                    if ticks > MAX_TICKS:
                        raise self._wrong("the flight is longer than any level allows")
                case "digest":
                    digests.append(self._matched(values, _HEX))
                case "frame":
                    frames.append(self._frame(values))
                case "end":
                    end = self._end(values)
                case _:
                    raise self._wrong(f"'{word[:20]}' has no place here")
        return tuple(runs), tuple(digests), tuple(frames), end

    def _check_counts(self, ticks: int, digests: Sequence[str], frames: Sequence[Frame]) -> None:
        if len(digests) != ticks // TICK_HZ or len(frames) > ticks // FRAME_TICKS:
            raise self._wrong(f"{len(digests)} digests and {len(frames)} frames for a flight of {ticks} ticks")

    def _header(self) -> Header:
        return Header(
            game_version=self._entry("game", _VERSION),
            rules_version=int(self._entry("rules", _NUMBER)),
            level=self._text("level"),
            content=self._entry("content", _HEX),
            seed=int(self._entry("seed", _SEED)),
            mode=self._text("mode"),
            dispersed=self._one_of(self._text("dispersed"), ("no", "yes")) == "yes",
            pilot=self._text("pilot"),
            platform=self._text("platform"),
        )

    def _line(self) -> tuple[str, str]:
        if self._next == len(self._lines):
            raise self._wrong("the record stops here, without an end")
        word, _, values = self._lines[self._next].partition(" ")
        self._next += 1
        return word, values

    def _text(self, key: str) -> str:
        word, value = self._line()
        if word != key:
            raise self._wrong(f"'{key}' should stand here")
        if not value or len(value) > LONGEST_NAME or not value.isprintable():
            raise self._wrong(f"{key}: is no name")
        return value

    def _entry(self, key: str, pattern: re.Pattern[str]) -> str:
        return self._matched(self._text(key), pattern)

    def _run(self, values: str) -> Run:
        numbers = [int(self._matched(value, _NUMBER)) for value in values.split(" ")]
        if len(numbers) != 7:
            raise self._wrong("a run has seven numbers")
        ticks, tilt, throttle, reel, mark, action, hands = numbers
        if not 1 <= ticks <= TICK_HZ or action not in {0, 1} or not 0 <= hands <= Hands.ALL:
            raise self._wrong("a number of this run is out of range")
        try:
            return Run(ticks, Command(tilt, throttle, reel, mark, bool(action)), Hands(hands))
        except ValueError as error:
            raise self._wrong(str(error)) from error

    def _frame(self, values: str) -> Frame:
        metres = [float(self._matched(value, _METRES)) for value in values.split(" ")]
        if len(metres) != 4:
            raise self._wrong("a frame has four numbers")
        return Frame(*metres)

    def _end(self, values: str) -> End:
        parts = values.split(" ")
        if len(parts) != 5:
            raise self._wrong("an end has five entries")
        ticks, outcome, reason, score, digest = parts
        return End(
            int(self._matched(ticks, _NUMBER)),
            Outcome(self._one_of(outcome, tuple(Outcome))),
            Reason(self._one_of(reason, tuple(Reason))),
            int(self._matched(score, _NUMBER)),
            self._matched(digest, _HEX),
        )

    def _matched(self, value: str, pattern: re.Pattern[str]) -> str:
        if not pattern.fullmatch(value):
            raise self._wrong(f"'{value[:20]}' is not what belongs here")
        return value

    def _one_of(self, value: str, words: tuple[str, ...]) -> str:
        if value not in words:
            raise self._wrong(f"'{value[:20]}' is not what belongs here")
        return value

    def _wrong(self, what: str) -> _WrongLineError:
        return _WrongLineError(self._next + 1, what)


def _sum(body: str) -> str:
    return blake2b(body.encode(), digest_size=8).hexdigest()
