"""A rigid body of the Space with its state read once a tick, and the arithmetic of joining and parting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import cos, sin
from typing import Any, Final, NamedTuple

import pymunk

from game.sim.snapshot import Pose
from game.sim.spec import DT_S


@dataclass(frozen=True, slots=True)
class Lump:
    """A rigid piece at a place in somebody's frame: mass, moment of inertia about its own centre, centre."""

    mass_kg: float
    inertia_kg_m2: float
    x_m: float
    y_m: float


def joined(lumps: Iterable[Lump]) -> Lump:
    """The pieces as one: masses add, the moment of inertia by the parallel-axis theorem."""
    pieces = tuple(lumps)
    mass_kg = sum(piece.mass_kg for piece in pieces)
    x_m = sum(piece.mass_kg * piece.x_m for piece in pieces) / mass_kg
    y_m = sum(piece.mass_kg * piece.y_m for piece in pieces) / mass_kg
    inertia = sum(p.inertia_kg_m2 + p.mass_kg * ((p.x_m - x_m) ** 2 + (p.y_m - y_m) ** 2) for p in pieces)
    return Lump(mass_kg, inertia, x_m, y_m)


State = tuple[float, float, float, float, float, float]


class Access(NamedTuple):
    """How bodies are read and pushed and a Space is stepped; `handle` is what a body is known by to the first two."""

    handle: Callable[[pymunk.Body], Any]
    state: Callable[[Any], State]
    push: Callable[[Any, float, float, float], None]
    step: Callable[[pymunk.Space, float], None]


def by_properties() -> Access:
    """The way that pymunk documents."""

    def state(body: pymunk.Body) -> State:
        x, y = body.position
        vx, vy = body.velocity
        return x, y, vx, vy, body.angle, body.angular_velocity

    def push(body: pymunk.Body, fx_n: float, fy_n: float, torque_nm: float) -> None:
        body.force = (fx_n, fy_n)
        body.torque = torque_nm

    return Access(lambda body: body, state, push, lambda space, dt_s: space.step(dt_s))


def from_underneath() -> Access:
    """The same calls of the engine without pymunk's properties around them, at a third of the cost.

    A flight makes them at every tick. The module underneath is private: where it is not as we know it, the properties
    serve. A test flies both ways and compares the bits.
    """
    try:
        from pymunk._chipmunk_cffi import lib  # noqa: PLC0415  only where it is as we know it

        position, velocity = lib.cpBodyGetPosition, lib.cpBodyGetVelocity
        angle, angular_velocity = lib.cpBodyGetAngle, lib.cpBodyGetAngularVelocity
        set_force, set_torque = lib.cpBodySetForce, lib.cpBodySetTorque
        step_space = lib.cpSpaceStep
    except (ImportError, AttributeError):
        return by_properties()

    def state(handle: Any) -> State:
        p, v = position(handle), velocity(handle)
        return p.x, p.y, v.x, v.y, angle(handle), angular_velocity(handle)

    def push(handle: Any, fx_n: float, fy_n: float, torque_nm: float) -> None:
        set_force(handle, (fx_n, fy_n))
        set_torque(handle, torque_nm)

    def step(space: pymunk.Space, dt_s: float) -> None:
        # Nothing is added or removed in a callback here, which is all that pymunk's own step looks after besides.
        step_space(space._space, dt_s)  # noqa: SLF001  what the method uses

    return Access(lambda body: body._body, state, push, step)  # noqa: SLF001  what the properties use


ACCESS: Final = from_underneath()
_handle, _state, _push, step_space = ACCESS


class Mover:
    """A pymunk body, its state as plain numbers, and where it will be when the engine asks for forces.

    `space.step` moves positions first, with the old velocity, and then applies forces: forces are therefore
    evaluated at the predicted pose (`px`, `py`, `pangle`), or every oscillation is pumped.
    Positions are of the centre of mass.
    """

    __slots__ = (
        "_handle",
        "angle",
        "body",
        "mass_kg",
        "omega",
        "pangle",
        "pcos",
        "psin",
        "px",
        "py",
        "vx",
        "vy",
        "x",
        "y",
    )

    def __init__(self, mass_kg: float, inertia_kg_m2: float, pose: Pose) -> None:
        if not (mass_kg > 0.0 and inertia_kg_m2 > 0.0):
            # The engine would end the process without a word.
            raise ValueError(f"a body needs mass and moment of inertia, not {mass_kg:g} kg and {inertia_kg_m2:g} kg m2")
        self.mass_kg = mass_kg
        self.body = pymunk.Body(mass_kg, inertia_kg_m2)
        self._handle = _handle(self.body)
        self.body.position = (pose.x_m, pose.y_m)
        self.body.angle = pose.angle_rad
        self.body.velocity = (pose.vx_mps, pose.vy_mps)
        self.body.angular_velocity = pose.omega_rad_s
        self.read()

    def read(self) -> None:
        """Take the state out of the engine, once after each step: reading it is dear."""
        self.x, self.y, self.vx, self.vy, self.angle, self.omega = _state(self._handle)
        self.px = self.x + self.vx * DT_S
        self.py = self.y + self.vy * DT_S
        self.pangle = self.angle + self.omega * DT_S
        self.pcos, self.psin = cos(self.pangle), sin(self.pangle)

    def push(self, fx_n: float, fy_n: float, torque_nm: float) -> None:
        """All the force on the body for the coming step, in the frame's axes."""
        _push(self._handle, fx_n, fy_n, torque_nm)

    def set_mass(self, mass_kg: float, inertia_kg_m2: float) -> None:
        """A body that burns propellant grows lighter; its centre of mass is where it was."""
        self.mass_kg = mass_kg
        self.body.mass, self.body.moment = mass_kg, inertia_kg_m2

    def pose_of(self, x_m: float, y_m: float) -> Pose:
        """The pose of a frame that is fixed to the body with its origin here (body axes, from the centre of mass)."""
        c, s = cos(self.angle), sin(self.angle)
        dx, dy = c * x_m - s * y_m, s * x_m + c * y_m
        return Pose(
            self.x + dx, self.y + dy, self.angle, self.vx - self.omega * dy, self.vy + self.omega * dx, self.omega
        )

    def state(self) -> tuple[float, float, float, float, float, float]:
        """For the digest, in a fixed order."""
        return self.x, self.y, self.angle, self.vx, self.vy, self.omega
