"""Records in another process, where nothing of the one that wrote them can help."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.content.modes import Mode
from game.pilots.pilot import Pilot
from game.record.replay import Replay
from tests.replay.flights import RandomHands, random_script, recorded
from tests.rungs import SEVEN

ROOT = Path(__file__).parents[2]
MODES = tuple(Mode)


def flight(number: int) -> Replay:
    """Every level in every mode by every kind of pilot, plain and dispersed, another day each time."""
    levels = SEVEN
    pilots: tuple[Pilot | None, ...] = (None, RandomHands(number), random_script(number))
    level, mode = levels[number % len(levels)], MODES[number // len(levels) % len(MODES)]
    # Three kinds of pilots and seven levels: no kind keeps to a level of its own, nor to a mode.
    return recorded(level, pilots[number % 3], seed=number, dispersed=number % 5 < 2, mode=mode)[1]


def verified(folder: Path, numbers: range, hash_seed: int) -> list[str]:
    """What another process says of these flights, in which whatever is hashed has another order. All must be exact."""
    files = [folder / f"{number}.replay" for number in numbers]
    for number, file in zip(numbers, files, strict=True):
        file.write_text(flight(number).text(), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "game", "replay", "verify", *map(str, files)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": str(hash_seed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [str(file) for file in files]
    assert all(": exact: " in line for line in lines), done.stdout
    return lines


def test_a_few_records_verify_in_another_process(tmp_path: Path) -> None:
    """One of each kind of pilot, on the shortest levels."""
    assert len(verified(tmp_path, range(4, 7), 1)) == 3


@pytest.mark.slow
def test_fifty_records_verify_in_another_process(tmp_path: Path) -> None:
    """Landings, goals and losses: all exact, whatever the seed of the hashes is here and there."""
    told = [line for seed in (1, 2) for line in verified(tmp_path, range(25 * seed, 25 * seed + 25), seed)]
    assert len(told) == 50
    assert all(any(f": exact: {outcome} (" in line for line in told) for outcome in ("landed", "completed", "lost"))


@pytest.mark.nightly
@pytest.mark.parametrize("hash_seed", range(10))
def test_five_hundred_records_verify_in_another_process(tmp_path: Path, hash_seed: int) -> None:
    """Fifty in each of ten processes."""
    assert len(verified(tmp_path, range(1000 + 50 * hash_seed, 1050 + 50 * hash_seed), hash_seed)) == 50
