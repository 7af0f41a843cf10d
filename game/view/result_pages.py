"""The further pages of the result: the flight over the flown one, moment by moment, and where every part came down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, log10
from typing import Final

import pygame

from game.content.flown import FlownFlight
from game.content.texts import Texts
from game.content.units import quantity
from game.cues.curves import Panel, Spread, counts_in_tens, curve_of, flown_points, panels_for, span_of, unit_words
from game.cues.debrief import Beside, Debrief
from game.cues.places import GroundMap, Spot, ground_map
from game.cues.told import later_words, moment_words, time_words
from game.cues.track import Track
from game.sim.snapshot import Part
from game.view import fonts, ink
from game.view import palette as p
from game.view.fonts import Face
from game.view.pen import Pen

_STEP_S: Final = (5.0, 10.0, 20.0, 50.0, 100.0)  # between the lines of a time axis
_LINES: Final = 5  # of an axis, about
_ROW: Final = 33.0
_NOTHING: Final = 1e-3  # of load or heat


def draw_curves(pen: Pen, pane: pygame.Rect, y: int, texts: Texts, track: Track, flown: FlownFlight | None) -> None:
    """Up to four plots, two by two, from `y` to the foot of the pane: ours as a line, the published figures as rings.
    What was nothing all the time, such as the heat of a flight that began below it, is left out.
    """
    left, right = pane.left + pen.px(44), pane.right - pen.px(44)
    pen.text(_over(texts, flown), pane, (left, y), face=Face.HEADING, size=32, room=right - left)
    y += pen.px(44)
    ink.bar(pen.surface, (left, y), (left + pen.px(34), y), pen.px(4), p.ACCENT)
    ours = pen.text(texts.get("report.this_flight"), pane, (left + pen.px(46), y), size=21, room=0.3 * pane.width)
    if flown is not None:
        at = ours.right + pen.px(40)
        _ring(pen, (at, y))
        pen.text(flown.title, pane, (at + pen.px(20), y), size=21, room=right - at - pen.px(20))
    else:
        pen.text(texts.get("result.alone"), pane, (ours.right + pen.px(28), y), size=21, colour=p.QUIET,
                 room=right - ours.right - pen.px(28))  # fmt: skip
    y += pen.px(34)
    gap = pen.px(30)
    wide, high = (right - left - gap) // 2, (pane.bottom - pen.px(78) - y - gap) // 2
    span = span_of(flown, track)
    plots = [_plot_of(panel, texts, track, flown, span) for panel in panels_for((track,))]
    plots = [plot for plot in plots if plot.points or any(abs(value) > _NOTHING for _, value in plot.curve)]
    labels = [f"{value:,g}" for plot in plots for value in plot.lines]
    edge = max(pen.px(62), *(fonts.width(label, Face.TEXT, pen.px(20)) + pen.px(14) for label in labels))
    for i, plot in enumerate(plots):
        box = pygame.Rect(left + (i % 2) * (wide + gap), y + (i // 2) * (high + gap), wide, high)
        _draw_plot(pen, box, plot, span, edge)


def _over(texts: Texts, flown: FlownFlight | None) -> str:
    return texts.get("report.curves" if flown else "report.curves_alone")


@dataclass(frozen=True, slots=True)
class _Plot:
    """What a plot shows, in the units of the person: `level` is where a value stands on its axis, from 0 to 1."""

    title: str
    curve: list[tuple[float, float]]
    points: list[tuple[float, float]]
    level: Callable[[float], float]
    lines: list[float]


def _plot_of(panel: Panel, texts: Texts, track: Track, flown: FlownFlight | None, span: Spread) -> _Plot:
    def shown(value: float) -> float:
        return texts.figure(value, panel.unit)

    curve = [(t_s, shown(value)) for t_s, value in curve_of(panel, track, span)]
    points = [(t_s, shown(value)) for t_s, value, _, _ in flown_points(flown, panel, span)]
    highest = max([value for _, value in curve] + [value for _, value in points], default=0.0)
    level, lines = _even(highest)
    least = None if panel.least is None else shown(panel.least)
    if least is not None and counts_in_tens(least, highest):
        level, lines = _tens(least, highest)
    return _Plot(f"{texts.get(f'plot.{panel.name}')}, {unit_words(texts, panel)}", curve, points, level, lines)


def _draw_plot(pen: Pen, box: pygame.Rect, plot: _Plot, span: Spread, edge: int) -> None:
    """edge   left of the plot, in pixels, for what its lines are called"""
    pen.text(plot.title, box, (box.left, box.top + pen.px(17)), face=Face.HEADING, size=24, colour=p.QUIET)
    area = pygame.Rect(box.left + edge, box.top + pen.px(38), box.width - edge - pen.px(4), box.height - pen.px(70))
    pygame.draw.rect(pen.surface, p.mixed(p.PANEL, p.NIGHT, 0.55), area)
    for value in plot.lines:
        _line(pen, area, box, area.bottom - plot.level(value) * area.height, f"{value:,g}")

    def at(t_s: float, value: float) -> tuple[float, float]:
        u = (t_s - span[0]) / max(span[1] - span[0], 1e-9)
        return area.left + u * area.width, area.bottom - min(max(plot.level(value), 0.0), 1.0) * area.height

    _times(pen, area, box, span)
    old = pen.surface.get_clip()
    pen.surface.set_clip(area.inflate(pen.px(14), pen.px(14)))
    # A pixel's column holds a few rows; of them the highest and the lowest are what is seen.
    ink.path(pen.surface, _thinned([at(*point) for point in plot.curve]), pen.px(3), p.ACCENT)
    for t_s, value in plot.points:
        _ring(pen, at(t_s, value))
    pen.surface.set_clip(old)


def _ring(pen: Pen, at: tuple[float, float]) -> None:
    ink.disc(pen.surface, *at, pen.px(7), p.PANEL)
    ink.disc(pen.surface, *at, pen.px(5), p.GO)


def _line(pen: Pen, area: pygame.Rect, box: pygame.Rect, y: float, label: str) -> None:
    pygame.draw.line(pen.surface, p.mixed(p.PANEL, p.QUIET, 0.28), (area.left, round(y)), (area.right, round(y)))
    pen.text(label, box, (area.left - pen.px(8), y), face=Face.TEXT, size=20, colour=p.QUIET, align=1.0)


def _times(pen: Pen, area: pygame.Rect, box: pygame.Rect, span: Spread) -> None:
    """Lines and labels of the time axis, in seconds from the entry interface."""
    length = span[1] - span[0]
    step = next((step for step in _STEP_S if length / step <= _LINES), 200.0)
    t_s = ceil(span[0] / step) * step
    while t_s <= span[1]:
        x = area.left + (t_s - span[0]) / max(length, 1e-9) * area.width
        pygame.draw.line(pen.surface, p.mixed(p.PANEL, p.QUIET, 0.28), (round(x), area.top), (round(x), area.bottom))
        label = quantity(t_s, "s", 0)
        half = 0.5 * fonts.width(label, Face.TEXT, pen.px(20))
        if x - half >= area.left and x + half <= box.right:  # further left it would cover the other axis's lowest
            pen.text(label, box, (x, area.bottom + pen.px(15)), size=20, colour=p.QUIET, align=0.5)
        t_s += step


def _even(highest: float) -> tuple[Callable[[float], float], list[float]]:
    """An axis from nothing up, with a few round lines; the highest stands a little below its end."""
    if highest < _NOTHING:
        return lambda value: value, [0.0]
    top = 1.08 * highest
    power = 10.0 ** ceil(log10(top) - 1.0)
    step = next(power * factor for factor in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0) if top / (power * factor) <= _LINES)
    return lambda value: value / top, [i * step for i in range(int(top / step) + 1)]


def _tens(least: float, highest: float) -> tuple[Callable[[float], float], list[float]]:
    """An axis that counts in powers of ten."""
    low, high = log10(least), log10(1.5 * highest)
    lines = [10.0**i for i in range(ceil(low - 1e-9), int(high) + 1)]
    return lambda value: (log10(max(value, least)) - low) / (high - low), lines


def _thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    column: list[tuple[float, float]] = []
    for point in points:
        if column and int(point[0]) != int(column[0][0]):
            kept += sorted({min(column, key=_height), max(column, key=_height)}, key=column.index)
            column = []
        column.append(point)
    if column:
        kept += sorted({min(column, key=_height), max(column, key=_height), column[-1]}, key=column.index)
    return kept


def _height(point: tuple[float, float]) -> float:
    return point[1]


def draw_moments(pen: Pen, pane: pygame.Rect, y: int, texts: Texts, told: Debrief, flown: FlownFlight | None) -> None:
    """A row for each moment: ours, the flown one, and how much later ours came."""
    left, right = pane.left + pen.px(44), pane.right - pen.px(44)
    pen.text(texts.get("report.timeline"), pane, (left, y), face=Face.HEADING, size=32, room=right - left)
    y += pen.px(44)
    ends = (left + round(0.60 * (right - left)), left + round(0.81 * (right - left)), right)
    heads = [texts.get("report.this_flight")]
    if flown is not None:
        heads += [flown.title.partition(",")[0], texts.get("report.difference")]
    for x, head, colour in zip(ends, heads, (p.QUIET, p.GO, p.QUIET), strict=False):
        pen.text(head, pane, (x, y), face=Face.HEADING, size=24, colour=colour, align=1.0, room=0.2 * pane.width)
    y += pen.px(8)
    room = pane.bottom - pen.px(70) - y
    step = min(pen.px(_ROW), room // max(len(told.moments) + 1, 1))
    for moment in told.moments:
        y += step
        _moment(pen, pane, texts, moment, (left, y), ends)


def _moment(
    pen: Pen, pane: pygame.Rect, texts: Texts, moment: Beside, at: tuple[int, int], ends: tuple[int, int, int]
) -> None:  # fmt: skip
    left, y = at
    colour = p.mixed(p.PANEL, p.QUIET, 0.65) if moment.ours_s is None else p.CAUTION if moment.detail else p.TEXT
    pen.text(moment_words(texts, moment), pane, (left, y), size=21, colour=colour, room=0.42 * pane.width)
    pen.text(time_words(moment.ours_s), pane, (ends[0], y), size=21, colour=colour, align=1.0,
             room=0.18 * pane.width)  # fmt: skip
    if moment.flown_s is not None:
        pen.text(time_words(moment.flown_s), pane, (ends[1], y), size=21, colour=p.GO, align=1.0,
                 room=0.18 * pane.width)  # fmt: skip
    pen.text(later_words(moment), pane, (ends[2], y), size=21, colour=p.TEXT, align=1.0,
             room=0.16 * pane.width)  # fmt: skip


def draw_places(pen: Pen, pane: pygame.Rect, y: int, texts: Texts, told: Debrief) -> None:
    """The ground as a line with a numbered pin for each place, and below it what lies there and how far off."""
    left, right = pane.left + pen.px(44), pane.right - pen.px(44)
    pen.text(texts.get("report.map"), pane, (left, y), face=Face.HEADING, size=32, room=right - left)
    found = ground_map(told, nearest=0.035, units=texts.units)
    ground = y + pen.px(200)
    _ground(pen, pane, texts, found, (left, right, ground))
    y = ground + pen.px(110)
    rows = sum(len(spot.parts) for spot in found.spots)
    step = min(pen.px(40), (pane.bottom - pen.px(80) - y) // max(rows, 1))
    where = {place.part: place.from_rover_m for place in told.places}
    for number, spot in enumerate(found.spots, start=1):
        for i, part in enumerate(spot.parts):
            if i == 0:
                _pin(pen, (left + pen.px(16), y), number, rover=Part.ROVER in spot.parts)
            pen.text(texts.get(f"part.{part}"), pane, (left + pen.px(52), y), size=22, room=0.5 * pane.width)
            far = _far(texts, part, where[part], told.target_m)
            pen.text(far, pane, (right, y), size=22, colour=p.QUIET, align=1.0, room=0.42 * pane.width)
            y += step


def _ground(
    pen: Pen, pane: pygame.Rect, texts: Texts, found: GroundMap, at: tuple[int, int, int]
) -> None:  # fmt: skip
    left, right, y = at
    pygame.draw.rect(pen.surface, p.GROUND, (left, y, right - left, pen.px(12)), 0, pen.px(4))
    pygame.draw.line(pen.surface, p.GROUND_LIT, (left, y), (right, y), pen.px(2))
    for share, along_m in found.ticks:
        x = left + share * (right - left)
        pygame.draw.line(pen.surface, p.QUIET, (round(x), y), (round(x), y + pen.px(18)), pen.px(2))
        pen.text(texts.distance(along_m, 0), pane, (x, y + pen.px(32)), size=20, colour=p.QUIET, align=0.5)
    if found.target_share is not None:
        x = left + found.target_share * (right - left)
        ink.fill(pen.surface, ((x, y + pen.px(14)), (x - pen.px(10), y + pen.px(34)), (x + pen.px(10), y + pen.px(34))),
                 p.GO)  # fmt: skip
        pen.text(texts.get("report.target"), pane, (x, y + pen.px(62)), face=Face.BOLD, size=20, colour=p.GO, align=0.5)
    for number, spot in enumerate(found.spots, start=1):
        _stem(pen, spot, number, (left + spot.share * (right - left), y))


def _stem(pen: Pen, spot: Spot, number: int, at: tuple[float, float]) -> None:
    """Neighbours stand at different heights, so that their pins do not cover each other."""
    x, y = at
    rover = Part.ROVER in spot.parts
    high = y - pen.px(60 if number % 2 else 110)
    ink.bar(pen.surface, (x, y), (x, high), pen.px(2), p.ACCENT if rover else p.QUIET)
    _pin(pen, (x, high), number, rover=rover)


def _pin(pen: Pen, at: tuple[float, float], number: int, *, rover: bool) -> None:
    radius = pen.px(17)
    ink.disc(pen.surface, *at, radius, p.ACCENT if rover else p.QUIET)
    box = pygame.Rect(0, 0, 2 * radius, 2 * radius)
    box.center = (round(at[0]), round(at[1]))
    pen.text(str(number), box, at, face=Face.BOLD, size=20, colour=p.PANEL, align=0.5)


def _far(texts: Texts, part: Part, from_rover_m: float, target_m: float | None) -> str:
    """How far from the rover; of the rover herself, how far from the target."""
    if part is not Part.ROVER:
        return texts.get(
            "result.down_track" if from_rover_m > 0.0 else "result.up_track", distance=texts.distance(from_rover_m)
        )
    if target_m is None:
        return ""
    return texts.get("result.from_target", value=abs(target_m))
