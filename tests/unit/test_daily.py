"""The flight of the day: the same everywhere, another level each day, and one that can be flown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest

from game.cli import main
from game.content.daily import LARGEST_DAILY_SEED, LEVELS, DateError, daily_of, date_parts, day_number
from game.content.levels import level_ids, load_level
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.sim.snapshot import Outcome
from tests.architecture.rooms import ROOT

# What these dates have is promised: whoever changes it raises EDITION, and says so in the changelog.
PROMISED = {
    "2021-02-18": ("heat-shield", 916_489),
    "2026-01-01": ("gale", 91_129),
    "2026-01-02": ("parachute", 170_879),
    "2026-01-03": ("powered-descent", 227_519),
    "2026-01-04": ("sky-crane", 117_436),
    "2026-01-05": ("jezero", 991_667),
    "2026-01-08": ("heat-shield", 194_256),
    "2026-11-26": ("heat-shield", 351_216),
}
FIRST = date(2026, 11, 26)


def _days(count: int, first: date = FIRST) -> list[str]:
    return [(first + timedelta(days=day)).isoformat() for day in range(count)]


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_a_date_has_the_same_flight_in_every_process(hash_seed: str) -> None:
    """Whatever Python hashes strings by, and in whichever order modules come."""
    code = (
        "import json, sys\n"
        "from game.content.daily import daily_of\n"
        "found = {date: daily_of(date) for date in sys.argv[1:]}\n"
        "print(json.dumps({date: [each.level, each.seed] for date, each in found.items()}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *PROMISED], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": hash_seed},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {day: tuple(flight) for day, flight in json.loads(done.stdout).items()} == PROMISED


def test_every_level_comes_once_in_a_round_and_none_two_days_running() -> None:
    """Over twelve years; and every round has an order of its own."""
    rounds = set()
    days = _days(2 * 6 * 365, date(1970, 1, 1))
    levels = [daily_of(day).level for day in days]
    assert all(one != other for one, other in pairwise(levels))
    for start in range(0, len(levels), len(LEVELS)):
        assert sorted(levels[start : start + len(LEVELS)]) == sorted(LEVELS)
        rounds.add(tuple(levels[start : start + len(LEVELS)]))
    assert len(rounds) > 400  # of 720 that there can be, drawn 730 times


def test_every_day_has_weather_of_its_own() -> None:
    """Never the nominal day, and hardly ever one that there was before; short enough to be read out."""
    seeds = [daily_of(day).seed for day in _days(2000)]
    assert all(1 <= seed <= LARGEST_DAILY_SEED for seed in seeds)
    assert len(set(seeds)) > 1990


def test_days_are_counted_as_the_calendar_does() -> None:
    """Leap years too, those of a century as well."""
    for day in (*_days(800), "1972-02-29", "2000-02-29", "2100-02-28", "2100-03-01", "9999-12-31"):
        assert day_number(day) == (date.fromisoformat(day) - date(1970, 1, 1)).days
        assert date_parts(day) == tuple(int(part) for part in day.split("-"))


@pytest.mark.parametrize(
    "text",
    ["", "today", "2026-02-30", "2026-13-01", "2026-00-10", "2026-11-00", "2026-11-31", "2100-02-29", "1969-12-31",
     "26-11-26", "2026-11-26 ", "2026-11-26T00", "\u0662026-11-26", "2026/11/26", "x" * 5000],
)  # fmt: skip
def test_what_is_no_date_is_told(text: str) -> None:
    """One sentence, however long it was."""
    with pytest.raises(DateError) as told:
        daily_of(text)
    assert "is no date" in str(told.value)
    assert len(str(told.value)) < 120


def test_its_levels_are_the_games() -> None:
    assert set(LEVELS) <= set(level_ids())


def _landed(days: list[str]) -> int:
    """On how many of these days the autopilot lands, or reaches the goal."""
    good = 0
    for day in days:
        flight = daily_of(day)
        source = Helm(Autopilot())
        report = fly(load_level(flight.level), source, pilot="autopilot", seed=flight.seed, dispersed=True)
        good += report.outcome in {Outcome.LANDED, Outcome.COMPLETED}
    return good


def test_the_autopilot_flies_two_days() -> None:
    """As nearly every other one (below): two levels."""
    assert _landed(_days(2)) == 2


@pytest.mark.slow
def test_nearly_every_day_can_be_flown() -> None:
    """Of 200 days the autopilot may lose two: 35 m/s of wind at Gale now and then blow the backshell onto the craft."""
    assert _landed(_days(200)) >= 198


def test_the_command_tells_it_and_how_to_fly_it(capsys: pytest.CaptureFixture[str]) -> None:
    """In words with the line that flies it, or as JSON; a date that is none is told."""
    assert main(["daily", "--date", "2026-11-26"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("2026-11-26: Heat shield, weather no. 351216\n")
    assert "skycrane fly heat-shield --seed 351216 --dispersed" in told
    assert main(["daily", "--date", "2026-11-26", "--json"]) == 0
    told_json = json.loads(capsys.readouterr().out)
    assert (told_json["level"], told_json["seed"], told_json["dispersed"]) == ("heat-shield", 351_216, True)
    assert main(["daily"]) == 0
    assert main(["daily", "--date", "2026-02-30"]) == 2
    assert "'2026-02-30' is no date" in capsys.readouterr().err


def test_fly_daily_is_that_flight(capsys: pytest.CaptureFixture[str]) -> None:
    """The same digest as by its level, seed and dispersions; with a level or a seed of one's own it is refused."""
    main(["fly", "--daily", "2026-01-04", "--json"])
    daily = json.loads(capsys.readouterr().out)
    main(["fly", "sky-crane", "--seed", "117436", "--dispersed", "--json"])
    assert json.loads(capsys.readouterr().out)["digest"] == daily["digest"]
    for more in (["jezero"], ["--seed", "3"], ["--dispersed"]):
        assert main(["fly", "--daily", "2026-01-04", *more]) == 2
        assert "--daily has its own level" in capsys.readouterr().err
    assert main(["fly"]) == 2
    assert "fly needs a level" in capsys.readouterr().err
