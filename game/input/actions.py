"""What a person can ask for besides flying: the same few actions from every device."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """One press, for menus and for the window. Flying goes through `Controls` (levers.py)."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    CONFIRM = "confirm"
    BACK = "back"
    PAUSE = "pause"
    RESTART = "restart"
    ASSIST = "assist"  # the second button: in menus it leads back
    SAVE = "save"
    SLOWER = "slower"  # practice: slow motion, and back to true time
    STEP = "step"  # practice: a moment on, and no further
    FULL_SCREEN = "full_screen"
    LOST_FOCUS = "lost_focus"
    POINT = "point"  # a finger or the mouse came down: Devices.touch says where
    TYPED = "typed"  # a letter that is bound to nothing else: Keyboard.letter says which
    HEARD = "heard"  # what a screen waited for: Devices.heard says which part of which device
    UNPLUGGED = "unplugged"  # the gamepad in hand is gone
    PLUGGED = "plugged"
