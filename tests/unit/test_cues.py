"""Cues: what a person is told in a moment, from what the craft knows in that moment."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from functools import cache
from math import radians

import pytest

from game.content.levels import load_level
from game.cues.arrival import Arrival
from game.cues.forecast import Prediction
from game.cues.hud import HudModel, hud_model
from game.cues.prediction import predict
from game.cues.signs import Cue, Sign
from game.cues.windows import Act, CheckName, WindowState, checks, stage_falls_m, window
from game.sim.command import IDLE, Command, quantised
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Mark, Nav


@cache
def falling() -> Nav:
    """The first moment of powered-descent, engines lit, a mark straight below and the backshell out of the way."""
    nav = Flight(load_level("powered-descent").flight_spec()).nav()
    return nav._replace(
        phase=Phase.POWERED, height_m=1000.0, vx_mps=0.0, stage_vx_mps=0.0, vy_mps=-58.6, stage_vy_mps=-58.6,
        tilt_rad=0.0, thrust_now_n=9000.0, thrust_min_n=3000.0, thrust_max_n=23_500.0, mark_m=nav.x_m, marks=(),
        backshell_dx_m=400.0, backshell_dy_m=300.0,
    )  # fmt: skip


@cache
def hovering() -> Nav:
    """Under the sky crane, rover stowed, everything as it should be."""
    nav = Flight(load_level("sky-crane").flight_spec()).nav()
    return nav._replace(height_m=18.0, vx_mps=0.1, stage_vx_mps=0.1, vy_mps=-0.75, stage_vy_mps=-0.75)


def hanging(**changes: object) -> Nav:
    """The rover hangs on its full bridle, wheels ready, unless `changes` say otherwise."""
    ready: dict[str, object] = {
        "rover_released": True, "bridle_paid_m": 7.5, "bridle_full": True, "wheels_ready": True, "height_m": 5.0,
        "stage_height_m": 14.5, "swing_m": 0.1,
    }  # fmt: skip
    return hovering()._replace(**{**ready, **changes})


def landed(**changes: object) -> Nav:
    """Wheels on the ground, bridle slack, not yet cut."""
    slack: dict[str, object] = {
        "phase": Phase.TOUCHDOWN, "wheels_down": True, "height_m": 0.0, "stage_height_m": 9.0, "bridle_load_n": 100.0,
    }  # fmt: skip
    return hanging(**{**slack, **changes})


def test_on_the_profile_nothing_is_urgent() -> None:
    """At the speed that belongs to the height, over the mark, everything is go."""
    hud = hud_model(falling())
    assert hud.say.cue is Cue.ON_PROFILE
    assert {hud.descent.sign, hud.along.sign, hud.tilt.sign, hud.propellant.sign} == {Sign.GO}
    assert hud.burn is not None
    assert hud.burn.sign is Sign.GO
    assert hud.next_phase is Phase.SKY_CRANE


@pytest.mark.parametrize(
    ("changes", "cue", "sign"),
    [
        ({"propellant_kg": 0.0}, Cue.FUEL_GONE, Sign.STOP),
        ({"propellant_kg": 40.0}, Cue.FUEL_LOW, Sign.CAUTION),
        ({"phase": Phase.FREE_FALL}, Cue.IGNITION_SOON, Sign.CAUTION),
        ({"backshell_dx_m": 30.0}, Cue.BACKSHELL_ABOVE, Sign.STOP),
        ({"height_m": 200.0}, Cue.BURN_NOW, Sign.STOP),
        ({"height_m": 300.0}, Cue.BURN_SOON, Sign.CAUTION),
        ({"tilt_rad": radians(40.0)}, Cue.TILT_LIMIT, Sign.STOP),
        ({"vy_mps": -70.0, "stage_vy_mps": -70.0}, Cue.TOO_FAST, Sign.CAUTION),
        ({"vy_mps": -20.0, "stage_vy_mps": -20.0}, Cue.TOO_SLOW, Sign.CAUTION),
        ({"stage_vx_mps": 10.0}, Cue.STEER_UP_TRACK, Sign.CAUTION),
        ({"stage_vx_mps": -10.0}, Cue.STEER_DOWN_TRACK, Sign.CAUTION),
    ],
)
def test_the_most_urgent_thing_is_said(changes: dict[str, object], cue: Cue, sign: Sign) -> None:
    """Each fault alone brings its own words, with its own urgency."""
    say = hud_model(falling()._replace(**changes)).say
    assert (say.cue, say.sign) == (cue, sign)


def test_the_backshell_warns_only_from_above_and_near() -> None:
    """60 m across is the border; a backshell that is below, or down, warns nobody."""
    near = falling()._replace(backshell_dx_m=-59.0)
    hud = hud_model(near)
    assert hud.backshell is not None
    assert hud.backshell.above
    assert not hud.checks[0].ok
    for clear in (
        near._replace(backshell_dx_m=-61.0), near._replace(backshell_dy_m=-5.0),
        near._replace(backshell_dx_m=None, backshell_dy_m=None),
    ):  # fmt: skip
        hud = hud_model(clear)
        assert hud.backshell is None or not hud.backshell.above
        assert hud.say.cue is not Cue.BACKSHELL_ABOVE
    stowed = hovering()._replace(backshell_dx_m=0.0, backshell_dy_m=80.0)
    assert hud_model(stowed).say.cue is Cue.BACKSHELL_ABOVE


def test_marks_carry_distance_hazard_and_choice() -> None:
    """The chosen mark is told; a bad one brings a warning and another one may be chosen."""
    nav = falling()
    marks = (Mark(nav.x_m - 40.0, 0.1), Mark(nav.x_m, 1.2), Mark(nav.x_m + 40.0, 0.6))
    hud = hud_model(nav._replace(marks=marks, mark_index=1))
    assert [mark.away_m for mark in hud.marks] == pytest.approx([-40.0, 0.0, 40.0])
    assert [mark.sign for mark in hud.marks] == [Sign.GO, Sign.STOP, Sign.CAUTION]
    assert [mark.chosen for mark in hud.marks] == [False, True, False]
    assert hud.say.cue is Cue.BAD_MARK
    bound = hud_model(nav._replace(marks=marks, mark_index=1, backshell_lands_m=nav.x_m - 60.0))
    assert [mark.under_backshell for mark in bound.marks] == [True, True, False]
    assert bound.say.cue is Cue.BACKSHELL_ON_MARK
    assert bound.backshell is not None
    assert bound.backshell.on_mark
    assert hud_model(nav).mark_index == -1


def test_the_burn_cue_has_gravity_in_it() -> None:
    """The same craft on a heavier planet must burn earlier, and where thrust is less than weight there is no cue."""
    light, heavy = hud_model(falling()).burn, hud_model(falling()._replace(gravity_mps2=7.0)).burn
    assert light is not None
    assert heavy is not None
    assert heavy.height_m > light.height_m
    assert heavy.margin_s < light.margin_s
    assert hud_model(falling()._replace(gravity_mps2=12.0)).burn is None
    assert hud_model(falling()._replace(thrust_max_n=0.0, thrust_min_n=0.0)).burn is None


def test_nobody_is_told_to_burn_who_sinks_slowly_enough_for_the_sky_crane() -> None:
    """Below its height, still too fast along the ground: the fall is over, the steering is not. A real fall is told."""
    low = falling()._replace(height_m=19.0, vy_mps=-1.2, stage_vy_mps=-1.2, vx_mps=2.5, stage_vx_mps=2.5)
    assert hud_model(low).burn is None
    assert hud_model(low).say.cue is Cue.STEER_UP_TRACK
    assert hud_model(low._replace(vy_mps=-6.0, stage_vy_mps=-6.0)).say.cue is Cue.BURN_NOW


@pytest.mark.parametrize(
    ("changes", "state", "why"),
    [
        ({}, WindowState.OPEN, Cue.RELEASE_NOW),
        ({"height_m": 14.0}, WindowState.LATE, Cue.TOO_LOW),
        ({"height_m": 30.0}, WindowState.NOT_YET, Cue.TOO_HIGH),
        ({"vx_mps": -0.8}, WindowState.NOT_YET, Cue.DRIFTING),
        ({"vy_mps": -1.6}, WindowState.NOT_YET, Cue.SINKING),
        ({"vy_mps": 0.3}, WindowState.NOT_YET, Cue.RISING),
    ],
)
def test_the_release_window_says_why(changes: dict[str, object], state: WindowState, why: Cue) -> None:
    """Open between 15 and 22 m, nearly still; else the first thing that is wrong is named."""
    found = window(hovering()._replace(**changes))
    assert (found.act, found.state, found.why) == (Act.RELEASE_ROVER, state, why)
    assert found.by_action


def test_too_low_to_release_means_climb() -> None:
    """The speed to aim at turns upwards, so that following it opens the window again."""
    assert (hud_model(hovering()._replace(height_m=14.0)).descent.aim or 0.0) < 0.0


@pytest.mark.parametrize(
    ("changes", "act", "state", "why"),
    [
        ({"bridle_full": False, "bridle_paid_m": 2.0, "height_m": 12.0}, Act.PAY_OUT, WindowState.OPEN, Cue.PAY_OUT),
        ({"bridle_full": False, "height_m": 1.5}, Act.PAY_OUT, WindowState.LATE, Cue.HOLD_HEIGHT),
        ({"wheels_ready": False}, Act.LOWER, WindowState.NOT_YET, Cue.WHEELS_COMING),
        ({"wheels_ready": False, "height_m": 1.0}, Act.LOWER, WindowState.LATE, Cue.HOLD_HEIGHT),
        ({"swing_m": -0.9}, Act.LOWER, WindowState.NOT_YET, Cue.SWINGING),
        ({}, Act.LOWER, WindowState.OPEN, Cue.LOWER),
    ],
)
def test_the_hanging_rover_is_paid_out_then_lowered(
    changes: dict[str, object], act: Act, state: WindowState, why: Cue
) -> None:
    """First the bridle, then the wheels, then calm; the ground may not come near before."""
    found = window(hanging(**changes))
    assert (found.act, found.state, found.why) == (act, state, why)
    assert not found.by_action


@pytest.mark.parametrize(
    ("changes", "state", "why"),
    [
        ({}, WindowState.OPEN, Cue.CUT_NOW),
        ({"bridle_load_n": 2000.0}, WindowState.NOT_YET, Cue.BRIDLE_TAUT),
        ({"stage_height_m": 4.0}, WindowState.LATE, Cue.STAGE_LOW),
    ],
)
def test_the_cut_waits_for_a_slack_bridle(changes: dict[str, object], state: WindowState, why: Cue) -> None:
    """Open when a tenth of the rover's weight is left on it; late when the stage is about to sit on the rover."""
    found = window(landed(**changes))
    assert (found.act, found.state, found.why) == (Act.CUT_BRIDLE, state, why)


