"""A flight that somebody else flies, as the window shows it, on a surface of its own: for the Gymnasium environment.

There is no window, no display and no driver of one: what is drawn here disturbs none that runs in the same program.
"""

from __future__ import annotations

import pygame

from game.audio.backend import NullAudio
from game.content.levels import Level
from game.content.modes import Mode
from game.content.texts import load_texts
from game.scenes.kit import Kit
from game.scenes.stack import drawn_size
from game.scenes.theatre import Theatre, Told
from game.sim.events import Event
from game.sim.flight import Flight
from game.sim.snapshot import Nav, Truth
from game.view.layout import layout_of
from game.view.world import Studio

_DEPTH = 32  # bits, as any window's


class FlightPicture:
    """One flight after another: `begin` with one, `show` it every tick from then on, and look at it when you like.

    What can be kept between flights is: the first picture takes seconds, the others milliseconds.
    """

    def __init__(self, level: Level, size: tuple[int, int], flight: Flight, mode: Mode) -> None:
        """`size` in pixels; begins with this flight."""
        self._kit = Kit(load_texts(), Studio(), NullAudio())
        self._level, self._size = level, size
        self._surface = pygame.Surface(drawn_size(size), 0, _DEPTH)
        self.begin(flight, mode)

    def begin(self, flight: Flight, mode: Mode) -> None:
        """As it is now. The flight is looked at once and never touched."""
        self._theatre = Theatre(
            self._kit, self._level, (flight.spec, flight.terrain), flight.snapshot(), flight.nav(), guided=False,
            heard=False,
        )  # fmt: skip
        self._told = Told(self._kit.texts.get(f"mode.{mode}"), 1.0, by_autopilot=False)

    def show(self, truth: Truth, nav: Nav, events: tuple[Event, ...]) -> None:
        """The tick that came to this snapshot."""
        self._theatre.show(truth, nav, events, guided=False)

    def rgb(self) -> bytes:
        """The moment that was shown last: three bytes a pixel, row by row from the top."""
        surface = self._surface
        self._theatre.draw(surface, layout_of(surface.get_size()), 1.0, self._told)
        if surface.get_size() != self._size:
            surface = pygame.transform.smoothscale(surface, self._size)
        return pygame.image.tobytes(surface, "RGB")
