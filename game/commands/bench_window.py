"""`skycrane bench --window`: how long a person waits, held against what the game promises."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryDirectory
from threading import Timer
from time import perf_counter
from typing import Any, Final

from game.commands.answers import BadInputError
from game.commands.output import say, say_table
from game.commands.window_probe import NO_DISPLAY, TITLE
from game.content.levels import load_level
from game.lab.foretelling import slice_times_s

FLYING_MOST_S: Final = 3.0  # from starting the program to flying, without the person's own time
RESTART_MOST_S: Final = 0.3
SLICE_MOST_S: Final = 0.002  # of a picture, for where we come down

_PATIENCE_S: Final = 60.0
_HEAD: Final = ("level", "what", "median", "99 %", "worst", "at most")
_SLICES: Final = "prediction_a_picture"
_PROGRAM: Final = """
import sys
import game.cli
from game.commands.window_probe import main
sys.exit(main(sys.argv[1], (int(sys.argv[2]), int(sys.argv[3]))))
"""


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds of each round, and of each picture for which something is foretold; and presses from title to flying."""

    level: str
    presses: int
    title_s: tuple[float, ...]
    flying_s: tuple[float, ...]
    restart_s: tuple[float, ...]
    slices_s: tuple[float, ...]

    def rows(self) -> tuple[tuple[str, Sequence[float], float | None], ...]:
        """Key, times, and what is promised of them."""
        start_s = [title + flying for title, flying in zip(self.title_s, self.flying_s, strict=True)]
        return (
            ("start_to_title", self.title_s, None),
            ("title_to_flying", self.flying_s, None),
            ("start_to_flying", start_s, FLYING_MOST_S),
            ("restart", self.restart_s, RESTART_MOST_S),
            (_SLICES, self.slices_s, SLICE_MOST_S),
        )


def measure_window(names: Sequence[str], size: tuple[int, int], *, rounds: int, as_json: bool) -> None:
    """Start the program so many times for each level, and print what was waited for."""
    for name in names:
        load_level(name)  # before anything is started
    waits = [_waits(name, size, rounds) for name in names]
    if as_json:
        say(json.dumps(_as_json(waits, size), indent=2))
        return
    say_table(_HEAD, [row for wait in waits for row in _table(wait)])


def _waits(name: str, size: tuple[int, int], rounds: int) -> Waits:
    level = load_level(name)
    title, flying, restart, presses = zip(*(_start(name, size) for _ in range(rounds)), strict=True)
    slices = [time_s for guided in (True, False) for time_s in slice_times_s(level, perf_counter, guided=guided)]
    return Waits(level.id, max(presses), title, flying, restart, tuple(slices))


def _start(name: str, size: tuple[int, int]) -> tuple[float, float, float, int]:
    """Seconds to the title, from there to the flight, and to the same flight again; and presses to the flight."""
    with TemporaryDirectory() as folder:  # the person's own settings are left alone
        env = {**os.environ, "SKYCRANE_DATA": folder, "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
        start_s = perf_counter()
        process = subprocess.Popen(  # noqa: S603  our own program, by this interpreter
            [sys.executable, "-c", _PROGRAM, name, *map(str, size)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8", env=env,
        )  # fmt: skip
        patience = Timer(_PATIENCE_S, process.kill)
        patience.start()
        try:
            shown = process.stdout.readline().strip() if process.stdout else ""
            title_s = perf_counter() - start_s
            times = process.communicate()[0]
        finally:
            patience.cancel()
            process.kill()
            process.wait()
    if process.returncode == NO_DISPLAY:
        raise BadInputError("there is no display to measure on; with SDL_VIDEODRIVER=dummy it is measured without one")
    if process.returncode != 0 or shown != TITLE:
        raise BadInputError(f"the window cannot be measured: it ended with {process.returncode}")
    told = json.loads(times)
    return title_s, told["flying_s"], told["restart_s"], told["presses"]


def _p99(times: Sequence[float]) -> float:
    """What 99 in 100 of them stay below."""
    return sorted(times)[min(int(0.99 * len(times)), len(times) - 1)]


def _table(waits: Waits) -> list[tuple[str, ...]]:
    rows = []
    for what, times, most in waits.rows():
        if not times:
            continue
        unit, factor = ("ms", 1e3) if what == _SLICES else ("s", 1.0)
        figures = (median(times), _p99(times) if what == _SLICES else None, max(times), most)
        told = ("" if figure is None else f"{factor * figure:.3f} {unit}" for figure in figures)
        presses = f" ({waits.presses} presses)" if what == "title_to_flying" else ""
        rows.append((waits.level, what.replace("_", " ") + presses, *told))
    return rows


def _as_json(waits: Sequence[Waits], size: tuple[int, int]) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "size": f"{size[0]}x{size[1]}",
        "levels": [
            {"level": wait.level, "presses": wait.presses}
            | {what: _figures(what, times, most) for what, times, most in wait.rows()}
            for wait in waits
        ],
    }


def _figures(what: str, times: Sequence[float], most: float | None) -> dict[str, float | None] | None:
    """In seconds; null where nothing is foretold."""
    if not times:
        return None
    figures = {"median_s": median(times), "worst_s": max(times)} | ({"p99_s": _p99(times)} if what == _SLICES else {})
    return {**{key: round(value, 6) for key, value in figures.items()}, "promised_s": most}
