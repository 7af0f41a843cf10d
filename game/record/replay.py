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
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from game.content.errors import InputError
from game.pilots.mixer import Hands
from game.record.names import LONGEST_NAME
from game.sim.command import Command
from game.sim.events import Reason
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ

FORMAT: Final = 1
FRAME_TICKS: Final = 10 * TICK_HZ
MAX_TICKS: Final = 3600 * TICK_HZ  # longer than any level; each level's own max_ticks is checked when it is flown
MAX_BYTES: Final = 32_000_000

_FIRST: Final = re.compile(r"skycrane replay (\d{1,6})")
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

    def text(self) -> str:
        """The file, to the last byte."""
        body = "".join(f"{line}\n" for line in self._lines())
        return f"{body}sum {_sum(body)}\n"

    def _lines(self) -> Iterator[str]:
        header, end = self.header, self.end
        yield f"skycrane replay {FORMAT}"
        yield f"game {header.game_version}"
        yield f"rules {header.rules_version}"
        yield f"level {header.level}"
        yield f"content {header.content}"
        yield f"seed {header.seed}"
        yield f"mode {header.mode}"
        yield f"dispersed {'yes' if header.dispersed else 'no'}"
        yield f"pilot {header.pilot}"
        yield f"platform {header.platform}"
        tick = 0
        for run in self.runs:
            command = run.command
            yield (
                f"run {run.ticks} {command.tilt} {command.throttle} {command.reel} {command.mark} "
                f"{int(command.action)} {int(run.hands)}"
            )
            tick += run.ticks
            if tick % TICK_HZ == 0:
                yield f"digest {self.digests[tick // TICK_HZ - 1]}"
            if tick % FRAME_TICKS == 0 and tick // FRAME_TICKS <= len(self.frames):
                frame = self.frames[tick // FRAME_TICKS - 1]
                yield f"frame {frame.rover_x_m:.2f} {frame.rover_y_m:.2f} {frame.stage_x_m:.2f} {frame.stage_y_m:.2f}"
        yield f"end {end.ticks} {end.outcome} {end.reason} {end.score} {end.digest}"


def read_replay(path: Path) -> Replay:
    """The replay in a file. Raises ReplayError, never anything else, whatever the file holds."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReplayError(f"{path}: cannot be read: {reason}") from error
    if len(data) > MAX_BYTES:
        raise ReplayError(f"{path}: is too long for a replay")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReplayError(f"{path}: is not a replay of this game") from error
    return parse_replay(text, str(path))


def parse_replay(text: str, name: str) -> Replay:
    """The replay that a text holds; `name` stands for the file in what is said about it. Raises ReplayError."""
    first_line = text.partition("\n")[0]
    if first_line.endswith("\r") and _FIRST.fullmatch(first_line[:-1]):
        raise ReplayError(f"{name}: its line ends were changed from LF to CRLF, perhaps by git or an editor")
    first = _FIRST.fullmatch(first_line)
    if first is None:
        raise ReplayError(f"{name}: is not a replay of this game")
    if int(first[1]) != FORMAT:
        raise ReplayError(f"{name}: is written in format {int(first[1])}, this game reads format {FORMAT}")
    body, mark, total = text.rpartition("\nsum ")
    if not mark or not text.endswith("\n"):
        raise ReplayError(f"{name}: is cut off before its end")
    body += "\n"
    if total != f"{_sum(body)}\n":
        raise ReplayError(f"{name}: is damaged: what it holds does not match its checksum")
    try:
        replay = _Reader(body.split("\n")[1:-1]).replay()
    except _WrongLineError as wrong:
        raise ReplayError(f"{name}: line {wrong.line}: {wrong}") from None
    if replay.text() != text:
        raise ReplayError(f"{name}: is not written as this game writes a replay")
    return replay


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
        runs: list[Run] = []
        digests: list[str] = []
        frames: list[Frame] = []
        ticks = 0
        while True:
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
                    break
                case _:
                    raise self._wrong(f"'{word[:20]}' has no place here")
        if self._next != len(self._lines):
            raise self._wrong("something follows the end")
        if end.ticks != ticks or ticks == 0:
            raise self._wrong(f"{ticks} ticks of commands for a flight of {end.ticks}")
        if len(digests) != ticks // TICK_HZ or len(frames) > ticks // FRAME_TICKS:
            raise self._wrong(f"{len(digests)} digests and {len(frames)} frames for a flight of {ticks} ticks")
        return Replay(header, tuple(runs), tuple(digests), tuple(frames), end)

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
