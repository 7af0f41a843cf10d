"""The flown Flight against closed forms: free fall, terminal speed, the rocket equation. The pendulums and the rest of
the list have their tests beside the parts: tests/unit/test_integrator.py, tests/scenario/test_arrival_physics.py.
"""

from __future__ import annotations

from math import cos, degrees, log, pi, radians, sqrt

import pytest

from game.content.modes import Mode
from game.sim.atmosphere import REFERENCE
from game.sim.command import THROTTLE_MAX, Command
from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.spec import DT_S
from tests.independent.entry import Model
from tests.independent.given import EARTH_MPS2, MU_M3_S2
from tests.scenario.world import world

THROTTLE = 250  # nearly full: the attitude takes none of it away
AIRLESS = {"air__density_factor": ((0.0, 1e-15),), "air__wind": ((0.0, 0.0),)}


def weight_mps2(model: Model, altitude_m: float) -> float:
    """Of a body at rest over the turning ground."""
    r = model.zero_m + altitude_m
    return MU_M3_S2 / r**2 - model.spin**2 * r


def test_a_craft_out_of_its_backshell_falls_freely() -> None:
    """Its first second without air: speed by g t to a millimetre a second, way by g t2 / 2 but for half a tick."""
    spec = world("powered-descent", **AIRLESS, start__speed_along_mps=0.0, start__speed_down_mps=30.0)
    flight, model = Flight(spec), Model(spec)
    fell = flight.snapshot()
    while flight.phase is Phase.FREE_FALL and flight.tick < 119:
        flight.step(Command())
    seconds = flight.tick * DT_S
    now, g = flight.snapshot(), weight_mps2(model, fell.altitude_m)
    assert now.phase is Phase.FREE_FALL
    assert -now.vertical_mps == pytest.approx(30.0 + g * seconds, abs=1e-3)
    way_m = 30.0 * seconds + 0.5 * g * seconds**2
    assert fell.altitude_m - now.altitude_m == pytest.approx(way_m - 0.5 * g * seconds * DT_S, abs=1e-3)


def test_in_uniform_air_it_sinks_at_the_terminal_speed() -> None:
    """sqrt(2 m g / (rho CdA)) of capsule and canopy, within five parts in a hundred thousand.

    A day whose factors make the air the same at every height; the heat shield gone, the lines still. Weight grows on
    the way down, and the speed follows it late by v / 2g: that is v2 / 2 g r of it, 2.5 parts in ten thousand.
    """
    rho, kelvin = 0.012, 210.0
    even = {
        "air__density_factor": tuple((h_km, rho / reference) for h_km, _, reference in REFERENCE),
        "air__temperature_factor": tuple((h_km, kelvin / t_k) for h_km, t_k, _ in REFERENCE),
        "air__wind": ((0.0, 0.0),),
        "vehicle__parachute__normal_force": 1.0,  # no slow pendulum: the lines lie in the flow
        "start__height_m": 16_000.0,
        "start__speed_along_mps": 200.0,
        "start__speed_down_mps": 100.0,  # or it tears
    }
    spec = world("parachute", Mode.RAW, **even, goal__ends_at=None, goal__figures=())
    flight, model, vehicle = Flight(spec), Model(spec), spec.vehicle
    mortar = shield = False
    while flight.craft.height_m > 2_500.0:
        action = (not mortar and flight.t_s >= 236.0) or (mortar and not shield and flight.t_s >= 255.0)
        mortar, shield = mortar or action, shield or (mortar and action)
        flight.step(Command(action=action))
    truth = flight.snapshot()
    assert truth.canopy_lost == 0.0
    assert not truth.heat_shield_on
    area = vehicle.parachute.reference_area_m2 * 0.70
    area += vehicle.aeroshell.open_drag_coefficient * pi * vehicle.aeroshell.diameter_m**2 / 4.0
    kg = flight.craft.mass_kg + vehicle.parachute.mass_kg
    g = weight_mps2(model, truth.altitude_m)
    terminal = sqrt(2.0 * kg * g / (rho * area))
    late = terminal**2 / (2.0 * g * (model.zero_m + truth.altitude_m))
    assert truth.mach < 0.65
    assert truth.speed_mps == pytest.approx(terminal * (1.0 - late), rel=5e-5)


def test_a_whole_burn_is_worth_what_the_rocket_equation_says() -> None:
    """Four engines from a hover until the tanks are dry, without air, upright: ve ln(m0 / m1) less what weight takes.

    387 kg in seventy seconds, through the cants: their cosine is lost. Within two parts in ten thousand of what is
    gained, 400 m/s. (All eight, out of the backshell, would meet that again: without air it does not fall behind.)
    """
    spec = world("sky-crane", Mode.RAW, **AIRLESS, start__propellant_kg=387.0, start__speed_along_mps=0.0)
    flight, model = Flight(spec), Model(spec)
    craft = flight.craft
    start: tuple[float, float] | None = None
    lost = 0.0
    names: list[EventName] = []
    while EventName.FUEL_OUT not in names:
        # Raw: the lever is a turn rate. A degree of lean is answered with two a second, so that it stays upright.
        lean = round(8.0 * degrees(craft.pushed.angle))
        names = [event.name for event in flight.step(Command(tilt=lean, throttle=THROTTLE))]
        if start is None and flight.tick >= 60:  # the thrust has come up
            start = (craft.vy, craft.pushed.body.mass)
        elif start:
            lost += weight_mps2(model, flight.planet.altitude_m(craft.x, craft.y)) * DT_S
        assert abs(degrees(craft.pushed.angle)) < 0.5
    assert start is not None
    engines = spec.vehicle.descent_stage.engines
    isp_s = engines.isp_low_s + THROTTLE / THROTTLE_MAX * (engines.isp_high_s - engines.isp_low_s)
    dry_kg = spec.vehicle.descent_stage.dry_mass_kg + spec.vehicle.rover.mass_kg
    expected = cos(radians(engines.splayed_deg)) * isp_s * EARTH_MPS2 * log(start[1] / dry_kg)
    assert expected > 350.0
    assert craft.vy - start[0] + lost == pytest.approx(expected, rel=2e-4)
