"""Ghosts: where another flight was at every tenth of a second, to be drawn faintly beside one that is flown.

A ghost is decoration. It is a list of places, made once and only looked at: no second flight, nothing in anybody's
Space, no dice. Whatever is flown beside it is the same to the last bit without it.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from itertools import accumulate
from typing import Any, Final

from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Outcome, Part, Truth
from game.sim.spec import TICK_HZ

EVERY_TICKS: Final = TICK_HZ // 10
MOST_ROWS: Final = 40_000  # more than an hour of flight
FORMAT: Final = 1

_MAGIC: Final = b"skycrane ghost\n"
_SUM_BYTES: Final = 16
_PHASES: Final = tuple(Phase)
_SHAPES: Final = (
    Part.CRUISE_STAGE, Part.HEAT_SHIELD, Part.BACKSHELL, Part.PARACHUTE, Part.DESCENT_STAGE, Part.ROVER,
)  # fmt: skip
_HANGING: Final = 1 << len(_SHAPES)  # beside the bits of the shapes

Place = tuple[float, float, float]  # x and y in m, angle in rad, of a part's own frame


class Source(StrEnum):
    """Whose flight a ghost is."""

    BEST = "best"
    LAST = "last"
    AUTOPILOT = "autopilot"
    FLOWN = "flown"  # really flown: published figures, interpolated between them


class GhostError(Exception):
    """A kept ghost that cannot be used; it is made anew."""


@dataclass(frozen=True, slots=True)
class GhostMoment:
    """Where a ghost is at one moment, of the parts that still belong to its craft; hanging: on cords."""

    t_s: float
    phase: Phase
    places: Mapping[Part, Place]
    hanging: bool

    @property
    def middle(self) -> Place:
        """The place that distances are told to."""
        for part in (Part.ROVER, Part.BACKSHELL, Part.DESCENT_STAGE):
            if part in self.places:
                return self.places[part]
        return next(iter(self.places.values()))


@dataclass(frozen=True, slots=True)
class GhostNote:
    """What is known of the flight itself. title: what its craft is called, for one that was really flown."""

    outcome: Outcome
    points: int = 0
    title: str = ""


class GhostTrack:
    """A ghost's way, in rows of rising time. `at` is what may be asked in every picture."""

    __slots__ = ("_masks", "_numbers", "_phases", "_starts", "_times", "note")

    def __init__(
        self, times: array[float], phases: bytes, masks: bytes, numbers: array[float], note: GhostNote
    ) -> None:  # fmt: skip
        """Rows by columns: time, index of the phase, bits of the parts, and their places one after the other."""
        self._times, self._phases, self._masks, self._numbers, self.note = times, phases, masks, numbers, note
        counts = [3 * (mask & (_HANGING - 1)).bit_count() for mask in masks]
        self._starts = array("l", accumulate(counts, initial=0))

    def __len__(self) -> int:
        return len(self._times)

    @property
    def first_s(self) -> float:
        """From the entry interface, as every time here; infinity without a row."""
        return self._times[0] if self._times else float("inf")

    @property
    def last_s(self) -> float:
        return self._times[-1] if self._times else float("-inf")

    def at(self, t_s: float) -> GhostMoment | None:
        """Where it was then; None before it began. After its end it stays where it came to rest."""
        after = bisect_right(self._times, t_s)
        if after == 0:
            return None
        row = after - 1
        places, mask = self._row(row), self._masks[row]
        if after < len(self._times):
            one_s, later_s, later = self._times[row], self._times[after], self._row(after)
            share = (t_s - one_s) / (later_s - one_s)
            places = {part: _between(place, later.get(part, place), share) for part, place in places.items()}
        return GhostMoment(t_s, _PHASES[self._phases[row]], places, bool(mask & _HANGING))

    def columns(self) -> tuple[array[float], bytes, bytes, array[float]]:
        """What it was made of, besides its note."""
        return self._times, self._phases, self._masks, self._numbers

    def _row(self, row: int) -> dict[Part, Place]:
        start, mask, numbers = self._starts[row], self._masks[row], self._numbers
        places: dict[Part, Place] = {}
        for bit, part in enumerate(_SHAPES):
            if mask & (1 << bit):
                places[part] = (numbers[start], numbers[start + 1], numbers[start + 2])
                start += 3
        return places

    def data(self, key: str) -> bytes:
        """The track as a file, under a key that says what it is of."""
        note = {"outcome": self.note.outcome, "points": self.note.points, "title": self.note.title}
        head = json.dumps({"format": FORMAT, "key": key, "rows": len(self), "numbers": len(self._numbers), **note})
        columns = [self._times.tobytes(), self._phases, self._masks, self._numbers.tobytes()]
        body = b"".join([head.encode(), b"\n", *columns])
        return _MAGIC + blake2b(body, digest_size=_SUM_BYTES).digest() + body


