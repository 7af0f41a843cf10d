"""What the autopilot decides in each phase of the arrival, from one `Nav` and nothing else."""

from __future__ import annotations

from dataclasses import replace
from math import radians

import pytest

from game.cues.plan import DIVE, LATE_MPS
from game.cues.prediction import LOW_M, backshell_height_m
from game.pilots.arrival import fire_now
from game.pilots.autopilot import Autopilot
from game.pilots.entry_guidance import DIVE_G, LATE_LEAST, MOST_G, dive_g, wanted_lift
from game.pilots.marks import CLEAR_OF_BACKSHELL_M, best_mark, towards_best_mark
from game.sim.command import TILT_MAX, Command
from game.sim.phases import Phase
from game.sim.planet import MU_M3_S2
from game.sim.snapshot import Canopy, Mark, Nav
from game.sim.spec import TICK_HZ
from tests.unit.flown_navs import flown_navs


def ordered(nav: Nav) -> Command:
    return Autopilot().command(nav, ())


def first(phase: Phase) -> Nav:
    return flown_navs().phases[phase][0]


def course_off_by(error_deg: float, burn_left_s: float = 40.0) -> Nav:
    nav = first(Phase.COURSE)
    assert nav.course is not None
    entry_angle_deg = nav.course.wanted_deg + error_deg
    return nav._replace(course=replace(nav.course, entry_angle_deg=entry_angle_deg, burn_left_s=burn_left_s))


def on_second(nav: Nav) -> Nav:
    """At a tick at which guidance reckons anew."""
    return nav._replace(tick=TICK_HZ * 4 * 100)


@pytest.mark.slow
def test_a_dive_may_cost_what_the_speed_of_arrival_makes_of_it() -> None:
    """As the square of the inertial speed, up to what is too much anyway; the plain figure at Perseverance's."""
    onboard = first(Phase.ENTRY).onboard
    assert onboard.arrival is not None

    def at(approach_mps: float) -> float:
        arrival = replace(onboard.arrival, approach_mps=approach_mps)
        return dive_g(first(Phase.ENTRY)._replace(onboard=replace(onboard, arrival=arrival)))

    fall2 = 2.0 * MU_M3_S2 / onboard.arrival.interface_radius_m
    assert at(2519.0) == DIVE_G
    assert at(3000.0) == pytest.approx(DIVE_G * (3000.0**2 + fall2) / (2519.0**2 + fall2))
    assert at(2519.0) < at(3000.0) < MOST_G
    assert at(9000.0) == MOST_G
    assert dive_g(first(Phase.ENTRY)._replace(onboard=replace(onboard, arrival=None))) == DIVE_G


# --- course, cruise ---


@pytest.mark.parametrize(("error_deg", "tilt"), [(0.3, -TILT_MAX), (-0.3, TILT_MAX)])
def test_too_shallow_burns_steeper_and_too_steep_shallower(error_deg: float, tilt: int) -> None:
    """With the full lever while there is much to correct."""
    command = ordered(course_off_by(error_deg))
    assert command.tilt == tilt
    assert not command.action


def test_the_burn_is_eased_off_and_ends() -> None:
    """In proportion close to the wanted angle, then done; also when no burn is left."""
    assert 0 < -ordered(course_off_by(0.003)).tilt < TILT_MAX
    assert ordered(course_off_by(0.001)) == Command(action=True)
    assert ordered(course_off_by(0.3, burn_left_s=0.0)) == Command(action=True)


def test_the_cruise_stage_goes_after_a_look_at_it() -> None:
    nav = first(Phase.CRUISE)
    assert not ordered(nav._replace(phase_s=0.5)).action
    assert ordered(nav._replace(phase_s=3.0)).action


# --- approach ---


@pytest.mark.parametrize(("incidence_deg", "side"), [(90.0, 1), (-90.0, -1), (170.0, 1), (-170.0, -1)])
@pytest.mark.parametrize("damped", [True, False])
def test_the_shield_is_turned_forward_the_short_way(incidence_deg: float, side: int, damped: bool) -> None:
    """Tilt turns clockwise, incidence counts the other way; a rate or a moment, the sense is the same."""
    nav = first(Phase.APPROACH)._replace(
        incidence_rad=radians(incidence_deg), trim_rad=0.0, incidence_rate_rad_s=0.0, damped=damped
    )
    assert ordered(nav).tilt * side > 0


