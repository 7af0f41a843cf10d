"""What an agent sees: the craft's own estimates, each in its place, and never beyond its ends."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from game.content.levels import load_level
from game.lab.gym_env import LandingEnv
from game.lab.gym_observation import ENTRIES, observation_space, observe, value_of
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import CourseState, Mark, Nav
from tests.gym.episodes import by_chance, steps

NUMBERS = {entry.name: index for index, entry in enumerate(ENTRIES)}
MAX_TICKS = 120 * 180


@cache
def nav_of(level: str = "powered-descent") -> Nav:
    return Flight(load_level(level).flight_spec(), 7).nav()


def shown(nav: Nav, name: str) -> float:
    """The value of this entry as it can be read back."""
    return value_of(ENTRIES[NUMBERS[name]], float(observe(nav, MAX_TICKS)[NUMBERS[name]]))


def test_each_entry_shows_its_figure() -> None:
    """Read back in its unit it is the craft's estimate, within what a float of four bytes keeps."""
    nav = nav_of()._replace(
        phase_s=2.5, swing_m=-0.7, swing_mps=0.2, tilt_rad=-0.4, backshell_dx_m=-31.0, backshell_dy_m=44.0,
        backshell_lands_m=900.0, bridle_load_n=4000.0, thrust_now_n=9000.0, slope_rad=-0.1, g=1.2,
    )  # fmt: skip
    for name in ("height_m", "stage_height_m", "vx_mps", "climb_mps", "stage_vx_mps", "stage_vy_mps", "swing_m",
                 "swing_mps", "backshell_dx_m", "backshell_dy_m", "wind_mps", "phase_s", "canopy_s", "mach", "q_pa",
                 "g", "bridle_load_n", "parachute_load_n", "heat_flux_w_cm2", "trim_rad", "path_rad", "lift",
                 "lift_wanted", "slope_rad", "propellant_kg", "bridle_paid_m", "surface_c", "canopy_lost", "damped",
                 "radar_locked", "terrain_locked", "cruise_stage_on", "heat_shield_on", "backshell_on", "guided",
                 "straightened", "rover_released", "bridle_full", "bridle_cut", "wheels_ready",
                 "wheels_down"):  # fmt: skip
        assert shown(nav, name) == pytest.approx(float(getattr(nav, name)), rel=2e-5, abs=1e-6), name
    assert shown(nav, "to_target_m") == pytest.approx(nav.target_m - nav.downrange_m, rel=2e-5)
    assert shown(nav, "to_mark_m") == pytest.approx(nav.mark_m - nav.x_m, rel=2e-5)
    assert shown(nav, "turn_rad_s") == pytest.approx(nav.tilt_rate_rad_s, abs=1e-6)
    assert shown(nav, "backshell_lands_m") == pytest.approx(900.0 - nav.x_m, rel=2e-5)
    assert shown(nav, "left_s") == pytest.approx(180.0, rel=2e-5)
    assert shown(nav, "sin_tilt") == pytest.approx(np.sin(-0.4))
    assert shown(nav, "cos_tilt") == pytest.approx(np.cos(-0.4))
    assert shown(nav, "thrust_now_mps2") == pytest.approx(9000.0 / nav.total_mass_kg)
    assert shown(nav, "backshell_aloft") == 1.0
    assert shown(nav, "canopy_open") == 0.0  # it has let go of us


def test_an_observation_is_read_by_name() -> None:
    """One number of the observation as it is, or many of them at once: their values, in the entry's unit."""
    env = LandingEnv("sky-crane")
    seen, _ = env.reset(seed=1)
    read = {entry.name: value_of(entry, shown) for entry, shown in zip(ENTRIES, seen, strict=True)}
    assert read["height_m"] == pytest.approx(env.nav.height_m, rel=2e-5)
    assert {type(value) for value in read.values()} == {float}
    several = np.stack([seen, *(step[0] for step in steps(env, by_chance(1), 3))])
    for name in ("height_m", "propellant_kg"):
        entry, column = ENTRIES[NUMBERS[name]], several[:, NUMBERS[name]]
        assert value_of(entry, column).tolist() == [value_of(entry, one) for one in column]


