"""The windows before the backshell is off: course, cruise stage, turning, mortar, heat shield, leaving."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, degrees, inf, radians
from typing import Final

from game.cues.attitude import is_forward, is_still, off_trim_rad, spare_s, turning_s
from game.cues.course import COURSE_OK_DEG, CourseCue, course_cue
from game.cues.deploy import Deploy, deploy_box
from game.cues.forecast import Prediction
from game.cues.prediction import backshell_height_m
from game.cues.profile import latest_burn_height_m, stopping_mps2
from game.cues.signs import Cue, Figures, Sign
from game.cues.windows import Act, Check, CheckName, Window, WindowState
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav

ARRIVING: Final = frozenset({Phase.COURSE, Phase.CRUISE, Phase.APPROACH, Phase.ENTRY, Phase.PARACHUTE})

COURSE_HURRY_S: Final = 10.0
SHIELD_OFF_MACH: Final = 0.8  # flown: 0.63; faster than this the flow may bring the shield back
LEAVE_EARLY: Final = 1.1  # of the height at which the descent's profile begins: higher wastes propellant
LEAVE_SOON_S: Final = 6.0
_STEADY_MPS: Final = 100.0  # of descent, which an open canopy soon leaves us, however fast we fall now; flown: 81 to 90
_EACH_KIND: Final = 4  # engines with the small cant, and as many with the large one


@dataclass(frozen=True, slots=True)
class Leaving:
    """Heights above the ground for dropping out of the backshell, with the free fall before the engines light in them.

    high_m  where it may begin; best_m where the descent's profile does; late_m from where full thrust just stops the
    fall; left_s until then
    """

    high_m: float
    best_m: float
    late_m: float
    left_s: float


def arrival_window(nav: Nav, prediction: Prediction | None) -> Window:
    """The window of the next act, while the backshell is on."""
    match nav.phase:
        case Phase.COURSE:
            return _set_course(course_cue(nav))
        case Phase.CRUISE:
            return _drop_stage(nav)
        case Phase.APPROACH:
            return _turn_shield(nav)
        case Phase.ENTRY:
            return _fire_mortar(nav, deploy_box(nav, prediction))
        case Phase.PARACHUTE if nav.heat_shield_on:
            return _drop_shield(nav)
        case Phase.PARACHUTE:
            return _leave_backshell(nav)
        case _:
            return Window(Act.NONE, WindowState.NONE, Cue.NONE, Sign.QUIET)


def arrival_checks(nav: Nav, prediction: Prediction | None) -> tuple[Check, ...]:
    """What must be true before the next step: of the entry, of the mortar, of leaving the backshell."""
    if nav.phase is Phase.APPROACH:
        return (
            Check(CheckName.FORWARD, is_forward(nav), abs(degrees(off_trim_rad(nav)))),
            Check(CheckName.STILL, is_still(nav), abs(degrees(nav.incidence_rate_rad_s))),
        )
    if nav.phase is Phase.ENTRY:
        box = deploy_box(nav, prediction)
        if box is None:
            return ()
        checks = (
            Check(CheckName.MACH, box.low_mach <= box.mach <= box.high_mach, box.mach, box.high_mach),
            Check(CheckName.PRESSURE, box.q_pa <= box.q_limit_pa, box.q_pa, box.q_limit_pa),
            Check(CheckName.STRAIGHT, box.straight),
        )
        return checks if box.short_m is None else (*checks, Check(CheckName.RANGE, not box.worth_waiting))
    if nav.phase is Phase.PARACHUTE:
        checks = (
            Check(CheckName.CANOPY, nav.canopy is Canopy.OPEN),
            Check(CheckName.SHIELD_OFF, not nav.heat_shield_on),
            Check(CheckName.RADAR, nav.radar_locked),
        )
        has_camera = nav.onboard.vehicle.radar.camera_lock_m > 0.0
        return (*checks, Check(CheckName.CAMERA, nav.terrain_locked)) if has_camera else checks
    return ()


def leaving(nav: Nav, fastest_mps: float = inf) -> Leaving:
    """When to drop out of the backshell at this speed of descent, or at the fastest that it can be by then."""
    vehicle = nav.onboard.vehicle
    stage, engines = vehicle.descent_stage, vehicle.descent_stage.engines
    upright = cos(radians(engines.canted_deg)) + cos(radians(engines.splayed_deg))
    mass_kg = stage.dry_mass_kg + nav.propellant_kg + vehicle.rover.mass_kg
    brake = stopping_mps2(_EACH_KIND * upright * engines.max_thrust_n, mass_kg, nav.gravity_mps2)
    descent, free_s = min(max(-nav.climb_mps, 0.0), fastest_mps), engines.ignition_s
    fallen_m = descent * free_s + 0.5 * nav.gravity_mps2 * free_s * free_s
    lit_mps = descent + nav.gravity_mps2 * free_s
    best_m = backshell_height_m(descent)
    # A craft that could not stop at all is late everywhere.
    late_m = latest_burn_height_m(lit_mps, brake) + fallen_m if brake > 0.0 else nav.height_m
    return Leaving(
        max(LEAVE_EARLY * best_m, late_m), best_m, late_m, (nav.height_m - late_m) / max(descent, 1.0)
    )  # fmt: skip


def late_drop_s(nav: Nav) -> float:
    """Seconds until the cruise stage must be off, so that the heat shield still comes round and the ballast leaves."""
    ring = nav.onboard.vehicle.cruise_stage
    return -nav.t_s - max(turning_s(nav), ring.balance_masses * ring.balance_s)


def _set_course(course: CourseCue | None) -> Window:
    act = Act.SET_COURSE
    if course is None:
        return Window(act, WindowState.OPEN, Cue.ON_COURSE, Sign.GO)
    figures: Figures = (
        ("error_deg", abs(course.error_deg)), ("burn_s", abs(course.burn_s)), ("left_s", course.left_s),
        ("burn_left_s", course.burn_left.value),
    )  # fmt: skip
    if abs(course.error_deg) <= COURSE_OK_DEG:
        return Window(act, WindowState.OPEN, Cue.ON_COURSE, Sign.GO, figures)
    if course.burn_left.value <= 0.0:
        return Window(act, WindowState.OPEN, Cue.BURN_SHORT, Sign.CAUTION, figures)
    if course.left_s < COURSE_HURRY_S:
        return Window(act, WindowState.OPEN, Cue.COURSE_TIME, Sign.CAUTION, figures)
    which = Cue.BURN_STEEPER if course.error_deg > 0.0 else Cue.BURN_SHALLOWER
    return Window(act, WindowState.NOT_YET, which, Sign.CAUTION, figures)


def _drop_stage(nav: Nav) -> Window:
    left_s = late_drop_s(nav)
    figures: Figures = (("interface_s", max(-nav.t_s, 0.0)), ("left_s", max(left_s, 0.0)))
    if left_s < 0.0:
        return Window(Act.DROP_STAGE, WindowState.LATE, Cue.DROP_STAGE_LATE, Sign.STOP, figures)
    return Window(Act.DROP_STAGE, WindowState.OPEN, Cue.DROP_STAGE, Sign.GO, figures)


def _turn_shield(nav: Nav) -> Window:
    off = off_trim_rad(nav)
    figures: Figures = (
        ("off_deg", abs(degrees(off))), ("rate_deg_s", abs(degrees(nav.incidence_rate_rad_s))),
        ("interface_s", max(-nav.t_s, 0.0)),
    )  # fmt: skip
    if is_forward(nav):
        why = Cue.SHIELD_FORWARD if is_still(nav) else Cue.STOP_TURNING
        sign = Sign.GO if is_still(nav) else Sign.CAUTION
        return Window(Act.TURN_SHIELD, WindowState.OPEN, why, sign, figures)
    if spare_s(nav) < 0.0:
        return Window(Act.TURN_SHIELD, WindowState.LATE, Cue.TURN_LATE, Sign.STOP, figures)
    return Window(
        Act.TURN_SHIELD, WindowState.OPEN, Cue.TURN_RIGHT if off > 0.0 else Cue.TURN_LEFT, Sign.CAUTION, figures
    )


def _fire_mortar(nav: Nav, box: Deploy | None) -> Window:
    act = Act.FIRE_MORTAR
    spec = nav.onboard.vehicle.parachute
    figures: Figures = (("mach", nav.mach), ("q_pa", nav.q_pa))
    if box is None or (box.state is WindowState.NOT_YET and nav.mach > spec.high_mach):
        return Window(act, WindowState.NOT_YET, Cue.MACH_HIGH, Sign.CAUTION, (*figures, ("limit_mach", spec.high_mach)))
    if box.state is WindowState.LATE:
        return Window(act, WindowState.LATE, Cue.DEPLOY_LATE, Sign.STOP, figures)
    if box.state is WindowState.NOT_YET:
        return Window(
            act, WindowState.NOT_YET, Cue.PRESSURE_HIGH, Sign.CAUTION, (*figures, ("limit_pa", box.q_limit_pa))
        )
    if not (box.straight or box.hurry):
        return Window(act, WindowState.NOT_YET, Cue.STRAIGHTENING, Sign.CAUTION, figures)
    if box.worth_waiting and box.short_m is not None:
        return Window(
            act, WindowState.NOT_YET, Cue.DEPLOY_WAIT, Sign.CAUTION, (*figures, ("short_km", 0.001 * box.short_m))
        )
    return Window(act, WindowState.OPEN, Cue.DEPLOY_NOW, Sign.GO, figures)


def _drop_shield(nav: Nav) -> Window:
    act = Act.DROP_SHIELD
    figures: Figures = (("mach", nav.mach), ("limit_mach", SHIELD_OFF_MACH), ("height_m", nav.height_m))
    if nav.canopy in (Canopy.PACKED, Canopy.FIRED):
        return Window(act, WindowState.NOT_YET, Cue.CANOPY_FIRED, Sign.CAUTION, figures)
    if nav.height_m < (nav.onboard.vehicle.radar.camera_lock_m or leaving(nav, _STEADY_MPS).high_m):
        return Window(act, WindowState.LATE, Cue.SHIELD_LATE, Sign.STOP, figures)
    if nav.canopy is Canopy.INFLATING:
        return Window(act, WindowState.NOT_YET, Cue.CANOPY_FILLING, Sign.CAUTION, figures)
    if nav.mach > SHIELD_OFF_MACH:
        return Window(act, WindowState.NOT_YET, Cue.SHIELD_TOO_FAST, Sign.CAUTION, figures)
    return Window(act, WindowState.OPEN, Cue.DROP_SHIELD, Sign.GO, figures)


def _leave_backshell(nav: Nav) -> Window:
    act, when = Act.LEAVE_BACKSHELL, leaving(nav)
    figures: Figures = (
        ("height_m", nav.height_m), ("high_m", when.high_m), ("late_m", when.late_m), ("left_s", max(when.left_s, 0.0)),
        ("speed_mps", max(-nav.climb_mps, 0.0)),
    )  # fmt: skip
    if nav.height_m <= when.late_m:
        return Window(act, WindowState.LATE, Cue.LEAVE_LATE, Sign.STOP, figures)
    if nav.height_m > when.high_m:
        return Window(act, WindowState.NOT_YET, Cue.STAY, Sign.CAUTION, figures)
    if when.left_s < LEAVE_SOON_S:
        return Window(act, WindowState.OPEN, Cue.LEAVE_SOON, Sign.CAUTION, figures)
    return Window(act, WindowState.OPEN, Cue.LEAVE_NOW, Sign.GO, figures)
