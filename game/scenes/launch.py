"""How a flight begins: at once, or with its brief on top while nobody has completed the level yet."""

from __future__ import annotations

from game.content.levels import Level
from game.content.modes import Mode
from game.scenes.brief import BriefScene
from game.scenes.flight import FlightScene
from game.scenes.kit import Kit
from game.scenes.stack import Change, Replace


def launched(kit: Kit, level: Level, mode: Mode, seed: int) -> Change:
    """The flight; the brief is read first until the level was completed once, on any board."""
    brief = None if kit.progress.completed(level.id) else BriefScene(kit, level, mode, seed)
    return Replace(FlightScene(kit, level, mode, seed), brief)
