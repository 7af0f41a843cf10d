"""A record ready to be looked at: flown again in slices, and what is needed to show any of its moments is kept.

Truth and nav are kept twenty times a second (ten times before the parachute is fired), and at every tick in which
something happened; between two of them a moment is blended. They lie side by side as packed numbers, with what seldom
changes kept once: a whole flight to Jezero is 11 MB, and the garbage collector has nothing to look through.

The flight is proved while it is flown (verify.Proof): a reel that meets a difference ends there, and says so.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import pi
from operator import attrgetter
from typing import Any, Final

from game.content.levels import Level
from game.pilots.mixer import Hands
from game.record.observer import Observer
from game.record.replay import Record, ReplayError
from game.record.verify import Proof, Verdict, Verification
from game.sim.command import Command
from game.sim.events import Event
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Part, Pose, Truth
from game.sim.terrain import Terrain

EVERY_TICKS: Final = 6
EVERY_EARLY_TICKS: Final = 12  # where nothing but the fire moves fast

_EARLY: Final = frozenset({Phase.COURSE, Phase.CRUISE, Phase.APPROACH, Phase.ENTRY})
_HOLE: Final = object()  # stands where a number was packed
_POSE: Final = tuple(field.name for field in fields(Pose) if field.name != "on_ground")
_TRUTH: Final = tuple(field.name for field in fields(Truth) if field.name not in {"tick", "parts"})
_PARTS_AT: Final = [field.name for field in fields(Truth)].index("parts") - 1  # their place, without the tick
_THRUST_AT: Final = _TRUTH.index("thrust")
_INCIDENCE_AT: Final = _TRUTH.index("incidence_rad")  # the only angle that goes round at pi
_KEPT_ROWS: Final = 4
_pose_of: Final = attrgetter(*_POSE)
_truth_of: Final = attrgetter(*_TRUTH)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase of the flight, from tick to tick, as far as it is known."""

    phase: Phase
    from_tick: int
    to_tick: int


class _Column:
    """Rows of values, each with its numbers packed and the rest shared with the row before if it is the same."""

    __slots__ = ("_numbers", "_rests")

    def __init__(self) -> None:
        self._numbers: list[bytes] = []
        self._rests: list[tuple[Any, ...]] = []

    def add(self, values: tuple[Any, ...]) -> None:
        rest = tuple([_HOLE if value.__class__ is float else value for value in values])
        if self._rests and rest == self._rests[-1]:
            rest = self._rests[-1]
        self._rests.append(rest)
        self._numbers.append(array("d", [value for value in values if value.__class__ is float]).tobytes())

    def row(self, index: int) -> list[Any]:
        """The values as they were added."""
        numbers = iter(memoryview(self._numbers[index]).cast("d"))
        return [next(numbers) if value is _HOLE else value for value in self._rests[index]]


