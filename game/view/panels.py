"""Pause and result: words on dark panes over the picture of the flight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

import pygame

from game.content.flown import FlownFlight
from game.content.levels import Medal
from game.content.texts import Texts
from game.cues.debrief import Cause, Debrief
from game.cues.signs import Sign
from game.cues.told import cost_words, flown_words, lesson_words
from game.cues.track import Track
from game.report import ALIVE, FlightReport
from game.scoring import HALF_POINTS, landing_score
from game.sim.events import Reason
from game.sim.snapshot import Outcome
from game.sim.spec import GoalSpec
from game.view import fonts, ink
from game.view import palette as p
from game.view.fonts import Face
from game.view.goal_rows import draw_goal_rows, has_goal_rows
from game.view.layout import Layout, layout_of
from game.view.medals import draw_medal
from game.view.pen import Pen, Written
from game.view.result_pages import draw_curves, draw_moments, draw_places

_DIM: Final = 150
UNDER_PAGE: Final = 225  # what lies under a whole page is only guessed at: half words beside it are a mess
# Heights in units: of a row, of what stands above and below the rows of a page, and of the page of curves.
_ROW: Final = 31
_ROWS_FROM: Final = 230
_PLACES_FROM: Final = 500
_CURVES: Final = 780
_TRUE_SPEED_MPS: Final = 0.771
_TRUE_DISTANCE_M: Final = 1700.0
_HEADINGS: Final = {Reason.LANDED: "landed", Reason.COMPLETED: "completed", Reason.GOAL_MISSED: "missed"}


@lru_cache(maxsize=2)
def _dim(size: tuple[int, int], colour: p.Rgb, alpha: int) -> pygame.Surface:
    pane = pygame.Surface(size, pygame.SRCALPHA, 32)
    pane.fill((*colour, alpha))
    return pane


def dimmed(size: tuple[int, int], dim: int = _DIM) -> pygame.Surface:
    """What lies over a picture that something else stands on; `dim` of 255 of it is gone."""
    return _dim(size, p.PANEL, dim)


def draw_pause(
    surface: pygame.Surface, texts: Texts, items: tuple[str, ...], index: int, words: tuple[tuple[str, ...], str, str]
) -> list[Written]:  # fmt: skip
    """Everything below dimmed, and the ways on. `words`: the controls, a hint, and why it is paused (or nothing)."""
    layout = layout_of(surface.get_size())
    keys, hint, note = words

    def measured(unit: float) -> tuple[Pen, int, tuple[str, ...], int]:
        """Pen, width, the lines of why, and height in this unit."""
        pen = Pen(surface, unit)
        wide = min(pen.px(860), layout.size[0] - pen.px(60))
        why = fonts.wrapped(note, Face.BOLD, pen.px(24), wide - pen.px(96))
        return pen, wide, why, pen.px(150 + 66 * len(items) + 36 * len(keys) + 36 * len(why) + 70)

    unit = layout.largest_unit(lambda unit: measured(unit)[3] <= layout.size[1])
    pen, wide, why, high = measured(unit)
    surface.blit(dimmed(layout.size), (0, 0))
    pane = pygame.Rect(0, 0, wide, high)
    pane.center = (layout.size[0] // 2, layout.size[1] // 2)
    pen.panel(pane, 225)
    left, room = pane.left + pen.px(48), wide - pen.px(96)
    y = pane.top + pen.px(72)
    pen.text(texts.get("pause.heading").upper(), pane, (left, y), face=Face.TITLE, size=78)
    y += pen.px(86)
    for line in why:
        pen.text(line, pane, (left, y - pen.px(14)), face=Face.BOLD, size=24, colour=p.CAUTION, room=room)
        y += pen.px(36)
    for i, label in enumerate(items):
        chosen = i == index
        if chosen:
            pygame.draw.rect(pen.surface, p.ACCENT, (pane.left, y - pen.px(30), pen.px(8), pen.px(60)))
            pen.arrow(left + pen.px(4), y, 12, 1.0, p.ACCENT)
        pen.text(label, pane, (left + pen.px(34), y), face=Face.TITLE, size=46, colour=p.TEXT if chosen else p.QUIET)
        y += pen.px(66)
    y += pen.px(8)
    for line in keys:
        pen.text(line, pane, (left, y), size=22, colour=p.TEXT, room=room)
        y += pen.px(36)
    pen.text(hint, pane, (left, y + pen.px(14)), size=20, colour=p.QUIET, room=room)
    return pen.written


class Page(StrEnum):
    """What the result's pane shows; left and right turn the pages."""

    POINTS = "points"
    CURVES = "curves"
    MOMENTS = "moments"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class Seen:
    """What of the result is seen, besides the report's own figures.

    medal               what the points earned, on the level's own scale
    told, flown, track  the debrief, what it is laid beside, and the curves; a page that would be empty is left out
    remark, note        a line under the reason; words in the place of the keys at the foot
    buttons             the keys at the foot are plates for fingers
    """

    told: Debrief
    flown: FlownFlight | None = None
    track: Track | None = None
    page: Page = Page.POINTS
    medal: Medal | None = None
    remark: str = ""
    note: str = ""
    buttons: bool = False

    @property
    def pages(self) -> tuple[Page, ...]:
        empty = set() if self.track is not None and len(self.track.rows) > 1 else {Page.CURVES}
        if not self.told.places:
            empty.add(Page.PLACES)
        return tuple(page for page in Page if page not in empty)


