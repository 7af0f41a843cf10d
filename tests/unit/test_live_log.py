"""The log of a flight is said while it is flown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

import game.commands.fly
from game.cli import main
from game.content.levels import load_level
from game.content.texts import describe
from game.lab.fly import fly
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.flightlog import LiveLog
from game.record.observer import Observer
from game.report import FlightReport
from game.sim.command import Command
from game.sim.events import Event
from game.sim.flight import Flight
from tests.unit.test_cli import spawned

HEAD = ("sky-crane: seed 0, autopilot, manual", "   E+ s  height m  speed m/s  event")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


class Ticks(Observer):
    """Counts what was flown."""

    flown = 0

    def after(self, flight: Flight, command: Command) -> None:
        self.flown = flight.tick


def test_each_line_is_said_when_it_is_known() -> None:
    """The head before the first tick, an event in its own tick, the closing lines when they are asked for."""
    ticks = Ticks()
    said: list[tuple[int, str]] = []
    log = LiveLog(
        lambda line: said.append((ticks.flown, line)), describe,
        level="sky-crane", pilot="autopilot", mode="manual", dispersed=False,
    )  # fmt: skip
    report = fly(load_level("sky-crane"), Helm(Autopilot()), pilot="autopilot", observers=[ticks, log])
    assert tuple(said[:2]) == ((0, HEAD[0]), (0, HEAD[1]))
    heard = said[2:]
    assert [tick + 1 for tick, _ in heard] == [event.tick for event in report.events]  # `after` comes after `hear`
    assert all(event.name in line for event, (_, line) in zip(report.events, heard, strict=True))
    log.finish(report)
    assert {tick for tick, _ in said[2 + len(heard) :]} == {report.ticks}
    assert said[2 + len(heard)][1].startswith("outcome: landed after ")
    assert said[-1][1].startswith("score: ")


def test_a_dispersed_flight_says_so() -> None:
    """In the head, after the mode."""
    said: list[str] = []
    log = LiveLog(said.append, describe, level="a", pilot="b", mode="raw", dispersed=True)
    log.begin(Flight(load_level("sky-crane").flight_spec(), seed=4))
    assert said[0] == "a: seed 4, b, raw, dispersed"


def test_the_reader_has_every_line_at_once(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """What has been said stands in the pipe before the flight goes on, not in a buffer of ours."""
    got: list[str] = []

    class Reader(Observer):
        def begin(self, flight: Flight) -> None:
            got.append(capfd.readouterr().out)

        def hear(self, events: Sequence[Event]) -> None:
            arrived = capfd.readouterr().out
            assert all(event.name in line for event, line in zip(events, arrived.splitlines(), strict=True))
            got.append(arrived)

    def watched(*arguments: object, observers: Sequence[Observer], **how: object) -> FlightReport:
        return fly(*arguments, observers=[*observers, Reader()], **how)

    monkeypatch.setattr(game.commands.fly, "fly_level", watched)
    assert main(["fly", "sky-crane"]) == 0
    assert tuple(got[0].splitlines()) == HEAD
    assert len(got) > 5
    monkeypatch.undo()
    closing = capfd.readouterr().out
    assert main(["fly", "sky-crane"]) == 0
    assert capfd.readouterr().out == "".join(got) + closing


def test_a_reader_who_leaves_after_the_first_line() -> None:
    """`skycrane fly ... | head -1`: quiet, and the exit code is still the flight's."""
    read_end, write_end = os.pipe()
    process = spawned("fly", "sky-crane", "--pilot", "idle", stdout=write_end)
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as pipe:
        assert pipe.readline() == "sky-crane: seed 0, idle, manual\n"
    _, err = process.communicate()
    assert (process.returncode, err) == (1, "")


@needs_full
def test_a_full_disk_stops_no_flight(tmp_path: Path) -> None:
    """It is told at the end, and the files that the flight was flown for are there."""
    rows = tmp_path / "a.csv"
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = spawned("fly", "sky-crane", "--csv", str(rows), stdout=full)
        _, err = process.communicate()
    assert (process.returncode, err) == (2, "skycrane: standard output cannot be written: No space left on device\n")
    assert len(rows.read_text("utf-8").splitlines()) > 100


def test_what_came_down_is_told_from_the_target() -> None:
    """Of a level whose target is not at the flight's origin too: the rover that landed on it lies 0.0 km from it."""
    said: list[str] = []
    log = LiveLog(said.append, describe, level="a", pilot="b", mode="manual", dispersed=False)
    level = load_level("sky-crane")
    assert level.goal.target_m == 1560.0
    log.finish(fly(level, Helm(Autopilot()), pilot="b", observers=[log]))
    assert "down, km from the target, + past it: Rover +0.0, Descent stage +0.8" in said
