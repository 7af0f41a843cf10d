"""What a pilot is, and how one is asked: every few ticks, with what it holds repeated in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from game.sim.command import Command
from game.sim.events import Event, EventName
from game.sim.flight import Flight
from game.sim.snapshot import Nav

EVERY_TICKS: Final = 6  # 20 decisions a second: as often as the instruments tell something new


class Pilot(Protocol):
    """Somebody who decides. The same nav and events must give the same commands: a pilot has no clock and no dice."""

    every_ticks: int

    def command(self, nav: Nav, heard: tuple[EventName, ...]) -> Command:
        """What to do now; `heard` is what happened since the last call, oldest first. Edges are held for one tick."""


class CommandSource(Protocol):
    """Where a flight's commands come from, one a tick: a pilot at the helm, a person, a replay."""

    def command(self, flight: Flight) -> Command:
        """The command of the tick that is about to be flown."""

    def hear(self, events: Sequence[Event]) -> None:
        """What that tick brought; need not be called for a tick that brought nothing."""


class Helm:
    """Puts a pilot in charge of a flight from its first tick."""

    __slots__ = ("_heard", "_held", "_pilot", "_wait")

    def __init__(self, pilot: Pilot) -> None:
        self._pilot = pilot
        self._heard: list[EventName] = []
        self._held = Command()
        self._wait = 0

    def command(self, flight: Flight) -> Command:
        """Ask the pilot when its time has come, else go on with what it holds."""
        if self._wait:
            self._wait -= 1
            return self._held
        pilot = self._pilot
        self._wait = pilot.every_ticks - 1
        heard: tuple[EventName, ...] = ()
        if self._heard:
            heard = tuple(self._heard)
            self._heard.clear()
        command = pilot.command(flight.nav(), heard)
        self._held = command.held()
        return command

    def hear(self, events: Sequence[Event]) -> None:
        self._heard.extend(event.name for event in events)


def within(value: float, limit: float) -> float:
    """The value, held to this size either way."""
    return min(max(value, -limit), limit)
