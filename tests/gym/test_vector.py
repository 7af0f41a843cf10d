"""Many at a time: Gymnasium's own vector environments, in this process and over others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import gymnasium
import numpy as np
import pytest

from game.content.paths import data_root
from game.lab.gym_env import LandingEnv
from tests.gym.episodes import Episode, fly

MAKE = "game.lab.gym_env:skycrane/Landing-v0"
SEED = 30

# A program as one writes it, with a guard, because the processes may import it again.
PROGRAM = """
import json
import sys

import gymnasium
import numpy as np

def main():
    envs = gymnasium.make_vec(
        "game.lab.gym_env:skycrane/Landing-v0", num_envs=2, vectorization_mode="async", level="sky-crane",
        vector_kwargs={"context": sys.argv[1]},
    )
    envs.reset(seed=30)
    digests = [None, None]
    while None in digests:
        _, _, over, _, infos = envs.step(np.full((2, 4), -1.0, np.float32))
        for i in np.flatnonzero(over):
            digests[i] = digests[i] or infos["digest"][i]
    envs.close()
    print(json.dumps(digests))

if __name__ == "__main__":
    main()
"""


def alone(index: int) -> Episode:
    """What the environment with this number flies by itself: its seed is the first one's and its number."""
    return fly(LandingEnv("sky-crane"), lambda env: np.full(4, -1.0, np.float32), seed=SEED + index)


def test_in_one_process_each_flies_its_own_flight() -> None:
    """As alone: what is seen, what is paid, how it ends; and then the next one of its sequence."""
    envs = gymnasium.make_vec(MAKE, num_envs=2, vectorization_mode="sync", level="sky-crane")
    seen, began = envs.reset(seed=SEED)
    expected = [alone(index) for index in (0, 1)]
    ended: list[dict[str, Any]] = [{}, {}]
    assert seen.shape == (2, *expected[0].seen[0].shape)
    step = 0
    while not all(ended):
        step += 1
        seen, paid, over, cut, infos = envs.step(np.full((2, 4), -1.0, np.float32))
        for index in (0, 1):
            if ended[index]:
                continue
            assert np.array_equal(seen[index], expected[index].seen[step])
            assert paid[index] == expected[index].paid[step - 1]
            if over[index]:
                ended[index] = {name: infos[name][index] for name in ("digest", "report", "seed")}
    for index in (0, 1):
        assert began["seed"][index] == expected[index].began["seed"] == ended[index]["seed"]
        assert ended[index]["report"] == expected[index].info["report"]
    assert not cut.any()
    envs.close()


@pytest.mark.slow
@pytest.mark.parametrize("context", ["fork", "spawn", "forkserver"])
def test_over_processes_each_flies_its_own_flight(context: str, tmp_path: Path) -> None:
    """From a program of the user's own, however the system starts processes."""
    program = tmp_path / "many.py"
    program.write_text(PROGRAM, "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program), context],
        cwd=tmp_path, env={"PYTHONPATH": str(data_root())}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [alone(index).info["digest"] for index in (0, 1)]
