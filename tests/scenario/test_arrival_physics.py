"""The flight above the engines against closed forms: coast, swing in the flow, canopy, and the radar's sleep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import atan2, degrees, hypot, log, pi, radians, sqrt, tau

import pytest

from game.content.modes import Mode
from game.sim.arrival import Arrival
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.planet import MU_M3_S2
from game.sim.snapshot import Canopy, Nav, Part
from tests.scenario.hands import arrive, arrive_until, ticks_of, whole_flight
from tests.scenario.world import world

AIRLESS = {"air__density_factor": ((0.0, 1e-15),), "air__gust_mps": 0.0}
CALM = {"air__wind": ((0.0, 0.0),), "air__gust_mps": 0.0}


def arrival_of(flight: Flight) -> Arrival:
    assert flight.arrival is not None
    return flight.arrival


def jacobi(flight: Flight) -> float:
    """Energy of a free body in the turning frame, per kilogram."""
    mover, planet = arrival_of(flight).capsule.pushed, flight.planet
    r = hypot(mover.x, mover.y + planet.radius_m)
    speed2 = mover.vx * mover.vx + mover.vy * mover.vy
    return 0.5 * speed2 - MU_M3_S2 / r - 0.5 * (planet.spin_rad_s * r) ** 2


def test_a_coast_past_the_planet_keeps_its_energy() -> None:
    """Without air: down to 55 km, round and out again, seven minutes, the Jacobi integral within two in a million."""
    spec = world(
        "jezero", **AIRLESS, start__phase=Phase.APPROACH, start__t_s=-20.0, start__arrival__entry_angle_deg=-10.0
    )
    flight = Flight(spec)
    energy, spread, lowest_m = jacobi(flight), 0.0, 1e9
    for _ in ticks_of(flight):
        if flight.tick % 120 == 0:
            spread = max(spread, abs(jacobi(flight) - energy))
            lowest_m = min(lowest_m, flight.planet.altitude_m(flight.craft.x, flight.craft.y))
    speed2 = hypot(flight.craft.vx, flight.craft.vy) ** 2
    assert lowest_m < 60_000.0
    assert flight.t_s > 200.0
    assert spread < 2e-6 * speed2


def test_a_capsule_left_to_itself_swings_at_the_flow_s_own_frequency() -> None:
    """Raw law, nobody at the stick, no damping: from swing to swing its frequency adds up to a turn of phase."""
    spec = world(
        "parachute", Mode.RAW, **CALM, start__lift=0.0, start__incidence_deg=5.0,
        vehicle__aeroshell__pitch_damping=((1.0, 0.0),), vehicle__aeroshell__straighten_mps=0.0,
    )  # fmt: skip
    flight = Flight(replace(spec, dispersions=world("parachute").dispersions))
    aeroshell = spec.vehicle.aeroshell
    area_m2 = 0.25 * pi * aeroshell.diameter_m**2
    capsule = arrival_of(flight).capsule
    swings, phase, last, widest = [], 0.0, 1.0, [0.0]
    for _ in ticks_of(flight, lambda nav, auto: Command()):
        stiffness = capsule.q_pa * area_m2 * aeroshell.diameter_m * aeroshell.stability
        phase += sqrt(stiffness / capsule.pushed.body.moment) / 120.0
        widest[-1] = max(widest[-1], abs(capsule.incidence_rad))
        if last < 0.0 <= capsule.incidence_rad:
            swings.append(phase)
            widest.append(0.0)
        last = capsule.incidence_rad
        if len(swings) == 5:
            break
    assert (swings[-1] - swings[0]) / (len(swings) - 1) == pytest.approx(tau, rel=0.02)
    # The path turns down meanwhile and takes the middle along: the width hardly changes.
    assert widest[-2] == pytest.approx(radians(5.0), rel=0.15)


@pytest.mark.slow
def test_held_lift_carries_farther_the_more_of_it_points_up() -> None:
    """A tenth of the lever is worth some ten kilometres; the trim that goes with lift up is clockwise."""
    reached = []
    for lift in (0.55, 0.62, 0.70):
        flight = Flight(world("jezero", start__phase=Phase.APPROACH, start__t_s=-20.0, start__lift=lift))
        for _ in ticks_of(flight, lift=lift):
            if flight.phase is Phase.ENTRY and flight.t_s > 110.0:
                break
        nav = flight.nav()
        assert nav.trim_rad < 0.0
        assert nav.incidence_rad == pytest.approx(nav.trim_rad, abs=radians(1.5))
        reached.append(nav.altitude_m)
    assert reached[0] + 500.0 < reached[1] < reached[2] - 500.0


def test_the_attitude_costs_a_few_kilograms_of_propellant() -> None:
    """Separation, approach, entry and canopy: more than nothing, less than six."""
    flown, stood = whole_flight()
    used_kg = flown.flight.spec.start.propellant_kg - stood["backshell_separation"].propellant_kg
    assert 0.3 < used_kg < 6.0


def test_the_opening_in_flight_is_as_hard_as_its_formula() -> None:
    """1.3 x 0.64 x q x S0, with the pressure at line stretch, within ten per cent."""
    flown, stood = whole_flight()
    peak_n = dict(flown.first(EventName.INFLATION_PEAK).figures)["load_n"]
    expected_n = 1.3 * 0.64 * stood["line_stretch"].q_pa * flown.flight.spec.vehicle.parachute.reference_area_m2
    assert peak_n == pytest.approx(expected_n, rel=0.10)
    assert flown.flight.peaks.parachute_load_n == peak_n


def hanging(**changes: object) -> Iterator[Flight]:
    """Ticks of the parachute level from high up, with the heat shield off and the backshell kept, down to 2.5 km."""

    def keep(nav: Nav, auto: Command) -> Command:
        return auto if nav.phase is not Phase.PARACHUTE or nav.heat_shield_on else Command()

    flight = Flight(world("parachute", **{**CALM, "start__height_m": 18_000.0, **changes}))
    for _ in ticks_of(flight, keep):
        if flight.craft.height_m < 2_500.0:
            return
        yield flight


def lean_deg(flight: Flight) -> float:
    """Of the lines from the path that the capsule flies."""
    capsule = arrival_of(flight).capsule.pushed
    canopy = flight.snapshot().parts[Part.PARACHUTE]
    return degrees(atan2(canopy.y_m - capsule.y, canopy.x_m - capsule.x) - atan2(-capsule.vy, -capsule.vx))


def test_it_sinks_at_the_terminal_speed() -> None:
    """Weight against the canopy's and the open capsule's drag, within one per cent.

    Steady is only the balance: as the air grows denser it is slowed by v^2 / 2 H all the time.
    """
    flight = list(hanging())[-1]
    capsule, truth = arrival_of(flight).capsule, flight.snapshot()
    area_m2 = capsule.chute.chute.drag_area_m2(truth.mach) + 0.88 * 0.25 * pi * 4.5**2
    density = flight.air.density_kg_m3(truth.altitude_m)
    thinner = flight.air.density_kg_m3(truth.altitude_m + 100.0)
    slowed_mps2 = 0.5 * truth.speed_mps**2 * log(density / thinner) / 100.0
    pull_n = (capsule.mass_kg + capsule.chute.chute.mass_kg) * (flight.weight_mps2 + slowed_mps2)
    assert truth.speed_mps == pytest.approx(sqrt(2.0 * pull_n / (density * area_m2)), rel=0.01)
    assert truth.canopy is Canopy.OPEN


def test_the_capsule_swings_under_its_riser_at_about_a_hertz_and_calms_down() -> None:
    """Knocked askew as the canopy opens: sqrt(pull x arm / I), a hertz at first, and still within ten seconds."""
    kicked_s, last, late, phase = 0.0, 0.0, 0.0, 0.0
    phases: list[float] = []
    times: list[float] = []
    for flight in hanging(start__height_m=13_900.0):
        capsule = arrival_of(flight).capsule
        canopy = capsule.parts().get(Part.PARACHUTE)
        if canopy is None:
            continue
        if not kicked_s:
            if capsule.chute.load_n > 100_000.0:
                capsule.pushed.body.angular_velocity += radians(60.0)
                capsule.pushed.read()
                kicked_s = flight.t_s
            continue
        since_s = flight.t_s - kicked_s
        askew = capsule.pushed.angle - canopy.angle_rad
        phase += sqrt(capsule.chute.load_n * capsule._anchor()[1] / capsule.pushed.body.moment) / 120.0
        if last < 0.0 <= askew:
            phases.append(phase)
            times.append(since_s)
        last = askew
        if 9.5 < since_s < 11.0:
            late = max(late, abs(degrees(askew)))
        if since_s > 11.0:
            break
    assert (phases[3] - phases[0]) / 3.0 == pytest.approx(tau, rel=0.1)
    assert 0.9 < 1.0 / (times[1] - times[0]) < 1.5
    assert late < 1.0


def sway(normal_force: float) -> list[float]:
    """Lean of the lines every tenth of a second after a knock of ten metres a second to the side."""
    leans: list[float] = []
    knocked = False
    for flight in hanging(vehicle__parachute__normal_force=normal_force):
        arrival = arrival_of(flight)
        steady = not arrival.capsule.carries(Part.HEAT_SHIELD) and arrival.capsule.mach < 0.5
        if steady and not knocked:
            knocked = True
            body = arrival.capsule.pushed.body
            body.velocity = (body.velocity.x + 10.0, body.velocity.y)
            arrival.capsule.pushed.read()
        if knocked and flight.tick % 12 == 0:
            leans.append(lean_deg(flight))
    return leans


def test_a_canopy_that_is_pulled_into_the_flow_has_no_pendulum() -> None:
    """Drag alone at a hundred metres a second: v / L is many times the pendulum's own frequency, so it creeps back."""
    leans = sway(1.0)
    assert max(map(abs, leans[:20])) > 2.0
    assert max(map(abs, leans[60:])) < 1.0


