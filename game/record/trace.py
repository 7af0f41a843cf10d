"""A flight's course ten times a second, kept while it is flown: for comparisons, pictures and the result screen."""

from __future__ import annotations

from typing import Final

from game.cues.track import Stood, Track
from game.record.observer import Observer
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.spec import TICK_HZ

EVERY_TICKS: Final = TICK_HZ // 10


class Trace(Observer, Track):
    """An observer that keeps a flight from its pick-up on, a `Stood` each tenth of a second and one at the end."""

    def begin(self, flight: Flight) -> None:
        self._look(flight)

    def after(self, flight: Flight, command: Command) -> None:
        if flight.tick % EVERY_TICKS == 0 or flight.over:
            self._look(flight)

    def _look(self, flight: Flight) -> None:
        if flight.phase is Phase.COURSE:
            return  # nothing moves there, and the clock jumps after it
        truth = flight.snapshot()
        if self.rows and truth.t_s <= self.rows[-1].t_s:
            return
        self.rows.append(Stood(*(getattr(truth, name) for name in Stood.__slots__)))
