"""The two tapes of the HUD: height at the left edge and speed at the right one.

What stands on them is written on panes; what moves, the pointer with its trend and what it should meet, is laid over
them in every picture, between where it was at the last two looks at the instruments.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final

import pygame

from game.content.texts import Texts
from game.cues.hud import HudModel
from game.cues.signs import Gauge, Sign
from game.sim.phases import Phase
from game.view import palette as p
from game.view import smooth
from game.view.fonts import Face
from game.view.layout import Layout
from game.view.palette import Rgb
from game.view.pen import Pen
from game.view.scales import ALTITUDE, SPEED, Scale, scales
from game.view.signs import colour_of

__all__ = ["Points", "Scale", "Tape", "draw_points", "draw_tapes", "scales", "tapes_of"]

_TOP: Final = 164  # units from the top of a tape to that of its scale
_FOOT: Final = 24
_MARKS_APART: Final = 20  # units, of the figures at two of them
_AHEAD_S: Final = (5.0, 2.0)  # what the trend tells, while the backshell is on and later
_STEADY: Final = 0.05  # a rate that is less is none
_BURN_TOLD_S: Final = 15.0
_HATCHED_PX: Final = 128  # kept pictures of hatching are so many pixels high, or several times that


@dataclass(frozen=True, slots=True)
class Points:
    """Shares of a scale, 0 to 1 and a little beyond. None: not to be shown.

    value, ahead  the pointer, and where it will be in a few seconds
    aim, low, high  where it should be, and the band that is safe
    burn  the height below which full thrust does not stop the fall any more
    """

    value: float
    ahead: float | None
    aim: float | None
    low: float | None
    high: float | None
    burn: float | None

    def between(self, other: Points, share: float) -> Points:
        """`share` of the way to the other; what only one of them has is the other's."""
        if share >= 1.0:
            return other
        mixed = []
        for each in fields(Points):
            one, two = getattr(self, each.name), getattr(other, each.name)
            mixed.append(two if one is None or two is None else one + (two - one) * share)
        return Points(*mixed)


@dataclass(frozen=True, slots=True)
class Tape:
    """One tape ready to be drawn: value and unit, what to aim at or to fear with its sign, the rate (+ growing)."""

    name: str
    box: pygame.Rect
    label: str
    value: str
    note: str
    note_sign: Sign
    rate: str
    rate_side: float
    sign: Sign
    scale: Scale
    points: Points
    burn_sign: Sign

    @property
    def rising(self) -> bool:
        """Heights grow upwards and speeds downwards, so that both pointers sink with the craft."""
        return self.scale.unit != SPEED

    def header(self, unit: float) -> pygame.Rect:
        """The part with the figures."""
        return pygame.Rect(self.box.left, self.box.top, self.box.width, round((_TOP - 24) * unit))

    def rail(self, unit: float) -> pygame.Rect:
        """The part with the scale."""
        top = self.header(unit).bottom
        return pygame.Rect(self.box.left, top, self.box.width, self.box.bottom - top)


def tapes_of(layout: Layout, model: HudModel, texts: Texts, *, cues: bool) -> tuple[Tape, ...]:
    """Height and speed of this phase; a course has neither. Without cues nothing tells what to aim at."""
    if model.phase is Phase.COURSE:
        return ()
    high, fast = scales(model.phase, texts.units)
    trends, arrival, burn = model.trends, model.arrival, model.burn if cues else None
    ahead_s = _AHEAD_S[arrival is None]
    note, sign = (_aim_words(texts, model.height.aim, high), Sign.GO) if cues else ("", Sign.GO)
    if burn is not None and (burn.sign is not Sign.GO or burn.margin_s < _BURN_TOLD_S):
        words = "hud.burn_now" if burn.margin_s <= 0.0 else "hud.burn_in"
        note, sign = texts.get(words, margin_s=burn.margin_s), Sign.QUIET if burn.sign is Sign.GO else burn.sign
    height = _tape("height", layout.height, texts, "hud.height", model.height, high, cues=cues, note=(note, sign),
                   rate=trends.height_mps, ahead_s=ahead_s, burn_m=None if burn is None else burn.height_m,
                   burn_sign=Sign.QUIET if burn is None else burn.sign)  # fmt: skip
    if arrival is None:
        note = _aim_words(texts, model.descent.aim, fast) if cues else ""
        speed = _tape("descent", layout.descent, texts, "hud.descent", model.descent, fast, cues=cues,
                      note=(note, Sign.GO), rate=trends.speed_mps2, ahead_s=ahead_s)  # fmt: skip
        return height, speed
    mach = f"{texts.get('hud.mach')} {arrival.mach:.1f}" if model.phase in (Phase.ENTRY, Phase.PARACHUTE) else ""
    speed = _tape("descent", layout.descent, texts, "hud.speed", arrival.speed, fast, cues=cues,
                  note=(mach, Sign.GO), rate=trends.speed_mps2, ahead_s=ahead_s)  # fmt: skip
    return height, speed


