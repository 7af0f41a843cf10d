"""The documents say what is so: printed diagrams, every key, every code, and commands that run as they stand there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from game.cli import main
from game.content.files import KINDS
from game.content.levels import LevelFile, load_level
from game.content.paths import data_root
from game.lab.check import flown, subject_of
from game.sim.events import Reason
from game.sim.phases import Phase, diagram
from game.sim.spec import SiteSpec
from game.sim.terrain import Terrain
from game.sim.vehicle_spec import VehicleSpec
from tests.content.docs import PAGE, tables_of
from tests.content.files import LEVEL, level_file, problems_of
from tests.pages import page_with

ROOT = data_root()
DOCS = {path.name: path.read_text("utf-8") for path in (*(ROOT / "docs").glob("*.md"), ROOT / "README.md")}


def test_the_phase_diagram_is_the_one_of_the_code() -> None:
    """Printed from the transition table: copy `game.sim.phases.diagram()` there when it changes."""
    assert f"```mermaid\n{diagram()}\n```" in DOCS["flight.md"]


def test_every_phase_and_every_loss_is_described() -> None:
    """Nothing that can happen is left out of docs/flight.md."""
    for code in (*Phase, *Reason):
        assert code is Reason.LANDED or f"| `{code}` |" in DOCS["flight.md"]


@pytest.mark.parametrize("record", [LevelFile, SiteSpec, VehicleSpec])
def test_every_key_of_a_file_is_described(record: type[Any]) -> None:
    """docs/level-keys.md names every key that a level, site or vehicle can have."""
    missing = [key for key in _keys(record) if f"`{key}`" not in DOCS["level-keys.md"]]
    assert missing == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_tables_of_keys_are_those_of_the_schema(kind: str) -> None:
    """Nobody writes them by hand: run python -m tests.content.docs after a change."""
    page = PAGE.read_text("utf-8")
    assert page_with(kind, tables_of(kind), page) == page, "run: python -m tests.content.docs"


def test_the_level_to_copy_is_like_the_one_in_the_docs() -> None:
    """The game's own level has exactly the tables that the docs describe, so copying it works."""
    assert re.findall(r"^\[(\w+)\]", LEVEL, re.MULTILINE) == ["air", "start", "goal", "limits", "pace"]
    assert all(f"`[{table}]`" in DOCS["levels.md"] for table in ("air", "start", "goal", "limits", "pace", "medals"))


def test_the_check_of_the_levels_page_is_one(tmp_path: Path) -> None:
    """As it stands there, below a level like the one to copy; and its bounds are kept on the nominal day."""
    found = re.findall(r"\n\n((?:    .+\n)*    \[\[check\]\]\n(?:    .+\n)+)", DOCS["levels.md"])
    assert found
    for text in found:
        path = level_file(tmp_path, text=LEVEL + text.replace("\n    ", "\n").strip())
        assert problems_of(path) == []
        subject = subject_of(str(path))
        for check in subject.level.checks:
            assert flown(subject.level, check, seed=0).broken == ()


def test_the_site_of_the_levels_page_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As it stands there: the level that `new-level` makes flies and lands at it, and what is said of its heights and
    places is so.
    """
    (text,) = re.findall(r"```toml\n(.*?)```", DOCS["levels.md"], re.DOTALL)
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "basin.toml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["new-level", "mine"]) == 0
    level = Path("mine.toml")
    level.write_text(level.read_text("utf-8").replace('site = "jezero"', 'site = "basin"'), "utf-8")
    assert main(["check", "mine.toml"]) == 0, capsys.readouterr().out
    loaded = load_level("mine.toml")
    assert loaded.goal.target_m == 1560.0
    ground = Terrain(loaded.site)
    assert ground.altitude_at(1560.0) == pytest.approx(0.0, abs=1e-6)
    assert (ground.altitude_at(-600e3), ground.altitude_at(600e3)) == (1000.0, 700.0)
    assert ground.rocks_between(11e3, 12e3)  # the profile ends at 10,560 m
    assert ground.altitude_at(0.0) == pytest.approx(-3000.0 + 10.0 * 1.56 / 2.0 + 3000.0)


@pytest.mark.slow
def test_the_commands_of_the_headless_page_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line does what it says there, from top to bottom, in an empty folder; only idle and raw may lose."""
    monkeypatch.chdir(tmp_path)
    page = DOCS["headless.md"]
    (script,) = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    Path("land.txt").write_text(script, "utf-8")
    commands = re.findall(r"^    skycrane (.+)$", page, re.MULTILINE)
    assert len(commands) > 5
    for line in commands:
        command, _, target = line.partition(" > ")
        code = main(command.split())
        printed = capsys.readouterr().out
        if target:  # as a shell would
            Path(target).write_text(printed, "utf-8")
        assert code == 0 or (code == 1 and ("idle" in command or "raw" in command)), command


