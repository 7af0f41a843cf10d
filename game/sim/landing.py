"""The last minute: what happens to the craft from the backshell to the stage's end, by command and by contact."""

from __future__ import annotations

from math import hypot
from typing import Final

import pymunk

from game.sim.aloft import Aloft, Note
from game.sim.command import Command
from game.sim.contacts import SOIL, STACK, STAGE, Contacts, Touch
from game.sim.craft import Craft
from game.sim.dispersions import Drawn
from game.sim.events import EventName, Reason
from game.sim.heating import W_CM2, stagnation_flux_w_m2
from game.sim.judge import Judge, Situation, Verdict
from game.sim.phases import Phase
from game.sim.snapshot import Part, Pose
from game.sim.spec import FlightSpec
from game.sim.surroundings import WEIGHT, Met
from game.sim.terrain import TILE_M

_NEAR_GROUND_M: Final = 60.0  # below this a body's tile of ground is made ready: many updates ahead of any contact
_SWEEP_M: Final = 30.0  # bodies lower than this and faster than the next are looked after by the ground's height too
_SWEEP_MPS: Final = 15.0
_SUNK_M: Final = 0.5  # a released rover this deep has passed the ground


class Landing:
    """The craft's flight on its own engines, and the judge of how it meets the ground."""

    def __init__(
        self, spec: FlightSpec, drawn: Drawn, space: pymunk.Space, aloft: Aloft, contacts: Contacts, note: Note,
        leaving: Pose | None = None, propellant_kg: float | None = None,
    ) -> None:  # fmt: skip
        """`leaving` is the pose of the stage's frame as the capsule lets go of it, with so much left in the tanks."""
        self._spec, self._space, self._aloft, self._note = spec, space, aloft, note
        self._contacts, self._terrain = contacts, aloft.terrain
        self.referee = Judge(spec.limits)
        self.craft = Craft(spec, drawn, space, aloft.planet, aloft.terrain, leaving, propellant_kg)
        self._tiles: set[int] = set()
        self._sweep = False
        self.prepare_ground(self.craft.height_m)

    def begin(self, phase: Phase) -> None:
        """What a new phase switches on the craft."""
        self.craft.control.enter(phase)
        if phase is Phase.POWERED:
            self.craft.ignite()
            self._note(EventName.ENGINE_START, "", ())
        elif phase is Phase.SKY_CRANE:
            self.craft.hover()
            self._note(EventName.SKY_CRANE_START, "", ())

    def obey(self, phase: Phase) -> None:
        """ACTION, early or late: the rover off the stage, then the bridle off the rover."""
        craft = self.craft
        if phase not in (Phase.SKY_CRANE, Phase.TOUCHDOWN):
            return
        if craft.rover is None:
            craft.release()
            self._note(EventName.ROVER_RELEASE, "", ())
        elif not craft.is_cut:
            craft.cut()
            self._note(EventName.BRIDLE_CUT, "", ())

    def endure(self, density_kg_m3: float, airspeed_mps: float) -> Verdict | None:
        """Without an aeroshell there is no fire and no load to be met: out of it too early, we burn or break."""
        craft, vehicle = self.craft, self._spec.vehicle
        flux = W_CM2 * stagnation_flux_w_m2(density_kg_m3, airspeed_mps, vehicle.aeroshell.nose_radius_m)
        limit, limit_g = vehicle.backshell.flux_limit_w_cm2, vehicle.aeroshell.structure_g
        if flux > limit:
            return Verdict(Reason.BURNED_UNPROTECTED, (("heat_flux_w_cm2", flux), ("limit_w_cm2", limit)))
        if craft.load_g > limit_g and craft.rover is None:
            return Verdict(Reason.BROKE_UP, (("g", craft.load_g), ("limit_g", limit_g)))
        return None

    def push(
        self, command: Command, phase: Phase, tick: int, here: Met, *, gust_mps: float, vy_error_mps: float
    ) -> bool:
        """Control law, reel and all forces for the coming step; `vy_error_mps` is what the craft's own estimate is off.

        True in the tick that burns the last propellant.
        """
        craft = self.craft
        if craft.steer(command, craft.pushed.vy + vy_error_mps, -here[WEIGHT]):
            self._note(EventName.BRIDLE_FULL, "", ())
        return craft.push(here)

    def read(self, tick: int) -> None:
        """Take the new state over, and see to what the engine may have missed."""
        if self.craft.read():
            self._note(EventName.WHEELS_READY, "", ())
        if self._sweep:
            self._catch_tunnellers()

    def places(self) -> tuple[tuple[float, float], ...]:
        """Where the bodies are that something could strike, the rover's first."""
        craft = self.craft
        if craft.rover is None:
            return ((craft.pushed.x, craft.pushed.y),)
        return (craft.x, craft.y), (craft.pushed.x, craft.pushed.y)

    def judge(self, phase: Phase, tick: int, t_s: float, here: Met, *, touched: bool, decided: bool) -> Verdict | None:
        """Judge this tick's contacts; see the stage's end and the rover's rest."""
        craft, judge = self.craft, self.referee
        first = judge.first_tick
        if not (touched or (first is not None and not craft.at_rest)):
            return None
        verdict = None if decided else judge.judge(self._situation(tick))
        # What carries the engines: the stack, whose wheels come first, or the stage alone.
        down = self._contacts.met_any(SOIL, STACK if craft.rover is None else STAGE)
        if down and not craft.stage_down:
            stack_crashed = craft.rover is None
            craft.crash_stage()
            if not stack_crashed:
                self._aloft.come_down(Part.DESCENT_STAGE, craft.pushed.x, craft.x, EventName.STAGE_IMPACT)
        if decided:
            return None
        if first is None and judge.first_tick is not None and judge.touchdown:
            self._note(
                EventName.TOUCHDOWN,
                "",
                (
                    ("vertical_mps", judge.touchdown.vertical_mps),
                    ("along_mps", judge.touchdown.horizontal_mps),
                    ("distance_m", judge.touchdown.distance_m),
                ),
            )
        if verdict is None and craft.is_cut and judge.standing:
            if not craft.at_rest:
                craft.rest()
            if craft.stage_down:
                verdict = self._final_verdict()
        return verdict

    def prepare_ground(self, height_m: float) -> None:
        """Make the tiles of ground that bodies are about to reach, in the order in which they come near."""
        craft = self.craft
        low_m = height_m
        if height_m < _NEAR_GROUND_M and not craft.at_rest:
            self._lay(craft.x)
        if craft.rover and not craft.stage_down:
            stage_height_m = craft.stage_height_m
            low_m = min(low_m, stage_height_m)
            if stage_height_m < _NEAR_GROUND_M:
                self._lay(craft.pushed.x)
        self._sweep = low_m < _SWEEP_M and max(-craft.vy, -craft.pushed.vy) > _SWEEP_MPS

    def fly_down(self) -> None:
        """Where rover and stage lie, or would, if they are still in the air."""
        places = self.craft.fly_down(self._aloft.air)
        if Part.DESCENT_STAGE in self._aloft.down:
            places.pop(Part.DESCENT_STAGE, None)
        self._aloft.down |= places

    def state(self) -> list[float]:
        """For the digest."""
        return [*self.craft.state(), *self.referee.state()]

    def _situation(self, tick: int) -> Situation:
        craft, bridle = self.craft, self.craft.bridle
        vx, vy = craft.before
        return Situation(
            tick=tick,
            contacts=self._contacts,
            released=craft.rover is not None,
            cut=craft.is_cut,
            bridle_full=bridle is not None and bridle.full,
            paid_m=bridle.paid_m if bridle else 0.0,
            wheels_ready=craft.rover is not None and craft.rover.wheels_ready,
            fuel_out=craft.propellant_kg <= 0.0,
            vx_mps=vx,
            vy_mps=vy,
            speed_mps=hypot(craft.vx, craft.vy),
            lean_rad=craft.rover.chassis.angle if craft.rover else craft.pushed.angle,
            slope_rad=self._terrain.slope_at(craft.x),
            distance_m=craft.x - self._spec.goal.target_m,
        )

    def _final_verdict(self) -> Verdict:
        """The rover stands and the stage is down: alive, unless one of them is in the wrong place."""
        craft = self.craft
        if self.referee.held_up():
            return Verdict(Reason.HELD_UP_BY_ROCK)
        apart_m = abs(craft.pushed.x - craft.x)
        if apart_m < self._spec.limits.stage_keep_out_m:
            return Verdict(Reason.STAGE_TOO_CLOSE, (("distance_m", apart_m),))
        return Verdict(Reason.LANDED)

    def _catch_tunnellers(self) -> None:
        """A body that falls half a metre a tick can pass a thin segment: see to it by the height of the ground."""
        craft = self.craft
        if craft.rover is None:
            if craft.height_m < 0.0:
                self._contacts.add(Touch.STAGE, Touch.GROUND)
            return
        if not craft.stage_down and craft.stage_height_m < 0.0:
            self._contacts.add(Touch.STAGE, Touch.GROUND)
        if not craft.at_rest and craft.height_m < -_SUNK_M:
            self._contacts.add(Touch.HULL, Touch.GROUND)

    def _lay(self, x_m: float) -> None:
        middle = int(x_m // TILE_M)
        if middle in self._tiles and middle - 1 in self._tiles and middle + 1 in self._tiles:
            return
        ground = self._space.static_body
        for tile in (middle - 1, middle, middle + 1):
            if tile in self._tiles:
                continue
            self._tiles.add(tile)
            shapes = self._terrain.shapes_of(tile, ground)
            for shape in shapes:
                shape.friction = self._spec.site.friction
                shape.collision_type = Touch.GROUND if isinstance(shape, pymunk.Segment) else Touch.ROCK
            self._space.add(*shapes)
