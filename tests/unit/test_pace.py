"""The pace of time: fast where nothing is to be done, true time at every window, never faster than the level says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import radians

import pytest

from game.content.levels import load_level
from game.cues.pace import STAGE_GONE, STRAIGHTENING, TURNING, eased, pace_now
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav

UPDATE_S = 0.05
FAST = dict.fromkeys(Phase, 10.0)


@cache
def flown() -> tuple[Nav, ...]:
    """Every estimate of one nominal flight to Jezero, as the autopilot flies it."""
    flight, helm = Flight(load_level("jezero").flight_spec()), Helm(Autopilot())
    navs = []
    while not flight.over:
        events = flight.step(helm.command(flight))
        if events:
            helm.hear(events)
        if flight.tick % 6 == 0:
            navs.append(flight.nav())
    return tuple(navs)


def in_phase(phase: Phase, **changes: object) -> Nav:
    """The middle of a phase of that flight, with something else about it."""
    navs = [nav for nav in flown() if nav.phase is phase]
    return navs[len(navs) // 2]._replace(**changes)


def test_the_whole_flight_takes_less_than_three_minutes() -> None:
    """Jezero at its own pace, eased as the window does it: the seven minutes in under three."""
    level = load_level("jezero")
    pace, real_s = 1.0, 0.0
    spent: dict[Phase, float] = defaultdict(float)
    for nav in flown():
        pace = eased(pace, pace_now(nav, level.pace), UPDATE_S / pace)
        real_s += UPDATE_S / pace
        spent[nav.phase] += UPDATE_S / pace
    assert 140.0 < real_s < 180.0
    assert spent[Phase.ENTRY] < 60.0
    assert spent[Phase.PARACHUTE] < 55.0


def test_it_is_never_faster_than_the_level_says() -> None:
    """Nor slower than true time; a level that says nothing flies the true seven minutes."""
    slow = dict.fromkeys(Phase, 3.0)
    for nav in flown()[::10]:
        assert pace_now(nav, {}) == 1.0
        assert pace_now(nav, dict.fromkeys(Phase, 1.0)) == 1.0
        if nav.phase is not Phase.FLYAWAY:
            assert 1.0 <= pace_now(nav, slow) <= 3.0
            assert pace_now(nav, slow) == min(pace_now(nav, FAST), 3.0)
    assert pace_now(flown()[0], {Phase.COURSE: 0.5}) == 0.5


def test_it_eases_within_a_phase() -> None:
    """From one estimate to the next, a twentieth of a second, the pace changes by a third of itself at most.

    But for the moments at which a button is pressed or ballast is thrown off: those are for `eased`.
    """
    for before, after in pairwise(flown()):
        pressed = before.heat_shield_on != after.heat_shield_on or before.canopy is not after.canopy
        thrown = before.straightened and before.phase is Phase.ENTRY
        if before.phase is after.phase and not pressed and not thrown and after.phase is not Phase.FLYAWAY:
            assert pace_now(after, FAST) == pytest.approx(pace_now(before, FAST), rel=1.0 / 3.0)


def test_every_window_is_met_at_true_time() -> None:
    """The mortar, the inflation and the drop out of the backshell of a flown descent are seen as fast as they are."""
    navs = flown()
    for before, after in pairwise(navs):
        if (before.phase, after.phase) in {(Phase.ENTRY, Phase.PARACHUTE), (Phase.PARACHUTE, Phase.FREE_FALL)}:
            assert pace_now(before, FAST) == 1.0
    filling = [nav for nav in navs if nav.phase is Phase.PARACHUTE and nav.canopy is not Canopy.OPEN]
    assert filling
    assert all(pace_now(nav, FAST) == 1.0 for nav in filling)
    assert all(pace_now(nav, FAST) == 1.0 for nav in navs if nav.phase is Phase.PARACHUTE and nav.height_m < 2600.0)


def test_thin_air_is_fast_the_fire_slower_the_glide_fast_again() -> None:
    """By load and heat, not by the clock."""
    entry = [nav for nav in flown() if nav.phase is Phase.ENTRY]
    assert all(pace_now(nav, FAST) > 9.0 for nav in entry if nav.g < 0.2 and nav.heat_flux_w_cm2 < 5.0)
    assert all(3.5 < pace_now(nav, FAST) <= 4.0 for nav in entry if nav.g > 2.5)
    glide = [pace_now(nav, FAST) for nav in entry if 600.0 < nav.speed_mps < 900.0]
    assert min(glide) > 7.0
    late = [pace_now(nav, FAST) for nav in entry if nav.straightened]
    assert max(late) <= STRAIGHTENING


@pytest.mark.parametrize("phase", [Phase.APPROACH, Phase.ENTRY])
def test_a_craft_that_looks_elsewhere_is_given_time(phase: Phase) -> None:
    """With the heat shield aside, or tumbling, time nearly stands."""
    nav = next(nav for nav in flown() if nav.phase is phase and nav.phase_s > 30.0)
    assert pace_now(nav, FAST) > 5.0
    assert pace_now(nav._replace(incidence_rad=nav.trim_rad + radians(60.0)), FAST) == TURNING
    assert pace_now(nav._replace(incidence_rate_rad_s=radians(9.0)), FAST) == TURNING


def test_the_course_slows_down_where_a_touch_counts() -> None:
    """Much to burn: fast; a second of burn left, or of time: true time."""
    nav = in_phase(Phase.COURSE, phase_s=20.0)
    assert nav.course is not None
    far = nav._replace(course=replace(nav.course, entry_angle_deg=nav.course.wanted_deg + 0.4))
    near = nav._replace(course=replace(nav.course, entry_angle_deg=nav.course.wanted_deg + 0.01))
    assert pace_now(far, FAST) == 10.0
    assert pace_now(near, FAST) == 1.0
    assert pace_now(far._replace(phase_s=89.0), FAST) == 1.0
    assert pace_now(far._replace(phase_s=0.0), FAST) == 1.0


def test_the_cruise_stage_is_not_missed_for_speed() -> None:
    """Ten times, until the last moment to drop it comes near."""
    nav = in_phase(Phase.CRUISE, phase_s=20.0)
    paces = [pace_now(nav._replace(t_s=-float(left_s)), FAST) for left_s in (60, 30, 18, 5)]
    assert paces == sorted(paces, reverse=True)
    assert paces[0] == 10.0
    assert paces[-1] == 1.0


def test_a_closing_box_is_not_hurried_through() -> None:
    """Straight or not: seconds before the box closes it is true time."""
    nav = next(nav for nav in flown() if nav.phase is Phase.ENTRY and nav.straightened)
    assert pace_now(nav._replace(trim_rad=radians(-12.0)), FAST) == STRAIGHTENING
    assert pace_now(nav._replace(trim_rad=radians(-12.0), height_m=4600.0), FAST) == 1.0


def test_a_stage_that_has_left_for_good_is_sped_away() -> None:
    """Engines out and far from the rover: ten times, where the level hurries at all."""
    nav = in_phase(Phase.FLYAWAY, thrust_max_n=0.0)
    gone = nav._replace(stage_x_m=nav.x_m + 100.0)
    assert pace_now(gone, {Phase.FLYAWAY: 2.0}) == STAGE_GONE
    assert pace_now(nav._replace(stage_x_m=nav.x_m + 10.0), {Phase.FLYAWAY: 2.0}) == 2.0
    assert pace_now(gone, {}) == 1.0


def test_the_pace_is_eased_up_slowly_and_down_fast() -> None:
    """It doubles in eight tenths of a second, stops within a fraction of that, and never overshoots."""
    assert eased(1.0, 10.0, 0.1) == pytest.approx(1.125)
    assert eased(10.0, 1.0, 0.1) == pytest.approx(5.0)
    assert eased(1.0, 1.05, 0.1) == 1.05
    assert eased(1.2, 1.0, 0.1) == 1.0


def test_the_pace_decides_nothing() -> None:
    """It reads a flight and leaves it as it is: asked every tick or never, the flight is the same."""
    digests = []
    for ask in (True, False):
        flight = Flight(load_level("parachute").flight_spec(), seed=2)
        helm = Helm(Autopilot())
        for _ in range(1200):
            flight.step(helm.command(flight))
            if ask:
                pace_now(flight.nav(), FAST)
        digests.append(flight.digest())
    assert digests[0] == digests[1]
