"""The debrief: a finished flight looked back on, as codes and numbers. Screens, pages and pictures write it out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from math import inf
from typing import Final
from zlib import crc32

from game.content.flown import FlownFlight
from game.cues.compare import Compared, compare
from game.cues.lessons import Advice, Lesson, lesson_of_loss
from game.cues.track import Track
from game.report import FlightReport
from game.scoring import HALF_POINTS, softness
from game.sim.events import EventName, Reason
from game.sim.snapshot import Outcome, Part
from game.sim.spec import TICK_HZ, GoalSpec

JOKES: Final = ("joke", "joke_2")  # sections of the texts, each with a line for every reason
_WORTH_TELLING: Final = 250  # points; who loses fewer by every cause is told what is furthest from the flown flight
_FAR_M: Final = 1000.0  # no mark is chosen so far away: that distance was made in the entry
_APART_M: Final = 1.0  # nearer than this to the rover it never left her
_BEGINNING_S: Final = 0.5  # what a level begins with is given, and nobody's doing
_WHOLE: Final = "whole_flight"
# Told more than once, or of no moment that anybody waits for.
_ENDS: Final = frozenset({EventName.LANDED, EventName.COMPLETED, EventName.LOST})
_UNTOLD: Final = _ENDS | {EventName.BALANCE_MASS, EventName.MARK_CHOSEN, EventName.PART_DOWN}
_PEAK_T_S: Final = "peak_t_s"  # a peak is told when it is past; its own figure says when it was


class Cause(StrEnum):
    """What points are lost by. The words are `cause.<code>` in the texts."""

    SINKING = "sinking"
    DRIFT = "drift"
    DISTANCE = "distance"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Cost:
    """Points that a cause took, and what it was: m/s, m, or half widths from the aim."""

    cause: Cause
    points: int
    value: float


@dataclass(frozen=True, slots=True)
class Beside:
    """A moment of the flight beside the same one as flown; None where one of the two never had it. Both from the
    entry interface, in s; altitude of ours in m.
    """

    event: EventName
    ours_s: float | None
    flown_s: float | None
    altitude_m: float | None
    detail: str = ""

    @property
    def later_s(self) -> float | None:
        """How much later ours came, - earlier."""
        return None if self.ours_s is None or self.flown_s is None else self.ours_s - self.flown_s


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part came down, in m down-track of the rover."""

    part: Part
    from_rover_m: float


@dataclass(frozen=True, slots=True)
class Debrief:
    """What is worth saying about a flight.

    costs      the points that are missing from 10,000, the dearest first; their sum is all of them
    moments    our events and the flown ones, in the order of our flight; what it never came to, last
    places     of the rover, then of every part that came down apart from her, from up-track to down-track
    target_m   from the rover to the target, + down-track; None for a flight without a touchdown
    air_s      how long it flew in the air, of about 420; None for a flight that began later or was not lost
    furthest   the figure of a landing that lies furthest outside of what is claimed of it
    joke       key of its dry line
    """

    costs: tuple[Cost, ...]
    moments: tuple[Beside, ...]
    places: tuple[Place, ...]
    target_m: float | None
    air_s: float | None
    furthest: Compared | None
    lesson: Lesson
    joke: str


def debrief(
    report: FlightReport, *, flown: FlownFlight | None = None, goal: GoalSpec | None = None, track: Track | None = None
) -> Debrief:
    """Look back on a flight. The same figures give the same debrief.

    flown   the flight that it is laid beside, if there is one
    goal    of its level: without it a goal's points have no cause
    track   how it stood in between: more of the flown figures can be compared
    """
    costs = _costs(report, goal)
    furthest = _furthest(report, flown, track or Track())
    return Debrief(
        costs=costs,
        moments=_moments(report, flown),
        places=_places(report),
        target_m=None if report.touchdown is None else -report.touchdown.distance_m,
        air_s=_air_s(report),
        furthest=furthest,
        lesson=_lesson(report, costs, goal, furthest),
        joke=f"{JOKES[crc32(f'{report.seed} {report.reason_code}'.encode()) % len(JOKES)]}.{report.reason_code}",
    )


def _costs(report: FlightReport, goal: GoalSpec | None) -> tuple[Cost, ...]:
    """What was sunk costs what it would have cost alone; the drift, what it adds to that."""
    score, touchdown = report.score, report.touchdown
    if report.outcome is Outcome.COMPLETED:
        worst = _worst(report, goal)
        missing = round(2.0 * HALF_POINTS) - score.goal
        return (Cost(Cause.GOAL, missing, worst[1]),) if worst and missing else ()
    if report.outcome is not Outcome.LANDED or touchdown is None:
        return ()
    most = round(HALF_POINTS)
    soft = most - score.softness
    sinking = min(max(most - round(softness(abs(touchdown.vertical_mps))), 0), soft)
    found = (
        Cost(Cause.SINKING, sinking, abs(touchdown.vertical_mps)),
        Cost(Cause.DRIFT, soft - sinking, abs(touchdown.horizontal_mps)),
        Cost(Cause.DISTANCE, most - score.accuracy, abs(touchdown.distance_m)),
    )
    return tuple(sorted((cost for cost in found if cost.points), key=lambda cost: -cost.points))


