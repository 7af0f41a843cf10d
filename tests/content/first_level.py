"""The page docs/first-level.md as what it asks a person to do: commands, what to change, and what is then seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

NUMBER: Final = re.compile(r"[-+]?\d[\d,]*\.?\d*")
_ITEM: Final = re.compile(
    r"^    (?P<command>(?:skycrane|pytest) [^\n]+)$|^```(?P<kind>text|toml)\n(?P<block>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_TABLE: Final = re.compile(r"^\[([^\[\]]+)\]", re.MULTILINE)


@dataclass
class Step:
    """A command, and what follows until the next: ("text", what is seen) and ("toml", what to change)."""

    command: str
    then: list[tuple[str, str]] = field(default_factory=list)


def steps_of(page: str) -> list[Step]:
    """What the page asks for, in order."""
    steps: list[Step] = []
    for item in _ITEM.finditer(page):
        if item["command"]:
            steps.append(Step(item["command"]))
        else:
            steps[-1].then.append((item["kind"], item["block"]))
    return steps


def edited(level: str, change: str) -> str:
    """The level with these keys set where they stand, and with tables that it does not have yet at its end.

    Comments behind what is replaced stay; a line that is commented out counts as standing there.
    """
    if change.startswith("[["):
        return f"{level.rstrip()}\n\n{change}"
    table = ""
    for line in change.splitlines():
        head = _TABLE.match(line)
        if head:
            table = head[1]
            if f"\n[{table}]" not in level:
                return f"{level.rstrip()}\n\n{change}"
        elif line:
            level = _with(level, table, line)
    return level


def _with(level: str, table: str, line: str) -> str:
    start = level.index(f"\n[{table}]") if table else 0
    after = _TABLE.search(level, start + 2 if table else 0)
    end = after.start() if after else len(level)
    key, value = re.escape(line.partition(" =")[0]), line
    pattern = rf"^(?:# )?{key} =(?:[^#\n\"]|\"[^\"\n]*\")*"
    part, found = re.subn(pattern, lambda _: f"{value} ", level[start:end], count=1, flags=re.MULTILINE)
    assert found == 1, f"the level has no {key} in [{table}]"
    return level[:start] + part + level[end:]


def difference(shown: str, seen: str, *, exactly: bool) -> str | None:
    """Where what a page shows is not what is seen; None if it is. A line `...` stands for any number of lines.

    On the platform that the page was printed on each line must be the same to the last digit and space. On another one
    words must be the same, figures within a hundredth or a unit of their last digits, and a line without figures, such
    as the head of a table, is the same to the last space.
    """
    lines, anywhere = seen.rstrip("\n").split("\n"), False
    for line in shown.rstrip("\n").split("\n"):
        if line == "...":
            anywhere = True
            continue
        found = (n for n, other in enumerate(lines) if _alike(line, other, exactly=exactly))
        place = next(found, None) if anywhere else 0
        if place is None or not lines or not _alike(line, lines[place], exactly=exactly):
            return f"the page shows\n{line}\nand this is seen\n{seen}"
        lines, anywhere = lines[place + 1 :], False
    return None if anywhere or not lines else f"the page ends before\n{lines[0]}\nof\n{seen}"


def _alike(line: str, other: str, *, exactly: bool) -> bool:
    if exactly or not NUMBER.search(line):
        return line.rstrip() == other.rstrip()
    if NUMBER.sub("#", line).split() != NUMBER.sub("#", other).split():
        return False
    pairs = zip(NUMBER.findall(line), NUMBER.findall(other), strict=True)
    return all(_close(float(a.replace(",", "")), float(b.replace(",", ""))) for a, b in pairs)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= max(0.11, 0.01 * abs(other))
