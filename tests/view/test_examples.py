"""The examples in the docstrings of what the window is made of are true."""

from __future__ import annotations

import doctest

import pytest

from game import app
from game.input import keys
from game.record import settings
from game.view import camera, cloth, palette


@pytest.mark.parametrize("module", [app, camera, cloth, keys, palette, settings], ids=lambda module: module.__name__)
def test_examples(module: object) -> None:
    """Each runs and gives what it says."""
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
