"""The tables of docs/gymnasium.md, from the code.

python -m tests.gym.docs      writes them, and says which of them changed
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from game.lab.gym_action import action_entries
from game.lab.gym_observation import ENTRIES, Entry
from tests.pages import write_table

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "gymnasium.md"


def tables() -> dict[str, str]:
    """Each table by the name of its place."""
    return {"actions": _table(("", "number", "what it asks for"), _actions()), "observation": _table(_HEAD, _seen())}


_HEAD: Final = ("", "name", "unit", "scale", "limit", "from", "what")


def _actions() -> list[tuple[str, ...]]:
    return [
        (str(index), f"`{entry.name}`", entry.meaning + (", with `marks` only" if entry.name == "mark" else ""))
        for index, entry in enumerate(action_entries(marks=True))
    ]


def _seen() -> list[tuple[str, ...]]:
    return [_row(index, entry) for index, entry in enumerate(ENTRIES)]


def _row(index: int, entry: Entry) -> tuple[str, ...]:
    fine = f"{entry.fine:g}" if entry.fine else ""
    return (str(index), f"`{entry.name}`", entry.unit, fine, f"{entry.limit:,.0f}" if entry.limit >= 1000 else
            f"{entry.limit:g}", f"{entry.low:.0f}", entry.meaning)  # fmt: skip


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write() -> None:
    """Write what is new, and say so."""
    for name, table in tables().items():
        is_new = write_table(PAGE, name, table)
        print(f"{name}: {'new' if is_new else 'unchanged'}")


if __name__ == "__main__":
    write()
