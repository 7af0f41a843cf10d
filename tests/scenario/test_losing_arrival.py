"""Every way to lose from deep space to the parachute's box, flown into; where it is cheap, with one who just got by."""

from __future__ import annotations

from dataclasses import replace
from math import pi

import pytest

from game.content.modes import Mode
from game.sim.command import Command
from game.sim.events import EventName, Reason
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Outcome, Part
from tests.scenario.hands import arrive, arrive_until, ticks_of, turn_to
from tests.scenario.test_losing import lost
from tests.scenario.world import Flown, Hand, fly, world

# The last seconds before the interface, the cruise stage long gone.
NEAR = {"start__phase": Phase.APPROACH, "start__t_s": -20.0}
FAST = {**NEAR, "start__arrival__approach_mps": 8_000.0}


def hands_off(nav: Nav, auto: Command) -> Command:
    return Command()


def figures(flown: Flown) -> dict[str, float]:
    return dict(flown.flight.reason_figures)


@pytest.mark.parametrize(
    ("level", "reason"),
    [
        ("jezero", Reason.CRUISE_STAGE_KEPT),
        ("course", Reason.CRUISE_STAGE_KEPT),
        ("heat-shield", Reason.BACKSHELL_BURNED),
        ("parachute", Reason.NO_PARACHUTE),
    ],
)
def test_doing_nothing_loses_for_a_true_reason(level: str, reason: Reason) -> None:
    """Nobody drops the cruise stage, nobody turns the shield ahead, nobody fires the mortar."""
    lost(fly(world(level), hands_off), reason)


def test_the_cruise_stage_must_be_gone_at_the_interface() -> None:
    """Who waits too long meets the air with the ring on his back."""

    def wait(nav: Nav, auto: Command) -> Command:
        return Command() if nav.phase is Phase.CRUISE else auto

    flight = lost(arrive(world("jezero"), wait), Reason.CRUISE_STAGE_KEPT).flight
    assert flight.snapshot().cruise_stage_on
    assert flight.t_s == pytest.approx(0.0, abs=2.1)


def test_a_cruise_stage_dropped_in_the_last_second_is_gone() -> None:
    """Late is not too late: the air begins half a second afterwards, and the ballast follows in the entry."""

    def late(nav: Nav, auto: Command) -> Command:
        return Command(action=nav.t_s > -0.5) if nav.phase is Phase.CRUISE else auto

    flight = Flight(world("jezero"))
    names = []
    for events in ticks_of(flight, late):
        names += [event.name for event in events]
        if names.count(EventName.BALANCE_MASS) == 2:
            break
    assert names.index(EventName.CRUISE_STAGE_SEPARATION) < names.index(EventName.ENTRY_INTERFACE)
    assert flight.phase is Phase.ENTRY
    assert not flight.decided


def hold(incidence_rad: float) -> Hand:
    """Turn there before the air begins, and hold it against the air with the bare thrusters."""

    def hand(nav: Nav, auto: Command) -> Command:
        return turn_to(nav, incidence_rad) if nav.phase in (Phase.APPROACH, Phase.ENTRY) else auto

    return hand


def test_a_capsule_held_backwards_burns_its_backshell() -> None:
    """The raw law lets a hand turn it round and keep it there: at a fifth of the peak heat the backshell is through."""
    spec = world("jezero", Mode.RAW, start__phase=Phase.APPROACH, start__t_s=-45.0)
    flown = lost(arrive(spec, hold(pi)), Reason.BACKSHELL_BURNED)
    told = figures(flown)
    assert told["limit_w_cm2"] == spec.vehicle.backshell.flux_limit_w_cm2
    assert told["limit_w_cm2"] < told["heat_flux_w_cm2"] < 1.1 * told["limit_w_cm2"]
    assert 150.0 < told["incidence_deg"] <= 180.0
    assert 30.0 < flown.first(EventName.LOST).t_s < 60.0


