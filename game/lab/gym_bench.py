"""How fast the environment steps, beside the flight that it flies: the same commands, with and without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Final

import gymnasium
import numpy as np

from game.content.levels import Level
from game.lab.gym_action import Hand, action_of
from game.lab.gym_env import ENV_ID, LandingEnv
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import EVERY_TICKS
from game.sim.command import Command
from game.sim.flight import Flight

Clock = Callable[[], float]

_SEED: Final = 0
_LEAST_S: Final = 1e-9  # a clock that stands still makes no infinite speed


@dataclass(frozen=True, slots=True)
class GymSpeed:
    """One level's flight by the autopilot's commands: seconds of the best round of each, making the flight included.

    bare_s  the flight alone; env_s through the environment; made_s through what `gymnasium.make` makes of it, with
            its wrappers; as few ticks may have passed in a step as are left when the flight is decided
    """

    level: str
    steps: int
    ticks: int
    bare_s: float
    env_s: float
    made_s: float

    @property
    def steps_per_s(self) -> float:
        """Of what `gymnasium.make` makes."""
        return self.steps / max(self.made_s, _LEAST_S)

    @property
    def ticks_per_s(self) -> float:
        return self.ticks / max(self.made_s, _LEAST_S)

    @property
    def share(self) -> float:
        """Of the bare flight's speed that is left."""
        return self.bare_s / max(self.made_s, _LEAST_S)

    @property
    def own_us(self) -> float:
        """What the environment, without wrappers, adds to a step, in microseconds."""
        return 1e6 * (self.env_s - self.bare_s) / self.steps if self.steps else 0.0


class GymBench:
    """One level, round after round; the best of each figure counts, as what disturbs the machine only adds to it."""

    def __init__(self, level: Level, clock: Clock) -> None:
        """`clock` gives seconds. Flies it once by the autopilot, to know the commands."""
        self._level, self._clock = level, clock
        self._env = LandingEnv(level.file, marks=True)
        self._made = gymnasium.make(ENV_ID, level=level.file, marks=True)
        self._actions = _actions(self._env)
        self._commands = _commands(self._actions)
        self._ticks = 0
        self._bare_s = self._env_s = self._made_s = float("inf")

    def round(self) -> None:
        self._bare_s = min(self._bare_s, self._bare())
        self._env_s = min(self._env_s, self._through(self._env))
        self._made_s = min(self._made_s, self._through(self._made))

    def speed(self) -> GymSpeed:
        """The best of the rounds so far, of which there must be one."""
        steps = len(self._actions)
        return GymSpeed(self._level.id, steps, self._ticks, self._bare_s, self._env_s, self._made_s)

    def _bare(self) -> float:
        start_s = self._clock()
        flight = Flight(self._level.flight_spec(), _SEED)
        step = flight.step
        for command in self._commands:
            step(command)
            if flight.over:
                break
        spent_s = self._clock() - start_s
        self._ticks = flight.tick
        self._check(over=flight.over)
        return spent_s

    def _through(self, env: gymnasium.Env[Any, Any]) -> float:
        over, step = False, env.step
        start_s = self._clock()
        env.reset(options={"seed": _SEED})
        for action in self._actions:
            _, _, over, _, _ = step(action)
        spent_s = self._clock() - start_s
        self._check(over=over)
        return spent_s

    def _check(self, *, over: bool) -> None:
        """A fast other flight is no measure."""
        if not over:
            raise AssertionError(f"{self._level.id}: the same commands fly another flight")


def _actions(env: LandingEnv) -> list[np.ndarray[Any, np.dtype[np.float32]]]:
    """The autopilot's, step by step."""
    env.reset(options={"seed": _SEED})
    pilot, actions, over = Autopilot(), [], False
    while not over:
        actions.append(action_of(pilot.command(env.nav, ()), marks=True))
        over = env.step(actions[-1])[2]
    return actions


def _commands(actions: list[np.ndarray[Any, np.dtype[np.float32]]]) -> list[Command]:
    """What these actions are, tick by tick."""
    hand, commands = Hand(marks=True), []
    for action in actions:
        command = hand.command(action)
        commands += [command, *repeat(command.held(), EVERY_TICKS - 1)]
    return commands
