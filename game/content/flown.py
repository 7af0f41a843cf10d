"""Flights that were really flown: published figures, each with its source and how near one of ours has to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from game.content.errors import ContentError
from game.content.files import Source
from game.content.levels import Level, load_level
from game.content.paths import data_root
from game.content.reading import read_record
from game.content.texts import fault_in
from game.sim.events import EventName
from game.sim.records import Record

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FlownFigure(Record):
    """One published figure. Of `within`, `within_percent` and `between` it has one, or none: then nothing is claimed.

    flown           the figure, or the two ends between which it lies
    source          where it stands, by the letters that the file explains
    within          how far ours may lie outside of it, either way; within_percent, of the figure
    between         the two ends themselves between which ours has to lie
    """

    flown: float | Span
    source: str
    within: float | None = None
    within_percent: float | None = None
    between: Span | None = None

    @property
    def span(self) -> Span:
        """What was flown, from its low to its high end."""
        return self.flown if isinstance(self.flown, tuple) else (self.flown, self.flown)

    @property
    def bounds(self) -> Span | None:
        """Where ours has to lie; None if nothing is claimed."""
        if self.between is not None:
            return self.between
        low, high = self.span
        if self.within is not None:
            return low - self.within, high + self.within
        if self.within_percent is not None:
            share = 0.01 * self.within_percent
            return low - share * abs(low), high + share * abs(high)
        return None


@dataclass(frozen=True, slots=True)
class Moment(Record):
    """A moment of a flight, by the name of our event or of what game/cues/compare.py looks for, and its figures.

    title            what it is called; figures in it stand in braces, such as {1100:m/s} (Texts.fill)
    t_s              seconds from the entry interface
    altitude_m       above the landing point; height_m of the lowest point above the ground below
    speed_mps        over the ground; vertical_mps downwards and along_mps at the touchdown
    after_release_s, after_touchdown_s   since that event
    heat_load_j_cm2  at the stagnation point, until the heat shield is gone
    propellant_used_kg   by the engines, to the cut; stage_distance_m from the rover to where the stage came down
    """

    name: str
    title: str
    t_s: FlownFigure | None = None
    altitude_m: FlownFigure | None = None
    height_m: FlownFigure | None = None
    speed_mps: FlownFigure | None = None
    mach: FlownFigure | None = None
    q_pa: FlownFigure | None = None
    g: FlownFigure | None = None
    entry_angle_deg: FlownFigure | None = None
    heat_flux_w_cm2: FlownFigure | None = None
    parachute_load_n: FlownFigure | None = None
    vertical_mps: FlownFigure | None = None
    along_mps: FlownFigure | None = None
    after_release_s: FlownFigure | None = None
    after_touchdown_s: FlownFigure | None = None
    surface_temperature_c: FlownFigure | None = None
    heat_load_j_cm2: FlownFigure | None = None
    propellant_used_kg: FlownFigure | None = None
    stage_distance_m: FlownFigure | None = None

    def figures(self) -> Iterator[tuple[str, FlownFigure]]:
        """(quantity, figure) of those that are published, in the order above."""
        for quantity in QUANTITIES:
            figure = getattr(self, quantity)
            if figure is not None:
                yield quantity, figure


# Moments that no event of ours marks, by the names that cues/compare.py looks for them.
SOUGHT: Final = ("slower_than_1100", "balance_masses", "radar_middle", "steady_descent", "whole_flight")
QUANTITIES: Final = tuple(field.name for field in fields(Moment) if field.name not in {"name", "title"})


@dataclass(frozen=True, slots=True)
class FlownFlight(Record):
    """A flown flight: its moments in their order. `level` is the one of ours that flies it.

    ellipse_km  the length of the ellipse in which it was to land, along the track; ellipse_wide_km, across it
    place_m     where the rover stands, down-track of the level's origin
    way         what is known of how far down-track it was when: (t_s, m), for its ghost (game/record/ghost_flown.py)
    """

    title: str
    level: str
    moments: tuple[Moment, ...]
    ellipse_km: float | None = None
    ellipse_wide_km: float | None = None
    place_m: float | None = None
    way: tuple[Span, ...] = ()

    @property
    def planned_km(self) -> tuple[float, float] | None:
        """Length and width of the ellipse in which it was to land; None where one of them is not known."""
        long_km, wide_km = self.ellipse_km, self.ellipse_wide_km
        return None if long_km is None or wide_km is None else (long_km, wide_km)


def flown_ids() -> tuple[str, ...]:
    """The ids of the flown flights that come with the game, in alphabetical order."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def load_flown(flight_id: str) -> FlownFlight:
    """The flown flight of this id.

    Raises ContentError with everything that is wrong with its file.
    """
    source = Source(_folder() / f"{flight_id}.toml", f"levels/flown/{flight_id}.toml")
    problems: list[str] = []
    record = read_record(source, "flown", FlownFlight, problems).record
    if record:
        problems += [f"{source.label}: {fault}" for fault in _faults(record)]
    if problems or record is None:
        raise ContentError(problems or [f"{source.label}: cannot be used"])
    return record


def flown_on(level_id: str) -> FlownFlight | None:
    """The flown flight that a level flies after, if there is one.

    Raises ContentError when the file of one of them is bad.
    """
    flights = (load_flown(flight_id) for flight_id in flown_ids())
    return next((flight for flight in flights if flight.level == level_id), None)


def flown_beside(level: Level) -> FlownFlight | None:
    """The flown flight that a level is a stretch of: of its own mission, or with the same craft at the same site.

    Raises ContentError as flown_on does, and when the level of a flown flight is bad.
    """
    mission = next((flight for flight, whole in _missions(data_root()) if whole.id == level.id), None)
    if mission is not None:
        return mission
    return next((flight for flight, whole in _missions(data_root()) if _alike(whole, level)), None)


@lru_cache(maxsize=2)
def _missions(root: Path) -> tuple[tuple[FlownFlight, Level], ...]:  # noqa: ARG001  what is read depends on it
    """Every flown flight with the level that flies it, read once."""
    return tuple((flight, load_level(flight.level)) for flight in map(load_flown, flown_ids()))


def _alike(one: Level, other: Level) -> bool:
    return (one.vehicle, one.site) == (other.vehicle, other.site)


def _folder() -> Path:
    return data_root() / "levels" / "flown"


def _faults(flight: FlownFlight) -> Iterable[str]:
    if any(one[0] >= other[0] for one, other in pairwise(flight.way)):
        yield "way: its times must rise"
    seen: set[str] = set()
    for moment in flight.moments:
        if moment.name not in SOUGHT and moment.name not in tuple(EventName):
            near = get_close_matches(moment.name, (*EventName, *SOUGHT), n=1)
            yield f"moments.{moment.name}: is no moment" + (f"; did you mean {near[0]}?" if near else "")
        if moment.name in seen:
            yield f"moments.{moment.name}: is there twice"
        seen.add(moment.name)
        title_fault = fault_in(moment.title)
        if title_fault:
            yield f"moments.{moment.name}.title: {title_fault}"
        for quantity, figure in moment.figures():
            key = f"moments.{moment.name}.{quantity}"
            claims = (figure.within, figure.within_percent, figure.between)
            if sum(claim is not None for claim in claims) > 1:
                yield f"{key}: has more than one of within, within_percent and between"
            for low, high in (figure.span, figure.bounds or figure.span):
                if not low <= high:
                    yield f"{key}: must run from its low end to its high one, not from {low:g} to {high:g}"
