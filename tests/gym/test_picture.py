"""`rgb_array`: the window's own picture, without a window, and the flight knows nothing of it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pygame
import pytest

from game.content.paths import data_root
from game.lab.gym_env import LandingEnv
from game.view import fonts
from tests.gym.episodes import by_chance, fly, steps

SIZE = (160, 90)

LAZY = """
import sys
import gymnasium
env = gymnasium.make("game.lab.gym_env:skycrane/Landing-v0", level="sky-crane", render_mode="rgb_array")
env.reset(seed=1)
env.step(env.action_space.sample())
assert "pygame" not in sys.modules, "pygame before a picture"
picture = env.render()
import pygame
assert not pygame.display.get_init(), "a display was opened"
assert picture.shape == (540, 960, 3), picture.shape
env.close()
"""


@pytest.fixture(scope="module")
def env() -> LandingEnv:
    """One for all: its first picture takes longest."""
    return LandingEnv("sky-crane", render_mode="rgb_array", render_size=SIZE)


def test_a_picture_is_rows_of_three_bytes(env: LandingEnv) -> None:
    """Of the size that was asked for, of the flight as it is now, and the caller's own."""
    env.reset(options={"seed": 1})
    first = env.render()
    assert first is not None
    assert (first.shape, first.dtype) == ((90, 160, 3), np.uint8)
    assert len(np.unique(first)) > 50
    kept = first.copy()
    first[:] = 0
    again = env.render()
    assert again is not None
    assert np.array_equal(again, kept)
    list(steps(env, by_chance(1), 10))
    later = env.render()
    assert not np.array_equal(later, kept)


def test_looking_changes_nothing(env: LandingEnv) -> None:
    """With a picture at every third step, now and then, or never: the same flight, to the last bit."""
    blind = fly(LandingEnv("sky-crane"), by_chance(4), options={"seed": 2})
    env.reset(options={"seed": 2})
    infos = []
    for step in steps(env, by_chance(4), 10_000):
        infos.append(step[4])
        if len(infos) % 3 == 1:
            env.render()
    assert infos[-1] == blind.info
    assert env.render() is not None  # of what became of it


def test_the_same_flight_gives_the_same_pictures(env: LandingEnv) -> None:
    """Whatever was drawn before."""
    films = []
    for _ in range(2):
        env.reset(options={"seed": 3})
        films.append([env.render() for _ in steps(env, by_chance(5), 8)])
    assert all(np.array_equal(one, other) for one, other in zip(*films, strict=True))


@pytest.mark.slow
def test_who_looks_away_for_long_finds_the_flight_as_it_is(env: LandingEnv) -> None:
    """What was not looked at is not kept for ever: the picture begins anew."""
    env.reset(options={"seed": 3})
    env.render()
    hover = np.array([0.0, 0.5, -1.0, -1.0], np.float32)
    for _ in steps(env, lambda env: hover, 450):  # 22 s
        assert len(env._unseen) <= 20 * 120
    env.render()
    assert env._unseen == []


def test_a_display_that_runs_is_left_alone(env: LandingEnv) -> None:
    """Its window, its pixels and its events are as they were."""
    pygame.display.init()
    try:
        window = pygame.display.set_mode((80, 60))
        window.fill((9, 8, 7))
        pygame.event.clear()
        pygame.event.post(pygame.event.Event(pygame.USEREVENT))
        env.reset(options={"seed": 1})
        env.render()
        assert pygame.display.get_surface() is window
        assert window.get_size() == (80, 60)
        assert window.get_at((40, 30))[:3] == (9, 8, 7)
        assert [event.type for event in pygame.event.get()] == [pygame.USEREVENT]
    finally:
        pygame.display.quit()


@pytest.mark.parametrize("again", [False, True], ids=["ended", "begun-again"])
def test_who_ends_pygame_ends_no_picture(env: LandingEnv, again: bool) -> None:
    """Other environments do when they close, and may begin it anew: what is drawn stays what it was."""
    env.reset(options={"seed": 1})
    before = env.render()
    fonts.width("before", fonts.Face.TEXT, 12)  # a font that the picture has no use for
    pygame.quit()
    if again:
        pygame.font.init()
    after = env.render()
    assert fonts.width("after", fonts.Face.TEXT, 12) > 0
    assert before is not None
    assert after is not None
    assert np.array_equal(before, after)


def test_without_a_mode_there_is_no_picture() -> None:
    """Gymnasium's own warning, with what to write."""
    env = LandingEnv("sky-crane")
    env.reset(seed=1)
    with pytest.warns(UserWarning, match=r'render\(\) draws nothing.*render_mode="rgb_array"'):
        assert env.render() is None


@pytest.mark.parametrize(("ticks", "fps"), [(6, 20), (4, 30), (1, 120), (7, 120 / 7)])
def test_pictures_follow_each_other_in_true_time(ticks: int, fps: float) -> None:
    """One a step."""
    assert LandingEnv("sky-crane", ticks_per_step=ticks).metadata["render_fps"] == fps
    assert LandingEnv.metadata == {"render_modes": ["rgb_array"], "render_fps": 20}


@pytest.mark.slow
def test_pygame_is_loaded_for_the_first_picture() -> None:
    """Not before, without a display, a greeting or a warning."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LAZY], cwd=data_root(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
