"""Levels as pytest tests: a level file is a module of tests, and each of its checks is one of them.

`pytest levels/` collects the level files below that folder, `pytest levels/own.toml` one, `pytest` alone those that lie
where it looks anyway. Of other TOML files nothing is seen but that they are none of ours. This module is loaded in all
pytest runs where the game is installed, so that it imports nothing of the game until there is a level to collect.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from game.lab.level_files import is_level_file

if TYPE_CHECKING:
    from game.content.checks import Check
    from game.lab.check import Subject

_SLOW: Final = "skycrane_slow_s"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        _SLOW, "checks of levels that may fly longer, in seconds of flight, are marked slow; by default none is"
    )


def pytest_configure(config: pytest.Config) -> None:
    if _slow_s(config) < inf:
        config.addinivalue_line("markers", "slow: checks of levels that fly for long")


def _slow_s(config: pytest.Config) -> float:
    written = config.getini(_SLOW)
    try:
        return float(written) if written else inf
    except ValueError:
        raise pytest.UsageError(f"{_SLOW}: must be a number of seconds, not {written!r}") from None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    try:
        found = is_level_file(file_path)
    except OSError:
        return None
    return LevelTests.from_parent(parent, path=file_path) if found else None


class BrokenCheckError(Exception):
    """A check that was not kept; str() are the sentences that say how."""


class LevelTests(pytest.File):
    """A level file. One that cannot be used is a collection error, with the sentences that every command gives."""

    def collect(self) -> Iterator[pytest.Item]:
        from game.content.errors import InputError  # noqa: PLC0415  see above
        from game.lab.check import subject_of  # noqa: PLC0415

        try:
            subject = subject_of(str(self.path), _called(self.path, self.config))
        except InputError as error:
            raise self.CollectError("\n".join(error.problems)) from error
        for check in subject.level.checks:
            yield LevelCheck.from_parent(self, name=check.name, subject=subject, check=check)


class LevelCheck(pytest.Item):
    """A check: all its flights."""

    def __init__(self, *, subject: Subject, check: Check, **rest: Any) -> None:
        super().__init__(**rest)
        self._subject, self._check = subject, check
        if len(check.seeds) * subject.level.limits.max_time_s > _slow_s(self.config):
            self.add_marker(pytest.mark.slow)

    def runtest(self) -> None:
        from game.lab.check import result_of  # noqa: PLC0415
        from game.lab.check_words import sentences  # noqa: PLC0415

        broken = "\n".join(sentences(result_of(self._subject, self._check)))
        if broken:
            raise BrokenCheckError(broken)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *rest: Any, **more: Any) -> Any:
        """The sentences; a traceback only of what is our own fault."""
        if isinstance(excinfo.value, BrokenCheckError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *rest, **more)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"{_called(self.path, self.config)}: {self.name}"


def _called(path: Path, config: pytest.Config) -> str:
    """The file as who started pytest calls it."""
    start = config.invocation_params.dir
    return str(path.relative_to(start)) if path.is_relative_to(start) else str(path)
