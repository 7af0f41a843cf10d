"""The rule of the board, and the record that carries it."""

from __future__ import annotations

import json

import pytest

from game.report import report_of
from game.scoring import NO_SCORE, Score, accuracy, goal_score, landing_score, softness
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.goal import worst_miss
from game.sim.snapshot import Outcome
from tests.scenario.hands import arrive, whole_flight
from tests.scenario.world import Flown, fly, world


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


@pytest.mark.parametrize(
    ("miss", "points"), [(0.0, 10_000), (0.1, 9_000), (0.5, 5_000), (0.99996, 0), (1.0, 0), (3.0, 0)]
)
def test_a_goal_scores_by_its_worst_figure(miss: float, points: int) -> None:
    """10,000 less the worst distance from the aim in half widths, and never less than nothing."""
    assert goal_score(miss) == Score(points, 0, 0, points)


def report(flown: Flown, level: str) -> dict[str, object]:
    made = report_of(flown.flight, flown.events, level=level, pilot="hand", mode="manual", dispersed=False)
    data: dict[str, object] = json.loads(json.dumps(made.as_json(lambda code, figures: f"words for {code}")))
    return data


def test_a_completed_goal_is_reported_without_a_touchdown() -> None:
    """Outcome, figures and a score of its own kind; the total is the goal's."""
    flown = arrive(world("parachute"))
    data = report(flown, "parachute")
    assert (data["outcome"], data["reason_code"], data["touchdown"]) == ("completed", "completed", None)
    miss = worst_miss(flown.flight.spec.goal, flown.flight.reason_figures)
    assert 0.0 < miss < 1.0
    points = round(10_000 * (1.0 - miss))
    assert data["score"] == {"total": points, "softness": 0, "accuracy": 0, "goal": points}


def test_a_missed_goal_scores_nothing() -> None:
    """However little was missing."""
    flown = arrive(world("course"), lambda nav, auto: Command(action=True))
    assert flown.flight.outcome is Outcome.LOST
    data = report(flown, "course")
    assert data["score"] == {"total": 0, "softness": 0, "accuracy": 0, "goal": 0}
    assert data["touchdown"] is None


def test_the_time_flown_leaves_the_nine_hours_out() -> None:
    """The jump from the course to the last minute of space is no flying; peaks and parts are there all the same."""
    flown, _ = whole_flight()
    data = report(flown, "jezero")
    assert data["time_s"] == pytest.approx(flown.flight.tick / 120)
    course_s = flown.first(EventName.COURSE_SET).t_s - flown.flight.spec.start.t_s
    assert data["time_s"] == pytest.approx(course_s + 60.0 + flown.flight.t_s, abs=0.1)
    assert data["score"]["total"] == data["score"]["softness"] + data["score"]["accuracy"]  # type: ignore[index]
    peaks = data["peaks"]
    assert isinstance(peaks, dict)
    assert all(value > 0.0 for value in peaks.values())
    parts = data["parts"]
    assert isinstance(parts, list)
    assert {part["name"] for part in parts} >= {"rover", "heat_shield", "cruise_stage", "entry_masses_1"}
