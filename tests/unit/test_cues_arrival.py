"""Cues before the backshell is off: course, cruise stage, heat shield, entry and the parachute's box."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import radians

import pytest

from game.content.levels import load_level
from game.content.texts import UNKNOWN, load_texts
from game.cues.course import degrees_a_second
from game.cues.deploy import deploy_box
from game.cues.forecast import Prediction
from game.cues.hud import HudModel, hud_model
from game.cues.signs import Cue, Sign
from game.cues.windows import Act, CheckName, WindowState
from game.sim.command import quantised
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav

ON_TARGET = Prediction(0.0, -9000.0, 0.0, 10.5, True, 0.62)


@cache
def nine_hours_out() -> Nav:
    return Flight(load_level("jezero").flight_spec()).nav()


def on_course(error_deg: float, **changes: object) -> Nav:
    """The course with this error of the entry angle, + too shallow."""
    nav = nine_hours_out()
    assert nav.course is not None
    course = replace(nav.course, entry_angle_deg=nav.course.wanted_deg + error_deg)
    return nav._replace(course=course, **changes)


def outside(phase: Phase = Phase.APPROACH, **changes: object) -> Nav:
    """Half a minute before the air, heat shield where it should be."""
    still: dict[str, object] = {
        "phase": phase, "t_s": -30.0, "phase_s": 5.0, "course": None, "incidence_rad": radians(-10.0),
        "trim_rad": radians(-10.0), "incidence_rate_rad_s": 0.0, "cruise_stage_on": phase is Phase.CRUISE,
    }  # fmt: skip
    return nine_hours_out()._replace(**{**still, **changes})


def in_fire(**changes: object) -> Nav:
    """At the highest load of the entry, on trim, by round figures of the flown one."""
    hot: dict[str, object] = {
        "phase": Phase.ENTRY, "t_s": 85.0, "phase_s": 85.0, "speed_mps": 3600.0, "mach": 17.0, "q_pa": 14_800.0,
        "g": 10.0, "climb_mps": -350.0, "path_rad": radians(-6.0), "altitude_m": 26_000.0, "height_m": 27_000.0,
        "heat_flux_w_cm2": 50.0, "surface_c": 1300.0, "guided": True, "downrange_m": -230_000.0, "gravity_mps2": 3.6,
    }  # fmt: skip
    return outside(**{**hot, **changes})


def gliding(**changes: object) -> Nav:
    """Inside the parachute's box, straightened up, by round figures of the flown mortar."""
    ready: dict[str, object] = {
        "speed_mps": 430.0, "mach": 1.8, "q_pa": 518.0, "g": 0.4, "climb_mps": -110.0, "path_rad": radians(-15.0),
        "altitude_m": 12_300.0, "height_m": 12_000.0, "heat_flux_w_cm2": 0.1, "straightened": True, "trim_rad": 0.0,
        "incidence_rad": 0.0, "downrange_m": -9000.0, "gravity_mps2": 3.7,
    }  # fmt: skip
    return in_fire(**{**ready, **changes})


def told(nav: Nav, prediction: Prediction | None = None) -> HudModel:
    """The model, once it is sure that its line of words has all the figures that it uses."""
    hud = hud_model(nav, prediction)
    texts = load_texts()
    assert UNKNOWN not in texts.get(f"cue.{hud.say.cue}", **dict(hud.say.figures))
    assert UNKNOWN not in texts.get(f"cue.{hud.window.why}", **dict(hud.window.figures))
    return hud


@pytest.mark.parametrize(
    ("error_deg", "changes", "state", "why"),
    [
        (0.2, {}, WindowState.NOT_YET, Cue.BURN_STEEPER),
        (-0.2, {}, WindowState.NOT_YET, Cue.BURN_SHALLOWER),
        (0.01, {}, WindowState.OPEN, Cue.ON_COURSE),
        (0.2, {"phase_s": 85.0}, WindowState.OPEN, Cue.COURSE_TIME),
    ],
)
def test_the_course_says_which_way_to_burn(
    error_deg: float, changes: dict[str, object], state: WindowState, why: Cue
) -> None:
    """Too shallow: steeper; within 0.02 degrees: done; when the time is nearly over: go with it."""
    hud = told(on_course(error_deg, **changes))
    assert (hud.window.act, hud.window.state, hud.window.why) == (Act.SET_COURSE, state, why)
    assert hud.window.by_action
    assert hud.next_phase is Phase.CRUISE
    assert hud.arrival is not None
    assert hud.arrival.course is not None
    assert hud.arrival.course.error_deg == pytest.approx(error_deg)
    assert (hud.arrival.course.burn_s > 0.0) is (error_deg < 0.0)


