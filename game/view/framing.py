"""What the camera should show at each moment of a flight, as a box of the world in metres."""

from __future__ import annotations

from math import hypot, log, sin
from typing import Final

from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Outcome, Part, Truth
from game.view.camera import CLOSE_WIDE_M, FOOT, Shot
from game.view.globe import Globe

LEAVE_M: Final = 55.0  # the stage is this far away: the picture goes back to the rover
FROM_SPACE: Final = (Phase.COURSE, Phase.CRUISE, Phase.APPROACH, Phase.ENTRY, Phase.PARACHUTE)
_AFTER_CUT_MOST_M: Final = 46.0
_CLIMBS_S: Final = 2.2  # of its climb: the picture opens before the stage is there
_TRUE_M: Final = 5_000.0  # nothing is drawn larger than it is: two things far apart would come apart farther
_WRECK_MOST_M: Final = 14.0
_WRECK_ALOFT_M: Final = 28.0  # what is lost higher up has not come down yet: the picture stays with it
_GROWS_FROM_M: Final = 15.0

# How much of a window's height the craft is drawn against, in m, while it is carried.
_STACK_M: Final = 15.0
_ALONE_M: Final = 17.0
_FIRE_M: Final = 23.0  # room for the shock and the wake
_SLOW_M: Final = 42.0  # before the mortar: the bag flies 46 m
_CANOPY_M: Final = 134.0
_TRAILING_M: Final = 86.0  # a window has more room for a canopy that trails than for one that stands above
_TRAILING: Final = 0.85  # sine of its lean from which on it trails
_DROPPING_M: Final = 150.0  # the canopy stays above while we fall away from it
_PARTING_M, _PARTED_M = 12.0, 75.0  # between these heights of the backshell above us
_FALLING_M: Final = 52.0
_MORTAR_MACH: Final = 2.6
_ROOM: Final = 1.5  # box over height: the craft at one third from the top
_CANOPY_ROOM: Final = 2.9
_AHEAD: Final = 0.30
_WIDE: Final = 0.95  # what fits into the height must fit into the width of a window that stands upright
_CANOPY_WIDE: Final = (0.70, 1.80)  # under a canopy that stands above, and before one that trails
_SLOW_WIDE: Final = 1.2
_BEHIND: Final = 0.36  # of half of the free part: so far the craft stands aside for a canopy straight behind it


def in_space_or_shell(truth: Truth) -> bool:
    """Whether the backshell still carries us, also as a wreck."""
    return truth.phase in FROM_SPACE or (truth.phase is Phase.OVER and truth.backshell_on)


def shot_of(truth: Truth, globe: Globe) -> Shot:
    """The box for this snapshot."""
    if in_space_or_shell(truth):
        return _arriving(truth, globe)
    stage, rover = truth.parts[Part.DESCENT_STAGE], truth.parts[Part.ROVER]
    ground_m = globe.terrain.height_at(rover.x_m)
    high_m = stage.y_m - ground_m
    if truth.outcome is Outcome.LOST and high_m < _WRECK_ALOFT_M:
        half_m = min(max(_half(stage.y_m + 3.0 - ground_m), 5.5), _WRECK_MOST_M)
        # Both in the picture, as long as the stage is near.
        apart_m = _clamped(stage.x_m - rover.x_m, _WRECK_MOST_M)
        apart_m *= min(max(2.0 - abs(stage.x_m - rover.x_m) / (2.0 * _WRECK_MOST_M), 0.0), 1.0)
        half_wide_m = max(0.62 * half_m, 0.5 * abs(apart_m) + 4.0)
        return Shot(rover.x_m + 0.5 * apart_m, ground_m, half_wide_m, half_m, 4.0)
    if truth.phase in (Phase.FREE_FALL, Phase.POWERED) or (truth.outcome is Outcome.LOST and not truth.rover_released):
        return _descent(truth, ground_m)
    if truth.rover_released and truth.bridle_paid_m is None:
        return _parting(truth, ground_m)
    # Sky crane: both vehicles and the ground, steady as a tripod.
    half_m = max(_half(stage.y_m + 1.9 - ground_m), 5.5)
    x_m = rover.x_m + 0.25 * _clamped(truth.mark_m - rover.x_m, 0.9 * half_m)
    return Shot(x_m, ground_m, 0.62 * half_m, half_m, 1.5)


def _arriving(truth: Truth, globe: Globe) -> Shot:
    """From space to the backshell: the whole way down to the ground in the box, the craft itself drawn close."""
    stage = truth.parts[Part.DESCENT_STAGE]
    _, high_m, x_m, ground_m = below(truth, globe)
    room, close_m, aside, rate, wide = _ROOM, _ALONE_M, _AHEAD, 1.6, _WIDE
    match truth.phase:
        case Phase.COURSE | Phase.CRUISE:
            close_m = _STACK_M
        case Phase.ENTRY:
            slow = truth.mach < _MORTAR_MACH and truth.altitude_m < 40_000.0
            close_m, aside, wide = (_SLOW_M, 0.10, _SLOW_WIDE) if slow else (_FIRE_M, _AHEAD, _WIDE)
        case phase if phase is Phase.PARACHUTE or truth.canopy is Canopy.GONE:
            # The canopy trails behind us first, later it stands above: in both cases the two are in the middle.
            # If it has burst, its rags are where it was.
            behind = sin(truth.parts[Part.BACKSHELL].angle_rad + globe.turn_at(stage.x_m))
            trails = min(abs(behind) / _TRAILING, 1.0) ** 4
            close_m = _CANOPY_M + (_TRAILING_M - _CANOPY_M) * trails
            wide = _CANOPY_WIDE[0] + (_CANOPY_WIDE[1] - _CANOPY_WIDE[0]) * trails
            room, aside = _CANOPY_ROOM, -_BEHIND * behind
    if truth.outcome is Outcome.LOST:
        rate = 2.5 if high_m > _WRECK_ALOFT_M else 4.0
    half_m = max(_half(room * max(high_m, 8.0) + 3.0), _WRECK_MOST_M if high_m < 60.0 else 0.0)
    lead_m = 0.0
    if truth.phase is Phase.PARACHUTE:
        lead_m = _clamped(2.5 * stage.vx_mps, 0.10 * high_m)
    return Shot(x_m + lead_m, ground_m, 0.5 * half_m, half_m, rate, close_m, wide * close_m, aside)


