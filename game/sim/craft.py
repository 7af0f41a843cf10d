"""The craft: stage and rover as one stack, later two that hang together, and all the forces between them.

"Pushed" is the body that the engines push: the stack until release, then the stage alone. Propellant moves the stack's
centre of mass by a few centimetres during a flight; the body follows its centre of mass, the parts shift on it, and
the contact shapes stay where they were built, which nobody sees at that size.
"""

from __future__ import annotations

from math import cos, hypot, radians, sin
from typing import Final

import pymunk

from game.sim.atmosphere import Atmosphere, drag_n
from game.sim.bodies import Lump, Mover, joined
from game.sim.bridle import Bridle
from game.sim.command import REEL_MAX, THROTTLE_MAX, Command
from game.sim.contacts import Touch
from game.sim.control import Control
from game.sim.descent_stage import ALL_ENGINES, SKY_CRANE_ENGINES, Engines, stage_lump
from game.sim.dispersions import Drawn
from game.sim.falling import landfall_m
from game.sim.phases import Phase
from game.sim.planet import STANDARD_GRAVITY_MPS2, Planet
from game.sim.rover import Rover, lowest_point_m, rover_lumps, stowed_bogie_pose, stowed_shapes
from game.sim.snapshot import Part, Pose
from game.sim.spec import DT_S, FlightSpec
from game.sim.surroundings import Met
from game.sim.terrain import Terrain

_LYING_M: Final = 3.0  # a part whose centre is lower than this above the ground lies on it, or as good as
_CRUMPLES_MPS: Final = 8.0  # an impact faster than this leaves a wreck
_WEIGH_TICKS: Final = 6  # 20 times a second: full thrust burns 90 g a tick