def test_a_burn_that_is_used_up_is_told() -> None:
    """There is nothing left to do but to go on."""
    nav = on_course(0.3)
    assert nav.course is not None
    empty = nav._replace(course=replace(nav.course, burn_left_s=0.0))
    hud = told(empty)
    assert (hud.window.state, hud.window.why) == (WindowState.OPEN, Cue.BURN_SHORT)
    assert hud.arrival is not None
    assert hud.arrival.course is not None
    assert hud.arrival.course.burn_left.sign is Sign.CAUTION


@pytest.mark.parametrize("level", ["jezero", "gale"])
def test_the_burn_that_is_told_is_the_one_that_mends_the_course(level: str) -> None:
    """Ten seconds of full burn turn the entry angle by ten times what the cue reckons, within 3 %: at either speed."""
    flight = Flight(load_level(level).flight_spec())
    before = flight.nav()
    assert before.course is not None
    for _ in range(1200):
        flight.step(quantised(1.0, 0.0, 0.0))
    after = flight.nav().course
    assert after is not None
    turned_deg = after.entry_angle_deg - before.course.entry_angle_deg
    assert turned_deg / after.burn_s == pytest.approx(degrees_a_second(before, before.course), rel=0.03)


def test_the_cruise_stage_may_go_at_any_time_but_late() -> None:
    """With seconds to the air; once the heat shield could not come round any more it is a danger."""
    hud = told(outside(Phase.CRUISE))
    assert (hud.window.act, hud.window.state, hud.say.sign) == (Act.DROP_STAGE, WindowState.OPEN, Sign.GO)
    assert hud.arrival is not None
    assert hud.arrival.interface_s == pytest.approx(30.0)
    late = told(outside(Phase.CRUISE, t_s=-12.0))
    assert (late.window.state, late.say.cue, late.say.sign) == (WindowState.LATE, Cue.DROP_STAGE_LATE, Sign.STOP)


@pytest.mark.parametrize(
    ("off_deg", "rate_deg_s", "t_s", "cue", "sign"),
    [
        (0.0, 0.0, -30.0, Cue.SHIELD_FORWARD, Sign.GO),
        (3.0, 6.0, -30.0, Cue.STOP_TURNING, Sign.CAUTION),
        (60.0, 0.0, -30.0, Cue.TURN_RIGHT, Sign.CAUTION),
        (-60.0, 0.0, -30.0, Cue.TURN_LEFT, Sign.CAUTION),
        (170.0, 0.0, -5.0, Cue.TURN_LATE, Sign.STOP),
    ],
)
def test_the_approach_turns_the_heat_shield_forward(
    off_deg: float, rate_deg_s: float, t_s: float, cue: Cue, sign: Sign
) -> None:
    """Too far counter-clockwise is pushed right; near it the turn must stop; late is a danger."""
    nav = outside(incidence_rad=radians(off_deg - 10.0), incidence_rate_rad_s=radians(rate_deg_s), t_s=t_s)
    hud = told(nav)
    assert (hud.say.cue, hud.say.sign) == (cue, sign)
    assert hud.window.act is Act.TURN_SHIELD
    assert not hud.window.by_action
    assert hud.arrival is not None
    assert hud.arrival.incidence is not None
    assert hud.arrival.incidence.value == pytest.approx(off_deg)
    assert [check.name for check in hud.checks] == [CheckName.FORWARD, CheckName.STILL]


def test_the_shortest_way_round_is_told() -> None:
    """170 degrees one way is 190 the other, and -180 to 180 is all there is."""
    hud = told(outside(incidence_rad=radians(175.0)))
    assert hud.arrival is not None
    assert hud.arrival.incidence is not None
    assert hud.arrival.turn is not None
    assert hud.arrival.incidence.value == pytest.approx(-175.0)
    assert (hud.arrival.turn.aim or 0.0) > 0.0
    assert hud.say.cue is Cue.TURN_LEFT


