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
from game.content.errors import InputError
from game.cues.hud import hud_model
from game.cues.windows import WindowState
from game.scenes.flight import FlightScene
from game.scenes.stack import Push, Scene, applied
from game.sim.spec import TICK_HZ
from game.view import fonts

FRAMES_HZ = 60


class StageError(InputError):
    """Pictures that cannot be made; str() is one sentence."""


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
        self._surface = pygame.display.set_mode(size)
        self.app = App(self._surface, self._clock)

    def frame(self) -> bool:
        self._clock.ns += SECOND_NS // FRAMES_HZ
        return self.app.frame()

    def tick(self) -> bool:
        """Let one tick of the window go by, without a picture."""
        self._clock.ns += SECOND_NS // TICK_HZ
        return self.app.advance()

    def picture(self) -> pygame.Surface:
        """What the window shows now: good until the next one."""
        self.app.frame()
        return self._surface

    def tap(self, key: int) -> None:
        """Press it and let it go."""
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            pygame.event.post(pygame.event.Event(kind, key=key))

    def open(self, scene: Scene, over: Scene | None = None) -> None:
        """Begin with this scene, or with another one over it; what was pressed before is not meant for it."""
        pygame.event.clear()
        self.app.open(scene)
        if over is not None:
            self.app.stack = applied(self.app.stack, Push(over))

    def act(self, scene: FlightScene) -> None:
        """Press ACTION if its moment has come."""
        if action_is_due(scene):
            self.tap(pygame.K_SPACE)


def action_is_due(scene: FlightScene) -> bool:
    """Whether the HUD says that the moment of ACTION has come."""
    window = hud_model(scene.flight.nav(), scene.prediction).window
    return window.by_action and window.state is WindowState.OPEN


@contextmanager
def a_stage(size: tuple[int, int]) -> Iterator[Stage]:
    """With pygame's parts started on SDL's dummy drivers, and ended again.

    Raises StageError when pictures of this size cannot be made.
    """
    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"  # Ctrl-C is for whoever called, not one more event of the window
    pygame.display.init()
    pygame.font.init()
    pygame.event.clear()
    try:
        yield Stage(size)
    except (pygame.error, MemoryError) as error:
        why = str(error) or "out of memory"
        raise StageError(f"a window of {size[0]}x{size[1]} cannot be drawn: {why}") from error
    finally:
        fonts.forget()
        pygame.font.quit()
        pygame.display.quit()
