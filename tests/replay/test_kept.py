"""Flights of long ago still end the same."""

from __future__ import annotations

import pytest

from game.content.levels import load_level
from game.record.replay import ReplayError, read_replay
from game.record.verify import Verdict, verify
from tests.replay.kept import FLIGHTS, FOLDER


@pytest.mark.parametrize("name", FLIGHTS)
def test_a_kept_record_still_verifies(name: str) -> None:
    """Exact where it was recorded, within bounds elsewhere; else the rules have changed (tests/replay/kept.py)."""
    path = FOLDER / f"{name}.replay"
    replay = read_replay(path)
    try:
        result = verify(replay, load_level(replay.header.level), path.name)
    except ReplayError as error:  # another level or other rules: on purpose, so only to be kept anew
        pytest.fail(f"{error}. If this was wanted, run: python -m tests.replay.kept")
    assert result.verdict in {Verdict.EXACT, Verdict.WITHIN_TOLERANCE}, (
        f"{result.sentence}. If this was wanted, raise RULES_VERSION and run: python -m tests.replay.kept"
    )