def test_flyaway_climbs_then_leans_then_is_far_enough() -> None:
    """Straight up first; then the prediction of its own fall decides."""
    away = landed(phase=Phase.FLYAWAY, bridle_cut=True, backshell_dx_m=None, stage_vx_mps=0.0)
    assert window(away).why is Cue.CLIMB
    assert window(away._replace(stage_height_m=20.0)).why is Cue.LEAN_AWAY
    thrown = away._replace(stage_height_m=60.0, stage_vx_mps=20.0, stage_vy_mps=15.0)
    assert window(thrown).why is Cue.FAR_ENOUGH
    assert stage_falls_m(thrown) > 150.0
    hud = hud_model(thrown)
    assert hud.stage_falls is not None
    assert hud.stage_falls.sign is Sign.GO


def test_the_checks_tick_off_what_a_safe_touchdown_needs() -> None:
    """Four conditions while falling, four while the rover hangs, none after the wheels are down."""
    assert [check.name for check in checks(falling())] == [
        CheckName.CLEAR_OF_BACKSHELL, CheckName.OVER_MARK, CheckName.LOW, CheckName.SLOW,
    ]  # fmt: skip
    assert [check.ok for check in checks(falling())] == [True, True, False, False]
    assert all(check.ok for check in checks(hanging()))
    assert [check.ok for check in checks(hanging(wheels_ready=False, vx_mps=0.8))] == [True, False, True, False]
    assert checks(landed()) == ()


