"""`skycrane bench --verify`: how much faster than real time a record is read and flown again."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any, Final

from game.commands.output import say, say_table
from game.content.levels import Level, load_level
from game.content.modes import Mode
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.recorder import Recorder
from game.record.replay import parse_replay
from game.record.verify import Verdict, verify
from game.sim.spec import TICK_HZ

LEAST_FACTOR: Final = 300.0  # times real time

_HEAD: Final = ("level", "flight", "record", "read", "flown again", "real time")


@dataclass(frozen=True, slots=True)
class VerifySpeed:
    """The best round of one record, in CPU time; `flown_s` includes making the flight and comparing it."""

    level: str
    flight_s: float
    record_bytes: int
    read_s: float
    flown_s: float

    @property
    def factor(self) -> float:
        return self.flight_s / (self.read_s + self.flown_s)


def measure_verify(names: Sequence[str], *, rounds: int, as_json: bool) -> None:
    """Record a flight of each level by the autopilot, verify it so often, and print the best round of each."""
    levels = [load_level(name) for name in names]
    speeds = [_speed(level, _recorded(level), rounds) for level in levels]
    if as_json:
        say(json.dumps(_as_json(speeds), indent=2))
    else:
        say_table(_HEAD, [_row(speed) for speed in speeds])
        say(f"at least {LEAST_FACTOR:.0f}x is promised")


def _recorded(level: Level) -> str:
    recorder = Recorder(level=level.id, mode=Mode.MANUAL.value, dispersed=False, pilot="autopilot")
    report = fly(level, Helm(Autopilot()), pilot="autopilot", observers=[recorder])
    return recorder.finish(report).text()


def _speed(level: Level, text: str, rounds: int) -> VerifySpeed:
    read_s = flown_s = float("inf")
    for _ in range(rounds):
        start_s = process_time()
        replay = parse_replay(text, level.id)
        between_s = process_time()
        verdict = verify(replay, level, level.id).verdict
        end_s = process_time()
        if verdict is not Verdict.EXACT:  # a fast wrong answer is no answer
            raise AssertionError(f"{level.id}: {verdict}")
        read_s, flown_s = min(read_s, between_s - start_s), min(flown_s, end_s - between_s)
    return VerifySpeed(level.id, replay.ticks / TICK_HZ, len(text.encode()), read_s, flown_s)


def _row(speed: VerifySpeed) -> tuple[str, ...]:
    return (
        speed.level, f"{speed.flight_s:.1f} s", f"{speed.record_bytes:,} B", f"{1e3 * speed.read_s:.1f} ms",
        f"{1e3 * speed.flown_s:.0f} ms", f"{speed.factor:,.0f}x",
    )  # fmt: skip


def _as_json(speeds: Sequence[VerifySpeed]) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "promised": {"real_time_factor": LEAST_FACTOR},
        "levels": [
            {
                "level": speed.level,
                "flight_s": round(speed.flight_s, 2),
                "record_bytes": speed.record_bytes,
                "read_s": round(speed.read_s, 5),
                "flown_s": round(speed.flown_s, 5),
                "real_time_factor": round(speed.factor, 1),
            }
            for speed in speeds
        ],
    }
