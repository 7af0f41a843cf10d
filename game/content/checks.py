"""Checks: what a level asks of flights of itself, read from its [[check]] tables.

Only what the tables say is looked at here, before anything is flown; game/lab/check.py flies. `expect` is held against
the figures of a flight (figures.py), everything else against CheckFile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from typing import Any, Final, TypeGuard

from game.content.figures import TIMES, Group, Leaf, Path, figures
from game.content.files import Misfit, Where, shown
from game.content.lessons import line_faults
from game.content.modes import BOARDS, Mode
from game.content.seeds import LARGEST_SEED
from game.sim.records import Record

PILOTS: Final = ("autopilot", "idle", "novice", "script:FILE", "replay:FILE")
MOST_SEEDS: Final = 10_000
_LONGEST_NAME: Final = 80
_FEW: Final = 8  # so many words can be told in a sentence
_SEED_KEYS: Final = ("first", "count")
_SEEDS: Final = "whole numbers from 0 on, or a table such as { first = 1, count = 20 }"


@dataclass(frozen=True, slots=True)
class SeedRange(Record):
    """So many seeds, one after the other.

    first  the first of them; 0 is the nominal flight
    count  how many there are
    """

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class CheckFile(Record):
    """What flights of the level must come to, as `skycrane check` and pytest fly them.

    name       what a list of checks calls it; no other check of the file has it
    expect     the bounds: tables and keys as in the report of a flight, `touchdown.speed_mps = { most = 1.0 }` for a
               number and `outcome = "landed"` or a list for words
    pilot      autopilot, idle, novice, script:FILE or replay:FILE; the FILE is looked for beside the level
    script     in the pilot's stead: a command script
    mode       guided, manual or raw
    dispersed  with everything spread that no pilot knows before the flight
    seeds      which flights: a list of seeds, or the first and how many, { first = 1, count = 20 }
    at_least   so many of the seeds must keep every bound; all of them where nothing is said
    """

    name: str
    expect: dict[str, Any]
    pilot: str | None = None
    script: str | None = None
    mode: Mode = Mode.MANUAL
    dispersed: bool = False
    seeds: SeedRange | tuple[int, ...] = (0,)
    at_least: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """What one figure may be: one of these words, or a number from `least` to `most`, both included."""

    path: Path
    words: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    @property
    def figure(self) -> str:
        """The figure as it is written."""
        return ".".join(self.path)

    def kept(self, value: float | str) -> bool:
        if isinstance(value, str):
            return value in self.words
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Check:
    """A check that can be flown: `pilot` or `script` is None, `at_least` is at most the number of seeds."""

    name: str
    bounds: tuple[Bound, ...]
    pilot: str | None
    script: str | None
    mode: Mode
    dispersed: bool
    seeds: Sequence[int]
    at_least: int


def checks_of(tables: Sequence[CheckFile]) -> tuple[Check, ...]:
    """The checks of a level in which `check_misfits` has found nothing."""
    return tuple(_check_of(table) for table in tables)


def _check_of(table: CheckFile) -> Check:
    seeds: Sequence[int] = table.seeds if isinstance(table.seeds, tuple) else _range_of(table.seeds)
    return Check(
        name=table.name,
        bounds=tuple(found for found in _look(table.expect, figures(), ()) if isinstance(found, Bound)),
        pilot=table.pilot,
        script=table.script,
        mode=table.mode,
        dispersed=table.dispersed,
        seeds=seeds,
        at_least=len(seeds) if table.at_least is None else table.at_least,
    )


def _range_of(seeds: SeedRange) -> range:
    return range(seeds.first, seeds.first + seeds.count)


def check_misfits(written: Mapping[str, Any]) -> Iterator[Misfit]:
    """What is wrong with the checks of a level's keys as written, besides names and types of the keys in CheckFile."""
    tables = written.get("check")
    if not isinstance(tables, list):
        return
    names: set[str] = set()
    for index, table in enumerate(tables):
        if isinstance(table, dict):
            for where, fault in _misfits(table, names):
                yield ("check", index, *where), fault


