"""What can be felt of a flight: told of every tick and event, it keeps the dust, gas, light and shaking that follow.

Its own generator, its own clock; nothing here reaches the sim, and drawing changes nothing. `beats` holds the hits of
events, `regolith` the ground's answer, `endings` the ways of losing, `stock` what all of them leave behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp, inf
from typing import Final

import pygame

from game.sim.events import Event, EventName
from game.sim.snapshot import Outcome, Part, Truth
from game.sim.terrain import Terrain
from game.sim.vehicle_spec import VehicleSpec
from game.view import ink
from game.view import palette as p
from game.view.beats import Beats
from game.view.camera import Viewport
from game.view.endings import Endings
from game.view.horizon import HorizonPlume
from game.view.moment import Moment
from game.view.particles import Puffs
from game.view.pieces import Broken
from game.view.regolith import Dust, spot
from game.view.stock import Stock, about

_FAR_M: Final = 60.0  # a stage that comes down farther away is seen as a plume on the horizon
_SHRINKS_S: Final = 0.6  # who has left Mars is smaller by e after that
_LEAST: Final = 0.07
_CRATER: Final = (
    (-1.15, -0.02), (-0.82, 0.07), (-0.60, 0.05), (-0.34, 0.11), (-0.08, 0.05), (0.22, 0.09), (0.50, 0.05),
    (0.80, 0.10), (1.15, -0.02), (0.75, -0.20), (-0.75, -0.20),
)  # fmt: skip
_CRATER_EDGE: Final = 9
_BERM_PX_M: Final = 12.0
_BERM: Final = ((-0.34, -0.03), (-0.20, 0.03), (-0.04, 0.02), (0.10, 0.035), (0.22, 0.05), (0.36, -0.03))


class Effects:
    """One flight's. `tick` and `hold` change it, the rest only looks."""

    def __init__(self, vehicle: VehicleSpec, terrain: Terrain) -> None:
        self._terrain, self._rover = terrain, vehicle.rover
        self.stock = Stock()
        self.dust = Dust(self.stock, vehicle, terrain)
        self.beats = Beats(self.stock, vehicle)
        self.endings = Endings(self.stock, self.beats, self.dust, terrain)
        self._plume = HorizonPlume()
        self._before: Truth | None = None
        self._engines_t_s: float | None = None

    @property
    def puffs(self) -> Puffs:
        """The dust in the world."""
        return self.stock.puffs

    @property
    def crashed(self) -> frozenset[Part]:
        """What lies burnt on the ground."""
        return self.endings.crashed

    @property
    def wheel_off(self) -> int | None:
        """Which wheel has broken off, as the vehicle file counts them."""
        return self.endings.wheel_off

    def tick(self, truth: Truth, events: Sequence[Event]) -> None:
        """One tick of the window, in which the flight came to this snapshot."""
        self.stock.tick(truth.t_s)
        for event in events:
            self.beats.hear(event, truth)
            self._hear(event, truth)
        self.beats.tick(truth)
        self.dust.blow(truth)
        if self._before is not None:
            self.dust.wheels(self._before, truth)
        self.endings.tick()
        self._before = truth

    def recall(self, events: Sequence[Event]) -> None:
        """What happened before the first tick, for who looks into the middle of a flight: only what lasts."""
        for event in events:
            if event.name is EventName.ENGINE_START:
                self._engines_t_s = event.t_s
            elif event.name is EventName.STAGE_IMPACT:
                self.endings.crashed |= {Part.DESCENT_STAGE}

    def hold(self) -> None:
        """A tick in which the flight stands still: what is in the air settles."""
        self.stock.tick(None)
        self.endings.tick()

    def _hear(self, event: Event, truth: Truth) -> None:
        """What events leave on the ground."""
        stage, rover = truth.parts[Part.DESCENT_STAGE], truth.parts[Part.ROVER]
        if event.name is EventName.ENGINE_START:
            self._engines_t_s = event.t_s
        elif event.name is EventName.TOUCHDOWN:
            hard = min(event.speed_mps / 3.0, 2.0)
            self.dust.burst(rover.x_m, 12 + round(16 * hard), 1.2 + 1.6 * hard, 0.9 + 0.8 * hard)
            self.stock.jolt.hit(0.0025 + 0.002 * hard)
        elif event.name is EventName.STAGE_IMPACT:
            if abs(stage.x_m - rover.x_m) > _FAR_M:
                self._plume.rise(self.stock.now_s, ahead=stage.x_m > rover.x_m)
                self.stock.jolt.hit(0.0015)
            self.endings.crash(Part.DESCENT_STAGE, stage, event.speed_mps)
        elif event.name is EventName.PART_DOWN and Part(event.detail) in truth.parts:
            self.dust.burst(truth.parts[Part(event.detail)].x_m, 20, 3.0, 3.0)
        elif event.name is EventName.LOST and truth.outcome is Outcome.LOST:
            self.endings.lose(event, truth)

    def engines_s(self, t_s: float) -> float:
        """How long ago the engines were lit, at this moment of the flight."""
        return inf if self._engines_t_s is None else t_s - self._engines_t_s

    def broken(self, alpha: float) -> tuple[Broken, float] | None:
        """How the capsule has fallen to pieces, and how long ago (s)."""
        broken = self.endings.broken
        return None if broken is None else (broken, max(self.stock.at(alpha) - broken.since_s, 0.0))

    def close(self, view: Viewport, least: float, now: Moment, alpha: float) -> Viewport:
        """The picture magnified about the craft; about the ground once it lies there; who leaves Mars grows small."""
        if Part.BACKSHELL in self.crashed:
            shell = now.places[Part.BACKSHELL]
            return view.magnified(least, shell.x_m, self._terrain.height_at(shell.x_m))
        began_s = self.endings.flung_s
        if began_s is None:
            return view.magnified(least, now.stage.x_m, now.stage.y_m)
        age = self.stock.at(alpha) - began_s
        small = _LEAST + (1.0 - _LEAST) * exp(-max(age - 0.2, 0.0) / _SHRINKS_S)
        away_px = 0.34 * view.width_px * (1.0 - small)
        close = view.magnified(least * small, now.stage.x_m, now.stage.y_m)
        x_m, y_m = close.world(0.5 * view.width_px - away_px, 0.5 * view.height_px + 0.14 * away_px)
        return replace(close, centre_x_m=x_m, centre_y_m=y_m)

    def draw_far(
        self, surface: pygame.Surface, stage: tuple[float, float, float, float], horizon_px: float, alpha: float
    ) -> None:  # fmt: skip
        """On the horizon, behind the near ground."""
        self._plume.draw(surface, stage, horizon_px, self.stock.at(alpha))

    def draw_behind(self, surface: pygame.Surface, view: Viewport, alpha: float) -> None:
        """Behind the craft."""
        self.stock.puffs.draw(surface, view, self.stock.at(alpha), behind=True)

    def draw_craters(self, surface: pygame.Surface, close: Viewport) -> None:
        """What was thrown up by an impact lies around it, and hides the foot of the wreck."""
        for x_m, wide_m in self.endings.craters:
            rim = [
                close.screen(x_m + wide_m * across, self._terrain.height_at(x_m) + wide_m * up)
                for across, up in _CRATER
            ]
            ink.fill(surface, rim, p.GROUND)
            ink.path(surface, rim[:_CRATER_EDGE], max(0.05 * close.px_per_m, 1.0), p.GROUND_LIT)

    def draw_aloft(self, surface: pygame.Surface, close: Viewport, now: Moment, alpha: float) -> None:
        """About the craft, as large as that is drawn."""
        stock, at_s = self.stock, self.stock.at(alpha)
        if not (len(stock.aloft) or len(stock.debris_aloft) or len(stock.flares_aloft)):
            return
        view = about(close, now.stage)
        stock.aloft.draw(surface, view, at_s)
        stock.debris_aloft.draw(surface, view, at_s)
        stock.flares_aloft.draw(surface, view, at_s)

    def draw_front(self, surface: pygame.Surface, view: Viewport, now: Moment, alpha: float) -> None:
        """Before the craft: the ground that the wheels stand in, what flies, dust, light."""
        stock, at_s = self.stock, self.stock.at(alpha)
        if view.px_per_m > _BERM_PX_M and any(now.truth.wheel_contacts):
            self._berms(surface, view, now)
        stock.debris.draw(surface, view, at_s)
        stock.puffs.draw(surface, view, at_s, behind=False)
        stock.flares.draw(surface, view, at_s)

    def _berms(self, surface: pygame.Surface, view: Viewport, now: Moment) -> None:
        """Wheels press into the regolith: a little of it stands up before each."""
        rover = now.rover
        for touches, x in zip(now.truth.wheel_contacts, self._rover.wheel_x_m, strict=True):
            if not touches:
                continue
            pose = now.truth.parts[Part.ROVER]
            x_m = spot(pose, x, self._rover.axle_y_m)[0] + rover.x_m - pose.x_m
            heap = [view.screen(x_m + dx, self._terrain.height_at(x_m + dx) + up) for dx, up in _BERM]
            ink.fill(surface, heap, p.mixed(p.GROUND, p.GROUND_SHADE, 0.4))
            ink.path(surface, heap[1:5], max(0.015 * view.px_per_m, 1.0), p.GROUND_LIT)

    def shake(self, surface: pygame.Surface) -> None:
        """Move the finished picture by the last hits; what it leaves at the edge stays as it was."""
        across, down = self.stock.jolt.offset_px(surface.get_height())
        if across or down:
            surface.scroll(across, down)
