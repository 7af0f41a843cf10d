"""Checks of levels, flown: each seed once, and of each flight the bounds that it broke, with the second it happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from game.content.checks import Bound, Check, pilot_fault
from game.content.errors import ContentError, InputError
from game.content.figures import TIMES, Missing, figure_at
from game.content.files import Source, key_of, quoted, read_toml
from game.content.levels import Level, level_ids, load_level
from game.content.paths import data_root
from game.lab.fly import fly
from game.lab.roster import file_of, source_in, source_of
from game.lab.runners import in_order, runner_of
from game.pilots.pilot import CommandSource, Helm
from game.record.observer import Observer
from game.report import FlightReport
from game.sim.command import Command
from game.sim.events import Event, EventName, Figures, Reason
from game.sim.flight import Flight
from game.sim.peaks import Peaks
from game.sim.spec import TICK_HZ

END: Final = "the end"
PEAK: Final = "its peak"
TOUCHDOWN: Final = "touchdown"

_LOOK_TICKS: Final = 6  # twenty times a second: a moment is told to a tenth
_DOWN: Final = (EventName.PART_DOWN, EventName.STAGE_IMPACT)
_FEW: Final = 8  # so many names can be told in a sentence
_OF_PEAKS: Final = tuple(field.name for field in fields(Peaks))


@dataclass(frozen=True, slots=True)
class Subject:
    """A level to be checked: `label` is how sentences call its file, `name` how `skycrane fly` is asked for it."""

    level: Level
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A bound that a flight did not keep.

    value   what the flight had, or where it had nothing of the kind
    t_s     when, from the entry interface
    moment  what was then: an event's name, PEAK, TOUCHDOWN or END
    """

    bound: Bound
    value: float | str | Missing
    t_s: float
    moment: str


@dataclass(frozen=True, slots=True)
class Flown:
    """What a check found in one flight.

    reason  why it ended, with its figures; None for a flight that tore apart, of which `fault` then says how
    """

    seed: int
    broken: tuple[Broken, ...] = ()
    reason: Reason | None = None
    figures: Figures = ()
    fault: str = ""

    @property
    def kept(self) -> bool:
        return not self.broken and not self.fault


@dataclass(frozen=True, slots=True)
class Result:
    """A check and what all its flights were, in the order of its seeds."""

    subject: Subject
    check: Check
    flown: tuple[Flown, ...]

    @property
    def kept(self) -> int:
        """How many flights kept every bound."""
        return sum(flight.kept for flight in self.flown)

    @property
    def passed(self) -> bool:
        return self.kept >= self.check.at_least


# --- what is to be checked ---


def subject_of(name_or_path: str, label: str | None = None) -> Subject:
    """The level with everything that its checks fly by: after this nothing but flying is left.

    Raises ContentError with all that is wrong with the level, and with the scripts and replays of its checks.
    """
    try:
        level = load_level(name_or_path, label)
    except ContentError as error:
        path = Path(name_or_path)
        also = _written_pilots(path) if path.suffix == ".toml" else ()
        raise ContentError([*error.problems, *_pilot_problems(also, path.parent, label or name_or_path)]) from error
    own = level.id in level_ids() and level.file.resolve() == (data_root() / "levels" / level.file.name).resolve()
    label = label or (name_or_path if name_or_path.endswith(".toml") else f"levels/{level.id}.toml")
    pilots = [(index, check.pilot, check.script) for index, check in enumerate(level.checks)]
    problems = _pilot_problems(pilots, level.file.parent, label)
    if problems:
        raise ContentError(problems)
    return Subject(level, label, level.id if own else label)


_Pilots = Iterable[tuple[int, object, object]]  # place of the check, its pilot and its script


def _written_pilots(path: Path) -> _Pilots:
    """Who flies the checks of a level that cannot be loaded, as far as the file says it."""
    tables = (read_toml(Source(path, path.name), []) or {}).get("check")
    for index, table in enumerate(tables if isinstance(tables, list) else ()):
        if isinstance(table, dict):
            yield index, table.get("pilot"), table.get("script")


def files_of_checks(level: Path) -> tuple[Path, ...]:
    """The scripts and replays that the checks of a level file fly by, as far as the file says it."""
    pilots = (pilot for _, pilot, _ in _written_pilots(level) if isinstance(pilot, str) and not pilot_fault(pilot))
    return tuple(level.parent / file for file in map(file_of, pilots) if file is not None)


def _pilot_problems(pilots: _Pilots, folder: Path, label: str) -> list[str]:
    """What is wrong with scripts and replays, each with the key that names them."""
    problems: list[str] = []
    for index, pilot, script in pilots:
        try:
            if isinstance(script, str):
                _script_source(script, f"{label}: {key_of(('check', index, 'script'))}")
            elif isinstance(pilot, str) and file_of(pilot) and not pilot_fault(pilot):
                kind, _, file = pilot.partition(":")
                source_in(kind, folder / file)
        except InputError as error:
            head = "" if isinstance(script, str) else f"{label}: {key_of(('check', index, 'pilot'))}: "
            problems += [f"{head}{problem}" for problem in error.problems]
    return problems


def _script_source(text: str, name: str) -> CommandSource:
    from game.pilots.script import Script  # noqa: PLC0415  only who flies by one pays for reading it

    return Helm(Script.parse(text, name))


# --- flights ---


