"""Whatever hands do, a flight stays a flight: finite, losing mass only, and over in the end with a true reason."""

from __future__ import annotations

import random
from math import isfinite

import pytest

from game.content.modes import Mode
from game.pilots.pilot import Helm
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.snapshot import Outcome
from tests.scenario.world import HandOnTop, world


def random_hands(source: random.Random, often: float) -> Command:
    """A command that nobody in his right mind would give."""
    return Command(
        tilt=source.randint(-127, 127),
        throttle=source.choice((0, source.randint(0, 255), 255)),
        reel=source.randint(0, 127),
        mark=source.choice((-1, 0, 0, 1)),
        action=source.random() < often,
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 41))
def test_any_hands_end_a_flight(seed: int) -> None:
    """The autopilot flies for a while, then hands that change their mind at their own pace."""
    source = random.Random(seed)
    level, mode = source.choice(("powered-descent", "sky-crane")), source.choice((Mode.MANUAL, Mode.RAW))
    flight = Flight(world(level, mode, source.random() < 0.5), seed)
    helm = Helm(HandOnTop())
    taken_over = source.choice((0, 600, 5000, 6500))
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
    truth = flight.snapshot()
    assert flight.outcome is not Outcome.FLYING
    assert flight.reason is not None
    for pose in truth.parts.values():
        assert isfinite(pose.x_m + pose.y_m + pose.angle_rad + pose.vx_mps + pose.vy_mps + pose.omega_rad_s)
        # Nothing sinks into the ground or is thrown off the planet.
        assert -3.0 < pose.y_m - flight.terrain.height_at(pose.x_m) < 20_000.0
