"""The capsule's coefficients: which way each force points, and how it swings about its trim."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import cos, degrees, pi, radians, sin, sqrt, tau

import pymunk
import pytest

from game.content.levels import load_level
from game.sim.aerodynamics import Aerodynamics, shield_first
from game.sim.bodies import Mover
from game.sim.snapshot import Pose
from game.sim.spec import DT_S, TICK_HZ

SPEC = load_level("jezero").vehicle.aeroshell
CAPSULE = Aerodynamics(SPEC)
MACHS = (0.3, 0.9, 1.8, 3.0, 7.0, 25.0)


def forces(
    incidence_deg: float, mach: float = 20.0, *, seek_deg: float = 0.0, rate: float = 0.0, shield_on: bool = True
) -> tuple[float, float, float]:
    """Drag, lift and moment at 1,000 Pa."""
    return CAPSULE.forces(
        1000.0, mach, radians(incidence_deg), radians(seek_deg), rate_over_2v=rate, shield_on=shield_on
    )


@pytest.mark.parametrize("shield_on", [True, False])
@pytest.mark.parametrize("mach", MACHS)
def test_drag_is_never_negative_however_it_is_turned(mach: float, shield_on: bool) -> None:
    """All the way round, by the degree: and it changes by little from one degree to the next."""
    drags = [forces(angle, mach, shield_on=shield_on)[0] for angle in range(-180, 181)]
    assert min(drags) > 0.0
    assert max(abs(b - a) for a, b in pairwise(drags)) < 0.02 * max(drags)


@pytest.mark.parametrize("mach", MACHS)
def test_left_and_right_are_alike(mach: float) -> None:
    """Mirrored incidence: the same drag, lift and moment the other way."""
    for angle in range(1, 180):
        drag, lift, moment = forces(angle, mach)
        other_drag, other_lift, other_moment = forces(-angle, mach)
        assert other_drag == drag
        assert other_lift == -lift
        assert other_moment == -moment


def test_lift_up_needs_a_negative_incidence() -> None:
    """A blunt capsule leans its heat shield down to be lifted: 0.24 of the drag at 16 degrees."""
    drag, lift, _ = forces(-16.0)
    assert lift / drag == pytest.approx(0.24, abs=0.002)
    assert forces(16.0)[1] < 0.0
    assert forces(0.0)[1] == 0.0


def test_drag_is_coefficient_times_pressure_times_area() -> None:
    """10.69 g at 14.87 kPa on 3,369 kg is what Perseverance felt: lift included, within a few per cent."""
    drag, lift, _ = CAPSULE.forces(14_870.0, 17.0, radians(-16.0), radians(-16.0), rate_over_2v=0.0, shield_on=True)
    area_m2 = 0.25 * pi * SPEC.diameter_m**2
    assert drag == pytest.approx(14_870.0 * area_m2 * 1.45)
    assert sqrt(drag * drag + lift * lift) / 3_369.0 / 9.80665 == pytest.approx(10.69, rel=0.03)


def test_flown_backwards_the_heat_shield_s_coefficients_are_gone() -> None:
    """They fade between 40 and 120 degrees: no lift, the cone's own drag, and no side on which it would rather stay."""
    assert [shield_first(radians(angle)) for angle in (0.0, 40.0, 120.0, 180.0)] == [1.0, 1.0, 0.0, 0.0]
    shares = [shield_first(radians(angle)) for angle in range(181)]
    assert shares == sorted(shares, reverse=True)
    drag, lift, moment = forces(180.0)
    assert drag == pytest.approx(1000.0 * CAPSULE.area_m2 * SPEC.backward_drag)
    assert lift == pytest.approx(0.0, abs=1e-6)
    assert moment == pytest.approx(0.0, abs=1e-6)
    assert abs(forces(150.0)[1]) < 1e-6


@pytest.mark.parametrize("incidence_deg", [5.0, 60.0, 100.0, 150.0, 179.0])
def test_the_air_turns_the_heat_shield_forward_from_anywhere(incidence_deg: float) -> None:
    """Back towards trim, the shorter way round; weaker backwards."""
    assert forces(incidence_deg)[2] < 0.0 < forces(-incidence_deg)[2]
    assert abs(forces(150.0)[2]) < abs(forces(30.0)[2])


