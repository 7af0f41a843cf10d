"""The table of a dispersion as a file: written while it is flown, taken up again when it was cut off.

A CSV: lines that begin with `#` say what was flown, the next names the columns, then a row for each flight. While it is
flown, each row is added when its flight is over; when all are there, the file is written anew in the order of seeds.
So it is the same to the last byte, in however many pieces, processes or orders it was flown. The last cell of a row is
a checksum of the others and of what the head says, so that a row that somebody has changed is known.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from io import BufferedWriter
from math import isfinite
from pathlib import Path
from typing import Final

from game.content.errors import InputError
from game.lab.dispersions import TEXTS, WHOLE, Cell, Job, Row, columns_of, drawn_for
from game.record.files import OutputError, file_behind, read_whole, write_whole

_FIRST: Final = "# skycrane disperse, table 1"
_MOST_BYTES: Final = 1_000_000_000
_SEEDS: Final = "seeds"
_CHECK: Final = "check"
_MOST_NAMES: Final = 1000
_TELLS: Final = {  # what a file may say otherwise, as half a sentence
    "level": "is of the level {theirs}, not of {ours}",
    "pilot": "was flown by {theirs}, not by {ours}",
    "script": "was flown by another state of its script: {theirs}, now {ours}",
    "mode": "was flown in {theirs}, not in {ours}",
    "game": "was flown by skycrane {theirs}, not {ours}",
    "rules": "was flown by rules version {theirs}, not {ours}",
    "code": "was flown by other code of the game: {theirs}, now {ours}",
    "content": "is of another state of its level: {theirs}, now {ours}",
    "platform": "was flown on {theirs}, and this is {ours}, whose last digits differ",
}


class TableError(InputError):
    """A file that is no table of what is asked for; str() is one sentence, and the file is as it was."""


class ReplacedError(TableError):
    """Another file has come where ours was while we flew; str() says where our rows are."""


class _Unfit(Exception):
    """What is wrong with what stands in a file, as half a sentence."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file holds: its rows as they were written, and the seeds that it was begun for."""

    rows: dict[int, Row]
    seeds: range


