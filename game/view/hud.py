"""Draws the HUD from its model: two tapes at the edges, gauges and the phase line below, one line of words on top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import pygame

from game.content.texts import Texts
from game.cues.hud import HudModel
from game.cues.signs import OF_AXES, Cue, Sign
from game.view import palette as p
from game.view.box_chart import draw_box_chart
from game.view.checklist import write_taught
from game.view.fonts import Face, fitting, width
from game.view.gauges import cell_fits, draw_cell, readings
from game.view.glass import Glass, Part, worn
from game.view.hud_notes import HudNotes
from game.view.layout import Layout
from game.view.pen import Pen, Written
from game.view.phase_line import clock_words, draw_action, draw_clock, draw_phase, phase_words
from game.view.readings import Reading
from game.view.signs import colour_of
from game.view.tapes import Tape, draw_points, tapes_of, write_header, write_scale

__all__ = ["Hud", "HudNotes", "Shown", "draw_hud"]

_SAY_SMALL: Final = 26.0
_SAY_STEP: Final = 32


@dataclass(frozen=True, slots=True)
class Shown:
    """The instruments at the last look at them, and at the one before.

    gauges, line  what the gauges, and the line below them, are of if not of `model`: no picture then waits for all
    """

    model: HudModel
    before: HudModel | None = None
    gauges: HudModel | None = None
    line: HudModel | None = None


class Hud:
    """The HUD of one window. It is written anew when there is another model, or other notes, words or colours, each
    pane only if its content has changed; between, it is laid over the picture as it is.
    """

    __slots__ = ("_before", "_glass", "_line_notes", "_notes", "_seen", "_tapes", "_written_for")

    def __init__(self) -> None:
        self._glass = Glass()
        self._seen: dict[Part, tuple[object, ...]] = {}
        self._tapes: tuple[Tape, ...] = ()
        self._before: tuple[Tape, ...] = ()
        self._written_for: HudModel | None = None
        self._notes: HudNotes | None = None
        self._line_notes: HudNotes | None = None  # what of them the line tells

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
        cues, gauges, line = shown.model.assisted, shown.gauges or shown.model, shown.line or shown.model
        # What is looked at alone is written alone: no picture then waits for the other parts.
        of_all = layout, texts, worn(), cues
        if self._is_new(Part.HEAD, *of_all, shown.model, notes.by_autopilot, notes.caption, notes.action_key):
            self._write_head(layout, shown, texts, notes)
        if self._is_new(Part.GAUGES, *of_all, gauges):
            self._write_gauges(layout, gauges, texts, cues=cues)
        if notes is not self._notes:
            # The way to the box is told anew with its model, and not for itself.
            self._notes, self._line_notes = notes, replace(notes, box_trail=(), caption="")
        if self._is_new(Part.LINE, *of_all, line, self._line_notes):
            self._write_line(layout, line, texts, notes, cues=cues)
        written = self._glass.show(surface)
        pen = Pen(surface, layout.unit)
        for before, tape in zip(self._before, self._tapes, strict=True):
            draw_points(pen, tape, before.points.between(tape.points, share))
        return written

    def _is_new(
        self, part: Part, layout: Layout, texts: Texts, colours: tuple[object, ...], cues: bool, *what: object
    ) -> bool:  # fmt: skip
        """Whether this part has something to write, which follows from `what`; then the next panes are its own."""
        seen = (*what, layout, texts, texts.units, colours, cues)
        if _same(seen, self._seen.get(part, ())):
            return False
        self._seen[part] = seen
        self._glass.begin(layout.size, (*colours, texts, texts.units, layout.unit, cues), part, layout.foot)
        return True

    def _write_head(self, layout: Layout, shown: Shown, texts: Texts, notes: HudNotes) -> None:
        """What stands above, the tapes, and what ACTION does."""
        model, cues, unit = shown.model, shown.model.assisted, layout.unit
        glass, window = self._glass, model.window
        glass.pane("say", layout.say, unit, lambda pen: _say(pen, layout, model, texts, notes, cues=cues),
                   (model.say, notes.by_autopilot))  # fmt: skip
        if cues:
            told = model.say.cue, tuple((check.name, check.ok) for check in model.checks)
            glass.pane("chips", layout.chips[0].unionall(layout.chips), unit,
                       lambda pen: _chips(pen, layout, model, texts), told)  # fmt: skip
        glass.pane("caption", layout.caption, unit, lambda pen: _caption(pen, layout.caption, notes.caption),
                   notes.caption)  # fmt: skip
        self._write_tapes(layout, shown, texts)
        what, name = (model.phase, window.act, window.state, window.sign, notes.action_key), notes.action_key
        glass.pane("action", layout.action, unit,
                   lambda pen: draw_action(pen, layout.action, model, texts, name, cues=cues), what)  # fmt: skip

    def _write_gauges(self, layout: Layout, model: HudModel, texts: Texts, *, cues: bool) -> None:
        """The readings."""
        box = layout.cells[0]
        unit = layout.largest_unit(lambda each: cell_fits(box, each))
        for index, (cell, full) in enumerate(zip(layout.cells, readings(model, texts), strict=True)):
            reading = full if cues else _bare(full)
            self._glass.pane(f"cell_{index}", cell, unit, partial(draw_cell, box=cell, reading=reading), reading)

    def _write_line(self, layout: Layout, model: HudModel, texts: Texts, notes: HudNotes, *, cues: bool) -> None:
        """Phase and clock, the chart, and what a first flight is taught."""
        glass, unit = self._glass, layout.unit
        if model.arrival is not None and model.arrival.deploy is not None and cues:
            deploy, trail = model.arrival.deploy, notes.box_trail
            chart = partial(draw_box_chart, box=layout.chart, deploy=deploy, trail=trail, texts=texts)
            glass.pane("chart", layout.chart, unit, chart, (deploy, trail))
        words = phase_words(model, texts)
        glass.pane("phase", layout.phase, unit, lambda pen: draw_phase(pen, layout.phase, words), words)
        times = clock_words(model, texts, notes)
        glass.pane("clock", layout.clock, unit, lambda pen: draw_clock(pen, layout.clock, times), times)
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


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether there is nothing new to be written: models and layouts by who they are, all else by what it is."""
    return len(one) == len(other) and all(
        mine is theirs or (isinstance(mine, str | tuple | HudNotes) and mine == theirs)
        for mine, theirs in zip(one, other, strict=True)
    )


