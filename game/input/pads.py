"""Gamepads and joysticks by `pygame.joystick` alone: sticks, hats, buttons and triggers to the same controls as keys.

Each pad is known by its instance id, which no other ever gets, and is kept: one that is let go falls silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pygame

from game.input.actions import Action
from game.input.board import ANALOGUE, MEANING, Board
from game.record.settings import Bindings, Control

KIND: Final = "pad"
DEAD: Final = 0.2  # of a stick's way: old ones rest anywhere in there
FULL: Final = 0.92  # and many never reach their end
_PULL_DEAD: Final = 0.06  # of a trigger's way
_REST: Final = 0.1  # a trigger that has been seen below this rests there, so it is one
_USED: Final = 0.25  # more than a stick that rests badly or a table that shakes
_PRESSED, _LET_GO = 0.6, 0.4  # of a stick's way: what a menu or a button takes for a press
_NAME: Final = re.compile(r"button \d{1,3}|axis \d{1,2}[+-]|trigger \d{1,2}|hat \d (?:left|right|up|down)", re.ASCII)

_STICK: Final[Bindings] = {
    Control.LEFT: ("axis 0-", "hat 0 left"),
    Control.RIGHT: ("axis 0+", "hat 0 right"),
    Control.UP: ("axis 1-", "hat 0 up"),
    Control.DOWN: ("axis 1+", "hat 0 down"),
    Control.ACTION: ("button 0",),
    Control.ASSIST: ("button 1",),
    Control.MARK_UP_TRACK: ("button 4",),
    Control.MARK_DOWN_TRACK: ("button 5",),
    Control.PAUSE: ("button 7",),
    Control.RESTART: ("button 3",),
    Control.SLOWER: (),
    Control.STEP: (),
    Control.THROTTLE: ("trigger 5",),
}
# Sony's newer pads count their triggers among the buttons; older ones and Nintendo's have the cross as four buttons.
_OPTIONS_9: Final[Bindings] = {**_STICK, Control.PAUSE: ("button 9",)}
_NO_HAT: Final[Bindings] = {
    **_STICK,
    Control.LEFT: ("axis 0-", "button 13"),
    Control.RIGHT: ("axis 0+", "button 14"),
    Control.UP: ("axis 1-", "button 11"),
    Control.DOWN: ("axis 1+", "button 12"),
    Control.MARK_UP_TRACK: ("button 9",),
    Control.MARK_DOWN_TRACK: ("button 10",),
    Control.PAUSE: ("button 6",),
}
_MANY_BUTTONS: Final = 15


def is_pad_name(name: str) -> bool:
    """Whether settings may hold this name for a part of a pad."""
    return _NAME.fullmatch(name) is not None


def default_bindings(name: str, buttons: int, hats: int) -> Bindings:
    """What the parts of a pad do before anybody changes it, by the family that it seems to be of."""
    if not hats and buttons >= _MANY_BUTTONS:
        return _NO_HAT
    sony = any(word in name.lower() for word in ("dualsense", "ps5", "wireless controller"))
    return _OPTIONS_9 if sony else _STICK


@dataclass(slots=True)
class _Pad:
    """One that is plugged in. `pressed` holds the names of its parts that count as down."""

    joystick: Any
    defaults: Bindings
    bindings: Mapping[str, tuple[Control, ...]] = field(default_factory=dict)
    pressed: set[str] = field(default_factory=set)
    triggers: set[int] = field(default_factory=set)


class Pads:
    """All that are plugged in; `used` is the instance id of the one that was used last."""

    def __init__(self, board: Board, bound: Bindings) -> None:
        self._board, self._bound = board, bound
        self._pads: dict[int, _Pad] = {}
        self.used: int | None = None

    def bind(self, bound: Bindings) -> None:
        """Other bindings from now on; what is down is let go."""
        self._bound = bound
        self.release()
        for pad in self._pads.values():
            pad.bindings = _by_name({**pad.defaults, **bound})

    def bindings(self) -> Bindings:
        """What the pad in hand does; of a usual one while there is none."""
        pad = self._pads.get(self.used if self.used is not None else -1) or next(iter(self._pads.values()), None)
        return {**(pad.defaults if pad else _STICK), **self._bound}

    def release(self) -> None:
        """Forget what is down: it may be let go while nobody listens."""
        for which, pad in self._pads.items():
            pad.pressed.clear()
            self._board.drop(KIND, which)

    def feed(self, event: pygame.Event) -> Action | None:
        """Take one event; the action that it means, if any."""
        if event.type == pygame.JOYDEVICEADDED:
            return self._add(event.device_index)
        if event.type == pygame.JOYDEVICEREMOVED:
            return self._remove(event.instance_id)
        meant = None
        for name, level in self.parts(event):
            meant = self._set(event.instance_id, name, level) or meant
        return meant

    def parts(self, event: pygame.Event) -> Iterator[tuple[str, float]]:
        """The named parts that this event moved, each with how far, 0 to 1."""
        pad = self._pads.get(getattr(event, "instance_id", -1))
        if pad is None:
            return
        if event.type in (pygame.JOYBUTTONDOWN, pygame.JOYBUTTONUP):
            yield f"button {event.button}", float(event.type == pygame.JOYBUTTONDOWN)
        elif event.type == pygame.JOYHATMOTION:
            x, y = event.value
            for way, on in (("left", x < 0), ("right", x > 0), ("up", y > 0), ("down", y < 0)):
                yield f"hat {event.hat} {way}", float(on)
        elif event.type == pygame.JOYAXISMOTION:
            pull = 0.5 * (event.value + 1.0)
            if pull < _REST:
                pad.triggers.add(event.axis)
            trigger = f"trigger {event.axis}"
            if trigger in pad.bindings:
                # Before it was seen at rest it may be half of a stick, in its middle.
                known = event.axis in pad.triggers
                yield trigger, max((pull - _PULL_DEAD) / (FULL - _PULL_DEAD), 0.0) if known else 0.0
                yield f"axis {event.axis}+", max((event.value - DEAD) / (FULL - DEAD), 0.0)
                return  # a trigger rests where a stick would be pushed to its end
            for sign, value in (("-", -event.value), ("+", event.value)):
                yield f"axis {event.axis}{sign}", max((value - DEAD) / (FULL - DEAD), 0.0)

    def pressed(self, event: pygame.Event) -> str | None:
        """The name of the part that this event pressed, whatever it is bound to."""
        names = [name for name, level in self.parts(event) if level >= _PRESSED]
        return names[-1] if names else None

    def _set(self, which: int, name: str, level: float) -> Action | None:
        pad, source = self._pads[which], (KIND, which, name)
        if level >= _USED:
            self.used = which
        controls = pad.bindings.get(name, ())
        smooth = name.startswith(("axis", "trigger"))
        for control in controls:
            if smooth and control in ANALOGUE:
                self._board.push(source, control, min(level, 1.0))
        if name in pad.pressed:
            if level <= _LET_GO:
                pad.pressed.discard(name)
                if not smooth:
                    self._board.lift(source)
                else:
                    self._board.lift_keys(source)
            return None
        if level < _PRESSED:
            return None
        pad.pressed.add(name)
        meant = [
            MEANING.get(control) if smooth and control in ANALOGUE else self._board.press(source, control)
            for control in controls
        ]
        return next((action for action in meant if action is not None), None)

    def _add(self, index: int) -> Action | None:
        try:
            joystick = pygame.joystick.Joystick(index)
        except pygame.error:  # it is gone again
            return None
        which = joystick.get_instance_id()
        if which not in self._pads:
            defaults = default_bindings(joystick.get_name(), joystick.get_numbuttons(), joystick.get_numhats())
            self._pads[which] = _Pad(joystick, defaults, _by_name({**defaults, **self._bound}))
        return Action.PLUGGED

    def _remove(self, which: int) -> Action | None:
        """It would read 0 from now on and raise nothing: whatever it held is let go here."""
        if self._pads.pop(which, None) is None:
            return None
        self._board.drop(KIND, which)
        if which != self.used:
            return None
        self.used = None
        self._board.controls.forget_presses()
        return Action.UNPLUGGED


def _by_name(bindings: Bindings) -> dict[str, tuple[Control, ...]]:
    found: dict[str, tuple[Control, ...]] = {}
    for control, names in bindings.items():
        for name in names:
            found[name] = (*found.get(name, ()), control)
    return found
