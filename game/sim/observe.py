"""Looking at a flight: the truth for those who draw and log it, the estimates for those who fly it."""

from __future__ import annotations

from math import atan2, hypot, radians, sqrt
from typing import TYPE_CHECKING, Final

from game.sim.capsule import Capsule
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav, Part, Pose, Truth
from game.sim.spec import TICK_HZ

_COURSE: Final = Phase.COURSE  # looking a member up on its Enum costs a tenth of a microsecond in Python 3.11
SLOPE_SEEN_M: Final = 100.0  # nearer than this the radar's beams tell the slope of the ground

if TYPE_CHECKING:
    from game.sim.flight import Flight
    from game.sim.landing import Landing


def truth_of(flight: Flight) -> Truth:
    """The state at the end of the last tick."""
    craft, arrival, landing = flight.craft, flight.arrival, flight.landing
    capsule = arrival.capsule if arrival and not landing else None
    altitude_m = flight.planet.altitude_m(craft.x, craft.y)
    wind_mps, airspeed = flight.wind_mps, flight.airspeed_mps
    parts: dict[Part, Pose] = craft.parts() | flight.aloft.parts(flight.tick)
    _, climb_mps = flight.planet.local(craft.x, craft.y, craft.vx, craft.vy)
    rover, bridle = craft.rover, craft.bridle
    return Truth(
        tick=flight.tick,
        t_s=flight.t_s,
        phase=flight.phase,
        outcome=flight.outcome,
        reason=flight.reason,
        parts=parts,
        altitude_m=altitude_m,
        height_m=craft.height_m,
        speed_mps=hypot(craft.vx, craft.vy),
        vertical_mps=climb_mps,
        mach=airspeed / flight.air.sound_speed_mps(altitude_m),
        q_pa=0.5 * flight.air.density_kg_m3(altitude_m) * airspeed * airspeed,
        g=craft.load_g,
        wind_mps=wind_mps,
        propellant_kg=craft.propellant_kg,
        thrust=craft.engines.levels(),
        engines_lit=craft.engines.lit,
        rover_released=rover is not None,
        bridle_paid_m=bridle.paid_m if bridle else None,
        bridle_load_n=bridle.load_n if bridle else 0.0,
        wheels_out=rover.wheels_out if rover else 0.0,
        wheels_ready=rover is not None and rover.wheels_ready,
        wheel_contacts=landing.referee.wheels if landing else (False, False, False),
        mark_m=flight.marks[flight.mark_index].downrange_m,
        distance_m=craft.downrange_m - flight.spec.goal.target_m,
        downrange_m=craft.downrange_m,
        cruise_stage_on=capsule is not None and capsule.cruise_stage_on,
        heat_shield_on=capsule is not None and capsule.shield_on,
        backshell_on=capsule is not None,
        incidence_rad=capsule.incidence_rad if capsule else 0.0,
        lift=capsule.bank.lift if capsule else 0.0,
        thruster=_sign(capsule.thrusters.firing) if capsule else 0,
        heat_flux_w_cm2=capsule.flux_w_cm2 if capsule else 0.0,
        surface_c=arrival.capsule.heat.surface_c if arrival else 0.0,
        back_flux_w_cm2=capsule.back_flux_w_cm2 if capsule else 0.0,
        canopy=arrival.capsule.chute.stage if arrival else Canopy.OPEN,
        canopy_area=capsule.chute.area if capsule else 1.0,
        parachute_load_n=capsule.chute.load_n if capsule else 0.0,
        canopy_lost=arrival.capsule.chute.lost if arrival else 0.0,
        trim=arrival.trim if arrival else 0.0,
        course=arrival.course_state() if arrival and flight.phase is Phase.COURSE else None,
    )


def _sign(value: float) -> int:
    return (value > 0.0) - (value < 0.0)