def read_track(data: bytes, key: str) -> GhostTrack:
    """The track of a file of this key, written on this machine. Raises GhostError for anything else."""
    if not data.startswith(_MAGIC):
        raise GhostError("is no ghost")
    total, body = data[len(_MAGIC) :][:_SUM_BYTES], data[len(_MAGIC) + _SUM_BYTES :]
    if blake2b(body, digest_size=_SUM_BYTES).digest() != total:
        raise GhostError("is damaged")
    head, _, columns = body.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(head)
        if (told["format"], told["key"]) != (FORMAT, key):
            raise GhostError("is of another flight")
        rows, numbers = int(told["rows"]), int(told["numbers"])
        note = GhostNote(Outcome(told["outcome"]), int(told["points"]), str(told["title"]))
    except (ValueError, KeyError, TypeError) as error:
        raise GhostError("is not written as this game writes one") from error
    if not 0 < rows <= MOST_ROWS or len(columns) != 8 * rows + 2 * rows + 8 * numbers:
        raise GhostError("is cut off")
    times, places = array("d"), array("d")
    times.frombytes(columns[: 8 * rows])
    places.frombytes(columns[10 * rows :])
    return GhostTrack(times, columns[8 * rows : 9 * rows], columns[9 * rows : 10 * rows], places, note)


class GhostLog:
    """Keeps the way of a flight while it is flown; told of as many snapshots as there are, it takes ten a second."""

    def __init__(self) -> None:
        self._times, self._numbers = array("d"), array("d")
        self._phases, self._masks = bytearray(), bytearray()
        self._next_tick = 0

    def look(self, truth: Truth) -> None:
        """The flight has come to this. In the course phase nothing moves, and the clock jumps after it: not kept."""
        ended = truth.outcome is not Outcome.FLYING
        if truth.phase is Phase.COURSE or (truth.tick < self._next_tick and not ended):
            return
        self._next_tick = truth.tick - truth.tick % EVERY_TICKS + EVERY_TICKS
        self.add(truth.t_s, truth.phase, _places_of(truth), hanging=truth.bridle_paid_m is not None)

    def add(self, t_s: float, phase: Phase, places: Mapping[Part, Place], *, hanging: bool) -> None:
        """A row; one that is not later than the last is left out, and so is one too many."""
        if (self._times and t_s <= self._times[-1]) or len(self._times) >= MOST_ROWS or not places:
            return
        mask = _HANGING if hanging else 0
        for bit, part in enumerate(_SHAPES):
            if part in places:
                mask |= 1 << bit
                self._numbers.extend(places[part])
        self._times.append(t_s)
        self._phases.append(_PHASES.index(phase))
        self._masks.append(mask)

    def track(self, note: GhostNote) -> GhostTrack:
        """What was kept so far."""
        return GhostTrack(array("d", self._times), bytes(self._phases), bytes(self._masks),
                          array("d", self._numbers), note)  # fmt: skip


def _places_of(truth: Truth) -> dict[Part, Place]:
    """The parts that still belong to the craft and can be seen from outside."""
    if truth.backshell_on:
        shapes = [Part.BACKSHELL]
        shapes += [Part.CRUISE_STAGE] if truth.cruise_stage_on else []
        shapes += [Part.HEAT_SHIELD] if truth.heat_shield_on else []
        shapes += [Part.PARACHUTE] if truth.canopy in (Canopy.INFLATING, Canopy.OPEN) else []
    else:
        shapes = [Part.DESCENT_STAGE, Part.ROVER]
    poses = {part: truth.parts[part] for part in shapes if part in truth.parts}
    return {part: (pose.x_m, pose.y_m, pose.angle_rad) for part, pose in poses.items()}


def _between(one: Place, other: Place, share: float) -> Place:
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )
