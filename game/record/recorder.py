"""Writes a replay while a flight is flown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.content.identity import content_hash
from game.pilots.mixer import Hands
from game.record.names import as_name
from game.record.observer import Observer
from game.record.platform_tag import platform_tag
from game.record.replay import (
    FRAME_TICKS,
    JOURNAL_LINE,
    End,
    Frame,
    Header,
    Replay,
    Run,
    digest_line,
    frame_line,
    header_lines,
    run_line,
)
from game.record.version import GAME_VERSION
from game.report import FlightReport
from game.sim.command import Command
from game.sim.flight import RULES_VERSION, Flight
from game.sim.snapshot import Outcome, Part
from game.sim.spec import TICK_HZ

_NOTHING: Final = Command()


class Recorder(Observer):
    """Told of every tick after it was flown; made before the first."""

    def __init__(
        self, *, level: str, mode: str, dispersed: bool, pilot: str, journal: Callable[[str], None] | None = None
    ) -> None:  # fmt: skip
        """`journal` is given, after each second of the flight, what a journal has to have then (replay.CutOff)."""
        self._journal = journal
        self._unwritten: list[str] = []
        self._journalled = 0  # runs that it was given
        self._names = (as_name(level), mode, dispersed, as_name(pilot))
        self._header: Header | None = None
        self._runs: list[Run] = []
        self._digests: list[str] = []
        self._frames: list[Frame] = []
        self._command, self._hands, self._ticks = _NOTHING, Hands.NONE, 0

    def begin(self, flight: Flight) -> None:
        """Raises ValueError in mid-flight: a replay always starts at tick 0."""
        if flight.tick:
            raise ValueError("a recording begins with the flight")
        level, mode, dispersed, pilot = self._names
        self._header = Header(
            game_version=GAME_VERSION,
            rules_version=RULES_VERSION,
            level=level,
            content=content_hash(flight.spec),
            seed=flight.seed,
            mode=mode,
            dispersed=dispersed,
            pilot=pilot,
            platform=platform_tag(),
        )
        if self._journal is not None:
            self._unwritten = [JOURNAL_LINE, *header_lines(self._header)]

    def after(self, flight: Flight, command: Command, hands: Hands = Hands.NONE) -> None:
        """The tick that `command` flew; `hands` are the channels that a person held."""
        if (command is not self._command and command != self._command) or hands != self._hands:
            self._close_run()
            self._command, self._hands = command, hands
        self._ticks += 1
        if flight.tick % TICK_HZ == 0:
            self._close_run()
            self._digests.append(flight.digest())
            framed = flight.tick % FRAME_TICKS == 0 and flight.outcome is Outcome.FLYING
            if framed:
                self._frames.append(frame_of(flight))
            if self._journal is not None:
                self._write(self._journal, framed=framed)

    def finish(self, report: FlightReport) -> Replay:
        """The replay of the flight that this report is of."""
        if self._header is None:
            raise ValueError("nothing was recorded")
        self._close_run()
        end = End(report.ticks, report.outcome, report.reason_code, report.score.total, report.digest)
        return Replay(self._header, tuple(self._runs), tuple(self._digests), tuple(self._frames), end)

    def _write(self, journal: Callable[[str], None], *, framed: bool) -> None:
        """The second that is over now."""
        self._unwritten += [run_line(run) for run in self._runs[self._journalled :]]
        self._journalled = len(self._runs)
        self._unwritten.append(digest_line(self._digests[-1]))
        if framed:
            self._unwritten.append(frame_line(self._frames[-1]))
        self._unwritten.append("")  # the last line ends too
        journal("\n".join(self._unwritten))
        self._unwritten.clear()

    def _close_run(self) -> None:
        if self._ticks:
            self._runs.append(Run(self._ticks, self._command, self._hands))
        self._ticks = 0


def frame_of(flight: Flight) -> Frame:
    """Where rover and stage are now, to the centimetre that a file keeps."""
    parts = flight.snapshot().parts
    rover, stage = parts[Part.ROVER], parts[Part.DESCENT_STAGE]
    return Frame(round(rover.x_m, 2), round(rover.y_m, 2), round(stage.x_m, 2), round(stage.y_m, 2))
