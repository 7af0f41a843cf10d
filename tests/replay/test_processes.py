"""Records in another process, where nothing of the one that wrote them can help."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.replay.flights import RandomHands, recorded

ROOT = Path(__file__).parents[2]
LEVELS = ("sky-crane", "powered-descent", "jezero", "course", "heat-shield", "parachute")


@pytest.mark.slow
def test_fifty_records_verify_in_another_process(tmp_path: Path) -> None:
    """Landings and losses, six levels, plain and dispersed, by the autopilot and by random hands: all exact."""
    files = []
    for number in range(50):
        level = LEVELS[number % len(LEVELS)]
        pilot = None if number < 30 else RandomHands(number)
        _, replay = recorded(level, pilot, seed=number, dispersed=number % 3 == 0)
        files.append(tmp_path / f"{number}.replay")
        files[-1].write_text(replay.text(), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "game", "replay", "verify", *map(str, files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 50
    assert all(": exact: " in line for line in lines), done.stdout
