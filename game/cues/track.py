"""How a flight stood from moment to moment: what it is compared by and drawn from, wherever the rows come from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stood:
    """One moment of a flight: fields of `Truth`, by their names there. Numbers only, so that two can be blended."""

    t_s: float
    altitude_m: float
    height_m: float
    speed_mps: float
    mach: float
    q_pa: float
    g: float
    heat_flux_w_cm2: float
    surface_c: float
    propellant_kg: float
    downrange_m: float


class Track:
    """Rows in the order of their time, none of them at the same time as another."""

    def __init__(self, rows: Sequence[Stood] = ()) -> None:
        self.rows: list[Stood] = list(rows)

    def at(self, t_s: float) -> Stood:
        """How it stood then, between two rows along a straight line; before the first and after the last as there.

        Raises IndexError when there is no row.
        """
        rows = self.rows
        after = bisect_right(rows, t_s, key=lambda row: row.t_s)
        if after == 0:
            return rows[0]
        if after == len(rows):
            return rows[-1]
        one, other = rows[after - 1], rows[after]
        share = (t_s - one.t_s) / (other.t_s - one.t_s)
        pairs = ((getattr(one, name), getattr(other, name)) for name in Stood.__slots__)
        return Stood(*(a + share * (b - a) for a, b in pairs))
