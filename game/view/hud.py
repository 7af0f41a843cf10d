"""Draws the HUD from its model: two tapes at the edges, gauges and the phase line below, one line of words on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.content.texts import Texts
from game.cues.hud import HudModel
from game.cues.signs import Cue, Sign
from game.cues.windows import Act, WindowState
from game.sim.phases import Phase
from game.view import palette as p
from game.view.box_chart import BoxTrail, draw_box_chart
from game.view.fonts import Face, fitting, width
from game.view.gauges import cell_fits, draw_cell, readings
from game.view.layout import Layout
from game.view.pen import Pen, Written
from game.view.readings import Reading
from game.view.signs import colour_of
from game.view.tapes import draw_tapes

_SAY_SMALL: Final = 26.0
_SAY_STEP: Final = 32


@dataclass(frozen=True, slots=True)
class HudNotes:
    """What the window itself adds to the model: the mode's name, ASSIST, the pace of time, what just happened,
    what the key of ACTION is called on the device in hand, what time does in practice, and whether it is true time all
    the way.
    """

    mode: str
    assist: bool
    pace: float
    caption: str = ""
    box_trail: BoxTrail = ()
    action_key: str = ""
    practice: str = ""
    real_time: bool = False


def draw_hud(
    surface: pygame.Surface, layout: Layout, model: HudModel, texts: Texts, notes: HudNotes
) -> list[Written]:  # fmt: skip
    """The whole HUD; returns every line of text with its place."""
    pen = Pen(surface, layout.unit)
    cues = model.assisted
    _say(pen, layout, model, texts, cues=cues)
    _caption(pen, layout.caption, notes.caption)
    draw_tapes(pen, layout, model, texts, cues=cues)
    box = layout.cells[0]
    cell = pen.sized(layout.largest_unit(lambda unit: cell_fits(box, unit)))
    for box, reading in zip(layout.cells, readings(model, texts), strict=True):
        draw_cell(cell, box, reading if cues else _bare(reading))
    if model.arrival is not None and model.arrival.deploy is not None and cues:
        draw_box_chart(pen, layout.chart, model.arrival.deploy, notes.box_trail, texts)
    _phase(pen, layout.phase, model, texts)
    _action(pen, layout.action, model, texts, notes.action_key, cues=cues)
    _clock(pen, layout.clock, model, texts, notes)
    return pen.written


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
    pygame.draw.rect(pen.surface, colour_of(say.sign), (pane.left, pane.top, pen.px(6), pane.height))
    pen.sign(say.sign, pane.left + pen.px(36), pane.centery, 13)
    room = pane.width - pen.px(84)
    left = pane.left + pen.px(66)
    y = pane.centery - 0.5 * pen.px(_SAY_STEP) * (len(lines) - 1)
    for line in lines:
        pen.text(line, box, (left, y), face=Face.BOLD, size=size, colour=colour, room=room)
        y += pen.px(_SAY_STEP)
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


def _phase(pen: Pen, box: pygame.Rect, model: HudModel, texts: Texts) -> None:
    pen.panel(box)
    left = box.left + pen.px(18)
    room = box.width - pen.px(30)
    name = texts.get(f"phase.{model.phase}").upper()
    pen.text(name, box, (left, box.top + 0.36 * box.height), face=Face.TITLE, size=38, room=room)
    if model.next_phase is not None:
        following = f"{texts.get('hud.next')}: {texts.get(f'phase.{model.next_phase}')}"
        pen.text(following, box, (left, box.top + 0.77 * box.height), size=20, colour=p.QUIET, room=room)


def _action(pen: Pen, box: pygame.Rect, model: HudModel, texts: Texts, name: str, *, cues: bool) -> None:
    """What ACTION does next, whether its moment has come, and why."""
    pen.panel(box)
    window = model.window
    is_open = cues and window.by_action and window.state is WindowState.OPEN
    left, y = box.left + pen.px(18), box.top + 0.36 * box.height
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
    pen.text(
        texts.get(f"phase_help.{model.phase}"), box, (box.left + pen.px(18), box.top + 0.77 * box.height), size=20,
        colour=p.QUIET, room=box.width - pen.px(34),
    )  # fmt: skip


def _what(model: HudModel, texts: Texts) -> str:
    act = model.window.act
    return texts.get(f"window.{WindowState.NONE}") if act is Act.NONE else texts.get(f"act.{act}")


def _clock(pen: Pen, box: pygame.Rect, model: HudModel, texts: Texts, notes: HudNotes) -> None:
    pen.panel(box)
    right = box.right - pen.px(16)
    pen.text(texts.get("hud.flight_clock", flight_s=model.flight_s), box, (right, box.top + 0.36 * box.height),
             face=Face.BOLD, size=32, align=1.0, room=0.54 * box.width)  # fmt: skip
    clock = "hud.mission_clock_before" if model.mission_s < 0.0 else "hud.mission_clock"
    mission = texts.get(clock, t_s=abs(model.mission_s))
    if model.phase is Phase.COURSE:
        mission = ""  # hours, which the chart tells as a distance
    left = box.left + pen.px(16)
    pen.text(notes.mode.upper(), box, (left, box.top + 0.36 * box.height), face=Face.HEADING, size=24, colour=p.QUIET,
             room=0.36 * box.width)  # fmt: skip
    low = box.top + 0.77 * box.height
    if notes.practice:
        pen.text(notes.practice, box, (left, low), face=Face.HEADING, size=24, colour=p.CAUTION,
                 room=box.width - pen.px(30))  # fmt: skip
        return
    pen.text(mission, box, (right, low), face=Face.TEXT, size=20, colour=p.QUIET, align=1.0, room=0.62 * box.width)
    tag = texts.get("hud.assist") if notes.assist else texts.get("hud.real_time") if notes.real_time else ""
    if not tag and notes.pace > 1.05 and model.phase is not Phase.OVER:
        tag = texts.get("hud.pace", pace=notes.pace)
    pen.text(tag, box, (left, low), face=Face.HEADING, size=24, colour=p.GO, room=0.3 * box.width)