@pytest.mark.parametrize(
    ("changes", "miss_m", "cue", "sign"),
    [
        ({}, 0.0, Cue.ON_RANGE, Sign.GO),
        ({}, -14_000.0, Cue.FLOAT_LONG, Sign.CAUTION),
        ({}, 14_000.0, Cue.DIVE_SHORT, Sign.CAUTION),
        ({"guided": False, "g": 0.0}, 0.0, Cue.AIR_COMING, Sign.QUIET),
        ({"g": 12.5}, 14_000.0, Cue.G_HIGH, Sign.CAUTION),
        ({"g": 14.5}, 14_000.0, Cue.G_LIMIT, Sign.STOP),
        ({"heat_flux_w_cm2": 230.0}, 14_000.0, Cue.HEAT_HIGH, Sign.CAUTION),
        ({"heat_flux_w_cm2": 245.0}, 14_000.0, Cue.HEAT_LIMIT, Sign.STOP),
        ({"heat_flux_w_cm2": 215.0, "incidence_rad": radians(45.0)}, 14_000.0, Cue.SHIELD_ASIDE, Sign.STOP),
        ({"incidence_rad": radians(60.0)}, 0.0, Cue.SHIELD_ASIDE, Sign.STOP),
        ({"climb_mps": 30.0, "speed_mps": 4500.0}, 0.0, Cue.SKIPPING, Sign.STOP),
        ({"height_m": 4000.0, "mach": 4.0}, 0.0, Cue.DEPLOY_LATE, Sign.STOP),
    ],
)
def test_the_entry_says_the_most_urgent_thing(changes: dict[str, object], miss_m: float, cue: Cue, sign: Sign) -> None:
    """Attitude, then what is late, skipping, load, heat; only then the range, with the way to hold the lever."""
    say = told(in_fire(**changes), replace(ON_TARGET, miss_m=miss_m)).say
    assert (say.cue, say.sign) == (cue, sign)


def test_without_a_prediction_the_window_is_said() -> None:
    """Nobody knows the range then: what is left is the parachute."""
    assert told(in_fire()).say.cue is Cue.MACH_HIGH


def test_heat_and_load_have_their_limits() -> None:
    """Careful from four fifths of the vehicle's limit, danger close to it; a backshell in the flow burns far sooner."""
    for flux, sign in ((58.0, Sign.GO), (210.0, Sign.CAUTION), (245.0, Sign.STOP)):
        arrival = told(in_fire(heat_flux_w_cm2=flux)).arrival
        assert arrival is not None
        assert (arrival.heat.sign, arrival.heat.high) == (sign, 250.0)
    arrival = told(in_fire(incidence_rad=radians(100.0))).arrival
    assert arrival is not None
    assert arrival.back_heat.sign is Sign.STOP
    assert arrival.heat.sign is Sign.GO
    ahead = told(in_fire(), replace(ON_TARGET, peak_g=14.8))
    assert ahead.say.cue is Cue.G_HIGH
    assert dict(ahead.say.figures)["g"] == pytest.approx(14.8)


def test_the_lever_is_told_where_to_go() -> None:
    """Short: up; long: down; too much load: all the lift there is. The aim does not run away from the lever."""
    aims = {}
    for miss_m in (-20_000.0, 0.0, 20_000.0):
        arrival = told(in_fire(), replace(ON_TARGET, miss_m=miss_m)).arrival
        assert arrival is not None
        assert arrival.lift is not None
        aims[miss_m] = arrival.lift.aim or 0.0
    assert aims[20_000.0] < 0.62 == aims[0.0] < aims[-20_000.0]
    moved = told(in_fire(lift_wanted=0.9), replace(ON_TARGET, miss_m=-20_000.0)).arrival
    assert moved is not None
    assert moved.lift is not None
    assert moved.lift.aim == aims[-20_000.0]
    heavy = told(in_fire(g=13.0), ON_TARGET).arrival
    assert heavy is not None
    assert heavy.lift is not None
    assert heavy.lift.aim == 1.0


def test_a_dive_that_misses_the_parachute_is_told() -> None:
    """While we are fast the range decides; slow, it is a danger, and the lever goes up."""
    dives = Prediction(-40_000.0, -40_000.0, -40_000.0, 11.0, False, 0.0)
    assert (told(in_fire(), dives).say.cue, told(in_fire(), dives).say.sign) == (Cue.BOX_MISSED, Sign.CAUTION)
    assert told(in_fire(speed_mps=1500.0, mach=7.0, g=3.0), dives).say.sign is Sign.STOP
    assert told(in_fire(), replace(dives, miss_m=0.0)).say.cue is Cue.ON_RANGE


