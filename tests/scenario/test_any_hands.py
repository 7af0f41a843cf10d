"""Whatever hands do, a flight stays a flight: finite, losing mass only, and over in the end with a true reason."""

from __future__ import annotations

import random
from dataclasses import fields
from math import isfinite

import pytest

from game.content.modes import Mode
from game.pilots.pilot import Helm
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.snapshot import Outcome
from tests.scenario.hands import PlainHand
from tests.scenario.world import HandOnTop, world

LAST_MINUTE = ("powered-descent", "sky-crane")
ARRIVING = ("course", "heat-shield", "parachute", "jezero")


def random_hands(source: random.Random, often: float) -> Command:
    """A command that nobody in his right mind would give."""
    return Command(
        tilt=source.randint(-127, 127),
        throttle=source.choice((0, source.randint(0, 255), 255)),
        reel=source.randint(0, 127),
        mark=source.choice((-1, 0, 0, 1)),
        action=source.random() < often,
    )


def fly_wildly(flight: Flight, source: random.Random, taken_over: int, pilot: HandOnTop) -> None:
    """Somebody who can fly, and from this tick on hands that change their mind at their own pace."""
    helm = Helm(pilot)
    pace, often = source.choice(((1, 0.02), (60, 0.1), (20, 0.4)))
    command, propellant_kg = Command(), flight.propellant_kg
    while not flight.over:
        if flight.tick < taken_over:
            command = helm.command(flight)
        else:
            command = random_hands(source, often) if flight.tick % pace == 0 else command.held()
        helm.hear(flight.step(command))
        assert flight.propellant_kg <= propellant_kg
        propellant_kg = flight.propellant_kg


def assert_ended(flight: Flight) -> None:
    """With an outcome and a reason, every number finite, every part somewhere on the planet or on its way past it."""
    truth, nav = flight.snapshot(), flight.nav()
    assert flight.outcome is not Outcome.FLYING
    assert flight.reason is not None
    assert all(isfinite(value) for _, value in flight.reason_figures)
    for pose in truth.parts.values():
        assert isfinite(pose.x_m + pose.y_m + pose.angle_rad + pose.vx_mps + pose.vy_mps + pose.omega_rad_s)
        downrange_m = flight.planet.downrange_m(pose.x_m, pose.y_m)
        height_m = flight.planet.altitude_m(pose.x_m, pose.y_m) - flight.terrain.altitude_at(downrange_m)
        # Nothing sinks into the ground or is thrown off the planet.
        assert -8.0 < height_m < 2_000_000.0
    values = (*(getattr(truth, field.name) for field in fields(truth)), *nav)
    assert all(isfinite(value) for value in values if isinstance(value, float))
    assert all(isfinite(x_m) for x_m in flight.parts_down.values())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 41))
def test_any_hands_end_a_flight(seed: int) -> None:
    """The autopilot flies for a while, then hands that change their mind at their own pace."""
    source = random.Random(seed)
    level, mode = source.choice(LAST_MINUTE), source.choice((Mode.MANUAL, Mode.RAW))
    flight = Flight(world(level, mode, source.random() < 0.5), seed)
    fly_wildly(flight, source, source.choice((0, 600, 5000, 6500)), HandOnTop())
    assert_ended(flight)
    for pose in flight.snapshot().parts.values():
        assert -3.0 < pose.y_m - flight.terrain.height_at(pose.x_m) < 20_000.0


def wild_arrival(seed: int, levels: tuple[str, ...]) -> Flight:
    source = random.Random(f"arriving/{seed}")
    level, mode = source.choice(levels), source.choice((Mode.MANUAL, Mode.RAW))
    spec = world(level, mode, source.random() < 0.5)
    flight = Flight(spec, seed)
    taken_over = int(source.random() * source.choice((1, 3_000, 30_000, 45_000)))
    fly_wildly(flight, source, taken_over, HandOnTop(pilot=PlainHand(source.choice((0.62, 0.85, 1.0)))))
    return flight


@pytest.mark.parametrize("seed", range(1, 7))
def test_any_hands_end_an_arrival(seed: int) -> None:
    """From course, tumbling entry or parachute: any commands end it, with a reason and finite figures."""
    assert_ended(wild_arrival(seed, ("course", "heat-shield", "parachute")))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 180))
def test_any_hands_end_a_whole_flight(seed: int) -> None:
    """The same over all levels that begin above the engines."""
    assert_ended(wild_arrival(seed, ARRIVING))


@pytest.mark.slow
@pytest.mark.parametrize("level", ARRIVING)
@pytest.mark.parametrize("start", range(12))
def test_action_at_any_moment_and_nothing_else(level: str, start: int) -> None:
    """Every early event of the sequence at once, a second apart, at moments all over the flight."""
    flight = Flight(world(level), 0)
    helm = Helm(HandOnTop(pilot=PlainHand()))
    began = 4_500 * start
    while not flight.over:
        acting = flight.tick >= began and (flight.tick - began) % 120 == 0
        helm.hear(flight.step(Command(action=acting) if flight.tick >= began else helm.command(flight)))
    assert_ended(flight)
