"""Checks of levels, flown: what is broken, by how much, in which flight and at which second."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import game.lab.check
from game.content.errors import ContentError
from game.content.levels import load_level
from game.lab.check import Broken, Flown, Result, run_checks, subject_of
from game.lab.check_words import MOST_SEEDS, sentences
from game.lab.fly import fly
from game.lab.roster import source_of
from game.sim.events import Reason
from tests.content.files import FALLING, LEVEL, level_file
from tests.unit.checked import ENDS, IDLE, check_of, results_of, told


def test_a_bound_that_is_kept_says_nothing(tmp_path: Path) -> None:
    """Each kind of bound, met by the nominal flight."""
    (result,) = results_of(
        tmp_path,
        check_of(
            'expect.outcome = ["completed", "landed"]\n'
            "expect.touchdown.speed_mps = { least = 0.5, most = 1.0 }\n"
            "expect.events.touchdown.figures.distance_m = { most = 20.0 }\n"
            "expect.events.fuel_out.times = { most = 0 }\n"
            "expect.parts.rover.downrange_m = { least = 1540.0, most = 1580.0 }\n"
            "expect.propellant_left_kg = { least = 1.0 }"
        ),
    )
    assert (result.kept, result.passed, list(sentences(result))) == (1, True, [])


def test_a_touchdown_too_fast_is_told_by_value_bound_and_the_second_of_the_log(tmp_path: Path) -> None:
    """The value is the report's, the second that of the event in the log, to a tenth or two."""
    (line,) = told(tmp_path, check_of("expect.touchdown.speed_mps = { most = 0.5 }"))
    level = load_level(str(tmp_path / "own.toml"))
    report = fly(level, source_of("autopilot", level)[0], pilot="autopilot")
    assert report.touchdown is not None
    touched_s = next(event.t_s for event in report.events if event.name == "touchdown")
    found = re.fullmatch(
        r'own\.toml: "own", seed 0: touchdown\.speed_mps was (\S+) m/s, at most 0\.5 m/s is asked; '
        r"at E\+(\S+) s \(touchdown\)\. Fly it again: skycrane fly own\.toml --check \"own\"",
        line,
    )
    assert found, line
    assert float(found[1]) == round(report.touchdown.speed_mps, 2)
    assert touched_s - 0.1 <= float(found[2]) <= touched_s + 1.0  # the hardest touch of the first second


def test_a_peak_is_told_at_its_own_moment(tmp_path: Path) -> None:
    """The pull of the parachute peaks when the event says that it did, not when it was told nor at the end."""
    (line,) = told(tmp_path, check_of("expect.peaks.parachute_load_n = { least = 1000, most = 90000.0 }"), text=FALLING)
    level = load_level(str(tmp_path / "own.toml"))
    report = fly(level, source_of("autopilot", level)[0], pilot="autopilot")
    figures = next(dict(event.figures) for event in report.events if event.name == "inflation_peak")
    found = re.search(r"was (\S+) N, 1,000 N to 90,000\.0 N is asked; at E\+(\S+) s \(its peak\)", line)
    assert found, line
    assert float(found[1].replace(",", "")) == round(figures["load_n"])
    assert abs(float(found[2]) - figures["peak_t_s"]) <= 0.1


def test_an_end_is_told_with_its_reason_in_words(tmp_path: Path) -> None:
    """Outcome and score happen at the end of the flight, which is when it was decided."""
    lines = told(tmp_path, check_of('expect.outcome = "landed"\nexpect.score.total = { least = 1 }', pilot=IDLE))
    level = load_level(str(tmp_path / "own.toml"))
    report = fly(level, source_of("idle", level)[0], pilot="idle")
    lost_s = next(event.t_s for event in report.events if event.name == "lost")
    end, again = f"at E+{lost_s:.1f} s (the end: {ENDS})", 'Fly it again: skycrane fly own.toml --check "own"'
    assert lines == [
        f'own.toml: "own", seed 0: outcome was lost, landed is asked; {end}',
        f'own.toml: "own", seed 0: score.total was 0, at least 1 is asked; {end}. {again}',
    ]


def test_what_did_not_happen_breaks_its_bound(tmp_path: Path) -> None:
    """No touchdown, no such event, no part on the ground, no such figure of an event: each says so."""
    lines = told(
        tmp_path,
        check_of(
            "expect.touchdown.speed_mps = { most = 100 }\n"
            "expect.events.mortar.t_s = { most = 9999 }\n"
            "expect.events.touchdown.times = { least = 1 }\n"
            "expect.events.lost.figures.sped_mps = { most = 1e9 }\n"
            "expect.parts.heat_shield.downrange_m = { most = 1e9 }\n"
            "expect.reason_figures.mach = { most = 2 }",
            pilot=IDLE,
        ),
    )
    names = "speed_mps, vertical_mps, along_mps"
    assert [line.partition(", seed 0: ")[2].partition(" is asked")[0] for line in lines] == [
        "touchdown.speed_mps: there was no touchdown, at most 100 m/s",
        "events.mortar.t_s: mortar did not happen, at most 9,999 s",
        "events.touchdown.times was 0, at least 1",
        "events.lost.figures.sped_mps: lost has no sped_mps (did you mean speed_mps?), at most 1,000,000,000.0 m/s",
        "parts.heat_shield.downrange_m: nothing is known of heat_shield on the ground, at most 1,000,000,000.0 m",
        f"reason_figures.mach: the reason of its end has no mach (there is {names}), at most 2",
    ]


