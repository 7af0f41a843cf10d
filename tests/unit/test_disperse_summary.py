"""What a table of dispersed flights says, in words, figures and a picture."""

from __future__ import annotations

import json
from dataclasses import replace
from math import sqrt
from pathlib import Path

import pytest

from game.cli import main
from game.content.levels import level_ids, load_level
from game.content.modes import Mode
from game.content.texts import load_texts
from game.lab.dispersion_plot import plot_png
from game.lab.dispersion_summary import PERCENTS, summary_of
from game.lab.dispersion_words import name_of, shown_of
from game.lab.dispersions import DRAWN, Job, Row, columns_of, drawn_for, identity
from game.sim.events import Reason
from game.sim.phases import Phase
from game.sim.snapshot import Outcome


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


@pytest.mark.parametrize("title", ["Cost $^^$ day", "$x^ and $y_", "100 % \\$ {a}"])
def test_a_title_is_words_and_no_formula(title: str) -> None:
    """Whatever a level is called; a picture of something else has no such title and is another one."""
    job = a_job("sky-crane")
    rows = made_rows(job, 2)
    pictures = set()
    for each in (title, title.replace("$", "")):
        named = replace(job, level=replace(job.level, title=each), script="", pilot=f"script:/{each}.txt")
        pictures.add(plot_png(load_texts(), named, rows, summary_of(named, rows)))
    assert len(pictures) == 2


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
