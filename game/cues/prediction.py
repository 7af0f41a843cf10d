"""Where we come down: the predictor that guidance, cues and the display share.

A point mass in the plane of flight, in polar coordinates about the planet's centre: equations of Vinh, Busemann and
Culp, Hypersonic and Planetary Entry Flight Mechanics, 1980, with the planet's turning. Steps of two seconds by the
two-step Adams-Bashforth rule down to the parachute, then the parachute's own descent to where the backshell is left.
It has no memory: everything follows from one `Nav`, also the factor on the air's drag, which is what the
accelerometers feel over what they should.
"""

from __future__ import annotations

from itertools import repeat
from math import acos, cos, hypot, radians, sin, sqrt
from typing import Final, NamedTuple

from game.cues.air_tables import CELL_M, CELLS, MACH_CELLS, tables_of
from game.cues.forecast import Prediction
from game.cues.plan import EARLY_MPS, LATE_MPS, Plan, plan_with
from game.cues.slices import NEVER, Sliced, whole
from game.cues.under_canopy import (
    MORTAR_HIGH_MACH,
    MOST_LOAD,
    PLANNED_LOAD,
    State,
    backshell_height_m,
    mortar_allowed,
    under_canopy,
)
from game.sim.phases import Phase
from game.sim.planet import MU_M3_S2, STANDARD_GRAVITY_MPS2
from game.sim.snapshot import Canopy, Nav
from game.sim.vehicle_spec import AeroshellSpec

__all__ = [
    "LOWEST_M", "LOW_M", "MORTAR_MACH", "backshell_height_m", "drag_factor", "foretell", "held_plan", "pairs_lost",
    "parachute_landing_m", "predict", "predict_plan", "predict_planned",
]  # fmt: skip

# The mortar: nearly as flown (Mach 1.82), and earlier if the height asks for it.
MORTAR_MACH: Final = 1.79
LOW_M: Final = 7000.0  # lower than this we open as soon as the box allows
LOWEST_M: Final = 4500.0  # of an opening after which heat shield, radar and engines still have their time

_LEAST_G: Final = 0.2  # felt from here on, the drag tells of the air
_LEAST_FACTOR: Final = 0.6
_MOST_FACTOR: Final = 1.6
# The higher the air, the less it says about the air below, where most of the braking is done.
_SURE_M: Final = 40_000.0
_UNSURE_M: Final = 100_000.0

_STEP_S: Final = 2.0
_STRONG_STEP_S: Final = 1.0
_STRONG_G: Final = 4.0
_LEVEL_STEP_S: Final = 3.0  # in the long flat part low down, where the air hardly changes
_LEVEL_MPS: Final = 120.0
_GENTLE_BRAKE: Final = 0.014  # 1/s: a step takes less than a fifteenth of the speed
_SPACE_STEP_S: Final = 6.0  # above the air
_SPACE_M: Final = 100_000.0
_LONGEST_S: Final = 700.0  # then we have left the planet, or nearly


class _Opening(NamedTuple):
    """How the flight to the parachute ends."""

    state: State
    peak_g: float
    opens: bool


def predict(nav: Nav, lift: float | None = None) -> Prediction:
    """Where we come down if this in-plane share of the lift is held from now on; by default the one last wanted."""
    return predict_plan(nav, held_plan(nav.lift_wanted if lift is None else lift), MOST_LOAD)


def held_plan(lift: float) -> Plan:
    """The plan of who never moves the lever."""
    return Plan(lift, lift, lift)


def predict_planned(nav: Nav) -> Prediction:
    """The same if what is wanted now is the guidance's own doing, which goes on with its plan: for who lets it fly."""
    return predict_plan(nav, plan_with(nav.lift_wanted, nav.speed_mps))


def predict_plan(
    nav: Nav, plan: Plan, load_share: float = PLANNED_LOAD, under_canopy_m: float | None = None
) -> Prediction:
    """Where we come down if the lift follows this plan from now on.

    load_share  of the load that tears the canopy, at which it would still be opened
    under_canopy_m  how far the parachute carries us, if that is known from a plan that is nearly the same
    """
    return whole(foretell(nav, plan, load_share, under_canopy_m))


def foretell(
    nav: Nav, plan: Plan, load_share: float, under_canopy_m: float | None = None, slice_steps: int = NEVER
) -> Sliced[Prediction]:
    """What `predict_plan` reckons, to stop after so many steps at most until it is asked again."""
    state = _state(nav)
    if nav.phase in _BEFORE_PARACHUTE:
        factor = drag_factor(nav)
        state, peak_g, opens = yield from _entry(nav, state, plan, factor, load_share, slice_steps)
        mortar_m = nav.onboard.planet.radius_m * state.angle_rad
        mass_kg = nav.onboard.parachute_kg + nav.onboard.parachute.mass_kg
        landing_m = mortar_m
        if opens and under_canopy_m is None:
            yield  # the canopy has slices of its own
            landing_m = yield from under_canopy(nav, state, 0.0, True, mass_kg, factor, slice_steps)
        elif opens and under_canopy_m is not None:
            landing_m += under_canopy_m
    else:
        opens, peak_g, mortar_m = True, nav.g, nav.downrange_m
        landing_m = yield from _landing(nav, state, slice_steps)
    return Prediction(landing_m, mortar_m, landing_m - nav.target_m, peak_g, opens, plan.at(nav.speed_mps))


