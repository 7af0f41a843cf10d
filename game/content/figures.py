"""The figures of a flight by their paths, such as `touchdown.speed_mps` or `events.mortar.mach`: read off FlightReport.

What there is follows from the report's own records and codes and is listed nowhere, so a new figure can be asked for by
itself. Numbers are one kind of leaf, words (an outcome, a reason) the other; what is neither is no figure. A list of
records goes by their names: `parts.heat_shield.downrange_m`; of an event the first counts, and `times` says how many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from game.report import FlightReport, PartDown
from game.sim.events import Event, EventName
from game.sim.snapshot import Outcome, Part

TIMES: Final = "times"

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A figure: a number, or words, of which `words` are all that there can be unless it is empty."""

    number: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Figures and further groups by name; `free` is what every other name stands for, where the flight chooses them."""

    below: Mapping[str, Leaf | Group]
    free: Leaf | None = None

    def at(self, name: str) -> Leaf | Group | None:
        return self.below.get(name, self.free)


NUMBER: Final = Leaf(number=True)
_TEXT: Final = Leaf(number=False)
_NAMED: Final[dict[type[Any], type[StrEnum]]] = {Event: EventName, PartDown: Part}  # what the records of a list go by


@cache
def figures() -> Group:
    """All figures of a flight."""
    return _group(FlightReport)


def _group(record: type[Any], without: str = "") -> Group:
    hints = get_type_hints(record)
    found = {field.name: _shape(hints[field.name]) for field in fields(record) if field.name != without}
    return Group({name: shape for name, shape in found.items() if shape is not None})


def _shape(hint: Any) -> Leaf | Group | None:
    if get_origin(hint) in (UnionType, Union):  # a record or None
        return next((_shape(option) for option in get_args(hint) if is_dataclass(option)), None)
    if get_origin(hint) is tuple:
        return _list_shape(get_args(hint)[0])
    if hint in (int, float):
        return NUMBER
    if hint is str:
        return _TEXT
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Leaf(number=False, words=tuple(word for word in hint if word is not Outcome.FLYING))  # it is over
    return _group(hint) if is_dataclass(hint) and isinstance(hint, type) else None


def _list_shape(element: Any) -> Group | None:
    if get_origin(element) is tuple:  # pairs of a name and a number
        return Group({}, NUMBER)
    if element not in _NAMED:
        return None
    each = _group(element, without="name")
    if element is Event:
        each = Group({**each.below, TIMES: NUMBER})
    return Group(dict.fromkeys(_NAMED[element], each))


@dataclass(frozen=True, slots=True)
class Missing:
    """A place of the report where a flight has nothing: no touchdown, no such event; `known` are the others there."""

    place: Path
    known: tuple[str, ...] = ()


def figure_at(report: FlightReport, path: Path) -> float | str | Missing:
    """What a flight has at a path of `figures()`."""
    here: Any = report
    for depth, name in enumerate(path, start=1):
        known: tuple[str, ...] = ()
        if not isinstance(here, tuple):
            here = getattr(here, name)
        elif here and isinstance(here[0], tuple):
            pairs = dict(here)
            here, known = pairs.get(name), tuple(pairs)
        else:
            found = [record for record in here if record.name == name]
            if path[depth:] == (TIMES,):
                return len(found)
            here = found[0] if found else None
        if here is None:
            return Missing(path[:depth], known)
    value: float | str = here
    return value
