"""How fast the readings change: what every figure that asks for action shows beside its error.

From one `Nav` alone, by what pushes the craft now; nothing is remembered, and nothing is smoothed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, degrees
from typing import Final

from game.cues.deploy import slowing_mps2
from game.cues.entry import lever_worth_m
from game.cues.forecast import Prediction
from game.sim.phases import Phase
from game.sim.snapshot import Nav

_AIRBORNE: Final = frozenset({Phase.CRUISE, Phase.APPROACH, Phase.ENTRY, Phase.PARACHUTE})
_IN_AIR: Final = frozenset({Phase.ENTRY, Phase.PARACHUTE})
_STEERED: Final = frozenset({Phase.CRUISE, Phase.APPROACH, Phase.ENTRY})
_ON_ENGINES: Final = frozenset({Phase.FREE_FALL, Phase.POWERED, Phase.SKY_CRANE, Phase.FLYAWAY})


@dataclass(frozen=True, slots=True)
class Trends:
    """Each belongs to a gauge. None: does not matter, or cannot be told from one moment.

    height_mps    of the height, + growing
    speed_mps2    of what the tape of the speed shows: of the speed, from the backshell on of the descent
    tilt_deg_s    of the tilt, + down-track
    """

    height_mps: float | None
    speed_mps2: float | None
    tilt_deg_s: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """The landing along the track, m from the target, + down-track.

    miss_m     where we come down if nobody does anything more
    short_m, long_m  about how far short and how far long steering can still bring us: it shrinks as speed is lost
    ellipse_m  half of the landing ellipse's length; None where none was published
    """

    miss_m: float
    short_m: float
    long_m: float
    ellipse_m: float | None


def trends(nav: Nav) -> Trends:
    """How the gauges of this moment move."""
    if nav.phase in _AIRBORNE:
        return Trends(nav.climb_mps, -slowing_mps2(nav) if nav.phase in _IN_AIR else None, None)
    if nav.phase not in _ON_ENGINES:
        return Trends(None, None, None)
    hanging = nav.phase is Phase.SKY_CRANE and nav.rover_released
    mass_kg = nav.stage_mass_kg if nav.phase is Phase.FLYAWAY else nav.total_mass_kg
    push_mps2 = nav.thrust_now_n * cos(nav.tilt_rad) / mass_kg if mass_kg > 0.0 else 0.0
    climb_mps = nav.stage_vy_mps if nav.phase is Phase.FLYAWAY else nav.vy_mps
    # The hanging rover pulls at the stage in its own time: two masses tell nothing of one.
    return Trends(climb_mps, None if hanging else nav.gravity_mps2 - push_mps2, degrees(nav.tilt_rate_rad_s))


def spread(nav: Nav, prediction: Prediction | None, ellipse_m: float | None) -> Spread | None:
    """Where we come down, and what steering still can make of it; None while nothing is foretold."""
    if prediction is None:
        return None
    miss_m = prediction.miss_m
    if nav.phase not in _STEERED or nav.straightened:
        return Spread(miss_m, miss_m, miss_m, ellipse_m)
    held = prediction.lift if prediction.lift is not None else nav.lift_wanted
    worth_m = lever_worth_m(nav.speed_mps)
    return Spread(miss_m, miss_m - worth_m * (1.0 + held), miss_m + worth_m * (1.0 - held), ellipse_m)
