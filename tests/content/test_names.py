"""docs/flight-names.md names everything that a script or a check may, and nothing else."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields

import pytest

from game.content.checks import check_misfits
from game.content.figures import Group, Leaf, figures
from game.content.keys import meanings_of
from game.pilots.script_text import NUMBERS, YES_OR_NO, parse_lines
from game.report import FlightReport, PartDown
from game.scoring import Score
from game.sim.events import Event, EventName
from game.sim.judge import Touchdown
from game.sim.peaks import Peaks
from game.sim.snapshot import Nav
from tests.content.names import PAGE, tables
from tests.pages import page_with

TEXT = PAGE.read_text("utf-8")


@pytest.mark.parametrize("name", tables())
def test_the_tables_are_those_of_the_code(name: str) -> None:
    """Nobody writes them by hand: run python -m tests.content.names after a change."""
    assert page_with(name, tables()[name], TEXT) == TEXT, "run: python -m tests.content.names"


@pytest.mark.parametrize("record", [FlightReport, PartDown, Touchdown, Score, Peaks, Event])
def test_every_figure_of_a_record_has_its_line(record: type) -> None:
    """In its docstring, in the order of the record, and none without a figure."""
    assert list(meanings_of(record.__doc__ or "")) == [field.name for field in fields(record)]


def test_everything_that_the_craft_knows_has_its_line() -> None:
    """And every event."""
    assert list(meanings_of(Nav.__doc__ or "")) == list(Nav._fields)
    assert list(meanings_of(EventName.__doc__ or "")) == list(EventName)


def test_whatever_a_script_may_test_stands_there() -> None:
    """Each name of the tables in a line of a script that is read."""
    for name in NUMBERS:
        assert f"| `{name}` |" in TEXT
        parse_lines(f"when {name} > 1 action", "a.txt")
    for name in YES_OR_NO:
        assert f"| `{name}` |" in TEXT
        parse_lines(f"when not {name} action", "a.txt")
    (written,) = re.findall(r"((?:^    when .+\n)+)", TEXT, re.MULTILINE)
    assert len(parse_lines(written, "a.txt")) == 2


def test_whatever_a_check_may_bound_stands_there() -> None:
    """Each leaf of the report, those of events and parts once for all of them."""
    for path in _paths(figures(), ()):
        words = ".".join(path)
        for head, name in (("events", "EVENT"), ("parts", "PART")):
            words = re.sub(rf"^{head}\.[^.]+", f"{head}.{name}", words)
        assert f"| `{words}` |" in TEXT


def test_the_bounds_of_the_page_are_bounds() -> None:
    """As they stand there."""
    lines = re.findall(r"^    (expect\..+)$", TEXT, re.MULTILINE)
    assert len(lines) == 5
    check = tomllib.loads("\n".join(["name = 'a'", "pilot = 'idle'", *lines]))
    assert list(check_misfits({"check": [check]})) == []


def _paths(group: Group, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    if group.free:
        return [(*path, "FIGURE")]
    found = []
    for name, shape in group.below.items():
        found += [(*path, name)] if isinstance(shape, Leaf) else _paths(shape, (*path, name))
    return found
