"""Everything that leaves the spacecraft goes on falling, and is reported where it comes down."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import hypot, pi

import pytest

from game.sim.atmosphere import Atmosphere
from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.snapshot import Part, Pose
from tests.scenario.hands import whole_flight
from tests.tiers import some

Four = tuple[float, float, float, float]
STEP_S = 0.02


@cache
def spec_of() -> Flight:
    return whole_flight()[0].flight


def ballast_m2(mass_kg: float) -> float:
    return 0.01 * mass_kg ** (2.0 / 3.0)


# part: the event in whose tick it leaves, mass, drag area
def falls() -> dict[Part, tuple[str, float, float]]:
    vehicle = spec_of().spec.vehicle
    ring, shell = vehicle.cruise_stage, vehicle.aeroshell
    burnt_kg = dict(whole_flight()[0].first(EventName.COURSE_SET).figures)["burn_s"] * ring.thrust_n / ring.isp_s / 9.8
    pair_kg = 2.0 * shell.balance_mass_kg
    return {
        Part.CRUISE_STAGE: ("cruise_stage_separation", ring.mass_kg - burnt_kg, ring.drag_area_m2),
        Part.CRUISE_MASS_1: ("balance_mass cruise_mass_1", ring.balance_mass_kg, ballast_m2(ring.balance_mass_kg)),
        Part.CRUISE_MASS_2: ("balance_mass cruise_mass_2", ring.balance_mass_kg, ballast_m2(ring.balance_mass_kg)),
        Part.ENTRY_MASSES_1: ("balance_mass entry_masses_1", pair_kg, ballast_m2(pair_kg)),
        Part.ENTRY_MASSES_3: ("balance_mass entry_masses_3", pair_kg, ballast_m2(pair_kg)),
        Part.HEAT_SHIELD: ("heat_shield_separation", vehicle.heat_shield.mass_kg, vehicle.heat_shield.drag_area_m2),
    }


def landed_by(pose: Pose, rates: Callable[[Four], Four]) -> tuple[float, float]:
    """Down-track and seconds of flight, by Runge and Kutta's fourth order in small steps."""
    flight = spec_of()
    state: Four = (pose.x_m, pose.y_m, pose.vx_mps, pose.vy_mps)
    since_s = 0.0
    while flight.planet.altitude_m(state[0], state[1]) > flight.terrain.altitude_at(
        flight.planet.downrange_m(state[0], state[1])
    ):
        one = rates(state)
        two = rates(_along(state, one, 0.5 * STEP_S))
        three = rates(_along(state, two, 0.5 * STEP_S))
        four = rates(_along(state, three, STEP_S))
        slope = tuple((a + 2.0 * b + 2.0 * c + d) / 6.0 for a, b, c, d in zip(one, two, three, four, strict=True))
        state = _along(state, slope, STEP_S)  # type: ignore[arg-type]
        since_s += STEP_S
    return flight.planet.downrange_m(state[0], state[1]), since_s


def _along(state: Four, slope: Four, dt_s: float) -> Four:
    x, y, vx, vy = (value + rate * dt_s for value, rate in zip(state, slope, strict=True))
    return x, y, vx, vy


def in_the_air(mass_kg: float, area_m2: float) -> Callable[[Four], Four]:
    flight = spec_of()
    planet, spec = flight.planet, flight.spec
    air = Atmosphere(spec.air, planet.areoid_above_m)

    def rates(state: Four) -> Four:
        x, y, vx, vy = state
        altitude_m = planet.altitude_m(x, y)
        along = vx - air.mean_wind_mps(altitude_m)
        drag = -0.5 * air.density_kg_m3(altitude_m) * area_m2 / mass_kg * hypot(along, vy)
        gx, gy = planet.gravity(x, y, vx, vy)
        return vx, vy, gx + drag * along, gy + drag * vy

    return rates


