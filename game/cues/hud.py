"""The HUD as values: everything the margin of the picture tells, before anybody draws it.

`hud_model(nav)` is pure and small: codes and SI numbers, no words. The window's HUD draws it, captions read it out,
and a pilot that sees nothing else can land by it: follow `descent` and `along` to their aims, let the bridle out while
`window.act` says so, and press ACTION when `window.by_action` and `window.state` is open. Before the backshell is off
follow the gauges of `arrival` instead: `course`, `turn`, `lift`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import degrees
from typing import Final

from game.cues.advice import say_falling, say_hanging
from game.cues.arrival import Arrival, arrival_of
from game.cues.arrival_advice import say_arriving
from game.cues.arrival_windows import ARRIVING, arrival_checks, arrival_window
from game.cues.beside import Beside, Hers, hers_at
from game.cues.coming import Coming, coming
from game.cues.forecast import Prediction
from game.cues.gauges import (
    FALLING,
    HANGING,
    BackshellCue,
    Burn,
    MarkCue,
    along_gauge,
    backshell_cue,
    bridle_gauge,
    burn_cue,
    descent_gauge,
    fuel_sign,
    height_gauge,
    held_up_kg,
    mark_cues,
    mark_gauge,
    stage_falls_gauge,
    thrust_gauge,
    tilt_gauge,
)
from game.cues.let_go import let_go_gauge
from game.cues.profile import CRANE_DESCENT_MPS, hover_s
from game.cues.signs import Gauge, Say, Sign, banded
from game.cues.trends import Spread, Trends, spread, trends
from game.cues.windows import SWING_M, Check, Window, checks, window
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from game.sim.spec import TICK_HZ

PROPELLANT_FULL_KG: Final = 400.0  # on board at entry
_NEXT: Final = {
    Phase.COURSE: Phase.CRUISE,
    Phase.CRUISE: Phase.APPROACH,
    Phase.APPROACH: Phase.ENTRY,
    Phase.ENTRY: Phase.PARACHUTE,
    Phase.PARACHUTE: Phase.FREE_FALL,
    Phase.FREE_FALL: Phase.POWERED,
    Phase.POWERED: Phase.SKY_CRANE,
    Phase.SKY_CRANE: Phase.TOUCHDOWN,
    Phase.TOUCHDOWN: Phase.FLYAWAY,
}


@dataclass(frozen=True, slots=True)
class HudModel:
    """All readings of one moment. Gauges carry value, aim, safe band and sign; None: does not matter in this phase.

    phase, next_phase  next_phase is None when nothing follows
    flight_s     since tick 0; mission_s since the entry interface, for the clock beside Perseverance's own
    assisted     the craft holds what is set (damped law); with the raw law a drawer shows figures and no cues
    say          the one line of words above the craft: the most urgent thing now
    window       next act and whether its moment has come
    checks       conditions to tick off before the sky crane, then before the wheels touch
    height       m from the craft's lowest point to the ground; aim is where the next step begins
    descent      m/s, + down, of what the engines push; aim belongs to the height
    along        m/s, + down-track, of the same; aim belongs to the distance to the mark
    tilt         degrees, + down-track
    thrust       0 lowest .. 1 highest; aim holds weight and profile at this lean (None while no engine burns)
    propellant   kg; propellant_share 0..1 of full tanks; hover_s seconds it can hang in the air
    burn         None unless falling faster than the sky crane takes over, on burning engines
    mark         m to the chosen mark, + down-track
    marks        all places that are offered; mark_index  which of them is chosen, -1 when none is offered
    backshell    None once it is down
    bridle_paid  m, from the release on; bridle_load_n  pull at the stage
    swing        m of the hanging rover, + down-track of the stage
    rover_descent  m/s, + down, of the rover on its bridle: what the wheels will feel
    stage_falls  m from the rover at which the stage would come down if its engines stopped now; in flyaway only
    arrival      what matters only while the backshell is on; None once it is off
    let_go       m that it would still be to the mark, + down-track, at the end of a descent with the tilt let go now
    coming       the next event, and how soon
    trends       how fast the gauges change
    spread       the landing along the track, while it is foretold
    hers         what the flown flight did at this time of hers; None without one
    """

    phase: Phase
    next_phase: Phase | None
    phase_s: float
    flight_s: float
    mission_s: float
    assisted: bool
    radar_locked: bool
    terrain_locked: bool
    say: Say
    window: Window
    checks: tuple[Check, ...]
    height: Gauge
    descent: Gauge
    along: Gauge
    tilt: Gauge
    thrust: Gauge | None
    propellant: Gauge
    propellant_share: float
    hover_s: float
    burn: Burn | None
    mark: Gauge
    marks: tuple[MarkCue, ...]
    mark_index: int
    slope_deg: float
    wind_mps: float
    backshell: BackshellCue | None
    rover_released: bool
    bridle_paid: Gauge | None
    bridle_full: bool
    bridle_load_n: float
    swing: Gauge | None
    wheels_ready: bool
    wheels_down: bool
    rover_descent: Gauge | None
    stage_falls: Gauge | None
    arrival: Arrival | None
    let_go: Gauge | None
    coming: Coming
    trends: Trends
    spread: Spread | None
    hers: Hers | None


def hud_model(nav: Nav, prediction: Prediction | None = None, beside: Beside | None = None) -> HudModel:
    """Everything the HUD tells about one moment; `prediction` is where we come down, once it is reckoned, and `beside`
    the flight that was really flown.
    """
    hanging = nav.rover_released and nav.phase in HANGING
    arriving = nav.phase in ARRIVING
    arrival = arrival_of(nav, prediction)
    act = arrival_window(nav, prediction) if arriving else window(nav)
    burn = burn_cue(nav)
    backshell = backshell_cue(nav)
    marks = mark_cues(nav)
    height, descent, along, tilt = height_gauge(nav), descent_gauge(nav, burn), along_gauge(nav), tilt_gauge(nav)
    hover = hover_s(held_up_kg(nav), nav.propellant_kg, nav.gravity_mps2)
    if arrival is not None:
        say = say_arriving(nav, act, arrival, marks)
    elif nav.phase in FALLING:
        say = say_falling(nav, burn, marks, descent=descent, along=along, tilt=tilt, hover=hover)
    else:
        say = say_hanging(nav, act)
    return HudModel(
        phase=nav.phase,
        next_phase=_NEXT.get(nav.phase),
        phase_s=nav.phase_s,
        flight_s=nav.tick / TICK_HZ,
        mission_s=nav.t_s,
        assisted=nav.damped,
        radar_locked=nav.radar_locked,
        terrain_locked=nav.terrain_locked,
        say=say,
        window=act,
        checks=arrival_checks(nav, prediction) if arriving else checks(nav),
        height=height,
        descent=descent,
        along=along,
        tilt=tilt,
        thrust=thrust_gauge(nav),
        propellant=Gauge(nav.propellant_kg, low=0.0, sign=fuel_sign(nav, hover)),
        propellant_share=min(max(nav.propellant_kg / PROPELLANT_FULL_KG, 0.0), 1.0),
        hover_s=hover,
        burn=burn,
        mark=mark_gauge(nav),
        marks=marks,
        mark_index=nav.mark_index if nav.marks else -1,
        slope_deg=degrees(nav.slope_rad),
        wind_mps=nav.wind_mps,
        backshell=backshell,
        rover_released=nav.rover_released,
        bridle_paid=bridle_gauge(nav) if hanging else None,
        bridle_full=nav.bridle_full,
        bridle_load_n=nav.bridle_load_n,
        swing=banded(nav.swing_m, 0.0, -SWING_M, SWING_M, Sign.CAUTION) if hanging else None,
        wheels_ready=nav.wheels_ready,
        wheels_down=nav.wheels_down,
        rover_descent=banded(-nav.vy_mps, CRANE_DESCENT_MPS, None, 3.0, Sign.STOP) if hanging else None,
        stage_falls=stage_falls_gauge(nav),
        arrival=arrival,
        let_go=let_go_gauge(nav),
        coming=coming(nav, prediction),
        trends=trends(nav),
        spread=spread(nav, prediction, beside.ellipse_m if beside else None) if arriving else None,
        hers=hers_at(beside, nav.t_s) if nav.phase is not Phase.COURSE else None,
    )
