"""A small file of a person's own that survives a crash, a full disk and a bad hand.

It is replaced whole or not at all. One that cannot be understood is set aside under another name, never deleted.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from game.content.errors import ContentError
from game.record.files import OutputError, UnreadableError, read_whole, write_whole

_MOST_BYTES: Final = 65_536

T = TypeVar("T")


class KeptFile:
    """Where something is kept between runs; without a path nothing outlasts the run."""

    def __init__(self, path: Path | None = None) -> None:
        self.problems: tuple[str, ...] = ()
        self.set_aside: Path | None = None
        self._path = path
        self._guarded = False  # what is there cannot be read and could not be moved: it is not written over

    def load(self, parse: Callable[[str, str], T]) -> T | None:
        """What `parse(text, file's name)` makes of the file; None when there is none, or none that can be used.

        `parse` raises ContentError for what it cannot use. What was wrong is told by `problems` and `set_aside`; never
        raises.
        """
        if self._path is None:
            return None
        try:
            data = read_whole(self._path, _MOST_BYTES)
        except UnreadableError as error:
            if not isinstance(error.__cause__, FileNotFoundError):
                self.problems, self._guarded = error.problems, True
            return None
        try:
            return parse(_text(data, self._path.name), self._path.name)
        except ContentError as error:
            self._put_aside(self._path, error.problems)
            return None

    def save(self, text: str) -> None:
        """Write the whole file anew.

        Raises OutputError when it cannot be written; what was there before is there still.
        """
        if self._path is None:
            return
        if self._guarded:
            raise OutputError(f"{self._path}: is left as it is, because it could not be read")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{self._path.parent}: cannot be made: {error.strerror}") from error
        write_whole(self._path, text)

    def _put_aside(self, path: Path, problems: tuple[str, ...]) -> None:
        self.problems = problems
        target, number = path.with_suffix(f".bad{path.suffix}"), 1
        while target.exists() or target.is_symlink():
            number += 1
            target = path.with_suffix(f".bad-{number}{path.suffix}")
        try:
            path.rename(target)
        except OSError:
            self._guarded = True
            return
        self.set_aside = target


def table_of(text: str, name: str) -> dict[str, Any]:
    """A file's text as TOML. Raises ContentError with its name."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ContentError([f"{name}: is no TOML: {str(error) or 'nested too deep'}"]) from error


def _text(data: bytes | None, name: str) -> str:
    if data is None:
        raise ContentError([f"{name}: is larger than {_MOST_BYTES:,} bytes"])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError([f"{name}: is no text in UTF-8"]) from error
