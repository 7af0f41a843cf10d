"""What the landing leaves on the ground: the patch that the plumes have swept, and the prints of the wheels."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, exp, floor
from typing import Final

import pygame

from game.sim.snapshot import Part, Truth
from game.sim.spec import DT_S
from game.sim.terrain import Terrain
from game.sim.vehicle_spec import VehicleSpec
from game.view import palette as p
from game.view.camera import Point, Viewport
from game.view.reliefs import ReliefBank, Shape, Shown

_REACH_M: Final = 26.0  # plumes sweep the ground from this far up
_SWEPT_S: Final = 1.6  # of hovering low, until nothing more is swept away
_BIN_M: Final = 5.0
_TREAD_M: Final = 0.16  # a print every so often
_STEEP: Final = 0.4
_TREAD_PX: Final = 1.5  # from this size on they show


class Traces:
    """Remembers in `tick`, draws any moment. Nothing here reaches the sim."""

    def __init__(self, vehicle: VehicleSpec, bank: ReliefBank) -> None:
        self._bank = bank
        self._wheels = vehicle.rover.wheel_x_m
        self._swept: dict[int, float] = {}
        self._prints: set[int] = set()

    @property
    def swept(self) -> dict[int, float]:
        """How bare the ground is, 0 to 1, by its piece of 5 m along the track."""
        return self._swept

    @property
    def prints(self) -> frozenset[int]:
        """Where wheels have stood or rolled, in pieces of a tread's length."""
        return frozenset(self._prints)

    def tick(self, truth: Truth, terrain: Terrain, for_s: float = DT_S) -> None:
        """One tick of the flight, or this state for so long."""
        if truth.engines_lit and not truth.backshell_on:
            self._sweep(truth, terrain, for_s)
        if any(truth.wheel_contacts):
            rover = truth.parts[Part.ROVER]
            for wheel_m, stands in zip(self._wheels, truth.wheel_contacts, strict=False):
                if stands:
                    at = floor((rover.x_m + wheel_m) / _TREAD_M)
                    self._prints.update((at - 1, at, at + 1))

    def _sweep(self, truth: Truth, terrain: Terrain, for_s: float) -> None:
        stage = truth.parts[Part.DESCENT_STAGE]
        high_m = stage.y_m - terrain.height_at(stage.x_m)
        if not 0.0 < high_m < _REACH_M:
            return
        strong = (1.0 - high_m / _REACH_M) * (0.3 + 0.7 * max(truth.thrust)) * min(for_s / _SWEPT_S, 1.0)
        spread_m = 2.5 + 0.28 * high_m
        middle = stage.x_m / _BIN_M
        for piece in range(floor(middle - 2.0 * spread_m / _BIN_M), ceil(middle + 2.0 * spread_m / _BIN_M) + 1):
            off = (piece + 0.5 - middle) * _BIN_M / spread_m
            bare = self._swept.get(piece, 0.0)
            self._swept[piece] = bare + (1.0 - bare) * strong * exp(-off * off)

    def draw(self, surface: pygame.Surface, terrain: Terrain, view: Viewport) -> None:
        """On the ground, which is drawn already."""
        left, right, _, _ = view.bounds()
        shown: list[Shown] = []
        for piece, bare in sorted(self._swept.items()):
            x_m = (piece + 0.5) * _BIN_M
            if bare < 0.04 or not left - 12.0 < x_m < right + 12.0 or 2.0 * _BIN_M * view.px_per_m < 8.0:
                continue
            edge, middle, flat = _ground_of(terrain, piece)
            self._bare_edge(surface, view, edge, bare)
            wide = 2.4 * _BIN_M * view.px_per_m
            taken = self._bank.take(Shape.DARK, *view.screen(*middle), wide, 0.2 * wide, 0.9 * bare * flat)
            if taken is not None:
                shown.append(taken)
        surface.fblits(shown)
        self._draw_prints(surface, terrain, view, left, right)

    @staticmethod
    def _bare_edge(surface: pygame.Surface, view: Viewport, edge: tuple[Point, ...], bare: float) -> None:
        """The rock that the dust has lain on."""
        thick = max(round(0.09 * view.px_per_m), 2)
        colour = p.mixed(p.GROUND_LIT, p.RIM_SHADE, 0.85 * bare)
        line = [(x, y + 0.5 * thick) for x, y in (view.screen(*place) for place in edge)]
        pygame.draw.lines(surface, colour, False, line, thick)

    def _draw_prints(
        self, surface: pygame.Surface, terrain: Terrain, view: Viewport, left: float, right: float
    ) -> None:  # fmt: skip
        tread = _TREAD_M * view.px_per_m
        if tread < _TREAD_PX:
            return
        deep = max(round(0.045 * view.px_per_m), 1)
        for at in sorted(self._prints):
            x_m = (at + 0.5) * _TREAD_M
            if left < x_m < right:
                x, y = view.screen(x_m, terrain.height_at(x_m))
                surface.fill(p.GROUND_SHADE, (round(x - 0.3 * tread), round(y), max(round(0.6 * tread), 1), deep))


@lru_cache(maxsize=256)
def _ground_of(terrain: Terrain, piece: int) -> tuple[tuple[Point, ...], Point, float]:
    """The ground of one piece, in m: its line, its middle, and how flat it is there, 0 to 1."""
    edge = tuple((x_m, terrain.height_at(x_m)) for x_m in (_BIN_M * (piece + i / 5.0) for i in range(6)))
    x_m = (piece + 0.5) * _BIN_M
    # A blot lies flat: on a slope it would hang in the air.
    return edge, (x_m, terrain.height_at(x_m)), max(1.0 - abs(terrain.slope_at(x_m)) / _STEEP, 0.0)
