"""A person at the keyboard for tests: presses keys on a window whose clock stands still until it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pygame

from game.app import MAX_FRAME_NS, App
from game.record.book.book import Book
from game.scenes.brief import BriefScene
from game.scenes.flight import FlightScene
from game.view import fonts


class Metre:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.ns = 0

    def now_ns(self) -> int:
        return self.ns

    def rest(self) -> None:
        pass


class Player:
    """Presses keys on a window and lets its frames go by."""

    def __init__(self, size: tuple[int, int] = (480, 270)) -> None:
        self.clock = Metre()
        self.app = App(pygame.display.set_mode(size), self.clock)
        self._down: set[int] = set()

    def frame(self, ns: int = MAX_FRAME_NS, *, drawn: bool = True) -> bool:
        """One turn of the loop; undrawn, it is the same but for the picture."""
        self.clock.ns += ns
        return self.app.frame() if drawn else self.app.advance()

    def tap(self, key: int) -> None:
        self.hold(key, down=True)
        self.hold(key, down=False)

    def hold(self, key: int, *, down: bool) -> None:
        if down != (key in self._down):
            (self._down.add if down else self._down.discard)(key)
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN if down else pygame.KEYUP, key=key))

    def start(self, key: int = pygame.K_SPACE) -> FlightScene:
        """From the title into the flight that is marked there: one press, and another for a brief."""
        self.tap(key)
        self.frame()
        if isinstance(self.scene, BriefScene):
            self.tap(key)
            self.frame()
        scene = self.scene
        assert isinstance(scene, FlightScene)
        return scene

    @property
    def scene(self) -> object:
        return self.app.stack[-1]


@contextmanager
def a_player(size: tuple[int, int] = (480, 270)) -> Iterator[Player]:
    """With a window open, and closed again afterwards."""
    pygame.display.init()
    pygame.font.init()
    pygame.event.clear()
    try:
        yield Player(size)
    finally:
        fonts.forget()
        pygame.display.quit()


@contextmanager
def a_player_with_a_book(size: tuple[int, int], now: datetime) -> Iterator[Player]:
    """The same with a score book that nobody stands in yet, at a moment that stays."""
    with a_player(size) as someone:
        someone.app = App(pygame.display.get_surface(), someone.clock, book=Book(), now=lambda: now)
        try:
            yield someone
        finally:
            someone.app.kit.ghosts.close()
            someone.app.kit.book.close()
