"""The course: its last correction nine hours out, and the coast from there to the entry interface.

A two-body hyperbola in closed form, in the plane of flight, in inertial axes; only what is handed over turns with the
planet. Angles about the planet's centre run down-track, and time starts where the planned course crosses the
interface, at zero. Formulas: Battin, An Introduction to the Mathematics and Methods of Astrodynamics, 1999, chapter 4.
"""

from __future__ import annotations

from math import asinh, atan2, copysign, cos, cosh, degrees, hypot, radians, sin, sinh, sqrt
from typing import Final, NamedTuple

from game.sim.planet import MU_M3_S2, Planet
from game.sim.spec import ArrivalSpec

_MOST_NEWTON_STEPS: Final = 60
_CLOSE_ENOUGH: Final = 1e-15  # of Kepler's equation, by the size of its terms


class _At(NamedTuple):
    """A place on a hyperbola: time and angle from its lowest point, distance, and speeds up and down-track."""

    since_s: float
    angle_rad: float
    r_m: float
    up_mps: float
    along_mps: float


class _Hyperbola:
    """The orbit through one place with one velocity."""

    __slots__ = ("_axis_m", "_eccentricity", "_h", "_rate_rad_s", "_speed2_m2_s2", "lowest_m")

    def __init__(self, r_m: float, up_mps: float, along_mps: float) -> None:
        """Raises ValueError for a speed that is not enough to have come from far away."""
        self._h = r_m * along_mps
        self._speed2_m2_s2 = up_mps * up_mps + along_mps * along_mps - 2.0 * MU_M3_S2 / r_m  # far out
        if self._speed2_m2_s2 <= 0.0:
            raise ValueError("an arrival from far away has a speed left there")
        self._axis_m = MU_M3_S2 / self._speed2_m2_s2
        self._eccentricity = sqrt(1.0 + self._h * self._h / (MU_M3_S2 * self._axis_m))
        self._rate_rad_s = sqrt(MU_M3_S2 / self._axis_m) / self._axis_m
        # a (e - 1), without the difference of two numbers that are nearly the same
        self.lowest_m = self._h * self._h / MU_M3_S2 / (1.0 + self._eccentricity)

    def inbound(self, r_m: float) -> _At:
        """Where it comes down through this distance; its lowest point where it never does."""
        r_m = max(r_m, self.lowest_m)
        along_mps = self._h / r_m
        up2 = self._speed2_m2_s2 + 2.0 * MU_M3_S2 / r_m - along_mps * along_mps
        return self.at(r_m, -sqrt(max(up2, 0.0)), along_mps)

    def after(self, since_s: float) -> _At:
        """Where it is so long after its lowest point."""
        anomaly = _kepler(self._rate_rad_s * since_s, self._eccentricity)
        r_m = self._axis_m * (self._eccentricity * cosh(anomaly) - 1.0)
        up_mps = sqrt(MU_M3_S2 * self._axis_m) * self._eccentricity * sinh(anomaly) / r_m
        return self.at(r_m, up_mps, self._h / r_m)

    def at(self, r_m: float, up_mps: float, along_mps: float) -> _At:
        """The place with this distance and these speeds, which must lie on it."""
        flat_m = self._h * self._h / MU_M3_S2
        angle_rad = atan2(up_mps * abs(self._h) / MU_M3_S2, flat_m / r_m - 1.0)
        pull = r_m * up_mps / sqrt(MU_M3_S2 * self._axis_m)  # e sinh F
        since_s = (pull - asinh(pull / self._eccentricity)) / self._rate_rad_s
        return _At(since_s, angle_rad if self._h >= 0.0 else -angle_rad, r_m, up_mps, along_mps)


def _kepler(mean: float, eccentricity: float) -> float:
    """F of `e sinh F - F = mean`, by Newton's method; the same steps for the same numbers."""
    size = abs(mean)
    # Both are beyond the root, from where Newton's steps only come nearer: e sinh F - F is at least (e - 1) sinh F,
    # and at least a sixth of F cubed.
    anomaly = (6.0 * size) ** (1.0 / 3.0)
    if eccentricity > 1.0:
        anomaly = min(anomaly, asinh(size / (eccentricity - 1.0)))
    for _ in range(_MOST_NEWTON_STEPS):
        slope = eccentricity * cosh(anomaly) - 1.0
        if slope <= 0.0:
            break
        step = (eccentricity * sinh(anomaly) - anomaly - size) / slope
        anomaly -= step
        if abs(step) <= _CLOSE_ENOUGH * anomaly:
            break
    return copysign(anomaly, mean)


