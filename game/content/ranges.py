"""What values make sense: a rule for every number by the unit in its name, then what must fit together.

The rules keep a level from breaking the physics (a mass of nothing, a table that runs backwards); they do not judge
taste. They read the file's own keys, so that what is out of range is told together with what is misspelt. That every
number of a FlightSpec has a rule is held by a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, isfinite, pi, radians, sin
from typing import Any, Final, TypeGuard

from game.sim.phases import Phase
from game.sim.rover import rover_lumps
from game.sim.spec import TICK_HZ, AirSpec, GoalSpec, SiteSpec, StartSpec, VehicleSpec

_LEAST_GAP_M: Final = 0.05
_LEAST_TURN_RAD: Final = 1e-3
_SOFTEST: Final = 10.0  # cords that bear this many times the rover's weight before they are twice as long
_GRAVITY_MPS2: Final = 3.72
_LEAST_THROTTLING: Final = 1.5
_LIGHTEST_CANOPY_KG_M2: Final = 1.0 / 30.0  # of drag area: a lighter one is thrown about by its own drag

START_PHASES: Final = (Phase.FREE_FALL, Phase.SKY_CRANE)

Fault = tuple[str, str]  # key, what is wrong with it


@dataclass(frozen=True, slots=True)
class Bound:
    """A range of numbers; `above` excludes its lower end."""

    low: float
    high: float
    above: bool = False

    def fault(self, value: float) -> str | None:
        """What is wrong with a value, or None."""
        if (value > self.low if self.above else value >= self.low) and value <= self.high:
            return None
        if self.above and value <= self.low:
            return f"must be above {self.low:g}, not {value:g}"
        if not self.above:
            return f"must be from {self.low:g} to {self.high:g}, not {value:g}"
        return f"must be at most {self.high:g}, not {value:g}"


def _positive(most: float) -> Bound:
    return Bound(0.0, most, above=True)


def _not_negative(most: float) -> Bound:
    return Bound(0.0, most)


def _signed(most: float) -> Bound:
    return Bound(-most, most)


# By the whole name, where the unit alone does not say it.
_BY_NAME: Final[dict[str, Bound]] = {
    # places and angles of a site
    "latitude_deg": _signed(90.0),
    "track_azimuth_deg": Bound(5.0, 175.0),  # the profile is read eastwards: the flight must go that way
    "reference_radius_m": Bound(3.3e6, 3.5e6),
    "areoid_radius_m": Bound(3.3e6, 3.5e6),
    "target_east_km": _signed(500.0),
    "rock_abundance": Bound(0.0, 0.5),
    # numbers without a unit
    "friction": _not_negative(5.0),
    "damping_ratio": _not_negative(5.0),
    "attitude_damping": _not_negative(5.0),
    "range_error": _not_negative(0.2),
    # seconds, metres and speeds that may be nothing
    "t_s": _signed(10_000.0),
    "max_time_s": Bound(1.0, 3600.0),
    "ignition_s": _not_negative(60.0),
    "rocker_free_s": _not_negative(60.0),
    "bogie_free_s": _not_negative(60.0),
    "settle_s": _positive(60.0),
    "gust_mps": _not_negative(60.0),
    "height_noise_m": _not_negative(1000.0),
    "speed_noise_mps": _not_negative(100.0),
    "inertial_height_error_m": _not_negative(10_000.0),
    "inertial_position_error_m": _not_negative(10_000.0),
    "position_error_m": _not_negative(10_000.0),
    "umbilical_slack_m": _not_negative(10.0),
    "stowed_lift_m": _not_negative(2.0),
    "stage_keep_out_m": _not_negative(10_000.0),
    "mark_reach_m": _not_negative(2000.0),
    # places on a part, which lie on either side of its middle
    "axle_y_m": _signed(10.0),
    "bogie_com_y_m": _signed(10.0),
    "pivot_x_m": _signed(10.0),
    "pivot_y_m": _signed(10.0),
    "stage_y_m": _signed(10.0),
    "rover_y_m": _signed(10.0),
    "riser_y_m": _signed(10.0),
    "wheel_x_m": _signed(10.0),
    # places and speeds of a flight, which have a direction
    "target_m": _signed(100_000.0),
    "downrange_m": _signed(100_000.0),
    "height_m": _positive(20_000.0),
    "speed_down_mps": _signed(500.0),
    "speed_along_mps": _signed(500.0),
    # angles with a direction
    "tilt_deg": _signed(90.0),
    "stowed_bogie_deg": _signed(90.0),
    "cant_azimuth_deg": _signed(180.0),
    "tipped_deg": _positive(180.0),
    # masses that a body of the engine can have; propellant may be next to nothing
    "mass_kg": Bound(1.0, 1e5),
    "dry_mass_kg": Bound(1.0, 1e5),
    "bogie_mass_kg": Bound(1.0, 1e5),
    # lengths with a scale of their own
    "smallest_rock_m": Bound(0.05, 10.0),
    "largest_rock_m": Bound(0.05, 10.0),
    "wheel_radius_m": Bound(0.01, 2.0),
    "radar_lock_m": _positive(1e5),
    "camera_lock_m": _positive(1e5),
    # angles that must be some
    "lean_deg": _positive(89.0),
    "hover_lean_deg": _positive(89.0),
    "flyaway_lean_deg": _positive(89.0),
    "splayed_deg": Bound(0.0, 60.0),  # further out the four engines of the sky crane hold nothing up
    # springs that must pull
    "stiffness_n_m": _positive(1e8),
    # spreads
    "wind_mps": _not_negative(60.0),
    "start_speed_mps": _not_negative(100.0),
    "start_downrange_m": _not_negative(10_000.0),
}  # fmt: skip

# By the unit at the end of the name, longest first.
_BY_UNIT: Final[tuple[tuple[str, Bound], ...]] = (
    ("_percent", _not_negative(90.0)),
    ("_kg_m2", Bound(1.0, 1e6)),
    ("_n_m_s", _not_negative(1e6)),
    ("_rad_s", _positive(100.0)),
    ("_deg_s", _positive(360.0)),
    ("_n_m", _not_negative(1e8)),
    ("_mps", _positive(1000.0)),
    ("_deg", Bound(0.0, 89.0)),
    ("_kg", _positive(1e5)),
    ("_m2", _positive(1e4)),
    ("_n", _positive(1e7)),
    ("_m", _positive(1000.0)),
    ("_s", _positive(1e4)),
)

_PARTS: Final = _signed(20.0)

# The columns of each table, and whether it is read as a function of its first column.
TABLES: Final[dict[str, tuple[tuple[Bound, ...], bool]]] = {
    "profile_east_km_elevation_m": ((_signed(500.0), Bound(-9000.0, 22_000.0)), True),
    "roughness": ((Bound(0.5, 1e5), _not_negative(100.0)), False),
    "rocks_m": ((_signed(500_000.0), _positive(10.0), _signed(100.0)), False),
    "density_factor": ((_signed(200.0), Bound(0.05, 5.0)), True),
    "temperature_factor": ((_signed(200.0), Bound(0.3, 3.0)), True),
    "wind": ((_signed(200_000.0), _signed(200.0)), True),
    "drag_coefficient": ((_not_negative(50.0), _not_negative(10.0)), True),
    "outline_m": ((_PARTS, _PARTS), False),
    "cords_m": ((_PARTS, _PARTS), False),
}
_LEAST_ROWS: Final = {"profile_east_km_elevation_m": 2, "outline_m": 3, "roughness": 0, "rocks_m": 0}
_MOST_ROWS: Final = {"roughness": 12, "outline_m": 64, "cords_m": 12}
_MANY_ROWS: Final = 2000
_LEAST_STEP: Final = 1e-3  # between the first numbers of a function's entries
_ORDINALS: Final = ("first", "second", "third")


def bound_of(name: str) -> Bound | None:
    """The rule for a number of this name."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    return next((bound for unit, bound in _BY_UNIT if name.endswith(unit)), None)


