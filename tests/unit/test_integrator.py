"""What we rely on in the engine's integrator: forces at the predicted pose keep every swing as wide as it was."""

from __future__ import annotations

from dataclasses import replace
from math import cos, sin, tau

import pymunk
import pytest

from game.content.levels import load_level
from game.sim import bodies
from game.sim.bodies import Access, Mover, Wire, by_properties, from_underneath
from game.sim.bridle import Bridle
from game.sim.snapshot import Pose
from game.sim.spec import DT_S, TICK_HZ


def amplitudes(frequency_hz: float, seconds: int) -> list[float]:
    """Largest deflection in each second of an undamped torsion swing started at one radian."""
    space = pymunk.Space()
    mover = Mover(1.0, 1.0, Pose(0.0, 0.0, 1.0, 0.0, 0.0, 0.0))
    space.add(mover.body)
    stiffness = (tau * frequency_hz) ** 2
    peaks = []
    for _ in range(seconds):
        peak = 0.0
        for _ in range(TICK_HZ):
            mover.push(0.0, 0.0, -stiffness * mover.pangle)
            space.step(DT_S)
            mover.read()
            peak = max(peak, abs(mover.angle))
        peaks.append(peak)
    return peaks


@pytest.mark.parametrize("frequency_hz", [0.85, 1.25])
def test_an_undamped_swing_keeps_its_amplitude(frequency_hz: float) -> None:
    """Within one per cent over thirty seconds; a force read from the old pose would pump it many times over."""
    peaks = amplitudes(frequency_hz, 30)
    assert peaks[-1] == pytest.approx(peaks[0], rel=0.01)
    assert max(peaks) / min(peaks) < 1.01


def test_a_force_from_the_old_pose_would_pump_the_same_swing() -> None:
    """The trap that the predicted pose avoids is real: without it the swing grows."""
    space = pymunk.Space()
    mover = Mover(1.0, 1.0, Pose(0.0, 0.0, 1.0, 0.0, 0.0, 0.0))
    space.add(mover.body)
    peak = 0.0
    for tick in range(10 * TICK_HZ):
        mover.push(0.0, 0.0, -((tau * 1.25) ** 2) * mover.angle)
        space.step(DT_S)
        mover.read()
        peak = max(peak, abs(mover.angle)) if tick > 9 * TICK_HZ else peak
    assert peak > 5.0


def test_a_body_in_free_fall_falls_as_galileo_says() -> None:
    """Ten seconds at 3.71 m/s2: speed exact, way within the half tick that a first-order step is worth."""
    space = pymunk.Space()
    mover = Mover(2.0, 1.0, Pose(0.0, 0.0, 0.0, 3.0, 0.0, 0.0))
    space.add(mover.body)
    for _ in range(10 * TICK_HZ):
        mover.push(0.0, -2.0 * 3.71, 0.0)
        space.step(DT_S)
        mover.read()
    assert mover.vy == pytest.approx(-37.1, rel=1e-9)
    assert mover.y == pytest.approx(-0.5 * 3.71 * 100.0, abs=0.5 * 37.1 * DT_S + 1e-6)
    assert mover.x == pytest.approx(30.0, rel=1e-9)


def test_the_rover_swings_on_its_bridle_with_the_pendulum_s_period_and_amplitude() -> None:
    """By parallel cords from a stage that does not move it swings without turning: 2 pi sqrt(L / g), for a minute."""
    spec = replace(load_level("sky-crane").vehicle.bridle, cords_m=((0.5, 0.5), (-0.5, -0.5)))
    gravity_mps2, rover_kg, gap_m = 3.71, 1026.0, 0.45
    hang_m = gap_m + spec.length_m + gravity_mps2 * rover_kg / spec.stiffness_n_m
    space = pymunk.Space()
    stage = Mover(1e12, 1e12, Pose(0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    x_m = hang_m * sin(0.05)
    low = Pose(x_m, spec.stage_y_m - hang_m * cos(0.05) - spec.rover_y_m, 0.0, 0.0, 0.0, 0.0)
    rover = Mover(rover_kg, 950.0, low)
    space.add(stage.body, rover.body)
    bridle = Bridle(spec, gap_m, 1e12, rover_kg, 0.0)
    bridle.paid_m, bridle.full = spec.length_m, True
    crossings, widest, last = [], [], rover.x
    for tick in range(60 * TICK_HZ):
        fx, fy, _, torque = bridle.pull(stage, rover, 0.0, 0.0)
        stage.push(0.0, 0.0, 0.0)
        rover.push(-fx, -fy - rover_kg * gravity_mps2, torque)
        space.step(DT_S)
        rover.read()
        if last < 0.0 <= rover.x:
            crossings.append(tick * DT_S)
            widest.append(0.0)
        if widest:
            widest[-1] = max(widest[-1], rover.x)
        last = rover.x
    period_s = (crossings[-1] - crossings[0]) / (len(crossings) - 1)
    assert period_s == pytest.approx(tau * (hang_m / gravity_mps2) ** 0.5, rel=0.005)
    assert widest[-2] == pytest.approx(x_m, rel=0.01)


def swing(access: Access) -> list[float]:
    """Two bodies on a slide joint, one of them pushed about: their states after every tenth step."""
    space = pymunk.Space()
    high, low = (
        Mover(mass_kg, 2.0, Pose(0.0, y_m, 0.3, 4.0, -5.0, 0.7)).body for mass_kg, y_m in ((3.0, 5.0), (1.0, 0.0))
    )
    space.add(high, low, pymunk.SlideJoint(high, low, (0.5, 0.0), (0.0, 0.5), 0.0, 4.0))
    wires = access.wire(high), access.wire(low)
    states: list[float] = []
    for tick in range(200):
        wires[0].push(3.0 - 0.1 * tick, -2.0, 0.5)
        access.step(space, DT_S)
        if tick % 10 == 0:
            states += [number for wire in wires for number in wire.read()]
    return states


def test_the_fast_way_to_the_engine_is_that_of_its_properties() -> None:
    """Both fly alike to the last bit, so that a pymunk without the one flies the same flight by the other."""
    assert swing(from_underneath()) == swing(by_properties())


def test_the_fast_way_is_in_use() -> None:
    """This pymunk is as we know it: nobody pays for the properties unawares."""
    assert from_underneath().wire.__qualname__.startswith("_batched")


@pytest.mark.parametrize("error", [ImportError, AttributeError, OverflowError, RuntimeError])
def test_an_engine_that_is_not_as_we_know_it_is_asked_by_its_properties(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong underneath; and when it answers with other numbers than it should."""

    def broken() -> Access:
        raise error

    monkeypatch.setattr(bodies, "_batched", broken)
    assert from_underneath().wire.__qualname__.startswith("by_properties")
    wrong = by_properties()
    lies = Access(lambda body: Wire(lambda: (0.0,) * 6, wrong.wire(body).push), wrong.step)
    monkeypatch.setattr(bodies, "_batched", lambda: lies)
    assert from_underneath().wire.__qualname__.startswith("by_properties")