def test_the_raw_law_brakes_a_turn_that_is_too_fast() -> None:
    """Turning towards the flow at 20 degrees a second with 20 to go asks for the moment against it."""
    nav = first(Phase.APPROACH)._replace(
        damped=False, trim_rad=0.0, incidence_rad=radians(20.0), incidence_rate_rad_s=radians(-20.0)
    )
    assert ordered(nav).tilt < 0
    still = nav._replace(incidence_rad=radians(0.4), incidence_rate_rad_s=0.0)
    assert ordered(still).tilt == 0


# --- entry ---


def test_between_two_reckonings_the_lift_is_what_it_was() -> None:
    """So that the guidance needs no memory."""
    nav = flown_navs().entry_at(3000.0)._replace(tick=TICK_HZ * 100 + 60)
    assert ordered(nav._replace(lift_wanted=50 / TILT_MAX)).tilt == 50
    assert wanted_lift(nav._replace(lift_wanted=-0.3)) == pytest.approx(-0.3, abs=0.5 / TILT_MAX)


def test_too_long_takes_lift_away_and_too_short_adds_some() -> None:
    """Seen from a target ten kilometres to either side of where we are bound for."""
    nav = on_second(flown_navs().entry_at(3000.0))
    near, far = (nav._replace(target_m=nav.target_m + shift_m) for shift_m in (-10_000.0, 10_000.0))
    assert wanted_lift(near) < nav.lift_wanted - 0.05
    assert wanted_lift(far) > nav.lift_wanted + 0.02
    assert wanted_lift(nav) == pytest.approx(nav.lift_wanted, abs=0.03)


def test_at_the_interface_it_dives_first() -> None:
    """Less lift than later, but not head over heels."""
    nav = on_second(first(Phase.ENTRY))
    assert -0.2 < wanted_lift(nav) < 1.0 - DIVE + 0.1


def test_a_steep_entry_does_not_dive() -> None:
    """What would load us beyond what the dive is allowed is flown with the lift up; worse still with all of it."""
    nav = on_second(first(Phase.ENTRY))
    assert wanted_lift(nav._replace(vy_mps=nav.vy_mps - 270.0, target_m=nav.target_m - 110_000.0)) > 0.35
    assert wanted_lift(nav._replace(vy_mps=nav.vy_mps - 650.0, target_m=nav.target_m - 110_000.0)) == 1.0


def test_late_it_gives_up_little_lift() -> None:
    """However long we are: the parachute needs the height."""
    nav = on_second(flown_navs().entry_at(LATE_MPS - 100.0))
    assert wanted_lift(nav._replace(target_m=nav.target_m - 20_000.0)) == LATE_LEAST
    assert wanted_lift(nav._replace(target_m=nav.target_m + 20_000.0)) == 1.0


def test_too_low_for_the_parachute_pulls_up() -> None:
    """Even when that carries us past the target."""
    nav = on_second(flown_navs().entry_at(2000.0))
    low = nav._replace(altitude_m=nav.altitude_m - 6000.0, lift=0.2, lift_wanted=0.2, target_m=-60_000.0)
    assert wanted_lift(low) > 0.4


def test_the_raw_law_damps_the_pitch() -> None:
    """The tilt is a moment: none at rest on the trim, one against a turn."""
    nav = flown_navs().entry_at(2000.0)._replace(damped=False, incidence_rate_rad_s=0.0)
    nav = nav._replace(incidence_rad=nav.trim_rad)
    assert ordered(nav).tilt == 0
    assert ordered(nav._replace(incidence_rate_rad_s=radians(5.0))).tilt > 0
    assert ordered(nav._replace(incidence_rate_rad_s=radians(-5.0))).tilt < 0


# --- mortar ---


def at_mach(mach: float, target_m: float, q_pa: float = 500.0) -> Nav:
    """The last second before the mortar, with other instruments."""
    nav = flown_navs().phases[Phase.ENTRY][-1]
    return nav._replace(mach=mach, q_pa=q_pa, target_m=target_m, tick=TICK_HZ * 240)


