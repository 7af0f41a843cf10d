"""docs/gymnasium.md says what is so."""

from __future__ import annotations

import inspect
import re

import pytest

from game.lab.gym_env import ENV_ID, LandingEnv, _told
from game.lab.gym_reward import DEFAULT_GAMMA
from tests.gym.docs import PAGE, tables
from tests.gym.test_env import the_flight
from tests.pages import page_with

TEXT = PAGE.read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
ALL_CODE = re.findall(r"```python(?: notest)?\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("name", ["actions", "observation"])
def test_the_tables_are_those_of_the_code(name: str) -> None:
    """Every number of an action and of an observation, in order, with its scale and its ends."""
    assert page_with(name, tables()[name], TEXT) == TEXT, "run: python -m tests.gym.docs"


def test_every_parameter_is_described_with_its_default() -> None:
    """In the table, in the order of the code."""
    told = re.findall(r"^\| `(\w+)` \| `?([^|`]+)`? \|", TEXT, re.MULTILINE)
    parameters = [each for name, each in inspect.signature(LandingEnv.__init__).parameters.items() if name != "self"]
    assert told[: len(parameters)] == [(each.name, str(_words(each.default))) for each in parameters]
    assert DEFAULT_GAMMA == 0.999


def _words(default: object) -> object:
    return f'"{default}"' if isinstance(default, str) else default


def test_all_that_the_last_info_has_is_named() -> None:
    """By the name that one asks for."""
    for name in _told(the_flight("sky-crane", 0)):
        assert f"`{name}`" in TEXT


def test_the_first_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """And says how it ended."""
    exec(compile(EXAMPLES[0], PAGE.name, "exec"), {})  # noqa: S102
    assert capsys.readouterr().out.startswith("lost ")


def test_an_observation_is_read_by_name_as_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """In metres and kilograms, of the flight that it begins."""
    exec(compile(EXAMPLES[1], PAGE.name, "exec"), {})  # noqa: S102
    assert re.fullmatch(r"2\d\.\d m up, \d+ kg left\n", capsys.readouterr().out)


def test_the_search_by_copies_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """And finds one of what it tries."""
    exec(compile(EXAMPLES[3], PAGE.name, "exec"), {})  # noqa: S102
    assert re.fullmatch(r"the best throttle for two seconds is (-1|0|1)\.0\n", capsys.readouterr().out)


@pytest.mark.slow
def test_the_other_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    """The autopilot's flight is that of `fly`; many at a time end without a word."""
    exec(compile(EXAMPLES[2], PAGE.name, "exec"), {})  # noqa: S102
    report = the_flight("powered-descent", 7)
    assert capsys.readouterr().out.split() == ["landed", str(report.score.total), report.digest]
    exec(compile(EXAMPLES[4].replace('"async"', '"sync"'), PAGE.name, "exec"), {"__name__": "__main__"})  # noqa: S102


def test_all_of_its_code_can_be_read() -> None:
    """Also what needs packages that are not ours; each asks for the environment by its name, or wraps one that does."""
    assert len(ALL_CODE) == 8
    for code in ALL_CODE:
        compile(code, PAGE.name, "exec")
    whole = [code for code in ALL_CODE if "import" in code]
    assert len(whole) == 7
    for code in whole:
        assert f'"game.lab.gym_env:{ENV_ID}"' in code
