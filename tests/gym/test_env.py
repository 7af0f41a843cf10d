"""The environment keeps to Gymnasium's rules, and what is flown in it is the flight that is flown without it."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from gymnasium.wrappers import TimeLimit

from game.commands.words import SEED as FLY_SEED
from game.content.errors import ContentError
from game.content.levels import level_ids, load_level
from game.content.modes import Mode
from game.content.paths import data_root
from game.content.seeds import LARGEST_SEED
from game.lab.fly import fly as fly_level
from game.lab.gym_env import ENV_ID, PILOT, LandingEnv
from game.lab.gym_observation import ENTRIES
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import EVERY_TICKS, Helm
from game.report import FlightReport
from game.sim.events import Reason
from game.sim.spec import TICK_HZ
from tests.gym.episodes import autopilot, by_chance, fly, idle, steps

MAKE = f"game.lab.gym_env:{ENV_ID}"
LEVELS = level_ids()


def the_flight(level: str, seed: int, mode: Mode = Mode.MANUAL, *, dispersed: bool = False) -> FlightReport:
    """The autopilot's, without an environment, under the name that the environment reports."""
    return fly_level(
        load_level(level), Helm(Autopilot()), pilot=PILOT, seed=seed, mode=mode, dispersed=dispersed
    )  # fmt: skip


def test_it_passes_gymnasiums_checks() -> None:
    """Spaces, seeding, determinism, nothing handed out twice; a warning of the checker would fail this."""
    env = gymnasium.make(MAKE, level="sky-crane")
    check_env(env.unwrapped, skip_render_check=True)
    env.close()


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
def test_it_passes_the_checks_with_pictures_on_every_level(level: str) -> None:
    """`rgb_array` too."""
    env = gymnasium.make(MAKE, level=level, render_mode="rgb_array", render_size=(160, 90))
    check_env(env.unwrapped)
    env.close()


def test_the_autopilots_actions_fly_its_flight() -> None:
    """To the last bit, and the report at the end is the same record."""
    env = gymnasium.make(MAKE, level="sky-crane")
    told = fly(env, autopilot, options={"seed": 3})
    report = the_flight("sky-crane", 3)
    assert told.terminated
    assert not told.truncated
    assert told.info["report"] == report
    assert told.info["digest"] == report.digest
    assert told.info["score"] == report.score.total > 9000
    assert (told.info["outcome"], told.info["is_success"], told.info["seed"]) == ("landed", True, 3)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["manual", "raw"])
@pytest.mark.parametrize("level", LEVELS)
def test_the_autopilots_actions_fly_its_flight_on_every_level(level: str, mode: str) -> None:
    """With the landing mark among them, in either mode, on a dispersed day; what a good flight sees has its limits."""
    env = LandingEnv(level, mode=mode, dispersed=True, marks=True)
    told = fly(env, autopilot, options={"seed": 5})
    assert told.info["report"] == the_flight(level, 5, Mode(mode), dispersed=True)
    assert len(told.paid) <= env.most_steps
    if mode == Mode.MANUAL:
        assert told.info["is_success"]
        far = [index for index, entry in enumerate(ENTRIES) if entry.fine]
        held = np.abs(np.array(told.seen)[:, far]).max(axis=0) >= 1.0
        assert [ENTRIES[index].name for index in np.array(far)[held]] == []


def test_a_loss_ends_it_at_once_with_the_whole_flight_in_the_report() -> None:
    """The two seconds of tumbling are no steps of the agent's, but ticks of the flight."""
    env = LandingEnv("sky-crane")
    told = fly(env, idle, options={"seed": 0})
    report = told.info["report"]
    assert (told.terminated, told.truncated) == (True, False)
    assert (told.info["outcome"], told.info["is_success"], told.info["score"]) == ("lost", False, 0)
    assert report.ticks - len(told.paid) * EVERY_TICKS > TICK_HZ


def test_out_of_time_is_a_loss_and_ends_the_episode(tmp_path: Path) -> None:
    """It is a rule of the level and is seen coming, so it is an end, not a cut: `terminated`."""
    text = (data_root() / "levels" / "sky-crane.toml").read_text("utf-8")
    own = text.replace("max_time_s = 180.0", "max_time_s = 2.0").replace('id = "sky-crane"', 'id = "short"')
    assert tomllib.loads(own)["limits"]["max_time_s"] == 2.0
    path = tmp_path / "short.toml"
    path.write_text(own, "utf-8")
    env = LandingEnv(path, ticks_per_step=7)
    told = fly(env, lambda env: np.array([0.0, 0.5, -1.0, -1.0], np.float32), seed=1)
    assert (told.terminated, told.truncated) == (True, False)
    assert told.info["reason_code"] == Reason.OUT_OF_TIME
    assert told.info["report"].level == "short"
    assert len(told.paid) == env.most_steps == 35  # 240 ticks: the last step is shorter


def test_a_time_limit_of_the_callers_own_cuts_it_off() -> None:
    """`max_episode_steps` is Gymnasium's: truncated, and in the spec."""
    env = gymnasium.make(MAKE, level="sky-crane", max_episode_steps=5)
    assert isinstance(env, TimeLimit)
    told = fly(env, autopilot, seed=1)
    assert (told.terminated, told.truncated, len(told.paid)) == (False, True, 5)
    assert env.spec is not None
    assert env.spec.max_episode_steps == 5
    assert told.info == {}


