"""What must fit together: the rules that need more than one number of a site, a vehicle or a level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import pi, radians, sin
from typing import Any, Final

from game.content.files import key_of
from game.content.ranges import Fault
from game.content.reading import as_far_as_sound
from game.sim.events import EventName
from game.sim.phases import Phase
from game.sim.planet import STANDARD_GRAVITY_MPS2
from game.sim.rover import rover_lumps
from game.sim.spec import TICK_HZ, AirSpec, FigureName, GoalSpec, SiteSpec, StartSpec
from game.sim.vehicle_spec import VehicleSpec

_LEAST_GAP_M: Final = 0.05
_SOFTEST: Final = 10.0  # cords that bear this many times the rover's weight before they are twice as long
_GRAVITY_MPS2: Final = 3.72
_LEAST_THROTTLING: Final = 1.5
_LIGHTEST_CANOPY_KG_M2: Final = 1.0 / 30.0  # of drag area: a lighter one is thrown about by its own drag
_HARDEST_FLOW_PA: Final = 50_000.0  # three times what a flight meets
_SLOWEST_SWING_TICKS: Final = 4.0  # a swing is followed if a radian of it takes this many ticks
_INTERFACE_ABOVE_M: Final = 100_000.0
_SHALLOWEST_DEG: Final = -3.0

FROM_SPACE: Final = (Phase.COURSE, Phase.CRUISE, Phase.APPROACH)
START_PHASES: Final = (*FROM_SPACE, Phase.ENTRY, Phase.FREE_FALL, Phase.SKY_CRANE)
GOAL_EVENTS: Final = (
    EventName.ENTRY_INTERFACE,
    EventName.MORTAR,
    EventName.INFLATION_PEAK,
    EventName.HEAT_SHIELD_SEPARATION,
    EventName.BACKSHELL_SEPARATION,
)
_LOADED: Final = GOAL_EVENTS[2:]  # by then the parachute has pulled
_PLACE: Final = ("downrange_m", "height_m", "speed_down_mps", "speed_along_mps")
_CAPSULE: Final = ("incidence_deg", "lift")  # said of what carries a backshell


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
    yield from _capsule_faults(vehicle)
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
    least_m = max(y for _, y in rover.outline_m) - min(y for _, y in stage.outline_m)
    if stage.rover_below_m < least_m:
        yield "descent_stage.rover_below_m", f"must be at least {least_m:g}, or the rover is stowed inside the stage"
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


def _capsule_faults(vehicle: VehicleSpec) -> Iterator[Fault]:
    """What carries us down to the backshell's separation."""
    cruise, shell, shield, chute = vehicle.cruise_stage, vehicle.aeroshell, vehicle.heat_shield, vehicle.parachute
    thrusters = shell.thrusters
    if cruise.burn_most_s > cruise.window_s:
        yield "cruise_stage.burn_most_s", _must_be_below(cruise.burn_most_s, "window_s", cruise.window_s)
    burnt_kg = cruise.thrust_n * cruise.burn_most_s / (cruise.isp_s * STANDARD_GRAVITY_MPS2)
    if burnt_kg > 0.5 * cruise.mass_kg:
        yield "cruise_stage.mass_kg", f"must be at least {2.0 * burnt_kg:.0f}: a full burn uses half of that as fuel"
    if any(coefficient <= 0.0 for _, coefficient in chute.drag_coefficient):
        yield "parachute.drag_coefficient", "must be above 0 throughout: a canopy has drag"
    if thrusters.hold_band_deg_s >= thrusters.rate_band_deg_s:
        yield (
            "aeroshell.thrusters.hold_band_deg_s",
            _must_be_below(thrusters.hold_band_deg_s, "rate_band_deg_s", thrusters.rate_band_deg_s),
        )
    if shield.start_c >= shield.bond_limit_c:
        yield "heat_shield.start_c", _must_be_below(shield.start_c, "bond_limit_c", shield.bond_limit_c)
    if chute.tear_n >= chute.burst_n:
        yield "parachute.tear_n", _must_be_below(chute.tear_n, "burst_n", chute.burst_n)
    if chute.low_mach >= chute.high_mach:
        yield "parachute.low_mach", _must_be_below(chute.low_mach, "high_mach", chute.high_mach)
    # Of the parts alone, which is less than that of the whole: on the safe side.
    inertia_kg_m2 = (
        vehicle.rover.inertia_kg_m2
        + vehicle.descent_stage.dry_inertia_kg_m2
        + vehicle.backshell.inertia_kg_m2
        + shield.inertia_kg_m2
    )
    most = 0.5 * inertia_kg_m2 * TICK_HZ
    if chute.swing_damping_n_m_s > most:
        yield "parachute.swing_damping_n_m_s", f"must be at most {most:.0f}, or the damping is faster than the ticks"
    turn_n_m = _HARDEST_FLOW_PA * 0.25 * pi * shell.diameter_m**3
    most = inertia_kg_m2 * (TICK_HZ / _SLOWEST_SWING_TICKS) ** 2 / turn_n_m
    if shell.stability > most:
        yield "aeroshell.stability", f"must be at most {most:.2g}, or the capsule swings faster than the ticks"
    most = inertia_kg_m2 * TICK_HZ * radians(thrusters.rate_band_deg_s)
    if thrusters.moment_nm > most:
        yield "aeroshell.thrusters.moment_nm", f"must be at most {most:.0f}, or a tick of it kicks past rate_band_deg_s"


