"""The seat of somebody who flies by the HUD, without a window: its keys, its pace, its display, its autopilot.

What the window gives a person, the seat gives to a pilot with hands: time that passes at the level's pace, so that a
reaction costs as much flight as it would on the screen, a prediction ten times a second, levers that are moved by
keys, and in Guided the autopilot on every axis that is not deflected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from game.content.modes import Mode
from game.cues.forecast import Prediction
from game.cues.hud import HudModel, hud_model
from game.cues.outlook import LOOK_TICKS, outlook
from game.cues.pace import eased, pace_now
from game.pilots.autopilot import Autopilot
from game.pilots.levers import Controls, Levers
from game.pilots.mixer import mix
from game.pilots.pilot import Helm
from game.sim.command import Command
from game.sim.events import Event
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from game.sim.spec import DT_S, ControlLaw

_PICTURE_S: Final = 2.0 * DT_S  # sixty pictures a second


class Hand(Protocol):
    """Somebody with eyes and hands; all times are seconds of its own time."""

    def looks(self, now_s: float) -> bool:
        """Whether it looks at the HUD now."""

    def look(self, hud: HudModel, now_s: float) -> None:
        """What it then sees."""

    def move(self, controls: Controls, now_s: float) -> None:
        """Put its keys where they are now."""


class Seat:
    """A hand as the source of a flight's commands.

    pace  simulated seconds per second by phase, of the level
    """

    def __init__(self, hand: Hand, mode: Mode, pace: Mapping[Phase, float]) -> None:
        self._hand, self._guided, self._paces = hand, mode is Mode.GUIDED, pace
        self._autopilot = Helm(Autopilot())
        self._controls = Controls()
        self._levers: Levers | None = None
        self._nav: Nav | None = None
        self._pace = 1.0
        self._now_s = 0.0  # of the hand
        self._drawn_s = self._foretold_s = 0.0  # the same, of the last picture and of its prediction
        self._prediction: Prediction | None = None
        self._own, self._at_rest = Command(), False  # what the levers say, and that nothing moves them

    def command(self, flight: Flight) -> Command:
        """The command of the next tick."""
        nav = self._nav
        levers = self._levers
        if nav is None or levers is None:
            raw = flight.spec.control_law is ControlLaw.RAW
            levers = self._levers = Levers(flight.phase, flight.spec.start.lift, raw=raw)
            nav = flight.nav()
            self._prediction = outlook(nav, guided=self._guided)
        self._now_s += DT_S / self._pace
        controls = self._controls
        if self._drawn_s < self._now_s or flight.phase is not nav.phase:
            nav = self._nav = self._picture(flight)
            self._hand.move(controls, self._now_s)
        elif self._at_rest:
            # Nothing is seen between two pictures, and levers that nobody moves stay where they are.
            return self._autopilot.command(flight).held() if self._guided else self._own
        reeling = nav.phase is Phase.SKY_CRANE and nav.rover_released and not nav.bridle_full
        own, hands = levers.tick(controls, nav.phase, reeling=reeling, pace=self._pace)
        self._own = own.held()
        self._at_rest = not hands and levers.at_rest
        if self._guided:
            own, hands = mix(own, hands, self._autopilot.command(flight))
            levers.follow(own, hands)
        return own

    def hear(self, events: Sequence[Event]) -> None:
        self._autopilot.hear(events)

    def _picture(self, flight: Flight) -> Nav:
        """The next picture of the display: the pace moves on by the hand's time, not by the flight's."""
        nav = flight.nav()
        while self._drawn_s < self._now_s:
            self._drawn_s += _PICTURE_S
            self._pace = eased(self._pace, pace_now(nav, self._paces), _PICTURE_S)
        if self._hand.looks(self._now_s):
            # A display that nobody looks at need not foretell anything.
            if self._now_s >= self._foretold_s + LOOK_TICKS * DT_S:
                self._foretold_s = self._now_s
                self._prediction = outlook(nav, guided=self._guided)
            self._hand.look(hud_model(nav, self._prediction), self._now_s)
        return nav
