"""Records that are kept: flights that must still end the same, to the last bit.

    python -m tests.replay.kept          flies them anew, prints what is different, and writes them

A difference that was not wanted is a bug. One that was is a new set of rules: raise RULES_VERSION in
game/sim/flight.py, with a line in the changelog on why, before the records are written anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Pilot
from game.pilots.script import Script
from game.record.replay import Replay, ReplayError, read_replay
from tests.replay.flights import RandomHands, recorded

FOLDER: Final = Path(__file__).parent / "kept"
SCRIPT: Final = Path(__file__).parent / "sky-crane-by-hand.txt"


def by_hand() -> Pilot:
    return Script.parse(SCRIPT.read_text("utf-8"), SCRIPT.name)


# file's stem: level, pilot, seed, dispersed
FLIGHTS: Final[dict[str, tuple[str, Callable[[], Pilot], int, bool]]] = {
    "jezero-autopilot": ("jezero", Autopilot, 2, True),
    "heat-shield-wild": ("heat-shield", lambda: RandomHands(3), 3, False),
    "parachute-autopilot": ("parachute", Autopilot, 6, True),
    "powered-descent-autopilot": ("powered-descent", Autopilot, 7, True),
    "powered-descent-wild": ("powered-descent", lambda: RandomHands(1), 1, False),
    "sky-crane-autopilot": ("sky-crane", Autopilot, 0, False),
    "sky-crane-by-hand": ("sky-crane", by_hand, 3, True),
}


def flown(name: str) -> Replay:
    level, pilot, seed, dispersed = FLIGHTS[name]
    return recorded(level, pilot(), seed=seed, dispersed=dispersed)[1]


def keep() -> None:
    """Fly every record anew, say what changed, and write it."""
    FOLDER.mkdir(exist_ok=True)
    for name in FLIGHTS:
        path, new = FOLDER / f"{name}.replay", flown(name)
        try:
            old = read_replay(path)
        except ReplayError as error:
            print(f"{name}: new: {new.end} ({error})")
        else:
            if old.text() == new.text():
                print(f"{name}: unchanged")
                continue
            for what in ("header", "end"):
                before, after = getattr(old, what), getattr(new, what)
                print(f"{name}: {what}: {before} -> {after}" if before != after else f"{name}: {what}: unchanged")
        path.write_text(new.text(), "utf-8")


if __name__ == "__main__":
    keep()
