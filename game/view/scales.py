"""The scales of the two tapes: as much of height and speed as a phase needs, with round marks in both units."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, log
from typing import Final

from game.content.units import Units
from game.sim.phases import Phase

SPEED: Final = "m/s"
HEIGHT: Final = "m"
ALTITUDE: Final = "km"


@dataclass(frozen=True, slots=True)
class Scale:
    """What a tape shows: its ends, its marks, and `knee`, below which it is linear and above which logarithmic.

    unit   ours, of the figures that come here: m, km or m/s; all else is in the unit that a person reads, so that the
           marks are round in it
    """

    unit: str
    low: float
    high: float
    knee: float
    marks: tuple[float, ...]

    def place(self, value: float) -> float:
        """0 at the low end, 1 at the high end; a little beyond for what is off the scale."""
        low, high = self._bent(self.low), self._bent(self.high)
        return min(max((self._bent(value) - low) / (high - low), -0.015), 1.015)

    def _bent(self, value: float) -> float:
        return copysign(log(1.0 + abs(value) / self.knee), value)


_FALL: Final = {
    Units.METRIC: (
        Scale(HEIGHT, 0.0, 2200.0, 6.0, (0.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0)),
        Scale(SPEED, -5.0, 100.0, 0.8, (-5.0, -1.0, 0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)),
    ),
    Units.US: (
        Scale(HEIGHT, 0.0, 7200.0, 20.0, (0.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0)),
        Scale(SPEED, -11.0, 225.0, 1.8, (-10.0, -2.0, 0.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)),
    ),
}
_CRANE: Final = {
    Units.METRIC: (
        Scale(HEIGHT, 0.0, 25.0, 1e4, (0.0, 5.0, 10.0, 15.0, 20.0, 25.0)),
        Scale(SPEED, -1.0, 3.0, 1e4, (-1.0, 0.0, 1.0, 2.0, 3.0)),
    ),
    Units.US: (
        Scale(HEIGHT, 0.0, 82.0, 1e4, (0.0, 20.0, 40.0, 60.0, 80.0)),
        Scale(SPEED, -2.2, 6.7, 1e4, (-2.0, 0.0, 2.0, 4.0, 6.0)),
    ),
}
_AWAY: Final = {
    Units.METRIC: (
        Scale(HEIGHT, 0.0, 300.0, 30.0, (0.0, 10.0, 20.0, 50.0, 100.0, 200.0, 300.0)),
        Scale(SPEED, -40.0, 40.0, 10.0, (-40.0, -20.0, -10.0, 0.0, 10.0, 20.0, 40.0)),
    ),
    Units.US: (
        Scale(HEIGHT, 0.0, 1000.0, 100.0, (0.0, 50.0, 100.0, 200.0, 500.0, 1000.0)),
        Scale(SPEED, -90.0, 90.0, 22.0, (-80.0, -40.0, -20.0, 0.0, 20.0, 40.0, 80.0)),
    ),
}
_FROM_SPACE: Final = {
    Units.METRIC: (
        Scale(ALTITUDE, 0.0, 250.0, 3.0, (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)),
        Scale(SPEED, 0.0, 6000.0, 60.0, (0.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0)),
    ),
    Units.US: (
        Scale(ALTITUDE, 0.0, 155.0, 2.0, (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)),
        Scale(SPEED, 0.0, 13_400.0, 130.0, (0.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0)),
    ),
}
# A km is a thousand m to everybody, but a mile is 5,280 feet to few: where heights to come are in feet, this one is.
_UNDER_CANOPY: Final = {
    Units.METRIC: _FROM_SPACE[Units.METRIC],
    Units.US: (
        Scale(HEIGHT, 0.0, 60_000.0, 1000.0, (0.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0, 20_000.0, 50_000.0)),
        _FROM_SPACE[Units.US][1],
    ),
}
_IN_SPACE: Final = (Phase.CRUISE, Phase.APPROACH, Phase.ENTRY)


def scales(phase: Phase, units: Units) -> tuple[Scale, Scale]:
    """Height, and speed (downwards once the backshell is off): as much of each as the phase needs."""
    if phase in _IN_SPACE:
        return _FROM_SPACE[units]
    match phase:
        case Phase.PARACHUTE:
            return _UNDER_CANOPY[units]
        case Phase.FREE_FALL | Phase.POWERED:
            return _FALL[units]
        case Phase.FLYAWAY:
            return _AWAY[units]
        case _:
            return _CRANE[units]