class Course:
    """Where we are bound for, as it stands; `burn` changes it.

    later_s, shift_m  how much later than planned the interface is crossed, and how far down-track along the ground of
                      the planned place: what the planet has turned meanwhile is in it
    away_m            distance to the planet's centre, where the correction is flown
    misses            we pass above the interface: then everything is reckoned to the lowest point instead, where the
                      entry angle is nothing
    """

    __slots__ = (
        "_along_mps",
        "_angle_rad",
        "_arrival",
        "_before_s",
        "_burnt_mps",
        "_crossing",
        "_crossing_rad",
        "_orbit",
        "_planet",
        "_up_mps",
        "away_m",
        "later_s",
        "misses",
        "shift_m",
    )

    def __init__(
        self, arrival: ArrivalSpec, planet: Planet, before_s: float, error_deg: float = 0.0, speed_mps: float = 0.0
    ) -> None:
        """A craft that is `before_s` before the planned crossing, where it is planned to be.

        error_deg  what the entry angle is off, + too shallow: its velocity there points elsewhere, no more and no less
        speed_mps  added to the speed at the interface; the arrival is planned with it, so that it shifts neither
                   place nor time of the crossing
        """
        self._arrival = arrival
        self._planet = planet
        self._before_s = before_s
        self._burnt_mps = 0.0
        r_m = arrival.interface_radius_m
        speed = sqrt(arrival.approach_mps**2 + 2.0 * MU_M3_S2 / r_m) + speed_mps
        angle_rad = radians(arrival.entry_angle_deg)
        planned = _Hyperbola(r_m, speed * sin(angle_rad), speed * cos(angle_rad))
        crossing = planned.inbound(r_m)
        now = planned.after(crossing.since_s - before_s)
        self.away_m = now.r_m
        # Down-track of the frame's origin, in axes that do not turn and lie on the frame's at the planned crossing.
        self._angle_rad = arrival.downrange_m / planet.radius_m - (crossing.angle_rad - now.angle_rad)
        # The same place and speed: angular momentum alone makes the entry angle what it is.
        along_mps = r_m * speed * cos(angle_rad + radians(error_deg)) / now.r_m
        up2 = now.up_mps * now.up_mps + now.along_mps * now.along_mps - along_mps * along_mps
        self._reckon(-sqrt(max(up2, 0.0)), along_mps)

    def burn(self, dv_mps: float) -> None:
        """Add this much velocity across the path, + outwards: shallower."""
        speed = hypot(self._up_mps, self._along_mps)
        across = dv_mps / speed
        self._burnt_mps += dv_mps
        self._reckon(self._up_mps + across * self._along_mps, self._along_mps - across * self._up_mps)

    @property
    def entry_angle_deg(self) -> float:
        """Inertial flight path angle at the interface, negative downwards; 0 for a course that misses it."""
        return 0.0 if self.misses else degrees(atan2(self._crossing.up_mps, self._crossing.along_mps))

    def pick_up(self, before_s: float) -> tuple[float, float, float, float]:
        """Place and velocity (x, y, vx, vy) in the planet's frame, so long before we cross the interface."""
        crossing = self._crossing
        here = self._orbit.after(crossing.since_s - before_s)
        spin = self._planet.spin_rad_s
        angle_rad = self._crossing_rad - (crossing.angle_rad - here.angle_rad) + spin * before_s
        along_mps = here.along_mps - spin * here.r_m
        across, upright = sin(angle_rad), cos(angle_rad)
        return (
            here.r_m * across,
            here.r_m * upright - self._planet.radius_m,
            here.up_mps * across + along_mps * upright,
            here.up_mps * upright - along_mps * across,
        )

    def state(self) -> tuple[float, ...]:
        """Everything that burns have changed, for the digest."""
        return self._burnt_mps, self._up_mps, self._along_mps

    def _reckon(self, up_mps: float, along_mps: float) -> None:
        """Take this velocity, and work out what becomes of it."""
        self._up_mps, self._along_mps = up_mps, along_mps
        self._orbit = orbit = _Hyperbola(self.away_m, up_mps, along_mps)
        interface_m = self._arrival.interface_radius_m
        self.misses = orbit.lowest_m > interface_m or up_mps >= 0.0
        self._crossing = crossing = orbit.inbound(interface_m)
        now = orbit.at(self.away_m, up_mps, along_mps)
        self.later_s = crossing.since_s - now.since_s - self._before_s
        turned_rad = self._planet.spin_rad_s * self.later_s
        self._crossing_rad = self._angle_rad + (crossing.angle_rad - now.angle_rad) - turned_rad
        self.shift_m = self._crossing_rad * self._planet.radius_m - self._arrival.downrange_m
