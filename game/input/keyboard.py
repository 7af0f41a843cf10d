"""The keyboard, and arcade panels that pretend to be one: key events to controls and to what they mean in menus."""

from __future__ import annotations

from typing import Final

import pygame

from game.input.actions import Action
from game.input.board import Board, Source
from game.input.keys import controls_by_key
from game.pilots.levers import Controls
from game.record.settings import Bindings

# In menus these mean what everybody expects, whatever they are bound to in flight.
_IN_MENUS: Final = {
    pygame.K_UP: Action.UP,
    pygame.K_DOWN: Action.DOWN,
    pygame.K_LEFT: Action.LEFT,
    pygame.K_RIGHT: Action.RIGHT,
    pygame.K_RETURN: Action.CONFIRM,
    pygame.K_KP_ENTER: Action.CONFIRM,
    pygame.K_ESCAPE: Action.BACK,
    pygame.K_F2: Action.SAVE,
    pygame.K_F11: Action.FULL_SCREEN,
}
KIND: Final = "key"


class Keyboard:
    """Keeps the board up to date and turns key presses into actions."""

    def __init__(self, board: Board | None = None, bound: Bindings | None = None) -> None:
        """`bound`: the controls that a person has bound anew."""
        self._board = board or Board()
        self._down: set[int] = set()
        self._by_key = controls_by_key(bound or {})
        self.letter = ""  # A to Z, when the event that was fed last pressed its key: for what is typed

    @property
    def controls(self) -> Controls:
        return self._board.controls

    def bind(self, bound: Bindings) -> None:
        """Other bindings from now on; what is down is let go."""
        self.release()
        self._by_key = controls_by_key(bound)

    def feed(self, event: pygame.Event) -> Action | None:
        """Take one event; the action that it means, if any."""
        self.letter = ""
        if event.type == pygame.WINDOWFOCUSLOST:
            self.release()
            return Action.LOST_FOCUS
        if event.type == pygame.KEYUP:
            self._down.discard(event.key)
            self._board.lift(_source(event.key))
            return None
        if event.type != pygame.KEYDOWN or event.key in self._down:
            return None  # a key that repeats itself is not pressed again
        key: int = event.key
        self._down.add(key)
        meant = [self._board.press(_source(key), control) for control in self._by_key.get(key, ())]
        self.letter = chr(key).upper() if pygame.K_a <= key <= pygame.K_z else ""
        action = _IN_MENUS.get(key)
        if action is Action.CONFIRM:
            self._board.controls.pressed = True
        action = action or next((action for action in meant if action is not None), None)
        return action or (Action.TYPED if self.letter else None)

    def release(self) -> None:
        """Forget every key: what was down when the keyboard went away may never come up."""
        self._down.clear()
        self._board.drop(KIND, 0)
        self._board.controls.forget_presses()


def _source(key: int) -> Source:
    return (KIND, 0, key)