def draw_hud(
    surface: pygame.Surface, layout: Layout, model: HudModel, texts: Texts, notes: HudNotes
) -> list[Written]:  # fmt: skip
    """The HUD of one moment, drawn once; returns every line of text with its place."""
    return Hud().draw(surface, layout, Shown(model), texts, notes)


def _bare(reading: Reading) -> Reading:
    """The figure without what to aim at: nothing is told in Raw."""
    return Reading(reading.label, reading.value, reading.note, reading.bar, reading.span, None, None, Sign.QUIET)


def _say(pen: Pen, layout: Layout, model: HudModel, texts: Texts, notes: HudNotes, *, cues: bool) -> None:
    say = model.say
    if not cues or say.cue is Cue.NONE:
        return
    words = texts.get(f"cue.{say.cue}", **dict(say.figures))
    if notes.by_autopilot and say.cue in OF_AXES:  # nothing that the person is to do
        words = texts.get("hud.autopilot", words=words)
        say = replace(say, sign=Sign.QUIET)
    box = layout.say
    colour = colour_of(say.sign) if say.sign is not Sign.GO else p.TEXT
    from_size = 30.0
    lines, size = _broken(pen, words, from_size, box)
    wide = min(max(pen.bold_width(line, size) for line in lines) + pen.px(110), box.width)
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
        wide = min(pen.bold_width(words, 22.0) + pen.px(36), box.width)
        pane = pygame.Rect(box.centerx - wide // 2, box.top, wide, box.height)
        pen.panel(pane)
        pen.text(words, box, pane.center, size=22, align=0.5, room=wide - pen.px(20))
