"""Corners of a flight that a review found: each was wrong once."""

from __future__ import annotations

from dataclasses import replace
from math import radians

import pytest

from game.sim.command import IDLE, Command
from game.sim.events import EventName, Reason
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Outcome, Part
from tests.scenario.test_losing import BARE, FLAT
from tests.scenario.world import Hand, fly, fly_ticks, world

STILL = {"air__gust_mps": 0.0, "site__ground__profile_east_km_elevation_m": FLAT, **BARE}


def touch_climb_and(hold: Command) -> Hand:
    """Touch down, go up again with the rover still tied, and then do this."""

    def hand(nav: Nav, auto: Command) -> Command:
        if nav.phase is not Phase.TOUCHDOWN:
            return auto if nav.phase is not Phase.FLYAWAY else Command(tilt=100, throttle=230)
        if nav.phase_s < 1.5 or (nav.height_m < 4.0 and nav.phase_s < 12.0):
            return replace(auto, throttle=255, action=False)
        return hold

    return hand


def test_a_rover_that_hangs_still_in_the_air_does_not_stand() -> None:
    """Held up by taut cords, then cut: it falls, and what falls four metres breaks."""
    flown = fly(world(**STILL), touch_climb_and(Command(throttle=191, action=True)))
    assert flown.flight.outcome is Outcome.LOST
    assert flown.flight.reason is Reason.CUT_TOO_EARLY
    assert flown.flight.touchdown is not None
    assert flown.flight.touchdown.speed_mps > 3.0


def test_wheels_break_at_the_second_touchdown_too() -> None:
    """The first one was soft; the rule asks how hard it was, not how often."""

    def drop(nav: Nav, auto: Command) -> Command:
        if nav.phase is not Phase.TOUCHDOWN:
            return auto
        return replace(auto, throttle=255 if 1.0 < nav.phase_s < 9.0 else 0, action=False)

    spec = world(**STILL, vehicle__control__descent_mps=5.0, start__height_m=30.0, start__propellant_kg=300.0)
    assert fly(spec, drop).flight.reason is Reason.WHEELS_BROKEN


def test_a_stage_comes_down_on_a_hill_above_the_rover() -> None:
    """Its ground is looked for below itself, not below the rover."""
    hill = ((-60.0, -2569.9), (0.10, -2569.9), (0.30, -2480.0), (60.0, -2480.0))
    flown = fly(world(**{**STILL, "site__ground__profile_east_km_elevation_m": hill}))
    assert flown.flight.outcome is Outcome.LANDED
    stage_m = flown.flight.parts_down[Part.DESCENT_STAGE]
    assert flown.flight.terrain.height_at(stage_m) > 60.0


@pytest.mark.parametrize("height_m", [3.0, 40.0])
def test_a_fast_body_does_not_pass_through_the_ground(height_m: float) -> None:
    """A hundred metres a second at the first tick, and after a fall."""
    spec = world(**STILL, start__height_m=height_m, start__speed_down_mps=100.0)
    flight = fly(spec, lambda nav, auto: Command()).flight
    assert flight.reason is Reason.HIT_THE_GROUND
    assert abs(flight.snapshot().height_m) < 1.0


def test_a_rover_cut_from_high_up_meets_the_ground() -> None:
    """Forty metres of fall: it does not go on falling below the ground until time runs out."""

    def cut_high(nav: Nav, auto: Command) -> Command:
        return replace(auto, action=True) if nav.rover_released and nav.bridle_paid_m > 1.0 else auto

    flight = fly(world(**STILL, start__height_m=300.0), cut_high).flight
    assert flight.reason is Reason.CUT_TOO_EARLY
    assert abs(flight.snapshot().height_m) < 2.0


def test_the_backshell_drifts_by_its_own_wind() -> None:
    """How the craft flies does not move the air around another body: the shell lands in the same place."""
    spec = world("powered-descent", air__gust_mps=0.0)

    def brake_early(nav: Nav, auto: Command) -> Command:
        return replace(auto, throttle=200) if nav.phase is Phase.POWERED and nav.phase_s < 4.0 else auto

    one, other = fly(spec).flight, fly(spec, brake_early).flight
    assert one.parts_down[Part.BACKSHELL] == pytest.approx(other.parts_down[Part.BACKSHELL], abs=3.0)


