"""One of our flights held against a flown one: figure by figure, each with its bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from game.content.flown import FlownFigure, FlownFlight
from game.cues.track import Stood, Track
from game.report import FlightReport
from game.sim.events import Event, EventName
from game.sim.snapshot import Part
from game.sim.stowage import ENTRY_MASSES

_MIDDLE_OF_RADAR_M: Final = 7300.0
_STEADY_M: Final = 185.0
_SLOW_MPS: Final = 1100.0
# These events are told when the value has fallen again; their own figure says when it was highest.
_PEAK_T_S: Final = "peak_t_s"


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of one moment: flown and ours.

    ours  None where our flight has no such moment: it was lost before
    t_s   when ours was read, seconds from the entry interface
    """

    moment: str
    title: str
    quantity: str
    figure: FlownFigure
    ours: float | None
    t_s: float | None

    @property
    def difference(self) -> float | None:
        """How far ours lies outside of what was flown, + above; nothing inside its two ends."""
        if self.ours is None:
            return None
        low, high = self.figure.span
        return min(self.ours - low, 0.0) + max(self.ours - high, 0.0)

    @property
    def inside(self) -> bool:
        """Whether ours keeps its bound; a figure of which nothing is claimed has none to break."""
        bounds = self.figure.bounds
        return bounds is None or (self.ours is not None and bounds[0] <= self.ours <= bounds[1])


def compare(flown: FlownFlight, report: FlightReport, trace: Track) -> tuple[Compared, ...]:
    """Every published figure beside ours, in the order of the file.

    Of a trace without rows nothing is read: then what no event tells is missing, as is what comes after a loss.
    """
    ours = _Ours(report, trace)
    found = []
    for moment in flown.moments:
        for quantity, figure in moment.figures():
            value: float | None
            t_s: float | None
            try:
                value, t_s = ours.figure(moment.name, quantity), ours.t_s(moment.name)
            except _MissingMomentError:
                value = t_s = None
            found.append(Compared(moment.name, moment.title, quantity, figure, value, t_s))
    return tuple(found)


class _MissingMomentError(Exception):
    """Our flight has no such moment."""


class _Ours:
    """Our flight, asked by moment and quantity."""

    def __init__(self, report: FlightReport, trace: Track) -> None:
        self._report, self._trace = report, trace
        self._events: dict[str, Event] = {}
        for event in report.events:
            self._events.setdefault(event.name, event)

    def t_s(self, moment: str) -> float:
        return self._t_s_of(moment)

    def figure(self, moment: str, quantity: str) -> float:
        if quantity in _OF_THE_FLIGHT:
            return _OF_THE_FLIGHT[quantity](self)
        t_s = self._t_s_of(moment)
        if quantity == "t_s":
            return t_s
        event = self._events.get(moment)
        told = dict(event.figures) if event else {}
        # What the event says of itself was read in its own tick; the rest of a peak is read where the peak was.
        own = _OWN_NAMES.get(quantity, quantity)
        if own in told:
            return told[own]
        if event is not None and _PEAK_T_S not in told and quantity in _EVENT_FIELDS:
            return float(getattr(event, quantity))
        stood = self._at(t_s)
        if quantity not in Stood.__slots__:
            raise ValueError(f"{moment}: nothing tells its {quantity}")
        return float(getattr(stood, quantity))

    def _at(self, t_s: float) -> Stood:
        if not self._trace.rows:
            raise _MissingMomentError("rows")
        return self._trace.at(t_s)

    def event(self, name: EventName) -> Event:
        if name not in self._events:
            raise _MissingMomentError(name)
        return self._events[name]

    def _t_s_of(self, moment: str) -> float:
        if moment == "whole_flight":
            return self._report.events[-1].t_s
        if moment in _SOUGHT:
            return _SOUGHT[moment](self)
        event = self.event(EventName(moment))
        return dict(event.figures).get(_PEAK_T_S, event.t_s)

    # --- moments without an event of their own ---

    def first_ballast_s(self) -> float:
        pairs = (e.t_s for e in self._report.events if e.name is EventName.BALANCE_MASS and e.detail in ENTRY_MASSES)
        found = next(pairs, None)
        if found is None:
            raise _MissingMomentError("balance masses")
        return found

    def first_s(self, what: str, is_so: Callable[[Stood], bool]) -> float:
        start_s = self.event(EventName.ENTRY_INTERFACE).t_s
        found = next((row.t_s for row in self._trace.rows if row.t_s > start_s and is_so(row)), None)
        if found is None:
            raise _MissingMomentError(what)
        return found

    # --- figures of the whole flight ---

    def propellant_used_kg(self) -> float:
        lit, cut = self.event(EventName.ENGINE_START), self.event(EventName.BRIDLE_CUT)
        return self._at(lit.t_s).propellant_kg - self._at(cut.t_s).propellant_kg

    def heat_load_j_cm2(self) -> float:
        off_s = self.event(EventName.HEAT_SHIELD_SEPARATION).t_s
        rows = [row for row in self._trace.rows if row.t_s <= off_s]
        if not rows:
            raise _MissingMomentError("rows")
        return sum(0.5 * (a.heat_flux_w_cm2 + b.heat_flux_w_cm2) * (b.t_s - a.t_s) for a, b in pairwise(rows))

    def stage_distance_m(self) -> float:
        self.event(EventName.STAGE_IMPACT)  # before, they are in one place
        places = {part.name: part.downrange_m for part in self._report.parts}
        if not {Part.DESCENT_STAGE, Part.ROVER} <= set(places):
            raise _MissingMomentError("descent stage")
        return abs(places[Part.DESCENT_STAGE] - places[Part.ROVER])

    def touchdown(self) -> tuple[float, float]:
        touchdown = self._report.touchdown
        if touchdown is None:
            raise _MissingMomentError("touchdown")
        return touchdown.vertical_mps, touchdown.horizontal_mps

    def since(self, name: EventName, later: EventName) -> float:
        return self.event(later).t_s - self.event(name).t_s

    def hottest_c(self) -> float:
        self.event(EventName.PEAK_HEATING)
        return self._report.peaks.surface_temperature_c


_SOUGHT: Final[dict[str, Callable[[_Ours], float]]] = {
    "balance_masses": _Ours.first_ballast_s,
    "slower_than_1100": lambda ours: ours.first_s("slower than 1,100 m/s", lambda row: row.speed_mps < _SLOW_MPS),
    "radar_middle": lambda ours: ours.first_s("below 7.3 km", lambda row: row.altitude_m < _MIDDLE_OF_RADAR_M),
    "steady_descent": lambda ours: ours.first_s("below 185 m", lambda row: row.height_m < _STEADY_M),
}

_OF_THE_FLIGHT: Final[dict[str, Callable[[_Ours], float]]] = {
    "surface_temperature_c": _Ours.hottest_c,
    "heat_load_j_cm2": _Ours.heat_load_j_cm2,
    "propellant_used_kg": _Ours.propellant_used_kg,
    "stage_distance_m": _Ours.stage_distance_m,
    "vertical_mps": lambda ours: ours.touchdown()[0],
    "along_mps": lambda ours: ours.touchdown()[1],
    "after_release_s": lambda ours: ours.since(EventName.ROVER_RELEASE, EventName.BRIDLE_FULL),
    "after_touchdown_s": lambda ours: ours.since(EventName.TOUCHDOWN, EventName.BRIDLE_CUT),
}

_OWN_NAMES: Final = {"parachute_load_n": "load_n"}
_EVENT_FIELDS: Final = frozenset({"altitude_m", "height_m", "speed_mps", "mach", "q_pa"})
