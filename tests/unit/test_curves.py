"""The curves of a flight: in which units."""

from __future__ import annotations

from game.cues.curves import panels_for
from game.cues.track import Stood, Track


def track(*heights_m: float) -> Track:
    return Track([Stood(float(i), m, 20.0, 1.0, 0.1, 9.0, 0.4, 0.0, 0.0, 50.0, 9.0) for i, m in enumerate(heights_m)])


def test_a_flight_near_the_ground_counts_its_altitude_in_metres() -> None:
    low, high = track(21.0, 0.0), track(125_000.0, 21.0)
    units = [[panel.unit for panel in panels_for(tracks)] for tracks in ((low,), (high,), (low, high), ())]
    assert units[0] == ["m", *units[1][1:]]
    assert units[1] == units[2] == units[3]
    assert units[1][0] == "km"
    for flown in (low, high):
        altitude = panels_for((flown,))[0]
        assert altitude.least is not None
        assert altitude.least / altitude.scale == 10.0, "one axis in two units"
