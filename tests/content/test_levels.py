"""Every level of the game is valid, and every fault in a level is one clear sentence that names file and key."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

import game.content.levels
from game.cli import main
from game.content.errors import ContentError
from game.content.fits import FROM_SPACE, track_ends_m
from game.content.identity import canonical_text, content_hash
from game.content.levels import level_ids, load_level
from game.content.modes import FULL, FULL_ENTRY, FULL_HOVERING, Mode
from game.content.ranges import TABLES, bound_of
from game.sim.phases import Phase
from game.sim.spec import NO_DISPERSIONS, ControlLaw, FlightSpec
from tests.content.files import LEVELS, level_file, part_file, problems_of


@pytest.mark.parametrize("name", level_ids())
def test_every_level_is_valid(name: str) -> None:
    """It loads, says what it is in a line, and its flight starts above its ground or on its way to it."""
    level = load_level(name)
    assert level.id == level.file.stem == name
    assert level.title
    assert 20 < len(level.brief) < 200
    low_m, high_m = track_ends_m(level.site)
    if level.start.phase in FROM_SPACE:
        assert level.start.arrival is not None
    else:
        assert low_m < level.start.downrange_m < high_m
    assert low_m < level.goal.target_m < high_m
    assert set(level.pace) <= set(Phase)


def test_modes_choose_control_law_and_dispersions() -> None:
    """Guided and manual hold what is set on a plain day; raw does not, and is always dispersed."""
    level = load_level("powered-descent")
    assert level.flight_spec() == level.flight_spec(Mode.GUIDED)
    assert level.flight_spec().control_law is ControlLaw.DAMPED
    assert level.flight_spec().dispersions == NO_DISPERSIONS
    assert level.flight_spec(dispersed=True).dispersions == FULL
    raw = level.flight_spec(Mode.RAW)
    assert raw.control_law is ControlLaw.RAW
    assert raw.dispersions == FULL
    assert load_level("sky-crane").flight_spec(dispersed=True).dispersions == FULL_HOVERING
    for name in ("jezero", "parachute"):
        assert load_level(name).flight_spec(dispersed=True).dispersions == FULL_ENTRY


def test_levels_share_what_they_are_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vehicle of the game is read once for all its levels, and again when its file has changed, also a broken one."""
    assert load_level("jezero").vehicle is load_level("sky-crane").vehicle
    shutil.copytree(LEVELS, tmp_path / "levels")
    monkeypatch.setattr(game.content.levels, "data_root", lambda: tmp_path)
    before = load_level("jezero").vehicle
    path = tmp_path / "levels" / "vehicles" / "perseverance.toml"
    path.write_text(path.read_text("utf-8").replace("wheel_radius_m = 0.2", "wheel_radius_m = 0.3"), "utf-8")
    after = load_level("sky-crane").vehicle
    assert after.rover.wheel_radius_m == pytest.approx(before.rover.wheel_radius_m + 0.1)
    path.write_text(path.read_text("utf-8").replace("wheel_radius_m = 0.3", "wheel_radius_m = 30"), "utf-8")
    for _ in range(2):
        with pytest.raises(ContentError, match=r"perseverance\.toml: rover\.wheel_radius_m: must be from"):
            load_level("jezero")


def test_a_level_may_have_its_own_dispersions(tmp_path: Path) -> None:
    """They take the place of the usual ones, and only in a dispersed flight."""
    own = "\n".join(f"{field.name} = 1.5" for field in fields(NO_DISPERSIONS))
    level = load_level(str(level_file(tmp_path, ("[pace]", f"[dispersions]\n{own}\n[pace]"))))
    assert level.flight_spec(dispersed=True).dispersions.thrust_percent == 1.5
    assert level.flight_spec().dispersions == NO_DISPERSIONS


def test_medals_are_optional_and_must_rise(tmp_path: Path) -> None:
    """Bronze, silver, gold in points."""
    good = level_file(tmp_path, ("[pace]", "[medals]\nbronze = 3000\nsilver = 5000\ngold = 9000\n[pace]"))
    medals = load_level(str(good)).medals
    assert medals is not None
    assert medals.gold == 9000
    bad = level_file(tmp_path, ("[pace]", "[medals]\nbronze = 3000\nsilver = 5000\ngold = 19000\n[pace]"))
    assert problems_of(bad) == ["own.toml: medals: must rise from bronze over silver to gold, above 0 and up to 10000"]


