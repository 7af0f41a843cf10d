"""The backshell and its parachute after the powered vehicle has dropped out: they fall behind, and they follow.

Near the craft they are two bodies on a riser, and both can strike us; out of reach they fly on as one point mass by the
same forces, every twelfth tick. On the ground the shell is an obstacle like a rock, and the canopy drifts on to its
own place.
"""

from __future__ import annotations

from math import cos, hypot, sin
from typing import Final

import pymunk

from game.sim.atmosphere import Atmosphere, drag_n
from game.sim.bodies import Mover
from game.sim.contacts import Touch
from game.sim.falling import DOWN, FAR, FAR_S, MOST_STEPS, NEAR, REACH_M, Motion, Where, fall
from game.sim.parachute import Parachute, lines_rad
from game.sim.planet import Planet
from game.sim.snapshot import Pose
from game.sim.spec import DT_S
from game.sim.surroundings import Surroundings
from game.sim.terrain import Terrain
from game.sim.vehicle_spec import BackshellSpec

LEAVE_M: Final = 60.0  # farther than this it leaves: the gap keeps it from flickering in and out
_LIES_MPS: Final = 1.0  # a shell that touches and is slower than this has come down
_CLEAR_M: Final = 5.0  # until then the craft is still inside the shell
_SLOWEST_MPS: Final = 10.0  # no canopy holds the shell below this
_GROUP: Final = 2


