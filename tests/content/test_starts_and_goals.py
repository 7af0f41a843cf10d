"""Where a flight begins and where it ends: each phase needs its own keys, and a goal before the ground its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content.identity import canonical_text
from game.content.levels import load_level
from game.content.modes import FULL, FULL_ENTRY, FULL_HOVERING, full_dispersions
from game.sim.events import EventName
from game.sim.phases import Phase
from game.sim.spec import FigureName
from tests.content.files import ARRIVING, FALLING, LEVEL, level_file, part_file, problems_of

_AT = {Phase.COURSE: -32_400.0, Phase.CRUISE: -60.0, Phase.APPROACH: -25.0, Phase.ENTRY: 0.0}
_PLACE = "height_m = 21.0\n"
_ANGLE = '[[goal.figures]]\nname = "entry_angle_deg"\naim = -15.48\nhalf_width = 0.1\n'
_MACH = '[[goal.figures]]\nname = "mach"\naim = 1.6\nhalf_width = 0.5\n'
_LOAD = '[[goal.figures]]\nname = "parachute_load_n"\naim = 150e3\nhalf_width = 70e3\n'


def with_goal(event: str, *figures: str) -> tuple[str, str]:
    """The change that ends a flight at this event, by these figures."""
    ends = f'ends_at = "{event}"\n' if event else ""
    return "mark_reach_m = 60.0\n", f"mark_reach_m = 60.0\n{ends}\n{''.join(figures)}"


@pytest.mark.parametrize("phase", _AT)
def test_a_flight_can_arrive_from_space(tmp_path: Path, phase: Phase) -> None:
    """In the course phase, with the cruise stage or without, or right at the interface."""
    path = level_file(tmp_path, ('"course"', f'"{phase}"'), ("t_s = -32400.0", f"t_s = {_AT[phase]}"), text=ARRIVING)
    start = load_level(str(path)).start
    assert start.phase is phase
    assert start.arrival is not None
    assert start.arrival.error_spread_deg == 0.0
    assert start.lift == 0.62


def test_an_entry_can_begin_on_its_way_down(tmp_path: Path) -> None:
    """By its place and speed, up to 40 km high and at any speed that it can have there."""
    start = load_level(str(level_file(tmp_path, text=FALLING))).start
    assert start.arrival is None
    assert start.height_m == 13_900.0
    fast = level_file(
        tmp_path,
        ("downrange_m = -13500.0", "downrange_m = -300000.0"),
        ("height_m = 13900.0", "height_m = 39000.0"),
        ("speed_along_mps = 457.0", "speed_along_mps = 4900.0"),
        text=FALLING,
    )
    assert load_level(str(fast)).start.speed_along_mps == 4900.0


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [
        # which phase, and what it needs
        (
            LEVEL,
            '"sky_crane"',
            '"cruise"',
            "start.arrival: is missing: a flight that starts in cruise comes from space",
        ),
        (LEVEL, '"sky_crane"', '"cruise"', "start.height_m: does not belong beside start.arrival, which says where we"),
        (LEVEL, '"sky_crane"', '"parachute"', "start.phase: a flight can start in course, cruise, approach, entry, "),
        (LEVEL, _PLACE, "", "start.height_m: is missing"),
        (ARRIVING, '"course"', '"free_fall"', "start.arrival: does not belong to a flight that starts in free_fall"),
        (ARRIVING, "t_s =", "height_m = 9.0\nt_s =", "start.height_m: does not belong beside start.arrival"),
        (
            FALLING,
            "speed_down_mps = 131.0\n",
            "",
            "start.speed_down_mps: is missing; or say start.arrival in its stead",
        ),
        # how it lies
        (
            FALLING,
            "t_s =",
            "tilt_deg = 3.0\nt_s =",
            "start.tilt_deg: does not belong to a craft that carries its backsh",
        ),
        (LEVEL, "t_s =", "lift = 0.3\nt_s =", "start.lift: does not belong to a flight that starts in sky_crane: the"),
        (LEVEL, "t_s =", "incidence_deg = 3.0\nt_s =", "start.incidence_deg: does not belong to a flight that starts"),
        (FALLING, "t_s =", "lift = 1.3\nt_s =", "start.lift: must be from -1 to 1, not 1.3"),
        (FALLING, "t_s =", "incidence_deg = 200.0\nt_s =", "start.incidence_deg: must be from -180 to 180, not 200"),
        (FALLING, "t_s =", "turn_deg_s = 900.0\nt_s =", "start.turn_deg_s: must be from -60 to 60, not 900"),
        # when it is
        (ARRIVING, "-32400.0", "-60.0", "start.t_s: must be at most -3600 in the course phase, an hour before the int"),
        (ARRIVING, "-32400.0", "-1e6", "start.t_s: must be from -864000 to 10000, not -1e+06"),
        (
            ARRIVING,
            '"course"',
            '"cruise"',
            "start.t_s: must be from -600 to -1 in the cruise phase, before the interfa",
        ),
        (
            ARRIVING,
            '"course"',
            '"entry"',
            "start.t_s: must be 0 for an entry that starts at the interface, with start.",
        ),
        (FALLING, "224.0", "-1.0", "start.t_s: must not be before the interface, where t_s is 0, but is -1"),
        (LEVEL, "399.7", "-1.0", "start.t_s: must not be before the interface, where t_s is 0, but is -1"),
        # the arrival
        (ARRIVING, "2519.0", "100.0", "start.arrival.approach_mps: must be from 500 to 12000, not 100"),
        (ARRIVING, "-15.48", "15.48", "start.arrival.entry_angle_deg: must be from -60 to -5, not 15.48"),
        (
            ARRIVING,
            "-15.48",
            "-5.0\nangle_error_deg = 1.5\nerror_spread_deg = 1.0",
            "start.arrival.entry_angle_deg: must be at most -3 with its error and spread, or we fly past, not -2.5",
        ),
        (
            ARRIVING,
            "3522200.0",
            "3442200.0",
            "start.arrival.interface_radius_m: must be at least 3491937, 100 km above the site, not 3442200",
        ),
        (ARRIVING, "-597450.0", "-5e6", "start.arrival.downrange_m: must be from -1e+06 to 100000, not -5e+06"),
        (
            ARRIVING,
            "approach_mps",
            "aproach_mps",
            "start.arrival.aproach_mps: is not a key here; did you mean approach_",
        ),
    ],
)
def test_a_start_that_cannot_be_is_one_sentence(tmp_path: Path, text: str, old: str, new: str, said: str) -> None:
    """Each phase has its keys and its time; what is missing, too much or out of time is told by its key."""
    problems = problems_of(level_file(tmp_path, (old, new), text=text))
    assert any(problem.startswith(f"own.toml: {said}") for problem in problems), problems


@pytest.mark.parametrize(
    ("text", "event", "figures"),
    [
        (ARRIVING, "entry_interface", _ANGLE),
        (ARRIVING, "mortar", _MACH),
        (FALLING, "inflation_peak", _LOAD),
        (FALLING, "heat_shield_separation", _MACH),
        (FALLING, "backshell_separation", _MACH + _LOAD),
    ],
)
def test_a_flight_can_end_before_the_ground(tmp_path: Path, text: str, event: str, figures: str) -> None:
    """At an event that is ahead, by one figure or more."""
    goal = load_level(str(level_file(tmp_path, with_goal(event, figures), text=text))).goal
    assert goal.ends_at is EventName(event)
    assert [figure.name for figure in goal.figures] == [name for name in FigureName if f'"{name}"' in figures]


@pytest.mark.parametrize(
    ("text", "event", "figures", "said"),
    [
        (ARRIVING, "", _ANGLE, "goal.figures: needs goal.ends_at, the event at which they count"),
        (ARRIVING, "mortar", "", "goal.ends_at: needs at least one of goal.figures, or there is nothing to hit"),
        (
            ARRIVING,
            "touchdown",
            _MACH,
            "goal.ends_at: a flight can end at entry_interface, mortar, inflation_peak, heat_shield_separation or back",
        ),
        (ARRIVING, "soon", _MACH, "goal.ends_at: must be one of 'course_set', "),
        (FALLING, "entry_interface", _MACH, "goal.ends_at: a flight that starts in entry is past entry_interface"),
        (LEVEL, "backshell_separation", _MACH, "goal.ends_at: a flight that starts in sky_crane is past backshell_sep"),
        (ARRIVING, "mortar", _MACH + _MACH, "goal.figures 2: name: says mach a second time"),
        (
            ARRIVING,
            "mortar",
            _ANGLE,
            "goal.figures 1: name: entry_angle_deg counts at entry_interface, not at mo",
        ),
        (ARRIVING, "mortar", _LOAD, "goal.figures 1: name: parachute_load_n counts at inflation_peak, heat_shi"),
        (ARRIVING, "mortar", _MACH.replace("0.5", "0.0"), "goal.figures 1: half_width: must be above 0, not 0"),
        (ARRIVING, "mortar", _MACH.replace("1.6", "1e9"), "goal.figures 1: aim: must be from -1e+07 to 1e+07, "),
        (
            ARRIVING,
            "mortar",
            _MACH.replace("mach", "mood"),
            "goal.figures 1: name: must be one of 'entry_angle_d",
        ),
        (
            ARRIVING,
            "mortar",
            _MACH.replace("aim", "aims"),
            "goal.figures 1: aims: is not a key here; did you mean",
        ),
        (ARRIVING, "mortar", _MACH.replace("aim = 1.6\n", ""), "goal.figures 1: aim: is missing"),
    ],
)
def test_a_goal_that_cannot_be_is_one_sentence(tmp_path: Path, text: str, event: str, figures: str, said: str) -> None:
    """The event must be ahead and one that a goal can be made of, the figures ones that can be told there."""
    problems = problems_of(level_file(tmp_path, with_goal(event, figures), text=text))
    assert any(problem.startswith(f"own.toml: {said}") for problem in problems), problems


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("cruise_stage.burn_most_s", "600.0", "must be below window_s, which is "),
        ("cruise_stage.thrust_n", "1e6", "must be at most 1000, not 1e+06"),
        ("cruise_stage.balance_masses", "3", "must be from 0 to 2, not 3"),
        ("cruise_stage.balance_masses", "1.5", "must be a whole number, not 1.5"),
        ("aeroshell.balance_pairs", "4", "must be from 1 to 3, not 4"),
        ("aeroshell.diameter_m", "0.1", "must be from 0.5 to 12, not 0.1"),
        ("aeroshell.stability", "4.0", "or the capsule swings faster than the ticks"),
        ("aeroshell.trim_deg", "[[0.8, 80.0]]", ", entry 1: its second number must be from 0 to 45, not 80"),
        ("aeroshell.pitch_damping", "[[0.8, 9.0]]", ", entry 1: its second number must be from -5 to 0.5, not 9"),
        ("aeroshell.thrusters.hold_band_deg_s", "9.0", "must be below rate_band_deg_s, which is "),
        ("aeroshell.thrusters.moment_nm", "99000.0", "or a tick of it kicks past rate_band_deg_s"),
        ("heat_shield.thickness_m", "0.0", "must be from 0.002 to 0.5, not 0"),
        ("heat_shield.start_c", "190.0", "must be below bond_limit_c, which is 150"),
        ("heat_shield.emissivity", "1.5", "must be from 0.05 to 1, not 1.5"),
        ("backshell.lee_share", "0.9", "must be from 0 to 0.5, not 0.9"),
        ("parachute.burst_n", "200000.0", "must be below burst_n, which is 200000"),
        ("parachute.high_mach", "1.0", "must be below high_mach, which is 1"),
        ("parachute.pulse", "1.0", "must be from 0 to 0.9, not 1"),
        ("parachute.stretch_s", "0.0", "must be from 0.1 to 20, not 0"),
    ],
)
def test_a_capsule_that_could_not_fly_is_refused(tmp_path: Path, key: str, value: str, said: str) -> None:
    """What carries us down to the last two kilometres is checked like the rest."""
    changes = [(key, value)]
    if key == "heat_shield.start_c":
        changes.append(("heat_shield.bond_limit_c", "150.0"))
    part_file(tmp_path, "vehicle", "perseverance", *changes)
    (problem,) = problems_of(level_file(tmp_path))
    assert problem.startswith("vehicles/perseverance.toml: ")
    assert said in problem


def test_the_usual_dispersions_are_those_of_where_a_flight_starts() -> None:
    """From space the whole way's, with the arrival's own errors; below the backshell the start's."""
    for phase in _AT:
        assert full_dispersions(phase) is FULL_ENTRY
    assert full_dispersions(Phase.FREE_FALL) is FULL
    assert full_dispersions(Phase.SKY_CRANE) is FULL_HOVERING
    assert (FULL_ENTRY.entry_angle_deg, FULL_ENTRY.entry_speed_mps) == (0.2, 2.0)
    assert FULL_ENTRY.high_density_percent > FULL_ENTRY.density_percent
    assert FULL_ENTRY.start_speed_mps == FULL_ENTRY.start_downrange_m == 0.0


def test_a_goal_is_part_of_what_decides_a_flight(tmp_path: Path) -> None:
    """Every figure stands in the canonical text, and so does an arrival."""
    text = canonical_text(
        load_level(str(level_file(tmp_path, with_goal("mortar", _MACH), text=ARRIVING))).flight_spec()
    )
    assert "goal.ends_at=mortar" in text
    assert "goal.figures[0].name=mach" in text
    assert f"start.arrival.approach_mps={(2519.0).hex()}" in text
