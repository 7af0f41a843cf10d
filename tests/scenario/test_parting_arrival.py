"""What the capsule lets go of, from the cruise stage to itself: nothing is lost but what the part takes along."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot

import pytest

from game.content.modes import Mode
from game.sim.bodies import Lump, Mover
from game.sim.capsule import Capsule
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Part, Pose
from game.sim.stowage import ENTRY_MASSES
from tests.scenario.hands import arrive_until, ticks_of
from tests.scenario.world import world

Moving = tuple[float, float, Pose]  # mass, moment of inertia, and how it moves


def capsule_of(flight: Flight) -> Capsule:
    assert flight.arrival is not None
    return flight.arrival.capsule


def of_body(mover: Mover) -> Moving:
    return mover.body.mass, mover.body.moment, mover.pose_of(0.0, 0.0)


def thrown(flight: Flight, part: Part, lump: Lump) -> Moving:
    return lump.mass_kg, lump.inertia_kg_m2, flight.aloft.parts(flight.tick)[part]


def sums(things: list[Moving], about: Pose) -> tuple[float, float, float, float]:
    """Mass, momentum along and up, and turning, as seen by somebody who moves along with `about`.

    Seen from the frame's origin, hundreds of kilometres away, the turning would drown in its own digits.
    """
    mass = along = up = turning = 0.0
    for mass_kg, inertia, pose in things:
        vx, vy = pose.vx_mps - about.vx_mps, pose.vy_mps - about.vy_mps
        mass += mass_kg
        along += mass_kg * vx
        up += mass_kg * vy
        turning += inertia * pose.omega_rad_s + mass_kg * ((pose.x_m - about.x_m) * vy - (pose.y_m - about.y_m) * vx)
    return mass, along, up, turning


def whirl(flight: Flight) -> Pose:
    """Turn the capsule at 0.2 rad/s, or the turning before and after would be compared to nothing."""
    body = capsule_of(flight).pushed.body
    body.angular_velocity = 0.2
    capsule_of(flight).read(flight.tick)
    return capsule_of(flight).pushed.pose_of(0.0, 0.0)


def before_the(name: EventName) -> Flight:
    """The whole flight, a little before this event."""
    if name is EventName.CRUISE_STAGE_SEPARATION:
        return arrive_until(world("course"), EventName.COURSE_SET)
    spec = world("parachute")
    return arrive_until(spec, EventName.STRAIGHTEN_UP if name is EventName.BALANCE_MASS else EventName.INFLATION_PEAK)


@pytest.mark.parametrize(
    ("name", "part", "let_go"),
    [
        (EventName.CRUISE_STAGE_SEPARATION, Part.CRUISE_STAGE, lambda c, now: c.drop_cruise_stage(now, 0.04)),
        (
            EventName.CRUISE_STAGE_SEPARATION,
            Part.CRUISE_MASS_1,
            lambda c, now: c.throw_balance(Part.CRUISE_MASS_1, now),
        ),
        (EventName.BALANCE_MASS, Part.ENTRY_MASSES_1, lambda c, now: c.throw_balance(Part.ENTRY_MASSES_1, now)),
        (EventName.BALANCE_MASS, Part.ENTRY_MASSES_2, lambda c, now: c.throw_balance(Part.ENTRY_MASSES_2, now)),
        (EventName.BALANCE_MASS, Part.ENTRY_MASSES_3, lambda c, now: c.throw_balance(Part.ENTRY_MASSES_3, now)),
        (EventName.HEAT_SHIELD_SEPARATION, Part.HEAT_SHIELD, lambda c, now: c.drop_heat_shield(now)),
    ],
    ids=lambda value: value.value if isinstance(value, Part) else "",
)
def test_letting_go_conserves_mass_momentum_and_turning(
    name: EventName, part: Part, let_go: Callable[[Capsule, int], None]
) -> None:
    """Springs and all: what one gets the other loses."""
    flight = before_the(name)
    capsule = capsule_of(flight)
    about = whirl(flight)
    lump = capsule._lumps[part]
    before = sums([of_body(capsule.pushed)], about)
    let_go(capsule, flight.tick)
    after = sums([of_body(capsule.pushed), thrown(flight, part, lump)], about)
    assert after[0] == pytest.approx(before[0], rel=1e-12)
    # In the measure of what the springs hand over, a few hundred N s, and of the turning itself, a thousand N m s.
    assert after[1:3] == pytest.approx(before[1:3], abs=1e-6)
    assert after[3] == pytest.approx(before[3], rel=1e-6)


@pytest.mark.parametrize(
    ("name", "part", "push_mps"),
    [
        (EventName.CRUISE_STAGE_SEPARATION, Part.CRUISE_STAGE, 0.5),
        (EventName.HEAT_SHIELD_SEPARATION, Part.HEAT_SHIELD, 1.0),
    ],
)
def test_springs_part_us_as_fast_as_they_say(name: EventName, part: Part, push_mps: float) -> None:
    """Seen from us the ring leaves over the backshell's top, the heat shield over its bottom."""
    flight = before_the(name)
    capsule = capsule_of(flight)
    if part is Part.CRUISE_STAGE:
        capsule.drop_cruise_stage(flight.tick, 0.0)
    else:
        capsule.drop_heat_shield(flight.tick)
    own, other = flight.snapshot().parts[Part.BACKSHELL], flight.aloft.parts(flight.tick)[part]
    dx, dy = other.x_m - own.x_m, other.y_m - own.y_m
    away = ((other.vx_mps - own.vx_mps) * dx + (other.vy_mps - own.vy_mps) * dy) / hypot(dx, dy)
    assert away == pytest.approx(push_mps, rel=0.02)


