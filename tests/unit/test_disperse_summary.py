"""What a table of dispersed flights says, in words, figures and a picture."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from math import hypot, sqrt
from pathlib import Path
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse
from matplotlib.text import Text

from game.cli import main
from game.content.flown import FlownFlight, flown_on
from game.content.levels import level_ids, load_level
from game.content.modes import Mode
from game.content.texts import Texts, load_texts
from game.lab.dispersion_plot import figure_of, plot_png
from game.lab.dispersion_summary import PERCENTS, Summary, summary_of
from game.lab.dispersion_words import name_of, shown_of
from game.lab.dispersions import DRAWN, Job, Row, columns_of, drawn_for, identity
from game.sim.events import Reason
from game.sim.phases import Phase
from game.sim.snapshot import Outcome
from tests.tiers import some


def a_job(level: str) -> Job:
    return Job(level, load_level(level), Mode.MANUAL, "autopilot", None, identity())


def made_rows(job: Job, flights: int, *, lost: int = 0) -> list[Row]:
    """Rows as flights could give them: each place is a hundred metres a sigma of the wind; the last are lost."""
    rows: list[Row] = []
    for seed in range(1, flights + 1):
        row: Row = dict.fromkeys(columns_of(job.level), 1.0)
        row |= drawn_for(job.spec, seed)
        along_m = 100.0 * float(row["wind_aloft_mps"] or 0.0) / (25.0 / 3.0)
        row |= {"seed": seed, "along_track_m": along_m, "distance_m": abs(along_m), "score": 9000, "digest": "0" * 32}
        row |= {"outcome": Outcome.LANDED.value, "reason_code": "landed", "decided_in": Phase.FLYAWAY.value}
        if job.level.goal.ends_at:
            row |= {"outcome": Outcome.COMPLETED.value, "reason_code": "completed", "along_track_m": None}
            row |= {f"goal_{figure.name}": figure.aim + 0.01 * seed for figure in job.level.goal.figures}
        if seed > flights - lost:
            row |= {"outcome": Outcome.LOST.value, "reason_code": Reason.FUEL_OUT.value, "decided_in": "powered"}
            row |= {"along_track_m": None, "distance_m": None}
        rows.append(row)
    return rows


def test_a_summary_counts_and_measures() -> None:
    """The share with its interval, losses with their seeds, percentiles, the places, and what moved them."""
    job = a_job("jezero")
    summary = summary_of(job, made_rows(job, 50, lost=2))
    assert (summary.rate.flights, summary.rate.alive, summary.rate.share) == (50, 48, 0.96)
    assert summary.rate.interval == pytest.approx((0.8654, 0.9890), abs=1e-4)
    assert summary.rate.seeds == {(Phase.POWERED, "fuel_out"): [49, 50]}
    assert summary.spreads["distance_m"].flights == 48
    assert summary.spreads["peak_g"].flights == 50
    assert summary.spreads["peak_g"].percentiles == (1.0,) * len(PERCENTS)
    foot = summary.footprint
    assert foot is not None
    assert foot.flights == 48
    assert foot.ellipse_99_m == pytest.approx(3.0349 * foot.sigma_m, rel=1e-4)
    along = [float(row["along_track_m"] or 0.0) for row in made_rows(job, 48)]
    mean = sum(along) / 48
    assert foot.mean_m == pytest.approx(mean)
    assert foot.sigma_m == pytest.approx(sqrt(sum((x - mean) ** 2 for x in along) / 47))
    assert sum(abs(x - mean) <= foot.half_99_m for x in along) == 47
    assert summary.drives is not None
    assert next(iter(summary.drives.inputs.items())) == ("wind_aloft_mps", pytest.approx(1.0))


def test_of_few_flights_nothing_is_claimed() -> None:
    """One has no spread, and of a handful chance alone decides what seems to move them."""
    job = a_job("jezero")
    assert summary_of(job, made_rows(job, 1)).footprint is None
    assert summary_of(job, made_rows(job, 10)).drives is None


def test_the_command_tells_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    """The table and the JSON have the same figures, and who was lost can be flown again."""
    words = ["disperse", "powered-descent", "--pilot", "idle", "--runs", "3", "--jobs", "1"]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["flights"], found["alive"], found["first_seed"], found["last_seed"]) == (3, 0, 1, 3)
    (lost,) = found["lost"]
    assert lost["seeds"] == [1, 2, 3]
    assert lost["reason_code"] in told
    assert "skycrane fly powered-descent --dispersed --pilot idle --seed 1\n" in told
    assert f"{found['percentiles']['peak_g']['percentiles'][2]:.2f}" in told


@pytest.mark.parametrize("level", level_ids())
def test_every_column_can_be_told(level: str) -> None:
    """Inputs and figures have names, and figures a unit."""
    texts = load_texts()
    for column in DRAWN:
        assert name_of(texts, column)
    for column in summary_of(a_job(level), made_rows(a_job(level), 2)).spreads:
        assert name_of(texts, column)
        assert shown_of(column).text(1.0)


def test_the_picture_is_drawn_without_a_screen() -> None:
    """Ellipse, panels, losses and what moves the landing: a PNG."""
    job = a_job("jezero")
    rows = made_rows(job, 30, lost=3)
    png = plot_png(load_texts(), job, rows, summary_of(job, rows))
    assert png.startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize("title", some(["Cost $^^$ day", "$x^ and $y_", "100 % \\$ {a}"]))
def test_a_title_is_words_and_no_formula(title: str) -> None:
    """Whatever a level is called; a picture of something else has no such title and is another one."""
    job = a_job("sky-crane")
    rows = made_rows(job, 2)
    pictures = set()
    for each in (title, title.replace("$", "")):
        named = replace(job, level=replace(job.level, title=each), script="", pilot=f"script:/{each}.txt")
        pictures.add(plot_png(load_texts(), named, rows, summary_of(named, rows)))
    assert len(pictures) == 2


def drawn(level: str, flights: int = 30) -> Any:
    """The picture of made rows, laid out."""
    job = a_job(level)
    rows = made_rows(job, flights)
    figure = figure_of(load_texts(), job, rows, summary_of(job, rows))
    figure.canvas.draw()
    return figure


def panel(figure: Any, key: str) -> Any:
    title = load_texts().get(key)
    return next(axes for axes in figure.findobj(Axes) if axes.get_title(loc="left") == title)


@pytest.mark.slow
@pytest.mark.parametrize(("level", "size_km"), [("jezero", (7.7, 6.6)), ("gale", (20.0, 7.0))])
def test_the_mission_s_ellipse_is_drawn_whole(level: str, size_km: tuple[float, float]) -> None:
    """As long and as wide as published, inside of the map, clear of the legend, and above the same length of ground."""
    figure = drawn(level)
    above = panel(figure, "dispersed.place")
    planned = next(each for each in above.patches if isinstance(each, Ellipse))
    assert (planned.width, planned.height) == size_km
    bounds = planned.get_window_extent()
    assert above.bbox.fully_containsx(bounds.x0)
    assert all(above.bbox.y0 < y < above.bbox.y1 for y in (bounds.y0, bounds.y1))
    assert not above.get_legend().get_window_extent().overlaps(bounds)
    middle_x, middle_y = above.transData.transform((0.0, 0.0))
    for words in above.texts:
        for x, y in words.get_window_extent().corners():
            assert hypot((x - middle_x) / bounds.width, (y - middle_y) / bounds.height) < 0.48  # 0.5 is on it
    right_x, upper_y = above.transData.transform((1.0, 1.0))
    assert right_x - middle_x == pytest.approx(upper_y - middle_y, rel=0.005)  # what matplotlib takes for equal
    ground = panel(figure, "dispersed.ground")
    assert ground.get_xlim() == above.get_xlim()
    assert (ground.bbox.x0, ground.bbox.x1) == pytest.approx((above.bbox.x0, above.bbox.x1))


@pytest.mark.slow
def test_of_an_unknown_width_no_ellipse_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not known is not shown as published."""
    unknown = replace(flown_on("gale") or FlownFlight("", "", ()), ellipse_wide_km=None)
    monkeypatch.setattr("game.lab.dispersion_plot.flown_on", lambda _: unknown)
    assert not drawn("gale").findobj(Ellipse)


