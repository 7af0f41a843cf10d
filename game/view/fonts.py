"""The bundled typefaces: B612 for instruments, its Mono for figures, Barlow Condensed for titles."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final

import pygame

from game.content.paths import data_root
from game.view.palette import Rgb

SMALLEST_PX: Final = 11
_KEEP: Final = 600  # lines of text kept as pictures: a HUD changes about forty of them a second


class Face(StrEnum):
    """A font file's stem."""

    TEXT = "b612-regular"
    BOLD = "b612-bold"
    FIGURES = "b612-mono-regular"
    HEADING = "barlow-condensed-semibold"
    TITLE = "barlow-condensed-bold"


def font(face: Face, size_px: int) -> pygame.font.Font:
    """A face in one size; its file is part of the game, so a missing one is an error.

    Whoever else runs in this program may end pygame and begin it again, which fonts do not outlive: then they are made
    anew.
    """
    made = _made(face, size_px)
    try:
        made.get_height()
    except pygame.error:
        _made.cache_clear()
        made = _made(face, size_px)
    return made


@lru_cache(maxsize=64)
def _made(face: Face, size_px: int) -> pygame.font.Font:
    if not pygame.font.get_init():
        pygame.font.init()
    return pygame.font.Font(data_root() / "assets" / "fonts" / f"{face}.ttf", max(size_px, SMALLEST_PX))


@lru_cache(maxsize=_KEEP)
def line(text: str, face: Face, size_px: int, colour: Rgb) -> pygame.Surface:
    """One line of text as a picture; equal lines are drawn once."""
    return font(face, size_px).render(text, True, colour)


@lru_cache(maxsize=_KEEP)
def width(text: str, face: Face, size_px: int) -> int:
    """How wide the line would be, in pixels."""
    return font(face, size_px).size(text)[0]


@lru_cache(maxsize=_KEEP)
def wrapped(text: str, face: Face, size_px: int, width_px: int) -> tuple[str, ...]:
    """The text in lines no wider than this, broken between words."""
    lines: list[str] = []
    now = ""
    for word in text.split():
        longer = f"{now} {word}" if now else word
        if now and width(longer, face, size_px) > width_px:
            lines.append(now)
            now = word
        else:
            now = longer
    return (*lines, now) if now else tuple(lines)


@lru_cache(maxsize=_KEEP)
def fitting(text: str, face: Face, size_px: int, width_px: int) -> int:
    """The largest size up to `size_px` in which the line is no wider than this."""
    size = size_px
    while size > SMALLEST_PX and width(text, face, size) > width_px:
        size -= 1
    return size


def forget() -> None:
    """Drop everything kept: fonts do not outlive pygame's own font module."""
    line.cache_clear()
    wrapped.cache_clear()
    width.cache_clear()
    fitting.cache_clear()
    _made.cache_clear()
