"""Our flights against the flown ones: a bound for each published figure, both ways, its source beside it.

The figures and their bounds stand in levels/flown/. Bounds are never widened to pass: the model is mended, or the
figure is left without a claim and the file says why.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from game.content.flown import load_flown
from tests.acceptance.flights import compared, figures_of

pytestmark = pytest.mark.acceptance

SEEDS = tuple(pytest.param(seed, marks=pytest.mark.slow if seed else ()) for seed in range(6))
PILOTS = sorted((Path(__file__).parents[2] / "game" / "pilots").glob("*.py"))


def hold(flown_id: str, seed: int, moment: str, quantity: str) -> None:
    found = next(c for c in compared(flown_id, seed) if (c.moment, c.quantity) == (moment, quantity))
    assert found.figure.bounds is not None
    low, high = found.figure.bounds
    wanted = f"expected {low:g} to {high:g} (flown {found.figure.flown}, {found.figure.source})"
    assert found.ours is not None, f"{found.title}: {quantity}: {wanted}, but seed {seed} never got there"
    assert low <= found.ours <= high, (
        f"{found.title}: {quantity}: {wanted}, got {found.ours:g} at E+{found.t_s:.1f} s, seed {seed}"
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("moment", "quantity"), figures_of("perseverance"))
def test_jezero_is_flown_as_perseverance_was(seed: int, moment: str, quantity: str) -> None:
    """Inside the bound, for the nominal day and for five others."""
    hold("perseverance", seed, moment, quantity)


@pytest.mark.parametrize(("moment", "quantity"), figures_of("curiosity"))
def test_gale_is_flown_as_curiosity_was(moment: str, quantity: str) -> None:
    """The same code, other data, nothing fitted to her flight: inside Perseverance's bounds on the nominal day."""
    hold("curiosity", 0, moment, quantity)


@pytest.mark.parametrize("flown_id", ["perseverance", "curiosity"])
def test_every_bound_has_two_sides_around_what_was_flown(flown_id: str) -> None:
    """And none is so wide that nothing could break it: an event's bound is half a minute, another's is a third."""
    for moment in load_flown(flown_id).moments:
        for quantity, figure in moment.figures():
            assert figure.source, f"{moment.name}.{quantity}"
            bounds, (low, high) = figure.bounds, figure.span
            if bounds is None:
                continue
            assert bounds[0] <= low <= high <= bounds[1], f"{moment.name}.{quantity}"
            assert bounds[0] < bounds[1]
            if quantity == "t_s":
                assert low - bounds[0] <= 15.0, moment.name
                assert bounds[1] - high <= 15.0, moment.name
            elif quantity in {"speed_mps", "g", "heat_flux_w_cm2", "parachute_load_n"} and high > 1.0:
                assert bounds[1] - bounds[0] <= 0.34 * high, f"{moment.name}.{quantity}"


def test_no_time_of_the_flown_flight_stands_among_the_pilots_constants() -> None:
    """It flies by speeds, heights and pressures: a number that is one of her event times would be a script."""
    figures = (moment.t_s for moment in load_flown("perseverance").moments if moment.t_s is not None)
    times = {round(figure.flown, 1) for figure in figures if isinstance(figure.flown, float) and figure.flown > 100.0}
    assert len(times) > 10
    for path in PILOTS:
        numbers = {
            round(float(node.value), 1)
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value > 100.0
        }
        assert not numbers & times, f"{path.name}: {sorted(numbers & times)}"
