"""The readings that matter only while the backshell is on: of the course, the heat shield, the entry, the parachute."""

from __future__ import annotations

from dataclasses import dataclass
from math import degrees
from typing import Final

from game.cues.arrival_windows import ARRIVING, Leaving, leaving
from game.cues.attitude import incidence_gauge, turn_gauge
from game.cues.course import CourseCue, course_cue
from game.cues.deploy import Deploy, deploy_box
from game.cues.entry import CAUTION_SHARE, back_heat_gauge, g_gauge, heat_gauge, lift_gauge, range_gauge
from game.cues.forecast import Prediction
from game.cues.signs import Gauge, Sign
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav

_IN_AIR: Final = (Phase.ENTRY, Phase.PARACHUTE)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the HUD tells before the backshell is off. None: does not matter in this phase, or nobody predicts it.

    interface_s   until the entry interface; None from the entry on
    speed         m/s over the ground
    mach, q_pa    to the air
    path_deg      flight path angle to the local horizon
    target_km     along the ground to the target, + still to go
    course        in the course phase
    incidence     degrees that the heat shield is off, + counter-clockwise; push right to make it less
    turn          degrees a second of it; the aim ends at rest
    heat, back_heat  W/cm2 on heat shield and backshell, high is where it fails; surface_c of the heat shield
    g             earth g, high is where the structure fails; peak_g the highest that is predicted, 0 without that
    range         m past the target at which we come down as it is flown now
    lift          the lever, -1 dive to 1 float; lift_now what the capsule has rolled to, it follows in seconds
    deploy        the parachute's box, once it is near
    load          N on the canopy, high is what tears it; canopy, canopy_lost (0 to 1) how far it has come
    leaving       heights for dropping out of the backshell, once the heat shield is off
    prediction    as it was given
    """

    interface_s: float | None
    speed: Gauge
    mach: float
    q_pa: float
    path_deg: float
    target_km: float
    course: CourseCue | None
    incidence: Gauge | None
    turn: Gauge | None
    heat: Gauge
    back_heat: Gauge
    surface_c: float
    g: Gauge
    peak_g: float
    range: Gauge | None
    lift: Gauge | None
    lift_now: float
    deploy: Deploy | None
    load: Gauge | None
    canopy: Canopy
    canopy_lost: float
    leaving: Leaving | None
    prediction: Prediction | None


def arrival_of(nav: Nav, prediction: Prediction | None) -> Arrival | None:
    """The readings of one moment, while the backshell is on."""
    if nav.phase not in ARRIVING:
        return None
    phase = nav.phase
    g = g_gauge(nav, prediction)
    turns = phase in (Phase.APPROACH, Phase.ENTRY)
    return Arrival(
        interface_s=None if phase in _IN_AIR or phase is Phase.COURSE else max(-nav.t_s, 0.0),
        speed=Gauge(nav.speed_mps),
        mach=nav.mach,
        q_pa=nav.q_pa,
        path_deg=degrees(nav.path_rad),
        target_km=0.001 * (nav.target_m - nav.downrange_m),
        course=course_cue(nav) if phase is Phase.COURSE else None,
        incidence=incidence_gauge(nav) if turns else None,
        turn=turn_gauge(nav) if phase is Phase.APPROACH else None,
        heat=heat_gauge(nav),
        back_heat=back_heat_gauge(nav),
        surface_c=nav.surface_c,
        g=g,
        peak_g=prediction.peak_g if prediction is not None else 0.0,
        range=range_gauge(nav, prediction) if phase is not Phase.COURSE else None,
        lift=lift_gauge(nav, prediction, g) if phase is Phase.ENTRY else None,
        lift_now=nav.lift,
        deploy=deploy_box(nav, prediction),
        load=_load(nav) if phase is Phase.PARACHUTE else None,
        canopy=nav.canopy,
        canopy_lost=nav.canopy_lost,
        leaving=leaving(nav) if phase is Phase.PARACHUTE and not nav.heat_shield_on else None,
        prediction=prediction,
    )


def _load(nav: Nav) -> Gauge:
    """Pull of the canopy against what tears it; a torn one does not heal."""
    limit_n = nav.onboard.vehicle.parachute.tear_n
    high = nav.parachute_load_n > CAUTION_SHARE * limit_n
    torn = nav.canopy_lost > 0.0 or nav.canopy is Canopy.GONE
    return Gauge(nav.parachute_load_n, high=limit_n, sign=Sign.STOP if torn else Sign.CAUTION if high else Sign.GO)
