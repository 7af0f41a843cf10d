"""How each way of losing looks: its end, in a dozen kinds, from what broke and how fast."""

from __future__ import annotations

from enum import StrEnum
from math import pi
from typing import Final

from game.sim.events import Event, Reason
from game.sim.snapshot import Part, Pose, Truth
from game.sim.terrain import Terrain
from game.view import palette as p
from game.view.beats import Beats
from game.view.debris import Shard
from game.view.look import still
from game.view.pieces import Broken
from game.view.plasma import heat_share
from game.view.regolith import Dust
from game.view.stock import Flare, Stock


class Way(StrEnum):
    """The kinds of an end."""

    ABLAZE = "ablaze"
    TORN_APART = "torn_apart"
    STRUCK = "struck"
    FLUNG_OFF = "flung_off"
    STRIPPED = "stripped"
    RAGS = "rags"
    IMPACT = "impact"
    GEAR = "gear"
    TIPPED = "tipped"
    DRAGGED = "dragged"
    CRUSHED = "crushed"
    QUIET = "quiet"


WAYS: Final = {
    Reason.BACKSHELL_BURNED: Way.ABLAZE,
    Reason.BURNED_THROUGH: Way.ABLAZE,
    Reason.BURNED_UNPROTECTED: Way.ABLAZE,
    Reason.BROKE_UP: Way.TORN_APART,
    Reason.STRUCK_BY_HEAT_SHIELD: Way.STRUCK,
    Reason.STRUCK_BY_BACKSHELL: Way.STRUCK,
    Reason.SKIPPED_OUT: Way.FLUNG_OFF,
    Reason.MISSED_MARS: Way.FLUNG_OFF,
    Reason.CRUISE_STAGE_KEPT: Way.STRIPPED,
    Reason.PARACHUTE_TORN: Way.RAGS,
    Reason.NO_PARACHUTE: Way.IMPACT,
    Reason.PARACHUTE_TOO_LATE: Way.IMPACT,
    Reason.HEAT_SHIELD_KEPT: Way.IMPACT,
    Reason.BACKSHELL_KEPT: Way.IMPACT,
    Reason.FUEL_OUT: Way.IMPACT,
    Reason.HIT_THE_GROUND: Way.IMPACT,
    Reason.ROVER_NOT_RELEASED: Way.GEAR,
    Reason.WHEELS_NOT_READY: Way.GEAR,
    Reason.BRIDLE_NOT_FULL: Way.GEAR,
    Reason.CUT_TOO_EARLY: Way.GEAR,
    Reason.WHEELS_BROKEN: Way.GEAR,
    Reason.SUSPENSION_BROKEN: Way.GEAR,
    Reason.HELD_UP_BY_ROCK: Way.GEAR,
    Reason.TIPPED_ON_SLOPE: Way.TIPPED,
    Reason.TIPPED_ON_ROCK: Way.TIPPED,
    Reason.TIPPED_BY_SPEED: Way.TIPPED,
    Reason.DRAGGED: Way.DRAGGED,
    Reason.BRIDLE_NOT_CUT: Way.CRUSHED,
    Reason.STAGE_ON_ROVER: Way.CRUSHED,
    Reason.STAGE_TOO_CLOSE: Way.CRUSHED,
    Reason.GOAL_MISSED: Way.QUIET,
    Reason.OUT_OF_TIME: Way.QUIET,
    Reason.LANDED: Way.QUIET,
    Reason.COMPLETED: Way.QUIET,
}

_ALOFT: Final = (Way.ABLAZE, Way.TORN_APART, Way.STRUCK, Way.FLUNG_OFF, Way.STRIPPED, Way.RAGS)
_WHEEL_OFF: Final = (Reason.WHEELS_BROKEN, Reason.CUT_TOO_EARLY, Reason.SUSPENSION_BROKEN)
_FAST_MPS: Final = 14.0
_HARD_MPS: Final = 3.0
_LOW_M: Final = 3_000.0
_ROVER_LOW_M: Final = 6.0
_STAGE_LOW_M: Final = 4.0
_SMOKES_S: Final = 9.0
_SMOKE_A_SECOND: Final = 8.0


