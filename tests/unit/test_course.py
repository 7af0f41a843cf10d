"""The course against closed forms, against the flown entry, and against the flight's own gravity."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians, sin, sqrt

import pytest

from game.content.levels import load_level
from game.sim.course import Course
from game.sim.planet import MU_M3_S2, Planet
from game.sim.spec import ArrivalSpec

NINE_HOURS_S = 32_400.0
PLANET = Planet(load_level("sky-crane").site)
ARRIVAL = ArrivalSpec(2519.0, -15.48, 3_522_200.0, -597_450.0)


def course(burn_mps: float = 0.0, **errors: float) -> Course:
    made = Course(ARRIVAL, PLANET, NINE_HOURS_S, **errors)
    made.burn(burn_mps)
    return made


def polar(place: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Angle down-track, distance to the centre, and speeds along and up, relative to the ground."""
    x_m, y_m, vx_mps, vy_mps = place
    angle_rad = atan2(x_m, y_m + PLANET.radius_m)
    along_mps = vx_mps * cos(angle_rad) - vy_mps * sin(angle_rad)
    up_mps = vx_mps * sin(angle_rad) + vy_mps * cos(angle_rad)
    return angle_rad, hypot(x_m, y_m + PLANET.radius_m), along_mps, up_mps


def inertial(place: tuple[float, float, float, float]) -> tuple[float, float]:
    """Energy and angular momentum, each by mass, in axes that do not turn."""
    _, r_m, along_mps, up_mps = polar(place)
    along_mps += PLANET.spin_rad_s * r_m
    return 0.5 * (along_mps**2 + up_mps**2) - MU_M3_S2 / r_m, r_m * along_mps


def test_the_planned_course_is_perseverance_s_at_the_interface() -> None:
    """5,324.7 m/s at -16.1 degrees relative, on the planned place and at the planned time."""
    planned = course()
    assert planned.entry_angle_deg == pytest.approx(-15.48, abs=1e-9)
    assert planned.later_s == pytest.approx(0.0, abs=1e-6)
    assert planned.shift_m == pytest.approx(0.0, abs=1e-3)
    angle_rad, r_m, along_mps, up_mps = polar(planned.pick_up(0.0))
    assert angle_rad * PLANET.radius_m == pytest.approx(ARRIVAL.downrange_m, abs=1e-3)
    assert r_m == pytest.approx(ARRIVAL.interface_radius_m, abs=1e-3)
    assert hypot(along_mps, up_mps) == pytest.approx(5324.7, abs=0.3)
    assert degrees(atan2(up_mps, along_mps)) == pytest.approx(-16.1, abs=0.03)


def test_nine_hours_out_the_planet_is_a_quarter_of_the_moon_s_distance_away() -> None:
    """96,400 km, and the speed far out is nearly all that is left."""
    assert course().away_m == pytest.approx(9.642e7, rel=1e-3)
    energy, momentum = inertial(course().pick_up(NINE_HOURS_S))
    assert energy == pytest.approx(0.5 * ARRIVAL.approach_mps**2, rel=1e-9)
    at_interface_mps = sqrt(ARRIVAL.approach_mps**2 + 2.0 * MU_M3_S2 / ARRIVAL.interface_radius_m)
    assert momentum == pytest.approx(ARRIVAL.interface_radius_m * at_interface_mps * cos(radians(-15.48)), rel=1e-9)


def test_a_metre_a_second_is_a_degree_91_km_and_24_s() -> None:
    """Half of what lies between a burn of 1 m/s outwards and one inwards; outwards is shallower, later, further."""
    out, inwards = course(1.0), course(-1.0)
    assert inwards.entry_angle_deg < ARRIVAL.entry_angle_deg < out.entry_angle_deg
    assert (out.entry_angle_deg - inwards.entry_angle_deg) / 2.0 == pytest.approx(1.06, abs=0.01)
    assert (out.shift_m - inwards.shift_m) / 2.0 == pytest.approx(91_000.0, rel=0.01)
    assert (out.later_s - inwards.later_s) / 2.0 == pytest.approx(24.0, abs=0.5)


def test_a_minute_of_the_thrusters_is_half_a_degree() -> None:
    """Eight of 4.4 N on four tonnes."""
    assert course(60.0 * 0.0087).entry_angle_deg + 15.48 == pytest.approx(0.57, abs=0.015)


@pytest.mark.parametrize("before_s", [NINE_HOURS_S, 60.0, 30.0, 0.0])
@pytest.mark.parametrize("error_deg", [-3.0, -0.2, 0.0, 0.5, 4.0])
def test_an_error_is_one_of_the_angle_alone(before_s: float, error_deg: float) -> None:
    """Wherever we are: the same place, the same speed at the interface, another entry angle there."""
    made = Course(ARRIVAL, PLANET, before_s, error_deg)
    assert made.entry_angle_deg == pytest.approx(ARRIVAL.entry_angle_deg + error_deg, abs=1e-9)
    assert made.away_m == Course(ARRIVAL, PLANET, before_s).away_m
    assert inertial(made.pick_up(0.0))[0] == pytest.approx(0.5 * ARRIVAL.approach_mps**2, rel=1e-9)
    assert polar(made.pick_up(before_s + made.later_s))[1] == pytest.approx(made.away_m, abs=1e-3)
    assert (made.shift_m > 1.0) == (made.later_s > 1e-3) == (error_deg > 0.0 and before_s > 0.0)


