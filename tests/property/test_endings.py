"""Whatever hands do on whatever day, a flight ends: in time, with an outcome, a reason and a readable report."""

from __future__ import annotations

import json

import pytest

from game.content.modes import Mode
from game.content.texts import describe
from game.report import report_of
from game.sim.command import IDLE
from game.sim.events import Event
from game.sim.snapshot import Outcome
from tests.property.arcs import Arc, at_three_scales, check, flights
from tests.property.days import DAYS, Day, short_days
from tests.property.levers import Held
from tests.property.sound import not_finite

_DEEPEST_M = -8.0  # a wreck lies in the measured ground's roughness, or in a rock's place
_HIGHEST_M = 2_000_000.0


def ends(arc: Arc) -> None:
    """Flown to its end, then asked for everything that is told of it."""
    flight, hands = arc.begin()
    happened: list[Event] = []
    for events in arc.fly(flight, hands):
        happened += events
    where = arc.at(flight)
    assert flight.over, f"{where}: not over"
    assert flight.tick <= flight.spec.max_ticks, f"{where}: over after {flight.spec.max_ticks} ticks"
    assert flight.outcome is not Outcome.FLYING, where
    assert flight.reason is not None, where
    with pytest.raises(RuntimeError, match="over"):
        flight.step(IDLE)
    day = arc.day
    report = report_of(flight, happened, level=day.level, pilot="hands", mode=day.mode, dispersed=day.dispersed)
    assert not list(not_finite(report, "report")), where
    assert "{" not in json.dumps(report.as_json(describe), allow_nan=False).replace('{"', "").replace("{}", ""), where
    assert not list(not_finite((flight.snapshot(), flight.nav()), "seen")), where
    for part, pose in flight.snapshot().parts.items():
        downrange_m = flight.planet.downrange_m(pose.x_m, pose.y_m)
        height_m = flight.planet.altitude_m(pose.x_m, pose.y_m) - flight.terrain.altitude_at(downrange_m)
        assert _DEEPEST_M < height_m < _HIGHEST_M, f"{where}: {part} at {height_m:.1f} m"


@at_three_scales(10)
def test_a_short_flight_ends(examples: int) -> None:
    """On a day that leaves at most half a minute."""
    check(examples, flights(short_days(30.0)), ends)


@pytest.mark.parametrize(
    "examples", [2, pytest.param(60, marks=pytest.mark.slow), pytest.param(2000, marks=pytest.mark.nightly)]
)
def test_a_whole_flight_ends(examples: int) -> None:
    """On any day, however long it takes; taken over anywhere in the first minutes."""
    check(examples, flights(DAYS, latest=45_000), ends)


@pytest.mark.slow
@pytest.mark.parametrize("level", ["course", "heat-shield", "parachute", "jezero"])
@pytest.mark.parametrize("start", range(12))
def test_action_at_any_moment_and_nothing_else(level: str, start: int) -> None:
    """Every early event of the sequence at once, a second apart, at moments all over the flight."""
    ends(Arc(Day(level, Mode.MANUAL), (Held(10**6, action=True, again=120),), 10**6, 4_500 * start))
