"""What tests of pictures share: a window that nobody sees, and the look that the game comes with."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.record.preferences import Preferences
from game.view import fonts, look


@pytest.fixture(scope="module")
def window() -> Iterator[None]:
    """Open as long as a module's tests run: `pytestmark = pytest.mark.usefixtures("window")`."""
    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((64, 48))
    yield
    fonts.forget()
    pygame.display.quit()


@pytest.fixture
def plain_look() -> Iterator[None]:
    """Whatever a test wears, it finds the usual look and leaves it."""
    look.wear(Preferences())
    yield
    look.wear(Preferences())
