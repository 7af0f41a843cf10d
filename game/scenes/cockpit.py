"""Who flies: the person's levers, the autopilot where it is asked, and the record of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from game.content.modes import Mode
from game.pilots.autopilot import Autopilot
from game.pilots.checklist import Checklist, Known, used_in
from game.pilots.levers import Controls, Levers
from game.pilots.mixer import Hands, mix
from game.pilots.pilot import Helm
from game.record.recorder import Recorder
from game.record.trace import Trace
from game.sim.command import Command
from game.sim.events import Event
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.spec import ControlLaw

PILOT: Final = "person"


class Cockpit:
    """The command source of a flight in the window. `assisted` turns true when ASSIST was held: it counts as Guided."""

    def __init__(
        self, flight: Flight, level_id: str, mode: Mode, controls: Controls, checklist: Checklist | None = None,
        journal: Callable[[str], None] | None = None, *, dispersed: bool = False,
    ) -> None:  # fmt: skip
        """`checklist` is told what the hands use; `journal` takes what the recorder has each second. `dispersed` as the
        flight is; Raw always is.
        """
        self._mode, self._controls = mode, controls
        raw = flight.spec.control_law is ControlLaw.RAW
        self.levers = Levers(flight.phase, flight.spec.start.lift, raw=raw)
        self._autopilot = Helm(Autopilot())
        self.assisted = False
        self.checklist = checklist
        self._held = Hands.NONE  # what was deflected in this tick: in Manual all is the person's, also what rests
        dispersed = dispersed or mode is Mode.RAW
        self.recorder = Recorder(
            level=level_id, mode=mode.board.value, dispersed=dispersed, pilot=PILOT, journal=journal
        )  # fmt: skip
        self.recorder.begin(flight)
        self.trace = Trace()
        self.trace.begin(flight)

    @property
    def assist_held(self) -> bool:
        return self._controls.assist and self._mode is not Mode.ONE_BUTTON

    def fly(self, flight: Flight, pace: float = 1.0) -> tuple[Event, ...]:
        """One tick at this pace: ask the person and the autopilot, fly it, keep it."""
        command, hands = self.command(flight, pace)
        if self.checklist is not None:
            used = used_in(flight.phase, command, self._held)
            self.checklist.hear(used | {Known.ASSIST} if self.assist_held else used)
        events = flight.step(command)
        self.recorder.after(flight, command, hands)
        self.trace.after(flight, command)
        self.hear(events)
        return events

    def hear(self, events: Sequence[Event]) -> None:
        if events:
            self._autopilot.hear(events)

    def command(self, flight: Flight, pace: float) -> tuple[Command, Hands]:
        """What is flown in the coming tick, and who holds which channel of it."""
        if self._mode is Mode.ONE_BUTTON:
            return self._by_one_button(flight)
        nav = flight.nav()
        reeling = nav.phase is Phase.SKY_CRANE and nav.rover_released and not nav.bridle_full
        person, held = self.levers.tick(self._controls, nav.phase, reeling=reeling, pace=pace)
        self._held = held
        helped = self._controls.assist
        self.assisted = self.assisted or helped
        if not helped and self._mode is not Mode.GUIDED:
            return person, Hands.ALL
        mixed, hands = mix(person, held, self._autopilot.command(flight))
        self.levers.follow(mixed, hands)
        return mixed, hands

    def _by_one_button(self, flight: Flight) -> tuple[Command, Hands]:
        """The autopilot has every axis; any press is the moment."""
        person = Command(action=self._controls.pressed)
        self._controls.forget_presses()
        self._held = Hands.MOMENTS
        return mix(person, Hands.NONE, self._autopilot.command(flight))
