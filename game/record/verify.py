"""Flying a replay again, without a screen, and saying whether it is the same flight.

On the arithmetic that it was recorded with (platform_tag) every digest must agree. On another one the last digits
differ, and contacts make much of them: there the places every ten seconds, the end and the outcome must agree within
bounds, and the verdict says so. It is never silently "ok".

A flight that was cut off is flown as far as it was recorded. That has verdicts of its own: none of them is `exact`,
because there is no outcome to prove.

What the flight does not decide cannot be proved by flying it, and the verdict says that as well: who sat at the
controls (pilot, hands), whether the mode was guided or manual (the craft is the same; raw is another), and which game.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from game.content.errors import ContentError
from game.content.identity import content_hash
from game.content.levels import Level
from game.content.modes import Mode
from game.record.observer import Observer
from game.record.platform_tag import platform_tag
from game.record.playback import Playback
from game.record.recorder import frame_of
from game.record.replay import FRAME_TICKS, MAX_TICKS, CutOff, Frame, Record, Replay, ReplayError
from game.report import FlightReport, report_of
from game.sim.events import Event
from game.sim.flight import AFTERMATH_TICKS, RULES_VERSION, Flight
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ, FlightSpec

PLACE_M: Final = 1.0  # bounds for a flight on another platform
SCORE_POINTS: Final = 50
END_TICKS: Final = TICK_HZ

_PROVED: Final = "proved: commands, digests, frames, outcome, score"
_COMPARED: Final = "within bounds: frames, end, outcome, score"
_PROVED_CUT_OFF: Final = "proved: commands, digests, frames"
_COMPARED_CUT_OFF: Final = "within bounds: frames"
_UNPROVED: Final = "as recorded only: pilot, hands, mode where it changes nothing"


class Verdict(StrEnum):
    EXACT = "exact"
    WITHIN_TOLERANCE = "within tolerance"
    NOT_VERIFIED = "not verified"
    DIFFERS = "differs"
    CUT_OFF = "exact as far as it goes"
    CUT_OFF_WITHIN_TOLERANCE = "within tolerance as far as it goes"


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on one record, with the flight as it was flown again (None when it was not flown to its end).

    difference_s  the first second whose digest differs, None when none does
    detail        what differs, in words
    """

    verdict: Verdict
    difference_s: int | None
    detail: str
    report: FlightReport | None

    @property
    def sentence(self) -> str:
        if self.difference_s is None:
            return f"{self.verdict}: {self.detail}"
        return f"{self.verdict}: {self.detail}; the first second that differs is {self.difference_s}"


def verify(record: Record, level: Level, name: str, observers: Sequence[Observer] = ()) -> Verification:
    """Fly a record of this level again, to its end; where a second differs that may not, no further.

    Raises ReplayError when it cannot be flown: other rules, another level, too long.
    """
    proof = Proof(record, level, name, observers)
    proof.fly()
    return proof.verification()


class Proof:
    """A record that is flown again: at once, as `verify` does it, or in slices, for who wants to see the flight too.

    flight         to be looked at between two slices, and nothing else
    events         all that happened so far
    difference_s   the first second whose digest differs, None as long as none does
    same_platform  whether every digest must agree
    """

    def __init__(self, record: Record, level: Level, name: str, observers: Sequence[Observer] = ()) -> None:
        """Raises ReplayError when it cannot be flown here: other rules, another level, too long."""
        self.record, self.level, self._name = record, level, name
        self.spec = _spec_of(record, level, name)
        self.same_platform = record.header.platform == platform_tag()
        self.flight = Flight(self.spec, record.header.seed)
        self.events: list[Event] = []
        self.frames: list[Frame] = []
        self.difference_s: int | None = None
        self._playback = Playback(record)
        self._observers = observers
        for observer in observers:
            observer.begin(self.flight)

    @property
    def goes_on(self) -> bool:
        """Whether there is more to fly. A whole flight of another platform may last longer here; one that must not
        differ stops where it does.
        """
        if self.flight.over or (self.same_platform and self.difference_s is not None):
            return False
        to_its_own_end = isinstance(self.record, Replay) and not self.same_platform
        return to_its_own_end or self.flight.tick < self.record.ticks

    def fly(self, most_ticks: int = MAX_TICKS) -> None:
        """Fly on and compare. Raises ReplayError when the level's figures tear the flight apart."""
        try:
            self._fly(most_ticks)
        except (ArithmeticError, ValueError, IndexError) as error:  # a level's figures, each of them allowed
            raise ReplayError(f"{self._name}: cannot be flown on the level '{self.level.id}': {error}") from error

    def _fly(self, most_ticks: int) -> None:
        record, flight, playback, observers = self.record, self.flight, self._playback, self._observers
        last = flight.tick + most_ticks
        if not isinstance(record, Replay) or self.same_platform:
            last = min(last, record.ticks)
        while self.goes_on and flight.tick < last:
            second = flight.tick // TICK_HZ + 1
            until = min(second * TICK_HZ, last)
            while flight.tick < until and not flight.over:
                command = playback.command(flight)
                happened = flight.step(command)
                if happened:
                    self.events += happened
                    for observer in observers:
                        observer.hear(happened)
                for observer in observers:
                    observer.after(flight, command)
            if flight.tick == second * TICK_HZ:
                self._compare_second(second)

    def _compare_second(self, second: int) -> None:
        """The state after a full second, with what was recorded of it."""
        flight, record = self.flight, self.record
        if flight.tick % FRAME_TICKS == 0 and flight.outcome is Outcome.FLYING:
            self.frames.append(frame_of(flight))
        known = flight.tick <= record.ticks and self.difference_s is None
        if known and flight.digest() != record.digests[second - 1]:
            self.difference_s = second

    def verification(self) -> Verification:
        """The verdict, once nothing goes on."""
        record, flight, level, header = self.record, self.flight, self.level, self.record.header
        if self.same_platform and self.difference_s is not None:
            return Verification(Verdict.DIFFERS, self.difference_s, "the state is another", None)
        if isinstance(record, CutOff):
            return _compare_cut_off(record, self)
        if not flight.over:
            detail = f"the flight goes on after its recorded end at tick {record.ticks}"
            return Verification(Verdict.DIFFERS, None, detail, None)
        report = report_of(
            flight, self.events, level=level.id, pilot=header.pilot, mode=header.mode, dispersed=header.dispersed
        )
        return _compare(record, report, self.difference_s, tuple(self.frames), same_platform=self.same_platform)


