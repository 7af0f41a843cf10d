"""Steps Gymnasium's LunarLander-v3 for the benchmark: a program of its own, which knows nothing of this game.

    python lander_rounds.py [cpu]    for each line on stdin one round; answers with `steps seconds` on stdout

With `cpu` they are seconds of the processor's time, which other programs on the machine take nothing from.

It runs in a process of its own so that neither measures the other's garbage, and because Gymnasium's package of Box2D
environments imports pygame, which nothing does here that has no window. The environment is bare, without the wrappers
that `make` puts around it and without a picture; its actions are a fixed cycle, its resets are seeded, so every round
does the same work. Only the steps are timed, not the resets.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

STEPS = 2000
ACTIONS = (0, 1, 2, 3)


def main() -> None:
    env = _bare_lander()
    clock = process_time if "cpu" in sys.argv[1:] else perf_counter
    for _ in sys.stdin:
        steps, spent_s = a_round(env, clock)
        print(steps, spent_s, flush=True)  # noqa: T201  its answer


def a_round(env: Any, clock: Callable[[], float] = perf_counter) -> tuple[int, float]:
    """Steps, to the end of the episode that completes STEPS, and the seconds that they took."""
    steps, spent_s, seed = 0, 0.0, 0
    while steps < STEPS:
        env.reset(seed=seed)
        seed += 1
        step, over = env.step, False
        start_s = clock()
        while not over:
            _, _, over, _, _ = step(ACTIONS[steps % 4])
            steps += 1
        spent_s += clock() - start_s
    return steps, spent_s


def _bare_lander() -> Any:
    with warnings.catch_warnings():  # Box2D's are about itself, and ends the process where they are errors
        warnings.simplefilter("ignore")
        import gymnasium  # noqa: PLC0415  with its warnings

        return gymnasium.make("LunarLander-v3").unwrapped


if __name__ == "__main__":
    main()
