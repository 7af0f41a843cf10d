"""The tables of docs/level-keys.md, made from the schema of each kind of file.

python -m tests.content.docs      writes them, and says which of them changed
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from game.content.files import KINDS
from game.content.keys import unit_of_key
from game.content.schema import ONE_LINE, schema_of
from tests.pages import write_table

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "level-keys.md"
HEAD: Final = "| key | in | range | default | meaning |\n|---|---|---|---|---|"
BOUNDS: Final = "check.expect"
TYPES: Final = {
    "bounds": "bounds on figures", "string": "text", "integer": "whole number", "number": "number",
    "boolean": "true or false",
}  # fmt: skip


def tables_of(kind: str) -> str:
    """All tables of a kind of file: its own keys first, then each table of it under its name."""
    return "\n\n".join(_tables(schema_of(kind), "", kind))


def _tables(schema: dict[str, Any], name: str, kind: str) -> Iterator[str]:
    """The table of one record, and then those below it."""
    head = f"### `{name}`\n\n{schema['title']}\n\n" if name else ""
    rows, below = [], []
    path = name.strip("[]")
    for key, said in schema["properties"].items():
        full = f"{path}.{key}" if path else key
        # Which figures there are, docs/flight-names.md tells.
        part = {"description": said["description"], "type": "bounds"} if full == BOUNDS else said
        rows.append(_row(key, full, part, needed=key in schema["required"]))
        record, called = _record_in(part, full)
        if record is not None:
            below.append((record, called))
    yield f"{head}{HEAD}\n" + "\n".join(rows)
    for record, called in below:
        yield from _tables(record, called, kind)


def _record_in(part: dict[str, Any], full: str) -> tuple[dict[str, Any] | None, str]:
    """The record that a key holds, or a list of it, with the head of its table in a file."""
    if full.endswith("_changes"):
        return None, ""  # of another file's keys, which have their own tables
    if "properties" in part:
        return part, f"[{full}]"
    either = next((option for option in part.get("anyOf", ()) if "properties" in option), None)
    if either is not None:
        return either, f"[{full}]"
    items = part.get("items")
    if isinstance(items, dict) and "properties" in items:
        return items, f"[[{full}]]"
    return None, ""


def _row(key: str, full: str, part: dict[str, Any], *, needed: bool) -> str:
    default = "needed" if needed else _value(part["default"]) if part.get("default") not in (None, []) else "optional"
    cells = (f"`{key}`", _type(full, part), _range(part), default, part["description"])
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _type(full: str, part: dict[str, Any]) -> str:
    record, called = _record_in(part, full)
    if record is not None:
        return f"list or `{called}`" if "anyOf" in part else f"`{called}`"
    unit = unit_of_key(full)
    if "const" in part:
        return TYPES["string"] if isinstance(part["const"], str) else TYPES["integer"]
    kind = part.get("type")
    if kind == "object":
        return f"table `[{full}]`"
    if kind == "array":
        if "prefixItems" in part:
            return f"{len(part['prefixItems'])} numbers, {unit}"
        columns = part["items"].get("prefixItems")
        return f"lists of {len(columns)}" if columns else f"list of {TYPES[part['items']['type']]}"
    return unit if unit and kind == "number" else TYPES[kind] if isinstance(kind, str) else ""


def _range(part: dict[str, Any]) -> str:
    if "const" in part:
        return f"`{_value(part['const'])}`"
    if "enum" in part:
        return ", ".join(f"`{_value(word)}`" for word in part["enum"])
    if "propertyNames" in part and "enum" in part["propertyNames"]:
        words = ", ".join(f"`{word}`" for word in part["propertyNames"]["enum"])
        return f"{words}: {_range(part['additionalProperties'])}"
    if part.get("type") == "array":
        return _range_of_list(part)
    if "maxLength" in part:
        return f"small letters, digits and single hyphens, {part['maxLength']} at most"
    if part.get("pattern") == ONE_LINE["pattern"]:
        return "one line"
    if "maximum" not in part:
        return ""
    low = f"above {_value(part['exclusiveMinimum'])}, up" if "exclusiveMinimum" in part else _value(part["minimum"])
    return f"{low} to {_value(part['maximum'])}"


def _range_of_list(part: dict[str, Any]) -> str:
    items = part.get("items", {})
    columns = part.get("prefixItems", items.get("prefixItems", ()))
    said = list(dict.fromkeys(_range(column) for column in columns))
    if "prefixItems" not in part and "maxItems" in part:
        said.append(f"{part.get('minItems', 0)} to {part['maxItems']:,} entries")
    return "; ".join(filter(None, said))


def _value(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).lower()
    return f"{value:,.10g}" if value == 0 or abs(value) >= 1e-3 else f"{value:g}"


def write() -> None:
    """Write what is new, and say so."""
    for kind in KINDS:
        is_new = write_table(PAGE, kind, tables_of(kind))
        print(f"{kind}: {'new' if is_new else 'unchanged'}")


if __name__ == "__main__":
    write()