def test_a_canopy_that_pulls_along_its_lines_makes_a_pendulum_of_its_length() -> None:
    """Nothing draws it back into the flow: some twenty seconds, 2 pi sqrt(L / g) being 22."""
    leans = sway(0.0)
    rises = [i for i in range(1, len(leans)) if leans[i - 1] < 0.0 <= leans[i]]
    assert len(rises) >= 3
    assert max(map(abs, leans[60:])) > 5.0
    assert 16.0 < 0.1 * (rises[-1] - rises[-2]) < 26.0


def test_the_radar_sleeps_behind_the_heat_shield() -> None:
    """Below eight kilometres it sees nothing until the shield is off; then it locks at once, and the camera with it."""

    def keep_to(nav: Nav, auto: Command) -> Command:
        low = nav.phase is not Phase.PARACHUTE or not nav.heat_shield_on or nav.height_m < 3_900.0
        return auto if low else Command()

    flight = Flight(world("parachute"))
    told = {}
    for events in ticks_of(flight, keep_to):
        told |= {event.name: event for event in events}
        if EventName.HEAT_SHIELD_SEPARATION not in told:
            assert not flight.navigation.radar_locked
    off = told[EventName.HEAT_SHIELD_SEPARATION]
    assert off.height_m < 4_000.0
    for name in (EventName.RADAR_LOCK, EventName.TERRAIN_LOCK):
        assert 0.0 <= told[name].t_s - off.t_s < 0.1


