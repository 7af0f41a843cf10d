"""What each picture of a whole flight costs."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import median
from time import process_time_ns

from game.content.levels import Level
from game.content.modes import Mode
from game.scenes.flight import FlightScene
from game.sim.phases import Phase
from game.stage.window import Stage


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