def draw_result(
    surface: pygame.Surface,
    texts: Texts,
    report: FlightReport,
    title: str,
    seen: Seen,
    goal: GoalSpec | None = None,
    *,
    keys: tuple[str, ...] = ("again", "next", "back", "keep", "pages"),
    called: Mapping[str, str] | None = None,
) -> list[Written]:
    """The debrief on one pane beside (or below) the picture of the rover, as high as its words need.

    keys    what is told at the foot
    called  what buttons are called there
    goal    of the level, whose figures are listed if the flight ended with them
    """
    layout = layout_of(surface.get_size())
    pane = result_pane(layout)
    hints = tuple(texts.get(f"result.{key}", **(called or {})) for key in keys)
    if seen.page is not Page.POINTS:
        pen = Pen(surface, layout.largest_unit(lambda unit: _fits(pane, seen, unit)))
        _frame(pen, pane, texts, report, title, seen, hints)
        y = pane.top + pen.px(104)
        if seen.page is Page.CURVES and seen.track is not None:
            draw_curves(pen, pane, y, texts, seen.track, seen.flown)
        elif seen.page is Page.MOMENTS:
            draw_moments(pen, pane, y, texts, seen.told, seen.flown)
        else:
            draw_places(pen, pane, y, texts, seen.told)
        return pen.written

    def needed_px(unit: float, *, joke: bool = True) -> int:
        """Written on nothing, to see how high it is."""
        trial = Pen(pygame.Surface((1, 1)), unit)
        end = _result(trial, pane, texts, report, seen, goal, joke=joke)
        return end - pane.top + trial.px(78 if seen.buttons else 58)

    pen = Pen(surface, layout.largest_unit(lambda unit: needed_px(unit) <= pane.height))
    joke = needed_px(pen.unit) <= pane.height  # where there is much to say, what is said for fun gives way
    needed = needed_px(pen.unit, joke=joke)
    spare = pane.height - min(needed, pane.height)
    pane = pygame.Rect(pane.left, pane.top + (spare if layout.upright else spare // 2), pane.width, pane.height - spare)
    _frame(pen, pane, texts, report, title, seen, hints)
    _result(pen, pane, texts, report, seen, goal, joke=joke)
    return pen.written


def _fits(pane: pygame.Rect, seen: Seen, unit: float) -> bool:
    """Whether the rows of a further page are still apart in this unit."""
    told = seen.told
    rows = {
        Page.MOMENTS: _ROWS_FROM + _ROW * (len(told.moments) + 1),
        Page.PLACES: _PLACES_FROM + _ROW * len(told.places),
    }
    return rows.get(seen.page, _CURVES) * unit <= pane.height


def _frame(
    pen: Pen, pane: pygame.Rect, texts: Texts, report: FlightReport, title: str, seen: Seen, hints: tuple[str, ...]
) -> None:  # fmt: skip
    """What every page has: the flight's name, which page this is, and the keys."""
    pen.panel(pane, 228)
    colour = p.GO if report.outcome in ALIVE else p.STOP
    pygame.draw.rect(pen.surface, colour, (pane.left, pane.top, pane.width, pen.px(8)))
    left, room, y = pane.left + pen.px(44), pane.width - pen.px(88), pane.top + pen.px(52)
    marks = pen.px(30) * (len(seen.pages) + 1)
    mode = texts.get(f"mode.{report.mode}")
    pen.text(f"{title} · {mode}".upper(), pane, (left, y), face=Face.HEADING, size=26, colour=p.QUIET,
             room=room - marks - pen.px(30))  # fmt: skip
    x = left + room - marks
    pen.arrow(x, y, 11, -1.0, p.QUIET)
    for i, page in enumerate(seen.pages, start=1):
        here = page is seen.page
        ink.disc(pen.surface, x + i * pen.px(30), y, pen.px(9 if here else 6), p.ACCENT if here else p.QUIET)
    pen.arrow(x + marks, y, 11, 1.0, p.QUIET)
    if seen.buttons and not seen.note:
        _buttons(pen, pane, hints, room)
        return
    pen.text(seen.note or "   ".join(hints), pane, (left, pane.bottom - pen.px(38)), face=Face.BOLD, size=21,
             colour=p.GO if seen.note else p.TEXT, room=room)  # fmt: skip


def _buttons(pen: Pen, pane: pygame.Rect, words: tuple[str, ...], room: int) -> None:
    """The words at the foot as plates for fingers, side by side; the box of each is its plate."""
    gap = pen.px(16)
    wide = (room - gap * (len(words) - 1)) // len(words)
    for i, word in enumerate(words):
        plate = pygame.Rect(pane.left + pen.px(44) + i * (wide + gap), pane.bottom - pen.px(66), wide, pen.px(54))
        pygame.draw.rect(pen.surface, p.QUIET, plate, pen.px(2), pen.px(8))
        pen.text(word, plate, plate.center, face=Face.BOLD, size=21, align=0.5, room=wide - pen.px(16))


def _result(
    pen: Pen, pane: pygame.Rect, texts: Texts, report: FlightReport, seen: Seen, goal: GoalSpec | None, *, joke: bool
) -> int:  # fmt: skip
    """Everything on the first page but its frame; returns where it ends."""
    landed = report.outcome is Outcome.LANDED
    left, right, room = pane.left + pen.px(44), pane.right - pen.px(44), pane.width - pen.px(88)
    y = pane.top + pen.px(116)
    pen.sign(Sign.GO if report.outcome in ALIVE else Sign.STOP, left + pen.px(20), y, 24)
    heading = texts.get(f"result.heading_{_HEADINGS.get(report.reason_code, 'lost')}")
    pen.text(heading, pane, (left + pen.px(62), y), face=Face.TITLE, size=76, room=room - pen.px(62))
    y += pen.px(68)
    figures: dict[str, float | str] = dict(report.reason_figures)
    y = _paragraph(pen, pane, texts.get(f"reason.{report.reason_code}", **figures), y, size=25, colour=p.TEXT)
    if seen.remark:
        y = _paragraph(pen, pane, seen.remark, y, size=22, colour=p.QUIET)
    y += pen.px(10)
    if landed:
        y = _points(pen, pane, texts, report, seen, (left, right, y))
    elif goal is not None and has_goal_rows(report, goal):
        y = _goal(pen, pane, texts, report, goal, seen.medal, (left, y))
    else:
        y = _lost(pen, pane, texts, report, seen.told, y)
    if not (goal is not None and goal.figures):
        y = _facts(pen, pane, texts, report, y + pen.px(18))
    advice = texts.get("result.try_next", advice=lesson_words(texts, seen.told))
    y = _paragraph(pen, pane, advice, y + pen.px(16), size=24, colour=p.GO)
    y = _paragraph(pen, pane, texts.get(f"real.{report.reason_code}"), y + pen.px(12), size=22, colour=p.QUIET)
    return _paragraph(pen, pane, texts.get(seen.told.joke), y + pen.px(10), size=22, colour=p.CAUTION) if joke else y


def result_pane(layout: Layout) -> pygame.Rect:
    """Right of the rover in a wide window, below it in a tall one."""
    wide, high = layout.size
    gap = round(24 * layout.plain_unit)
    if layout.upright:
        top = round(0.36 * high)
        return pygame.Rect(gap, top, wide - 2 * gap, high - top - gap)
    pane_wide = max(round(min(0.56 * wide, 940 * layout.unit)), min(round(860 * layout.unit), wide - 2 * gap))
    return pygame.Rect(wide - gap - pane_wide, gap, pane_wide, high - 2 * gap)


def free_beside_result(layout: Layout) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what the result's pane leaves of the window."""
    wide, high = layout.size
    pane = result_pane(layout)
    if layout.upright:
        return 0.0, 0.04 * high, float(wide), 0.92 * pane.top
    return 0.0, 0.3 * high, float(pane.left), 0.86 * high


def _paragraph(pen: Pen, pane: pygame.Rect, words: str, y: int, *, size: float, colour: p.Rgb) -> int:
    room = pane.width - pen.px(88)
    for line in fonts.wrapped(words, Face.TEXT, pen.px(size), room):
        pen.text(line, pane, (pane.left + pen.px(44), y), size=size, colour=colour, room=room)
        y += pen.px(size * 1.36)
    return y


def _medal(pen: Pen, pane: pygame.Rect, texts: Texts, medal: Medal, at: tuple[int, int]) -> None:
    """Beside the total: the disc, and below it what it is called."""
    x, y = at[0] + pen.px(52), at[1]
    draw_medal(pen, x, y - pen.px(10), medal, 24)
    pen.text(texts.get(f"medal.{medal}"), pane, (x, y + pen.px(30)), face=Face.HEADING, size=21, align=0.5,
             room=pen.px(110))  # fmt: skip


def _points(
    pen: Pen, pane: pygame.Rect, texts: Texts, report: FlightReport, seen: Seen, at: tuple[int, int, int]
) -> int:  # fmt: skip
    """Total with its medal, then softness and accuracy with a bar and the cause of each."""
    told, medal = seen.told, seen.medal
    left, right, y = at
    score = report.score
    y += pen.px(30)
    total = pen.text(f"{score.total:,}", pane, (left, y), face=Face.BOLD, size=76)
    if medal is not None:
        _medal(pen, pane, texts, medal, (total.right, y))
    true = landing_score(_TRUE_SPEED_MPS, _TRUE_DISTANCE_M).total
    beaten = texts.get("result.beaten" if score.total > true else "result.not_beaten", points=true)
    for i, line in enumerate(fonts.wrapped(beaten, Face.BOLD, pen.px(22), pane.width // 2 - pen.px(40))):
        low = y - pen.px(14) + i * pen.px(30)
        pen.text(line, pane, (right, low), face=Face.BOLD, size=22, colour=p.CAUTION, align=1.0)
    y += pen.px(72)
    rows = (("softness", score.softness), ("accuracy", score.accuracy))
    for key, points in rows:
        pen.text(texts.get(f"result.{key}"), pane, (left, y), face=Face.HEADING, size=32)
        of = texts.get("result.of_points", points=points, most=HALF_POINTS)
        pen.text(of, pane, (right, y), face=Face.TEXT, size=24, align=1.0, room=0.5 * pane.width)
        y += pen.px(28)
        bar = pygame.Rect(left, y, right - left, pen.px(12))
        pygame.draw.rect(pen.surface, p.mixed(p.PANEL, p.QUIET, 0.35), bar, 0, pen.px(6))
        filled = bar.copy()
        filled.width = max(round(bar.width * points / HALF_POINTS), 1)
        pygame.draw.rect(pen.surface, p.GO, filled, 0, pen.px(6))
        y += pen.px(32)
        lost_by = [
            cost_words(texts, cost) for cost in told.costs if (cost.cause is Cause.DISTANCE) is (key == "accuracy")
        ]
        y = _paragraph(pen, pane, " · ".join((*lost_by, texts.get(f"result.{key}_true"))), y, size=21, colour=p.QUIET)
        y += pen.px(12)
    return y


def _lost(pen: Pen, pane: pygame.Rect, texts: Texts, report: FlightReport, told: Debrief, y: int) -> int:
    """No points, but never nothing."""
    y += pen.px(16)
    flown = flown_words(texts, report, told)
    y = _paragraph(pen, pane, f"{flown} {texts.get('result.lost_score')}", y, size=25, colour=p.CAUTION)
    return y + pen.px(10)


def _goal(
    pen: Pen, pane: pygame.Rect, texts: Texts, report: FlightReport, goal: GoalSpec, medal: Medal | None,
    at: tuple[int, int],
) -> int:  # fmt: skip
    """Points if it was reached, and every figure beside its aim."""
    left, y = at
    if report.outcome is Outcome.COMPLETED:
        y += pen.px(30)
        total = pen.text(f"{report.score.total:,}", pane, (left, y), face=Face.BOLD, size=76)
        if medal is not None:
            _medal(pen, pane, texts, medal, (total.right, y))
        y += pen.px(58)
        words = texts.get("result.goal_points", points=report.score.total)
    else:
        words = texts.get("result.missed")
    y = _paragraph(pen, pane, words, y + pen.px(8), size=22, colour=p.QUIET)
    return draw_goal_rows(pen, pane, texts, report, goal, y + pen.px(24))


def _facts(pen: Pen, pane: pygame.Rect, texts: Texts, report: FlightReport, y: int) -> int:
    """How the wheels met the ground, and what is left."""
    touchdown = report.touchdown
    if touchdown is None:
        lines = [texts.get("result.no_touchdown")]
    else:
        lines = [
            texts.get(
                "result.touchdown", speed_mps=touchdown.speed_mps, vertical_mps=abs(touchdown.vertical_mps),
                horizontal_mps=abs(touchdown.horizontal_mps), distance_m=abs(touchdown.distance_m),
                slope_deg=abs(touchdown.slope_deg),
            )
        ]  # fmt: skip
    lines.append(texts.get("result.propellant", propellant_kg=report.propellant_left_kg))
    for line in lines:
        y = _paragraph(pen, pane, line, y, size=22, colour=p.TEXT)
        y += pen.px(4)
    return y
