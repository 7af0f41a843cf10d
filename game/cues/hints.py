"""When a flight was lost twice in the same way: what to do about it, and in which phase of the next one to say so."""

from __future__ import annotations

from typing import Final

from game.cues.lessons import Advice
from game.sim.phases import Phase

# Said as soon as the phase begins in which there is still time for it. What happens within seconds is said before.
_IN_PHASE: Final[dict[Advice, Phase]] = {
    Advice.TRIM_COURSE: Phase.COURSE,
    Advice.DROP_STAGE: Phase.CRUISE,
    Advice.SHIELD_FORWARD: Phase.APPROACH,
    Advice.DIVE: Phase.ENTRY,
    Advice.FLOAT: Phase.ENTRY,
    Advice.FIRE_PARACHUTE: Phase.ENTRY,
    Advice.WAIT_FOR_BOX: Phase.ENTRY,
    Advice.KEEP_SHIELD: Phase.PARACHUTE,
    Advice.FULL_CANOPY: Phase.PARACHUTE,
    Advice.DROP_SHIELD: Phase.PARACHUTE,
    Advice.DROP_OUT: Phase.PARACHUTE,
    Advice.DROP_OUT_LATER: Phase.PARACHUTE,
    Advice.CHOOSE_MARK: Phase.PARACHUTE,
    Advice.MARK_EARLIER: Phase.PARACHUTE,
    Advice.SIDESTEP: Phase.FREE_FALL,
    Advice.SAVE_PROPELLANT: Phase.FREE_FALL,
    Advice.BRAKE: Phase.FREE_FALL,
    Advice.RELEASE: Phase.SKY_CRANE,
    Advice.RELEASE_HIGHER: Phase.SKY_CRANE,
    Advice.RELEASE_SOONER: Phase.SKY_CRANE,
    Advice.REEL: Phase.SKY_CRANE,
    Advice.SOFTER: Phase.SKY_CRANE,
    Advice.STEADIER: Phase.SKY_CRANE,
    Advice.WAIT_FOR_SLACK: Phase.SKY_CRANE,
    Advice.CUT: Phase.SKY_CRANE,
    Advice.FLY_AWAY: Phase.SKY_CRANE,
}


def hint_phase(advice: Advice, first: Phase) -> Phase:
    """Where in a flight that begins in the phase `first` this advice is a hint: in its own phase, or at the start."""
    order = list(Phase)
    return max(_IN_PHASE.get(advice, first), first, key=order.index)
