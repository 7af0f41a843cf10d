"""Flights of the `jezero` level from the interface to the backshell, and the same flown by the independent equations.

Raw control law and nobody at the stick: no thruster fires, the lift points where it did at the start, the capsule
swings about its trim by its own stability. Commands are three ACTIONs; the integrator is told when, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import pytest

from game.content.modes import Mode
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Truth
from game.sim.spec import TICK_HZ, FlightSpec
from tests.independent.canopy import Descent
from tests.independent.entry import Entry, Model
from tests.scenario.world import world

CALM: Final = {"air__wind": ((0.0, 0.0),)}
CASES: Final[dict[str, dict[str, Any]]] = {
    "calm": CALM,
    "more lift": {**CALM, "start__lift": 0.8, "start__incidence_deg": -18.0},
    "steeper": {**CALM, "start__lift": 0.8, "start__arrival__entry_angle_deg": -16.3},
    "the day's wind": {},
    "a storm": {"air__wind": ((0.0, -20.0), (12_000.0, -35.0), (40_000.0, 30.0))},
}
STILL: Final = ("calm", "more lift", "steeper")
WINDY: Final = ("the day's wind", "a storm")

MORTAR_MACH: Final = 1.78
SHIELD_AFTER_S: Final = 22.0
BACKSHELL_M: Final = 2_300.0
EVERY_S: Final = 20.0


def spec_of(case: str) -> FlightSpec:
    """From the interface, six degrees beside its trim, with no error in the course."""
    start: dict[str, Any] = {
        "start__phase": Phase.ENTRY, "start__t_s": 0.0, "start__incidence_deg": -4.0, "start__lift": 0.68,
        "start__arrival__angle_error_deg": 0.0, "start__arrival__error_spread_deg": 0.0,
    }  # fmt: skip
    return world("jezero", Mode.RAW, **(start | CASES[case]))


DEMANDED: Final = 0.2  # per cent, of height and of speed

cases = pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.slow if case in {"more lift", "a storm"} else ())
        for case in (*STILL, *WINDY)
    ],
)


@dataclass
class Flown:
    """A flight, and how it stood every twenty seconds and when a command was given (before that took effect)."""

    flight: Flight
    told: list[Any] = field(default_factory=list)
    stood: dict[float, Truth] = field(default_factory=dict)
    incidence: dict[float, float] = field(default_factory=dict)  # rad, every twentieth of a second
    mortar_s: float = 0.0
    shield_s: float = 0.0
    backshell_s: float = 0.0

    def t_s_of(self, name: EventName) -> float:
        return next(event.t_s for event in self.told if event.name is name)


@cache
def flown(case: str) -> Flown:
    """Mortar at Mach 1.78 once the ballast is gone, heat shield 22 s later, backshell at 2.3 km."""
    result = Flown(flight := Flight(spec_of(case)))
    ballast = 0
    while not result.backshell_s:
        t_s, craft = flight.tick / TICK_HZ, flight.craft
        action = False
        if not result.mortar_s:
            action = ballast == 3 and craft.mach < MORTAR_MACH
            result.mortar_s = t_s if action else 0.0
        elif not result.shield_s:
            action = t_s >= result.mortar_s + SHIELD_AFTER_S
            result.shield_s = t_s if action else 0.0
        elif flight.planet.altitude_m(craft.x, craft.y) < BACKSHELL_M:
            action = True
            result.backshell_s = t_s
        if action or flight.tick % round(EVERY_S * TICK_HZ) == 0:
            result.stood[t_s] = flight.snapshot()
        events = flight.step(Command(action=action))
        result.told += events
        ballast += sum(event.name is EventName.BALANCE_MASS for event in events)
        if flight.tick % (TICK_HZ // 20) == 0:
            result.incidence[flight.tick / TICK_HZ] = craft.incidence_rad
        assert not flight.decided, flight.reason
    return result


@cache
def integrated(case: str) -> tuple[Entry, Descent]:
    """The same flight by the equations in this directory, from the interface on."""
    flight = flown(case)
    entry = Entry(Model(flight.flight.spec), flight.mortar_s + flight.flight.spec.vehicle.parachute.stretch_s)
    return entry, Descent(entry, flight.mortar_s, flight.shield_s, flight.backshell_s)


@dataclass(frozen=True)
class Off:
    """How far the flight is from the integration: of the height and of the speed, in per cent."""

    t_s: float
    height: float
    speed: float


def off(case: str, t_s: float) -> Off:
    """At this time, one at which the flight was looked at."""
    entry, descent = integrated(case)
    truth = flown(case).stood[t_s]
    if t_s <= descent.legs[0].start_s:
        r, _, speed, _ = entry.rover(t_s)
    else:
        r, speed = descent.rover(t_s)
    height_m = r - entry.model.zero_m
    return Off(t_s, 100.0 * (truth.altitude_m / height_m - 1.0), 100.0 * (truth.speed_mps / speed - 1.0))
