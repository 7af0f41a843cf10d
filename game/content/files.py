"""Reading a data file: TOML to a table of keys, and how places and values are told. What is in it: reading.py.

Nothing here raises for a bad file: sentences are appended to a list, so that a caller can read on and tell everything
that is wrong, also in the other files. A sentence begins with the file and the key: `levels/x.toml: start.t_s: ...`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

SCHEMA: Final = 1
KINDS: Final = ("level", "site", "vehicle")
HEADER: Final = ("schema", "kind", "id")

ID_PATTERN: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
LONGEST_ID: Final = 64

_ID: Final = re.compile(ID_PATTERN)
_MOST_BYTES: Final = 1_000_000  # a level is a few kilobytes: what is larger is something else
_LONGEST_LINE: Final = 10_000
_DEEPEST: Final = 10  # tables and lists inside each other
_LARGEST: Final = 2**63  # what TOML promises of whole numbers
_LONGEST_SHOWN: Final = 40
# Twenty parts joined by dots: more than any key has, and tomllib takes a time that grows with their square.
_LONG_KEY: Final = re.compile(r"""(?<![\w-])(?:(?:"[^"\n]*"|'[^'\n]*'|[\w-]++)[ \t]*\.[ \t]*){20}""")

Where = tuple[int | str, ...]  # a place in a file: names of tables and keys, and places in lists, counted from 0
Misfit = tuple[Where, str]  # a place, and what is wrong there


@dataclass(frozen=True, slots=True)
class Source:
    """A file and the name by which sentences call it."""

    path: Path
    label: str


def is_id(text: str) -> bool:
    """Whether this can be an id: small letters, digits and single hyphens, and short enough for a file's name."""
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


class _UnreadableError(Exception):
    """Why a file is no table; str() is the end of a sentence that begins with the file."""


def read_toml(source: Source, problems: list[str]) -> dict[str, Any] | None:
    """The file's table, or None with the reason appended to `problems`."""
    try:
        table = _table_of(_text_of(source.path))
    except _UnreadableError as error:
        problems.append(f"{source.label}: {error}")
        return None
    excesses = [f"{source.label}: {key_of(where)}: {excess}" for where, excess in _excesses(table, ())]
    problems += excesses
    return None if excesses else table


def _text_of(path: Path) -> str:
    try:
        if path.is_dir():
            raise _UnreadableError("is a folder, not a TOML file")
        if path.exists() and not path.is_file():  # a pipe would keep us waiting
            raise _UnreadableError("is a device or a pipe, not a TOML file")
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        what = "is a link to nothing" if path.is_symlink() else "there is no such file"
        raise _UnreadableError(what) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _UnreadableError(f"cannot be read: {reason}") from error
    if len(raw) > _MOST_BYTES:
        raise _UnreadableError("is larger than a megabyte, which no level is")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(f"line {line} is not UTF-8 text") from error


def _table_of(text: str) -> dict[str, Any]:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _LONGEST_LINE:
            raise _UnreadableError(f"line {number} is longer than {_LONGEST_LINE:,} characters, which no level has")
        if _LONG_KEY.search(line):
            raise _UnreadableError(f"line {number} has a key of too many parts")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _UnreadableError("is not valid TOML: too many tables or lists lie inside each other") from error
    except ValueError as error:
        reason = "a number has too many digits" if "int_max_str_digits" in str(error) else plain(str(error))
        raise _UnreadableError(f"is not valid TOML: {reason}") from error


def _excesses(value: object, where: Where) -> Iterator[tuple[Where, str]]:
    """What no record could hold and no later check should meet: bottomless tables and boundless numbers."""
    if isinstance(value, dict | list):
        if len(where) > _DEEPEST:
            yield where[:1], f"has more than {_DEEPEST} tables or lists inside each other"
            return
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _excesses(part, (*where, key))
    elif isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        yield where, "is a whole number too large for a file"


def check_header(data: Mapping[str, Any], source: Source, kind: str, problems: list[str]) -> None:
    """Whether schema, kind and id are what a file of this kind and name must say."""
    label = source.label
    for key in HEADER:
        if key not in data:
            problems.append(f"{label}: {key}: is missing")
    schema = data.get("schema", SCHEMA)
    if type(schema) is not int or schema != SCHEMA:
        problems.append(f"{label}: schema: must be {SCHEMA}, not {shown(schema)}")
    if data.get("kind", kind) != kind:
        problems.append(f'{label}: kind: must be "{kind}" here, not {shown(data["kind"])}')
    stem = source.path.stem
    given = data.get("id", stem)
    if given != stem:
        problems.append(f'{label}: id: must be "{stem}" like the file\'s name, not {shown(given)}')
    elif not is_id(stem):
        problems.append(f"{label}: id: may have small letters, digits and single hyphens only: {shown(stem)}")


def key_of(where: Where) -> str:
    """A place in a file as its key; lists are counted from 1.

    >>> key_of(("ground", "roughness", 1, 0)), key_of(("check", 3, "expect", "reason_code", 0))
    ('ground.roughness, entry 2, value 1', 'check 4: expect.reason_code, entry 1')
    """
    told, names, numbers = "", [], []  # type: str, list[str], list[int]
    for part in where:
        if isinstance(part, int):
            numbers.append(part + 1)
        else:
            if numbers:  # a table of a list
                told += f"{'.'.join(names)} {', '.join(map(str, numbers))}: "
                names, numbers = [], []
            names.append(_short(part))
    ends = (f", {word} {number}" for word, number in zip(("entry", "value"), numbers, strict=False))
    return f"{told}{'.'.join(names)}{''.join(ends)}"


def shown(value: object) -> str:
    """A value as it could stand in the file, short enough for one line."""
    return _short(quoted(value))


def quoted(value: object) -> str:
    """The same at its whole length."""
    return json.dumps(value, default=str, ensure_ascii=False)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def plain(message: str) -> str:
    """A library's message as the end of our sentence: one line, no capital in front."""
    first = message.strip().splitlines()[0] if message.strip() else "it could not be understood"
    return first[0].lower() + first[1:]
