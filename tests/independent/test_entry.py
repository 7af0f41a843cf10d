"""The entry, interface to mortar, against an independent integration of eighth order in other coordinates."""

from __future__ import annotations

import subprocess
import sys
from math import degrees

import pytest

from game.sim.events import EventName
from game.sim.flight import Flight
from game.sim.spec import DT_S
from tests.independent.flown import DEMANDED, cases, flown, integrated, off, spec_of
from tests.independent.given import pieces_at_the_interface, whole

# Reached: 0.032 and 0.0091 per cent at the mortar; it is the flight's step of 1/120 s, and halves with that (below).
HEIGHT = 0.04
SPEED = 0.012
SPEED_ON_THE_WAY = 0.018  # as it brakes hardest


def test_the_capsule_weighs_and_turns_as_its_parts_add_up_to() -> None:
    """Mass exactly; moment of inertia about the common centre within a part in a million."""
    spec = spec_of("calm")
    flight, body = Flight(spec), whole(pieces_at_the_interface(spec.vehicle, spec.start.propellant_kg))
    assert flight.craft.mass_kg == pytest.approx(body.kg, rel=1e-12)
    assert flight.craft.pushed.body.moment == pytest.approx(body.kg_m2, rel=1e-6)


def test_it_begins_where_the_arrival_s_figures_say() -> None:
    """Turned from axes that stand still into those that turn, without the course's hyperbola: to a centimetre."""
    entry, _ = integrated("calm")
    truth = Flight(spec_of("calm")).snapshot()
    r, theta, speed, _ = entry.rover(0.0)
    assert truth.altitude_m == pytest.approx(r - entry.model.zero_m, abs=0.01)
    assert truth.downrange_m == pytest.approx(theta * entry.model.zero_m, abs=0.01)
    assert truth.speed_mps == pytest.approx(speed, abs=1e-5)


@cases
def test_it_is_as_high_and_as_fast_all_the_way_down_to_the_mortar(case: str) -> None:
    """Every twenty seconds and at the mortar itself, far within the 0.2 per cent that are demanded there."""
    flight = flown(case)
    assert max(HEIGHT, SPEED_ON_THE_WAY) < DEMANDED
    for t_s in (t for t in flight.stood if t <= flight.mortar_s):
        at = off(case, t_s)
        assert abs(at.height) < HEIGHT, at
        assert abs(at.speed) < (SPEED if t_s == flight.mortar_s else SPEED_ON_THE_WAY), at


@cases
def test_it_straightens_up_at_the_same_moment(case: str) -> None:
    """475 m/s are reached within a fiftieth of a second."""
    entry, _ = integrated(case)
    assert flown(case).t_s_of(EventName.STRAIGHTEN_UP) == pytest.approx(entry.straighten_s, abs=0.02)


@cases
def test_the_peaks_and_the_heat_are_the_same(case: str) -> None:
    """Load, pressure, heat flux and heat load: within a twentieth of a per cent."""
    entry, _ = integrated(case)
    flight = flown(case).flight
    pushes = [entry.push(60.0 + 0.05 * step) for step in range(800)]
    assert flight.peaks.g == pytest.approx(max(entry.model.load_g(*push) for push in pushes), rel=5e-4)
    assert flight.peaks.dynamic_pressure_pa == pytest.approx(max(push.q_pa for push, _ in pushes), rel=5e-4)
    flux = max(entry.model.heat_w_m2(push) for push, _ in pushes) * 1e-4
    assert flight.peaks.heat_flux_w_cm2 == pytest.approx(flux, rel=5e-4)
    assert flight.arrival is not None
    assert flight.arrival.capsule.heat.load_j_cm2 == pytest.approx(entry.end[6] * 1e-4, rel=5e-4)


@pytest.mark.slow
@cases
def test_it_swings_as_wide_and_in_step(case: str) -> None:
    """The incidence itself, swing by swing, for four minutes: a fiftieth of a degree off until it straightens up.

    Then the trim goes in three steps, each within a tick of its time, and starts wide swings: an eighth of a degree.
    """
    entry, _ = integrated(case)
    flight = flown(case)
    early, late = [], []
    for t_s, incidence in flight.incidence.items():
        if t_s < flight.mortar_s:
            gone = degrees(incidence - entry.push(t_s)[0].incidence_rad)
            (early if t_s < entry.straighten_s else late).append(abs(gone))
    # There is something to see: five degrees of swing in near vacuum, and fifteen in all.
    width = [degrees(incidence) for t_s, incidence in flight.incidence.items() if t_s < 60.0]
    assert max(width) - min(width) > 5.0
    assert max(early) < 0.02
    assert max(late) < 0.125


AT_RATE = """
import sys
import game.sim.spec as spec
spec.TICK_HZ = int(sys.argv[1])
spec.DT_S = 1.0 / spec.TICK_HZ
from tests.independent.flown import flown, off
at = off("calm", flown("calm").mortar_s)
print(at.height, at.speed)
"""


@pytest.mark.slow
def test_what_is_left_is_the_flight_s_step() -> None:
    """At 240 and 480 ticks a second half and a quarter of the difference are left: it goes to nothing with the step."""
    heights, speeds = [], []
    for rate in (120, 240, 480):
        found = subprocess.run(
            [sys.executable, "-c", AT_RATE, str(rate)], capture_output=True, text=True, check=True, timeout=300
        )
        height, speed = (float(word) for word in found.stdout.split())
        heights.append(height)
        speeds.append(speed)
    assert pytest.approx(1.0 / 120.0) == DT_S
    for row in (heights, speeds):
        assert row[1] / row[0] == pytest.approx(0.5, abs=0.05)
        assert row[2] / row[1] == pytest.approx(0.5, abs=0.07)
