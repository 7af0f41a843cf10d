"""Fingers and the mouse: zones of the window are controls, and a drag up or down moves a lever by as much.

A finger that only touches points at something, which is what menus listen to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.input.actions import Action
from game.input.board import Board
from game.record.settings import Control

KIND: Final = "touch"
_MOUSE: Final = -1  # the finger that the mouse is
_TRAVEL: Final = 0.45  # of the window's height, for a lever's whole way
_REEL: Final = 0.04  # of the height below where the finger came down: it pulls the bridle out
_SWIPE: Final = 0.12  # of the width
_NOTCH: Final = 0.04  # of a lever's way, for a notch of the wheel
_LEFT_BUTTON, _RIGHT_BUTTON = 1, 3
_LOW: Final = 0.80


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the window, in shares of its width and height; `control` is None where a finger only drags."""

    name: str
    control: Control | None
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom


# The first that holds a point has it. At the bottom they follow the HUD, whose box of ACTION is a place to tap.
_WIDE: Final = (
    Zone("pause", Control.PAUSE, 0.80, 0.0, 1.01, 0.10),
    Zone("assist", Control.ASSIST, 0.0, _LOW, 0.265, 1.01),
    Zone("action", Control.ACTION, 0.265, _LOW, 1.01, 1.01),
    Zone("left", Control.LEFT, 0.0, 0.0, 1.0 / 3.0, _LOW),
    Zone("right", Control.RIGHT, 2.0 / 3.0, 0.0, 1.01, _LOW),
    Zone("lever", None, 1.0 / 3.0, 0.0, 2.0 / 3.0, _LOW),
)
_UPRIGHT: Final = (
    Zone("pause", Control.PAUSE, 0.80, 0.0, 1.01, 0.08),
    Zone("assist", Control.ASSIST, 0.0, _LOW, 0.5, 0.945),
    Zone("action", Control.ACTION, 0.5, _LOW, 1.01, 0.945),
    Zone("action", Control.ACTION, 0.0, 0.945, 1.01, 1.01),
    *_WIDE[3:],
)


def zones(size: tuple[int, int]) -> tuple[Zone, ...]:
    """The zones of a window of this size in pixels."""
    return _UPRIGHT if size[1] > size[0] else _WIDE


@dataclass(slots=True)
class _Finger:
    zone: Zone
    from_x: float
    from_y: float
    x: float
    y: float
    swiped: bool = False


class Touch:
    """Keeps the board up to date; `at` is where a finger or the mouse came down last, in shares of the window."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._fingers: dict[int, _Finger] = {}
        self.at = (0.0, 0.0)

    @property
    def held(self) -> tuple[float, float] | None:
        """Where the finger that came down last is now, in shares of the window; None when none is down."""
        finger = next(reversed(self._fingers.values()), None)
        return None if finger is None else (finger.x, finger.y)

    @property
    def pauses(self) -> bool:
        """Whether the finger came down last where flights are paused."""
        return _zone_at(*self.at).control is Control.PAUSE

    def feed(self, event: pygame.Event) -> Action | None:
        """Take one event; the action that it means, if any."""
        match event.type:
            case pygame.FINGERDOWN:
                return self._down(event.finger_id, event.x, event.y)
            case pygame.FINGERMOTION:
                self._drag(event.finger_id, event.x, event.y)
            case pygame.FINGERUP:
                self._up(event.finger_id)
            case pygame.MOUSEWHEEL:
                self._board.controls.slide += _NOTCH * event.y
            case pygame.MOUSEBUTTONDOWN | pygame.MOUSEMOTION | pygame.MOUSEBUTTONUP if not event.touch:
                return self._mouse(event)  # what SDL makes of a finger is not heard twice
        return None

    def release(self) -> None:
        """Every finger is taken for lifted."""
        for finger in tuple(self._fingers):
            self._up(finger)
        self._board.drop(KIND, _MOUSE)

    def _mouse(self, event: pygame.Event) -> Action | None:
        wide, high = pygame.display.get_window_size()
        x, y = event.pos[0] / max(wide, 1), event.pos[1] / max(high, 1)
        if event.type == pygame.MOUSEMOTION:
            self._drag(_MOUSE, x, y)
        elif event.button == _RIGHT_BUTTON:
            source = (KIND, _MOUSE, "right")
            if event.type == pygame.MOUSEBUTTONDOWN:
                return self._board.press(source, Control.ASSIST)
            self._board.lift(source)
        elif event.button == _LEFT_BUTTON:
            if event.type == pygame.MOUSEBUTTONDOWN:
                return self._down(_MOUSE, x, y)
            self._up(_MOUSE)
        return None

    def _down(self, number: int, x: float, y: float) -> Action:
        self._up(number)
        self.at = (x, y)
        zone = _zone_at(x, y)
        self._fingers[number] = _Finger(zone, x, y, x, y)
        if zone.control is not None:
            self._board.press((KIND, number, "zone"), zone.control)
        else:
            self._board.controls.pressed = True
        return Action.POINT

    def _drag(self, number: int, x: float, y: float) -> None:
        finger = self._fingers.get(number)
        if finger is None:
            return
        moved, finger.x, finger.y = y - finger.y, x, y
        if finger.zone.control in (Control.ACTION, Control.ASSIST, Control.PAUSE):
            return
        controls = self._board.controls
        controls.slide -= moved / _TRAVEL
        controls.dragged = any(each.y - each.from_y > _REEL for each in self._fingers.values())
        if finger.zone.control is None and not finger.swiped and abs(x - finger.from_x) > _SWIPE:
            finger.swiped = True
            controls.mark = 1 if x > finger.from_x else -1

    def _up(self, number: int) -> None:
        if self._fingers.pop(number, None) is None:
            return
        self._board.lift((KIND, number, "zone"))
        self._board.controls.dragged = any(each.y - each.from_y > _REEL for each in self._fingers.values())


def _zone_at(x: float, y: float) -> Zone:
    all_zones = zones(pygame.display.get_window_size())
    return next((zone for zone in all_zones if zone.holds(x, y)), all_zones[-1])
