"""Flights that ghosts are made of, flown once for all tests."""

from __future__ import annotations

from functools import cache

from game.content.levels import load_level
from game.content.modes import Mode
from game.pilots.autopilot import Autopilot
from game.pilots.idle import Idle
from game.pilots.pilot import Helm, Pilot
from game.record.ghost import GhostLog, GhostNote, GhostTrack
from game.record.recorder import Recorder
from game.record.replay import Replay
from game.report import report_of
from game.sim.events import Event
from game.sim.flight import Flight
from game.sim.snapshot import Truth
from tests.book.flights import by_hand

LEVEL = "sky-crane"


@cache
def flown(
    pilot: str = "autopilot", seed: int = 0, level_id: str = LEVEL
) -> tuple[Replay, GhostTrack, tuple[Truth, ...]]:
    """A flight's replay, its ghost, and its snapshots, one a tick."""
    level = load_level(level_id)
    brain: Pilot = Autopilot() if pilot == "autopilot" else Idle()
    flight, helm, log = Flight(level.flight_spec(), seed), Helm(brain), GhostLog()
    recorder = Recorder(level=level_id, mode=Mode.MANUAL, dispersed=False, pilot="person")
    recorder.begin(flight)
    events: list[Event] = []
    seen = []
    while not flight.over:
        command = helm.command(flight)
        happened = flight.step(command)
        helm.hear(happened)
        events += happened
        recorder.after(flight, command)
        seen.append(flight.snapshot())
        log.look(seen[-1])
    report = report_of(flight, events, level=level_id, pilot="person", mode="manual", dispersed=False)
    return by_hand(recorder.finish(report)), log.track(GhostNote(report.outcome, report.score.total)), tuple(seen)
