"""The capsule: the stowed craft in its aeroshell, from the cruise stage until it drops out of its backshell.

One body, of which parts are let go one after the other. Its parts stand in the frame of the descent stage, as in
craft.py; the body's own axes start at the centre of mass, which moves when a part leaves. "Incidence" is the turn from
the attitude in which the heat shield faces straight into the flow, + counter-clockwise.
"""

from __future__ import annotations

from math import atan2, cos, hypot, pi, radians, remainder, sin, sqrt, tau
from typing import Final

import pymunk

from game.sim.aerodynamics import Aerodynamics
from game.sim.aloft import Aloft
from game.sim.bank import Bank
from game.sim.bodies import Lump, Mover, joined
from game.sim.command import TILT_MAX, Command
from game.sim.contacts import Touch
from game.sim.control import Control
from game.sim.descent_stage import Engines, stage_lump
from game.sim.dispersions import Drawn
from game.sim.falling import landfall_m
from game.sim.heating import W_CM2, ShieldHeat, back_share, shield_share, stagnation_flux_w_m2
from game.sim.parachute import Deployment, Parachute
from game.sim.phases import Phase
from game.sim.planet import STANDARD_GRAVITY_MPS2
from game.sim.records import Table
from game.sim.rover import lowest_point_m, stowed_bogie_pose
from game.sim.snapshot import Part, Pose
from game.sim.spec import ControlLaw, FlightSpec
from game.sim.stowage import CRUISE_MASSES, ENTRY_MASSES, on_board
from game.sim.surroundings import Met, Surroundings
from game.sim.thrusters import Thrusters

_CAPTURE_RAD: Final = radians(
    60.0
)  # farther from trim than this the law holds what it finds: to face forward is for the pilot
_UNDER_CANOPY: Final = 3.0  # times the usual rate bands: the quick swing is damped, the slow pendulum left alone
_STILL_RAD_S: Final = radians(0.9)  # turning slower than this with the stick let go, the attitude is held


# Looking a member up on its Enum costs a tenth of a microsecond in Python 3.11, and a tick has few to spare.
_CRUISE, _APPROACH, _ENTRY = Phase.CRUISE, Phase.APPROACH, Phase.ENTRY


