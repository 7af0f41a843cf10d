"""Flights with a record, for the tests of records."""

from __future__ import annotations

import random

from game.content.levels import load_level
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm, Pilot
from game.record.recorder import Recorder
from game.record.replay import Replay
from game.report import FlightReport
from game.sim.command import Command, quantised
from game.sim.events import EventName
from game.sim.snapshot import Nav


class RandomHands:
    """Somebody who has no idea: new levels every quarter of a second, ACTION now and then."""

    every_ticks: int = 30

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(f"hands/{seed}").random

    def command(self, nav: Nav, heard: tuple[EventName, ...]) -> Command:
        draw = self._draw
        return quantised(2.0 * draw() - 1.0, draw(), draw(), int(3.0 * draw()) - 1, draw() < 0.1)


def recorded(
    level: str, pilot: Pilot | None = None, *, seed: int = 0, dispersed: bool = False
) -> tuple[FlightReport, Replay]:
    """A flight and its record, by the autopilot when nobody else is named."""
    recorder = Recorder(level=level, mode="manual", dispersed=dispersed, pilot="autopilot" if pilot is None else "test")
    report = fly(
        load_level(level),
        Helm(pilot or Autopilot()),
        pilot="test",
        seed=seed,
        dispersed=dispersed,
        observers=(recorder,),
    )
    return report, recorder.finish(report)
