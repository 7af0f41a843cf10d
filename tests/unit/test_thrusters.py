"""Thrusters: on or off, with a band in which they rest, and propellant for every tick that they fire."""

from __future__ import annotations

from math import radians

import pytest

from game.content.levels import load_level
from game.sim.spec import DT_S, TICK_HZ
from game.sim.thrusters import Thrusters

SPEC = load_level("jezero").vehicle.aeroshell.thrusters


def test_they_leave_a_small_rate_alone() -> None:
    """Inside the wide band nothing fires; beyond it they do, against what is missing."""
    thrusters = Thrusters(SPEC)
    for missing_deg_s, firing in ((1.4, 0.0), (-1.4, 0.0), (1.6, 1.0), (0.0, 0.0), (-1.6, -1.0)):
        thrusters.turn(radians(missing_deg_s))
        assert thrusters.firing == firing, missing_deg_s


def test_once_on_they_fire_down_to_the_narrow_band() -> None:
    """So they do not chatter at the edge of the wide one."""
    thrusters = Thrusters(SPEC)
    thrusters.turn(radians(2.0))
    for missing_deg_s in (1.4, 1.0, 0.5):
        thrusters.turn(radians(missing_deg_s))
        assert thrusters.firing == 1.0
    thrusters.turn(radians(0.4))
    assert thrusters.firing == 0.0
    thrusters.turn(radians(1.0))
    assert thrusters.firing == 0.0


def test_an_attitude_error_asks_for_a_rate_and_for_no_more_than_eight_degrees_a_second() -> None:
    """Far off: turning at eight is enough; nearer, half the error per second."""
    thrusters = Thrusters(SPEC)
    thrusters.seek(radians(120.0), radians(8.0))
    assert thrusters.firing == 0.0
    thrusters.seek(radians(120.0), radians(6.0))
    assert thrusters.firing == 1.0
    thrusters.rest()
    thrusters.seek(radians(-8.0), radians(-4.0))
    assert thrusters.firing == 0.0
    thrusters.seek(radians(-8.0), 0.0)
    assert thrusters.firing == -1.0


def test_a_second_of_firing_burns_what_its_specific_impulse_says() -> None:
    """604 N at 220 s are 0.28 kg a second; half a pair by the raw law is half of it."""
    thrusters = Thrusters(SPEC)
    for lever in (1.0, -0.5):
        thrusters.push(lever)
        burnt_kg = 0.0
        for _ in range(TICK_HZ):
            moment, burnt = thrusters.step(100.0)
            assert moment == lever * SPEC.moment_nm
            burnt_kg += burnt
        assert burnt_kg == pytest.approx(abs(lever) * SPEC.force_n / (SPEC.isp_s * 9.80665), rel=1e-9)
    assert 0.25 < SPEC.force_n / (SPEC.isp_s * 9.80665) < 0.3


def test_at_rest_they_burn_nothing() -> None:
    """No moment, no propellant."""
    thrusters = Thrusters(SPEC)
    assert thrusters.step(100.0) == (0.0, 0.0)


def test_the_last_propellant_is_all_there_is() -> None:
    """A tick never burns more than is left, and dry thrusters are silent."""
    thrusters = Thrusters(SPEC)
    thrusters.push(1.0)
    moment, burnt = thrusters.step(1e-4)
    assert (moment, burnt) == (SPEC.moment_nm, 1e-4)
    assert thrusters.step(0.0) == (0.0, 0.0)
    assert thrusters.firing == 0.0


def test_a_rigid_body_is_brought_to_rest_within_the_band() -> None:
    """Ten degrees a second on 4,500 kg m2 are gone in a second, for a quarter of a kilogram, and it stays so."""
    thrusters, rate, used_kg, ticks = Thrusters(SPEC), radians(10.0), 0.0, 0
    for tick in range(5 * TICK_HZ):
        thrusters.turn(-rate)
        moment, burnt = thrusters.step(100.0)
        rate += moment / 4500.0 * DT_S
        used_kg += burnt
        ticks = tick + 1 if thrusters.firing else ticks
    assert abs(rate) < radians(SPEC.hold_band_deg_s)
    assert ticks * DT_S == pytest.approx(radians(10.0 - SPEC.hold_band_deg_s) * 4500.0 / SPEC.moment_nm, abs=2 * DT_S)
    assert used_kg == pytest.approx(0.24, abs=0.02)