@pytest.mark.parametrize("part", some([
    Part.CRUISE_STAGE, Part.HEAT_SHIELD, Part.ENTRY_MASSES_3, Part.ENTRY_MASSES_1, Part.CRUISE_MASS_1,
    Part.CRUISE_MASS_2,
], 2))  # fmt: skip
def test_a_part_comes_down_where_a_fine_integration_says(part: Part) -> None:
    """Within one per cent of the way that it still flew, and of the time."""
    flown, stood = whole_flight()
    left, mass_kg, area_m2 = falls()[part]
    pose = stood[left].parts[part]
    start_m = flown.flight.planet.downrange_m(pose.x_m, pose.y_m)
    place_m, took_s = landed_by(pose, in_the_air(mass_kg, area_m2))
    down = next(event for event in flown.events if event.name is EventName.PART_DOWN and event.detail == part)
    told_m = dict(down.figures)["downrange_m"]
    assert told_m == pytest.approx(place_m, abs=0.01 * abs(place_m - start_m))
    assert down.t_s - stood[left].t_s == pytest.approx(took_s, rel=0.01)
    assert flown.flight.parts_down[part] == told_m


def test_the_backshell_comes_down_under_its_parachute() -> None:
    """As slow as the empty shell is light: terminal speed within three per cent, and where the drift takes it."""
    flown, stood = whole_flight()
    vehicle, flight = flown.flight.spec.vehicle, flown.flight
    pose = stood["backshell_separation"].parts[Part.BACKSHELL]
    area_m2 = vehicle.parachute.reference_area_m2 * 0.70 + vehicle.backshell.drag_area_m2
    mass_kg = vehicle.backshell.mass_kg + vehicle.parachute.mass_kg
    place_m, took_s = landed_by(pose, in_the_air(mass_kg, area_m2))
    start_m = flight.planet.downrange_m(pose.x_m, pose.y_m)
    down = next(event for event in flown.events if event.name is EventName.PART_DOWN and event.detail == Part.BACKSHELL)
    assert down.t_s - stood["backshell_separation"].t_s == pytest.approx(took_s, rel=0.05)
    assert dict(down.figures)["downrange_m"] == pytest.approx(place_m, abs=0.05 * abs(place_m - start_m) + 20.0)


def test_every_part_has_its_place_in_the_end() -> None:
    """The debrief can show them all; what does not fall with something else lies by itself."""
    flown, _ = whole_flight()
    assert set(flown.flight.parts_down) == set(Part) - {Part.BOGIE}
    told = [event.detail for event in flown.events if event.name is EventName.PART_DOWN]
    assert len(told) == len(set(told))
    order = [flown.flight.parts_down[part] for part in (Part.CRUISE_STAGE, Part.CRUISE_MASS_1, Part.ROVER)]
    assert order == sorted(order)


def test_parts_are_drawn_all_the_way_down() -> None:
    """From the moment that they leave every part has a pose, until it lies on the ground."""
    _, stood = whole_flight()
    assert Part.CRUISE_STAGE in stood["course_set"].parts
    assert Part.PARACHUTE not in stood["mortar"].parts
    assert Part.PARACHUTE in stood["line_stretch"].parts
    last = stood["landed landed"].parts
    for part in (Part.CRUISE_STAGE, Part.CRUISE_MASS_1, Part.HEAT_SHIELD, Part.ENTRY_MASSES_2, Part.BACKSHELL):
        assert last[part].on_ground, part
    assert not stood["line_stretch"].parts[Part.HEAT_SHIELD].on_ground


def test_ballast_keeps_our_speed_when_it_leaves() -> None:
    """It is let go, not shot: in the tick of its leaving it still moves as we do."""
    _, stood = whole_flight()
    truth = stood["balance_mass cruise_mass_1"]
    mass, shell = truth.parts[Part.CRUISE_MASS_1], truth.parts[Part.BACKSHELL]
    assert hypot(mass.vx_mps - shell.vx_mps, mass.vy_mps - shell.vy_mps) < 0.3
    assert hypot(mass.x_m - shell.x_m, mass.y_m - shell.y_m) < pi