def _spec_of(record: Record, level: Level, name: str) -> FlightSpec:
    header = record.header
    if header.rules_version != RULES_VERSION:
        raise ReplayError(
            f"{name}: was flown by rules {header.rules_version}, this game flies by rules {RULES_VERSION}"
        )
    if header.mode not in tuple(Mode):
        raise ReplayError(f"{name}: there is no mode '{header.mode}'")
    try:
        spec = level.flight_spec(Mode(header.mode), header.dispersed)
    except ContentError as error:
        raise ReplayError(f"{name}: {'; '.join(error.problems)}") from error
    if header.content != content_hash(spec):
        raise ReplayError(f"{name}: was flown on another version of the level '{header.level}'")
    if record.ticks > spec.max_ticks + AFTERMATH_TICKS:
        raise ReplayError(f"{name}: is longer than the level '{header.level}' allows")
    return spec


def _compare(
    replay: Replay,
    report: FlightReport,
    difference_s: int | None,
    frames: tuple[Frame, ...],
    *,
    same_platform: bool,
) -> Verification:
    end = replay.end
    recorded = f"{end.outcome} ({end.reason}) with {end.score:,} points after {end.ticks:,} ticks"
    flown = f"{report.outcome} ({report.reason_code}) with {report.score.total:,} points after {report.ticks:,} ticks"
    same_end = recorded == flown
    if difference_s is None and same_end and report.digest == end.digest and frames == replay.frames:
        return Verification(Verdict.EXACT, None, f"{recorded} ({_PROVED}; {_UNPROVED})", report)
    if same_platform:
        detail = f"recorded as {recorded}, flown as {flown}" if not same_end else "the last state is another"
        if same_end and report.digest == end.digest:
            detail = f"the frames are others: {len(replay.frames)} recorded, {len(frames)} flown"
        return Verification(Verdict.DIFFERS, difference_s, detail, report)
    where = f"recorded on {replay.header.platform}"
    if len(frames) != len(replay.frames):
        detail = f"{where} with {len(replay.frames)} frames, flown here with {len(frames)}"
        return Verification(Verdict.NOT_VERIFIED, difference_s, detail, report)
    off_m = max((_apart_m(one, other) for one, other in zip(frames, replay.frames, strict=True)), default=0.0)
    same_outcome = (end.outcome, end.reason) == (report.outcome, report.reason_code)
    near_end = abs(end.ticks - report.ticks) <= END_TICKS and abs(end.score - report.score.total) <= SCORE_POINTS
    if same_outcome and near_end and off_m <= PLACE_M:
        detail = f"{where}; {flown} ({_COMPARED}; {_UNPROVED})"
        return Verification(Verdict.WITHIN_TOLERANCE, difference_s, detail, report)
    detail = f"{where} as {recorded}, flown here as {flown}, up to {off_m:.2f} m apart"
    return Verification(Verdict.NOT_VERIFIED, difference_s, detail, report)


def _compare_cut_off(record: CutOff, flown: Proof) -> Verification:
    """As far as it goes: this differs nowhere that it may not."""
    until = f"cut off after {len(record.digests)} s, before its outcome"
    if flown.flight.tick < record.ticks:
        detail = f"the flight is over at tick {flown.flight.tick}, and its record goes on"
        return Verification(Verdict.DIFFERS, flown.difference_s, detail, None)
    # The last second may have been cut off before its frame.
    if not 0 <= len(flown.frames) - len(record.frames) <= 1:
        detail = f"the frames are others: {len(record.frames)} recorded, {len(flown.frames)} flown"
        return Verification(Verdict.DIFFERS, flown.difference_s, detail, None)
    frames = tuple(flown.frames[: len(record.frames)])
    if flown.difference_s is None:
        if frames != record.frames:
            return Verification(Verdict.DIFFERS, None, "the frames are others", None)
        return Verification(Verdict.CUT_OFF, None, f"{until} ({_PROVED_CUT_OFF}; {_UNPROVED})", None)
    off_m = max((_apart_m(one, other) for one, other in zip(frames, record.frames, strict=True)), default=0.0)
    where = f"recorded on {record.header.platform}"
    if off_m <= PLACE_M:
        detail = f"{where}; {until} ({_COMPARED_CUT_OFF}; {_UNPROVED})"
        return Verification(Verdict.CUT_OFF_WITHIN_TOLERANCE, flown.difference_s, detail, None)
    detail = f"{where}, {until}, up to {off_m:.2f} m apart"
    return Verification(Verdict.NOT_VERIFIED, flown.difference_s, detail, None)


def _apart_m(a: Frame, b: Frame) -> float:
    return max(
        abs(a.rover_x_m - b.rover_x_m),
        abs(a.rover_y_m - b.rover_y_m),
        abs(a.stage_x_m - b.stage_x_m),
        abs(a.stage_y_m - b.stage_y_m),
    )
