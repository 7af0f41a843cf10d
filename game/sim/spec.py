"""What a flight is made of: frozen values, resolved before tick 0.

The same dataclasses are what a level, site or vehicle file is validated against (game/content), so the keys of
those files are the names in here, units included. A Table is (x, y) pairs with rising x, read by linear interpolation
and held at its ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from game.sim.events import EventName
from game.sim.phases import Phase
from game.sim.records import Record, Table
from game.sim.vehicle_spec import VehicleSpec

TICK_HZ: Final = 120
DT_S: Final = 1.0 / TICK_HZ


class ControlLaw(StrEnum):
    """Who holds what a pilot sets: the craft (damped) or nobody (raw)."""

    DAMPED = "damped"
    RAW = "raw"


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
class ArrivalSpec(Record):
    """The coast from deep space that ends at the entry interface: a hyperbola, solved in closed form (course.py).

    approach_mps       speed far out, relative to the planet
    entry_angle_deg    inertial flight path angle at the interface, negative downwards: what the course should give
    interface_radius_m distance of the interface from the planet's centre
    downrange_m        where the interface is then crossed, along the ground from the frame's origin
    angle_error_deg    what the course has of error at the start, + too shallow; error_spread_deg is drawn on top of
                       it, evenly to both sides
    """

    approach_mps: float
    entry_angle_deg: float
    interface_radius_m: float
    downrange_m: float
    angle_error_deg: float = 0.0
    error_spread_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class StartSpec(Record):
    """Where, how and when the flight begins.

    phase      course, cruise, approach or entry (needs `arrival`, which then says where we are), entry late on its
               way down, free_fall (leaving the backshell) or sky_crane (hovering, rover stowed)
    t_s        seconds from the entry interface at tick 0; a flight with a course has its last correction then
    downrange_m, height_m  from the frame's origin, and above the ground there: of the craft's lowest point, or of the
               centre of mass of a capsule
    speed_down_mps, speed_along_mps  relative to the ground
    tilt_deg   + leans down-track; of a craft that carries its backshell it is `incidence_deg` instead:
               from the heat shield straight into the flight, + counter-clockwise
    turn_deg_s how fast it turns at the start, + counter-clockwise
    lift       in-plane share of the lift that the capsule holds until told otherwise, -1 to 1
    """

    phase: Phase
    t_s: float
    propellant_kg: float
    downrange_m: float = 0.0
    height_m: float = 0.0
    speed_down_mps: float = 0.0
    speed_along_mps: float = 0.0
    tilt_deg: float = 0.0
    incidence_deg: float = 0.0
    turn_deg_s: float = 0.0
    lift: float = 0.62
    arrival: ArrivalSpec | None = None


class FigureName(StrEnum):
    """What a goal before the ground can be made of (goal.py)."""

    ENTRY_ANGLE_DEG = "entry_angle_deg"
    MACH = "mach"
    Q_PA = "q_pa"
    ALTITUDE_M = "altitude_m"
    HEIGHT_M = "height_m"
    SPEED_MPS = "speed_mps"
    RANGE_M = "range_m"
    PARACHUTE_LOAD_N = "parachute_load_n"


@dataclass(frozen=True, slots=True)
class FigureSpec(Record):
    """One figure of a goal: completed within half_width of the aim."""

    name: FigureName
    aim: float
    half_width: float


@dataclass(frozen=True, slots=True)
class GoalSpec(Record):
    """What to land on: the down-track place that accuracy is measured from, and how far around it marks are offered.

    ends_at, figures   a flight that ends before the ground: at this event, completed if every figure is inside
    """

    target_m: float
    mark_reach_m: float
    ends_at: EventName | None = None
    figures: tuple[FigureSpec, ...] = ()


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

    *_percent are of the nominal value; wind_mps adds to the mean wind at every height. density_percent holds up to
    40 km and grows from there to high_density_percent at 80 km, where that is larger.
    start_* serve flights that start below the parachute, entry_* those that come from space.
    """

    density_percent: float
    wind_mps: float
    parachute_drag_percent: float
    thrust_percent: float
    isp_percent: float
    mass_percent: float
    start_speed_mps: float
    start_downrange_m: float
    high_density_percent: float = 0.0
    entry_angle_deg: float = 0.0
    entry_speed_mps: float = 0.0
    capsule_drag_percent: float = 0.0
    lift_percent: float = 0.0


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
