"""The pytest plugin: each check of a level file is a test, and nobody else's TOML files are looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.lab.check import subject_of
from tests.content.files import LEVEL

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
PLUGIN = ROOT / "game" / "plugin"
LOSES = '\n[[check]]\nname = "idle loses it"\npilot = "idle"\nexpect.outcome = "lost"\n'
LANDS = '\n[[check]]\nname = "idle lands it"\npilot = "idle"\nseeds = [3]\nexpect.outcome = "landed"\n'
THREE = LOSES.replace("loses it", "loses three") + "seeds = { first = 1, count = 3 }\n"

assert subject_of  # what the runs below import is there before them, and stays after them


@pytest.fixture
def pack(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An empty folder for a pack of levels; which other plugins are installed here has no say in it."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (pytester.path / "levels").mkdir()
    return pytester


def write(pack: pytest.Pytester, text: str, name: str = "own") -> Path:
    path = pack.path / "levels" / f"{name}.toml"
    path.write_text(text.replace('"own"', f'"{name}"'), "utf-8")
    return path


def run(pack: pytest.Pytester, *words: str) -> pytest.RunResult:
    return pack.runpytest_inprocess("-p", "skycrane_pytest", "-p", "no:xdist", "--strict-markers", *words)


def test_each_check_is_a_test_under_its_name(pack: pytest.Pytester) -> None:
    """Listed, run all, and one alone by its name; by a folder, by a file, and by pytest alone."""
    write(pack, LEVEL + LOSES + THREE)
    listed = run(pack, "levels", "--collect-only", "-q")
    listed.stdout.fnmatch_lines(
        ["levels/own.toml::idle loses it", "levels/own.toml::idle loses three", "2 tests collected*"]
    )
    for words in (["levels"], ["levels/own.toml"], [], ["--import-mode=importlib"]):
        run(pack, *words).assert_outcomes(passed=2)
    run(pack, "levels", "-k", "three").assert_outcomes(passed=1, deselected=1)
    run(pack, "levels/own.toml::idle loses it").assert_outcomes(passed=1)


def test_a_broken_bound_is_sentences_and_no_traceback(pack: pytest.Pytester) -> None:
    """Figure, value, bound, seed, second and reason; the others still run."""
    write(pack, LEVEL + LANDS + LOSES)
    result = run(pack, "levels")
    result.assert_outcomes(failed=1, passed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        [
            "*_ levels/own.toml: idle lands it _*",
            'levels/own.toml: "idle lands it", seed 3: outcome was lost, landed is asked; at E+4??.? s (the end: *',
            "FAILED levels/own.toml::idle lands it*",
        ]
    )
    assert "(the end: The craft came down with the rover still stowed" in result.stdout.str()
    assert '. Fly it again: skycrane fly levels/own.toml --check "idle lands it"\n' in result.stdout.str()
    for word in ("Traceback", "pytest_levels.py", "raise ", "BrokenCheckError"):
        assert word not in result.stdout.str()


def test_a_level_that_cannot_be_used_is_an_error_with_all_its_sentences(pack: pytest.Pytester) -> None:
    """Of the level, its checks and their scripts; without a traceback, and the other levels are still tested."""
    checks = LOSES.replace('"lost"', '"lots"') + LANDS.replace('"idle"', '"script:gone.txt"').replace(
        "pilot", "pilt", 1
    )
    write(pack, LEVEL.replace("gust_mps", "gust_mp") + checks)
    write(pack, LEVEL + LOSES, "other")
    write(pack, 'schema = 1\nkind = "level"\n[air\n', "torn")
    result = run(pack, "levels", "--continue-on-collection-errors")
    result.assert_outcomes(errors=2, passed=1)
    said = result.stdout.str()
    for sentence in (
        "levels/own.toml: air.gust_mp: is not a key here; did you mean gust_mps?",
        'levels/own.toml: check 1: expect.outcome: no flight has "lots" there',
        "levels/own.toml: check 2: pilt: is not a key here; did you mean pilot?",
        "levels/torn.toml: is not valid TOML",
    ):
        assert sentence in said
    assert "Traceback" not in said
    assert "pytest_levels.py" not in said


def test_other_toml_files_are_not_ours(pack: pytest.Pytester) -> None:
    """A project's own, another game's, a site, what cannot be read, what is no file: nothing is collected."""
    pack.makefile(".toml", pyproject='[tool.x]\nschema = 1\nkind = "level"\n', other='kind = "level"\nname = "x"\n')
    write(pack, 'schema = 1\nkind = "site"\nid = "own"\n', "site")
    write(pack, "\0\xff nonsense", "nonsense")
    (pack.path / "levels" / "folder.toml").mkdir()
    (pack.path / "levels" / "gone.toml").symlink_to("nowhere")
    assert run(pack).ret == pytest.ExitCode.NO_TESTS_COLLECTED
    write(pack, LEVEL, "bare")
    assert run(pack, "levels").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_long_checks_can_be_marked_slow(pack: pytest.Pytester) -> None:
    """By how long their flights may take together; without the setting nothing is marked."""
    write(pack, LEVEL + LOSES + THREE)
    run(pack, "levels").assert_outcomes(passed=2)
    pack.makeini("[pytest]\nskycrane_slow_s = 180\n")  # which is this level's max_time_s
    run(pack, "levels", "-m", "not slow").assert_outcomes(passed=1, deselected=1)
    run(pack, "levels", "-m", "slow").assert_outcomes(passed=1, deselected=1)
    pack.makeini("[pytest]\nskycrane_slow_s = soon\n")
    result = run(pack, "levels")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "skycrane_slow_s: must be a number of seconds, not 'soon'" in result.stderr.str()
    for value in ("nan", "-5"):
        pack.makeini(f"[pytest]\nskycrane_slow_s = {value}\n")
        result = run(pack, "levels")
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        assert f"skycrane_slow_s: must be 0 seconds or more, not '{value}'" in result.stderr.str()


def test_it_can_be_left_out(pack: pytest.Pytester) -> None:
    """As every plugin can; and asked for twice it is there once."""
    write(pack, LEVEL + LOSES)
    without = pack.runpytest_inprocess("-p", "no:skycrane_pytest", "levels")
    assert without.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    run(pack, "-p", "skycrane_pytest", "levels").assert_outcomes(passed=1)


@pytest.mark.slow
def test_it_runs_on_several_processes(pack: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """With pytest-xdist, each test under the same name in every process."""
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{PLUGIN}")
    write(pack, LEVEL + LOSES + LANDS)
    write(pack, LEVEL + LOSES, "other")
    words = [
        "-m",
        "pytest",
        "-p",
        "skycrane_pytest",
        "-p",
        "xdist",
        "-n",
        "2",
        "--import-mode=importlib",
        "levels",
    ]
    result = pack.run(sys.executable, "-P", *words)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(['levels/own.toml: "idle lands it", seed 3: outcome was lost*'])


def test_a_run_without_levels_pays_nothing_for_it() -> None:
    """Nothing of the game is imported, nor what it needs."""
    code = (
        "import sys, skycrane_pytest\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('game', 'pygame', 'pymunk', 'pydantic')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PLUGIN, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_project_whose_own_package_is_called_game_is_left_alone(
    pack: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its tests import its own game, and its levels, whatever they look like, are its own."""
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{PLUGIN}")
    pack.mkpydir("game")
    pack.makepyfile(test_theirs="import game\n\ndef test_theirs():\n    assert not hasattr(game, 'lab')\n")
    write(pack, LEVEL + LANDS)
    result = pack.runpytest_subprocess("-p", "skycrane_pytest", "-p", "no:xdist")
    result.assert_outcomes(passed=1)
