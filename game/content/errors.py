"""What is wrong with what somebody gave us, all of it at once, in sentences that can be acted on."""

from __future__ import annotations

from collections.abc import Iterable


class InputError(Exception):
    """Something that was given or asked for cannot be used: a file, a pilot, a place to write.

    Raised with one sentence for each thing that is wrong; whoever shows them needs to know no kind of it.
    """

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(str(problem) for problem in self.args)

    def __str__(self) -> str:
        return "\n".join(self.problems)


class ContentError(InputError):
    """A file that cannot be used. `problems` has one sentence each, as `levels/x.toml: start.height_m: ...`."""

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__(*problems)