def draw_tapes(pen: Pen, layout: Layout, model: HudModel, texts: Texts, *, cues: bool) -> None:
    """Both tapes at once, with what moves on them."""
    for tape in tapes_of(layout, model, texts, cues=cues):
        write_header(pen, tape)
        write_scale(pen, tape)
        draw_points(pen, tape, tape.points)


def _aim_words(texts: Texts, aim: float | None, scale: Scale) -> str:
    if not aim:
        return ""
    decimals = 1 if scale.unit == ALTITUDE else None
    return f"{texts.get('hud.aim')} {texts.quantity(_in_km(aim, scale), scale.unit, decimals)}"


def _in_km(value: float, scale: Scale) -> float:
    """A gauge's value in the unit that the scale is given in."""
    return 0.001 * value if scale.unit == ALTITUDE else value


def _tape(
    name: str, box: pygame.Rect, texts: Texts, label: str, gauge: Gauge, scale: Scale, *, cues: bool,
    note: tuple[str, Sign], rate: float | None, ahead_s: float, burn_m: float | None = None,
    burn_sign: Sign = Sign.QUIET,
) -> Tape:  # fmt: skip
    """gauge in m or m/s, rate in that a second; note below the figure."""

    def share(value: float | None) -> float | None:
        return None if value is None else _share(texts, scale, value)

    value = _share(texts, scale, gauge.value)
    ahead = None if rate is None or not cues else share(gauge.value + ahead_s * rate)
    banded = cues and gauge.low is not None and gauge.high is not None
    points = Points(
        value, ahead, share(gauge.aim) if cues else None, share(gauge.low) if banded else None,
        share(gauge.high) if banded else None, share(burn_m),
    )  # fmt: skip
    words, side = _rate_words(texts, scale, rate)
    figure = texts.quantity(_in_km(gauge.value, scale), scale.unit)
    return Tape(name, box, texts.get(label), figure, *note, words, side, gauge.sign if cues else Sign.QUIET, scale,
                points, burn_sign)  # fmt: skip


def _rate_words(texts: Texts, scale: Scale, rate: float | None) -> tuple[str, float]:
    """A height rises or falls, by a speed, and gets a triangle of that side; a speed grows or is lost, with its sign:
    its tape grows downwards, and no triangle could say both.
    """
    if rate is None:
        return "", 0.0
    if scale.unit != SPEED:
        return texts.quantity(abs(rate), SPEED), 0.0 if abs(rate) < _STEADY else rate
    return f"{'+' if rate >= _STEADY else ''}{texts.quantity(rate, 'm/s2')}", 0.0


def _share(texts: Texts, scale: Scale, value: float) -> float:
    return scale.place(texts.figure(_in_km(value, scale), scale.unit))


def _strong(tape: Tape) -> Rgb:
    return p.TEXT if tape.sign in (Sign.QUIET, Sign.GO) else colour_of(tape.sign)


def write_header(pen: Pen, tape: Tape) -> None:
    """The figure with its unit, what to aim at, and how fast it changes."""
    box, pad = tape.box, pen.px(14)
    pen.panel(box)
    pen.text(tape.label, box, (box.left + pad, box.top + pen.px(24)), face=Face.HEADING, size=24, colour=p.QUIET)
    if tape.sign is not Sign.QUIET:
        pen.sign(tape.sign, box.right - pen.px(26), box.top + pen.px(24), 10)
    number, _, unit_text = tape.value.rpartition(" ")
    right = box.right - pad
    unit_box = pen.text(unit_text, box, (right, box.top + pen.px(66)), size=20, colour=p.QUIET, align=1.0)
    pen.text(
        number, box, (unit_box.left - pen.px(6), box.top + pen.px(62)), face=Face.BOLD, size=36, colour=_strong(tape),
        align=1.0, room=unit_box.left - box.left - pen.px(16),
    )  # fmt: skip
    alarm = tape.note_sign in (Sign.CAUTION, Sign.STOP)
    room = box.width - pen.px(20 + (24 if alarm else 0))
    note = pen.text(tape.note, box, (right, box.top + pen.px(98)), face=Face.BOLD if alarm else Face.TEXT, size=20,
                    colour=colour_of(tape.note_sign), align=1.0, room=room)  # fmt: skip
    if alarm:
        pen.sign(tape.note_sign, note.left - pen.px(15), note.centery, 8)
    low = box.top + pen.px(124 if tape.note else 98)
    rate = pen.text(tape.rate, box, (right, low), size=20, align=1.0, room=box.width - pen.px(48))
    if tape.rate_side:
        pen.rise(rate.left - pen.px(16), rate.centery, 8, tape.rate_side, p.TEXT)