def test_the_same_hands_with_the_shield_ahead_pass_the_peak_of_heat() -> None:
    """Raw law or not: forward, the backshell gets a few per cent of it."""
    spec = world("jezero", Mode.RAW, start__phase=Phase.APPROACH, start__t_s=-45.0)
    flight = arrive_until(spec, EventName.PEAK_HEATING, hold(0.0))
    assert not flight.decided
    assert flight.peaks.heat_flux_w_cm2 > 50.0


def test_a_shallow_entry_with_the_lift_up_skips_out() -> None:
    """It dips into the air, is carried up again and leaves the planet's air faster than it can ever come back to us."""
    flown = lost(arrive(world("jezero", **NEAR, start__arrival__entry_angle_deg=-9.8), lift=1.0), Reason.SKIPPED_OUT)
    told = figures(flown)
    assert told["altitude_m"] > 130_000.0
    assert 3_500.0 < told["speed_mps"] < 5_000.0
    assert flown.flight.peaks.g > 1.0
    assert flown.flight.parts_down.get(Part.ROVER, 1e9) > 500_000.0


@pytest.mark.slow
def test_a_little_steeper_the_same_lift_is_caught() -> None:
    """It rises again for a while, and comes down for good."""
    flight = Flight(world("jezero", **NEAR, start__arrival__entry_angle_deg=-11.5))
    highest_mps, last_mps = 0.0, 0.0
    for _ in ticks_of(flight, lift=1.0):
        if flight.t_s > 90.0 and flight.tick % 120 == 0:
            last_mps = flight.nav().climb_mps
            highest_mps = max(highest_mps, last_mps)
        if flight.decided or flight.t_s > 480.0:
            break
    assert highest_mps > 100.0
    assert last_mps < -50.0
    assert flight.reason is not Reason.SKIPPED_OUT


def test_nine_kilometres_a_second_burn_through_the_shield() -> None:
    """More than four times the heat: the tiles fail in front, long before the load peaks.

    The backshell is given a little more than it has, or it would be the first to go.
    """
    spec = world("jezero", **FAST, vehicle__aeroshell__structure_g=60.0, vehicle__backshell__flux_limit_w_cm2=20.0)
    flown = lost(arrive(spec), Reason.BURNED_THROUGH)
    assert figures(flown)["heat_flux_w_cm2"] > spec.vehicle.heat_shield.flux_limit_w_cm2
    assert flown.flight.snapshot().speed_mps > 7_000.0


def test_a_thin_shield_lets_the_heat_through_to_its_glue() -> None:
    """Eight millimetres of tile instead of 32: after a minute and a half of heat the bond line is at its limit."""
    spec = world("jezero", **NEAR, vehicle__heat_shield__thickness_m=0.008)
    flown = lost(arrive(spec), Reason.BURNED_THROUGH)
    told = figures(flown)
    assert told["bond_c"] == pytest.approx(spec.vehicle.heat_shield.bond_limit_c, abs=20.0)
    assert told["heat_flux_w_cm2"] < spec.vehicle.heat_shield.flux_limit_w_cm2


def test_a_steep_dive_breaks_the_capsule() -> None:
    """Three and a half degrees too steep, and lift down on top of it: 15 g."""
    flown = lost(arrive(world("heat-shield"), lift=-1.0), Reason.BROKE_UP)
    told = figures(flown)
    assert told["limit_g"] == 15.0
    assert 15.0 < told["g"] < 15.1


def test_the_same_steep_entry_with_lift_up_holds() -> None:
    """Only the right lift saves it: two g less than no lift at all."""
    flight = arrive_until(world("heat-shield"), EventName.PEAK_DECELERATION, lift=1.0)
    assert not flight.decided
    assert 11.0 < flight.peaks.g < 13.0


def test_a_course_left_as_it_is_misses_its_goal() -> None:
    """0.2 degrees too shallow with half widths of 0.12: the stage is dropped in time, and still it is lost."""

    def untouched(nav: Nav, auto: Command) -> Command:
        return Command(action=True) if nav.phase is Phase.COURSE else auto

    flown = lost(arrive(world("course"), untouched), Reason.GOAL_MISSED)
    assert figures(flown)["entry_angle_deg"] == pytest.approx(-15.28, abs=0.005)
    assert flown.first(EventName.LOST).t_s == pytest.approx(0.0, abs=3.0)