class Table:
    """The rows of one dispersion, in memory and, with a path, safe in its file as soon as they are added."""

    def __init__(self, job: Job, seeds: range, path: Path | None = None) -> None:
        """Take up what the file holds already. Nothing is written before `begin`.

        Nobody else may write it meanwhile: see `only_writer`. Raises TableError when it holds something else, and
        UnreadableError.
        """
        self._job, self._path = job, path
        self._seeds = seeds
        self.columns = columns_of(job.level)
        self._key = "\n".join(f"{key}: {value}" for key, value in self._claims().items()).encode() + b"\n"
        self._by_seed: dict[int, Row] = {}
        self._text: str | None = None  # of the file, as far as it is known
        self._left: os.stat_result | None = None  # the file as we left it,
        self._most_bytes = 0  # and how long it is when what we are writing now is in it too
        self._begun = False
        self._file: BufferedWriter | None = None
        self._lasting = path is not None and file_behind(path) is not None
        if path is not None and self._lasting and path.exists():
            data = read_whole(path, _MOST_BYTES)
            if data:
                self._take(path, data)
                self._see(path)
            elif data is None:
                raise TableError(f"{path}: is longer than any table of `skycrane disperse`; name another file")

    @property
    def path(self) -> Path | None:
        """Where the rows are kept; None when nobody keeps them before the end."""
        return self._path if self._lasting else None

    @property
    def missing(self) -> list[int]:
        """The seeds that are still to be flown."""
        return [seed for seed in self._seeds if seed not in self._by_seed]

    @property
    def rows(self) -> list[Row]:
        """In the order of the seeds."""
        return [self._by_seed[seed] for seed in self._seeds if seed in self._by_seed]

    @property
    def text(self) -> str:
        """The file, as far as it has been flown."""
        return "".join(f"{line}\n" for line in (*self._head(), *(self._line(row) for row in self.rows)))

    def begin(self) -> None:
        """Put down what is there, without a torn last line, so that rows can be added.

        Raises OutputError; and ReplacedError, as the other two do, when another file has come in its place.
        """
        if self._path is None or not self._lasting:
            return
        there = self._is_there(self._path)
        self._begun = True
        if not there or self.text != self._text:
            self._put(self._path)
        self._open(self._path)

    def add(self, row: Row) -> None:
        """Keep a row: when this returns, not even a power cut takes it. Raises OutputError, ReplacedError."""
        seed = row["seed"]
        if not isinstance(seed, int) or seed not in self._seeds:
            raise ValueError(f"no row of this table: {seed}")
        if self._begun and self._path is not None:
            if not self._is_there(self._path):
                self._shut(self._path)
                self._put(self._path)
                self._open(self._path)
            self._append(self._path, f"{self._line(row)}\n".encode())
        self._by_seed[seed] = row

    def close(self) -> None:
        """Nothing more is added; when all rows are there, the file has them in their order.

        Raises OutputError, ReplacedError.
        """
        if self._path is None or not self._begun:
            return
        there = self._is_there(self._path)
        self._begun = False
        self._shut(self._path)
        if not there or (not self.missing and self.text != self._text):
            self._put(self._path)

    # --- writing ---

    def _open(self, path: Path) -> None:
        if self.missing:
            with _sentences(path):
                self._file = path.open("ab")

    def _shut(self, path: Path) -> None:
        file, self._file = self._file, None
        if file is not None:
            with _sentences(path):
                file.close()

    def _append(self, path: Path, line: bytes) -> None:
        if self._file is None or self._left is None:
            raise ValueError("a table is begun before a row is added")
        # Told first: whoever interrupts us now, or a full disk, leaves a part of it in our file.
        self._most_bytes = self._left.st_size + len(line)
        with _sentences(path):
            self._file.write(line)
            self._file.flush()
            os.fsync(self._file.fileno())
            self._left = os.fstat(self._file.fileno())

    def _put(self, path: Path) -> None:
        """Write all that we have under this name."""
        text = self.text
        write_whole(path, text)
        self._text = text
        self._see(path)

    def _see(self, path: Path) -> None:
        """Remember the file as it is now, to know it again."""
        with _sentences(path):
            self._left = path.stat()
            self._most_bytes = self._left.st_size

    def _is_there(self, path: Path) -> bool:
        """Whether our file still stands there: False when there is none.

        Raises ReplacedError, with our rows in a file beside it, when there is another one, or somebody has written it.
        """
        with _sentences(path):
            try:
                now = path.stat()
            except FileNotFoundError:
                return False
        left = self._left
        if left is not None and os.path.samestat(now, left) and left.st_size <= now.st_size <= self._most_bytes:
            return True
        if left is None and not now.st_size:  # empty, it was one of nobody when we came, and is
            return False
        if not self._by_seed:
            self._begun = False
            raise ReplacedError(f"{path}: has been written by somebody else meanwhile; name another file")
        names = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(2, _MOST_NAMES))
        beside = next((name for name in names if not name.exists()), None)
        if beside is None:
            raise OutputError(f"{path}: has been written by somebody else meanwhile, and no name beside it is free")
        self._begun = False
        self._shut(path)
        self._put(beside)
        self._path = beside
        raise ReplacedError(f"{path}: has been written by somebody else meanwhile, and stays so; see {beside}")

    def _head(self) -> Iterable[str]:
        yield _FIRST
        for key, value in (*self._claims().items(), (_SEEDS, _words(self._seeds))):
            yield f"# {key}: {value}"
        yield self._names

    @property
    def _names(self) -> str:
        return ",".join((*self.columns, _CHECK))

    def _claims(self) -> dict[str, str]:
        """What every row depends on."""
        job, ours = self._job, self._job.identity
        claims = {
            "level": job.level_label, "content": job.content, "game": ours.game, "rules": str(ours.rules),
            "code": ours.code, "platform": ours.platform, "pilot": job.label, "mode": job.mode.value,
        }  # fmt: skip
        return claims if job.script is None else claims | {"script": job.script_hash}

    def _line(self, row: Row) -> str:
        cells = ",".join(_written(row[column]) for column in self.columns)
        return f"{cells},{blake2b(self._key + cells.encode(), digest_size=4).hexdigest()}"

    # --- reading ---

    def _take(self, path: Path, data: bytes) -> None:
        try:
            text = data.decode("utf-8")
            found = self._read(text)
        except UnicodeDecodeError:
            raise TableError(f"{path}: is no table of `skycrane disperse`; name another file") from None
        except _Unfit as unfit:
            raise TableError(f"{path}: {unfit}; name another file") from None
        theirs = found.seeds
        if theirs and not (theirs[0] in self._seeds and theirs[-1] in self._seeds):
            raise TableError(
                f"{path}: has the seeds {_words(theirs)}, of which {_words(self._seeds)} would lose some; "
                "ask for all of them, or name another file"
            )
        self._by_seed, self._text = found.rows, text

    def _read(self, text: str) -> _Found:
        lines = text.split("\n")[:-1]  # what no line's end follows was being written, or is nothing
        if text.startswith(f"{_FIRST}\r"):
            raise _Unfit("has had its line ends changed, to those of Windows (CR LF), as editors and spreadsheets do")
        if text.startswith(f"\ufeff{_FIRST}"):
            raise _Unfit("has had a byte order mark put before it, as editors and spreadsheets do")
        if not lines or lines[0] != _FIRST:
            raise _Unfit("is no table of `skycrane disperse`")
        said: dict[str, str] = {}
        number = next((at for at, line in enumerate(lines) if not line.startswith("#")), None)
        if number is None:
            raise _Unfit("is cut off before its rows")
        for at, line in enumerate(lines[1:number], 2):
            key, _, value = line.removeprefix("# ").partition(": ")
            if key in said or key not in {*_TELLS, _SEEDS}:
                raise _Unfit(f"has been changed: line {at} is none of the lines that stand before its rows")
            said[key] = value
        self._check(said)
        seeds = _seeds_in(said.get(_SEEDS, ""))
        if lines[number] != self._names:
            raise _Unfit("has other columns")
        rows: dict[int, Row] = {}
        for at, line in enumerate(lines[number + 1 :], number + 2):
            row = self._row(line)
            seed = row["seed"] if row else None
            if row is None or not isinstance(seed, int) or seed not in seeds or rows.get(seed, row) != row:
                raise _Unfit(f"has been changed or damaged: line {at} is not as it was written")
            rows[seed] = row
        return _Found(rows, seeds)

    def _check(self, said: dict[str, str]) -> None:
        """Raise _Unfit unless a file says of itself what we should."""
        ours = self._claims()
        for key, tells in _TELLS.items():
            if said.get(key) != ours.get(key):
                raise _Unfit(tells.format(theirs=said.get(key, "nobody knows what"), ours=ours.get(key, "none")))

    def _row(self, line: str) -> Row | None:
        """The row in this line; None unless it is written as we write one, and drawn as that seed draws."""
        cells = line.split(",")
        if len(cells) != len(self.columns) + 1:
            return None
        try:
            row = {column: _read_cell(column, cell) for column, cell in zip(self.columns, cells[:-1], strict=True)}
        except ValueError:
            return None
        seed = row["seed"]
        if self._line(row) != line or not isinstance(seed, int):
            return None
        drawn = drawn_for(self._job.spec, seed)
        return row if all(row[column] == value for column, value in drawn.items()) else None


def _written(cell: Cell) -> str:
    """Numbers as JSON has them: read again, they are the same to the last bit."""
    return "" if cell is None else repr(cell) if isinstance(cell, int | float) else cell


def _read_cell(column: str, text: str) -> Cell:
    """Raises ValueError."""
    if column in TEXTS:
        if not TEXTS[column](text):
            raise ValueError(text)
        return text
    if column in WHOLE:
        return int(text)
    if not text:
        return None
    value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return value


def _words(seeds: Sequence[int]) -> str:
    return f"{seeds[0]} to {seeds[-1]}"


def _seeds_in(text: str) -> range:
    first, to, last = text.partition(" to ")
    if not (to and first.isascii() and first.isdigit() and last.isascii() and last.isdigit() and len(last) < 20):
        raise _Unfit("does not say which seeds it is of")
    return range(int(first), int(last) + 1)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Whatever the disk says becomes one sentence."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or type(error).__name__}") from error
