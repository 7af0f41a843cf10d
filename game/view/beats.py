"""The beat of each event near the craft: the hit, with its gas, sparks, light and shaking, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from math import atan2, cos, hypot, pi, sin
from typing import Final

from game.sim.events import Event, EventName
from game.sim.snapshot import Part, Pose, Truth
from game.sim.vehicle_spec import VehicleSpec
from game.view import palette as p
from game.view.debris import Shard
from game.view.look import still
from game.view.particles import Look, Puff
from game.view.parts import nozzles
from game.view.plumes import RIPPLE_S
from game.view.regolith import spot
from game.view.stock import Flare, Stock

Point = tuple[float, float]

_FAST_MPS: Final = 60.0  # air that streams past faster than this carries gas away at once
_SPUTTER_S: Final = 1.1
_COUGHS_HZ: Final = 11.0


class Beats:
    """Adds to a stock what an event leaves about the craft."""

    def __init__(self, stock: Stock, vehicle: VehicleSpec) -> None:
        self._stock, self._vehicle = stock, vehicle
        self._nozzles = nozzles(vehicle.descent_stage)
        self._sputters_s: float | None = None
        self._coughs = self._told = 0
        self.beats: dict[EventName, Callable[[Event, Truth], None]] = {
            EventName.CRUISE_STAGE_SEPARATION: self._cruise_stage,
            EventName.BALANCE_MASS: self._balance_mass,
            EventName.MORTAR: self._mortar,
            EventName.LINE_STRETCH: self._line_stretch,
            EventName.INFLATION_PEAK: self._inflation,
            EventName.PARACHUTE_TORN: self._torn,
            EventName.HEAT_SHIELD_SEPARATION: self._heat_shield,
            EventName.BACKSHELL_SEPARATION: self._backshell,
            EventName.ENGINE_START: self._engines,
            EventName.SKY_CRANE_START: self._four_out,
            EventName.ROVER_RELEASE: self._release,
            EventName.BRIDLE_FULL: self._bridle_full,
            EventName.BRIDLE_CUT: self._cut,
            EventName.FUEL_OUT: self._fuel_out,
        }

    def hear(self, event: Event, truth: Truth) -> None:
        beat = self.beats.get(event.name)
        if beat is not None:
            beat(event, truth)

    def tick(self, truth: Truth) -> None:
        """Engines that have run dry cough a few times more."""
        began = self._sputters_s
        if began is None or self._stock.now_s > began + _SPUTTER_S:
            return
        while self._coughs < (self._stock.now_s - began) * _COUGHS_HZ:
            self._coughs += 1
            self._cough(truth, 1.0 - (self._stock.now_s - began) / _SPUTTER_S)

    # What flies in space and inside the shell

    def _cruise_stage(self, _event: Event, truth: Truth) -> None:
        shell = truth.parts[Part.BACKSHELL]
        top_m = max(y_m for _, y_m in self._vehicle.backshell.outline_m)
        for x_m in (-0.9, -0.45, 0.0, 0.45, 0.9):
            self._gas(self._near(truth, shell, x_m, top_m + 0.2), self._way(shell, 3.0 * x_m, 1.6), 0.85, 0.8)
        self._sparks(truth, shell, [(x_m, top_m + 0.2) for x_m in (-0.7, 0.0, 0.7)], 9)
        self._flash(truth, shell, (0.0, top_m + 0.25), 1.5, p.PLASMA[3], 0.7)
        self._stock.jolt.hit(0.003)

    def _balance_mass(self, _event: Event, truth: Truth) -> None:
        shell = truth.parts[Part.BACKSHELL]
        for side in (-1.0, 1.0):
            self._gas(self._near(truth, shell, 1.5 * side, -0.4), self._way(shell, 5.0 * side, 1.0), 0.5, 0.5)
        self._stock.jolt.hit(0.0015)

    def _mortar(self, _event: Event, truth: Truth) -> None:
        """A cone of gas, the cover that flies ahead of the bag, and the kick."""
        shell, draw = truth.parts[Part.BACKSHELL], self._stock.aloft.draw_number
        mouth = self._near(truth, shell, 0.0, 1.5)
        for i in range(11):
            aside = 3.6 * (2.0 * draw() - 1.0)
            fast = 5.0 + 13.0 * draw()
            self._gas(mouth, self._way(shell, aside, fast), 0.8 + 0.5 * draw(), 0.55 + 0.5 * draw(), late_s=0.006 * i)
        way = self._way(shell, 2.2, 30.0)
        self._stock.debris_aloft.add(
            Shard(self._stock.now_s, 1.6, *mouth, *way, 0.42, p.WHITE_LIT, spin_rad_s=11.0,
                  stream_mps2=self._stream(truth, 16.0))
        )  # fmt: skip
        self._flash(truth, shell, (0.0, 1.8), 3.2, p.PLASMA[3], 0.9)
        self._stock.jolt.hit(0.005)

    def _line_stretch(self, _event: Event, truth: Truth) -> None:
        """The lines snap taut: talc flies from the bag, and the pull runs down to us."""
        shell, chute = truth.parts[Part.BACKSHELL], self._vehicle.parachute
        draw, canopy = self._stock.aloft.draw_number, truth.parts.get(Part.PARACHUTE)
        pose, out_m = (shell, 1.6 + chute.lines_m + chute.riser_m) if canopy is None else (canopy, 0.0)
        for _ in range(9):
            at = self._near(truth, pose, 1.5 * (draw() - 0.5), out_m + 3.0 * (draw() - 0.3))
            self._gas(at, self._way(pose, 7.0 * (draw() - 0.5), 2.0 + 4.0 * draw()), 1.8 + 1.6 * draw(), 0.7)
        self._stock.jolt.hit(0.004)

    def _inflation(self, event: Event, truth: Truth) -> None:
        """The canopy is full: a gust of dust shaken from its skirt, and the hardest pull of the flight."""
        canopy = truth.parts.get(Part.PARACHUTE)
        if canopy is not None:
            half_m = 0.35 * self._vehicle.parachute.diameter_m
            for i in range(10):
                across = half_m * (2.0 * i / 9.0 - 1.0)
                at = self._near(truth, canopy, across, -0.45 * half_m)
                self._gas(at, self._way(canopy, 0.5 * across, -2.0), 2.6, 0.9, strength=0.35)
        self._stock.jolt.hit(min(0.004 + 0.0006 * abs(dict(event.figures).get("g", 5.0)), 0.008))

    def _torn(self, _event: Event, truth: Truth) -> None:
        self.rags(truth, 9)
        self._stock.jolt.hit(0.006)

    def rags(self, truth: Truth, count: int) -> None:
        """Strips of cloth that fly off downstream."""
        canopy = truth.parts.get(Part.PARACHUTE)
        if canopy is None:
            return
        stock = self._stock
        draw = stock.aloft.draw_number
        back = self._stream(truth, 9.0)
        for i in range(count // 3 if still() else count):
            at = self._near(truth, canopy, 10.0 * (draw() - 0.5), 5.0 * (draw() - 0.5))
            turn, fast = 2.0 * pi * draw(), 2.0 + 7.0 * draw()
            stock.debris_aloft.add(
                Shard(
                    stock.now_s, 2.2 + 1.6 * draw(), *at, fast * cos(turn) + 0.8 * back[0],
                    fast * sin(turn) + 0.8 * back[1], 1.0 + 1.9 * draw(),
                    p.CANOPY_ORANGE if i % 2 else p.CANOPY_WHITE, spin_rad_s=5.0 * (draw() - 0.5), stream_mps2=back,
                    flutter_m=0.9,
                )
            )  # fmt: skip

    def _heat_shield(self, _event: Event, truth: Truth) -> None:
        """Nine bolts along the rim, one after the other from side to side."""
        self._rim(truth, -1.55, -2.4)
        self._stock.jolt.hit(0.0045)

    def _backshell(self, _event: Event, truth: Truth) -> None:
        self._rim(truth, -0.35, -1.2)
        self._stock.jolt.hit(0.005)

    def _rim(self, truth: Truth, y_m: float, down_mps: float) -> None:
        shell, draw = truth.parts[Part.BACKSHELL], self._stock.aloft.draw_number
        bolts = [(-2.2 + 0.55 * i, y_m) for i in range(9)]
        for i, (x_m, at_m) in enumerate(bolts):
            self._gas(self._near(truth, shell, x_m, at_m), self._way(shell, 3.4 * x_m, down_mps - 2.0 * draw()),
                      1.9, 0.5 + 0.3 * draw(), late_s=0.012 * i, strength=0.9)  # fmt: skip
        self._sparks(truth, shell, bolts[::2], 14)
        self._flash(truth, shell, (-2.1, y_m), 3.4, p.PLASMA[3], 0.9, also=((2.1, y_m),))

    # What flies on engines

    def _engines(self, _event: Event, truth: Truth) -> None:
        """All eight in a ripple: a cough of unburnt gas from each, then its light."""
        stage, draw = truth.parts[Part.DESCENT_STAGE], self._stock.aloft.draw_number
        lights = []
        for index, (x_m, y_m, angle, _crane) in enumerate(self._nozzles):
            late_s = RIPPLE_S * index
            lean = stage.angle_rad + angle
            for _ in range(3):
                fast = 7.0 + 9.0 * draw()
                self._gas(self._near(truth, stage, x_m, y_m - 0.2), (fast * sin(lean), -fast * cos(lean)),
                          0.8, 0.5 + 0.4 * draw(), late_s=late_s)  # fmt: skip
            at = self._near(truth, stage, x_m, y_m - 0.35)
            lights.append(Flare(self._stock.now_s + late_s, 0.32, *at, 1.9, p.PLASMA[3], 0.85))
        self._stock.flares_aloft.add(*lights)
        self._stock.jolt.hit(0.006)

    def _four_out(self, _event: Event, truth: Truth) -> None:
        stage, draw = truth.parts[Part.DESCENT_STAGE], self._stock.aloft.draw_number
        for x_m, y_m, angle, crane in self._nozzles:
            if crane:
                continue
            lean = stage.angle_rad + angle
            for _ in range(3):
                fast = 2.0 + 3.0 * draw()
                self._gas(self._near(truth, stage, x_m, y_m - 0.1), (fast * sin(lean), -fast * cos(lean)),
                          0.55, 0.7 + 0.4 * draw())  # fmt: skip

    def _release(self, _event: Event, truth: Truth) -> None:
        rover = truth.parts[Part.ROVER]
        top_m = self._vehicle.bridle.rover_y_m + 0.2
        for x_m in (-0.9, 0.9):
            self._gas(self._near(truth, rover, x_m, top_m), self._way(rover, 2.0 * x_m, 0.4), 0.4, 0.5)
        self._sparks(truth, rover, [(-0.9, top_m), (0.9, top_m)], 6)
        self._stock.jolt.hit(0.002)

    def _bridle_full(self, _event: Event, truth: Truth) -> None:
        self._stock.jolt.hit(0.0015)

    def _cut(self, _event: Event, truth: Truth) -> None:
        """Knives drive through the cords at the rover's deck."""
        rover, bridle = truth.parts[Part.ROVER], self._vehicle.bridle
        ends = [(x_m, bridle.rover_y_m + 0.1) for _, x_m in bridle.cords_m]
        for x_m, y_m in ends:
            self._gas(self._near(truth, rover, x_m, y_m), self._way(rover, 1.4 * x_m, 1.6), 0.35, 0.6)
        self._sparks(truth, rover, ends, 9)
        self._flash(truth, rover, (0.0, bridle.rover_y_m + 0.2), 1.1, p.PLASMA[3], 0.7)
        self._stock.jolt.hit(0.003)

    def _fuel_out(self, _event: Event, truth: Truth) -> None:
        self._sputters_s, self._coughs = self._stock.now_s, 0

    def _cough(self, truth: Truth, left: float) -> None:
        stage, draw = truth.parts[Part.DESCENT_STAGE], self._stock.aloft.draw_number
        x_m, y_m, angle, _ = self._nozzles[int(len(self._nozzles) * draw()) % len(self._nozzles)]
        lean, fast = stage.angle_rad + angle, 6.0 + 7.0 * draw()
        way = (fast * sin(lean), -fast * cos(lean))
        at = self._near(truth, stage, x_m, y_m - 0.2)
        self._puff(at, (0.8 * way[0], 0.8 * way[1]), 1.1 + 0.5 * draw(), 1.7, p.SMOKE, 0.75)
        if draw() < 0.85 * left and not still():
            flame = 0.8 + 0.8 * left
            self._puff(at, way, 0.26, flame, p.PLUME_EDGE, 1.0)
            self._puff(at, way, 0.18, 0.6 * flame, p.PLUME_CORE, 1.0)

    # What they are made of

    def _near(self, truth: Truth, pose: Pose, x_m: float, y_m: float) -> Point:
        """A point of a part's own frame, from the stage's middle."""
        stage = truth.parts[Part.DESCENT_STAGE]
        at_x, at_y = spot(pose, x_m, y_m)
        return at_x - stage.x_m, at_y - stage.y_m

    @staticmethod
    def _way(pose: Pose, across_mps: float, up_mps: float) -> Point:
        """A velocity in a part's own frame, in the world."""
        c, s = cos(pose.angle_rad), sin(pose.angle_rad)
        return c * across_mps - s * up_mps, s * across_mps + c * up_mps

    @staticmethod
    def _stream(truth: Truth, most_mps2: float) -> Point:
        """What the air does to something light that has left us: away, against the way that we go."""
        shell = truth.parts[Part.DESCENT_STAGE]
        vx, vy = shell.vx_mps - truth.wind_mps, shell.vy_mps
        share = min(truth.q_pa / 400.0, 1.0) * most_mps2
        size = max(hypot(vx, vy), 1.0)
        return -share * vx / size, -share * vy / size

    def _gas(
        self, at: Point, way: Point, size_m: float, life_s: float, *, late_s: float = 0.0, strength: float = 0.7
    ) -> None:  # fmt: skip
        self._told += 1
        if not still() or self._told % 3 == 0:
            self._puff(at, way, life_s, size_m, p.PUFF, strength, late_s)

    def _puff(
        self, at: Point, way: Point, life_s: float, size_m: float, colour: p.Rgb, alpha: float, late_s: float = 0.0
    ) -> None:  # fmt: skip
        stock = self._stock
        look = Look.BALL if size_m < 1.0 else Look.HEAP
        stock.aloft.add(
            Puff(stock.now_s + late_s, life_s, *at, *way, 3.0, 0.2 * size_m, size_m, colour, alpha, look)
        )  # fmt: skip

    def _sparks(self, truth: Truth, pose: Pose, places: list[Point], count: int) -> None:
        if still():
            return
        stock = self._stock
        draw = stock.aloft.draw_number
        for i in range(count):
            turn, fast = 2.0 * pi * draw(), 3.0 + 7.0 * draw()
            at = self._near(truth, pose, *places[i % len(places)])
            stock.debris_aloft.add(
                Shard(stock.now_s, 0.35 + 0.4 * draw(), *at, fast * cos(turn), fast * sin(turn), 0.05, p.GOLD_LIT,
                      gravity_mps2=3.7, hot=1.0)
            )  # fmt: skip

    def _flash(
        self, truth: Truth, pose: Pose, at: Point, reach_m: float, colour: p.Rgb, strength: float, *,
        also: tuple[Point, ...] = (),
    ) -> None:  # fmt: skip
        spots = [self._near(truth, pose, *place) for place in (at, *also)]
        self._stock.flares_aloft.add(
            *(Flare(self._stock.now_s, 0.28, x, y, reach_m, colour, strength) for x, y in spots)
        )

    def strike(self, truth: Truth, other: Part) -> None:
        """Metal on metal: a star of sparks where the two meet, and scraps of both."""
        stock, pose = self._stock, truth.parts[Part.DESCENT_STAGE]
        draw = stock.aloft.draw_number
        met = truth.parts.get(other)
        turn = pi / 2.0 if met is None else atan2(met.y_m - pose.y_m, met.x_m - pose.x_m)
        at = (1.3 * cos(turn), 1.3 * sin(turn))
        for i in range(8 if still() else 26):
            aside, fast = turn + 2.6 * (draw() - 0.5), 5.0 + 12.0 * draw()
            stock.debris_aloft.add(
                Shard(stock.now_s, 0.5 + 0.6 * draw(), *at, fast * cos(aside), fast * sin(aside), 0.07, p.GOLD_LIT,
                      gravity_mps2=3.7, hot=1.0)
                if i % 3
                else Shard(stock.now_s, 2.2, *at, 0.6 * fast * cos(aside), 0.6 * fast * sin(aside),
                           0.16 + 0.26 * draw(), (p.WHITE, p.METAL_LIT, p.GOLD)[i // 3 % 3],
                           spin_rad_s=16.0 * (draw() - 0.5), gravity_mps2=3.7, stream_mps2=self._stream(truth, 6.0))
            )  # fmt: skip
        for _ in range(5):
            self._puff(at, (3.0 * (draw() - 0.5), 3.0 * (draw() - 0.5)), 1.1, 1.2, p.SMOKE, 0.5)
        stock.flares_aloft.add(Flare(stock.now_s, 0.35, *at, 3.4, p.PLASMA[3], 1.0))
        stock.jolt.hit(0.01)
