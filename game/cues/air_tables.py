"""The day's air and the capsule's coefficients as plain lists: a whole entry is foretold in half a millisecond."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from game.sim.aerodynamics import Aerodynamics
from game.sim.atmosphere import Atmosphere
from game.sim.parachute import Parachute

CELL_M: Final = 250.0
CELLS: Final = 560
MACH_CELLS: Final = 40  # to a Mach number
_MOST_MACH: Final = 12  # beyond it nothing changes any more


class Tables(NamedTuple):
    """By height, a cell each `CELL_M`; by Mach number, `MACH_CELLS` to one.

    density         at the lower edge of the cell, kg/m3: between the edges along a straight line
    per_sound, wind  in the middle of the cell: one over the speed of sound, s/m, and the wind down-track, m/s
    drag, trim      coefficient, and size of the trim's incidence in radians; canopy: coefficient times area, m2
    """

    density: list[float]
    per_sound: list[float]
    wind: list[float]
    drag: list[float]
    trim: list[float]
    canopy: list[float]


@lru_cache(maxsize=8)
def tables_of(air: Atmosphere, aerodynamics: Aerodynamics, chute: Parachute) -> Tables:
    """Reckoned once for a day, a capsule and its parachute."""
    heights = [CELL_M * cell for cell in range(CELLS + 1)]
    machs = [(cell + 0.5) / MACH_CELLS for cell in range(_MOST_MACH * MACH_CELLS)]
    return Tables(
        [air.density_kg_m3(height_m) for height_m in heights],
        [1.0 / air.sound_speed_mps(height_m + 0.5 * CELL_M) for height_m in heights],
        [air.mean_wind_mps(height_m + 0.5 * CELL_M) for height_m in heights],
        [aerodynamics.drag_coefficient(mach) for mach in machs],
        [aerodynamics.trim_rad(mach) for mach in machs],
        [chute.drag_area_m2(mach) for mach in machs],
    )
