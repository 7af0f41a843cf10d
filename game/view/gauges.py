"""The row of gauges: which five readings matter in a phase, and how one is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pygame

from game.content.texts import Texts, quantity
from game.cues.hud import HudModel
from game.cues.signs import Gauge, Sign
from game.sim.phases import Phase
from game.view import ink
from game.view import palette as p
from game.view.fonts import Face
from game.view.pen import Pen
from game.view.signs import colour_of

_FALLING: Final = (Phase.FREE_FALL, Phase.POWERED)
_BRIDLE_M: Final = 7.5
_FUEL_LIMIT: Final = 0.1  # share of full tanks that is marked as the last reserve


@dataclass(frozen=True, slots=True)
class Reading:
    """One gauge ready to be drawn.

    bar    where the pointer is, in the gauge's own span
    span   lowest and highest value of the bar; with a negative lowest it starts from the middle and shows a side
    aim    what to aim at, on the same span; limit  a line not to pass
    """

    label: str
    value: str
    note: str
    bar: float
    span: tuple[float, float]
    aim: float | None
    limit: float | None
    sign: Sign


def readings(model: HudModel, texts: Texts) -> tuple[Reading, ...]:
    """Five readings, in the order in which they stand."""
    along = _sided(texts.get("hud.along"), model.along, "m/s", 30.0 if model.phase in _FALLING else 4.0)
    tilt = _sided(texts.get("hud.tilt"), model.tilt, "°", model.tilt.high or 35.0)
    fuel = _fuel(model, texts)
    if model.phase in _FALLING:
        return _thrust(model, texts), along, tilt, _mark(model, texts, 300.0), fuel
    if model.stage_falls is not None:
        falls = model.stage_falls
        value = quantity(falls.value, "m")
        reading = Reading(
            texts.get("hud.stage_falls"), value, _limit(texts, quantity(falls.aim or 0.0, "m")), falls.value,
            (0.0, 400.0), falls.aim, None, falls.sign,
        )  # fmt: skip
        return _thrust(model, texts), along, tilt, reading, fuel
    if model.swing is not None:
        tilt = _sided(texts.get("hud.swing"), model.swing, "m", 2.0)
    return along, tilt, _mark(model, texts, 25.0), _bridle(model, texts), fuel


def _limit(texts: Texts, figure: str) -> str:
    return f"{texts.get('hud.limit')} {figure}"


def _sided(label: str, gauge: Gauge, unit: str, most: float) -> Reading:
    aim = gauge.aim
    return Reading(label, quantity(abs(gauge.value), unit), "", gauge.value, (-most, most), aim, None, gauge.sign)


def _thrust(model: HudModel, texts: Texts) -> Reading:
    thrust = model.thrust
    if thrust is None:
        return Reading(texts.get("hud.thrust"), quantity(0.0, "%"), "", 0.0, (0.0, 1.0), None, None, Sign.QUIET)
    value = quantity(100.0 * thrust.value, "%")
    return Reading(texts.get("hud.thrust"), value, "", thrust.value, (0.0, 1.0), thrust.aim, None, thrust.sign)


def _mark(model: HudModel, texts: Texts, most: float) -> Reading:
    mark = model.mark
    return Reading(
        texts.get("hud.distance"), quantity(abs(mark.value), "m"), "", mark.value, (-most, most), 0.0, None, mark.sign
    )  # fmt: skip


def _bridle(model: HudModel, texts: Texts) -> Reading:
    gauge = model.bridle_paid
    paid = gauge.value if gauge else 0.0
    sign = gauge.sign if gauge else Sign.QUIET
    wheels = texts.get("hud.wheels_ready" if model.wheels_ready else "hud.wheels_stowed")
    note = f"{texts.get('hud.wheels')} {wheels}"
    return Reading(texts.get("hud.bridle"), quantity(paid, "m", 1), note, paid, (0.0, _BRIDLE_M), _BRIDLE_M, None, sign)


def _fuel(model: HudModel, texts: Texts) -> Reading:
    note = f"{texts.get('hud.hover')} {quantity(model.hover_s, 's', 0)}"
    return Reading(
        texts.get("hud.propellant"), quantity(model.propellant.value, "kg", 0), note, model.propellant_share,
        (0.0, 1.0), None, _FUEL_LIMIT, model.propellant.sign,
    )  # fmt: skip


def draw_cell(pen: Pen, box: pygame.Rect, reading: Reading) -> None:
    """Label and sign on top, the figure below, then a bar."""
    pen.panel(box)
    pad = pen.px(14)
    top = box.top + pen.px(21)
    if reading.sign is not Sign.QUIET:
        pen.sign(reading.sign, box.right - pen.px(24), top, 9)
    pen.text(
        reading.label, box, (box.left + pad, top), face=Face.HEADING, size=24, colour=p.QUIET, room=0.56 * box.width
    )  # fmt: skip
    middle = box.top + pen.px(51)
    strong = p.TEXT if reading.sign in (Sign.QUIET, Sign.GO) else colour_of(reading.sign)
    sided = reading.span[0] < 0.0
    figure_room = (0.9 if not reading.note else 0.42) * box.width - pad - (pen.px(30) if sided else 0)
    left = box.left + pad + (pen.px(26) if sided else 0)
    pen.text(reading.value, box, (left, middle), face=Face.BOLD, size=30, colour=strong, room=figure_room)
    if sided and abs(reading.bar) > 0.02 * reading.span[1]:
        pen.arrow(box.left + pad + pen.px(8), middle, 9, reading.bar, strong)
    if reading.note:
        pen.text(reading.note, box, (box.right - pad, middle + pen.px(2)), face=Face.TEXT, size=20, colour=p.QUIET,
                 align=1.0, room=0.52 * box.width)  # fmt: skip
    _bar(pen, pygame.Rect(box.left + pad, box.bottom - pen.px(19), box.width - 2 * pad, pen.px(8)), reading, strong)


def _bar(pen: Pen, rect: pygame.Rect, reading: Reading, colour: p.Rgb) -> None:
    low, high = reading.span
    pygame.draw.rect(pen.surface, p.mixed(p.PANEL, p.QUIET, 0.38), rect, 0, pen.px(4))

    def x_of(value: float) -> float:
        return rect.left + rect.width * min(max((value - low) / (high - low), 0.0), 1.0)

    start, end = sorted((x_of(max(low, 0.0) if low >= 0.0 else 0.0), x_of(reading.bar)))
    if end - start >= 1.0:
        pygame.draw.rect(pen.surface, colour, (round(start), rect.top, round(end - start), rect.height), 0, pen.px(3))
    if low < 0.0:
        pygame.draw.line(pen.surface, p.TEXT, (x_of(0.0), rect.top - 2), (x_of(0.0), rect.bottom + 1), pen.px(2))
    if reading.limit is not None:
        x = x_of(reading.limit)
        pygame.draw.line(pen.surface, p.CAUTION, (x, rect.top - pen.px(4)), (x, rect.bottom + pen.px(3)), pen.px(3))
    if reading.aim is not None:
        x = x_of(reading.aim)
        ink.fill(
            pen.surface,
            ((x, rect.top - 1), (x - pen.px(7), rect.top - pen.px(11)), (x + pen.px(7), rect.top - pen.px(11))),
            p.GO,
        )
