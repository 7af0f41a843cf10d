"""What a flight shows: `Truth` for camera, effects and logs; `Nav` for everyone who flies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from game.sim.events import Reason
from game.sim.phases import Phase

if TYPE_CHECKING:
    from game.sim.onboard import Onboard


class Part(StrEnum):
    """The parts of the spacecraft, in the order in which they are made and listed."""

    ROVER = "rover"
    BOGIE = "bogie"
    DESCENT_STAGE = "descent_stage"
    BACKSHELL = "backshell"
    PARACHUTE = "parachute"
    HEAT_SHIELD = "heat_shield"
    CRUISE_STAGE = "cruise_stage"
    CRUISE_MASS_1 = "cruise_mass_1"
    CRUISE_MASS_2 = "cruise_mass_2"
    ENTRY_MASSES_1 = "entry_masses_1"
    ENTRY_MASSES_2 = "entry_masses_2"
    ENTRY_MASSES_3 = "entry_masses_3"


class Outcome(StrEnum):
    FLYING = "flying"
    LANDED = "landed"
    COMPLETED = "completed"
    LOST = "lost"


class Canopy(StrEnum):
    """How far the parachute has come."""

    PACKED = "packed"
    FIRED = "fired"
    INFLATING = "inflating"
    OPEN = "open"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class CourseState:
    """The course as it stands in the course phase, reckoned to the interface.

    entry_angle_deg, wanted_deg  inertial flight path angle there, negative downwards: as it will be, and as it should
    downrange_m   how far down-track of the planned place the interface will be crossed; later_s how much later
    away_m        distance to the planet's centre now
    burn_s, burn_left_s  burnt so far, and still allowed
    """

    entry_angle_deg: float
    wanted_deg: float
    downrange_m: float
    later_s: float
    away_m: float
    burn_s: float
    burn_left_s: float


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a part's own frame is: origin in m, angle in radians counter-clockwise, and how it moves."""

    x_m: float
    y_m: float
    angle_rad: float
    vx_mps: float
    vy_mps: float
    omega_rad_s: float
    on_ground: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """The state as it is. Only cameras, effects and logs may read it.

    parts        pose of every part that exists; stowed parts move with what carries them
    g            load that the craft carrying the rover feels, in earth g
    thrust       of the up-track and down-track engines, 0..1 of maximum per burning engine
    engines_lit  0, 4 or 8
    wheels_out   0 stowed .. 1 rockers down (the bogie's own pose shows the rest)
    bridle_paid_m None before release and after the cut
    wheel_contacts front, middle, rear pair on the ground
    vertical_mps along the vertical of where the craft is; downrange_m along the ground from the frame's origin
    cruise_stage_on, heat_shield_on, backshell_on  what still carries us
    incidence_rad  of the capsule: from the heat shield straight into the flow, + counter-clockwise, -pi to pi
    lift           in-plane share of the lift that the capsule holds now, -1 to 1
    thruster       moment of the attitude thrusters now: -1 clockwise, 0, 1 counter-clockwise
    heat_flux_w_cm2, surface_c, back_flux_w_cm2  at the stagnation point; of the shield; on the backshell
    canopy, canopy_area  how far it has come; its drag area over that of the whole open canopy, 0 to about 1.3
    parachute_load_n, canopy_lost  pull of the canopy; share of it that is torn
    trim           burn of the course: -1 steeper .. 1 shallower
    """

    tick: int
    t_s: float
    phase: Phase
    outcome: Outcome
    reason: Reason | None
    parts: dict[Part, Pose]
    altitude_m: float
    height_m: float
    speed_mps: float
    vertical_mps: float
    mach: float
    q_pa: float
    g: float
    wind_mps: float
    propellant_kg: float
    thrust: tuple[float, float]
    engines_lit: int
    rover_released: bool
    bridle_paid_m: float | None
    bridle_load_n: float
    wheels_out: float
    wheels_ready: bool
    wheel_contacts: tuple[bool, bool, bool]
    mark_m: float
    distance_m: float
    downrange_m: float
    cruise_stage_on: bool
    heat_shield_on: bool
    backshell_on: bool
    incidence_rad: float
    lift: float
    thruster: int
    heat_flux_w_cm2: float
    surface_c: float
    back_flux_w_cm2: float
    canopy: Canopy
    canopy_area: float
    parachute_load_n: float
    canopy_lost: float
    trim: float
    course: CourseState | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that the terrain camera offers to land on; hazard 0 is smooth, 1 is not for wheels."""

    downrange_m: float
    hazard: float


class Nav(NamedTuple):
    """What the craft knows, with the errors of what measured it. Pilots, cues and the HUD read nothing else.

    A named tuple, because it is made twenty times a second: a frozen dataclass of fifty fields costs four times that.

    Positions are metres down-track of the frame's origin; speeds are relative to the ground, + down-track and + up;
    tilt_rad is + when leaning down-track. "craft" is what carries the rover: the whole vehicle, later the rover on
    its bridle. "stage" is what the engines push; before release they are the same body.

    Flow sensors in the heat shield and inside tell incidence, trim and heat as they are; Mach number and pressure are
    reckoned from the estimates and the forecast. Once the backshell is off, incidence and lift are 0.

    tick                 120 a second, from the first one of the flight on
    t_s                  since the entry interface, negative before it; it jumps with the flight from the course to
                         its last minute before that
    phase                of the flight
    phase_s              since the phase began
    damped               the craft holds what is set: not in raw
    radar_locked         the height is measured
    terrain_locked       the place is measured, and marks are seen
    x_m                  place along the frame's own axis: near the target the same as downrange_m
    vx_mps               speed along that axis
    vy_mps               speed upwards, square to it
    altitude_m           above the site's zero
    height_m             of the craft's lowest point above the ground
    speed_mps            over the ground, all of it
    mach                 of the air that flows by, as reckoned on board
    q_pa                 dynamic pressure, as reckoned on board
    stage_x_m            place of what the engines push
    stage_vx_mps         its speed down-track
    stage_vy_mps         its speed upwards
    stage_height_m       its height above the ground
    tilt_rad             how far it leans down-track; negative leans back
    tilt_rate_rad_s      how fast that grows
    gravity_mps2         of the place
    total_mass_kg        nominal mass of all that the engines hold up
    stage_mass_kg        the same without the released rover
    propellant_kg        left in the tanks
    thrust_now_n         along the stage's axis, of the engines now in use
    thrust_min_n         the least that they can give
    thrust_max_n         the most
    target_m             the level's target, down-track of the flight's origin
    mark_m               the chosen landing mark, down-track of the flight's origin
    mark_index           its number among the marks, from the one farthest up-track on
    marks                every landing mark, once the terrain camera sees them
    slope_rad            of the ground below, + rising down-track; 0 until it is near enough to be seen
    wind_mps             the forecast's, down-track, here
    backshell_dx_m       from the stage to the backshell; not known without one in the air
    backshell_dy_m       the same upwards
    backshell_lands_m    where the backshell is bound for (the craft runs a prediction), then where it lies; not
                         known without one
    rover_released       the rover hangs on its bridle, or stands
    bridle_paid_m        how much of the bridle is let out
    bridle_full          all of it is
    bridle_load_n        pull of the bridle
    bridle_cut           the stage is free of the rover
    swing_m              how far down-track of the stage the released rover is
    swing_mps            how fast that grows
    wheels_ready         the wheels are down and locked
    wheels_down          a wheel has touched the ground
    full_lean_rad        the lean that a full tilt asks of the damped law in this phase
    full_turn_rad_s      the turn that a full tilt asks of the raw law in this phase
    lever_descent_mps    speed downwards that the lower end of the throttle lever asks under the sky crane, damped
                         law
    lever_climb_mps      speed upwards that its upper end asks there
    downrange_m          along the ground from the flight's origin
    climb_mps            speed along the vertical of where the craft is, + up
    path_rad             angle of the flight path through the air above the local horizon
    g                    felt by the accelerometers, in earth g
    cruise_stage_on      the cruise stage still carries us
    heat_shield_on       the heat shield is before us, and before radar and camera
    backshell_on         we are in the backshell
    incidence_rad        of the capsule: from the heat shield straight into the flow, + counter-clockwise
    incidence_rate_rad_s  how fast the capsule turns, + counter-clockwise
    trim_rad             incidence that the capsule seeks with the lift that it holds now
    lift                 in-plane share of the lift as it is now, -1 to 1
    lift_wanted          as it was last told to be
    guided               the load has been felt from which guidance steers
    straightened         the capsule has straightened up for the parachute
    heat_flux_w_cm2      at the stagnation point
    surface_c            temperature of the heat shield
    canopy               how far the parachute has come
    canopy_s             since the mortar; 0 before it
    parachute_load_n     pull of the canopy
    canopy_lost          share of the canopy that is torn
    course               in the course phase
    onboard              what the computer was loaded with before the flight: the day's forecast and the vehicle's
                         figures
    """

    tick: int
    t_s: float
    phase: Phase
    phase_s: float
    damped: bool
    radar_locked: bool
    terrain_locked: bool
    x_m: float
    vx_mps: float
    vy_mps: float
    altitude_m: float
    height_m: float
    speed_mps: float
    mach: float
    q_pa: float
    stage_x_m: float
    stage_vx_mps: float
    stage_vy_mps: float
    stage_height_m: float
    tilt_rad: float
    tilt_rate_rad_s: float
    gravity_mps2: float
    total_mass_kg: float
    stage_mass_kg: float
    propellant_kg: float
    thrust_now_n: float
    thrust_min_n: float
    thrust_max_n: float
    target_m: float
    mark_m: float
    mark_index: int
    marks: tuple[Mark, ...]
    slope_rad: float
    wind_mps: float
    backshell_dx_m: float | None
    backshell_dy_m: float | None
    backshell_lands_m: float | None
    rover_released: bool
    bridle_paid_m: float
    bridle_full: bool
    bridle_load_n: float
    bridle_cut: bool
    swing_m: float
    swing_mps: float
    wheels_ready: bool
    wheels_down: bool
    full_lean_rad: float
    full_turn_rad_s: float
    lever_descent_mps: float
    lever_climb_mps: float
    downrange_m: float
    climb_mps: float
    path_rad: float
    g: float
    cruise_stage_on: bool
    heat_shield_on: bool
    backshell_on: bool
    incidence_rad: float
    incidence_rate_rad_s: float
    trim_rad: float
    lift: float
    lift_wanted: float
    guided: bool
    straightened: bool
    heat_flux_w_cm2: float
    surface_c: float
    canopy: Canopy
    canopy_s: float
    parachute_load_n: float
    canopy_lost: float
    course: CourseState | None
    onboard: Onboard
