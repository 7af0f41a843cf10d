"""Pictures that come and go.

SDL lays a picture on by an alpha of its own four times as slowly as pygame multiplies and adds. So what comes is kept
as dark as it is faint, what is behind it is dimmed by the rest, and the two are added.
"""

from __future__ import annotations

from typing import Final

import pygame

_STEPS: Final = 160  # none changes any pixel by more than two
_SINKS_PX: Final = 24


class Fading:
    """A picture without alpha, kept as far as it is there."""

    def __init__(self, picture: pygame.Surface) -> None:
        self._whole = picture
        self._faint: pygame.Surface | None = None
        self._kept = (0, 0)  # the step, and from which row down it is kept

    def mix(self, surface: pygame.Surface, place: tuple[int, int], share: float) -> None:
        """`share` 0 is not there, 1 whole."""
        step = round(_STEPS * share)
        if step <= 0:
            return
        seen = surface.get_clip().clip((*place, *self._whole.get_size()))
        if seen.width and seen.height:
            grey = round(255 * step / _STEPS)
            faint = self._faint_from(step, grey, seen.top - place[1])
            surface.fill((255 - grey,) * 3, seen, pygame.BLEND_RGB_MULT)
            surface.blit(faint, place, special_flags=pygame.BLEND_RGB_ADD)

    def _faint_from(self, step: int, grey: int, row: int) -> pygame.Surface:
        """The picture times grey / 255, from this row down; a few above it are made as well, for one that sinks."""
        if self._faint is None:
            self._faint = pygame.Surface(self._whole.get_size(), 0, self._whole)
        if step != self._kept[0] or row < self._kept[1]:
            self._kept = (step, max(row - _SINKS_PX, 0))
            rows = pygame.Rect(0, self._kept[1], *self._whole.get_size())
            self._faint.blit(self._whole, rows, rows)
            self._faint.fill((grey,) * 3, rows, pygame.BLEND_RGB_MULT)
        return self._faint


class Thinning:
    """A picture with alpha, kept multiplied by its own and by how far it is there."""

    def __init__(self, picture: pygame.Surface) -> None:
        self.high_px = picture.get_height()
        self._whole = self._thin = picture.premul_alpha()
        self._step = _STEPS

    def draw(self, surface: pygame.Surface, place: tuple[int, int], share: float) -> None:
        """`share` 0 is not there, 1 whole."""
        step = round(_STEPS * share)
        if step <= 0:
            return
        if step != self._step:
            self._step = step
            self._thin = self._whole.copy()
            self._thin.fill((round(255 * step / _STEPS),) * 4, special_flags=pygame.BLEND_RGBA_MULT)
        surface.blit(self._thin, place, special_flags=pygame.BLEND_PREMULTIPLIED)


def mix(surface: pygame.Surface, other: pygame.Surface, area: pygame.Rect, share: float) -> None:
    """`other`, of the same size and without alpha, over a part of a surface by this share; it is used up by that."""
    grey = round(255 * share)
    other.fill((grey,) * 3, area, pygame.BLEND_RGB_MULT)
    surface.fill((255 - grey,) * 3, area, pygame.BLEND_RGB_MULT)
    surface.blit(other, area, area, pygame.BLEND_RGB_ADD)
