"""One gauge ready to be drawn, and those that stand in more than one phase."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from game.content.texts import Texts
from game.cues.hud import HudModel
from game.cues.signs import Gauge, Sign
from game.view.dial import Dial
from game.view.strips import LandingStrip, MarkStrip, mark_strip

_BRIDLE_M: Final = 7.5
_MARKS_FROM_M: Final = 100.0  # a bar that shows less has one mark on it
_STILL: Final = 0.005
_FUEL_LIMIT: Final = 0.1  # share of full tanks that is marked as the last reserve


@dataclass(frozen=True, slots=True)
class Reading:
    """One gauge ready to be drawn.

    bar    where the pointer is, in the gauge's own span
    span   lowest and highest value of the bar; with a negative lowest it starts from the middle and shows a side
    aim    what to aim at, on the same span; limit  a line not to pass
    ghost  where what is steered has got to, where it follows slowly
    places  the widest number that is to be expected; strip, dial: pictures in the place of the bar, and of the note
    """

    label: str
    value: str
    note: str
    bar: float
    span: tuple[float, float]
    aim: float | None
    limit: float | None
    sign: Sign
    ghost: float | None = None
    places: str = "00.0"
    strip: LandingStrip | MarkStrip | None = None
    dial: Dial | None = None


def limit_words(texts: Texts, figure: str) -> str:
    return f"{texts.get('hud.limit')} {figure}"


def aim_words(texts: Texts, gauge: Gauge, unit: str) -> str:
    """What to aim at, without the side: that is where the mark on the bar is. Standing still needs no figure."""
    if gauge.aim is None or abs(gauge.aim) < _STILL:
        return ""
    return f"{texts.get('hud.aim')} {texts.quantity(abs(gauge.aim), unit)}"


def sided(texts: Texts, label: str, gauge: Gauge, unit: str, most: float, note: str = "") -> Reading:
    figure = texts.quantity(abs(gauge.value), unit)
    return Reading(label, figure, note, gauge.value, (-most, most), gauge.aim, None, gauge.sign)


def tilt_reading(model: HudModel, texts: Texts) -> Reading:
    """The lean, with its limit, as a picture too."""
    limit = model.tilt.high or 35.0
    reading = sided(texts, texts.get("hud.tilt"), model.tilt, "°", limit)
    return replace(reading, dial=Dial(model.tilt.value, model.tilt.high, model.trends.tilt_deg_s))


def thrust_reading(model: HudModel, texts: Texts) -> Reading:
    thrust = model.thrust
    if thrust is None:
        return Reading(texts.get("hud.thrust"), texts.quantity(0.0, "%"), "", 0.0, (0.0, 1.0), None, None, Sign.QUIET)
    value = texts.quantity(100.0 * thrust.value, "%")
    note = aim_words(texts, Gauge(0.0, aim=100.0 * thrust.aim), "%") if thrust.aim is not None else ""
    return Reading(texts.get("hud.thrust"), value, note, thrust.value, (0.0, 1.0), thrust.aim, None, thrust.sign)


def mark_reading(model: HudModel, texts: Texts, most: float) -> Reading:
    mark, strip = model.mark, mark_strip(model) if most > _MARKS_FROM_M else None
    return Reading(
        texts.get("hud.distance"), texts.quantity(abs(mark.value), "m"), "", mark.value, (-most, most), 0.0, None,
        mark.sign, places="000" if most < _MARKS_FROM_M else "0,000", strip=strip,
    )  # fmt: skip


def bridle_reading(model: HudModel, texts: Texts) -> Reading:
    gauge = model.bridle_paid
    paid = gauge.value if gauge else 0.0
    sign = gauge.sign if gauge else Sign.QUIET
    wheels = texts.get("hud.wheels_ready" if model.wheels_ready else "hud.wheels_stowed")
    note = f"{texts.get('hud.wheels')} {wheels}"
    figure = texts.quantity(paid, "m", 1)
    return Reading(texts.get("hud.bridle"), figure, note, paid, (0.0, _BRIDLE_M), _BRIDLE_M, None, sign)


def fuel_reading(model: HudModel, texts: Texts) -> Reading:
    note = f"{texts.get('hud.hover')} {texts.quantity(model.hover_s, 's', 0)}"
    return Reading(
        texts.get("hud.propellant"), texts.quantity(model.propellant.value, "kg", 0), note, model.propellant_share,
        (0.0, 1.0), None, _FUEL_LIMIT, model.propellant.sign, places="000",
    )  # fmt: skip
