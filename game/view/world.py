"""The picture of a flight: camera, backdrop, ground, vehicles, dust. `tick` moves it on, `draw` only looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Final

import pygame

from game.sim.events import Event
from game.sim.snapshot import Outcome, Part, Truth
from game.sim.spec import DT_S, FlightSpec
from game.sim.terrain import Terrain
from game.view import ground, ink
from game.view import palette as p
from game.view.camera import Camera, Viewport
from game.view.effects import Effects
from game.view.fonts import Face, line
from game.view.framing import drift_of, shot_of
from game.view.ground import Spot
from game.view.layout import Layout
from game.view.moment import Moment, blended
from game.view.plumes import Plumes
from game.view.sky import Backdrop
from game.view.sprites import SpriteBank
from game.view.vehicle import VehicleArt

LEAST_SHARE: Final = 0.05  # of the window's height: a smaller craft gets a ring with its name
_CRAFT_M: Final = 3.6
_WARM_PX_M: Final = (16.0, 32.0, 64.0, 128.0)
_LYING_M: Final = {Part.ROVER: 0.25, Part.BOGIE: 0.0, Part.DESCENT_STAGE: 0.45}  # least height of their frames
_SHELL_SHARE: Final = 0.0008  # of the window's height for a metre: the canopy is a dozen pixels wide


@dataclass(frozen=True, slots=True)
class Names:
    """What the rings and arrows are called."""

    craft: str
    backshell: str
    stage: str
    target: str


class Studio:
    """Pictures that outlive a flight: made once, so that a restart costs nothing."""

    def __init__(self) -> None:
        self.bank = SpriteBank()
        self.plumes = Plumes()
        self._backdrop: Backdrop | None = None

    def backdrop(self, size: tuple[int, int]) -> Backdrop:
        """The backdrop for this window size; only the last one is kept."""
        if self._backdrop is None or self._backdrop.size != size:
            self._backdrop = Backdrop(size)
        return self._backdrop


class WorldView:
    """One flight as it is seen."""

    def __init__(self, spec: FlightSpec, terrain: Terrain, first: Truth, studio: Studio) -> None:
        self._studio, self._terrain = studio, terrain
        self._target_m = spec.goal.target_m
        self.art = VehicleArt(spec.vehicle, studio.bank, studio.plumes)
        self.effects = Effects(spec.vehicle, terrain)
        studio.bank.warm(self.art.parts.all(), _WARM_PX_M)
        self.camera = Camera(shot_of(first, terrain))
        self._before = self._now = first

    def tick(self, truth: Truth, events: Sequence[Event]) -> None:
        """The flight has moved on to this snapshot."""
        truth = on_the_ground(truth, self._terrain)
        self._before, self._now = self._now, truth
        self.effects.tick(truth, events)
        self.camera.tick(shot_of(truth, self._terrain), DT_S, drift_of(truth, self._terrain))

    def hold(self) -> None:
        """The flight stands still for this tick: nothing is between two snapshots any more."""
        self._before = self._now
        self.camera.tick(shot_of(self._now, self._terrain), DT_S)

    def moment(self, alpha: float) -> Moment:
        return blended(self._before, self._now, alpha)

    def viewport(self, layout: Layout, alpha: float, free: tuple[float, float, float, float] | None = None) -> Viewport:
        """Where the camera looks; the craft is always in the picture. `free` is the part to fill."""
        wide, high = layout.size
        lens = self.camera.before.blended(self.camera.lens, alpha)
        view = lens.viewport(wide, high, free or layout.stage)
        now = self.moment(alpha)
        return view.keep_visible([(now.rover.x_m, now.rover.y_m)], 0.06 * min(wide, high))

    def draw(
        self, surface: pygame.Surface, layout: Layout, alpha: float, spots: tuple[Spot, ...], names: Names,
        free: tuple[float, float, float, float] | None = None,
    ) -> None:  # fmt: skip
        """The whole picture without the HUD."""
        view, now, terrain = self.viewport(layout, alpha, free), self.moment(alpha), self._terrain
        backdrop = self._studio.backdrop(layout.size)
        middle_px = view.screen(view.centre_x_m, terrain.height_at(view.centre_x_m))[1]
        backdrop.draw(surface, view.centre_x_m, min(middle_px, 1.2 * view.height_px))
        ground.draw_ground(surface, terrain, view)
        ground.draw_rocks(surface, terrain, view)
        if view.px_per_m > 1.0:
            for part, wide_m in ((Part.DESCENT_STAGE, 2.8), (Part.ROVER, 2.6)):
                place = now.places[part]
                low_m = 0.9 if part is Part.ROVER else 0.0
                ground.draw_cast_shadow(surface, terrain, view, place.x_m, place.y_m - low_m, wide_m)
        if spots:
            self._draw_target(surface, layout, view, spots, names.target)
        ground.draw_spots(surface, terrain, view, spots, layout.unit)
        self._draw_vehicles(surface, view, now)
        self.effects.puffs.draw(surface, view, now.t_s)
        haze = backdrop.haze
        surface.blit(haze, (0, view.height_px - haze.get_height()))
        if free is None:
            self._rings(surface, layout, view, now, names)

    def _draw_target(
        self, surface: pygame.Surface, layout: Layout, view: Viewport, spots: tuple[Spot, ...], label: str
    ) -> None:  # fmt: skip
        """The target, with its name unless the chosen mark is as good as on it."""
        apart_m = min((abs(spot.x_m - self._target_m) for spot in spots if spot.chosen), default=0.0)
        named = apart_m * view.px_per_m > 70.0 * layout.unit
        ground.draw_target(surface, self._terrain, view, self._target_m, label if named else "", layout.unit)

    def _draw_vehicles(self, surface: pygame.Surface, view: Viewport, now: Moment) -> None:
        """To scale, but never so small that nobody can see how they lean: the ring says so then."""
        shell = now.places.get(Part.BACKSHELL)
        if shell is not None:
            # Close by it is drawn large from the craft, so that its threat is seen; far off it is where it is.
            apart_m = hypot(shell.x_m - now.stage.x_m, shell.y_m - now.stage.y_m)
            near = min(max(1.0 - (apart_m - 50.0) / 250.0, 0.0), 1.0)
            least = _SHELL_SHARE * view.height_px
            beside = view.magnified(view.px_per_m + near * max(1.7 * least - view.px_per_m, 0.0), *now.stage.at[:2])
            at_x, at_y = view.world(*beside.screen(shell.x_m, shell.y_m))
            moved = now.shifted((Part.BACKSHELL, Part.PARACHUTE), at_x - shell.x_m, at_y - shell.y_m)
            self.art.draw_backshell(surface, view.magnified(max(least, beside.px_per_m), at_x, at_y), moved)
        least = LEAST_SHARE * view.height_px / _CRAFT_M
        self.art.draw(surface, view.magnified(least, now.stage.x_m, now.stage.y_m), now, self.effects.crashed)

    def _rings(self, surface: pygame.Surface, layout: Layout, view: Viewport, now: Moment, names: Names) -> None:
        unit = layout.unit
        share = _CRAFT_M * view.px_per_m / view.height_px
        if share < LEAST_SHARE:
            # It melts away as the true size reaches the one that is drawn.
            fade = min(max(2.0 * (1.0 - share / LEAST_SHARE), 0.0), 1.0)
            marker(surface, view.screen(now.stage.x_m, now.stage.y_m), names.craft, unit, fade)
        shell = now.places.get(Part.BACKSHELL)
        if shell is not None and not shell.on_ground and share < LEAST_SHARE:
            apart = hypot(shell.x_m - now.stage.x_m, shell.y_m - now.stage.y_m) * view.px_per_m
            if apart > 130.0 * unit:
                marker(surface, view.screen(shell.x_m, shell.y_m), names.backshell, unit, 0.75)
        if now.truth.rover_released:
            x, y = view.screen(now.stage.x_m, now.stage.y_m)
            edge_arrow(surface, layout, (x, y), names.stage)


def on_the_ground(truth: Truth, terrain: Terrain) -> Truth:
    """After a loss: a wreck fast enough to go through the ground within a tick is drawn lying on it."""
    if truth.outcome is not Outcome.LOST:
        return truth
    parts = dict(truth.parts)
    for part, low_m in _LYING_M.items():
        pose = parts[part]
        lowest_m = terrain.height_at(pose.x_m) + low_m
        if pose.y_m < lowest_m:
            parts[part] = replace(pose, y_m=lowest_m)
    return replace(truth, parts=parts)


def marker(surface: pygame.Surface, at: tuple[float, float], name: str, unit: float, fade: float) -> None:
    """A ring with a name about something too small to see; `fade` 0 is gone."""
    if fade <= 0.0:
        return
    x, y = at
    radius = (0.9 * LEAST_SHARE) * surface.get_height()
    size = round(2.0 * radius + 6.0)
    picture = pygame.Surface((size, size), pygame.SRCALPHA, 32)
    pygame.draw.aacircle(picture, (*p.TEXT, round(255 * fade)), (size / 2, size / 2), radius, max(round(2.0 * unit), 2))
    surface.blit(picture, (round(x - size / 2), round(y - size / 2)))
    label = line(name, Face.HEADING, round(22 * unit), p.TEXT)
    if fade < 1.0:
        label = label.copy()
        label.set_alpha(round(255 * fade))
    left = x + radius + 8.0 * unit
    if left + label.get_width() > surface.get_width():
        left = x - radius - 8.0 * unit - label.get_width()
    surface.blit(label, (round(left), round(y - label.get_height() / 2)))


def edge_arrow(surface: pygame.Surface, layout: Layout, at: tuple[float, float], name: str) -> None:
    """An arrow at the edge of the free part of the window towards something outside of the window."""
    wide, high = layout.size
    if -10.0 < at[0] < wide + 10.0 and -10.0 < at[1] < high + 10.0:
        return
    left, top, right, bottom = layout.stage
    pad = 34.0 * layout.unit
    x = min(max(at[0], left + pad), right - pad)
    y = min(max(at[1], top + pad), bottom - 3.0 * pad)
    dx, dy = at[0] - x, at[1] - y
    length = max(hypot(dx, dy), 1.0)
    dx, dy = dx / length, dy / length
    size = 17.0 * layout.unit
    tip = (x + dx * size, y + dy * size)
    base = (x - 0.5 * dx * size, y - 0.5 * dy * size)
    half = 0.8 * size
    wings = [(base[0] - side * dy * half, base[1] + side * dx * half) for side in (1.0, -1.0)]
    ink.fill(surface, (tip, *wings), p.TEXT)
    label = line(name, Face.HEADING, round(22 * layout.unit), p.TEXT)
    label_x = min(max(x - 0.5 * label.get_width(), left + 4), right - label.get_width() - 4)
    surface.blit(label, (round(label_x), round(y + 1.1 * size)))