def nav_of(flight: Flight) -> Nav:
    """What the craft's own instruments make of that state.

    Asked twenty times a second, so nothing is reckoned twice, and the fields stand in `Nav`'s own order without their
    names, which would cost more than the figures. A test names them all.
    """
    craft, errors, planet, forecast = flight.craft, flight.navigation, flight.planet, flight.forecast
    pushed, engines, marks = craft.pushed, craft.engines, flight.marks
    true_x, true_y, true_vx, true_vy, true_height_m = craft.placed()
    vx, vy = true_vx + errors.vx_mps, true_vy + errors.vy_mps
    x_error, height_error = errors.x_error_m, errors.height_error_m(true_height_m)
    up_m = true_y + planet.radius_m
    r_m = sqrt(true_x * true_x + up_m * up_m)
    upright, across = up_m / r_m, true_x / r_m
    altitude_m = r_m - planet.radius_m + height_error
    density, sound_mps, wind_mps = forecast.at(altitude_m)
    along_air, climb_mps = vx * upright - vy * across - wind_mps, vx * across + vy * upright
    airspeed = sqrt(along_air * along_air + climb_mps * climb_mps)
    stage_height_m = true_height_m if craft.rover is None else craft.stage_height_m
    landing, capsule = flight.landing, craft if isinstance(craft, Capsule) else None
    return Nav._make(
        (
            flight.tick, flight.t_s, flight.phase, (flight.tick - flight.phase_tick) / TICK_HZ,
            craft.control.damped, errors.radar_locked, errors.terrain_locked,
            true_x + x_error, vx, vy, altitude_m, true_height_m + height_error, sqrt(vx * vx + vy * vy),
            airspeed / sound_mps, 0.5 * density * airspeed * airspeed,
            pushed.x + x_error, pushed.vx + errors.vx_mps, pushed.vy + errors.vy_mps, stage_height_m + height_error,
            -pushed.angle, -pushed.omega, flight.weight_mps2,
            craft.known_moved_kg, craft.known_pushed_kg, craft.propellant_kg,
            engines.axial_n, engines.min_axial_n, engines.max_axial_n,
            flight.spec.goal.target_m, marks[flight.mark_index].downrange_m + errors.mark_error_m, flight.mark_index,
            marks if errors.terrain_locked else (),
            flight.terrain.slope_at(true_x) if true_height_m < SLOPE_SEEN_M else 0.0, wind_mps,
            *(_hanging(flight, landing, x_error) if landing else _NOTHING_HANGS),
            *_levers(flight, capsule),
            planet.radius_m * atan2(true_x, up_m) + x_error, climb_mps,
            atan2(climb_mps, along_air), craft.load_g,
            *(_capsule(flight, capsule) if capsule else _no_capsule(flight)),
        )
    )  # fmt: skip


def _hanging(flight: Flight, landing: Landing, x_error_m: float) -> tuple[object, ...]:
    """From `backshell_dx_m` to `wheels_down`: what falls behind us, and what hangs below."""
    craft, backshell = landing.craft, flight.backshell
    pushed, bridle, rover = craft.pushed, craft.bridle, craft.rover
    dx_m = dy_m = lands_m = None
    if backshell:
        lands_m = backshell.lands_m + x_error_m
        if backshell.moving:
            dx_m, dy_m = backshell.x - pushed.x, backshell.y - pushed.y
    return (
        dx_m, dy_m, lands_m, rover is not None,
        bridle.paid_m if bridle else 0.0, bridle is not None and bridle.full, bridle.load_n if bridle else 0.0,
        craft.is_cut, craft.x - pushed.x if bridle else 0.0, craft.vx - pushed.vx if bridle else 0.0,
        rover is not None and rover.wheels_ready, landing.referee.first_tick is not None,
    )  # fmt: skip


_NOTHING_HANGS: Final = (None, None, None, False, 0.0, False, 0.0, False, 0.0, 0.0, False, False)


def _levers(flight: Flight, capsule: Capsule | None) -> tuple[float, float, float, float]:
    """From `full_lean_rad` to `lever_climb_mps`: what the levers ask for at their ends."""
    control = flight.spec.vehicle.control
    turn_rad_s = capsule.thrusters.full_rate_rad_s if capsule else radians(control.raw_rate_deg_s)
    return flight.craft.control.full_lean_rad, turn_rad_s, control.descent_mps, control.climb_mps


def _capsule(flight: Flight, capsule: Capsule) -> tuple[object, ...]:
    """From `cruise_stage_on` to the end, before the backshell is off."""
    arrival, chute, bank = flight.arrival, capsule.chute, capsule.bank
    return (
        capsule.cruise_stage_on, capsule.shield_on, True,
        capsule.incidence_rad, capsule.pushed.omega, capsule.trim_rad, bank.lift, bank.wanted_lift,
        arrival is not None and arrival.guided, arrival is not None and arrival.straightened,
        capsule.flux_w_cm2, capsule.heat.surface_c,
        chute.stage, chute.since_s(flight.tick), chute.load_n, chute.lost,
        arrival.course_state() if arrival and flight.phase is _COURSE else None, flight.onboard,
    )  # fmt: skip


def _no_capsule(flight: Flight) -> tuple[object, ...]:
    """The same once it is off: what it was, if we came in one."""
    arrival = flight.arrival
    still = (False, False, False, 0.0, 0.0, 0.0, 0.0, 0.0)
    if arrival is None:
        return (*still, False, False, 0.0, 0.0, Canopy.OPEN, 0.0, 0.0, 0.0, None, flight.onboard)
    chute = arrival.capsule.chute
    return (
        *still, arrival.guided, arrival.straightened, 0.0, arrival.capsule.heat.surface_c,
        chute.stage, chute.since_s(flight.tick), 0.0, chute.lost, None, flight.onboard,
    )  # fmt: skip
