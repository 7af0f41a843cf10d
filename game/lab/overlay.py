"""A picture of our flights over a flown one: altitude, speed, load, heat against time. Needs matplotlib, an extra."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from game.content.errors import InputError
from game.content.flown import FlownFlight, Moment
from game.cues.track import Track

_PAPER: Final = "#f7f1e4"
_INK: Final = "#2b1d18"
_QUIET: Final = "#b8a48f"
_OURS: Final = "#c8541f"
_FLOWN: Final = "#1f4e6b"
_INCHES: Final = (12.0, 8.0)
_DPI: Final = 110
_AFTER_S: Final = 30.0  # of the flyaway that is still shown


class NoPlotsError(InputError):
    """matplotlib is not installed; str() is one sentence that says how it is."""


@dataclass(frozen=True, slots=True)
class _Panel:
    """One of the four plots: what of a `Stood` and what of a `Moment` it shows, and in which unit.

    least   where its axis begins if it counts in powers of ten; what is lower is not shown
    """

    title: str
    unit: str
    stood: str
    figure: str
    scale: float
    least: float | None = None


_PANELS: Final = (
    _Panel("Altitude", "km", "altitude_m", "altitude_m", 1e-3, least=0.01),
    _Panel("Speed over the ground", "m/s", "speed_mps", "speed_mps", 1.0, least=0.5),
    _Panel("Load", "g of the earth", "g", "g", 1.0),
    _Panel("Heat flux at the stagnation point", "W/cm2", "heat_flux_w_cm2", "heat_flux_w_cm2", 1.0),
)


def overlay_png(flown: FlownFlight, traces: Sequence[Track]) -> bytes:
    """The picture as PNG: a line for each trace, the nominal one strong; published figures as points with their bounds.

    The same traces give the same bytes. Raises NoPlotsError.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  an extra
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise NoPlotsError("a plot needs matplotlib, which is not installed: pip install 'skycrane[plots]'") from error
    figure = Figure(figsize=_INCHES, dpi=_DPI, facecolor=_PAPER, layout="constrained")
    FigureCanvasAgg(figure)
    for axes, panel in zip(figure.subplots(2, 2, sharex=True).flat, _PANELS, strict=True):
        _draw(axes, panel, flown, traces)
    figure.suptitle(f"{flown.level}, our flight, over {flown.title}", color=_INK, fontsize=15, fontweight="bold")
    out = BytesIO()
    figure.savefig(out, format="png", facecolor=_PAPER, metadata={"Software": None})
    return out.getvalue()


def _draw(axes: Any, panel: _Panel, flown: FlownFlight, traces: Sequence[Track]) -> None:
    axes.set_facecolor(_PAPER)
    axes.set_title(panel.title, color=_INK, loc="left", fontsize=12)
    axes.set_ylabel(panel.unit, color=_INK)
    axes.set_xlabel("seconds from the entry interface", color=_INK)
    axes.grid(color=_QUIET, linewidth=0.5, alpha=0.6)
    axes.tick_params(colors=_INK)
    for side in axes.spines.values():
        side.set_color(_QUIET)
    end_s = _end_s(flown)
    for order, trace in reversed(list(enumerate(traces))):
        rows = [row for row in trace.rows if row.t_s <= end_s]
        axes.plot(
            [row.t_s for row in rows], [getattr(row, panel.stood) * panel.scale for row in rows],
            color=_OURS, linewidth=0.8 if order else 2.0, alpha=0.35 if order else 1.0,
            label=None if order else "ours, nominal",
        )  # fmt: skip
    points = [point for moment in flown.moments if (point := _point(moment, panel)) is not None]
    if points:
        xs, ys, x_errors, y_errors = zip(*points, strict=True)
        axes.errorbar(
            xs, ys, xerr=list(zip(*x_errors, strict=True)), yerr=list(zip(*y_errors, strict=True)), fmt="o",
            color=_FLOWN, markersize=5, elinewidth=1.0, capsize=2.5, label="flown, with our bounds",
        )  # fmt: skip
    axes.set_xlim(-60.0, end_s)
    if panel.least is not None:
        axes.set_yscale("log")
        axes.set_ylim(bottom=panel.least)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    axes.legend(frameon=False, labelcolor=_INK, loc="lower left" if panel.least is not None else "upper right")


def _point(moment: Moment, panel: _Panel) -> tuple[float, float, tuple[float, float], tuple[float, float]] | None:
    """(time, value, how far the bounds lie left and right, below and above) of a published figure."""
    time, value = moment.t_s, getattr(moment, panel.figure)
    if time is None or value is None:
        return None
    spots, errors = [], []
    for figure, scale in ((time, 1.0), (value, panel.scale)):
        middle = 0.5 * sum(figure.span)
        low, high = figure.bounds or figure.span
        spots.append(middle * scale)
        errors.append(((middle - low) * scale, (high - middle) * scale))
    return spots[0], spots[1], errors[0], errors[1]


def _end_s(flown: FlownFlight) -> float:
    return max(moment.t_s.span[1] for moment in flown.moments if moment.t_s is not None) + _AFTER_S
