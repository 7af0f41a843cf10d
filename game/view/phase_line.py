"""The bottom row of the HUD: the phase and what comes next, what ACTION does and whether it is time, the two clocks."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Final

import pygame

from game.content.texts import Texts
from game.cues.hud import HudModel
from game.cues.windows import Act, WindowState
from game.sim.phases import Phase
from game.view import fonts
from game.view import palette as p
from game.view.fonts import Face
from game.view.hud_notes import HudNotes
from game.view.pen import Pen
from game.view.signs import colour_of

_TALL_ROW: Final = 90  # units: a row that is taller has room for a line more


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """The phase, and what comes next; whether it is known how soon."""

    name: str
    next: str
    timed: bool


def phase_words(model: HudModel, texts: Texts) -> PhaseWords:
    name = texts.get(f"phase.{model.phase}").upper()
    event, left_s = texts.get(f"coming.{model.coming.event}"), model.coming.left_s
    if not event:
        return PhaseWords(name, "", False)
    if left_s is None:
        return PhaseWords(name, texts.get("hud.next", event=event), False)
    return PhaseWords(name, texts.get("hud.next_in", event=event, clock=clock(left_s)), True)


def draw_phase(pen: Pen, box: pygame.Rect, words: PhaseWords) -> None:
    """Where we are, what comes next and how soon."""
    pen.panel(box)
    left, room = box.left + pen.px(18), box.width - pen.px(30)
    high, low = _rows(pen, box)
    pen.text(words.name, box, (left, high), face=Face.TITLE, size=38, room=room)
    pen.text(words.next, box, (left, low), size=22, colour=p.TEXT if words.timed else p.QUIET, room=room)


def clock(time_s: float) -> str:
    """Minutes and seconds, rounded up as a countdown is.

    >>> clock(0.2), clock(59.0), clock(75.0)
    ('0:01', '0:59', '1:15')
    """
    whole = ceil(time_s - 1e-6)
    return f"{whole // 60}:{whole % 60:02d}"


def _rows(pen: Pen, box: pygame.Rect) -> tuple[int, int]:
    """The middles of the two lines of the bottom row, which is taller where what to do takes a line more."""
    high = box.top + pen.px(28)
    return high, high + pen.px(32)


def draw_action(pen: Pen, box: pygame.Rect, model: HudModel, texts: Texts, name: str, *, cues: bool) -> None:
    """What ACTION does next, whether its moment has come, and why."""
    pen.panel(box)
    window = model.window
    is_open = cues and window.by_action and window.state is WindowState.OPEN
    left, y = box.left + pen.px(18), _rows(pen, box)[0]
    if window.by_action:
        key = pen.key((name or texts.get("hud.action")).upper(), box, left, y, lit=is_open)
        left = key.right + pen.px(14)
    what = _what(model, texts)
    state = texts.get(f"window.{window.state}").upper() if cues and window.by_action else ""
    state_wide = pen.bold_width(state, 24) + pen.px(56) if state else 0
    pen.text(what, box, (left, y), face=Face.HEADING, size=32, room=box.right - left - state_wide - pen.px(14))
    if state:
        right = box.right - pen.px(16)
        pen.text(state, box, (right, y), face=Face.BOLD, size=24, colour=colour_of(window.sign), align=1.0)
        pen.sign(window.sign, box.right - state_wide + pen.px(6), y, 11)
    words, room = texts.get(f"phase_help.{model.phase}"), box.width - pen.px(34)
    lines: tuple[str, ...] = (words,)
    low = _rows(pen, box)[1]
    if box.height > pen.px(_TALL_ROW):
        lines = fonts.wrapped(words, Face.TEXT, pen.px(20), room)[:2]
        low += 0 if len(lines) > 1 else pen.px(8)
    for line in lines:
        pen.text(line, box, (box.left + pen.px(18), low), size=20, colour=p.QUIET, room=room)
        low += pen.px(25)


def _what(model: HudModel, texts: Texts) -> str:
    act = model.window.act
    return texts.get(f"window.{WindowState.NONE}") if act is Act.NONE else texts.get(f"act.{act}")


@dataclass(frozen=True, slots=True)
class ClockWords:
    """Mode, pace or help, our clock; below it what is practised, or what she does at this time of hers."""

    mode: str
    tag: str
    time: str
    practice: str
    hers: str
    hers_now: bool


def clock_words(model: HudModel, texts: Texts, notes: HudNotes) -> ClockWords:
    # A clock that counts up is not rounded up.
    if model.phase is Phase.COURSE:
        time = texts.get("hud.flight_clock", clock=clock(floor(model.flight_s)))
    elif model.mission_s < 0.0:
        time = texts.get("hud.mission_clock_before", clock=clock(-model.mission_s))
    else:
        time = texts.get("hud.mission_clock", clock=clock(floor(model.mission_s)))
    tag = texts.get("hud.assist") if notes.assist else texts.get("hud.real_time") if notes.real_time else ""
    if not tag and notes.pace > 1.05 and model.phase is not Phase.OVER:
        tag = texts.get("hud.pace", pace=notes.pace)
    words, hers = "", model.hers
    if hers is not None and f"hers.{hers.event}" in texts:
        event = texts.get(f"hers.{hers.event}")
        words = texts.get("hud.her_now", event=event)
        if hers.left_s is not None:
            words = texts.get("hud.her_next", event=event, clock=clock(hers.left_s))
    now = hers is not None and hers.left_s is None
    return ClockWords(notes.mode.upper(), tag, time, notes.practice, words, now)


def draw_clock(pen: Pen, box: pygame.Rect, words: ClockWords) -> None:
    """Mode, pace and our own clock; below it hers."""
    pen.panel(box)
    left, right = box.left + pen.px(16), box.right - pen.px(16)
    high, low = _rows(pen, box)
    time = pen.text(words.time, box, (right, high), face=Face.BOLD, size=30, align=1.0, room=0.46 * box.width)
    room, low_room = time.left - left - pen.px(10), right - left
    gap = pen.px(10)
    tag_wide = fonts.width(words.tag, Face.HEADING, pen.px(24)) if words.tag else 0
    beside = fonts.width(words.mode, Face.HEADING, pen.px(24)) + gap + tag_wide <= room
    end = pen.text(words.mode, box, (left, high), face=Face.HEADING, size=24, colour=p.QUIET, room=room).right
    if words.tag and beside:
        pen.text(words.tag, box, (end + gap, high), face=Face.HEADING, size=24, colour=p.GO)
    elif words.tag and not words.practice:  # in a narrow box below our clock
        pen.text(words.tag, box, (right, low), face=Face.HEADING, size=24, colour=p.GO, align=1.0)
        low_room -= tag_wide + gap
    if words.practice:
        pen.text(words.practice, box, (left, low), face=Face.HEADING, size=24, colour=p.CAUTION,
                 room=low_room)  # fmt: skip
        return
    if fonts.width(words.hers, Face.TEXT, fonts.SMALLEST_PX) <= low_room:
        pen.text(words.hers, box, (left, low), size=20, colour=p.TEXT if words.hers_now else p.QUIET, room=low_room)