def test_no_part_jumps_when_another_leaves() -> None:
    """Everything else on board is where it was, to a nanometre or so."""
    flight = before_the(EventName.HEAT_SHIELD_SEPARATION)
    before = flight.snapshot().parts
    capsule_of(flight).drop_heat_shield(flight.tick)
    after = flight.snapshot().parts
    assert set(before) == set(after)
    for part, pose in before.items():
        assert (after[part].x_m, after[part].y_m) == pytest.approx((pose.x_m, pose.y_m), abs=1e-7), part


def test_dropping_out_of_the_backshell_conserves_mass_momentum_and_turning() -> None:
    """One body becomes stack and shell; the canopy goes on as it is."""
    flight = Flight(world("parachute", goal__ends_at=None, goal__figures=()), 5)
    for _ in ticks_of(flight):
        arrival = flight.arrival
        if arrival and arrival.backshell_off:
            break
    capsule = capsule_of(flight)
    capsule.warm(0.0, 0.0)  # which weighs it: as it burns propellant it is weighed twenty times a second only
    about = capsule.pushed.pose_of(0.0, 0.0)
    canopy = capsule.chute._mover
    assert canopy is not None
    before = sums([of_body(capsule.pushed), of_body(canopy)], about)
    flight._drop_out()
    shell = flight.aloft.backshell
    assert shell is not None
    after = sums([of_body(flight.craft.pushed), of_body(shell._shell), of_body(shell._canopy)], about)
    assert after[0] == pytest.approx(before[0], rel=1e-12)
    assert after[1:] == pytest.approx(before[1:], abs=1e-6)


def test_a_canopy_that_is_still_packed_takes_its_momentum_along() -> None:
    """Out of the backshell before the lines are stretched, while we turn: it moves as it did inside the shell."""
    flight = Flight(world("parachute", start__turn_deg_s=40.0))
    flight.step(Command(action=True))
    flight.step(Command())
    flight.step(Command(action=True))
    capsule = capsule_of(flight)
    assert not capsule.chute.out
    capsule.warm(0.0, 0.0)  # which weighs it
    about = capsule.pushed.pose_of(0.0, 0.0)
    before = sums([of_body(capsule.pushed)], about)
    ballast = {part: capsule._lumps[part] for part in ENTRY_MASSES}
    flight._drop_out()
    shell = flight.aloft.backshell
    assert shell is not None
    things = [of_body(flight.craft.pushed), of_body(shell._shell), of_body(shell._canopy)]
    after = sums([*things, *(thrown(flight, part, lump) for part, lump in ballast.items())], about)
    # It is where stretched lines will hold it: where that is far away, turning about us says nothing.
    assert after[:3] == pytest.approx(before[:3], abs=1e-6)


@pytest.mark.parametrize("dispersed", [False, True])
def test_the_tanks_and_the_mass_go_with_the_craft(dispersed: bool) -> None:
    """A dispersed craft weighs in the last minute what it weighed in its backshell, and nothing is refilled."""
    flight = Flight(world("parachute", dispersed=dispersed, goal__ends_at=None, goal__figures=()), 7)
    last_kg = last_propellant_kg = 0.0
    for _ in ticks_of(flight):
        if flight.phase is Phase.FREE_FALL:
            break
        last_kg, last_propellant_kg = flight.craft.pushed.body.mass, flight.craft.propellant_kg
    shell_kg = flight.spec.vehicle.backshell.mass_kg
    assert flight.craft.pushed.body.mass == pytest.approx(last_kg - shell_kg, abs=0.01)
    assert flight.craft.propellant_kg == last_propellant_kg
    assert 370.0 < last_propellant_kg < 395.0


def test_nothing_vanishes_when_everything_is_dropped_in_a_hurry() -> None:
    """Mortar, shield and backshell at three ticks in a row, long before the ballast: it stays with the backshell."""

    def hurry(nav: object, auto: Command) -> Command:
        return Command(action=True)

    flight = Flight(world("parachute", Mode.MANUAL, start__speed_along_mps=560.0))
    for _ in ticks_of(flight, hurry):
        if flight.decided:
            break
    while not flight.over:
        flight.step(Command())
    kept = {part for part in Part if part.startswith("entry_masses")}
    assert kept <= set(flight.parts_down)
