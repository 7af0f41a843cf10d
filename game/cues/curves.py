"""The four curves of a flight over the flown one: which quantities, on which axes, and what of them is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from game.content.flown import FlownFlight, Moment
from game.content.texts import Texts
from game.cues.track import Track

_AFTER_S: Final = 30.0  # of the flyaway that is still shown
BEFORE_S: Final = 60.0  # of the approach that is shown
_WIDE: Final = 100.0  # an axis counts in powers of ten if what it shows is so many times its least

Spread = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """What of a `Stood` and of a `Moment` a plot shows, and in which unit of ours; the texts know the person's.

    Its title is `plot.<name>` in the texts, and `plot_unit.<name>` what its axis says if not the bare unit.

    least   where its axis begins if it counts in powers of ten; what is lower is not shown
    """

    name: str
    unit: str
    quantity: str
    scale: float
    least: float | None = None


_PANELS: Final = (
    Panel("altitude", "km", "altitude_m", 1e-3, least=0.01),
    Panel("speed", "m/s", "speed_mps", 1.0, least=0.5),
    Panel("load", "g", "g", 1.0),
    Panel("heat", "W/cm2", "heat_flux_w_cm2", 1.0),
)
_LOW_M: Final = 1000.0  # a flight that never was higher counts its altitude in metres


def panels_for(tracks: Sequence[Track]) -> tuple[Panel, ...]:
    """The four plots in the units that suit the flights."""
    highest_m = max((row.altitude_m for track in tracks for row in track.rows), default=_LOW_M)
    return tuple(
        replace(panel, unit="m", scale=1.0, least=panel.least and panel.least / panel.scale)
        if panel.unit == "km" and highest_m < _LOW_M
        else panel
        for panel in _PANELS
    )


def unit_words(texts: Texts, panel: Panel) -> str:
    """What stands at the axis of a plot."""
    key = f"plot_unit.{panel.name}"
    return texts.get(key) if key in texts else texts.unit(panel.unit)


def curve_of(panel: Panel, track: Track, span: Spread) -> list[tuple[float, float]]:
    """(time, value in the panel's unit) of every row in the span."""
    start_s, end_s = span
    return [
        (row.t_s, getattr(row, panel.quantity) * panel.scale) for row in track.rows if start_s <= row.t_s <= end_s
    ]  # fmt: skip


def counts_in_tens(least: float | None, highest: float) -> bool:
    """Whether an axis counts in powers of ten: a short flight, near the ground, shows more on an even one.

    least, highest   in the same unit, whichever it is; least is None for a plot that never does
    """
    return least is not None and highest > _WIDE * least


def flown_point(moment: Moment, panel: Panel) -> tuple[float, float, Spread, Spread] | None:
    """(time, value, how far the bounds lie left and right, below and above) of a published figure."""
    time, value = moment.t_s, getattr(moment, panel.quantity)
    if time is None or value is None:
        return None
    spots, errors = [], []
    for figure, scale in ((time, 1.0), (value, panel.scale)):
        middle = 0.5 * sum(figure.span)
        low, high = figure.bounds or figure.span
        spots.append(middle * scale)
        errors.append(((middle - low) * scale, (high - middle) * scale))
    return spots[0], spots[1], errors[0], errors[1]


def flown_points(
    flown: FlownFlight | None, panel: Panel, span: Spread
) -> list[tuple[float, float, Spread, Spread]]:  # fmt: skip
    """Those of the flown flight's figures that lie in the span."""
    start_s, end_s = span
    found = (flown_point(moment, panel) for moment in (flown.moments if flown else ()))
    return [point for point in found if point is not None and start_s <= point[0] <= end_s]


def whole_span(flown: FlownFlight) -> Spread:
    """From a minute before the air to half a minute after the flown flight's last moment."""
    last_s = max(moment.t_s.span[1] for moment in flown.moments if moment.t_s is not None)
    return -BEFORE_S, last_s + _AFTER_S


def span_of(flown: FlownFlight | None, track: Track) -> Spread:
    """What of one flight is shown: from where it began; to the end of the flown one, if it was to fly as much."""
    first_s, last_s = track.rows[0].t_s, track.rows[-1].t_s
    if flown is None or first_s > 0.0:
        return first_s, last_s
    return max(first_s, -BEFORE_S), whole_span(flown)[1]
