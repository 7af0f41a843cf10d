"""Which game wrote a file; pyproject.toml says the same, and a test holds them together."""

from __future__ import annotations

from typing import Final

GAME_VERSION: Final = "0.1.0"
