"""The open parachute: a disk-gap-band canopy's drag, against Mach number and dynamic pressure."""

from __future__ import annotations

from math import hypot
from typing import Final

from game.sim.spec import ParachuteSpec
from game.sim.tables import Lookup

_INFLATED: Final = 0.7  # width of the full canopy over its nominal diameter


class Parachute:
    """Drag of one canopy; `drag_factor` is what a dispersed canopy differs by."""

    __slots__ = ("_area_m2", "_coefficient", "length_m", "mass_kg", "width_m")

    def __init__(self, spec: ParachuteSpec, drag_factor: float = 1.0) -> None:
        self._coefficient = Lookup(spec.drag_coefficient)
        self._area_m2 = spec.reference_area_m2 * drag_factor
        self.mass_kg = spec.mass_kg
        self.width_m = _INFLATED * spec.diameter_m
        self.length_m = spec.lines_m + spec.riser_m

    def drag_n(
        self, density_kg_m3: float, sound_mps: float, vx_mps: float, vy_mps: float, wind_mps: float
    ) -> tuple[float, float]:
        """Drag on a canopy that moves at (vx, vy) over the ground, in N."""
        along_mps = vx_mps - wind_mps
        airspeed = hypot(along_mps, vy_mps)
        area_m2 = self._coefficient(airspeed / sound_mps) * self._area_m2
        factor = -0.5 * density_kg_m3 * area_m2 * airspeed
        return factor * along_mps, factor * vy_mps
