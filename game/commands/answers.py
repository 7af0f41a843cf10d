"""How a command answers: its exit code, and sentences on stderr about what is wrong with what was asked."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

import click

from game.commands.output import printable, silence
from game.content.errors import InputError

ALIVE: Final = 0
LOST: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130

_MOST_PROBLEMS: Final = 20
_LONGEST_PROBLEM: Final = 1000
_LONG_TOKEN: Final = re.compile(r"""(?<=['"(])[^'"()\s]{41,}(?=['")])""")


class BadInputError(click.ClickException):
    """What is wrong with what was asked: a sentence for each thing."""

    exit_code = BAD_INPUT

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@contextmanager
def sentences() -> Iterator[None]:
    """Turns what a room says about bad input into sentences on stderr and exit code 2."""
    try:
        yield
    except InputError as error:
        raise BadInputError(*error.problems) from error


def complain(problems: Iterable[str]) -> None:
    """Say on stderr what is wrong, a line each. Where nobody can be told, the exit code has to do."""
    said = [printable(_LONG_TOKEN.sub(lambda token: f"{token[0][:37]}...", problem)) for problem in problems]
    more = len(said) - _MOST_PROBLEMS
    if more > 0:
        said[_MOST_PROBLEMS:] = [f"and {more} more"]
    try:
        for line in said:
            click.echo(f"skycrane: {line[:_LONGEST_PROBLEM]}{'...' * (len(line) > _LONGEST_PROBLEM)}", err=True)
    except OSError:
        silence(sys.stderr)
