"""Tables of keys read strictly into the sim's own records, with every fault of names and types named in one go.

One fault must not hide another: what is misspelt is read on by the name that was meant, and what is sound by itself is
there for the rules on values (ranges.py, fits.py) also where other keys are not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from copy import deepcopy
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, Final, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from game.content.files import (
    HEADER,
    KINDS,
    Misfit,
    Source,
    Where,
    check_header,
    key_of,
    plain,
    read_toml,
    shown,
)

T = TypeVar("T")
More = Callable[[Mapping[str, Any]], Iterable[Misfit]]

_STRAY: Final = ("unexpected_keyword_argument", "extra_forbidden")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A table of keys as it was read.

    record  None where anything is wrong with names and types: that is told
    keys    as they were meant: a misspelt key has the name that it should have, one that is none is left out
    sound   the values of all keys of the record that are sound by themselves; of a record in it that is not, what is
            sound there, as Partly
    told    the places of which something has been told; the value of a misspelt key is no matter until it is a key
    names   of keys that were misspelt: the place that was meant, and the name that is written there
    """

    record: T | None = None
    keys: Mapping[str, Any] = field(default_factory=dict)
    sound: Mapping[str, Any] = field(default_factory=dict)
    told: AbstractSet[Where] = frozenset()
    names: Mapping[Where, str] = field(default_factory=dict)

    def unsaid(self, misfits: Iterable[Misfit]) -> Iterator[tuple[str, str]]:
        """What rules find, by the keys of the file; nothing of places of which something has been told."""
        for where, fault in misfits:
            if not _lies_in(where, self.told):
                yield key_of(_as_written(where, self.names)), fault

    def unsaid_of(self, faults: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The same of rules that call places by their keys."""
        told = {key_of(where) for where in self.told}
        written = {key_of(where): key_of(_as_written(where, self.names)) for where in self.names}
        for key, fault in faults:
            if key not in told:
                table = next((meant for meant in written if key.startswith((f"{meant}.", f"{meant} "))), "")
                yield f"{written[table]}{key[len(table) :]}" if table else key, fault


class UnsoundError(Exception):
    """A key was asked for that is not sound."""


class Partly:
    """A record as far as it is sound; whoever asks it for more gets an UnsoundError."""

    def __init__(self, sound: Mapping[str, Any]) -> None:
        self._sound = sound

    def __getattr__(self, name: str) -> Any:
        try:
            return self._sound[name]
        except KeyError:
            raise UnsoundError from None


def as_far_as_sound(faults: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What a rule finds; it has nothing to say where it would need what is not sound, which is told."""
    with suppress(UnsoundError):
        yield from faults


def read_record(source: Source, kind: str, cls: type[T], problems: list[str], more: More | None = None) -> Reading[T]:
    """A whole file as one record. What is wrong with the names and types of its keys goes to `problems`.

    Of a file that says that it is of another kind nothing else is told. `more` finds what no type can say in the keys,
    and has the word on the places that it names and on all below them.
    """
    data = read_toml(source, problems)
    if data is None:
        return Reading()
    given = data.get("kind", kind)
    if given != kind and given in KINDS:
        problems.append(f"{source.label}: is a {given}, not a {kind}")
        return Reading()
    before = len(problems)
    check_header(data, source, kind, problems)
    head_is_good = len(problems) == before
    body = {key: value for key, value in data.items() if key not in HEADER}
    reading = record_of(body, cls, f"{source.label}: ", problems, more)
    return reading if head_is_good else Reading(None, reading.keys, reading.sound, reading.told, reading.names)


def record_of(
    body: Mapping[str, Any], cls: type[T], begins: str, problems: list[str], more: More | None = None
) -> Reading[T]:
    """These keys as one record. What is wrong goes to `problems`: a sentence each, which `begins` so and goes on with
    the key. `more` as in `read_record`.
    """
    before = len(problems)
    names: dict[Where, str] = {}
    misnamed: set[Where] = set()
    keys = body
    while True:
        own = [misfit for misfit in more(keys) if not _lies_in(misfit[0], misnamed)] if more else []
        places = {where for where, _ in own} | misnamed
        record, faults = _validated(cls, keys)
        faults = [fault for fault in faults if not _lies_in(fault["loc"], places)]
        strays = [fault["loc"] for fault in faults if fault["type"] in _STRAY]
        if not strays:
            break
        keys = deepcopy(dict(keys))
        for where in strays:
            above, name = where[:-1], str(where[-1])
            table = _table_at(keys, above)
            fault, meant = _stray_fault(_keys_at(cls, above), name, table)
            problems.append(f"{begins}{key_of(_as_written(where, names))}: {fault}")
            if meant:
                names[*above, meant] = name
                if not _has_tables(table[name]):
                    misnamed.add((*above, meant))
            _rename(table, name, meant)
    told = [*own, *map(_misfit, faults)]
    places.update(where for where, _ in told)
    # In JSON dates are text, so that only where text belongs they pass.
    dates = [(where, f"must be text, not {given}") for where, given in _dates(keys, ()) if not _lies_in(where, places)]
    for where, words in (*told, *dates):
        problems.append(f"{begins}{key_of(_as_written(where, names))}: {words}")
    places.update(where for where, _ in dates)
    if record is not None and len(problems) == before:
        return Reading(record, keys, {part.name: getattr(record, part.name) for part in fields(cls)})  # type: ignore[arg-type]
    return Reading(None, keys, _sound(cls, keys, places - misnamed), places, names)


def _validated(cls: type[T], keys: object) -> tuple[T | None, list[ErrorDetails]]:
    try:
        # In JSON mode lists become tuples and codes become enums, while everything else stays strict.
        return adapter_of(cls).validate_json(json.dumps(keys, default=str)), []
    except ValidationError as error:
        return None, error.errors()


def _sound(cls: type[Any], keys: Mapping[str, Any], told: AbstractSet[Where]) -> dict[str, Any]:
    """The values of the keys of a record of which, and below which, nothing has been told; a record in it of which
    something has been told is there as Partly.
    """
    hints: dict[str, Any] = get_type_hints(cls)
    sound: dict[str, Any] = {}
    for part in fields(cls):
        below = {where[1:] for where in told if where[:1] == (part.name,)}
        record = _record_in(hints[part.name])
        if below:
            if () not in below and is_dataclass(record):
                sound[part.name] = Partly(_sound(record, keys[part.name], below))  # type: ignore[arg-type]
        elif part.name in keys:
            value, faults = _validated(hints[part.name], keys[part.name])
            if not faults:
                sound[part.name] = value
        elif part.default is not MISSING:
            sound[part.name] = part.default
        elif part.default_factory is not MISSING:
            sound[part.name] = part.default_factory()
    return sound


def _dates(value: object, where: Where) -> Iterator[tuple[Where, str]]:
    """The dates and times of a table, which no record has."""
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _dates(part, (*where, key))
    elif not isinstance(value, str | int | float):  # nothing else is left of what TOML has
        yield where, str(value)


def _lies_in(where: Where, places: AbstractSet[Where]) -> bool:
    """Whether a place is one of these or below one of them."""
    return any(where[:length] in places for length in range(1, len(where) + 1))


# --- names ---


def _as_written(where: Where, names: Mapping[Where, str]) -> Where:
    """A place with the names that the file has for what was meant."""
    return tuple(names.get(where[:depth], part) for depth, part in enumerate(where, start=1))


def _stray_fault(known: Sequence[str], name: str, table: Mapping[str, Any]) -> tuple[str, str | None]:
    """What to say of a key that is none, and the name that it should have if that can be told and is free."""
    near = get_close_matches(name, known, n=1)
    if near:
        return f"is not a key here; did you mean {near[0]}?", None if near[0] in table else near[0]
    return f"is not a key here; there is {', '.join(known)}", None


def _table_at(keys: Any, where: Where) -> dict[str, Any]:
    for part in where:
        keys = keys[part]
    table: dict[str, Any] = keys
    return table


def _has_tables(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(part, dict) for part in value))