class Capsule:
    """Everything that is flown before the backshell is off; the same face as `Craft`, whose engines it still hides.

    x, y, vx, vy, height_m   the stowed rover's frame, at the end of the last tick: reckoned when they are looked at
    cruise_stage_on, shield_on   still a part of it
    load_g         what air and riser give, in earth g
    q_pa, mach, airspeed_mps, incidence_rad, trim_rad   of the last tick's forces
    flux_w_cm2, shield_flux_w_cm2, back_flux_w_cm2  at the stagnation point of the flow, and at the hottest places
    """

    # What a capsule does not have yet.
    rover = None
    bridle = None
    is_cut = stage_down = False

    __slots__ = (
        "_above", "_aloft", "_anchor_m", "_damped", "_hold_rad", "_hull", "_located", "_lumps", "_mass_factor",
        "_placed", "_planet", "_space", "_spec", "_terrain", "_vehicle", "_weighed_kg", "_whole", "aerodynamics",
        "airspeed_mps", "at_rest", "back_flux_w_cm2", "bank", "chute", "control", "cruise_stage_on", "engines",
        "flux_w_cm2", "heat", "incidence_rad", "load_g", "mach", "propellant_kg", "pushed", "q_pa",
        "shield_flux_w_cm2", "shield_on", "thrusters", "trim_rad", "trim_share"
    )  # fmt: skip

    def __init__(self, spec: FlightSpec, drawn: Drawn, space: pymunk.Space, aloft: Aloft, pose: Pose) -> None:
        """`pose` of the centre of mass; its angle that of the body."""
        vehicle = spec.vehicle
        self._spec, self._vehicle, self._space, self._aloft = spec, vehicle, space, aloft
        self._planet, self._terrain = aloft.planet, aloft.terrain
        self._damped = spec.control_law is ControlLaw.DAMPED
        self._mass_factor = drawn.mass
        self.propellant_kg = spec.start.propellant_kg
        self.aerodynamics = Aerodynamics(vehicle.aeroshell, drawn.capsule_drag, drawn.lift)
        self.bank = Bank(vehicle.aeroshell, spec.start.lift)
        self.thrusters = Thrusters(vehicle.aeroshell.thrusters)
        self.heat = ShieldHeat(vehicle.heat_shield)
        self.chute = Deployment(vehicle.parachute, Parachute(vehicle.parachute, drawn.parachute_drag), space)
        self._above = Surroundings(aloft.planet, aloft.air)  # of the canopy, half a hundred metres up
        self.engines = Engines(vehicle.descent_stage.engines, drawn.thrust, drawn.isp)
        self.control = Control(vehicle.control, spec.control_law)

        self._lumps = on_board(vehicle, spec.start.phase, self._mass_factor, self.propellant_kg)
        self.cruise_stage_on, self.shield_on = Part.CRUISE_STAGE in self._lumps, Part.HEAT_SHIELD in self._lumps
        self._whole = joined(self._lumps.values())
        self._anchor_m = self._anchor()
        self._weighed_kg = self.propellant_kg
        self.pushed = Mover(self._whole.mass_kg, self._whole.inertia_kg_m2, pose)
        space.add(self.pushed.body)
        self._hull: pymunk.Poly | None = None
        self._fit_hull()
        self.at_rest = False
        self._hold_rad: float | None = None
        self.trim_share = 1.0
        self.load_g = self.q_pa = self.mach = self.airspeed_mps = 0.0
        self.incidence_rad = self.trim_rad = 0.0
        self.flux_w_cm2 = self.shield_flux_w_cm2 = self.back_flux_w_cm2 = 0.0
        self._located, self._placed = False, (0.0, 0.0, 0.0, 0.0, 0.0)
        self._face(path_of(pose.vx_mps, pose.vy_mps))

    # --- what the flight commands ---

    def place(self, pose: Pose) -> None:
        """Be somewhere else: the flight has not been picked up yet."""
        body = self.pushed.body
        body.position, body.velocity = (pose.x_m, pose.y_m), (pose.vx_mps, pose.vy_mps)
        body.angle, body.angular_velocity = pose.angle_rad, pose.omega_rad_s
        self.read(0)
        self._face(path_of(self.pushed.vx, self.pushed.vy))

    def burn_cruise_fuel(self, burnt_kg: float) -> None:
        """The course correction has used so much of the cruise stage's own fuel."""
        ring = self._lumps[Part.CRUISE_STAGE]
        self._lumps[Part.CRUISE_STAGE] = Lump(ring.mass_kg - burnt_kg, ring.inertia_kg_m2, ring.x_m, ring.y_m)
        self._balance()

    def drop_cruise_stage(self, tick: int, tip_off_rad_s: float) -> None:
        """Springs part us, not quite evenly: we are left turning, and the ring the other way."""
        spec, ring = self._vehicle.cruise_stage, self._lumps[Part.CRUISE_STAGE]
        rest = joined(lump for part, lump in self._lumps.items() if part is not Part.CRUISE_STAGE)
        counter = tip_off_rad_s * rest.inertia_kg_m2 / ring.inertia_kg_m2
        self._let_go(Part.CRUISE_STAGE, tick, spec.drag_area_m2, push_mps=spec.push_mps,
                     turn_rad_s=-counter)  # fmt: skip
        self.pushed.body.angular_velocity += tip_off_rad_s
        self._read()

    def throw_balance(self, part: Part, tick: int) -> None:
        """Let go of one piece of ballast: tungsten, small and heavy."""
        self._let_go(part, tick, 0.01 * self._lumps[part].mass_kg ** (2.0 / 3.0))

    def drop_heat_shield(self, tick: int) -> None:
        spec = self._vehicle.heat_shield
        self._let_go(Part.HEAT_SHIELD, tick, spec.drag_area_m2, push_mps=-spec.push_mps,
                     outline_m=spec.outline_m)  # fmt: skip

    def carries(self, part: Part) -> bool:
        return part in self._lumps

    def stretch_lines(self, tick: int, wind_x_mps: float, wind_y_mps: float) -> None:
        """The mortar's bag is at the end of its lines: from now on a canopy hangs on us."""
        self._lumps.pop(Part.PARACHUTE)
        self._balance()
        self.chute.stretch(tick, self.pushed, self._anchor_m, (wind_x_mps, wind_y_mps))

    def crash(self) -> None:
        """The ground takes all our speed: metal crumples, where a rigid body would bounce or go on down."""
        body = self.pushed.body
        body.position = (self.pushed.x, self.pushed.y - min(self.height_m, 0.0))
        body.velocity, body.angular_velocity = (0.0, 0.0), 0.0
        body.body_type = pymunk.Body.STATIC
        self._read()
        self.at_rest = True
        self.thrusters.rest()
        self.load_g = 0.0

    def leave(self, tick: int) -> tuple[Pose, Pose, Pose | None]:
        """Drop out of the backshell: poses of the stage's frame, of the backshell and of the canopy, all as they move.

        Ballast that had no time to go falls by itself; the body leaves the Space, for what comes next brings its own.
        """
        for part in (*CRUISE_MASSES, *ENTRY_MASSES):
            if part in self._lumps:
                self.throw_balance(part, tick)
        stage, shell = self._pose_of(Part.DESCENT_STAGE), self._pose_of(Part.BACKSHELL)
        canopy = self.chute.release()
        if self._hull is not None:
            self._space.remove(self._hull)
        self._space.remove(self.pushed.body)
        return stage, shell, canopy

    # --- one tick, in the order of flight.py ---

    def steer(self, command: Command, phase: Phase) -> None:
        """Where the lift should point, and which thrusters fire."""
        thrusters = self.thrusters
        if phase is _CRUISE or self.at_rest:
            thrusters.rest()
            return
        lever, bank = command.tilt / TILT_MAX, self.bank
        if phase is _ENTRY and self._damped and lever != bank.wanted_lift:
            bank.want(lever)
        if bank.turning:
            bank.step()
        if not self._damped:
            thrusters.push(-lever)
        elif phase is _APPROACH:
            self._hold_rate(-lever * thrusters.full_rate_rad_s)
        elif self.chute.out:
            thrusters.turn(-self.pushed.omega, _UNDER_CANOPY)
        else:
            away_rad = remainder(self.trim_rad - self.incidence_rad, tau)
            if abs(away_rad) > _CAPTURE_RAD:
                self._hold_rate(0.0)
            else:
                thrusters.seek(away_rad, self.pushed.omega)

    def push(self, tick: int, here: Met, gust_mps: float) -> bool:
        """All forces for the coming step, in these surroundings. True in the tick that burns the last propellant."""
        if self.at_rest:
            return False
        pushed = self.pushed
        density_kg_m3, sound_mps, wind_x, wind_y, gx, gy = here
        along, up = pushed.vx - wind_x, pushed.vy - wind_y
        self.airspeed_mps = airspeed = sqrt(along * along + up * up) or 1.0
        self.mach = mach = airspeed / sound_mps
        self.q_pa = q_pa = 0.5 * density_kg_m3 * airspeed * airspeed
        self.incidence_rad = incidence = remainder(pushed.pangle - 0.5 * pi - atan2(up, along), tau)
        aerodynamics = self.aerodynamics
        drag, trim, damping = aerodynamics.at(mach)
        # A blunt capsule that should be lifted leans its heat shield down: clockwise.
        self.trim_rad = seek = -trim * self.bank.lift * self.trim_share
        drag_n, lift_n, moment = aerodynamics.forces_with(
            drag if self.shield_on else aerodynamics.open_drag_coefficient,
            0.5 * damping * pushed.omega / airspeed, q_pa * aerodynamics.area_m2, incidence, seek,
        )  # fmt: skip
        flow_x, flow_y = along / airspeed, up / airspeed
        fx, fy = -drag_n * flow_x - lift_n * flow_y, -drag_n * flow_y + lift_n * flow_x
        burnt_out = False
        if self.thrusters.firing:
            turning, burnt_kg = self.thrusters.step(self.propellant_kg)
            moment += turning
            self.propellant_kg -= burnt_kg
            burnt_out = bool(burnt_kg) and self.propellant_kg <= 0.0
        mass_kg, chute = pushed.mass_kg, self.chute
        felt_x, felt_y = fx, fy
        if chute.out:
            moment -= self._vehicle.parachute.swing_damping_n_m_s * pushed.omega
            c, s = cos(pushed.pangle), sin(pushed.pangle)
            x_m, y_m = self._anchor_m
            hangs_from = pushed.px + c * x_m - s * y_m, pushed.py + s * x_m + c * y_m
            chute.push(tick, self._above.at(*chute.motion(), gust_mps), hangs_from)
            felt_x, felt_y = fx - chute.load_n * flow_x, fy - chute.load_n * flow_y
        self.load_g = sqrt(felt_x * felt_x + felt_y * felt_y) / (mass_kg * STANDARD_GRAVITY_MPS2)
        pushed.push(fx + mass_kg * gx, fy + mass_kg * gy, moment)
        return burnt_out

    def read(self, tick: int) -> None:
        """Take the new state over."""
        self.pushed.read()
        self._located = False
        if self.chute.out:
            self.chute.read(tick)

    def warm(self, density_kg_m3: float, dt_s: float) -> None:
        """Heat for so long, by the flow of now; and mass, as propellant is used."""
        flux = stagnation_flux_w_m2(density_kg_m3, self.airspeed_mps, self._vehicle.aeroshell.nose_radius_m)
        lee, incidence_rad = self._vehicle.backshell.lee_share, self.incidence_rad
        self.flux_w_cm2 = flux * W_CM2
        self.shield_flux_w_cm2 = flux * shield_share(incidence_rad, lee) * W_CM2
        self.back_flux_w_cm2 = flux * back_share(incidence_rad, lee) * W_CM2
        if self.shield_on:
            self.heat.step(self.shield_flux_w_cm2 / W_CM2, dt_s)
        if self.propellant_kg != self._weighed_kg:
            self._weighed_kg = self.propellant_kg
            self._lumps[Part.DESCENT_STAGE] = stage_lump(
                self._vehicle.descent_stage, self._mass_factor, self.propellant_kg
            )
            self._balance()

    # --- what can be seen of it ---

    @property
    def mass_kg(self) -> float:
        return self._whole.mass_kg

    @property
    def known_pushed_kg(self) -> float:
        """What the craft takes its mass to be: nominal parts, and the propellant that is left."""
        stack_kg = self._lumps[Part.ROVER].mass_kg + self._lumps[Part.DESCENT_STAGE].mass_kg - self.propellant_kg
        return self._whole.mass_kg - stack_kg * (1.0 - 1.0 / self._mass_factor)

    @property
    def known_moved_kg(self) -> float:
        return self.known_pushed_kg

    @property
    def downrange_m(self) -> float:
        return self._planet.downrange_m(self.x, self.y)

    def placed(self) -> tuple[float, float, float, float, float]:
        """(x, y, vx, vy) of the rover's frame, as in craft.py, and its height above the ground."""
        if self._located:
            return self._placed
        pushed, vehicle = self.pushed, self._vehicle
        x_m, y_m = -self._whole.x_m, -vehicle.descent_stage.rover_below_m - self._whole.y_m
        c, s = cos(pushed.angle), sin(pushed.angle)
        dx, dy = c * x_m - s * y_m, s * x_m + c * y_m
        x, y = pushed.x + dx, pushed.y + dy
        low_m = lowest_point_m(vehicle.rover, c, s, vehicle.rover.stowed_lift_m)
        ground_m = self._terrain.altitude_at(self._planet.downrange_m(x, y))
        self._placed = (
            x, y, pushed.vx - pushed.omega * dy, pushed.vy + pushed.omega * dx,
            self._planet.altitude_m(x, y) + low_m - ground_m,
        )  # fmt: skip
        self._located = True
        return self._placed

    @property
    def x(self) -> float:
        return self.placed()[0]

    @property
    def y(self) -> float:
        return self.placed()[1]

    @property
    def vx(self) -> float:
        return self.placed()[2]

    @property
    def vy(self) -> float:
        return self.placed()[3]

    @property
    def height_m(self) -> float:
        """From the stowed rover's lowest point to the measured ground below, along the vertical of the place."""
        return self.placed()[4]

    @property
    def stage_height_m(self) -> float:
        return self.height_m

    def parts(self) -> dict[Part, Pose]:
        """Poses of all that is on board, and of the canopy that hangs out of it."""
        rover = self._pose_of(Part.ROVER)
        poses = {
            Part.ROVER: rover,
            Part.BOGIE: stowed_bogie_pose(self._vehicle.rover, rover),
            Part.DESCENT_STAGE: self._pose_of(Part.DESCENT_STAGE),
            Part.BACKSHELL: self._pose_of(Part.BACKSHELL),
        }
        hangs_from = self.pushed.pose_of(*self._anchor_m)
        canopy = self.chute.pose((hangs_from.x_m, hangs_from.y_m))
        if canopy:
            poses[Part.PARACHUTE] = canopy
        for part in (Part.HEAT_SHIELD, Part.CRUISE_STAGE):
            if part in self._lumps:
                poses[part] = self._pose_of(part)
        return poses

    def fly_down(self) -> dict[Part, float]:
        """Where all that is on board comes to rest, flown to the ground at once; nothing if that is nowhere."""
        area_m2 = self.aerodynamics.area_m2 * self.aerodynamics.drag_coefficient(self.mach)
        if self.chute.out:
            area_m2 += (1.0 - self.chute.lost) * self.chute.chute.drag_area_m2(0.5)
        x_m = landfall_m(
            (self.x, self.y, self.vx, self.vy), self.mass_kg, area_m2,
            planet=self._planet, air=self._aloft.air, terrain=self._terrain,
        )  # fmt: skip
        if x_m is None:
            return {}
        canopy = (Part.PARACHUTE,) if self.chute.out else ()
        return dict.fromkeys((*self._lumps, *canopy), x_m)

    def state(self) -> list[float]:
        """For the digest."""
        numbers = [*self.pushed.state(), self.propellant_kg, self._weighed_kg, self.thrusters.firing, self.trim_share]
        numbers += [*self.bank.state(), *self.heat.state(), *self.chute.state(), float(len(self._lumps))]
        numbers.append(-10.0 if self._hold_rad is None else self._hold_rad)
        # The coming tick steers by the flow of the last one, and heats by its speed.
        numbers += [self.incidence_rad, self.trim_rad, self.airspeed_mps]
        return numbers

    # --- inside ---

    def _read(self) -> None:
        """Take over what was done to the body; where the rover is will be reckoned anew."""
        self.pushed.read()
        self._located = False

    def _face(self, path_rad: float) -> None:
        """Where the flow comes from, and how far the heat shield is turned out of it."""
        self.incidence_rad = remainder(self.pushed.pangle - 0.5 * pi - path_rad, tau)

    def _hold_rate(self, wanted_rad_s: float) -> None:
        """Turn as the stick says; with the stick let go, hold the attitude once the turn has died away."""
        pushed, thrusters = self.pushed, self.thrusters
        if wanted_rad_s:
            self._hold_rad = None
        elif self._hold_rad is None and abs(pushed.omega) < _STILL_RAD_S:
            self._hold_rad = pushed.angle
        if self._hold_rad is None:
            thrusters.turn(wanted_rad_s - pushed.omega)
        else:
            thrusters.seek(self._hold_rad - pushed.angle, pushed.omega)

    def _let_go(
        self,
        part: Part,
        tick: int,
        area_m2: float,
        *,
        push_mps: float = 0.0,
        turn_rad_s: float = 0.0,
        outline_m: Table = (),
    ) -> None:
        """One body becomes two: mass, momentum and turning are kept; springs push them apart along the axis."""
        pushed, piece = self.pushed, self._lumps[part]
        at = pushed.pose_of(piece.x_m - self._whole.x_m, piece.y_m - self._whole.y_m)
        up_x, up_y = -sin(at.angle_rad), cos(at.angle_rad)
        self._lumps.pop(part)
        self.cruise_stage_on, self.shield_on = Part.CRUISE_STAGE in self._lumps, Part.HEAT_SHIELD in self._lumps
        self._balance()
        share = self._whole.mass_kg / (self._whole.mass_kg + piece.mass_kg)
        own = push_mps * share
        pose = Pose(
            at.x_m, at.y_m, at.angle_rad, at.vx_mps + own * up_x, at.vy_mps + own * up_y, at.omega_rad_s + turn_rad_s
        )
        vx, vy = pushed.body.velocity
        back = push_mps - own
        pushed.body.velocity = (vx - back * up_x, vy - back * up_y)
        # The springs push along the piece's axis, a little beside our centre of mass.
        beside_m = piece.x_m - self._whole.x_m
        pushed.body.angular_velocity -= back * self._whole.mass_kg * beside_m / self._whole.inertia_kg_m2
        self._read()
        self._aloft.throw(part, piece, area_m2, pose, outline_m, tick)

    def _balance(self) -> None:
        """Reckon mass, inertia and centre of mass anew; the parts stay where they are and move as they do."""
        old, self._whole = self._whole, joined(self._lumps.values())
        self._anchor_m = self._anchor()
        pushed, whole = self.pushed, self._whole
        pose = pushed.pose_of(whole.x_m - old.x_m, whole.y_m - old.y_m)
        body = pushed.body
        body.position, body.velocity = (pose.x_m, pose.y_m), (pose.vx_mps, pose.vy_mps)
        pushed.set_mass(whole.mass_kg, whole.inertia_kg_m2)
        self._read()
        if abs(whole.y_m - old.y_m) > 1e-3:
            self._fit_hull()
            self.chute.tie(pushed, self._anchor_m)

    def _fit_hull(self) -> None:
        """The backshell's outline, for what could strike us, where the centre of mass now leaves it."""
        if self._hull is not None:
            self._space.remove(self._hull)
        dx, dy = -self._whole.x_m, self._vehicle.backshell.above_stage_m - self._whole.y_m
        corners = [(x + dx, y + dy) for x, y in self._vehicle.backshell.outline_m]
        self._hull = pymunk.Poly(self.pushed.body, corners)
        self._hull.collision_type = Touch.CAPSULE
        self._hull.friction = self._vehicle.backshell.friction
        self._space.add(self._hull)

    def _anchor(self) -> tuple[float, float]:
        """Where the riser is fastened, in the body's axes."""
        shell = self._vehicle.backshell
        return -self._whole.x_m, shell.above_stage_m + shell.riser_y_m - self._whole.y_m

    def _pose_of(self, part: Part) -> Pose:
        """The pose of a part's own frame."""
        if part is Part.ROVER:  # whose frame starts where its centre of mass will be with the wheels out
            x_m, y_m = 0.0, -self._vehicle.descent_stage.rover_below_m
        else:
            x_m, y_m = self._lumps[part].x_m, self._lumps[part].y_m
        return self.pushed.pose_of(x_m - self._whole.x_m, y_m - self._whole.y_m)


def standing(path_rad: float, incidence_deg: float) -> float:
    """The body's angle for this incidence on this flight path."""
    return 0.5 * pi + path_rad + radians(incidence_deg)


def path_of(vx_mps: float, vy_mps: float) -> float:
    """The flight path's angle in the frame."""
    return atan2(vy_mps, vx_mps) if hypot(vx_mps, vy_mps) else -0.5 * pi
