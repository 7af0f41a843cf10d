"""`skycrane check`: what levels ask of flights of themselves, flown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

import click

from game.commands.answers import ALIVE, LOST, BadInputError, sentences
from game.commands.output import LiveOutput, ProgressLine, printable, say
from game.commands.words import WholeNumber
from game.content.errors import InputError
from game.content.levels import level_ids
from game.lab.check import Result, Subject, run_checks, subject_of
from game.lab.check_words import as_json as result_json
from game.lab.check_words import kept_cell, row
from game.lab.check_words import sentences as told
from game.lab.level_files import level_files_in
from game.lab.runners import MOST_JOBS

_HEAD: Final = ("level", "check", "flights", "kept", "verdict")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--jobs", type=WholeNumber(1, MOST_JOBS), default=1, metavar="J", help="So many flights at a time.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of the table.")
def check(paths: tuple[str, ...], jobs: int, as_json: bool) -> int:
    """Fly the checks of levels: what their [[check]] tables ask.

    PATH is a level file, a folder of them, or a level of the game; without one, all levels of the game. Ends with 0
    when every check is kept, 1 when one is broken, 2 for bad input, before anything is flown.
    """
    with sentences():
        subjects = _subjects(paths)
        unchecked = [subject.label for subject in subjects if not subject.level.checks]
        if as_json:
            results = list(_flown(subjects, jobs))
            found = {"checks": [result_json(result) for result in results], "unchecked": unchecked}
            say(json.dumps(found, indent=2, allow_nan=False))
        else:
            results = _tabled(subjects, unchecked, jobs)
    return ALIVE if all(result.passed for result in results) else LOST


def _tabled(subjects: list[Subject], unchecked: list[str], jobs: int) -> list[Result]:
    """Each row of the table as soon as it is known, then what is broken."""
    output, results = LiveOutput(), []
    labels = [_HEAD[0], *(subject.label for subject in subjects)]
    checks = [each for subject in subjects for each in subject.level.checks]
    names = [_HEAD[1], *(each.name for each in checks)]
    kept = [_HEAD[3], *(kept_cell(len(each.seeds), each) for each in checks)]
    widths = (max(map(len, labels)), max(map(len, names)), len(_HEAD[2]), max(map(len, kept)))
    if checks:
        output.say(_line(_HEAD, widths))
    for result in _flown(subjects, jobs):
        results.append(result)
        output.say(_line(row(result), widths))
    for label in unchecked:
        output.say(printable(f"{label}: has no checks"))
    broken = [printable(line) for result in results for line in told(result)]
    if broken:
        output.say("\n".join(["", *broken]))
    output.close()
    return results


def _flown(subjects: list[Subject], jobs: int) -> Iterator[Result]:
    """Each result as it is known; between them, on a terminal, how far the flights are: they may take minutes."""
    flights = sum(len(each.seeds) for subject in subjects for each in subject.level.checks)
    done = count(1)
    with ProgressLine() as line:
        for result in run_checks(subjects, jobs, lambda: line.show(f"{next(done)} of {flights} flights")):
            line.clear()
            yield result


def _line(cells: tuple[str, ...], widths: tuple[int, ...]) -> str:
    cells = tuple(map(printable, cells))
    return "  ".join([*(cell.ljust(width) for cell, width in zip(cells, widths, strict=False)), cells[-1]])


def _subjects(paths: tuple[str, ...]) -> list[Subject]:
    """Every level that is meant, once. Raises BadInputError with all that is wrong with all of them."""
    problems: list[str] = []
    names: list[str] = []
    for path in paths or level_ids():
        if paths and Path(path).is_dir():
            found = [str(file) for file in level_files_in(Path(path))]
            if not found:
                problems.append(f"{path}: has no level file in it")
            names += found
        else:
            names.append(path)
    subjects: dict[Path, Subject] = {}
    for name in names:
        try:
            subject = subject_of(name)
        except InputError as error:
            problems += error.problems
        else:
            subjects.setdefault(subject.level.file.resolve(), subject)
    if problems:
        raise BadInputError(*dict.fromkeys(problems))
    return list(subjects.values())
