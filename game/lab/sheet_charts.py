"""The debrief in charts by matplotlib: curves over the flown flight, moments beside hers, the map of the parts.

All on one picture, or each alone for a page.
"""

from __future__ import annotations

from textwrap import fill
from typing import Any, Final

from game.cues.curves import span_of
from game.cues.debrief import Beside
from game.cues.places import ground_map
from game.cues.told import later_words, lesson_words, moment_words, time_words
from game.lab.overlay import FLOWN, INK, OURS, PAPER, QUIET, draw_panels, new_figure, png_of
from game.lab.sheet import Sheet, spot_words
from game.sim.snapshot import Part

_WIDE_IN: Final = 12.0
_CURVES_IN: Final = 7.2
_MAP_IN: Final = 3.0
_ROW_IN: Final = 0.235  # of the timeline
_HEAD_IN: Final = 1.9
_NOTE_IN: Final = 0.6
_LEVELS: Final = (0.30, 0.52, 0.74, 0.96)  # heights of the map's labels, one after the other
_MOST_LATER_S: Final = 20.0  # as far as the timeline's bars go
_EDGE: Final = 0.02  # free to the left and right of words
_DUST: Final = "#d9a273"


def sheet_png(sheet: Sheet) -> bytes:
    """Everything on one picture. The same sheet gives the same bytes. Raises NoPlotsError."""
    told = sheet.told
    heights = [_HEAD_IN + _NOTE_IN * len(sheet.notes())]
    if sheet.track is not None:
        heights.append(_CURVES_IN)
    if told is not None:
        heights.append(_ROW_IN * (len(told.moments) + 3))
        if told.places:
            heights.append(_MAP_IN)
    figure = new_figure((_WIDE_IN, sum(heights)))
    rows = iter(figure.subfigures(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0])
    _draw_head(next(rows), sheet)
    if sheet.track is not None:
        _draw_curves(next(rows), sheet)
    if told is not None:
        left, right = next(rows).subfigures(1, 2, width_ratios=(1.55, 1.0))
        _draw_timeline(left.subplots(), sheet)
        _draw_advice(right.subplots(), sheet)
        if told.places:
            _draw_map(next(rows).subplots(), sheet)
    return png_of(figure)


def curves_png(sheet: Sheet) -> bytes:
    """Altitude, speed, load and heat over the flown flight; the sheet has a track. Raises NoPlotsError."""
    figure = new_figure((_WIDE_IN, _CURVES_IN))
    _draw_curves(figure, sheet)
    return png_of(figure)


def map_png(sheet: Sheet) -> bytes:
    """Where every part came down; the sheet has places. Raises NoPlotsError."""
    figure = new_figure((_WIDE_IN, _MAP_IN))
    _draw_map(figure.subplots(), sheet)
    return png_of(figure)


def _draw_curves(figure: Any, sheet: Sheet) -> None:
    track = sheet.track
    if track is None:
        raise ValueError("curves need a track")
    axes = figure.subplots(2, 2, sharex=True).flat
    draw_panels(axes, sheet.flown, [track], span_of(sheet.flown, track), ours=sheet.texts.get("report.ours"))


def _draw_head(figure: Any, sheet: Sheet) -> None:
    axes = _blank(figure.subplots())
    title, flight = sheet.head()
    figure.set_facecolor(PAPER)
    y, high = 0.96, _HEAD_IN + _NOTE_IN * len(sheet.notes())
    axes.text(0.0, y, title, va="top", color=INK, fontsize=22, fontweight="bold")
    y -= 0.46 / high
    axes.text(0.0, y, flight, va="top", color=FLOWN, fontsize=12)
    y -= 0.36 / high
    body = "\n".join(fill(line, 135) for line in sheet.story())
    axes.text(0.0, y, body, va="top", color=INK, fontsize=11, linespacing=1.4)
    y -= 0.24 * (body.count("\n") + 1) / high + 0.08 / high
    notes = "\n".join(fill(line, 135) for line in sheet.notes())
    axes.text(0.0, y, notes, va="top", color=OURS, fontsize=10.5, linespacing=1.4)


