"""The wheel is the whole game: it flies where no checkout is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SKYCRANE", "VIRTUAL_"))
} | {"SDL_VIDEODRIVER": "dummy"}


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.mark.slow
def test_the_wheel_flies_in_an_empty_environment(tmp_path: Path) -> None:
    """Built from a copy of the project, installed into a new environment and run elsewhere: it flies, and it plays."""
    source, built, home = tmp_path / "source", tmp_path / "built", tmp_path / "home"
    shutil.copytree(
        ROOT, source, ignore=shutil.ignore_patterns(".*_cache", ".git", ".venv", "__pycache__", ".hypothesis", "shots")
    )
    home.mkdir()
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", built, source, cwd=home)
    (wheel,) = built.glob("skycrane-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {f"game/_data/{path.relative_to(ROOT)}" for path in data_files()}
    assert data <= names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"game", "skycrane"}

    shutil.rmtree(source)
    venv.create(tmp_path / "venv", with_pip=True)
    folder = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    run(folder / "python", "-m", "pip", "install", "-c", ROOT / "constraints.txt", wheel, cwd=home)
    report = json.loads(run(folder / "skycrane", "fly", "sky-crane", "--json", cwd=home))
    assert report["outcome"] == "landed"
    report = json.loads(run(folder / "skycrane", "fly", "jezero", "--json", cwd=home))
    assert report["outcome"] == "landed"
    assert "powered-descent" in run(folder / "python", "-m", "game", "levels", cwd=home)
    assert run(folder / "python", "-c", PLAY, cwd=home).endswith("played\n")
    assert not list(home.iterdir())


# The window without a screen: from the title into the whole flight, and a few seconds of it.
PLAY = """
import pygame
from game.app import MAX_FRAME_NS, App
from game.scenes.flight import FlightScene
from game.scenes.title import TitleScene

class Clock:
    ns = 0
    def now_ns(self):
        return self.ns
    def rest(self):
        pass

pygame.display.init()
pygame.font.init()
clock = Clock()
app = App(pygame.display.set_mode((640, 360)), clock)
app.open(TitleScene(app.kit, chosen="jezero"))
for press in range(2):  # the first leads to the brief
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        pygame.event.post(pygame.event.Event(kind, key=pygame.K_SPACE))
    for _ in range(30):
        clock.ns += MAX_FRAME_NS
        assert app.frame()
(scene,) = app.stack
assert isinstance(scene, FlightScene), scene
assert scene.flight.tick > 60
print("played")
"""


def data_files() -> list[Path]:
    """Every file of assets/ and levels/ that git would take."""
    return [path for top in ("assets", "levels") for path in sorted((ROOT / top).rglob("*")) if path.is_file()]
