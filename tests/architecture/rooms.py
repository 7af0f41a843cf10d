"""The rooms of the house as the architecture tests see them: every module of game/, and what it imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]

# A room sees what stands left of it: sim <- {scoring, report} <- content <- cues <- pilots <- record <- the rest.
_PURE: Final = frozenset({"sim", "scoring"})
_CONTENT: Final = _PURE | {"report"}
_CUES: Final = _CONTENT | {"content"}
_PILOTS: Final = _CUES | {"cues"}
_RECORD: Final = _PILOTS | {"pilots"}
_OUTER: Final = _RECORD | {"record"}
_SCENES: Final = _OUTER | {"lab", "input", "view", "audio"}
MAY_IMPORT: Final[dict[str, frozenset[str]]] = {
    "sim": frozenset(),
    "scoring": frozenset({"sim"}),
    "report": _PURE,
    "content": _CONTENT,
    "cues": _CUES,
    "pilots": _PILOTS,
    "record": _RECORD,
    "lab": _OUTER,
    "plugin": frozenset({"lab"}),  # of pytest; installed beside the package
    "input": _OUTER,
    "view": _OUTER,
    "audio": _OUTER,
    "scenes": _SCENES,
    "app": _SCENES | {"scenes"},
    "stage": _SCENES | {"scenes", "app"},
    "commands": _SCENES | {"scenes", "app", "stage"},
    "cli": _SCENES | {"scenes", "app", "stage", "commands"},
    "__main__": frozenset({"cli"}),
    "": frozenset(),  # game/__init__.py
}
WITH_A_SCREEN: Final = frozenset({"input", "view", "audio", "scenes", "app", "stage"})
HEADLESS: Final = tuple(room for room in MAY_IMPORT if room and room not in WITH_A_SCREEN and room != "__main__")
# The Gymnasium environment: an extra, which brings NumPy, and which finds the renderer by its name inside `render`.
GYM: Final = (
    "game.lab.gym_action", "game.lab.gym_bench", "game.lab.gym_env", "game.lab.gym_observation", "game.lab.gym_options",
    "game.lab.gym_reward",
)  # fmt: skip
FOUND_BY_NAME: Final = {("game.lab.gym_env", "_PICTURE")}


@dataclass(frozen=True)
class Module:
    """One file of game/: its dotted name, the room it stands in, and its syntax tree."""

    name: str
    room: str
    path: Path
    tree: ast.Module

    def imports(self) -> Iterator[tuple[int, str]]:
        """(line, dotted name) of every import, also inside functions; a name taken from a module is added to it."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = "." * node.level + (node.module or "")
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, in order of path."""
    found = []
    for path in sorted((ROOT / "game").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "_data" in parts:
            continue
        room = parts[1] if parts[-1] != "__init__" or len(parts) > 2 else ""
        name = ".".join(parts).removesuffix(".__init__")
        found.append(Module(name, room, path, ast.parse(path.read_text("utf-8"), str(path))))
    return tuple(found)


def modules_of(*rooms: str) -> tuple[Module, ...]:
    return tuple(module for module in modules() if module.room in rooms)
