"""The schema for editors says of a file what the game says of it, key by key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from functools import cache
from math import inf, nextafter
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from game.cli import main
from game.content.files import HEADER, KINDS
from game.content.keys import meanings_of, unit_of_key
from game.content.levels import load_level
from game.content.ranges import TABLES, faults_in
from game.content.schema import RECORDS, schema_of
from tests.content.files import ARRIVING, FALLING, LEVEL, LEVELS, level_file, part_file, problems_of

_ENTRY = re.compile(r" \d+: ")  # of a list of tables
PLACES = {"level": LEVELS, "site": LEVELS / "sites", "vehicle": LEVELS / "vehicles"}
OWN = [(kind, path) for kind in KINDS for path in sorted(PLACES[kind].glob("*.toml"))]
WITHOUT_A_UNIT = {
    "friction", "rock_abundance", "lift", "aim", "half_width", "open_drag_coefficient", "backward_drag", "lift_slope",
    "stability", "emissivity", "damping_ratio", "lee_share", "overshoot", "pulse", "normal_force", "range_error",
    "attitude_damping",
}  # fmt: skip


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(kind))


def marked(kind: str, text: str) -> list[str]:
    """The places that the schema marks in a file, as keys without the numbers of entries."""
    found = validator(kind).iter_errors(tomllib.loads(text))
    return [".".join(part for part in error.absolute_path if isinstance(part, str)) for error in found]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_json_schema(kind: str) -> None:
    """Of the draft that it says it is."""
    Draft202012Validator.check_schema(schema_of(kind))
    assert schema_of(kind)["$schema"] == Draft202012Validator.META_SCHEMA["$schema"]


@pytest.mark.parametrize(("kind", "path"), OWN, ids=[f"{kind}-{path.stem}" for kind, path in OWN])
def test_every_file_of_the_game_passes(kind: str, path: Path) -> None:
    """All levels, sites and vehicles."""
    assert marked(kind, path.read_text("utf-8")) == []


@pytest.mark.parametrize("text", [LEVEL, ARRIVING, FALLING])
def test_levels_of_every_kind_of_start_pass(text: str) -> None:
    """From space, on the way down, hovering."""
    assert marked("level", text) == []


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_every_key_has_a_meaning_and_every_meaning_a_key(record: type[Any]) -> None:
    """The docstring of each record has a line for each of its fields, in their order."""
    for cls in _records(record):
        assert list(meanings_of(cls.__doc__ or "")) == [field.name for field in fields(cls)], cls


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_says_what_it_is_in(kind: str) -> None:
    """By the end of its name, or it is one of the few that have no unit."""
    without = {key.rpartition(".")[2] for key, part in _numbers(schema_of(kind)) if not unit_of_key(key)}
    counts = {key.rpartition(".")[2] for key, part in _numbers(schema_of(kind)) if part["type"] == "integer"}
    assert without - counts <= WITHOUT_A_UNIT


def _full(kind: str) -> dict[str, Any]:
    """A file of the game that has tables for all keys of its kind."""
    name = {"level": "course", "site": "jezero", "vehicle": "perseverance"}[kind]
    data = tomllib.loads((PLACES[kind] / f"{name}.toml").read_text("utf-8"))
    return data | ({"dispersions": {}} if kind == "level" else {})


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_has_the_range_that_the_game_holds_it_to(kind: str) -> None:
    """At both ends of each range the two agree that it is inside, and just beyond them that it is not."""
    tried = 0
    for key, part in _numbers(schema_of(kind)):
        if key.startswith(("medals.", "check.")):
            continue  # levels.py and checks.py hold these, in tests further down
        above = "exclusiveMinimum" in part
        low, high = part["exclusiveMinimum" if above else "minimum"], part["maximum"]
        step = 1 if part["type"] == "integer" else 0
        inside = [high, nextafter(low, inf) if above else low]
        outside = [
            high + 1 if step else nextafter(high, inf),
            low if above else low - 1 if step else nextafter(low, -inf),
        ]
        for value, fits in [(value, True) for value in inside] + [(value, False) for value in outside]:
            data = _with(_full(kind), key, int(value) if step else value)
            told = [fault for fault, _ in faults_in(data) if _ENTRY.sub(".", fault) == key]
            seen = [e for e in validator(kind).iter_errors(data) if _key(e) == key]
            assert (not told, not seen) == (fits, fits), f"{key} = {value}"
            tried += 1
    assert tried > 20


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_a_table_has_its_range(kind: str) -> None:
    """Beyond each end of each column both refuse the row; and both refuse too few rows, and rows of another length."""
    tried = 0
    for key, part in _lists(schema_of(kind)):
        name = key.rpartition(".")[2]
        columns = part["items"]["prefixItems"]
        assert len(columns) == len(TABLES[name][0])
        for column, _ in enumerate(columns):
            for end in ("minimum", "exclusiveMinimum", "maximum"):
                if end not in columns[column]:
                    continue
                row = [each["maximum"] for each in columns]
                row[column] = columns[column][end] + {"minimum": -1e-6, "maximum": 1e-3}.get(end, 0.0)
                data = _with(_full(kind), key, [row])
                assert any(fault == f"{key}, entry 1" for fault, _ in faults_in(data)), f"{key}: {row}"
                assert any(_key(error) == key for error in validator(kind).iter_errors(data)), f"{key}: {row}"
                tried += 1
        if part["minItems"]:
            data = _with(_full(kind), key, [])
            assert [said for fault, said in faults_in(data) if fault == key and "needs at least" in said]
            assert any(_key(error) == key for error in validator(kind).iter_errors(data)), key
        for length in (len(columns) - 1, len(columns) + 1):
            data = _with(_full(kind), key, [[0.1] * length] * 4)
            assert any(_key(error) == key for error in validator(kind).iter_errors(data)), key
    assert tried > 5


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        # the head
        ("schema = 1", "schema = 2", "schema"),
        ("schema = 1", 'schema = "1"', "schema"),
        ("schema = 1", "schema = true", "schema"),
        ("schema = 1\n", "", ""),
        ('kind = "level"', 'kind = "site"', "kind"),
        ('id = "own"', 'id = "Own"', "id"),
        ('id = "own"', f'id = "{"a" * 65}"', "id"),
        # names
        ("height_m =", "heigth_m =", "start"),
        ("[goal]", "[gaol]", ""),
        ("[pace]", "[[pace]]", "pace"),
        ("flyaway = 2.0", "fly = 2.0", "pace"),
        ("height_m = 21.0", "arrival.approach = 1.0", "start.arrival"),
        ("site =", "sight =", ""),
        # types
        ("height_m = 21.0", 'height_m = "21"', "start.height_m"),
        ("height_m = 21.0", "height_m = true", "start.height_m"),
        ("height_m = 21.0", "height_m = [21.0]", "start.height_m"),
        ('title = "Own"', "title = 3", "title"),
        ('title = "Own"', 'title = ["Own"]', "title"),
        ('phase = "sky_crane"', "phase = 7", "start.phase"),
        ("wind = [[0.0, 5.0], [500.0, 9.0]]", "wind = 5.0", "air.wind"),
        ("wind = [[0.0, 5.0], [500.0, 9.0]]", "wind = [0.0, 5.0]", "air.wind"),
        ("wind = [[0.0, 5.0], [500.0, 9.0]]", 'wind = [[0.0, "5"]]', "air.wind"),
        ("flyaway = 2.0", 'flyaway = "fast"', "pace.flyaway"),
        ("[pace]", "[medals]\nbronze = 4000.5\nsilver = 6000\ngold = 8000\n[pace]", "medals.bronze"),
        ("[pace]", '[lesson]\nteaches = "T"\nsteps = "one"\n[pace]', "lesson.steps"),
        ("[pace]", '[lesson]\nteaches = "T"\nsteps = [1]\n[pace]', "lesson.steps"),
        # words
        ('phase = "sky_crane"', 'phase = "hover"', "start.phase"),
        ('phase = "sky_crane"', 'phase = "parachute"', "start.phase"),
        ("mark_reach_m = 60.0", 'mark_reach_m = 60.0\nends_at = "landed"', "goal.ends_at"),
        ("[limits]", '[[goal.figures]]\nname = "warp"\naim = 1.0\nhalf_width = 1.0\n[limits]', "goal.figures.name"),
        ('site = "jezero"', 'site = "Jezero Crater"', "site"),
        ('title = "Own"', 'title = " "', "title"),
        ('title = "Own"', 'title = ""', "title"),
        ('title = "Own"', 'title = "a\\nb"', "title"),
        ('brief = "A level', 'brief = "\\tA level', "brief"),
        # ranges that are not a number's own
        ("flyaway = 2.0", "flyaway = 20.1", "pace.flyaway"),
        ("flyaway = 2.0", "flyaway = 0.09", "pace.flyaway"),
        ("[pace]", "[medals]\nbronze = 0\nsilver = 6000\ngold = 8000\n[pace]", "medals.bronze"),
        ("[pace]", "[medals]\nbronze = 1\nsilver = 6000\ngold = 10001\n[pace]", "medals.gold"),
        ("[pace]", '[lesson]\nteaches = "T"\nsteps = []\n[pace]', "lesson.steps"),
        ("[pace]", f'[lesson]\nteaches = "T"\nsteps = {["s"] * 6!r}\n[pace]', "lesson.steps"),
        # what is missing
        ("target_m = 1560.0\n", "", "goal"),
        ("t_s = 399.7\n", "", "start"),
        ("[pace]", "[medals]\nbronze = 4000\n[pace]", "medals"),
    ],
)
def test_what_the_game_refuses_the_schema_marks(tmp_path: Path, old: str, new: str, key: str) -> None:
    """Unknown and missing keys, wrong types, words that are none, values out of range: at the key itself."""
    path = level_file(tmp_path, (old, new))
    assert problems_of(path)
    assert key in marked("level", path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("kind", "name", "key", "value"),
    [
        ("site", "jezero", "friction", '"much"'),
        ("site", "jezero", "ground.rock_abundance", "0.51"),
        ("site", "jezero", "ground.rocks_m", "[[0.0, 1.0]]"),
        ("vehicle", "perseverance", "rover.wheel_x_m", "[1.0, 0.0]"),
        ("vehicle", "perseverance", "rover.wheel_x_m", "[1.0, 0.0, -11.0]"),
        ("vehicle", "perseverance", "cruise_stage.balance_masses", "3"),
        ("vehicle", "perseverance", "cruise_stage.balance_masses", "1.5"),
        ("vehicle", "perseverance", "cruise_stage.thrust_n", "1001.0"),
        ("vehicle", "perseverance", "aeroshell.diameter_m", "12.5"),
        ("vehicle", "perseverance", "descent_stage.engines.lag_s", "0.0"),
        ("vehicle", "perseverance", "backshell.outline_m", "[[0.0, 0.0], [1.0, 1.0]]"),
    ],
)
def test_so_it_does_in_sites_and_vehicles(tmp_path: Path, kind: str, name: str, key: str, value: str) -> None:
    """The same for the files that a level names."""
    if key == "ground.rocks_m":
        path = part_file(tmp_path, kind, name, ("ground.rock_abundance", f"0.05\nrocks_m = {value}"))
    else:
        path = part_file(tmp_path, kind, name, (key, value))
    assert any(key in problem for problem in problems_of(level_file(tmp_path)))
    assert key in marked(kind, path.read_text("utf-8"))


CHECK = """
[[check]]
name = "lands"
pilot = "autopilot"
expect.outcome = "landed"
"""


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "lands"\n', "", "check"),
        ('name = "lands"', 'name = "lands"\nseed = 3', "check"),
        ('"autopilot"', '"autopliot"', "check.pilot"),
        ('"autopilot"', '"script: "', "check.pilot"),
        ("name =", 'mode = "one-button"\nname =', "check.mode"),
        ("name =", "seeds = []\nname =", "check.seeds"),
        ("name =", "seeds = [1, 1]\nname =", "check.seeds"),
        ("name =", "seeds = [-1]\nname =", "check.seeds"),
        ("name =", "seeds = 20\nname =", "check.seeds"),
        ("name =", "seeds = { first = 1, count = 10001 }\nname =", "check.seeds"),
        ("name =", "at_least = 0\nname =", "check.at_least"),
        ("name =", 'dispersed = "yes"\nname =', "check.dispersed"),
        ('outcome = "landed"', 'outcom = "landed"', "check.expect"),
        ('outcome = "landed"', 'outcome = "lande"', "check.expect.outcome"),
        ('outcome = "landed"', "outcome = []", "check.expect.outcome"),
        ('outcome = "landed"', "touchdown.sped_mps = { most = 1.0 }", "check.expect.touchdown"),
        ('outcome = "landed"', "touchdown.speed_mps = 1.0", "check.expect.touchdown.speed_mps"),
        ('outcome = "landed"', "touchdown.speed_mps = { max = 1.0 }", "check.expect.touchdown.speed_mps"),
        ('outcome = "landed"', "events.mortr.t_s = { most = 1.0 }", "check.expect.events"),
        ('outcome = "landed"', "events.mortar.when_s = { most = 1.0 }", "check.expect.events.mortar"),
        ('outcome = "landed"', "parts.heat_shield.name = 3", "check.expect.parts.heat_shield"),
        ('expect.outcome = "landed"', "expect = {}", "check.expect"),
    ],
)
def test_so_it_does_in_checks(tmp_path: Path, old: str, new: str, key: str) -> None:
    """Figures that no flight has, pilots that there are not, bounds that say nothing."""
    assert old in CHECK
    path = level_file(tmp_path, text=LEVEL + CHECK.replace(old, new))
    assert problems_of(path)
    assert key in marked("level", path.read_text("utf-8"))


def test_what_a_check_may_say_passes(tmp_path: Path) -> None:
    """Words and lists of words, numbers, events with their own figures, parts, and seeds in both ways."""
    more = """