# --- seeds ---


def seeds_of(env: LandingEnv, **first: Any) -> list[int]:
    """Of three flights, the first of which is begun like that."""
    return [env.reset(**first)[1]["seed"], env.reset()[1]["seed"], env.reset()[1]["seed"]]


def test_a_seed_begins_a_sequence_of_flights() -> None:
    """The same seed the same sequence, another seed another, and its flights differ."""
    env = LandingEnv("sky-crane")
    once, again, other = (seeds_of(env, seed=seed) for seed in (8, 8, 9))
    assert once == again
    assert len({*once, *other}) == 6
    assert once == seeds_of(LandingEnv("sky-crane"), seed=8)


def test_a_flight_can_be_asked_for_by_its_own_seed() -> None:
    """It is flown for this episode alone and takes nothing out of the sequence; 0 is the nominal flight."""
    env = LandingEnv("sky-crane")
    first, second, third = seeds_of(env, seed=8)
    assert env.reset(seed=8)[1]["seed"] == first
    assert env.reset(options={"seed": 0})[1]["seed"] == 0
    assert env.reset()[1]["seed"] == second
    assert env.reset(options={"seed": np.int64(4)})[1] == {"seed": 4}
    assert env.reset()[1]["seed"] == third


def test_options_are_for_one_flight() -> None:
    """Mode and dispersions go back to the environment's own."""
    env = LandingEnv("sky-crane")
    reports = []
    for options in ({"seed": 2, "mode": "raw"}, {"seed": 2, "dispersed": True}, {"seed": 2}):
        report = fly(env, idle, options=options).info["report"]
        reports.append((report.mode, report.dispersed))
    assert reports == [("raw", True), ("manual", True), ("manual", False)]


def test_the_largest_seed_is_that_of_fly() -> None:
    """What the environment takes `skycrane fly --seed` takes too, up to the last."""
    assert FLY_SEED.max == LARGEST_SEED
    env = LandingEnv("sky-crane")
    assert env.reset(options={"seed": LARGEST_SEED})[1] == {"seed": LARGEST_SEED}
    assert env.step(idle(env))[2] is False


# --- what is wrong is told in a sentence ---

WHOLE_SIZES = "render_size must be two whole numbers, width and height in pixels, not "


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"mode": "guided"}, "mode must be manual or raw, not 'guided'"),
        ({"mode": None}, "mode must be manual or raw, not 'None'"),
        ({"render_mode": "ansi"}, "render_mode must be rgb_array or None, not 'ansi'"),
        ({"dispersed": "no"}, "dispersed must be true or false, not 'no'"),
        ({"ticks_per_step": 0}, "ticks_per_step must be a whole number from 1 to 120, not 0"),
        ({"ticks_per_step": 1.5}, "ticks_per_step must be a whole number from 1 to 120, not 1.5"),
        ({"gamma": 0.0}, "gamma must be above 0 and at most 1, not 0.0"),
        ({"mode": np.zeros(2)}, r"mode must be manual or raw, not '\[0\. 0\.\]'"),
        ({"render_mode": np.zeros(2)}, r"render_mode must be rgb_array or None, not array\(\[0\., 0\.\]\)"),
        ({"ticks_per_step": True}, "ticks_per_step must be a whole number from 1 to 120, not True"),
        ({"ticks_per_step": np.int64(121)}, "ticks_per_step must be a whole number from 1 to 120, not "),
        ({"ticks_per_step": "6"}, "ticks_per_step must be a whole number from 1 to 120, not '6'"),
        ({"gamma": float("nan")}, "gamma must be above 0 and at most 1, not nan"),
        ({"gamma": "x"}, "gamma must be above 0 and at most 1, not 'x'"),
        ({"gamma": True}, "gamma must be above 0 and at most 1, not True"),
        ({"gamma": 1j}, "gamma must be above 0 and at most 1, not 1j"),
        ({"gamma": 10**400}, r"gamma must be above 0 and at most 1, not 1000.*\.\.\.$"),
        ({"gamma": 10**5000}, "gamma must be above 0 and at most 1, not so long a int$"),
        ({"render_size": (1920, 10)}, "render_size must be from 64 to 4096 pixels each way, not 1920x10"),
        ({"render_size": (10**400, 90)}, "render_size must be from 64 to 4096 pixels each way, not 1000"),
        ({"render_size": 5}, WHOLE_SIZES + "5"),
        ({"render_size": None}, WHOLE_SIZES + "None"),
        ({"render_size": "ab"}, WHOLE_SIZES + "'ab'"),
        ({"render_size": (1, 2, 3)}, WHOLE_SIZES + r"\(1, 2, 3\)"),
        ({"render_size": (100.5, 100.5)}, WHOLE_SIZES + r"\(100\.5, 100\.5\)"),
        ({"render_size": (True, 90)}, WHOLE_SIZES + r"\(True, 90\)"),
        ({"render_size": ((1, 2), 3)}, WHOLE_SIZES),
        ({"render_size": np.array(5)}, WHOLE_SIZES),
    ],
)
def test_what_it_cannot_be_made_with(given: dict[str, Any], said: str) -> None:
    """The name, what it may be, and what it was."""
    with pytest.raises(ValueError, match=said):
        LandingEnv("sky-crane", **given)


