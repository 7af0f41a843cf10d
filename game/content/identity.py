"""The content hash: which flight a replay or a score belongs to.

It covers the resolved FlightSpec and nothing else, so that a corrected brief voids no record, and a changed mass does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import blake2b
from typing import Final

from game.sim.spec import FlightSpec

_BYTES: Final = 16


def content_hash(spec: FlightSpec) -> str:
    """Hex digest of the spec's canonical text: equal specs, equal hashes, on every platform."""
    return blake2b(canonical_text(spec).encode(), digest_size=_BYTES).hexdigest()


def canonical_text(spec: FlightSpec) -> str:
    """The spec as lines `path=value`: fields in the order of their dataclasses, numbers exact in hexadecimal."""
    return "\n".join(_lines("", spec))


def _lines(path: str, value: object) -> Iterator[str]:
    if is_dataclass(value):
        for field in fields(value):
            yield from _lines(f"{path}.{field.name}" if path else field.name, getattr(value, field.name))
    elif isinstance(value, tuple):
        yield f"{path}#{len(value)}"
        for index, item in enumerate(value):
            yield from _lines(f"{path}[{index}]", item)
    elif isinstance(value, Enum):
        yield f"{path}={value.value}"
    elif value is None:
        yield f"{path}=none"
    elif isinstance(value, float | int):
        yield f"{path}={(float(value) + 0.0).hex()}"  # + 0.0: minus zero is zero
    else:
        raise TypeError(f"{path}: a FlightSpec holds numbers, codes, None and tuples of them, not {value!r}")