def test_a_speed_error_shifts_neither_place_nor_time() -> None:
    """2 m/s more at the interface, and nothing else."""
    fast = course(speed_mps=2.0)
    assert polar(fast.pick_up(0.0))[0] == pytest.approx(polar(course().pick_up(0.0))[0], abs=1e-12)
    assert fast.later_s == pytest.approx(0.0, abs=1e-6)
    energies = inertial(fast.pick_up(0.0))[0], inertial(course().pick_up(0.0))[0]
    assert sqrt(2.0 * energies[0] + 2.0 * MU_M3_S2 / 3_522_200.0) == pytest.approx(
        sqrt(2.0 * energies[1] + 2.0 * MU_M3_S2 / 3_522_200.0) + 2.0, abs=1e-6
    )


def test_a_burn_there_and_back_is_none() -> None:
    """In two hundred steps out and as many back, as the thrusters do it; what was burnt is in the state."""
    made = course()
    start = made.state()
    for dv_mps in [0.002] * 200 + [-0.002] * 200:
        made.burn(dv_mps)
    assert made.entry_angle_deg == pytest.approx(ARRIVAL.entry_angle_deg, abs=1e-6)
    assert made.state() == pytest.approx(start, abs=1e-6)
    made.burn(0.5)
    assert made.state()[0] == pytest.approx(0.5)
    assert made.state() != pytest.approx(start, abs=1e-6)


@pytest.mark.parametrize("burn_mps", [-0.5, 0.0, 0.5])
def test_the_last_minute_is_the_one_that_gravity_flies(burn_mps: float) -> None:
    """The pick-up a minute out, flown on in the turning frame, comes out at the pick-up at the interface."""
    made = course(burn_mps)
    x, y, vx, vy = made.pick_up(60.0)
    dt = 0.01
    for _ in range(6000):  # a leap-frog in its midpoint form is exact enough: the pull hardly changes
        ax, ay = PLANET.gravity(x, y, vx, vy)
        mid_vx, mid_vy = vx + 0.5 * dt * ax, vy + 0.5 * dt * ay
        ax, ay = PLANET.gravity(x + 0.5 * dt * vx, y + 0.5 * dt * vy, mid_vx, mid_vy)
        x, y, vx, vy = x + dt * mid_vx, y + dt * mid_vy, vx + dt * ax, vy + dt * ay
    expected = made.pick_up(0.0)
    assert (x, y) == pytest.approx(expected[:2], abs=0.01)
    assert (vx, vy) == pytest.approx(expected[2:], abs=1e-4)


@pytest.mark.parametrize("hours", [0.0, 0.01, 1.0, 9.0, 100.0])
def test_kepler_s_equation_is_solved_at_any_distance(hours: float) -> None:
    """Energy and angular momentum are the same on all of the way, and so is the time by which it was asked for."""
    made = course(0.3)
    assert inertial(made.pick_up(3600.0 * hours)) == pytest.approx(inertial(made.pick_up(0.0)), rel=1e-9)
    later = Course(ARRIVAL, PLANET, 3600.0 * hours)
    assert polar(later.pick_up(3600.0 * hours))[1] == pytest.approx(later.away_m, rel=1e-12)


def test_a_course_too_shallow_for_the_interface_says_so() -> None:
    """Then everything is reckoned to the lowest point, which is above it."""
    made = course(12.0)
    assert made.misses
    assert made.entry_angle_deg == 0.0
    _, r_m, _, up_mps = polar(made.pick_up(0.0))
    assert r_m > ARRIVAL.interface_radius_m
    assert up_mps == pytest.approx(0.0, abs=1e-3)
    made.burn(-12.0)
    assert not made.misses
    assert made.entry_angle_deg == pytest.approx(ARRIVAL.entry_angle_deg, abs=0.01)


@pytest.mark.parametrize("burn_mps", [-400.0, -200.0, -14.5, 14.5, 200.0, 3000.0])
def test_no_burn_is_too_odd_for_a_number(burn_mps: float) -> None:
    """Straight down, past the other side, or away again: still numbers."""
    made = course(burn_mps)
    assert made.misses == (burn_mps not in (-14.5, -200.0))
    assert all(abs(number) < 1e9 for number in (*made.pick_up(60.0), made.shift_m, made.later_s, *made.state()))


def test_a_speed_that_comes_from_nowhere_is_an_error() -> None:
    """An arrival slower than falling from rest far away was never far away."""
    with pytest.raises(ValueError, match="from far away"):
        course(speed_mps=-1000.0)