def test_before_the_release_nothing_is_shown_of_the_bridle() -> None:
    """What cannot matter in a phase is not in the model."""
    hud = hud_model(hovering())
    assert hud.bridle_paid is hud.swing is hud.rover_descent is hud.stage_falls is hud.burn is None
    assert hud_model(hanging()).bridle_paid is not None


def test_the_model_is_a_value() -> None:
    """Equal estimates give equal models, and nobody can change one."""
    assert hud_model(falling()) == hud_model(falling()._replace())
    with pytest.raises(FrozenInstanceError):
        hud_model(falling()).hover_s = 1.0  # type: ignore[misc]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sky-crane", "powered-descent", "parachute", "course", "heat-shield"])
def test_the_hud_alone_can_tell_a_pilot_what_to_do(name: str) -> None:
    """A pilot that sees nothing but the HUD, follows its aims and does what is open, lands softly or meets the goal."""
    flight = _flown_by_the_hud(name)
    if flight.spec.goal.ends_at is not None:
        assert flight.reason == "completed"
        return
    assert flight.reason == "landed"
    assert flight.touchdown is not None
    assert flight.touchdown.speed_mps < 1.2
    assert flight.touchdown.distance_m < 25.0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_hud_alone_brings_the_whole_flight_down(seed: int) -> None:
    """From nine hours out to the wheels, within two kilometres of the target."""
    flight = _flown_by_the_hud("jezero", seed)
    assert flight.reason == "landed"
    assert flight.touchdown is not None
    assert flight.touchdown.speed_mps < 1.2
    assert flight.touchdown.distance_m < 2000.0


