"""What has left us and falls by itself: a body of the Space while it can touch us, then a point mass, then a place."""

from __future__ import annotations

from enum import Enum
from math import hypot, sqrt
from typing import Final

import pymunk

from game.sim.atmosphere import Atmosphere, drag_n
from game.sim.bodies import Lump, Mover
from game.sim.contacts import Touch
from game.sim.planet import Planet
from game.sim.records import Table
from game.sim.snapshot import Part, Pose
from game.sim.spec import DT_S
from game.sim.surroundings import Met, Surroundings
from game.sim.terrain import Terrain

REACH_M: Final = 50.0  # nearer than this it can touch the craft and lives in the Space
FAR_TICKS: Final = 12
FAR_S: Final = FAR_TICKS * DT_S
MOST_STEPS: Final = 20_000  # half an hour: what is still up then has left the planet, or nearly

Motion = tuple[float, float, float, float]


class Where(Enum):
    NEAR = "near"
    FAR = "far"
    DOWN = "down"


NEAR, FAR, DOWN = Where.NEAR, Where.FAR, Where.DOWN  # looking a member up on its Enum costs a per cent of a tick


def fall(motion: Motion, here: Met, half_area_over_mass: float, dt_s: float) -> Motion:
    """One long step of a point mass (x, y, vx, vy) in these surroundings, whose air slows it down.

    `half_area_over_mass` is its drag area over twice its mass, m2/kg. Semi-implicit in the drag (its share of the speed
    is divided out), so that a light canopy does not blow up.
    """
    x, y, vx0, vy0 = motion
    density, _, wind_x, wind_y, gx, gy = here
    along, up = vx0 - wind_x, vy0 - wind_y
    damping = 1.0 + dt_s * density * half_area_over_mass * sqrt(along * along + up * up)
    vx = wind_x + (along + gx * dt_s) / damping
    vy = wind_y + (up + gy * dt_s) / damping
    # By the mean of both speeds: a step of a tenth of a second would else fall two centimetres too deep.
    return x + 0.5 * (vx0 + vx) * dt_s, y + 0.5 * (vy0 + vy) * dt_s, vx, vy


def landfall_m(
    motion: Motion,
    mass_kg: float,
    area_m2: float,
    *,
    planet: Planet,
    air: Atmosphere,
    terrain: Terrain,
    lying_m: float = 0.0,
) -> float | None:
    """How far down-track a thing of this mass and drag area comes down, flown at once in the mean wind; None if never.

    Lower than `lying_m` above the measured ground it is down.
    """
    half_area_over_mass, surroundings = 0.5 * area_m2 / mass_kg, Surroundings(planet, air)
    for _ in range(MOST_STEPS):
        x, y = motion[:2]
        altitude_m = planet.altitude_m(x, y)
        if altitude_m <= terrain.highest_m + lying_m:
            downrange_m = planet.downrange_m(x, y)
            if altitude_m <= terrain.altitude_at(downrange_m) + lying_m:
                return downrange_m
        motion = fall(motion, surroundings.at(*motion), half_area_over_mass, FAR_S)
    return None


