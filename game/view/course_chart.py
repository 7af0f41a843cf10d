"""The course as a plotted chart: the planet, the way in, the corridor, our own line, and what a burn does to it.

Not to scale: what matters is a tenth of a degree, so errors are drawn as many times larger.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import atan2, cos, pi, radians, sin
from typing import Final

import pygame

from game.content.texts import Texts
from game.cues.course import COURSE_FAIR_DEG
from game.sim.snapshot import CourseState
from game.view import ink
from game.view import palette as p
from game.view.fonts import Face, width
from game.view.heavens import Heavens
from game.view.layout import Layout, layout_of
from game.view.look import decorative_s
from game.view.pen import Pen, Written

Point = tuple[float, float]

_LARGER: Final = 36.0  # errors of the angle are drawn so many times as large
_MOST_DEG: Final = 0.42
_SLOPE: Final = radians(24.0)  # of the planned line on the chart
_BEND: Final = 0.16


@dataclass(frozen=True, slots=True)
class CourseView:
    """What is drawn: the course, the burn now (-1 steeper .. 1 shallower), and whether it is good enough."""

    course: CourseState
    trim: float
    good: bool
    t_s: float

    @property
    def error_deg(self) -> float:
        return self.course.entry_angle_deg - self.course.wanted_deg


def draw_course(
    surface: pygame.Surface, layout: Layout, heavens: Heavens, seen: CourseView, texts: Texts
) -> list[Written]:  # fmt: skip
    """The whole window but the HUD's lower rows."""
    pen = Pen(surface, layout.unit)
    left, right, low = 0, layout.size[0], round(layout.stage[3])
    plot = _plot(layout)
    surface.blit(_paper(layout.size, layout.unit, low, heavens, (p.GO, p.QUIET)), (0, 0))
    entry, corridor = plot.entry, plot.corridor
    error = min(max(seen.error_deg, -_MOST_DEG), _MOST_DEG)
    colour = p.GO if seen.good else p.CAUTION if abs(error) <= COURSE_FAIR_DEG else p.STOP
    ours = _line(entry, plot.length, error)
    ink.path(surface, ours, pen.px(4), colour)
    ink.path(surface, _onward(entry, error, plot.middle, (plot.reach, plot.radius)), pen.px(4), colour)
    ink.disc(surface, *entry, pen.px(9), p.SPACE)
    ink.disc(surface, *entry, pen.px(6), colour)
    # As far out as the chart has room: a steep line leaves it at the top.
    top = layout.caption.bottom + pen.px(70)
    craft = next((at for at in reversed(ours[: -1 if layout.upright else -3]) if at[1] > top), ours[6])
    _craft(pen, craft, ours, seen)
    _words(pen, layout, texts, seen, (entry, craft, corridor, colour), (left, right, low))
    return pen.written


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where things stand on the chart: the planet's middle and radius, the interface's radius and where it is met, the
    edges of the corridor and their length.
    """

    middle: Point
    radius: float
    reach: float
    entry: Point
    corridor: tuple[list[Point], list[Point]]
    length: float


def _plot(layout: Layout) -> _Plot:
    wide, high = layout.size
    # The planet's top comes up at the foot; the interface is a circle above it.
    radius = 1.05 * max(wide, high)
    middle = (0.60 * wide, round(layout.stage[3]) + radius - 0.16 * high)
    reach = radius + 0.10 * high
    entry_rad = 0.5 * pi - 0.012
    entry = (middle[0] + reach * cos(entry_rad), middle[1] - reach * sin(entry_rad))
    length = 0.55 * wide
    corridor = (_line(entry, length, COURSE_FAIR_DEG), _line(entry, length, -COURSE_FAIR_DEG))
    return _Plot(middle, radius, reach, entry, corridor, length)


@lru_cache(maxsize=1)
def _paper(
    size: tuple[int, int], unit: float, low: int, heavens: Heavens, worn: tuple[p.Rgb, ...]  # noqa: ARG001  in these
) -> pygame.Surface:  # fmt: skip
    """All of the chart that does not move, drawn once: space, planet, interface, corridor."""
    layout = layout_of(size)
    surface, plot, pen = pygame.Surface(size), _plot(layout), Pen(pygame.Surface((1, 1)), unit)
    heavens.draw_space(surface, 0.0)
    _grid(surface, layout)
    _planet(surface, plot.middle, plot.radius, size[1])
    turn, middle, reach = _steps(0.5 * pi - 0.8, 0.5 * pi + 0.8, 120), plot.middle, plot.reach
    arc = [(middle[0] + reach * cos(a), middle[1] - reach * sin(a)) for a in turn]
    for one, other in zip(arc[::2], arc[1::2], strict=False):
        ink.bar(surface, one, other, pen.px(2), p.mixed(p.NIGHT, p.LIMB_GLOW[1], 0.9))
    ink.veil(surface, [*plot.corridor[0], *reversed(plot.corridor[1])], p.GO, 46)
    for line in plot.corridor:
        ink.path(surface, line, pen.px(2), p.mixed(p.SPACE, p.GO, 0.75))
    _dashed(surface, _line(plot.entry, plot.length, 0.0), pen.px(2), p.GO)
    return surface.convert() if pygame.display.get_surface() else surface


def put_away() -> None:
    """Forget what is kept of the chart, once the flight has left it."""
    _paper.cache_clear()


def _steps(start: float, end: float, count: int) -> list[float]:
    return [start + (end - start) * i / count for i in range(count + 1)]


def _line(entry: Point, length: float, error_deg: float) -> list[Point]:
    """The way in to the entry point, bent by the planet's pull; too shallow comes in flatter."""
    slope = _SLOPE - radians(error_deg * _LARGER)
    points = []
    for u in _steps(0.0, 1.0, 24):
        angle = slope - _BEND * u
        points.append((entry[0] - u * length * cos(angle), entry[1] - u * length * sin(angle)))
    return points


