"""The tables of docs/flight-names.md: what a script or a check may name, from the code and its docstrings.

python -m tests.content.names      writes them, and says which of them changed
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from game.content.figures import Group, Leaf, figures
from game.content.keys import meanings_of, unit_of_key
from game.content.texts import load_texts
from game.pilots.script_text import NUMBERS, YES_OR_NO
from game.report import FlightReport, PartDown
from game.scoring import Score
from game.sim.events import Event, EventName, Reason
from game.sim.judge import Touchdown
from game.sim.peaks import Peaks
from game.sim.snapshot import Nav, Part
from tests.pages import write_table

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "flight-names.md"
RECORDS: Final[dict[str, type[Any]]] = {"touchdown": Touchdown, "score": Score, "peaks": Peaks}
LISTS: Final[dict[str, type[Any]]] = {"events": Event, "parts": PartDown}
TIMES: Final = "how often it happened; 0 where it did not"

# The figures of its own that each event has, in its order. A test flies for them.
EVENT_FIGURES: Final[dict[EventName, tuple[str, ...]]] = {
    EventName.COURSE_SET: ("entry_angle_deg", "burn_s"),
    EventName.ENTRY_INTERFACE: ("entry_angle_deg", "speed_mps"),
    EventName.GUIDANCE_START: ("g",),
    EventName.PEAK_HEATING: ("heat_flux_w_cm2", "peak_t_s"),
    EventName.PEAK_DECELERATION: ("g", "peak_t_s"),
    EventName.MORTAR: ("mach", "q_pa"),
    EventName.INFLATION_PEAK: ("load_n", "mach", "peak_t_s"),
    EventName.PARACHUTE_TORN: ("load_n", "limit_n", "lost"),
    EventName.HEAT_SHIELD_SEPARATION: ("mach",),
    EventName.MARK_CHOSEN: ("downrange_m",),
    EventName.TOUCHDOWN: ("vertical_mps", "along_mps", "distance_m"),
    EventName.PART_DOWN: ("downrange_m", "distance_m"),
    EventName.STAGE_IMPACT: ("downrange_m", "distance_m"),
}
OF_REASON: Final = (EventName.COMPLETED, EventName.LOST)  # theirs are those of the reason
_SPEEDS: Final = ("speed_mps", "vertical_mps", "along_mps")
# The figures of its own that each reason has; `completed` and `goal_missed` have those that the level's goal names.
REASON_FIGURES: Final[dict[Reason, tuple[str, ...]]] = {
    Reason.MISSED_MARS: ("altitude_m", "speed_mps"),
    Reason.SKIPPED_OUT: ("altitude_m", "speed_mps"),
    Reason.BACKSHELL_BURNED: ("heat_flux_w_cm2", "limit_w_cm2", "incidence_deg"),
    Reason.BURNED_THROUGH: ("heat_flux_w_cm2", "bond_c"),
    Reason.BURNED_UNPROTECTED: ("heat_flux_w_cm2", "limit_w_cm2"),
    Reason.BROKE_UP: ("g", "limit_g"),
    Reason.NO_PARACHUTE: ("speed_mps",),
    Reason.PARACHUTE_TORN: ("load_n", "limit_n", "speed_mps"),
    Reason.PARACHUTE_TOO_LATE: ("speed_mps", "height_m"),
    Reason.HEAT_SHIELD_KEPT: ("speed_mps",),
    Reason.BACKSHELL_KEPT: ("speed_mps",),
    Reason.STRUCK_BY_BACKSHELL: ("speed_mps",),
    Reason.HIT_THE_GROUND: _SPEEDS,
    Reason.FUEL_OUT: _SPEEDS,
    Reason.ROVER_NOT_RELEASED: _SPEEDS,
    Reason.WHEELS_NOT_READY: _SPEEDS,
    Reason.BRIDLE_NOT_FULL: ("paid_m",),
    Reason.CUT_TOO_EARLY: _SPEEDS,
    Reason.WHEELS_BROKEN: _SPEEDS,
    Reason.SUSPENSION_BROKEN: _SPEEDS,
    Reason.TIPPED_ON_SLOPE: ("slope_deg",),
    Reason.TIPPED_ON_ROCK: ("slope_deg",),
    Reason.TIPPED_BY_SPEED: _SPEEDS,
    Reason.DRAGGED: _SPEEDS,
    Reason.BRIDLE_NOT_CUT: _SPEEDS,
    Reason.STAGE_TOO_CLOSE: ("distance_m",),
    Reason.OUT_OF_TIME: ("time_s",),
}


def tables() -> dict[str, str]:
    """Each table by the name of its place."""
    meanings = meanings_of(Nav.__doc__ or "")
    return {
        "numbers": _table(("name", "in", "meaning"), [(f"`{n}`", _unit(n), meanings[n]) for n in NUMBERS]),
        "yes-or-no": _table(("name", "meaning"), [(f"`{name}`", meanings[name]) for name in YES_OR_NO]),
        "events": _table(("event", "when", "its own figures"), _events()),
        "reasons": _table(("`reason_code`", "its own figures"), [(f"`{code}`", _of_reason(code)) for code in Reason]),
        "parts": _table(("part", "on screen"), [(f"`{part}`", load_texts().get(f"part.{part}")) for part in Part]),
        "figures": _table(("figure", "in", "meaning"), _figures()),
    }


def _unit(name: str) -> str:
    ends = {"_mps2": "m/s2", "_rad": "rad"}
    unit = next((unit for end, unit in ends.items() if name.endswith(end)), None) or unit_of_key(name)
    return "earth g" if unit == "g" else "Mach" if name == "mach" else unit


def _events() -> list[tuple[str, ...]]:
    meanings = meanings_of(EventName.__doc__ or "")
    return [(f"`{event}`", meanings[event], _own(event)) for event in EventName]


def _own(event: EventName) -> str:
    if event in OF_REASON:
        return "those of its reason"
    return ", ".join(f"`{name}`" for name in EVENT_FIGURES.get(event, ()))


def _of_reason(code: Reason) -> str:
    if code in (Reason.COMPLETED, Reason.GOAL_MISSED):
        return "those that the level's `[[goal.figures]]` name"
    return ", ".join(f"`{name}`" for name in REASON_FIGURES.get(code, ()))


def _figures() -> list[tuple[str, ...]]:
    """Every figure once; of a list of records, whose names stand in tables of their own, those of any one."""
    rows, meanings = [], meanings_of(FlightReport.__doc__ or "")
    for name, shape in figures().below.items():
        if isinstance(shape, Leaf):
            rows.append(_row(name, shape, meanings[name]))
        elif name in LISTS:
            each = next(iter(shape.below.values()))
            assert isinstance(each, Group)
            of_it = meanings_of(LISTS[name].__doc__ or "") | {"times": TIMES}
            placeholder = "EVENT" if name == "events" else "PART"
            rows += _below(f"{name}.{placeholder}", each, of_it)
        else:
            rows += _below(name, shape, meanings_of(RECORDS[name].__doc__ or "") if name in RECORDS else {})
    return rows


def _below(head: str, group: Group, meanings: dict[str, str]) -> list[tuple[str, ...]]:
    if group.free:
        own = "what belongs to this event alone" if head.startswith("events") else "what belongs to that reason alone"
        return [_row(f"{head}.FIGURE", group.free, own)]
    rows: list[tuple[str, ...]] = []
    for name, shape in group.below.items():
        path = f"{head}.{name}"
        rows += _below(path, shape, {}) if isinstance(shape, Group) else [_row(path, shape, meanings[name])]
    return rows


def _row(path: str, leaf: Leaf, meaning: str) -> tuple[str, ...]:
    few = len(leaf.words) <= 4
    kind = _unit(path.rpartition(".")[2]) if leaf.number else "words"
    words = f": {', '.join(f'`{word}`' for word in leaf.words)}" if leaf.words and few else ""
    return f"`{path}`", kind, f"{meaning}{words}"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write() -> None:
    """Write what is new, and say so."""
    for name, table in tables().items():
        print(f"{name}: {'new' if write_table(PAGE, name, table) else 'unchanged'}")


if __name__ == "__main__":
    write()
