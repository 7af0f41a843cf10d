"""A picture of our flights over a flown one: altitude, speed, load, heat against time. Needs matplotlib, an extra."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from game.content.errors import InputError
from game.content.flown import FlownFlight, Moment
from game.cues.track import Track

PAPER: Final = "#f7f1e4"
INK: Final = "#2b1d18"
QUIET: Final = "#b8a48f"
OURS: Final = "#c8541f"
FLOWN: Final = "#1f4e6b"
_INCHES: Final = (12.0, 8.0)
_DPI: Final = 110
_WIDE: Final = 100.0  # an axis counts in powers of ten if what it shows is so many times its least
_NOTHING: Final = 1e-3  # of load or heat
_BEFORE_S: Final = 60.0  # of the approach that is shown
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


def check_plots() -> None:
    """Raise NoPlotsError unless a picture can be drawn here."""
    try:
        import matplotlib.figure  # noqa: F401, PLC0415  an extra
    except ImportError as error:
        raise NoPlotsError("a plot needs matplotlib, which is not installed: pip install 'skycrane[plots]'") from error


def overlay_png(flown: FlownFlight, traces: Sequence[Track], level: str | None = None) -> bytes:
    """The picture as PNG: a line for each trace, the first one strong; published figures as points with their bounds.

    level   what the title calls ours by, if not by its name

    The same traces give the same bytes. Raises NoPlotsError.
    """
    figure = new_figure(_INCHES)
    span = (-_BEFORE_S, _end_s(flown))
    draw_panels(figure.subplots(2, 2, sharex=True).flat, flown, traces, span, ours="ours")
    title = f"{level or flown.level}, our flight, over {flown.title}"
    figure.suptitle(title, color=INK, fontsize=15, fontweight="bold")
    return png_of(figure)


def new_figure(inches: tuple[float, float]) -> Any:
    """An empty figure on our paper. Raises NoPlotsError."""
    check_plots()
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=inches, dpi=_DPI, facecolor=PAPER, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def png_of(figure: Any) -> bytes:
    """The same figure gives the same bytes."""
    out = BytesIO()
    figure.savefig(out, format="png", facecolor=PAPER, metadata={"Software": None})
    return out.getvalue()


def draw_panels(
    four_axes: Iterable[Any],
    flown: FlownFlight | None,
    tracks: Sequence[Track],
    span: tuple[float, float],
    *,
    ours: str,
) -> None:
    """Altitude, speed, load and heat, each on its axes: the first track strong, the flown figures in the span on it.

    span  from and to, in s from the entry interface; ours  what the legend calls the first track
    """
    for axes, panel in zip(four_axes, _PANELS, strict=True):
        _draw(axes, panel, flown, tracks, span, ours)


def span_of(flown: FlownFlight | None, track: Track) -> tuple[float, float]:
    """What of one flight is shown: from where it began; to the end of the flown one, if it was to fly as much."""
    first_s, last_s = track.rows[0].t_s, track.rows[-1].t_s
    if flown is None or first_s > 0.0:
        return first_s, last_s
    return max(first_s, -_BEFORE_S), _end_s(flown)


def _draw(
    axes: Any, panel: _Panel, flown: FlownFlight | None, tracks: Sequence[Track], span: tuple[float, float], ours: str
) -> None:  # fmt: skip
    axes.set_facecolor(PAPER)
    axes.set_title(panel.title, color=INK, loc="left", fontsize=12)
    axes.set_ylabel(panel.unit, color=INK)
    axes.set_xlabel("seconds from the entry interface", color=INK)
    axes.grid(color=QUIET, linewidth=0.5, alpha=0.6)
    axes.tick_params(colors=INK)
    for side in axes.spines.values():
        side.set_color(QUIET)
    start_s, end_s = span
    for order, track in reversed(list(enumerate(tracks))):
        rows = [row for row in track.rows if row.t_s <= end_s]
        axes.plot(
            [row.t_s for row in rows], [getattr(row, panel.stood) * panel.scale for row in rows],
            color=OURS, linewidth=0.8 if order else 2.0, alpha=0.35 if order else 1.0,
            label=None if order else ours,
        )  # fmt: skip
    found = (_point(moment, panel) for moment in (flown.moments if flown else ()))
    points = [point for point in found if point is not None and start_s <= point[0] <= end_s]
    if points:
        xs, ys, x_errors, y_errors = zip(*points, strict=True)
        axes.errorbar(
            xs, ys, xerr=list(zip(*x_errors, strict=True)), yerr=list(zip(*y_errors, strict=True)), fmt="o",
            color=FLOWN, markersize=5, elinewidth=1.0, capsize=2.5, label="flown, with our bounds",
        )  # fmt: skip
    axes.set_xlim(start_s, end_s)
    highest = max((getattr(row, panel.stood) * panel.scale for track in tracks for row in track.rows), default=0.0)
    wide = panel.least is not None and (not tracks or highest > _WIDE * panel.least)
    if wide:
        axes.set_yscale("log")
        axes.set_ylim(bottom=panel.least)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    elif panel.least is not None or highest < _NOTHING:
        axes.set_ylim(bottom=0.0)
    axes.legend(frameon=False, labelcolor=INK, loc="lower left" if wide else "upper right")


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