@pytest.mark.parametrize(
    ("changes", "state", "why"),
    [
        ({}, WindowState.OPEN, Cue.DEPLOY_NOW),
        ({"mach": 2.4}, WindowState.NOT_YET, Cue.MACH_HIGH),
        ({"q_pa": 800.0, "climb_mps": -20.0}, WindowState.NOT_YET, Cue.PRESSURE_HIGH),
        ({"q_pa": 800.0, "climb_mps": -400.0}, WindowState.LATE, Cue.DEPLOY_LATE),
        ({"mach": 1.0}, WindowState.LATE, Cue.DEPLOY_LATE),
        ({"height_m": 4000.0}, WindowState.LATE, Cue.DEPLOY_LATE),
        ({"straightened": False}, WindowState.NOT_YET, Cue.STRAIGHTENING),
        ({"trim_rad": radians(-8.0)}, WindowState.NOT_YET, Cue.STRAIGHTENING),
        ({"straightened": False, "height_m": 4800.0}, WindowState.OPEN, Cue.DEPLOY_NOW),
    ],
)
def test_the_deploy_window_says_why(changes: dict[str, object], state: WindowState, why: Cue) -> None:
    """Inside Mach and pressure, straightened up; a box that closes within seconds waits for nothing."""
    hud = told(gliding(**changes))
    assert (hud.window.act, hud.window.state, hud.window.why) == (Act.FIRE_MORTAR, state, why)
    assert hud.window.by_action
    assert (hud.say.cue, hud.say.sign) == (why, hud.window.sign)


def test_the_canopy_is_spared_below_the_qualified_pressure() -> None:
    """Near Mach 1.4 it pulls hardest: 700 Pa are inside the box by themselves, but would tear it."""
    hud = told(gliding(mach=1.45, q_pa=700.0, climb_mps=-30.0))
    assert hud.window.why is Cue.PRESSURE_HIGH
    assert hud.arrival is not None
    assert hud.arrival.deploy is not None
    assert hud.arrival.deploy.load_n > hud.arrival.deploy.load_limit_n
    assert hud.arrival.deploy.q_limit_pa < 750.0


def test_the_mortar_waits_for_the_range() -> None:
    """An opening that would come down short waits while there is time; far or near, a closing box does not."""
    short = replace(ON_TARGET, mortar_m=-5000.0, miss_m=0.0)
    hud = told(gliding(), short)
    assert (hud.window.state, hud.window.why) == (WindowState.NOT_YET, Cue.DEPLOY_WAIT)
    assert [check.ok for check in hud.checks] == [True, True, True, False]
    assert told(gliding(), ON_TARGET).window.why is Cue.DEPLOY_NOW
    assert told(gliding(), replace(ON_TARGET, miss_m=3000.0)).window.why is Cue.DEPLOY_NOW
    assert told(gliding(height_m=4900.0), short).window.why is Cue.DEPLOY_NOW


def test_low_down_the_mortar_waits_for_no_range() -> None:
    """Below 7 km the parachute needs all the height that is left: whoever waited to come less short landed nothing."""
    far_short = replace(ON_TARGET, mortar_m=0.0, miss_m=-10_000.0)
    assert told(gliding(altitude_m=7100.0, height_m=7100.0), far_short).window.why is Cue.DEPLOY_WAIT
    low = told(gliding(altitude_m=6900.0, height_m=6900.0), far_short)
    assert (low.window.state, low.window.why) == (WindowState.OPEN, Cue.DEPLOY_NOW)
    assert all(check.ok for check in low.checks)


def test_the_box_tells_when_it_opens_and_closes() -> None:
    """Seconds by the rates of now; far away it is not shown at all."""
    assert deploy_box(in_fire()) is None
    before = deploy_box(gliding(mach=2.4, speed_mps=560.0))
    assert before is not None
    assert before.opens_s is not None
    assert 5.0 < before.opens_s < 40.0
    assert before.closes_s is None
    inside = deploy_box(gliding())
    assert inside is not None
    assert inside.opens_s is None
    assert inside.closes_s is not None
    assert 20.0 < inside.closes_s < 90.0


def test_once_the_backshell_is_off_nothing_of_the_arrival_is_shown() -> None:
    """And before, nothing asks for what is not there yet."""
    nav = Flight(load_level("powered-descent").flight_spec()).nav()
    assert hud_model(nav, ON_TARGET).arrival is None
    for early in (on_course(0.1), outside(Phase.CRUISE), outside(), in_fire(), gliding()):
        hud = told(early)
        assert hud.burn is hud.bridle_paid is hud.swing is hud.stage_falls is hud.thrust is None
        assert hud.arrival is not None
        assert hud.arrival.range is None
