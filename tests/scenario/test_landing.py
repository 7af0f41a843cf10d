"""The autopilot lands or completes every level, from its estimates alone; doing nothing loses every one."""

from __future__ import annotations

import pytest

from game.content.levels import level_ids, load_level
from game.content.modes import Mode
from game.pilots.autopilot import Autopilot
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.phases import Phase
from game.sim.snapshot import Outcome, Part
from game.sim.spec import GoalSpec
from tests.rungs import each_level
from tests.scenario.world import Flown, fly, world


def goal_of(level: str) -> GoalSpec:
    return load_level(level).goal


# Levels that end on the ground, those that end at a goal before it, and those that begin on the engines.
LANDED = [level for level in level_ids() if goal_of(level).ends_at is None]
COMPLETED = [level for level in level_ids() if goal_of(level).ends_at is not None]
ON_ENGINES = [level for level in LANDED if load_level(level).start.phase in (Phase.FREE_FALL, Phase.SKY_CRANE)]
FROM_SPACE = [level for level in LANDED if level not in ON_ENGINES]
# As spacecraft have flown them. The other missions are made to be at a limit, where a rough day may lie beyond it; what
# the autopilot must come to there on twenty days is in their own checks.
AS_FLOWN = ["jezero", "gale"]


def assert_landed_well(flown: Flown, level: str, seed: int) -> None:
    flight = flown.flight
    touchdown = flight.touchdown
    told = (level, seed, flight.reason, flight.reason_figures, touchdown)
    assert flight.outcome is Outcome.LANDED, told
    assert touchdown is not None, told
    assert touchdown.speed_mps <= 1.0, told
    mark_m = flight.marks[flight.mark_index].downrange_m
    assert abs(flight.parts_down[Part.ROVER] - mark_m) <= 25.0, told
    assert flight.propellant_kg > 0.0, told
    away_m = abs(flight.parts_down[Part.DESCENT_STAGE] - flight.parts_down[Part.ROVER])
    assert away_m >= 150.0, told


def assert_completed(flown: Flown, level: str, seed: int) -> None:
    flight = flown.flight
    told = (level, seed, flight.reason, flight.reason_figures)
    assert flight.outcome is Outcome.COMPLETED, told
    assert flown.events[-1].name is EventName.COMPLETED, told
    assert flight.touchdown is None, told
    assert Part.ROVER in flight.parts_down, told


@pytest.mark.parametrize("level", ON_ENGINES)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_autopilot_lands(level: str, seed: int) -> None:
    """Softly, on the mark, with propellant left and the stage away."""
    assert_landed_well(fly(world(level), seed=seed), level, seed)


@pytest.mark.parametrize("level", each_level(FROM_SPACE))
def test_the_autopilot_lands_from_space(level: str) -> None:
    """The same at the end of the whole flight."""
    assert_landed_well(fly(world(level)), level, 0)


@pytest.mark.parametrize("level", COMPLETED)
@pytest.mark.parametrize("seed", [0, 1])
def test_the_autopilot_completes(level: str, seed: int) -> None:
    """A level with a goal before the ground ends there, every figure inside."""
    assert_completed(fly(world(level), seed=seed), level, seed)


@pytest.mark.slow
@pytest.mark.parametrize("level", COMPLETED)
@pytest.mark.parametrize("seed", range(2, 11))
def test_the_autopilot_completes_eleven_seeds(level: str, seed: int) -> None:
    """Whatever the day's gusts and the course's own error."""
    assert_completed(fly(world(level), seed=seed), level, seed)


@pytest.mark.slow
@pytest.mark.parametrize("dispersed", [False, True], ids=["plain", "dispersed"])
@pytest.mark.parametrize("level", AS_FLOWN)
def test_the_autopilot_lands_twenty_one_seeds_from_space(level: str, dispersed: bool) -> None:
    """All of them soft and with propellant left; within a kilometre of the target 20 of 21, or 17 dispersed."""
    near = 0
    for seed in range(21):
        flight = fly(world(level, dispersed=dispersed), seed=seed).flight
        told = (level, seed, flight.reason, flight.reason_figures)
        assert flight.outcome is Outcome.LANDED, told
        assert flight.touchdown is not None, told
        assert flight.touchdown.speed_mps <= 1.0, told
        assert flight.propellant_kg > 0.0, told
        near += abs(flight.touchdown.distance_m) <= 1_000.0
    assert near >= (17 if dispersed else 20)


@pytest.mark.slow
@pytest.mark.parametrize("dispersed", [False, True], ids=["plain", "dispersed"])
@pytest.mark.parametrize("level", ON_ENGINES)
@pytest.mark.parametrize("seed", range(21))
def test_the_autopilot_lands_twenty_one_seeds(level: str, seed: int, dispersed: bool) -> None:
    """Also with everything that no pilot knows before the flight."""
    assert_landed_well(fly(world(level, dispersed=dispersed), seed=seed), level, seed)


@pytest.mark.slow
@pytest.mark.parametrize("level", ON_ENGINES)
@pytest.mark.parametrize("seed", range(6))
def test_the_autopilot_lands_with_the_raw_control_law(level: str, seed: int) -> None:
    """No damping, no hold, dispersed air: it damps and holds by itself."""
    assert_landed_well(fly(world(level, Mode.RAW), seed=seed), level, seed)


@pytest.mark.parametrize("level", level_ids())
def test_doing_nothing_loses(level: str) -> None:
    """With a true reason and a score of nothing."""
    flown = fly(world(level), lambda nav, auto: Command())
    assert flown.flight.outcome is Outcome.LOST
    assert flown.first(EventName.LOST).detail == flown.flight.reason


def test_the_events_of_a_landing_come_in_their_order() -> None:
    """The story of the last minute, told by its events."""
    names = fly(world("powered-descent"), seed=1).names()
    story = [
        EventName.BACKSHELL_SEPARATION,
        EventName.ENGINE_START,
        EventName.SKY_CRANE_START,
        EventName.ROVER_RELEASE,
        EventName.BRIDLE_FULL,
        EventName.WHEELS_READY,
        EventName.TOUCHDOWN,
        EventName.BRIDLE_CUT,
        EventName.STAGE_IMPACT,
        EventName.LANDED,
    ]
    assert [name for name in names if name in story] == story


def test_the_autopilot_has_no_memory_between_flights() -> None:
    """One autopilot that has flown before decides like a new one."""
    used, flight = Autopilot(), fly(world()).flight
    used.command(flight.nav(), ())
    start = fly(world(limits__max_time_s=1.0)).flight.nav()
    assert used.command(start, ()) == Autopilot().command(start, ())
