"""How a flight stood, ten times a second: what it is compared by and drawn from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from game.record.observer import Observer
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.spec import TICK_HZ

EVERY_TICKS: Final = TICK_HZ // 10


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


class Trace(Observer):
    """An observer that keeps a flight from its pick-up on, a `Stood` each tenth of a second and one at the end."""

    def __init__(self) -> None:
        self.rows: list[Stood] = []

    def begin(self, flight: Flight) -> None:
        self._look(flight)

    def after(self, flight: Flight, command: Command) -> None:
        if flight.tick % EVERY_TICKS == 0 or flight.over:
            self._look(flight)

    def at(self, t_s: float) -> Stood:
        """How it stood then, between two looks along a straight line; before the first and after the last as there."""
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

    def _look(self, flight: Flight) -> None:
        if flight.phase is Phase.COURSE:
            return  # nothing moves there, and the clock jumps after it
        truth = flight.snapshot()
        if self.rows and truth.t_s <= self.rows[-1].t_s:
            return
        self.rows.append(Stood(*(getattr(truth, name) for name in Stood.__slots__)))
