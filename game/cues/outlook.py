"""The prediction that belongs on the display now: which flight it foretells, and when there is none to foretell.

`outlook` reckons it at once. A window has `Outlook` do it, a few steps at each of its ticks, so that no picture waits.
"""

from __future__ import annotations

from typing import Final

from game.cues.air_tables import tables_of
from game.cues.forecast import Prediction
from game.cues.plan import plan_with
from game.cues.prediction import foretell, held_plan
from game.cues.slices import NEVER, Sliced, whole
from game.cues.under_canopy import MOST_LOAD, PLANNED_LOAD
from game.sim.phases import Phase
from game.sim.snapshot import Nav

LOOK_TICKS: Final = 12  # of the hand's time between two of them: ten a second
# Of the predictor's steps at a tick. A prediction takes 160 at most as a rule, under the canopy fewer than these: it is
# there within three ticks. A step is 1 to 2 us here; the slowest picture, which is eight ticks, stays far below 2 ms.
SLICE_STEPS: Final = 80

_CAPSULE: Final = frozenset({Phase.CRUISE, Phase.APPROACH, Phase.ENTRY})
_FORETOLD: Final = _CAPSULE | {Phase.PARACHUTE}


def outlook(nav: Nav, *, guided: bool) -> Prediction | None:
    """Where we come down as it is flown now; `guided`: by the autopilot, which goes on with its plan of the entry."""
    reckoning = _reckoning(nav, guided=guided, slice_steps=NEVER)
    return None if reckoning is None else whole(reckoning)


class Outlook:
    """The same in slices, for a display that shows the last one that is finished.

    Each is of one moment, the one at which it was begun; `LOOK_TICKS` later, or once it is finished, the next begins.
    A new phase begins anew. From the cruise to the mortar it is one fall with one end: what was foretold last stands
    until the new one is there. What is foretold of a phase with another end goes with that phase.
    """

    __slots__ = ("_phase", "_reckoning", "_shown", "_since_ticks")

    def __init__(self, nav: Nav, *, guided: bool) -> None:
        """The first one at once: it is made with the screen, before any picture."""
        onboard = nav.onboard
        tables_of(onboard.forecast, onboard.aerodynamics, onboard.parachute)  # kept: the first slice need not make them
        self._phase, self._since_ticks = nav.phase, 0
        self._shown = outlook(nav, guided=guided)
        self._reckoning: Sliced[Prediction] | None = None

    @property
    def shown(self) -> Prediction | None:
        """The last one that is finished; None while nothing is foretold."""
        return self._shown

    def tick(self, nav: Nav, *, guided: bool) -> Prediction | None:
        """`SLICE_STEPS` steps at most; returns what is shown from now on."""
        self._since_ticks += 1
        if nav.phase is not self._phase:
            if not (nav.phase in _CAPSULE and self._phase in _CAPSULE):
                self._shown = None
            self._phase, self._since_ticks, self._reckoning = nav.phase, LOOK_TICKS, None
        if self._reckoning is None and self._since_ticks >= LOOK_TICKS:
            self._since_ticks = 0
            self._reckoning = _reckoning(nav, guided=guided, slice_steps=SLICE_STEPS)
        if self._reckoning is not None:
            try:
                next(self._reckoning)
            except StopIteration as done:
                self._shown, self._reckoning = done.value, None
        return self._shown


def _reckoning(nav: Nav, *, guided: bool, slice_steps: int) -> Sliced[Prediction] | None:
    if nav.phase not in _FORETOLD:
        return None
    if guided and nav.phase is Phase.ENTRY:
        return foretell(nav, plan_with(nav.lift_wanted, nav.speed_mps), PLANNED_LOAD, slice_steps=slice_steps)
    # Before the entry nobody has planned anything: the lever stands where the level puts it.
    return foretell(nav, held_plan(nav.lift_wanted), MOST_LOAD, slice_steps=slice_steps)
