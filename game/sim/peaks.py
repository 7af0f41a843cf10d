"""Largest values of a flight, and the moment at which each can be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_FALLEN: Final = 0.98  # of the maximum: then it was one


@dataclass(frozen=True, slots=True)
class Peaks:
    """Largest values of a flight.

    g                      load, in earth g; contacts are left out: on rigid wheels one tick's impact says nothing
    heat_flux_w_cm2        heat at the stagnation point
    surface_temperature_c  of the heat shield
    dynamic_pressure_pa    of the air that flows by
    parachute_load_n       pull of the canopy
    """

    g: float = 0.0
    heat_flux_w_cm2: float = 0.0
    surface_temperature_c: float = 0.0
    dynamic_pressure_pa: float = 0.0
    parachute_load_n: float = 0.0


class PeakWatch:
    """Follows one value and tells a maximum once it has fallen two per cent below it; a higher one is told again.

    told   of the highest so far; then a value below it is nothing to see
    """

    __slots__ = ("_least", "high", "high_t_s", "told")

    def __init__(self, least: float = 0.0) -> None:
        """A maximum below `least` is not worth telling."""
        self._least = least
        self.told = True
        self.high = self.high_t_s = 0.0

    def see(self, value: float, t_s: float) -> bool:
        """Take this value in. True when the maximum so far has just turned out to be one."""
        if value > self.high:
            self.high, self.high_t_s = value, t_s
            self.told = value < self._least
        elif not self.told and value < _FALLEN * self.high:
            self.told = True
            return True
        return False

    def state(self) -> tuple[float, ...]:
        """For the digest."""
        return self.high, self.high_t_s, float(self.told)
