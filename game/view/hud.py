"""Draws the HUD from its model: two tapes at the edges, gauges and the phase line below, one line of words on top."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import ceil, floor
from typing import Final

import pygame

from game.content.texts import Texts
from game.cues.hud import HudModel
from game.cues.signs import Cue, Sign
from game.cues.windows import Act, WindowState
from game.sim.phases import Phase
from game.view import fonts
from game.view import palette as p
from game.view.box_chart import BoxTrail, draw_box_chart
from game.view.checklist import Taught, write_taught
from game.view.fonts import Face, fitting, width
from game.view.gauges import cell_fits, draw_cell, readings
from game.view.glass import Glass, worn
from game.view.layout import Layout
from game.view.pen import Pen, Written
from game.view.readings import Reading
from game.view.signs import colour_of
from game.view.tapes import Tape, draw_points, tapes_of, write_header, write_scale

_TALL_ROW: Final = 90  # units: a row that is taller has room for a line more
_SAY_SMALL: Final = 26.0
_SAY_STEP: Final = 32


@dataclass(frozen=True, slots=True)
class Shown:
    """The instruments at the last look at them, and at the one before."""

    model: HudModel
    before: HudModel | None = None


@dataclass(frozen=True, slots=True)
class HudNotes:
    """What the window itself adds to the model: the mode's name, ASSIST, the pace of time, what just happened,
    what the key of ACTION is called on the device in hand, what time does in practice, whether it is true time all
    the way, and what a first flight is taught.
    """

    mode: str
    assist: bool
    pace: float
    caption: str = ""
    box_trail: BoxTrail = ()
    action_key: str = ""
    practice: str = ""
    real_time: bool = False
    taught: Taught | None = None


class Hud:
    """The HUD of one window. It is written anew when there is another model, or other notes, words or colours, each
    pane only if its content has changed; between, it is laid over the picture as it is.
    """

    __slots__ = ("_before", "_glass", "_seen", "_tapes", "_written_for")

    def __init__(self) -> None:
        self._glass = Glass()
        self._seen: tuple[object, ...] = ()
        self._tapes: tuple[Tape, ...] = ()
        self._before: tuple[Tape, ...] = ()
        self._written_for: HudModel | None = None

    @property
    def redrawn(self) -> int:
        """How many panes have been drawn anew, since the beginning."""
        return self._glass.redrawn

    def draw(
        self, surface: pygame.Surface, layout: Layout, shown: Shown, texts: Texts, notes: HudNotes, share: float = 1.0
    ) -> list[Written]:
        """The whole HUD, pointers `share` of the way from the model before to this one; returns every line of text
        with its place.
        """
        seen = (shown.model, layout, notes, texts, texts.units, worn())
        if len(seen) != len(self._seen) or any(
            one is not two and one != two if isinstance(one, str | tuple) else one is not two
            for one, two in zip(seen, self._seen, strict=True)
        ):
            self._seen = seen
            self._write(layout, shown, texts, notes)
        written = self._glass.show(surface)
        pen = Pen(surface, layout.unit)
        for before, tape in zip(self._before, self._tapes, strict=True):
            draw_points(pen, tape, before.points.between(tape.points, share))
        return written

    def _write(self, layout: Layout, shown: Shown, texts: Texts, notes: HudNotes) -> None:
        model, cues, unit = shown.model, shown.model.assisted, layout.unit
        glass, window = self._glass, model.window
        glass.begin(layout.size, (*worn(), texts, texts.units, unit, cues))
        glass.pane("say", layout.say, unit, lambda pen: _say(pen, layout, model, texts, cues=cues), model.say)
        if cues:
            told = model.say.cue, tuple((check.name, check.ok) for check in model.checks)
            glass.pane("chips", layout.chips[0].unionall(layout.chips), unit,
                       lambda pen: _chips(pen, layout, model, texts), told)  # fmt: skip
        glass.pane("caption", layout.caption, unit, lambda pen: _caption(pen, layout.caption, notes.caption),
                   notes.caption)  # fmt: skip
        self._write_tapes(layout, shown, texts)
        box = layout.cells[0]
        cell_unit = layout.largest_unit(lambda each: cell_fits(box, each))
        for index, (box, full) in enumerate(zip(layout.cells, readings(model, texts), strict=True)):
            reading = full if cues else _bare(full)
            glass.pane(f"cell_{index}", box, cell_unit, partial(draw_cell, box=box, reading=reading), reading)
        if model.arrival is not None and model.arrival.deploy is not None and cues:
            glass.pane("chart", layout.chart, unit, partial(
                draw_box_chart, box=layout.chart, deploy=model.arrival.deploy, trail=notes.box_trail, texts=texts
            ))  # fmt: skip
        words = _phase_words(model, texts)
        glass.pane("phase", layout.phase, unit, lambda pen: _phase(pen, layout.phase, words), words)
        what, name = (model.phase, window.act, window.state, window.sign, notes.action_key), notes.action_key
        glass.pane("action", layout.action, unit,
                   lambda pen: _action(pen, layout.action, model, texts, name, cues=cues), what)  # fmt: skip
        times = _clock_words(model, texts, notes)
        glass.pane("clock", layout.clock, unit, lambda pen: _clock(pen, layout.clock, times), times)
        if notes.taught is not None:
            taught = notes.taught
            glass.pane("taught", layout.taught, unit, lambda pen: write_taught(pen, layout, taught), taught)

    def _write_tapes(self, layout: Layout, shown: Shown, texts: Texts) -> None:
        model, cues, unit = shown.model, shown.model.assisted, layout.unit
        before, seen = shown.before, self._tapes
        self._tapes = tapes_of(layout, model, texts, cues=cues)
        same = before is not None and before.phase is model.phase and before.assisted is cues
        # As a rule the model before is the one that was written last.
        known = before is self._written_for and len(seen) == len(self._tapes)
        self._before = seen if same and known else self._tapes
        if before is not None and same and not known:
            self._before = tapes_of(layout, before, texts, cues=cues)
        self._written_for = model
        for tape in self._tapes:
            words = tape.label, tape.value, tape.note, tape.note_sign, tape.rate, tape.rate_side > 0.0, tape.sign
            self._glass.pane(f"{tape.name}_figures", tape.header(unit), unit, partial(write_header, tape=tape),
                             (*words, tape.rate_side == 0.0))  # fmt: skip
            self._glass.pane(f"{tape.name}_scale", tape.rail(unit), unit, partial(write_scale, tape=tape), tape.scale)


def draw_hud(
    surface: pygame.Surface, layout: Layout, model: HudModel, texts: Texts, notes: HudNotes
) -> list[Written]:  # fmt: skip
    """The HUD of one moment, drawn once; returns every line of text with its place."""
    return Hud().draw(surface, layout, Shown(model), texts, notes)


def _bare(reading: Reading) -> Reading:
    """The figure without what to aim at: nothing is told in Raw."""
    return Reading(reading.label, reading.value, reading.note, reading.bar, reading.span, None, None, Sign.QUIET)


def _say(pen: Pen, layout: Layout, model: HudModel, texts: Texts, *, cues: bool) -> None:
    say = model.say
    if not cues or say.cue is Cue.NONE:
        return
    words = texts.get(f"cue.{say.cue}", **dict(say.figures))
    box = layout.say
    colour = colour_of(say.sign) if say.sign is not Sign.GO else p.TEXT
    from_size = 30.0
    lines, size = _broken(pen, words, from_size, box)
    wide = min(max(pen_width(pen, line, size) for line in lines) + pen.px(110), box.width)
    pane = pygame.Rect(0, 0, wide, min(box.height, pen.px(58 if len(lines) == 1 else 76)))
    pane.center = box.center
    pen.panel(pane, 196)
    pen.rect(colour_of(say.sign), pygame.Rect(pane.left, pane.top, pen.px(6), pane.height))
    pen.sign(say.sign, pane.left + pen.px(36), pane.centery, 13)
    room = pane.width - pen.px(84)
    left = pane.left + pen.px(66)
    y = pane.centery - 0.5 * pen.px(_SAY_STEP) * (len(lines) - 1)
    for line in lines:
        pen.text(line, box, (left, y), face=Face.BOLD, size=size, colour=colour, room=room)
        y += pen.px(_SAY_STEP)


def _chips(pen: Pen, layout: Layout, model: HudModel, texts: Texts) -> None:
    """What must be true before the next step, each with its sign."""
    if model.say.cue is Cue.NONE:
        return
    for chip, check in zip(layout.chips, model.checks, strict=False):
        pen.panel(chip)
        # A condition that does not hold yet is no danger: a triangle, not a cross.
        sign = Sign.GO if check.ok else Sign.CAUTION
        pen.sign(sign, chip.left + pen.px(24), chip.centery, 9)
        pen.text(
            texts.get(f"check_short.{check.name}"), chip, (chip.left + pen.px(44), chip.centery),
            face=Face.HEADING, size=24, colour=p.TEXT if check.ok else p.QUIET, room=chip.width - pen.px(54),
        )  # fmt: skip


def _broken(pen: Pen, words: str, size: float, box: pygame.Rect) -> tuple[tuple[str, ...], float]:
    """In two lines of a smaller size where one would be smaller still, and the box has room for two."""
    room = box.width - pen.px(84)
    if box.height >= pen.px(76) and fitting(words, Face.BOLD, pen.px(size), room) < pen.px(_SAY_SMALL):
        split = words.split(" ")
        ways = [(" ".join(split[:i]).strip(), " ".join(split[i:]).strip()) for i in range(1, len(split))]
        size_px = pen.px(_SAY_SMALL)
        best = min(ways, key=lambda way: max(width(each, Face.BOLD, size_px) for each in way), default=None)
        if best is not None:
            return best, _SAY_SMALL
    return (words,), size


def _caption(pen: Pen, box: pygame.Rect, words: str) -> None:
    """What just happened, for those who hear nothing."""
    if words:
        wide = min(pen_width(pen, words, 22.0) + pen.px(36), box.width)
        pane = pygame.Rect(box.centerx - wide // 2, box.top, wide, box.height)
        pen.panel(pane)
        pen.text(words, box, pane.center, size=22, align=0.5, room=wide - pen.px(20))


def pen_width(pen: Pen, words: str, size: float) -> int:
    """How wide a line would be at this size, in pixels."""
    return width(words, Face.BOLD, pen.px(size))


@dataclass(frozen=True, slots=True)
class _PhaseWords:
    """The phase, and what comes next; whether it is known how soon."""

    name: str
    next: str
    timed: bool


def _phase_words(model: HudModel, texts: Texts) -> _PhaseWords:
    name = texts.get(f"phase.{model.phase}").upper()
    event, left_s = texts.get(f"coming.{model.coming.event}"), model.coming.left_s
    if not event:
        return _PhaseWords(name, "", False)
    if left_s is None:
        return _PhaseWords(name, texts.get("hud.next", event=event), False)
    return _PhaseWords(name, texts.get("hud.next_in", event=event, clock=clock(left_s)), True)


def _phase(pen: Pen, box: pygame.Rect, words: _PhaseWords) -> None:
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


def _action(pen: Pen, box: pygame.Rect, model: HudModel, texts: Texts, name: str, *, cues: bool) -> None:
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
    state_wide = pen_width(pen, state, 24) + pen.px(56) if state else 0
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
class _ClockWords:
    """Mode, pace or help, our clock; below it what is practised, or what she does at this time of hers."""

    mode: str
    tag: str
    time: str
    practice: str
    hers: str
    hers_now: bool


def _clock_words(model: HudModel, texts: Texts, notes: HudNotes) -> _ClockWords:
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
    return _ClockWords(notes.mode.upper(), tag, time, notes.practice, words, now)


def _clock(pen: Pen, box: pygame.Rect, words: _ClockWords) -> None:
    """Mode, pace and our own clock; below it hers."""
    pen.panel(box)
    left, right = box.left + pen.px(16), box.right - pen.px(16)
    high, low = _rows(pen, box)
    time = pen.text(words.time, box, (right, high), face=Face.BOLD, size=30, align=1.0, room=0.46 * box.width)
    room = time.left - left - pen.px(10)
    wide = sum(fonts.width(each, Face.HEADING, pen.px(24)) for each in (words.mode, words.tag)) + pen.px(12)
    size = 24.0 * min(room / wide, 1.0)
    end = pen.text(words.mode, box, (left, high), face=Face.HEADING, size=size, colour=p.QUIET, room=room).right
    pen.text(words.tag, box, (end + pen.px(10), high), face=Face.HEADING, size=size, colour=p.GO)
    room = box.width - pen.px(30)
    if words.practice:
        pen.text(words.practice, box, (left, low), face=Face.HEADING, size=24, colour=p.CAUTION, room=room)
        return
    pen.text(words.hers, box, (left, low), size=20, colour=p.TEXT if words.hers_now else p.QUIET, room=room)
