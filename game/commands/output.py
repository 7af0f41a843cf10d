"""Standard output: lines, tables, and what to do when nobody takes them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from typing import Self, TextIO

import click

from game.content.errors import InputError


class NoOutputError(InputError):
    """Standard output cannot be written, and not because its reader has left; str() is one sentence."""


def say(text: str) -> None:
    """Print a line, or several, at once. A reader who has had enough (`| head`) is no error; a full disk is.

    Raises NoOutputError.
    """
    try:
        click.echo(text)
    except OSError as error:
        silence(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            raise NoOutputError(f"standard output cannot be written: {error.strerror}") from error


class LiveOutput:
    """Lines that are printed while something else goes on, which a full disk must not stop: `close` tells of it."""

    def __init__(self) -> None:
        self._failure: NoOutputError | None = None

    def say(self, line: str) -> None:
        if self._failure is None:
            try:
                say(line)
            except NoOutputError as error:
                self._failure = error

    def close(self) -> None:
        """Raises NoOutputError if a line could not be printed."""
        if self._failure is not None:
            raise self._failure


class ProgressLine:
    """A line on a terminal's stderr that is written over again and again, and leaves nothing; elsewhere nothing."""

    def __init__(self) -> None:
        self._stream = sys.stderr if sys.stderr is not None and sys.stderr.isatty() else None
        self._length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def show(self, text: str) -> None:
        """Have this there, as far as there is room for it."""
        text = printable(text)[: get_terminal_size().columns - 1]
        self._write(f"\r{text.ljust(self._length)}")
        self._length = len(text)

    def clear(self) -> None:
        """Have nothing there, for something else to be printed."""
        if self._length:
            self._write(f"\r{' ' * self._length}\r")
            self._length = 0

    def _write(self, text: str) -> None:
        if self._stream is not None:
            try:
                self._stream.write(text)
                self._stream.flush()
            except OSError:  # an ornament: whatever is wrong there, others tell of it
                self._stream = None


def say_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table: drawn by rich on a terminal, aligned plain text in a pipe."""
    if sys.stdout is not None and sys.stdout.isatty():
        from rich.console import Console  # noqa: PLC0415  a pipe needs no ornament
        from rich.table import Table  # noqa: PLC0415

        table = Table(*head, box=None, header_style="bold")
        for row in rows:
            table.add_row(*row)
        Console(markup=False).print(table)
        return
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows))
    say("\n".join(line.rstrip() for line in lines))


def printable(text: str) -> str:
    """The text with everything that a terminal would obey instead of show written as Python writes it."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def silence(stream: TextIO) -> None:
    """The interpreter flushes once more at its end: give it something that takes everything."""
    with open(os.devnull, "w", encoding="utf-8") as nothing:  # noqa: PTH123, the descriptor is what matters
        os.dup2(nothing.fileno(), stream.fileno())