def test_whole_numbers_may_be_numpys() -> None:
    """As they come out of a table of parameters; they are the same environment."""
    env = LandingEnv(
        "sky-crane", ticks_per_step=np.int64(6), gamma=np.float64(0.5), marks=np.True_,
        render_mode="rgb_array", render_size=np.array([160, 90]),
    )  # fmt: skip
    assert (env._ticks, env._gamma, env._marks, env._size) == (6, 0.5, True, (160, 90))
    assert {type(each) for each in (env._ticks, *env._size)} == {int}
    assert LandingEnv("sky-crane", gamma=1)._gamma == 1.0


def test_a_level_that_there_is_not() -> None:
    """The same sentence as everywhere."""
    with pytest.raises(ContentError, match="sky-crane"):
        gymnasium.make(MAKE, level="sky-crne")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sead": 1}, "there is no option 'sead'; there is seed, mode, dispersed"),
        ({"seed": -1}, "options: seed must be a whole number from 0 to 9223372036854775807, not -1"),
        ({"seed": 1.0}, r"options: seed must be a whole number from 0 to 9223372036854775807, not 1\.0"),
        ({"seed": LARGEST_SEED + 1}, "from 0 to 9223372036854775807, not 9223372036854775808"),
        ({"seed": True}, "options: seed must be a whole number .*, not True"),
        ({"mode": ["raw"]}, r"""mode must be manual or raw, not "\['raw'\]"$"""),
        (5, "options must be a dict of seed, mode, dispersed, not 5"),
        ([], r"options must be a dict of seed, mode, dispersed, not \[\]"),
        ({2: 1}, "there is no option 2; there is seed, mode, dispersed"),
        ({"mode": "one-button"}, "mode must be manual or raw, not 'one-button'"),
        ({"dispersed": 1}, "dispersed must be true or false, not 1"),
    ],
)
def test_options_that_there_are_not(options: Any, said: str) -> None:
    """And the flight that was is still there."""
    env = LandingEnv("sky-crane")
    env.reset(seed=1)
    with pytest.raises(ValueError, match=said):
        env.reset(options=options)
    assert env.step(idle(env))[2] is False


def test_there_is_nothing_to_step_before_a_reset_or_after_the_end() -> None:
    """Gymnasium's own error, with what to do; closing twice does nothing."""
    env = LandingEnv("sky-crane")
    with pytest.raises(gymnasium.error.ResetNeeded, match=r"reset\(\) begins one"):
        env.step(idle(env))
    fly(env, idle, seed=1)
    with pytest.raises(gymnasium.error.ResetNeeded, match=r"reset\(\) begins another"):
        env.step(idle(env))
    env.close()
    env.close()
    with pytest.raises(gymnasium.error.ResetNeeded, match=r"reset\(\) begins one"):
        env.step(idle(env))


def test_without_gymnasium_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence with the command."""
    monkeypatch.setitem(sys.modules, "gymnasium", None)
    monkeypatch.delitem(sys.modules, "game.lab.gym_env")
    with pytest.raises(ImportError, match=r"needs gymnasium.*pip install .* -e \"\.\[gym\]\""):
        importlib.import_module("game.lab.gym_env")


def test_importing_it_again_registers_it_once() -> None:
    """Gymnasium would warn, which fails here. In a process of its own: here it would leave a second class."""
    code = (
        "import importlib, gymnasium, game.lab.gym_env as gym_env\n"
        "spec = gymnasium.spec(gym_env.ENV_ID)\n"
        "importlib.reload(gym_env)\n"
        "assert gymnasium.spec(gym_env.ENV_ID) is spec\n"
        "assert spec.entry_point == 'game.lab.gym_env:LandingEnv'\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=Path(__file__).parents[2], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["manual", "raw"])
@pytest.mark.parametrize("level", LEVELS)
def test_whatever_is_done_every_flight_stays_inside(level: str, mode: str) -> None:
    """Whole flights by chance and a good one: what is seen lies in its space and is finite, what is paid is finite."""
    for seed, choose in ((1, by_chance(1)), (2, by_chance(2)), (3, autopilot)):
        env = LandingEnv(level, mode=mode, dispersed=True, marks=True)
        told = fly(env, choose, seed=seed)
        assert all(seen in env.observation_space and np.isfinite(seen).all() for seen in told.seen)
        assert np.isfinite(told.paid).all()


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_begins_inside(level: str) -> None:
    """Its first second by chance, in raw, on a bad day."""
    env = LandingEnv(level, mode="raw", marks=True)
    first, _ = env.reset(seed=1)
    assert first in env.observation_space
    for seen, paid, *_ in steps(env, by_chance(1), 20):
        assert seen in env.observation_space
        assert np.isfinite(seen).all()
        assert np.isfinite(paid)
