"""Which seeds there are: 0, the nominal flight, and from there up to the largest that is flown and kept."""

from __future__ import annotations

from typing import Final

LARGEST_SEED: Final = 2**63 - 1  # what TOML and SQLite promise of whole numbers