def run_checks(
    subjects: Sequence[Subject], jobs: int = 1, see: Callable[[], object] = lambda: None
) -> Iterator[Result]:
    """Fly every check of these levels, in order; each result is given as soon as its last flight is over.

    `jobs` flights at a time, each in a process of its own: what comes out is the same. `see` is called after each
    flight. Raises RunnerError.
    """
    todo = [(subject, check) for subject in subjects for check in subject.level.checks]
    each = tuple((subject.level, check) for subject, check in todo)
    tasks = [(index, seed) for index, (_, check) in enumerate(todo) for seed in check.seeds]
    with closing(in_order(runner_of(jobs), partial(_flown_of, each), tasks)) as flights:
        seen = (_shown(flight, see) for flight in flights)
        for subject, check in todo:
            yield Result(subject, check, tuple(islice(seen, len(check.seeds))))


def _shown(flight: Flown, see: Callable[[], object]) -> Flown:
    see()
    return flight


def _flown_of(each: Sequence[tuple[Level, Check]], task: tuple[int, int]) -> Flown:
    index, seed = task
    return flown(*each[index], seed)


def result_of(subject: Subject, check: Check) -> Result:
    """Fly one check."""
    return Result(subject, check, tuple(flown(subject.level, check, seed) for seed in check.seeds))


def flown(level: Level, check: Check, seed: int) -> Flown:
    """One flight of a check."""
    moments = _Moments()
    try:
        source, pilot = source_of_check(level, check, seed)
        report = fly(
            level, source, pilot=pilot, seed=seed, mode=check.mode, dispersed=check.dispersed,
            observers=[moments] if any(bound.path[0] in ("touchdown", "peaks") for bound in check.bounds) else [],
        )  # fmt: skip
    except InputError as error:
        return Flown(seed, fault="; ".join(error.problems))
    broken = []
    for bound in check.bounds:
        value = figure_at(report, bound.path)
        if isinstance(value, Missing) or not bound.kept(value):
            broken.append(Broken(bound, value, *_moment_of(bound, report, moments)))
    return Flown(seed, tuple(broken), report.reason_code, report.reason_figures)


def source_of_check(level: Level, check: Check, seed: int) -> tuple[CommandSource, str]:
    """Who flies a check of this level, and what reports and records call him.

    Raises UnknownPilotError, ScriptError or ReplayError.
    """
    if check.pilot is None:
        return _script_source(check.script or "", f"{level.file.name}: the script of {check.name!r}"), "script"
    file, kind = file_of_check(level, check), check.pilot.partition(":")[0]
    return source_of(f"{kind}:{file}" if file else check.pilot, level, mode=check.mode, seed=seed)


def file_of_check(level: Level, check: Check) -> Path | None:
    """The script or replay, beside the level, that a check is flown by, if any."""
    file = file_of(check.pilot or "")
    return level.file.parent / file if file else None


def check_called(level: Level, name: str, label: str) -> Check:
    """The check of this name; `label` is how sentences call the level. Raises ContentError when it has none."""
    found = next((check for check in level.checks if check.name == name), None)
    if found is None:
        names = [check.name for check in level.checks]
        near = get_close_matches(name, names, n=1, cutoff=0.4)
        others = ", ".join(quoted(other) for other in names[:_FEW]) + ", ..." * (len(names) > _FEW)
        hint = f"did you mean {quoted(near[0])}?" if near else f"there is {others}" if names else "it has none"
        raise ContentError([f"{label}: there is no check {quoted(name)}; {hint}"])
    return found


class _Moments(Observer):
    """When each figure of the peaks was last surpassed, and when the rover met the ground hardest, to 0.05 s."""

    def __init__(self) -> None:
        self.peaks_t_s: dict[str, float] = {}
        self.touchdown_t_s: float | None = None

    def begin(self, flight: Flight) -> None:
        self._peaks, self._touchdown = flight.peaks, flight.touchdown

    def after(self, flight: Flight, command: Command) -> None:
        if flight.tick % _LOOK_TICKS and not flight.decided:
            return
        peaks, touchdown = flight.peaks, flight.touchdown
        if peaks is not self._peaks and peaks != self._peaks:
            higher = [name for name in _OF_PEAKS if getattr(peaks, name) != getattr(self._peaks, name)]
            self.peaks_t_s.update(dict.fromkeys(higher, flight.t_s))
        if touchdown is not self._touchdown:
            self.touchdown_t_s = flight.t_s
        self._peaks, self._touchdown = peaks, touchdown


def _moment_of(bound: Bound, report: FlightReport, moments: _Moments) -> tuple[float, str]:
    """The second of the flight to look at, and what was then."""
    table, *names = bound.path
    end = _end_of(report), END
    if table == "touchdown" and moments.touchdown_t_s is not None:
        return moments.touchdown_t_s, TOUCHDOWN
    if table == "peaks" and names[0] in moments.peaks_t_s:
        return moments.peaks_t_s[names[0]], PEAK
    if table == "events":
        told = [event for event in report.events if event.name == names[0]]
        if names[1] == TIMES:  # the first too many, or none
            told = told[int(bound.most) :] if bound.most is not None and len(told) > bound.most >= 0 else []
        return (told[0].t_s, names[0]) if told else end
    if table == "parts":
        down = next((event for event in report.events if event.name in _DOWN and event.detail == names[0]), None)
        return (down.t_s, down.name) if down else end
    return end


def _end_of(report: FlightReport) -> float:
    """When the flight was decided, from the entry interface."""
    last: Event = report.events[-1]
    name = EventName(report.outcome)
    decided = next((event for event in report.events if event.name is name), None)
    return decided.t_s if decided else last.t_s + (report.ticks - last.tick) / TICK_HZ
