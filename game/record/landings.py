"""Who came down here before: what earlier flights left on the ground of a later one.

All levels of one site share its frame, so a rover that was landed in one of them stands there in every other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from game.content.errors import InputError
from game.content.levels import Level
from game.record.book.entry import Entry
from game.sim.snapshot import Outcome, Part

MOST_FLIGHTS: Final = 24  # the newest of each level of the site
ROOM_M: Final = 3.5  # nearer to a newer one, an older thing is not shown: they would be one heap
_ALONE_M: Final = 10.0  # farther than this from the rover a part lies by itself
_BESIDE: Final = (Part.DESCENT_STAGE, Part.BACKSHELL, Part.HEAT_SHIELD)


class Fate(StrEnum):
    """LANDED: a rover stands there. WRECK: it was lost. PART: something that it came down with."""

    LANDED = "landed"
    WRECK = "wreck"
    PART = "part"


@dataclass(frozen=True, slots=True)
class EarlierLanding:
    """One thing that lies there: which part, how far down-track (m), whose, and since when (UTC)."""

    x_m: float
    fate: Fate
    part: Part
    initials: str
    since: datetime


class Flights(Protocol):
    """Where earlier flights are asked for: the score book. It may raise InputError, and then nothing lies there."""

    def recent(self, level_id: str, most: int) -> tuple[Entry, ...]:
        """The last flights of a level, newest first, however they ended."""


def earlier_landings(flights: Flights, level: Level, levels: Iterable[Level]) -> tuple[EarlierLanding, ...]:
    """All that lies at a level's site from flights of these levels, newest first, with room between two of them."""
    entries: list[Entry] = []
    for other in levels:
        if other.site == level.site:
            try:
                entries += flights.recent(other.id, MOST_FLIGHTS)
            except InputError:
                continue
    entries.sort(key=lambda entry: entry.id, reverse=True)  # not by the clock, which may have been set wrong
    kept: list[EarlierLanding] = []
    for thing in (thing for entry in entries for thing in left_by(entry)):
        if all(abs(thing.x_m - other.x_m) >= ROOM_M for other in kept):
            kept.append(thing)
    return tuple(kept)


def left_by(entry: Entry) -> tuple[EarlierLanding, ...]:
    """What one flight left: its rover, and the parts that lie apart from it. One that ended in the air left nothing."""
    places = {part.name: part.downrange_m for part in entry.parts}
    if entry.outcome not in {Outcome.LANDED, Outcome.LOST} or Part.ROVER not in places:
        return ()
    rover_m = places[Part.ROVER]
    fate = Fate.LANDED if entry.outcome is Outcome.LANDED else Fate.WRECK
    found = [EarlierLanding(rover_m, fate, Part.ROVER, entry.initials, entry.flown_at)]
    found += [
        EarlierLanding(places[part], Fate.PART, part, entry.initials, entry.flown_at)
        for part in _BESIDE
        if part in places and abs(places[part] - rover_m) > _ALONE_M
    ]
    return tuple(found)
