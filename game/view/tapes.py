"""The two tapes of the HUD: height at the left edge and speed at the right one, on scales with round marks."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, log
from typing import Final

import pygame

from game.content.texts import Texts
from game.content.units import Units
from game.cues.hud import HudModel
from game.cues.signs import Gauge, Sign
from game.sim.phases import Phase
from game.view import ink
from game.view import palette as p
from game.view.fonts import Face
from game.view.layout import Layout
from game.view.pen import Pen
from game.view.signs import colour_of

_SPEED: Final = "m/s"
_HEIGHT: Final = "m"
_ALTITUDE: Final = "km"


@dataclass(frozen=True, slots=True)
class Scale:
    """What a tape shows: its ends, its marks, and `knee`, below which it is linear and above which logarithmic.

    unit   ours, of the figures that come here: m, km or m/s; all else is in the unit that a person reads, so that the
           marks are round in it
    """

    unit: str
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


_FALL: Final = {
    Units.METRIC: (
        Scale(_HEIGHT, 0.0, 2200.0, 6.0, (0.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0)),
        Scale(_SPEED, -5.0, 100.0, 0.8, (-5.0, -1.0, 0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)),
    ),
    Units.US: (
        Scale(_HEIGHT, 0.0, 7200.0, 20.0, (0.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0)),
        Scale(_SPEED, -11.0, 225.0, 1.8, (-10.0, -2.0, 0.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)),
    ),
}
_CRANE: Final = {
    Units.METRIC: (
        Scale(_HEIGHT, 0.0, 25.0, 1e4, (0.0, 5.0, 10.0, 15.0, 20.0, 25.0)),
        Scale(_SPEED, -1.0, 3.0, 1e4, (-1.0, 0.0, 1.0, 2.0, 3.0)),
    ),
    Units.US: (
        Scale(_HEIGHT, 0.0, 82.0, 1e4, (0.0, 20.0, 40.0, 60.0, 80.0)),
        Scale(_SPEED, -2.2, 6.7, 1e4, (-2.0, 0.0, 2.0, 4.0, 6.0)),
    ),
}
_AWAY: Final = {
    Units.METRIC: (
        Scale(_HEIGHT, 0.0, 300.0, 30.0, (0.0, 10.0, 20.0, 50.0, 100.0, 200.0, 300.0)),
        Scale(_SPEED, -40.0, 40.0, 10.0, (-40.0, -20.0, -10.0, 0.0, 10.0, 20.0, 40.0)),
    ),
    Units.US: (
        Scale(_HEIGHT, 0.0, 1000.0, 100.0, (0.0, 50.0, 100.0, 200.0, 500.0, 1000.0)),
        Scale(_SPEED, -90.0, 90.0, 22.0, (-80.0, -40.0, -20.0, 0.0, 20.0, 40.0, 80.0)),
    ),
}
_FROM_SPACE: Final = {
    Units.METRIC: (
        Scale(_ALTITUDE, 0.0, 250.0, 3.0, (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)),
        Scale(_SPEED, 0.0, 6000.0, 60.0, (0.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0)),
    ),
    Units.US: (
        Scale(_ALTITUDE, 0.0, 155.0, 2.0, (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)),
        Scale(_SPEED, 0.0, 13_400.0, 130.0, (0.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0)),
    ),
}
# A km is a thousand m to everybody, but a mile is 5,280 feet to few: where heights to come are in feet, this one is.
_UNDER_CANOPY: Final = {
    Units.METRIC: _FROM_SPACE[Units.METRIC],
    Units.US: (
        Scale(_HEIGHT, 0.0, 60_000.0, 1000.0, (0.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0, 20_000.0, 50_000.0)),
        _FROM_SPACE[Units.US][1],
    ),
}
_IN_SPACE: Final = (Phase.CRUISE, Phase.APPROACH, Phase.ENTRY)


def scales(phase: Phase, units: Units) -> tuple[Scale, Scale]:
    """Height, and speed (downwards once the backshell is off): as much of each as the phase needs."""
    if phase in _IN_SPACE:
        return _FROM_SPACE[units]
    match phase:
        case Phase.PARACHUTE:
            return _UNDER_CANOPY[units]
        case Phase.FREE_FALL | Phase.POWERED:
            return _FALL[units]
        case Phase.FLYAWAY:
            return _AWAY[units]
        case _:
            return _CRANE[units]


def draw_tapes(pen: Pen, layout: Layout, model: HudModel, texts: Texts, *, cues: bool) -> None:
    """Height and speed of this phase; a course has neither. Without cues nothing tells what to aim at."""
    if model.phase is Phase.COURSE:
        return
    high, fast = scales(model.phase, texts.units)
    note = _aim_words(texts, model.height.aim, high) if cues else ""
    _tape(pen, layout.height, texts, "hud.height", model.height, note, high, cues=cues)
    arrival = model.arrival
    if arrival is None:
        note = _aim_words(texts, model.descent.aim, fast) if cues else ""
        _tape(pen, layout.descent, texts, "hud.descent", model.descent, note, fast, cues=cues)
        return
    mach = f"{texts.get('hud.mach')} {arrival.mach:.1f}" if model.phase in (Phase.ENTRY, Phase.PARACHUTE) else ""
    _tape(pen, layout.descent, texts, "hud.speed", arrival.speed, mach, fast, cues=cues)


def _aim_words(texts: Texts, aim: float | None, scale: Scale) -> str:
    if aim is None:
        return ""
    decimals = 1 if scale.unit == _ALTITUDE else None
    return f"{texts.get('hud.aim')} {texts.quantity(_in_km(aim, scale), scale.unit, decimals)}"


def _in_km(value: float, scale: Scale) -> float:
    """A gauge's value in the unit that the scale is given in."""
    return 0.001 * value if scale.unit == _ALTITUDE else value


