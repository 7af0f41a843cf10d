"""What the craft knows: every figure of `Nav` by its name, in both halves of a flight.

The fields are filled in their order, without names: here stands what each of them has to be.
"""

from __future__ import annotations

from math import atan2, hypot, radians

import pytest

from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Canopy
from tests.scenario.world import fly_ticks, world

MOMENTS = (
    ("jezero", 200, Phase.COURSE), ("heat-shield", 8000, Phase.ENTRY), ("parachute", 4500, Phase.PARACHUTE),
    ("powered-descent", 3000, Phase.POWERED), ("sky-crane", 700, Phase.SKY_CRANE), ("sky-crane", 2500, Phase.FLYAWAY),
)  # fmt: skip


@pytest.fixture(params=MOMENTS, ids=lambda moment: f"{moment[0]}-{moment[2]}")
def flight(request: pytest.FixtureRequest) -> Flight:
    level, ticks, phase = request.param
    flown = fly_ticks(world(level, dispersed=True), ticks, seed=4)
    assert flown.phase is phase
    return flown


def expected(flight: Flight) -> dict[str, object]:
    """Every field from the truth and the instruments' errors, reckoned the long way."""
    craft, errors, planet, air, truth = (
        flight.craft,
        flight.navigation,
        flight.planet,
        flight.forecast,
        flight.snapshot(),
    )
    spec, pushed, control = flight.spec, flight.craft.pushed, flight.spec.vehicle.control
    landing, arrival, backshell = flight.landing, flight.arrival, flight.backshell
    capsule = arrival.capsule if arrival and not landing else None
    bridle, rover = craft.bridle, craft.rover
    higher_m = errors.height_error_m(truth.height_m)
    altitude_m, vx, vy = truth.altitude_m + higher_m, craft.vx + errors.vx_mps, craft.vy + errors.vy_mps
    along, climb = planet.local(craft.x, craft.y, vx, vy)
    wind = air.mean_wind_mps(altitude_m)
    airspeed = hypot(along - wind, climb)
    aloft = backshell if backshell is not None and backshell.moving else None
    return {
        "tick": flight.tick, "t_s": truth.t_s, "phase": truth.phase,
        "phase_s": (flight.tick - flight.phase_tick) / 120.0, "damped": True,
        "radar_locked": errors.radar_locked, "terrain_locked": errors.terrain_locked,
        "x_m": craft.x + errors.x_error_m, "vx_mps": vx, "vy_mps": vy,
        "altitude_m": altitude_m, "height_m": truth.height_m + higher_m, "speed_mps": hypot(vx, vy),
        "mach": airspeed / air.sound_speed_mps(altitude_m),
        "q_pa": 0.5 * air.density_kg_m3(altitude_m) * airspeed**2,
        "stage_x_m": pushed.x + errors.x_error_m,
        "stage_vx_mps": pushed.vx + errors.vx_mps, "stage_vy_mps": pushed.vy + errors.vy_mps,
        "stage_height_m": (craft.stage_height_m if rover else truth.height_m) + higher_m,
        "tilt_rad": -pushed.angle, "tilt_rate_rad_s": -pushed.omega, "gravity_mps2": flight.weight_mps2,
        "total_mass_kg": craft.known_moved_kg, "stage_mass_kg": craft.known_pushed_kg,
        "propellant_kg": craft.propellant_kg, "thrust_now_n": craft.engines.axial_n,
        "thrust_min_n": craft.engines.min_axial_n, "thrust_max_n": craft.engines.max_axial_n,
        "target_m": spec.goal.target_m, "mark_m": flight.marks[flight.mark_index].downrange_m + errors.mark_error_m,
        "mark_index": flight.mark_index, "marks": flight.marks if errors.terrain_locked else (),
        "slope_rad": flight.terrain.slope_at(craft.x) if truth.height_m < 100.0 else 0.0, "wind_mps": wind,
        "backshell_dx_m": aloft.x - pushed.x if aloft else None,
        "backshell_dy_m": aloft.y - pushed.y if aloft else None,
        "backshell_lands_m": backshell.lands_m + errors.x_error_m if backshell else None,
        "rover_released": rover is not None, "bridle_paid_m": bridle.paid_m if bridle else 0.0,
        "bridle_full": bridle is not None and bridle.full, "bridle_load_n": bridle.load_n if bridle else 0.0,
        "bridle_cut": craft.is_cut, "swing_m": craft.x - pushed.x if bridle else 0.0,
        "swing_mps": craft.vx - pushed.vx if bridle else 0.0,
        "wheels_ready": truth.wheels_ready, "wheels_down": landing is not None and any(truth.wheel_contacts),
        "full_lean_rad": craft.control.full_lean_rad,
        "full_turn_rad_s": capsule.thrusters.full_rate_rad_s if capsule else radians(control.raw_rate_deg_s),
        "lever_descent_mps": control.descent_mps, "lever_climb_mps": control.climb_mps,
        "downrange_m": truth.downrange_m + errors.x_error_m, "climb_mps": climb,
        "path_rad": atan2(climb, along - wind), "g": truth.g,
        "cruise_stage_on": truth.cruise_stage_on, "heat_shield_on": truth.heat_shield_on,
        "backshell_on": truth.backshell_on, "incidence_rad": truth.incidence_rad,
        "incidence_rate_rad_s": pushed.omega if capsule else 0.0, "trim_rad": capsule.trim_rad if capsule else 0.0,
        "lift": truth.lift, "lift_wanted": capsule.bank.wanted_lift if capsule else 0.0,
        "guided": arrival is not None and arrival.guided,
        "straightened": arrival is not None and arrival.straightened,
        "heat_flux_w_cm2": truth.heat_flux_w_cm2, "surface_c": truth.surface_c,
        "canopy": arrival.capsule.chute.stage if arrival else Canopy.OPEN,
        "canopy_s": arrival.capsule.chute.since_s(flight.tick) if arrival else 0.0,
        "parachute_load_n": truth.parachute_load_n, "canopy_lost": truth.canopy_lost,
        "course": truth.course, "onboard": flight.onboard,
    }  # fmt: skip


def test_every_figure_is_what_its_name_says(flight: Flight) -> None:
    """All fields, at a moment of every kind of phase, on a dispersed day with erring instruments."""
    nav, wanted = flight.nav()._asdict(), expected(flight)
    assert list(wanted) == list(nav)
    for name, value in wanted.items():
        assert nav[name] == (pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float) else value), name