def start_faults(written: Mapping[str, Any]) -> Iterator[Fault]:
    """Which keys a start needs and which do not belong to it, from a level file's own keys."""
    start = written.get("start")
    phase = start.get("phase") if isinstance(start, dict) else None
    if not isinstance(start, dict) or phase not in list(Phase):
        return  # told with the keys and types
    if phase not in START_PHASES:
        yield "start.phase", f"a flight can start in {_either(START_PHASES)}, not in {phase}"
        return
    from_space, arrives = phase in FROM_SPACE, "arrival" in start
    falls = not from_space and phase != Phase.ENTRY
    if from_space and not arrives:
        yield "start.arrival", f"is missing: a flight that starts in {phase} comes from space"
    if falls and arrives:
        yield "start.arrival", f"does not belong to a flight that starts in {phase}: it is on its way down"
    for name in _PLACE:
        if name in start and not falls and (arrives or from_space):
            yield f"start.{name}", "does not belong beside start.arrival, which says where we are"
        elif name not in start and not arrives and not from_space:
            yield f"start.{name}", "is missing" if falls else "is missing; or say start.arrival in its stead"
    if not falls and "tilt_deg" in start:
        yield "start.tilt_deg", "does not belong to a craft that carries its backshell; say incidence_deg"
    for name in _CAPSULE:
        if falls and name in start:
            yield f"start.{name}", f"does not belong to a flight that starts in {phase}: the backshell is off"


def level_faults(
    start: StartSpec | None, goal: GoalSpec | None, air: AirSpec | None, site: SiteSpec | None,
    vehicle: VehicleSpec | None,
) -> Iterator[Fault]:  # fmt: skip
    """What must fit together in a level; a table, the site or the vehicle is None where it is not there to be judged.

    A rule that needs a key which is not sound is passed over (reading.Partly), the others are not.
    """
    rules: list[Iterator[Fault]] = []
    if air is not None:
        rules.append(_gust_faults(air))
    if start is not None:
        if vehicle is not None:
            rules.append(_tank_faults(start, vehicle))
        rules += [_time_faults(start), _arrival_faults(start, site)]
        if site is not None:
            rules.append(_start_place_faults(start, site))
    if goal is not None:
        rules += [_goal_faults(goal, start), _figure_faults(goal)]
        if site is not None:
            rules.append(_target_faults(goal, site))
    for rule in rules:
        yield from as_far_as_sound(rule)


def _gust_faults(air: AirSpec) -> Iterator[Fault]:
    if air.gust_mps > 0.0 and air.gust_time_s < 0.05:
        yield "air.gust_time_s", f"must be at least 0.05, not {air.gust_time_s:g}: gusts that short are noise"


def _tank_faults(start: StartSpec, vehicle: VehicleSpec) -> Iterator[Fault]:
    most = vehicle.descent_stage.propellant_kg
    if start.propellant_kg > most:
        told = f"must be at most {most:g}, which is what the tanks hold, not {start.propellant_kg:g}"
        yield "start.propellant_kg", told


def _start_place_faults(start: StartSpec, site: SiteSpec) -> Iterator[Fault]:
    if start.phase in (Phase.FREE_FALL, Phase.SKY_CRANE):
        yield from _place_faults("start.downrange_m", start.downrange_m, site)


def _target_faults(goal: GoalSpec, site: SiteSpec) -> Iterator[Fault]:
    yield from _place_faults("goal.target_m", goal.target_m, site)