def test_turning_is_damped_at_every_mach_number() -> None:
    """Least near Mach 2 to 3."""
    moments = [forces(0.0, mach, rate=1e-3)[2] for mach in MACHS]
    assert max(moments) < 0.0
    assert abs(forces(0.0, 2.5, rate=1e-3)[2]) < 0.5 * abs(forces(0.0, 8.0, rate=1e-3)[2])


def test_without_its_heat_shield_it_is_an_open_cone() -> None:
    """0.88 on the same area, what fits the descent under the canopy."""
    assert forces(0.0, 0.4, shield_on=False)[0] == pytest.approx(1000.0 * CAPSULE.area_m2 * 0.88)


def test_a_dispersed_capsule_differs_by_its_factors() -> None:
    """Drag by the one, lift over drag by the other."""
    drag, lift, _ = Aerodynamics(SPEC, 1.1, 0.9).forces(1e3, 20.0, -0.2, -0.2, rate_over_2v=0.0, shield_on=True)
    plain_drag, plain_lift, _ = CAPSULE.forces(1e3, 20.0, -0.2, -0.2, rate_over_2v=0.0, shield_on=True)
    assert drag == pytest.approx(1.1 * plain_drag)
    assert lift / drag == pytest.approx(0.9 * plain_lift / plain_drag)


@pytest.mark.parametrize("trim_deg", [0.0, -16.0])
@pytest.mark.parametrize("q_pa", [500.0, 14_000.0])
def test_an_undamped_capsule_swings_as_its_stability_says(q_pa: float, trim_deg: float) -> None:
    """About its trim with sqrt(q S D C / I), 0.77 Hz at the peak of pressure, and as wide after a minute as before."""
    inertia, swing_rad, trim_rad = 4500.0, radians(4.0), radians(trim_deg)
    capsule = Aerodynamics(replace(SPEC, pitch_damping=((1.0, 0.0),)))
    space = pymunk.Space()
    mover = Mover(3_369.0, inertia, Pose(0.0, 0.0, trim_rad + swing_rad, 0.0, 0.0, 0.0))
    space.add(mover.body)
    crossings, peaks, last = [], [0.0], swing_rad
    for tick in range(60 * TICK_HZ):
        _, _, moment = capsule.forces(q_pa, 20.0, mover.pangle, trim_rad, rate_over_2v=mover.omega, shield_on=True)
        mover.push(0.0, 0.0, moment)
        space.step(DT_S)
        mover.read()
        off = mover.angle - trim_rad
        peaks[-1] = max(peaks[-1], abs(off))
        if last < 0.0 <= off:
            crossings.append(tick * DT_S)
            peaks.append(0.0)
        last = off
    frequency_hz = (len(crossings) - 1) / (crossings[-1] - crossings[0])
    expected_hz = sqrt(q_pa * capsule.area_m2 * SPEC.diameter_m * SPEC.stability / inertia) / tau
    assert frequency_hz == pytest.approx(expected_hz, rel=0.02)
    assert peaks[-2] == pytest.approx(swing_rad, rel=0.02)
    if q_pa > 1e4:
        assert frequency_hz == pytest.approx(0.77, rel=0.1)


def test_trim_is_sixteen_degrees_and_gone_when_it_flies_slowly() -> None:
    """16 hypersonic, 20 near Mach 3, nothing below Mach 0.8."""
    assert [round(degrees(CAPSULE.trim_rad(mach))) for mach in (25.0, 3.0, 0.8)] == [16, 20, 0]


def test_force_and_lift_agree_with_the_blunt_body_s_axis() -> None:
    """What leans is the axial force: at small incidence lift over drag is about minus the sine of it."""
    drag, lift, _ = forces(-10.0)
    assert -lift / drag == pytest.approx(SPEC.lift_slope * sin(radians(-10.0)))
    assert cos(radians(10.0)) > lift / drag > 0.0