def _draw_timeline(axes: Any, sheet: Sheet) -> None:
    """A row for each moment: its name, ours, the flown one, and a bar to the right when ours came later."""
    _blank(axes)
    moments = sheet.told.moments if sheet.told else ()
    axes.set_ylim(len(moments) + 0.6, -1.7)
    axes.set_title(sheet.texts.get("report.timeline"), loc="left", x=_EDGE, color=INK, fontsize=12, fontweight="bold")
    heads = (
        (0.0, "left", "report.moment"), (0.50, "right", "report.this_flight"),
        (0.66, "right", "report.flown"), (0.98, "right", "report.difference"),
    )  # fmt: skip
    title = sheet.flown.title.partition(",")[0] if sheet.flown else ""
    for x, side, key in heads:
        axes.text(x, -1.0, sheet.texts.get(key, title=title), ha=side, va="center", color=FLOWN, fontsize=9)
    axes.axvline(0.78, 0.02, 0.94, color=QUIET, linewidth=0.8)
    for i, moment in enumerate(moments):
        _draw_moment(axes, sheet, moment, i)


def _draw_moment(axes: Any, sheet: Sheet, moment: Beside, row: int) -> None:
    colour = INK if moment.ours_s is not None else QUIET
    axes.text(0.0, row, moment_words(sheet.texts, moment), va="center", color=colour, fontsize=9.5)
    axes.text(0.50, row, time_words(moment.ours_s), ha="right", va="center", color=colour, fontsize=9.5)
    axes.text(0.66, row, time_words(moment.flown_s), ha="right", va="center", color=FLOWN, fontsize=9.5)
    if moment.later_s is not None:
        share = max(min(moment.later_s / _MOST_LATER_S, 1.0), -1.0)
        axes.barh(row, 0.09 * share, left=0.78, height=0.5, color=OURS)
        axes.text(0.98, row, later_words(moment), ha="right", va="center", color=OURS, fontsize=9.5)


def _draw_advice(axes: Any, sheet: Sheet) -> None:
    """What the points were lost by, what to try next, and the dry line."""
    _blank(axes)
    if sheet.told is None:
        return
    texts = sheet.texts
    parts = (
        (texts.get("report.points"), "\n".join(fill(line, 52) for line in sheet.points()), INK),
        (texts.get("report.try_next"), fill(lesson_words(texts, sheet.told), 52), OURS),
        ("", fill(texts.get(sheet.told.joke), 52), FLOWN),
    )
    y = 1.0
    line = 1.25 / max(len(sheet.told.moments) + 3, 1)
    for head, body, colour in parts:
        if head:
            axes.text(0.0, y, head, va="top", color=INK, fontsize=12, fontweight="bold")
            y -= 1.5 * line
        axes.text(0.0, y, body, va="top", color=colour, fontsize=11, linespacing=1.4)
        y -= line * (body.count("\n") + 2.0)


def _draw_map(axes: Any, sheet: Sheet) -> None:
    """The ground as a line, a stem for each place, its parts and their distance on it."""
    _blank(axes)
    if sheet.told is None:
        return
    found = ground_map(sheet.told)
    axes.set_title(sheet.texts.get("report.map"), loc="left", x=_EDGE, color=INK, fontsize=12, fontweight="bold")
    axes.set_ylim(-0.3, 1.25)
    axes.fill_between((-_EDGE, 1.0 + _EDGE), -0.06, 0.0, color=_DUST)
    for share, along_m in found.ticks:
        axes.plot((share, share), (-0.06, 0.0), color=INK, linewidth=0.8)
        axes.text(share, -0.09, sheet.texts.distance(along_m, 0), ha="center", va="top", color=INK, fontsize=8)
    axes.text(0.5, -0.22, sheet.texts.get("report.axis_down_track"), ha="center", va="top", color=FLOWN, fontsize=8.5)
    if found.target_share is not None:
        axes.plot(found.target_share, 0.0, marker="^", markersize=9, color=FLOWN, clip_on=False)
        axes.text(found.target_share, -0.09, sheet.texts.get("report.target"), ha="center", va="top", color=FLOWN,
                  fontsize=8.5, fontweight="bold")  # fmt: skip
    for i, spot in enumerate(found.spots):
        rover = Part.ROVER in spot.parts
        high = _LEVELS[i % len(_LEVELS)]
        colour = OURS if rover else INK
        axes.plot((spot.share, spot.share), (0.0, high - 0.02), color=colour, linewidth=1.0)
        axes.plot(spot.share, 0.0, marker="o", markersize=9 if rover else 6, color=colour, clip_on=False)
        axes.text(spot.share, high, spot_words(sheet.texts, spot), ha="center", va="bottom", color=colour, fontsize=8.5,
                  fontweight="bold" if rover else "normal", linespacing=1.1,
                  bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0})  # fmt: skip


def _blank(axes: Any) -> Any:
    """Axes without any, from 0 to 1 in both directions."""
    axes.set_facecolor(PAPER)
    axes.axis("off")
    axes.set_xlim(-_EDGE, 1.0 + _EDGE)
    axes.set_ylim(0.0, 1.0)
    return axes
