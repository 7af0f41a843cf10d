"""The course as a person is told it: how far the entry angle is off, which way to burn, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from math import radians, sin
from typing import Final

from game.cues.signs import Gauge, Sign, banded
from game.sim.onboard import interface_mps
from game.sim.snapshot import CourseState, Nav

COURSE_OK_DEG: Final = 0.02  # two seconds of burn; the entry lands from twenty times as much
COURSE_FAIR_DEG: Final = 0.12  # from here the entry reaches its target without full lift either way

_STEEPEST: Final = 0.1  # sine of the entry angle: grazing courses are reckoned as this


@dataclass(frozen=True, slots=True)
class CourseCue:
    """The course in the course phase.

    entry_angle  degrees, inertial, at the interface; aim is what it should be, the band is where ACTION is due
    error_deg    of it, + too shallow; burn_s how long a full burn takes to mend it, + shallower
    burn_left    seconds of burn that are still allowed
    left_s       until the flight goes on with the course as it is
    shift_m      how far down-track of the plan the interface will be crossed; later_s how much later
    away_m       distance to the planet's centre
    """

    entry_angle: Gauge
    error_deg: float
    burn_s: float
    burn_left: Gauge
    left_s: float
    shift_m: float
    later_s: float
    away_m: float


def course_cue(nav: Nav) -> CourseCue | None:
    """The course, while it can be corrected."""
    course = nav.course
    if course is None:
        return None
    ring = nav.onboard.vehicle.cruise_stage
    error_deg = course.entry_angle_deg - course.wanted_deg
    burn_s = -error_deg / degrees_a_second(nav, course)
    enough = Sign.GO if course.burn_left_s >= abs(burn_s) else Sign.CAUTION
    return CourseCue(
        banded(course.entry_angle_deg, course.wanted_deg, course.wanted_deg - COURSE_OK_DEG,
               course.wanted_deg + COURSE_OK_DEG, Sign.CAUTION),
        error_deg,
        burn_s,
        Gauge(course.burn_left_s, aim=abs(burn_s), low=0.0, high=ring.burn_most_s, sign=enough),
        max(ring.window_s - nav.phase_s, 0.0),
        course.downrange_m,
        course.later_s,
        course.away_m,
    )  # fmt: skip


def degrees_a_second(nav: Nav, course: CourseState) -> float:
    """How fast a full burn moves the entry angle, in degrees a second.

    Angular momentum about the planet: r dv = d(r_i v_i cos angle), at the interface.
    """
    arrival = nav.onboard.arrival
    if arrival is None:
        return 1e-9
    ring = nav.onboard.vehicle.cruise_stage
    mass_kg = nav.onboard.entry_kg + ring.mass_kg + ring.balance_masses * ring.balance_mass_kg
    steep = max(abs(sin(radians(course.wanted_deg))), _STEEPEST)
    turn_rad_s = course.away_m * ring.thrust_n / mass_kg / (arrival.interface_radius_m * interface_mps(arrival) * steep)
    return max(turn_rad_s, 1e-9) / radians(1.0)
