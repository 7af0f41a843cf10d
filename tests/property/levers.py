"""Hands as hypothesis makes them: levers that are held for a while, an edge now and then, sometimes a shiver."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from game.pilots.autopilot import Autopilot
from game.pilots.mixer import Hands, mix
from game.pilots.pilot import Helm
from game.sim.command import REEL_MAX, THROTTLE_MAX, TILT_MAX, Command
from game.sim.flight import Flight
from tests.scenario.hands import PlainHand
from tests.scenario.world import HandOnTop

LONGEST_HOLD: Final = 400  # ticks: a lever is rarely left alone for longer


@dataclass(frozen=True)
class Held:
    """Levers held for so many ticks, edges in the first of them.

    again   ticks after which the edges come again; 0 for once
    shiver  not 0: the levers jump about their places in every tick, by dice of this seed
    axes    what a person deflects, in the guided mode; the rest is the autopilot's
    """

    ticks: int
    tilt: int = 0
    throttle: int = 0
    reel: int = 0
    mark: int = 0
    action: bool = False
    again: int = 0
    shiver: int = 0
    axes: Hands = Hands.ALL

    def at(self, since: int) -> Command:
        """The command of the tick that is so long after the first."""
        edge = since == 0 or (self.again > 0 and since % self.again == 0)
        tilt, throttle = self.tilt, self.throttle
        if self.shiver:
            source = random.Random(self.shiver * 100_003 + since)
            tilt, throttle = source.randint(-TILT_MAX, TILT_MAX), source.randint(0, THROTTLE_MAX)
        return Command(tilt, throttle, self.reel, self.mark if edge else 0, self.action and edge)


class Fingers:
    """Somebody who can fly until `taken_over`, then these holds one after the other, and then round again.

    In the guided mode the autopilot flies the axes that a hold leaves alone.
    """

    def __init__(self, holds: tuple[Held, ...], taken_over: int, *, guided: bool, lift: float) -> None:
        self._holds, self._taken_over, self._guided = holds, taken_over, guided
        self._round = sum(hold.ticks for hold in holds)
        self._pilot = Helm(HandOnTop(pilot=PlainHand(lift)))
        self._autopilot = Helm(Autopilot())
        self._hold, self._since = 0, 0

    def command(self, flight: Flight) -> Command:
        if flight.tick < self._taken_over:
            return self._pilot.command(flight)
        hold = self._holds[self._hold]
        command = hold.at(self._since)
        self._since += 1
        if self._since >= hold.ticks:
            self._hold, self._since = (self._hold + 1) % len(self._holds), 0
        if self._guided and hold.axes is not Hands.ALL:
            command, _ = mix(command, hold.axes, self._autopilot.command(flight))
        return command


def _lever(low: int, high: int) -> st.SearchStrategy[int]:
    """Let go, at an end, or anywhere: in this order of simplicity."""
    return st.one_of(st.just(0), st.sampled_from((low, high)), st.integers(low, high))


HOLDS: Final = st.builds(
    Held,
    ticks=st.one_of(st.integers(1, 12), st.integers(1, LONGEST_HOLD)),
    tilt=_lever(-TILT_MAX, TILT_MAX),
    throttle=_lever(0, THROTTLE_MAX),
    reel=_lever(0, REEL_MAX),
    mark=st.sampled_from((0, 0, 0, 1, -1)),
    action=st.booleans(),
    again=st.sampled_from((0, 0, 0, 120, 30, 1)),
    shiver=st.one_of(st.just(0), st.just(0), st.just(0), st.integers(1, 99)),
    axes=st.sampled_from((Hands.ALL, Hands.NONE, Hands.TILT, Hands.THROTTLE, Hands.TILT | Hands.REEL)),
)
SCRIPTS: Final = st.lists(HOLDS, min_size=1, max_size=6).map(tuple)
