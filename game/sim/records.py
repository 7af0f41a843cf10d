"""What every value that is read from a file has in common."""

from __future__ import annotations

from typing import Any, ClassVar

Table = tuple[tuple[float, float], ...]


class Record:
    """Base of every value that is read from a file; a validating reader finds its manners in the attribute."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "strict": True, "allow_inf_nan": False}