def test_the_readme_names_commands_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    """Every `skycrane` line of the README asks for a command and options that are there."""
    lines = re.findall(r"^    skycrane ([\w-]+)(.*)$", DOCS["README.md"], re.MULTILINE)
    assert lines
    for name, rest in lines:
        assert main([name, "--help"]) == 0
        usage = capsys.readouterr().out
        assert all(option in usage for option in re.findall(r"--[\w-]+", rest))


def test_the_python_of_the_headless_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """It lands, and says so."""
    (code,) = re.findall(r"```python\n(.*?)```", DOCS["headless.md"], re.DOTALL)
    exec(compile(code, "headless.md", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out.startswith("landed landed Touchdown(")


def test_links_lead_somewhere() -> None:
    """Every relative link of every page is a file or folder of the project."""
    for name, text in DOCS.items():
        folder = ROOT if name == "README.md" else ROOT / "docs"
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (folder / link).exists() or link.startswith("docs/images/"), f"{name}: {link}"


def test_the_readme_has_one_line_to_play_and_one_to_test() -> None:
    """Each sets up everything on a fresh machine and then does it."""
    lines = re.findall(r"^    python3 -m venv .*$", DOCS["README.md"], re.MULTILINE)
    assert len(lines) == 2
    assert lines[0].endswith("&& .venv/bin/skycrane")
    assert lines[1].endswith("&& .venv/bin/python -m pytest")
    assert all("pip install -c constraints.txt -e" in line for line in lines)


OTHERS = ("moviepy", "stable-baselines3")  # no part of the game, and said to be none


def test_what_is_to_be_installed_can_be() -> None:
    """Pages and sentences name extras that there are, and never the game by its name alone, which no index of packages
    has: it is installed from its folder, by the versions of constraints.txt. What pages ask pytest for is brought too.
    """
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    sources = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in (ROOT / "game").rglob("*.py")}
    for name, text in (DOCS | sources).items():
        named = re.findall(r"\bextra `(\w+)`", text)
        for command in re.findall(r"pip install ([^`\n]+)", text):
            if command.split()[0] not in OTHERS:
                ours = re.match(
                    r"-c \S*constraints\.txt (?:-e )?['\"]?(?:\.|/path/to/skycrane\b)(\[[\w,]+\])?", command
                )
                assert ours or "{extra}" in command, f"{name}: {command}"
                named += ours[1].strip("[]").split(",") if ours and ours[1] else []
        named += re.findall(r"how_to_install\('(\w+)'\)", text)
        assert set(named) <= set(extras), f"{name}: {named}"
    assert "-n 4" in DOCS["levels.md"]
    assert any(needed.startswith("pytest-xdist") for needed in extras["levels"])


def test_the_figures_of_the_physics_page_are_those_of_the_files() -> None:
    """The ones that a level maker would look up first."""
    vehicle, page = load_level("sky-crane").vehicle, DOCS["physics.md"]
    stage, rover = vehicle.descent_stage, vehicle.rover
    assert f"{stage.dry_mass_kg:.0f} kg dry" in page
    assert f"{stage.propellant_kg:.0f} kg when full" in page
    assert f"{stage.engines.min_thrust_n:.0f} to {stage.engines.max_thrust_n:,.0f} N each" in page
    assert f"{stage.engines.isp_low_s:.0f} s at the lowest to {stage.engines.isp_high_s:.0f} s" in page
    assert f"{rover.mass_kg:,.0f} kg, wheels of {200.0 * rover.wheel_radius_m:.1f} cm" in page
    assert f"umbilical, {vehicle.bridle.length_m} m" in page


def _keys(cls: type[Any]) -> set[str]:
    """Names of all fields below a record."""
    found = set()
    hints = get_type_hints(cls)
    for field in fields(cls):
        hint = hints[field.name]
        below = [option for option in (hint, *get_args(hint)) if is_dataclass(option)]
        for record in below:
            found |= _keys(record)  # type: ignore[arg-type]
        if not below:
            found.add(field.name)
    return found - {"pace"}
