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

    profile_east_km_elevation_m  pairs of km east of the site's zero, and m above the areoid, as published
    target_east_km     where the flight's origin lies on that axis
    roughness          pairs of wavelength and amplitude in m, one for each octave of noise that is added to the profile
    rock_abundance     share of the ground under rocks (Golombek's k): 0.05 is benign, 0.15 a boulder field
    smallest_rock_m    diameter of the smallest rock that is placed
    largest_rock_m     diameter of the largest rock
    rocks_m            rocks placed by hand, half buried like the others: each its place down-track, its diameter, and
                       its place across the track
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

    latitude_deg        latitude of the place, + north
    track_azimuth_deg   direction of flight, clockwise from north
    reference_radius_m  distance to the planet's centre at which altitude is zero
    areoid_radius_m     distance to the planet's centre at which elevations and the air's heights are zero
    friction            of rock and regolith under a wheel or a hull
    ground              the ground along the track
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

    density_factor      pairs of height above the areoid in km, and the factor on the reference air's density
    temperature_factor  pairs of height above the areoid in km, and the factor on the reference air's temperature
    wind         pairs of altitude in m, and mean wind in m/s, + down-track; the pilot's forecast
    gust_mps     standard deviation of the gusts
    gust_time_s  correlation time of the gusts: how long one lasts
    """

    density_factor: Table
    temperature_factor: Table
    wind: Table
    gust_mps: float
    gust_time_s: float


@dataclass(frozen=True, slots=True)
class ArrivalSpec(Record):
    """The coast from deep space that ends at the entry interface: a hyperbola, solved in closed form (course.py).

    approach_mps        speed far out, relative to the planet
    entry_angle_deg     inertial flight path angle at the interface, negative downwards: what the course should give
    interface_radius_m  distance of the interface from the planet's centre, at least 100 km above the site
    downrange_m         where the interface is then crossed, along the ground, negative up-track of the flight's origin
    angle_error_deg     what the course is off at the start, + too shallow
    error_spread_deg    drawn on top of angle_error_deg, evenly to both sides; nothing in the nominal flight, seed 0
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

    phase            where the flight begins: course, cruise, approach or entry with `arrival`, entry on its way down,
                     free_fall (leaving the backshell) or sky_crane (hovering, rover stowed)
    t_s              seconds from the entry interface at the first tick, negative before it; a flight with a course has
                     its last correction then; Perseverance left her backshell at 357.3
    propellant_kg    propellant on board; at most what the vehicle's tanks hold
    downrange_m      place along the ground, + down-track of the flight's origin
    height_m         height above the ground there: of the craft's lowest point, or of the centre of mass of a capsule
    speed_down_mps   speed relative to the ground, + down
    speed_along_mps  speed relative to the ground, + down-track
    tilt_deg         how far it leans once the backshell is off, + down-track
    incidence_deg    of a craft that carries its backshell: from the heat shield straight into the flight,
                     + counter-clockwise; 180 is backshell first
    turn_deg_s       how fast it turns, + counter-clockwise
    lift             in-plane share of the lift that a capsule holds until told otherwise, -1 (down) to 1 (up)
    arrival          the coast from space, in the place figures' stead
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
    """One figure of a goal: completed within half_width of the aim.

    name        what is measured at the event
    aim         the best value, in the figure's own unit
    half_width  how far from the aim still completes the flight; from the aim to there the points fall to nothing
    """

    name: FigureName
    aim: float
    half_width: float


@dataclass(frozen=True, slots=True)
class GoalSpec(Record):
    """What to land on, or what to hit before the ground.

    target_m      the place that accuracy is measured from, down-track of the flight's origin
    mark_reach_m  how far around target_m landing marks are offered, every 40 m
    ends_at       the flight ends at this event, before the ground
    figures       what counts at ends_at, at least one: completed if each is inside
    """

    target_m: float
    mark_reach_m: float
    ends_at: EventName | None = None
    figures: tuple[FigureSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitsSpec(Record):
    """Where things break, and when a flight is over. Everything here is a rule; tipping is left to the bodies.

    wheel_speed_mps   touchdown speed at which the wheels break
    along_speed_mps   speed along the ground at which the suspension does
    tipped_deg        lean of the rover past which nothing brings it back
    settle_speed_mps  slower than this for settle_s, the rover stands
    settle_s          how long it has to be slower than settle_speed_mps
    stage_keep_out_m  nearest that the stage may come down to the rover
    max_time_s        the flight ends then, counted from its first tick
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

    density_percent         air's density up to 40 km; above, it grows to high_density_percent
    wind_mps                wind, added to the mean one at every height
    parachute_drag_percent  parachute's drag
    thrust_percent          engines' thrust
    isp_percent             engines' specific impulse
    mass_percent            masses of rover and descent stage
    start_speed_mps         speed of a start by place figures
    start_downrange_m       place along the track of a start by place figures
    high_density_percent    air's density from 80 km up, where that is more than density_percent
    entry_angle_deg         flight path angle at the interface, of a start by `arrival`
    entry_speed_mps         speed at the interface, of a start by `arrival`
    capsule_drag_percent    capsule's drag
    lift_percent            capsule's lift
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