class Reel(Observer):
    """One record as far as it has been flown again; `fill` flies on.

    spec, terrain  of the flight
    total_ticks    as long as it was recorded; filled_ticks  every moment up to this one can be shown
    same_platform  whether the digests must agree; if not, the places are compared at the end
    verification   None while it is still being proved
    """

    def __init__(self, record: Record, level: Level, name: str) -> None:
        """Raises ReplayError when it cannot be flown here: other rules, another level, too long.

        name  the file, for what is said about it
        """
        self.record, self.level, self.total_ticks = record, level, record.ticks
        self.events: list[Event] = []
        self.verification: Verification | None = None
        self._event_ticks: list[int] = []
        self._ticks: list[int] = []
        self._truths, self._parts, self._navs = _Column(), _Column(), _Column()
        self._at_hand: dict[int, Truth] = {}
        self._phases: list[tuple[Phase, int]] = []
        self._hands: list[Hands] = []  # of each run of commands, and where it ends
        self._hands_until: list[int] = []
        for run in record.runs:
            self._hands.append(run.hands)
            self._hands_until.append(run.ticks + (self._hands_until[-1] if self._hands_until else 0))
        self._proof: Proof | None = (proof := Proof(record, level, name, (self,)))
        self.spec, self.same_platform = proof.spec, proof.same_platform
        self.terrain: Terrain = proof.flight.terrain

    @property
    def filled_ticks(self) -> int:
        return self._ticks[-1]

    @property
    def done(self) -> bool:
        """Nothing more will come."""
        return self._proof is None

    @property
    def verdict(self) -> Verdict | None:
        """None while it is still being proved."""
        return None if self.verification is None else self.verification.verdict

    def fill(self, ticks: int) -> None:
        """Fly on, this many ticks at most, and keep them."""
        proof = self._proof
        if proof is None:
            return
        try:
            proof.fly(ticks)
        except ReplayError as error:
            self.verification, self._proof = Verification(Verdict.DIFFERS, None, str(error), None), None
            return
        if not proof.goes_on:
            if proof.flight.tick > self.filled_ticks:
                self._keep(proof.flight)  # the last moment; then the flight is let go: all that is wanted of it is kept
            self.verification, self._proof = proof.verification(), None

    def begin(self, flight: Flight) -> None:
        """The first moment."""
        self._keep(flight)

    def hear(self, events: Sequence[Event]) -> None:
        """What happened in a tick is kept with its moment."""
        self.events += events
        self._event_ticks += [event.tick for event in events]

    def after(self, flight: Flight, command: Command) -> None:
        """A tick was flown: is its moment one to keep?"""
        tick = flight.tick
        every = EVERY_EARLY_TICKS if flight.phase in _EARLY else EVERY_TICKS
        if tick % every == 0 or (self._event_ticks and self._event_ticks[-1] == tick):
            self._keep(flight)

    def truth(self, at: float) -> Truth:
        """The state at this tick, whole or a part of one; between two that were kept it is blended."""
        index, share = self._place(at)
        one = self._truth_at(index)
        if share <= 0.0:
            return one
        other = self._truth_at(index + 1)
        # The hours of the jump between the course and the last minute have no middle.
        return one if one.phase is Phase.COURSE is not other.phase else _blended(one, other, share)

    def nav(self, at: float) -> Nav:
        """What the instruments said last at this tick: they tell something new as often as it is kept."""
        index, _ = self._place(at)
        return Nav._make((self._ticks[index], *self._navs.row(index)))

    def navs(self, from_tick: int, to_tick: int, every: int) -> list[Nav]:
        """Some of what the instruments said in this span of ticks, one in so many."""
        first, last = bisect_left(self._ticks, from_tick), bisect_right(self._ticks, to_tick)
        return [Nav._make((self._ticks[i], *self._navs.row(i))) for i in range(first, last, every)]

    def truths(self, from_tick: int, to_tick: int, every: int = 1) -> list[Truth]:
        """The states that were kept in this span, one in so many."""
        first, last = bisect_left(self._ticks, from_tick), bisect_right(self._ticks, to_tick)
        return [self._truth_at(i) for i in range(first, last, every)]

    def happened(self, after: float, until: float) -> Sequence[Event]:
        """The events later than the first moment, up to and with the second."""
        ticks = self._event_ticks
        return self.events[bisect_right(ticks, after) : bisect_right(ticks, until)]

    def hands(self, at: float) -> Hands:
        """Which channels a person held in the tick that led to this moment."""
        index = bisect_left(self._hands_until, max(at, 1.0))
        return self._hands[min(index, len(self._hands) - 1)]

    def stretches(self) -> tuple[Stretch, ...]:
        """The phases that were flown so far, in order."""
        ends = [tick for _, tick in self._phases[1:]] + [self.filled_ticks]
        return tuple(
            Stretch(phase, start, end) for (phase, start), end in zip(self._phases, ends, strict=True) if end > start
        )

    def _keep(self, flight: Flight) -> None:
        truth = flight.snapshot()
        if not self._phases or self._phases[-1][0] is not truth.phase:
            self._phases.append((truth.phase, truth.tick))
        self._ticks.append(truth.tick)
        self._truths.add(_truth_of(truth))
        poses: list[Any] = [tuple((part, pose.on_ground) for part, pose in truth.parts.items())]
        for pose in truth.parts.values():
            poses += _pose_of(pose)
        self._parts.add(tuple(poses))
        self._navs.add(tuple(flight.nav())[1:])

    def _place(self, at: float) -> tuple[int, float]:
        """The last kept row that is not later, and how far it is from there to the next."""
        at = min(max(at, 0.0), float(self.filled_ticks))
        index = bisect_right(self._ticks, at) - 1
        if index + 1 >= len(self._ticks):
            return index, 0.0
        here, there = self._ticks[index], self._ticks[index + 1]
        return index, (at - here) / (there - here)

    def _truth_at(self, index: int) -> Truth:
        """A state as it was kept; those that were asked for last are at hand."""
        truth = self._at_hand.get(index)
        if truth is None:
            while len(self._at_hand) >= _KEPT_ROWS:
                del self._at_hand[next(iter(self._at_hand))]
            truth = self._at_hand[index] = self._unpacked(index)
        return truth

    def _unpacked(self, index: int) -> Truth:
        row = self._parts.row(index)
        parts: dict[Part, Pose] = {}
        for number, (part, on_ground) in enumerate(row[0]):
            first = 1 + len(_POSE) * number
            parts[part] = Pose(*[*row[first : first + len(_POSE)], on_ground])
        return _truth(self._ticks[index], parts, self._truths.row(index))


def _truth(tick: int, parts: dict[Part, Pose], values: list[Any]) -> Truth:
    return Truth(*[tick, *values[:_PARTS_AT], parts, *values[_PARTS_AT:]])


def _blended(one: Truth, other: Truth, share: float) -> Truth:
    """What is a number goes from one to the other, what is none stays as it was."""
    first, second = _truth_of(one), _truth_of(other)
    values = [
        a + (b - a) * share if a.__class__ is float and b.__class__ is float else a
        for a, b in zip(first, second, strict=True)
    ]
    if abs(other.incidence_rad - one.incidence_rad) > pi:
        values[_INCIDENCE_AT] = one.incidence_rad
    values[_THRUST_AT] = tuple([a + (b - a) * share for a, b in zip(one.thrust, other.thrust, strict=True)])
    parts = {part: _between(pose, other.parts.get(part, pose), share) for part, pose in one.parts.items()}
    return _truth(one.tick, parts, values)


def _between(one: Pose, other: Pose, share: float) -> Pose:
    moved = [a + (b - a) * share for a, b in zip(_pose_of(one), _pose_of(other), strict=True)]
    return Pose(*[*moved, one.on_ground])