def test_an_authors_mark_lies_above_gold(tmp_path: Path) -> None:
    """And is optional, like the medals themselves."""
    marks = "[medals]\nbronze = 3000\nsilver = 5000\ngold = 9000\nauthor = {}\n[pace]"
    medals = load_level(str(level_file(tmp_path, ("[pace]", marks.format(9500))))).medals
    assert medals is not None
    assert medals.author == 9500
    for points in (9000, 10001):
        bad = level_file(tmp_path, ("[pace]", marks.format(points)))
        assert problems_of(bad) == ["own.toml: medals.author: must lie above gold, and be at most 10000"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"Sink."', "3", "lesson.steps, entry 2: must be text, not 3"),
        ('"Sink."', '" "', "lesson.steps, entry 2: must not be empty"),
        ('"Sink."', '"Si\\nnk."', "lesson.steps, entry 2: must be one line of plain text"),
        (
            '"Sink."',
            '"Sink}."',
            (
                "lesson.steps, entry 2: has a brace without its other one; a figure stands in two, such as {21:m}; "
                "a plain one is {{ or }}"
            ),
        ),
        (
            '"Sink."',
            '"{jump} now."',
            (
                "lesson.steps, entry 2: has {jump}, but only {tilt}, {throttle}, {thrust}, {reel}, {action}, {assist}, "
                "{mark} or a figure stands in braces, such as {21:m}; a plain one is {{ or }}"
            ),
        ),
        ('teaches = "Hover."', "", "lesson.teaches: is missing"),
        (', "Sink."]', ', "a", "b", "c", "d", "e"]', "lesson.steps: must be 1 to 5 lines, not 6"),
        ('["{action} lets go.", "Sink."]', "[]", "lesson.steps: must be 1 to 5 lines, not 0"),
    ],
)
def test_a_bad_lesson_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    """With file, key and line; a good one is read."""
    lesson = '[lesson]\nteaches = "Hover."\nsteps = ["{action} lets go.", "Sink."]\n'
    good = load_level(str(level_file(tmp_path, ("[pace]", f"{lesson}[pace]")))).lesson
    assert good is not None
    assert good.steps == ("{action} lets go.", "Sink.")
    assert problems_of(level_file(tmp_path, ("[pace]", f"{lesson.replace(old, new)}[pace]"))) == [f"own.toml: {said}"]


@pytest.mark.parametrize("name", level_ids())
def test_every_level_of_the_game_teaches_something(name: str) -> None:
    """A lesson, and medals with the author's own mark."""
    level = load_level(name)
    assert level.lesson is not None
    assert level.medals is not None
    assert level.medals.author is not None


