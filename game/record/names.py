"""Names of pilots and levels as a line of a record or a log can hold them."""

from __future__ import annotations

from typing import Final

LONGEST_NAME: Final = 120


def as_name(text: str) -> str:
    """One printable line, not too long: a file may be called anything."""
    plain = "".join(char if char.isprintable() else "?" for char in text)
    return plain[:LONGEST_NAME] or "?"