class Endings:
    """Plays a loss. What is broken, burnt and flung off is asked of it when it is drawn."""

    def __init__(self, stock: Stock, beats: Beats, dust: Dust, terrain: Terrain) -> None:
        self._stock, self._beats, self._dust, self._terrain = stock, beats, dust, terrain
        self.crashed: frozenset[Part] = frozenset()
        self.broken: Broken | None = None
        self.flung_s: float | None = None
        self.wheel_off: int | None = None  # which of the three that are seen lies elsewhere
        self.craters: list[tuple[float, float]] = []  # where, and how wide (m)
        self._fires: list[tuple[float, float, float]] = []
        self._smoke_debt = 0.0

    def lose(self, event: Event, truth: Truth) -> None:
        """The flight is lost at this moment."""
        reason = Reason(event.detail) if event.detail else truth.reason
        if reason is None:
            return
        stage, rover = truth.parts[Part.DESCENT_STAGE], truth.parts[Part.ROVER]
        speed_mps = dict(event.figures).get("speed_mps", event.speed_mps)
        way = WAYS[reason]
        if way in _ALOFT:
            self._lose_aloft(way, truth)
            return
        match way:
            case Way.IMPACT:
                self._impact(truth, speed_mps)
            case Way.GEAR:
                self._gear(reason, truth, speed_mps)
            case Way.TIPPED:
                self._tip(rover)
            case Way.DRAGGED:
                self._dust.burst(rover.x_m, 22, 2.4, 1.5)
                self._dust.scrap(rover.x_m, 0.4, 5)
                self._stock.jolt.hit(0.004)
            case Way.CRUSHED:
                self.crash(Part.DESCENT_STAGE, stage, max(speed_mps, 5.0))
            case _:
                pass

    def _lose_aloft(self, way: Way, truth: Truth) -> None:
        """High up, before anything meets the ground."""
        match way:
            case Way.FLUNG_OFF:
                self.flung_s = self._stock.now_s
            case Way.STRIPPED:
                self._strip(truth)
            case Way.RAGS:
                self._beats.rags(truth, 22)
                self._stock.jolt.hit(0.008)
            case _ if truth.backshell_on:
                self._break_up(way, truth)
            case _:
                self._beats.strike(truth, Part.BACKSHELL)

    def crash(self, part: Part, pose: Pose, speed_mps: float) -> None:
        """Something full of fuel comes down and burns."""
        if part in self.crashed:
            return
        self.crashed |= {part}
        if speed_mps > _FAST_MPS:
            self._dust.crater(pose.x_m, speed_mps, 14)
            self.craters.append((pose.x_m, 4.6 if part is Part.BACKSHELL else 3.2))
        else:
            self._dust.burst(pose.x_m, 34, 5.0, 2.6)
            self._dust.scrap(pose.x_m, 0.5, 8)
        stock, hard = self._stock, min(speed_mps / 60.0, 1.0)
        stock.flares.add(
            Flare(stock.now_s, 0.55 + 0.3 * hard, pose.x_m, self._terrain.height_at(pose.x_m) + 1.0,
                  5.0 + 5.0 * hard, p.PLASMA[2], 1.0)
        )  # fmt: skip
        stock.jolt.hit(0.006 + 0.004 * hard)
        self._fires.append((stock.now_s, pose.x_m, pose.y_m))

    def tick(self) -> None:
        """Smoke over what burns."""
        now_s = self._stock.now_s
        self._fires = [fire for fire in self._fires if now_s < fire[0] + _SMOKES_S]
        for began_s, x_m, y_m in self._fires:
            self._smoke_debt += _SMOKE_A_SECOND / 120.0
            while self._smoke_debt >= 1.0:
                self._smoke_debt -= 1.0
                self._dust.smoke(x_m, y_m, now_s - began_s)

    def _break_up(self, way: Way, truth: Truth) -> None:
        stock = self._stock
        heat = heat_share(truth.heat_flux_w_cm2)
        self.broken = Broken(stock.now_s, 1.0 if way is Way.ABLAZE else 0.55 * heat, whole=way is not Way.ABLAZE)
        stock.flares_aloft.add(
            Flare(stock.now_s, 0.6, 0.0, 0.0, 5.5, p.PLASMA[3] if self.broken.hot > 0.3 else p.PUFF, 1.0)
        )
        stock.jolt.hit(0.01)
        if way is Way.STRUCK:
            self._beats.strike(truth, Part.HEAT_SHIELD)

    def _impact(self, truth: Truth, speed_mps: float) -> None:
        """Into the ground, carried by whatever still carries us."""
        rover, stage = truth.parts[Part.ROVER], truth.parts[Part.DESCENT_STAGE]
        if truth.altitude_m > _LOW_M or rover.y_m - self._terrain.height_at(rover.x_m) > _ROVER_LOW_M:
            return
        if truth.backshell_on:
            self.crash(Part.BACKSHELL, truth.parts[Part.BACKSHELL], speed_mps)
        elif speed_mps > _HARD_MPS:
            self.crash(Part.ROVER, rover, speed_mps)
            if stage.y_m - self._terrain.height_at(stage.x_m) < _STAGE_LOW_M:
                self.crashed |= {Part.DESCENT_STAGE}
        else:
            self._thump(rover, speed_mps)

    def _gear(self, reason: Reason, truth: Truth, speed_mps: float) -> None:
        """Down on wheels that are stowed, too fast or askew: nothing burns, but something gives way."""
        rover = truth.parts[Part.ROVER]
        self._thump(rover, speed_mps)
        if reason in _WHEEL_OFF:
            self.wheel_off = self._dust.lost_wheel(rover, 1.0 if rover.vx_mps >= 0.0 else -1.0)
            self._dust.scrap(rover.x_m, 0.35, 6)
        elif reason is Reason.HELD_UP_BY_ROCK:
            self._dust.scrap(rover.x_m, 0.25, 4)

    def _thump(self, rover: Pose, speed_mps: float) -> None:
        hard = min(max(speed_mps / 3.0, 0.4), 2.2)
        self._dust.burst(rover.x_m, 16 + round(14 * hard), 1.5 + 1.5 * hard, 1.1 + 0.45 * hard)
        self._stock.jolt.hit(0.003 + 0.002 * hard)

    def _tip(self, rover: Pose) -> None:
        """Over it goes: sand runs from under the wheels, then the deck meets the ground."""
        side = -1.0 if rover.angle_rad > 0.0 else 1.0
        self._dust.burst(rover.x_m - 1.0 * side, 18, 1.2, 1.1)
        self._dust.burst(rover.x_m + 1.4 * side, 28, 2.4, 1.6, delay_s=0.3)
        self._dust.burst(rover.x_m + 0.6 * side, 10, 1.0, 1.0, delay_s=1.1)
        self._stock.jolt.hit(0.003)

    def _strip(self, truth: Truth) -> None:
        """The air takes the cruise stage apart: panels of its ring fly off, and glow."""
        stock, ring = self._stock, truth.parts.get(Part.CRUISE_STAGE)
        if ring is None:
            return
        stage, draw = truth.parts[Part.DESCENT_STAGE], stock.aloft.draw_number
        size = max((ring.vx_mps**2 + ring.vy_mps**2) ** 0.5, 1.0)
        back = (-ring.vx_mps / size, -ring.vy_mps / size)
        for i in range(6 if still() else 26):
            turn = 2.0 * pi * draw()
            fast = 0.6 + 2.4 * draw()
            stock.debris_aloft.add(
                Shard(
                    stock.now_s + 0.06 * i, 2.6, ring.x_m - stage.x_m + 2.6 * (draw() - 0.5),
                    ring.y_m - stage.y_m + 0.6 * (draw() - 0.5), fast * (0.5 - draw()), fast * (0.5 - draw()),
                    0.14 + 0.30 * draw(), (p.ARRAY, p.ARRAY_LIT, p.METAL_LIT, p.WHITE_SHADE)[i % 4],
                    spin_rad_s=4.0 * (turn - pi), stream_mps2=(3.4 * back[0], 3.4 * back[1]), hot=0.75,
                    tail_m=(1.7 * back[0], 1.7 * back[1]),
                )
            )  # fmt: skip
        stock.jolt.hit(0.006)
