"""What a flight is made of: frozen values, resolved before tick 0.

The same dataclasses are what a level, site or vehicle file is validated against (game/content), so the keys of
those files are the names in here, units included. A Table is (x, y) pairs with rising x, read by linear interpolation
and held at its ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Final

from game.sim.phases import Phase

TICK_HZ: Final = 120
DT_S: Final = 1.0 / TICK_HZ

Table = tuple[tuple[float, float], ...]


class ControlLaw(StrEnum):
    """Who holds what a pilot sets: the craft (damped) or nobody (raw)."""

    DAMPED = "damped"
    RAW = "raw"


class Record:
    """Base of every value that is read from a file; a validating reader finds its manners in the attribute."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "strict": True, "allow_inf_nan": False}


@dataclass(frozen=True, slots=True)
class GroundSpec(Record):
    """The ground along the track: measured heights, roughness below their spacing, and rocks.

    profile_east_km_elevation_m  (km east of the site's zero, m above the areoid), as published
    target_east_km     where the frame's origin lies, on the same axis
    roughness          (wavelength_m, amplitude_m) of each octave of value noise added to the profile
    rock_abundance     share of the ground under rocks, Golombek's k: 0.05 is benign, 0.15 a boulder field
    rocks_m            (down-track, diameter, across the track) of rocks placed by hand, half buried like the others
    """

    profile_east_km_elevation_m: Table
    target_east_km: float
    roughness: Table
    rock_abundance: float
    smallest_rock_m: float
    largest_rock_m: float
    rocks_m: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class SiteSpec(Record):
    """A place on Mars and the plane of flight through it.

    track_azimuth_deg   direction of flight, clockwise from north
    reference_radius_m  distance to the planet's centre at which altitude_m is zero
    areoid_radius_m     the same for elevations, and for the air's table
    friction            of rock and regolith under a wheel or a hull
    """

    latitude_deg: float
    track_azimuth_deg: float
    reference_radius_m: float
    areoid_radius_m: float
    friction: float
    ground: GroundSpec


@dataclass(frozen=True, slots=True)
class AirSpec(Record):
    """The day's air: factors on the reference atmosphere (atmosphere.py), the mean wind and its gusts.

    density_factor, temperature_factor  (height above the areoid in km, factor)
    wind     (altitude in m, m/s down-track): the mean wind, which the forecast tells the pilot
    gust_mps, gust_time_s  standard deviation and correlation time of the gusts
    """

    density_factor: Table
    temperature_factor: Table
    wind: Table
    gust_mps: float
    gust_time_s: float


@dataclass(frozen=True, slots=True)
class EnginesSpec(Record):
    """Eight throttled engines in two groups of four, up-track and down-track of the middle.

    canted_deg       outward cant of the two nearly upright engines of each group; off in the sky crane
    splayed_deg      outward cant of the other two, which alone burn in the sky crane
    cant_azimuth_deg direction of both cants, away from the plane of flight
    arm_m, drop_m    nozzles' distance from the stage's middle line, and below its centre of mass
    isp_low_s, isp_high_s  specific impulse at minimum and maximum thrust, linear between
    lag_s            time constant of the thrust
    ignition_s       from the start of free fall to automatic ignition
    """

    min_thrust_n: float
    max_thrust_n: float
    isp_low_s: float
    isp_high_s: float
    canted_deg: float
    splayed_deg: float
    cant_azimuth_deg: float
    arm_m: float
    drop_m: float
    lag_s: float
    ignition_s: float


@dataclass(frozen=True, slots=True)
class DescentStageSpec(Record):
    """The rocket jetpack that carries the rover; its frame's origin is its centre of mass.

    propellant_radius_m  radius of gyration of the propellant
    outline_m    convex hull of its side view, for contacts
    drag_area_m2 of the stage alone, coefficient times area
    rover_below_m  from the stage's centre of mass down to the stowed rover's
    """

    dry_mass_kg: float
    propellant_kg: float
    dry_inertia_kg_m2: float
    propellant_radius_m: float
    outline_m: Table
    drag_area_m2: float
    friction: float
    rover_below_m: float
    engines: EnginesSpec


