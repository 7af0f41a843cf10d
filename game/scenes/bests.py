"""What has been flown of a level, in words and medals."""

from __future__ import annotations

from game.content.levels import Level, Medal
from game.content.modes import Mode
from game.scenes.kit import Kit


def medal_of(level: Level, points: int | None) -> Medal | None:
    """What so many points earn on this level."""
    return level.medals.earned(points) if level.medals is not None and points is not None else None


def best_words(kit: Kit, level: Level, mode: Mode) -> str:
    """The best on this level and mode's board, with its medal, as a sentence."""
    best = kit.progress.best(level.id, mode)
    if best is None:
        return kit.texts.get("levels.not_flown")
    medal = medal_of(level, best)
    return kit.texts.get("levels.best_line", points=float(best), medal=kit.texts.get(f"medal.{medal or 'none'}"))


def medal_words(kit: Kit, level: Level) -> tuple[tuple[Medal, str], ...]:
    """Every medal of the level with what it takes, highest last."""
    if level.medals is None:
        return ()
    return tuple(
        (medal, kit.texts.get("levels.takes", medal=kit.texts.get(f"medal.{medal}"), points=float(points)))
        for medal, points in level.medals.marks
    )