def _tape(
    pen: Pen, box: pygame.Rect, texts: Texts, label: str, gauge: Gauge, note: str, scale: Scale, *, cues: bool
) -> None:  # fmt: skip
    """A scale that stands, with a pointer that moves, the safe band, and a mark to aim at.

    gauge   in m or m/s; note   below the figure

    Heights grow upwards and speeds downwards, so that both pointers sink with the craft.
    """
    pen.panel(box)
    sign = gauge.sign if cues else Sign.QUIET
    pad, middle = pen.px(14), box.centerx
    pen.text(texts.get(label), box, (box.left + pad, box.top + pen.px(24)), face=Face.HEADING, size=24, colour=p.QUIET)
    if sign is not Sign.QUIET:
        pen.sign(sign, box.right - pen.px(26), box.top + pen.px(24), 10)
    number, _, unit_text = texts.quantity(_in_km(gauge.value, scale), scale.unit).rpartition(" ")
    colour = p.TEXT if sign in (Sign.QUIET, Sign.GO) else colour_of(sign)
    unit_box = pen.text(
        unit_text, box, (box.right - pad, box.top + pen.px(66)), size=20, colour=p.QUIET, align=1.0
    )  # fmt: skip
    pen.text(
        number, box, (unit_box.left - pen.px(6), box.top + pen.px(62)), face=Face.BOLD, size=36, colour=colour,
        align=1.0, room=unit_box.left - box.left - pen.px(16),
    )  # fmt: skip
    pen.text(note, box, (box.right - pad, box.top + pen.px(100)), face=Face.TEXT, size=20, colour=p.GO, align=1.0,
             room=box.width - pen.px(20))  # fmt: skip
    top, bottom = box.top + pen.px(134), box.bottom - pen.px(24)
    rising = scale.unit != _SPEED

    def y_at(share: float) -> float:
        return bottom - (bottom - top) * share if rising else top + (bottom - top) * share

    def y_of(value: float) -> float:
        return y_at(scale.place(texts.figure(_in_km(value, scale), scale.unit)))

    rail = middle + pen.px(26)
    if cues and gauge.low is not None and gauge.high is not None:
        y0, y1 = sorted((y_of(gauge.low), y_of(gauge.high)))
        band = pygame.Rect(rail - pen.px(5), round(y0), pen.px(10), max(round(y1 - y0), pen.px(6)))
        pygame.draw.rect(pen.surface, p.mixed(p.PANEL, p.GO, 0.75), band, 0, pen.px(4))
    pygame.draw.line(pen.surface, p.QUIET, (rail, top), (rail, bottom), pen.px(2))
    step = (bottom - top) / (len(scale.marks) - 1)
    for index, mark in enumerate(scale.marks):
        y = y_at(scale.place(mark))
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
