"""Whoever looks at a flight while it is flown: a recorder, a log, a clock."""

from __future__ import annotations

from collections.abc import Sequence

from game.sim.command import Command
from game.sim.events import Event
from game.sim.flight import Flight


class Observer:
    """Is told of everything and does nothing about it; a subclass takes what it needs. It may not change the flight."""

    def begin(self, flight: Flight) -> None:
        """Before the first tick."""

    def after(self, flight: Flight, command: Command) -> None:
        """After each tick, with the command that flew it."""

    def hear(self, events: Sequence[Event]) -> None:
        """What happened in a tick, in order and before `after`; not told of a tick in which nothing did."""
