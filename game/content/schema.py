"""What a level, site or vehicle file may say, as JSON Schema (draft 2020-12): for editors, and for docs/level-keys.md.

It is made of what files are read by: names, types and defaults by the same adapters, meanings from the records' own
docstrings (keys.py), ranges from ranges.py. What needs more than one key to be told (fits.py) is not in it: a file that
passes may still get a sentence from the game, and one that does not pass always gets one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from game.content.checks import MOST_SEEDS, PILOTS
from game.content.figures import Group, Leaf, figures
from game.content.files import HEADER, ID_PATTERN, LONGEST_ID, SCHEMA
from game.content.fits import GOAL_EVENTS, START_PHASES
from game.content.keys import meanings_of, summary_of
from game.content.lessons import MOST_STEPS
from game.content.levels import BEST_SCORE, FASTEST_PACE, SLOWEST_PACE, LevelFile
from game.content.modes import BOARDS
from game.content.ranges import TABLES, Bound, bound_of, rows_of
from game.content.reading import adapter_of
from game.sim.spec import SiteSpec
from game.sim.vehicle_spec import VehicleSpec

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
RECORDS: Final[dict[str, type[Any]]] = {"level": LevelFile, "site": SiteSpec, "vehicle": VehicleSpec}

Schema = dict[str, Any]

ONE_LINE: Final[Schema] = {"pattern": r"^[^\u0000-\u001f\u007f]*[^\s\u0000-\u001f\u007f][^\u0000-\u001f\u007f]*$"}
_ID: Final[Schema] = {"pattern": f"^{ID_PATTERN}$", "maxLength": LONGEST_ID}
_POINTS: Final[Schema] = {"minimum": 1, "maximum": BEST_SCORE}
_SEED: Final[Schema] = {"type": "integer", "minimum": 0}
_PILOT: Final = "|".join(pilot.replace("FILE", r".*\S.*") for pilot in PILOTS)

# What is said of a key elsewhere than by its type or its range: by the rule in levels.py, lessons.py or fits.py.
_RULES: Final[Mapping[str, Schema]] = {
    "title": ONE_LINE,
    "brief": ONE_LINE,
    "site": _ID,
    "vehicle": _ID,
    "start.phase": {"enum": [phase.value for phase in START_PHASES]},
    "goal.ends_at": {"enum": [event.value for event in GOAL_EVENTS]},
    "pace": {"additionalProperties": {"type": "number", "minimum": SLOWEST_PACE, "maximum": FASTEST_PACE}},
    "medals.bronze": _POINTS,
    "medals.silver": _POINTS,
    "medals.gold": _POINTS,
    "medals.author": _POINTS,
    "check.name": ONE_LINE,
    "check.pilot": {"pattern": f"^({_PILOT})$"},
    "check.mode": {"enum": [mode.value for mode in BOARDS]},
    "check.seeds.first": {"minimum": 0},
    "check.seeds.count": {"minimum": 1, "maximum": MOST_SEEDS},
    "check.at_least": {"minimum": 1, "maximum": MOST_SEEDS},
    "lesson.teaches": ONE_LINE,
    "lesson.steps": {"items": {"type": "string"} | ONE_LINE, "minItems": 1, "maxItems": MOST_STEPS},
}
_CHANGES: Final = {"site_changes": "site", "vehicle_changes": "vehicle"}  # keys that hold some of another file's


def schema_of(kind: str) -> Schema:
    """The schema of a file of this kind: level, site or vehicle. Every `title` is about a table as a whole, and every
    `description` says what a key means.

    Raises KeyError for another kind.
    """
    body = _body_of(kind)
    header: Schema = {
        "schema": {"description": "the format of the file", "const": SCHEMA},
        "kind": {"description": "what the file is", "const": kind},
        "id": {"description": "the file's name without .toml", "type": "string"} | _ID,
    }
    return {
        "$schema": DRAFT,
        "title": f"SKYCRANE {kind}",
        "type": "object",
        "properties": header | body["properties"],
        "required": [*HEADER, *body["required"]],
        "additionalProperties": False,
    }


def _body_of(kind: str) -> Schema:
    """The keys of such a file without its header."""
    made = adapter_of(RECORDS[kind]).json_schema()
    return _Maker(made.get("$defs", {})).value(made, "")


def _some_of(table: Schema) -> Schema:
    """The same table with none of its keys needed, nor of those in its tables: what may be said, and need not."""
    properties = {}
    for name, part in table["properties"].items():
        plain = {word: value for word, value in part.items() if word != "default"}
        properties[name] = _some_of(plain) if "properties" in plain else plain
    return table | {"properties": properties, "required": []}


class _Maker:
    """Writes pydantic's schema of a record out as one tree, and adds what it does not know."""

    def __init__(self, named: Mapping[str, Schema]) -> None:
        self._named = named

    def value(self, given: Schema, key: str) -> Schema:
        """The schema of what stands at `key`, a path such as `start.arrival`."""
        if "$ref" in given:
            rest = {name: part for name, part in given.items() if name != "$ref"}
            return self.value(self._named[given["$ref"].rpartition("/")[2]] | rest, key)
        if key == "check.expect":
            return _expected(figures())
        if key == "check.seeds" and given.get("type") == "array":
            return {"type": "array", "items": _SEED, "minItems": 1, "maxItems": MOST_SEEDS, "uniqueItems": True}
        options = [option for option in given.get("anyOf", ()) if option.get("type") != "null"]  # TOML has no null
        if options:
            first, *others = (self.value(option, key) for option in options)
            made = {"anyOf": [first, *others]} if others else first
        else:
            made = self._of_type(given, key)
        default, bound = given.get("default"), bound_of(key)
        if default is not None and not (bound and isinstance(default, float) and bound.fault(default)):
            made["default"] = default  # one out of range stands for a key that only some starts have
        return made | _RULES.get(key, {})

    def _of_type(self, given: Schema, key: str) -> Schema:
        kind = given.get("type")
        if key in _CHANGES:
            return _some_of(_body_of(_CHANGES[key]))
        if kind == "object":
            return self._record(given, key) if "properties" in given else self._table_of_keys(given, key)
        if kind == "array":
            return self._list(given, key)
        bound = bound_of(key) if kind in {"number", "integer"} else None
        kept = {name: part for name, part in given.items() if name in {"type", "enum", "const"}}
        return kept | (_range(bound) if bound else {})

    def _record(self, given: Schema, key: str) -> Schema:
        text = given.get("description", "")  # the record's docstring
        meanings = meanings_of(text)
        properties = {}
        for name, part in given["properties"].items():
            said = {"description": meanings[name]} if name in meanings else {}
            properties[name] = said | self.value(part, f"{key}.{name}" if key else name)
        return {
            "title": summary_of(text),
            "type": "object",
            "properties": properties,
            "required": given.get("required", []),
            "additionalProperties": False,
        }

    def _table_of_keys(self, given: Schema, key: str) -> Schema:
        made: Schema = {"type": "object"}
        if "propertyNames" in given:
            made["propertyNames"] = self.value(given["propertyNames"], f"{key}.*")
        if isinstance(given.get("additionalProperties"), dict):
            made["additionalProperties"] = self.value(given["additionalProperties"], f"{key}.*")
        return made

    def _list(self, given: Schema, key: str) -> Schema:
        name = key.rpartition(".")[2]
        made: Schema = {"type": "array"}
        for limit in ("minItems", "maxItems"):
            if limit in given:
                made[limit] = given[limit]
        if name in TABLES:
            made["items"] = _row(TABLES[name][0])
            made["minItems"], made["maxItems"] = rows_of(name)
        elif "prefixItems" in given:
            made["prefixItems"] = [self.value(part, key) for part in given["prefixItems"]]
        elif "items" in given:
            made["items"] = self.value(given["items"], key)
        return made


