"""One version for the whole distribution."""

from __future__ import annotations

import tomllib
from pathlib import Path

from game.record.version import GAME_VERSION


def test_the_game_and_its_package_say_the_same_version() -> None:
    """What a replay's header says is what was installed."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == GAME_VERSION