@dataclass(frozen=True, slots=True)
class BridleSpec(Record):
    """Three cords and an umbilical between stage and rover, paid out by a braked reel.

    cords_m        (x on the stage, x on the rover) of each cord
    stage_y_m, rover_y_m  heights of their ends in the two frames
    length_m       paid out when full
    stiffness_n_m  of all cords together; damping_ratio for the reduced mass of stage and rover
                   and full length; a shorter cord is stiffer in proportion
    reel_mps, reel_lag_s  fastest pay-out and how slowly it gathers speed; over the last brake_m the brake slows it
    umbilical_slack_m, umbilical_stiffness_n_m  longer than the cords by this, and how hard it pulls when taut
    """

    cords_m: Table
    stage_y_m: float
    rover_y_m: float
    length_m: float
    stiffness_n_m: float
    damping_ratio: float
    reel_mps: float
    reel_lag_s: float
    brake_m: float
    umbilical_slack_m: float
    umbilical_stiffness_n_m: float


@dataclass(frozen=True, slots=True)
class RoverSpec(Record):
    """The rover; its frame's origin is its centre of mass with the wheels deployed.

    mass_kg, inertia_kg_m2  of the whole; the chassis is what the bogie leaves over
    outline_m      convex hull of the body's side view, mast stowed
    wheel_x_m      axles of the front, middle and rear pair; axle_y_m their height in the rover's frame
    stowed_lift_m  how far the rockers hold the wheels up until they are free
    stowed_bogie_deg  how far the folded bogie is turned until it is free
    pivot_x_m, pivot_y_m  the bogie's pivot on the rocker
    bogie_com_y_m  height of the bogie's centre of mass, straight below the pivot
    bogie_limit_deg, bogie_stiffness_n_m, bogie_damping_n_m_s  stop, spring (per radian) and damper at the pivot
    rocker_free_s, bogie_free_s  from release until the rockers and the bogies unlock
    swing_down_s   how long each then takes to swing down
    """

    mass_kg: float
    inertia_kg_m2: float
    outline_m: Table
    wheel_radius_m: float
    wheel_x_m: tuple[float, float, float]
    axle_y_m: float
    stowed_lift_m: float
    stowed_bogie_deg: float
    bogie_mass_kg: float
    bogie_inertia_kg_m2: float
    bogie_com_y_m: float
    pivot_x_m: float
    pivot_y_m: float
    bogie_limit_deg: float
    bogie_stiffness_n_m: float
    bogie_damping_n_m_s: float
    rocker_free_s: float
    bogie_free_s: float
    swing_down_s: float
    friction: float
    drag_area_m2: float


@dataclass(frozen=True, slots=True)
class BackshellSpec(Record):
    """The cone that the powered vehicle drops out of; its frame's origin is its centre of mass.

    above_stage_m  from the stage's centre of mass up to the backshell's, while they are joined
    riser_y_m      where the parachute's riser is fastened
    """

    mass_kg: float
    inertia_kg_m2: float
    outline_m: Table
    friction: float
    drag_area_m2: float
    above_stage_m: float
    riser_y_m: float


@dataclass(frozen=True, slots=True)
class ParachuteSpec(Record):
    """The open canopy: mass, reference area S0, drag coefficient against Mach, and what ties it to the backshell."""

    mass_kg: float
    diameter_m: float
    reference_area_m2: float
    drag_coefficient: Table
    lines_m: float
    riser_m: float


@dataclass(frozen=True, slots=True)
class RadarSpec(Record):
    """The landing radar and the terrain camera: what they are good for (navigation.py). Errors are standard deviations.

    radar_lock_m, camera_lock_m  heights below which they have locked
    inertial_height_error_m, inertial_position_error_m  of what the craft believes before
    range_error     scale error of the radar's range
    height_noise_m, speed_noise_mps, noise_time_s  of the filtered estimates
    position_error_m  along the track after the terrain camera has locked
    """

    radar_lock_m: float
    camera_lock_m: float
    inertial_height_error_m: float
    inertial_position_error_m: float
    range_error: float
    height_noise_m: float
    speed_noise_mps: float
    noise_time_s: float
    position_error_m: float


