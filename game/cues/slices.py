"""Long reckonings in slices: a generator that stops after so many steps and, asked again, goes on where it was.

Counted in steps, not by a clock: it stops at the same places on every machine, and what comes out is the same to the
last bit as if it had never stopped.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Final, TypeAlias, TypeVar

Result = TypeVar("Result")
Sliced: TypeAlias = Generator[None, None, Result]

NEVER: Final = 10**9  # steps in a slice of a reckoning that is not to stop


def whole(reckoning: Sliced[Result]) -> Result:
    """What it comes to, at once."""
    try:
        while True:
            next(reckoning)
    except StopIteration as done:
        result: Result = done.value
        return result