def _rename(table: dict[str, Any], old: str, new: str | None) -> None:
    """Give a key another name in its place, or none: then it goes."""
    items = [(new if key == old else key, value) for key, value in table.items()]
    table.clear()
    table.update((key, value) for key, value in items if key is not None)


def is_key(cls: type[Any], where: Where) -> bool:
    """Whether a record, with all the records below it, has such a place."""
    names = ((where[:depth], part) for depth, part in enumerate(where) if isinstance(part, str))
    return all(name in _keys_at(cls, above) for above, name in names)


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


# --- types ---

_ADAPTERS: Final[dict[Any, TypeAdapter[Any]]] = {}


def adapter_of(cls: type[T]) -> TypeAdapter[T]:
    """Made once for a kind of record: it takes longer than reading a file with it."""
    if cls not in _ADAPTERS:
        _ADAPTERS[cls] = TypeAdapter(cls)
    return _ADAPTERS[cls]


def _misfit(fault: ErrorDetails) -> Misfit:
    """One pydantic fault in plain words."""
    where, kind, context = fault["loc"], fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return (where[:-1], "has too few values") if isinstance(where[-1], int) else (where, "is missing")
    if kind == "too_long":
        return where, f"has {context.get('actual_length', 'too many')} values where {context['max_length']} belong"
    if kind == "finite_number":
        return where, "must be a finite number"
    if kind == "enum":
        key = where[:-1] if where[-1] == "[key]" else where
        return key, f"must be one of {context['expected'].replace(' or ', ', ')}"
    wanted = _WANTED.get(kind)
    return where, plain(fault["msg"]) if wanted is None else f"must be {wanted}, not {shown(fault['input'])}"


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