@pytest.mark.slow
def test_places_and_the_ground_under_them_stand_below_one_another() -> None:
    """In metres, to the same ends; bands and lines are explained, and minus is one sign everywhere."""
    figure = drawn("sky-crane")
    places, ground = panel(figure, "dispersed.place"), panel(figure, "dispersed.ground")
    assert places.get_xlim() == ground.get_xlim()
    assert places.get_xlabel() == ground.get_xlabel() == "m down-track of the target"
    told = [text.get_text() for text in places.get_legend().get_texts()]
    assert told[0] == "target"
    assert told[1].startswith("99 of 100 within ")
    assert places.get_legend().get_window_extent().y0 > places.bbox.y1
    goal = next(axes for axes in drawn("course").findobj(Axes) if axes.get_legend())
    assert [text.get_text() for text in goal.get_legend().get_texts()] == ["the aim", "reaches the goal"]
    words = [text.get_text() for text in figure.findobj(Text) if text.get_visible()]
    assert not [each for each in words if re.search(r"(^|\s)-[0-9]", each)]
    assert [each for each in words if "\u2212" in each]


@pytest.mark.slow
def test_a_bar_s_figure_stands_clear_of_its_name() -> None:
    """Also of the strongest relation that there is, to the left."""
    figure = figure_of(*strongest())
    figure.canvas.draw()
    axes = panel(figure, "dispersed.drives")
    figures = [text for text in axes.texts if text.get_text().strip() == "\u22121.00"]
    assert figures
    for text in figures:
        assert axes.bbox.x0 < text.get_window_extent().x0