seeds = { first = 1, count = 20 }
at_least = 19
expect.reason_code = ["landed", "completed"]
expect.peaks.g = { least = 8, most = 12.0 }
expect.events.inflation_peak.figures.load_n = { most = 200000 }
expect.events.parachute_torn.times = { most = 0 }
expect.parts.heat_shield.downrange_m = { least = -1000.0 }
"""
    path = level_file(tmp_path, text=LEVEL + CHECK + more)
    assert len(load_level(str(path)).checks) == 1
    assert marked("level", path.read_text("utf-8")) == []
    assert marked("level", LEVEL + CHECK + "seeds = [0, 7, 12]") == []


@pytest.mark.parametrize("kind", ["site", "vehicle"])
def test_what_a_level_may_change_is_what_the_part_has(kind: str) -> None:
    """Every key with its range and its meaning, none of them needed, and no others."""
    changes = schema_of("level")["properties"][f"{kind}_changes"]
    own = {key: part for key, part in _keys(schema_of(kind)) if key not in HEADER}
    assert [key for key, _ in _keys(changes)] == list(own)
    for key, part in _keys(changes):
        if "properties" in part:
            assert part["required"] == []
            assert part["additionalProperties"] is False
        else:
            assert part == {word: value for word, value in own[key].items() if word != "default"}, key
    assert changes["required"] == []


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """A level's by itself; and nothing but ASCII, so that any shell can keep it in a file."""
    for words, kind in ((["schema"], "level"), *((["schema", kind], kind) for kind in KINDS)):
        assert main(words) == 0
        out, err = capsys.readouterr()
        assert json.loads(out) == schema_of(kind)
        assert err == ""
        assert out.isascii()