def canopy_scales(wide_px: float, high_px: float) -> tuple[float, float]:
    """At how many px/m a canopy is drawn in a picture of this size: one that stands above, and one that trails."""
    above, trailing = (
        min(high_px / close_m, wide_px / (wide * close_m))
        for close_m, wide in zip((_CANOPY_M, _TRAILING_M), _CANOPY_WIDE, strict=True)
    )
    return above, trailing


def below(truth: Truth, globe: Globe) -> tuple[float, float, float, float]:
    """Under the craft: how far down-track, how high we are above it, and the ground's x and y there."""
    stage = truth.parts[Part.DESCENT_STAGE]
    downrange_m = globe.downrange_m(stage.x_m, stage.y_m)
    ground_m = globe.ground_altitude_m(downrange_m)
    high_m = globe.altitude_m(stage.x_m, stage.y_m) - ground_m
    return downrange_m, high_m, *globe.place(downrange_m, ground_m)


def _descent(truth: Truth, ground_m: float) -> Shot:
    """Craft in the upper third, ground at the foot, more room ahead than behind, the mark in view if it can be."""
    rover, stage = truth.parts[Part.ROVER], truth.parts[Part.DESCENT_STAGE]
    high_m = max(stage.y_m - ground_m, 12.0)
    # As long as the backshell hangs above, there is room for it; and while it is near, for its canopy.
    shell = truth.parts.get(Part.BACKSHELL)
    above_m = 0.0 if shell is None else shell.y_m - stage.y_m
    room, near = 1.34 if above_m > 0.0 else 1.16, 0.0
    if above_m > 0.0 and truth.canopy is not Canopy.GONE:
        near = min(max((_PARTED_M - above_m) / (_PARTED_M - _PARTING_M), 0.0), 1.0)
    room += (_CANOPY_ROOM - room) * near
    close_m = _FALLING_M + (_DROPPING_M - _FALLING_M) * near
    wide_m = CLOSE_WIDE_M + (_CANOPY_WIDE[0] * _DROPPING_M - CLOSE_WIDE_M) * near
    half_m = _half(room * high_m + 3.0)
    lead_m = _clamped(2.5 * rover.vx_mps, 0.18 * high_m)
    x_m = rover.x_m + lead_m + 0.45 * _clamped(truth.mark_m - rover.x_m, 0.70 * high_m)
    return Shot(x_m, ground_m, 0.50 * half_m, half_m, 2.2, close_m, wide_m)


def _parting(truth: Truth, ground_m: float) -> Shot:
    """After the cut: the rover stays, the stage is shown leaving until it is far."""
    stage, rover = truth.parts[Part.DESCENT_STAGE], truth.parts[Part.ROVER]
    away_m = hypot(stage.x_m - rover.x_m, stage.y_m - rover.y_m)
    if away_m > LEAVE_M or truth.phase is Phase.OVER:
        return Shot(rover.x_m, ground_m, 4.2, 4.4, 1.6, _TRUE_M, _TRUE_M)
    top_m = max(stage.y_m + 3.5 + _CLIMBS_S * max(stage.vy_mps, 0.0), rover.y_m + 6.0) - ground_m
    half_m = min(_half(top_m), _AFTER_CUT_MOST_M)
    left, right = min(stage.x_m, rover.x_m) - 4.0, max(stage.x_m, rover.x_m) + 4.0
    return Shot(0.5 * (left + right), ground_m, max(0.5 * (right - left), 0.62 * half_m), half_m, 4.5, _TRUE_M, _TRUE_M)


def moved_between(before: Truth, now: Truth, globe: Globe) -> tuple[float, float, float]:
    """How the place below the craft went (m along x and y), and by what the logarithm of its height changed.

    While it comes down the camera rides along; under the sky crane and later it stands.
    """
    if Phase.COURSE in (before.phase, now.phase) or not (_comes_down(before) and _comes_down(now)):
        return 0.0, 0.0, 0.0
    _, high0, x0, y0 = below(before, globe)
    _, high1, x1, y1 = below(now, globe)
    return x1 - x0, y1 - y0, log(max(high1, _GROWS_FROM_M) / max(high0, _GROWS_FROM_M))


def _comes_down(truth: Truth) -> bool:
    return in_space_or_shell(truth) or truth.phase in (Phase.FREE_FALL, Phase.POWERED)


def _half(above_m: float) -> float:
    """Half of the height of a box that shows so much above the ground."""
    return 0.5 * above_m / (1.0 - FOOT)


def _clamped(value: float, most: float) -> float:
    return min(max(value, -most), most)