@dataclass(frozen=True, slots=True)
class ControlSpec(Record):
    """The craft's own control laws: how far a full deflection leans it, how stiffly it holds.

    lean_deg, hover_lean_deg, flyaway_lean_deg  at full tilt: powered, under the sky crane, after the cut
    attitude_rad_s, attitude_damping  natural frequency and damping ratio of the attitude loop
    raw_rate_deg_s   turn rate at full tilt with the raw law
    descent_mps, climb_mps  vertical speed at the ends of the lever under the sky crane, damped law
    vertical_rad_s   stiffness of the vertical speed hold
    load_filter_s    filter of the bridle load that is fed forward to the thrust
    """

    lean_deg: float
    hover_lean_deg: float
    flyaway_lean_deg: float
    attitude_rad_s: float
    attitude_damping: float
    raw_rate_deg_s: float
    descent_mps: float
    climb_mps: float
    vertical_rad_s: float
    load_filter_s: float


@dataclass(frozen=True, slots=True)
class VehicleSpec(Record):
    """The whole spacecraft, one room of game/sim for each part."""

    descent_stage: DescentStageSpec
    bridle: BridleSpec
    rover: RoverSpec
    backshell: BackshellSpec
    parachute: ParachuteSpec
    radar: RadarSpec
    control: ControlSpec


@dataclass(frozen=True, slots=True)
class StartSpec(Record):
    """Where, how and when the flight begins.

    phase      free_fall (leaving the backshell) or sky_crane (hovering, rover stowed)
    t_s        seconds from the entry interface at tick 0
    downrange_m, height_m  of the craft's lowest point, from the frame's origin and above the ground there
    speed_down_mps, speed_along_mps  relative to the ground
    tilt_deg   + leans down-track
    """

    phase: Phase
    t_s: float
    downrange_m: float
    height_m: float
    speed_down_mps: float
    speed_along_mps: float
    tilt_deg: float
    propellant_kg: float


@dataclass(frozen=True, slots=True)
class GoalSpec(Record):
    """What to land on: the down-track place that accuracy is measured from, and how far around it marks are offered."""

    target_m: float
    mark_reach_m: float


@dataclass(frozen=True, slots=True)
class LimitsSpec(Record):
    """Where things break, and when a flight is over. Everything here is a rule; tipping is left to the bodies.

    wheel_speed_mps   touchdown speed at which wheels break
    along_speed_mps   speed along the ground at which the suspension does
    tipped_deg        lean of the chassis past which nothing brings it back
    settle_speed_mps, settle_s  slower than this for so long: the rover stands
    stage_keep_out_m  nearest that the stage may come down to the rover
    """

    wheel_speed_mps: float
    along_speed_mps: float
    tipped_deg: float
    settle_speed_mps: float
    settle_s: float
    stage_keep_out_m: float
    max_time_s: float


@dataclass(frozen=True, slots=True)
class DispersionsSpec(Record):
    """Three-sigma spreads of what no pilot knows before the flight; all zero in a plain one.

    *_percent are of the nominal value; wind_mps adds to the mean wind at every height.
    """

    density_percent: float
    wind_mps: float
    parachute_drag_percent: float
    thrust_percent: float
    isp_percent: float
    mass_percent: float
    start_speed_mps: float
    start_downrange_m: float


NO_DISPERSIONS: Final = DispersionsSpec(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class FlightSpec(Record):
    """Everything that decides a flight but the seed and the commands. Its content hash is a replay's identity."""

    site: SiteSpec
    vehicle: VehicleSpec
    air: AirSpec
    start: StartSpec
    goal: GoalSpec
    limits: LimitsSpec
    control_law: ControlLaw
    dispersions: DispersionsSpec

    @property
    def max_ticks(self) -> int:
        return round(self.limits.max_time_s * TICK_HZ)
