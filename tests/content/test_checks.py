"""The [[check]] tables of a level: what they may say, and that whoever loads the level tells every fault in them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from game.cli import main
from game.content.checks import MOST_SEEDS, PILOTS, Bound, Check, pilot_fault
from game.content.figures import Group, Leaf, Missing, figure_at, figures
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.units import KNOWN, unit_in
from game.lab.fly import fly
from game.lab.roster import source_of
from game.pilots.idle import Idle
from game.pilots.pilot import Helm
from game.report import FlightReport
from game.sim.events import EventName, Reason
from game.sim.peaks import Peaks
from game.sim.snapshot import Outcome, Part
from tests.content.files import LEVEL, level_file, problems_of

GOOD = """
[[check]]
name = "lands"
pilot = "autopilot"
expect.outcome = "landed"
"""
NUMBERS = "must be a table with least, most or both, such as { most = 1.0 }"
SEEDS = "must be whole numbers from 0 on, or a table such as { first = 1, count = 20 }"


def with_checks(folder: Path, text: str) -> Path:
    return level_file(folder, text=LEVEL + text)


def faults_of(folder: Path, text: str) -> list[str]:
    return [problem.removeprefix("own.toml: ") for problem in problems_of(with_checks(folder, text))]


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def checks_in(folder: Path, text: str) -> tuple[Check, ...]:
    return load_level(str(with_checks(folder, text))).checks


def test_a_check_is_read_with_its_defaults(tmp_path: Path) -> None:
    """Manual, calm, the nominal flight, and every seed must keep every bound."""
    (check,) = checks_in(tmp_path, GOOD)
    assert (check.name, check.pilot, check.script, check.mode) == ("lands", "autopilot", None, Mode.MANUAL)
    assert (check.dispersed, list(check.seeds), check.at_least) == (False, [0], 1)
    assert check.bounds == (Bound(("outcome",), words=("landed",)),)


def test_every_key_of_the_contract_is_read(tmp_path: Path) -> None:
    """Words, numbers, events, parts, seeds as a table and as a list, a script in the file."""
    first, second = checks_in(
        tmp_path,
        """
[[check]]
name = "everything"
pilot = "replay:best.replay"
mode = "raw"
dispersed = true
seeds = { first = 1, count = 20 }
at_least = 19
expect.reason_code = ["landed", "completed"]
expect.peaks.g = { least = 8, most = 12.0 }
expect.events.mortar.figures.mach = { most = 2.2 }
expect.events.parachute_torn.times = { most = 0 }
expect.parts.heat_shield.downrange_m = { most = 1000.0 }

