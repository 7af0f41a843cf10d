"""Small worlds in words: take a level, change a few figures, fly it with a hand-made pilot, and see how it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from game.content.levels import load_level
from game.content.modes import Mode
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import EVERY_TICKS, Helm, Pilot
from game.sim.command import Command
from game.sim.events import Event, EventName
from game.sim.flight import Flight
from game.sim.snapshot import Nav
from game.sim.spec import FlightSpec

Hand = Callable[[Nav, Command], Command]


def world(level: str = "sky-crane", mode: Mode = Mode.MANUAL, dispersed: bool = False, **changes: Any) -> FlightSpec:
    """A level's spec with some figures changed; `site__ground__rocks=...` reaches into a part."""
    spec = _plain(level, mode, dispersed)
    for path, value in changes.items():
        spec = _changed(spec, path.split("__"), value)
    return spec


@dataclass
class Flown:
    """A flight that is over, and what it told."""

    flight: Flight
    events: list[Event] = field(default_factory=list)

    def names(self) -> list[EventName]:
        return [event.name for event in self.events]

    def first(self, name: EventName) -> Event:
        return next(event for event in self.events if event.name is name)


class HandOnTop:
    """The autopilot, or another pilot, flies; a hand changes its command where the scenario wants it otherwise."""

    every_ticks = EVERY_TICKS

    def __init__(self, hand: Hand | None = None, mark_m: float | None = None, pilot: Pilot | None = None) -> None:
        self._hand = hand
        self._mark_m = mark_m
        self._autopilot = pilot or Autopilot()

    def command(self, nav: Nav, heard: tuple[EventName, ...]) -> Command:
        if self._mark_m is not None:
            nav = nav._replace(mark_m=self._mark_m)
        command = self._autopilot.command(nav, heard)
        return self._hand(nav, command) if self._hand else command


def fly(
    spec: FlightSpec, hand: Hand | None = None, seed: int = 0, mark_m: float | None = None, pilot: Pilot | None = None
) -> Flown:
    """Fly until it is over; `hand` gets what the estimates are and what the autopilot (or `pilot`) would do.

    `mark_m` sends the autopilot to a place that no terrain camera would offer.
    """
    flown = Flown(Flight(spec, seed))
    helm = Helm(HandOnTop(hand, mark_m, pilot))
    while not flown.flight.over:
        events = flown.flight.step(helm.command(flown.flight))
        helm.hear(events)
        flown.events += events
    return flown


def fly_ticks(
    spec: FlightSpec, ticks: int, hand: Hand | None = None, seed: int = 0, pilot: Pilot | None = None
) -> Flight:
    """Fly so many ticks and hand over the flight as it is."""
    flight = Flight(spec, seed)
    helm = Helm(HandOnTop(hand, pilot=pilot))
    for _ in range(ticks):
        helm.hear(flight.step(helm.command(flight)))
    return flight


def fly_until(
    spec: FlightSpec, name: EventName, hand: Hand | None = None, seed: int = 0, pilot: Pilot | None = None
) -> Flight:
    """Fly to the end of the tick that brings this event."""
    flight = Flight(spec, seed)
    helm = Helm(HandOnTop(hand, pilot=pilot))
    while not flight.over:
        events = flight.step(helm.command(flight))
        helm.hear(events)
        if any(event.name is name for event in events):
            return flight
    raise AssertionError(f"the flight ended ({flight.reason}) without {name}")


@cache
def _plain(level: str, mode: Mode, dispersed: bool) -> FlightSpec:
    return load_level(level).flight_spec(mode, dispersed)


def _changed(part: Any, path: list[str], value: Any) -> Any:
    name, *rest = path
    return replace(part, **{name: _changed(getattr(part, name), rest, value) if rest else value})
