"""What foretelling costs a picture: the window's predictor along a flight, by a clock."""

from __future__ import annotations

from typing import Final

from game.content.levels import Level
from game.cues.outlook import Outlook
from game.cues.pace import eased, pace_now
from game.lab.bench import Clock
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.sim.flight import Flight
from game.sim.spec import DT_S

_PICTURE_TICKS: Final = 2  # sixty pictures a second


def slice_times_s(level: Level, clock: Clock, *, guided: bool) -> list[float]:
    """Seconds that each picture of a flight at the level's pace spends on where we come down, as long as it is told;
    empty where it never is. `guided`: foretold for who lets the autopilot steer. It flies in either case.
    """
    flight, helm = Flight(level.flight_spec()), Helm(Autopilot())
    outlook = Outlook(flight.nav(), guided=guided)
    spent_s: list[float] = []
    pace, debt, ticks, picture_s = 1.0, 0.0, 0, 0.0
    while not flight.over:
        pace = eased(pace, pace_now(flight.nav(), level.pace), DT_S)
        debt += pace
        while debt >= 1.0 and not flight.over:
            debt -= 1.0
            helm.hear(flight.step(helm.command(flight)))
        nav = flight.nav()
        start_s = clock()
        told = outlook.tick(nav, guided=guided) is not None
        picture_s += clock() - start_s
        ticks += 1
        if ticks % _PICTURE_TICKS == 0:
            if told:
                spent_s.append(picture_s)
            picture_s = 0.0
    return spent_s
