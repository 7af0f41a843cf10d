"""Equal inputs give equal flights: to the last bit, in any process, whatever anybody looks at meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from game.content.modes import Mode
from game.pilots.pilot import Helm
from game.sim.command import IDLE, Command
from game.sim.flight import Flight
from tests.scenario.hands import PlainHand
from tests.scenario.world import HandOnTop, fly, fly_ticks, world

FLY_ARRIVING = """
from game.content.modes import Mode
from tests.scenario.hands import arrive
from tests.scenario.world import world
print(arrive(world("course"), seed=5).flight.digest())
print(arrive(world("parachute", Mode.RAW), seed=7).flight.digest())
"""
FLY_WHOLE = """
from game.content.modes import Mode
from tests.scenario.hands import arrive
from tests.scenario.world import world
for mode, dispersed, seed in ((Mode.MANUAL, False, 0), (Mode.MANUAL, True, 3), (Mode.RAW, True, 4)):
    print(arrive(world("jezero", mode, dispersed), seed=seed).flight.digest())
"""
FLY = """
from tests.scenario.world import fly, world
print(fly(world("powered-descent", dispersed=True), seed=11).flight.digest())
print(fly(world("sky-crane"), seed=4).flight.digest())
"""


def test_two_flights_with_the_same_inputs_agree_at_every_second() -> None:
    """The message names the first second that differs."""
    one, two = Flight(world("powered-descent"), 9), Flight(world("powered-descent"), 9)
    helms = Helm(HandOnTop()), Helm(HandOnTop())
    while not one.over:
        for flight, helm in zip((one, two), helms, strict=True):
            helm.hear(flight.step(helm.command(flight)))
        if one.tick % 120 == 0:
            assert one.digest() == two.digest(), f"at {one.t_s:.1f} s"
    assert one.digest() == two.digest()


def told_by_four_processes(program: str) -> list[str]:
    """What it prints in four processes with four hash seeds."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": str(hash_seed)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for hash_seed in range(4)
    ]
    return [process.communicate()[0] for process in processes]


@pytest.mark.parametrize(
    ("program", "flights"),
    [
        (FLY, 2),
        pytest.param(FLY_ARRIVING, 2, marks=pytest.mark.slow),
        pytest.param(FLY_WHOLE, 3, marks=pytest.mark.slow),
    ],
    ids=["last-minute", "arriving", "whole"],
)
def test_four_fresh_processes_fly_the_same_flight(program: str, flights: int) -> None:
    """With four different hash seeds: no order of a set or a dictionary of strings reaches the flight."""
    told = told_by_four_processes(program)
    assert len(set(told)) == 1
    assert len(told[0].split()) == flights


def test_the_capsule_s_flight_agrees_at_every_second() -> None:
    """Straightening up, mortar and canopy, with looks at it in one of the two."""
    one, two = Flight(world("parachute"), 9), Flight(world("parachute"), 9)
    helms = Helm(HandOnTop(pilot=PlainHand())), Helm(HandOnTop(pilot=PlainHand()))
    while not one.over:
        for flight, helm in zip((one, two), helms, strict=True):
            helm.hear(flight.step(helm.command(flight)))
        one.snapshot(), one.nav()
        if one.tick % 120 == 0:
            assert one.digest() == two.digest(), f"at {one.t_s:.1f} s"
    assert one.digest() == two.digest()
    assert one.parts_down == two.parts_down


def test_how_long_the_course_takes_does_not_shift_the_weather_of_the_entry() -> None:
    """Counted from the moment at which the flight is picked up, gusts and instrument errors are the same."""

    def gusts_after(wait_ticks: int) -> list[float]:
        flight = Flight(world("jezero"), 3)
        for _ in range(wait_ticks):
            flight.step(IDLE)
        flight.step(Command(action=True))
        found = []
        for _ in range(600):
            flight.step(IDLE)
            found.append(flight.gust_mps)
        return found

    assert gusts_after(0) == gusts_after(500)


def test_another_seed_is_another_flight() -> None:
    """Gusts and instrument errors differ."""
    assert fly_ticks(world(), 240, seed=1).digest() != fly_ticks(world(), 240, seed=2).digest()


def test_looking_changes_nothing() -> None:
    """Snapshots, estimates and digests at every tick leave the flight as it is."""
    watched, unwatched = Flight(world(), 6), Flight(world(), 6)
    helms = Helm(HandOnTop()), Helm(HandOnTop())
    for _ in range(600):
        watched.step(helms[0].command(watched))
        watched.snapshot(), watched.nav(), watched.digest()
        unwatched.step(helms[1].command(unwatched))
    assert watched.digest() == unwatched.digest()


def test_no_choice_of_the_player_shifts_the_weather() -> None:
    """Two very different flights meet the same gusts and the same instrument noise at every tick."""
    busy, idle = Flight(world("powered-descent"), 3), Flight(world("powered-descent"), 3)
    for tick in range(900):
        busy.step(Command(tilt=(tick * 7) % 255 - 127, throttle=tick % 256, action=tick % 50 == 0))
        idle.step(IDLE)
        assert busy.gust_mps == idle.gust_mps
        assert busy.navigation.vy_mps == idle.navigation.vy_mps


def test_seed_zero_is_the_nominal_flight() -> None:
    """No gusts, no errors, no dispersions, even where dispersions are asked for."""
    plain, dispersed = fly_ticks(world(), 300), fly_ticks(world(dispersed=True), 300)
    assert plain.digest() == dispersed.digest()
    assert plain.gust_mps == plain.navigation.vx_mps == 0.0
    assert plain.nav().height_m == plain.craft.height_m


def test_a_dispersed_flight_differs_from_the_plain_one_of_its_seed() -> None:
    """The same gusts, another vehicle and another day."""
    plain, dispersed = fly_ticks(world(), 300, seed=5), fly_ticks(world(dispersed=True), 300, seed=5)
    assert plain.gust_mps == dispersed.gust_mps
    assert plain.digest() != dispersed.digest()


def test_stepping_past_the_end_is_an_error() -> None:
    """A flight that is over says so instead of flying on."""
    flight = fly(world(limits__max_time_s=1.0)).flight
    with pytest.raises(RuntimeError, match="over"):
        flight.step(IDLE)


def test_raw_is_another_law_and_always_dispersed() -> None:
    """The mode resolves before tick 0 into the spec; the sim knows no modes."""
    raw = world(mode=Mode.RAW)
    assert raw.control_law != world().control_law
    assert raw.dispersions == world(dispersed=True).dispersions