def parachute_landing_m(nav: Nav) -> float:
    """Where we come down if the mortar is fired now, or has been fired: down-track of the frame's origin."""
    return whole(_landing(nav, _state(nav), NEVER))


def drag_factor(nav: Nav) -> float:
    """What the air does over what the forecast and the figures on board make of it; 1 while nothing can be felt.

    Memoryless: the load that is felt now over that of the model here and now, at the incidence that we have.
    """
    if nav.phase is not Phase.ENTRY or nav.g < _LEAST_G:
        return 1.0
    aerodynamics = nav.onboard.aerodynamics
    drag_n, lift_n, _ = aerodynamics.forces(
        nav.q_pa, nav.mach, nav.incidence_rad, nav.trim_rad, rate_over_2v=0.0, shield_on=nav.heat_shield_on
    )
    model_g = hypot(drag_n, lift_n) / nav.total_mass_kg / STANDARD_GRAVITY_MPS2
    factor = min(max(nav.g / max(model_g, 1e-3), _LEAST_FACTOR), _MOST_FACTOR)
    doubt = min(max((nav.altitude_m - _SURE_M) / (_UNSURE_M - _SURE_M), 0.0), 1.0)
    return 1.0 + (factor - 1.0) * (1.0 - doubt)


_BEFORE_PARACHUTE: Final = frozenset({Phase.COURSE, Phase.CRUISE, Phase.APPROACH, Phase.ENTRY})


def _state(nav: Nav) -> State:
    radius_m = nav.onboard.planet.radius_m
    angle = nav.downrange_m / radius_m
    across, upright = sin(angle), cos(angle)
    return State(
        angle,
        radius_m + nav.altitude_m,
        nav.vx_mps * upright - nav.vy_mps * across,
        nav.vx_mps * across + nav.vy_mps * upright,
    )


def _entry(  # noqa: C901, PLR0912, PLR0915  see below
    nav: Nav, state: State, plan: Plan, factor: float, load_share: float, slice_steps: int
) -> Sliced[_Opening]:
    """Fly the capsule to its mortar, at the Mach number of the design, or earlier when it is low.

    One long loop with hardly a call in it: this is most of what guidance costs.
    """
    onboard = nav.onboard
    shell = onboard.vehicle.aeroshell
    density, per_sound, wind, drag, trim, _ = tables_of(onboard.forecast, onboard.aerodynamics, onboard.parachute)
    radius_m, spin = onboard.planet.radius_m, onboard.planet.spin_rad_s
    slope, pairs = shell.lift_slope, shell.balance_pairs
    mass_kg = nav.total_mass_kg if nav.phase is Phase.ENTRY else onboard.entry_kg
    per_mass = 0.5 * factor * onboard.aerodynamics.area_m2
    k = per_mass / mass_kg
    wanted = plan.at(nav.speed_mps)
    roll = _Roll(nav.lift, wanted, shell)
    lost = pairs_lost(nav)
    straightens2 = shell.straighten_mps**2
    straight_s = -1.0  # since straightening up, once it has begun
    if nav.straightened:
        straight_s = max(shell.balance_first_s + (lost - 1) * shell.balance_s, 0.0) if lost else 0.0
    angle, r, along, up = state
    lift, rolling = nav.lift, True
    rolled_s, open_mach = 0.0, MORTAR_MACH
    next2 = _next2(nav.speed_mps)  # square of the speed at which the plan turns to its next share
    strong2 = (_STRONG_G * STANDARD_GRAVITY_MPS2) ** 2
    before = (angle, r, along, up)
    mach = before_mach = peak2 = time_s = last_dt = da = du = 0.0
    last_mach, last_cell = len(drag) - 1, CELLS - 1
    while time_s < _LONGEST_S:
        for _ in repeat(None, slice_steps):
            if rolling:
                lift, rolling = roll.lift_at(time_s - rolled_s), time_s - rolled_s < roll.takes_s
            held = lift
            if straight_s >= 0.0:
                gone = min(max((straight_s - shell.balance_first_s) / shell.balance_s + 1.0, lost), pairs)
                held = lift * (1.0 - gone / pairs)
                k = per_mass / (mass_kg - 2.0 * shell.balance_mass_kg * (gone - lost))
            height_m = r - radius_m
            cell_at = height_m / CELL_M
            cell = min(max(int(cell_at), 0), last_cell)
            low = density[cell]
            rho = max(low + (cell_at - cell) * (density[cell + 1] - low), 0.0)
            through = along - wind[cell]
            speed2 = through * through + up * up
            speed = sqrt(speed2)
            before_mach, mach = mach, speed * per_sound[cell]
            index = min(int(mach * MACH_CELLS), last_mach)
            brake = k * rho * drag[index] * speed  # 1/s
            lean = trim[index] * held
            rise = brake * slope * lean * (1.0 - lean * lean / 6.0)
            felt2 = (brake * brake + rise * rise) * speed2
            peak2 = max(felt2, peak2)
            if mach <= open_mach and mortar_allowed(onboard, mach, 0.5 * rho * speed2, load_share):
                here = (angle, r, along, up)
                if mach < MORTAR_MACH < before_mach:  # between the steps
                    late = (MORTAR_MACH - mach) / (before_mach - mach)
                    angle, r, along, up = (now + late * (then - now) for now, then in zip(here, before, strict=True))
                return _Opening(State(angle, r, along, up), sqrt(peak2) / STANDARD_GRAVITY_MPS2, height_m > LOWEST_M)
            if height_m < LOW_M:
                if height_m < 0.0:
                    return _Opening(State(angle, r, along, up), sqrt(peak2) / STANDARD_GRAVITY_MPS2, False)
                open_mach = MORTAR_HIGH_MACH
            if straight_s < 0.0 and along * along + up * up <= straightens2:
                straight_s = (shell.straighten_mps - hypot(along, up)) / max(brake * speed, 1e-3)
            if along * along + up * up <= next2:
                now_mps = hypot(along, up)
                next2 = _next2(now_mps)
                if plan.at(now_mps) != wanted:
                    wanted = plan.at(now_mps)
                    rolling, rolled_s, roll = True, time_s, _Roll(lift, wanted, shell)
            if felt2 > strong2:
                dt = _STRONG_STEP_S
            elif height_m > _SPACE_M:
                dt = _SPACE_STEP_S
            else:
                dt = _LEVEL_STEP_S if abs(up) < _LEVEL_MPS and brake < _GENTLE_BRAKE and straight_s < 0.0 else _STEP_S
            last_da, last_du = da, du
            da = -brake * through - rise * up - along * up / r - 2.0 * spin * up
            du = rise * through - brake * up + (along * along - MU_M3_S2 / r) / r + spin * (spin * r + 2.0 * along)
            before = (angle, r, along, up)
            if last_dt:
                again = 0.5 * dt / last_dt
                new_along = along + dt * (da + again * (da - last_da))
                new_up = up + dt * (du + again * (du - last_du))
            else:
                new_along, new_up = along + dt * da, up + dt * du
            r += 0.5 * dt * (up + new_up)
            angle += 0.5 * dt * (along + new_along) / r
            along, up, last_dt = new_along, new_up, dt
            time_s += dt
            if straight_s >= 0.0:
                straight_s += dt
            if time_s >= _LONGEST_S:
                break
        else:
            yield
    return _Opening(State(angle, r, along, up), sqrt(peak2) / STANDARD_GRAVITY_MPS2, False)


