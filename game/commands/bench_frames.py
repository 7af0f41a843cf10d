"""`skycrane bench --frames`: what each picture of a whole flight costs, held against sixty of them a second."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from game.commands.output import say, say_table
from game.content.levels import load_level
from game.record.kept_flights import KeptFlights

if TYPE_CHECKING:
    from game.sim.phases import Phase
    from game.stage.frames import Frames

MEDIAN_MOST_MS: Final = 5.0
P99_MOST_MS: Final = 10.0
PEAK_MOST_MB: Final = 250.0

_HEAD: Final = ("level", "phase", "frames", "median", "99 %", "worst", "memory")


def measure_frames(names: Sequence[str], size: tuple[int, int], *, as_json: bool) -> None:
    """Fly each level once in a window of this size and print what its pictures cost."""
    levels = [load_level(name) for name in names]  # before anything is started
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # it greets on stdout
    from game.stage.frames import flown_frames  # noqa: PLC0415  it needs pygame
    from game.stage.window import a_stage  # noqa: PLC0415

    # As a person has it: every flight is kept while it is flown.
    with a_stage(size) as stage, TemporaryDirectory(prefix="skycrane-") as folder:
        stage.app.kit.flights = KeptFlights(Path(folder), lambda: datetime.now(UTC))
        told = [(level.id, flown_frames(stage, level)) for level in levels]
    if as_json:
        say(json.dumps(_as_json(told, size), indent=2))
    else:
        say_table(_HEAD, [row for level_id, parts in told for row in _rows(level_id, parts)])


def _rows(level_id: str, parts: dict[Phase, Frames]) -> list[tuple[str, ...]]:
    return [
        (
            level_id, name, f"{len(part.times_ms):,}", f"{part.median_ms:.2f} ms", f"{part.p99_ms:.2f} ms",
            f"{max(part.times_ms):.1f} ms", f"{part.peak_mb:.0f} MB",
        )
        for name, part in (*((phase.value, part) for phase, part in parts.items()), ("whole flight", _whole(parts)))
    ]  # fmt: skip


def _as_json(told: Sequence[tuple[str, dict[Phase, Frames]]], size: tuple[int, int]) -> dict[str, Any]:
    """Of one level alone also at the top, so that a script need not look for it."""
    levels = [
        {
            "level": level_id,
            "whole": _figures(_whole(parts)),
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


def _whole(parts: dict[Phase, Frames]) -> Frames:
    from game.stage.frames import whole_of  # noqa: PLC0415  see above

    return whole_of(parts)
