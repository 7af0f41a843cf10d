"""The lesson of a level: what a person reads before its first flight, on one screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from game.content.files import key_of
from game.content.ranges import Fault
from game.content.texts import fault_in
from game.sim.records import Record

LESSON_KEYS: Final = ("tilt", "throttle", "thrust", "reel", "action", "assist", "mark")
MOST_STEPS: Final = 5  # that one screen can hold


@dataclass(frozen=True, slots=True)
class Lesson(Record):
    """What is read before the first flight of a level, on one screen below the brief.

    teaches  the one thing to learn, as a sentence
    steps    what to do, in order; {tilt}, {throttle}, {thrust}, {reel}, {action}, {assist} and {mark} in them become
             what to press on the device in hand
    """

    teaches: str
    steps: tuple[str, ...]


def lesson_faults(lesson: Lesson) -> Iterable[Fault]:
    """What is wrong with a lesson, each fault with its key."""
    if not 1 <= len(lesson.steps) <= MOST_STEPS:
        yield "lesson.steps", f"must be 1 to {MOST_STEPS} lines, not {len(lesson.steps)}"
    steps = {key_of(("lesson", "steps", index)): line for index, line in enumerate(lesson.steps)}
    lines = {"lesson.teaches": lesson.teaches, **steps}
    for key, text in lines.items():
        yield from line_faults(key, text)
        fault = fault_in(text, LESSON_KEYS)
        if fault:
            yield key, fault


def line_faults(key: str, text: str) -> Iterable[Fault]:
    """What is wrong with a line of words."""
    if not text.strip():
        yield key, "must not be empty"
    elif not text.isprintable():
        yield key, "must be one line of plain text"