def test_an_event_is_told_at_its_time_and_one_too_many_at_the_first_that_is(tmp_path: Path) -> None:
    """An event that should not have happened is looked up where it happened."""
    lines = told(
        tmp_path,
        check_of("expect.events.rover_release.times = { most = 0 }\nexpect.events.rover_release.t_s = { most = 1.0 }"),
    )
    assert len(lines) == 2
    for line in lines:
        assert re.search(r"; at E\+40\d\.\d s \(event rover_release\)", line), line


def test_a_value_is_written_so_that_it_is_seen_outside(tmp_path: Path) -> None:
    """Not "was 0.72 m/s, at most 0.72 is asked"."""
    level = load_level(str(level_file(tmp_path)))
    report = fly(level, source_of("autopilot", level)[0], pilot="autopilot")
    assert report.touchdown is not None
    just_below = report.touchdown.speed_mps - 1e-5
    path = level_file(tmp_path, text=LEVEL + check_of(f"expect.touchdown.speed_mps = {{ most = {just_below!r} }}"))
    (result,) = run_checks([subject_of(str(path))])
    (line,) = sentences(result)
    found = re.search(r"was (\S+) m/s, at most", line)
    assert found
    assert float(found[1]) > just_below


@pytest.mark.parametrize(
    ("value", "bound", "words"),
    [
        (0.0134239, "least = 0.013424, most = 0.02", "0.0134239"),
        (0.0134, "least = 0.5", "0.0"),
        (0.52, "most = 0.5", "0.52"),
        (120.04, "most = 120.0", "120.04"),
    ],
)
def test_value_and_bound_can_be_compared(tmp_path: Path, value: float, bound: str, words: str) -> None:
    """By how much it lies outside is seen, not only that it does."""
    path = level_file(tmp_path, text=LEVEL + check_of(f"expect.touchdown.distance_m = {{ {bound} }}"))
    subject = subject_of(str(path), "own.toml")
    (check,) = subject.level.checks
    broken = Flown(0, (Broken(check.bounds[0], value, 1.0, "touchdown"),), Reason.LANDED)
    (line,) = sentences(Result(subject, check, (broken,)))
    assert f"touchdown.distance_m was {words} m, " in line


def test_a_name_with_quotes_is_quoted(tmp_path: Path) -> None:
    """So that it is seen where it ends; and it is told whole."""
    name = 'a "soft" one that has a longer name than most of them'
    (line,) = told(tmp_path, check_of('expect.outcome = "landed"', pilot=IDLE).replace('"own"', f"'{name}'"))
    assert line.startswith(r'own.toml: "a \"soft\" one that has a longer name than most of them", seed 0: ')


@pytest.mark.slow
def test_so_many_seeds_are_enough(tmp_path: Path) -> None:
    """`at_least` of them; one less is broken, and every broken seed is told with its own command."""
    bound = "expect.touchdown.distance_m = { most = %s }"
    seeds = "seeds = { first = 1, count = 3 }\nat_least = 2"
    level = load_level(str(level_file(tmp_path)))
    distances_m = []
    for seed in range(1, 4):
        report = fly(level, source_of("autopilot", level)[0], pilot="autopilot", seed=seed)
        assert report.touchdown is not None
        distances_m.append(report.touchdown.distance_m)
    first, second, _ = sorted(distances_m)
    (enough,) = results_of(tmp_path, check_of(bound % second, more=seeds))
    assert (enough.kept, enough.passed, list(sentences(enough))) == (2, True, [])
    (broken,) = results_of(tmp_path, check_of(bound % first, more=seeds))
    assert (broken.kept, broken.passed) == (1, False)
    lines = list(sentences(broken))
    assert lines[0] == 'own.toml: "own": 1 of 3 seeds, 2 are asked'
    lost = [seed for seed, distance_m in zip(range(1, 4), distances_m, strict=True) if distance_m > first]
    assert [line[-7:] for line in lines[1:]] == [f" --seed {seed}"[-7:] for seed in lost]


def test_many_broken_seeds_are_counted_after_the_first(tmp_path: Path) -> None:
    """Ten thousand sentences help nobody."""
    path = level_file(tmp_path, text=LEVEL + check_of('expect.outcome = "lost"', more="seeds = {first=0, count=100}"))
    subject = subject_of(str(path), "own.toml")
    (check,) = subject.level.checks
    lines = list(sentences(Result(subject, check, tuple(Flown(seed, fault="it tore") for seed in range(100)))))
    assert len(lines) == 1 + MOST_SEEDS + 1
    assert lines[-1].startswith('own.toml: "own": and 90 more: seed 10, 11, ')
    assert lines[-1].endswith(", 19, ...")


def test_a_flight_that_tears_apart_is_a_broken_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are still flown and told."""

    def torn(level: object, source: object, **how: int) -> object:
        if how["seed"] == 1:
            raise ContentError(["own: its figures do not make a flight: math domain error (3.0 s after the start)"])
        return fly(level, source, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(game.lab.check, "fly", torn)
    (result,) = results_of(tmp_path, check_of('expect.outcome = "landed"', more="seeds = [0, 1]"))
    assert [flight.kept for flight in result.flown] == [True, False]
    assert any("seed 1: own: its figures do not make a flight" in line for line in sentences(result))
