"""The parachute: a disk-gap-band canopy's drag, and its opening from the mortar to the steady descent."""

from __future__ import annotations

from math import atan2, cos, exp, pi, radians, sin, sqrt
from typing import Final

import pymunk

from game.sim.bodies import Mover
from game.sim.snapshot import Canopy, Pose
from game.sim.spec import DT_S
from game.sim.surroundings import Met
from game.sim.tables import Lookup
from game.sim.vehicle_spec import ParachuteSpec

_INFLATED: Final = 0.7  # width of the full canopy over its nominal diameter
_FIRST_AREA: Final = 0.02  # of the stretched bundle, over that of the canopy
_DIP: Final = 0.78  # of the area, between the two peaks, as it rebounds
_SECOND_PEAK: Final = 1.12
_SETTLES_S: Final = 0.6
_SETTLED_S: Final = 40.0 * _SETTLES_S  # by then no double knows of it any more
_FADE_MACH: Final = 0.2  # over which the pulses die away below their Mach number

_FIRED, _INFLATING = Canopy.FIRED, Canopy.INFLATING  # looking a member up on its Enum costs a per cent of a tick


class Parachute:
    """Drag of one canopy; `drag_factor` is what a dispersed canopy differs by."""

    __slots__ = ("_area_m2", "_coefficient", "length_m", "mass_kg", "width_m")

    def __init__(self, spec: ParachuteSpec, drag_factor: float = 1.0) -> None:
        self._coefficient = Lookup(spec.drag_coefficient)
        self._area_m2 = spec.reference_area_m2 * drag_factor
        self.mass_kg = spec.mass_kg
        self.width_m = _INFLATED * spec.diameter_m
        self.length_m = spec.lines_m + spec.riser_m

    def tear(self, share: float) -> None:
        """Lose this share of the area for good."""
        self._area_m2 *= 1.0 - share

    def drag_area_m2(self, mach: float) -> float:
        """Coefficient times area of the whole open canopy."""
        return self._area_m2 * self._coefficient(mach)


