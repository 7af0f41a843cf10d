"""What is true of every tick of every flight: numbers are finite, and mass goes only where it is seen to go."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from math import isfinite
from typing import Any, Final

import pytest

from game.sim.events import Event, EventName
from game.sim.flight import Flight
from game.sim.planet import STANDARD_GRAVITY_MPS2
from game.sim.snapshot import Part
from game.sim.stowage import CRUISE_MASSES, ENTRY_MASSES

_WEIGHED_BURNS: Final = 12  # ticks of burning after which the body is surely weighed anew, by either half of a flight
_CLOSE_KG: Final = 1e-8


def not_finite(value: Any, path: str = "") -> Iterator[str]:
    """Where in a record, however deep, a number is none. The computer's load is no value of a tick."""
    if isinstance(value, float):
        if not isfinite(value):
            yield f"{path} is {value}"
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from not_finite(part, f"{path}.{key}")
    elif isinstance(value, tuple | list):
        names = getattr(value, "_fields", range(len(value)))
        for name, part in zip(names, value, strict=True):
            if name != "onboard":
                yield from not_finite(part, f"{path}.{name}")
    elif is_dataclass(value) and not isinstance(value, Enum):
        for field in fields(value):
            yield from not_finite(getattr(value, field.name), f"{path}.{field.name}")


class Scales:
    """Weighs a flight tick by tick: what is on board, by the engine's own bodies, against what has left.

    The body's mass follows the propellant a few burning ticks behind, so that it lies between what it should be now and
    what it should have been then. On board is what the rover's carrier holds together: rover and stage also count after
    the cut, so that nothing is hidden in it.
    """

    def __init__(self, flight: Flight) -> None:
        self._flight = flight
        self._propellant_kg = flight.propellant_kg
        self._burns: deque[float] = deque([flight.propellant_kg], maxlen=_WEIGHED_BURNS + 1)
        self._dry_kg = self._weigh() - flight.propellant_kg
        self._total_kg = self._weigh()
        self._burn_s = 0.0
        self._aboard = self._ballast()

    def weigh(self, events: tuple[Event, ...]) -> list[str]:
        """What is wrong after the tick that brought these events."""
        flight = self._flight
        wrong: list[str] = []
        if flight.propellant_kg > self._propellant_kg or flight.propellant_kg < 0.0:
            wrong.append(f"propellant {flight.propellant_kg} kg after {self._propellant_kg} kg")
        if flight.propellant_kg != self._propellant_kg:
            self._burns.append(flight.propellant_kg)
            self._propellant_kg = flight.propellant_kg
        self._let_go({event.name for event in events})
        total_kg = self._weigh()
        low_kg, high_kg = self._dry_kg + self._propellant_kg, self._dry_kg + self._burns[0]
        if not low_kg - _CLOSE_KG <= total_kg <= high_kg + _CLOSE_KG:
            wrong.append(f"{total_kg} kg on board, where {low_kg} to {high_kg} kg are accounted for")
        if total_kg > self._total_kg + _CLOSE_KG:
            wrong.append(f"{total_kg} kg on board after {self._total_kg} kg")
        self._total_kg = total_kg
        return wrong

    def _let_go(self, names: set[EventName]) -> None:
        """Take away what has left with these events, by the vehicle's figures."""
        flight, vehicle = self._flight, self._flight.spec.vehicle
        ring = vehicle.cruise_stage
        if flight.arrival and flight.arrival.burn_s != self._burn_s:
            burnt_s, self._burn_s = flight.arrival.burn_s - self._burn_s, flight.arrival.burn_s
            self._dry_kg -= burnt_s * ring.thrust_n / (ring.isp_s * STANDARD_GRAVITY_MPS2)
        if EventName.CRUISE_STAGE_SEPARATION in names:
            burnt_kg = self._burn_s * ring.thrust_n / (ring.isp_s * STANDARD_GRAVITY_MPS2)
            self._dry_kg -= ring.mass_kg - burnt_kg
        if EventName.HEAT_SHIELD_SEPARATION in names:
            self._dry_kg -= vehicle.heat_shield.mass_kg
        aboard = self._ballast()
        for part in self._aboard - aboard:
            pair_kg = 2.0 * vehicle.aeroshell.balance_mass_kg
            masses = dict.fromkeys(CRUISE_MASSES, ring.balance_mass_kg) | dict.fromkeys(ENTRY_MASSES, pair_kg)
            masses |= {Part.PARACHUTE: vehicle.parachute.mass_kg, Part.BACKSHELL: vehicle.backshell.mass_kg}
            self._dry_kg -= masses[part]
        self._aboard = aboard

    def _ballast(self) -> set[Part]:
        """What can leave without an event of its own that says so."""
        flight = self._flight
        if flight.landing or flight.arrival is None:
            return set()
        capsule = flight.arrival.capsule
        return {
            part for part in (*CRUISE_MASSES, *ENTRY_MASSES, Part.PARACHUTE, Part.BACKSHELL) if capsule.carries(part)
        }

    def _weigh(self) -> float:
        """The mass of the bodies, as the engine has them; of the resting ones as they were."""
        craft = self._flight.craft
        bodies = [(craft.pushed.body, craft.pushed.mass_kg)]
        if craft.rover:
            bodies += [(mover.body, mover.mass_kg) for mover in (craft.rover.chassis, craft.rover.bogie)]
        for body, mass_kg in bodies:
            if isfinite(body.mass) and body.mass:
                assert body.mass == pytest.approx(mass_kg, abs=_CLOSE_KG)
        return sum(mass_kg for _, mass_kg in bodies)
