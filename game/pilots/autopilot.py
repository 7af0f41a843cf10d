"""The autopilot: flies every phase from `nav` alone, the way the real guidance does, and never touches the truth."""

from __future__ import annotations

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
        match nav.phase:
            case Phase.COURSE:
                return arrival.trim_course(nav)
            case Phase.CRUISE:
                return arrival.leave_cruise_stage(nav)
            case Phase.APPROACH:
                return arrival.turn_shield_forward(nav)
            case Phase.ENTRY:
                return arrival.enter(nav)
            case Phase.PARACHUTE:
                return arrival.hang(nav)
            case _:
                return last_minute.command(nav)
