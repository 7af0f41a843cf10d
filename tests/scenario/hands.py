"""A pilot of a few lines for the flight above the backshell: good enough to land, and no better than it must be.

It stands for a person who does the plain thing at every step, so that a scenario can do one thing otherwise and does
not depend on how well the autopilot guides. Below the backshell the autopilot takes over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import pi, remainder

from game.pilots.autopilot import Autopilot
from game.pilots.pilot import EVERY_TICKS, Helm
from game.sim.command import Command, quantised
from game.sim.events import Event, EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Truth
from game.sim.spec import FlightSpec
from tests.scenario.world import Flown, Hand, HandOnTop, fly, fly_until, world

DROP_STAGE_S = 2.0
MORTAR_MACH = 1.8
SHIELD_OFF_MACH = 0.7
BACKSHELL_OFF_M = 2200.0


class PlainHand:
    """Trims, drops the stage, turns the shield forward, holds one lift, and fires, drops and leaves by one figure each.

    lift   in-plane share of the lift that it holds through the whole entry
    """

    every_ticks = EVERY_TICKS

    def __init__(self, lift: float = 0.62) -> None:
        self.lift = lift
        self._autopilot = Autopilot()

    def command(self, nav: Nav, heard: tuple[EventName, ...]) -> Command:
        match nav.phase:
            case Phase.COURSE:
                return trim(nav)
            case Phase.CRUISE:
                return Command(action=nav.phase_s >= DROP_STAGE_S)
            case Phase.APPROACH:
                return turn_to(nav, nav.trim_rad)
            case Phase.ENTRY:
                if not nav.damped:
                    return replace(turn_to(nav, nav.trim_rad), action=nav.guided and nav.mach < MORTAR_MACH)
                return quantised(self.lift, 0.0, 0.0, action=nav.guided and nav.mach < MORTAR_MACH)
            case Phase.PARACHUTE:
                return Command(action=drop_next(nav))
            case _:
                return self._autopilot.command(nav, heard)


def trim(nav: Nav) -> Command:
    """Burn until the entry angle is within three thousandths of a degree of the wanted one; then done."""
    if nav.course is None:
        return Command()
    missing_deg = nav.course.wanted_deg - nav.course.entry_angle_deg
    if abs(missing_deg) < 0.003 or nav.course.burn_left_s <= 0.0:
        return Command(action=True)
    return quantised(20.0 * missing_deg, 0.0, 0.0)


def turn_to(nav: Nav, incidence_rad: float) -> Command:
    """Turn to this incidence the shorter way, by either law."""
    missing_rad = remainder(incidence_rad - nav.incidence_rad, 2.0 * pi)
    if nav.damped:
        return quantised(-0.3 * missing_rad / nav.full_turn_rad_s, 0.0, 0.0)
    rate = min(max(0.3 * missing_rad, -0.1), 0.1)
    return quantised(-20.0 * (rate - nav.incidence_rate_rad_s), 0.0, 0.0)


def drop_next(nav: Nav) -> bool:
    """Heat shield when the canopy has slowed us, backshell when the engines have just enough room left."""
    if nav.heat_shield_on:
        return nav.canopy_s > 5.0 and nav.mach < SHIELD_OFF_MACH
    return nav.height_m < BACKSHELL_OFF_M


def arrive(spec: FlightSpec, hand: Hand | None = None, seed: int = 0, lift: float = 0.62) -> Flown:
    """Fly until it is over, the plain hand at the helm; `hand` may do otherwise."""
    return fly(spec, hand, seed, pilot=PlainHand(lift))


def arrive_until(
    spec: FlightSpec, name: EventName, hand: Hand | None = None, seed: int = 0, lift: float = 0.62
) -> Flight:
    """The same to the end of the tick that brings this event."""
    return fly_until(spec, name, hand, seed, pilot=PlainHand(lift))


def ticks_of(flight: Flight, hand: Hand | None = None, lift: float = 0.62) -> Iterator[tuple[Event, ...]]:
    """Tick by tick, the plain hand at the helm: what each brings."""
    helm = Helm(HandOnTop(hand, pilot=PlainHand(lift)))
    while not flight.over:
        events = flight.step(helm.command(flight))
        helm.hear(events)
        yield events


@cache
def whole_flight() -> tuple[Flown, dict[str, Truth]]:
    """The nominal `jezero` by the plain hand, and how all stood in the tick of each event, by its name and detail."""
    flown, stood = Flown(Flight(world("jezero"))), {}
    for events in ticks_of(flown.flight):
        for event in events:
            stood[f"{event.name} {event.detail}".strip()] = flown.flight.snapshot()
        flown.events += events
    return flown, stood
