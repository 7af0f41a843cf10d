"""The moments of a flight that a picture is taken at, in the order of a whole mission."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import radians
from typing import Final

from game.sim.events import EventName
from game.sim.phases import Phase
from game.sim.snapshot import Canopy
from game.sim.spec import TICK_HZ
from game.stage.film import Film
from game.stage.window import action_is_due


@dataclass(frozen=True, slots=True)
class Moment:
    """It has come when `now` is first true in its phase; in a flight that has no such moment it never does."""

    phase: Phase
    name: str
    now: Callable[[Film], bool]


def _after(event: EventName, wait_s: float) -> Callable[[Film], bool]:
    """So many seconds of the flight after an event."""
    return lambda film: film.since(event) >= wait_s


def _into(wait_s: float) -> Callable[[Film], bool]:
    """So many seconds of the flight into the phase."""
    return lambda film: film.nav.phase_s >= wait_s


def _below(height_m: float) -> Callable[[Film], bool]:
    return lambda film: film.nav.height_m < height_m


def _stage_above(height_m: float) -> Callable[[Film], bool]:
    return lambda film: film.nav.stage_height_m > height_m


MOMENTS: Final = (
    Moment(Phase.COURSE, "begin", _into(0.3)),
    Moment(Phase.COURSE, "burn", lambda film: film.nav.course is not None and film.nav.course.burn_s > 4.0),
    Moment(Phase.COURSE, "on-course", lambda film: action_is_due(film.scene)),
    Moment(Phase.CRUISE, "out-of-the-chart", _into(0.6)),
    Moment(Phase.CRUISE, "with-its-stage", _into(2.2)),
    Moment(Phase.APPROACH, "stage-off", _after(EventName.CRUISE_STAGE_SEPARATION, 1.0)),
    Moment(Phase.APPROACH, "turning", lambda film: abs(film.nav.incidence_rad) < radians(30.0)),
    Moment(Phase.APPROACH, "balance-mass", _after(EventName.BALANCE_MASS, 1.0)),
    Moment(Phase.ENTRY, "interface", _after(EventName.ENTRY_INTERFACE, 0.5)),
    Moment(Phase.ENTRY, "first-glow", lambda film: film.nav.heat_flux_w_cm2 > 6.0),
    Moment(Phase.ENTRY, "peak-heating", _after(EventName.PEAK_HEATING, 0.0)),
    Moment(Phase.ENTRY, "peak-load", _after(EventName.PEAK_DECELERATION, 0.0)),
    Moment(Phase.ENTRY, "glow-dying", lambda film: film.since(EventName.PEAK_HEATING) > 0.0
           and film.nav.heat_flux_w_cm2 < 8.0),
    Moment(Phase.ENTRY, "long-glide", lambda film: 2.2 < film.nav.mach < 3.5),
    Moment(Phase.ENTRY, "straightening-up", _after(EventName.STRAIGHTEN_UP, 2.0)),
    Moment(Phase.ENTRY, "deploy-box", lambda film: film.nav.straightened and 0.0 < film.nav.mach < 1.85),
    Moment(Phase.PARACHUTE, "mortar", _after(EventName.MORTAR, 0.35)),
    Moment(Phase.PARACHUTE, "line-stretch", _after(EventName.LINE_STRETCH, 0.05)),
    Moment(Phase.PARACHUTE, "inflating", _after(EventName.LINE_STRETCH, 0.4)),
    Moment(Phase.PARACHUTE, "canopy-full", _after(EventName.INFLATION_PEAK, 1.0)),
    Moment(Phase.PARACHUTE, "shield-off", _after(EventName.HEAT_SHIELD_SEPARATION, 0.6)),
    Moment(Phase.PARACHUTE, "shield-falling", _after(EventName.HEAT_SHIELD_SEPARATION, 4.0)),
    Moment(Phase.PARACHUTE, "radar-sees", _after(EventName.RADAR_LOCK, 1.0)),
    Moment(Phase.PARACHUTE, "marks", _after(EventName.TERRAIN_LOCK, 2.0)),
    Moment(Phase.PARACHUTE, "last-before-the-drop",
           lambda film: film.nav.canopy is Canopy.OPEN and film.nav.height_m < 2550.0),
    Moment(Phase.FREE_FALL, "out-of-the-backshell", _into(0.6)),
    Moment(Phase.POWERED, "engines-lit", _after(EventName.ENGINE_START, 0.4)),
    Moment(Phase.POWERED, "leaning-out", _after(EventName.ENGINE_START, 4.0)),
    Moment(Phase.POWERED, "one-kilometre", _below(1000.0)),
    Moment(Phase.POWERED, "braking", _below(250.0)),
    Moment(Phase.POWERED, "over-the-mark", _below(45.0)),
    Moment(Phase.SKY_CRANE, "begin", _into(0.4)),
    Moment(Phase.SKY_CRANE, "rover-released", _after(EventName.ROVER_RELEASE, 1.5)),
    Moment(Phase.SKY_CRANE, "rover-on-the-bridle", _after(EventName.BRIDLE_FULL, 0.3)),
    Moment(Phase.SKY_CRANE, "wheels-ready", _after(EventName.WHEELS_READY, 0.5)),
    Moment(Phase.SKY_CRANE, "low", _below(1.5)),
    Moment(Phase.TOUCHDOWN, "wheels-down", _into(0.5)),
    Moment(Phase.FLYAWAY, "cut", _after(EventName.BRIDLE_CUT, 0.5)),
    Moment(Phase.FLYAWAY, "climbing", _stage_above(16.0)),
    Moment(Phase.FLYAWAY, "leaving", _stage_above(60.0)),
    Moment(Phase.FLYAWAY, "alone", _after(EventName.BRIDLE_CUT, 20.0)),
    Moment(Phase.OVER, "the-end", lambda film: film.over_ticks > TICK_HZ),
)  # fmt: skip
