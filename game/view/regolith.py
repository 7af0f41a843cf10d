"""Dust of the ground: blown out in sheets by engines, squeezed out by wheels, thrown up by what strikes it."""

from __future__ import annotations

from math import cos, sin, tan
from typing import Final

from game.sim.snapshot import Part, Pose, Truth
from game.sim.spec import DT_S
from game.sim.terrain import Terrain
from game.sim.vehicle_spec import VehicleSpec
from game.view import palette as p
from game.view.debris import Shard
from game.view.look import still
from game.view.particles import Look, Puff
from game.view.parts import nozzles
from game.view.stock import Stock

_REACH_M: Final = 34.0  # plumes stir the ground from this far up
_MOST_A_SECOND: Final = 52.0
_CLODS_A_SECOND: Final = 10.0
_GRAVITY_MPS2: Final = 3.73
_FEWER: Final = 3  # of a burst there is a third with reduced motion
_INWARD: Final = 0.24  # of the dust runs under the craft, where that of both sides meets and rises
_SLIDING_MPS: Final = 0.5
_SLIDE_A_SECOND: Final = 16.0
_CLODS: Final = (p.GROUND, p.ROCK, p.ROCK_SHADE, p.GROUND_SHADE)
_SCRAP: Final = (p.WHITE_LIT, p.METAL, p.GOLD, p.WHITE_SHADE, p.METAL_LIT, p.TILE)


