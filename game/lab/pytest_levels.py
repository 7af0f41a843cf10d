"""Level files as pytest collects them, for the plugin (game/plugin): each a module of tests, one for a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from game.content.checks import Check
from game.content.errors import InputError
from game.lab.check import Subject, result_of, subject_of
from game.lab.check_words import sentences
from game.lab.level_files import is_level_file


class BrokenCheckError(Exception):
    """A check that was not kept; str() are the sentences that say how."""


class LevelTests(pytest.File):
    """A level file. One that cannot be used is a collection error, with the sentences that every command gives."""

    is_slow: Callable[[float], bool]

    @classmethod
    def of(cls, path: Path, parent: pytest.Collector, is_slow: Callable[[float], bool]) -> Self | None:
        """The tests of a file; None for one that is no level. `is_slow` judges seconds of flight."""
        if not is_level_file(path):
            return None
        tests: Self = cls.from_parent(parent, path=path)
        tests.is_slow = is_slow
        return tests

    def collect(self) -> Iterator[pytest.Item]:
        try:
            subject = subject_of(str(self.path), _called(self.path, self.config))
        except InputError as error:
            raise self.CollectError("\n".join(error.problems)) from error
        for check in subject.level.checks:
            item = LevelCheck.from_parent(self, name=check.name, subject=subject, check=check)
            if self.is_slow(len(check.seeds) * subject.level.limits.max_time_s):
                item.add_marker(pytest.mark.slow)
            yield item


class LevelCheck(pytest.Item):
    """A check: all its flights."""

    def __init__(self, *, subject: Subject, check: Check, **rest: Any) -> None:
        super().__init__(**rest)
        self._subject, self._check = subject, check

    def runtest(self) -> None:
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
