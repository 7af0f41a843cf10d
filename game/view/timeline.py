"""Around a flight that is watched: above, what it is and whether it is proved; below, its whole length, with a head.

The timeline shows the phases, as far as they have been flown again, a tick for each event with the names that have
room, and the keys of a player. It says where everything lies, for a finger or the mouse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final, TypeAlias

import pygame

from game.cues.signs import Sign
from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.glass import worn
from game.view.layout import layout_of
from game.view.pen import Pen, Written

_BANNER: Final = 50  # units high; in a narrow window two lines
_BANNER_TALL: Final = 86
_STRIP: Final = 162
_STRIP_TALL: Final = 208
_SIDE: Final = 26
_LABEL_Y: Final = 20
_TICK: Final = (34, 44)  # from, to
_BAR: Final = (44, 36)  # its top, its height
_GONE: Final = 7  # of it, at its foot, shows how much has been seen
_HEAD: Final = (36, 88)
_KEYS_Y: Final = 123
_KEY: Final = (62, 54)
_GAP: Final = 8  # between keys
_NARROW: Final = 1500  # units: in a narrower window hints take a line of their own
_NARROWER: Final = 1150  # and what is proved, too
_LABEL_GAP: Final = 14
_HINT_LINES: Final = 2


class Key(StrEnum):
    """What a player has to press."""

    BEFORE = "before"  # the event before
    BACK = "back"  # a step back
    PLAY = "play"
    ON = "on"  # a step on
    NEXT = "next"  # the next event
    SLOWER = "slower"
    FASTER = "faster"
    LEAVE = "leave"


_IN_A_ROW: Final = (Key.BEFORE, Key.BACK, Key.PLAY, Key.ON, Key.NEXT, Key.SLOWER, Key.FASTER)


@dataclass(frozen=True, slots=True)
class Tick:
    """An event on the timeline, at a share of its length; of two names that have no room beside each other the one
    with the higher weight is written.
    """

    share: float
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A phase, from share to share of the whole length."""

    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Banner:
    """What is watched, by whom, and what has been proved of it; the sign comes with the words."""

    title: str
    by: str
    verdict: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class Timeline:
    """filled: the share that can be shown; playing: what the middle key would stop; last: what happened last."""

    segments: tuple[Segment, ...]
    ticks: tuple[Tick, ...]
    filled: float
    playing: bool
    clock: str
    last: str
    speed: str
    hint: str


@dataclass(frozen=True, slots=True)
class Places:
    """Of a window: the banner, the flight, the strip below it, the bar in it, and the keys."""

    unit: float
    banner: pygame.Rect
    flight: pygame.Rect
    strip: pygame.Rect
    bar: pygame.Rect
    keys: Mapping[Key, pygame.Rect]
    tall_banner: bool
    tall_strip: bool

    def share_at(self, x: float) -> float:
        """How far along the flight this place across the window is."""
        return min(max((x - self.bar.left) / self.bar.width, 0.0), 1.0)


