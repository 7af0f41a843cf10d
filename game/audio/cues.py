"""Which sound belongs to which event, and which go on as long as something is so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from game.sim.events import EventName
from game.sim.snapshot import Truth


class Cue(StrEnum):
    """A sound that is played once."""

    SEPARATION = "separation"
    LOCK = "lock"
    IGNITION = "ignition"
    CLICK = "click"
    CHIME = "chime"
    RELEASE = "release"
    LATCH = "latch"
    GRAVEL = "gravel"
    CUT = "cut"
    SPUTTER = "sputter"
    THUD = "thud"
    ROAR = "roar"
    MORTAR = "mortar"
    SNATCH = "snatch"
    RIP = "rip"
    CHEER = "cheer"
    STATIC = "static"


CUES: Final[dict[EventName, Cue]] = {
    EventName.COURSE_SET: Cue.CHIME,
    EventName.CRUISE_STAGE_SEPARATION: Cue.SEPARATION,
    EventName.BALANCE_MASS: Cue.RELEASE,
    EventName.ENTRY_INTERFACE: Cue.CHIME,
    EventName.GUIDANCE_START: Cue.CHIME,
    EventName.PEAK_HEATING: Cue.ROAR,
    EventName.PEAK_DECELERATION: Cue.ROAR,
    EventName.STRAIGHTEN_UP: Cue.CHIME,
    EventName.MORTAR: Cue.MORTAR,
    EventName.LINE_STRETCH: Cue.SNATCH,
    EventName.INFLATION_PEAK: Cue.SNATCH,
    EventName.PARACHUTE_TORN: Cue.RIP,
    EventName.HEAT_SHIELD_SEPARATION: Cue.SEPARATION,
    EventName.BACKSHELL_SEPARATION: Cue.SEPARATION,
    EventName.RADAR_LOCK: Cue.LOCK,
    EventName.TERRAIN_LOCK: Cue.LOCK,
    EventName.ENGINE_START: Cue.IGNITION,
    EventName.MARK_CHOSEN: Cue.CLICK,
    EventName.SKY_CRANE_START: Cue.CHIME,
    EventName.ROVER_RELEASE: Cue.RELEASE,
    EventName.WHEELS_READY: Cue.LATCH,
    EventName.BRIDLE_FULL: Cue.LATCH,
    EventName.TOUCHDOWN: Cue.GRAVEL,
    EventName.BRIDLE_CUT: Cue.CUT,
    EventName.FUEL_OUT: Cue.SPUTTER,
    EventName.PART_DOWN: Cue.THUD,
    EventName.STAGE_IMPACT: Cue.THUD,
    EventName.LANDED: Cue.CHEER,
    EventName.COMPLETED: Cue.CHEER,
    EventName.LOST: Cue.STATIC,
}


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud what goes on is now, 0 to 1 each: read afresh every frame, so that nothing is left running."""

    engines: float = 0.0
    reel: float = 0.0
    wind: float = 0.0
    fire: float = 0.0
    thrusters: float = 0.0


SILENCE: Final = Levels()
_REEL_MPS: Final = 1.6
_WIND_PA: Final = 75.0  # dynamic pressure just out of the backshell
_FIRE_W_CM2: Final = 60.0


def levels_of(before: Truth, now: Truth) -> Levels:
    """The levels between two snapshots."""
    engines = 0.5 * sum(now.thrust) * now.engines_lit / 8.0
    reel = 0.0
    span_s = now.t_s - before.t_s
    if now.bridle_paid_m is not None and before.bridle_paid_m is not None and span_s > 0.0:
        reel = (now.bridle_paid_m - before.bridle_paid_m) / span_s / _REEL_MPS
    fire = now.heat_flux_w_cm2 / _FIRE_W_CM2
    return Levels(_unit(engines), _unit(reel), _unit(now.q_pa / _WIND_PA), _unit(fire), _unit(abs(now.thruster)))


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)
