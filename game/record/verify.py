"""Flying a replay again, without a screen, and saying whether it is the same flight.

On the arithmetic that it was recorded with (platform_tag) every digest must agree. On another one the last digits
differ, and contacts make much of them: there the places every ten seconds, the end and the outcome must agree within
bounds, and the verdict says so. It is never silently "ok".

What the flight does not decide cannot be proved by flying it, and the verdict says that as well: who sat at the
controls (pilot, hands), whether the mode was guided or manual (the craft is the same; raw is another), and which game.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from game.content.errors import ContentError
from game.content.identity import content_hash
from game.content.levels import Level
from game.content.modes import Mode
from game.record.platform_tag import platform_tag
from game.record.playback import Playback
from game.record.recorder import frame_of
from game.record.replay import FRAME_TICKS, Frame, Replay, ReplayError
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
_UNPROVED: Final = "as recorded only: pilot, hands, mode where it changes nothing"


class Verdict(StrEnum):
    EXACT = "exact"
    WITHIN_TOLERANCE = "within tolerance"
    NOT_VERIFIED = "not verified"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on one replay, with the flight as it was flown again (None when it was not flown to its end).

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


def verify(replay: Replay, level: Level, name: str) -> Verification:
    """Fly a replay of this level again. Raises ReplayError when it cannot be: other rules, another level, too long."""
    spec = _spec_of(replay, level, name)
    same_platform = replay.header.platform == platform_tag()
    flight = Flight(spec, replay.header.seed)
    playback = Playback(replay)
    events: list[Event] = []
    difference_s: int | None = None
    frames: list[Frame] = []
    ticks = replay.end.ticks
    while not flight.over and (flight.tick < ticks or not same_platform):
        events += flight.step(playback.command(flight))
        if flight.tick % FRAME_TICKS == 0 and flight.outcome is Outcome.FLYING:
            frames.append(frame_of(flight))
        if flight.tick % TICK_HZ or flight.tick > ticks:
            continue
        second = flight.tick // TICK_HZ
        if difference_s is None and flight.digest() != replay.digests[second - 1]:
            difference_s = second
            if same_platform:
                return Verification(Verdict.DIFFERS, second, "the state is another", None)
    if not flight.over:
        return Verification(Verdict.DIFFERS, None, f"the flight goes on after its recorded end at tick {ticks}", None)
    header = replay.header
    report = report_of(flight, events, level=level.id, pilot=header.pilot, mode=header.mode, dispersed=header.dispersed)
    return _compare(replay, report, difference_s, tuple(frames), same_platform=same_platform)


def _spec_of(replay: Replay, level: Level, name: str) -> FlightSpec:
    header = replay.header
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
    if replay.end.ticks > spec.max_ticks + AFTERMATH_TICKS:
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


def _apart_m(a: Frame, b: Frame) -> float:
    return max(
        abs(a.rover_x_m - b.rover_x_m),
        abs(a.rover_y_m - b.rover_y_m),
        abs(a.stage_x_m - b.stage_x_m),
        abs(a.stage_y_m - b.stage_y_m),
    )
