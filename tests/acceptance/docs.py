"""The tables and pictures of docs/flown.md, from flights that are flown for it.

python -m tests.acceptance.docs      flies them, writes tables and pictures, and says which of them changed
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from game.content.flown import load_flown
from game.content.levels import load_level
from game.cues.compare import Compared, compare
from game.lab.fly import fly
from game.lab.overlay import overlay_png
from game.lab.tables import markdown
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.trace import Trace
from tests.pages import write_table

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "flown.md"
PICTURES: Final = ROOT / "docs" / "images"
FLIGHTS: Final = {"perseverance": 6, "curiosity": 1}  # flown flight: seeds from 0 on that are held against it


def flown(flown_id: str) -> tuple[list[tuple[Compared, ...]], list[Trace]]:
    """Every seed's comparison and trace."""
    record, found, traces = load_flown(flown_id), [], []
    for seed in range(FLIGHTS[flown_id]):
        trace = Trace()
        report = fly(load_level(record.level), Helm(Autopilot()), pilot="autopilot", seed=seed, observers=(trace,))
        found.append(compare(record, report, trace))
        traces.append(trace)
    return found, traces


def picture_of(flown_id: str) -> Path:
    return PICTURES / f"{load_flown(flown_id).level}-over-{flown_id}.png"


def write() -> None:
    """Write what is new, and say so."""
    for flown_id in FLIGHTS:
        found, traces = flown(flown_id)
        is_new = write_table(PAGE, flown_id, markdown(found))
        picture = picture_of(flown_id)
        png = overlay_png(load_flown(flown_id), traces)
        same = picture.exists() and picture.read_bytes() == png
        picture.write_bytes(png)
        print(f"{flown_id}: table {'new' if is_new else 'unchanged'}, picture {'unchanged' if same else 'new'}")


if __name__ == "__main__":
    write()
