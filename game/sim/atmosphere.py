"""The air: density, temperature, speed of sound and wind at a height.

The reference table is of the COSPAR / Mars-GRAM kind (heights above the areoid); a level's day scales it.
Density is interpolated in its logarithm, temperature linearly; above and below the table both are held or continued
with the last layer's scale height.
"""

from __future__ import annotations

from math import copysign, exp, log, sqrt
from typing import Final

from game.sim.spec import AirSpec
from game.sim.streams import Stream
from game.sim.tables import Lookup, stretch_at, stretches

# height above the areoid (km), temperature (K), density (kg/m3)
REFERENCE: Final = (
    (-2.57, 214.0, 1.97e-2), (0.0, 214.0, 1.55e-2), (2.0, 214.0, 1.30e-2), (4.0, 213.0, 1.08e-2),
    (6.0, 212.0, 9.06e-3), (8.0, 209.0, 7.65e-3), (10.0, 205.0, 6.47e-3), (12.0, 201.0, 5.44e-3),
    (15.0, 196.0, 4.17e-3), (20.0, 188.0, 2.63e-3), (25.0, 181.0, 1.62e-3), (30.0, 175.0, 9.80e-4),
    (35.0, 169.0, 5.82e-4), (40.0, 162.0, 3.40e-4), (45.0, 157.0, 1.94e-4), (50.0, 152.0, 1.08e-4),
    (60.0, 144.0, 3.18e-5), (70.0, 140.0, 8.73e-6), (80.0, 139.0, 2.29e-6), (90.0, 139.0, 6.01e-7),
    (100.0, 139.0, 1.59e-7), (110.0, 149.0, 4.14e-8), (120.0, 160.0, 1.19e-8), (128.0, 168.0, 4.7e-9),
)  # fmt: skip
# Carbon dioxide at Mars temperatures: the table's own sound speeds (230 m/s at 214 K, 185 m/s at 139 K) give this.
SOUND_M2_S2_K: Final = 247.0

_FAR_M: Final = 4e6  # outside the table: there is no air left, or far more than anybody can fly in

# Between these heights the spread of a dispersed day's density grows.
_LOW_KM: Final = 40.0
_HIGH_KM: Final = 80.0
# Share of a dispersed day's wind by altitude: friction at the ground leaves a third.
_WIND_GROWS: Final = ((0.0, 1.0 / 3.0), (2000.0, 1.0 / 3.0), (12_000.0, 1.0))


class Atmosphere:
    """The air of one day. Heights are altitudes of the frame; `areoid_above_m` shifts them to the table's own.

    stretches  by altitude: log of the density, temperature and wind between all their knots, each with its slope
    """

    __slots__ = ("_here", "_wind", "stretches")

    def __init__(
        self,
        spec: AirSpec,
        areoid_above_m: float,
        density_factor: float = 1.0,
        wind_mps: float = 0.0,
        high_density_factor: float | None = None,
    ) -> None:
        """What a dispersed day adds: `density_factor` up to 40 km, from there growing to the high one at 80 km.

        `wind_mps` blows from 12 km up; the ground takes two thirds of it away.
        """
        high = density_factor if high_density_factor is None else high_density_factor
        more = Lookup(((_LOW_KM, density_factor), (_HIGH_KM, high)))
        scale, warmth = Lookup(spec.density_factor), Lookup(spec.temperature_factor)
        heights_m = [1000.0 * h_km + areoid_above_m for h_km, _, _ in REFERENCE]
        logs = [log(more(h_km) * rho * scale(h_km)) for h_km, _, rho in REFERENCE]
        warm = [t_k * warmth(h_km) for h_km, t_k, _ in REFERENCE]
        mean, gain = Lookup(spec.wind), Lookup(_WIND_GROWS)
        winds_m = sorted({h_m for h_m, _ in spec.wind} | {h_m for h_m, _ in _WIND_GROWS}) if wind_mps else ()
        wind = tuple((h_m, mean(h_m) + wind_mps * gain(h_m)) for h_m in winds_m) if wind_mps else spec.wind
        self._wind = Lookup(wind)
        thick = tuple(zip(heights_m, logs, strict=True))
        # The air goes on beyond the table with the outermost layers' scale heights.
        thick = (_beyond(thick[1], thick[0]), *thick, _beyond(thick[-2], thick[-1]))
        self.stretches = stretches(thick, tuple(zip(heights_m, warm, strict=True)), wind)
        self._here = self.stretches[0]

    def at(self, altitude_m: float) -> tuple[float, float, float]:
        """All of it in one: (density kg/m3, speed of sound m/s, steady wind down-track m/s)."""
        low, high, start, thick, thick_slope, warm, warm_slope, wind, wind_slope = self._here
        if not low <= altitude_m < high:  # nearly always still in the layer of the last tick
            self._here = here = stretch_at(self.stretches, altitude_m)
            _, _, start, thick, thick_slope, warm, warm_slope, wind, wind_slope = here
        up_m = altitude_m - start
        return (
            exp(thick + thick_slope * up_m),
            sqrt(SOUND_M2_S2_K * (warm + warm_slope * up_m)),
            wind + wind_slope * up_m,
        )

    def density_kg_m3(self, altitude_m: float) -> float:
        return self.at(altitude_m)[0]

    def sound_speed_mps(self, altitude_m: float) -> float:
        return self.at(altitude_m)[1]

    def mean_wind_mps(self, altitude_m: float) -> float:
        """The steady wind down-track, without gusts."""
        return self._wind(altitude_m)


def _beyond(inner: tuple[float, float], outer: tuple[float, float]) -> tuple[float, float]:
    """A point far out on the line through two points."""
    slope = (outer[1] - inner[1]) / (outer[0] - inner[0])
    far_m = copysign(_FAR_M, outer[0] - inner[0])
    return outer[0] + far_m, outer[1] + slope * far_m


class Gusts:
    """Gusts on top of the mean wind: an Ornstein-Uhlenbeck process, one draw of its own stream a tick."""

    __slots__ = ("_draw", "_keep", "_kick", "speed_mps")

    def __init__(self, spec: AirSpec, stream: Stream, dt_s: float) -> None:
        self._draw = stream.centred
        self._keep = exp(-dt_s / spec.gust_time_s)
        # centred() has a variance of 1/3
        self._kick = spec.gust_mps * sqrt(3.0 * (1.0 - self._keep * self._keep))
        self.speed_mps = 0.0

    def step(self) -> float:
        self.speed_mps = self._keep * self.speed_mps + self._kick * self._draw()
        return self.speed_mps


def drag_n(density_kg_m3: float, drag_area_m2: float, vx_mps: float, vy_mps: float) -> tuple[float, float]:
    """Drag on a body of this drag area (coefficient times area) moving at (vx, vy) through the air, in N."""
    factor = -0.5 * density_kg_m3 * drag_area_m2 * sqrt(vx_mps * vx_mps + vy_mps * vy_mps)
    return factor * vx_mps, factor * vy_mps
