"""The hash of a state: equal digests mean equal flights, to the last bit."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from struct import pack
from typing import Final

_BYTES: Final = 16


def digest_of(tick: int, words: Sequence[str], numbers: Sequence[float]) -> str:
    """Hex digest of a tick, some codes and doubles, each in the order given."""
    state = blake2b(digest_size=_BYTES)
    state.update(pack("<q", tick))
    state.update("\0".join(words).encode())
    state.update(pack(f"<{len(numbers)}d", *numbers))
    return state.hexdigest()
