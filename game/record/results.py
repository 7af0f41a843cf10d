"""Reads back what `skycrane fly` wrote: the report of `--json` and the course of `--csv`, whatever a file holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Any, Final, TypeVar

from game.content.errors import InputError
from game.content.seeds import LARGEST_SEED
from game.cues.track import Stood, Track
from game.record.flightlog import CSV_COLUMNS
from game.record.names import LONGEST_NAME
from game.report import FlightReport, PartDown
from game.scoring import HALF_POINTS, Score
from game.sim.events import Event, EventName, Figures, Reason
from game.sim.judge import Touchdown
from game.sim.peaks import Peaks
from game.sim.phases import Phase
from game.sim.snapshot import Outcome, Part
from game.sim.spec import TICK_HZ

MAX_BYTES: Final = 32_000_000  # a hundred times the longest that has been flown
_OUTCOMES: Final = {Reason.LANDED: Outcome.LANDED, Reason.COMPLETED: Outcome.COMPLETED}  # all others are losses
_NEITHER: Final = "is neither a report of `skycrane fly --json` nor a course of `skycrane fly --csv`"
_LARGEST: Final = 1e15  # no figure of a flight comes near; a seed may be larger
_MOST_EVENTS: Final = 1000
_NAMES: Final = {"surface_temperature_c": "surface_c"}  # a column, and how a Stood calls it
_SAME_M: Final = 10.0  # so near is the course to the place of an event of the same flight
_SAME_S: Final = 0.15  # and so near its end to the end of the report, by a row each tenth of a second

E = TypeVar("E", bound=StrEnum)


class ResultError(InputError):
    """A file that is no result of a flight; str() is one sentence that names it."""


class _Unfit(Exception):
    """What is wrong with what stands in a file."""


def read_result(path: Path) -> FlightReport | Track:
    """The report or the course that a file holds: what it is shows in its first character.

    Raises ResultError, never anything else, whatever the file holds.
    """
    try:
        text = _text_of(path)
        if text.lstrip().startswith("{"):
            return _report(text)
        if text.startswith(CSV_COLUMNS[0]):
            return _track(text)
    except _Unfit as unfit:
        raise ResultError(f"{path}: {unfit}") from None
    raise ResultError(f"{path}: {_NEITHER}")


def fault_between(report: FlightReport, track: Track) -> str | None:
    """Why report and course are not of one flight, as half a sentence; None if they are.

    Wherever the report tells of an event, the course has to pass; and both end together.
    """
    end = report.events[-1]
    end_s = end.t_s + (report.ticks - end.tick) / TICK_HZ
    if abs(track.rows[-1].t_s - end_s) > _SAME_S:
        return f"one ends {end_s:.1f} s from the entry interface, the other {track.rows[-1].t_s:.1f} s"
    first_s, last_s = track.rows[0].t_s, track.rows[-1].t_s
    for event in report.events:
        if first_s <= event.t_s <= last_s:
            altitude_m = track.at(event.t_s).altitude_m
            if abs(altitude_m - event.altitude_m) > _SAME_M:
                places = f"one is {event.altitude_m:,.0f} m up, the other {altitude_m:,.0f} m"
                return f"{event.t_s:.1f} s from the entry interface {places}"
    return None


def _text_of(path: Path) -> str:
    try:
        if path.is_dir():
            raise _Unfit("is a folder, not a result of a flight")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _Unfit("there is no such file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _Unfit(f"cannot be read: {reason}") from None
    if len(raw) > MAX_BYTES:
        raise _Unfit("is larger than 32 megabytes, which no result of a flight is")
    if not raw.strip():
        raise _Unfit("is empty")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unfit(_NEITHER) from None


# --- the report ---


def _report(text: str) -> FlightReport:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise _Unfit("is not JSON to its end: it is damaged or cut off") from None
    top = _Table(found, "")
    outcome, reason = top.code("outcome", Outcome), top.code("reason_code", Reason)
    if outcome is not _OUTCOMES.get(reason, Outcome.LOST):
        raise _Unfit(f"is no report of `skycrane fly --json`: no flight is {outcome} because of {reason}")
    return FlightReport(
        level=top.name("level"),
        seed=top.whole("seed", LARGEST_SEED + 1),
        pilot=top.name("pilot"),
        mode=top.name("mode"),
        dispersed=top.truth("dispersed"),
        outcome=outcome,
        reason_code=reason,
        reason_figures=top.figures("reason_figures"),
        time_s=top.number("time_s"),
        ticks=top.whole("ticks"),
        touchdown=_touchdown(top),
        score=_score(top.table("score")),
        peaks=_peaks(top.table("peaks")),
        propellant_left_kg=top.number("propellant_left_kg"),
        parts=tuple(
            PartDown(part.code("name", Part).value, part.number("downrange_m")) for part in top.tables("parts")
        ),
        digest=top.name("digest"),
        events=_events(top.tables("events")),
    )


def _touchdown(top: _Table) -> Touchdown | None:
    if top.get("touchdown") is None:
        return None
    table = top.table("touchdown")
    names = ("speed_mps", "vertical_mps", "horizontal_mps", "distance_m", "slope_deg")
    return Touchdown(*(table.number(name) for name in names))


def _score(table: _Table) -> Score:
    whole, half = round(2.0 * HALF_POINTS) + 1, round(HALF_POINTS) + 1
    most = {"total": whole, "softness": half, "accuracy": half, "goal": whole}
    return Score(*(table.whole(name, below) for name, below in most.items()))


def _peaks(table: _Table) -> Peaks:
    names = ("g", "heat_flux_w_cm2", "surface_temperature_c", "dynamic_pressure_pa", "parachute_load_n")
    return Peaks(*(table.number(name) for name in names))


def _events(tables: Iterable[_Table]) -> tuple[Event, ...]:
    events = tuple(
        Event(
            tick=table.whole("tick"), t_s=table.number("t_s"), name=table.code("name", EventName),
            altitude_m=table.number("altitude_m"), height_m=table.number("height_m"),
            speed_mps=table.number("speed_mps"), mach=table.number("mach"), q_pa=table.number("q_pa"),
            detail=table.name("detail"), figures=table.figures("figures"),
        )
        for table in tables
    )  # fmt: skip
    if not events:
        raise _Unfit("is no report of a whole flight: it has no events")
    return events


class _Table:
    """A JSON object whose every value is asked for by what it has to be."""

    def __init__(self, found: object, key: str) -> None:
        if not isinstance(found, dict):
            raise _Unfit(f"is no report of `skycrane fly --json`: {key or 'it'} must be an object")
        self._found: dict[str, Any] = found
        self._key = key

    def names(self) -> Iterable[str]:
        return self._found.keys()

    def get(self, name: str) -> object:
        if name not in self._found:
            raise _Unfit(f"is no report of `skycrane fly --json`: it has no {self._path(name)}")
        return self._found[name]

    def _want(self, name: str, fits: Callable[[Any], bool], what: str) -> Any:
        value = self.get(name)
        if not fits(value):
            raise _Unfit(f"is no report of `skycrane fly --json`: {self._path(name)} must be {what}")
        return value

    def _path(self, name: str) -> str:
        return f"{self._key}.{name}" if self._key else name

    def number(self, name: str) -> float:
        return float(self._want(name, _is_number, "a number of a flight"))

    def whole(self, name: str, below: int = int(_LARGEST)) -> int:
        return int(self._want(name, lambda v: type(v) is int and 0 <= v < below, "a whole number of a flight"))

    def truth(self, name: str) -> bool:
        return bool(self._want(name, lambda v: isinstance(v, bool), "true or false"))

    def name(self, name: str) -> str:
        what = f"a text of at most {LONGEST_NAME} letters"
        return str(self._want(name, lambda v: isinstance(v, str) and len(v) <= LONGEST_NAME and _shows(v), what))

    def code(self, name: str, codes: type[E]) -> E:
        known = {code.value for code in codes}
        return codes(self._want(name, lambda v: isinstance(v, str) and v in known, "one of this game's codes"))

    def figures(self, name: str) -> Figures:
        table = self.table(name)
        return tuple((key, table.number(key)) for key in table.names())

    def table(self, name: str) -> _Table:
        return _Table(self.get(name), self._path(name))

    def tables(self, name: str) -> list[_Table]:
        what = f"a list of at most {_MOST_EVENTS:,}"
        found = self._want(name, lambda v: isinstance(v, list) and len(v) <= _MOST_EVENTS, what)
        return [_Table(each, f"{self._path(name)}[{i}]") for i, each in enumerate(found)]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST


def _shows(text: str) -> bool:
    return text.isprintable()


# --- the course ---


def _track(text: str) -> Track:
    lines = text.splitlines()
    columns = lines[0].split(",")
    missing = [name for name in CSV_COLUMNS if name not in columns]
    if missing:
        raise _Unfit(f"is no course of `skycrane fly --csv`: it has no column {', '.join(missing)}")
    at = {_NAMES.get(name, name): columns.index(name) for name in CSV_COLUMNS}
    rows: list[Stood] = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split(",")
        if len(cells) != len(columns):
            raise _Unfit(f"line {number} has {len(cells)} cells, not {len(columns)}: it is damaged or cut off")
        if cells[at["phase"]] == Phase.COURSE:
            continue  # nothing moves there, and the clock jumps after it
        row = Stood(*(_cell(cells[at[name]], number, name) for name in Stood.__slots__))
        if rows and row.t_s <= rows[-1].t_s:
            raise _Unfit(f"line {number} is not later than the line before it")
        rows.append(row)
    if len(rows) < 2:
        raise _Unfit("has too few lines for the course of a flight")
    return Track(rows)


def _cell(cell: str, line: int, name: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if not isfinite(value) or abs(value) >= _LARGEST:
        raise _Unfit(f"line {line}: {name} must be a number of a flight")
    return value
