"""The order of the levels: what begins last is shortest and comes first, whole missions come last."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from game.content.levels import Level, level_ids, load_level
from game.content.paths import data_root
from game.sim.phases import Phase


def ladder() -> tuple[Level, ...]:
    """Every level of the game, from the first rung up; read once, because a result must not wait for files."""
    return _ladder(data_root())


@lru_cache(maxsize=2)
def _ladder(root: Path) -> tuple[Level, ...]:  # noqa: ARG001  what is read depends on it
    return tuple(sorted(map(load_level, level_ids()), key=_rung))


def level_of(level_id: str) -> Level:
    """The game's level of this id, already read. Raises StopIteration for one that is none of the game's."""
    return next(level for level in ladder() if level.id == level_id)


def level_after(level_id: str) -> str | None:
    """The next rung; None above the last one and for a level that is none of the game's."""
    ids = [level.id for level in ladder()]
    at = ids.index(level_id) + 1 if level_id in ids else len(ids)
    return ids[at] if at < len(ids) else None


def _rung(level: Level) -> tuple[bool, int, bool, str]:
    """Whole missions last, and of those the one first whose craft knows the ground: without a camera it is harder."""
    first = list(Phase).index(level.start.phase)
    whole = first == 0 and level.goal.ends_at is None
    return whole, -first, level.vehicle.radar.camera_lock_m <= 0.0, level.id
