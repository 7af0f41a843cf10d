"""The levels of the game in their order, each read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from game.content.levels import Level, Library
from game.content.paths import data_root


def ladder() -> tuple[Level, ...]:
    """Every level of the game, from the first rung up.

    Read by the first who asks, who waits for it as long as for a frame or two: the title does not ask, because the
    window must not open later for it, and a flight does before a result could.
    """
    return _library(data_root()).ladder()


@lru_cache(maxsize=2)
def _library(root: Path) -> Library:  # noqa: ARG001  what is read depends on it
    return Library()


def level_of(level_id: str) -> Level:
    """The game's level of this id. Raises ContentError for one that is none of the game's."""
    return _library(data_root()).level(level_id)


def level_after(level_id: str) -> str | None:
    """The next rung; None above the last one and for a level that is none of the game's."""
    ids = [level.id for level in ladder()]
    at = ids.index(level_id) + 1 if level_id in ids else len(ids)
    return ids[at] if at < len(ids) else None