def _misfits(table: Mapping[str, Any], names: set[str]) -> Iterator[Misfit]:
    name, expect = table.get("name"), table.get("expect")
    if isinstance(name, str):
        yield from ((("name",), fault) for fault in _name_faults(name, names))
        names.add(name)
    yield from _pilot_misfits(table)
    seeds = table.get("seeds", [0])
    fault = _seeds_fault(seeds)
    if fault:
        yield ("seeds",), fault
    else:
        at_least, flights = table.get("at_least"), seeds["count"] if isinstance(seeds, dict) else len(seeds)
        if _is_whole(at_least) and not 1 <= at_least <= flights:
            yield ("at_least",), f"must be from 1 to {flights}, the number of its seeds, not {at_least}"
    if isinstance(expect, dict):
        for found in _look(expect, figures(), ()):
            if not isinstance(found, Bound):
                where, fault = found
                yield ("expect", *where), fault


def _name_faults(name: str, names: set[str]) -> Iterator[str]:
    yield from (fault for _, fault in line_faults("name", name))
    if len(name) > _LONGEST_NAME:
        yield f"must have at most {_LONGEST_NAME} characters, not {len(name)}"
    if "::" in name:
        yield "must not have :: in it, which parts the file from the check"
    if "[" in name or "]" in name:
        yield "must not have [ or ] in it, which pytest takes for the parameters of a test"
    if name in names:
        yield f"says {shown(name)} a second time"


def _pilot_misfits(table: Mapping[str, Any]) -> Iterator[Misfit]:
    pilot, mode = table.get("pilot"), table.get("mode")
    if "pilot" not in table and "script" not in table:
        yield ("pilot",), "is missing; or say script in its stead"
    if "pilot" in table and "script" in table:
        yield ("script",), "does not belong beside pilot: one of them flies"
    if isinstance(pilot, str):
        fault = pilot_fault(pilot)
        if fault:
            yield ("pilot",), fault
        elif pilot == "novice" and mode == Mode.RAW:
            yield ("mode",), "cannot be raw for the novice, who does what the cues say: raw gives none"
    if isinstance(mode, str) and mode in tuple(Mode) and mode not in BOARDS:
        yield ("mode",), f"must be one of {', '.join(BOARDS)}, not {mode}, which counts as {Mode(mode).board}"


def pilot_fault(pilot: str) -> str | None:
    """What is wrong with a pilot's name; its file is not looked for."""
    kind, colon, file = pilot.partition(":")
    known = {each.partition(":")[0]: ":" in each for each in PILOTS}
    if known.get(kind) is bool(colon):
        if not colon:
            return None
        return next((fault for _, fault in line_faults("pilot", file)), None) if file.strip() else _needs_file(kind)
    if known.get(kind):
        return _needs_file(kind)
    near = get_close_matches(kind, known, n=1)
    meant = f"; did you mean {near[0]}?" if near else ""
    return f"there is no pilot {shown(pilot)}, only {', '.join(PILOTS)}{meant}"


def _needs_file(kind: str) -> str:
    return f"needs a file: {kind}:FILE"


def _seeds_fault(seeds: object) -> str | None:
    """What is wrong with `seeds`, of any type."""
    if isinstance(seeds, dict):
        first, count = seeds.get("first"), seeds.get("count")
        for name in seeds:
            if name not in _SEED_KEYS:
                near = get_close_matches(name, _SEED_KEYS, n=1)
                hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(_SEED_KEYS)}"
                return f"{shown(name)[1:-1]} is not a key of it; {hint}"
        if set(seeds) != {"first", "count"} or not _is_whole(first) or not _is_whole(count) or first < 0:
            return f"must be {_SEEDS}, not {shown(seeds)}"
        if not 1 <= count <= MOST_SEEDS:
            return f"its count must be from 1 to {MOST_SEEDS}, not {count}"
        return "goes beyond the last seed there is" if first + count - 1 > LARGEST_SEED else None
    if not isinstance(seeds, list) or any(not _is_whole(seed) or seed < 0 for seed in seeds):
        return f"must be {_SEEDS}, not {shown(seeds)}"
    if not 1 <= len(seeds) <= MOST_SEEDS:
        return f"must be 1 to {MOST_SEEDS} seeds, not {len(seeds)}"
    twice = [seed for seed, times in Counter(seeds).items() if times > 1]
    return f"says {twice[0]} a second time" if twice else None


