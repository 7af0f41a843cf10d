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


def fall(motion: Motion, gravity: tuple[float, float], drag_over_mass: float, wind_mps: float, dt_s: float) -> Motion:
    """One long step of a point mass (x, y, vx, vy) that the air slows down.

    `drag_over_mass` is density times drag area over twice the mass, 1/m. Semi-implicit in the drag (its share of the
    speed is divided out), so that a light canopy does not blow up.
    """
    x, y, vx0, vy0 = motion
    along = vx0 - wind_mps
    damping = 1.0 + dt_s * drag_over_mass * sqrt(along * along + vy0 * vy0)
    vx = wind_mps + (along + gravity[0] * dt_s) / damping
    vy = (vy0 + gravity[1] * dt_s) / damping
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
    for _ in range(MOST_STEPS):
        x, y, vx, vy = motion
        altitude_m = planet.altitude_m(x, y)
        downrange_m = planet.downrange_m(x, y)
        if altitude_m <= terrain.altitude_at(downrange_m) + lying_m:
            return downrange_m
        thick = 0.5 * air.density_kg_m3(altitude_m) * area_m2 / mass_kg
        motion = fall(motion, planet.gravity(x, y, vx, vy), thick, air.mean_wind_mps(altitude_m), FAR_S)
    return None


class Falling:
    """One part that has been let go; `x, y, vx, vy` are its centre of mass's, wherever it lives.

    Without an outline it leaves sideways, out of our plane, or where nothing brings it back: it touches nothing.
    """

    __slots__ = ("_air", "_angle", "_area_m2", "_mass_kg", "_mover", "_omega", "_planet", "_shapes", "_space",
                 "_terrain", "_tick", "part", "vx", "vy", "where", "x", "y")  # fmt: skip

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
        self._tick = tick
        self.x, self.y, self.vx, self.vy = pose.x_m, pose.y_m, pose.vx_mps, pose.vy_mps
        self._angle, self._omega = pose.angle_rad, pose.omega_rad_s
        self._mover: Mover | None = None
        self._shapes: list[pymunk.Shape] = []
        self.where = Where.FAR
        if outline_m:
            self.where = Where.NEAR
            self._mover = Mover(lump.mass_kg, lump.inertia_kg_m2, pose)
            hull = pymunk.Poly(self._mover.body, list(outline_m))
            hull.collision_type = Touch.SHED
            self._shapes = [hull]
            space.add(self._mover.body, hull)

    @property
    def downrange_m(self) -> float:
        return self._planet.downrange_m(self.x, self.y)

    def push(self, density_kg_m3: float, wind_mps: float) -> None:
        """Forces for the coming step, while it lives in the Space: in the craft's own air."""
        mover = self._mover
        if mover is None:
            return
        fx, fy = drag_n(density_kg_m3, self._area_m2, mover.vx, mover.vy, wind_mps)
        gx, gy = self._planet.gravity(mover.px, mover.py, mover.vx, mover.vy)
        mover.push(fx + self._mass_kg * gx, fy + self._mass_kg * gy, 0.0)

    def after_step(self, tick: int, gust_mps: float, craft_x: float, craft_y: float) -> bool:
        """Read or fly on. True in the tick that it comes down."""
        if self.where is Where.DOWN:
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
            x, y, vx, vy = self.x, self.y, self.vx, self.vy
            altitude_m = self._planet.altitude_m(x, y)
            thick = 0.5 * self._air.density_kg_m3(altitude_m) * self._area_m2 / self._mass_kg
            wind_mps = self._air.mean_wind_mps(altitude_m) + gust_mps
            gravity = self._planet.gravity(x, y, vx, vy)
            self.x, self.y, self.vx, self.vy = fall((x, y, vx, vy), gravity, thick, wind_mps, elapsed_s)
            self._angle += self._omega * elapsed_s
        else:
            return False
        down = self._planet.altitude_m(self.x, self.y) <= self._terrain.altitude_at(self.downrange_m)
        if down:
            self._come_down()
        return down

    def fly_down(self) -> float | None:
        """Where it comes to rest down-track, flown to the ground at once; changes nothing. None if it never does."""
        if self.where is Where.DOWN:
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
        since_s = (tick - self._tick) * DT_S if self.where is Where.FAR else 0.0
        return Pose(
            self.x + self.vx * since_s, self.y + self.vy * since_s, self._angle + self._omega * since_s,
            self.vx, self.vy, self._omega, self.where is Where.DOWN,
        )  # fmt: skip

    def state(self) -> tuple[float, ...]:
        """For the digest."""
        room = -1.0 if self.where is Where.DOWN else float(self.where is Where.NEAR)
        return room, self.x, self.y, self.vx, self.vy, self._angle, self._omega, float(self._tick)

    def _leave(self) -> None:
        if self._mover is not None:
            self._space.remove(*self._shapes, self._mover.body)
            self._mover = None
        self.where = Where.FAR

    def _come_down(self) -> None:
        self._leave()
        self.where = Where.DOWN
        self.y = self._terrain.height_at(self.x)
        self.vx = self.vy = self._omega = 0.0
