"""The flown flight beside ours: what she did at this moment of hers, and how far from its aim she could have landed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.content.flown import FlownFlight
from game.sim.events import EventName

JUST_S: Final = 3.0  # for so long a moment of hers is told as it happens


@dataclass(frozen=True, slots=True)
class Beside:
    """Of a flown flight: the moments that have a published time, by the names of our events and in their order, each in
    seconds from the entry interface; and half of the length of her landing ellipse, None if nobody published it.
    """

    moments: tuple[tuple[str, float], ...]
    ellipse_m: float | None


@dataclass(frozen=True, slots=True)
class Hers:
    """What she does at our time: the event, and in how many seconds; `left_s` None: it has just happened."""

    event: str
    left_s: float | None


def beside_of(flown: FlownFlight | None) -> Beside | None:
    """The flown flight as the HUD tells it. A moment that is known within two ends is told in their middle."""
    if flown is None:
        return None
    names = frozenset(EventName)
    timed = [
        (moment.name, 0.5 * sum(moment.t_s.span)) for moment in flown.moments if moment.t_s and moment.name in names
    ]
    half_m = None if flown.ellipse_km is None else 500.0 * flown.ellipse_km
    return Beside(tuple(sorted(timed, key=lambda each: each[1])), half_m)


def hers_at(beside: Beside | None, t_s: float) -> Hers | None:
    """Of the moment `t_s` seconds after the entry interface; None before she is near the air, and when all is done."""
    if beside is None:
        return None
    for name, at_s in beside.moments:
        if at_s <= t_s < at_s + JUST_S:
            return Hers(name, None)
        if at_s > t_s:
            return Hers(name, at_s - t_s)
    return None