def _onward(entry: Point, error_deg: float, middle: Point, reach: tuple[float, float]) -> list[Point]:
    """What would come of it, about the planet's `middle`: down to the ground, and if too shallow out again.

    reach   of the interface and of the ground, from the middle, in pixels
    """
    out, ground = reach
    points = [entry]
    start = atan2(middle[1] - entry[1], entry[0] - middle[0])
    shallow = min(max(error_deg / _MOST_DEG, -1.0), 1.0)
    span = 0.20 + 0.10 * shallow
    for u in _steps(0.04, 1.0, 20):
        if shallow > 0.45:  # dips in and leaves again
            deep = (0.75 - 0.5 * shallow) * (1.0 - (2.0 * u - 1.0) ** 2) - max(u - 0.9, 0.0)
        else:
            deep = 1.0 - (1.0 - u) ** (1.7 - 0.5 * shallow)
        r, a = out - (out - ground) * deep, start - span * (u if shallow <= 0.45 else 1.25 * u)
        points.append((middle[0] + r * cos(a), middle[1] - r * sin(a)))
    return points


def _planet(surface: pygame.Surface, middle: Point, radius: float, high: int) -> None:
    glow = ((0.030, p.LIMB_GLOW[0]), (0.020, p.LIMB_GLOW[1]), (0.011, p.LIMB_GLOW[2]))
    face = zip((0.0, -0.03, -0.07, -0.12, -0.19), p.FACE[1:], strict=True)
    for index, (out, colour) in enumerate((*glow, *face)):
        r = radius + out * high
        arc = [(middle[0] + r * cos(a), middle[1] - r * sin(a)) for a in _steps(0.5 * pi + 0.95, 0.5 * pi - 0.95, 60)]
        shape = [*arc, (arc[-1][0], surface.get_height() + 4.0), (arc[0][0], surface.get_height() + 4.0)]
        pygame.draw.polygon(surface, colour, shape)
        if index == 3:
            ink.path(surface, arc, 1.0, p.LIMB_GLOW[3])


