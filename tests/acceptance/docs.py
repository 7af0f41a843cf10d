"""The tables and pictures of docs/flown.md, from flights that are flown for it.

python -m tests.acceptance.docs      flies them, writes tables and pictures, and says which of them changed
"""

from __future__ import annotations

import re
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


def page_with(flown_id: str, table: str, page: str) -> str:
    """The page with this table between its marks."""
    begin, end = f"<!-- {flown_id} -->\n", f"<!-- end of {flown_id} -->"
    pattern = re.compile(re.escape(begin) + r".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"{PAGE.name} has no place for {flown_id}")
    return pattern.sub(lambda _: f"{begin}{table}\n{end}", page)


def write() -> None:
    """Write what is new, and say so."""
    for flown_id in FLIGHTS:
        found, traces = flown(flown_id)
        old = PAGE.read_text("utf-8")
        new = page_with(flown_id, markdown(found), old)
        PAGE.write_text(new, "utf-8")
        picture = picture_of(flown_id)
        png = overlay_png(load_flown(flown_id), traces)
        same = picture.exists() and picture.read_bytes() == png
        picture.write_bytes(png)
        print(f"{flown_id}: table {'unchanged' if new == old else 'new'}, picture {'unchanged' if same else 'new'}")


if __name__ == "__main__":
    write()