def test_it_is_asleep_above_its_height_too() -> None:
    """With the shield off early it locks at eight kilometres, the camera at 4.2."""
    flown, _ = whole_flight()
    assert flown.first(EventName.RADAR_LOCK).height_m <= 8_000.0
    assert flown.first(EventName.TERRAIN_LOCK).height_m == pytest.approx(4_200.0, abs=10.0)


def test_without_the_radar_the_height_is_the_inertial_unit_s() -> None:
    """Hundreds of metres off before, within two per cent after."""
    flight = arrive_until(world("parachute"), EventName.MORTAR, seed=4)
    before_m = abs(flight.nav().height_m - flight.craft.height_m)
    flight = arrive_until(world("parachute"), EventName.TERRAIN_LOCK, seed=4)
    after_m = abs(flight.nav().height_m - flight.craft.height_m)
    assert 20.0 < before_m < 300.0
    assert after_m < 0.02 * flight.craft.height_m


def test_the_events_of_the_whole_flight_come_in_their_order() -> None:
    """The story from the course to the wheels."""
    flown, _ = whole_flight()
    story = [
        EventName.COURSE_SET, EventName.CRUISE_STAGE_SEPARATION, EventName.ENTRY_INTERFACE, EventName.GUIDANCE_START,
        EventName.PEAK_HEATING, EventName.PEAK_DECELERATION, EventName.STRAIGHTEN_UP, EventName.MORTAR,
        EventName.LINE_STRETCH, EventName.INFLATION_PEAK, EventName.HEAT_SHIELD_SEPARATION, EventName.RADAR_LOCK,
        EventName.TERRAIN_LOCK, EventName.BACKSHELL_SEPARATION, EventName.ENGINE_START, EventName.TOUCHDOWN,
        EventName.LANDED,
    ]  # fmt: skip
    assert [name for name in flown.names() if name in story] == story
    assert flown.names().count(EventName.BALANCE_MASS) == 5


