"""What a body meets where it is: the air of that height, the wind of that place, gravity.

The wind blows along the ground below, not along the frame's x axis: ten degrees up-track of the origin the two differ
by ten degrees, and a wind of 17 m/s would blow into the ground at 3 m/s.
"""

from __future__ import annotations

from math import exp, sqrt
from typing import Final

from game.sim.atmosphere import SOUND_M2_S2_K, Atmosphere
from game.sim.planet import MU_M3_S2, Planet
from game.sim.tables import stretch_at

Met = tuple[float, float, float, float, float, float]
WEIGHT: Final = 5  # where in it the vertical acceleration of a free body stands, + up


class Surroundings:
    """The surroundings of one body: they remember the layer of air that it was in last."""

    __slots__ = ("_here", "_radius_m", "_spin2", "_stretches", "_twice_spin")

    def __init__(self, planet: Planet, air: Atmosphere) -> None:
        self._radius_m = planet.radius_m
        self._spin2, self._twice_spin = planet.spin_rad_s * planet.spin_rad_s, planet.spin_rad_s + planet.spin_rad_s
        self._stretches = air.stretches
        self._here = self._stretches[0]

    def at(self, x_m: float, y_m: float, vx_mps: float, vy_mps: float, gust_mps: float = 0.0) -> Met:
        """For a body at (x, y) that moves at (vx, vy), with a gust on top of the mean wind.

        (density kg/m3, speed of sound m/s, wind x and y m/s, acceleration of a free body x and y m/s2)

        Every body asks this at every tick, so that `Planet.gravity` and `Atmosphere.at`, which say the same one by one,
        stand here as one formula; a test compares them to the last bit.
        """
        up_m = y_m + self._radius_m
        r2 = x_m * x_m + up_m * up_m
        r_m = sqrt(r2)
        radial = self._spin2 - MU_M3_S2 / (r2 * r_m)
        twice = self._twice_spin
        altitude_m = r_m - self._radius_m
        low, high, start, thick, thick_slope, warm, warm_slope, wind, wind_slope = self._here
        if not low <= altitude_m < high:  # nearly always still in the layer of the last tick
            self._here = here = stretch_at(self._stretches, altitude_m)
            _, _, start, thick, thick_slope, warm, warm_slope, wind, wind_slope = here
        past_m = altitude_m - start
        along = (wind + wind_slope * past_m + gust_mps) / r_m
        return (
            exp(thick + thick_slope * past_m),
            sqrt(SOUND_M2_S2_K * (warm + warm_slope * past_m)),
            along * up_m,
            -along * x_m,
            radial * x_m - twice * vy_mps,
            radial * up_m + twice * vx_mps,
        )
