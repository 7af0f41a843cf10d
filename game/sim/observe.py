"""Looking at a flight: the truth for those who draw and log it, the estimates for those who fly it."""

from __future__ import annotations

from math import atan2, hypot, radians
from typing import TYPE_CHECKING, Final

from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav, Part, Pose, Truth
from game.sim.spec import TICK_HZ, ControlLaw

SLOPE_SEEN_M: Final = 100.0  # nearer than this the radar's beams tell the slope of the ground

if TYPE_CHECKING:
    from game.sim.flight import Flight


def truth_of(flight: Flight) -> Truth:
    """The state at the end of the last tick."""
    craft, arrival, landing = flight.craft, flight.arrival, flight.landing
    capsule = arrival.capsule if arrival and not landing else None
    altitude_m = flight.planet.altitude_m(craft.x, craft.y)
    wind_mps = flight.wind_mps
    airspeed = hypot(craft.vx - wind_mps, craft.vy)
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
        wheel_contacts=landing.judge.wheels if landing else (False, False, False),
        mark_m=flight.marks[flight.mark_index].downrange_m,
        distance_m=craft.downrange_m - flight.spec.goal.target_m,
        downrange_m=craft.downrange_m,
        cruise_stage_on=capsule is not None and capsule.carries(Part.CRUISE_STAGE),
        heat_shield_on=capsule is not None and capsule.carries(Part.HEAT_SHIELD),
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
    """What the craft's own instruments make of that state. Asked twenty times a second: nothing is reckoned twice."""
    craft, errors, backshell, forecast = flight.craft, flight.navigation, flight.backshell, flight.forecast
    pushed, engines, bridle, rover = craft.pushed, craft.engines, craft.bridle, craft.rover
    control = flight.spec.vehicle.control
    arrival, landing, planet = flight.arrival, flight.landing, flight.planet
    capsule = arrival.capsule if arrival and not landing else None
    x_error, vx_error, vy_error = errors.x_error_m, errors.vx_mps, errors.vy_mps
    altitude_m, height_m = flight.planet.altitude_m(craft.x, craft.y), craft.height_m
    height_error = errors.height_error_m(height_m)
    vx, vy = craft.vx + vx_error, craft.vy + vy_error
    seen_m = altitude_m + height_error
    wind_mps = forecast.mean_wind_mps(seen_m)
    airspeed = hypot(vx - wind_mps, vy)
    _, climb_mps = planet.local(craft.x, craft.y, vx, vy)
    along_air, up_air = planet.local(craft.x, craft.y, vx - wind_mps, vy)
    aloft = backshell is not None and backshell.moving
    return Nav(
        tick=flight.tick,
        t_s=flight.t_s,
        phase=flight.phase,
        phase_s=(flight.tick - flight.phase_tick) / TICK_HZ,
        damped=flight.spec.control_law is ControlLaw.DAMPED,
        radar_locked=errors.radar_locked,
        terrain_locked=errors.terrain_locked,
        x_m=craft.x + x_error,
        vx_mps=vx,
        vy_mps=vy,
        altitude_m=seen_m,
        height_m=height_m + height_error,
        speed_mps=hypot(vx, vy),
        mach=airspeed / forecast.sound_speed_mps(seen_m),
        q_pa=0.5 * forecast.density_kg_m3(seen_m) * airspeed * airspeed,
        stage_x_m=pushed.x + x_error,
        stage_vx_mps=pushed.vx + vx_error,
        stage_vy_mps=pushed.vy + vy_error,
        stage_height_m=(craft.stage_height_m if rover else height_m) + height_error,
        tilt_rad=-pushed.angle,
        tilt_rate_rad_s=-pushed.omega,
        gravity_mps2=flight.weight_mps2,
        total_mass_kg=craft.known_moved_kg,
        stage_mass_kg=craft.known_pushed_kg,
        propellant_kg=craft.propellant_kg,
        thrust_now_n=engines.axial_n,
        thrust_min_n=engines.min_axial_n,
        thrust_max_n=engines.max_axial_n,
        target_m=flight.spec.goal.target_m,
        mark_m=flight.marks[flight.mark_index].downrange_m + errors.mark_error_m,
        mark_index=flight.mark_index,
        marks=flight.marks if errors.terrain_locked else (),
        slope_rad=flight.terrain.slope_at(craft.x) if height_m < SLOPE_SEEN_M else 0.0,
        wind_mps=wind_mps,
        backshell_dx_m=backshell.x - pushed.x if backshell and aloft else None,
        backshell_dy_m=backshell.y - pushed.y if backshell and aloft else None,
        backshell_lands_m=backshell.lands_m + x_error if backshell else None,
        rover_released=rover is not None,
        bridle_paid_m=bridle.paid_m if bridle else 0.0,
        bridle_full=bridle is not None and bridle.full,
        bridle_load_n=bridle.load_n if bridle else 0.0,
        bridle_cut=craft.is_cut,
        swing_m=craft.x - pushed.x if bridle else 0.0,
        swing_mps=craft.vx - pushed.vx if bridle else 0.0,
        wheels_ready=rover is not None and rover.wheels_ready,
        wheels_down=landing is not None and landing.judge.first_tick is not None,
        full_lean_rad=craft.control.full_lean_rad,
        full_turn_rad_s=capsule.thrusters.full_rate_rad_s if capsule else radians(control.raw_rate_deg_s),
        lever_descent_mps=control.descent_mps,
        lever_climb_mps=control.climb_mps,
        downrange_m=craft.downrange_m + x_error,
        climb_mps=climb_mps,
        path_rad=atan2(up_air, along_air),
        g=craft.load_g,
        cruise_stage_on=capsule is not None and capsule.carries(Part.CRUISE_STAGE),
        heat_shield_on=capsule is not None and capsule.carries(Part.HEAT_SHIELD),
        backshell_on=capsule is not None,
        incidence_rad=capsule.incidence_rad if capsule else 0.0,
        incidence_rate_rad_s=pushed.omega if capsule else 0.0,
        trim_rad=capsule.trim_rad if capsule else 0.0,
        lift=capsule.bank.lift if capsule else 0.0,
        lift_wanted=capsule.bank.wanted_lift if capsule else 0.0,
        guided=arrival is not None and arrival.guided,
        straightened=arrival is not None and arrival.straightened,
        heat_flux_w_cm2=capsule.flux_w_cm2 if capsule else 0.0,
        surface_c=arrival.capsule.heat.surface_c if arrival else 0.0,
        canopy=arrival.capsule.chute.stage if arrival else Canopy.OPEN,
        canopy_s=arrival.capsule.chute.since_s(flight.tick) if arrival else 0.0,
        parachute_load_n=capsule.chute.load_n if capsule else 0.0,
        canopy_lost=arrival.capsule.chute.lost if arrival else 0.0,
        course=arrival.course_state() if arrival and flight.phase is Phase.COURSE else None,
        onboard=flight.onboard,
    )
