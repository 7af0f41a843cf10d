"""The one line of words above the craft: of all that could be said, the most urgent."""

from __future__ import annotations

from game.cues.gauges import FUEL_LOW_S, HANGING, HAZARD_STOP, TILT_LIMIT_DEG, Burn, MarkCue
from game.cues.signs import Cue, Gauge, Say, Sign
from game.cues.windows import CLEAR_M, LANDS_CLEAR_M, Window, backshell_above
from game.sim.phases import Phase
from game.sim.snapshot import Nav


def say_falling(
    nav: Nav,
    burn: Burn | None,
    marks: tuple[MarkCue, ...],
    *,
    descent: Gauge,
    along: Gauge,
    tilt: Gauge,
    hover: float,
) -> Say:
    """While falling: the first of these that is true, most urgent first."""
    if nav.propellant_kg <= 0.0:
        return Say(Cue.FUEL_GONE, Sign.STOP)
    if nav.phase is Phase.FREE_FALL:
        return Say(Cue.IGNITION_SOON, Sign.CAUTION, (("phase_s", nav.phase_s),))
    urgent = _urgent(nav, burn, tilt, hover)
    if urgent is not None:
        return urgent
    chosen = next((mark for mark in marks if mark.chosen), None)
    if chosen is not None and chosen.under_backshell:
        return Say(Cue.BACKSHELL_ON_MARK, Sign.CAUTION, (("away_m", LANDS_CLEAR_M),))
    if chosen is not None and chosen.hazard >= HAZARD_STOP:
        return Say(Cue.BAD_MARK, Sign.CAUTION, (("hazard", chosen.hazard),))
    return _steering(descent, along) or Say(Cue.ON_PROFILE, Sign.GO)


def say_hanging(nav: Nav, act: Window) -> Say:
    """Under the sky crane and later: what the window of the next act says, unless something is worse."""
    if nav.propellant_kg <= 0.0 and nav.phase in HANGING:
        return Say(Cue.FUEL_GONE, Sign.STOP)
    if nav.phase is Phase.SKY_CRANE and not nav.rover_released:
        under = _under_backshell(nav)  # there is still time to move aside
        if under is not None:
            return under
    return Say(act.why, act.sign, act.figures)


def _urgent(nav: Nav, burn: Burn | None, tilt: Gauge, hover: float) -> Say | None:
    margin = (("margin_m", burn.margin_m), ("margin_s", burn.margin_s)) if burn is not None else ()
    if burn is not None and burn.sign is Sign.STOP:
        return Say(Cue.BURN_NOW, Sign.STOP, margin)
    under = _under_backshell(nav)
    if under is not None:
        return under
    if tilt.sign is Sign.STOP:
        limit = (("tilt_deg", abs(tilt.value)), ("limit_deg", TILT_LIMIT_DEG[nav.phase]))
        return Say(Cue.TILT_LIMIT, Sign.STOP, limit)
    if burn is not None and burn.sign is Sign.CAUTION:
        return Say(Cue.BURN_SOON, Sign.CAUTION, margin)
    if hover < FUEL_LOW_S:
        return Say(Cue.FUEL_LOW, Sign.CAUTION, (("hover_s", hover), ("propellant_kg", nav.propellant_kg)))
    return None


def _under_backshell(nav: Nav) -> Say | None:
    if nav.backshell_dx_m is None or nav.backshell_dy_m is None or not backshell_above(nav):
        return None
    figures = (("across_m", abs(nav.backshell_dx_m)), ("up_m", nav.backshell_dy_m), ("clear_m", CLEAR_M))
    return Say(Cue.BACKSHELL_ABOVE, Sign.STOP, figures)


def _steering(descent: Gauge, along: Gauge) -> Say | None:
    """What to do about the larger of the two errors, each measured by the width of its own band."""
    down_error, along_error = _outside(descent), _outside(along)
    if max(abs(down_error), abs(along_error)) <= 1.0:
        return None
    if abs(down_error) >= abs(along_error):
        figures = (("speed_mps", descent.value), ("aim_mps", descent.aim or 0.0))
        return Say(Cue.TOO_FAST if down_error > 0.0 else Cue.TOO_SLOW, Sign.CAUTION, figures)
    figures = (("speed_mps", along.value), ("aim_mps", along.aim or 0.0))
    return Say(Cue.STEER_UP_TRACK if along_error > 0.0 else Cue.STEER_DOWN_TRACK, Sign.CAUTION, figures)


def _outside(gauge: Gauge) -> float:
    """How far off its aim a gauge is, in half-widths of its band on that side: beyond 1 it is outside."""
    if gauge.aim is None or gauge.low is None or gauge.high is None:
        return 0.0
    error = gauge.value - gauge.aim
    return error / (gauge.high - gauge.aim if error > 0.0 else gauge.aim - gauge.low)