def test_the_capsule_the_course_and_the_marks_are_shown() -> None:
    """Where there are any; else nothing."""
    nav = nav_of("course")
    assert nav.course is not None
    assert shown(nav, "course_error_deg") == pytest.approx(nav.course.entry_angle_deg - nav.course.wanted_deg, rel=1e-4)
    assert shown(nav, "burn_left_s") == pytest.approx(nav.course.burn_left_s)
    assert shown(nav, "cos_incidence") == pytest.approx(np.cos(nav.incidence_rad), rel=1e-5)
    marked = nav._replace(course=None, marks=(Mark(0.0, 0.2), Mark(40.0, 0.7)), mark_index=1)
    assert shown(marked, "mark_hazard") == pytest.approx(0.7)
    assert shown(marked, "course_error_deg") == shown(marked, "burn_left_s") == 0.0
    assert shown(nav_of(), "cos_incidence") == shown(nav_of()._replace(marks=()), "mark_hazard") == 0.0


def test_centimetres_are_told_apart_near_the_ground() -> None:
    """And kilometres high up: the logarithm keeps both within a few thousandths of the range."""
    low = shown_raw(0.10), shown_raw(0.20)
    high = shown_raw(100e3), shown_raw(110e3)
    assert min(low[1] - low[0], high[1] - high[0]) > 0.005


def shown_raw(height_m: float) -> float:
    return float(observe(nav_of()._replace(height_m=height_m), MAX_TICKS)[NUMBERS["height_m"]])


@pytest.mark.parametrize("phase", Phase)
def test_one_phase_is_shown(phase: Phase) -> None:
    """Its own, and no other."""
    seen = observe(nav_of()._replace(phase=phase), MAX_TICKS)
    phases = {entry.name: seen[index] for index, entry in enumerate(ENTRIES) if entry.name.startswith("phase_")}
    phases.pop("phase_s")
    assert [name for name, value in phases.items() if value] == [f"phase_{phase.value}"]
    assert len(phases) == len(Phase)


@pytest.mark.parametrize("size", [1e12, -1e12, 1e30, -1e30])
def test_nothing_leaves_the_space(size: float) -> None:
    """Whatever the figures come to, they are held at their ends."""
    beyond = {
        name: size
        for name, value in nav_of()._asdict().items()
        if type(value) is float and name not in {"tilt_rad", "incidence_rad", "total_mass_kg"}
    }
    course = CourseState(size, 0.0, size, size, size, size, size)
    nav = nav_of()._replace(**beyond, course=course)
    assert nav.backshell_dx_m == size
    seen = observe(nav, MAX_TICKS, 1.0)
    assert seen in observation_space()
    assert np.isfinite(seen).all()


def test_the_truth_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the estimates stand still, nothing that the agent sees or is paid moves, however the flight does."""
    env = LandingEnv("powered-descent", gamma=1.0)
    env.reset(seed=4)
    frozen = env.nav
    first = observe(frozen, MAX_TICKS)
    height_m = env._begun().craft.height_m
    monkeypatch.setattr(Flight, "nav", lambda flight: frozen)
    env.reset(seed=4)
    env._phi = 0.0
    told = list(steps(env, by_chance(3), 60))
    assert env._begun().craft.height_m < height_m - 100.0
    own = NUMBERS["action_down"]
    for seen, *_ in told:
        seen[own] = 0.0
        assert np.array_equal(np.delete(seen, NUMBERS["left_s"]), np.delete(first, NUMBERS["left_s"]))
    assert {paid for _, paid, *_ in told[1:]} == {0.0}


def test_what_the_agent_holds_down_is_seen() -> None:
    """Or it could not know whether pressing means anything."""
    env = LandingEnv("sky-crane")
    env.reset(seed=1)
    assert [env.step([0.0, 0.0, -1.0, level])[0][NUMBERS["action_down"]] for level in (1.0, 0.0, 0.6)] == [1, 0, 1]
    assert env.reset(seed=1)[0][NUMBERS["action_down"]] == 0.0


def test_names_are_told_once() -> None:
    """A name and a meaning for each number of the space, and no two names alike."""
    assert all(entry.name and entry.meaning for entry in ENTRIES)
    assert len(NUMBERS) == len(ENTRIES) == observation_space().shape[0]
