"""How the figures of a dispersion are called and written: their names, units and decimals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.content.texts import Texts


@dataclass(frozen=True, slots=True)
class Shown:
    """The unit that a figure is shown in, what its value is divided by for it, and its decimals."""

    unit: str
    divisor: float
    decimals: int

    def text(self, value: float) -> str:
        shown = round(value / self.divisor, self.decimals) + 0.0  # minus nothing is nothing
        return f"{shown:,.{self.decimals}f}"


# By how a column ends, longer endings first.
_ENDS: Final = (
    ("_heat_flux_w_cm2", Shown("W/cm2", 1.0, 1)), ("_temperature_c", Shown("C", 1.0, 0)),
    ("_mps", Shown("m/s", 1.0, 2)),
    ("_deg", Shown("deg", 1.0, 2)), ("_mach", Shown("", 1.0, 2)), ("_load_n", Shown("kN", 1000.0, 1)),
    ("_pa", Shown("Pa", 1.0, 0)), ("_kg", Shown("kg", 1.0, 0)), ("_m", Shown("m", 1.0, 1)), ("_s", Shown("s", 1.0, 1)),
    ("_g", Shown("g", 1.0, 2)), ("score", Shown("", 1.0, 0)),
)  # fmt: skip


def shown_of(column: str) -> Shown:
    """How the figure of a column is written."""
    return next(shown for end, shown in _ENDS if column.endswith(end))


def name_of(texts: Texts, column: str) -> str:
    """What the figure or the input of a column is called."""
    goal, _, figure = column.partition("goal_")
    return texts.get(f"figure.{figure}") if figure and not goal else texts.get(f"dispersed.{column}")
