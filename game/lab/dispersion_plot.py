"""A dispersion as one picture: where they came down, how figures spread, what was lost, what moves the landing.

Needs matplotlib, an extra. The same table gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any, Final

from game.content.flown import FlownFlight, flown_on
from game.content.texts import Texts
from game.lab.dispersion_map import draw_footprint, draw_map, draw_profile, explain
from game.lab.dispersion_summary import Footprint, Summary, by_number, numbers
from game.lab.dispersion_words import name_of, shown_of
from game.lab.dispersions import Job, Row
from game.lab.overlay import FLOWN, INK, OURS, PAPER, QUIET, new_figure, png_of
from game.report import ALIVE
from game.sim.snapshot import Outcome

_INCHES: Final = (14.0, 9.4)
_HEAD_IN: Final = 0.95
_PAD_IN: Final = 0.1
_BINS: Final = 24
_AROUND: Final = 0.66  # of the ellipse's length, to either side
_MOST_BARS: Final = 7
_MOST_RELATED: Final = 1.25  # a correlation is 1 at most, and its figure stands beside the bar
_TITLE_LETTERS: Final = 62  # of the largest size, in a line
_MARKS: Final = 9  # at most, on the axis of a wide histogram
_LEAST_SHOWN: Final = 0.01  # of a value, that a histogram is wide


def plot_png(texts: Texts, job: Job, rows: Sequence[Row], summary: Summary) -> bytes:
    """The picture as PNG; rows in the order of their seeds, at least one. Raises NoPlotsError."""
    return png_of(figure_of(texts, job, rows, summary))


def figure_of(texts: Texts, job: Job, rows: Sequence[Row], summary: Summary) -> Any:
    """The same as matplotlib has it."""
    figure = new_figure(_INCHES)
    figure.get_layout_engine().set(w_pad=_PAD_IN)
    head, body = figure.subfigures(2, 1, height_ratios=(_HEAD_IN, _INCHES[1] - _HEAD_IN))
    _draw_head(head, texts, job, rows, summary)
    left, right = body.subfigures(1, 2, width_ratios=(0.86, 1.0))
    flown = flown_on(job.level.id)
    if job.level.goal.ends_at:
        _draw_goal(left, texts, job, rows)
    else:
        _draw_place(left, texts, job, rows, summary, flown)
    _draw_panels(right, texts, job, rows, summary, flown)
    return figure


def _draw_head(figure: Any, texts: Texts, job: Job, rows: Sequence[Row], summary: Summary) -> None:
    figure.set_facecolor(PAPER)
    rate = summary.rate
    low, high = rate.interval
    share = {"share": f"{rate.share:.1%}", "low": f"{low:.1%}", "high": f"{high:.1%}", "alive": f"{rate.alive:,}"}
    title = texts.get("dispersed.title", level=job.level.title, flights=f"{rate.flights:,}")
    seeds = {"first": str(rows[0]["seed"]), "last": str(rows[-1]["seed"])}
    size = 21.0 * min(1.0, _TITLE_LETTERS / len(title))
    figure.text(0.012, 0.88, title, va="top", color=INK, fontsize=size, fontweight="bold")
    landed = texts.get("dispersed.completed" if job.level.goal.ends_at else "dispersed.landed", **share)
    figure.text(0.012, 0.22, landed, va="center", color=OURS, fontsize=13.5, fontweight="bold")
    how = texts.get("dispersed.how", mode=job.mode.value, pilot=job.label, **seeds)
    figure.text(0.988, 0.22, how, ha="right", va="center", color=FLOWN, fontsize=11)


# --- the left half ---


def _draw_place(
    figure: Any, texts: Texts, job: Job, rows: Sequence[Row], summary: Summary, flown: FlownFlight | None
) -> None:  # fmt: skip
    """The mission's ellipse and our places in it, over the ground's profile; without one, the profile alone."""
    figure.set_facecolor(PAPER)
    along_m = numbers([row for row in rows if row["outcome"] == Outcome.LANDED], "along_track_m")
    planned_km = None if flown is None else flown.planned_km
    if flown is not None and planned_km is not None:
        above, ground, ours = figure.subplots(3, 1, height_ratios=(5.0, 0.9, 0.9))
        half_m = 1000.0 * _AROUND * planned_km[0]
        draw_map(above, texts, along_m, summary.footprint, flown, planned_km, half_m / 1000.0)
        _style(above, texts.get("dispersed.place"))
        above.grid(visible=False)
        ground.sharex(above)
    else:
        ours, ground = figure.subplots(2, 1, height_ratios=(1.0, 0.55))
        half_m = _half_m(along_m, summary.footprint)
    unit_m = 1000.0 if planned_km else 1.0
    draw_profile(ground, texts, job.level, along_m, flown, half_m, unit_m)
    _style(ground, texts.get("dispersed.ground"))
    title = texts.get("dispersed.enlarged" if planned_km else "dispersed.place")
    _histogram(ours, along_m, title, texts, log=planned_km is not None, marks=_MARKS)
    draw_footprint(ours, texts, summary.footprint)
    if not planned_km:
        ours.set_xlim(-half_m, half_m)
    ground.set_xlabel(texts.get("dispersed.axis_place" if planned_km else "dispersed.along_track_axis"), color=INK)
    ours.set_xlabel(texts.get("dispersed.along_track_axis"), color=INK)


def _half_m(along_m: Sequence[float], ours: Footprint | None) -> float:
    """How far to either side of the target is shown, when all that came down have to be."""
    ends = [] if ours is None else [ours.mean_m - ours.half_99_m, ours.mean_m + ours.half_99_m]
    return 1.1 * max(map(abs, (*along_m, *ends, 1.0))) if along_m else 100.0


def _draw_goal(figure: Any, texts: Texts, job: Job, rows: Sequence[Row]) -> None:
    """Each figure of the goal: how it spread, and the band that it has to be in."""
    figure.set_facecolor(PAPER)
    wanted = job.level.goal.figures
    for axes, aim in zip(figure.subplots(len(wanted), 1, squeeze=False)[:, 0], wanted, strict=True):
        column = f"goal_{aim.name}"
        shown = shown_of(column)
        name = name_of(texts, column)
        low, high = aim.aim - aim.half_width, aim.aim + aim.half_width
        axes.axvline(aim.aim / shown.divisor, color=FLOWN, linewidth=1.2, label=texts.get("dispersed.aim"))
        axes.axvspan(
            low / shown.divisor, high / shown.divisor, color=FLOWN, alpha=0.12, linewidth=0,
            label=texts.get("dispersed.bound"),
        )  # fmt: skip
        values = [value / shown.divisor for value in numbers(rows, column)]
        _histogram(axes, values, f"{name}, {shown.unit}" if shown.unit else name, texts, marks=_MARKS)
        explain(axes)


# --- the right half ---


def _draw_panels(
    figure: Any, texts: Texts, job: Job, rows: Sequence[Row], summary: Summary, flown: FlownFlight | None
) -> None:  # fmt: skip
    figure.set_facecolor(PAPER)
    grid = figure.add_gridspec(3, 2, height_ratios=(1.0, 1.0, 1.15))
    alive = [row for row in rows if row["outcome"] in ALIVE]
    first, second = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
    if job.level.goal.ends_at:
        _histogram(first, numbers(alive, "score"), texts.get("dispersed.score"), texts)
        _histogram(second, numbers(alive, "propellant_left_kg"), _titled(texts, "propellant_left_kg"), texts)
    else:
        _decades(first, numbers(alive, "distance_m"), texts.get("dispersed.distance_axis"), texts)
        _histogram(second, numbers(alive, "touchdown_mps"), _titled(texts, "touchdown_mps"), texts)
        _mark(second, flown, "touchdown", "speed_mps")
    third = figure.add_subplot(grid[1, 0])
    _histogram(third, numbers(rows, "peak_g"), _titled(texts, "peak_g"), texts)
    _mark(third, flown, "peak_deceleration", "g")
    _draw_lost(figure.add_subplot(grid[1, 1]), texts, summary)
    _draw_drives(figure.add_subplot(grid[2, :]), texts, summary)


def _draw_lost(axes: Any, texts: Texts, summary: Summary) -> None:
    """A bar for each way to lose and phase."""
    _style(axes, texts.get("dispersed.lost"))
    losses = by_number(summary.rate)[:_MOST_BARS]
    if not losses:
        _say(axes, texts.get("dispersed.none_lost"))
        return
    names = [f"{texts.get(f'short.{code}')} ({texts.get(f'phase.{phase}')})" for (phase, code), _ in losses]
    counts = [len(seeds) for _, seeds in losses]
    axes.barh(range(len(losses)), counts, height=0.3, color=OURS, align="edge")
    axes.set_ylim(len(losses) - 0.3, -0.75)
    axes.set_xlim(0.0, 1.12 * max(counts))
    for at, (name, count) in enumerate(zip(names, counts, strict=True)):
        axes.text(0.02 * max(counts), at - 0.08, name, va="bottom", color=INK, fontsize=9)
        axes.text(count, at + 0.15, f" {count}", va="center", color=OURS, fontsize=9, fontweight="bold")
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.set_xticks([])


def _draw_drives(axes: Any, texts: Texts, summary: Summary) -> None:
    """A bar for each input, to the side to which more of it moves the figure."""
    drives = summary.drives
    moves_place = drives is None or drives.figure == "along_track_m"
    figure = name_of(texts, drives.figure) if drives is not None else ""
    _style(axes, texts.get("dispersed.drives") if moves_place else texts.get("dispersed.drives_goal", figure=figure))
    if drives is None or not drives.inputs:
        _say(axes, texts.get("dispersed.too_few"))
        return
    shown = list(drives.inputs.items())[:_MOST_BARS]
    axes.barh(range(len(shown)), [value for _, value in shown], height=0.62, color=OURS)
    axes.axvline(0.0, color=INK, linewidth=0.8)
    axes.axvspan(-drives.chance, drives.chance, color=FLOWN, alpha=0.15, linewidth=0, zorder=0.5)
    axes.text(0.985, 0.05, texts.get("dispersed.chance"), ha="right", color=FLOWN, fontsize=9, transform=axes.transAxes,
              bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.75, "pad": 0.5})  # fmt: skip
    axes.set_yticks(range(len(shown)), [name_of(texts, name) for name, _ in shown])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlim(-_MOST_RELATED, _MOST_RELATED)
    axes.set_xticks((-1.0, -0.5, 0.0, 0.5, 1.0))
    axes.xaxis.set_major_formatter(_commas)
    axes.grid(visible=False, axis="y")
    key = "dispersed.drives_axis" if moves_place else "dispersed.drives_goal_axis"
    axes.set_xlabel(texts.get(key), color=INK)
    for at, (_, value) in enumerate(shown):
        side = "left" if value >= 0.0 else "right"
        axes.text(value, at, _minus(f" {value:+.2f} "), ha=side, va="center", color=INK, fontsize=9)


# --- kinds of panels ---


def _histogram(
    axes: Any, values: Sequence[float], title: str, texts: Texts, *, log: bool = False, marks: int = 5
) -> None:  # fmt: skip
    _style(axes, title)
    if not values:
        _say(axes, texts.get("dispersed.none_landed"))
        return
    if log:
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(_commas)
        axes.yaxis.set_minor_formatter(lambda *_: "")
    low, high = min(values), max(values)
    least = _LEAST_SHOWN * max(abs(low), abs(high), 0.1)
    if high - low < least:  # all but equal: a spike, not noise drawn large
        low, high = low - least if low < 0.0 or low > least else 0.0, high + least
    axes.hist(values, bins=_BINS, range=(low, high), color=OURS, alpha=0.85, rwidth=0.94)
    axes.xaxis.set_major_formatter(_commas)
    axes.xaxis.get_major_locator().set_params(nbins=marks)
    axes.set_ylabel(texts.get("dispersed.flights"), color=INK)
    if log:
        axes.set_ylim(bottom=0.7)
    else:
        axes.yaxis.get_major_locator().set_params(integer=True)


def _decades(axes: Any, values: Sequence[float], title: str, texts: Texts) -> None:
    """A histogram in powers of ten, for what lies metres or kilometres off."""
    _style(axes, title)
    if not values:
        _say(axes, texts.get("dispersed.none_landed"))
        return
    low, high = floor(log10(max(min(values), 0.1))), ceil(log10(max(*values, 10.0)))
    edges = [10.0 ** (low + i * (high - low) / _BINS) for i in range(_BINS + 1)]
    kept = [min(max(value, edges[0]), edges[-1]) for value in values]
    axes.set_xscale("log")
    axes.hist(kept, bins=edges, color=OURS, alpha=0.85, rwidth=0.94)
    axes.xaxis.set_major_formatter(_commas)
    axes.set_ylabel(texts.get("dispersed.flights"), color=INK)
    axes.yaxis.get_major_locator().set_params(integer=True)


def _mark(axes: Any, flown: FlownFlight | None, moment: str, quantity: str) -> None:
    """The flown figure as a line, if it is known."""
    found = next((each for each in flown.moments if each.name == moment), None) if flown else None
    figure = getattr(found, quantity, None)
    if flown is None or figure is None:
        return
    low, high = figure.span
    x = 0.5 * (low + high)
    axes.axvline(x, color=FLOWN, linewidth=1.6)
    left, right = axes.get_xlim()
    side = "right" if x > 0.5 * (left + right) else "left"
    title = f" {flown.title.partition(',')[0]} "
    axes.text(x, 0.94, title, ha=side, va="top", color=FLOWN, fontsize=9.5, transform=axes.get_xaxis_transform(),
              bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.75, "pad": 0.5})  # fmt: skip


def _style(axes: Any, title: str = "") -> None:
    axes.set_facecolor(PAPER)
    axes.set_title(title, loc="left", color=INK, fontsize=11.5, fontweight="bold")
    axes.grid(color=QUIET, linewidth=0.5, alpha=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INK, labelsize=9)
    for side in axes.spines.values():
        side.set_color(QUIET)


def _say(axes: Any, words: str) -> None:
    """Words in place of a panel."""
    axes.text(0.5, 0.5, words, ha="center", va="center", color=FLOWN, fontsize=10.5, transform=axes.transAxes)
    axes.set_xticks([])
    axes.set_yticks([])


def _commas(value: float, _: object) -> str:
    return _minus(f"{value:,g}")


def _minus(number: str) -> str:
    """With the sign for less than nothing, which is longer than a hyphen, as matplotlib writes it by itself."""
    return number.replace("-", "\u2212")


def _titled(texts: Texts, column: str) -> str:
    unit = shown_of(column).unit
    return f"{name_of(texts, column)}, {unit}" if unit else name_of(texts, column)
