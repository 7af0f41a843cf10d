"""All devices of one person: every event goes through here and comes out as controls and actions."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import pygame

from game.input.actions import Action
from game.input.board import Board
from game.input.keyboard import Keyboard
from game.input.keys import DEFAULT_KEYS, key_code, key_name
from game.input.pads import Pads, is_pad_name
from game.input.touch import Touch
from game.pilots.levers import Controls
from game.record.settings import DEFAULTS, Bindings, Device, Settings


class Hand(StrEnum):
    """What was used last: the words on the screen speak of it."""

    KEYBOARD = "keyboard"
    PAD = "pad"
    TOUCH = "touch"  # fingers, or the mouse


_PAD_EVENTS: Final = frozenset({
    pygame.JOYDEVICEADDED, pygame.JOYDEVICEREMOVED, pygame.JOYAXISMOTION, pygame.JOYHATMOTION, pygame.JOYBUTTONDOWN,
    pygame.JOYBUTTONUP,
})  # fmt: skip
_UNHEARD: Final = frozenset({pygame.JOYAXISMOTION, pygame.JOYHATMOTION, pygame.JOYBUTTONDOWN})
_PRESSES: Final = frozenset({
    pygame.KEYDOWN, pygame.JOYBUTTONDOWN, pygame.FINGERDOWN, pygame.MOUSEBUTTONDOWN, pygame.MOUSEWHEEL,
})  # fmt: skip
_PUSHED: Final = 0.5  # of a stick's way: more than any that nobody holds
_TOUCH_EVENTS: Final = frozenset({
    pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP,
    pygame.MOUSEMOTION, pygame.MOUSEWHEEL,
})  # fmt: skip


def understood(device: Device, name: str) -> bool:
    """Whether a device has a part of this name that can be a control."""
    return is_pad_name(name) if device is Device.PAD else key_code(name) is not None


class Devices:
    """Made once by the app; `controls` is what the flight reads, `hand` what the person used last."""

    def __init__(self, settings: Settings = DEFAULTS) -> None:
        self._board = Board()
        self._settings = settings
        self.keyboard = Keyboard(self._board, settings.bound(Device.KEYBOARD))
        self.pads = Pads(self._board, settings.bound(Device.PAD))
        self.touch = Touch(self._board)
        self.hand = Hand.KEYBOARD
        self._pushed: dict[tuple[int, int], int] = {}  # to which side each axis of each pad is
        self.presses = 0  # of anything at all, bound or not, since the beginning: nobody is there while it stands
        self.listening = False
        self.heard: tuple[Device, str] | None = None

    @property
    def controls(self) -> Controls:
        return self._board.controls

    def bind(self, settings: Settings) -> None:
        """These bindings from now on."""
        self._settings = settings
        self.keyboard.bind(settings.bound(Device.KEYBOARD))
        self.pads.bind(settings.bound(Device.PAD))

    def bindings(self, device: Device) -> Bindings:
        """What every control is bound to now: the defaults and what was changed of them."""
        if device is Device.PAD:
            return self.pads.bindings()
        return {**DEFAULT_KEYS, **self._settings.bound(Device.KEYBOARD)}

    def listen(self, *, on: bool) -> None:
        """While on, the next key or part of a pad that is pressed is not acted on but told: `Action.HEARD`, `heard`."""
        self.listening, self.heard = on, None

    def feed(self, event: pygame.Event) -> Action | None:
        """Take one event; the action that it means, if any."""
        self.presses += self._is_press(event)
        if self.listening:
            self.heard = self._part(event)
            if self.heard is not None:
                self.listening = False
                return Action.HEARD
            if event.type in _UNHEARD or (event.type == pygame.KEYDOWN and event.key != pygame.K_ESCAPE):
                return None
        return self._feed(event)

    def _is_press(self, event: pygame.Event) -> bool:
        """Whether somebody has pressed anything; a trigger that rests at its end, and trembles there, is nobody."""
        if event.type == pygame.JOYHATMOTION:
            return any(event.value)
        if event.type != pygame.JOYAXISMOTION:
            return event.type in _PRESSES
        axis, side = (event.instance_id, event.axis), (event.value > _PUSHED) - (event.value < -_PUSHED)
        before, self._pushed[axis] = self._pushed.get(axis, 0), side
        return side not in (0, before)

    def _part(self, event: pygame.Event) -> tuple[Device, str] | None:
        """The key or the part of a pad that this event pressed, if it can be a control."""
        if event.type == pygame.KEYDOWN:
            name: str | None = key_name(event.key)
            return (Device.KEYBOARD, name) if name is not None and key_code(name) is not None else None
        name = self.pads.pressed(event)
        return (Device.PAD, name) if name is not None else None

    def _feed(self, event: pygame.Event) -> Action | None:
        self.keyboard.letter = ""
        if event.type in _PAD_EVENTS:
            action = self.pads.feed(event)
            if self.pads.used is not None:
                self.hand = Hand.PAD
            elif action is Action.UNPLUGGED:
                self.hand = Hand.KEYBOARD
            return action
        if event.type in _TOUCH_EVENTS:
            action = self.touch.feed(event)
            if action is not None:
                self.hand, self.pads.used = Hand.TOUCH, None
            return action
        if event.type == pygame.WINDOWFOCUSLOST:
            self.pads.release()
            self.touch.release()
        if event.type == pygame.KEYDOWN:
            self.hand, self.pads.used = Hand.KEYBOARD, None
        return self.keyboard.feed(event)
