"""The comparison with a flown flight as a table: for a terminal, and for the docs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from game.content.texts import load_texts
from game.cues.compare import Compared

_SLOW: Final = 10.0

HEAD: Final = ("moment", "figure", "flown", "ours", "difference", "bound", "source", "")


@dataclass(frozen=True, slots=True)
class _Shown:
    """How a quantity is called and written: its unit, what a value is divided by for it, and its decimals.

    slow   a value below ten has so many more
    """

    name: str
    unit: str
    divisor: float
    decimals: int
    slow: int = 0

    def text(self, value: float) -> str:
        shown = value / self.divisor
        decimals = self.decimals + (self.slow if abs(shown) < _SLOW else 0)
        return f"{round(shown, decimals) + 0.0:,.{decimals}f}"  # minus nothing is nothing


_SHOWN: Final = {
    "t_s": _Shown("time", "s", 1.0, 1),
    "altitude_m": _Shown("altitude", "km", 1000.0, 2),
    "height_m": _Shown("height of the wheels", "m", 1.0, 1),
    "speed_mps": _Shown("speed", "m/s", 1.0, 1, slow=1),
    "mach": _Shown("Mach number", "", 1.0, 2),
    "q_pa": _Shown("dynamic pressure", "Pa", 1.0, 0),
    "g": _Shown("load", "g", 1.0, 2),
    "entry_angle_deg": _Shown("path angle", "deg", 1.0, 2),
    "heat_flux_w_cm2": _Shown("heat flux", "W/cm2", 1.0, 1),
    "parachute_load_n": _Shown("pull of the canopy", "kN", 1000.0, 1),
    "vertical_mps": _Shown("speed down", "m/s", 1.0, 2),
    "along_mps": _Shown("speed along", "m/s", 1.0, 2),
    "after_release_s": _Shown("after the release", "s", 1.0, 1),
    "after_touchdown_s": _Shown("after the wheels", "s", 1.0, 1),
    "surface_temperature_c": _Shown("hottest of the shield", "C", 1.0, 0),
    "heat_load_j_cm2": _Shown("heat load", "J/cm2", 1.0, 0),
    "propellant_used_kg": _Shown("propellant on engines", "kg", 1.0, 0),
    "stage_distance_m": _Shown("stage from the rover", "m", 1.0, 0),
}


def figure_rows(flights: Sequence[Sequence[Compared]]) -> list[tuple[str, ...]]:
    """A row for each figure; `ours` is that of the first flight, and of several the two ends in brackets behind it."""
    rows: list[tuple[str, ...]] = []
    last, texts = "", load_texts()
    for each in zip(*flights, strict=True):
        first, shown = each[0], _SHOWN[each[0].quantity]
        name = f"{shown.name}, {shown.unit}" if shown.unit else shown.name
        bounds, difference = first.figure.bounds, first.difference
        rows.append(
            (
                texts.fill(first.title) if first.title != last else "",
                name,
                _span(shown, *first.figure.span),
                _ours(shown, each),
                _difference(shown, difference),
                "no claim" if bounds is None else _span(shown, *bounds),
                first.figure.source,
                "" if all(compared.inside for compared in each) else "OUTSIDE",
            )
        )
        last = first.title
    return rows


def markdown(flights: Sequence[Sequence[Compared]]) -> str:
    """The same table for the docs, without its last column where nothing is outside."""
    rows = figure_rows(flights)
    width = len(HEAD) if any(row[-1] for row in rows) else len(HEAD) - 1
    lines = [HEAD[:width], ("---",) * width, *(row[:width] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _span(shown: _Shown, low: float, high: float) -> str:
    ends = shown.text(low), shown.text(high)
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _difference(shown: _Shown, difference: float | None) -> str:
    if difference is None:
        return "-"
    text = shown.text(difference)
    return text if text.startswith("-") or not text.strip("0.") else f"+{text}"


def _ours(shown: _Shown, each: Sequence[Compared]) -> str:
    values = [compared.ours for compared in each if compared.ours is not None]
    first = each[0].ours
    nominal = "none" if first is None else shown.text(first)
    ends = f" ({_span(shown, min(values), max(values))})" if values else ""
    if ends == f" ({nominal})":  # of one flight, or of several that agree
        ends = ""
    lost = len(each) - len(values) if len(each) > 1 else 0
    return nominal + ends + (f", {lost} without" if lost else "")
