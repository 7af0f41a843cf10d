"""What is wrong with a file, all of it at once, in sentences that a level maker can act on."""

from __future__ import annotations

from collections.abc import Iterable


class ContentError(Exception):
    """A file that cannot be used. `problems` has one sentence each, as `levels/x.toml: start.height_m: ...`."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
