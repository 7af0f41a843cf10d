"""What is paid: the score at the end, and on the way differences of a potential that change no policy's rank."""

from __future__ import annotations

from math import fsum

import pytest

from game.lab.gym_env import LandingEnv
from game.lab.gym_reward import potential
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from tests.gym.episodes import Chooser, autopilot, by_chance, fly, idle
from tests.gym.test_observation import nav_of

SCORE = 10_000.0


def shaping_of(paid: list[float], gamma: float, score: int) -> float:
    """The discounted sum of what is paid besides the score."""
    besides = [*paid[:-1], paid[-1] - score / SCORE]
    return fsum(gamma**step * each for step, each in enumerate(besides))


@pytest.mark.parametrize(
    ("choose", "gamma"),
    [(autopilot, 0.999), (idle, 1.0), (by_chance(5), 0.9), (by_chance(6), 0.99)],
    ids=["landed", "idle", "chance", "other-chance"],
)
def test_along_a_whole_flight_the_shaping_comes_to_the_same(choose: Chooser, gamma: float) -> None:
    """Minus the potential at its beginning, whatever was done in between, to rounding."""
    env = LandingEnv("sky-crane", gamma=gamma)
    env.reset(options={"seed": 6})
    began = potential(env.nav)
    told = fly(env, choose, options={"seed": 6})
    assert began > 0.5
    assert shaping_of(told.paid, gamma, told.info["score"]) == pytest.approx(-began, abs=1e-13)


def test_cut_off_the_potential_is_still_there() -> None:
    """A flight that a time limit cuts off has not ended: the sum is what was gained, as bootstrapping needs it."""
    env = LandingEnv("sky-crane", gamma=0.99)
    env.reset(options={"seed": 6})
    began, paid = potential(env.nav), [env.step(autopilot(env))[1] for _ in range(50)]
    discounted = fsum(0.99**step * each for step, each in enumerate(paid))
    assert discounted == pytest.approx(0.99**50 * potential(env.nav) - began, abs=1e-13)


def test_without_shaping_the_score_alone_is_paid() -> None:
    """Nothing on the way, a share of ten thousand at the end."""
    told = fly(LandingEnv("sky-crane", shaping=False, ticks_per_step=12), autopilot, options={"seed": 6})
    assert set(told.paid[:-1]) == {0.0}
    assert told.paid[-1] == told.info["score"] / SCORE > 0.9


def test_shaping_changes_nothing_but_the_pay() -> None:
    """The same flight, and the same to be seen."""
    told = [fly(LandingEnv("sky-crane", shaping=on), by_chance(2), options={"seed": 6}) for on in (True, False)]
    assert told[0].info["digest"] == told[1].info["digest"]
    assert all((one == other).all() for one, other in zip(told[0].seen, told[1].seen, strict=True))


def test_a_loss_takes_back_what_was_paid() -> None:
    """Who falls from the hover is paid the potential that he had, with the other sign."""
    env = LandingEnv("sky-crane", gamma=1.0)
    told = fly(env, idle, options={"seed": 0})
    assert told.info["outcome"] == "lost"
    assert told.paid[-1] < -0.5


def test_the_potential_rises_along_a_good_landing() -> None:
    """From each of its moments to the next, and lies between 0 and 1."""
    env = LandingEnv("powered-descent")
    env.reset(options={"seed": 0})
    first: dict[Phase, float] = {}
    over = False
    while not over:
        first.setdefault(env.nav.phase, potential(env.nav))
        last = potential(env.nav)
        assert 0.0 <= last <= 1.0
        over = env.step(autopilot(env))[2]
    assert list(first) == [Phase.FREE_FALL, Phase.POWERED, Phase.SKY_CRANE, Phase.TOUCHDOWN, Phase.FLYAWAY]
    values = [*first.values(), last]
    assert values == sorted(values)
    assert values[0] < 0.5
    assert values[-1] > 0.95


def hovering() -> Nav:
    return nav_of("sky-crane")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, {"vy_mps": -9.0, "speed_mps": 9.0}),
        ({"height_m": 400.0, "speed_mps": 35.0}, {"height_m": 400.0, "speed_mps": 60.0}),
        ({"height_m": 300.0, "speed_mps": 20.0}, {"height_m": 900.0, "speed_mps": 20.0}),
        ({}, {"downrange_m": 1000.0}),
        ({"rover_released": True}, {}),
        ({"phase": Phase.FLYAWAY, "wheels_down": True}, {"phase": Phase.FLYAWAY}),
        ({"phase": Phase.PARACHUTE, "canopy_lost": 0.0}, {"phase": Phase.PARACHUTE, "canopy_lost": 0.5}),
        ({"phase": Phase.PARACHUTE, "heat_shield_on": False}, {"phase": Phase.PARACHUTE, "heat_shield_on": True}),
    ],
    ids=["slower", "can-still-brake", "lower", "nearer", "released", "not-cut-in-the-air", "whole", "shield-off"],
)
def test_what_is_better_has_more_of_it(better: dict[str, object], worse: dict[str, object]) -> None:
    """All else equal."""
    assert potential(hovering()._replace(**better)) > potential(hovering()._replace(**worse))


def test_speed_that_can_be_braked_costs_nothing() -> None:
    """Falling fast high up is what has to be done."""
    high = hovering()._replace(height_m=2000.0)
    assert potential(high._replace(speed_mps=80.0)) == potential(high._replace(speed_mps=1.0))
