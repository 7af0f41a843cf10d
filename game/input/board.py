"""What is held on all devices together, written into one `Controls`: two hands on two devices are one person."""

from __future__ import annotations

from typing import Final, TypeAlias

from game.input.actions import Action
from game.input.levers import Controls
from game.record.settings import Control

Source: TypeAlias = tuple[str, int, str | int]  # kind of device, which one, which of its keys

MEANING: Final[dict[Control, Action]] = {
    Control.LEFT: Action.LEFT,
    Control.RIGHT: Action.RIGHT,
    Control.UP: Action.UP,
    Control.DOWN: Action.DOWN,
    Control.ACTION: Action.CONFIRM,
    Control.ASSIST: Action.ASSIST,
    Control.PAUSE: Action.PAUSE,
    Control.RESTART: Action.RESTART,
}
_HELD: Final = (Control.LEFT, Control.RIGHT, Control.UP, Control.DOWN, Control.ASSIST)
_MARKS: Final = {Control.MARK_UP_TRACK: -1, Control.MARK_DOWN_TRACK: 1}


class Board:
    """Presses and releases in, `controls` kept up to date; each source stands for one key, button or finger."""

    def __init__(self) -> None:
        self.controls = Controls()
        self._down: dict[Control, set[Source]] = {control: set() for control in _HELD}

    def press(self, source: Source, control: Control) -> Action | None:
        """The source went down; what that means to a menu."""
        if control in self._down:
            self._down[control].add(source)
            setattr(self.controls, control.value, True)
            if control is not Control.ASSIST:
                setattr(self.controls, f"tapped_{control}", True)
        if control in _MARKS:
            self.controls.mark = _MARKS[control]
        if control is Control.ACTION:
            self.controls.action = True
        return MEANING.get(control)

    def lift(self, source: Source) -> None:
        """The source is up again."""
        for control, sources in self._down.items():
            sources.discard(source)
            setattr(self.controls, control.value, bool(sources))

    def drop(self, kind: str, which: int) -> None:
        """A device is gone, or nobody knows any longer what is down on it."""
        for source in {each for sources in self._down.values() for each in sources}:
            if source[:2] == (kind, which):
                self.lift(source)

    def clear(self) -> None:
        """Nothing is held and no press waits."""
        for sources in self._down.values():
            sources.clear()
        self.controls.clear()
