"""The keyboard: which key is which control, and what a press means to menus."""

from __future__ import annotations

from typing import Final

import pygame

from game.input.actions import Action
from game.pilots.levers import Controls

HELD: Final = {
    pygame.K_LEFT: "left",
    pygame.K_a: "left",
    pygame.K_RIGHT: "right",
    pygame.K_d: "right",
    pygame.K_UP: "up",
    pygame.K_w: "up",
    pygame.K_DOWN: "down",
    pygame.K_s: "down",
    pygame.K_LSHIFT: "assist",
    pygame.K_RSHIFT: "assist",
}
MARKS: Final = {pygame.K_q: -1, pygame.K_COMMA: -1, pygame.K_e: 1, pygame.K_PERIOD: 1}
ACTION_KEY: Final = pygame.K_SPACE
ACTIONS: Final = {
    pygame.K_UP: Action.UP,
    pygame.K_w: Action.UP,
    pygame.K_DOWN: Action.DOWN,
    pygame.K_s: Action.DOWN,
    pygame.K_LEFT: Action.LEFT,
    pygame.K_a: Action.LEFT,
    pygame.K_RIGHT: Action.RIGHT,
    pygame.K_d: Action.RIGHT,
    pygame.K_RETURN: Action.CONFIRM,
    pygame.K_KP_ENTER: Action.CONFIRM,
    pygame.K_SPACE: Action.CONFIRM,
    pygame.K_ESCAPE: Action.BACK,
    pygame.K_p: Action.PAUSE,
    pygame.K_r: Action.RESTART,
    pygame.K_F2: Action.SAVE,
    pygame.K_F11: Action.FULL_SCREEN,
}


class Keyboard:
    """Keeps `controls` up to date and turns key presses into actions."""

    def __init__(self) -> None:
        self.controls = Controls()
        self._down: set[int] = set()

    def feed(self, event: pygame.Event) -> Action | None:
        """Take one event; the action that it means, if any."""
        if event.type == pygame.WINDOWFOCUSLOST:
            self.release()
            return Action.LOST_FOCUS
        if event.type == pygame.KEYUP:
            self._down.discard(event.key)
            self._hold()
            return None
        if event.type != pygame.KEYDOWN or event.key in self._down:
            return None  # a key that repeats itself is not pressed again
        key: int = event.key
        self._down.add(key)
        self._hold()
        held = HELD.get(key)
        if held is not None and held != "assist":
            setattr(self.controls, f"tapped_{held}", True)
        if key in MARKS:
            self.controls.mark = MARKS[key]
        if key == ACTION_KEY:
            self.controls.action = True
        return ACTIONS.get(key)

    def release(self) -> None:
        """Forget every key: what was down when the keyboard went away may never come up."""
        self._down.clear()
        self.controls.clear()

    def _hold(self) -> None:
        down = {name for key, name in HELD.items() if key in self._down}
        for name in ("left", "right", "up", "down", "assist"):
            setattr(self.controls, name, name in down)