def faults_in(table: Mapping[str, Any], path: str = "") -> Iterator[Fault]:
    """Every number of a file's table that is outside its rule. Unknown keys and wrong types are not our business."""
    for name, value in table.items():
        key = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            yield from faults_in(value, key)
        elif name in TABLES and isinstance(value, list):
            if all(_is_row(row, len(TABLES[name][0])) for row in value):
                yield from _table_faults(name, key, value)
        else:
            bound = bound_of(name)
            values = value if isinstance(value, list) else [value]
            faults = (bound.fault(number) for number in values if bound and _is_number(number))
            yield from ((key, fault) for fault in faults if fault)


def site_faults(site: SiteSpec) -> Iterator[Fault]:
    """What must fit together on the ground."""
    ground = site.ground
    if ground.smallest_rock_m >= ground.largest_rock_m:
        yield "ground.smallest_rock_m", _must_be_below(ground.smallest_rock_m, "largest_rock_m", ground.largest_rock_m)
    first_km, last_km = ground.profile_east_km_elevation_m[0][0], ground.profile_east_km_elevation_m[-1][0]
    if not first_km < ground.target_east_km < last_km:
        yield "ground.target_east_km", f"must lie on the profile, from {first_km:g} to {last_km:g} km"


def vehicle_faults(vehicle: VehicleSpec) -> Iterator[Fault]:
    """What must fit together on the spacecraft."""
    engines, bridle, rover = vehicle.descent_stage.engines, vehicle.bridle, vehicle.rover
    if engines.min_thrust_n >= engines.max_thrust_n:
        yield (
            "descent_stage.engines.min_thrust_n",
            _must_be_below(engines.min_thrust_n, "max_thrust_n", engines.max_thrust_n),
        )
    elif engines.max_thrust_n < _LEAST_THROTTLING * engines.min_thrust_n:
        least_n = _LEAST_THROTTLING * engines.min_thrust_n
        yield "descent_stage.engines.max_thrust_n", f"must be at least {least_n:g}, or there is nothing to throttle"
    if engines.isp_low_s < 0.7 * engines.isp_high_s:
        least_s = 0.7 * engines.isp_high_s
        yield "descent_stage.engines.isp_low_s", f"must be at least {least_s:g}, seven tenths of isp_high_s"
    if engines.isp_low_s > engines.isp_high_s:
        yield "descent_stage.engines.isp_low_s", _must_be_below(engines.isp_low_s, "isp_high_s", engines.isp_high_s)
    if bridle.brake_m > bridle.length_m:
        yield "bridle.brake_m", _must_be_below(bridle.brake_m, "length_m", bridle.length_m)
    if rover.bogie_mass_kg >= rover.mass_kg:
        yield "rover.bogie_mass_kg", _must_be_below(rover.bogie_mass_kg, "mass_kg", rover.mass_kg)
    elif rover_lumps(rover, 1.0, stowed=False).chassis.inertia_kg_m2 <= 0.0:
        least = rover.inertia_kg_m2 - rover_lumps(rover, 1.0, stowed=False).chassis.inertia_kg_m2
        yield "rover.inertia_kg_m2", f"must be above {least:.0f}, which the bogie and the distances take of it"
    chute = vehicle.parachute
    drag_area_m2 = chute.reference_area_m2 * max(coefficient for _, coefficient in chute.drag_coefficient)
    if chute.mass_kg < _LIGHTEST_CANOPY_KG_M2 * drag_area_m2:
        least = _LIGHTEST_CANOPY_KG_M2 * drag_area_m2
        yield "parachute.mass_kg", f"must be at least {least:.2g} for a drag area of {drag_area_m2:.0f} m2"
    yield from _spring_faults(vehicle)
    front_m, middle_m, rear_m = rover.wheel_x_m
    if not front_m > middle_m > rear_m:
        yield "rover.wheel_x_m", "must name front, middle and rear: each further back than the one before"


