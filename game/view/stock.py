"""All that hits leave behind: puffs, shards and flares, in the world and about the craft; the shaking; one clock.

Near the craft, what the camera magnifies must be magnified with it: those things are kept in metres from the descent
stage's middle, which is the one point that magnifying leaves where it is. What meets the ground is kept in the world.

The clock goes as the flight does, but never faster than real time: dust of a flyaway at four times the pace settles
as slowly as any other, and in slow motion it hangs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pygame

from game.sim.spec import DT_S
from game.view import ink
from game.view import palette as p
from game.view.camera import Viewport
from game.view.debris import Debris
from game.view.glows import Glows
from game.view.jolt import FlashGuard, Jolt
from game.view.look import still
from game.view.moment import Place
from game.view.palette import Rgb
from game.view.particles import Puffs

_MOST_SHARE: Final = 0.085  # of the window's height: a flare's radius
_STAR: Final = 0.16  # of the radius is the white middle


@dataclass(frozen=True, slots=True)
class Flare:
    """A light that is bright at once and dies away; reach_m is its radius, at most a share of the window."""

    born_s: float
    life_s: float
    x_m: float
    y_m: float
    reach_m: float
    colour: Rgb
    strength: float = 1.0


class Flares:
    """What shines now. None with reduced motion, and never more beginnings in a second than the guard allows."""

    def __init__(self, guard: FlashGuard) -> None:
        self._guard = guard
        self._flares: list[Flare] = []
        self._glows = Glows()

    def __len__(self) -> int:
        return len(self._flares)

    def add(self, *flares: Flare) -> bool:
        """One flash, of one or more lights that belong together; False if there may be none now."""
        if still() or not self._guard.allows():
            return False
        self._flares += flares
        return True

    def forget(self, now_s: float) -> None:
        """What has died away."""
        self._flares = [flare for flare in self._flares if now_s <= flare.born_s + flare.life_s]

    def draw(self, surface: pygame.Surface, view: Viewport, now_s: float) -> None:
        for flare in self._flares:
            share = (now_s - flare.born_s) / flare.life_s
            if not 0.0 <= share < 1.0:
                continue
            x, y = view.screen(flare.x_m, flare.y_m)
            radius = min(flare.reach_m * view.px_per_m, _MOST_SHARE * view.height_px)
            fade = (1.0 - share) ** 1.6
            self._glows.draw(surface, x, y, radius * (0.7 + 0.3 * share), flare.colour, flare.strength * fade)
            if fade > 0.45:
                ink.disc(surface, x, y, max(_STAR * radius * fade, 1.5), p.PLASMA[4])


class Stock:
    """What one flight's effects are made of."""

    def __init__(self) -> None:
        self.puffs = Puffs("effects")
        self.aloft = Puffs("aloft")
        self.debris, self.debris_aloft = Debris(), Debris()
        self.guard = FlashGuard()  # one for all lights of the window
        self.flares, self.flares_aloft = Flares(self.guard), Flares(self.guard)
        self.jolt = Jolt()
        self.now_s = 0.0
        self._before_s = 0.0
        self._flight_s: float | None = None

    def tick(self, flight_s: float | None) -> None:
        """On to this moment of the flight; None: it stands still, and the dust settles."""
        self._before_s = self.now_s
        if flight_s is None:
            self.now_s += DT_S
            self._before_s = self.now_s
        else:
            since = DT_S if self._flight_s is None else flight_s - self._flight_s
            self._flight_s = flight_s
            self.now_s += min(max(since, 0.0), DT_S)
        for thing in (self.puffs, self.aloft, self.debris, self.debris_aloft):
            thing.tick(self.now_s)
        for lights in (self.flares, self.flares_aloft):
            lights.forget(self.now_s)
        self.guard.tick()
        self.jolt.tick()

    def at(self, alpha: float) -> float:
        """The clock (s) between the last two ticks."""
        return self._before_s + (self.now_s - self._before_s) * alpha


def about(view: Viewport, stage: Place) -> Viewport:
    """The same picture in metres from the stage's middle."""
    return replace(view, centre_x_m=view.centre_x_m - stage.x_m, centre_y_m=view.centre_y_m - stage.y_m)
