"""Reading a data file strictly: TOML to one of the sim's own records, with every fault named in one go.

Nothing here raises for a bad file: sentences are appended to a list, so that a caller can read on and tell everything
that is wrong, also in the other files. A sentence begins with the file and the key: `levels/x.toml: start.t_s: ...`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

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

T = TypeVar("T")


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
        reason = "a number has too many digits" if "int_max_str_digits" in str(error) else _plain(str(error))
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


def _dates(value: object, where: Where) -> Iterator[tuple[Where, str]]:
    """The dates and times of a table, which no record has."""
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _dates(part, (*where, key))
    elif not isinstance(value, str | int | float):  # nothing else is left of what TOML has
        yield where, str(value)


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


def read_record(
    source: Source,
    kind: str,
    cls: type[T],
    problems: list[str],
    more: Callable[[Mapping[str, Any]], Iterable[Misfit]] | None = None,
) -> tuple[T | None, dict[str, Any]]:
    """A whole file as one record, and its keys as written. What is wrong with their names and types goes to `problems`.

    The record is None when there is any such fault; the keys are there whenever the file is TOML. `more` finds what no
    type can say in the keys as written, and has the word on the places that it names and on all below them.
    """
    data = read_toml(source, problems)
    if data is None:
        return None, {}
    before = len(problems)
    check_header(data, source, kind, problems)
    body = {key: value for key, value in data.items() if key not in HEADER}
    record = record_of(body, cls, f"{source.label}: ", problems, more)
    return (record if len(problems) == before else None), body


def record_of(
    body: Mapping[str, Any],
    cls: type[T],
    begins: str,
    problems: list[str],
    more: Callable[[Mapping[str, Any]], Iterable[Misfit]] | None = None,
) -> T | None:
    """These keys as one record, or None with what is wrong in `problems`: a sentence each, which `begins` so and goes
    on with the key. `more` as in `read_record`.
    """
    before = len(problems)
    told = list(more(body)) if more else []
    problems.extend(f"{begins}{key_of(where)}: {fault}" for where, fault in told)
    faulty = {where for where, _ in told}
    record: T | None = None
    try:
        # In JSON mode lists become tuples and codes become enums, while everything else stays strict.
        record = adapter_of(cls).validate_json(json.dumps(body, default=str))
    except ValidationError as error:
        faults = [fault for fault in error.errors() if not _lies_in(fault["loc"], faulty)]
        problems.extend(f"{begins}{_sentence(cls, fault)}" for fault in faults)
        faulty.update(fault["loc"] for fault in faults)
    for where, given in _dates(body, ()):  # in JSON they are text, so that only where text belongs they pass
        if not _lies_in(where, faulty):
            problems.append(f"{begins}{key_of(where)}: must be text, not {given}")
    return record if len(problems) == before else None


def _lies_in(where: Where, places: AbstractSet[Where]) -> bool:
    """Whether a place is one of these or below one of them."""
    return any(where[:length] in places for length in range(1, len(where) + 1))


_ADAPTERS: Final[dict[type[Any], TypeAdapter[Any]]] = {}


def adapter_of(cls: type[T]) -> TypeAdapter[T]:
    """Made once for a kind of record: it takes longer than reading a file with it."""
    if cls not in _ADAPTERS:
        _ADAPTERS[cls] = TypeAdapter(cls)
    return _ADAPTERS[cls]


def _sentence(cls: type[Any], fault: ErrorDetails) -> str:
    """One pydantic fault in plain words, with the key in front."""
    where, kind, given = fault["loc"], fault["type"], fault["input"]
    context = fault.get("ctx", {})
    key = key_of(where)
    inside_list = bool(where) and isinstance(where[-1], int)
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        known = _keys_at(cls, where[:-1])
        near = get_close_matches(str(where[-1]), known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(known)}"
        return f"{key}: is not a key here; {hint}"
    if kind == "missing":
        return f"{key_of(where[:-1])}: has too few values" if inside_list else f"{key}: is missing"
    if kind == "too_long":
        return f"{key}: has {context.get('actual_length', 'too many')} values where {context['max_length']} belong"
    if kind == "finite_number":
        return f"{key}: must be a finite number"
    if kind == "enum":
        return f"{key.removesuffix('.[key]')}: must be one of {context['expected'].replace(' or ', ', ')}"
    wanted = _WANTED.get(kind)
    if wanted is None:
        return f"{key}: {_plain(fault['msg'])}"
    return f"{key}: must be {wanted}, not {shown(given)}"


_WANTED: Final = {
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "text",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a table of keys",
    "dataclass_type": "a table of keys",
    "dataclass_exact_type": "a table of keys",
}


def key_of(where: Where) -> str:
    """A place in a file as its key: `ground.roughness, entry 2, value 1`; lists are counted from 1."""
    names = ".".join(_short(part) for part in where if isinstance(part, str))
    numbers = [part for part in where if isinstance(part, int)]
    return names + "".join(f", {word} {number + 1}" for word, number in zip(("entry", "value"), numbers, strict=False))


def _keys_at(cls: type[Any], where: Where) -> tuple[str, ...]:
    """The keys that the record at this place has."""
    here: Any = cls
    for part in where:
        if isinstance(part, int):
            here = next(iter(get_args(here)), None)
        else:
            here = _record_in(get_type_hints(here).get(part)) if is_dataclass(here) else None
    return tuple(field.name for field in fields(here)) if is_dataclass(here) else ()


def _record_in(hint: Any) -> Any:
    """The type itself, or the record of `Record | None`."""
    if get_origin(hint) in (UnionType, Union):
        return next((option for option in get_args(hint) if is_dataclass(option)), None)
    return hint


def shown(value: object) -> str:
    """A value as it could stand in the file, short enough for one line."""
    return _short(json.dumps(value, default=str, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def _plain(message: str) -> str:
    """A library's message as the end of our sentence: one line, no capital in front."""
    first = message.strip().splitlines()[0] if message.strip() else "it could not be understood"
    return first[0].lower() + first[1:]