def _worst(report: FlightReport, goal: GoalSpec | None) -> tuple[str, float] | None:
    """The goal's figure that is furthest from its aim, and how far, in half widths."""
    found = dict(report.reason_figures)
    misses = [
        (wanted.name.value, abs(found[wanted.name.value] - wanted.aim) / wanted.half_width)
        for wanted in (goal.figures if goal else ())
        if wanted.name.value in found
    ]
    return max(misses, key=lambda miss: miss[1], default=None)


def _moments(report: FlightReport, flown: FlownFlight | None) -> tuple[Beside, ...]:
    ours: dict[EventName, tuple[float, float]] = {}
    for event in report.events:
        ours.setdefault(event.name, (dict(event.figures).get(_PEAK_T_S, event.t_s), event.altitude_m))
    hers = {moment.name: 0.5 * sum(moment.t_s.span) for moment in (flown.moments if flown else ()) if moment.t_s}
    first_s, last_s = _span_s(report)
    rows = []
    for name in EventName:
        ours_s, altitude_m = ours.get(name, (None, None))
        flown_s = hers.get(name)
        if name not in _UNTOLD and (ours_s is not None or (flown_s is not None and first_s <= flown_s <= last_s)):
            rows.append(Beside(name, ours_s, flown_s, altitude_m))
    # What ours never came to stands where it was missed, or behind everything if nothing came after it.
    last = max((i for i, row in enumerate(rows) if row.ours_s is not None), default=-1)
    due = accumulate((-inf if row.ours_s is None else row.ours_s for row in rows), max)
    when = [
        inf if i > last else t if row.ours_s is None else row.ours_s
        for i, (row, t) in enumerate(zip(rows, due, strict=True))
    ]
    if report.events and report.events[-1].name in _ENDS:
        end = report.events[-1]
        rows.append(Beside(end.name, end.t_s, None, end.altitude_m, report.reason_code.value))
        when.append(end.t_s)
    return tuple(rows[i] for i in sorted(range(len(rows)), key=when.__getitem__))


def _span_s(report: FlightReport) -> tuple[float, float]:
    """The stretch of a whole mission that this flight was to fly: from just after its beginning, to its goal."""
    if not report.events:
        return -inf, inf
    end = report.events[-1]
    to_goal = report.reason_code in {Reason.COMPLETED, Reason.GOAL_MISSED}
    return end.t_s - end.tick / TICK_HZ + _BEGINNING_S, end.t_s if to_goal else inf


def _places(report: FlightReport) -> tuple[Place, ...]:
    if report.outcome is Outcome.COMPLETED:
        return ()  # everything is still in the air
    down = {part.name: part.downrange_m for part in report.parts}
    rover_m = down.get(Part.ROVER.value)
    if rover_m is None:
        return ()
    places = [Place(part, down[part.value] - rover_m) for part in Part if part.value in down and part is not Part.ROVER]
    apart = sorted((p for p in places if abs(p.from_rover_m) > _APART_M), key=lambda place: place.from_rover_m)
    return (Place(Part.ROVER, 0.0), *apart) if apart else ()


def _air_s(report: FlightReport) -> float | None:
    first = report.events[0] if report.events else None
    if report.outcome is not Outcome.LOST or first is None or first.t_s > 0.0:
        return None
    return max(report.events[-1].t_s, 0.0)


def _furthest(report: FlightReport, flown: FlownFlight | None, track: Track) -> Compared | None:
    if flown is None or report.outcome is not Outcome.LANDED:
        return None
    whole = any(event.name is EventName.ENTRY_INTERFACE for event in report.events)
    found = [
        (off, compared)
        for compared in compare(flown, report, track)
        if compared.quantity != "t_s" and (whole or compared.moment != _WHOLE) and (off := _off(compared)) > 1.0
    ]
    return max(found, key=lambda pair: pair[0], default=(0.0, None))[1]


def _off(compared: Compared) -> float:
    """How far ours is from what was flown, by how far it may be: above 1 it is outside."""
    bounds, difference = compared.figure.bounds, compared.difference
    if bounds is None or not difference:
        return 0.0
    low, high = compared.figure.span
    allowed = bounds[1] - high if difference > 0.0 else low - bounds[0]
    return abs(difference) / allowed if allowed > 0.0 else 0.0


def _saw_no_mark(report: FlightReport) -> bool:
    """Whether it came through the air without a terrain camera: then only the entry decides on where it lands."""
    names = {event.name for event in report.events}
    return EventName.ENTRY_INTERFACE in names and EventName.TERRAIN_LOCK not in names


def _lesson(
    report: FlightReport, costs: tuple[Cost, ...], goal: GoalSpec | None, furthest: Compared | None
) -> Lesson:  # fmt: skip
    worst = _worst(report, goal)
    if report.outcome is Outcome.LOST:
        lesson = lesson_of_loss(report)
        return replace(lesson, worst=worst[0]) if worst and lesson.advice is Advice.AIM else lesson
    dearest = costs[0] if costs else None
    if dearest is None or dearest.points < _WORTH_TELLING:
        return Lesson(Advice.LIKE_HER if furthest else Advice.PERFECT)
    if dearest.cause is Cause.GOAL:
        return Lesson(Advice.CLOSER, worst=worst[0] if worst else "")
    if dearest.cause is Cause.DISTANCE and (dearest.value > _FAR_M or _saw_no_mark(report)):
        return Lesson(Advice.STEER_ENTRY, (("distance_m", dearest.value),))
    return Lesson(
        {Cause.SINKING: Advice.SOFTER, Cause.DRIFT: Advice.STEADIER, Cause.DISTANCE: Advice.NEARER}[dearest.cause]
    )
