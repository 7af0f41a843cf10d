"""What the on-board computer is loaded with before the flight: figures and forecasts, none of them a measurement."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from game.sim.aerodynamics import Aerodynamics
from game.sim.atmosphere import Atmosphere
from game.sim.parachute import Parachute
from game.sim.planet import MU_M3_S2, Planet
from game.sim.spec import ArrivalSpec
from game.sim.vehicle_spec import VehicleSpec


@dataclass(frozen=True, slots=True)
class Onboard:
    """The same functions of numbers that the flight itself is made of, for the forecast day and the nominal craft.

    forecast      the mean air that the forecast gives: a dispersed day is another
    aerodynamics  of the capsule, heat shield on; parachute of the open canopy
    entry_kg      mass of the capsule at the interface; parachute_kg under the canopy with its heat shield
    arrival       the coast that ends at the interface; None for a flight that begins below it
    """

    planet: Planet
    forecast: Atmosphere
    aerodynamics: Aerodynamics
    parachute: Parachute
    vehicle: VehicleSpec
    entry_kg: float
    parachute_kg: float
    arrival: ArrivalSpec | None = None


def interface_mps(arrival: ArrivalSpec) -> float:
    """Inertial speed at the interface: that of far out, and what the fall from there adds."""
    return sqrt(arrival.approach_mps**2 + 2.0 * MU_M3_S2 / arrival.interface_radius_m)
