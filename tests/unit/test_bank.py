"""The bank: the lift follows the lever through a roll that can only be so quick."""

from __future__ import annotations

from itertools import pairwise
from math import acos, cos, degrees, radians, sqrt

import pytest

from game.content.levels import load_level
from game.sim.bank import Bank
from game.sim.spec import DT_S, TICK_HZ

SPEC = load_level("jezero").vehicle.aeroshell


def roll(start: float, *wanted: tuple[float, float]) -> list[float]:
    """Bank angles in degrees, tick by tick, for lifts that are each wanted for so many seconds."""
    bank = Bank(SPEC, start)
    angles = [degrees(bank.state()[0])]
    for lift, seconds in wanted:
        bank.want(lift)
        for _ in range(round(seconds * TICK_HZ)):
            bank.step()
            angles.append(degrees(bank.state()[0]))
            assert bank.lift == pytest.approx(cos(radians(angles[-1])))
    return angles


@pytest.mark.parametrize(
    "wanted",
    [((-1.0, 20.0),), ((-1.0, 3.0), (1.0, 20.0)), ((0.3, 1.0), (0.9, 0.5), (-0.8, 15.0)), ((0.63, 5.0),)],
)
def test_it_never_rolls_quicker_than_it_can(wanted: tuple[tuple[float, float], ...]) -> None:
    """At most 20 degrees a second and 5 degrees a second squared, reversals included; it never overshoots 0..180."""
    angles = roll(0.62, *wanted)
    rates = [(b - a) / DT_S for a, b in pairwise(angles)]
    accelerations = [(b - a) / DT_S for a, b in pairwise(rates)]
    assert max(map(abs, rates)) <= SPEC.bank_rate_deg_s + 1e-6
    # The last tick of a roll snaps the remaining fraction of a tick's change in rate.
    assert max(map(abs, accelerations)) <= SPEC.bank_accel_deg_s2 + 0.05 * SPEC.bank_accel_deg_s2
    assert min(angles) >= -1e-4
    assert max(angles) <= 180.0 + 1e-4


def test_a_small_roll_takes_the_time_of_speeding_up_and_braking() -> None:
    """Bang and bang: twice the root of the way over the acceleration."""
    way = degrees(acos(0.0) - acos(0.62))
    angles = roll(0.62, (0.0, 20.0))
    done_s = next(tick for tick, angle in enumerate(angles) if abs(angle - 90.0) < 1e-6) * DT_S
    assert done_s == pytest.approx(2.0 * sqrt(way / SPEC.bank_accel_deg_s2), abs=0.1)


def test_a_full_roll_takes_thirteen_seconds() -> None:
    """From lift up to lift down: four seconds up to 20 degrees a second, four of braking, five between."""
    angles = roll(1.0, (-1.0, 20.0))
    done_s = next(tick for tick, angle in enumerate(angles) if abs(angle - 180.0) < 1e-6) * DT_S
    assert done_s == pytest.approx(13.0, abs=0.1)


def test_it_arrives_and_stays() -> None:
    """Exactly where it is wanted, at rest."""
    bank = Bank(SPEC, 0.62)
    bank.want(0.25)
    for _ in range(20 * TICK_HZ):
        bank.step()
    assert bank.lift == pytest.approx(0.25, abs=1e-12)
    assert bank.state()[1] == 0.0
    before = bank.state()
    bank.step()
    assert bank.state() == before
