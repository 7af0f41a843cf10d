"""The map of what came down: places from a hundred kilometres to a few metres apart, all on one line."""

from __future__ import annotations

from dataclasses import dataclass
from math import asinh
from typing import Final

from game.content.units import FOOT_M, MILE_M, Units
from game.cues.debrief import Debrief
from game.sim.snapshot import Part

_FINE_M: Final = 100.0  # nearer to the rover the map is even, farther off it counts in powers of ten
_MARGIN: Final = 0.06  # of the map, free at both ends
_TICKS_M: Final = {  # to either side, round in the units that they are written in
    Units.METRIC: (100.0, 1000.0, 10_000.0, 100_000.0),
    Units.US: (300.0 * FOOT_M, MILE_M, 10.0 * MILE_M, 100.0 * MILE_M),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, 0 at its up-track end and 1 at the other, with all that lies there; the nearest to the rover
    first. from_rover_m  of that one.
    """

    share: float
    parts: tuple[Part, ...]
    from_rover_m: float


@dataclass(frozen=True, slots=True)
class GroundMap:
    """spots from up-track to down-track; target_share None where no target is known; ticks: (share, m)."""

    spots: tuple[Spot, ...]
    target_share: float | None
    ticks: tuple[tuple[float, float], ...]


def ground_map(told: Debrief, nearest: float = 0.03, units: Units = Units.METRIC) -> GroundMap:
    """The places of a debrief on one line. What lies nearer together than `nearest`, a share of the map, is one spot,
    but the rover has her own. Its ticks are round in these units. Without places the map is empty.
    """
    if not told.places:
        return GroundMap((), None, ())
    wanted = [place.from_rover_m for place in told.places] + ([told.target_m] if told.target_m is not None else [])
    low, high = min(*wanted, -_FINE_M), max(*wanted, _FINE_M)
    start, width = asinh(low / _FINE_M), asinh(high / _FINE_M) - asinh(low / _FINE_M)

    def share(along_m: float) -> float:
        return _MARGIN + (1.0 - 2.0 * _MARGIN) * (asinh(along_m / _FINE_M) - start) / width

    spots: list[Spot] = []
    for place in sorted(told.places, key=lambda place: place.from_rover_m):
        here, last = share(place.from_rover_m), spots[-1] if spots else None
        alone = place.part is Part.ROVER or last is None or Part.ROVER in last.parts
        if last is None or alone or here - last.share > nearest:
            spots.append(Spot(here, (place.part,), place.from_rover_m))
        else:
            spots[-1] = Spot(last.share, (*last.parts, place.part), last.from_rover_m)
    marks = _TICKS_M[units]
    ticks = tuple((share(tick), tick) for tick in (*(-mark for mark in reversed(marks)), *marks) if low <= tick <= high)
    return GroundMap(tuple(spots), None if told.target_m is None else share(told.target_m), ticks)
