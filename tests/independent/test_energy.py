"""The flight's energy, from both sides: kept without air, taken by the drag with it, never gained without thrust.

"Energy" is Jacobi's: of a body in the turning frame, with gravity and the centrifugal pull as potentials.
"""

from __future__ import annotations

from math import atan2, cos, hypot, sin

import pytest

from game.content.modes import Mode
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Part
from game.sim.spec import DT_S, TICK_HZ
from tests.independent.entry import Model
from tests.independent.flown import spec_of
from tests.independent.given import MU_M3_S2
from tests.scenario.world import world

AIRLESS = {"air__density_factor": ((0.0, 1e-15),)}


def jacobi(model: Model, x: float, y: float, vx: float, vy: float) -> float:
    """Per kilogram, in J."""
    r = hypot(x, y + model.zero_m)
    return 0.5 * (vx * vx + vy * vy) - MU_M3_S2 / r - 0.5 * (model.spin * r) ** 2


def in_step(flight: Flight) -> tuple[float, float, float, float]:
    """Where the capsule is when it has the speed that it tells, and that speed.

    The engine moves places by the speed of before the step: read as a leapfrog, they are half a tick behind.
    """
    body = flight.craft.pushed
    return body.x + 0.5 * DT_S * body.vx, body.y + 0.5 * DT_S * body.vy, body.vx, body.vy


def airless(entry_angle_deg: float) -> Flight:
    return Flight(
        world(
            "jezero", Mode.RAW, **AIRLESS, start__phase=Phase.APPROACH, start__t_s=-20.0,
            start__arrival__entry_angle_deg=entry_angle_deg, start__arrival__angle_error_deg=0.0,
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entry_angle_deg", "lost"), [pytest.param(-10.0, 2.17e-7, id="past"), pytest.param(-15.48, 7.0e-8, id="down")]
)
def test_without_air_it_keeps_its_energy_but_for_what_coriolis_takes(entry_angle_deg: float, lost: float) -> None:
    """Past the planet in six minutes it loses 2.2e-7 of its kinetic energy, straight down 0.7e-7; it never gains.

    The Coriolis force is taken by the speed of before the step, so that it does a little work, which it should not:
    w x step x (v x a) each second. That is all of the loss, within two per cent.
    """
    flight = airless(entry_angle_deg)
    model = Model(flight.spec)
    start = in_step(flight)
    before = energy = jacobi(model, *start)
    kinetic = 0.5 * (start[2] ** 2 + start[3] ** 2)
    coriolis, most = 0.0, 0.0
    while not flight.decided:
        x, y, vx, vy = in_step(flight)
        r = hypot(x, y + model.zero_m)
        pull = MU_M3_S2 / r**2 - model.spin**2 * r
        gx, gy = -pull * x / r - 2.0 * model.spin * vy, -pull * (y + model.zero_m) / r + 2.0 * model.spin * vx
        coriolis += model.spin * DT_S * (vx * gy - vy * gx) * DT_S
        flight.step(Command())
        if not flight.decided:
            energy = jacobi(model, *in_step(flight))
            most = max(most, energy - before)
    assert flight.t_s > 100.0
    assert most < 1e-10 * kinetic
    assert before - energy == pytest.approx(lost * kinetic, rel=0.05)
    assert before - energy == pytest.approx(-coriolis, rel=0.02)


@pytest.mark.parametrize("case", ["calm", pytest.param("steeper", marks=pytest.mark.slow)])
def test_what_it_loses_in_still_air_is_the_work_of_the_drag(case: str) -> None:
    """Fourteen megajoules a kilogram down to Mach 2, and 1.5 parts in ten thousand more than the drag has worked.

    More, not less: the flight takes its drag by the speed of before the step, which was a little higher. The work is
    reckoned along the way by this directory's own forces. No single tick gains energy.
    """
    flight = Flight(spec_of(case))
    model = Model(flight.spec)
    before = last = jacobi(model, *in_step(flight))
    work = last_power = 0.0
    rise = -1e9
    while flight.t_s < 230.0:
        x, y, vx, vy = in_step(flight)
        theta, r = atan2(x, y + model.zero_m), hypot(x, y + model.zero_m)
        along, up = vx * cos(theta) - vy * sin(theta), vx * sin(theta) + vy * cos(theta)
        body = flight.craft.pushed
        push = model.push(r, theta, along, up, body.angle + 0.5 * DT_S * body.omega, body.omega, 1.0)
        power = (push.along_n * along + push.up_n * up) / flight.craft.mass_kg
        if flight.tick:
            work += 0.5 * (power + last_power) * DT_S
        last_power = power
        energy = jacobi(model, x, y, vx, vy)
        if flight.tick:
            rise = max(rise, energy - last)
        last = energy
        flight.step(Command())
    assert work < -1.4e7
    assert 1.4e-4 < (last - before) / work - 1.0 < 1.65e-4
    assert rise < 0.0


def test_capsule_and_canopy_together_never_gain_energy() -> None:
    """From the stretched lines down to a kilometre, in still air: falling, swinging and turning, all of it."""
    spec = world("parachute", Mode.RAW, air__wind=((0.0, 0.0),), goal__ends_at=None, goal__figures=())
    flight, model = Flight(spec), Model(spec)
    energies: list[float] = []
    mortar = shield = False
    while flight.craft.height_m > 1_000.0:
        action = (not mortar and flight.t_s >= 240.0) or (mortar and not shield and flight.t_s >= 262.0)
        mortar, shield = mortar or action, shield or (mortar and action)
        events = flight.step(Command(action=action))
        if any(event.name is EventName.HEAT_SHIELD_SEPARATION for event in events):
            energies.clear()  # springs
        if flight.tick % (TICK_HZ // 4) == 0:
            parts, body = flight.snapshot().parts, flight.craft.pushed
            canopy = parts.get(Part.PARACHUTE)
            if canopy is None:
                continue
            kg = spec.vehicle.parachute.mass_kg
            energy = flight.craft.mass_kg * jacobi(model, *in_step(flight)) + 0.5 * body.body.moment * body.omega**2
            x, y = canopy.x_m + 0.5 * DT_S * canopy.vx_mps, canopy.y_m + 0.5 * DT_S * canopy.vy_mps
            energy += kg * jacobi(model, x, y, canopy.vx_mps, canopy.vy_mps)
            assert not energies or energy < energies[-1], flight.t_s
            energies.append(energy)
    assert len(energies) > 200