def _place_faults(key: str, place_m: float, site: SiteSpec) -> Iterator[Fault]:
    low_m, high_m = track_ends_m(site)
    if not low_m < place_m < high_m:
        yield key, f"must lie on the site's ground, from {low_m:.0f} to {high_m:.0f}, not {place_m:g}"


def _time_faults(start: StartSpec) -> Iterator[Fault]:
    """t_s and the phase must tell the same moment."""
    t_s, phase = start.t_s, start.phase
    if phase is Phase.COURSE:
        if t_s > -3600.0:
            yield "start.t_s", f"must be at most -3600 in the course phase, an hour before the interface, not {t_s:g}"
    elif phase in FROM_SPACE:
        if not -600.0 <= t_s <= -1.0:
            yield "start.t_s", f"must be from -600 to -1 in the {phase} phase, before the interface, not {t_s:g}"
    elif start.arrival is not None:
        if t_s != 0.0:
            yield "start.t_s", f"must be 0 for an entry that starts at the interface, with start.arrival, not {t_s:g}"
    elif t_s < 0.0:
        yield "start.t_s", f"must not be before the interface, where t_s is 0, but is {t_s:g}"


def _arrival_faults(start: StartSpec, site: SiteSpec | None) -> Iterator[Fault]:
    arrival = start.arrival
    if arrival is None:
        return
    if site is not None and arrival.interface_radius_m < site.reference_radius_m + _INTERFACE_ABOVE_M:
        least_m = site.reference_radius_m + _INTERFACE_ABOVE_M
        yield (
            "start.arrival.interface_radius_m",
            f"must be at least {least_m:.0f}, 100 km above the site, not {arrival.interface_radius_m:.0f}",
        )
    shallowest_deg = arrival.entry_angle_deg + arrival.angle_error_deg + arrival.error_spread_deg
    if shallowest_deg > _SHALLOWEST_DEG:
        yield (
            "start.arrival.entry_angle_deg",
            f"must be at most {_SHALLOWEST_DEG:g} with its error and spread, or we fly past, not {shallowest_deg:g}",
        )


def _goal_faults(goal: GoalSpec, start: StartSpec | None) -> Iterator[Fault]:
    """A goal before the ground: an event that is still ahead, and figures that can be told there."""
    ends_at = goal.ends_at
    if ends_at is None:
        if goal.figures:
            yield "goal.figures", "needs goal.ends_at, the event at which they count"
        return
    if ends_at not in GOAL_EVENTS:
        yield "goal.ends_at", f"a flight can end at {_either(GOAL_EVENTS)}, not at {ends_at}"
        return
    ahead = FROM_SPACE if ends_at is EventName.ENTRY_INTERFACE else (*FROM_SPACE, Phase.ENTRY)
    if start is not None and start.phase not in ahead:
        yield "goal.ends_at", f"a flight that starts in {start.phase} is past {ends_at}"
    if not goal.figures:
        yield "goal.ends_at", "needs at least one of goal.figures, or there is nothing to hit"


def _figure_faults(goal: GoalSpec) -> Iterator[Fault]:
    """What counts at the goal."""
    ends_at = goal.ends_at
    if ends_at not in GOAL_EVENTS:
        return
    names = [figure.name for figure in goal.figures]
    for index, name in enumerate(names):
        key = key_of(("goal", "figures", index, "name"))
        if name in names[:index]:
            yield key, f"says {name} a second time"
        if name is FigureName.ENTRY_ANGLE_DEG and ends_at is not EventName.ENTRY_INTERFACE:
            yield key, f"entry_angle_deg counts at entry_interface, not at {ends_at}"
        if name is FigureName.PARACHUTE_LOAD_N and ends_at not in _LOADED:
            yield key, f"parachute_load_n counts at {_either(_LOADED)}, not at {ends_at}"


def _either(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def track_ends_m(site: SiteSpec) -> tuple[float, float]:
    """Where the measured ground begins and ends, in m down-track of the frame's origin."""
    profile = site.ground.profile_east_km_elevation_m
    scale = 1000.0 / sin(radians(site.track_azimuth_deg))
    return (profile[0][0] - site.ground.target_east_km) * scale, (profile[-1][0] - site.ground.target_east_km) * scale


def _must_be_below(value: float, name: str, limit: float) -> str:
    return f"must be below {name}, which is {limit:g}, not {value:g}"
