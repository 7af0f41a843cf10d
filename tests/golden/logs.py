"""Golden flight logs: what `skycrane fly LEVEL` says of each level, to read and to be held against.

    python -m tests.golden.logs          flies them anew, prints the difference, and writes them

A difference that was not wanted is a bug. One that was is reviewed like code: the log shows in words what changed.
"""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import Final

from game.content.levels import level_ids, load_level
from game.content.texts import describe
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.flightlog import LiveLog
from game.record.platform_tag import platform_tag

FOLDER: Final = Path(__file__).parent / "flights"
PILOT: Final = "autopilot"
MODE: Final = "manual"


def golden_path(level: str) -> Path:
    return FOLDER / f"{level}.log"


def flown(level: str) -> list[str]:
    """The log of the nominal flight, its digest, and the platform whose last digits these are."""
    lines: list[str] = []
    log = LiveLog(lines.append, describe, level=level, pilot=PILOT, mode=MODE, dispersed=False)
    report = fly(load_level(level), Helm(Autopilot()), pilot=PILOT, observers=(log,))
    log.finish(report)
    peaks = report.peaks
    lines.append(
        f"peaks: {peaks.g:.2f} g, {peaks.heat_flux_w_cm2:.1f} W/cm2, {peaks.surface_temperature_c:.0f} C, "
        f"{peaks.dynamic_pressure_pa:.0f} Pa, {peaks.parachute_load_n:.0f} N"
    )
    lines.append(f"digest: {report.digest} on {platform_tag()}")
    return lines


def kept(level: str) -> list[str]:
    """The log that is kept; nothing for a level that has none yet."""
    path = golden_path(level)
    return path.read_text("utf-8").splitlines() if path.exists() else []


def difference(level: str, new: list[str]) -> str:
    """What is new against what is kept, as a diff; empty when nothing is."""
    return "\n".join(unified_diff(kept(level), new, "kept", "flown", lineterm="", n=1))


def keep() -> None:
    """Fly every level anew, say what changed, and write it; the log of a level that is gone goes too."""
    FOLDER.mkdir(exist_ok=True)
    levels = level_ids()
    for path in FOLDER.glob("*.log"):
        if path.stem not in levels:
            path.unlink()
            print(f"{path.stem}: gone")
    for level in levels:
        new = flown(level)
        print(f"{level}: {difference(level, new) or 'unchanged'}")
        golden_path(level).write_text("\n".join(new) + "\n", "utf-8")


if __name__ == "__main__":
    keep()