_PHASES = ", ".join(f"'{phase}'" for phase in Phase)
_STARTS = "course, cruise, approach, entry, free_fall or sky_crane"
_WARM = "temperature_factor = [[12.0, 1.10], [30.0, 1.00]]"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # the head
        ("schema = 1", "schema = 2", "schema: must be 1, not 2"),
        ("schema = 1", "schema = true", "schema: must be 1, not true"),
        ("schema = 1\n", "", "schema: is missing"),
        ('kind = "level"', 'kind = "levle"', 'kind: must be "level" here, not "levle"'),
        ('kind = "level"', 'kind = "site"', "is a site, not a level"),
        ('id = "own"', 'id = "other"', 'id: must be "own" like the file\'s name, not "other"'),
        # words and names
        ('title = "Own"', "title = 3", "title: must be text, not 3"),
        ('title = "Own"', 'title = " "', "title: must not be empty"),
        ('title = "Own"', 'title = "O\\nwn"', "title: must be one line of plain text"),
        ('site = "jezero"', 'site = "jezro"', 'site: there is no site "jezro"; did you mean jezero?'),
        ('site = "jezero"', 'site = "../x"', 'site: there is no site "../x"; there is gale, jezero'),
        ('site = "jezero"', f'site = "{"j" * 300}"', f'site: there is no site "{"j" * 300}"; there is gale, jezero'),
        (
            'vehicle = "perseverance"',
            'vehicle = "v"',
            'vehicle: there is no vehicle "v"; there is curiosity, perseverance',
        ),
        # keys
        ("height_m = 21.0", "heigth_m = 21.0", "start.heigth_m: is not a key here; did you mean height_m?"),
        ("height_m = 21.0", "", "start.height_m: is missing"),
        ("[goal]\ntarget_m = 1560.0\nmark_reach_m = 60.0", "", "goal: is missing"),
        ("[goal]", "[gaol]", "gaol: is not a key here; did you mean goal?"),
        # types
        ("height_m = 21.0", "height_m = nan", "start.height_m: must be a finite number"),
        ("height_m = 21.0", "height_m = inf", "start.height_m: must be a finite number"),
        ("height_m = 21.0", 'height_m = "21"', 'start.height_m: must be a number, not "21"'),
        ("height_m = 21.0", "height_m = true", "start.height_m: must be a number, not true"),
        ("height_m = 21.0", "height_m = 2021-02-18", 'start.height_m: must be a number, not "2021-02-18"'),
        ("height_m = 21.0", "height_m = [21.0]", "start.height_m: must be a number, not [21.0]"),
        (_WARM, "temperature_factor = 1.0", "air.temperature_factor: must be a list, not 1.0"),
        (_WARM, "temperature_factor = [[1.0]]", "air.temperature_factor, entry 1: has too few values"),
        (
            _WARM,
            "temperature_factor = [[12.0, 1.0], [30.0, 1.0, 2.0]]",
            "air.temperature_factor, entry 2: has 3 values where 2 belong",
        ),
        # ranges
        ("height_m = 21.0", "height_m = -1.0", "start.height_m: must be above 0, not -1"),
        ("gust_time_s = 3.0", "gust_time_s = 0.0", "air.gust_time_s: must be above 0, not 0"),
        (
            "gust_time_s = 3.0",
            "gust_time_s = 0.01",
            "air.gust_time_s: must be at least 0.05, not 0.01: gusts that short are noise",
        ),
        ("max_time_s = 180.0", "max_time_s = 1e9", "limits.max_time_s: must be from 1 to 3600, not 1e+09"),
        ("flyaway = 2.0", "flyaway = 0.0", "pace.flyaway: must be from 0.1 to 20, not 0"),
        ("flyaway = 2.0", "fly = 2.0", f"pace.fly: must be one of {_PHASES}"),
        ('"sky_crane"', '"hover"', f"start.phase: must be one of {_PHASES}"),
        ('"sky_crane"', '"flyaway"', f"start.phase: a flight can start in {_STARTS}, not in flyaway"),
        # tables
        (_WARM, "temperature_factor = []", "air.temperature_factor: needs at least 1 entry"),
        (
            _WARM,
            "temperature_factor = [[12.0, -1.10]]",
            "air.temperature_factor, entry 1: its second number must be from 0.3 to 3, not -1.1",
        ),
        (
            _WARM,
            "temperature_factor = [[30.0, 1.10], [12.0, 1.00]]",
            "air.temperature_factor, entry 2: its first number must be above the one before: 12 after 30",
        ),
        # what must fit together
        (
            "propellant_kg = 120.0",
            "propellant_kg = 5000.0",
            "start.propellant_kg: must be at most 400, which is what the tanks hold, not 5000",
        ),
        (
            "target_m = 1560.0",
            "target_m = 90000.0",
            "goal.target_m: must lie on the site's ground, from -62719 to 65819, not 90000",
        ),
    ],
)
def test_a_fault_is_one_sentence_with_file_and_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Whatever is wrong with a key, the sentence begins with the file and that key, and says what belongs there."""
    assert f"own.toml: {said}" in problems_of(level_file(tmp_path, (old, new)))


def test_all_faults_are_told_at_once_also_of_other_files(tmp_path: Path) -> None:
    """A misspelt key, a number out of range, and a fault in the vehicle: all sentences, one error."""
    part_file(tmp_path, "vehicle", "perseverance", ("descent_stage.engines.isp_low_s", "900.0"))
    level = level_file(tmp_path, ("gust_mps", "gust_mph"), ("height_m = 21.0", "height_m = -21.0"))
    problems = problems_of(level)
    assert problems[:3] == [
        "own.toml: air.gust_mph: is not a key here; did you mean gust_mps?",
        "own.toml: start.height_m: must be above 0, not -21",
        problems[2],
    ]
    engines = "vehicles/perseverance.toml: descent_stage.engines"
    assert problems[2].startswith(f"{engines}.isp_low_s: must be below isp_high_s, which is ")
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("kind", "key", "value", "said"),
    [
        ("vehicle", "descent_stage.engines.min_thrust_n", "9000.0", "must be below max_thrust_n, which is "),
        ("vehicle", "bridle.brake_m", "99.0", "must be below length_m, which is "),
        ("vehicle", "rover.bogie_mass_kg", "9000.0", "must be below mass_kg, which is "),
        ("vehicle", "rover.inertia_kg_m2", "100.0", "must be above 133, which the bogie and the distances take"),
        ("vehicle", "bridle.stiffness_n_m", "1e7", "must be at most "),
        ("vehicle", "rover.bogie_stiffness_n_m", "1e8", "must be at most "),
        ("vehicle", "descent_stage.rover_below_m", "0.6", "must leave 0.05 m of cord between "),
        ("vehicle", "descent_stage.rover_below_m", "1.0", "must be at least 1.04, or the rover is stowed inside the "),
        ("vehicle", "control.hover_lean_deg", "0.0", "must be above 0, not 0"),
        ("vehicle", "descent_stage.engines.splayed_deg", "89.0", "must be from 0 to 60, not 89"),
        ("vehicle", "rover.wheel_x_m", "[-1.1, 0.0, 1.1]", "must name front, middle and rear: each further back"),
        ("vehicle", "rover.wheel_x_m", "[1.1, 0.0]", "has too few values"),
        ("vehicle", "rover.mass_kg", "0.0", "must be from 1 to 100000, not 0"),
        ("vehicle", "rover.friction", "-0.9", "must be from 0 to 5, not -0.9"),
        ("vehicle", "backshell.outline_m", "[[0.0, 0.0], [1.0, 0.0]]", "needs at least 3 entries"),
        ("site", "track_azimuth_deg", "270.0", "must be from 5 to 175, not 270"),
        ("site", "ground.target_east_km", "99.0", "must lie on the profile, from "),
        ("site", "ground.smallest_rock_m", "9.0", "must be below largest_rock_m, which is "),
        ("site", "ground.roughness", "[[5.0, 200.0]]", ", entry 1: its second number must be from 0 to 100, not 200"),
        ("site", "ground.roughness", "[[0.0, 1.0]]", ", entry 1: its first number must be from 0.5 to 100000, not 0"),
    ],
)
def test_the_parts_of_a_level_are_checked_like_it(tmp_path: Path, kind: str, key: str, value: str, said: str) -> None:
    """A site or vehicle beside the level is read before the built-in one, and its faults are told by its own name."""
    name = "perseverance" if kind == "vehicle" else "jezero"
    part_file(tmp_path, kind, name, (key, value))
    (problem,) = problems_of(level_file(tmp_path))
    assert problem.startswith(f"{kind}s/{name}.toml: {key}")
    assert said in problem


def test_a_part_may_lie_right_beside_the_level(tmp_path: Path) -> None:
    """Without a folder of its own too, unless the file of that name is something else."""
    beside = part_file(tmp_path, "vehicle", "perseverance", ("descent_stage.dry_mass_kg", "700.0"))
    beside.rename(tmp_path / "perseverance.toml")
    level = load_level(str(level_file(tmp_path)))
    assert level.vehicle.descent_stage.dry_mass_kg == 700.0
    (tmp_path / "jezero.toml").write_text('kind = "level"', "utf-8")
    assert load_level(str(level_file(tmp_path))).site == load_level("sky-crane").site


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    """Missing, a folder, not text, not TOML, far too large: a sentence each, no traceback."""
    path = tmp_path / "own.toml"
    assert problems_of(path) == ["own.toml: there is no such file"]
    path.write_bytes(b'title = "\xff"')
    assert problems_of(path) == ["own.toml: line 1 is not UTF-8 text"]
    path.write_text("schema = 1\nkind = level\n")
    assert problems_of(path) == ["own.toml: is not valid TOML: invalid value (at line 2, column 8)"]
    path.write_text("x = " + "[" * 5000)
    assert problems_of(path)[0].startswith("own.toml: is not valid TOML: ")
    path.write_text("x = " + "9" * 5000)
    assert problems_of(path)[0].startswith("own.toml: is not valid TOML: ")
    path.write_text("#" * 1_000_001)
    assert problems_of(path) == ["own.toml: is larger than a megabyte, which no level is"]
    path.unlink()
    path.mkdir()
    assert problems_of(path) == ["own.toml: is a folder, not a TOML file"]


def test_an_unknown_level_names_the_nearest() -> None:
    """A name that is none, and one that is like none."""
    with pytest.raises(ContentError, match=r'there is no level "sky-crain"; did you mean sky-crane\?'):
        load_level("sky-crain")
    with pytest.raises(ContentError, match='there is no level "zzz"; there is boulders, course, delta, dust-season, '):
        load_level("zzz")
    with pytest.raises(ContentError, match=r'there is no level "Sky Crane"; did you mean sky-crane\?'):
        load_level("Sky Crane")


@pytest.mark.parametrize("name", ["cliff", "Cliff-2", "cliff.tml", "jezro"])
def test_a_file_that_lies_there_may_have_been_meant(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked for without its ending, or with a slip in it, rather than a level of the game that is like it."""
    file = f"{name.removesuffix('.tml')}.toml"
    (tmp_path / file).write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["fly", name]) == 2
    assert capsys.readouterr().err == f'skycrane: there is no level "{name}"; did you mean {file}?\n'


