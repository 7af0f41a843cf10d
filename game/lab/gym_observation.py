"""What an agent sees: `Nav`, which is what the craft knows with the errors of what measured it, as numbers of -1 to 1.

Heights go from 260 km to centimetres, speeds from 5 km/s to touchdown. Such a figure is shown as
asinh(value / fine) / asinh(limit / fine): straight near zero, where `fine` is what matters, and logarithmic far out.
The others are value / limit. Either is held at its ends, so that no flight leaves the space, however it ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asinh, cos, sin
from typing import Any, Final, overload

import numpy as np
from gymnasium.spaces import Box

from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav
from game.sim.spec import TICK_HZ

Numbers = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of an observation.

    unit    of the value, in words for the docs; empty for a share or a yes-or-no
    limit   the value that is shown as 1, and beyond which it is held
    fine    of a value that is shown by its logarithm: up to about this it is not; 0 for one that is shown straight
    low     the least that it is shown as; 0 for what is never negative, else -1
    """

    name: str
    unit: str
    limit: float
    meaning: str
    fine: float = 0.0
    low: float = -1.0


# Those by their logarithm, in the order of `_far_and_near`.
_SCALED: Final = (
    Entry("height_m", "m", 400e3, "of the craft's lowest point above the ground", fine=1.0),
    Entry("stage_height_m", "m", 400e3, "of what the engines push", fine=1.0),
    Entry("to_target_m", "m", 2e6, "along the ground, + ahead of us", fine=1.0),
    Entry("to_mark_m", "m", 2e6, "to the chosen landing mark, + ahead of us", fine=1.0),
    Entry("vx_mps", "m/s", 6e3, "speed down-track", fine=0.1),
    Entry("climb_mps", "m/s", 6e3, "speed upwards, along the vertical of where we are", fine=0.1),
    Entry("stage_vx_mps", "m/s", 6e3, "of what the engines push", fine=0.1),
    Entry("stage_vy_mps", "m/s", 6e3, "of what the engines push", fine=0.1),
    Entry("swing_m", "m", 20.0, "the released rover, down-track of the stage", fine=0.1),
    Entry("swing_mps", "m/s", 20.0, "its speed there", fine=0.05),
    Entry("turn_rad_s", "rad/s", 6.0, "how fast the craft leans over, + down-track", fine=0.02),
    Entry("backshell_dx_m", "m", 1e4, "from the stage to the backshell; 0 without one in the air", fine=1.0),
    Entry("backshell_dy_m", "m", 1e4, "the same upwards", fine=1.0),
    Entry("backshell_lands_m", "m", 1e4, "from us to where the backshell comes down; 0 without one", fine=1.0),
    Entry("wind_mps", "m/s", 100.0, "the forecast's, down-track, here", fine=1.0),
    Entry("course_error_deg", "deg", 5.0, "entry angle as it will be, over the one that is wanted; 0 after the course",
          fine=0.01),
    Entry("phase_s", "s", 1e3, "since the phase began", fine=0.1, low=0.0),
    Entry("left_s", "s", 1e3, "until the flight is out of time", fine=1.0, low=0.0),
    Entry("canopy_s", "s", 1e3, "since the mortar; 0 before it", fine=0.1, low=0.0),
    Entry("mach", "", 40.0, "as reckoned on board", fine=0.1, low=0.0),
    Entry("q_pa", "Pa", 4e4, "dynamic pressure, as reckoned on board", fine=1.0, low=0.0),
    Entry("g", "earth g", 20.0, "felt by the accelerometers", fine=0.1, low=0.0),
    Entry("bridle_load_n", "N", 5e4, "pull of the bridle", fine=100.0, low=0.0),
    Entry("parachute_load_n", "N", 3e5, "pull of the canopy", fine=1e3, low=0.0),
    Entry("heat_flux_w_cm2", "W/cm2", 200.0, "at the stagnation point", fine=0.1, low=0.0),
)  # fmt: skip
# The others, in the order of `_shares`.
_PLAIN: Final = (
    Entry("sin_tilt", "", 1.0, "of the lean of what the engines push, + down-track"),
    Entry("cos_tilt", "", 1.0, "1 is upright"),
    Entry("sin_incidence", "", 1.0, "of the capsule's incidence: 0 once the backshell is off"),
    Entry("cos_incidence", "", 1.0, "1 is the heat shield straight into the flow"),
    Entry("trim_rad", "rad", 1.0, "incidence that the capsule seeks by itself"),
    Entry("path_rad", "rad", 3.2, "angle of the path through the air above the horizon"),
    Entry("lift", "", 1.0, "in-plane share of the capsule's lift"),
    Entry("lift_wanted", "", 1.0, "what it was last told to be"),
    Entry("slope_rad", "rad", 0.5, "of the ground below; 0 until it is near"),
    Entry("thrust_now_mps2", "m/s2", 30.0, "thrust over the mass that it holds up", low=0.0),
    Entry("thrust_min_mps2", "m/s2", 30.0, "the least that the burning engines give", low=0.0),
    Entry("thrust_max_mps2", "m/s2", 30.0, "the most", low=0.0),
    Entry("propellant_kg", "kg", 500.0, "left", low=0.0),
    Entry("bridle_paid_m", "m", 10.0, "let out", low=0.0),
    Entry("surface_c", "C", 3e3, "of the heat shield"),
    Entry("burn_left_s", "s", 60.0, "that the course may still be corrected for; 0 after it", low=0.0),
    Entry("canopy_lost", "", 1.0, "share of the canopy that is torn", low=0.0),
    Entry("mark_hazard", "", 1.0, "of the ground at the chosen mark, 0 smooth; 0 until marks are seen", low=0.0),
    Entry("backshell_aloft", "", 1.0, "the backshell is off and in the air", low=0.0),
    Entry("canopy_open", "", 1.0, "the parachute carries us", low=0.0),
    Entry("damped", "", 1.0, "the craft holds what is set: not in raw", low=0.0),
    Entry("radar_locked", "", 1.0, "the height is measured", low=0.0),
    Entry("terrain_locked", "", 1.0, "the place is measured, and marks are seen", low=0.0),
    Entry("cruise_stage_on", "", 1.0, "it still carries us", low=0.0),
    Entry("heat_shield_on", "", 1.0, "it is before us, and before radar and camera", low=0.0),
    Entry("backshell_on", "", 1.0, "we are in it", low=0.0),
    Entry("guided", "", 1.0, "the load has been felt from which the lift steers", low=0.0),
    Entry("straightened", "", 1.0, "the capsule has straightened up for the parachute", low=0.0),
    Entry("rover_released", "", 1.0, "it hangs on its bridle, or stands", low=0.0),
    Entry("bridle_full", "", 1.0, "all of it is out", low=0.0),
    Entry("bridle_cut", "", 1.0, "the stage is free of the rover", low=0.0),
    Entry("wheels_ready", "", 1.0, "they are out", low=0.0),
    Entry("wheels_down", "", 1.0, "they have touched the ground", low=0.0),
    Entry("action_down", "", 1.0, "of your own last action: pressed, so that it makes no edge now", low=0.0),
)
_PHASES: Final = tuple(Entry(f"phase_{phase.value}", "", 1.0, "it is this phase", low=0.0) for phase in Phase)

