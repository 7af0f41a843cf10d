"""The nominal flight of every level says what it said."""

from __future__ import annotations

import re

import pytest

from game.content.levels import Medal, level_ids, load_level
from game.record.platform_tag import platform_tag
from tests.golden.logs import FOLDER, difference, flown, kept

NUMBER = re.compile(r"[-+]?\d[\d,]*\.?\d*")
REFRESH = "If this was wanted, run: python -m tests.golden.logs"


@pytest.mark.parametrize("level", level_ids())
def test_a_flight_goes_as_its_golden_log_says(level: str) -> None:
    """To the last digit where it was kept; elsewhere the same events in the same words, and numbers near the same."""
    new, old = flown(level), kept(level)
    if old and old[-1].endswith(f" on {platform_tag()}"):
        changed = difference(level, new)
        assert not changed, f"{changed}\n{REFRESH}"
        return
    assert [NUMBER.sub("#", line) for line in new[:-1]] == [NUMBER.sub("#", line) for line in old[:-1]], REFRESH
    for ours, golden in zip(new[:-1], old[:-1], strict=True):
        numbers = [[float(n.replace(",", "")) for n in NUMBER.findall(line)] for line in (ours, golden)]
        assert numbers[0] == pytest.approx(numbers[1], rel=0.02, abs=1.0), REFRESH


@pytest.mark.parametrize("level", level_ids())
def test_the_authors_mark_has_been_flown(level: str) -> None:
    """The autopilot's nominal flight earns it: nobody is asked for what was never done."""
    medals = load_level(level).medals
    assert medals is not None
    score = next(line for line in kept(level) if line.startswith("score: "))
    points = int(NUMBER.findall(score)[0].replace(",", ""))
    assert medals.earned(points) is Medal.AUTHOR


def test_no_log_is_kept_of_a_level_that_is_gone() -> None:
    """And every level has one."""
    assert {path.stem for path in FOLDER.glob("*.log")} == set(level_ids())
