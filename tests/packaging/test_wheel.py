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


def run(*command: str | Path, cwd: Path, code: int = 0) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the project, which is gone before it is used."""
    folder = tmp_path_factory.mktemp("wheel")
    source, built = folder / "source", folder / "built"
    shutil.copytree(
        ROOT, source, ignore=shutil.ignore_patterns(".*_cache", ".git", ".venv", "__pycache__", ".hypothesis", "shots")
    )
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", built, source, cwd=folder)
    shutil.rmtree(source)
    (found,) = built.glob("skycrane-*.whl")
    return found


def installed(what: str, folder: Path) -> Path:
    """The programs of a new environment in which this is installed."""
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    run(programs / "python", "-m", "pip", "install", "-c", ROOT / "constraints.txt", what, cwd=folder)
    return programs


@pytest.mark.slow
def test_the_wheel_flies_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Installed into a new environment and run elsewhere: it flies, and it plays."""
    home = tmp_path / "home"
    home.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {f"game/_data/{path.relative_to(ROOT)}" for path in data_files()}
    assert data <= names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"game", "skycrane", "skycrane_pytest.py"}

    folder = installed(str(wheel), tmp_path)
    report = json.loads(run(folder / "skycrane", "fly", "sky-crane", "--json", cwd=home))
    assert report["outcome"] == "landed"
    report = json.loads(run(folder / "skycrane", "fly", "jezero", "--json", cwd=home))
    assert report["outcome"] == "landed"
    assert "powered-descent" in run(folder / "python", "-m", "game", "levels", cwd=home)
    assert run(folder / "python", "-c", PLAY, cwd=home).endswith("played\n")
    assert not list(home.iterdir())


PACK_CHECKS = """
[[check]]
name = "the autopilot lands it"
pilot = "autopilot"
seeds = [1, 2]
expect.outcome = "landed"
expect.touchdown.speed_mps = { least = 0.5, most = 1.0 }

[[check]]
name = "idle lands it"
pilot = "idle"
expect.outcome = "landed"
"""


@pytest.mark.slow
def test_a_pack_of_levels_elsewhere_is_tested_by_installing_the_game(wheel: Path, tmp_path: Path) -> None:
    """An empty folder with a level in it: `pytest` finds its checks and tells what is broken; it needs nothing else."""
    pack = tmp_path / "pack"
    (pack / "levels").mkdir(parents=True)
    own = (ROOT / "levels" / "sky-crane.toml").read_text("utf-8").partition("[[check]]")[0]
    (pack / "levels" / "own.toml").write_text(own.replace('"sky-crane"', '"own"') + PACK_CHECKS, "utf-8")
    folder = installed(f"{wheel}[levels]", tmp_path)
    listed = run(folder / "pytest", "levels/", "--collect-only", "-q", cwd=pack).splitlines()
    assert listed[:2] == ["levels/own.toml::the autopilot lands it", "levels/own.toml::idle lands it"]
    assert "1 passed, 1 deselected" in run(folder / "pytest", "levels/", "-k", "autopilot", cwd=pack)
    broken = run(folder / "pytest", "-p", "no:cacheprovider", "-W", "error", cwd=pack, code=1)
    assert 'levels/own.toml: "idle lands it", seed 0: outcome was lost, landed is asked; at E+4' in broken
    assert "1 failed, 1 passed" in broken
    assert "Traceback" not in broken
    assert "no tests ran" in run(folder / "pytest", "-p", "no:skycrane_pytest", cwd=pack, code=5)
    assert "BROKEN" in run(folder / "skycrane", "check", "levels", cwd=pack, code=1)


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
