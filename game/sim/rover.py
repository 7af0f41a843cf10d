"""The rover: chassis and rocker in one body, the bogie in another, three wheel pairs.

In our plane the differential between the two rockers holds the rocker to the chassis, so they are one body; the bogie
swings about its pivot on a spring and a damper between stops. The wheels do not turn: they stand on locked drives.
Until the rockers are free the wheels are held up against the belly; until the bogies are free the bogie is folded.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

import pymunk

from game.sim.bodies import Lump, Mover, joined
from game.sim.contacts import Lane, Touch
from game.sim.snapshot import Pose
from game.sim.spec import DT_S
from game.sim.vehicle_spec import RoverSpec

_GROUP: Final = 1  # the rover's own shapes do not touch each other


@dataclass(frozen=True, slots=True)
class RoverLumps:
    """Chassis and bogie in the rover's frame (origin: centre of mass with the wheels deployed)."""

    chassis: Lump
    bogie: Lump


def rover_lumps(spec: RoverSpec, mass_factor: float, *, stowed: bool) -> RoverLumps:
    """The rover's two pieces, wheels deployed or stowed; `mass_factor` is what a dispersed vehicle differs by."""
    bogie_kg = spec.bogie_mass_kg * mass_factor
    chassis_kg = spec.mass_kg * mass_factor - bogie_kg
    ratio = bogie_kg / chassis_kg
    # The frame's origin is the common centre of mass: the chassis balances the bogie.
    chassis_x, chassis_y = -ratio * spec.pivot_x_m, -ratio * spec.bogie_com_y_m
    inertia = (
        (spec.inertia_kg_m2 - spec.bogie_inertia_kg_m2) * mass_factor
        - bogie_kg * (spec.pivot_x_m**2 + spec.bogie_com_y_m**2)
        - chassis_kg * (chassis_x**2 + chassis_y**2)
    )
    lift, turn = (spec.stowed_lift_m, radians(spec.stowed_bogie_deg)) if stowed else (0.0, 0.0)
    hang = spec.bogie_com_y_m - spec.pivot_y_m
    bogie = Lump(
        bogie_kg,
        spec.bogie_inertia_kg_m2 * mass_factor,
        spec.pivot_x_m - hang * sin(turn),
        spec.pivot_y_m + lift + hang * cos(turn),
    )
    return RoverLumps(Lump(chassis_kg, inertia, chassis_x, chassis_y), bogie)


def stowed_shapes(spec: RoverSpec, body: pymunk.Body, x_m: float, y_m: float) -> list[pymunk.Shape]:
    """The stowed rover on the stack's body; (x_m, y_m) is the rover's origin from the body's centre of mass."""
    shapes: list[pymunk.Shape] = [_hull(spec, body, x_m, y_m)]
    for touch, wheel_x in zip((Touch.FRONT_WHEEL, Touch.MIDDLE_WHEEL, Touch.REAR_WHEEL), spec.wheel_x_m, strict=True):
        place = (x_m + wheel_x, y_m + spec.axle_y_m + spec.stowed_lift_m)
        shapes.append(_wheel(spec, body, place, touch))
    return shapes


def lowest_point_m(spec: RoverSpec, lean_cos: float, lean_sin: float, lift_m: float) -> float:
    """The wheels' lowest point seen from the rover's origin, in m (negative).

    For a rover that is more or less upright: upside down its mast would be lower.
    """
    half_base = 0.5 * (spec.wheel_x_m[0] - spec.wheel_x_m[2])
    return (spec.axle_y_m + lift_m) * lean_cos - half_base * abs(lean_sin) - spec.wheel_radius_m


