"""A picture of our flights over a flown one: altitude, speed, load, heat against time. Needs matplotlib, an extra."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Final

from game.content.errors import InputError
from game.content.extras import how_to_install
from game.content.flown import FlownFlight
from game.content.texts import load_texts
from game.cues.curves import Panel, counts_in_tens, flown_points, panels_for, unit_words, whole_span
from game.cues.track import Track

PAPER: Final = "#f7f1e4"
INK: Final = "#2b1d18"
QUIET: Final = "#b8a48f"
OURS: Final = "#c8541f"
FLOWN: Final = "#1f4e6b"
_INCHES: Final = (12.0, 8.0)
_DPI: Final = 110
_NOTHING: Final = 1e-3  # of load or heat


class NoPlotsError(InputError):
    """matplotlib is not installed; str() is one sentence that says how it is."""


def check_plots() -> None:
    """Raise NoPlotsError unless a picture can be drawn here."""
    try:
        import matplotlib.figure  # noqa: F401, PLC0415  an extra
    except ImportError as error:
        raise NoPlotsError(f"a plot needs matplotlib, which is not installed: {how_to_install('plots')}") from error


def overlay_png(flown: FlownFlight, traces: Sequence[Track], level: str | None = None) -> bytes:
    """The picture as PNG: a line for each trace, the first one strong; published figures as points with their bounds.

    level   what the title calls ours by, if not by its name

    The same traces give the same bytes. Raises NoPlotsError.
    """
    figure = new_figure(_INCHES)
    axes = figure.subplots(2, 2, sharex=True).flat
    draw_panels(axes, flown, traces, whole_span(flown), ours="ours")
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
    """The same figure gives the same bytes. All of its words are words: a `$` in a level's title begins no formula."""
    from matplotlib.axis import Tick  # noqa: PLC0415
    from matplotlib.text import Text  # noqa: PLC0415

    ticks = {id(label) for tick in figure.findobj(Tick) for label in (tick.label1, tick.label2)}  # may have powers
    for text in figure.findobj(Text):
        if id(text) not in ticks:
            text.set_parse_math(False)
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
    for axes, panel in zip(four_axes, panels_for(tracks), strict=True):
        _draw(axes, panel, flown, tracks, span, ours)


def _draw(
    axes: Any, panel: Panel, flown: FlownFlight | None, tracks: Sequence[Track], span: tuple[float, float], ours: str
) -> None:  # fmt: skip
    axes.set_facecolor(PAPER)
    texts = load_texts()
    axes.set_title(texts.get(f"plot.{panel.name}"), color=INK, loc="left", fontsize=12)
    axes.set_ylabel(unit_words(texts, panel), color=INK)
    axes.set_xlabel("seconds from the entry interface", color=INK)
    axes.grid(color=QUIET, linewidth=0.5, alpha=0.6)
    axes.tick_params(colors=INK)
    for side in axes.spines.values():
        side.set_color(QUIET)
    start_s, end_s = span
    for order, track in reversed(list(enumerate(tracks))):
        rows = [row for row in track.rows if row.t_s <= end_s]
        axes.plot(
            [row.t_s for row in rows], [getattr(row, panel.quantity) * panel.scale for row in rows],
            color=OURS, linewidth=0.8 if order else 2.0, alpha=0.35 if order else 1.0,
            label=None if order else ours,
        )  # fmt: skip
    points = flown_points(flown, panel, span)
    if points:
        xs, ys, x_errors, y_errors = zip(*points, strict=True)
        axes.errorbar(
            xs, ys, xerr=list(zip(*x_errors, strict=True)), yerr=list(zip(*y_errors, strict=True)), fmt="o",
            color=FLOWN, markersize=5, elinewidth=1.0, capsize=2.5, label="flown, with our bounds",
        )  # fmt: skip
    axes.set_xlim(start_s, end_s)
    highest = max((getattr(row, panel.quantity) * panel.scale for track in tracks for row in track.rows), default=0.0)
    wide = panel.least is not None and (not tracks or counts_in_tens(panel.least, highest))
    if wide:
        axes.set_yscale("log")
        axes.set_ylim(bottom=panel.least)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    elif panel.least is not None or highest < _NOTHING:
        axes.set_ylim(bottom=0.0)
    axes.legend(frameon=False, labelcolor=INK, loc="lower left" if wide else "upper right")
