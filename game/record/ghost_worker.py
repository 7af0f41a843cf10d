"""Makes one ghost in a process of its own, so that no picture waits for it: `python -m game.record.ghost_worker`.

What to make comes on stdin as JSON (`Job`), the track goes to stdout as a file's bytes. Exit code 0, or 1 and nothing.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from game.content.errors import InputError
from game.content.flown import flown_beside
from game.content.levels import Level, load_level
from game.content.modes import Mode
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import CommandSource, Helm
from game.record.ghost import EVERY_TICKS, GhostError, GhostLog, GhostNote, GhostTrack, Source
from game.record.ghost_flown import flown_track
from game.record.playback import Playback
from game.record.replay import parse_replay
from game.sim.flight import Flight


@dataclass(frozen=True, slots=True)
class Job:
    """What to make a ghost of. level: its file. replay: the text of one; without it the autopilot flies."""

    source: Source
    key: str
    level: str
    mode: Mode = Mode.MANUAL
    dispersed: bool = False
    seed: int = 0
    replay: str = ""

    def text(self) -> str:
        return json.dumps(asdict(self))


def job_of(text: str) -> Job:
    """Raises ValueError, KeyError or TypeError for what is no job."""
    told: dict[str, Any] = json.loads(text)
    return Job(**told | {"source": Source(told["source"]), "mode": Mode(told["mode"])})


def track_of(job: Job) -> GhostTrack:
    """Make it. Raises GhostError when it cannot be made, and what reading a level or a replay raises."""
    level = load_level(job.level)
    if job.source is Source.FLOWN:
        flown = flown_beside(level)
        track = flown_track(flown, level.vehicle, level.site) if flown else None
        if track is None:
            raise GhostError("too little of it is published")
        return track
    if not job.replay:
        return _flown_by(Helm(Autopilot()), level, job.mode, job.seed, dispersed=job.dispersed)
    replay = parse_replay(job.replay, job.key)
    head = replay.header
    track = _flown_by(Playback(replay), level, Mode(head.mode), head.seed, dispersed=head.dispersed)
    if track.note.outcome is not replay.end.outcome:
        raise GhostError("is not the flight that was recorded")
    return GhostTrack(*track.columns(), GhostNote(replay.end.outcome, replay.end.score))


def _flown_by(source: CommandSource, level: Level, mode: Mode, seed: int, *, dispersed: bool) -> GhostTrack:
    flight, log = Flight(level.flight_spec(mode, dispersed), seed), GhostLog()
    log.look(flight.snapshot())
    while not flight.over:
        events = flight.step(source.command(flight))
        if events:
            source.hear(events)
        if flight.tick % EVERY_TICKS == 0 or flight.over:
            log.look(flight.snapshot())
    return log.track(GhostNote(flight.outcome))


def main() -> int:
    """One job from stdin to stdout."""
    with suppress(AttributeError, OSError):
        os.nice(10)  # whoever flies comes first
    try:
        job = job_of(sys.stdin.read())
        data = track_of(job).data(job.key)
    except (InputError, GhostError, ArithmeticError, ValueError, KeyError, TypeError, IndexError):
        return 1
    sys.stdout.buffer.write(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
