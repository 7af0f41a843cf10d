"""What no pilot knows before the flight: one draw of everything that a dispersed flight differs by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.sim.spec import ArrivalSpec, DispersionsSpec
from game.sim.streams import Stream, stream

_TIP_OFF_SPREAD: Final = 0.5  # of the tip-off rate, either way


@dataclass(frozen=True, slots=True)
class Drawn:
    """Factors on the nominal values, and additions to the start and the wind. A plain flight has ones and zeros."""

    density: float
    wind_mps: float
    parachute_drag: float
    thrust: float
    isp: float
    mass: float
    start_speed_mps: float
    start_downrange_m: float
    high_density: float
    entry_angle_deg: float
    entry_speed_mps: float
    capsule_drag: float
    lift: float

    @property
    def moves_air(self) -> bool:
        return self.density != 1.0 or self.wind_mps != 0.0


def draw(spec: DispersionsSpec, source: Stream) -> Drawn:
    """Draw all of them in this order, used or not, so that a new level setting shifts none of the others."""

    def third(three_sigma: float) -> float:
        return three_sigma * source.normal() / 3.0

    dense = source.normal() / 300.0
    return Drawn(
        density=1.0 + spec.density_percent * dense,
        wind_mps=third(spec.wind_mps),
        parachute_drag=1.0 + third(spec.parachute_drag_percent) / 100.0,
        thrust=1.0 + third(spec.thrust_percent) / 100.0,
        isp=1.0 + third(spec.isp_percent) / 100.0,
        mass=1.0 + third(spec.mass_percent) / 100.0,
        start_speed_mps=third(spec.start_speed_mps),
        start_downrange_m=third(spec.start_downrange_m),
        high_density=1.0 + max(spec.high_density_percent, spec.density_percent) * dense,
        entry_angle_deg=third(spec.entry_angle_deg),
        entry_speed_mps=third(spec.entry_speed_mps),
        capsule_drag=1.0 + third(spec.capsule_drag_percent) / 100.0,
        lift=1.0 + third(spec.lift_percent) / 100.0,
    )


def course_error_deg(arrival: ArrivalSpec, seed: int) -> float:
    """The error of the course at the start that a level gives every flight, dispersed or not; + is too shallow."""
    return arrival.angle_error_deg + arrival.error_spread_deg * stream(seed, "course").centred()


def tip_off_factor(seed: int) -> float:
    """On the turn rate that the cruise stage leaves behind, also in every flight."""
    return 1.0 + _TIP_OFF_SPREAD * stream(seed, "tip-off").centred()
