"""Outlines and springs: what the engine could not make a body of is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.files import level_file, part_file, problems_of


@pytest.mark.parametrize(
    "outline",
    [
        pytest.param("[[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]", id="in a line"),
        pytest.param("[[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]", id="one point"),
        pytest.param("[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]", id="crossing itself"),
        pytest.param("[[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [1.0, 0.5], [0.0, 2.0]]", id="dented"),
    ],
)
def test_an_outline_is_convex(tmp_path: Path, outline: str) -> None:
    """A hull is what the engine makes of it: an outline that is not its own hull would be another shape."""
    part_file(tmp_path, "vehicle", "perseverance", ("descent_stage.outline_m", outline))
    (problem,) = problems_of(level_file(tmp_path))
    assert "descent_stage.outline_m: must go round a convex shape" in problem


@pytest.mark.parametrize("outline", ["[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]", "[[0.0, 1.0], [1.0, 0.0], [0.0, 0.0]]"])
def test_an_outline_may_go_either_way_round(tmp_path: Path, outline: str) -> None:
    """Clockwise or not: both are the same shape."""
    part_file(tmp_path, "vehicle", "perseverance", ("backshell.outline_m", outline))
    level_file(tmp_path)
    assert not [said for said in problems_or_none(tmp_path) if "outline" in said]


def problems_or_none(folder: Path) -> tuple[str, ...]:
    try:
        return problems_of(folder / "own.toml")
    except pytest.fail.Exception:
        return ()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("bridle.stiffness_n_m", "400.0", "or the cords stretch like rubber"),
        ("parachute.mass_kg", "2.0", "must be at least 8.5 for a drag area of 255 m2"),
        ("descent_stage.engines.min_thrust_n", "3000.0", "or there is nothing to throttle"),
        ("descent_stage.engines.isp_low_s", "20.0", "seven tenths of isp_high_s"),
        ("rover.wheel_radius_m", "50.0", "must be from 0.01 to 2, not 50"),
    ],
)
def test_figures_that_would_tear_a_flight_apart_are_refused(tmp_path: Path, key: str, value: str, said: str) -> None:
    """Each was a crash or a hang once."""
    part_file(tmp_path, "vehicle", "perseverance", (key, value))
    (problem,) = problems_of(level_file(tmp_path))
    assert said in problem
