"""What happened, at which tick: codes and numbers, never prose. The words stand in assets/texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Figures = tuple[tuple[str, float], ...]


class EventName(StrEnum):
    """Everything that a flight reports, in the order of a whole mission.

    course_set               the last course correction is over, by ACTION or because its time or burn is used up
    cruise_stage_separation  ACTION has dropped the cruise stage
    balance_mass             a balance mass is thrown off; `detail` is the part
    entry_interface          the air begins
    guidance_start           the load is felt from which the lift steers
    peak_heating             the heat has fallen 2 % below its highest so far
    peak_deceleration        the load has fallen 2 % below its highest so far
    straighten_up            slow enough: the ballast goes that made the capsule fly at an angle
    mortar                   ACTION has fired the parachute
    line_stretch             its lines are stretched, and it begins to fill
    inflation_peak           its pull has fallen 2 % below its highest so far
    parachute_torn           it has torn, in part or altogether
    heat_shield_separation   ACTION has dropped the heat shield
    radar_lock               the radar sees the ground
    terrain_lock             the terrain camera knows the place, and landing marks are offered
    backshell_separation     ACTION has dropped the craft out of its backshell
    engine_start             the engines burn
    mark_chosen              another landing mark is chosen
    sky_crane_start          low and slow enough: four engines hover
    rover_release            ACTION has released the rover onto its bridle
    wheels_ready             the wheels are down and locked
    bridle_full              all of the bridle is out
    touchdown                a wheel touches the ground for the first time
    bridle_cut               ACTION has cut the bridle
    fuel_out                 the last propellant is burnt
    part_down                a part comes down; `detail` is which
    stage_impact             the descent stage comes down, apart from the rover
    landed                   the flight is decided: the rover stands, and everything else is down far enough
    completed                the flight is decided: a goal before the ground is met
    lost                     the flight is decided; `detail` is the reason code
    """

    COURSE_SET = "course_set"
    CRUISE_STAGE_SEPARATION = "cruise_stage_separation"
    BALANCE_MASS = "balance_mass"
    ENTRY_INTERFACE = "entry_interface"
    GUIDANCE_START = "guidance_start"
    PEAK_HEATING = "peak_heating"
    PEAK_DECELERATION = "peak_deceleration"
    STRAIGHTEN_UP = "straighten_up"
    MORTAR = "mortar"
    LINE_STRETCH = "line_stretch"
    INFLATION_PEAK = "inflation_peak"
    PARACHUTE_TORN = "parachute_torn"
    HEAT_SHIELD_SEPARATION = "heat_shield_separation"
    RADAR_LOCK = "radar_lock"
    TERRAIN_LOCK = "terrain_lock"
    BACKSHELL_SEPARATION = "backshell_separation"
    ENGINE_START = "engine_start"
    MARK_CHOSEN = "mark_chosen"
    SKY_CRANE_START = "sky_crane_start"
    ROVER_RELEASE = "rover_release"
    WHEELS_READY = "wheels_ready"
    BRIDLE_FULL = "bridle_full"
    TOUCHDOWN = "touchdown"
    BRIDLE_CUT = "bridle_cut"
    FUEL_OUT = "fuel_out"
    PART_DOWN = "part_down"
    STAGE_IMPACT = "stage_impact"
    LANDED = "landed"
    COMPLETED = "completed"
    LOST = "lost"


class Reason(StrEnum):
    """Why a flight ended as it did: the code that tests, dispersions and the diary group by."""

    LANDED = "landed"
    COMPLETED = "completed"
    GOAL_MISSED = "goal_missed"
    CRUISE_STAGE_KEPT = "cruise_stage_kept"
    MISSED_MARS = "missed_mars"
    SKIPPED_OUT = "skipped_out"
    BACKSHELL_BURNED = "backshell_burned"
    BURNED_THROUGH = "burned_through"
    BURNED_UNPROTECTED = "burned_unprotected"
    BROKE_UP = "broke_up"
    NO_PARACHUTE = "no_parachute"
    PARACHUTE_TORN = "parachute_torn"
    PARACHUTE_TOO_LATE = "parachute_too_late"
    STRUCK_BY_HEAT_SHIELD = "struck_by_heat_shield"
    HEAT_SHIELD_KEPT = "heat_shield_kept"
    BACKSHELL_KEPT = "backshell_kept"
    STRUCK_BY_BACKSHELL = "struck_by_backshell"
    FUEL_OUT = "fuel_out"
    HIT_THE_GROUND = "hit_the_ground"
    ROVER_NOT_RELEASED = "rover_not_released"
    WHEELS_NOT_READY = "wheels_not_ready"
    BRIDLE_NOT_FULL = "bridle_not_full"
    CUT_TOO_EARLY = "cut_too_early"
    WHEELS_BROKEN = "wheels_broken"
    SUSPENSION_BROKEN = "suspension_broken"
    TIPPED_ON_SLOPE = "tipped_on_slope"
    TIPPED_ON_ROCK = "tipped_on_rock"
    TIPPED_BY_SPEED = "tipped_by_speed"
    HELD_UP_BY_ROCK = "held_up_by_rock"
    DRAGGED = "dragged"
    BRIDLE_NOT_CUT = "bridle_not_cut"
    STAGE_ON_ROVER = "stage_on_rover"
    STAGE_TOO_CLOSE = "stage_too_close"
    OUT_OF_TIME = "out_of_time"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, with where the craft that carries the rover was then.

    tick        of the flight, 120 a second
    t_s         seconds from the entry interface
    name        what happened
    altitude_m  above the site's zero
    height_m    above the ground
    speed_mps   relative to the ground, at the end of that tick
    mach        relative to the air
    q_pa        dynamic pressure
    detail      name of a part or a reason, where the event is about one
    figures     what belongs to this event alone, as (name, value) pairs
    """

    tick: int
    t_s: float
    name: EventName
    altitude_m: float
    height_m: float
    speed_mps: float
    mach: float
    q_pa: float
    detail: str = ""
    figures: Figures = ()