def places_in(size: tuple[int, int]) -> Places:
    """Where everything lies in a window of this size."""
    wide, high = size
    unit = min(layout_of(size).unit, 1.35 * layout_of(size).plain_unit)
    tall_banner, tall_strip = wide < _NARROWER * unit, wide < _NARROW * unit

    def px(units: float) -> int:
        return round(units * unit)

    top = px(_BANNER_TALL if tall_banner else _BANNER)
    foot = px(_STRIP_TALL if tall_strip else _STRIP)
    strip = pygame.Rect(0, high - foot, wide, foot)
    bar = pygame.Rect(px(_SIDE), strip.top + px(_BAR[0]), wide - 2 * px(_SIDE), px(_BAR[1]))
    step = px(_KEY[0]) + px(_GAP)
    left = wide // 2 - (len(_IN_A_ROW) * step - px(_GAP)) // 2
    keys = {
        key: pygame.Rect(left + i * step, strip.top + px(_KEYS_Y) - px(_KEY[1]) // 2, px(_KEY[0]), px(_KEY[1]))
        for i, key in enumerate(_IN_A_ROW)
    }
    leave = px(_BANNER) - px(8)
    keys[Key.LEAVE] = pygame.Rect(px(_SIDE) // 2, px(4), leave, leave)
    return Places(
        unit, pygame.Rect(0, 0, wide, top), pygame.Rect(0, top, wide, high - top - foot), strip, bar, keys,
        tall_banner, tall_strip,
    )  # fmt: skip


class TimelineView:
    """Draws both; what has not changed is kept as a picture."""

    def __init__(self) -> None:
        self._sheet: pygame.Surface | None = None
        self._kept: tuple[object, ...] = ()
        self._written: list[Written] = []

    def draw(
        self, surface: pygame.Surface, places: Places, banner: Banner, timeline: Timeline, head: float
    ) -> list[Written]:  # fmt: skip
        """Banner and strip, with the head at this share; returns every line of text with its place."""
        seen = (surface.get_size(), banner, timeline, worn())
        if self._sheet is None or seen != self._kept:
            self._kept = seen
            self._sheet = self._sheet if self._sheet and self._sheet.get_size() == surface.get_size() else None
            self._sheet = self._sheet or pygame.Surface(surface.get_size(), 0, surface)
            pen = Pen(self._sheet, places.unit)
            _draw_banner(pen, places, banner)
            _draw_strip(pen, places, timeline)
            self._written = pen.written
        surface.blit(self._sheet, places.banner, places.banner)
        surface.blit(self._sheet, places.strip, places.strip)
        _draw_head(Pen(surface, places.unit), places, head)
        return self._written


def _draw_banner(pen: Pen, places: Places, banner: Banner) -> None:
    box, leave = places.banner, places.keys[Key.LEAVE]
    pen.rect(p.PANEL, box)
    pen.rect(p.ACCENT, pygame.Rect(box.left, box.bottom - pen.px(4), box.width, pen.px(4)))
    pen.arrow(leave.centerx - pen.px(2), leave.centery, 13, -1.0, p.TEXT)
    y = leave.centery
    left, right = leave.right + pen.px(8), box.right - pen.px(_SIDE)
    sized = 24.0
    words = banner.verdict
    wide = pen.bold_width(words, sized)
    colour = {Sign.GO: p.GO, Sign.STOP: p.STOP, Sign.CAUTION: p.CAUTION}.get(banner.sign, p.TEXT)
    if places.tall_banner:
        title = pen.text(banner.title.upper(), box, (left, y), face=Face.TITLE, size=36, room=right - left)
        pen.text(banner.by, box, (right, y), size=22, colour=p.QUIET, align=1.0, room=right - title.right - pen.px(20))
        y = box.bottom - pen.px(26)
        pen.sign(banner.sign, left + pen.px(12), y, 11)
        pen.text(words, box, (left + pen.px(36), y), face=Face.BOLD, size=sized, colour=colour,
                 room=right - left - pen.px(36))  # fmt: skip
        return
    most = round(0.46 * box.width)
    shown = pen.text(words, box, (right, y), face=Face.BOLD, size=sized, colour=colour, align=1.0, room=min(wide, most))
    pen.sign(banner.sign, shown.left - pen.px(24), y, 11)
    end = shown.left - pen.px(56)
    title = pen.text(banner.title.upper(), box, (left, y), face=Face.TITLE, size=36, room=end - left)
    pen.text(banner.by, box, (title.right + pen.px(22), y + pen.px(1)), size=22, colour=p.QUIET,
             room=max(end - title.right - pen.px(22), 1))  # fmt: skip


def _draw_strip(pen: Pen, places: Places, timeline: Timeline) -> None:
    strip, bar = places.strip, places.bar
    pen.rect(p.PANEL, strip)
    pen.rect(p.mixed(p.PANEL, p.TEXT, 0.10), bar)
    for number, segment in enumerate(timeline.segments):
        start, end = bar.left + segment.start * bar.width, bar.left + min(segment.end, timeline.filled) * bar.width
        part = pygame.Rect(round(start), bar.top, max(round(end) - round(start), 1), bar.height)
        pen.rect(p.mixed(p.PANEL, p.TEXT, 0.34 if number % 2 else 0.24), part)
        room = part.width - pen.px(12)
        if fonts.width(segment.name, Face.HEADING, pen.px(22)) <= room:
            middle = (part.centerx, part.centery - pen.px(_GONE) / 2)
            pen.text(segment.name, part, middle, face=Face.HEADING, size=22, align=0.5, room=room)
    pen.rect(p.QUIET, bar, pen.px(2))
    _draw_ticks(pen, places, timeline)
    _draw_keys(pen, places, timeline)


def _draw_ticks(pen: Pen, places: Places, timeline: Timeline) -> None:
    """Every event; names where they have room, the weightier first."""
    bar, strip = places.bar, places.strip
    for tick in timeline.ticks:
        x = bar.left + tick.share * bar.width
        pen.line(p.TEXT, (x, strip.top + pen.px(_TICK[0])), (x, strip.top + pen.px(_TICK[1])), pen.px(2))
    taken: list[tuple[float, float]] = []
    y = strip.top + pen.px(_LABEL_Y)
    for tick in sorted(timeline.ticks, key=lambda tick: (-tick.weight, tick.share)):
        wide = fonts.width(tick.name, Face.HEADING, pen.px(22))
        x = min(max(bar.left + tick.share * bar.width, bar.left + wide / 2), bar.right - wide / 2)
        left, right = x - wide / 2, x + wide / 2
        gap = pen.px(_LABEL_GAP)
        if any(left < other_right + gap and right + gap > other_left for other_left, other_right in taken):
            continue
        taken.append((left, right))
        pen.text(tick.name, strip, (x, y), face=Face.HEADING, size=22, align=0.5, colour=p.TEXT, room=wide + 2)


def _draw_keys(pen: Pen, places: Places, timeline: Timeline) -> None:
    strip, keys = places.strip, places.keys
    for key in _IN_A_ROW:
        rect = keys[key]
        main = key is Key.PLAY
        pen.rect(p.ACCENT if main else p.mixed(p.PANEL, p.TEXT, 0.20), rect, 0, pen.px(8))
        shape = _stop if main and timeline.playing else _SHAPES[key]
        shape(pen, rect, p.SPACE if main else p.TEXT)
    y = strip.top + pen.px(_KEYS_Y)
    left, right = places.bar.left, places.bar.right
    near, far = keys[Key.BEFORE].left - pen.px(16), keys[Key.FASTER].right + pen.px(16)
    pen.text(timeline.clock, strip, (left, y - pen.px(14)), face=Face.BOLD, size=26, room=near - left)
    pen.text(timeline.last, strip, (left, y + pen.px(16)), size=20, colour=p.QUIET, room=near - left)
    if places.tall_strip:
        pen.text(timeline.speed, strip, (right, y), face=Face.BOLD, size=26, align=1.0, room=right - far)
        pen.text(timeline.hint, strip, (strip.centerx, strip.bottom - pen.px(30)), size=20, colour=p.QUIET, align=0.5,
                 room=right - left)  # fmt: skip
        return
    speed = pen.text(timeline.speed, strip, (far, y), face=Face.BOLD, size=26, room=round(0.4 * (right - far)))
    room = right - speed.right - pen.px(24)
    size = 20.0
    while len(lines := fonts.wrapped(timeline.hint, Face.TEXT, pen.px(size), room)) > _HINT_LINES and size > 14.0:
        size -= 1.0
    y -= pen.px(13) * (len(lines) - 1)
    for line in lines:
        pen.text(line, strip, (right, y), size=size, colour=p.QUIET, align=1.0, room=room)
        y += pen.px(26)


def _draw_head(pen: Pen, places: Places, head: float) -> None:
    """Where the flight is: a line through the bar with a point on either side."""
    x = places.bar.left + min(max(head, 0.0), 1.0) * places.bar.width
    top, low = places.strip.top + pen.px(_HEAD[0]), places.strip.top + pen.px(_HEAD[1])
    gone = pygame.Rect(places.bar.left, places.bar.bottom - pen.px(_GONE), round(x) - places.bar.left, pen.px(_GONE))
    pen.rect(p.ACCENT, gone)
    pen.bar((x, top), (x, low), pen.px(7), p.PANEL)
    pen.bar((x, top), (x, low), pen.px(3), p.TEXT)
    pen.rise(x, top, 9, -1.0, p.TEXT)
    pen.rise(x, low, 9, 1.0, p.TEXT)


Shape: TypeAlias = Callable[[Pen, pygame.Rect, p.Rgb], None]


def _beam(pen: Pen, x: float, y: float, wide: float, high: float, colour: p.Rgb) -> None:
    """An upright bar about a place, so many units wide and high."""
    rect = pygame.Rect(0, 0, pen.px(wide), pen.px(high))
    rect.center = (round(x), round(y))
    pen.rect(colour, rect)


def _play(pen: Pen, rect: pygame.Rect, colour: p.Rgb) -> None:
    pen.arrow(rect.centerx - pen.px(2), rect.centery, 17, 1.0, colour)


def _stop(pen: Pen, rect: pygame.Rect, colour: p.Rgb) -> None:
    for side in (-1, 1):
        _beam(pen, rect.centerx + side * pen.px(8), rect.centery, 7, 28, colour)


def _event(pen: Pen, rect: pygame.Rect, colour: p.Rgb, side: float) -> None:
    pen.arrow(rect.centerx - side * pen.px(5), rect.centery, 14, side, colour)
    _beam(pen, rect.centerx + side * pen.px(14), rect.centery, 5, 24, colour)


def _step(pen: Pen, rect: pygame.Rect, colour: p.Rgb, side: float) -> None:
    _beam(pen, rect.centerx - side * pen.px(12), rect.centery, 5, 24, colour)
    pen.arrow(rect.centerx + side * pen.px(4), rect.centery, 12, side, colour)


def _minus(pen: Pen, rect: pygame.Rect, colour: p.Rgb) -> None:
    _beam(pen, rect.centerx, rect.centery, 22, 5, colour)


def _plus(pen: Pen, rect: pygame.Rect, colour: p.Rgb) -> None:
    _minus(pen, rect, colour)
    _beam(pen, rect.centerx, rect.centery, 5, 22, colour)


_SHAPES: Final[Mapping[Key, Shape]] = {
    Key.BEFORE: partial(_event, side=-1.0),
    Key.BACK: partial(_step, side=-1.0),
    Key.PLAY: _play,
    Key.ON: partial(_step, side=1.0),
    Key.NEXT: partial(_event, side=1.0),
    Key.SLOWER: _minus,
    Key.FASTER: _plus,
}
