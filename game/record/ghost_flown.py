"""The ghost of a flight that was really flown: its published figures, and smooth curves through them.

Known are heights and speeds at some twenty moments, and at a few of them how far down-track she was. Between them the
height is a monotone cubic, and so is the speed; what of the speed is not downwards goes along the ground, stretched so
that the places that are known are met. It is decoration: the words beside it say what is published and what is not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import atan2, cos, sin, sqrt
from typing import Final

from game.content.flown import FlownFigure, FlownFlight, Moment
from game.record.ghost import GhostLog, GhostNote, GhostTrack, Place
from game.sim.events import EventName
from game.sim.phases import Phase
from game.sim.snapshot import Outcome, Part
from game.sim.spec import SiteSpec
from game.sim.terrain import terrain_of
from game.sim.vehicle_spec import RoverSpec, VehicleSpec

_STEP_S: Final = 0.1
_LEAST_POINTS: Final = 8  # heights and speeds: fewer make no flight
_STEADY_M: Final = 185.0  # what the moment `steady_descent` is the height of
_GROUND_M: Final = 1_000.0  # below this the height is told from the ground's own roughness
_UPRIGHT_S: Final = 12.0  # from the backshell on until she no longer leans

Point = tuple[float, float]


def flown_track(flown: FlownFlight, vehicle: VehicleSpec, site: SiteSpec) -> GhostTrack | None:
    """Her way from the entry interface to the cut; None where too little of it is published."""
    if not has_way(flown):
        return None
    return _Flown(flown, vehicle, site, Curve(_heights(flown.moments)), Curve(_speeds(flown.moments))).track()


def has_way(flown: FlownFlight | None) -> bool:
    """Whether enough is published of a flight to draw it."""
    if flown is None or len(flown.way) < 2:
        return False
    return min(len(_heights(flown.moments)), len(_speeds(flown.moments))) >= _LEAST_POINTS


def craft_of(flown: FlownFlight) -> str:
    """What the craft of a flown flight is called: its title without the date."""
    return flown.title.partition(",")[0]


class Curve:
    """A cubic through points of rising abscissa that overshoots none of them (Fritsch and Carlson).

    >>> Curve([(0.0, 0.0), (1.0, 1.0), (2.0, 1.0)]).at(1.5)
    1.0
    """

    def __init__(self, points: Sequence[Point]) -> None:
        self._points = list(points)
        steps = [(x1 - x0, (y1 - y0) / (x1 - x0)) for (x0, y0), (x1, y1) in pairwise(self._points)]
        self._slopes = [steps[0][1], *(_slope(one, other) for one, other in pairwise(steps)), steps[-1][1]]

    def at(self, x: float) -> float:
        """Beyond its ends it goes on as at them."""
        i = min(max(bisect_right(self._points, x, key=lambda point: point[0]) - 1, 0), len(self._points) - 2)
        (x0, y0), (x1, y1) = self._points[i], self._points[i + 1]
        wide = x1 - x0
        u = min(max((x - x0) / wide, 0.0), 1.0)
        v = 1.0 - u
        return (
            v * v * (1.0 + 2.0 * u) * y0 + u * u * (3.0 - 2.0 * u) * y1
            + u * v * wide * (v * self._slopes[i] - u * self._slopes[i + 1])
        )  # fmt: skip


def _slope(before: Point, after: Point) -> float:
    (one, rise), (other, later) = before, after
    if rise * later <= 0.0:
        return 0.0
    a, b = 2.0 * other + one, other + 2.0 * one
    return (a + b) / (a / rise + b / later)


class _Flown:
    """Makes the track of one flight."""

    def __init__(
        self, flown: FlownFlight, vehicle: VehicleSpec, site: SiteSpec, height: Curve, speed: Curve
    ) -> None:  # fmt: skip
        self._flown, self._vehicle, self._height, self._speed = flown, vehicle, height, speed
        self._radius_m, self._terrain = site.reference_radius_m, terrain_of(site)
        self._times = {moment.name: _middle(moment.t_s) for moment in flown.moments if moment.t_s}
        self._way = self._distances()
        # Of the bridle as much is let out as brings the wheels to the ground just when they came there.
        touch_s = self._times.get(EventName.TOUCHDOWN, flown.way[-1][0])
        self._lowered_m = self._stage_y(touch_s) - self._vehicle.descent_stage.rover_below_m - self._standing_y(touch_s)

    def track(self) -> GhostTrack:
        log = GhostLog()
        first_s, last_s = self._flown.way[0][0], self._times.get(EventName.BRIDLE_CUT, self._flown.way[-1][0])
        for step in range(round((last_s - first_s) / _STEP_S) + 1):
            t_s = first_s + step * _STEP_S
            phase = self._phase(t_s)
            log.add(t_s, phase, self._places(t_s, phase), hanging=self._paid(t_s) > 0.0)
        end_s = last_s + _STEP_S  # of where her stage went from there, only the place where it came down is published
        rover = self._places(end_s, Phase.TOUCHDOWN)[Part.ROVER]
        log.add(end_s, Phase.FLYAWAY, {Part.ROVER: rover}, hanging=False)
        return log.track(GhostNote(Outcome.LANDED, title=craft_of(self._flown)))

    def _phase(self, t_s: float) -> Phase:
        phase = Phase.ENTRY
        for name, begun in _BEGINS.items():
            if name in self._times and t_s >= self._times[name]:
                phase = begun
        return phase

    def _paid(self, t_s: float) -> float:
        """How much of the bridle is out, 0 to 1."""
        from_s, to_s = self._times.get(EventName.ROVER_RELEASE), self._times.get(EventName.BRIDLE_FULL)
        if from_s is None or to_s is None:
            return 0.0
        return min(max((t_s - from_s) / (to_s - from_s), 0.0), 1.0)

    def _distances(self) -> list[float]:
        """How far down-track at every step from the first known place to the last."""
        way = self._flown.way
        count = round((way[-1][0] - way[0][0]) / _STEP_S) + 1
        times = [way[0][0] + step * _STEP_S for step in range(count)]
        flat = list(accumulate((self._along_mps(t_s) * _STEP_S for t_s in times[:-1]), initial=0.0))
        places: list[float] = []
        for t_s, along_m in zip(times, flat, strict=True):
            i = min(max(bisect_right(way, t_s, key=lambda point: point[0]) - 1, 0), len(way) - 2)
            (from_s, from_m), (to_s, to_m) = way[i], way[i + 1]
            start, end = (flat[min(max(round((at - way[0][0]) / _STEP_S), 0), count - 1)] for at in (from_s, to_s))
            share = (along_m - start) / (end - start) if end > start else (t_s - from_s) / (to_s - from_s)
            places.append(from_m + (to_m - from_m) * share)
        return places

    def _along_mps(self, t_s: float) -> float:
        """Along the ground, as the speed and the height's rate leave it."""
        down_mps = self._down_mps(t_s)
        height_m, speed_mps = self._height.at(t_s), self._speed.at(t_s)
        return sqrt(max(speed_mps**2 - down_mps**2, 0.0)) * self._radius_m / (self._radius_m + height_m)

    def _down_mps(self, t_s: float) -> float:
        return (self._height.at(t_s) - self._height.at(t_s + _STEP_S)) / _STEP_S

    def _downrange_m(self, t_s: float) -> float:
        step = (t_s - self._flown.way[0][0]) / _STEP_S
        return self._way[min(max(round(step), 0), len(self._way) - 1)]

    def _places(self, t_s: float, phase: Phase) -> dict[Part, Place]:
        x_m, y_m = self._frame(self._downrange_m(t_s), self._height.at(t_s))
        if phase in (Phase.ENTRY, Phase.PARACHUTE):
            return self._capsule(t_s, phase, x_m, y_m)
        stage_y = self._stage_y(t_s)
        rover_y = stage_y - self._vehicle.descent_stage.rover_below_m - self._paid(t_s) * self._lowered_m
        if phase is Phase.TOUCHDOWN:
            rover_y = self._standing_y(t_s)
        off_s = t_s - self._times.get(EventName.BACKSHELL_SEPARATION, t_s)
        lean = -self._lean(t_s) * max(1.0 - off_s / _UPRIGHT_S, 0.0) if phase is not Phase.SKY_CRANE else 0.0
        return {Part.DESCENT_STAGE: (x_m, stage_y, lean), Part.ROVER: (x_m, rover_y, lean)}

    def _stage_y(self, t_s: float) -> float:
        """Heights are of the stowed rover's wheels: under the sky crane they tell how high the stage is."""
        _, y_m = self._frame(self._downrange_m(t_s), self._height.at(t_s))
        return y_m + _stands_m(self._vehicle.rover, stowed=True) + self._vehicle.descent_stage.rover_below_m

    def _standing_y(self, t_s: float) -> float:
        """Of the rover's frame, when the wheels stand on the ground there."""
        return self._ground(self._downrange_m(t_s)) + _stands_m(self._vehicle.rover, stowed=False)

    def _capsule(self, t_s: float, phase: Phase, x_m: float, y_m: float) -> dict[Part, Place]:
        shell, chute = self._vehicle.backshell, self._vehicle.parachute
        angle = -self._lean(t_s) - x_m / self._radius_m
        places = {Part.BACKSHELL: (x_m, y_m, angle)}
        if t_s < self._times.get(EventName.HEAT_SHIELD_SEPARATION, t_s + 1.0):
            below_m = self._vehicle.heat_shield.below_backshell_m
            places[Part.HEAT_SHIELD] = (*_beyond(x_m, y_m, angle, -below_m), angle)
        if phase is Phase.PARACHUTE and t_s >= self._times.get(EventName.INFLATION_PEAK, t_s + 1.0):
            places[Part.PARACHUTE] = (*_beyond(x_m, y_m, angle, shell.riser_y_m + chute.riser_m + chute.lines_m), angle)
        return places

    def _lean(self, t_s: float) -> float:
        """How far the way she came from leans off the vertical: 0 straight down, a quarter turn along the ground.

        Backwards is up-track: a capsule that flies along the ground to the right has its cone on the left.
        """
        return -atan2(self._along_mps(t_s), max(self._down_mps(t_s), 0.0) + 1e-9)

    def _frame(self, along_m: float, height_m: float) -> Point:
        """A place over the ground in the frame of the flight."""
        ground = self._ground(along_m) * max(1.0 - height_m / _GROUND_M, 0.0)
        r_m, turn = self._radius_m + height_m + ground, along_m / self._radius_m
        return r_m * sin(turn), r_m * cos(turn) - self._radius_m

    def _ground(self, along_m: float) -> float:
        return self._terrain.height_at(along_m) if abs(along_m) < 5_000.0 else 0.0


