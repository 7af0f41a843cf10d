"""Cues under the parachute: the canopy, the heat shield, radar and camera, the mark, the backshell."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from game.content.levels import load_level
from game.content.texts import UNKNOWN, load_texts
from game.cues.arrival_windows import leaving
from game.cues.hud import HudModel, hud_model
from game.cues.signs import Cue, Sign
from game.cues.windows import Act, WindowState
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Mark, Nav


@cache
def _start() -> Nav:
    return Flight(load_level("parachute").flight_spec()).nav()


def opened(**changes: object) -> Nav:
    """Under the open canopy with the heat shield still on, slow enough to drop it: as flown at E+263."""
    slow: dict[str, object] = {
        "phase": Phase.PARACHUTE, "phase_s": 22.0, "canopy": Canopy.OPEN, "canopy_s": 22.0, "heat_shield_on": True,
        "mach": 0.63, "speed_mps": 158.0, "climb_mps": -120.0, "q_pa": 80.0, "g": 0.7, "height_m": 9800.0,
        "altitude_m": 9800.0, "radar_locked": False, "terrain_locked": False, "marks": (), "parachute_load_n": 20_000.0,
    }  # fmt: skip
    return _start()._replace(**{**slow, **changes})


def hanging(**changes: object) -> Nav:
    """Heat shield off, everything locked, at the steady speed."""
    steady: dict[str, object] = {
        "heat_shield_on": False, "radar_locked": True, "terrain_locked": True, "mach": 0.35, "speed_mps": 83.0,
        "climb_mps": -81.0, "q_pa": 41.0, "height_m": 3500.0,
    }  # fmt: skip
    return opened(**{**steady, **changes})


def told(nav: Nav) -> HudModel:
    """The model, once it is sure that its line of words has all the figures that it uses."""
    hud = hud_model(nav)
    texts = load_texts()
    assert UNKNOWN not in texts.get(f"cue.{hud.say.cue}", **dict(hud.say.figures))
    return hud


@pytest.mark.parametrize(
    ("changes", "state", "why"),
    [
        ({"canopy": Canopy.FIRED}, WindowState.NOT_YET, Cue.CANOPY_FIRED),
        ({"canopy": Canopy.INFLATING, "mach": 1.7}, WindowState.NOT_YET, Cue.CANOPY_FILLING),
        ({"mach": 1.2}, WindowState.NOT_YET, Cue.SHIELD_TOO_FAST),
        ({}, WindowState.OPEN, Cue.DROP_SHIELD),
        ({"height_m": 4000.0}, WindowState.LATE, Cue.SHIELD_LATE),
    ],
)
def test_the_heat_shield_waits_for_an_open_and_slow_canopy(
    changes: dict[str, object], state: WindowState, why: Cue
) -> None:
    """Below Mach 0.8 under a full canopy; where the camera should already see it is late."""
    hud = told(opened(**changes))
    assert (hud.window.act, hud.window.state, hud.say.cue) == (Act.DROP_SHIELD, state, why)
    assert hud.window.by_action


def test_without_a_camera_a_fast_fall_does_not_hurry_the_heat_shield() -> None:
    """The canopy will have braked us long before: late is what would be so at the speed that it leaves us."""
    nav = opened(height_m=8000.0, climb_mps=-300.0, mach=1.6, canopy=Canopy.INFLATING)
    vehicle = nav.onboard.vehicle
    blind = replace(vehicle, radar=replace(vehicle.radar, camera_lock_m=0.0))
    nav = nav._replace(onboard=replace(nav.onboard, vehicle=blind))
    assert told(nav).say.cue is Cue.CANOPY_FILLING
    assert told(nav._replace(height_m=4200.0)).say.cue is Cue.CANOPY_FILLING
    assert told(nav._replace(height_m=3000.0)).say.cue is Cue.SHIELD_LATE
    assert told(nav._replace(height_m=3000.0, climb_mps=-80.0)).say.cue is Cue.CANOPY_FILLING


@pytest.mark.parametrize(
    ("changes", "cue", "sign"),
    [
        ({"radar_locked": False, "terrain_locked": False, "height_m": 9000.0}, Cue.RADAR_COMING, Sign.QUIET),
        ({"terrain_locked": False, "height_m": 7000.0}, Cue.CAMERA_COMING, Sign.QUIET),
        ({}, Cue.STAY, Sign.CAUTION),
        ({"height_m": 2200.0}, Cue.LEAVE_NOW, Sign.GO),
        ({"height_m": 1000.0}, Cue.LEAVE_SOON, Sign.CAUTION),
        ({"height_m": 500.0}, Cue.LEAVE_LATE, Sign.STOP),
        ({"canopy_lost": 0.3}, Cue.CANOPY_TORN, Sign.CAUTION),
        ({"canopy": Canopy.GONE, "canopy_lost": 1.0}, Cue.CANOPY_GONE, Sign.STOP),
    ],
)
def test_the_way_down_is_told_step_by_step(changes: dict[str, object], cue: Cue, sign: Sign) -> None:
    """Radar, camera, mark, backshell; what is torn or late comes first."""
    say = told(hanging(**changes)).say
    assert (say.cue, say.sign) == (cue, sign)


def test_a_bad_mark_is_told_while_another_can_be_chosen() -> None:
    """The hazards of the marks are those of the powered descent; the places lie along the ground. Also where the radar
    has not seen the ground yet: the camera has, and there is nothing to be done about the radar.
    """
    nav = hanging()
    marks = (Mark(nav.x_m - 40.0, 0.1), Mark(nav.x_m, 1.2))
    hud = told(nav._replace(marks=marks, mark_index=1, mark_m=nav.x_m))
    assert hud.say.cue is Cue.BAD_MARK
    assert [mark.sign for mark in hud.marks] == [Sign.GO, Sign.STOP]
    assert [check.ok for check in hud.checks] == [True, True, True, True]
    assert told(nav._replace(marks=marks, mark_index=1, radar_locked=False)).say.cue is Cue.BAD_MARK
    assert told(nav._replace(marks=marks, mark_index=0, radar_locked=False)).say.cue is Cue.RADAR_COMING


def test_the_backshell_is_left_where_the_flown_one_was() -> None:
    """At 81 m/s the profile begins near 2.2 km [as flown]; a faster fall must begin much higher."""
    when = leaving(hanging())
    assert when.late_m < 800.0
    assert 2000.0 < when.best_m < 2500.0
    assert when.best_m < when.high_m < 3000.0
    fast = leaving(hanging(climb_mps=-140.0, speed_mps=141.0))
    assert fast.late_m > 2.0 * when.late_m
    assert fast.best_m > 2.0 * when.best_m


def test_the_last_height_is_one_from_which_full_thrust_stops() -> None:
    """Stepped forward: a second of free fall, then all eight engines, ends at 0.75 m/s and 21 m."""
    nav = hanging()
    vehicle = nav.onboard.vehicle
    mass_kg = vehicle.descent_stage.dry_mass_kg + nav.propellant_kg + vehicle.rover.mass_kg
    thrust_n = 4 * 3100.0 * (0.99619 + 0.90631)
    height, speed, time_s, dt = leaving(nav).late_m, 81.0, 0.0, 1e-3
    while speed > 0.75:
        push = thrust_n / mass_kg if time_s >= 1.0 else 0.0
        speed += (nav.gravity_mps2 - push) * dt
        height -= speed * dt
        time_s += dt
    assert height == pytest.approx(21.0, abs=1.0)


def test_the_height_carries_the_window() -> None:
    """The tape shows the band in which to drop out, and the load its limit."""
    hud = told(hanging())
    assert hud.height.aim == pytest.approx(leaving(hanging()).best_m)
    assert (hud.height.low or 0.0) < (hud.height.aim or 0.0) < (hud.height.high or 0.0)
    assert hud.arrival is not None
    assert hud.arrival.load is not None
    assert hud.arrival.load.high == 222_000.0
    assert hud.next_phase is Phase.FREE_FALL
