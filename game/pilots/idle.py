"""The pilot that does nothing, which must lose every level."""

from __future__ import annotations

from game.sim.command import IDLE, Command
from game.sim.events import EventName
from game.sim.snapshot import Nav
from game.sim.spec import TICK_HZ


class Idle:
    """Hands off: engines at minimum thrust, no tilt, no reel, nothing ever triggered."""

    every_ticks: int = TICK_HZ

    def command(self, nav: Nav, heard: tuple[EventName, ...]) -> Command:
        return IDLE
