"""Draws the HUD from its model: two tapes at the edges, gauges and the phase line below, one line of words on top."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, log
from typing import Final

import pygame

from game.content.texts import Texts, quantity
from game.cues.arrival import Arrival
from game.cues.hud import HudModel
from game.cues.signs import Cue, Gauge, Sign
from game.cues.windows import Act, WindowState
from game.sim.phases import Phase
from game.view import ink
from game.view import palette as p
from game.view.box_chart import BoxTrail, draw_box_chart
from game.view.fonts import Face, width
from game.view.gauges import draw_cell, readings
from game.view.layout import Layout
from game.view.pen import Pen, Written
from game.view.readings import Reading
from game.view.signs import colour_of


@dataclass(frozen=True, slots=True)
class Scale:
    """What a tape shows: its ends, its marks, and `knee`, below which it is linear and above which logarithmic."""

    low: float
    high: float
    knee: float
    marks: tuple[float, ...]

    def place(self, value: float) -> float:
        """0 at the low end, 1 at the high end; a little beyond for what is off the scale."""
        low, high = self._bent(self.low), self._bent(self.high)
        return min(max((self._bent(value) - low) / (high - low), -0.015), 1.015)

    def _bent(self, value: float) -> float:
        return copysign(log(1.0 + abs(value) / self.knee), value)


_FALL: Final = (
    Scale(0.0, 2200.0, 6.0, (0.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0)),
    Scale(-5.0, 100.0, 0.8, (-5.0, -1.0, 0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)),
)
_CRANE: Final = (
    Scale(0.0, 25.0, 1e4, (0.0, 5.0, 10.0, 15.0, 20.0, 25.0)),
    Scale(-1.0, 3.0, 1e4, (-1.0, 0.0, 1.0, 2.0, 3.0)),
)
_AWAY: Final = (
    Scale(0.0, 300.0, 30.0, (0.0, 10.0, 20.0, 50.0, 100.0, 200.0, 300.0)),
    Scale(-40.0, 40.0, 10.0, (-40.0, -20.0, -10.0, 0.0, 10.0, 20.0, 40.0)),
)


_FROM_SPACE: Final = (
    Scale(0.0, 250.0, 3.0, (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)),
    Scale(0.0, 6000.0, 60.0, (0.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0)),
)


def _scales(phase: Phase) -> tuple[Scale, Scale]:
    """Height and speed downwards: as much of each as the phase needs."""
    if phase in (Phase.FREE_FALL, Phase.POWERED):
        return _FALL
    return _AWAY if phase is Phase.FLYAWAY else _CRANE


@dataclass(frozen=True, slots=True)
class HudNotes:
    """What the window itself adds to the model: the mode's name, ASSIST, the pace of time, what just happened,
    what the key of ACTION is called on the device in hand, and what time does in practice.
    """

    mode: str
    assist: bool
    pace: float
    caption: str = ""
    box_trail: BoxTrail = ()
    action_key: str = ""
    practice: str = ""


def draw_hud(
    surface: pygame.Surface, layout: Layout, model: HudModel, texts: Texts, notes: HudNotes
) -> list[Written]:  # fmt: skip
    """The whole HUD; returns every line of text with its place."""
    pen = Pen(surface, layout.unit)
    cues = model.assisted
    _say(pen, layout, model, texts, cues=cues)
    _caption(pen, layout.caption, notes.caption)
    if model.arrival is not None:
        _arrival_tapes(pen, layout, model, model.arrival, texts, cues=cues)
    else:
        _tapes(pen, layout, model, texts, cues=cues)
    for box, reading in zip(layout.cells, readings(model, texts), strict=True):
        draw_cell(pen, box, reading if cues else _bare(reading))
    if model.arrival is not None and model.arrival.deploy is not None and cues:
        draw_box_chart(pen, layout.chart, model.arrival.deploy, notes.box_trail, texts)
    _phase(pen, layout.phase, model, texts)
    _action(pen, layout.action, model, texts, notes.action_key, cues=cues)
    _clock(pen, layout.clock, model, texts, notes)
    return pen.written


def _arrival_tapes(pen: Pen, layout: Layout, model: HudModel, arrival: Arrival, texts: Texts, *, cues: bool) -> None:
    """Altitude in km and speed over the ground; a course has neither."""
    if model.phase is Phase.COURSE:
        return
    high, fast = _FROM_SPACE
    height = model.height
    aim = None if height.aim is None else 0.001 * height.aim
    kilo = Gauge(0.001 * height.value, aim, sign=height.sign)
    words = "" if aim is None or not cues else _aim(texts, quantity(aim, "km", 1))
    _tape(pen, layout.height, texts.get("hud.height"), kilo, "km", words, high, cues=cues)
    mach = f"{texts.get('hud.mach')} {arrival.mach:.1f}" if model.phase in (Phase.ENTRY, Phase.PARACHUTE) else ""
    _tape(pen, layout.descent, texts.get("hud.speed"), arrival.speed, "m/s", mach, fast, cues=cues)


def _tapes(pen: Pen, layout: Layout, model: HudModel, texts: Texts, *, cues: bool) -> None:
    high, fast = _scales(model.phase)
    height_aim = "" if model.height.aim is None or not cues else _aim(texts, quantity(model.height.aim, "m"))
    _tape(pen, layout.height, texts.get("hud.height"), model.height, "m", height_aim, high, cues=cues)
    aim = "" if model.descent.aim is None or not cues else _aim(texts, quantity(model.descent.aim, "m/s"))
    _tape(pen, layout.descent, texts.get("hud.descent"), model.descent, "m/s", aim, fast, cues=cues)


def _aim(texts: Texts, figure: str) -> str:
    return f"{texts.get('hud.aim')} {figure}"


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
    wide = min(pen_width(pen, words, from_size) + pen.px(110), box.width)
    pane = pygame.Rect(0, 0, wide, min(box.height, pen.px(58)))
    pane.center = box.center
    pen.panel(pane, 196)
    pygame.draw.rect(pen.surface, colour_of(say.sign), (pane.left, pane.top, pen.px(6), pane.height))
    pen.sign(say.sign, pane.left + pen.px(36), pane.centery, 13)
    room = pane.width - pen.px(84)
    left = pane.left + pen.px(66)
    pen.text(words, box, (left, pane.centery), face=Face.BOLD, size=from_size, colour=colour, room=room)
    for chip, check in zip(layout.chips, model.checks, strict=False):
        pen.panel(chip)
        # A condition that does not hold yet is no danger: a triangle, not a cross.
        sign = Sign.GO if check.ok else Sign.CAUTION
        pen.sign(sign, chip.left + pen.px(24), chip.centery, 9)
        pen.text(
            texts.get(f"check_short.{check.name}"), chip, (chip.left + pen.px(44), chip.centery),
            face=Face.HEADING, size=24, colour=p.TEXT if check.ok else p.QUIET, room=chip.width - pen.px(54),
        )  # fmt: skip


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


def _tape(
    pen: Pen, box: pygame.Rect, label: str, gauge: Gauge, unit: str, aim: str, scale: Scale, *, cues: bool
) -> None:  # fmt: skip
    """A scale that stands, with a pointer that moves, the safe band, and a mark to aim at.

    Heights grow upwards and speeds downwards, so that both pointers sink with the craft.
    """
    pen.panel(box)
    sign = gauge.sign if cues else Sign.QUIET
    pad, middle = pen.px(14), box.centerx
    pen.text(label, box, (box.left + pad, box.top + pen.px(24)), face=Face.HEADING, size=24, colour=p.QUIET)
    if sign is not Sign.QUIET:
        pen.sign(sign, box.right - pen.px(26), box.top + pen.px(24), 10)
    number, _, unit_text = quantity(gauge.value, unit).rpartition(" ")
    colour = p.TEXT if sign in (Sign.QUIET, Sign.GO) else colour_of(sign)
    unit_box = pen.text(
        unit_text, box, (box.right - pad, box.top + pen.px(66)), size=20, colour=p.QUIET, align=1.0
    )  # fmt: skip
    pen.text(
        number, box, (unit_box.left - pen.px(6), box.top + pen.px(62)), face=Face.BOLD, size=36, colour=colour,
        align=1.0, room=unit_box.left - box.left - pen.px(16),
    )  # fmt: skip
    pen.text(aim, box, (box.right - pad, box.top + pen.px(100)), face=Face.TEXT, size=20, colour=p.GO, align=1.0,
             room=box.width - pen.px(20))  # fmt: skip
    top, bottom = box.top + pen.px(134), box.bottom - pen.px(24)
    rising = unit in ("m", "km")

    def y_of(value: float) -> float:
        share = scale.place(value)
        return bottom - (bottom - top) * share if rising else top + (bottom - top) * share

    rail = middle + pen.px(26)
    if cues and gauge.low is not None and gauge.high is not None:
        y0, y1 = sorted((y_of(gauge.low), y_of(gauge.high)))
        band = pygame.Rect(rail - pen.px(5), round(y0), pen.px(10), max(round(y1 - y0), pen.px(6)))
        pygame.draw.rect(pen.surface, p.mixed(p.PANEL, p.GO, 0.75), band, 0, pen.px(4))
    pygame.draw.line(pen.surface, p.QUIET, (rail, top), (rail, bottom), pen.px(2))
    step = (bottom - top) / (len(scale.marks) - 1)
    for index, mark in enumerate(scale.marks):
        y = y_of(mark)
        if step < pen.px(30) and index % 2:
            continue
        pygame.draw.line(pen.surface, p.QUIET, (rail - pen.px(7), y), (rail + pen.px(7), y), pen.px(2))
        pen.text(f"{mark:.0f}", box, (rail - pen.px(44), y), face=Face.FIGURES, size=20, colour=p.QUIET, align=1.0)
    y = y_of(gauge.value)
    if cues and gauge.aim is not None:
        _aim_mark(pen, rail + pen.px(14), y_of(gauge.aim))
    ink.fill(
        pen.surface,
        ((rail - pen.px(8), y), (rail - pen.px(32), y - pen.px(12)), (rail - pen.px(32), y + pen.px(12))),
        colour,
    )


def _aim_mark(pen: Pen, x: float, y: float) -> None:
    """Where the pointer should be: an open wedge on the rail's other side."""
    size = pen.px(13)
    ink.bar(pen.surface, (x, y), (x + 1.5 * size, y - size), pen.px(4), p.GO)
    ink.bar(pen.surface, (x, y), (x + 1.5 * size, y + size), pen.px(4), p.GO)


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
             face=Face.BOLD, size=32, align=1.0)  # fmt: skip
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
    tag = texts.get("hud.assist") if notes.assist else ""
    if not tag and notes.pace > 1.05 and model.phase is not Phase.OVER:
        tag = texts.get("hud.pace", pace=notes.pace)
    pen.text(tag, box, (left, low), face=Face.HEADING, size=24, colour=p.GO, room=0.3 * box.width)