def test_wheels_are_ready_when_rockers_and_bogies_both_are() -> None:
    """Whichever comes last."""
    flown = fly(
        world(**STILL, start__height_m=28.0, vehicle__rover__rocker_free_s=9.0, vehicle__rover__bogie_free_s=1.0)
    )
    ready_s = flown.first(EventName.WHEELS_READY).t_s - flown.first(EventName.ROVER_RELEASE).t_s
    assert ready_s == pytest.approx(9.8, abs=0.05)


def test_the_wheels_grip_is_the_rover_s_own() -> None:
    """The friction in the vehicle file changes the flight."""
    plain = fly(world(**STILL, start__speed_along_mps=0.9)).flight
    slippery = fly(world(**STILL, start__speed_along_mps=0.9, vehicle__rover__friction=0.05)).flight
    assert plain.digest() != slippery.digest()


def test_dry_engines_stay_out() -> None:
    """Going over to four engines lights none without propellant, and the tanks run dry once."""
    flown = fly(world(**STILL, start__propellant_kg=20.0))
    assert flown.names().count(EventName.FUEL_OUT) == 1
    assert flown.flight.reason is Reason.FUEL_OUT


def test_a_flight_is_never_longer_than_its_time() -> None:
    """What tumbles after the outcome is cut short too."""
    flight = fly(world(limits__max_time_s=10.0), lambda nav, auto: replace(auto, throttle=191, action=False)).flight
    assert flight.reason is Reason.OUT_OF_TIME
    assert flight.tick == flight.spec.max_ticks


def test_parts_in_the_air_at_the_end_are_flown_down() -> None:
    """A stage high up when time runs out lies farther on than where it was."""

    def climb(nav: Nav, auto: Command) -> Command:
        return Command(tilt=90, throttle=255) if nav.phase is Phase.FLYAWAY and nav.phase_s > 1.0 else auto

    spec = world(**STILL, limits__max_time_s=26.0)
    flight = fly(spec, climb).flight
    assert flight.reason is Reason.OUT_OF_TIME
    assert flight.parts_down[Part.DESCENT_STAGE] > flight.craft.pushed.x + 50.0


def test_the_digest_knows_what_the_coming_ticks_depend_on() -> None:
    """A different mark, reel speed, settling count or engine demand is another state."""
    flight = fly_ticks(world(), 420)
    seen = {flight.digest()}
    flight.mark_index += 0 if len(flight.marks) < 2 else 1 - 2 * (flight.mark_index == len(flight.marks) - 1)
    seen.add(flight.digest())
    flight.craft.engines.want_uprange_n += 1.0
    seen.add(flight.digest())
    flight.landing.referee._stood += 1
    seen.add(flight.digest())
    flight.navigation.vx_mps += 1e-9
    seen.add(flight.digest())
    assert len(seen) == 5


def test_nothing_is_drawn_from_the_weather_by_looking_ahead() -> None:
    """Making a flight does not step its gusts: the first tick does."""
    flight = Flight(world(), 4)
    assert flight.gust_mps == 0.0
    flight.step(IDLE)
    assert flight.gust_mps != 0.0


def test_a_rover_let_go_under_an_absurd_load_flies_on() -> None:
    """At six kilometres a second the cords would have to be stowed shorter than nothing to take the load over."""
    flight = Flight(world(start__speed_down_mps=-6000.0))
    for tick in range(600):
        flight.step(Command(action=tick == 1))
        if flight.over:
            break
    assert flight.craft.rover is not None
    assert flight.outcome is Outcome.LOST


@pytest.mark.parametrize("level", ["powered-descent", "sky-crane"])
def test_a_craft_without_its_backshell_starts_turning_as_the_level_says(level: str) -> None:
    """Counter-clockwise, as a capsule does."""
    flight = Flight(world(level, start__turn_deg_s=30.0))
    assert flight.craft.pushed.omega == pytest.approx(radians(30.0))
    assert flight.nav().tilt_rate_rad_s == pytest.approx(-radians(30.0))
