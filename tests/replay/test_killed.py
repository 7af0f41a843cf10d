"""A game that is killed in mid-flight: what was flown up to then is on the disk, and is what was flown."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from game.cli import main
from game.content.levels import load_level
from game.record.kept_flights import KeptFlights
from game.record.replay import CutOff, Replay, read_record
from game.record.verify import Verdict, verify

ROOT = Path(__file__).parents[2]

# A game as fast as the machine can: no picture, and a clock that stands. It tells each second of a flight.
GAME = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pygame

from game.content.levels import load_level
from game.content.modes import Mode
from game.record.kept_flights import KeptFlights
from game.scenes.flight import FlightScene
from game.stage.window import a_stage

folder, until_s = Path(sys.argv[1]), int(sys.argv[2])
now = datetime(2026, 11, 26, 7, 10, 51, tzinfo=UTC)

def clock():
    global now
    now += timedelta(minutes=5)
    return now

with a_stage((320, 180)) as stage:
    stage.app.kit.flights = KeptFlights(folder, clock)
    stage.app.open(FlightScene(stage.app.kit, load_level("sky-crane"), Mode.MANUAL, 3))
    while True:
        stage.tick()
        scene = stage.app.stack[-1]
        if not isinstance(scene, FlightScene):
            stage.tap(pygame.K_r)
        elif scene.flight.tick % 120 == 0:
            print(scene.flight.tick // 120, flush=True)
            if scene.flight.tick == 120 * until_s:
                # The journal is a moment behind: another thread writes it.
                while sum(path.read_text().count("digest") for path in folder.glob("*")) < until_s:
                    pass
                print("ready", flush=True)
                sys.stdin.read()
"""


@contextmanager
def a_game(*words: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Another process, killed at the end as a power cut kills it: nothing of it runs any more."""
    drivers = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    game = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env=os.environ | drivers | (env or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield game
    finally:
        game.kill()
        game.communicate()
    if sys.platform != "win32":
        assert game.returncode == -signal.SIGKILL


def test_a_flight_is_there_up_to_the_second_before_the_kill(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Shown, flown again, exact as far as it goes: twelve seconds and no outcome."""
    with a_game("-c", GAME, str(tmp_path), "12") as game:
        assert game.stdout is not None
        assert "ready\n" in iter(game.stdout.readline, "")
    (found,) = KeptFlights(tmp_path).recover()
    assert found.name == "20261126T071551.000Z-sky-crane-cut-off.replay"
    assert main(["replay", "verify", str(found)]) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{found}: exact as far as it goes: cut off after 12 s, before its outcome (")
    assert main(["replay", "show", str(found)]) == 1
    assert capsys.readouterr().out.endswith(said)


@pytest.mark.slow
def test_at_whatever_moment_it_is_killed_nothing_in_the_folder_is_damaged(tmp_path: Path) -> None:
    """In flight, at a flight's end, before the first second: finished flights are exact, the last one as far as it
    goes, and there is nothing else.
    """
    draw = random.Random("killed").random
    level, cut_off, whole = load_level("sky-crane"), 0, 0
    for number in range(12):
        folder = tmp_path / str(number)
        with a_game("-c", GAME, str(folder), "100000") as game:
            assert game.stdout is not None
            for _ in range(int(90 * draw())):
                assert game.stdout.readline()
        flights = KeptFlights(folder)
        recovered = flights.recover()
        assert len(recovered) <= 1
        kept = flights.paths()
        files = sorted(folder.iterdir() if folder.exists() else ())
        # A replay that was just being written whole has another name until it is, and nobody reads that.
        assert [path for path in files if not path.name.startswith(".skycrane-")] == list(kept)
        for path in kept:
            record = read_record(path)
            verdict = verify(record, level, path.name).verdict
            if isinstance(record, CutOff):
                assert (verdict, path) == (Verdict.CUT_OFF, kept[-1])
                cut_off += 1
            else:
                assert isinstance(record, Replay)
                assert verdict is Verdict.EXACT
                whole += 1
    assert cut_off
    assert whole


@pytest.mark.slow
def test_the_program_that_a_person_starts_keeps_its_flight(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`skycrane sky-crane` in its own time, in its own folder; killed when the journal has two seconds."""
    folder = tmp_path / "data" / "replays"
    with a_game("-m", "game", "sky-crane", env={"SKYCRANE_DATA": str(tmp_path)}) as game:
        while sum(path.read_text("utf-8").count("\ndigest ") for path in folder.glob("*.journal")) < 2:
            assert game.poll() is None
            assert not list(folder.glob("*.replay")), "its flight is over, and nobody has seen two seconds of it"
    (found,) = KeptFlights(folder).recover()
    assert main(["replay", "verify", str(found)]) == 1
    assert ": exact as far as it goes: cut off after " in capsys.readouterr().out
