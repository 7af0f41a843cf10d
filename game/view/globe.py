"""The planet under the picture: which way is up, where the ground is below a place, how far the horizon is."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, hypot, sin, sqrt
from typing import Final

from game.sim.terrain import Terrain

_FRAME_M: Final = (3_000.0, 12_000.0)  # nearer than the first the frame's own y is up, beyond the second the vertical


@dataclass(frozen=True, slots=True)
class Globe:
    """A round planet with a site's ground on it; radius_m to altitude zero."""

    terrain: Terrain
    radius_m: float

    def downrange_m(self, x_m: float, y_m: float) -> float:
        """How far along the ground from the frame's origin, + down-track."""
        return self.radius_m * atan2(x_m, y_m + self.radius_m)

    def altitude_m(self, x_m: float, y_m: float) -> float:
        return hypot(x_m, y_m + self.radius_m) - self.radius_m

    def ground_altitude_m(self, downrange_m: float) -> float:
        """The measured ground's altitude, without its roughness: free of charge at any distance."""
        return self.terrain.altitude_at(downrange_m)

    def place(self, downrange_m: float, altitude_m: float) -> tuple[float, float]:
        """The frame's x and y of a place over the ground."""
        angle, r_m = downrange_m / self.radius_m, self.radius_m + altitude_m
        return r_m * sin(angle), r_m * cos(angle) - self.radius_m

    def turn_at(self, x_m: float) -> float:
        """How far up leans down-track of the frame's y: the true angle far away, nothing at the target."""
        near, far = _FRAME_M
        share = min(max((abs(x_m) - near) / (far - near), 0.0), 1.0)
        share *= share * (3.0 - 2.0 * share)
        return share * x_m / self.radius_m

    def horizon_m(self, height_m: float) -> float:
        """Distance along the ground to the horizon, from so high."""
        return sqrt(2.0 * self.radius_m * max(height_m, 0.0))
