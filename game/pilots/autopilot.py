"""The autopilot: flies every phase from `nav` alone, the way the real guidance does, and never touches the truth."""

from __future__ import annotations

from typing import Final

from game.pilots import arrival, last_minute
from game.pilots.pilot import EVERY_TICKS
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.phases import Phase
from game.sim.snapshot import Nav


class Autopilot:
    """Lands every level. It has no memory: what it does follows from what it sees."""

    every_ticks = EVERY_TICKS

    def command(self, nav: Nav, heard: tuple[EventName, ...]) -> Command:
        return _FLOWN_BY.get(nav.phase, last_minute.command)(nav)


_FLOWN_BY: Final = {
    Phase.COURSE: arrival.trim_course,
    Phase.CRUISE: arrival.leave_cruise_stage,
    Phase.APPROACH: arrival.turn_shield_forward,
    Phase.ENTRY: arrival.enter,
    Phase.PARACHUTE: arrival.hang,
}