class Craft:
    """Everything that is flown, from the start of these phases to the wheels and the stage's end.

    x, y, vx, vy   the rover's frame, stowed or not, at the end of the last tick
    before         (vx, vy) of it before the last step: how it approached whatever it then touched
    load_g         what the rover's carrier feels from engines, air and bridle, in earth g
    """

    def __init__(
        self,
        spec: FlightSpec,
        drawn: Drawn,
        space: pymunk.Space,
        planet: Planet,
        terrain: Terrain,
        leaving: Pose | None = None,
        propellant_kg: float | None = None,
    ) -> None:
        """As the spec's start says; or with the stage's frame at `leaving`, moving so, and so much in the tanks."""
        vehicle, start = spec.vehicle, spec.start
        self._space, self._planet, self._terrain = space, planet, terrain
        self._vehicle = vehicle
        stage = vehicle.descent_stage
        self._mass_factor = drawn.mass
        self._below_m = stage.rover_below_m
        self._drop_m = -min(y for _, y in stage.outline_m)
        self._drag_area_m2 = stage.drag_area_m2 + vehicle.rover.drag_area_m2
        lumps = rover_lumps(vehicle.rover, drawn.mass, stowed=True)
        self._stowed: Lump | None = joined((lumps.chassis, lumps.bogie))
        self._stowed_at = (self._stowed.x_m, self._stowed.y_m - self._below_m)
        self.propellant_kg = start.propellant_kg if propellant_kg is None else propellant_kg
        self.engines = Engines(stage.engines, drawn.thrust, drawn.isp)
        self.control = Control(vehicle.control, spec.control_law)
        self.rover: Rover | None = None
        self.bridle: Bridle | None = None
        self.is_cut = False
        self.stage_down = self.at_rest = False
        self.load_g = 0.0

        self._weigh(self.propellant_kg)
        pose = self._centre_pose(leaving) if leaving else self._start_pose(spec, drawn)
        self.pushed = Mover(self.pushed_kg, self.inertia_kg_m2, pose)
        self._shapes = self._stack_shapes()
        space.add(self.pushed.body, *self._shapes)
        if start.phase is Phase.SKY_CRANE:
            self.engines.light(SKY_CRANE_ENGINES)
            hover_n = 0.5 * self.pushed_kg * -planet.gravity(0.0, 0.0, 0.0, 0.0)[1] / self.engines.axial / drawn.thrust
            self.engines.uprange_n = self.engines.downrange_n = hover_n
        self._locate()
        self.before = self._pushed_before = (self.vx, self.vy)

    # --- what the flight commands ---

    def ignite(self) -> None:
        self.engines.light(ALL_ENGINES if self.propellant_kg > 0.0 else 0)

    def hover(self) -> None:
        self.engines.light(SKY_CRANE_ENGINES if self.propellant_kg > 0.0 else 0)

    def release(self) -> None:
        """Let the rover down onto its bridle: one body becomes three, mass and momentum conserved."""
        stack, spec = self.pushed, self._vehicle
        rover_pose, stage_pose = self._stowed_pose(), self._stage_pose()
        self._space.remove(*self._shapes, stack.body)
        self._stowed = None
        self._drag_area_m2 = spec.descent_stage.drag_area_m2
        self._weigh(
            self._weighed_kg
        )  # the stack's mass as the engine has it: nothing may be lost between two weighings
        self.pushed = Mover(self.pushed_kg, self.inertia_kg_m2, stage_pose)
        self._shapes = self._stage_shapes()
        self._space.add(self.pushed.body, *self._shapes)
        self.rover = rover = Rover(spec.rover, self._mass_factor, rover_pose)
        self._space.add(*rover.bodies(), *rover.shapes, *rover.joints)
        gap_m = self._below_m - spec.bridle.rover_y_m + spec.bridle.stage_y_m
        load_n = rover.mass_kg * self.load_g * STANDARD_GRAVITY_MPS2
        self.bridle = Bridle(spec.bridle, gap_m, self.pushed_kg, rover.mass_kg, load_n)
        self.control.load_n = load_n

    def cut(self) -> None:
        """Fire the knives: cords and umbilical are gone."""
        self.bridle = None
        self.is_cut = True
        self.control.load_n = 0.0

    def rest(self) -> None:
        """The rover stands: nothing but a falling stage could move it any more, and that would end the flight."""
        self.at_rest = True
        if self.rover:
            self.rover.freeze(self._space)
            self.rover.chassis.read()
            self._locate()

    def crash_stage(self) -> None:
        """Stage or stack is down for good: its engines stop, and a hard impact takes all its speed.

        Metal crumples; a rigid body would bounce, or at a metre a tick be pushed out of the ground on the other side.
        """
        self.stage_down = True
        self.engines.light(0)
        pushed, body = self.pushed, self.pushed.body
        if hypot(*self._pushed_before) < _CRUMPLES_MPS:
            return
        sunk_m = min(self.stage_height_m if self.rover else self.height_m, 0.0)
        body.position = (pushed.x, pushed.y - sunk_m)
        body.velocity, body.angular_velocity = (0.0, 0.0), 0.0
        body.body_type = pymunk.Body.STATIC  # or the solver would pay the impact back
        pushed.read()
        if not self.rover:
            self._locate()

    # --- one tick, in the order of flight.py ---

    def steer(self, command: Command, vy_estimate_mps: float, gravity_mps2: float) -> bool:
        """Control law and reel. True in the tick that pays the last of the bridle out."""
        engines, control, pushed = self.engines, self.control, self.pushed
        full = False
        if self.bridle:
            full = self.bridle.reel(command.reel / REEL_MAX)
            control.hear_load(self.bridle.load_n)
        elif self.is_cut and not self.stage_down:
            # Nothing hangs on the engines any more: with the lever at the bottom they are off.
            wanted = SKY_CRANE_ENGINES if command.throttle and self.propellant_kg > 0.0 else 0
            if engines.lit != wanted:
                engines.light(wanted)
        if not engines.lit:
            return full
        tilt_rad = -pushed.angle
        if control.holds_speed:
            weight_n = self.known_pushed_kg * gravity_mps2
            thrust_n = control.hold_n(
                command, tilt_rad, vy_estimate_mps, weight_n=weight_n, moved_kg=self.known_moved_kg
            )
        else:
            least_n = engines.min_axial_n
            thrust_n = least_n + command.throttle / THROTTLE_MAX * (engines.max_axial_n - least_n)
        engines.demand(thrust_n, control.moment_nm(command, tilt_rad, -pushed.omega, self.inertia_kg_m2))
        return full

    def push(self, here: Met) -> bool:
        """All forces on the craft's bodies for the coming step, in the surroundings of the pushed one.

        True in the tick that burns the last propellant.
        """
        pushed, rover = self.pushed, self.rover
        density_kg_m3, _, wind_x, wind_y, gx, gy = here
        burnt_out = False
        axial = lateral = moment = 0.0
        if self.engines.lit:
            axial, lateral, moment, flow = self.engines.step()
            moment -= self._centre_x * axial
            self.propellant_kg -= flow * DT_S
            if self.propellant_kg <= 0.0:
                self.propellant_kg = 0.0
                self.engines.light(0)
                burnt_out = True
            self._ticks_to_weigh -= 1
            if self._ticks_to_weigh <= 0 or burnt_out:
                self._weigh(self.propellant_kg)
                pushed.set_mass(self.pushed_kg, self.inertia_kg_m2)
        fx, fy = drag_n(density_kg_m3, self._drag_area_m2, pushed.vx - wind_x, pushed.vy - wind_y)
        c, s = cos(pushed.pangle), sin(pushed.pangle)
        fx += c * lateral - s * axial
        fy += s * lateral + c * axial
        if rover is None:
            self.load_g = hypot(fx, fy) / self.pushed_kg / STANDARD_GRAVITY_MPS2
        elif not self.at_rest:
            moment += self._push_rover(rover, density_kg_m3, wind_x, wind_y)
            fx += self._cord_x
            fy += self._cord_y
        pushed.push(fx + self.pushed_kg * gx, fy + self.pushed_kg * gy, moment)
        return burnt_out

    def read(self) -> bool:
        """Take the new state over. True in the tick in which the wheels are ready."""
        self.before = (self.vx, self.vy)
        pushed = self.pushed
        self._pushed_before = (pushed.vx, pushed.vy)
        pushed.read()
        if self.at_rest:
            return False
        ready = False
        if self.rover:
            self.rover.chassis.read()
            ready = self.rover.deploy()
        self._locate()
        return ready

    # --- what can be seen of it ---

    @property
    def height_m(self) -> float:
        """From the rover's lowest point to the ground below it."""
        return self.y + lowest_point_m(self._vehicle.rover, *self._low) - self._terrain.height_at(self.x)

    @property
    def known_moved_kg(self) -> float:
        """What the craft takes the mass of all that its engines hold up to be, the rover on its bridle included."""
        hanging = self.rover is not None and self.bridle is not None
        return self.known_pushed_kg + (self._vehicle.rover.mass_kg if hanging else 0.0)

    def placed(self) -> tuple[float, float, float, float, float]:
        """(x, y, vx, vy) and height_m in one."""
        return self.x, self.y, self.vx, self.vy, self.height_m

    @property
    def stage_height_m(self) -> float:
        """From the released stage's lowest point to the ground below it."""
        return self.pushed.y - self._drop_m - self._terrain.height_at(self.pushed.x)

    def parts(self) -> dict[Part, Pose]:
        """Poses of rover, bogie and stage, stowed or not."""
        if self.rover:
            rover, bogie = self.rover.pose(), self.rover.bogie_pose()
        else:
            rover = self._stowed_pose()
            bogie = stowed_bogie_pose(self._vehicle.rover, rover)
        return {Part.ROVER: rover, Part.BOGIE: bogie, Part.DESCENT_STAGE: self._stage_pose()}

    def above_stage(self, up_m: float) -> Pose:
        """The pose of something fixed to the stage's middle line, so far above its centre of mass."""
        return self.pushed.pose_of(-self._centre_x, up_m - self._centre_y)

    @property
    def downrange_m(self) -> float:
        return self._planet.downrange_m(self.x, self.y)

    def fly_down(self, air: Atmosphere) -> dict[Part, float]:
        """Where rover and stage come to rest, flown there at once if still aloft; what never lands has no place."""
        vehicle, pushed = self._vehicle, self.pushed
        whole_kg = self.pushed_kg if self.rover is None else self.rover.mass_kg
        places = {
            Part.ROVER: self._landfall_m(air, whole_kg, vehicle.rover.drag_area_m2, self.x, self.y, self.vx, self.vy)
        }
        places[Part.DESCENT_STAGE] = (
            places[Part.ROVER]
            if self.rover is None
            else self._landfall_m(
                air, self.pushed_kg, vehicle.descent_stage.drag_area_m2, pushed.x, pushed.y, pushed.vx, pushed.vy
            )
        )
        return {part: place_m for part, place_m in places.items() if place_m is not None}

    def state(self) -> list[float]:
        """For the digest."""
        switches = (float(self.is_cut), float(self.stage_down), float(self.at_rest))
        numbers = [*self.pushed.state(), *switches, self.propellant_kg, self._weighed_kg, self._ticks_to_weigh]
        numbers += self.engines.state()
        if self.rover:
            numbers += self.rover.state()
        if self.bridle:
            numbers += [*self.bridle.state(), self.control.load_n]
        return numbers

    # --- inside ---

    def _push_rover(self, rover: Rover, density_kg_m3: float, wind_x: float, wind_y: float) -> float:
        """Forces on the released rover; returns the bridle's moment on the stage, keeps its force on it."""
        chassis, bogie = rover.chassis, rover.bogie
        fx, fy = drag_n(density_kg_m3, self._vehicle.rover.drag_area_m2, chassis.vx - wind_x, chassis.vy - wind_y)
        moment = torque = 0.0
        self._cord_x = self._cord_y = 0.0
        if self.bridle:
            self._cord_x, self._cord_y, moment, torque = self.bridle.pull(
                self.pushed, chassis, rover.centre_x_m, rover.centre_y_m
            )
            fx -= self._cord_x
            fy -= self._cord_y
        self.load_g = hypot(fx, fy) / rover.mass_kg / STANDARD_GRAVITY_MPS2
        gx, gy = self._planet.gravity(chassis.px, chassis.py, chassis.vx, chassis.vy)
        chassis_kg, bogie_kg = rover.chassis.mass_kg, rover.bogie.mass_kg
        chassis.push(fx + chassis_kg * gx, fy + chassis_kg * gy, torque)
        bogie.push(bogie_kg * gx, bogie_kg * gy, 0.0)
        return moment

    def _landfall_m(self, air: Atmosphere, mass_kg: float, area_m2: float, *motion: float) -> float | None:
        x, y, vx, vy = motion
        if y - self._terrain.height_at(x) < _LYING_M:
            return self._planet.downrange_m(x, y)
        return landfall_m(
            (x, y, vx, vy), mass_kg, area_m2, planet=self._planet, air=air, terrain=self._terrain, lying_m=_LYING_M
        )

    def _weigh(self, propellant_kg: float) -> None:
        """Mass, moment of inertia and centre of mass (in the stage's frame) of the pushed body."""
        self._weighed_kg = propellant_kg
        self._ticks_to_weigh = _WEIGH_TICKS
        stage = stage_lump(self._vehicle.descent_stage, self._mass_factor, propellant_kg)
        rover = self._stowed
        if rover is None:
            self.pushed_kg, self.inertia_kg_m2 = stage.mass_kg, stage.inertia_kg_m2
            self._centre_x = self._centre_y = 0.0
        else:
            # joined() in closed form for two pieces: this runs twenty times a second
            x_m, y_m = self._stowed_at
            self.pushed_kg = stage.mass_kg + rover.mass_kg
            share = rover.mass_kg / self.pushed_kg
            self._centre_x, self._centre_y = share * x_m, share * y_m
            apart_m2 = x_m * x_m + y_m * y_m
            self.inertia_kg_m2 = stage.inertia_kg_m2 + rover.inertia_kg_m2 + stage.mass_kg * share * apart_m2
        # What the craft takes it to be: nominal parts, and the propellant that is left.
        self.known_pushed_kg = (self.pushed_kg - propellant_kg) / self._mass_factor + propellant_kg
        self.engines.balance(self._centre_y)

    def _locate(self) -> None:
        rover = self.rover
        if rover:
            body, x_m, y_m, lift_m = rover.chassis, rover.centre_x_m, rover.centre_y_m, rover.lift_m
        else:
            body, x_m, y_m = self.pushed, -self._centre_x, -self._below_m - self._centre_y
            lift_m = self._vehicle.rover.stowed_lift_m
        c, s = cos(body.angle), sin(body.angle)
        dx, dy = c * x_m - s * y_m, s * x_m + c * y_m
        self.x, self.y = body.x + dx, body.y + dy
        self.vx, self.vy = body.vx - body.omega * dy, body.vy + body.omega * dx
        self._low = (c, s, lift_m)

    def _stage_pose(self) -> Pose:
        return self.above_stage(0.0)

    def _stowed_pose(self) -> Pose:
        return self.above_stage(-self._below_m)

    def _centre_pose(self, stage: Pose) -> Pose:
        """The pose of the stack's centre of mass for one of the stage's frame."""
        c, s = cos(stage.angle_rad), sin(stage.angle_rad)
        dx, dy = c * self._centre_x - s * self._centre_y, s * self._centre_x + c * self._centre_y
        turn = stage.omega_rad_s
        return Pose(
            stage.x_m + dx, stage.y_m + dy, stage.angle_rad, stage.vx_mps - turn * dy, stage.vy_mps + turn * dx, turn
        )

    def _start_pose(self, spec: FlightSpec, drawn: Drawn) -> Pose:
        start, rover = spec.start, spec.vehicle.rover
        angle = -radians(start.tilt_deg)
        x_m = start.downrange_m + drawn.start_downrange_m
        low_m = lowest_point_m(rover, cos(angle), sin(angle), rover.stowed_lift_m)
        rover_y = self._terrain.height_at(x_m) + start.height_m - low_m
        up_x, up_y = self._centre_x, self._below_m + self._centre_y
        return Pose(
            x_m + cos(angle) * up_x - sin(angle) * up_y,
            rover_y + sin(angle) * up_x + cos(angle) * up_y,
            angle,
            start.speed_along_mps,
            -start.speed_down_mps - drawn.start_speed_mps,
            radians(start.turn_deg_s),
        )

    def _stack_shapes(self) -> list[pymunk.Shape]:
        body = self.pushed.body
        shapes = self._stage_shapes()
        shapes += stowed_shapes(self._vehicle.rover, body, -self._centre_x, -self._below_m - self._centre_y)
        return shapes

    def _stage_shapes(self) -> list[pymunk.Shape]:
        spec = self._vehicle.descent_stage
        hull = pymunk.Poly(self.pushed.body, [(x - self._centre_x, y - self._centre_y) for x, y in spec.outline_m])
        hull.collision_type = Touch.STAGE
        hull.friction = spec.friction
        return [hull]