def test_a_site_of_ones_own_is_known_by_name(tmp_path: Path) -> None:
    """When its name is misspelt, and when the file of that name is of another kind."""
    own = part_file(tmp_path, "site", "jezero")
    own.write_text(own.read_text("utf-8").replace('"jezero"', '"mesa"'), "utf-8")
    own.rename(tmp_path / "sites" / "mesa.toml")
    assert problems_of(level_file(tmp_path, ('"jezero"', '"messa"'))) == [
        'own.toml: site: there is no site "messa"; did you mean mesa?'
    ]
    assert problems_of(level_file(tmp_path, ('"jezero"', '"xyz"'))) == [
        'own.toml: site: there is no site "xyz"; there is gale, jezero, mesa'
    ]
    (tmp_path / "sites" / "mesa.toml").write_text('kind = "level"\n', "utf-8")
    assert problems_of(level_file(tmp_path, ('"jezero"', '"mesa"'))) == ["sites/mesa.toml: is a level, not a site"]


@pytest.mark.parametrize("name", ["", ".", "/", "a/" * 3000, "a" * 300, "\0", "x\0.toml", "no/such/place", "~.toml"])
def test_no_name_is_too_odd_for_a_sentence(name: str) -> None:
    """Whatever is typed, the answer is a ContentError."""
    with pytest.raises(ContentError):
        load_level(name)


