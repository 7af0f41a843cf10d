"""The rule of the board, and the record that carries it."""

from __future__ import annotations

import json

import pytest

from game.report import report_of
from game.scoring import NO_SCORE, accuracy, landing_score, softness
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.snapshot import Outcome
from tests.scenario.world import fly, world


def test_perseverance_herself_scores_6706() -> None:
    """0.771 m/s, and 1,700 m from the centre of the ellipse: the number to beat."""
    assert landing_score(0.771, 1700.0).total == 6706


@pytest.mark.parametrize(("speed_mps", "points"), [(0.0, 5000), (0.75, 5000), (1.875, 1768), (3.0, 0), (9.0, 0)])
def test_softness(speed_mps: float, points: int) -> None:
    """Full marks for what she did, none where wheels break."""
    assert round(softness(speed_mps)) == points


@pytest.mark.parametrize(("distance_m", "points"), [(0.0, 5000), (20.0, 4498), (-20.0, 4498), (20_000.0, 0), (1e6, 0)])
def test_accuracy(distance_m: float, points: int) -> None:
    """Either side alike; halving the distance always pays."""
    assert round(accuracy(distance_m)) == points


def test_softer_and_nearer_never_score_less() -> None:
    """Both halves fall steadily."""
    speeds = [softness(0.05 * i) for i in range(80)]
    distances = [accuracy(13.0 * i) for i in range(1600)]
    assert speeds == sorted(speeds, reverse=True)
    assert distances == sorted(distances, reverse=True)


def test_a_report_is_made_when_the_flight_is_over_and_not_before() -> None:
    """Half a record is no record."""
    with pytest.raises(ValueError, match="over"):
        report_of(Flight(world()), (), level="sky-crane", pilot="nobody", mode="manual", dispersed=False)


def test_a_lost_rover_scores_nothing_but_is_reported_whole() -> None:
    """Outcome, reason, where the parts lie, and a score of zero."""
    flown = fly(world(), lambda nav, auto: Command())
    report = report_of(flown.flight, flown.events, level="sky-crane", pilot="idle", mode="manual", dispersed=False)
    assert report.outcome is Outcome.LOST
    assert report.score == NO_SCORE
    assert {part.name for part in report.parts} == {"rover", "descent_stage"}


def test_the_json_of_a_report_is_plain_and_has_what_the_tools_read() -> None:
    """Numbers, strings and lists, with the words beside the codes."""
    flown = fly(world(), seed=2)
    report = report_of(flown.flight, flown.events, level="sky-crane", pilot="autopilot", mode="manual", dispersed=False)
    data = json.loads(json.dumps(report.as_json(lambda code, figures: f"words for {code}")))
    assert data["outcome"] == "landed"
    assert data["reason"] == "words for reason.landed"
    assert data["touchdown"].keys() == {"speed_mps", "vertical_mps", "horizontal_mps", "distance_m", "slope_deg"}
    assert data["score"]["total"] == data["score"]["softness"] + data["score"]["accuracy"]
    assert [event["name"] for event in data["events"]][-1] == "landed"
    assert all(event["why"].startswith("words for event.") for event in data["events"])
    assert data["digest"] == flown.flight.digest()