def _next2(speed_mps: float) -> float:
    edge_mps = EARLY_MPS if speed_mps > EARLY_MPS else LATE_MPS if speed_mps > LATE_MPS else 0.0
    return edge_mps * edge_mps


def pairs_lost(nav: Nav) -> int:
    """How many pairs of the entry balance masses have left, by what the craft weighs."""
    shell = nav.onboard.vehicle.aeroshell
    if not nav.straightened:
        return 0
    left_kg = nav.total_mass_kg - nav.onboard.parachute_kg - nav.onboard.parachute.mass_kg
    pair_kg = 2.0 * shell.balance_mass_kg
    return min(max(shell.balance_pairs - round(left_kg / pair_kg), 0), shell.balance_pairs)


class _Roll:
    """From the lift that we have to the one that we want, by the shortest roll: half of it faster, half slower."""

    __slots__ = ("_from_rad", "_turn_rad", "_wanted", "takes_s")

    def __init__(self, lift: float, wanted: float, shell: AeroshellSpec) -> None:
        self._wanted = wanted
        self._from_rad = acos(min(max(lift, -1.0), 1.0))
        self._turn_rad = acos(min(max(wanted, -1.0), 1.0)) - self._from_rad
        self.takes_s = 2.0 * sqrt(abs(self._turn_rad) / radians(shell.bank_accel_deg_s2))

    def lift_at(self, time_s: float) -> float:
        """In-plane share so long from now."""
        if time_s >= self.takes_s or not self._turn_rad:
            return self._wanted
        share = time_s / self.takes_s
        return cos(self._from_rad + self._turn_rad * share * share * (3.0 - 2.0 * share))


def _landing(nav: Nav, state: State, slice_steps: int) -> Sliced[float]:
    """From here on under the parachute, or by the engines to the mark that is chosen."""
    if nav.phase is Phase.PARACHUTE or nav.phase in _BEFORE_PARACHUTE:
        since_s = nav.canopy_s if nav.phase is Phase.PARACHUTE else 0.0
        mass_kg = nav.total_mass_kg
        if nav.canopy in (Canopy.INFLATING, Canopy.OPEN):  # what hangs above us has to be slowed down too
            mass_kg += nav.onboard.parachute.mass_kg
        landing_m = yield from under_canopy(
            nav, state, since_s, nav.heat_shield_on, mass_kg, drag_factor(nav), slice_steps
        )
        return landing_m
    return nav.x_m if nav.wheels_down else nav.mark_m
