"""A goal before the ground: figures, aims and half widths."""

from __future__ import annotations

import pytest

from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.goal import figures_of, is_inside, worst_miss
from game.sim.spec import FigureName, FigureSpec, GoalSpec
from tests.scenario.world import world

GOAL = GoalSpec(
    0.0, 300.0, EventName.MORTAR,
    (FigureSpec(FigureName.MACH, 1.65, 0.55), FigureSpec(FigureName.RANGE_M, 10_000.0, 12_000.0)),
)  # fmt: skip


def found(mach: float, range_m: float) -> tuple[tuple[str, float], ...]:
    return (("mach", mach), ("range_m", range_m))


@pytest.mark.parametrize(
    ("figures", "miss"),
    [
        (found(1.65, 10_000.0), 0.0),
        (found(1.65, 4_000.0), 0.5),
        (found(1.65, 16_000.0), 0.5),
        (found(2.2, 10_000.0), 1.0),
        (found(1.1, 10_000.0), 1.0),
        (found(1.925, 22_000.0), 1.0),
        (found(1.65, 34_000.0), 2.0),
    ],
)
def test_the_worst_figure_counts_in_half_widths(figures: tuple[tuple[str, float], ...], miss: float) -> None:
    """Either side alike."""
    assert worst_miss(GOAL, figures) == pytest.approx(miss)


def test_the_edge_itself_is_inside() -> None:
    """One half width, no more."""
    assert is_inside(GOAL, found(1.65, 22_000.0))
    assert not is_inside(GOAL, found(1.65, 22_000.1))
    assert not is_inside(GOAL, found(2.3, 10_000.0))


def test_the_order_in_which_figures_are_found_does_not_matter() -> None:
    """They are known by their names."""
    figures = found(2.0, 3_000.0)
    assert worst_miss(GOAL, figures) == worst_miss(GOAL, tuple(reversed(figures)))


def test_figures_are_those_of_the_flight_as_it_is() -> None:
    """Every figure that a goal can have, against what the flight shows."""
    goal = tuple(FigureSpec(name, 0.0, 1.0) for name in FigureName)
    flight = Flight(world("parachute", goal__figures=goal))
    truth = flight.snapshot()
    figures = dict(figures_of(flight))
    assert list(figures) == [name.value for name in FigureName]
    for name in ("mach", "q_pa", "altitude_m", "height_m", "speed_mps"):
        assert figures[name] == pytest.approx(getattr(truth, name)), name
    assert figures["range_m"] == pytest.approx(flight.spec.goal.target_m - truth.downrange_m)
    assert figures["parachute_load_n"] == 0.0
    assert figures["entry_angle_deg"] == 0.0  # a flight that begins low has no course


def test_the_entry_angle_is_that_of_the_course() -> None:
    """As it stands, before anything is burnt: 0.2 degrees too shallow."""
    flight = Flight(world("course"))
    assert dict(figures_of(flight))["entry_angle_deg"] == pytest.approx(-15.28, abs=1e-6)