class Backshell:
    """Shell and canopy; `x, y, vx, vy` are the shell's, wherever it lives."""

    __slots__ = (
        "_below",
        "_canopy",
        "_canopy_vx",
        "_canopy_vy",
        "_chute",
        "_half_m",
        "_omega",
        "_planet",
        "_riser",
        "_shapes",
        "_shell",
        "_space",
        "_spec",
        "_surroundings",
        "_terrain",
        "_tick",
        "angle",
        "armed",
        "canopy_down",
        "canopy_x",
        "canopy_y",
        "vx",
        "vy",
        "where",
        "x",
        "y",
    )  # fmt: skip

    def __init__(
        self,
        spec: BackshellSpec,
        chute: Parachute,
        pose: Pose,
        canopy: Pose | None = None,
        *,
        space: pymunk.Space,
        planet: Planet,
        air: Atmosphere,
        terrain: Terrain,
    ) -> None:
        """Shell at `pose`, with the canopy that it hangs on.

        Without one, it is stretched out against the wind, and moves as the riser's end does where it was packed.
        """
        self._spec, self._chute = spec, chute
        self._space, self._planet, self._terrain = space, planet, terrain
        self._surroundings, self._below = Surroundings(planet, air), Surroundings(planet, air)  # canopy's and shell's
        self._half_m = -min(y for _, y in spec.outline_m)
        self.x, self.y, self.vx, self.vy = pose.x_m, pose.y_m, pose.vx_mps, pose.vy_mps
        self.angle = pose.angle_rad
        self.armed = self.canopy_down = False
        self._tick = 0
        self._omega = pose.omega_rad_s
        c, s = cos(pose.angle_rad), sin(pose.angle_rad)
        self._canopy_vx = self.vx - self._omega * c * spec.riser_y_m
        self._canopy_vy = self.vy - self._omega * s * spec.riser_y_m
        if canopy:
            self.canopy_x, self.canopy_y = canopy.x_m, canopy.y_m
            self._canopy_vx, self._canopy_vy = canopy.vx_mps, canopy.vy_mps
        else:
            self._hang(0.0)
        self._shell, self._canopy, self._riser, self._shapes = self._enter()

    @property
    def moving(self) -> bool:
        return self.where is not DOWN

    @property
    def lands_m(self) -> float:
        """Where it is bound for if it goes on as it does now; where it lies when it is down."""
        if not self.moving:
            return self.x
        height_m = max(self.y - self._half_m - self._terrain.height_at(self.x), 0.0)
        return self.x + self.vx * height_m / max(-self.vy, _SLOWEST_MPS)

    def push(self, gust_mps: float) -> None:
        """Forces for the coming step, while the parts live in the Space; the wind is that of their own height."""
        shell, canopy = self._shell, self._canopy
        here = self._surroundings.at(canopy.px, canopy.py, canopy.vx, canopy.vy, gust_mps)
        density, sound, wind_x, wind_y, gx, gy = here
        along, up = canopy.vx - wind_x, canopy.vy - wind_y
        fx, fy = drag_n(density, self._chute.drag_area_m2(hypot(along, up) / sound), along, up)
        mass_kg = self._chute.mass_kg
        canopy.push(fx + mass_kg * gx, fy + mass_kg * gy, 0.0)
        density, _, wind_x, wind_y, gx, gy = self._below.at(shell.px, shell.py, shell.vx, shell.vy, gust_mps)
        fx, fy = drag_n(density, self._spec.drag_area_m2, shell.vx - wind_x, shell.vy - wind_y)
        mass_kg = self._spec.mass_kg
        shell.push(fx + mass_kg * gx, fy + mass_kg * gy, 0.0)

    def after_step(self, tick: int, gust_mps: float, craft: tuple[tuple[float, float], ...], on_soil: bool) -> bool:
        """Read or fly on; change rooms by the distance to the craft's bodies. True in the tick that it comes down.

        Called after every step while it is near, and every FAR_TICKS otherwise. `on_soil`: the engine saw it touch.
        """
        elapsed_s, self._tick = (tick - self._tick) * DT_S, tick
        if self.where is NEAR:
            self._shell.read()
            self._canopy.read()
            shell = self._shell
            self.x, self.y, self.vx, self.vy, self.angle = shell.x, shell.y, shell.vx, shell.vy, shell.angle
            canopy = self._canopy
            self.canopy_x, self.canopy_y, self._canopy_vx, self._canopy_vy = canopy.x, canopy.y, canopy.vx, canopy.vy
            near_m = self._near_m(craft)
            if not self.armed and near_m > _CLEAR_M:
                self.armed = True
                for shape in self._shapes:
                    shape.filter = pymunk.ShapeFilter(group=_GROUP)
            if on_soil and hypot(self.vx, self.vy) < _LIES_MPS:
                self._come_down()
                return True
            if near_m > LEAVE_M:
                self._leave()
        elif self.where is FAR:
            self._fly(gust_mps, elapsed_s)
            if self._near_m(craft) < REACH_M:
                self._shell, self._canopy, self._riser, self._shapes = self._enter()
        elif not self.canopy_down:
            self._sink(gust_mps, elapsed_s)
        if self.moving and self.y - self._low_m() <= self._terrain.height_at(self.x):
            self._come_down()
            return True
        return False

    def fly_down(self) -> tuple[float, float]:
        """Where shell and canopy come to rest, flown to the ground at once in the mean wind: (shell x, canopy x).

        Changes nothing: a flight may go on being drawn after it is decided.
        """
        motion = (self.x, self.y, self.vx, self.vy)
        for _ in range(MOST_STEPS):
            if not self.moving or motion[1] - self._half_m <= self._terrain.height_at(motion[0]):
                break
            motion = self._advance(motion, 0.0, FAR_S, loaded=True)
        x, y, vx, vy = motion
        shell_x = x
        if not self.moving:
            vx, vy = self._canopy_vx, self._canopy_vy
        motion = (x + self.canopy_x - self.x, y + self.canopy_y - self.y, vx, vy)
        for _ in range(MOST_STEPS):
            if self.canopy_down or motion[1] <= self._terrain.height_at(motion[0]):
                break
            motion = self._advance(motion, 0.0, FAR_S, loaded=False)
        reach_m = self._chute.length_m
        return shell_x, min(max(motion[0], shell_x - reach_m), shell_x + reach_m)

    def pose(self) -> Pose:
        return Pose(self.x, self.y, self.angle, self.vx, self.vy, 0.0, not self.moving)

    def canopy_pose(self) -> Pose:
        """Of the canopy's middle; its angle is that of the lines."""
        angle = lines_rad(self.canopy_x - self.x, self.canopy_y - self.y)
        return Pose(self.canopy_x, self.canopy_y, angle, self._canopy_vx, self._canopy_vy, 0.0, self.canopy_down)

    def state(self) -> tuple[float, ...]:
        canopy = (self.canopy_x, self.canopy_y, self._canopy_vx, self._canopy_vy)
        switches = (float(self.armed), float(self.canopy_down), float(self.where is NEAR), float(self._tick))
        turning = (self._shell.omega, self._canopy.omega)
        return self.x, self.y, self.angle, self.vx, self.vy, *canopy, *switches, *turning

    def _near_m(self, craft: tuple[tuple[float, float], ...]) -> float:
        return min(hypot(self.x - x, self.y - y) for x, y in craft)

    def _low_m(self) -> float:
        """How far the shell reaches down from its centre of mass at its angle."""
        c, s = cos(self.angle), sin(self.angle)
        return -min(s * x + c * y for x, y in self._spec.outline_m)

    def _hang(self, gust_mps: float) -> None:
        """Put the canopy where the flow holds it: up-stream of the shell by the length of riser and lines."""
        _, _, wind_x, wind_y, _, _ = self._surroundings.at(self.x, self.y, self.vx, self.vy, gust_mps)
        along, up = self.vx - wind_x, self.vy - wind_y
        airspeed = hypot(along, up) or 1.0
        up_x, up_y = -along / airspeed, -up / airspeed
        length_m = self._chute.length_m + self._spec.riser_y_m
        self.canopy_x, self.canopy_y = self.x + length_m * up_x, self.y + length_m * up_y

    def _enter(self) -> tuple[Mover, Mover, pymunk.SlideJoint, list[pymunk.Shape]]:
        """Become two bodies on a riser: (shell, canopy, riser, shapes)."""
        self.where: Where = NEAR
        chute, spec = self._chute, self._spec
        shell = Mover(spec.mass_kg, spec.inertia_kg_m2, Pose(self.x, self.y, self.angle, self.vx, self.vy, self._omega))
        canopy_pose = Pose(self.canopy_x, self.canopy_y, self.angle, self._canopy_vx, self._canopy_vy, 0.0)
        # The canopy is one with its lines' upper end: nothing turns it, so its moment of inertia says nothing.
        canopy = Mover(chute.mass_kg, chute.mass_kg, canopy_pose)
        riser = pymunk.SlideJoint(canopy.body, shell.body, (0.0, 0.0), (0.0, spec.riser_y_m), 0.0, chute.length_m)
        half_m, deep_m = 0.5 * chute.width_m, 0.2 * chute.width_m
        shapes: list[pymunk.Shape] = [
            pymunk.Poly(shell.body, list(spec.outline_m)),
            pymunk.Poly(
                canopy.body, [(-half_m, -deep_m), (half_m, -deep_m), (0.6 * half_m, 0.0), (-0.6 * half_m, 0.0)]
            ),
        ]
        for shape in shapes:
            shape.collision_type = Touch.BACKSHELL
            shape.friction = spec.friction
            # Not yet armed: what has no categories touches nothing.
            shape.filter = pymunk.ShapeFilter(group=_GROUP) if self.armed else pymunk.ShapeFilter(categories=0, mask=0)
        self._space.add(shell.body, canopy.body, *shapes, riser)
        return shell, canopy, riser, shapes

    def _leave(self) -> None:
        """Become one point mass: momentum is kept, the canopy is where the flow holds it."""
        shell_kg, canopy_kg = self._spec.mass_kg, self._chute.mass_kg
        whole_kg = shell_kg + canopy_kg
        self._omega = 0.0
        self.vx = (shell_kg * self.vx + canopy_kg * self._canopy.vx) / whole_kg
        self.vy = (shell_kg * self.vy + canopy_kg * self._canopy.vy) / whole_kg
        self._remove()
        self.where = FAR

    def _remove(self) -> None:
        self._space.remove(self._riser, *self._shapes, self._shell.body, self._canopy.body)

    def _fly(self, gust_mps: float, dt_s: float) -> None:
        motion = (self.x, self.y, self.vx, self.vy)
        self.x, self.y, self.vx, self.vy = self._advance(motion, gust_mps, dt_s, loaded=True)
        self._canopy_vx, self._canopy_vy, self._omega = self.vx, self.vy, 0.0
        self._hang(gust_mps)
        self.angle = lines_rad(self.canopy_x - self.x, self.canopy_y - self.y)

    def _advance(self, motion: Motion, gust_mps: float, dt_s: float, *, loaded: bool) -> Motion:
        """One long step of the point mass, loaded with the shell or of the canopy alone."""
        here = self._surroundings.at(*motion, gust_mps)
        _, sound, wind_x, wind_y, _, _ = here
        mach = hypot(motion[2] - wind_x, motion[3] - wind_y) / sound
        area_m2, mass_kg = self._chute.drag_area_m2(mach), self._chute.mass_kg
        if loaded:
            area_m2, mass_kg = area_m2 + self._spec.drag_area_m2, mass_kg + self._spec.mass_kg
        return fall(motion, here, 0.5 * area_m2 / mass_kg, dt_s)

    def _sink(self, gust_mps: float, elapsed_s: float) -> None:
        """The empty canopy goes on down; its lines still hold it to the shell."""
        motion = (self.canopy_x, self.canopy_y, self._canopy_vx, self._canopy_vy)
        x, y, self._canopy_vx, self._canopy_vy = self._advance(motion, gust_mps, elapsed_s, loaded=False)
        reach_m = self._chute.length_m
        self.canopy_x = min(max(x, self.x - reach_m), self.x + reach_m)
        ground_m = self._terrain.height_at(self.canopy_x)
        self.canopy_down = y <= ground_m
        self.canopy_y = max(y, ground_m)
        if self.canopy_down:
            self._canopy_vx = self._canopy_vy = 0.0

    def _come_down(self) -> None:
        """Lie on the ground: a static obstacle from now on."""
        if self.where is NEAR:
            self._remove()
        self.where = DOWN
        self.y = max(self.y, self._terrain.height_at(self.x) + self._low_m())
        if self.canopy_y <= self._terrain.height_at(self.canopy_x):
            self.canopy_down = True
        self.vx = self.vy = 0.0
        c, s = cos(self.angle), sin(self.angle)
        corners = [(self.x + c * x - s * y, self.y + s * x + c * y) for x, y in self._spec.outline_m]
        wreck = pymunk.Poly(self._space.static_body, corners)
        wreck.collision_type = Touch.ROCK
        wreck.friction = self._spec.friction
        self._space.add(wreck)
