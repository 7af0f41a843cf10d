"""`skycrane bench --frames`: what each picture of a whole flight costs, held against sixty of them a second."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time_ns
from typing import Any, Final

from game.commands.output import say, say_table
from game.commands.stage import Stage, a_stage
from game.content.levels import Level, load_level
from game.content.modes import Mode
from game.scenes.flight import FlightScene
from game.sim.phases import Phase

MEDIAN_MOST_MS: Final = 5.0
P99_MOST_MS: Final = 10.0
PEAK_MOST_MB: Final = 250.0

_HEAD: Final = ("level", "phase", "frames", "median", "99 %", "worst", "memory")


@dataclass(frozen=True, slots=True)
class Frames:
    """CPU milliseconds of each frame, in order: events, ticks, picture; and the process's memory at the end of them."""

    times_ms: tuple[float, ...]
    peak_mb: float

    @property
    def median_ms(self) -> float:
        return median(self.times_ms)

    @property
    def p99_ms(self) -> float:
        """What 99 in 100 of them stay below."""
        return sorted(self.times_ms)[min(int(0.99 * len(self.times_ms)), len(self.times_ms) - 1)]


def measure_frames(names: Sequence[str], size: tuple[int, int], *, as_json: bool) -> None:
    """Fly each level once in a window of this size and print what its pictures cost."""
    levels = [load_level(name) for name in names]  # before anything is started
    told = []
    with a_stage(size) as stage:
        for level in levels:
            told.append((level.id, flown_frames(stage, level)))
    if as_json:
        say(json.dumps(_as_json(told, size), indent=2))
    else:
        say_table(_HEAD, [row for level_id, parts in told for row in _rows(level_id, parts)])


def flown_frames(stage: Stage, level: Level) -> dict[Phase, Frames]:
    """Of one Guided flight from its first frame to its result, by phase."""
    stage.app.open(FlightScene(stage.app.kit, level, Mode.GUIDED, 0))
    times: dict[Phase, list[float]] = {}
    peaks: dict[Phase, float] = {}
    scene = stage.app.stack[-1]
    while isinstance(scene, FlightScene):
        stage.act(scene)
        phase = scene.flight.phase
        start_ns = process_time_ns()
        stage.frame()
        times.setdefault(phase, []).append(1e-6 * (process_time_ns() - start_ns))
        peaks[phase] = peak_mb()
        scene = stage.app.stack[-1]
    return {phase: Frames(tuple(found), peaks[phase]) for phase, found in times.items()}


def whole_of(parts: dict[Phase, Frames]) -> Frames:
    """All phases together."""
    return Frames(
        tuple(time for part in parts.values() for time in part.times_ms), max(p.peak_mb for p in parts.values())
    )


def peak_mb() -> float:
    """The most memory that this process has held so far; 0 where the system does not tell."""
    try:
        import resource  # noqa: PLC0415  Windows has none
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024.0 * 1024.0 if sys.platform == "darwin" else 1024.0)


def _rows(level_id: str, parts: dict[Phase, Frames]) -> list[tuple[str, ...]]:
    return [
        (
            level_id, name, f"{len(part.times_ms):,}", f"{part.median_ms:.2f} ms", f"{part.p99_ms:.2f} ms",
            f"{max(part.times_ms):.1f} ms", f"{part.peak_mb:.0f} MB",
        )
        for name, part in (*((phase.value, part) for phase, part in parts.items()), ("whole flight", whole_of(parts)))
    ]  # fmt: skip


def _as_json(told: Sequence[tuple[str, dict[Phase, Frames]]], size: tuple[int, int]) -> dict[str, Any]:
    """Of one level alone also at the top, so that a script need not look for it."""
    levels = [
        {
            "level": level_id,
            "whole": _figures(whole_of(parts)),
            "phases": {phase.value: _figures(part) for phase, part in parts.items()},
        }
        for level_id, parts in told
    ]
    head: dict[str, Any] = {
        "python": platform.python_version(),
        "size": f"{size[0]}x{size[1]}",
        "promised": {"median_ms": MEDIAN_MOST_MS, "p99_ms": P99_MOST_MS, "peak_mb": PEAK_MOST_MB},
    }
    return head | (levels[0] if len(levels) == 1 else {"levels": levels})


def _figures(part: Frames) -> dict[str, float | int]:
    return {
        "frames": len(part.times_ms),
        "median_ms": round(part.median_ms, 3),
        "p99_ms": round(part.p99_ms, 3),
        "worst_ms": round(max(part.times_ms), 3),
        "peak_mb": round(part.peak_mb, 1),
    }
