"""The debrief: points have causes, moments stand beside the flown ones, and the advice follows from what went wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from game.content.flown import FlownFigure, FlownFlight, Moment, flown_beside, load_flown
from game.content.levels import load_level
from game.content.texts import UNKNOWN, load_texts
from game.cues.debrief import JOKES, Beside, Cause, Debrief, debrief
from game.cues.lessons import HIGH_DROP_M, LONG_HOVER_S, LOW_DROP_M, OF_LOSS, Advice
from game.cues.told import cost_words, flown_words, later_words, lesson_words, moment_words, time_words
from game.cues.track import Track
from game.lab.fly import fly
from game.lab.roster import source_of
from game.record.trace import Trace
from game.report import FlightReport
from game.scoring import landing_score
from game.sim.events import Event, EventName, Reason
from game.sim.judge import Touchdown
from game.sim.snapshot import Outcome, Part

LOSSES = sorted(set(Reason) - {Reason.LANDED, Reason.COMPLETED})


@cache
def flown(level: str, pilot: str = "autopilot") -> tuple[FlightReport, Track]:
    """One flight of the level, and how it stood."""
    trace = Trace()
    return fly(load_level(level), source_of(pilot, load_level(level))[0], pilot=pilot, observers=(trace,)), Track(
        trace.rows
    )


def told(level: str, pilot: str = "autopilot") -> Debrief:
    chosen = load_level(level)
    report, track = flown(level, pilot)
    return debrief(report, flown=flown_beside(chosen), goal=chosen.goal, track=track)


def landing(down_mps: float, along_mps: float, distance_m: float) -> FlightReport:
    """The landing of the sky crane, with another touchdown and the points that belong to it."""
    speed_mps = (down_mps**2 + along_mps**2) ** 0.5
    return replace(
        flown("sky-crane")[0],
        touchdown=Touchdown(speed_mps, down_mps, along_mps, distance_m, 0.0),
        score=landing_score(speed_mps, distance_m),
    )


def lost(reason: Reason, dropped_m: float | None = None) -> FlightReport:
    """A loss for this reason, after dropping out of the backshell at that height."""
    events = (
        () if dropped_m is None else (Event(9, 350.0, EventName.BACKSHELL_SEPARATION, 2e3, dropped_m, 81.0, 0.3, 80.0),)
    )
    end = Event(99, 380.0, EventName.LOST, 0.0, 0.0, 40.0, 0.2, 20.0, reason.value)
    report = flown("sky-crane")[0]
    return replace(
        report, outcome=Outcome.LOST, reason_code=reason, reason_figures=(), touchdown=None, events=(*events, end)
    )


@pytest.mark.parametrize(
    ("touchdown", "dearest", "advice"),
    [
        ((2.0, 0.1, 5.0), Cause.SINKING, Advice.SOFTER),
        ((0.75, 0.9, 1.0), Cause.DRIFT, Advice.STEADIER),
        ((0.75, 0.0, -120.0), Cause.DISTANCE, Advice.NEARER),
        ((0.75, 0.0, 4000.0), Cause.DISTANCE, Advice.STEER_ENTRY),
    ],
)
def test_a_landing_is_told_its_dearest_cause_first(
    touchdown: tuple[float, float, float], dearest: Cause, advice: Advice
) -> None:
    """The costs of sinking, drift and distance are all the points that are missing, and the dearest is the advice."""
    report = landing(*touchdown)
    said = debrief(report)
    assert sum(cost.points for cost in said.costs) == 10_000 - report.score.total
    assert said.costs[0].cause is dearest
    assert said.lesson.advice is advice
    assert [cost.points for cost in said.costs] == sorted((cost.points for cost in said.costs), reverse=True)


@pytest.mark.parametrize(("level", "advice"), [("gale", Advice.STEER_ENTRY), ("jezero", Advice.NEARER)])
def test_nobody_is_sent_to_a_mark_that_no_camera_saw(level: str, advice: Advice) -> None:
    """Curiosity had none: there only the entry decides on the place."""
    off = replace(landing(0.75, 0.0, -400.0), events=flown(level)[0].events)
    assert debrief(off).lesson.advice is advice


def test_how_far_off_the_entry_was_is_told_in_km() -> None:
    """Four kilometres are not four thousand."""
    words = lesson_words(load_texts(), debrief(landing(0.75, 0.0, 4000.0)))
    assert words.startswith("4.00 km were lost in the entry")


def test_drift_costs_what_it_adds_to_the_sinking() -> None:
    """A drift alone costs only where it makes the touchdown harder than the sinking was."""
    costs = {cost.cause: cost.points for cost in debrief(landing(1.5, 0.8, 0.0)).costs}
    alone = 10_000 - landing(1.5, 0.0, 0.0).score.total
    assert costs[Cause.SINKING] == alone
    assert costs[Cause.DRIFT] == 10_000 - landing(1.5, 0.8, 0.0).score.total - alone


def test_a_good_landing_is_told_what_is_furthest_from_the_flown_flight() -> None:
    """When hardly a point is missing, the figure that is furthest outside its bound is named; inside all, nothing."""
    report = landing(0.75, 0.0, 0.0)
    release = next(event for event in report.events if event.name is EventName.ROVER_RELEASE)
    far = Moment(
        "rover_release",
        "Release",
        t_s=FlownFigure(0.0, "x", within=1.0),
        height_m=FlownFigure(release.height_m + 3.0, "x", within=1.0),
        speed_mps=FlownFigure(release.speed_mps + 0.2, "x", within=0.1),
    )
    said = debrief(report, flown=FlownFlight("A flight", "sky-crane", (far,)))
    assert said.lesson.advice is Advice.LIKE_HER
    assert said.furthest is not None
    assert (said.furthest.quantity, said.furthest.ours) == ("height_m", release.height_m)
    words = lesson_words(load_texts(), said)
    assert "Release" in words
    assert "really" in words
    assert UNKNOWN not in words
    near = replace(far, height_m=FlownFigure(release.height_m, "x", within=1.0), speed_mps=None)
    assert debrief(report, flown=FlownFlight("A flight", "sky-crane", (near,))).lesson.advice is Advice.PERFECT
    assert debrief(report).lesson.advice is Advice.PERFECT


def test_every_loss_has_its_advice() -> None:
    """The table leaves none out, and has none for a flight that was not lost."""
    assert set(OF_LOSS) == set(LOSSES)


@pytest.mark.parametrize("reason", LOSSES)
def test_a_loss_costs_no_points_by_cause_and_is_told_in_whole_sentences(reason: Reason) -> None:
    """Advice, time and joke have all their words; where a rover never landed there is nothing to divide."""
    texts, report = load_texts(), lost(reason)
    said = debrief(report, goal=load_level("parachute").goal)
    assert said.costs == ()
    assert said.target_m is None
    for words in (lesson_words(texts, said), flown_words(texts, report, said), texts.get(said.joke)):
        assert words.endswith((".", "!"))
        assert UNKNOWN not in words
    assert moment_words(texts, said.moments[-1]) == f"Lost: {texts.get(f'short.{reason}')}"


@pytest.mark.parametrize(
    ("reason", "height_m", "advice"),
    [
        (Reason.HIT_THE_GROUND, LOW_DROP_M - 1.0, Advice.DROP_OUT),
        (Reason.HIT_THE_GROUND, LOW_DROP_M + 1.0, Advice.BRAKE),
        (Reason.HIT_THE_GROUND, None, Advice.BRAKE),
        (Reason.FUEL_OUT, HIGH_DROP_M + 1.0, Advice.DROP_OUT_LATER),
        (Reason.FUEL_OUT, HIGH_DROP_M - 1.0, Advice.SAVE_PROPELLANT),
        (Reason.CUT_TOO_EARLY, LOW_DROP_M - 1.0, Advice.WAIT_FOR_SLACK),
    ],
)
def test_a_drop_at_the_wrong_height_is_told_before_what_came_of_it(
    reason: Reason, height_m: float | None, advice: Advice
) -> None:
    """Too low, and no brake helps; too high, and no tank does. A flight that had no such drop is told the usual."""
    assert debrief(lost(reason, height_m)).lesson.advice is advice


@pytest.mark.parametrize(
    ("before", "advice"),
    [
        ((EventName.ENGINE_START,), Advice.SAVE_PROPELLANT),
        ((EventName.ENGINE_START, EventName.SKY_CRANE_START), Advice.RELEASE_SOONER),
        ((EventName.ROVER_RELEASE,), Advice.HURRY),
        ((), Advice.RELEASE_SOONER),
    ],
)
def test_dry_tanks_are_told_by_where_they_were_emptied(before: tuple[EventName, ...], advice: Advice) -> None:
    """On the way down, or by more than LONG_HOVER_S under the sky crane, where a level may begin; a short hover leaves
    the braking to blame.
    """
    hover_s = LONG_HOVER_S + 1.0

    def dry(after_s: float) -> Advice:
        end = Event(round(120 * after_s), after_s, EventName.FUEL_OUT, 0.0, 9.0, 3.0, 0.0, 0.0)
        last = replace(end, name=EventName.LOST, detail=Reason.FUEL_OUT.value)
        events = tuple(replace(end, tick=0, t_s=0.0, name=name) for name in before)
        return debrief(replace(lost(Reason.FUEL_OUT), events=(*events, end, last))).lesson.advice

    assert dry(hover_s) is advice
    assert dry(LONG_HOVER_S - 1.0) is Advice.SAVE_PROPELLANT


def test_the_dearest_figure_of_a_goal_is_named() -> None:
    """Reached: its points have the worst figure as their cause. Missed: aim at that one first."""
    chosen, texts = load_level("parachute"), load_texts()
    values = {wanted.name.value: wanted.aim for wanted in chosen.goal.figures}
    worst = chosen.goal.figures[1]
    values[worst.name.value] += 0.5 * worst.half_width
    report = replace(flown("parachute")[0], reason_figures=tuple(values.items()))
    report = replace(report, score=replace(report.score, total=5000, goal=5000))
    said = debrief(report, goal=chosen.goal)
    assert [(cost.cause, cost.points, cost.value) for cost in said.costs] == [(Cause.GOAL, 5000, pytest.approx(0.5))]
    name = texts.get(f"figure.{worst.name}")
    assert name in lesson_words(texts, said)
    missed = replace(report, outcome=Outcome.LOST, reason_code=Reason.GOAL_MISSED)
    said = debrief(missed, goal=chosen.goal)
    assert said.lesson.advice is Advice.AIM
    assert name in lesson_words(texts, said)


@pytest.mark.slow
def test_the_whole_flight_stands_beside_perseverances() -> None:
    """Her moments in their order, ours within half a minute of each, both from the entry interface."""
    moments = told("jezero").moments
    both = [m for m in moments if m.later_s is not None]
    assert {EventName.ENTRY_INTERFACE, EventName.MORTAR, EventName.TOUCHDOWN, EventName.BRIDLE_CUT} <= {
        m.event for m in both
    }
    assert all(abs(m.later_s or 0.0) < 30.0 for m in both)
    times = [m.ours_s for m in moments if m.ours_s is not None]
    assert times == sorted(times)
    assert moments[-1].event is EventName.LANDED
    peak = next(e for e in flown("jezero")[0].events if e.name is EventName.PEAK_HEATING)
    shown = next(m for m in moments if m.event is EventName.PEAK_HEATING)
    assert shown.ours_s == dict(peak.figures)["peak_t_s"] < peak.t_s


def test_what_a_lost_flight_never_came_to_stands_after_its_loss() -> None:
    """First what happened, then the loss, then the rest of what was flown, without a time of ours."""
    moments = told("jezero", "idle").moments
    at = [m.event for m in moments].index(EventName.LOST)
    assert all(m.ours_s is not None for m in moments[: at + 1])
    assert all(m.ours_s is None and m.flown_s is not None for m in moments[at + 1 :])
    assert moments[-1].event is EventName.BRIDLE_CUT


def test_a_level_is_laid_beside_its_own_stretch_only() -> None:
    """What was flown before a level begins, or after its goal, is nothing that it missed."""
    assert all(m.ours_s is not None for m in told("sky-crane").moments)
    assert all(m.ours_s is not None for m in told("parachute").moments)
    assert told("sky-crane").moments[0].event is EventName.ROVER_RELEASE


@pytest.mark.slow
def test_a_step_that_was_left_out_stands_where_it_was_missed() -> None:
    """Between the moments before and after it, with the flown time alone."""
    report = flown("jezero")[0]
    without = tuple(e for e in report.events if e.name is not EventName.RADAR_LOCK)
    moments = debrief(replace(report, events=without), flown=load_flown("perseverance")).moments
    names = [m.event for m in moments]
    at = names.index(EventName.RADAR_LOCK)
    assert moments[at].ours_s is None
    assert names[at - 1] is EventName.HEAT_SHIELD_SEPARATION
    assert names[at + 1] is EventName.TERRAIN_LOCK


@pytest.mark.slow
def test_every_part_that_left_the_rover_has_its_place() -> None:
    """From up-track to down-track, the rover first; nothing to show of a craft that fell in one piece."""
    places = told("jezero").places
    assert (places[0].part, places[0].from_rover_m) == (Part.ROVER, 0.0)
    apart = [place.from_rover_m for place in places[1:]]
    assert apart == sorted(apart)
    assert {Part.CRUISE_STAGE, Part.HEAT_SHIELD, Part.BACKSHELL, Part.DESCENT_STAGE} <= {p.part for p in places}
    assert told("jezero", "idle").places == ()
    assert told("parachute").places == (), "at a goal in the air nothing has come down"


@pytest.mark.parametrize(
    ("t_s", "words"),
    [
        (312.9, "You flew 5 min 12 s of the seven."),
        (59.9, "You flew 0 min 59 s of the seven."),
        (-20.0, "The seven minutes had not begun."),
    ],
)
def test_a_lost_flight_is_told_how_much_of_the_seven_minutes_it_flew(t_s: float, words: str) -> None:
    """Counted from where the air begins; a level that begins later tells its own seconds."""
    report = flown("jezero", "idle")[0]
    end = replace(report.events[-1], t_s=t_s)
    report = replace(report, events=(*report.events[:-1], end))
    assert flown_words(load_texts(), report, debrief(report)) == words
    later = replace(lost(Reason.FUEL_OUT), time_s=42.0)
    assert flown_words(load_texts(), later, debrief(later)) == "You flew 42.0 s."


def test_the_joke_depends_on_seed_and_reason_alone() -> None:
    """The same flight makes the same joke, other days make the other one, and every reason has both."""
    report = lost(Reason.FUEL_OUT)
    jokes = [debrief(replace(report, seed=seed)).joke for seed in range(40)]
    assert jokes == [debrief(replace(report, seed=seed)).joke for seed in range(40)]
    assert set(jokes) == {f"{section}.fuel_out" for section in JOKES}


def test_times_are_written_with_their_units() -> None:
    """Seconds to a tenth, hours where the course is, a stroke for what never was; later and earlier with a sign."""
    assert [time_words(t) for t in (240.61, -32391.4, None)] == ["240.6 s", "-9.0 h", "-"]
    moment = Beside(EventName.MORTAR, 241.0, 240.0, 1.0)
    assert later_words(moment) == "+1.0 s"
    assert later_words(replace(moment, ours_s=238.5)) == "-1.5 s"
    assert later_words(replace(moment, ours_s=None)) == ""


def test_every_cost_is_written() -> None:
    """With its points and what it was."""
    texts = load_texts()
    words = [cost_words(texts, cost) for cost in debrief(landing(2.0, 0.5, 800.0)).costs]
    assert any("sinking at 2.00 m/s" in line for line in words)
    assert any("drifting at 0.50 m/s" in line for line in words)
    assert any("800 m from the target" in line for line in words)


def test_a_track_is_not_needed() -> None:
    """Without one the debrief is the same, but for what no event tells."""
    report, track = flown("jezero")
    hers = load_flown("perseverance")
    bare, full = debrief(report, flown=hers), debrief(report, flown=hers, track=track)
    assert (bare.costs, bare.moments, bare.places) == (full.costs, full.moments, full.places)


def test_levels_of_a_mission_are_laid_beside_its_flight() -> None:
    """A level with the same craft at the same site is a stretch of that mission."""
    assert {
        level: getattr(flown_beside(load_level(level)), "level", None) for level in ("jezero", "sky-crane", "gale")
    } == {
        "jezero": "jezero",
        "sky-crane": "jezero",
        "gale": "gale",
    }
    strange = replace(load_level("sky-crane"), site=load_level("gale").site)
    assert flown_beside(strange) is None
