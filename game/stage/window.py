"""A window that nobody looks at, and a flight in it that nobody flies: for pictures and for their cost.

The clock of its app moves a sixtieth of a second each frame, however long that takes, so that the same pictures come
out in the same order on every machine. The flight is Guided; ACTION is pressed when the HUD says that the moment has
come.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pygame

from game.app import SECOND_NS, App
from game.cues.hud import hud_model
from game.cues.windows import WindowState
from game.scenes.flight import FlightScene
from game.view import fonts

FRAMES_HZ = 60


class _Steady:
    """A clock that moves when it is told."""

    def __init__(self) -> None:
        self.ns = 0

    def now_ns(self) -> int:
        return self.ns

    def rest(self) -> None:
        """Nobody waits."""


class Stage:
    """An app in a window without a screen. `frame` lets a sixtieth of a second go by in it."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._clock = _Steady()
        self.app = App(pygame.display.set_mode(size), self._clock)

    def frame(self) -> bool:
        self._clock.ns += SECOND_NS // FRAMES_HZ
        return self.app.frame()

    def tap(self, key: int) -> None:
        """Press it and let it go."""
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            pygame.event.post(pygame.event.Event(kind, key=key))

    def act(self, scene: FlightScene) -> None:
        """Press ACTION if its moment has come."""
        window = hud_model(scene.flight.nav(), scene.prediction).window
        if window.by_action and window.state is WindowState.OPEN:
            self.tap(pygame.K_SPACE)


@contextmanager
def a_stage(size: tuple[int, int]) -> Iterator[Stage]:
    """With pygame's parts started on SDL's dummy drivers, and ended again."""
    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    pygame.display.init()
    pygame.font.init()
    pygame.event.clear()
    try:
        yield Stage(size)
    finally:
        fonts.forget()
        pygame.font.quit()
        pygame.display.quit()