[[check]]
name = "by a script"
script = "at start throttle 1"
seeds = [0, 7, 12]
[check.expect.touchdown]
speed_mps.most = 1.0
""",
    )
    assert (first.pilot, first.mode, first.dispersed) == ("replay:best.replay", Mode.RAW, True)
    assert (list(first.seeds), first.at_least) == (list(range(1, 21)), 19)
    assert first.bounds == (
        Bound(("reason_code",), words=("landed", "completed")),
        Bound(("peaks", "g"), least=8, most=12.0),
        Bound(("events", "mortar", "figures", "mach"), most=2.2),
        Bound(("events", "parachute_torn", "times"), most=0),
        Bound(("parts", "heat_shield", "downrange_m"), most=1000.0),
    )
    assert (second.pilot, second.script, list(second.seeds)) == (None, "at start throttle 1", [0, 7, 12])
    assert second.bounds == (Bound(("touchdown", "speed_mps"), most=1.0),)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        # what there is
        (
            "expect.outcome", "expect.outcom",
            "expect.outcom: is not a figure of a flight; did you mean outcome?",
        ),
        (
            'expect.outcome = "landed"', "expect.touchdown.sped_mps = { most = 1.0 }",
            "expect.touchdown.sped_mps: is not a figure of a flight; did you mean speed_mps?",
        ),
        (
            'expect.outcome = "landed"', "expect.events.mortr.t_s = { most = 1.0 }",
            "expect.events.mortr: is not a figure of a flight; did you mean mortar?",
        ),
        (
            'expect.outcome = "landed"', "expect.events.mortar.when_s = { most = 1.0 }",
            "expect.events.mortar.when_s: is not a figure of a flight",
        ),
        (
            'expect.outcome = "landed"', "expect.parts.heatshield.downrange_m = { most = 1.0 }",
            "expect.parts.heatshield: is not a figure of a flight; did you mean heat_shield?",
        ),
        (
            'expect.outcome = "landed"', "expect.parts.rover.name = 'rover'",
            "expect.parts.rover.name: is not a figure of a flight; there is downrange_m",
        ),
        (
            'expect.outcome = "landed"', "expect.dispersed = true",
            "expect.dispersed: is not a figure of a flight",
        ),
        # words and numbers
        (
            '"landed"', '"lande"',
            'expect.outcome: no flight has "lande" there, one of landed, completed, lost',
        ),
        (
            'expect.outcome = "landed"', 'expect.reason_code = ["landed", "whels_broken"]',
            'expect.reason_code, entry 2: no flight has "whels_broken" there; did you mean wheels_broken?',
        ),
        ('"landed"', "[]", "expect.outcome: needs at least one word"),
        ('"landed"', str(["lost"] * 5), "expect.outcome: has 5 words where there are only 3"),
        (
            '"landed"', "{ most = 1.0 }",
            'expect.outcome: must be text, one of landed, completed, lost, not {"most": 1.0}',
        ),
        (
            'outcome = "landed"', "touchdown.speed_mps = 1.0",
            f"expect.touchdown.speed_mps: {NUMBERS}, not 1.0",
        ),
        (
            'outcome = "landed"', 'touchdown = "soft"',
            'expect.touchdown: must be a table of figures, not "soft"',
        ),
        ('outcome = "landed"', "peaks.g = {}", "expect.peaks.g: needs least, most or both"),
        ('outcome = "landed"', "peaks = {}", "expect.peaks: needs at least one bound"),
        ('expect.outcome = "landed"', "expect = {}", "expect: needs at least one bound"),
        ('expect.outcome = "landed"', "", "expect: is missing"),
        ('expect.outcome = "landed"', "expect = 3", "expect: must be a table of keys, not 3"),
        (
            'outcome = "landed"', "peaks.g = { least = 2.0, most = 1.0 }",
            "expect.peaks.g: least must not be above most: 2 and 1",
        ),
        ('outcome = "landed"', "peaks.g = { most = nan }", "expect.peaks.g.most: must be a finite number"),
        ('outcome = "landed"', "peaks.g = { least = -inf }", "expect.peaks.g.least: must be a finite number"),
        ('outcome = "landed"', "peaks.g = { most = true }", "expect.peaks.g.most: must be a number, not true"),
        (
            'outcome = "landed"', "peaks.g = { most = 2020-01-01 }",
            'expect.peaks.g.most: must be a number, not "2020-01-01"',
        ),
        (
            'outcome = "landed"', "peaks.g = { max = 2.0 }",
            "expect.peaks.g.max: is not a key here; there is least, most",
        ),
        # who flies
        (
            '"autopilot"', '"autopliot"',
            f'pilot: there is no pilot "autopliot", only {", ".join(PILOTS)}; did you mean autopilot?',
        ),
        ('"autopilot"', '"script"', "pilot: needs a file: script:FILE"),
        ('"autopilot"', '"replay: "', "pilot: needs a file: replay:FILE"),
        ('"autopilot"', '"script:a\\u0000b"', "pilot: must be one line of plain text"),
        ('pilot = "autopilot"', "", "pilot: is missing; or say script in its stead"),
        (
            'pilot = "autopilot"', 'pilot = "idle"\nscript = "at start throttle 1"',
            "script: does not belong beside pilot: one of them flies",
        ),
        (
            'pilot = "autopilot"', 'pilot = "novice"\nmode = "raw"',
            "mode: cannot be raw for the novice, who does what the cues say: raw gives none",
        ),
        (
            'pilot = "autopilot"', 'pilot = "idle"\nmode = "one-button"',
            "mode: must be one of guided, manual, raw, not one-button, which counts as guided",
        ),
        # how it is called
        ('"lands"', '" "', "name: must not be empty"),
        ('"lands"', '"a\\nb"', "name: must be one line of plain text"),
        ('"lands"', '"a::b"', "name: must not have :: in it, which parts the file from the check"),
        (
            '"lands"', '"with [wind]"',
            "name: must not have [ or ] in it, which pytest takes for the parameters of a test",
        ),
        (
            'outcome = "landed"', "events.lost.times = { most = -1 }",
            "expect.events.lost.times.most: must be at least 0, not -1: nothing happens less than never",
        ),
        ('"landed"', '["lost", "lost"]', 'expect.outcome: says "lost" a second time'),
        (
            'name = "lands"', 'name = "lands"\nseeds = { first = 1, cuont = 10 }',
            "seeds: cuont is not a key of it; did you mean count?",
        ),
        (
            'name = "lands"', 'name = "lands"\nseeds = { first = 1, count = 10, x = 1 }',
            "seeds: x is not a key of it; there is first, count",
        ),
        ('"lands"', f'"{"x" * 81}"', "name: must have at most 80 characters, not 81"),
        ('name = "lands"', "", "name: is missing"),
        ('name = "lands"', "name = 3", "name: must be text, not 3"),
        ('name = "lands"', 'name = "lands"\nseed = 3', "seed: is not a key here; did you mean seeds?"),
        # how often
        ('name = "lands"', 'name = "lands"\nseeds = []', f"seeds: must be 1 to {MOST_SEEDS} seeds, not 0"),
        (
            'name = "lands"', 'name = "lands"\nseeds = [-1]',
            f"seeds: {SEEDS}, not [-1]",
        ),
        (
            'name = "lands"', 'name = "lands"\nseeds = [true]',
            f"seeds: {SEEDS}, not [true]",
        ),
        (
            'name = "lands"', 'name = "lands"\nseeds = 20',
            f"seeds: {SEEDS}, not 20",
        ),
        ('name = "lands"', 'name = "lands"\nseeds = [1, 2, 1]', "seeds: says 1 a second time"),
        (
            'name = "lands"', 'name = "lands"\nseeds = { first = 1 }',
            f'seeds: {SEEDS}, not {{"first": 1}}',
        ),
        (
            'name = "lands"', 'name = "lands"\nseeds = { first = 1, count = 10001 }',
            "seeds: its count must be from 1 to 10000, not 10001",
        ),
        (
            'name = "lands"', f'name = "lands"\nseeds = {{ first = {2**63 - 1}, count = 2 }}',
            "seeds: goes beyond the last seed there is",
        ),
        (
            'name = "lands"', 'name = "lands"\nseeds = [1, 2]\nat_least = 3',
            "at_least: must be from 1 to 2, the number of its seeds, not 3",
        ),
        (
            'name = "lands"', 'name = "lands"\nat_least = 0',
            "at_least: must be from 1 to 1, the number of its seeds, not 0",
        ),
        ('name = "lands"', 'name = "lands"\nat_least = 1.0', "at_least: must be a whole number, not 1.0"),
    ],
)  # fmt: skip
def test_every_fault_is_one_sentence_with_its_key(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """Told once, by file, key and the number of the check."""
    assert faults_of(tmp_path, changed(old, new)) == [f"check 1: {fault}"]


BAD = """
[[check]]
name = "one"
pilot = "autopliot"
seeds = []
expect.outcom = "landed"
expect.touchdown.speed_mps = { least = 2.0, most = nan }
expect.reason_code = ["landed", 3]

