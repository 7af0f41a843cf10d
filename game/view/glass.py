"""The panes of the HUD as kept pictures: drawn when what stands in them changes, and only laid over the flight else.

A pane is written with a pen that notes down every stroke. The same strokes as before are the same picture, whatever
they come from: words, units, colours, sizes. A pane is drawn on a sheet of the window's size, which all of them share,
and taken from it: rows that lie close together are laid on twice as fast. Those that fill a band of the window are laid
on in one go, from the sheet itself: long rows take half the time of many short ones. Colours are premultiplied by their
own alpha, which is exact where words lie on a pane that is half seen through.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any, Final

import pygame

from game.view import fonts, ink, smooth
from game.view import palette as p
from game.view.fonts import Face
from game.view.ink import wipe
from game.view.palette import Rgb
from game.view.pen import Pen, Written, oval_stroke, ring_stroke, text_stroke

_KEEP: Final = 300  # lines of text: what a HUD shows now, and a few seconds of figures
_PREMULTIPLIED: Final = pygame.BLEND_PREMULTIPLIED
Stroke = tuple[Callable[..., object], tuple[Any, ...]]


class Part(Enum):
    """What is written together."""

    HEAD = "head"
    GAUGES = "gauges"
    LINE = "line"


def worn() -> tuple[object, ...]:
    """The colours of words, signs and panes as they are now."""
    return p.TEXT, p.QUIET, p.GO, p.CAUTION, p.STOP, p.PANEL, p.PANEL_ALPHA, p.ACCENT, p.BACKED


@dataclass(slots=True)
class Draft(Pen):
    """A pen that notes down what it would draw, and which part of the window its panels cover."""

    strokes: list[Stroke] = field(default_factory=list)
    covered: list[pygame.Rect] = field(default_factory=list)

    def do(self, stroke: Callable[..., object], *what: Any) -> None:
        self.strokes.append((_EXACT.get(stroke, stroke), what))

    def panel(self, rect: pygame.Rect, alpha: int = 0, colour: Rgb | None = None) -> None:
        thick = alpha if colour else max(alpha, p.PANEL_ALPHA)
        lies_on = any(other.contains(rect) for other in self.covered)
        self.covered.append(rect)
        self.do(_veil if lies_on else _panel, tuple(rect), self.px(8), thick, colour or p.PANEL)


@dataclass(slots=True)
class _Pane:
    """key, region: as it was asked for; shown: the part of it that its panels cover, and its picture: none in the band,
    where the sheet is shown.
    """

    key: object
    region: pygame.Rect
    shown: pygame.Rect
    picture: pygame.Surface | None
    strokes: list[Stroke]
    written: list[Written]


class Glass:
    """What is kept of one window. `pane` for each of them, after `begin`; then `show` as often as they stand."""

    __slots__ = ("_band", "_panes", "_part", "_seen", "_sheet", "_worn", "redrawn")

    def __init__(self) -> None:
        self._sheet = pygame.Surface((1, 1), pygame.SRCALPHA, 32)
        self._band = self._sheet.subsurface((0, 0, 0, 0))
        self._panes: dict[str, _Pane] = {}
        self._seen: dict[Part, list[_Pane]] = {part: [] for part in Part}
        self._part = Part.HEAD
        self._worn: tuple[object, ...] = ()
        self.redrawn = 0  # panes that were drawn anew, since the beginning

    def begin(self, size: tuple[int, int], look: tuple[object, ...], part: Part, band: pygame.Rect) -> None:
        """Panes for a part of a window of this size, from its first on. With another `look`, which is all that they
        share, such as colours, units and language, every one of them is anew.

        band  a part of the window that the panes within it nearly fill, each of them whenever its part is written
        """
        if (size, band, *look) != self._worn:
            self._worn, self._panes = (size, band.copy(), *look), {}
            self._sheet = pygame.Surface(size, pygame.SRCALPHA, 32)
            self._band = self._sheet.subsurface(band.clip(self._sheet.get_rect()))
            self._sheet.set_alpha(None)  # taken from it as it is, alpha and all
        self._part = part
        self._seen[part] = []

    def pane(
        self, name: str, region: pygame.Rect, unit: float, write: Callable[[Draft], object], key: object = None
    ) -> None:  # fmt: skip
        """What `write` draws on panels within the region, under a name of its own; nothing is fine.

        key  all that the content follows from, if that is quickly told: as long as it is equal, nothing is written
        """
        pane = self._panes.get(name)
        if pane is not None and key is not None and pane.key == key and pane.region == region:
            if pane.strokes:
                self._seen[self._part].append(pane)
            return
        draft = Draft(self._sheet, unit)
        write(draft)
        if pane is None or pane.strokes != draft.strokes or pane.region != region:
            shown = draft.covered[0].unionall(draft.covered[1:]).clip(region) if draft.covered else region
            picture = None
            if not self._band_rect.contains(region):
                kept = pane.picture if pane is not None and pane.shown.size == shown.size else None
                # In a window too small for words a region may have less than no room.
                picture = kept or pygame.Surface((max(shown.width, 0), max(shown.height, 0)), pygame.SRCALPHA, 32)
            elif pane is not None and pane.shown != shown:
                wipe(self._sheet, pane.shown)
            pane = self._panes[name] = _Pane(key, region.copy(), shown.copy(), picture, draft.strokes, draft.written)
            self._draw(pane)
        pane.key, pane.written = key, draft.written
        if pane.strokes:
            self._seen[self._part].append(pane)

    def _draw(self, pane: _Pane) -> None:
        self.redrawn += 1
        sheet = self._sheet
        sheet.set_clip(pane.shown)
        if not pane.strokes or pane.strokes[0][0] is not _panel or pane.strokes[0][1][0] != tuple(pane.shown):
            wipe(sheet, pane.shown)  # else its panel takes the place of all that is there
        for stroke, what in pane.strokes:
            stroke(sheet, *what)
        sheet.set_clip(None)
        if pane.picture is not None:
            pane.picture.blit(sheet, (0, 0), pane.shown)

    def show(self, surface: pygame.Surface) -> list[Written]:
        """Lay the panes over the picture; returns every line of text on them."""
        panes = [pane for seen in self._seen.values() for pane in seen]
        laid: list[tuple[pygame.Surface, pygame.Rect]] = [
            (pane.picture, pane.shown) for pane in panes if pane.picture is not None
        ]
        if len(laid) < len(panes):
            laid.append((self._band, self._band_rect))
        surface.fblits(laid, _PREMULTIPLIED)
        return [line for pane in panes for line in pane.written]

    @property
    def _band_rect(self) -> pygame.Rect:
        return pygame.Rect(self._band.get_offset(), self._band.get_size())


def _write(surface: pygame.Surface, text: str, face: Face, size_px: int, colour: Rgb, at: tuple[int, int]) -> None:
    surface.blit(_line(text, face, size_px, colour), at, None, _PREMULTIPLIED)


@lru_cache(maxsize=_KEEP)
def _line(text: str, face: Face, size_px: int, colour: Rgb) -> pygame.Surface:
    return fonts.line(text, face, size_px, colour).premul_alpha()


def _panel(surface: pygame.Surface, rect: tuple[int, int, int, int], radius: int, alpha: int, colour: Rgb) -> None:
    """Where there is nothing yet, or nothing that is to stay: as it is, because it does not mix."""
    surface.blit(_empty((rect[2], rect[3]), radius, alpha, colour), (rect[0], rect[1]))


@lru_cache(maxsize=12)
def _empty(size: tuple[int, int], radius: int, alpha: int, colour: Rgb) -> pygame.Surface:
    panel = pygame.Surface(size, pygame.SRCALPHA, 32)
    red, green, blue = (round(value * alpha / 255) for value in colour)
    pygame.draw.rect(panel, (red, green, blue, alpha), (0, 0, *size), 0, radius)
    panel.set_alpha(None)  # laid on as it is, alpha and all
    return panel


def _veil(surface: pygame.Surface, rect: tuple[int, int, int, int], radius: int, alpha: int, colour: Rgb) -> None:
    """A panel on another one."""
    veil = pygame.Surface(rect[2:], pygame.SRCALPHA, 32)
    _panel(veil, (0, 0, *rect[2:]), radius, alpha, colour)
    surface.blit(veil, rect[:2], None, _PREMULTIPLIED)


# Strokes with smooth edges, as they are laid on the sheet.
_EXACT: Final[dict[Callable[..., object], Callable[..., object]]] = {
    text_stroke: _write,
    ink.fill: smooth.fill,
    ink.bar: smooth.bar,
    ink.disc: smooth.disc,
    ring_stroke: smooth.ring,
    oval_stroke: smooth.oval,
}
