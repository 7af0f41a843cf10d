"""What engines and contacts do to the dust: told of every tick and event, they fill the air with puffs."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, sin, tan
from typing import Final

from game.sim.events import Event, EventName, Reason
from game.sim.snapshot import Outcome, Part, Pose, Truth
from game.sim.spec import DT_S
from game.sim.terrain import Terrain
from game.sim.vehicle_spec import VehicleSpec
from game.view import palette as p
from game.view.look import still
from game.view.particles import Puff, Puffs
from game.view.parts import nozzles

_REACH_M: Final = 26.0  # plumes stir the ground from this far up
_MOST_A_SECOND: Final = 60.0
_SMOKE_A_SECOND: Final = 9.0
_SMOKE_S: Final = 5.0
_LOW_M: Final = 3000.0
_FEWER: Final = 3  # of a burst there is a third with reduced motion
_IN_PIECES: Final = (Reason.BACKSHELL_BURNED, Reason.BURNED_THROUGH, Reason.BROKE_UP, Reason.STRUCK_BY_HEAT_SHIELD)


class Effects:
    """Dust under plumes and wheels, smoke over wrecks. Its own generator; nothing here reaches the sim."""

    def __init__(self, vehicle: VehicleSpec, terrain: Terrain) -> None:
        self.puffs = Puffs("effects")
        self.crashed: frozenset[Part] = frozenset()
        self.broken_s: float | None = None  # when the capsule fell to pieces in the air
        self._terrain = terrain
        self._nozzles = nozzles(vehicle.descent_stage)
        self._debt = self._smoke_debt = 0.0
        self._fires: list[tuple[float, float, float]] = []

    def tick(self, truth: Truth, events: Sequence[Event]) -> None:
        """One tick of the flight."""
        for event in events:
            self._hear(event, truth)
        self._blow(truth)
        self._smoke(truth.t_s)
        self.puffs.tick(truth.t_s)

    def _hear(self, event: Event, truth: Truth) -> None:
        rover, stage = truth.parts[Part.ROVER], truth.parts[Part.DESCENT_STAGE]
        if event.name is EventName.TOUCHDOWN:
            hard = min(event.speed_mps / 3.0, 2.0)
            self._burst(truth.t_s, rover.x_m, 14 + round(18 * hard), 1.4 + 1.6 * hard, 1.6)
        elif event.name is EventName.STAGE_IMPACT:
            self._crash(Part.DESCENT_STAGE, stage, truth.t_s)
        elif event.name is EventName.PART_DOWN and Part(event.detail) in truth.parts:
            self._burst(truth.t_s, truth.parts[Part(event.detail)].x_m, 24, 3.0, 3.0)
        elif event.name is EventName.LOST and truth.outcome is Outcome.LOST:
            near = truth.altitude_m < _LOW_M and rover.y_m - self._terrain.height_at(rover.x_m) < 6.0
            if near and (truth.backshell_on or event.speed_mps > 3.0):
                carrier = Part.BACKSHELL if truth.backshell_on else Part.ROVER
                self._crash(carrier, truth.parts[carrier], truth.t_s)
            elif truth.backshell_on and truth.reason in _IN_PIECES:
                self.broken_s = truth.t_s
            if (
                truth.altitude_m < _LOW_M
                and not truth.backshell_on
                and stage.y_m - self._terrain.height_at(stage.x_m) < 4.0
            ):
                self._crash(Part.DESCENT_STAGE, stage, truth.t_s)

    def _crash(self, part: Part, pose: Pose, t_s: float) -> None:
        self.crashed |= {part}
        self._burst(t_s, pose.x_m, 46, 7.0, 3.4)
        self._fires.append((t_s, pose.x_m, pose.y_m))

    def _burst(self, t_s: float, x_m: float, count: int, speed_mps: float, size_m: float) -> None:
        draw = self.puffs.draw_number
        ground_m = self._terrain.height_at(x_m)
        for _ in range(count // _FEWER if still() else count):
            side = 2.0 * draw() - 1.0
            self.puffs.add(
                Puff(
                    born_s=t_s, life_s=1.2 + 2.2 * draw(), x_m=x_m + 1.4 * side, y_m=ground_m + 0.1,
                    vx_mps=speed_mps * side * (0.6 + draw()),
                    vy_mps=speed_mps * (0.15 + 0.5 * draw()) * (1.2 - abs(side)),
                    drag_s=1.4, from_m=0.2 * size_m, to_m=size_m * (0.6 + 0.7 * draw()),
                    colour=p.DUST if draw() < 0.6 else p.DUST_LIT, alpha=0.55,
                )
            )  # fmt: skip

    def _blow(self, truth: Truth) -> None:
        """Each burning engine whose plume reaches the ground drives dust outwards along it."""
        if not truth.engines_lit or still():
            return
        stage, draw = truth.parts[Part.DESCENT_STAGE], self.puffs.draw_number
        c, s = cos(stage.angle_rad), sin(stage.angle_rad)
        for x, y, angle, crane in self._nozzles:
            if truth.engines_lit == 4 and not crane:
                continue
            mouth_x, mouth_y = stage.x_m + c * x - s * y, stage.y_m + s * x + c * y
            high_m = mouth_y - self._terrain.height_at(mouth_x)
            if not 0.0 < high_m < _REACH_M:
                continue
            thrust = truth.thrust[0 if x < 0.0 else 1]
            near = (1.0 - high_m / _REACH_M) ** 1.6
            self._debt += _MOST_A_SECOND * DT_S * near * (0.3 + 0.7 * thrust)
            while self._debt >= 1.0:
                self._debt -= 1.0
                lean = stage.angle_rad + angle + 0.5 * (draw() - 0.5)
                spot_x = mouth_x + high_m * tan(max(-1.2, min(1.2, lean)))
                out = 1.0 if draw() < 0.5 + 0.45 * (1.0 if x > 0.0 else -1.0) else -1.0
                self.puffs.add(
                    Puff(
                        born_s=truth.t_s, life_s=1.4 + 1.8 * draw(),
                        x_m=spot_x, y_m=self._terrain.height_at(spot_x) + 0.15,
                        vx_mps=out * (3.0 + 11.0 * near * draw()) + 0.5 * truth.wind_mps,
                        vy_mps=0.3 + 1.6 * draw() * near,
                        drag_s=0.9, from_m=0.25, to_m=1.0 + 2.4 * draw(),
                        colour=p.DUST if draw() < 0.7 else p.DUST_LIT, alpha=0.22 + 0.26 * near,
                    )
                )  # fmt: skip

    def _smoke(self, t_s: float) -> None:
        draw = self.puffs.draw_number
        self._fires = [fire for fire in self._fires if t_s < fire[0] + _SMOKE_S]
        for _, x_m, y_m in self._fires:
            self._smoke_debt += _SMOKE_A_SECOND * DT_S
            while self._smoke_debt >= 1.0:
                self._smoke_debt -= 1.0
                self.puffs.add(
                    Puff(
                        born_s=t_s, life_s=2.2 + 1.6 * draw(), x_m=x_m + 1.6 * (draw() - 0.5), y_m=y_m + 0.3,
                        vx_mps=1.2 + draw(), vy_mps=1.6 + 1.4 * draw(), drag_s=0.35,
                        from_m=0.3, to_m=1.3 + 0.8 * draw(), colour=p.SMOKE, alpha=0.40,
                    )
                )  # fmt: skip
