"""The debrief in words: one way to write each part of it, for the window, the page and the picture."""

from __future__ import annotations

from typing import Final

from game.content.texts import Texts
from game.content.units import quantity
from game.cues.debrief import Beside, Cost, Debrief
from game.report import FlightReport
from game.sim.snapshot import Outcome

_HOUR_S: Final = 3600.0
NOTHING: Final = "-"


def lesson_words(texts: Texts, told: Debrief) -> str:
    """What to try next, as one or two sentences."""
    lesson = told.lesson
    words: dict[str, float | str] = dict(lesson.figures)
    words["worst"] = lesson.worst
    furthest = told.furthest
    if furthest is not None and furthest.ours is not None:
        flown = 0.5 * sum(furthest.figure.span)
        words["moment"] = texts.fill(furthest.title)
        words["what"] = texts.get(f"flown_value.{furthest.quantity}", ours=furthest.ours, flown=flown)
    return texts.get(f"advice.{lesson.advice}", **words)


def flown_words(texts: Texts, report: FlightReport, told: Debrief) -> str:
    """How long a lost flight flew: of the seven minutes, if it was to fly them all."""
    if told.air_s is None:
        return texts.get("result.flown", time_s=report.time_s)
    if told.air_s < 1.0:
        return texts.get("result.flown_none")
    minutes, seconds = divmod(int(told.air_s), 60)
    return texts.get("result.flown_of", minutes=float(minutes), seconds=float(seconds))


def cost_words(texts: Texts, cost: Cost) -> str:
    """The points that are missing, and by what."""
    return texts.get(f"cause.{cost.cause}", points=float(cost.points), value=cost.value)


def moment_words(texts: Texts, moment: Beside) -> str:
    """What it is called; a loss with its short reason."""
    name = texts.get(f"moment.{moment.event}")
    return f"{name}: {texts.get(f'short.{moment.detail}')}" if moment.event.value == Outcome.LOST.value else name


def time_words(t_s: float | None) -> str:
    """Seconds from the entry interface; hours where it is hours; a stroke where it never came."""
    if t_s is None:
        return NOTHING
    if abs(t_s) >= _HOUR_S:
        return quantity(t_s / _HOUR_S, "h", 1)
    return quantity(t_s, "s", 1)


def later_words(moment: Beside) -> str:
    """How much later than the flown one, with its sign."""
    later_s = moment.later_s
    if later_s is None:
        return ""
    words = quantity(later_s, "s", 1)
    return words if words.startswith("-") else f"+{words}"
