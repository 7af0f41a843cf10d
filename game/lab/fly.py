"""One flight as fast as the machine can: no screen, no clock, no pygame."""

from __future__ import annotations

from collections.abc import Sequence

from game.content.errors import ContentError
from game.content.levels import Level
from game.content.modes import Mode
from game.pilots.pilot import CommandSource
from game.record.observer import Observer
from game.report import FlightReport, report_of
from game.sim.events import Event
from game.sim.flight import Flight
from game.sim.spec import TICK_HZ


def fly(
    level: Level,
    source: CommandSource,
    *,
    pilot: str,
    seed: int = 0,
    mode: Mode = Mode.MANUAL,
    dispersed: bool = False,
    observers: Sequence[Observer] = (),
) -> FlightReport:
    """Fly a level to its end and report it. `pilot` is the name that the report gives to the source of commands.

    Raises ContentError when the level's figures, each of them allowed, together tear the flight apart.

    The source has every channel, in the Guided mode too: who flies with somebody else on board (the novice does, with
    the autopilot) brings it along.
    """
    flight = Flight(level.flight_spec(mode, dispersed), seed)
    for observer in observers:
        observer.begin(flight)
    events: list[Event] = []
    ask = source.command
    try:
        step = flight.step
        while not flight.over:
            command = ask(flight)
            happened = step(command)
            if happened:
                source.hear(happened)
                events += happened
                for observer in observers:
                    observer.hear(happened)
            for observer in observers:
                observer.after(flight, command)
    except (ArithmeticError, ValueError, IndexError) as error:
        # The files' ranges keep this from happening; a level that gets through them is still the level's fault.
        broke = f"{level.id}: its figures do not make a flight: {error} ({flight.tick / TICK_HZ:.1f} s after the start)"
        raise ContentError([broke]) from error
    return report_of(flight, events, level=level.id, pilot=pilot, mode=mode.value, dispersed=dispersed)