def _expected(group: Group) -> Schema:
    """Bounds on the figures of a group, at least one. Where all have the same shape, as events do, it is said once."""
    below = {name: _expected(part) if isinstance(part, Group) else _bound(part) for name, part in group.below.items()}
    shapes = [below[name] for name, part in group.below.items() if isinstance(part, Group)]
    made: Schema = {"type": "object", "minProperties": 1}
    if group.free is not None:
        return made | {"additionalProperties": _bound(group.free)}
    if shapes and len(shapes) == len(below) and all(shape == shapes[0] for shape in shapes):
        return made | {"propertyNames": {"enum": list(below)}, "additionalProperties": shapes[0]}
    return made | {"properties": below, "additionalProperties": False}


def _bound(leaf: Leaf) -> Schema:
    """What may be said of one figure: between which numbers it lies, or which words it may be."""
    if leaf.number:
        ends = {"least": {"type": "number"}, "most": {"type": "number"}}
        return {"type": "object", "properties": ends, "minProperties": 1, "additionalProperties": False}
    word: Schema = {"type": "string"} | ({"enum": list(leaf.words)} if leaf.words else {})
    return {"anyOf": [word, {"type": "array", "items": word, "minItems": 1}]}


def _row(bounds: tuple[Bound, ...]) -> Schema:
    columns = [{"type": "number"} | _range(bound) for bound in bounds]
    # Readers of older drafts, as taplo is, do not know `prefixItems`; to them `items` is of every column.
    widest = {"minimum": min(bound.low for bound in bounds), "maximum": max(bound.high for bound in bounds)}
    any_column: Schema = {"type": "number"} | widest
    return {
        "type": "array", "prefixItems": columns, "items": any_column, "minItems": len(columns), "maxItems": len(columns)
    }  # fmt: skip


def _range(bound: Bound) -> Schema:
    return {"exclusiveMinimum" if bound.above else "minimum": bound.low, "maximum": bound.high}
