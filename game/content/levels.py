"""Levels: a file that a person can write, resolved with its site and its vehicle into a FlightSpec."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

from game.content.checks import Check, CheckFile, check_misfits, checks_of
from game.content.errors import ContentError
from game.content.files import Source, is_id, read_record, read_toml
from game.content.fits import level_faults, site_faults, start_faults, vehicle_faults
from game.content.lessons import Lesson, lesson_faults, line_faults
from game.content.modes import Mode, control_law_of, full_dispersions
from game.content.paths import data_root
from game.content.ranges import Fault, faults_in
from game.content.texts import fault_in
from game.sim.phases import Phase
from game.sim.records import Record
from game.sim.spec import (
    NO_DISPERSIONS,
    AirSpec,
    DispersionsSpec,
    FlightSpec,
    GoalSpec,
    LimitsSpec,
    SiteSpec,
    StartSpec,
)
from game.sim.vehicle_spec import VehicleSpec

BEST_SCORE: Final = 10_000
FASTEST_PACE: Final = 20.0
SLOWEST_PACE: Final = 0.1

T = TypeVar("T")


class Medal(StrEnum):
    """What a flight can earn, lowest first."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Medals(Record):
    """Points from which a flight of this level earns each medal; they rise.

    bronze   of 10,000 at most
    silver   above bronze
    gold     above silver
    author   above gold: what whoever made the level has flown, and so knows to be possible
    """

    bronze: int
    silver: int
    gold: int
    author: int | None = None

    def earned(self, points: int) -> Medal | None:
        """The highest medal for so many points.

        >>> medals = Medals(5000, 7500, 9300)
        >>> medals.earned(4999), medals.earned(9300), medals.earned(10_000)
        (None, <Medal.GOLD: 'gold'>, <Medal.GOLD: 'gold'>)
        """
        return next((medal for medal, least in reversed(self.marks) if points >= least), None)

    @property
    def marks(self) -> tuple[tuple[Medal, int], ...]:
        """Every medal of this level with the points that it takes, lowest first."""
        marks = ((Medal.BRONZE, self.bronze), (Medal.SILVER, self.silver), (Medal.GOLD, self.gold))
        return marks if self.author is None else (*marks, (Medal.AUTHOR, self.author))