def _flown_by_the_hud(name: str, seed: int = 3) -> Flight:
    flight = Flight(load_level(name).flight_spec(), seed=seed)
    command, prediction = IDLE, None
    while not flight.over:
        if flight.tick % 6 == 0:
            nav = flight.nav()
            if flight.tick % 120 == 0 and nav.phase is Phase.ENTRY:
                prediction = predict(nav)
            command = _follow(nav, prediction)
        flight.step(command)
        command = command.held()
    return flight


def _follow(nav: Nav, prediction: Prediction | None) -> Command:
    """Proportional hands: lean by the speed error along, thrust by the one downwards, ACTION when it may be done."""
    hud = hud_model(nav, prediction)
    if hud.arrival is not None:
        return _arrive(hud, hud.arrival)
    lean = 4.0 * ((hud.along.aim or 0.0) - hud.along.value)
    if hud.phase in (Phase.FREE_FALL, Phase.POWERED):
        hold = (hud.thrust.aim or 0.0) if hud.thrust else 0.0
        return quantised(lean / 30.0, hold + 0.1 * (hud.descent.value - (hud.descent.aim or 0.0)), 0.0)
    if hud.phase in (Phase.SKY_CRANE, Phase.TOUCHDOWN):
        lever = (nav.lever_descent_mps - (hud.descent.aim or 0.0)) / (nav.lever_descent_mps + nav.lever_climb_mps)
        return quantised(lean / 10.0, lever, float(hud.window.act is Act.PAY_OUT), action=_now(hud))
    if hud.window.why in (Cue.CLIMB, Cue.LEAN_AWAY):
        return quantised(0.0 if hud.window.why is Cue.CLIMB else (hud.tilt.aim or 0.0) / 60.0, 1.0, 0.0)
    return quantised(0.0, 0.0, 0.0)


def _arrive(hud: HudModel, arrival: Arrival) -> Command:
    """Burn by the seconds that are told, turn by the rate, hold the lever where it belongs."""
    lever = 0.0
    if arrival.course is not None:
        lever = 0.0 if _now(hud) else arrival.course.burn_s
    elif arrival.turn is not None:
        lever = -(arrival.turn.aim or 0.0) / 8.0
    elif arrival.lift is not None:
        lever = arrival.lift.value if arrival.lift.aim is None else arrival.lift.aim
    return quantised(lever, 0.0, 0.0, action=_now(hud))


def _now(hud: HudModel) -> bool:
    return hud.window.by_action and hud.window.state in (WindowState.OPEN, WindowState.LATE)