[[check]]
name = "one"
mode = "manuel"
expect.peaks.g = 3
"""
BAD_FAULTS = (
    "check 1: pilot: there is no pilot",
    "check 1: seeds: must be 1 to 10000 seeds, not 0",
    "check 1: expect.outcom: is not a figure of a flight; did you mean outcome?",
    "check 1: expect.touchdown.speed_mps.most: must be a finite number",
    "check 1: expect.reason_code, entry 2: must be text, not 3",
    'check 2: name: says "one" a second time',
    "check 2: expect.peaks.g: must be a table with least, most or both",
    "check 2: mode: must be one of",
    "check 2: pilot: is missing; or say script in its stead",
)


def test_all_faults_of_all_checks_are_told_at_once_with_those_of_the_level(tmp_path: Path) -> None:
    """Also beside a misspelt key of the level itself, and a site that does not exist."""
    text = LEVEL.replace("gust_mps", "gust_mp").replace('"jezero"', '"jezer"') + BAD
    told = problems_of(level_file(tmp_path, text=text))
    assert len(told) == len(BAD_FAULTS) + 2
    for fault in BAD_FAULTS:
        assert sum(problem.startswith(f"own.toml: {fault}") for problem in told) == 1, fault
    for other in ("air.gust_mp: is not a key here; did you mean gust_mps?", 'site: there is no site "jezer"'):
        assert any(problem.startswith(f"own.toml: {other}") for problem in told), other


@pytest.mark.parametrize("words", [("fly",), ("check",), ("rates",), ("bench",), ()])
def test_every_command_that_loads_the_level_tells_a_bad_check(
    tmp_path: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, every sentence, and nothing is written or flown."""
    path = with_checks(tmp_path, BAD)
    before = sorted(tmp_path.rglob("*"))
    assert main([*words, str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert all(f"{path}: {fault}" in err for fault in BAD_FAULTS)
    assert sorted(tmp_path.rglob("*")) == before


def test_checks_of_the_wrong_shape_are_told(tmp_path: Path) -> None:
    """One table where a list of them belongs, or no table at all."""
    assert faults_of(tmp_path, GOOD.replace("[[check]]", "[check]")) == [
        'check: must be a list, not {"name": "lands", "pilot": "autopilot...'
    ]
    told = problems_of(level_file(tmp_path, ('title = "Own"', 'title = "Own"\ncheck = [3]')))
    assert told == ["own.toml: check, entry 1: must be a table of keys, not 3"]


def test_figures_of_a_check_are_not_held_to_the_ranges_of_a_level(tmp_path: Path) -> None:
    """`speed_mps` of the level has limits that a bound has no use for."""
    text = changed('outcome = "landed"', "events.entry_interface.speed_mps = { least = 5000 }\nseeds = [123456789012]")
    assert checks_in(tmp_path, text)[0].bounds[0].least == 5000


@pytest.mark.parametrize("pilot", ["autopilot", "idle", "novice", "script:a b.txt", "replay:../x.replay"])
def test_pilots_that_can_be_named(pilot: str) -> None:
    """Those of `skycrane fly --pilot`."""
    assert pilot_fault(pilot) is None


# --- the figures ---


def test_what_can_be_asked_for_is_what_the_report_has() -> None:
    """Every field of every record of the report is a figure by itself, every event and part by its name."""
    top = figures()
    assert set(top.below) == {field.name for field in fields(FlightReport)} - {"dispersed"}
    assert set(_group(top, "peaks").below) == {field.name for field in fields(Peaks)}
    assert set(_group(top, "events").below) == set(EventName)
    assert set(_group(top, "parts").below) == set(Part)
    reason, outcome = top.below["reason_code"], top.below["outcome"]
    assert isinstance(reason, Leaf)
    assert isinstance(outcome, Leaf)
    assert (set(reason.words), set(outcome.words)) == (set(Reason), set(Outcome) - {Outcome.FLYING})


def test_every_figure_is_in_a_unit_that_can_be_written() -> None:
    """What the end of its name says has a rule for its decimals."""
    units = {unit_in(path[-1]) for path, leaf in _paths(figures()) if leaf.number}
    assert units <= set(KNOWN)
    assert len(units) > 8


def test_every_figure_is_found_in_a_report_or_told_missing() -> None:
    """No path of `figures()` fails on a flight's report: it gives a value of its kind, or says what is not there."""
    level = load_level("sky-crane")
    source, _ = source_of("autopilot", level)
    landed = fly(level, source, pilot="autopilot")
    lost = fly(level, Helm(Idle()), pilot="idle")
    paths = list(_paths(figures()))
    assert len(paths) > 200
    for report in (landed, lost):
        for path, leaf in paths:
            value = figure_at(report, path)
            assert isinstance(value, Missing) or isinstance(value, str) is not leaf.number, path
    assert figure_at(lost, ("touchdown", "speed_mps")) == Missing(("touchdown",))
    assert figure_at(lost, ("events", "touchdown", "t_s")) == Missing(("events", "touchdown"))
    assert figure_at(lost, ("events", "touchdown", "times")) == 0
    assert figure_at(landed, ("events", "touchdown", "times")) == 1
    touchdown = landed.touchdown
    assert touchdown is not None
    assert figure_at(landed, ("touchdown", "speed_mps")) == touchdown.speed_mps
    assert figure_at(landed, ("events", "touchdown", "figures", "distance_m")) == touchdown.distance_m
    missing = figure_at(landed, ("events", "touchdown", "figures", "dist_m"))
    assert isinstance(missing, Missing)
    assert "distance_m" in missing.known
    assert (
        figure_at(landed, ("parts", "rover", "downrange_m"))
        == {part.name: part.downrange_m for part in landed.parts}["rover"]
    )


def _group(top: Group, name: str) -> Group:
    below = top.below[name]
    assert isinstance(below, Group)
    return below


def _paths(group: Group) -> Any:
    for name, below in group.below.items():
        if isinstance(below, Leaf):
            yield (name,), below
        else:
            yield from (((name, *rest), leaf) for rest, leaf in _paths(below))
    if group.free:
        yield ("anything",), group.free


def test_bounds_are_inclusive() -> None:
    """On both ends, and of words one is enough."""
    both = Bound(("peaks", "g"), least=1.0, most=2.0)
    assert [both.kept(value) for value in (0.999, 1.0, 1.5, 2.0, 2.001)] == [False, True, True, True, False]
    assert Bound(("peaks", "g"), most=0).kept(0)
    assert not Bound(("outcome",), words=("landed", "completed")).kept("lost")
    assert Bound(("outcome",), words=("landed", "completed")).kept(Outcome.COMPLETED)
