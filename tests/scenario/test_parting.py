"""Separations lose nothing: mass, momentum and turning are the same before and after."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from game.pilots.pilot import Helm
from game.sim.bodies import Mover
from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.snapshot import Part
from tests.scenario.world import HandOnTop, fly, fly_until, world


def sums(movers: Iterable[Mover]) -> tuple[float, float, float, float]:
    """Mass, momentum along and up, and turning about the frame's origin."""
    mass = along = up = turning = 0.0
    for mover in movers:
        body = mover.body
        mass += body.mass
        along += body.mass * body.velocity.x
        up += body.mass * body.velocity.y
        turning += body.moment * body.angular_velocity
        turning += body.mass * (body.position.x * body.velocity.y - body.position.y * body.velocity.x)
    return mass, along, up, turning


def movers_of(flight: Flight) -> list[Mover]:
    rover = flight.craft.rover
    return [flight.craft.pushed] + ([rover.chassis, rover.bogie] if rover else [])


def just_before_release() -> Flight:
    """Hovering, leaning and drifting a little, a moment before the rover is let go."""
    flight = Flight(world(start__tilt_deg=3.0, start__speed_along_mps=1.1), 5)
    helm = Helm(HandOnTop())
    for _ in range(110):
        flight.step(helm.command(flight))
    return flight


def test_the_release_conserves_mass_and_momentum() -> None:
    """One body becomes three; the sums do not notice."""
    flight = just_before_release()
    before = sums(movers_of(flight))
    flight.craft.release()
    after = sums(movers_of(flight))
    assert after == pytest.approx(before, rel=1e-9)


def test_the_parts_stay_where_they_were_at_the_release() -> None:
    """No part jumps: poses of rover, bogie and stage are the same just before and just after."""
    flight = just_before_release()
    before = flight.craft.parts()
    flight.craft.release()
    after = flight.craft.parts()
    for part in (Part.ROVER, Part.BOGIE, Part.DESCENT_STAGE):
        assert after[part].x_m == pytest.approx(before[part].x_m, abs=1e-9)
        assert after[part].y_m == pytest.approx(before[part].y_m, abs=1e-9)
        assert after[part].angle_rad == pytest.approx(before[part].angle_rad, abs=1e-9)


def test_the_cut_conserves_mass_and_momentum() -> None:
    """Cutting takes the cords away and nothing else."""
    flight = fly_until(world(), EventName.TOUCHDOWN)
    before = sums(movers_of(flight))
    flight.craft.cut()
    assert sums(movers_of(flight)) == before


def test_the_bridle_pulls_both_ends_alike() -> None:
    """Force and counter-force: what the stage gains in momentum the rover loses."""
    flight = fly_until(world(), EventName.BRIDLE_FULL)
    craft = flight.craft
    assert craft.bridle is not None
    assert craft.rover is not None
    rover = craft.rover
    fx, fy, stage_torque, rover_torque = craft.bridle.pull(
        craft.pushed, rover.chassis, rover.centre_x_m, rover.centre_y_m
    )
    # Torques about the frame's origin must cancel as well, or the pair would turn by itself.
    about_origin = (
        craft.pushed.px * fy - craft.pushed.py * fx + stage_torque - rover.chassis.px * fy + rover.chassis.py * fx
    )
    assert about_origin + rover_torque == pytest.approx(0.0, abs=1e-6 * abs(fy))


def test_the_bridle_is_paid_out_in_about_five_and_a_half_seconds() -> None:
    """7.5 m with the brake at the end."""
    flown = fly(world())
    paid_s = flown.first(EventName.BRIDLE_FULL).t_s - flown.first(EventName.ROVER_RELEASE).t_s
    assert 5.0 < paid_s < 6.0


@pytest.mark.parametrize("seed", [0, 3])
def test_the_bridle_stretches_less_than_one_per_cent(seed: int) -> None:
    """From release to touchdown, its brake and the swing included."""
    flight = Flight(world(), seed)
    helm = Helm(HandOnTop())
    stretch = 0.0
    while flight.landing.referee.first_tick is None:
        helm.hear(flight.step(helm.command(flight)))
        if flight.craft.bridle:
            stretch = max(stretch, flight.craft.bridle.stretch)
    assert 0.001 < stretch < 0.01


def test_the_wheels_come_down_in_their_own_time() -> None:
    """Rockers after 0.7 s, bogies after 6.0 s, each with its swing; not before."""
    flown = fly(world())
    ready_s = flown.first(EventName.WHEELS_READY).t_s - flown.first(EventName.ROVER_RELEASE).t_s
    assert ready_s == pytest.approx(6.8, abs=0.05)
