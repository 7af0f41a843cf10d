"""The table of docs/ladder.md, from what `skycrane rates` has counted.

    skycrane rates LEVEL... --pilot autopilot --flights 100 --json > autopilot.json
    skycrane rates LEVEL... --mode guided --flights 100 --json > guided.json
    skycrane rates LEVEL... --mode manual --flights 100 --json > manual.json
    python -m tests.acceptance.ladder autopilot.json guided.json manual.json

Writes the rows in the order of the ladder, and says what is new. What is in none of the files stays as it stands there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from game.content.levels import Library
from tests.pages import write_table

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "ladder.md"
NAME: Final = "rates"  # of the table, between its marks on the page
HEAD: Final = (
    "| level | autopilot | points | novice, guided | points | novice, manual | points | manual: lost by |\n"
    "|---|---|---|---|---|---|---|---|"
)
_ABSENT: Final = "-"
_COLUMNS: Final = {("autopilot", "manual"): 0, ("novice", "guided"): 2, ("novice", "manual"): 4}
_CELLS: Final = 7

Row = list[str]


def rows_of(page: str) -> dict[str, Row]:
    """The cells behind each level's id, as they stand on the page."""
    table = page.partition(f"<!-- {NAME} -->\n")[2].partition(f"<!-- end of {NAME} -->")[0]
    found = {}
    for line in table.splitlines()[2:]:
        name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        found[name.strip("`")] = cells
    return found


def counted(rates: Iterable[dict[str, Any]], rows: dict[str, Row]) -> dict[str, Row]:
    """The rows with these counts in them, for every level of the ladder and in its order.

    Raises ValueError for a count that has no column here.
    """
    new = {level.id: list(rows.get(level.id, [_ABSENT] * _CELLS)) for level in Library().ladder()}
    for rate in rates:
        column = _COLUMNS.get((rate["pilot"], rate["mode"]))
        if column is None or rate["level"] not in new:
            raise ValueError(f"there is no column for {rate['pilot']} in {rate['mode']}, or no level {rate['level']}")
        row = new[rate["level"]]
        row[column] = f"{rate['share']:.0%} of {rate['flights']}".replace("%", " %")
        row[column + 1] = f"{rate['mean_points']:,.0f}" if rate["alive"] else _ABSENT
        if column == _COLUMNS["novice", "manual"]:
            row[-1] = _lost(rate["lost"])
    return new


def _lost(lost: Iterable[dict[str, Any]]) -> str:
    """The two reasons that took most, whatever the phase."""
    times: dict[str, int] = {}
    for each in lost:
        times[each["reason_code"]] = times.get(each["reason_code"], 0) + each["times"]
    most = sorted(times.items(), key=lambda item: (-item[1], item[0]))[:2]
    return ", ".join(f"`{code}` {count}" for code, count in most) or _ABSENT


def table_of(rows: dict[str, Row]) -> str:
    """The rows as they stand on the page."""
    return "\n".join([HEAD, *(f"| `{name}` | {' | '.join(cells)} |" for name, cells in rows.items())])


def shares_of(row: Row) -> tuple[float, float, float]:
    """Of a row, how often the autopilot, the guided and the manual novice were alive, 0 to 1."""
    guided, manual = _COLUMNS["novice", "guided"], _COLUMNS["novice", "manual"]
    cells = (row[0], row[guided], row[manual])
    autopilot, by_moments, by_hand = (float(cell.partition(" ")[0]) / 100.0 for cell in cells)
    return autopilot, by_moments, by_hand


def write(files: Iterable[Path]) -> None:
    """Put what these files say into the page, and say which rows are new."""
    rates = [rate for file in files for rate in json.loads(file.read_text("utf-8"))]
    old = rows_of(PAGE.read_text("utf-8"))
    new = counted(rates, old)
    write_table(PAGE, NAME, table_of(new))
    changed = [name for name, row in new.items() if old.get(name) != row]
    print(f"new: {', '.join(changed)}" if changed else "unchanged")


if __name__ == "__main__":
    write([Path(word) for word in sys.argv[1:]])
