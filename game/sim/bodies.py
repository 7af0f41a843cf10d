"""A rigid body of the Space with its state read once a tick, and the arithmetic of joining and parting."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import cos, sin
from struct import Struct
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


State = tuple[float, float, float, float, float, float]  # x, y, angle, vx, vy, omega


class Wire(NamedTuple):
    """How one body is read and pushed."""

    read: Callable[[], State]
    push: Callable[[float, float, float], None]


class Access(NamedTuple):
    """How bodies are read and pushed, and how a Space is stepped."""

    wire: Callable[[pymunk.Body], Wire]
    step: Callable[[pymunk.Space, float], None]


def by_properties() -> Access:
    """The way that pymunk documents."""

    def wire(body: pymunk.Body) -> Wire:
        def read() -> State:
            (x, y), (vx, vy) = body.position, body.velocity
            return x, y, body.angle, vx, vy, body.angular_velocity

        def push(fx_n: float, fy_n: float, torque_nm: float) -> None:
            body.force = (fx_n, fy_n)
            body.torque = torque_nm

        return Wire(read, push)

    return Access(wire, lambda space, dt_s: space.step(dt_s))


def from_underneath() -> Access:
    """The engine without pymunk's properties around it, at a sixth of the cost; a flight asks it at every tick.

    One call of pymunk's batch functions, aimed at a single body, moves all its numbers. The module underneath is
    private: where it is not as we know it, the properties serve. A test flies both ways and compares the bits.
    """
    try:
        access = _batched()
        if _reads_and_pushes(access):
            return access
    except Exception:  # noqa: BLE001, S110  whatever is not as we know it: cffi has errors of its own, of no common base
        pass
    return by_properties()


_TAPE: Final = 32  # numbers: the engine asks for a longer tape, which ours is not to be, before this one is full


def _batched() -> Access:
    from pymunk._chipmunk_cffi import ffi, lib  # noqa: PLC0415  only where it is as we know it

    get, put, step_space = lib.pmSpaceBodyGetIteratorFuncBatched, lib.pmSpaceBodySetIteratorFuncBatched, lib.cpSpaceStep
    state_fields = lib.POSITION | lib.ANGLE | lib.VELOCITY | lib.ANGULAR_VELOCITY
    force_fields = lib.FORCE | lib.TORQUE
    unpack = Struct("6d").unpack_from

    def wire(body: pymunk.Body) -> Wire:
        handle = body._body  # noqa: SLF001  what the properties use
        state, forces = (array("d", bytes(8 * _TAPE)) for _ in range(2))
        state_tape, state_order = _tape(ffi, state, state_fields)
        force_tape, force_order = _tape(ffi, forces, force_fields)

        def read() -> State:
            state_tape.num = 0  # write from the beginning
            get(handle, state_order)
            return unpack(state)

        def push(fx_n: float, fy_n: float, torque_nm: float) -> None:
            force_tape.num = 0
            forces[0], forces[1], forces[2] = fx_n, fy_n, torque_nm
            put(handle, force_order)

        return Wire(read, push)

    def step(space: pymunk.Space, dt_s: float) -> None:
        # Nothing is added or removed in a callback here, which is all that pymunk's own step looks after besides.
        step_space(space._space, dt_s)  # noqa: SLF001  what the method uses

    return Access(wire, step)


def _tape(ffi: Any, floats: array[float], fields: int) -> tuple[Any, Any]:
    """The engine's own (array, order) that read or write these floats: in place, none is copied."""
    tape, order = ffi.new("struct pmFloatArray *"), ffi.new("pmBatchedData *")
    tape.arr, tape.max = ffi.from_buffer("cpFloat[]", floats), len(floats)
    order.floatArray, order.fields = tape, fields
    return tape, order


def _reads_and_pushes(access: Access) -> bool:
    """Whether this access moves the numbers that we take it to move."""
    body = pymunk.Body(1.0, 1.0)
    body.position, body.velocity, body.angle, body.angular_velocity = (1.0, 2.0), (4.0, 5.0), 3.0, 6.0
    wire = access.wire(body)
    wire.push(7.0, 8.0, 9.0)
    return wire.read() == (1.0, 2.0, 3.0, 4.0, 5.0, 6.0) and (*body.force, body.torque) == (7.0, 8.0, 9.0)


ACCESS: Final = from_underneath()
step_space: Final = ACCESS.step


class Mover:
    """A pymunk body, its state as plain numbers, and where it will be when the engine asks for forces.

    `space.step` moves positions first, with the old velocity, and then applies forces: forces are therefore
    evaluated at the predicted pose (`px`, `py`, `pangle`), or every oscillation is pumped.
    Positions are of the centre of mass. `push(fx N, fy N, torque N m)` sets all the force on the body for the coming
    step, in the frame's axes.
    """

    __slots__ = ("_read", "angle", "body", "mass_kg", "omega", "pangle", "push", "px", "py", "vx", "vy", "x", "y")

    def __init__(self, mass_kg: float, inertia_kg_m2: float, pose: Pose) -> None:
        if not (mass_kg > 0.0 and inertia_kg_m2 > 0.0):
            # The engine would end the process without a word.
            raise ValueError(f"a body needs mass and moment of inertia, not {mass_kg:g} kg and {inertia_kg_m2:g} kg m2")
        self.mass_kg = mass_kg
        self.body = pymunk.Body(mass_kg, inertia_kg_m2)
        self._read, self.push = ACCESS.wire(self.body)
        self.body.position = (pose.x_m, pose.y_m)
        self.body.angle = pose.angle_rad
        self.body.velocity = (pose.vx_mps, pose.vy_mps)
        self.body.angular_velocity = pose.omega_rad_s
        self.read()

    def read(self) -> None:
        """Take the state out of the engine, once after each step: reading it is dear."""
        x, y, angle, vx, vy, omega = self._read()
        self.x, self.y, self.angle, self.vx, self.vy, self.omega = x, y, angle, vx, vy, omega
        self.px, self.py, self.pangle = x + vx * DT_S, y + vy * DT_S, angle + omega * DT_S

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

    def state(self) -> State:
        """For the digest, in a fixed order."""
        return self.x, self.y, self.angle, self.vx, self.vy, self.omega
