"""The parachute as it is planned: when it may open, and where that brings us down."""

from __future__ import annotations

from itertools import repeat
from math import sqrt
from typing import Final, NamedTuple

from game.cues.air_tables import CELL_M, CELLS, MACH_CELLS, tables_of
from game.cues.profile import SLOW_BRAKE_MPS2, STEADY_DESCENT_MPS, STEADY_TOP_M
from game.cues.slices import NEVER, Sliced, whole
from game.sim.onboard import Onboard
from game.sim.planet import MU_M3_S2
from game.sim.snapshot import Nav

# Of the load that tears the canopy; the rest is for gusts and for what nobody forecast.
PLANNED_LOAD: Final = 0.85
MORTAR_LOAD: Final = 0.92
MOST_LOAD: Final = 0.98
MORTAR_HIGH_MACH: Final = 2.1
SHIELD_OFF_MACH: Final = 0.62  # flown: 0.63
SHIELD_OFF_S: Final = 10.0  # after the mortar: the capsule has stopped swinging

_LIGHT_UP_M: Final = 80.0  # in hand above the descent's profile, for engines that have to turn us upright first
_FINEST_STEP_S: Final = 0.5
_STEP_S: Final = 2.5
_SHARE_A_STEP: Final = 0.08  # of the speed that a step may brake away, at most
_MOST_STEPS: Final = 400
_FAR_MPS: Final = 1500.0  # faster than this the parachute is minutes away, and
_FAR: Final = 2.0  # times the steps are good enough
_LOOK_M: Final = 9000.0  # higher than this nobody leaves the backshell: the heat shield is hardly off
_RAMP_AREA: Final = 0.45  # mean area of the canopy while it inflates
_COAST_S: Final = 6.0  # how long the speed along the ground goes on under the engines, if the mark lies ahead


class State(NamedTuple):
    """Angle about the planet's centre down-track, distance to it, speeds along the ground and up."""

    angle_rad: float
    r_m: float
    along_mps: float
    up_mps: float


def mortar_allowed(onboard: Onboard, mach: float, q_pa: float, load_share: float = MORTAR_LOAD) -> bool:
    """Inside the qualified box, with what we keep off its upper edges; also for the load that the opening will make.

    load_share  of the load that tears the canopy, at most
    """
    box = onboard.vehicle.parachute
    if not box.low_mach <= mach <= MORTAR_HIGH_MACH or q_pa > box.high_q_pa:
        return False
    return box.overshoot * q_pa * onboard.parachute.drag_area_m2(mach) <= load_share * box.tear_n


def backshell_height_m(descent_mps: float) -> float:
    """Height at which to leave the backshell: a second of free fall later, the descent's profile begins.

    >>> round(backshell_height_m(81.0))
    2333
    """
    lit_mps = descent_mps + 3.7
    brake_m = (lit_mps * lit_mps - STEADY_DESCENT_MPS * STEADY_DESCENT_MPS) / (2.0 * SLOW_BRAKE_MPS2)
    return STEADY_TOP_M + brake_m + descent_mps + _LIGHT_UP_M


def landing_under_canopy_m(
    nav: Nav, state: State, since_s: float, shield_on: bool, mass_kg: float, factor: float
) -> float:
    """The landing that `under_canopy` reckons, at once."""
    return whole(under_canopy(nav, state, since_s, shield_on, mass_kg, factor, NEVER))


def under_canopy(  # noqa: PLR0915  one long loop with hardly a call in it, as in the entry
    nav: Nav, state: State, since_s: float, shield_on: bool, mass_kg: float, factor: float, slice_steps: int
) -> Sliced[float]:
    """Down-track place of the landing: from the mortar, or so long after it, to the backshell and on to the ground.

    In straight lines over the ground: it is far down and near. Two-step Adams-Bashforth, as in the entry.

    since_s   since the mortar; shield_on: of the capsule then
    mass_kg   of all that is slowed down, canopy included
    factor    of the air's drag over the forecast's
    slice_steps  after which it stops until it is asked again
    """
    onboard = nav.onboard
    vehicle, chute = onboard.vehicle, onboard.parachute
    opening = vehicle.parachute
    density, per_sound, wind, drag, _, canopy = tables_of(onboard.forecast, onboard.aerodynamics, chute)
    radius_m, spin = onboard.planet.radius_m, onboard.planet.spin_rad_s
    ground_m = nav.altitude_m - nav.height_m if nav.radar_locked else 0.0
    own_m2 = onboard.aerodynamics.area_m2
    open_m2 = own_m2 * vehicle.aeroshell.open_drag_coefficient
    canopy_m2 = 1.0 - nav.canopy_lost
    last_mach, last_cell = len(drag) - 1, CELLS - 1
    place_m, height_m = radius_m * state.angle_rad, state.r_m - radius_m
    along, up = state.along_mps, state.up_mps
    stretched_s, inflated_s = opening.stretch_s, opening.stretch_s + opening.inflate_s
    pull = MU_M3_S2 / (state.r_m * state.r_m) - spin * spin * state.r_m
    half, twice = 0.5 * factor, spin + spin
    last_dt = da = du = 0.0
    far = _FAR if nav.speed_mps > _FAR_MPS else 1.0
    share, longest_s, finest_s = far * _SHARE_A_STEP, far * _STEP_S, far * _FINEST_STEP_S
    left = _MOST_STEPS
    while left:
        steps = min(slice_steps, left)
        for _ in repeat(None, steps):
            if height_m - ground_m < _LOOK_M and height_m - ground_m <= backshell_height_m(-up):
                return place_m + _COAST_S * along
            cell_at = height_m / CELL_M
            cell = min(max(int(cell_at), 0), last_cell)
            low = density[cell]
            rho = low + (cell_at - cell) * (density[cell + 1] - low)
            through = along - wind[cell]
            speed = sqrt(through * through + up * up)
            mach = speed * per_sound[cell]
            if shield_on and since_s > SHIELD_OFF_S and mach < SHIELD_OFF_MACH:
                shield_on = False
                mass_kg -= vehicle.heat_shield.mass_kg
            at_mach = min(int(mach * MACH_CELLS), last_mach)
            area_m2 = own_m2 * drag[at_mach] if shield_on else open_m2
            if since_s >= stretched_s:
                area_m2 += (canopy_m2 if since_s >= inflated_s else _RAMP_AREA) * canopy[at_mach]
            brake = half * rho * area_m2 * speed / mass_kg
            last_da, last_du = da, du
            da = -brake * through - twice * up
            du = -brake * up - pull + along * along / radius_m + twice * along
            if since_s >= inflated_s:
                dt = max(share / brake if brake > share / longest_s else longest_s, finest_s)
            else:
                dt = (stretched_s if since_s < stretched_s else inflated_s) - since_s
            if last_dt and since_s > inflated_s:
                again = 0.5 * dt / last_dt
                new_along = along + dt * (da + again * (da - last_da))
                new_up = up + dt * (du + again * (du - last_du))
            else:
                new_along, new_up = along + dt * da, up + dt * du
            place_m, height_m = place_m + 0.5 * dt * (along + new_along), height_m + 0.5 * dt * (up + new_up)
            along, up, last_dt = new_along, new_up, dt
            since_s += dt
        left -= steps
        if left:
            yield
    return place_m + _COAST_S * along
