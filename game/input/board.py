"""What is held on all devices together, written into one `Controls`: two hands on two devices are one person."""

from __future__ import annotations

from typing import Final, TypeAlias

from game.input.actions import Action
from game.pilots.levers import Controls
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
    Control.SLOWER: Action.SLOWER,
    Control.STEP: Action.STEP,
}
_HELD: Final = (Control.LEFT, Control.RIGHT, Control.UP, Control.DOWN, Control.ASSIST)
ANALOGUE: Final = frozenset({Control.LEFT, Control.RIGHT, Control.UP, Control.DOWN, Control.THROTTLE})
_NOT_FLYING: Final = frozenset({Control.PAUSE, Control.RESTART, Control.SLOWER, Control.STEP})
_MARKS: Final = {Control.MARK_UP_TRACK: -1, Control.MARK_DOWN_TRACK: 1}


class Board:
    """Presses and releases in, `controls` kept up to date; each source stands for one key, button or finger."""

    def __init__(self) -> None:
        self.controls = Controls()
        self._down: dict[Control, set[Source]] = {control: set() for control in _HELD}
        self._levels: dict[Control, dict[Source, float]] = {control: {} for control in ANALOGUE}

    def press(self, source: Source, control: Control) -> Action | None:
        """The source went down; what that means to a menu."""
        if control not in _NOT_FLYING:
            self.controls.pressed = True
        if control in self._down:
            self._down[control].add(source)
            setattr(self.controls, control.value, True)
            if control is not Control.ASSIST:
                setattr(self.controls, f"tapped_{control}", True)
        if control in _MARKS:
            self.controls.mark = _MARKS[control]
        if control is Control.ACTION:
            self.controls.action = True
        if control is Control.THROTTLE:
            self.push(source, control, 1.0)
        return MEANING.get(control)

    def push(self, source: Source, control: Control, level: float) -> None:
        """A stick or a trigger is this far towards one of the controls in ANALOGUE, 0 to 1."""
        if level > 0.0:
            self._levels[control][source] = level
        else:
            self._levels[control].pop(source, None)
        self._level()

    def lift(self, source: Source) -> None:
        """The source is up again."""
        for levels in self._levels.values():
            levels.pop(source, None)
        self._level()
        self.lift_keys(source)

    def lift_keys(self, source: Source) -> None:
        """The source no longer counts as a pressed key; how far it is pushed stays."""
        for control, sources in self._down.items():
            sources.discard(source)
            setattr(self.controls, control.value, bool(sources))

    def drop(self, kind: str, which: int) -> None:
        """A device is gone, or nobody knows any longer what is down on it."""
        held = (*self._down.values(), *self._levels.values())
        for source in {each for sources in held for each in sources}:
            if source[:2] == (kind, which):
                self.lift(source)

    def clear(self) -> None:
        """Nothing is held and no press waits."""
        for sources in self._down.values():
            sources.clear()
        for levels in self._levels.values():
            levels.clear()
        self.controls.clear()

    def _level(self) -> None:
        most = {control: max(levels.values(), default=0.0) for control, levels in self._levels.items()}
        self.controls.tilt = most[Control.RIGHT] - most[Control.LEFT]
        self.controls.lever = most[Control.UP] - most[Control.DOWN]
        self.controls.pull = most[Control.THROTTLE]
