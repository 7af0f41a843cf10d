"""A craft without a terrain camera: it offers no marks, and comes down where it is, clear of its backshell."""

from __future__ import annotations

import pytest

from game.cues.hud import hud_model
from game.cues.signs import Cue
from game.cues.windows import CheckName
from game.sim.command import Command
from game.sim.events import EventName
from game.sim.snapshot import Outcome, Part
from tests.scenario.world import Flown, fly, fly_until, world

BLIND = {"vehicle__radar__camera_lock_m": 0.0}
OFF = {"vehicle__radar__inertial_position_error_m": 60.0}  # of what it believes of its place


def landed(seed: int, **changes: object) -> Flown:
    flown = fly(world("powered-descent", **BLIND, **changes), seed=seed)
    assert flown.flight.outcome is Outcome.LANDED, (flown.flight.reason, flown.flight.reason_figures)
    return flown


@pytest.mark.parametrize("wind_mps", [-6.0, 0.0, 9.0])
def test_it_lands_beside_its_backshell_whichever_way_the_wind_carries_that(wind_mps: float) -> None:
    """On the only mark there is, far from the backshell, and no camera locks."""
    flown = landed(0, air__wind=((0.0, wind_mps),))
    flight = flown.flight
    assert EventName.TERRAIN_LOCK not in flown.names()
    (mark,) = flight.marks
    assert flight.parts_down[Part.ROVER] == pytest.approx(mark.downrange_m, abs=10.0)
    assert abs(flight.parts_down[Part.BACKSHELL] - flight.parts_down[Part.ROVER]) > 200.0


def test_what_it_believes_of_its_place_moves_neither_the_mark_nor_the_landing() -> None:
    """It goes by what it sees below it: an inertial unit that is off lands on the same mark as one that is right."""
    right, off = landed(4, vehicle__radar__inertial_position_error_m=0.0), landed(4, **OFF)
    places = [flown.flight.parts_down[Part.ROVER] for flown in (right, off)]
    assert [flown.flight.marks[0] for flown in (right, off)] == [right.flight.marks[0]] * 2
    assert places[1] == pytest.approx(places[0], abs=5.0)
    believed = fly_until(world("powered-descent", **BLIND, **OFF), EventName.ENGINE_START, seed=4)
    nav, truth = believed.nav(), believed.snapshot()
    assert abs(nav.x_m - truth.parts[Part.ROVER].x_m) > 5.0
    assert nav.mark_m - nav.x_m == pytest.approx(truth.mark_m - truth.parts[Part.ROVER].x_m, abs=1e-6)


def test_no_mark_can_be_chosen() -> None:
    """Q and E do nothing, and nothing is offered."""
    flown = fly(
        world("powered-descent", **BLIND),
        lambda nav, auto: Command(auto.tilt, auto.throttle, auto.reel, 1, auto.action),
    )
    assert EventName.MARK_CHOSEN not in flown.names()
    assert flown.flight.nav().marks == ()


def test_nobody_waits_for_a_camera_that_is_not_there() -> None:
    """Under the parachute the list of what is still to come leaves it out, and the words speak of what comes next."""
    flight = fly_until(world("gale"), EventName.RADAR_LOCK)
    hud = hud_model(flight.nav())
    assert [check.name for check in hud.checks] == [CheckName.CANOPY, CheckName.SHIELD_OFF, CheckName.RADAR]
    assert all(check.ok for check in hud.checks)
    assert hud.say.cue is Cue.STAY
