"""The levels of the game, for tests that fly each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pytest

from game.content.levels import level_ids

# Every phase, every start and every goal, both sites and both vehicles. The other missions fly the same on another day:
# the default suite flies each once (tests/golden), and the checks in their files fly them by twenty seeds.
SEVEN: Final = ("course", "gale", "heat-shield", "jezero", "parachute", "powered-descent", "sky-crane")


def each_level(levels: Iterable[str] = level_ids()) -> list[Any]:
    """Parameters: these levels, those outside the seven marked slow."""
    return [pytest.param(level, marks=() if level in SEVEN else pytest.mark.slow) for level in levels]