@pytest.mark.parametrize(("short_deg", "outcome"), [(0.11, Outcome.COMPLETED), (0.13, Outcome.LOST)])
def test_the_goal_s_edge_is_where_the_level_says(short_deg: float, outcome: Outcome) -> None:
    """A hundredth of a degree inside completes, a hundredth outside does not."""

    def sloppy(nav: Nav, auto: Command) -> Command:
        course = nav.course
        if course is None or course.entry_angle_deg - course.wanted_deg > short_deg:
            return replace(auto, action=auto.action and course is None)
        return Command(action=True)

    assert arrive(world("course"), sloppy).flight.outcome is outcome


def test_a_lift_that_falls_short_misses_the_goal() -> None:
    """The plain 0.62 in a steep entry comes down tens of kilometres before the place for the parachute."""
    flown = lost(arrive(world("heat-shield")), Reason.GOAL_MISSED)
    assert figures(flown)["range_m"] > 22_000.0


def test_the_right_lift_completes_it() -> None:
    """0.85 of it, held."""
    flight = arrive(world("heat-shield"), lift=0.85).flight
    assert (flight.outcome, flight.reason) == (Outcome.COMPLETED, Reason.COMPLETED)


def test_a_capsule_without_a_parachute_hits_the_ground() -> None:
    """It is still as fast as a rifle's bullet."""
    flown = lost(fly(world("parachute"), hands_off), Reason.NO_PARACHUTE)
    assert figures(flown)["speed_mps"] > 250.0
    assert abs(flown.flight.snapshot().height_m) < 5.0


def test_time_runs_out_in_space_too() -> None:
    """A level's time is the time of its flight, the nine hours' jump not counted."""
    flight = lost(arrive(world("jezero", limits__max_time_s=40.0)), Reason.OUT_OF_TIME).flight
    assert flight.tick == flight.spec.max_ticks
    assert flight.phase is Phase.APPROACH
    assert flight.reason_figures == (("time_s", 40.0),)


def everything_at(t_s: float) -> Hand:
    """The autopilot's axes, and from this time on ACTION at every chance."""

    def press(nav: Nav, auto: Command) -> Command:
        if nav.phase is Phase.ENTRY and nav.t_s < t_s:
            return replace(auto, action=False)
        return replace(auto, action=auto.action or nav.phase in (Phase.ENTRY, Phase.PARACHUTE))

    return press


@pytest.mark.parametrize("t_s", [40.0, 70.0])
def test_out_of_the_aeroshell_in_the_fire_we_burn(t_s: float) -> None:
    """Parachute, heat shield and backshell in a tenth of a second, at five kilometres a second."""
    flown = lost(arrive(world("jezero", **NEAR), everything_at(t_s)), Reason.BURNED_UNPROTECTED)
    assert figures(flown)["heat_flux_w_cm2"] > flown.flight.spec.vehicle.backshell.flux_limit_w_cm2


def test_out_of_the_backshell_at_mach_two_only_the_ground_is_hard() -> None:
    """The shell is armed by where it is now: at 400 m/s it was metres away a tick ago, and we were inside it."""
    flight = lost(arrive(world("parachute", goal__ends_at=None), everything_at(0.0)), Reason.FUEL_OUT).flight
    assert flight.backshell is not None


def test_a_course_beside_the_planet_is_told_as_that() -> None:
    """Too shallow for any air: once it climbs again there is nothing left to fly."""

    def burn(nav: Nav, auto: Command) -> Command:
        return Command(tilt=127) if nav.phase is Phase.COURSE else auto

    strong = {"vehicle__cruise_stage__thrust_n": 1000.0, "start__arrival__entry_angle_deg": -5.0}
    flown = lost(arrive(world("jezero", **strong), burn), Reason.MISSED_MARS)
    assert flown.flight.snapshot().altitude_m > 130_000.0