class Falling:
    """One part that has been let go; `x, y, vx, vy` are its centre of mass's, wherever it lives.

    Without an outline it leaves sideways, out of our plane, or where nothing brings it back: it touches nothing.
    """

    __slots__ = (
        "_air", "_angle", "_area_m2", "_mass_kg", "_mover", "_omega", "_planet", "_shapes", "_space",
        "_surroundings", "_terrain", "_tick", "part", "vx", "vy", "where", "x", "y"
    )  # fmt: skip

    def __init__(
        self,
        part: Part,
        lump: Lump,
        area_m2: float,
        pose: Pose,
        *,
        outline_m: Table = (),
        space: pymunk.Space,
        planet: Planet,
        air: Atmosphere,
        terrain: Terrain,
        tick: int,
    ) -> None:
        self.part = part
        self._mass_kg, self._area_m2 = lump.mass_kg, area_m2
        self._space, self._planet, self._air, self._terrain = space, planet, air, terrain
        self._surroundings = Surroundings(planet, air)
        self._tick = tick
        self.x, self.y, self.vx, self.vy = pose.x_m, pose.y_m, pose.vx_mps, pose.vy_mps
        self._angle, self._omega = pose.angle_rad, pose.omega_rad_s
        self._mover: Mover | None = None
        self._shapes: list[pymunk.Shape] = []
        self.where = FAR
        if outline_m:
            self.where = NEAR
            self._mover = Mover(lump.mass_kg, lump.inertia_kg_m2, pose)
            hull = pymunk.Poly(self._mover.body, list(outline_m))
            hull.collision_type = Touch.SHED
            self._shapes = [hull]
            space.add(self._mover.body, hull)

    @property
    def downrange_m(self) -> float:
        return self._planet.downrange_m(self.x, self.y)

    def push(self, here: Met) -> None:
        """Forces for the coming step, while it lives in the Space: in the craft's own air."""
        mover = self._mover
        if mover is None:
            return
        density_kg_m3, _, wind_x, wind_y, _, _ = here
        fx, fy = drag_n(density_kg_m3, self._area_m2, mover.vx - wind_x, mover.vy - wind_y)
        gx, gy = self._planet.gravity(mover.px, mover.py, mover.vx, mover.vy)
        mover.push(fx + self._mass_kg * gx, fy + self._mass_kg * gy, 0.0)

    def after_step(self, tick: int, gust_mps: float, craft_x: float, craft_y: float) -> bool:
        """Read or fly on. True in the tick that it comes down."""
        if self.where is DOWN:
            return False
        if self._mover is not None:
            self._tick = tick
            mover = self._mover
            mover.read()
            self.x, self.y, self.vx, self.vy = mover.x, mover.y, mover.vx, mover.vy
            self._angle, self._omega = mover.angle, mover.omega
            if hypot(self.x - craft_x, self.y - craft_y) > REACH_M:
                self._leave()
        elif tick - self._tick >= FAR_TICKS:
            elapsed_s, self._tick = (tick - self._tick) * DT_S, tick
            motion = (self.x, self.y, self.vx, self.vy)
            here = self._surroundings.at(*motion, gust_mps)
            self.x, self.y, self.vx, self.vy = fall(motion, here, 0.5 * self._area_m2 / self._mass_kg, elapsed_s)
            self._angle += self._omega * elapsed_s
        else:
            return False
        altitude_m = self._planet.altitude_m(self.x, self.y)
        if altitude_m > self._terrain.highest_m or altitude_m > self._terrain.altitude_at(self.downrange_m):
            return False
        self._come_down()
        return True

    def fly_down(self) -> float | None:
        """Where it comes to rest down-track, flown to the ground at once; changes nothing. None if it never does."""
        if self.where is DOWN:
            return self.downrange_m
        return landfall_m(
            (self.x, self.y, self.vx, self.vy),
            self._mass_kg,
            self._area_m2,
            planet=self._planet,
            air=self._air,
            terrain=self._terrain,
        )

    def pose(self, tick: int) -> Pose:
        """Where it is at this tick: far away it moves on every twelfth only, which nobody should see."""
        since_s = (tick - self._tick) * DT_S if self.where is FAR else 0.0
        return Pose(
            self.x + self.vx * since_s, self.y + self.vy * since_s, self._angle + self._omega * since_s,
            self.vx, self.vy, self._omega, self.where is DOWN,
        )  # fmt: skip

    def state(self) -> tuple[float, ...]:
        """For the digest."""
        room = -1.0 if self.where is DOWN else float(self.where is NEAR)
        return room, self.x, self.y, self.vx, self.vy, self._angle, self._omega, float(self._tick)

    def _leave(self) -> None:
        if self._mover is not None:
            self._space.remove(*self._shapes, self._mover.body)
            self._mover = None
        self.where = FAR

    def _come_down(self) -> None:
        self._leave()
        self.where = DOWN
        self.y = self._terrain.height_at(self.x)
        self.vx = self.vy = self._omega = 0.0
