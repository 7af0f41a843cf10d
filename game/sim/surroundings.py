"""What a body meets where it is: the air of that height, the wind of that place, gravity.

The wind blows along the ground below, not along the frame's x axis: ten degrees up-track of the origin the two differ
by ten degrees, and a wind of 17 m/s would blow into the ground at 3 m/s.
"""

from __future__ import annotations

from copy import copy

from game.sim.atmosphere import Atmosphere
from game.sim.planet import Planet

Met = tuple[float, float, float, float, float, float]


class Surroundings:
    """The surroundings of one body: they remember the layer of air that it was in last."""

    __slots__ = ("_air", "_planet")

    def __init__(self, planet: Planet, air: Atmosphere) -> None:
        self._planet, self._air = planet, copy(air)

    def at(self, x_m: float, y_m: float, vx_mps: float, vy_mps: float, gust_mps: float = 0.0) -> Met:
        """For a body at (x, y) that moves at (vx, vy), with a gust on top of the mean wind.

        (density kg/m3, speed of sound m/s, wind x and y m/s, acceleration of a free body x and y m/s2)
        """
        gx, gy, altitude_m, across, upright = self._planet.field(x_m, y_m, vx_mps, vy_mps)
        density, sound_mps, wind_mps = self._air.at(altitude_m)
        wind_mps += gust_mps
        return density, sound_mps, wind_mps * upright, -wind_mps * across, gx, gy