class Deployment:
    """A parachute that is being flown: packed, shot out, inflating, open, torn, gone.

    out      the lines are stretched: there is a canopy outside the capsule
    area     of the canopy now over that of the whole open one, torn or not
    lost     share of the canopy that is torn off
    load_n   its pull
    """

    __slots__ = ("_fired_tick", "_joint", "_mover", "_space", "_spec", "_stretched_tick", "area", "chute", "load_n",
                 "lost", "out", "stage")  # fmt: skip

    def __init__(self, spec: ParachuteSpec, chute: Parachute, space: pymunk.Space) -> None:
        self._spec, self._space = spec, space
        self.chute = chute
        self.stage = Canopy.PACKED
        self._fired_tick = self._stretched_tick = 0
        self._mover: Mover | None = None
        self._joint: pymunk.SlideJoint | None = None
        self.out = False
        self.area = self.load_n = self.lost = 0.0

    def fire(self, tick: int) -> None:
        """The mortar."""
        self.stage, self._fired_tick = Canopy.FIRED, tick

    def since_s(self, tick: int) -> float:
        """Seconds since the mortar; 0 before."""
        return 0.0 if self.stage is Canopy.PACKED else (tick - self._fired_tick) * DT_S

    def due(self, tick: int) -> bool:
        """Whether the lines stretch now."""
        return self.stage is _FIRED and self.since_s(tick) >= self._spec.stretch_s - 0.5 * DT_S

    def stretch(self, tick: int, capsule: Mover, anchor_m: tuple[float, float], wind: tuple[float, float]) -> None:
        """Lines stretched: the canopy becomes a body where the flow holds it, as fast as the place it hangs on.

        wind  (x, y) in the frame's axes, m/s
        """
        self.stage, self._stretched_tick = Canopy.INFLATING, tick
        at = capsule.pose_of(*anchor_m)
        away = atan2(wind[1] - at.vy_mps, wind[0] - at.vx_mps) + radians(self._spec.stretch_aside_deg)
        x_m, y_m = at.x_m + self.chute.length_m * cos(away), at.y_m + self.chute.length_m * sin(away)
        pose = Pose(x_m, y_m, 0.0, at.vx_mps, at.vy_mps, 0.0)
        # The canopy is one with its lines' upper end: nothing turns it, so its moment of inertia says nothing.
        self._mover = Mover(self.chute.mass_kg, self.chute.mass_kg, pose)
        self._space.add(self._mover.body)
        self.out = True
        self.tie(capsule, anchor_m)

    def tie(self, capsule: Mover, anchor_m: tuple[float, float]) -> None:
        """Fasten the riser to this place of the capsule, in axes from its centre of mass."""
        if self._mover is None:
            return
        if self._joint is not None:
            self._space.remove(self._joint)
        self._joint = pymunk.SlideJoint(self._mover.body, capsule.body, (0.0, 0.0), anchor_m, 0.0, self.chute.length_m)
        self._space.add(self._joint)

    def push(
        self,
        tick: int,
        here: Met,
        hangs_from: tuple[float, float],
    ) -> None:
        """Forces on the canopy for the coming step, in its own surroundings.

        hangs_from  where its riser ends on the capsule then
        """
        mover = self._mover
        if mover is None:
            return
        density_kg_m3, sound_mps, wind_x, wind_y, gx, gy = here
        along, up = mover.vx - wind_x, mover.vy - wind_y
        airspeed = sqrt(along * along + up * up) or 1.0
        mach = airspeed / sound_mps
        self.area = area = (1.0 - self.lost) * self._shape((tick - self._stretched_tick) * DT_S, mach)
        drag_n = 0.5 * density_kg_m3 * airspeed * airspeed * area * self.chute.drag_area_m2(mach)
        self.load_n = drag_n
        flow_x, flow_y = along / airspeed, up / airspeed
        # The pull is along the flow but for what the lean takes aside: a round canopy's force follows its own axis.
        line_x, line_y = mover.px - hangs_from[0], mover.py - hangs_from[1]
        length_m = sqrt(line_x * line_x + line_y * line_y) or 1.0
        aside = (flow_y * line_x - flow_x * line_y) / length_m
        side_n = (self._spec.normal_force - 1.0) * drag_n * aside
        mass_kg = self.chute.mass_kg
        mover.push(
            -drag_n * flow_x - side_n * flow_y + mass_kg * gx,
            -drag_n * flow_y + side_n * flow_x + mass_kg * gy,
            0.0,
        )

    def motion(self) -> tuple[float, float, float, float]:
        """Where the canopy will be when the engine asks for forces, and how it moves: (x, y, vx, vy).

        Raises RuntimeError while there is no canopy outside.
        """
        mover = self._mover
        if mover is None:
            raise RuntimeError("the canopy is packed")
        return mover.px, mover.py, mover.vx, mover.vy

    def read(self, tick: int) -> None:
        """Take the new state over; open when the second peak is past."""
        if self._mover is None:
            return
        self._mover.read()
        if self.stage is _INFLATING:
            spec = self._spec
            if (tick - self._stretched_tick) * DT_S >= spec.inflate_s + spec.second_peak_s:
                self.stage = Canopy.OPEN

    @property
    def overloaded(self) -> bool:
        """Whether the whole canopy would bear more now than it can: then it tears."""
        return self.load_n > self._spec.tear_n * (1.0 - self.lost)

    def tear(self) -> bool:
        """Lose area to a load beyond what the canopy bears. True when it has lost more than before.

        The share goes by the load that the whole canopy would have: one that has begun to tear spares nothing.
        """
        spec = self._spec
        if self._mover is None or self.lost >= 1.0:
            return False
        lost = min((self.load_n / (1.0 - self.lost) - spec.tear_n) / (spec.burst_n - spec.tear_n), 1.0)
        if lost <= self.lost:
            return False
        self.lost = lost
        if lost >= 1.0:
            self.stage, self.area = Canopy.GONE, 0.0
        return True

    def release(self) -> Pose | None:
        """Let go of the canopy: it leaves the Space, and here is how it moved."""
        if self._mover is None:
            return None
        pose = self._mover.pose_of(0.0, 0.0)
        if self._joint is not None:
            self._space.remove(self._joint)
        self._space.remove(self._mover.body)
        self._mover = self._joint = None
        self.out = False
        return pose

    def pose(self, hangs_from: tuple[float, float]) -> Pose | None:
        """Of the canopy's middle; its angle is that of the lines. None while it is inside, and when it is gone."""
        mover = self._mover
        if mover is None:
            return None
        return Pose(mover.x, mover.y, lines_rad(mover.x - hangs_from[0], mover.y - hangs_from[1]), mover.vx, mover.vy,
                    0.0)  # fmt: skip

    def state(self) -> tuple[float, ...]:
        """For the digest."""
        body = self._mover.state() if self._mover is not None else ()
        stage = float(list(Canopy).index(self.stage))
        return *body, stage, self.lost, float(self._fired_tick), float(self._stretched_tick)

    def _shape(self, since_s: float, mach: float) -> float:
        """Area over that of the steady canopy: it overshoots, rebounds, peaks again and, in supersonic flow, pulses."""
        spec = self._spec
        first_s, second_s = spec.inflate_s, spec.second_peak_s
        if since_s < first_s:
            share = since_s / first_s
            return _FIRST_AREA + (spec.overshoot - _FIRST_AREA) * share * share
        since_s -= first_s
        if since_s < second_s:
            # Down to the dip and up again, each by half a cosine.
            half_s = 0.5 * second_s
            high = spec.overshoot if since_s < half_s else _SECOND_PEAK
            return 0.5 * (high + _DIP) + 0.5 * (high - _DIP) * cos(pi * since_s / half_s)
        since_s -= second_s
        if since_s > _SETTLED_S and mach <= spec.pulse_mach - _FADE_MACH:
            return 1.0
        area = 1.0 + (_SECOND_PEAK - 1.0) * exp(-since_s / _SETTLES_S)
        above = (mach - spec.pulse_mach) / _FADE_MACH + 1.0
        if above > 0.0:
            pulse = spec.pulse * min(above, 1.0) * (1.0 - exp(-since_s / _SETTLES_S))
            area += pulse * sin(2.0 * pi * spec.pulse_hz * since_s)
        return area


def lines_rad(dx_m: float, dy_m: float) -> float:
    """Angle of lines that lead from what hangs on them to a canopy (dx, dy) away: 0 when it is straight above."""
    return atan2(-dx_m, dy_m)