ENTRIES: Final = (*_SCALED, *_PLAIN, *_PHASES)

_FAR: Final = len(_SCALED)
_FIRST_PHASE: Final = _FAR + len(_PLAIN)
_COUNT: Final = len(ENTRIES)
_PHASE_AT: Final = {phase: _FIRST_PHASE + index for index, phase in enumerate(Phase)}
_OVER: Final = np.array([1.0 / (entry.fine or entry.limit) for entry in (*_SCALED, *_PLAIN)])
_OVER_LOG: Final = np.array([1.0 / asinh(entry.limit / entry.fine) for entry in _SCALED])
_LOW: Final = np.array([entry.low for entry in (*_SCALED, *_PLAIN)])
_HIGH: Final = np.ones(_FIRST_PHASE)
_OPEN: Final = Canopy.OPEN


def observation_space() -> Box:
    """Every entry between its least and 1."""
    low = np.array([entry.low for entry in ENTRIES], np.float32)
    return Box(low, np.ones(_COUNT, np.float32), dtype=np.float32)


def observe(nav: Nav, max_ticks: int, action_down: float = 0.0) -> Numbers:
    """What the agent sees, a new array in the order of ENTRIES.

    max_ticks   that the level allows a flight
    action_down  whether the agent's own last action has ACTION pressed
    """
    values = np.fromiter((*_far_and_near(nav, max_ticks), *_shares(nav, action_down)), np.float64, _FIRST_PHASE)
    values *= _OVER
    far = values[:_FAR]
    np.arcsinh(far, out=far)
    far *= _OVER_LOG
    np.maximum(values, _LOW, out=values)
    np.minimum(values, _HIGH, out=values)
    seen = np.zeros(_COUNT, np.float32)
    seen[:_FIRST_PHASE] = values
    seen[_PHASE_AT[nav.phase]] = 1.0
    return seen


