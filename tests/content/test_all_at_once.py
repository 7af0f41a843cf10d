"""One fault hides no other: whatever is wrong with a level is told in one go, and nothing of it that is not so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.cli import main
from game.content.files import key_of
from game.content.paths import data_root
from tests.content.files import ARRIVING, LEVEL, level_file, part_file, problems_of

PAST = "must be at most -3 with its error and spread, or we fly past"
PAGE = (data_root() / "docs" / "levels.md").read_text("utf-8")


@pytest.mark.parametrize("value", ["2600.0", "-1.0", '"high"', "nan"])
def test_a_misspelt_key_is_one_sentence(tmp_path: Path, value: str) -> None:
    """What was meant is not told missing, and no rule is held against a key that is none."""
    path = level_file(tmp_path, ("height_m = 21.0", f"heigth_m = {value}"))
    assert problems_of(path) == ["own.toml: start.heigth_m: is not a key here; did you mean height_m?"]


def test_a_key_that_is_none_is_held_to_no_rule(tmp_path: Path) -> None:
    """Whatever its name ends in, at each place where keys can be; also beside the key that it is like."""
    path = level_file(
        tmp_path,
        ("[air]", "[vehicle_changes.radar]\nfar_m = 1e9\n[site_changes]\nfar_m = 1e9\n[air]"),
        ("height_m = 21.0", "height_m = 21.0\nheigth_m = 1e9"),
        ("[limits]", "[limits]\nqqq_s = 1e9"),
    )
    told = problems_of(path)
    assert len(told) == 4
    for key in ("start.heigth_m", "limits.qqq_s", "vehicle_changes.radar.far_m", "site_changes.far_m"):
        assert sum(problem.startswith(f"own.toml: {key}: is not a key here; ") for problem in told) == 1


def test_a_misspelt_table_is_read_by_the_name_that_was_meant(tmp_path: Path) -> None:
    """What is wrong in it is told by the name that it has, and nothing for want of it."""
    path = level_file(tmp_path, ("[goal]", "[gaol]"), ("target_m = 1560.0", "target_m = 90000.0\nreach = 1"))
    assert problems_of(path) == [
        "own.toml: gaol: is not a key here; did you mean goal?",
        "own.toml: gaol.reach: is not a key here; there is target_m, mark_reach_m, ends_at, figures",
        "own.toml: gaol.target_m: must lie on the site's ground, from -62719 to 65819, not 90000",
    ]
    path = level_file(tmp_path, ("[start.arrival]", "[start.arival]"), ("-15.48", "15.48"), text=ARRIVING)
    assert problems_of(path) == [
        "own.toml: start.arival: is not a key here; did you mean arrival?",
        "own.toml: start.arival.entry_angle_deg: must be from -60 to -5, not 15.48",
        f"own.toml: start.arival.entry_angle_deg: {PAST}, not 15.48",
    ]


def test_a_wrong_type_hides_nothing(tmp_path: Path) -> None:
    """Each table that is sound by itself is held to all its rules."""
    path = level_file(
        tmp_path,
        ('title = "Own"', "title = 4"),
        ("propellant_kg = 120.0", "propellant_kg = 500.0"),
        ("target_m = 1560.0", "target_m = 90000.0"),
        (
            "flyaway = 2.0",
            'flyaway = 0.0\n[medals]\nbronze = 5\nsilver = 4\ngold = 6\n[lesson]\nteaches = ""\nsteps = []',
        ),
    )
    assert {problem.split(": ")[1] for problem in problems_of(path)} == {
        "title", "start.propellant_kg", "goal.target_m", "pace.flyaway", "medals", "lesson.teaches", "lesson.steps",
    }  # fmt: skip


def test_a_wrong_type_hides_nothing_of_its_own_table_either(tmp_path: Path) -> None:
    """Of a rule only that key is kept which it needs: nothing is told that is not so."""
    path = level_file(
        tmp_path,
        ("height_m = 21.0", "height_m = nan"),
        ("propellant_kg = 120.0", "propellant_kg = 500.0"),
        ("downrange_m = 1552.0", 'downrange_m = "there"'),
        ("t_s = 399.7", "t_s = -5.0"),
        ("target_m = 1560.0", 'target_m = 90000.0\nends_at = "mortr"\nfigures = []'),
        ("gust_mps = 1.7\ngust_time_s = 3.0", "gust_mps = true\ngust_time_s = 0.01"),
        ("[pace]", "[medals]\nbronze = 1.5\nsilver = 4\ngold = 6\n[pace]"),
    )
    assert {problem.split(": ")[1] for problem in problems_of(path)} == {
        "start.height_m", "start.propellant_kg", "start.downrange_m", "start.t_s", "goal.target_m", "goal.ends_at",
        "air.gust_mps", "medals.bronze",
    }  # fmt: skip


def test_a_row_that_is_none_hides_no_other(tmp_path: Path) -> None:
    """Of a table of numbers the rows that are rows are read."""
    path = level_file(tmp_path, ("[[0.0, 5.0], [500.0, 9.0]]", '[[0, 12], [0, 20], [5], [9, 1e9], "x", [8, 1]]'))
    assert sorted(problems_of(path)) == [
        "own.toml: air.wind, entry 2: its first number must be above the one before: 0 after 0",
        "own.toml: air.wind, entry 3: has too few values",
        "own.toml: air.wind, entry 4: its second number must be from -200 to 200, not 1e+09",
        'own.toml: air.wind, entry 5: must be a list, not "x"',
        "own.toml: air.wind, entry 6: its first number must be above the one before: 8 after 9",
    ]


EVERYTHING = (
    ('title = "Own"', "title = 4"),
    ("gust_mps = 1.7", "gust_mps = nan"),
    ("wind = [[0.0, 5.0], [500.0, 9.0]]", "wind = [[500.0, 5.0], [0.0, 9.0]]"),
    ("height_m = 21.0", "height_m = -21.0"),
    ("propellant_kg = 120.0", "propelant_kg = 120.0"),
    ("downrange_m = 1552.0", "downrange_m = 90000.0"),
    ("target_m = 1560.0", "target_m = 91000.0"),
    ("settle_s = 1.0", "settle_s = true"),
    ('vehicle = "perseverance"', 'vehicle = "perseverence"'),
    ("[pace]", "[medals]\nbronze = 5\nsilver = 4\ngold = 6\n[pace]"),
)
CHECK = '\n[[check]]\nname = "a"\nscript = "at start thrttle 1"\nexpect.touchdown.sped_mps = { most = 1.0 }\n'
SENTENCES = (
    "title: must be text, not 4",
    "air.gust_mps: must be a finite number",
    "air.wind, entry 2: its first number must be above the one before: 0 after 500",
    "start.height_m: must be above 0, not -21",
    "start.propelant_kg: is not a key here; did you mean propellant_kg?",
    "start.downrange_m: must lie on the site's ground, from -62719 to 65819, not 90000",
    "goal.target_m: must lie on the site's ground, from -62719 to 65819, not 91000",
    "limits.settle_s: must be a number, not true",
    'vehicle: there is no vehicle "perseverence"; did you mean perseverance?',
    "medals: must rise from bronze over silver to gold, above 0 and up to 10000",
    "check 1: expect.touchdown.sped_mps: is not a figure of a flight; did you mean speed_mps?",
    "check 1: script: line 1: 'thrttle' is nothing to set; there is throttle",
)
pytest_plugins = ["pytester"]


@pytest.mark.parametrize("words", ["fly", "check", "pytest"])
def test_everything_that_is_wrong_with_a_file_is_told_at_once(
    pytester: pytest.Pytester, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong types, unknown keys, nan, below the ground, off the ground, tables that run backwards, a check on a figure
    that does not exist, a script that cannot be read: by each way that flies a level, which writes nothing.
    """
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    path = level_file(pytester.path, *EVERYTHING, text=LEVEL + CHECK)
    files = sorted(pytester.path.rglob("*"))
    if words == "pytest":
        result = pytester.runpytest_inprocess("-p", "skycrane_pytest", "-p", "no:cacheprovider", str(path))
        assert result.ret == pytest.ExitCode.INTERRUPTED
        said = result.stdout.str()
    else:
        to_write = ["--csv", "a.csv", "--record", "a.replay"] if words == "fly" else []
        assert main([words, "own.toml", *to_write]) == 2
        out, said = capsys.readouterr()
        assert out == ""
        assert len(said.splitlines()) == len(SENTENCES)
    for sentence in SENTENCES:
        assert said.count(f"own.toml: {sentence}") == 1, sentence
    assert sorted(pytester.path.rglob("*")) == files


