"""The energy of what flies, in the frame that turns with the planet.

The frame turns with the planet, so what is kept in it is the Jacobi integral: kinetic energy relative to the frame, the
planet's pull, and the centrifugal potential. The Coriolis force turns and does no work. With it go the turning of the
bodies, the bridle's cords and the bogie's spring.

`space.step` moves positions first, with the old velocity, and then pushes: velocities are half a tick older than places
in the sense of a leapfrog. So the potential is taken where each body will be half a tick later. Then the work of a
force F over one tick is exactly F (v0 + v1) / 2 dt, also in the numbers, and nothing needs to be allowed for the steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Final

import pymunk

from game.sim.planet import MU_M3_S2, Planet
from game.sim.snapshot import Pose
from game.sim.spec import DT_S

# The potential is nothing so far below the reference sphere: mass that leaves takes some away.
_DEEP_M: Final = 20_000.0


@dataclass(frozen=True)
class Motion:
    """A body as the engine has it at the end of a tick."""

    mass_kg: float
    inertia_kg_m2: float
    x_m: float
    y_m: float
    vx_mps: float
    vy_mps: float
    angle_rad: float
    omega_rad_s: float
    fixed: bool = False

    @property
    def speed_mps(self) -> float:
        return hypot(self.vx_mps, self.vy_mps)


def motion_of(body: pymunk.Body) -> Motion:
    x, y = body.position
    vx, vy = body.velocity
    fixed = body.body_type != pymunk.Body.DYNAMIC
    mass, inertia = (0.0, 0.0) if fixed else (body.mass, body.moment)
    return Motion(mass, inertia, x, y, vx, vy, body.angle, body.angular_velocity, fixed)


def energy_j(planet: Planet, mass_kg: float, inertia_kg_m2: float, at: Motion) -> float:
    """Jacobi integral and turning of one body, its place half a tick on."""
    x, up = at.x_m + 0.5 * DT_S * at.vx_mps, at.y_m + 0.5 * DT_S * at.vy_mps + planet.radius_m
    r, r0 = hypot(x, up), planet.radius_m - _DEEP_M
    lifted = MU_M3_S2 * (r - r0) / (r * r0) - 0.5 * planet.spin_rad_s**2 * (r - r0) * (r + r0)
    moving = 0.5 * (at.vx_mps * at.vx_mps + at.vy_mps * at.vy_mps)
    return mass_kg * (moving + lifted) + 0.5 * inertia_kg_m2 * at.omega_rad_s**2


def part_energy_j(planet: Planet, mass_kg: float, inertia_kg_m2: float, pose: Pose) -> float:
    """The same of a part that flies outside the Space."""
    at = Motion(mass_kg, inertia_kg_m2, pose.x_m, pose.y_m, pose.vx_mps, pose.vy_mps, pose.angle_rad, pose.omega_rad_s)
    return energy_j(planet, mass_kg, inertia_kg_m2, at)
