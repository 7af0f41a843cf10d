"""The plugin for pytest: level files are collected, and each of their checks is a test.

`pytest levels/` collects the level files below that folder, `pytest levels/own.toml` one, `pytest` alone those that lie
where it looks anyway; no other TOML file is touched. This is loaded in every pytest run of everybody who has installed
the game, also by those whose own package is called game: so it stands outside of ours, and loads nothing of it until a
file says that it is a level.
"""

from __future__ import annotations

import re
from math import inf
from pathlib import Path
from typing import Final

import pytest

_SLOW: Final = "skycrane_slow_s"

_MAY_BE_A_LEVEL: Final = re.compile(rb"""kind["']?[ \t]*=[ \t]*["']level["']""")
_HEAD_BYTES: Final = 65_536


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        _SLOW, "checks of levels that may fly longer, in seconds of flight, are marked slow; by default none is"
    )


def pytest_configure(config: pytest.Config) -> None:
    if _slow_s(config) < inf:
        config.addinivalue_line("markers", "slow: checks of levels that fly for long")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if not _may_be_a_level(file_path):
        return None
    try:
        from game.lab.pytest_levels import LevelTests  # noqa: PLC0415  see above
    except ModuleNotFoundError as error:
        if error.name in {"game.lab", "game.lab.pytest_levels"}:  # that game is another
            return None
        raise
    limit_s = _slow_s(parent.config)
    return LevelTests.of(file_path, parent, is_slow=lambda flight_s: flight_s > limit_s)


def _slow_s(config: pytest.Config) -> float:
    """So many seconds may all flights of a check take that is not slow. Raises UsageError."""
    written = config.getini(_SLOW)
    try:
        limit_s = float(written) if written else inf
    except ValueError:
        raise pytest.UsageError(f"{_SLOW}: must be a number of seconds, not {written!r}") from None
    if not limit_s >= 0.0:  # nor nan
        raise pytest.UsageError(f"{_SLOW}: must be 0 seconds or more, not {written!r}")
    return limit_s


def _may_be_a_level(path: Path) -> bool:
    """A first look, at files of every kind."""
    if path.suffix != ".toml" or not path.is_file():  # a pipe would keep us waiting
        return False
    try:
        with path.open("rb") as file:
            return _MAY_BE_A_LEVEL.search(file.read(_HEAD_BYTES)) is not None
    except OSError:
        return False
