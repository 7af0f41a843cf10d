"""The one line of words before the backshell is off: of all that could be said, the most urgent."""

from __future__ import annotations

from math import degrees
from typing import Final

from game.cues.arrival import Arrival
from game.cues.attitude import ASIDE_RAD, is_forward, off_trim_rad
from game.cues.entry import falls_too_deep, skipping
from game.cues.gauges import HAZARD_STOP, MarkCue
from game.cues.signs import Cue, Figures, Gauge, Say, Sign
from game.cues.windows import Window, WindowState
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav

BOX_SOON_S: Final = 15.0


def say_arriving(nav: Nav, act: Window, arrival: Arrival, marks: tuple[MarkCue, ...]) -> Say:
    """What the window of the next act says, unless something is worse."""
    if nav.phase is Phase.ENTRY:
        return _entering(nav, act, arrival)
    if nav.phase is Phase.PARACHUTE:
        return _hanging(nav, act, marks)
    return Say(act.why, act.sign, act.figures)


def _entering(nav: Nav, act: Window, arrival: Arrival) -> Say:
    window = Say(act.why, act.sign, act.figures)
    danger = _danger(nav, act, arrival)
    if danger is not None:
        return danger
    if act.state is WindowState.OPEN:
        return window
    careful = _careful(arrival)
    if careful is not None:
        return careful
    box = arrival.deploy
    if box is not None and (nav.straightened or box.state is WindowState.OPEN):
        return window
    steer = _steering(nav, arrival)
    if steer is not None:
        return steer
    if not nav.guided:
        return Say(Cue.AIR_COMING, Sign.QUIET)
    if arrival.range is None or (box is not None and box.opens_s is not None and box.opens_s < BOX_SOON_S):
        return window
    return Say(Cue.ON_RANGE, Sign.GO, (("miss_km", 0.001 * abs(arrival.range.value)),))


def _danger(nav: Nav, act: Window, arrival: Arrival) -> Say | None:
    """What loses the craft if nothing is done: the first of these that is true."""
    off = off_trim_rad(nav)
    if abs(off) > ASIDE_RAD or (arrival.back_heat.sign is Sign.STOP and not is_forward(nav)):
        figures: Figures = (
            ("off_deg", abs(degrees(off))), ("heat_flux_w_cm2", arrival.back_heat.value),
            ("limit_w_cm2", arrival.back_heat.high or 0.0),
        )  # fmt: skip
        return Say(Cue.SHIELD_ASIDE, Sign.STOP, figures)
    if act.state is WindowState.LATE:
        return Say(act.why, act.sign, act.figures)
    if skipping(nav):
        return Say(Cue.SKIPPING, Sign.STOP, (("climb_mps", nav.climb_mps),))
    if arrival.g.sign is Sign.STOP:
        return Say(Cue.G_LIMIT, Sign.STOP, _limit(arrival.g, "g", "limit_g"))
    heat = _hottest(arrival)
    if heat.sign is Sign.STOP:
        return Say(Cue.HEAT_LIMIT, Sign.STOP, _limit(heat, "heat_flux_w_cm2", "limit_w_cm2"))
    return None


def _careful(arrival: Arrival) -> Say | None:
    if arrival.g.sign is Sign.CAUTION:
        coming = (("g", max(arrival.g.value, arrival.peak_g)), ("limit_g", arrival.g.high or 0.0))
        return Say(Cue.G_HIGH, Sign.CAUTION, coming)
    heat = _hottest(arrival)
    if heat.sign is Sign.CAUTION:
        return Say(Cue.HEAT_HIGH, Sign.CAUTION, _limit(heat, "heat_flux_w_cm2", "limit_w_cm2"))
    return None


def _steering(nav: Nav, arrival: Arrival) -> Say | None:
    """Which way to hold the lever, while that still changes where we come down."""
    miss, prediction = arrival.range, arrival.prediction
    if miss is None or prediction is None or miss.sign is Sign.GO:
        return None
    figures = (("miss_km", 0.001 * abs(miss.value)),)
    if falls_too_deep(nav, prediction):
        return Say(Cue.BOX_MISSED, miss.sign, figures)
    return Say(Cue.DIVE_SHORT if miss.value > 0.0 else Cue.FLOAT_LONG, Sign.CAUTION, figures)


def _hanging(nav: Nav, act: Window, marks: tuple[MarkCue, ...]) -> Say:
    window = Say(act.why, act.sign, act.figures)
    if nav.canopy is Canopy.GONE:
        return Say(Cue.CANOPY_GONE, Sign.STOP, (("speed_mps", nav.speed_mps),))
    if act.state in (WindowState.LATE, WindowState.OPEN):
        return window
    torn = (("lost_percent", 100.0 * nav.canopy_lost), ("load_n", nav.parachute_load_n), ("speed_mps", nav.speed_mps))
    if nav.canopy_lost > 0.0:
        return Say(Cue.CANOPY_TORN, Sign.CAUTION, torn)
    if nav.heat_shield_on:
        return window
    chosen = next((mark for mark in marks if mark.chosen), None)
    if chosen is not None and chosen.hazard >= HAZARD_STOP:
        return Say(Cue.BAD_MARK, Sign.CAUTION, (("hazard", chosen.hazard),))
    radar = nav.onboard.vehicle.radar
    if not nav.radar_locked:
        return Say(Cue.RADAR_COMING, Sign.QUIET, (("lock_m", radar.radar_lock_m), ("height_m", nav.height_m)))
    if radar.camera_lock_m and not nav.terrain_locked:
        return Say(Cue.CAMERA_COMING, Sign.QUIET, (("lock_m", radar.camera_lock_m), ("height_m", nav.height_m)))
    return window


def _hottest(arrival: Arrival) -> Gauge:
    """Heat shield or backshell: whichever is nearer to its limit."""
    return max((arrival.heat, arrival.back_heat), key=lambda gauge: gauge.value / (gauge.high or 1.0))


def _limit(gauge: Gauge, value: str, limit: str) -> Figures:
    return (value, gauge.value), (limit, gauge.high or 0.0)
