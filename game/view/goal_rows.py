"""The figures of a goal before the ground, as rows of the result: how each came out, and how far off it may be."""

from __future__ import annotations

import pygame

from game.content.texts import Texts
from game.cues.signs import Sign
from game.report import FlightReport
from game.sim.events import Reason
from game.sim.spec import GoalSpec
from game.view import ink
from game.view import palette as p
from game.view.fonts import Face
from game.view.pen import Pen
from game.view.signs import colour_of


def has_goal_rows(report: FlightReport, goal: GoalSpec | None) -> bool:
    """Whether the flight ended at its goal, reached or missed."""
    return goal is not None and bool(goal.figures) and report.reason_code in (Reason.COMPLETED, Reason.GOAL_MISSED)


def draw_goal_rows(pen: Pen, pane: pygame.Rect, texts: Texts, report: FlightReport, goal: GoalSpec, y: int) -> int:
    """A row for each figure, with a scale whose middle is the aim; returns where they end."""
    left, right = pane.left + pen.px(44), pane.right - pen.px(44)
    found = dict(report.reason_figures)
    for wanted in goal.figures:
        value = found.get(wanted.name.value)
        if value is None:
            continue
        off = (value - wanted.aim) / wanted.half_width
        sign = Sign.GO if abs(off) <= 1.0 else Sign.STOP
        pen.sign(sign, left + pen.px(14), y, 12)
        pen.text(texts.get(f"figure.{wanted.name}"), pane, (left + pen.px(42), y), face=Face.HEADING, size=30,
                 room=0.42 * pane.width)  # fmt: skip
        words = texts.get(f"figure_value.{wanted.name}", value=value, aim=wanted.aim, half_width=wanted.half_width)
        pen.text(words, pane, (right, y), size=22, align=1.0, room=0.52 * pane.width)
        y += pen.px(32)
        bar = pygame.Rect(left, y - pen.px(6), right - left, pen.px(12))
        pygame.draw.rect(pen.surface, p.mixed(p.PANEL, p.QUIET, 0.35), bar, 0, pen.px(6))
        # The scale shows twice what is allowed to either side.
        good = pygame.Rect(0, bar.top, bar.width // 2, bar.height)
        good.centerx = bar.centerx
        pygame.draw.rect(pen.surface, p.mixed(p.PANEL, p.GO, 0.6), good, 0, pen.px(4))
        pygame.draw.line(pen.surface, p.TEXT, (bar.centerx, bar.top - 2), (bar.centerx, bar.bottom + 1), pen.px(2))
        x = bar.centerx + min(max(off / 2.0, -1.0), 1.0) * 0.5 * bar.width
        ink.disc(pen.surface, x, bar.centery, pen.px(10), colour_of(sign))
        y += pen.px(40)
    return y