@pytest.mark.parametrize(
    ("mach", "past_m", "fires"),
    [
        (1.80, 500.0, True),  # past it: the sooner the better
        (1.80, -500.0, False),  # every second brings us nearer
        (1.70, -500.0, True),  # but not for ever
        (2.00, 500.0, False),  # early is for those who are far past it
        (2.00, 3000.0, True),
        (1.60, -3000.0, False),  # and late for those who are far short
        (1.49, -3000.0, True),
        (2.12, 9000.0, False),  # outside the box
    ],
)
def test_the_mortar_goes_by_range_inside_the_box(mach: float, past_m: float, fires: bool) -> None:
    """Where the parachute would come down, against the target."""
    from_here = flown_navs().phases[Phase.PARACHUTE][0]
    landing_m = from_here.target_m
    assert fire_now(at_mach(mach, landing_m - past_m)) is fires


def test_no_mortar_at_a_pressure_that_tears() -> None:
    assert not fire_now(at_mach(1.8, -5000.0, q_pa=760.0))
    assert fire_now(at_mach(1.8, -5000.0, q_pa=600.0))


def test_low_down_the_range_does_not_count() -> None:
    """Better short than without a parachute."""
    nav = at_mach(1.9, 50_000.0)
    assert not fire_now(nav)
    assert fire_now(nav._replace(altitude_m=LOW_M - 100.0))


# --- parachute ---


def test_the_heat_shield_goes_when_we_are_slow_and_the_canopy_is_open() -> None:
    nav = next(nav for nav in flown_navs().phases[Phase.PARACHUTE] if nav.mach < 0.6)
    nav = nav._replace(heat_shield_on=True)
    assert ordered(nav).action
    assert not ordered(nav._replace(mach=0.8)).action
    assert not ordered(nav._replace(canopy=Canopy.INFLATING)).action
    assert not ordered(nav._replace(canopy_s=3.0)).action


def test_the_backshell_is_left_where_the_engines_can_still_brake() -> None:
    """Higher when faster, and never without the radar."""
    nav = flown_navs().parachute_at(3000.0)
    height_m = backshell_height_m(-nav.vy_mps)
    assert not ordered(nav._replace(height_m=height_m + 20.0)).action
    assert ordered(nav._replace(height_m=height_m - 5.0)).action
    assert not ordered(nav._replace(height_m=height_m - 5.0, radar_locked=False)).action
    assert ordered(nav._replace(height_m=height_m + 400.0, vy_mps=nav.vy_mps - 10.0)).action


def marked(*hazards: float) -> Nav:
    """Marks every 100 m around the target, with these hazards, none of them under the backshell."""
    nav = flown_navs().parachute_at(3000.0)
    middle = len(hazards) // 2
    marks = tuple(Mark(nav.target_m + 100.0 * (index - middle), hazard) for index, hazard in enumerate(hazards))
    return nav._replace(
        marks=marks, mark_index=middle, terrain_locked=True, x_m=nav.target_m, vx_mps=0.0, backshell_lands_m=5000.0
    )


def test_the_mark_is_smooth_and_near() -> None:
    """The target's own if it is smooth, else the nearest that is; nothing before the camera has locked."""
    assert best_mark(marked(0.2, 0.2, 0.2, 0.2, 0.2)) == 2
    rocky = marked(0.2, 0.9, 0.9, 0.2, 0.2)
    assert best_mark(rocky) == 3
    assert towards_best_mark(rocky) == 1
    assert ordered(rocky._replace(heat_shield_on=False)).mark == 1
    assert towards_best_mark(rocky._replace(terrain_locked=False)) == 0
    assert towards_best_mark(rocky._replace(mark_index=3)) == 0


def test_nothing_is_chosen_under_the_backshell() -> None:
    nav = marked(0.2, 0.2, 0.2, 0.2, 0.2)
    beneath = nav._replace(backshell_lands_m=nav.target_m + 10.0)
    chosen = nav.marks[best_mark(beneath)].downrange_m
    assert abs(chosen - (nav.target_m + 10.0)) >= CLEAR_OF_BACKSHELL_M


def test_all_of_it_follows_from_nav_alone() -> None:
    """A fresh autopilot gives the same orders as one that has flown the whole arrival."""
    worn = Autopilot()
    for navs in flown_navs().phases.values():
        for nav in navs:
            assert worn.command(nav, ()) == Autopilot().command(nav, ())
