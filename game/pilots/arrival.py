"""The arrival: course, cruise, approach, entry and parachute, flown from `nav` alone.

Nothing here goes by the clock of the real flight: what makes it act are speeds, heights, pressures and Mach numbers.
"""

from __future__ import annotations

from math import pi, radians, remainder
from typing import Final

from game.cues.prediction import LOW_M, backshell_height_m, parachute_landing_m
from game.cues.under_canopy import MOST_LOAD, SHIELD_OFF_MACH, SHIELD_OFF_S, mortar_allowed
from game.pilots.entry_guidance import wanted_lift
from game.pilots.marks import towards_best_mark
from game.pilots.pilot import EVERY_TICKS, within
from game.sim.command import Command, quantised
from game.sim.snapshot import Canopy, Nav
from game.sim.spec import TICK_HZ

# Course
_TRIMMED_DEG: Final = 0.002
_EASE_DEG: Final = 0.004  # nearer than this the burn is eased off

# Cruise
_LOOK_S: Final = 2.0  # before the cruise stage is let go

# Approach
_TURN_EAGER: Final = 0.6  # 1/s: turn rate for an angle
_TURN_STILL_RAD: Final = radians(0.7)
_FASTEST_RAD_S: Final = radians(7.0)

# Raw law: moment for a turn rate that is missing
_MOMENT_RAD_S: Final = radians(3.0)  # that asks for all of it
_QUIET_RAD_S: Final = radians(0.6)  # and that is left alone
_RAW_EAGER: Final = 0.5

# The mortar's Mach number may be moved this far to come down nearer to the target
_EARLIEST_MACH: Final = 1.94
_LATEST_MACH: Final = 1.71
_FAR_EARLIEST_MACH: Final = 2.05
_FAR_LATEST_MACH: Final = 1.5
_FAR_M: Final = 1500.0  # by which we must be off to use all of it
_LOOK_TICKS: Final = TICK_HZ // 10  # between two looks at where the parachute would bring us


def trim_course(nav: Nav) -> Command:
    """Burn across the path until the entry angle is right, then go on."""
    course = nav.course
    if course is None:
        return Command()
    missing_deg = course.wanted_deg - course.entry_angle_deg
    done = abs(missing_deg) < _TRIMMED_DEG or course.burn_left_s <= 0.0
    return quantised(0.0 if done else missing_deg / _EASE_DEG, 0.0, 0.0, action=done)


def leave_cruise_stage(nav: Nav) -> Command:
    """Let the cruise stage go, once it has been seen."""
    return quantised(0.0, 0.0, 0.0, action=nav.phase_s > _LOOK_S)


def turn_shield_forward(nav: Nav) -> Command:
    """Null what the separation left of turning, and bring the shield into the flow to come, at the trim incidence."""
    return quantised(_turn_to(nav, nav.trim_rad), 0.0, 0.0)


def enter(nav: Nav) -> Command:
    """Steer the lift; fire the mortar where the parachute comes down nearest to the target."""
    action = fire_now(nav)
    if nav.damped:
        return quantised(wanted_lift(nav), 0.0, 0.0, action=action)
    return quantised(_turn_to(nav, nav.trim_rad), 0.0, 0.0, action=action)


def hang(nav: Nav) -> Command:
    """Drop the heat shield, choose the mark, and leave the backshell where the engines can still brake."""
    if nav.heat_shield_on:
        slow = nav.mach < SHIELD_OFF_MACH and nav.canopy_s > SHIELD_OFF_S
        return quantised(0.0, 0.0, 0.0, action=slow and nav.canopy is Canopy.OPEN)
    leave = nav.radar_locked and nav.height_m < backshell_height_m(-nav.vy_mps)
    return quantised(0.0, 0.0, 0.0, towards_best_mark(nav), action=leave)


def fire_now(nav: Nav) -> bool:
    """Inside the box, and past the place from which we would come down on the target; or the box is about to close."""
    if nav.altitude_m < LOW_M:
        return mortar_allowed(nav.onboard, nav.mach, nav.q_pa, MOST_LOAD)
    if not mortar_allowed(nav.onboard, nav.mach, nav.q_pa):
        return False
    if nav.mach > _FAR_EARLIEST_MACH:
        return False
    if nav.tick % (TICK_HZ if nav.mach > _EARLIEST_MACH else _LOOK_TICKS) >= EVERY_TICKS:
        return False
    if nav.mach < _FAR_LATEST_MACH:
        return True
    past_m = parachute_landing_m(nav) - nav.target_m
    if past_m < 0.0:
        return nav.mach <= (_FAR_LATEST_MACH if past_m < -_FAR_M else _LATEST_MACH)
    return nav.mach <= (_FAR_EARLIEST_MACH if past_m > _FAR_M else _EARLIEST_MACH)


def _turn_to(nav: Nav, incidence_rad: float) -> float:
    """Tilt that turns us to an incidence and keeps us there: a rate by the damped law, a moment by the raw one.

    Incidence is + counter-clockwise, tilt + clockwise.
    """
    missing_rad = remainder(incidence_rad - nav.incidence_rad, 2.0 * pi)
    thrusters = nav.onboard.vehicle.aeroshell.thrusters
    rate = nav.incidence_rate_rad_s
    if nav.damped:
        if abs(missing_rad) < _TURN_STILL_RAD:
            return 0.0
        wanted = within(_TURN_EAGER * missing_rad, _FASTEST_RAD_S)
        return -wanted / radians(thrusters.rate_deg_s)
    short = within(_RAW_EAGER * missing_rad, _FASTEST_RAD_S) - rate
    if abs(short) < _QUIET_RAD_S:
        return 0.0
    return -short / _MOMENT_RAD_S
