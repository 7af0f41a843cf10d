"""Levels for tests: one written here, and the game's own parts, changed by one line at a time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from game.content.errors import ContentError
from game.content.levels import load_level
from game.content.paths import data_root

LEVELS: Final = data_root() / "levels"

LEVEL: Final = """\
schema = 1
kind = "level"
id = "own"
title = "Own"
brief = "A level for tests: hover, let the rover down, cut, fly away."
site = "jezero"
vehicle = "perseverance"

[air]
density_factor = [[12.0, 0.84], [30.0, 1.30]]
temperature_factor = [[12.0, 1.10], [30.0, 1.00]]
wind = [[0.0, 5.0], [500.0, 9.0]]
gust_mps = 1.7
gust_time_s = 3.0

[start]
phase = "sky_crane"
t_s = 399.7
downrange_m = 1552.0
height_m = 21.0
speed_down_mps = 0.75
speed_along_mps = 0.4
tilt_deg = 0.0
propellant_kg = 120.0

[goal]
target_m = 1560.0
mark_reach_m = 60.0

[limits]
wheel_speed_mps = 3.0
along_speed_mps = 1.0
tipped_deg = 65.0
settle_speed_mps = 0.05
settle_s = 1.0
stage_keep_out_m = 30.0
max_time_s = 180.0

[pace]
flyaway = 2.0
"""


_HOVERING: Final = LEVEL[LEVEL.index("[start]") : LEVEL.index("[goal]")]
ARRIVING: Final = LEVEL.replace(
    _HOVERING,
    """\
[start]
phase = "course"
t_s = -32400.0
propellant_kg = 400.0

[start.arrival]
approach_mps = 2519.0
entry_angle_deg = -15.48
interface_radius_m = 3522200.0
downrange_m = -597450.0

""",
)
FALLING: Final = LEVEL.replace(
    _HOVERING,
    """\
[start]
phase = "entry"
t_s = 224.0
downrange_m = -13500.0
height_m = 13900.0
speed_down_mps = 131.0
speed_along_mps = 457.0
propellant_kg = 395.0

""",
)


def level_file(folder: Path, *changes: tuple[str, str], text: str = LEVEL) -> Path:
    """The level as own.toml; each change is a (line or part of one, what stands there instead)."""
    for old, new in changes:
        assert old in text, f"the level does not say {old!r}"
        text = text.replace(old, new, 1)
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return path


def part_file(folder: Path, kind: str, name: str, *changes: tuple[str, str]) -> Path:
    """A copy of a site or vehicle in its folder beside the level; each change is a (table.key or key, value)."""
    text = (LEVELS / f"{kind}s" / f"{name}.toml").read_text("utf-8")
    for place, value in changes:
        table, _, key = place.rpartition(".")
        head = rf"(^\[{re.escape(table)}\]$)" if table else r"(\A)"
        text, found = re.subn(
            rf"{head}(.*?)^{key} = [^#\n]*", rf"\1\2{key} = {value} ", text, count=1, flags=re.MULTILINE | re.DOTALL
        )
        assert found == 1, f"{name} has no {place}"
    path = folder / f"{kind}s" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def problems_of(path: Path) -> list[str]:
    """What is wrong with a level, each sentence without the folder that it was tried in."""
    try:
        load_level(str(path))
    except ContentError as error:
        return [problem.replace(f"{path.parent}/", "") for problem in error.problems]
    return []
