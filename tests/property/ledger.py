"""Who worked on what in a tick: what is left over has come from nothing, or was taken by the air and the ground."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import cos, hypot, radians, sin, sqrt
from typing import Final

import pymunk

from game.sim.contacts import Touch, mask
from game.sim.events import Event, EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.planet import STANDARD_GRAVITY_MPS2
from game.sim.snapshot import Part, Pose
from game.sim.spec import DT_S
from game.sim.stowage import CRUISE_MASSES, ENTRY_MASSES
from tests.property.energy import Motion, energy_j, motion_of, part_energy_j
from tests.property.joints import Joint, bias_of, joint_of, shifted_mps

ROUNDING: Final = 1e-13  # of the energies in play: a few hundred units in the last place
_WIDE_M: Final = 3.0  # no part of the stowed craft is farther than this from its centre of mass
_GRAVITY_MPS2: Final = 3.8
_POINT_KG_M2: Final = 1e-3  # stowage.py's moment of inertia of what is small
_MOVED_M: Final = 1e-9
_FORGOTTEN: Final = 0.8  # of what a contact has taken is left to be given back after a tick: half is gone after three
_ANYTHING: Final = mask(*Touch)
# One body becomes several, or several one: the sums are compared, not each body with itself.
_PARTINGS: Final = frozenset({
    EventName.CRUISE_STAGE_SEPARATION, EventName.BALANCE_MASS, EventName.LINE_STRETCH,
    EventName.HEAT_SHIELD_SEPARATION, EventName.BACKSHELL_SEPARATION, EventName.ROVER_RELEASE,
})  # fmt: skip


@dataclass(frozen=True)
class Cord:
    """One cord: how much longer it is than unloaded, and how fast that grows; negative when it is slack.

    speed_mps  of one end seen from the other, also across
    """

    stiffness_n_m: float
    over_m: float
    rate_mps: float
    length_m: float
    speed_mps: float

    @property
    def ahead_m(self) -> float:
        return self.over_m + 0.5 * DT_S * self.rate_mps

    @property
    def energy_j(self) -> float:
        return _spring_j(self.stiffness_n_m, self.over_m, self.rate_mps) if self.ahead_m > 0.0 else 0.0


@dataclass(frozen=True)
class Look:
    """What must be known from the end of one tick to say who worked in the next."""

    bodies: dict[pymunk.Body, Motion]
    craft: frozenset[pymunk.Body]
    lit: int
    centre: tuple[float, float]
    load_g: float
    springs_j: float
    joints: dict[pymunk.Constraint, Joint]
    cords: tuple[Cord, ...]


@dataclass
class Tick:
    """Energy gained by the bodies beyond what was worked on them, and how much of that is accounted for."""

    gained_j: float = 0.0
    allowed: dict[str, float] = field(default_factory=dict)

    def allow(self, why: str, joules: float) -> None:
        self.allowed[why] = self.allowed.get(why, 0.0) + joules

    @property
    def beyond_j(self) -> float:
        return self.gained_j - sum(self.allowed.values())


class Ledger:
    """Reckons one flight in calm air, tick by tick: `after` each step, with the events that it brought.

    Exactly reckoned, with nothing allowed for them: gravity and the turning of the frame, thrust and moment of the
    engines, the moment of the thrusters, the springs of the bogie and of the cords. Allowed, each by its own figures:

    rounding     a few hundred units in the last place of the energies
    burnt        propellant leaves from where the tanks are, not from the centre of mass that it is reckoned at
    springs, mortar, taut cords  what a parting gives by the vehicle's figures; Coriolis: of the second order in the
                 tick of a parting, where new bodies have no old velocity
    last burn    engines that go out do not say what they gave in their last tick
    joints       joints.py
    cords        a spring that begins or ends to pull within a tick is followed in whole ticks only: k (v dt / 2)^2; one
                 that pulls and swings is off in the third order: k (v dt / 2)^3 over its length
    pushed out   the engine moves bodies out of each other without a speed, which can lift them and stretch the cords
    lying, given back  contacts take, but the solver of the engine is not done after its iterations: what it took a few
                 ticks ago can come back in part, and what lies keeps up to the speed that gravity gives in a tick

    Everything else that acts, air and damping, can only take.
    """

    def __init__(self, flight: Flight) -> None:
        self.flight, self._planet, self._vehicle = flight, flight.planet, flight.spec.vehicle
        self._hidden_m = self._taken_j = 0.0
        self._biases: dict[pymunk.Constraint, float] = {}
        self._away: set[Part] = set(flight.snapshot().parts)
        self._last = self._look()

    def after(self, events: tuple[Event, ...]) -> Tick:
        names = {event.name for event in events}
        last = self._last
        if EventName.ROVER_RELEASE in names:
            self._hidden_m = self._hidden_by(last.load_g)
        now = self._last = self._look()
        tick = Tick()
        if self.flight.phase is Phase.COURSE:
            return tick  # nothing is flown yet: the plan moves, and the craft is put where it leads
        tick.gained_j = now.springs_j - last.springs_j
        self._round(tick, now)
        partings = names & _PARTINGS
        if not self.flight.arrival:
            partings.discard(EventName.BACKSHELL_SEPARATION)  # told in the first tick of a flight that starts after it
        if partings:
            self._sum(tick, last, now, partings)
        else:
            self._each(tick, last, now)
        biases: dict[pymunk.Constraint, float] = {}
        for constraint, joint in now.joints.items():
            was = last.joints.get(constraint, joint)
            bias = bias_of(constraint, was, now.bodies) + shifted_mps(constraint, was, joint, now.bodies)
            # The impulse works along the mean of the speeds before and after, and each is as the joint was drawn then.
            tick.allow("joints", 0.5 * (self._biases.get(constraint, bias) + bias) * abs(constraint.impulse))
            biases[constraint] = bias
        self._biases = biases
        self._engines(tick, last, now)
        self._thrusters(tick, last, now, parting=bool(partings))
        self._cords(tick, last, now)
        self._touch(tick)
        return tick

    # --- the bodies ---

    def _look(self) -> Look:
        flight = self.flight
        craft, landing = flight.craft, flight.landing
        centre = (0.0, 0.0)
        springs_j = 0.5 * self._vehicle.rover.bogie_stiffness_n_m * radians(self._vehicle.rover.stowed_bogie_deg) ** 2
        cords: tuple[Cord, ...] = ()
        own = [craft.pushed.body]
        if landing:
            pushed, rover = landing.craft.pushed, landing.craft.rover
            stage = landing.craft.above_stage(0.0)
            dx, dy = pushed.x - stage.x_m, pushed.y - stage.y_m
            c, s = cos(pushed.angle), sin(pushed.angle)
            centre = (c * dx + s * dy, c * dy - s * dx)
            if rover:
                own += rover.bodies()
                cords = self._taut()
                springs_j = self._bogie_j() + sum(cord.energy_j for cord in cords)
        bodies = {body: motion_of(body) for body in flight.aloft.space.bodies}
        joints = {constraint: joint_of(constraint) for constraint in flight.aloft.space.constraints}
        return Look(bodies, frozenset(own), craft.engines.lit, centre, craft.load_g, springs_j, joints, cords)

    def _each(self, tick: Tick, last: Look, now: Look) -> None:
        """The same bodies as before; one that comes near or goes far begins or ends to count."""
        planet = self._planet
        for body, at in now.bodies.items():
            was = last.bodies.get(body)
            if was is None or at.fixed or was.fixed:
                continue
            mass_kg, inertia = at.mass_kg, at.inertia_kg_m2
            tick.gained_j += energy_j(planet, mass_kg, inertia, at) - energy_j(planet, mass_kg, inertia, was)
            # The force is taken from the old velocity, and so does the work of that on the new one.
            turned = was.vx_mps * at.vy_mps - was.vy_mps * at.vx_mps
            tick.gained_j -= planet.spin_rad_s * mass_kg * DT_S * turned
            # Out of the ground and out of each other bodies are moved without a speed.
            x_m, y_m = was.x_m + was.vx_mps * DT_S, was.y_m + was.vy_mps * DT_S
            moved_m = hypot(at.x_m - x_m, at.y_m - y_m)
            if moved_m > _MOVED_M:
                bridle = self.flight.craft.bridle
                if bridle and body in now.craft:  # against the cords, too, whose pull does not know of it yet
                    stiffness = sum(cord.stiffness_n_m for cord in now.cords)
                    tick.allow("pushed out", moved_m * (bridle.load_n + moved_m * stiffness))
                there = replace(at, x_m=x_m, y_m=y_m)
                tick.allow(
                    "pushed out", energy_j(planet, mass_kg, inertia, at) - energy_j(planet, mass_kg, inertia, there)
                )
            burnt_kg = was.mass_kg - mass_kg
            if burnt_kg:
                beside_mps = abs(at.omega_rad_s) * _WIDE_M
                tick.allow("burnt", burnt_kg * (_GRAVITY_MPS2 * _WIDE_M + (at.speed_mps + beside_mps) * beside_mps))

    def _sum(self, tick: Tick, last: Look, now: Look, names: set[EventName]) -> None:
        """All before and all after, also what has left the Space with this tick."""
        planet, vehicle = self._planet, self._vehicle
        bodies = now.bodies
        if EventName.ROVER_RELEASE in names:  # a backshell that comes near in this very tick begins to count
            bodies = {body: at for body, at in bodies.items() if body in last.bodies or body in now.craft}
        for motions, sign in ((bodies, 1.0), (last.bodies, -1.0)):
            for at in motions.values():
                tick.gained_j += sign * energy_j(planet, at.mass_kg, at.inertia_kg_m2, at)
                # By how much the Coriolis force turns a velocity in a tick, which no more than that may lengthen it.
                tick.allow("Coriolis", 0.5 * at.mass_kg * (2.0 * planet.spin_rad_s * at.speed_mps * DT_S) ** 2)
        truth = self.flight.snapshot()
        for part in (*CRUISE_MASSES, *ENTRY_MASSES):
            if part in truth.parts and part not in self._away:
                self._away.add(part)
                mass_kg = vehicle.cruise_stage.balance_mass_kg
                if part in ENTRY_MASSES:
                    mass_kg = 2.0 * vehicle.aeroshell.balance_mass_kg
                # Before the step they have only gone straight on since, as a part far away is shown.
                late_s = DT_S if EventName.BACKSHELL_SEPARATION in names else 0.0
                tick.gained_j += part_energy_j(planet, mass_kg, _POINT_KG_M2, _earlier(truth.parts[part], late_s))
        self._part(tick, last, now, names)

    def _part(self, tick: Tick, last: Look, now: Look, names: set[EventName]) -> None:
        """What springs and a mortar give, by the vehicle's figures."""
        planet, vehicle, flight = self._planet, self._vehicle, self.flight
        at = now.bodies[flight.craft.pushed.body]
        if EventName.CRUISE_STAGE_SEPARATION in names and flight.arrival:
            ring = vehicle.cruise_stage
            ring_kg = max(was.mass_kg for was in last.bodies.values()) - at.mass_kg
            pose = flight.snapshot().parts[Part.CRUISE_STAGE]
            tick.gained_j += part_energy_j(planet, ring_kg, ring.inertia_kg_m2, _earlier(pose, DT_S))
            tip_off = 1.5 * radians(ring.tip_off_deg_s)
            turned_j = 0.5 * at.inertia_kg_m2 * tip_off**2 * (1.0 + at.inertia_kg_m2 / ring.inertia_kg_m2)
            tick.allow("springs", _pushed_j(at, ring_kg, ring.push_mps) + turned_j)
        if EventName.HEAT_SHIELD_SEPARATION in names:
            shield = vehicle.heat_shield
            tick.allow("springs", _pushed_j(at, shield.mass_kg, shield.push_mps))
        if EventName.LINE_STRETCH in names:
            self._away.add(Part.PARACHUTE)
            chute = vehicle.parachute
            tick.allow("mortar", chute.mass_kg * _GRAVITY_MPS2 * (chute.lines_m + chute.riser_m + _WIDE_M))
        if EventName.BACKSHELL_SEPARATION in names and Part.PARACHUTE not in self._away:
            # Without a canopy yet, it is where stretched lines would hold it.
            chute = vehicle.parachute
            tick.allow("mortar", chute.mass_kg * _GRAVITY_MPS2 * (chute.lines_m + chute.riser_m + _WIDE_M))
        if EventName.ROVER_RELEASE in names:
            tick.allow("taut cords", 2.0 * self._cords_pull_n(last.load_g) * self._hidden_m)

    def _touch(self, tick: Tick) -> None:
        """Contacts take. The engine's solver is not done after its iterations, and gives a part back soon after."""
        touching = self.flight.contacts.met_any(_ANYTHING, _ANYTHING)
        if touching and tick.beyond_j < 0.0:
            self._taken_j -= tick.beyond_j
        elif touching:
            # Gravity gives what lies a speed in each tick, which the solver takes back to within as much.
            joules = sum(0.5 * at.mass_kg * (_GRAVITY_MPS2 * DT_S) ** 2 for at in self._last.bodies.values())
            tick.allow("lying", min(joules, max(tick.beyond_j, 0.0)))
            given_j = min(tick.beyond_j, self._taken_j)
            self._taken_j -= given_j
            tick.allow("given back", given_j)
        self._taken_j *= _FORGOTTEN

    def _cords(self, tick: Tick, last: Look, now: Look) -> None:
        """A cord that becomes taut or slack, or swings round, within a tick is followed in whole ticks only."""
        for cord in last.cords if not now.cords else ():  # cut, just as it becomes taut
            tick.allow("cords", max(-cord.energy_j, 0.0))
        for before, after in zip(last.cords, now.cords, strict=False):
            behind_m = after.over_m - 0.5 * DT_S * before.rate_mps
            taut = (before.ahead_m > 0.0, behind_m > 0.0, after.over_m > 0.0, after.ahead_m > 0.0)
            if any(taut) and not all(taut):
                rate2 = max(before.rate_mps**2, after.rate_mps**2)
                tick.allow("cords", after.stiffness_n_m * (0.5 * DT_S) ** 2 * rate2)
            elif any(taut):
                way_m = 0.5 * DT_S * max(before.speed_mps, after.speed_mps)
                tick.allow("cords", after.stiffness_n_m * way_m**3 / after.length_m)

    def _round(self, tick: Tick, now: Look) -> None:
        for at in now.bodies.values():
            joules = energy_j(self._planet, at.mass_kg, at.inertia_kg_m2, at)
            tick.allow("rounding", ROUNDING * (joules + at.mass_kg * self._planet.radius_m * _GRAVITY_MPS2))

    # --- who works ---

    def _engines(self, tick: Tick, last: Look, now: Look) -> None:
        """Thrust and moment of the descent stage's engines, as they act at the predicted pose."""
        craft, spec = self.flight.craft, self._vehicle.descent_stage.engines
        engines, body = craft.engines, craft.pushed.body
        at = now.bodies[body]
        if at.fixed:
            return
        was = last.bodies.get(body, at)
        fastest_mps = max(at.speed_mps, was.speed_mps) + _WIDE_M * max(abs(at.omega_rad_s), abs(was.omega_rad_s))
        if not engines.lit:
            if last.lit:  # they burnt in this tick or were switched off before it: the engines do not say
                tick.allow("last burn", last.lit * spec.max_thrust_n * fastest_mps * DT_S)
            return
        splayed, canted = radians(spec.splayed_deg), radians(spec.canted_deg)
        cants = (splayed,) if engines.lit == 4 else (splayed, canted)
        axial = 2.0 * sum(cos(cant) for cant in cants)
        lateral = 2.0 * sum(sin(cant) for cant in cants) * cos(radians(spec.cant_azimuth_deg))
        parted = body not in last.bodies
        centre_x, centre_y = (0.0, 0.0) if parted else last.centre
        arm_m = spec.arm_m * axial - (spec.drop_m + centre_y) * lateral
        up, down = engines.uprange_n, engines.downrange_n
        along_n, across_n = axial * (up + down), lateral * (up - down)
        moment = arm_m * (down - up) - centre_x * along_n
        angle = was.angle_rad + (0.0 if parted else was.omega_rad_s * DT_S)
        c, s = cos(angle), sin(angle)
        fx, fy = c * across_n - s * along_n, s * across_n + c * along_n
        work = 0.5 * (fx * (was.vx_mps + at.vx_mps) + fy * (was.vy_mps + at.vy_mps))
        work += 0.5 * moment * (was.omega_rad_s + at.omega_rad_s)
        tick.gained_j -= work * DT_S
        if parted:  # of the new body only the new velocity is known
            tick.allow("parted burn", along_n * DT_S * (along_n / at.mass_kg * DT_S + _WIDE_M * abs(at.omega_rad_s)))

    def _thrusters(self, tick: Tick, last: Look, now: Look, *, parting: bool) -> None:
        """The backshell's pairs of thrusters, which only turn us."""
        arrival = self.flight.arrival
        if arrival is None or self.flight.landing:
            return
        capsule = arrival.capsule
        at, was = now.bodies[capsule.pushed.body], last.bodies[capsule.pushed.body]
        moment = self._vehicle.aeroshell.thrusters.moment_nm * capsule.thrusters.firing
        if parting:
            tick.allow("thrusters", abs(moment) * max(abs(at.omega_rad_s), abs(was.omega_rad_s)) * DT_S)
        else:
            tick.gained_j -= 0.5 * moment * (was.omega_rad_s + at.omega_rad_s) * DT_S

    # --- springs ---

    def _bogie_j(self) -> float:
        """The bogie's spring, half a tick on."""
        craft = self.flight.craft
        chassis, bogie = (motion_of(body) for body in craft.rover.bodies())
        stiffness = self._vehicle.rover.bogie_stiffness_n_m
        turned, rate = bogie.angle_rad - chassis.angle_rad, bogie.omega_rad_s - chassis.omega_rad_s
        return _spring_j(stiffness, turned, rate)

    def _taut(self) -> tuple[Cord, ...]:
        """The bridle's cords, and last its umbilical."""
        craft, spec, stage = self.flight.craft, self._vehicle.bridle, self._vehicle.descent_stage
        if craft.bridle is None or craft.at_rest:
            return ()
        gap_m = stage.rover_below_m - spec.rover_y_m + spec.stage_y_m
        drop_m = gap_m + craft.bridle.paid_m
        rover = craft.rover
        upper, lower = craft.pushed, rover.chassis
        found = []
        cords = [(a, b, sqrt((a - b) ** 2 + drop_m * drop_m) - self._hidden_m) for a, b in spec.cords_m]
        stiff = [spec.stiffness_n_m / len(cords) * (gap_m + spec.length_m) / length_m for _, _, length_m in cords]
        cords.append((0.0, 0.0, drop_m + spec.umbilical_slack_m))
        stiff.append(spec.umbilical_stiffness_n_m)
        for (stage_x, rover_x, length_m), stiffness in zip(cords, stiff, strict=True):
            above = upper.pose_of(stage_x, spec.stage_y_m)
            below = lower.pose_of(rover_x + rover.centre_x_m, spec.rover_y_m + rover.centre_y_m)
            dx, dy = below.x_m - above.x_m, below.y_m - above.y_m
            span_m = hypot(dx, dy)
            rate = (dx * (below.vx_mps - above.vx_mps) + dy * (below.vy_mps - above.vy_mps)) / span_m
            over_m = span_m - length_m
            across = hypot(below.vx_mps - above.vx_mps, below.vy_mps - above.vy_mps)
            found.append(Cord(stiffness, over_m, rate, length_m, across))
        return tuple(found)

    def _cords_pull_n(self, load_g: float) -> float:
        rover = self.flight.craft.rover
        return rover.mass_kg * load_g * STANDARD_GRAVITY_MPS2

    def _hidden_by(self, load_g: float) -> float:
        """How much shorter the cords are than their stowage, so that they take the load over: by half at most."""
        spec, stage = self._vehicle.bridle, self._vehicle.descent_stage
        gap_m = stage.rover_below_m - spec.rover_y_m + spec.stage_y_m
        taken_m = self._cords_pull_n(load_g) * gap_m / (spec.stiffness_n_m * (gap_m + spec.length_m))
        return min(taken_m, 0.5 * gap_m)


def _spring_j(stiffness: float, over: float, rate: float) -> float:
    """A spring's energy half a tick on. In steps it is the sum with this that is kept:

    half a tick on, a spring holds k (x + v h)^2 / 2, and gives k h^2 v^2 / 2 of that back in the next half.
    """
    ahead = over + 0.5 * DT_S * rate
    return 0.5 * stiffness * (ahead * ahead - 0.25 * DT_S * DT_S * rate * rate)


def _earlier(pose: Pose, seconds: float) -> Pose:
    return replace(pose, x_m=pose.x_m - seconds * pose.vx_mps, y_m=pose.y_m - seconds * pose.vy_mps)


def _pushed_j(at: Motion, part_kg: float, push_mps: float) -> float:
    """Springs part two bodies at this speed."""
    return 0.5 * at.mass_kg * part_kg / (at.mass_kg + part_kg) * push_mps**2
