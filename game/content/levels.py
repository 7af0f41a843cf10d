"""Levels: a file that a person can write, resolved with its site and its vehicle into a FlightSpec."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from game.content.checks import Check, CheckFile, check_misfits, checks_of
from game.content.errors import ContentError
from game.content.files import Source, is_id, read_toml
from game.content.fits import level_faults, start_faults
from game.content.lessons import Lesson, lesson_faults, line_faults
from game.content.modes import Mode, control_law_of, full_dispersions
from game.content.parts import is_file, places, sentences, site_of, unknown, vehicle_of
from game.content.paths import data_root
from game.content.ranges import Fault, misfits_in
from game.content.reading import as_far_as_sound, read_record
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

    title            a line for the menus
    brief            a line below the title; a figure in it stands in braces with its unit, {21:m}, to be shown in
                     anybody's units
    site             id of the site's file: sites/ID.toml beside the level, ID.toml there, or one of the game's own
    vehicle          id of the vehicle's file, looked for in the same way
    air              the day's air
    start            the first moment
    goal             what to land on, or what to hit before
    limits           where things break, and when it is over
    rung             its place on the ladder, lowest first; without one it stands above all that have one
    site_changes     what is other on the site than its file says: its keys, in tables as there, with other values
    vehicle_changes  the same of the vehicle
    dispersions      this level's own spreads, for a dispersed flight and raw mode; without it the usual ones
    pace             simulated seconds per second, by phase, 1 where nothing is said; it changes only how fast you see a
                     flight
    medals           points from which a flight earns each medal
    lesson           what is read before its first flight; without it the brief alone
    check            what flights of it must come to, for who makes levels: `skycrane check`
    """

    title: str
    brief: str
    site: str
    vehicle: str
    air: AirSpec
    start: StartSpec
    goal: GoalSpec
    limits: LimitsSpec
    rung: int | None = None
    site_changes: dict[str, Any] = field(default_factory=dict)
    vehicle_changes: dict[str, Any] = field(default_factory=dict)
    dispersions: DispersionsSpec | None = None
    pace: dict[Phase, float] = field(default_factory=dict)
    medals: Medals | None = None
    lesson: Lesson | None = None
    check: tuple[CheckFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A level that is valid and complete. `file` is where it was read from, `files` also its site and vehicle.

    craft   what its vehicle is called: the id of the file
    rung    its place on the ladder; None for one that has none
    site, vehicle  with what the level changes of them
    """

    id: str
    file: Path
    files: tuple[Path, ...]
    title: str
    brief: str
    craft: str
    rung: int | None
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


class Library:
    """The levels that come with the game, each read when it is asked for first."""

    def __init__(self) -> None:
        self._levels: dict[str, Level] = {}

    def level(self, name: str) -> Level:
        """The level of this id. Raises ContentError as `load_level` does, also for one that is none of the game's."""
        if name not in self._levels:
            if name not in level_ids():
                raise ContentError([unknown("level", name, level_ids())])
            self._levels[name] = load_level(name)
        return self._levels[name]

    def ladder(self) -> tuple[Level, ...]:
        """Every level, from the first rung up. Raises ContentError as `load_level` does."""
        return tuple(sorted(map(self.level, level_ids()), key=_by_rung))


def _by_rung(level: Level) -> tuple[bool, int, str]:
    return level.rung is None, level.rung or 0, level.id


def load_level(name_or_path: str, label: str | None = None) -> Level:
    """The level of this id, or the one in this file (anything with a folder in it or ending in .toml is a path).

    `label` is how sentences call the file; by default as it was asked for.
    Raises ContentError with everything that is wrong with the file, its site and its vehicle.
    """
    return _load(_source_of(name_or_path, label))


_OF_OTHERS: Final = ("check", "site_changes", "vehicle_changes")  # whose keys are a report's, a site's, a vehicle's


def _load(source: Source) -> Level:
    problems: list[str] = []
    reading = read_record(source, "level", LevelFile, problems, check_misfits)
    read, written, sound = reading.record, reading.keys, reading.sound
    of_flight = {key: value for key, value in written.items() if key not in _OF_OTHERS}
    problems += sentences(source, reading.unsaid(misfits_in(of_flight)))
    site, vehicle = site_of(source, written, problems), vehicle_of(source, written, problems)
    fits = (
        *start_faults(written),
        *_word_faults(sound),
        *as_far_as_sound(_lesson_faults(sound)),
        *as_far_as_sound(_medal_faults(sound)),
        *level_faults(sound.get("start"), sound.get("goal"), sound.get("air"), site.record, vehicle.record),
    )
    problems += sentences(source, reading.unsaid_of(fits))
    if problems or read is None or site.record is None or vehicle.record is None:
        raise ContentError(problems or [f"{source.label}: cannot be used"])
    return Level(
        id=source.path.stem,
        file=source.path,
        files=tuple(part.path for part in (source, site.source, vehicle.source) if part is not None),
        title=read.title,
        brief=read.brief,
        craft=read.vehicle,
        rung=read.rung,
        pace=read.pace,
        medals=read.medals,
        lesson=read.lesson,
        site=site.record,
        vehicle=vehicle.record,
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
    parts = [path for kind in ("site", "vehicle") for path, _ in places(source.path, kind, written.get(kind))]
    return (source.path, *parts)


def _source_of(name_or_path: str, label: str | None = None) -> Source:
    if is_id(name_or_path):
        ids = level_ids()
        if name_or_path not in ids:
            raise ContentError([_no_level(name_or_path, ids)])
        return Source(data_root() / "levels" / f"{name_or_path}.toml", f"levels/{name_or_path}.toml")
    path = Path(name_or_path)
    if path.suffix != ".toml" and path.name == name_or_path:
        raise ContentError([_no_level(name_or_path, level_ids())])
    return Source(path, label or name_or_path)


def _no_level(name: str, ids: Iterable[str]) -> str:
    """There is no level of this name; but a file may lie here that was meant, without or with a slip in its ending."""
    for file in (f"{name}.toml", f"{Path(name).stem}.toml"):
        if is_file(Path(file)):
            return f'there is no level "{name}"; did you mean {file}?'
    return unknown("level", name, ids)


def _word_faults(sound: Mapping[str, Any]) -> Iterable[Fault]:
    """What is wrong with words and pace, as far as they are sound."""
    for key in ("title", "brief"):
        if key in sound:
            yield from line_faults(key, sound[key])
    brief_fault = fault_in(sound.get("brief", ""))
    if brief_fault:
        yield "brief", brief_fault
    for phase, pace in sound.get("pace", {}).items():
        if not SLOWEST_PACE <= pace <= FASTEST_PACE:
            yield f"pace.{phase}", f"must be from {SLOWEST_PACE:g} to {FASTEST_PACE:g}, not {pace:g}"


def _lesson_faults(sound: Mapping[str, Any]) -> Iterable[Fault]:
    lesson: Lesson | None = sound.get("lesson")
    if lesson:
        yield from lesson_faults(lesson)


def _medal_faults(sound: Mapping[str, Any]) -> Iterable[Fault]:
    medals: Medals | None = sound.get("medals")
    if medals and not 0 < medals.bronze < medals.silver < medals.gold <= BEST_SCORE:
        yield "medals", f"must rise from bronze over silver to gold, above 0 and up to {BEST_SCORE}"
    elif medals and medals.author is not None and not medals.gold < medals.author <= BEST_SCORE:
        yield "medals.author", f"must lie above gold, and be at most {BEST_SCORE}"