class Dust:
    """Adds to a stock; changes nothing else."""

    def __init__(self, stock: Stock, vehicle: VehicleSpec, terrain: Terrain) -> None:
        self._stock, self._terrain, self._rover = stock, terrain, vehicle.rover
        self._nozzles = nozzles(vehicle.descent_stage)
        self._debt = self._clod_debt = self._slide_debt = 0.0

    def burst(self, x_m: float, count: int, speed_mps: float, size_m: float, delay_s: float = 0.0) -> None:
        """A thump: low banks of dust to both sides, round heaps in the middle; now, or in a moment."""
        stock, ground_m = self._stock, self._terrain.height_at(x_m)
        draw = stock.puffs.draw_number
        for _ in range(count // _FEWER if still() else count):
            side = 2.0 * draw() - 1.0
            flat = abs(side) > 0.45
            stock.puffs.add(
                Puff(
                    born_s=stock.now_s + delay_s, life_s=1.4 + 2.0 * draw(), x_m=x_m + 0.7 * size_m * side,
                    y_m=ground_m + 0.06 * size_m,
                    vx_mps=speed_mps * side * (0.7 + draw()),
                    vy_mps=speed_mps * (0.10 + 0.45 * draw()) * (1.15 - abs(side)),
                    drag_s=1.5, from_m=0.25 * size_m, to_m=size_m * (0.6 + 0.6 * draw()) * (1.5 if flat else 1.0),
                    colour=p.DUST if draw() < 0.5 else p.DUST_LIT, alpha=0.85,
                    look=Look.BANK if flat else Look.HEAP, behind=draw() < (0.5 if flat else 0.8), rise_mps=0.10,
                )
            )  # fmt: skip

    def crater(self, x_m: float, speed_mps: float, scrap: int) -> None:
        """A fast impact: a wall of clods thrown up in a fan, a column, a ring that runs out along the ground."""
        stock, ground_m = self._stock, self._terrain.height_at(x_m)
        draw = stock.puffs.draw_number
        size = min(max(speed_mps / 70.0, 0.35), 1.35)
        less = _FEWER if still() else 1
        for i in range(26 // less):
            lean = (0.28 + 0.62 * draw()) * (1.0 if i % 2 else -1.0)
            fast = size * (7.0 + 12.0 * draw())
            stock.debris.add(
                Shard(
                    stock.now_s, 2.4 + 1.5 * draw(), x_m + lean, ground_m + 0.3, fast * sin(lean), fast * cos(lean),
                    0.14 + 0.34 * size * draw() ** 2, _CLODS[i % len(_CLODS)], spin_rad_s=9.0 * (draw() - 0.5),
                    gravity_mps2=2.4 * _GRAVITY_MPS2, floor_m=ground_m,
                )
            )  # fmt: skip
        self._scrap(x_m, ground_m, size, scrap)
        for i in range(44 // less):
            # The fan's wall: every height of it from the ground up, or it would float.
            lean = (0.10 + 0.75 * draw()) * (1.0 if i % 2 else -1.0)
            fast = size * (1.0 + 19.0 * draw()) * (1.1 - 0.5 * abs(lean))
            stock.puffs.add(
                Puff(
                    stock.now_s + 0.10 * draw(), 2.2 + 2.4 * draw(), x_m + lean, ground_m + 0.4,
                    fast * sin(lean), fast * cos(lean), 1.5, 1.1 * size, size * (2.2 + 2.4 * draw()),
                    p.mixed(p.DUST, p.GROUND, 0.15 * int(4.0 * draw())), 0.95, Look.HEAP, behind=i % 3 == 0,
                    drift_mps=0.5,
                )
            )  # fmt: skip
        for i in range(16 // less):
            side = (1.0 if i % 2 else -1.0) * (0.5 + 0.5 * draw())
            stock.puffs.add(
                Puff(
                    stock.now_s, 1.8 + 1.6 * draw(), x_m + side, ground_m + 0.25,
                    size * side * (13.0 + 13.0 * draw()), 0.2, 1.25, 0.9 * size, size * (3.0 + 2.4 * draw()),
                    p.DUST_LIT if i % 3 else p.DUST, 0.8, Look.BANK, behind=i % 4 == 0, rise_mps=0.25,
                )
            )  # fmt: skip

    def _scrap(self, x_m: float, ground_m: float, size: float, count: int) -> None:
        """Pieces of what has broken, flung out of the dust."""
        stock = self._stock
        draw = stock.puffs.draw_number
        for i in range(count // _FEWER if still() else count):
            lean = 1.2 * (2.0 * draw() - 1.0)
            fast = size * (6.0 + 9.0 * draw())
            stock.debris.add(
                Shard(
                    stock.now_s, 7.0, x_m, ground_m + 0.6, fast * sin(lean), fast * cos(lean), 0.12 + 0.26 * draw(),
                    _SCRAP[i % len(_SCRAP)], spin_rad_s=14.0 * (draw() - 0.5), gravity_mps2=2.0 * _GRAVITY_MPS2,
                    floor_m=ground_m,
                )
            )  # fmt: skip

    def scrap(self, x_m: float, size: float, count: int) -> None:
        """The pieces alone, for what breaks without a crater."""
        self._scrap(x_m, self._terrain.height_at(x_m), size, count)

    def lost_wheel(self, rover: Pose, side: float) -> int:
        """A wheel that comes off, and rolls away; returns which."""
        stock, ground_m = self._stock, self._terrain.height_at(rover.x_m)
        wheel = 0 if side > 0.0 else 2
        x_m, y_m = spot(rover, self._rover.wheel_x_m[wheel], self._rover.axle_y_m)
        stock.debris.add(
            Shard(
                stock.now_s, 8.0, x_m, max(y_m, ground_m + 0.3), 2.3 * side, 2.6, self._rover.wheel_radius_m, p.WHEEL,
                spin_rad_s=-7.0 * side, gravity_mps2=_GRAVITY_MPS2, floor_m=ground_m + 0.1, wheel=True,
            )
        )  # fmt: skip
        return wheel

    def blow(self, truth: Truth) -> None:
        """Each burning engine whose plume reaches the ground drives dust outwards along it, more the nearer it is."""
        if not truth.engines_lit or still():
            return
        stage, stock = truth.parts[Part.DESCENT_STAGE], self._stock
        draw = stock.puffs.draw_number
        for x, y, angle, crane in self._nozzles:
            if truth.engines_lit == 4 and not crane:
                continue
            mouth_x, mouth_y = spot(stage, x, y)
            high_m = mouth_y - self._terrain.height_at(mouth_x)
            if not 0.0 < high_m < _REACH_M:
                continue
            near = (1.0 - high_m / _REACH_M) ** 1.5
            share = near * (0.35 + 0.65 * truth.thrust[0 if x < 0.0 else 1])
            side = 1.0 if x > 0.0 else -1.0
            spread = max(-1.2, min(1.2, stage.angle_rad + angle + 0.4 * (draw() - 0.5)))
            hit_x = mouth_x + high_m * tan(spread)
            self._debt += _MOST_A_SECOND * DT_S * share
            while self._debt >= 1.0:
                self._debt -= 1.0
                self._sheet(hit_x, side if draw() > _INWARD else -side, near, truth.wind_mps)
            self._clod_debt += _CLODS_A_SECOND * DT_S * max(share - 0.25, 0.0)
            while self._clod_debt >= 1.0:
                self._clod_debt -= 1.0
                self._clod(hit_x, side)

    def _sheet(self, x_m: float, out: float, near: float, wind_mps: float) -> None:
        stock = self._stock
        draw = stock.puffs.draw_number
        kind = draw()
        rolls = kind > 0.62  # and the rest hugs the ground
        fast = out * (4.0 + 13.0 * near * (0.3 + 0.7 * draw()))
        stock.puffs.add(
            Puff(
                born_s=stock.now_s, life_s=1.3 + 1.5 * draw(), x_m=x_m + 1.2 * (draw() - 0.5),
                y_m=self._terrain.height_at(x_m) + (0.35 if rolls else 0.12),
                vx_mps=fast, vy_mps=(0.6 + 2.2 * draw() * near) if rolls else 0.05,
                drag_s=1.0, from_m=0.5 + 0.5 * near, to_m=(1.6 + 1.9 * draw()) if rolls else (3.2 + 2.6 * draw()),
                colour=p.DUST_LIT if kind > 0.72 else p.DUST, alpha=(0.38 if rolls else 0.46) + 0.42 * near,
                look=(Look.HEAP if kind > 0.8 else Look.BANK) if rolls else Look.SHEET,
                behind=draw() < (0.65 if rolls else 0.4), drift_mps=0.5 * wind_mps,
            )
        )  # fmt: skip

    def _clod(self, x_m: float, out: float) -> None:
        """Sand and small stones that skip away."""
        stock, ground_m = self._stock, self._terrain.height_at(x_m)
        draw = stock.puffs.draw_number
        stock.debris.add(
            Shard(
                stock.now_s, 0.9 + 0.5 * draw(), x_m, ground_m + 0.05, out * (6.0 + 8.0 * draw()), 0.8 + 1.6 * draw(),
                0.03 + 0.05 * draw(), _CLODS[int(4.0 * draw()) % 4], gravity_mps2=_GRAVITY_MPS2, floor_m=ground_m,
            )
        )  # fmt: skip

    def wheels(self, before: Truth, truth: Truth) -> None:
        """A puff from under each wheel that comes down, and a trail behind one that slides."""
        rover = truth.parts[Part.ROVER]
        fresh = [now and not then for now, then in zip(truth.wheel_contacts, before.wheel_contacts, strict=True)]
        for index, is_new in enumerate(fresh):
            if is_new:
                self._squeezed(rover, index)
        if any(truth.wheel_contacts) and abs(rover.vx_mps) > _SLIDING_MPS and not still():
            self._slide_debt += _SLIDE_A_SECOND * DT_S * min(abs(rover.vx_mps), 3.0)
            while self._slide_debt >= 1.0:
                self._slide_debt -= 1.0
                self._trail(rover)

    def _squeezed(self, rover: Pose, index: int) -> None:
        stock = self._stock
        draw = stock.puffs.draw_number
        x_m, _ = spot(rover, self._rover.wheel_x_m[index], self._rover.axle_y_m)
        ground_m = self._terrain.height_at(x_m)
        hard = min(0.6 + 0.5 * abs(rover.vy_mps), 2.2)
        for i in range(2 if still() else 6):
            out = 1.0 if i % 2 else -1.0
            stock.puffs.add(
                Puff(
                    stock.now_s, 0.8 + 0.7 * draw(), x_m + 0.2 * out, ground_m + 0.08,
                    out * hard * (0.8 + 1.2 * draw()), 0.25 * hard * draw(), 2.2, 0.12, hard * (0.35 + 0.3 * draw()),
                    p.DUST_LIT if i % 3 else p.DUST, 0.85, Look.BANK, behind=i % 3 == 0,
                )
            )  # fmt: skip

    def _trail(self, rover: Pose) -> None:
        stock = self._stock
        draw = stock.puffs.draw_number
        x_m, _ = spot(rover, self._rover.wheel_x_m[int(3.0 * draw()) % 3], self._rover.axle_y_m)
        stock.puffs.add(
            Puff(
                stock.now_s, 1.0 + 1.1 * draw(), x_m, self._terrain.height_at(x_m) + 0.1,
                0.5 * rover.vx_mps, 0.5 + 0.9 * draw(), 1.6, 0.18, 0.6 + 0.6 * draw(), p.DUST, 0.7, Look.HEAP,
                behind=draw() < 0.4,
            )
        )  # fmt: skip

    def smoke(self, x_m: float, y_m: float, age_s: float) -> None:
        """One puff from a burning wreck: black and low at first, brown and high later."""
        stock = self._stock
        draw = stock.puffs.draw_number
        stock.puffs.add(
            Puff(
                stock.now_s, 2.4 + 1.8 * draw(), x_m + 1.4 * (draw() - 0.5), y_m + 0.4, 0.6 * (draw() - 0.5),
                1.2 + draw(), 0.8, 0.35, 1.2 + 1.1 * draw(), p.mixed(p.SMOKE, p.DUST, min(0.16 * age_s, 0.5)), 0.62,
                Look.HEAP, behind=draw() < 0.6, rise_mps=1.1, drift_mps=0.9,
            )
        )  # fmt: skip


def spot(pose: Pose, x_m: float, y_m: float) -> tuple[float, float]:
    """A point of a part's own frame in the world."""
    c, s = cos(pose.angle_rad), sin(pose.angle_rad)
    return pose.x_m + c * x_m - s * y_m, pose.y_m + s * x_m + c * y_m