@overload
def value_of(entry: Entry, shown: float) -> float: ...
@overload
def value_of(entry: Entry, shown: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.float64]]: ...


def value_of(
    entry: Entry, shown: float | np.ndarray[Any, Any]
) -> float | np.ndarray[Any, np.dtype[np.float64]]:  # fmt: skip
    """The value that an entry shows, in its own unit: the way back, up to its ends; of many, an array of them."""
    numbers = np.asarray(shown, np.float64)
    values = entry.fine * np.sinh(numbers * asinh(entry.limit / entry.fine)) if entry.fine else numbers * entry.limit
    return values if numbers.ndim else float(values)


def _far_and_near(nav: Nav, max_ticks: int) -> tuple[float, ...]:
    """The figures of _SCALED, in their units."""
    course, lands_m = nav.course, nav.backshell_lands_m
    return (
        nav.height_m, nav.stage_height_m, nav.target_m - nav.downrange_m, nav.mark_m - nav.x_m,
        nav.vx_mps, nav.climb_mps, nav.stage_vx_mps, nav.stage_vy_mps,
        nav.swing_m, nav.swing_mps, nav.tilt_rate_rad_s,
        nav.backshell_dx_m or 0.0, nav.backshell_dy_m or 0.0, 0.0 if lands_m is None else lands_m - nav.x_m,
        nav.wind_mps, course.entry_angle_deg - course.wanted_deg if course else 0.0,
        nav.phase_s, (max_ticks - nav.tick) / TICK_HZ, nav.canopy_s,
        nav.mach, nav.q_pa, nav.g, nav.bridle_load_n, nav.parachute_load_n, nav.heat_flux_w_cm2,
    )  # fmt: skip


def _shares(nav: Nav, action_down: float) -> tuple[float, ...]:
    """The figures of _PLAIN, in their units."""
    mass_kg, capsule, course = nav.total_mass_kg, nav.backshell_on, nav.course
    return (
        sin(nav.tilt_rad), cos(nav.tilt_rad),
        sin(nav.incidence_rad) if capsule else 0.0, cos(nav.incidence_rad) if capsule else 0.0,
        nav.trim_rad, nav.path_rad, nav.lift, nav.lift_wanted, nav.slope_rad,
        nav.thrust_now_n / mass_kg, nav.thrust_min_n / mass_kg, nav.thrust_max_n / mass_kg,
        nav.propellant_kg, nav.bridle_paid_m, nav.surface_c, course.burn_left_s if course else 0.0,
        nav.canopy_lost, nav.marks[nav.mark_index].hazard if nav.marks else 0.0,
        nav.backshell_dx_m is not None, nav.canopy is _OPEN and capsule,
        nav.damped, nav.radar_locked, nav.terrain_locked,
        nav.cruise_stage_on, nav.heat_shield_on, nav.backshell_on, nav.guided, nav.straightened,
        nav.rover_released, nav.bridle_full, nav.bridle_cut, nav.wheels_ready, nav.wheels_down,
        action_down,
    )  # fmt: skip