def test_a_kind_that_is_none_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """With the nearest one."""
    assert main(["schema", "sites"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "skycrane: there is no kind of file 'sites', only level, site, vehicle; did you mean site?\n"


def _records(cls: type[Any]) -> Iterator[type[Any]]:
    """A record and every one below it."""
    yield cls
    for hint in get_type_hints(cls).values():
        for option in (hint, *get_args(hint)):
            if is_dataclass(option):
                yield from _records(option)  # type: ignore[arg-type]


def _keys(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of a file with its schema; entries of a list are passed through."""
    for name, part in schema.get("properties", {}).items():
        key = f"{path}.{name}" if path else name
        yield key, part
        yield from _keys(part, key)
        yield from _keys(part.get("items", {}), key)


def _numbers(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    found = ((key, part) for key, part in _own_keys(schema) if part.get("type") in ("number", "integer"))
    return ((key, part) for key, part in found if not key.startswith("check.expect"))  # the report's figures


def _lists(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((key, part) for key, part in _own_keys(schema) if "prefixItems" in part.get("items", {}))


def _own_keys(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Without those of its parts that a level may change, which are the parts' own."""
    return ((key, part) for key, part in _keys(schema) if "_changes." not in key)


def _with(data: dict[str, Any], key: str, value: object) -> dict[str, Any]:
    """The file with this value at this key, in the first entry where there is a list of tables."""
    data = deepcopy(data)
    *tables, name = key.split(".")
    here: Any = data
    for table in tables:
        here = here[table]
        here = here[0] if isinstance(here, list) else here
    here[name] = value
    return data


def _key(error: Any) -> str:
    return ".".join(part for part in error.absolute_path if isinstance(part, str))
