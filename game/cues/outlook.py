"""The prediction that belongs on the display now: which flight it foretells, and when there is none to foretell."""

from __future__ import annotations

from typing import Final

from game.cues.forecast import Prediction
from game.cues.prediction import predict, predict_planned
from game.sim.phases import Phase
from game.sim.snapshot import Nav

LOOK_TICKS: Final = 12  # of the hand's time between two of them: ten a second

_FORETOLD: Final = frozenset({Phase.CRUISE, Phase.APPROACH, Phase.ENTRY, Phase.PARACHUTE})


def outlook(nav: Nav, *, guided: bool) -> Prediction | None:
    """Where we come down as it is flown now; `guided`: by the autopilot, which goes on with its plan of the entry."""
    if nav.phase not in _FORETOLD:
        return None
    # Before the entry nobody has planned anything: the lever stands where the level puts it.
    return predict_planned(nav) if guided and nav.phase is Phase.ENTRY else predict(nav)
