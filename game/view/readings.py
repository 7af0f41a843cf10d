"""One gauge ready to be drawn, and those that stand in more than one phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.content.texts import Texts
from game.cues.hud import HudModel
from game.cues.signs import Gauge, Sign

_BRIDLE_M: Final = 7.5
_FUEL_LIMIT: Final = 0.1  # share of full tanks that is marked as the last reserve


@dataclass(frozen=True, slots=True)
class Reading:
    """One gauge ready to be drawn.

    bar    where the pointer is, in the gauge's own span
    span   lowest and highest value of the bar; with a negative lowest it starts from the middle and shows a side
    aim    what to aim at, on the same span; limit  a line not to pass
    ghost  where what is steered has got to, where it follows slowly
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


def limit_words(texts: Texts, figure: str) -> str:
    return f"{texts.get('hud.limit')} {figure}"


def sided(texts: Texts, label: str, gauge: Gauge, unit: str, most: float) -> Reading:
    aim = gauge.aim
    return Reading(label, texts.quantity(abs(gauge.value), unit), "", gauge.value, (-most, most), aim, None, gauge.sign)


def thrust_reading(model: HudModel, texts: Texts) -> Reading:
    thrust = model.thrust
    if thrust is None:
        return Reading(texts.get("hud.thrust"), texts.quantity(0.0, "%"), "", 0.0, (0.0, 1.0), None, None, Sign.QUIET)
    value = texts.quantity(100.0 * thrust.value, "%")
    return Reading(texts.get("hud.thrust"), value, "", thrust.value, (0.0, 1.0), thrust.aim, None, thrust.sign)


def mark_reading(model: HudModel, texts: Texts, most: float) -> Reading:
    mark = model.mark
    return Reading(
        texts.get("hud.distance"), texts.quantity(abs(mark.value), "m"), "", mark.value, (-most, most), 0.0, None,
        mark.sign,
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
        (0.0, 1.0), None, _FUEL_LIMIT, model.propellant.sign,
    )  # fmt: skip
