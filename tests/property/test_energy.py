"""In calm air nothing but thrust adds energy to what flies: energy.py says which energy, ledger.py how it is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.sim.command import IDLE
from game.sim.flight import Flight
from tests.property.arcs import Arc, arcs, at_three_scales, check
from tests.property.days import CALM_DAYS, CALM_HOVERING, Day
from tests.property.ledger import Ledger

_NOTHING_J = 1e-9


def gains_nothing(arc: Arc) -> None:
    """No tick adds more than was worked in it, to within what ledger.py allows and why."""
    flight, hands = arc.begin()
    ledger = Ledger(flight)
    for events in arc.fly(flight, hands):
        tick = ledger.after(events)
        told = ", ".join(event.name for event in events) or "no event"
        assert tick.beyond_j <= _NOTHING_J, (
            f"{arc.at(flight)}, {told}: {tick.gained_j:.6g} J gained, accounted for: {tick.allowed}"
        )


@at_three_scales(35)
def test_energy_never_grows_without_thrust(examples: int) -> None:
    """From every kind of start, engines and thrusters reckoned exactly."""
    check(examples, arcs(CALM_DAYS, 300), gains_nothing)


@at_three_scales(8)
def test_nor_under_the_sky_crane(examples: int) -> None:
    """On the bridle, on the wheels, flying away: after somebody who can fly has flown for up to 18 seconds."""
    check(examples, arcs(CALM_HOVERING, 250, latest=2200), gains_nothing)


@pytest.mark.parametrize("level", ["course", "parachute", "powered-descent", "sky-crane"])
def test_the_ledger_notices_a_little_that_comes_from_nothing(level: str) -> None:
    """A hundredth of a millimetre a second more in the direction of flight."""
    day = Day(level, changes=(("start.phase", "cruise"), ("start.t_s", -20.0)) if level == "course" else (), calm=True)
    spec = day.spec()
    # With next to no air, or what it takes would hide it.
    flight = Flight(replace(spec, air=replace(spec.air, density_factor=((0.0, 1e-9),))))
    ledger = Ledger(flight)
    body = flight.craft.pushed.body
    for _ in range(20):
        assert ledger.after(flight.step(IDLE)).beyond_j <= _NOTHING_J
    vx, vy = body.velocity
    faster = 1.0 + 1e-5 / body.velocity.length
    body.velocity = (vx * faster, vy * faster)
    flight.craft.pushed.read()
    assert ledger.after(flight.step(IDLE)).beyond_j > 0.0
