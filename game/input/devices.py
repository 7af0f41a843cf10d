"""All devices of one person: every event goes through here and comes out as controls and actions."""

from __future__ import annotations

import pygame

from game.input.actions import Action
from game.input.board import Board
from game.input.keyboard import Keyboard
from game.input.keys import key_code
from game.input.levers import Controls
from game.record.settings import DEFAULTS, Device, Settings


def understood(device: Device, name: str) -> bool:
    """Whether a device has a key of this name that can be a control."""
    return {Device.KEYBOARD: key_code}[device](name) is not None


class Devices:
    """Made once by the app; `controls` is what the flight reads."""

    def __init__(self, settings: Settings = DEFAULTS) -> None:
        self._board = Board()
        self.keyboard = Keyboard(self._board, settings.bound(Device.KEYBOARD))

    @property
    def controls(self) -> Controls:
        return self._board.controls

    def bind(self, settings: Settings) -> None:
        """These bindings from now on."""
        self.keyboard.bind(settings.bound(Device.KEYBOARD))

    def feed(self, event: pygame.Event) -> Action | None:
        """Take one event; the action that it means, if any."""
        return self.keyboard.feed(event)
