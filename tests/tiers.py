"""Which of many alike cases every run looks at: the others are slow tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def some(cases: Iterable[Any], quick: int = 1) -> list[Any]:
    """Parameters: the first ones in every run, the others marked slow."""
    return [case if at < quick else pytest.param(case, marks=pytest.mark.slow) for at, case in enumerate(cases)]
