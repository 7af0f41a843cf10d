"""A copy of an environment is one of its own, at the same moment of the same flight, whenever it is made."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gymnasium
import numpy as np
import pytest

from game.content.errors import ContentError
from game.content.paths import data_root
from game.lab.gym_env import LandingEnv
from game.sim.flight import Flight
from tests.gym.episodes import autopilot, by_chance, fly, idle, steps
from tests.gym.test_env import MAKE

WAYS: dict[str, Callable[[Any], Any]] = {
    "deepcopy": copy.deepcopy,
    "copy": copy.copy,
    "pickle": lambda env: pickle.loads(pickle.dumps(env)),  # noqa: S301
}
each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
FLIGHT = 50


def known(env: LandingEnv) -> Any:
    """All figures that the craft knows at this moment."""
    return env.nav._replace(onboard=None)  # type: ignore[arg-type]


def flown(env: Any, seed: int, most: int = FLIGHT) -> list[Any]:
    """What so many steps by chance show and pay."""
    return [(seen.tolist(), paid) for seen, paid, *_ in steps(env, by_chance(seed), most)]


@each_way
def test_a_copy_in_flight_flies_on_by_itself(way: Callable[[Any], Any]) -> None:
    """As the original would have, and the original as if nobody had copied it, whichever of them flies first."""
    alone = LandingEnv("sky-crane")
    alone.reset(seed=3)
    flown(alone, 1)
    expected = flown(alone, 2)
    env = LandingEnv("sky-crane")
    env.reset(seed=3)
    flown(env, 1)
    twin = way(env)
    assert known(twin) == known(env)
    assert flown(twin, 2) == expected
    assert flown(env, 2) == expected
    assert twin._begun().digest() == env._begun().digest() == alone._begun().digest()


@each_way
def test_what_a_copy_does_is_not_done_to_the_original(way: Callable[[Any], Any]) -> None:
    """Another flight, another seed, other numbers from its spaces, ACTION let go: all of it is its own."""
    env = LandingEnv("sky-crane")
    env.reset(seed=3)
    env.action_space.seed(4)
    env.step([0.0, 0.0, -1.0, 1.0])
    twin = way(env)
    assert twin._hand.action_down == 1.0
    twin.step([0.0, 0.0, -1.0, -1.0])
    drawn, begun = twin.action_space.sample(), twin.reset()[1]
    assert env._hand.action_down == 1.0
    assert np.array_equal(drawn, env.action_space.sample())
    assert begun == env.reset()[1]
    twin.reset(seed=9)
    twin.close()
    assert flown(env, 5)


@each_way
@pytest.mark.parametrize(
    "options", [{"mode": "raw"}, {"dispersed": True}, {"seed": 0}, {}], ids=["raw", "dispersed", "nominal", "drawn"]
)
def test_a_copy_of_a_whole_flight_ends_alike(way: Callable[[Any], Any], options: dict[str, Any]) -> None:
    """The report with every event, of a flight with options of its own, the landing mark and long steps."""
    env = LandingEnv("sky-crane", marks=True, ticks_per_step=7, gamma=0.9)
    env.reset(seed=3, options=options)
    flown(env, 1, 20)
    twin = way(env)
    told = [list(steps(each, autopilot, 10_000))[-1] for each in (twin, env)]
    assert told[0][4]["report"] == told[1][4]["report"]
    assert told[0][1:4] == told[1][1:4]


@each_way
def test_it_is_copied_at_any_moment(way: Callable[[Any], Any]) -> None:
    """Before the first flight, when one is over, and closed: it wants a reset, as the original does, and flies on."""
    env = LandingEnv("sky-crane")
    first = way(env)
    with pytest.raises(gymnasium.error.ResetNeeded, match="there is no flight yet"):
        first.step(idle(first))
    ended = fly(first, idle, seed=3)
    over = way(first)
    assert known(over) == known(first)
    assert over._begun().digest() == ended.info["digest"]
    with pytest.raises(gymnasium.error.ResetNeeded, match="this flight is over"):
        over.step(idle(over))
    over.close()
    closed = way(over)
    with pytest.raises(gymnasium.error.ResetNeeded, match="there is no flight yet"):
        closed.step(idle(closed))
    assert closed.reset()[1] == over.reset()[1] == first.reset()[1]


@each_way
def test_it_is_copied_with_the_wrappers_of_make(way: Callable[[Any], Any]) -> None:
    """With what they know: the time limit has gone on, and the spec is there."""
    env = gymnasium.make(MAKE, level="sky-crane", max_episode_steps=30)
    env.reset(seed=3)
    for _ in range(20):
        env.step(idle(env.unwrapped))  # type: ignore[arg-type]
    twin = way(env)
    assert twin.spec == env.spec
    cut = [twin.step(idle(twin.unwrapped))[3] for _ in range(10)]
    assert cut == [False] * 9 + [True]


@pytest.mark.slow
@each_way
def test_a_copy_draws_pictures_of_its_own(way: Callable[[Any], Any]) -> None:
    """What was drawn is not copied: its first picture is made when it is asked for."""
    env = LandingEnv("sky-crane", render_mode="rgb_array", render_size=(160, 90))
    env.reset(options={"seed": 3})
    env.render()
    flown(env, 1, 3)
    twin = way(env)
    assert twin._picture is None
    picture = twin.render()
    assert picture.shape == (90, 160, 3)
    assert len(np.unique(picture)) > 50
    assert env.render() is not None


def test_a_pickle_needs_no_file(tmp_path: Path) -> None:
    """The level is in it: where it was read from may be gone."""
    level = tmp_path / "own.toml"
    text = (data_root() / "levels" / "sky-crane.toml").read_text("utf-8")
    level.write_text(text.replace('id = "sky-crane"', 'id = "own"'), "utf-8")
    env = LandingEnv(level)
    env.reset(seed=3)
    kept = pickle.dumps(env)
    level.unlink()
    assert known(pickle.loads(kept)) == known(env)  # noqa: S301


def test_another_flight_is_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was pickled by other rules is told in a sentence, and is not flown on as if it were the same."""
    env = LandingEnv("sky-crane")
    env.reset(options={"seed": 3})
    flown(env, 1, 3)
    kept = pickle.dumps(env)
    monkeypatch.setattr(Flight, "digest", lambda flight: "another")
    with pytest.raises(RuntimeError, match=r"sky-crane: flown again, its flight of seed 3 is another one: .* version"):
        pickle.loads(kept)  # noqa: S301


def test_a_flight_that_was_torn_apart_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be flown cannot be flown again: a reset is wanted, and a copy wants one too."""

    def torn(flight: Flight, command: object) -> None:
        raise ArithmeticError("math domain error")

    env = LandingEnv("sky-crane")
    env.reset(seed=3)
    with monkeypatch.context() as broken:
        broken.setattr(Flight, "step", torn)
        with pytest.raises(ContentError, match="its figures do not make a flight"):
            env.step(idle(env))
    for each in (env, copy.deepcopy(env)):
        with pytest.raises(gymnasium.error.ResetNeeded):
            each.step(idle(each))
        each.reset(seed=3)
        assert each.step(idle(each))[2] is False
