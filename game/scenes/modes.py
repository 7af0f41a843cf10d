"""The line of modes that the title and the ladder both have."""

from __future__ import annotations

from collections.abc import Sequence

from game.content.modes import Mode
from game.content.texts import Texts
from game.scenes.menu import pointed
from game.view.pen import Written


def mode_names(texts: Texts) -> tuple[str, ...]:
    """What every mode is called there, in their order."""
    return tuple(texts.get(f"mode.{mode}").upper() for mode in Mode)


def mode_beside(mode: Mode, way: int) -> Mode:
    """The next one (way +1) or the one before (-1); after the last comes the first.

    >>> mode_beside(Mode.GUIDED, -1), mode_beside(Mode.ONE_BUTTON, 1)
    (<Mode.ONE_BUTTON: 'one-button'>, <Mode.GUIDED: 'guided'>)
    """
    modes = list(Mode)
    return modes[(modes.index(mode) + way) % len(modes)]


def pointed_mode(written: Sequence[Written], texts: Texts, at: tuple[float, float]) -> Mode | None:
    """Which mode a finger or the mouse came down on; `at` in shares of the window."""
    index = pointed(written, mode_names(texts), at, whole_row=False)
    return None if index is None else list(Mode)[index]