def _spring_faults(vehicle: VehicleSpec) -> Iterator[Fault]:
    """Springs that swing faster than the ticks can follow would tear the flight apart."""
    stage, bridle, rover = vehicle.descent_stage, vehicle.bridle, vehicle.rover
    gap_m = stage.rover_below_m - bridle.rover_y_m + bridle.stage_y_m
    if gap_m < _LEAST_GAP_M:
        yield (
            "descent_stage.rover_below_m",
            f"must leave {_LEAST_GAP_M:g} m of cord between bridle.stage_y_m and bridle.rover_y_m, not {gap_m:g}",
        )
        return
    reduced_kg = stage.dry_mass_kg * rover.mass_kg / (stage.dry_mass_kg + rover.mass_kg)
    most_n_m = reduced_kg * TICK_HZ**2 * gap_m / (gap_m + bridle.length_m)
    if bridle.stiffness_n_m > most_n_m:
        yield "bridle.stiffness_n_m", f"must be at most {most_n_m:.0f}, or the cords swing faster than the ticks"
    least_n_m = _SOFTEST * rover.mass_kg * _GRAVITY_MPS2 / (gap_m + bridle.length_m)
    if bridle.stiffness_n_m < least_n_m:
        yield "bridle.stiffness_n_m", f"must be at least {least_n_m:.0f}, or the cords stretch like rubber"
    most_n_m = rover.bogie_inertia_kg_m2 * TICK_HZ**2
    if rover.bogie_stiffness_n_m > most_n_m:
        yield "rover.bogie_stiffness_n_m", f"must be at most {most_n_m:.0f}, or the bogie swings faster than the ticks"


