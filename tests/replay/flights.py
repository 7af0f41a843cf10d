"""Flights with a record, for the tests of records."""

from __future__ import annotations

import random
from collections.abc import Callable

from game.content.levels import load_level
from game.content.modes import Mode
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm, Pilot
from game.pilots.script import Script
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


def random_script(seed: int) -> Script:
    """Somebody who had a plan: levers and moments at some times of the first two minutes, in order."""
    draw = random.Random(f"script/{seed}").random
    lines = ["at start  throttle 0.6"]
    for moment in sorted(round(120.0 * draw(), 1) for _ in range(20)):
        what = ("action", f"tilt {2.0 * draw() - 1.0:.2f}", f"throttle {draw():.2f}", "reel 1", "mark left")
        lines.append(f"at {moment} s  {what[int(len(what) * draw())]}")
    return Script.parse("\n".join(lines), f"script {seed}")


def recorded(
    level: str,
    pilot: Pilot | None = None,
    *,
    seed: int = 0,
    dispersed: bool = False,
    mode: Mode = Mode.MANUAL,
    journal: Callable[[str], None] | None = None,
) -> tuple[FlightReport, Replay]:
    """A flight and its record, by the autopilot when nobody else is named."""
    recorder = Recorder(
        level=level,
        mode=mode.board.value,
        dispersed=dispersed,
        pilot="autopilot" if pilot is None else "test",
        journal=journal,
    )
    report = fly(
        load_level(level),
        Helm(pilot or Autopilot()),
        pilot="test",
        seed=seed,
        mode=mode,
        dispersed=dispersed,
        observers=(recorder,),
    )
    return report, recorder.finish(report)
