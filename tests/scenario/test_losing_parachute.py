"""Every way to lose between the mortar and the backshell, flown into; beside each one who just got by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.sim.command import Command
from game.sim.events import EventName, Reason
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav, Outcome, Part
from game.sim.spec import FlightSpec
from tests.scenario.hands import arrive, ticks_of
from tests.scenario.test_losing import lost
from tests.scenario.world import Flown, Hand, world


def figures(flown: Flown) -> dict[str, float]:
    return dict(flown.flight.reason_figures)


def fire_at_once(nav: Nav, auto: Command) -> Command:
    return Command(action=True) if nav.phase is Phase.ENTRY else auto


def fire_below(height_m: float) -> Hand:
    def hand(nav: Nav, auto: Command) -> Command:
        return Command(action=nav.height_m < height_m) if nav.phase is Phase.ENTRY else auto

    return hand


def fast(speed_mps: float) -> FlightSpec:
    """The parachute level, entered faster: the mortar is fired at the first tick."""
    return world("parachute", start__speed_along_mps=speed_mps, start__speed_down_mps=0.0)


def torn(speed_mps: float) -> tuple[Flown, float, float]:
    """A flight with the mortar fired at this speed, the hardest pull that its whole canopy would have had, and how much
    of it was torn off then."""
    flight = Flight(fast(speed_mps))
    flown, hardest_n, lost_then, before = Flown(flight), 0.0, 0.0, 0.0
    assert flight.arrival is not None
    chute = flight.arrival.capsule.chute
    for events in ticks_of(flight, fire_at_once):
        flown.events += events
        if chute.stage in (Canopy.INFLATING, Canopy.OPEN) or chute.lost > before:
            hardest_n = max(hardest_n, chute.load_n / (1.0 - before))
            before = lost_then = chute.lost
    return flown, hardest_n, lost_then


def test_a_canopy_opened_within_its_load_stays_whole() -> None:
    """Mach 2.9, outside the box, but the pull stays below the qualified load."""
    flown, hardest_n, share = torn(690.0)
    spec = flown.flight.spec.vehicle.parachute
    assert 0.85 * spec.tear_n < hardest_n < spec.tear_n
    assert share == 0.0
    assert EventName.PARACHUTE_TORN not in flown.names()


def test_a_canopy_opened_a_little_too_early_is_torn_in_proportion() -> None:
    """Between the qualified and the bursting load so much of the area goes; with the rest it comes down faster."""
    flown, hardest_n, share = torn(740.0)
    spec = flown.flight.spec.vehicle.parachute
    assert spec.tear_n < hardest_n < spec.burst_n
    assert share == pytest.approx((hardest_n - spec.tear_n) / (spec.burst_n - spec.tear_n), rel=0.02)
    whole, _, _ = torn(690.0)
    slow, quick = (flown_.first(EventName.BACKSHELL_SEPARATION).speed_mps for flown_ in (whole, flown))
    assert quick == pytest.approx(slow * (1.0 - share) ** -0.5, rel=0.1)


def test_a_canopy_opened_far_too_early_bursts() -> None:
    """Nothing is left of it but rags, which fall by themselves."""
    flown, hardest_n, share = torn(900.0)
    lost(flown, Reason.PARACHUTE_TORN)
    told = figures(flown)
    spec = flown.flight.spec.vehicle.parachute
    assert hardest_n >= spec.burst_n
    assert share == 1.0
    assert told["limit_n"] == spec.tear_n
    assert told["load_n"] > spec.tear_n
    assert told["speed_mps"] > 700.0
    truth = flown.flight.snapshot()
    assert truth.canopy is Canopy.GONE
    assert truth.parachute_load_n == 0.0 or flown.flight.craft.load_g < 3.0
    assert Part.PARACHUTE in flown.flight.parts_down


def test_tearing_is_told_a_few_times_and_not_every_tick() -> None:
    """An event is for a person to read."""
    flown, _, _ = torn(740.0)
    assert 1 <= flown.names().count(EventName.PARACHUTE_TORN) <= 3
    assert 1 <= flown.names().count(EventName.INFLATION_PEAK) <= 3


def test_a_parachute_fired_just_above_the_ground_is_too_late() -> None:
    """It opens, and the ground is there before it has slowed us; the height told is that of the mortar."""
    flown = lost(arrive(world("parachute"), fire_below(900.0)), Reason.PARACHUTE_TOO_LATE)
    told = figures(flown)
    assert told["speed_mps"] > 120.0
    assert told["height_m"] == pytest.approx(flown.first(EventName.MORTAR).height_m, abs=5.0)
    assert flown.flight.snapshot().canopy is Canopy.OPEN


def test_a_parachute_fired_at_five_kilometres_is_in_time() -> None:
    """Late, hard on the canopy, and good enough for the goal."""
    assert arrive(world("parachute"), fire_below(5_000.0)).flight.reason is Reason.COMPLETED


def drop_shield_after(wait_s: float) -> Hand:
    def hand(nav: Nav, auto: Command) -> Command:
        if nav.phase is Phase.PARACHUTE and nav.heat_shield_on:
            return Command(action=nav.canopy_s >= wait_s)
        return auto

    return hand


def test_a_heat_shield_dropped_before_the_canopy_pulls_comes_back() -> None:
    """Lighter for its size than what it has left, it is slowed more, and we fly into it."""
    flown = lost(arrive(world("parachute"), drop_shield_after(0.3)), Reason.STRUCK_BY_HEAT_SHIELD)
    assert flown.first(EventName.LOST).t_s - flown.first(EventName.HEAT_SHIELD_SEPARATION).t_s < 1.0


def test_a_heat_shield_dropped_under_the_open_canopy_falls_away() -> None:
    """Three seconds after the mortar the canopy slows us more than the air slows the shield."""
    assert arrive(world("parachute"), drop_shield_after(3.0)).flight.reason is Reason.COMPLETED


def test_a_heat_shield_that_is_kept_meets_the_ground() -> None:
    """Radar and engines stay covered all the way down."""

    def keep(nav: Nav, auto: Command) -> Command:
        return Command() if nav.phase is Phase.PARACHUTE else auto

    flown = lost(arrive(world("parachute"), keep), Reason.HEAT_SHIELD_KEPT)
    assert 70.0 < figures(flown)["speed_mps"] < 85.0
    assert EventName.RADAR_LOCK not in flown.names()


def test_a_backshell_that_is_kept_meets_the_ground() -> None:
    """The engines never get to burn."""

    def keep(nav: Nav, auto: Command) -> Command:
        return auto if nav.phase is not Phase.PARACHUTE or nav.heat_shield_on else Command()

    flown = lost(arrive(world("parachute"), keep), Reason.BACKSHELL_KEPT)
    assert 60.0 < figures(flown)["speed_mps"] < 80.0
    assert EventName.RADAR_LOCK in flown.names()


@pytest.mark.parametrize(
    ("height_m", "outcome"), [(3_300.0, Outcome.LOST), (3_050.0, Outcome.COMPLETED), (1_200.0, Outcome.LOST)]
)
def test_the_backshell_is_left_in_the_goal_s_band(height_m: float, outcome: Outcome) -> None:
    """2,200 m, give or take 900: higher there is too little propellant, lower too little room."""

    def leave(nav: Nav, auto: Command) -> Command:
        if nav.phase is not Phase.PARACHUTE or nav.heat_shield_on:
            return auto
        return replace(auto, action=nav.height_m < height_m)

    flight = arrive(world("parachute"), leave).flight
    assert flight.outcome is outcome
    assert flight.reason is (Reason.COMPLETED if outcome is Outcome.COMPLETED else Reason.GOAL_MISSED)
    assert dict(flight.reason_figures)["height_m"] == pytest.approx(height_m, abs=10.0)
