"""The row of gauges: which five readings matter in a phase, and how one is drawn."""

from __future__ import annotations

from typing import Final

import pygame

from game.content.texts import Texts
from game.cues.hud import HudModel
from game.cues.signs import Sign
from game.sim.phases import Phase
from game.view import fonts
from game.view import palette as p
from game.view.arrival_gauges import arrival_readings
from game.view.dial import RADIUS, draw_dial
from game.view.fonts import Face
from game.view.layout import CELL_TALL
from game.view.pen import Pen
from game.view.readings import (
    Reading,
    aim_words,
    bridle_reading,
    fuel_reading,
    limit_words,
    mark_reading,
    sided,
    thrust_reading,
    tilt_reading,
)
from game.view.signs import colour_of
from game.view.strips import LandingStrip, MarkStrip, draw_landing, draw_marks

# Units: how wide a box must be for a figure and its note side by side, and for either of them.
_WIDE: Final = 330
_NARROW: Final = 240
_FALLING: Final = (Phase.FREE_FALL, Phase.POWERED)


def readings(model: HudModel, texts: Texts) -> tuple[Reading, ...]:
    """Five readings, in the order in which they stand."""
    if model.arrival is not None:
        return arrival_readings(model, model.arrival, texts)
    along = sided(
        texts, texts.get("hud.along"), model.along, "m/s", 30.0 if model.phase in _FALLING else 4.0,
        aim_words(texts, model.along, "m/s"),
    )  # fmt: skip
    tilt = tilt_reading(model, texts)
    fuel = fuel_reading(model, texts)
    if model.phase in _FALLING:
        return thrust_reading(model, texts), along, tilt, mark_reading(model, texts, 300.0), fuel
    if model.stage_falls is not None:
        falls = model.stage_falls
        value = texts.quantity(falls.value, "m")
        reading = Reading(
            texts.get("hud.stage_falls"), value, limit_words(texts, texts.quantity(falls.aim or 0.0, "m")), falls.value,
            (0.0, 400.0), falls.aim, None, falls.sign,
        )  # fmt: skip
        return thrust_reading(model, texts), along, tilt, reading, fuel
    if model.swing is not None:
        tilt = sided(texts, texts.get("hud.swing"), model.swing, "m", 2.0)
    return along, tilt, mark_reading(model, texts, 25.0), bridle_reading(model, texts), fuel


def cell_fits(box: pygame.Rect, unit: float) -> bool:
    """Whether a reading is whole in this box: figure and note side by side, or the note below."""
    return box.width >= _WIDE * unit or (box.width >= _NARROW * unit and box.height >= CELL_TALL * unit - 1)


def draw_cell(pen: Pen, box: pygame.Rect, reading: Reading) -> None:
    """Label and sign on top, the figure below, then a bar; the note beside the figure, or in a tall box below it."""
    pen.panel(box)
    pad = pen.px(14)
    top = box.top + pen.px(21)
    if reading.sign is not Sign.QUIET:
        pen.sign(reading.sign, box.right - pen.px(24), top, 9)
    pen.text(
        reading.label, box, (box.left + pad, top), face=Face.HEADING, size=24, colour=p.QUIET, room=0.56 * box.width
    )  # fmt: skip
    middle = box.top + pen.px(52)
    strong = p.TEXT if reading.sign in (Sign.QUIET, Sign.GO) else colour_of(reading.sign)
    two_sided = reading.span[0] < 0.0
    stacked = box.height >= CELL_TALL * pen.unit - 1
    right = box.right - pad
    if reading.dial is not None:
        centre = box.right - pen.px(RADIUS + 54 if reading.sign is not Sign.QUIET else RADIUS + 16)
        draw_dial(pen, centre, box.top + pen.px(RADIUS + 8), reading.dial, strong)
        right = centre - pen.px(RADIUS + 10)
    note_room, note_y = 0.0, middle + pen.px(2)
    if reading.note and stacked:
        note_y += pen.px(28)
    elif reading.note:
        note_room = min(fonts.width(reading.note, Face.TEXT, pen.px(20)) + pen.px(10), 0.54 * box.width)
    left = box.left + pad + (pen.px(26) if two_sided else 0)
    pen.figure(reading.value, box, (left, middle), size=30, colour=strong, places=reading.places,
               room=right - left - note_room)  # fmt: skip
    if two_sided and abs(reading.bar) > 0.02 * reading.span[1]:
        pen.arrow(box.left + pad + pen.px(8), middle, 9, reading.bar, strong)
    if reading.note:
        x, room = (box.left + pad, box.width - 2 * pad) if stacked else (box.right - pad, note_room - pen.px(8))
        pen.text(reading.note, box, (x, note_y), face=Face.TEXT, size=20, colour=p.QUIET,
                 align=0.0 if stacked else 1.0, room=room)  # fmt: skip
    low = pygame.Rect(box.left + pad, box.bottom - pen.px(38), box.width - 2 * pad, pen.px(30))
    match reading.strip:
        case LandingStrip():
            draw_landing(pen, low, reading.strip)
        case MarkStrip():
            draw_marks(pen, low, reading.strip)
        case _:
            bar = pygame.Rect(low.left, box.bottom - pen.px(19), right - low.left, pen.px(8))
            _bar(pen, bar, reading, strong)


def _bar(pen: Pen, rect: pygame.Rect, reading: Reading, colour: p.Rgb) -> None:
    low, high = reading.span
    pen.rect(p.mixed(p.PANEL, p.QUIET, 0.38), rect, 0, pen.px(4))

    def x_of(value: float) -> float:
        return rect.left + rect.width * min(max((value - low) / (high - low), 0.0), 1.0)

    start, end = sorted((x_of(max(low, 0.0) if low >= 0.0 else 0.0), x_of(reading.bar)))
    if end - start >= 1.0:
        pen.rect(colour, pygame.Rect(round(start), rect.top, round(end - start), rect.height), 0, pen.px(3))
    if low < 0.0:
        pen.line(p.TEXT, (x_of(0.0), rect.top - 2), (x_of(0.0), rect.bottom + 1), pen.px(2))
    if reading.limit is not None:
        x = x_of(reading.limit)
        pen.line(p.CAUTION, (x, rect.top - pen.px(4)), (x, rect.bottom + pen.px(3)), pen.px(3))
    if reading.ghost is not None:
        ghost = pygame.Rect(round(x_of(reading.ghost)) - pen.px(3), rect.top - pen.px(3), pen.px(6), 0)
        ghost.height = rect.height + pen.px(6)
        pen.rect(p.TEXT, ghost, pen.px(2))
    if reading.aim is not None:
        x = round(x_of(reading.aim))
        pen.fill(
            ((x, rect.top - 1), (x - pen.px(7), rect.top - pen.px(11)), (x + pen.px(7), rect.top - pen.px(11))),
            p.GO,
        )
