"""What the craft knows: the errors of its radar, its terrain camera and its inertial unit, and the places to land.

The estimates are modelled as truth plus the error that a filter leaves: a scale error of the range and a place error
drawn once a flight, and slow noise. Attitude and turn rates are known well enough to be exact here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import copysign, exp, radians, sqrt
from typing import Final

from game.sim.snapshot import Mark
from game.sim.spec import DT_S
from game.sim.streams import Stream
from game.sim.terrain import Terrain
from game.sim.vehicle_spec import RadarSpec

UPDATE_TICKS: Final = 6  # 20 Hz

_MARK_SPACING_M: Final = 40.0
_ON_ENGINES_M: Final = 2100.0  # height at which the engines take over, as flown
_DESCENT_MPS: Final = 85.0  # under the parachute until then
_ASIDE_M: Final = 500.0  # that the engines can carry us from there
_BACKSHELL_MPS: Final = 45.0  # at which the empty backshell comes down under its parachute
_CLEAR_M: Final = 300.0  # of where the backshell falls, when nobody chooses a mark: an estimate
_COAST_S: Final = 12.0  # how long the speed along the ground goes on, on the way down
_MARK_SHIFT_M: Final = 6  # each mark may move this far to smoother ground
_FOOTPRINT_M: Final = 3.0  # half of the ground that a rover with its error needs
_BAD_SLOPE_RAD: Final = radians(15.0)
_BAD_ROCK_M: Final = 0.40  # height, half of the diameter
_SHIFT_COST: Final = 0.02  # hazard that a metre of distance from the wanted place is worth


@dataclass(frozen=True, slots=True)
class SensorErrors:
    """What is off for a whole flight, added to the truth: the radar's scale as a share of the range, and places in m.

    The inertial unit's count until radar and terrain camera have locked.
    """

    radar_scale: float
    camera_x_m: float
    inertial_height_m: float
    inertial_x_m: float


def draw_errors(spec: RadarSpec, source: Stream) -> SensorErrors:
    """The first draws of the stream `sensors`, in this order."""
    return SensorErrors(
        radar_scale=spec.range_error * source.normal(),
        camera_x_m=spec.position_error_m * source.normal(),
        inertial_height_m=spec.inertial_height_error_m * source.normal(),
        inertial_x_m=spec.inertial_position_error_m * source.normal(),
    )


class Navigation:
    """Errors of the estimates now: add them to the truth. The same draws every update, whatever the pilot does."""

    __slots__ = ("_camera_x_m", "_inertial_height_m", "_inertial_x_m", "_keep", "_kick", "_noise", "_scale", "_spec",
                 "_stream", "has_camera", "mark_error_m", "radar_locked", "terrain_locked", "vx_mps",
                 "vy_mps")  # fmt: skip

    def __init__(self, spec: RadarSpec, stream: Stream, height_m: float, *, looking: bool = True) -> None:
        """`looking`: nothing is in front of radar and camera."""
        self._spec, self._stream = spec, stream
        errors = draw_errors(spec, stream)
        self._scale, self._camera_x_m = errors.radar_scale, errors.camera_x_m
        self._inertial_height_m, self._inertial_x_m = errors.inertial_height_m, errors.inertial_x_m
        self._keep = exp(-UPDATE_TICKS * DT_S / spec.noise_time_s)
        self._kick = sqrt(1.0 - self._keep * self._keep)
        self._noise = 0.0
        self.vx_mps = self.vy_mps = 0.0
        self.has_camera = spec.camera_lock_m > 0.0
        self.mark_error_m = 0.0  # of the mark that we make for: one chosen from here is off as we are
        self.radar_locked = looking and height_m < spec.radar_lock_m
        self.terrain_locked = self.has_camera and looking and height_m < spec.camera_lock_m

    def height_error_m(self, height_m: float) -> float:
        if not self.radar_locked:
            return self._inertial_height_m
        return self._scale * height_m + self._spec.height_noise_m * self._noise

    @property
    def x_error_m(self) -> float:
        return self._camera_x_m if self.terrain_locked else self._inertial_x_m

    def state(self) -> tuple[float, ...]:
        """For the digest."""
        return self._noise, self.vx_mps, self.vy_mps, float(self.radar_locked), float(self.terrain_locked)

    def update(self, height_m: float, *, looking: bool = True) -> tuple[bool, bool]:
        """One 20 Hz update: (radar has just locked, terrain camera has just locked)."""
        keep, kick, stream, speed = self._keep, self._kick, self._stream, self._spec.speed_noise_mps
        self._noise = keep * self._noise + kick * stream.normal()
        self.vx_mps = keep * self.vx_mps + kick * speed * stream.normal()
        self.vy_mps = keep * self.vy_mps + kick * speed * stream.normal()
        radar = looking and not self.radar_locked and height_m < self._spec.radar_lock_m
        camera = self.has_camera and looking and not self.terrain_locked and height_m < self._spec.camera_lock_m
        self.radar_locked |= radar
        self.terrain_locked |= camera
        return radar, camera


def reachable_m(target_m: float, x_m: float, vx_mps: float, height_m: float) -> float:
    """The place nearest to the target that we can still reach, from where and how the parachute carries us.

    It goes on drifting as it does until the backshell is off; then the engines can carry us aside so far.
    """
    drift_m = vx_mps * max(height_m - _ON_ENGINES_M, 0.0) / _DESCENT_MPS
    below_m = x_m + drift_m
    nearest_m = min(max(target_m, below_m - _ASIDE_M), below_m + _ASIDE_M)
    # Whole steps from the target, so that the same places are offered again and again.
    return target_m + _MARK_SPACING_M * round((nearest_m - target_m) / _MARK_SPACING_M)


def clear_of_m(x_m: float, vx_mps: float, height_m: float, wind_mps: float) -> float:
    """The place below us as we drift, or beside where the wind brings our backshell down if that is too near.

    >>> clear_of_m(20.0, 5.0, 2000.0, 0.0), clear_of_m(20.0, 0.0, 2250.0, 1.0), clear_of_m(0.0, 0.0, 2250.0, 10.0)
    (320.0, -230.0, 0.0)
    """
    shell_m = x_m + wind_mps * height_m / _BACKSHELL_MPS
    below_m = x_m + _COAST_S * vx_mps
    return below_m if abs(below_m - shell_m) >= _CLEAR_M else shell_m + copysign(_CLEAR_M, below_m - shell_m)


@lru_cache(maxsize=32)
def landing_marks(terrain: Terrain, centre_m: float, reach_m: float) -> tuple[Mark, ...]:
    """The places that the terrain camera offers: every 40 m within reach of the centre, each on its smoothest spot."""
    steps = int(reach_m / _MARK_SPACING_M)
    marks = []
    for step in range(-steps, steps + 1):
        wanted_m = centre_m + step * _MARK_SPACING_M
        spots = [(wanted_m + shift, shift) for shift in range(-_MARK_SHIFT_M, _MARK_SHIFT_M + 1)]
        hazards = [(hazard_at(terrain, x_m) + _SHIFT_COST * abs(shift), x_m) for x_m, shift in spots]
        best_m = min(hazards)[1]
        marks.append(Mark(best_m, hazard_at(terrain, best_m)))
    return tuple(marks)


def hazard_at(terrain: Terrain, x_m: float) -> float:
    """How bad the ground is for wheels, 0 smooth to 1 and over: the worse of slope and rocks under the rover."""
    low_m, high_m = x_m - _FOOTPRINT_M, x_m + _FOOTPRINT_M
    rise_m = terrain.height_at(high_m) - terrain.height_at(low_m)
    slope = abs(rise_m) / (2.0 * _FOOTPRINT_M * _BAD_SLOPE_RAD)
    rocks = terrain.rocks_between(low_m, high_m)
    return max(slope, max((0.5 * rock.diameter_m / _BAD_ROCK_M for rock in rocks), default=0.0))


def nearest_mark(marks: tuple[Mark, ...], x_m: float) -> int:
    """The index of the mark nearest to a place."""
    return min(range(len(marks)), key=lambda index: abs(marks[index].downrange_m - x_m))