class Rover:
    """The released rover: two bodies on a pivot, and the wheels that come down in their own time."""

    __slots__ = (
        "_bogie_offset",
        "_front",
        "_limit",
        "_pivot",
        "_spec",
        "_spring",
        "bogie",
        "centre_x_m",
        "centre_y_m",
        "chassis",
        "joints",
        "lift_m",
        "mass_kg",
        "released_s",
        "shapes",
        "wheels_ready",
    )  # fmt: skip

    def __init__(self, spec: RoverSpec, mass_factor: float, pose: Pose) -> None:
        """The rover as it leaves the stage: `pose` of its frame, wheels stowed, everything moving together."""
        self._spec = spec
        lumps = rover_lumps(spec, mass_factor, stowed=True)
        whole = joined((lumps.chassis, lumps.bogie))
        self.mass_kg = whole.mass_kg
        self.released_s = 0.0
        self.lift_m = spec.stowed_lift_m
        self.wheels_ready = False
        self.chassis = _body_in(pose, lumps.chassis, 0.0)
        self.bogie = _body_in(pose, lumps.bogie, radians(spec.stowed_bogie_deg))
        # The rover's origin as the chassis sees it.
        self.centre_x_m, self.centre_y_m = -lumps.chassis.x_m, -lumps.chassis.y_m
        self._bogie_offset = (0.0, spec.pivot_y_m - spec.bogie_com_y_m)

        chassis, bogie = self.chassis.body, self.bogie.body
        self._pivot = pymunk.PivotJoint(chassis, bogie, self._anchor(), self._bogie_offset)
        turn = radians(spec.stowed_bogie_deg)
        self._limit = pymunk.RotaryLimitJoint(chassis, bogie, turn, turn)
        self._spring = pymunk.DampedRotarySpring(
            chassis, bogie, 0.0, spec.bogie_stiffness_n_m, spec.bogie_damping_n_m_s
        )
        self.joints: list[pymunk.Constraint] = [self._pivot, self._limit, self._spring]
        for joint in self.joints:
            joint.collide_bodies = False

        _, middle_x, rear_x = spec.wheel_x_m
        self._front = _wheel(spec, chassis, self._front_place(), Touch.FRONT_WHEEL)
        axle = spec.axle_y_m - spec.bogie_com_y_m
        self.shapes: list[pymunk.Shape] = [
            _hull(spec, chassis, self.centre_x_m, self.centre_y_m),
            self._front,
            _wheel(spec, bogie, (middle_x - spec.pivot_x_m, axle), Touch.MIDDLE_WHEEL),
            _wheel(spec, bogie, (rear_x - spec.pivot_x_m, axle), Touch.REAR_WHEEL),
        ]

    def bodies(self) -> tuple[pymunk.Body, pymunk.Body]:
        return self.chassis.body, self.bogie.body

    def deploy(self) -> bool:
        """Let the wheels come down for one tick; True in the tick that makes them ready."""
        if self.wheels_ready:
            return False
        spec = self._spec
        self.released_s += DT_S
        rocker = min(max((self.released_s - spec.rocker_free_s) / spec.swing_down_s, 0.0), 1.0)
        lift_m = spec.stowed_lift_m * (1.0 - _smooth(rocker))
        if lift_m != self.lift_m:
            self.lift_m = lift_m
            self._pivot.anchor_a = self._anchor()
            self._front.unsafe_set_offset(self._front_place())
        bogie = min(max((self.released_s - spec.bogie_free_s) / spec.swing_down_s, 0.0), 1.0)
        if bogie > 0.0:
            turn = radians(spec.stowed_bogie_deg) * (1.0 - _smooth(bogie))
            self._limit.min = self._limit.max = turn
        if min(bogie, rocker) < 1.0:
            return False
        stop = radians(spec.bogie_limit_deg)
        self._limit.min, self._limit.max = -stop, stop
        self.wheels_ready = True
        return True

    def freeze(self, space: pymunk.Space) -> None:
        """Become part of the ground. Joints go first: the engine does not take them along."""
        space.remove(*self.joints)
        for body in self.bodies():
            body.velocity, body.angular_velocity = (0.0, 0.0), 0.0
            body.body_type = pymunk.Body.STATIC

    @property
    def wheels_out(self) -> float:
        """How far the rockers have come down, 0 to 1."""
        return 1.0 - self.lift_m / self._spec.stowed_lift_m if self._spec.stowed_lift_m else 1.0

    def pose(self) -> Pose:
        """Of the rover's frame."""
        return self.chassis.pose_of(self.centre_x_m, self.centre_y_m)

    def state(self) -> tuple[float, ...]:
        """For the digest. The bogie is read when it is looked at: no force on it needs to know where it is."""
        self.bogie.read()
        return *self.chassis.state(), *self.bogie.state(), self.lift_m, self.released_s

    def bogie_pose(self) -> Pose:
        """Of the bogie's frame: its pivot."""
        self.bogie.read()
        return self.bogie.pose_of(*self._bogie_offset)

    def _anchor(self) -> tuple[float, float]:
        return self.centre_x_m + self._spec.pivot_x_m, self.centre_y_m + self._spec.pivot_y_m + self.lift_m

    def _front_place(self) -> tuple[float, float]:
        return self.centre_x_m + self._spec.wheel_x_m[0], self.centre_y_m + self._spec.axle_y_m + self.lift_m


def stowed_bogie_pose(spec: RoverSpec, rover: Pose) -> Pose:
    """Of the folded bogie's frame (its pivot) on a stowed rover at this pose."""
    x_m, y_m = spec.pivot_x_m, spec.pivot_y_m + spec.stowed_lift_m
    c, s = cos(rover.angle_rad), sin(rover.angle_rad)
    dx, dy = c * x_m - s * y_m, s * x_m + c * y_m
    return Pose(
        rover.x_m + dx,
        rover.y_m + dy,
        rover.angle_rad + radians(spec.stowed_bogie_deg),
        rover.vx_mps - rover.omega_rad_s * dy,
        rover.vy_mps + rover.omega_rad_s * dx,
        rover.omega_rad_s,
    )


def _body_in(rover: Pose, lump: Lump, turn_rad: float) -> Mover:
    c, s = cos(rover.angle_rad), sin(rover.angle_rad)
    dx, dy = c * lump.x_m - s * lump.y_m, s * lump.x_m + c * lump.y_m
    omega = rover.omega_rad_s
    pose = Pose(
        rover.x_m + dx,
        rover.y_m + dy,
        rover.angle_rad + turn_rad,
        rover.vx_mps - omega * dy,
        rover.vy_mps + omega * dx,
        omega,
    )
    return Mover(lump.mass_kg, lump.inertia_kg_m2, pose)


def _hull(spec: RoverSpec, body: pymunk.Body, x_m: float, y_m: float) -> pymunk.Poly:
    hull = pymunk.Poly(body, [(x_m + x, y_m + y) for x, y in spec.outline_m])
    hull.collision_type = Touch.HULL
    hull.friction = spec.friction
    hull.filter = pymunk.ShapeFilter(group=_GROUP, categories=Lane.BELLY)
    return hull


def _wheel(spec: RoverSpec, body: pymunk.Body, place: tuple[float, float], touch: Touch) -> pymunk.Circle:
    wheel = pymunk.Circle(body, spec.wheel_radius_m, place)
    wheel.collision_type = touch
    wheel.friction = spec.friction
    wheel.filter = pymunk.ShapeFilter(group=_GROUP, categories=Lane.WHEELS)
    return wheel


def _smooth(share: float) -> float:
    """Starts and ends at rest."""
    return share * share * (3.0 - 2.0 * share)
