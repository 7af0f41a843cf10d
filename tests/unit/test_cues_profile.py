"""The profile: what a good pilot aims at, held against the arithmetic of constant braking."""

from __future__ import annotations

from itertools import pairwise

import pytest

from game.cues.profile import (
    CRANE_HEIGHT_M,
    FAST_BRAKE_MPS2,
    SLOW_BRAKE_MPS2,
    along_aim_mps,
    descent_aim_mps,
    descent_brake_mps2,
    fall_distance_m,
    hover_s,
    latest_burn_height_m,
    stopping_mps2,
    time_to_burn_s,
)


@pytest.mark.parametrize(
    ("height_m", "speed_mps", "within"),
    [(2103.0, 83.0, 1.5), (250.0, 32.0, 0.1), (190.0, 32.0, 0.1), (21.0, 0.75, 0.001), (5.0, 0.75, 0.001)],
)
def test_the_profile_passes_the_flown_waypoints(height_m: float, speed_mps: float, within: float) -> None:
    """As flown: 83 m/s at ignition, a steady 32 m/s at 0.25 km, 0.75 m/s at 21 m (mission figures).

    From 0.19 km on the aim is for hands and slower than flown, where 32 m/s were held down to 0.12 km.
    """
    assert descent_aim_mps(height_m) == pytest.approx(speed_mps, abs=within)


def test_the_profile_has_no_step_and_never_asks_more_braking_than_it_says() -> None:
    """Between neighbouring heights the squared speeds differ by no more than 2 a dh of the strongest braking."""
    heights = [21.0 + 0.25 * step for step in range(8800)]
    for low, high in pairwise(heights):
        slow, fast = descent_aim_mps(low), descent_aim_mps(high)
        assert slow <= fast + 1e-9
        assert (fast**2 - slow**2) / (2.0 * (high - low)) <= FAST_BRAKE_MPS2 + 1e-6


def test_the_last_brake_eases_off_slowly_enough_for_hands() -> None:
    """In the last metres the braking that is asked fades over more than a second and a half, far more than the
    reaction and the look (0.65 s) by which hands are late."""
    height_m, dt = 60.0, 0.01
    asked = []
    while height_m > CRANE_HEIGHT_M + 0.05:
        speed = descent_aim_mps(height_m)
        asked.append(descent_brake_mps2(height_m, speed))
        height_m -= speed * dt
    fading = [brake for brake in asked if brake < 0.9 * FAST_BRAKE_MPS2]
    to_a_third = [brake for brake in fading if brake > 0.33 * FAST_BRAKE_MPS2]
    assert len(to_a_third) * dt > 1.5


@pytest.mark.parametrize("height_m", [22.0, 40.0, 100.0, 180.0, 251.0, 1500.0])
def test_the_braking_of_the_profile_is_its_slope(height_m: float) -> None:
    """v dv/dh of the aim, by differences, is what descent_brake gives for a craft on the profile."""
    step_m = 1e-4
    aim = descent_aim_mps(height_m)
    slope = (descent_aim_mps(height_m + step_m) - descent_aim_mps(height_m - step_m)) / (2.0 * step_m)
    assert descent_brake_mps2(height_m, aim) == pytest.approx(aim * slope, abs=1e-3)


def test_the_braking_asked_of_a_craft_that_hovers_is_nothing() -> None:
    """A craft that has stopped too high is not held there by the cue: it is let down."""
    assert descent_brake_mps2(23.0, 0.0) == 0.0
    assert descent_brake_mps2(1500.0, 80.0) == pytest.approx(SLOW_BRAKE_MPS2, rel=0.2)


def test_the_speed_along_the_ground_can_be_braked_to_the_mark() -> None:
    """Symmetric, nothing at the mark, and never more braking than 0.5 m/s2 from one metre to the next."""
    for metre in range(600):
        near, far = along_aim_mps(float(metre)), along_aim_mps(metre + 1.0)
        assert along_aim_mps(-float(metre)) == -near
        assert 0.0 <= near <= far
        assert (far**2 - near**2) / 2.0 <= 0.5 + 1e-9 + 0.5 / 36.0


def test_the_latest_burn_stops_at_the_height_of_the_sky_crane() -> None:
    """From the latest height, full thrust less gravity flies the craft down to 0.75 m/s at 21 m, step by step."""
    brake = stopping_mps2(22_000.0, 2190.0, 3.71)
    height, speed, dt = latest_burn_height_m(80.0, brake), 80.0, 1e-3
    while speed > 0.75:
        height -= speed * dt
        speed -= brake * dt
    assert height == pytest.approx(CRANE_HEIGHT_M, abs=0.1)


def test_the_time_to_the_burn_is_when_the_fall_reaches_its_height() -> None:
    """A fall stepped forward with nothing done meets the rising burn height when the cue had said."""
    brake, fall, speed, height = 6.5, 2.3, 60.0, 1500.0
    said = time_to_burn_s(height - latest_burn_height_m(speed, brake), speed, fall, brake)
    time, dt = 0.0, 1e-3
    while height > latest_burn_height_m(speed, brake):
        height -= speed * dt
        speed += fall * dt
        time += dt
    assert said == pytest.approx(time, abs=0.02)
    assert time_to_burn_s(-10.0, 20.0, fall, brake) == pytest.approx(-0.5)


def test_hover_time_falls_to_nothing_with_the_propellant() -> None:
    """The rocket equation at one gravity: nothing left, no seconds; twice the gravity, half of them."""
    assert hover_s(1900.0, 0.0, 3.71) == 0.0
    assert hover_s(2190.0, 387.0, 7.42) == pytest.approx(0.5 * hover_s(2190.0, 387.0, 3.71))


def test_a_thrown_stage_falls_where_a_parabola_does() -> None:
    """From 45 m at 15 m/s along and 15 m/s up on 3.71 m/s2, by the school formula."""
    seconds = (15.0 + (15.0**2 + 2.0 * 3.71 * 45.0) ** 0.5) / 3.71
    assert fall_distance_m(45.0, 15.0, 15.0, 3.71) == pytest.approx(15.0 * seconds)
    assert fall_distance_m(0.0, 15.0, -3.0, 3.71) == 0.0
