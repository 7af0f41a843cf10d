"""Outlines of the spacecraft's parts, taken from their pictures: for what is told by its shape alone.

An outline is a few dozen points in m of the part's own frame. To draw one costs a polygon, however it is turned and
whatever its scale, and no picture has to be kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import hypot
from typing import Final

import pygame

from game.sim.snapshot import Part
from game.sim.vehicle_spec import RoverSpec, VehicleSpec
from game.view import cloth
from game.view.camera import Point, Viewport
from game.view.parts import parts_of
from game.view.rocker import HUB_M, arm_turns
from game.view.sprites import Drawing, SpriteBank

_PX_M: Final = 32.0
_HALF_M: Final = 4.0  # of the sheet that an outline is traced on
FINE_M: Final = 0.035  # so far an outline may be from the picture's
COARSE_M: Final = 0.06
_SOLID: Final = 100  # alpha from which a pixel belongs to the part

Outline = tuple[Point, ...]


@lru_cache(maxsize=8)
def outlines_of(vehicle: VehicleSpec, tolerance_m: float = FINE_M) -> dict[Part, Outline]:
    """Of every part that a craft is made of; the rover's with its wheels down. A parachute is open."""
    parts = parts_of(vehicle)
    bank = SpriteBank()
    found = {
        part: _traced(bank, [(drawing, (0.0, 0.0, 0.0))], tolerance_m)
        for part, drawing in (
            (Part.CRUISE_STAGE, parts.cruise_stage), (Part.HEAT_SHIELD, parts.heat_shield),
            (Part.BACKSHELL, parts.backshell), (Part.DESCENT_STAGE, parts.stage),
        )
    }  # fmt: skip
    found[Part.ROVER] = _traced(bank, _rover(vehicle, 0.0), tolerance_m)
    found[Part.PARACHUTE] = _canopy(vehicle.parachute.diameter_m)
    return found


@lru_cache(maxsize=8)
def stowed_rover(vehicle: VehicleSpec, tolerance_m: float = FINE_M) -> Outline:
    """The rover with its wheels up, as the stage carries it."""
    return _traced(SpriteBank(), _rover(vehicle, vehicle.rover.stowed_lift_m), tolerance_m)


def _rover(vehicle: VehicleSpec, lift_m: float) -> list[tuple[Drawing, tuple[float, float, float]]]:
    """Body, rocker, bogie and wheels about the rover's own frame, as `VehicleArt` puts them together."""
    spec: RoverSpec = vehicle.rover
    parts = parts_of(vehicle)
    front_arm, rear_arm, leg = parts.rocker
    front_turn, rear_turn = arm_turns(spec, lift_m)
    axle = spec.axle_y_m + lift_m
    pieces = [(parts.chassis, (0.0, 0.0, 0.0)), (rear_arm, (*HUB_M, rear_turn)), (front_arm, (*HUB_M, front_turn))]
    pieces += [(leg, (spec.wheel_x_m[0], axle, 0.0)), (parts.bogie, (spec.pivot_x_m, spec.pivot_y_m + lift_m, 0.0))]
    return pieces + [(parts.wheel, (x_m, axle, 0.0)) for x_m in spec.wheel_x_m]


def _traced(
    bank: SpriteBank, pieces: Sequence[tuple[Drawing, tuple[float, float, float]]], tolerance_m: float
) -> Outline:
    """The outline of the largest connected piece of these pictures together."""
    size = round(2.0 * _HALF_M * _PX_M)
    sheet = pygame.Surface((size, size), pygame.SRCALPHA, 32)
    view = Viewport(0.0, 0.0, _PX_M, size, size)
    for drawing, place in pieces:
        bank.show(sheet, view, drawing, place)
    mask = pygame.mask.from_surface(sheet, _SOLID).connected_component()
    points = [view.world(x + 0.5, y + 0.5) for x, y in mask.outline()]
    if len(points) < 3:
        raise ValueError("a part without an outline")
    # Twice half a ring: the simplification needs ends that stay.
    half = len(points) // 2
    there, back = points[: half + 1], [*points[half:], points[0]]
    return tuple(_simpler(there, tolerance_m)[:-1] + _simpler(back, tolerance_m)[:-1])


def _simpler(points: list[Point], tolerance_m: float) -> list[Point]:
    """Fewer points, none of those left out farther than the tolerance from the line (Douglas and Peucker)."""
    (x0, y0), (x1, y1) = points[0], points[-1]
    wide = max(hypot(x1 - x0, y1 - y0), 1e-9)
    off = [abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / wide for x, y in points]
    worst = max(range(len(points)), key=off.__getitem__)
    if len(points) < 3 or off[worst] <= tolerance_m:
        return [points[0], points[-1]]
    return _simpler(points[: worst + 1], tolerance_m)[:-1] + _simpler(points[worst:], tolerance_m)


def _canopy(diameter_m: float) -> Outline:
    """A dome over a band: from the left edge over the crown to the right one, and straight back below."""
    shape = cloth.Shape(diameter_m, 1.0, 0)
    dome = [shape.disk(1.0 - i / 6.0, 0.0) for i in range(7)] + [shape.disk(i / 6.0, 40.0) for i in range(1, 7)]
    return (*dome, *(shape.band(low, gore) for low, gore in ((0.0, 40.0), (1.0, 40.0), (1.0, 0.0), (0.0, 0.0))))
