"""A replay as a source of commands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from game.record.replay import Record
from game.sim.command import IDLE, Command
from game.sim.events import Event
from game.sim.flight import Flight


class Playback:
    """Sends the recorded commands tick by tick, deaf and blind; past their end it sends nothing more."""

    __slots__ = ("_commands",)

    def __init__(self, record: Record) -> None:
        self._commands = (command for run in record.runs for command in repeat(run.command, run.ticks))

    def command(self, flight: Flight) -> Command:
        return next(self._commands, IDLE)

    def hear(self, events: Sequence[Event]) -> None:
        """Nothing that happens changes what was recorded."""