def level_faults(
    start: StartSpec, goal: GoalSpec, air: AirSpec, site: SiteSpec | None, vehicle: VehicleSpec | None
) -> Iterator[Fault]:
    """What must fit together in a level; site and vehicle are None where their own files were wrong."""
    if start.phase not in START_PHASES:
        yield "start.phase", f"a flight can start in {' or '.join(START_PHASES)}, not in {start.phase}"
    if air.gust_mps > 0.0 and air.gust_time_s < 0.05:
        yield "air.gust_time_s", f"must be at least 0.05, not {air.gust_time_s:g}: gusts that short are noise"
    if vehicle is not None and start.propellant_kg > vehicle.descent_stage.propellant_kg:
        most = vehicle.descent_stage.propellant_kg
        yield (
            "start.propellant_kg",
            f"must be at most {most:g}, which is what the tanks hold, not {start.propellant_kg:g}",
        )
    if site is not None:
        low_m, high_m = track_ends_m(site)
        for key, place_m in (("start.downrange_m", start.downrange_m), ("goal.target_m", goal.target_m)):
            if not low_m < place_m < high_m:
                yield key, f"must lie on the site's ground, from {low_m:.0f} to {high_m:.0f}, not {place_m:g}"


def track_ends_m(site: SiteSpec) -> tuple[float, float]:
    """Where the measured ground begins and ends, in m down-track of the frame's origin."""
    profile = site.ground.profile_east_km_elevation_m
    scale = 1000.0 / sin(radians(site.track_azimuth_deg))
    return (profile[0][0] - site.ground.target_east_km) * scale, (profile[-1][0] - site.ground.target_east_km) * scale


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, float | int) and not isinstance(value, bool) and isfinite(value)


def _is_row(value: object, columns: int) -> bool:
    return isinstance(value, list) and len(value) == columns and all(_is_number(number) for number in value)


def _table_faults(name: str, key: str, table: list[list[float]]) -> Iterator[Fault]:
    bounds, is_function = TABLES[name]
    least = _LEAST_ROWS.get(name, 1)
    if len(table) < least:
        yield key, f"needs at least {least} {'entry' if least == 1 else 'entries'}"
    most = _MOST_ROWS.get(name, _MANY_ROWS)
    if len(table) > most:
        yield key, f"can have at most {most} entries, not {len(table)}"
        return
    if name == "outline_m" and len(table) >= least and not _is_convex(table):
        yield key, "must go round a convex shape: no dents, no crossings, no three corners in a line"
    for index, row in enumerate(table, start=1):
        for bound, value, word in zip(bounds, row, _ORDINALS, strict=False):
            fault = bound.fault(value)
            if fault:
                yield f"{key}, entry {index}", f"its {word} number {fault}"
    if is_function:
        for index, ((x0, *_), (x1, *_)) in enumerate(pairwise(table), start=2):
            if x1 < x0 + _LEAST_STEP:
                yield f"{key}, entry {index}", f"its first number must be above the one before: {x1:g} after {x0:g}"


def _is_convex(corners: list[list[float]]) -> bool:
    """Whether these corners, in order, go once round a convex shape."""
    turns = []
    for i, (x1, y1) in enumerate(corners):
        (x0, y0), (x2, y2) = corners[i - 1], corners[(i + 1) % len(corners)]
        turns.append(
            atan2((x1 - x0) * (y2 - y1) - (y1 - y0) * (x2 - x1), (x1 - x0) * (x2 - x1) + (y1 - y0) * (y2 - y1))
        )
    same_side = all(turn > _LEAST_TURN_RAD for turn in turns) or all(turn < -_LEAST_TURN_RAD for turn in turns)
    return same_side and abs(sum(turns)) < 2.5 * pi


def _must_be_below(value: float, name: str, limit: float) -> str:
    return f"must be below {name}, which is {limit:g}, not {value:g}"