def strongest() -> tuple[Texts, Job, list[Row], Summary]:
    job = a_job("jezero")
    rows = made_rows(job, 30)
    for row in rows:
        row["along_track_m"] = -float(row["wind_aloft_mps"] or 0.0)
    return load_texts(), job, rows, summary_of(job, rows)


@pytest.mark.slow
@pytest.mark.parametrize("level", ["sky-crane", "jezero", "gale"])
def test_nothing_touches_the_edge(level: str) -> None:
    """A title as long as a level may have is all there; panels keep clear of the picture's sides."""
    job = a_job(level)
    job = replace(job, level=replace(job.level, title="Wide " * 20))
    rows = made_rows(job, 30)
    figure = figure_of(load_texts(), job, rows, summary_of(job, rows))
    figure.canvas.draw()
    inked = figure.get_tightbbox()
    assert 0.0 < inked.x0 < inked.x1 < figure.get_size_inches()[0]


@pytest.mark.slow
def test_the_same_table_gives_the_same_picture(tmp_path: Path) -> None:
    """To the last byte; and there is one when all are lost, of a goal, and of a level that no mission flew."""
    job = a_job("jezero")
    rows = made_rows(job, 30)
    assert plot_png(load_texts(), job, rows, summary_of(job, rows)) == plot_png(
        load_texts(), job, rows, summary_of(job, rows)
    )
    for words in (("sky-crane",), ("sky-crane", "--pilot", "idle"), ("parachute",)):
        path = tmp_path / "p.png"
        assert main(["disperse", *words, "--runs", "2", "--jobs", "1", "--plot", str(path)]) == 0
        assert path.read_bytes().startswith(b"\x89PNG\r\n")
        path.unlink()