def _look(table: Mapping[str, Any], group: Group, path: Path) -> Iterator[Bound | Misfit]:
    """The bounds in a table of `expect`, and whatever in it is none; `path` is where the table stands."""
    if not table:
        yield path, "needs at least one bound"
    for name, value in table.items():
        here, below = (*path, name), group.at(name)
        if below is None:
            near = get_close_matches(name, group.below, n=1)
            others = ", ".join(group.below) if len(group.below) <= _FEW else ""
            hint = f"; did you mean {near[0]}?" if near else f"; there is {others}" if others else ""
            yield here, f"is not a figure of a flight{hint}"
        elif isinstance(below, Leaf):
            yield from _numbers(value, here) if below.number else _words(value, below, here)
        elif isinstance(value, dict):
            yield from _look(value, below, here)
        else:
            yield here, f"must be a table of figures, not {shown(value)}"


def _words(value: object, leaf: Leaf, path: Path) -> Iterator[Bound | Misfit]:
    listed = isinstance(value, list)
    words: list[Any] = value if isinstance(value, list) else [value]
    few = f", one of {', '.join(leaf.words)}" if 0 < len(leaf.words) <= _FEW else ""
    if not words:
        yield path, "needs at least one word"
        return
    if leaf.words and len(words) > len(leaf.words):
        yield path, f"has {len(words)} words where there are only {len(leaf.words)}"
        return
    faults: list[Misfit] = []
    if len(set(map(str, words))) < len(words):
        twice = next(word for index, word in enumerate(words) if word in words[:index])
        faults.append((path, f"says {shown(twice)} a second time"))
    for index, word in enumerate(words):
        where: Where = (*path, index) if listed else path
        if not isinstance(word, str):
            faults.append((where, f"must be text{few}, not {shown(word)}"))
        elif leaf.words and word not in leaf.words:
            near = get_close_matches(word, leaf.words, n=1)
            hint = few or (f"; did you mean {near[0]}?" if near else "")
            faults.append((where, f"no flight has {shown(word)} there{hint}"))
    yield from faults
    if not faults:
        yield Bound(path, words=tuple(words))


def _numbers(value: object, path: Path) -> Iterator[Bound | Misfit]:
    if not isinstance(value, dict):
        yield path, f"must be a table with least, most or both, such as {{ most = 1.0 }}, not {shown(value)}"
        return
    faults: list[Misfit] = []
    for name, limit in value.items():
        if name not in ("least", "most"):
            faults.append(((*path, name), "is not a key here; there is least, most"))
        elif isinstance(limit, bool) or not isinstance(limit, int | float):
            faults.append(((*path, name), f"must be a number, not {shown(limit)}"))
        elif not isfinite(limit):
            faults.append(((*path, name), "must be a finite number"))
    least, most = value.get("least"), value.get("most")
    if not faults and least is None and most is None:
        faults.append((path, "needs least, most or both"))
    if not faults and least is not None and most is not None and least > most:
        faults.append((path, f"least must not be above most: {least:g} and {most:g}"))
    if not faults and most is not None and most < 0 and path[0] == "events" and path[-1] == TIMES:
        faults.append(((*path, "most"), f"must be at least 0, not {most:g}: nothing happens less than never"))
    yield from faults
    if not faults:
        yield Bound(path, least=least, most=most)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
