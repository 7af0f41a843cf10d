"""The backshell's attitude thrusters and the law that fires them: pairs that turn the capsule, on or off.

Damped: in the approach the tilt is a turn rate; in the entry they steer towards the trim incidence of the lift that is
held; under the parachute they damp. Raw: the tilt is the moment itself, and nothing is held.
"""

from __future__ import annotations

from math import copysign, radians
from typing import Final

from game.sim.planet import STANDARD_GRAVITY_MPS2
from game.sim.spec import DT_S
from game.sim.vehicle_spec import ThrustersSpec

_FASTEST_RAD_S: Final = radians(8.0)  # that an attitude error asks for


class Thrusters:
    """Pairs of thrusters; `firing` is their moment as a share of a pair's, + counter-clockwise."""

    __slots__ = ("_eager", "_flow_kg", "_hold", "_moment_nm", "_start", "firing", "full_rate_rad_s")

    def __init__(self, spec: ThrustersSpec) -> None:
        self._moment_nm = spec.moment_nm
        self._flow_kg = spec.force_n / (spec.isp_s * STANDARD_GRAVITY_MPS2) * DT_S
        self._start, self._hold = radians(spec.rate_band_deg_s), radians(spec.hold_band_deg_s)
        self._eager = spec.attitude_rad_s
        self.full_rate_rad_s = radians(spec.rate_deg_s)
        self.firing = 0.0

    def rest(self) -> None:
        self.firing = 0.0

    def push(self, lever: float) -> None:
        """The raw law: this share of a pair's moment, + counter-clockwise."""
        self.firing = lever

    def seek(self, error_rad: float, rate_rad_s: float) -> None:
        """Turn this angle away, + counter-clockwise, and stay there; `rate` is how fast the incidence changes."""
        wanted = self._eager * error_rad
        if abs(wanted) > _FASTEST_RAD_S:
            wanted = copysign(_FASTEST_RAD_S, wanted)
        self.turn(wanted - rate_rad_s)

    def turn(self, missing_rad_s: float, bands: float = 1.0) -> None:
        """Fire for a turn rate that is missing, + counter-clockwise: from the wide band on, until the narrow one.

        `bands` widens both.
        """
        band = bands * (self._hold if self.firing else self._start)
        if missing_rad_s > band:
            self.firing = 1.0
        elif missing_rad_s < -band:
            self.firing = -1.0
        else:
            self.firing = 0.0

    def step(self, propellant_kg: float) -> tuple[float, float]:
        """(moment N m, propellant burnt kg) of one tick; nothing without propellant."""
        if not self.firing:
            return 0.0, 0.0
        if propellant_kg <= 0.0:
            self.firing = 0.0
            return 0.0, 0.0
        return self._moment_nm * self.firing, min(self._flow_kg * abs(self.firing), propellant_kg)
