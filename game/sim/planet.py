"""Mars: the frame that the flight is flown in, gravity and rotation.

The frame is planar, fixed to the planet, SI: origin on the reference sphere at the target, y up there, x down-track;
the planet's centre lies straight below. Source of the constants: Mars 2020 camera and navigation documents.
"""

from __future__ import annotations

from math import atan2, cos, hypot, radians, sin, sqrt
from typing import Final

from game.sim.spec import SiteSpec

MU_M3_S2: Final = 4.282837e13
ROTATION_RAD_S: Final = 7.0882e-5
STANDARD_GRAVITY_MPS2: Final = 9.80665  # earth's, for specific impulse and g loads


class Planet:
    """Gravity and altitude at one site, in that site's plane of flight."""

    __slots__ = ("areoid_above_m", "radius_m", "spin_rad_s")

    def __init__(self, site: SiteSpec) -> None:
        self.radius_m = site.reference_radius_m
        self.areoid_above_m = site.areoid_radius_m - site.reference_radius_m
        # Only the component of the rotation that acts in the plane of flight, positive when the ground moves to +x.
        self.spin_rad_s = ROTATION_RAD_S * cos(radians(site.latitude_deg)) * sin(radians(site.track_azimuth_deg))

    def altitude_m(self, x_m: float, y_m: float) -> float:
        """Distance to the planet's centre minus the site's reference radius."""
        up_m = y_m + self.radius_m
        return sqrt(x_m * x_m + up_m * up_m) - self.radius_m

    def downrange_m(self, x_m: float, y_m: float) -> float:
        """How far down-track of the frame's origin a place lies, along the ground."""
        return self.radius_m * atan2(x_m, y_m + self.radius_m)

    def local(self, x_m: float, y_m: float, vx_mps: float, vy_mps: float) -> tuple[float, float]:
        """A velocity along the ground and up, by the vertical of this place: (along, up) in m/s."""
        up_m = y_m + self.radius_m
        r_m = hypot(x_m, up_m)
        return (vx_mps * up_m - vy_mps * x_m) / r_m, (vx_mps * x_m + vy_mps * up_m) / r_m

    def gravity(self, x_m: float, y_m: float, vx_mps: float, vy_mps: float) -> tuple[float, float]:
        """Acceleration of a free body in the turning frame: Newton, centrifugal and Coriolis, in m/s2.

        The ground at the top of the frame moves towards +x, so the frame turns clockwise: an eastward speed lifts,
        a falling body drifts east.
        """
        up_m = y_m + self.radius_m
        r2 = x_m * x_m + up_m * up_m
        spin = self.spin_rad_s
        radial = spin * spin - MU_M3_S2 / (r2 * sqrt(r2))
        return radial * x_m - 2.0 * spin * vy_mps, radial * up_m + 2.0 * spin * vx_mps
