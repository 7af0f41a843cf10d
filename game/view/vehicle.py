"""Draws the spacecraft of one moment: rover, stage with its plumes, cords, backshell with its canopy."""

from __future__ import annotations

from dataclasses import replace
from math import cos, hypot, sin
from typing import Final

import pygame

from game.sim.snapshot import Canopy, Part
from game.sim.vehicle_spec import VehicleSpec
from game.view import ink
from game.view import palette as p
from game.view.camera import Point, Viewport
from game.view.canopy import Cloth, draw_bridles, draw_canopy, draw_fallen_canopy, riser_of
from game.view.look import decorative_s
from game.view.moment import Moment, Place
from game.view.parts import nozzles, parts_of
from game.view.plumes import Plumes, lit
from game.view.rocker import HUB_M, arm_turns
from game.view.sprites import SpriteBank
from game.view.sway import swayed

_TAUT_N: Final = 120.0
_FLICKER_HZ: Final = 24.0
_STUMP_M: Final = 0.07
_SLUMP: Final = {Part.ROVER: (0.30, -0.13), Part.BOGIE: (0.22, 0.5), Part.DESCENT_STAGE: (0.55, 0.24)}


class VehicleArt:
    """The pictures of one vehicle, and how to put them together."""

    def __init__(self, spec: VehicleSpec, bank: SpriteBank, plumes: Plumes) -> None:
        self._spec, self._bank, self._plumes = spec, bank, plumes
        self.parts = parts_of(spec)
        self._nozzles = nozzles(spec.descent_stage)

    def draw(
        self, surface: pygame.Surface, view: Viewport, now: Moment, crashed: frozenset[Part],
        wheel_off: int | None = None,
    ) -> None:  # fmt: skip
        """Rover, stage and what joins them, from back to front."""
        now = _slumped(now, crashed)
        if now.truth.bridle_paid_m is not None:
            self._draw_bridle(surface, view, now, now.truth.bridle_paid_m)
        elif now.truth.rover_released and Part.DESCENT_STAGE not in crashed:
            self._draw_loose_cords(surface, view, now.stage, decorative_s(now.t_s))
        self.draw_rover(surface, view, now, wreck=Part.ROVER in crashed, wheel_off=wheel_off)
        self.draw_stage(surface, view, now, wreck=Part.DESCENT_STAGE in crashed)

    def draw_stage(self, surface: pygame.Surface, view: Viewport, now: Moment, *, wreck: bool = False) -> None:
        """The stage, its plumes first."""
        truth, stage = now.truth, now.stage
        if truth.engines_lit and not wreck:
            frame = int(decorative_s(now.t_s) * _FLICKER_HZ)
            for index, (x, y, angle, crane) in enumerate(self._nozzles):
                if truth.engines_lit == 4 and not crane:
                    continue
                thrust = lit(truth.thrust[0 if x < 0.0 else 1], index, now.engines_s)
                if thrust is None:
                    continue
                mouth = place_of(stage, x, y)
                self._plumes.draw(
                    surface, view, mouth, stage.angle_rad + angle, thrust=thrust, frame=frame + index
                )  # fmt: skip
        self._bank.show(surface, view, self.parts.stage_wreck if wreck else self.parts.stage, stage.at)

    def draw_rover(
        self, surface: pygame.Surface, view: Viewport, now: Moment, *, wreck: bool = False,
        wheel_off: int | None = None,
    ) -> None:  # fmt: skip
        """Body, rocker, bogie, wheels; of a leg whose wheel is off only the stump of its axle."""
        spec, rover, bogie = self._spec.rover, now.places[Part.ROVER], now.places[Part.BOGIE]
        lift_m = spec.stowed_lift_m * (1.0 - now.truth.wheels_out)
        self._bank.show(surface, view, self.parts.chassis_wreck if wreck else self.parts.chassis, rover.at)
        front = (spec.wheel_x_m[0], spec.axle_y_m + lift_m)
        front_arm, rear_arm, leg = self.parts.rocker
        hub = place_of(rover, *HUB_M)
        for arm, turn_rad in zip((rear_arm, front_arm), reversed(arm_turns(spec, lift_m)), strict=True):
            self._bank.show(surface, view, arm, (*hub, rover.angle_rad + turn_rad))
        self._bank.show(surface, view, leg, (*place_of(rover, *front), rover.angle_rad))
        self._bank.show(surface, view, self.parts.bogie, bogie.at)
        drop = spec.axle_y_m - spec.pivot_y_m
        wheels = [(*place_of(rover, *front), rover.angle_rad)]
        for wheel_x in spec.wheel_x_m[1:]:
            wheels.append((*place_of(bogie, wheel_x - spec.pivot_x_m, drop), bogie.angle_rad))
        for index, wheel in enumerate(wheels):
            if index == wheel_off:
                ink.disc(surface, *view.screen(wheel[0], wheel[1]), _STUMP_M * view.px_per_m, p.METAL_SHADE)
            else:
                self._bank.show(surface, view, self.parts.wheel, wheel)

    def draw_backshell(self, surface: pygame.Surface, view: Viewport, now: Moment) -> None:
        """The backshell that has left us, and the canopy that it hangs on."""
        shell = now.places[Part.BACKSHELL]
        canopy = now.places.get(Part.PARACHUTE)
        if canopy is not None:
            if canopy.on_ground:
                draw_fallen_canopy(surface, view, canopy)
            elif now.truth.canopy is not Canopy.GONE:
                cloth = Cloth(1.0, now.truth.canopy_lost, decorative_s(now.t_s))
                riser = riser_of(view, shell, self._spec.backshell)
                draw_canopy(surface, view, self._spec.parachute, riser, canopy, cloth)
                draw_bridles(surface, view, shell, riser)
        if not shell.on_ground:
            self._bank.show(surface, view, self.parts.backshell_open, shell.at)
        self.draw_shell(surface, view, shell)

    def draw_shell(self, surface: pygame.Surface, view: Viewport, shell: Place) -> None:
        """The side of the backshell that we see, over whatever is inside."""
        self._bank.show(surface, view, self.parts.backshell, shell.at)

    def _draw_bridle(self, surface: pygame.Surface, view: Viewport, now: Moment, paid_m: float) -> None:
        bridle, stage, rover = self._spec.bridle, now.stage, now.rover
        gap_m = self._spec.descent_stage.rover_below_m - bridle.rover_y_m + bridle.stage_y_m
        full_m = paid_m + gap_m
        thick = max(0.035 * view.px_per_m, 1.0)
        hub = place_of(stage, 0.0, bridle.stage_y_m)
        ends = [place_of(rover, x, bridle.rover_y_m) for _, x in bridle.cords_m]
        loose = now.truth.bridle_load_n < _TAUT_N
        umbilical = ink.hanging(hub, place_of(rover, -0.15, bridle.rover_y_m), full_m + bridle.umbilical_slack_m + 0.25)
        t_s = decorative_s(now.t_s)
        umbilical = swayed(umbilical, bridle.umbilical_slack_m + 0.25, t_s)
        ink.path(surface, [view.screen(x, y) for x, y in umbilical], thick, p.UMBILICAL)
        for index, ((stage_x, _), (x1, y1)) in enumerate(zip(bridle.cords_m, ends, strict=True)):
            shift = 0.10 if index == len(ends) - 1 else 0.0  # two cords lie behind one another
            x0, y0 = place_of(stage, stage_x + shift, bridle.stage_y_m)
            span = hypot(x1 + 2.0 * shift - x0, y1 - y0)
            length = max(full_m, span) if loose else span
            end = (x1 + 2.0 * shift, y1)
            points = ink.hanging((x0, y0), end, length) if loose else [(x0, y0), end]
            if loose:
                points = swayed(points, length - span, t_s + 0.7 * index)
            ink.path(surface, [view.screen(x, y) for x, y in points], thick, p.CORD)

    def _draw_loose_cords(self, surface: pygame.Surface, view: Viewport, stage: Place, t_s: float) -> None:
        """After the cut the cords hang from the stage and trail behind it."""
        bridle = self._spec.bridle
        thick = max(0.03 * view.px_per_m, 1.0)
        for index, (x, _) in enumerate(bridle.cords_m):
            start = place_of(stage, x, bridle.stage_y_m)
            length = 0.55 * bridle.length_m * (1.0 - 0.12 * index)
            back, up = -0.05 * stage.vx_mps, -0.05 * min(stage.vy_mps, 0.0)
            size = hypot(back, 1.0 - min(up, 0.8))
            end = (start[0] + length * back / size, start[1] - length * (1.0 - min(up, 0.8)) / size)
            points = swayed(ink.hanging(start, end, length * 1.06), 0.25 * length, t_s + 1.3 * index, free=True)
            ink.path(surface, [view.screen(*point) for point in points], thick, p.CORD)


def _slumped(now: Moment, crashed: frozenset[Part]) -> Moment:
    """Wrecks sag into the ground and lean: the sim leaves them as they struck."""
    if not crashed:
        return now
    places = dict(now.places)
    for part, (sunk_m, lean_rad) in _SLUMP.items():
        owner = Part.ROVER if part is Part.BOGIE else part
        if owner in crashed:
            place = places[part]
            places[part] = replace(place, y_m=place.y_m - sunk_m, angle_rad=place.angle_rad + lean_rad)
    return replace(now, places=places)


def place_of(part: Place, x_m: float, y_m: float) -> Point:
    """A point of a part's own frame in the world."""
    c, s = cos(part.angle_rad), sin(part.angle_rad)
    return part.x_m + c * x_m - s * y_m, part.y_m + s * x_m + c * y_m