def test_ballast_leaves_in_its_own_time() -> None:
    """Two pieces eight seconds apart after the cruise stage, pairs two seconds apart from 5.1 s after straightening."""
    flown, _ = whole_flight()
    vehicle = flown.flight.spec.vehicle
    balance = [event.t_s for event in flown.events if event.name is EventName.BALANCE_MASS]
    apart, straight = (flown.first(name).t_s for name in (EventName.CRUISE_STAGE_SEPARATION, EventName.STRAIGHTEN_UP))
    wanted = [apart + vehicle.cruise_stage.balance_s * number for number in (1, 2)]
    wanted += [
        straight + vehicle.aeroshell.balance_first_s + vehicle.aeroshell.balance_s * number for number in range(3)
    ]
    assert balance == pytest.approx(wanted, abs=0.02)


def test_straightened_up_it_flies_with_the_shield_straight_into_the_flow() -> None:
    """With the offset ballast gone there is no trim left."""
    _, stood = whole_flight()
    assert abs(degrees(stood["balance_mass entry_masses_1"].incidence_rad)) > 2.0
    assert abs(degrees(stood["line_stretch"].incidence_rad)) < 3.0


@pytest.mark.slow
def test_another_lift_lands_elsewhere_but_lands() -> None:
    """The lever is for range: a little less of it, and the plain hand comes down farther up-track."""
    plain, _ = whole_flight()
    flown = arrive(world("jezero"), lift=0.60)
    assert flown.flight.parts_down[Part.ROVER] < plain.flight.parts_down[Part.ROVER] - 1_000.0


@pytest.mark.parametrize("by_action", [True, False])
def test_there_is_a_course_to_see_in_every_tick_of_its_phase_and_in_no_other(by_action: bool) -> None:
    """Also in the last one, after ACTION or when the time for it is over: whoever draws it then finds it."""
    flight = Flight(world("course"))
    action = Command(action=True)
    while flight.phase is not Phase.APPROACH and not flight.over:
        press = flight.phase is Phase.CRUISE or (by_action and flight.tick == 7)
        flight.step(action if press else Command())
        assert (flight.nav().course is not None) is (flight.phase is Phase.COURSE)
        assert (flight.snapshot().course is not None) is (flight.phase is Phase.COURSE)
    assert flight.phase is Phase.APPROACH