@dataclass(frozen=True, slots=True)
class LevelFile(Record):
    """The keys of a level file, besides schema, kind and id.

    title        a line for the menus
    brief        a line below the title; a figure in it stands in braces with its unit, {21:m}, to be shown in
                 anybody's units
    site         id of the site's file: sites/ID.toml beside the level, ID.toml there, or one of the game's own
    vehicle      id of the vehicle's file, looked for in the same way
    air          the day's air
    start        the first moment
    goal         what to land on, or what to hit before
    limits       where things break, and when it is over
    dispersions  this level's own spreads, for a dispersed flight and raw mode; without it the usual ones
    pace         simulated seconds per second, by phase, 1 where nothing is said; it changes only how fast you see a
                 flight
    medals       points from which a flight earns each medal
    lesson       what is read before its first flight; without it the brief alone
    check        what flights of it must come to, for who makes levels: `skycrane check`
    """

    title: str
    brief: str
    site: str
    vehicle: str
    air: AirSpec
    start: StartSpec
    goal: GoalSpec
    limits: LimitsSpec
    dispersions: DispersionsSpec | None = None
    pace: dict[Phase, float] = field(default_factory=dict)
    medals: Medals | None = None
    lesson: Lesson | None = None
    check: tuple[CheckFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A level that is valid and complete. `file` is where it was read from, `files` also its site and vehicle.

    craft   what its vehicle is called: the id of the file
    """

    id: str
    file: Path
    files: tuple[Path, ...]
    title: str
    brief: str
    craft: str
    pace: dict[Phase, float]
    medals: Medals | None
    lesson: Lesson | None
    site: SiteSpec
    vehicle: VehicleSpec
    air: AirSpec
    start: StartSpec
    goal: GoalSpec
    limits: LimitsSpec
    dispersions: DispersionsSpec
    checks: tuple[Check, ...] = ()

    def flight_spec(self, mode: Mode = Mode.MANUAL, dispersed: bool = False) -> FlightSpec:
        """What a flight of this level is, before its seed. Raw is always dispersed."""
        return FlightSpec(
            site=self.site,
            vehicle=self.vehicle,
            air=self.air,
            start=self.start,
            goal=self.goal,
            limits=self.limits,
            control_law=control_law_of(mode),
            dispersions=self.dispersions if dispersed or mode is Mode.RAW else NO_DISPERSIONS,
        )


def level_ids() -> tuple[str, ...]:
    """The ids of the levels that come with the game, in alphabetical order."""
    return tuple(sorted(path.stem for path in (data_root() / "levels").glob("*.toml")))


def load_level(name_or_path: str, label: str | None = None) -> Level:
    """The level of this id, or the one in this file (anything with a folder in it or ending in .toml is a path).

    `label` is how sentences call the file; by default as it was asked for.
    Raises ContentError with everything that is wrong with the file, its site and its vehicle.
    """
    return _load(_source_of(name_or_path, label))


def _load(source: Source) -> Level:
    problems: list[str] = []
    read, written = read_record(source, "level", LevelFile, problems, check_misfits)
    of_flight = {key: value for key, value in written.items() if key != "check"}  # whose figures are the report's
    problems += _sentences(source, (*faults_in(of_flight), *start_faults(written)))
    if read:
        problems += _sentences(source, _own_faults(read))
    site_file = _find(source, "site", written, problems)
    site = _part(site_file, "site", SiteSpec, site_faults, problems)
    vehicle_file = _find(source, "vehicle", written, problems)
    vehicle = _part(vehicle_file, "vehicle", VehicleSpec, vehicle_faults, problems)
    if read:
        problems += _sentences(source, level_faults(read.start, read.goal, read.air, site, vehicle))
    if problems or read is None or site is None or vehicle is None:
        raise ContentError(problems or [f"{source.label}: cannot be used"])
    return Level(
        id=source.path.stem,
        file=source.path,
        files=tuple(part.path for part in (source, site_file, vehicle_file) if part is not None),
        title=read.title,
        brief=read.brief,
        craft=read.vehicle,
        pace=read.pace,
        medals=read.medals,
        lesson=read.lesson,
        site=site,
        vehicle=vehicle,
        air=read.air,
        start=read.start,
        goal=read.goal,
        limits=read.limits,
        dispersions=read.dispersions or full_dispersions(read.start.phase),
        checks=checks_of(read.check),
    )


def files_of(name_or_path: str) -> tuple[Path, ...]:
    """The file of this level, and all that its site and its vehicle would be read from if they lay there, first things
    first: what a person has to save, or to put there, to make another flight of it. It need not be there, nor be valid.

    Raises ContentError where no level has this name.
    """
    source = _source_of(name_or_path)
    written = read_toml(source, []) or {}
    parts = [path for kind in ("site", "vehicle") for path, _ in _places(source.path, kind, written.get(kind))]
    return (source.path, *parts)


def _source_of(name_or_path: str, label: str | None = None) -> Source:
    if is_id(name_or_path):
        ids = level_ids()
        if name_or_path not in ids:
            raise ContentError([_unknown("level", name_or_path, ids)])
        return Source(data_root() / "levels" / f"{name_or_path}.toml", f"levels/{name_or_path}.toml")
    path = Path(name_or_path)
    if path.suffix != ".toml" and path.name == name_or_path:
        raise ContentError([_unknown("level", name_or_path, level_ids())])
    return Source(path, label or name_or_path)


def _part(
    source: Source | None,
    kind: str,
    cls: type[T],
    misfits: Callable[[T], Iterable[Fault]],
    problems: list[str],
) -> T | None:
    """The site or vehicle in this file, checked; None with the reasons in `problems`.

    One of the game's own is read once for all levels that name it, as long as it stays what it is: two thirds of the
    time that a level takes are its site's and its vehicle's, and the title loads all levels.
    """
    if source is None:
        return None
    raw = _raw_of(source.path) if source.path.is_relative_to(data_root()) else None
    known = _OWN_PARTS.get(source)
    if raw is not None and known and known[0] == raw:
        same: T = known[1]
        return same
    before = len(problems)
    part, keys = read_record(source, kind, cls, problems)
    problems += _sentences(source, faults_in(keys))
    if part is not None and len(problems) == before:
        problems += _sentences(source, misfits(part))
    if len(problems) > before:
        return None
    if raw is not None:
        _OWN_PARTS[source] = (raw, part)
    return part


_OWN_PARTS: Final[dict[Source, tuple[bytes, Any]]] = {}


def _raw_of(path: Path) -> bytes | None:
    """A file as it is; None for what cannot be read, which is told by who reads it as a table."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _find(level: Source, kind: str, written: Mapping[str, Any], problems: list[str]) -> Source | None:
    """The file of the site or vehicle that a level names: beside the level, else among those that come with the game.

    What lies beside it under that name is taken, even if it cannot be read: that is told, not passed over.
    """
    name = written.get(kind)
    if not isinstance(name, str):
        return None  # not named: told with the level's other keys
    for path, is_own in _places(level.path, kind, name):
        if is_own and path.is_file():
            return Source(path, f"levels/{kind}s/{name}.toml")
        if not is_own and _lies_there(path) and _kind_of(path) in (kind, None):
            return Source(path, str(path))
    known = sorted(path.stem for path in (data_root() / "levels" / f"{kind}s").glob("*.toml"))
    problems.append(f"{level.label}: {kind}: {_unknown(kind, name, known)}")
    return None


def _places(level: Path, kind: str, name: object) -> Iterator[tuple[Path, bool]]:
    """Where a site or vehicle of this name is looked for, in order, and whether the file would be the game's own."""
    if not isinstance(name, str) or not is_id(name):
        return
    own, beside, folder = data_root() / "levels", level.parent, f"{kind}s"
    if not _same(beside, own):
        yield beside / folder / f"{name}.toml", False
        yield beside / f"{name}.toml", False
    yield own / folder / f"{name}.toml", True


def _kind_of(path: Path) -> object:
    """What kind of file this says it is; None where it does not say, which is told when it is read."""
    data = read_toml(Source(path, path.name), [])
    return data.get("kind") if data else None


def _lies_there(path: Path) -> bool:
    """Whether anything has this name: a file, a folder, a link to nothing, or what we may not look at."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except (OSError, RuntimeError, ValueError):  # a loop of links, or the working folder is gone
        return False


def _own_faults(read: LevelFile) -> Iterable[Fault]:
    """What is wrong with the keys that only the level itself has."""
    for key, text in (("title", read.title), ("brief", read.brief)):
        yield from line_faults(key, text)
    brief_fault = fault_in(read.brief)
    if brief_fault:
        yield "brief", brief_fault
    if read.lesson:
        yield from lesson_faults(read.lesson)
    for phase, pace in read.pace.items():
        if not SLOWEST_PACE <= pace <= FASTEST_PACE:
            yield f"pace.{phase}", f"must be from {SLOWEST_PACE:g} to {FASTEST_PACE:g}, not {pace:g}"
    medals = read.medals
    if medals and not 0 < medals.bronze < medals.silver < medals.gold <= BEST_SCORE:
        yield "medals", f"must rise from bronze over silver to gold, above 0 and up to {BEST_SCORE}"
    elif medals and medals.author is not None and not medals.gold < medals.author <= BEST_SCORE:
        yield "medals.author", f"must lie above gold, and be at most {BEST_SCORE}"


def _sentences(source: Source, faults: Iterable[Fault]) -> list[str]:
    return [f"{source.label}: {key}: {fault}" for key, fault in faults]


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    names = tuple(known)
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(names)}"
    return f'there is no {kind} "{name}"; {hint}'