def write_scale(pen: Pen, tape: Tape) -> None:
    """The rail and its marks, on the same pane."""
    box, scale = tape.box, tape.scale
    pen.panel(box)
    top, bottom, rail = _span(pen, tape)
    pen.line(p.QUIET, (rail, top), (rail, bottom), pen.px(2))
    last = -1e9
    for mark in scale.marks:
        y = _y(tape, top, bottom, scale.place(mark))
        pen.line(p.QUIET, (rail - pen.px(7), y), (rail + pen.px(7), y), pen.px(2))
        if abs(y - last) < pen.px(_MARKS_APART):
            continue
        last = y
        pen.text(f"{mark:.0f}", box, (rail - pen.px(44), y), face=Face.FIGURES, size=20, colour=p.QUIET, align=1.0)


def draw_points(pen: Pen, tape: Tape, points: Points) -> None:
    """What moves on the rail: the band and the mark to aim at, the last burn, the pointer and its trend."""
    top, bottom, rail = _span(pen, tape)

    def y_of(share: float) -> int:
        return round(_y(tape, top, bottom, share))

    if points.low is not None and points.high is not None:
        y0, y1 = sorted((y_of(points.low), y_of(points.high)))
        band = pygame.Rect(rail - pen.px(5), y0, pen.px(10), max(y1 - y0, pen.px(6)))
        pen.rect(p.mixed(p.PANEL, p.GO, 0.75), band, 0, pen.px(4))
    if points.burn is not None:
        _burn(pen, rail, y_of(points.burn), bottom, tape.burn_sign)
    if points.aim is not None:
        _aim_mark(pen, rail + pen.px(14), y_of(points.aim))
    y, colour = y_of(points.value), _strong(tape)
    if points.ahead is not None and abs(y_of(points.ahead) - y) >= pen.px(4):
        _trend(pen, rail - pen.px(5), y, y_of(points.ahead), colour)
    _pointer(pen, rail - pen.px(8), y, colour)


def _span(pen: Pen, tape: Tape) -> tuple[int, int, int]:
    """Top, bottom and middle of the rail, in pixels."""
    return tape.box.top + pen.px(_TOP), tape.box.bottom - pen.px(_FOOT), tape.box.centerx + pen.px(26)


def _y(tape: Tape, top: int, bottom: int, share: float) -> float:
    return bottom - (bottom - top) * share if tape.rising else top + (bottom - top) * share


def _pointer(pen: Pen, x: int, y: int, colour: Rgb) -> None:
    long, half = pen.px(24), pen.px(12)
    smooth.stamp(pen.surface, ((0, 0), (-long, -half), (-long, half)), colour, (x, y))


def _aim_mark(pen: Pen, x: int, y: int) -> None:
    """Where the pointer should be: an open wedge on the rail's other side."""
    for arm in _arms(pen.px(13), pen.px(4)):
        smooth.stamp(pen.surface, arm, p.GO, (x, y))


@lru_cache(maxsize=4)
def _arms(size: int, thick: int) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Of the wedge, from its tip."""
    return tuple(smooth.bar_corners((0.0, 0.0), (1.5 * size, side * size), thick) for side in (-1.0, 1.0))


def _trend(pen: Pen, x: int, y: int, ahead: int, colour: Rgb) -> None:
    """Where the pointer is going: a line with a head, from the pointer on."""
    pen.rect(colour, pygame.Rect(x - pen.px(2), min(y, ahead), pen.px(4), abs(ahead - y)))
    size = pen.px(7) * (1 if ahead > y else -1)
    smooth.stamp(pen.surface, ((0, size), (-abs(size), -size), (abs(size), -size)), colour, (x, ahead))


def _burn(pen: Pen, rail: int, top: int, bottom: int, sign: Sign) -> None:
    """The height below which no thrust stops the fall: a barred stretch that grows from the ground."""
    if bottom - top < pen.px(3):
        return
    colour = p.mixed(p.PANEL, p.CAUTION, 0.75) if sign in (Sign.GO, Sign.QUIET) else colour_of(sign)
    near = rail + pen.px(5)
    pen.line(colour, (near, top), (near, bottom), pen.px(3))
    pen.do(_hatch, colour, (near, top, pen.px(8), bottom - top), pen.px(9), pen.px(2))
    pen.line(colour, (rail - pen.px(2), top), (rail + pen.px(22), top), pen.px(4))


def _hatch(surface: pygame.Surface, colour: Rgb, area: tuple[int, int, int, int], every: int, thick: int) -> None:
    """Short level lines below each other, from the area's upper edge down."""
    left, top, wide, high = area
    picture = _hatching(colour, wide, every, thick, -(-high // _HATCHED_PX))
    surface.blit(picture, (left, top - thick), (0, 0, wide + 1, high + thick))


@lru_cache(maxsize=8)
def _hatching(colour: Rgb, wide: int, every: int, thick: int, pieces: int) -> pygame.Surface:
    picture = pygame.Surface((wide + 1, pieces * _HATCHED_PX + 2 * thick), pygame.SRCALPHA, 32)
    for y in range(thick, picture.get_height(), every):
        pygame.draw.line(picture, colour, (0, y), (wide, y), thick)
    return picture