# What each moment begins, in their order.
_BEGINS: Final = {
    EventName.MORTAR: Phase.PARACHUTE,
    EventName.BACKSHELL_SEPARATION: Phase.FREE_FALL,
    EventName.ENGINE_START: Phase.POWERED,
    EventName.SKY_CRANE_START: Phase.SKY_CRANE,
    EventName.TOUCHDOWN: Phase.TOUCHDOWN,
}


def _beyond(x_m: float, y_m: float, angle: float, up_m: float) -> Point:
    """A place so far up the axis of a part."""
    return x_m - up_m * sin(angle), y_m + up_m * cos(angle)


def _stands_m(rover: RoverSpec, *, stowed: bool) -> float:
    """From the ground up to the rover's frame when the wheels stand on it."""
    return rover.wheel_radius_m - rover.axle_y_m - (rover.stowed_lift_m if stowed else 0.0)


def _heights(moments: Sequence[Moment]) -> list[Point]:
    """(t_s, m above the landing point) of every moment that has both, rising in time; low down of the stowed wheels."""
    found: dict[float, float] = {}
    release: Point | None = None
    for moment in moments:
        height = moment.height_m or moment.altitude_m
        if moment.t_s is None:
            continue
        if moment.name == "steady_descent":
            found[_middle(moment.t_s)] = _STEADY_M
        elif height is not None:
            found[_middle(moment.t_s)] = _middle(height)
        if moment.name == EventName.ROVER_RELEASE and moment.height_m and moment.speed_mps:
            release = _middle(moment.t_s), _middle(moment.height_m)
        elif moment.name == EventName.TOUCHDOWN and release is not None:
            # From the release on she sinks evenly, at the speed that the wheels meet the ground with.
            t_s, speed = _middle(moment.t_s), moment.vertical_mps
            found[t_s] = release[1] - (t_s - release[0]) * (_middle(speed) if speed else 0.0)
    return sorted(found.items())


def _speeds(moments: Sequence[Moment]) -> list[Point]:
    return [
        (_middle(moment.t_s), _SLOWER_MPS if moment.name == "slower_than_1100" else _middle(moment.speed_mps))
        for moment in moments
        if moment.t_s and (moment.speed_mps or moment.name == "slower_than_1100")
    ]  # fmt: skip


_SLOWER_MPS: Final = 1_100.0


def _middle(figure: FlownFigure | None) -> float:
    return 0.5 * sum(figure.span) if figure is not None else 0.0
