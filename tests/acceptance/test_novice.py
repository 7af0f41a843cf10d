"""First-time people land: the rates of docs/novice.md, on a tenth of its flights."""

from __future__ import annotations

import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.lab.rates import rate_of

pytestmark = pytest.mark.slow


def test_a_first_time_person_lands_in_guided() -> None:
    """The whole flight from space, told by the cues alone and late by 0.4 s: four of five land at least."""
    rate = rate_of(load_level("jezero"), Mode.GUIDED, "novice", range(1, 21))
    assert rate.share >= 0.8, rate.lost


def test_manual_is_there_to_be_learned() -> None:
    """Flown by hand on the first try, one in five lands, and not more than half."""
    rate = rate_of(load_level("jezero"), Mode.MANUAL, "novice", range(1, 21))
    assert 0.2 <= rate.share <= 0.5, rate.lost