def test_loading_writes_nothing(tmp_path: Path) -> None:
    """Neither beside a good level nor beside a bad one."""
    good = level_file(tmp_path)
    load_level(str(good))
    problems_of(level_file(tmp_path, ("schema = 1", "schema = 2")))
    assert [path.name for path in tmp_path.iterdir()] == ["own.toml"]


def test_every_number_of_a_flight_has_a_rule() -> None:
    """No field of the spec is left unchecked: a new one needs a bound, or columns among the tables."""
    for key, name, hint in _leaves(FlightSpec):
        if get_origin(hint) is tuple and get_origin(get_args(hint)[0]) is tuple:
            assert len(TABLES[name][0]) == len(get_args(get_args(hint)[0])), key
        elif not issubclass(get_args(hint)[0] if get_origin(hint) else hint, str):
            assert bound_of(key) is not None, key


def test_the_content_hash_is_of_what_decides_the_flight(tmp_path: Path) -> None:
    """Words, pace and integers written as such change nothing; any figure does."""
    level = load_level(str(level_file(tmp_path)))
    spec = level.flight_spec()
    same = level_file(tmp_path, ('title = "Own"', 'title = "Other"'), ("height_m = 21.0", "height_m = 21"))
    assert content_hash(load_level(str(same)).flight_spec()) == content_hash(spec)
    other = replace(spec, start=replace(spec.start, height_m=21.0000001))
    assert content_hash(other) != content_hash(spec)
    assert content_hash(level.flight_spec(Mode.RAW)) != content_hash(spec)
    assert content_hash(replace(spec, start=replace(spec.start, tilt_deg=-0.0))) == content_hash(spec)
    assert "start.height_m=0x1.5000000000000p+4" in canonical_text(spec)
    assert "start.arrival=none" in canonical_text(spec)
    with pytest.raises(TypeError, match=r"start\.phase"):
        content_hash(replace(spec, start=replace(spec.start, phase=[])))  # type: ignore[arg-type]


def test_every_own_part_is_used() -> None:
    """No site or vehicle lies about that no level flies."""
    named = [tomllib.loads((LEVELS / f"{name}.toml").read_text("utf-8")) for name in level_ids()]
    for kind in ("site", "vehicle"):
        assert {path.stem for path in (LEVELS / f"{kind}s").glob("*.toml")} == {level[kind] for level in named}


def _leaves(cls: type[Any], path: str = "") -> list[tuple[str, str, Any]]:
    """(key, name, type) of every field below a record that is no record itself, nor a list of them, nor one or none."""
    found = []
    hints = get_type_hints(cls)
    for field in fields(cls):
        key, hint = f"{path}.{field.name}", hints[field.name]
        below = next((option for option in (hint, *get_args(hint)) if is_dataclass(option)), None)
        found += _leaves(below, key) if below else [(key, field.name, hint)]  # type: ignore[arg-type]
    return found
