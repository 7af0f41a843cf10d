"""What the craft expects of the flight if nobody changes anything more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prediction:
    """Where the flight ends as it is flown now (prediction.py), by the forecast's air and the figures on board.

    landing_m  down-track of the frame's origin; mortar_m the same of the place where the parachute opens
    miss_m     landing past the target, + down-track
    peak_g     highest load from now to the parachute, in earth g
    opens      the parachute's box is met high enough; if not, landing_m is where we hit the ground, or are at the end
    lift       in-plane share of the lift that it holds: a display that shows it later reckons from this one
    """

    landing_m: float
    mortar_m: float
    miss_m: float
    peak_g: float
    opens: bool
    lift: float | None = None