def _grid(surface: pygame.Surface, layout: Layout) -> None:
    """Squared paper, hardly seen."""
    wide, high = layout.size
    step = round(90 * layout.unit)
    colour = p.mixed(p.SPACE, p.NIGHT, 0.85)
    for x in range(step // 2, wide, step):
        pygame.draw.line(surface, colour, (x, 0), (x, high))
    for y in range(step // 2, high, step):
        pygame.draw.line(surface, colour, (0, y), (wide, y))


def _dashed(surface: pygame.Surface, points: list[Point], width: float, colour: p.Rgb) -> None:
    for index in range(0, len(points) - 1, 2):
        ink.bar(surface, points[index], points[index + 1], width, colour)


def _craft(pen: Pen, at: Point, line: list[Point], seen: CourseView) -> None:
    """A small stack that flies along our line, with its jet while it burns."""
    x, y = at
    dx, dy = line[0][0] - line[-1][0], line[0][1] - line[-1][1]
    size = (dx * dx + dy * dy) ** 0.5
    c, s = dx / size, dy / size
    unit = pen.unit

    def put(points: tuple[Point, ...]) -> list[Point]:
        return [(x + unit * (u * c - v * s), y + unit * (u * s + v * c)) for u, v in points]

    if seen.trim:
        side = -1.0 if seen.trim > 0.0 else 1.0
        flick = 1.0 + 0.18 * sin(31.0 * decorative_s(seen.t_s))
        tip = put(((-20.0, side * 30.0), (-12.0, side * (30.0 + 92.0 * flick * abs(seen.trim))), (-4.0, side * 30.0)))
        ink.veil(pen.surface, tip, p.PLUME, 210)
    ink.fill(pen.surface, put(((-34.0, -36.0), (-26.0, -36.0), (-26.0, 36.0), (-34.0, 36.0))), p.ARRAY_LIT)
    ink.fill(pen.surface, put(((-26.0, -24.0), (-14.0, -22.0), (-14.0, 22.0), (-26.0, 24.0))), p.WHITE_SHADE)
    shell = ((-14.0, -15.0), (8.0, -36.0), (16.0, -36.0), (16.0, 36.0), (8.0, 36.0), (-14.0, 15.0))
    ink.fill(pen.surface, put(shell), p.WHITE)
    ink.fill(pen.surface, put((*shell[:3], (16.0, -6.0), (-14.0, -4.0))), p.WHITE_LIT)
    ink.fill(pen.surface, put(((16.0, -36.0), (24.0, -12.0), (26.0, 0.0), (24.0, 12.0), (16.0, 36.0))), p.GOLD)


def _words(
    pen: Pen, layout: Layout, texts: Texts, seen: CourseView,
    drawn: tuple[Point, Point, tuple[list[Point], list[Point]], p.Rgb], window: tuple[int, int, int],
) -> None:  # fmt: skip
    entry, craft, corridor, colour = drawn
    _, right, low = window
    top = layout.caption.bottom
    box = pygame.Rect(0, top, right, low - top)
    # The steeper line comes in from higher up.
    shallow, steep = (line[13] for line in corridor)
    if shallow[1] < steep[1]:
        shallow, steep = steep, shallow
    gap = pen.px(52)
    for at, key, way, lift in ((shallow, "hud.shallower", 1.0, gap), (steep, "hud.steeper", -1.0, -gap)):
        lit = seen.trim * way > 0.0
        shade = p.TEXT if lit else p.QUIET
        y = max(at[1] + lift, top + pen.px(22))
        rect = pen.text(texts.get(key), box, (at[0], y), face=Face.HEADING, size=34 if lit else 30, colour=shade,
                        align=0.5)  # fmt: skip
        pen.arrow(rect.left - pen.px(22) if way < 0.0 else rect.right + pen.px(22), rect.centery, 11, way, shade)
    at_x = min(entry[0] + 0.09 * right, right - pen.px(260))
    upper = min((line[7] for line in corridor), key=lambda end: end[1])
    pen.text(texts.get("hud.corridor"), box, (upper[0] + pen.px(20), upper[1] - pen.px(20)), face=Face.HEADING, size=26,
             colour=p.GO)  # fmt: skip
    figure = texts.quantity(seen.course.entry_angle_deg, "°", 2)
    pen.text(figure, box, (at_x, entry[1] - pen.px(108)), face=Face.BOLD, size=46, colour=colour, room=pen.px(250))
    pen.text(f"{texts.get('hud.planned')} {texts.quantity(seen.course.wanted_deg, '°', 2)}", box,
             (at_x, entry[1] - pen.px(66)), size=22, colour=p.QUIET, room=pen.px(250))  # fmt: skip
    shift = texts.quantity(abs(seen.course.downrange_m) / 1000.0, "km", 0)
    side = texts.get("hud.long" if seen.course.downrange_m >= 0.0 else "hud.short")
    pen.text(f"{texts.get('hud.shift')} {shift} {side}", box, (at_x, entry[1] - pen.px(32)), size=22, colour=p.TEXT,
             room=pen.px(250))  # fmt: skip
    away = f"{texts.get('hud.distance_away')} {texts.quantity(seen.course.away_m / 1000.0, 'km', 0)}"
    highest = min(line[-1][1] for line in corridor)
    y = max(min(highest, craft[1]) - pen.px(40), box.top + pen.px(16))
    x, half = max(craft[0], pen.px(180)), 0.5 * min(width(away, Face.TEXT, pen.px(22)), pen.px(330))
    # Above the craft, and where other words stand there, below it.
    for place in (y, craft[1] + pen.px(78), craft[1] + pen.px(122), box.top + pen.px(16)):
        rect = pygame.Rect(round(x - half), round(place - pen.px(14)), round(2 * half), pen.px(28))
        crossed = any(rect.clipline(one, other) for line in corridor for one, other in pairwise(line))
        if rect.collidelist([line.rect for line in pen.written]) < 0 and not (crossed or rect.collidepoint(craft)):
            y = place
            break
    pen.text(away, box, (x, y), size=22, colour=p.TEXT, align=0.5, room=pen.px(330))