def test_the_example_of_the_levels_page_is_what_comes_of_it(tmp_path: Path) -> None:
    """To the letter, for the level that the page describes."""
    (shown,) = re.findall(r"\n\n((?:    levels/own\.toml: .+\n)+)", PAGE)
    path = level_file(
        tmp_path,
        ("height_m = 21.0", "heigth_m = 2600.0"),
        ("propellant_kg = 120.0", "propellant_kg = 500.0"),
        ("wind = [[0.0, 5.0], [500.0, 9.0]]", "wind = [[0.0, 5.0], [2000.0, 9.0], [500.0, 12.0]]"),
    )
    told = "".join(f"    levels/{problem}\n" for problem in problems_of(path))
    assert told == shown


@pytest.mark.parametrize("kind", ["site", "vehicle"])
@pytest.mark.parametrize("command", ["fly", "check"])
def test_a_file_of_another_kind_is_one_sentence(
    tmp_path: Path, kind: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not one for every key that a level has."""
    path = part_file(tmp_path, kind, "jezero" if kind == "site" else "perseverance")
    assert main([command, str(path)]) == 2
    assert capsys.readouterr().err == f"skycrane: {path}: is a {kind}, not a level\n"


def test_places_are_called_by_what_they_lie_in() -> None:
    """The number stands where the list is."""
    assert key_of(("ground", "roughness", 1, 0)) == "ground.roughness, entry 2, value 1"
    assert key_of(("check", 3, "expect", "parts", "Backshell")) == "check 4: expect.parts.Backshell"
    assert key_of(("goal", "figures", 0, "name")) == "goal.figures 1: name"
    assert key_of(("check", 0)) == "check, entry 1"
