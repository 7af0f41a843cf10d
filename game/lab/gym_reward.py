"""What an agent is paid besides the score: potential-based shaping, which leaves the best policy what it is.

F = gamma * Phi(s') - Phi(s), with Phi = 0 where a flight has ended (Ng, Harada and Russell, Policy invariance under
reward transformations, ICML 1999). Along any whole flight the discounted sum of F is -Phi(s0), whatever was done in it.

Phi is 0 to 1 and read from `Nav` alone:

    Phi = 0.4 low * held + 0.3 low * near + 0.3 steps

low    how far we have come down, by the logarithm of the height: the last metres count as much as kilometres before
held   how much of the speed may be kept at this height: 1 as long as a brake of 2 m/s2 would bring it down to 2 m/s
       by 21 m up (to 0.75 m/s by the ground once the rover is let go), then the fastest of which that is so over ours
near   the score's own measure of the distance to the target
steps  how far the sequence has come, in tenths: the phase, and within it what is done of its work; what tore or was
       done out of turn does not count

It rises along a good flight, so what speeds a flight up is paid at once, and a loss takes back all of it. It is never
below zero: a flight that is going badly gains nothing by ending early. Nothing in it tells how well the course is set
or the mortar timed: there the end of the level is near, or the speed and the height that follow tell.
"""

from __future__ import annotations

from math import log, sqrt
from typing import Final

from game.scoring import HALF_POINTS, accuracy
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav

DEFAULT_GAMMA: Final = 0.999  # of a step: a flight has a thousand of them and more

_DESCENT, _PLACE, _SEQUENCE = 0.4, 0.3, 0.3
_TOP_M: Final = 150e3  # from here down height counts; the interface is at 130 km
_FINE_M: Final = 10.0  # up to about this it counts straight
_OVER_LOG: Final = 1.0 / log(1.0 + _TOP_M / _FINE_M)
_BRAKE_MPS2: Final = 2.0  # the flown descent took 1.5 from 80 m/s at 2.2 km to the hover
_HOVER_M: Final = 21.0
_HOVER_MPS: Final = 2.0  # the way to the mark is flown in it
_SINK_MPS: Final = 0.75  # at touchdown
_AWAY_M: Final = 150.0  # of the stage from the rover, when it has flown away
_STEPS: Final = {phase: float(number) for number, phase in enumerate(Phase)}
_LAST: Final = _STEPS[Phase.OVER]


def potential(nav: Nav) -> float:
    """Phi of a flight that goes on, 0 to 1; that of one that has ended is 0."""
    height_m = max(nav.height_m, 0.0)
    low = max(1.0 - log(1.0 + height_m / _FINE_M) * _OVER_LOG, 0.0)
    room_m, end_mps = (height_m, _SINK_MPS) if nav.rover_released else (max(height_m - _HOVER_M, 0.0), _HOVER_MPS)
    allowed_mps = end_mps + sqrt(2.0 * _BRAKE_MPS2 * room_m)
    held = allowed_mps / max(nav.speed_mps, allowed_mps)
    near = accuracy(nav.target_m - nav.downrange_m) / HALF_POINTS
    return low * (_DESCENT * held + _PLACE * near) + _SEQUENCE * _steps(nav) / _LAST


def _steps(nav: Nav) -> float:
    """Phases behind us, and of this one what is done."""
    phase = nav.phase
    done = _STEPS[phase]
    if phase is Phase.PARACHUTE:
        open_and_off = 0.25 * (nav.canopy is Canopy.OPEN) + 0.25 * (not nav.heat_shield_on)
        return done + open_and_off - nav.canopy_lost
    if phase is Phase.SKY_CRANE:
        return done + 0.25 * (nav.rover_released + nav.bridle_full + nav.wheels_ready)
    if phase is Phase.FLYAWAY:
        if not nav.wheels_down:  # cut in the air
            return _STEPS[Phase.SKY_CRANE]
        return done + min(abs(nav.stage_x_m - nav.x_m) / _AWAY_M, 1.0)
    return done
