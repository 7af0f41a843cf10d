"""Episodes of the environment for tests: flown by the autopilot, by chance, or by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from game.lab.gym_action import action_of
from game.lab.gym_env import LandingEnv
from game.pilots.autopilot import Autopilot

Chooser = Callable[[LandingEnv], Any]


@dataclass
class Episode:
    """What an episode has told, from its reset to its end."""

    seen: list[Any] = field(default_factory=list)
    paid: list[float] = field(default_factory=list)
    terminated: bool = False
    truncated: bool = False
    info: dict[str, Any] = field(default_factory=dict)
    began: dict[str, Any] = field(default_factory=dict)


def fly(env: Any, choose: Chooser, **reset: Any) -> Episode:
    """One whole episode; `reset` are its arguments."""
    told = Episode()
    first, told.began = env.reset(**reset)
    told.seen.append(first)
    while not (told.terminated or told.truncated):
        seen, paid, told.terminated, told.truncated, told.info = env.step(choose(env.unwrapped))
        told.seen.append(seen)
        told.paid.append(paid)
    return told


def autopilot(env: LandingEnv) -> Any:
    """The autopilot's command at this moment, as an action."""
    marks = env.action_space.shape == (5,)
    return action_of(Autopilot().command(env.nav, ()), marks)


def idle(env: LandingEnv) -> Any:
    """Levers at their lower ends, nothing pressed."""
    return np.full(env.action_space.shape, -1.0, np.float32)


def by_chance(seed: int) -> Chooser:
    """Anything in the action space, the same every time."""
    draw = np.random.default_rng(seed)
    return lambda env: draw.uniform(-1.0, 1.0, env.action_space.shape).astype(np.float32)


def steps(env: LandingEnv, choose: Chooser, most: int) -> Iterator[tuple[Any, float, bool, bool, dict[str, Any]]]:
    """So many steps, or fewer if the episode ends."""
    for _ in range(most):
        step = env.step(choose(env))
        yield step
        if step[2] or step[3]:
            return
