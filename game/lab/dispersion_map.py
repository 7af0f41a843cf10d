"""The ground under a dispersion: the mission's landing ellipse with our places in it, and the profile below it.

Our flights are of one plane. So what is ours is drawn on the track, a line; the ellipse of the mission is as published,
and ours is as long as it was flown and as wide in proportion as the mission's, which its label says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from game.content.flown import FlownFlight
from game.content.levels import Level, load_level
from game.content.texts import Texts
from game.lab.dispersion_summary import Footprint
from game.lab.overlay import FLOWN, INK, OURS, PAPER, QUIET
from game.sim.terrain import terrain_of

_DUST: Final = "#d9a273"
_SAND: Final = "#efdcc0"
_PROFILE_POINTS: Final = 400
_LOWER: Final = 0.11  # of half of the map's length, that its middle is right of the track: the legend is there
_SCARP_M: Final = -1200.0  # half-way down the delta's edge, on the track of Jezero


def draw_map(
    axes: Any, texts: Texts, along_m: Sequence[float], ours: Footprint | None, flown: FlownFlight,
    planned_km: tuple[float, float], half_km: float,
) -> None:  # fmt: skip
    """From above: the track from left to right, up to the left of it; planned_km, length and width of her ellipse."""
    long_km, wide_km = planned_km
    axes.axhspan(-2.0 * half_km, half_km, color=_SAND, linewidth=0)
    planned = texts.get("dispersed.ellipse", long=long_km, wide=wide_km)
    legend: list[Any] = [
        axes.add_patch(_ellipse(0.0, long_km, wide_km, FLOWN, 0.08, linewidth=1.6, linestyle="--", label=planned))
    ]
    axes.axhline(0.0, color=QUIET, linewidth=1.0)
    if ours is not None:
        middle_km, half_99_km = ours.mean_m / 1000.0, ours.half_99_m / 1000.0
        across_km = 2.0 * half_99_km * wide_km / long_km
        legend += axes.plot(
            (middle_km - half_99_km, middle_km + half_99_km), (0.0, 0.0), color=OURS, linewidth=2.4, marker="|",
            markersize=16, markeredgewidth=2.4, label=texts.get("dispersed.along", half=ours.half_99_m),
        )  # fmt: skip
        legend.append(axes.add_patch(
            _ellipse(middle_km, 2.0 * half_99_km, across_km, OURS, 0.12, linewidth=1.2, linestyle=":",
                     label=texts.get("dispersed.across"))
        ))  # fmt: skip
    axes.plot(
        [x / 1000.0 for x in along_m], [0.0] * len(along_m), linestyle="none", marker="o", markersize=4.5, color=OURS,
        alpha=0.25, markeredgewidth=0,
    )  # fmt: skip
    axes.plot(0.0, 0.0, marker="+", markersize=14, markeredgewidth=1.8, color=INK)
    axes.annotate(
        texts.get("dispersed.target"), (0.0, 0.0), (-36, 30), textcoords="offset points", ha="center", color=INK,
        fontsize=10, arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.7, "shrinkB": 5.0},
    )  # fmt: skip
    if flown.place_m is not None:
        place_km = flown.place_m / 1000.0
        hers = texts.get("dispersed.hers", title=flown.title.partition(",")[0], place=flown.place_m)
        axes.plot(place_km, 0.0, marker="D", markersize=7, color=FLOWN, markeredgecolor=PAPER)
        axes.annotate(
            hers, (place_km, 0.0), (22, -28), textcoords="offset points", ha="center", color=FLOWN, fontsize=10,
            arrowprops={"arrowstyle": "-", "color": FLOWN, "linewidth": 0.7, "shrinkB": 5.0},
        )  # fmt: skip
    axes.set_xlim(-half_km, half_km)
    # Round is round, and the length is that of the profile below: how much of the width is shown comes of it.
    axes.set_ylim((-0.9 - _LOWER) * half_km, (0.9 - _LOWER) * half_km, auto=True)
    axes.set_aspect("equal", adjustable="datalim")
    axes.yaxis.get_major_locator().set_params(integer=True, nbins=6)  # short ones, whatever is shown in the end
    axes.set_ylabel(texts.get("dispersed.axis_across"), color=INK)
    axes.legend(
        handles=legend,
        loc="lower left",
        fontsize=8.5,
        labelcolor=INK,
        facecolor=PAPER,
        edgecolor="none",
        framealpha=0.9,
    )


def _ellipse(middle_km: float, long_km: float, wide_km: float, colour: str, filled: float, **edge: Any) -> Any:
    """On the track, with its inside this much of its colour."""
    from matplotlib.colors import to_rgba  # noqa: PLC0415  an extra
    from matplotlib.patches import Ellipse  # noqa: PLC0415  the same

    return Ellipse((middle_km, 0.0), long_km, wide_km, facecolor=to_rgba(colour, filled), edgecolor=colour, **edge)


def draw_footprint(axes: Any, texts: Texts, ours: Footprint | None) -> None:
    """Target and the way that 99 of 100 lie within, over a histogram of places in m."""
    axes.axvline(0.0, color=INK, linewidth=1.2, label=texts.get("dispersed.target"))
    if ours is not None:
        axes.axvspan(
            ours.mean_m - ours.half_99_m, ours.mean_m + ours.half_99_m, color=OURS, alpha=0.12, linewidth=0,
            label=texts.get("dispersed.band", half=ours.half_99_m),
        )  # fmt: skip
    explain(axes)


def explain(axes: Any) -> None:
    """What lines and bands in it are, beside its title."""
    axes.legend(
        loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, fontsize=9, labelcolor=INK,
        borderpad=0.0, borderaxespad=0.5, handlelength=1.4, columnspacing=1.2,
    )  # fmt: skip


def draw_profile(
    axes: Any, texts: Texts, level: Level, along_m: Sequence[float], flown: FlownFlight | None, half_m: float,
    unit_m: float,
) -> None:  # fmt: skip
    """The ground along the track, who came down on it, and of Jezero's the delta's scarp.

    half_m   so far to either side of the target; unit_m, what the axis along the track counts in
    """
    terrain, target_m = terrain_of(level.site), level.goal.target_m
    base_m = terrain.height_at(target_m)

    def ground_m(x: float) -> float:
        return terrain.height_at(target_m + unit_m * x) - base_m

    half = half_m / unit_m
    xs = [half * (2.0 * i / _PROFILE_POINTS - 1.0) for i in range(_PROFILE_POINTS + 1)]
    heights = [ground_m(x) for x in xs]
    low, high = min(heights), max(heights)
    room = max(high - low, 2.0)
    axes.fill_between(xs, heights, low - 0.2 * room, color=_DUST, linewidth=0)
    axes.plot(xs, heights, color=INK, linewidth=1.0)
    places = [x / unit_m for x in along_m]
    axes.plot(
        places, [ground_m(x) for x in places], linestyle="none", marker="o", markersize=4.5, color=OURS, alpha=0.3,
        markeredgewidth=0,
    )  # fmt: skip
    if flown is not None and flown.place_m is not None and abs(flown.place_m - target_m) < half_m:
        place = (flown.place_m - target_m) / unit_m
        axes.plot(place, ground_m(place), marker="D", markersize=6, color=FLOWN, markeredgecolor=PAPER)
    if level.site.ground.profile_east_km_elevation_m == load_level("jezero").site.ground.profile_east_km_elevation_m:
        scarp = (_SCARP_M - target_m) / unit_m
        if abs(scarp) < half:
            axes.annotate(
                texts.get("dispersed.scarp"), (scarp, ground_m(scarp)), (26, 16), textcoords="offset points",
                color=INK, fontsize=9.5, va="center",
                arrowprops={"arrowstyle": "-", "color": INK, "linewidth": 0.7},
            )  # fmt: skip
    axes.set_xlim(-half, half)
    axes.set_ylim(low - 0.2 * room, high + 0.25 * room)
