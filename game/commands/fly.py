"""`skycrane fly`: one flight without a screen, and its files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click

from game.commands.answers import ALIVE, LOST, BadInputError, sentences
from game.commands.output import LiveOutput, say
from game.commands.targets import check_targets
from game.commands.words import FileToWrite, mode_option, seed_option
from game.content.modes import Mode
from game.content.texts import describe
from game.lab.check import subject_of
from game.lab.fly import fly as fly_level
from game.lab.roster import file_of, source_of
from game.record.files import file_behind, write_whole
from game.record.flightlog import CsvLog, LiveLog
from game.record.names import as_name
from game.record.observer import Observer


@click.command()
@click.argument("level", required=False)
@click.option("--pilot", default="autopilot", help="autopilot, idle, novice, script:FILE or replay:FILE.")
@seed_option
@mode_option
@click.option("--dispersed", is_flag=True, help="With everything spread that no pilot knows before the flight.")
@click.option("--daily", is_flag=False, flag_value="today", metavar="[DATE]", help="The flight of today, or of a date.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON instead of the log.")
@click.option("--csv", type=FileToWrite(), help="Write the flight's course at 10 Hz.")
@click.option("--record", type=FileToWrite(), help="Write a replay.")
@click.option(
    "--watch", is_flag=True, help="Fly again whenever the level, its site, its vehicle or the script is saved."
)
def fly(
    level: str | None,
    pilot: str,
    seed: int,
    mode: Mode,
    dispersed: bool,
    daily: str | None,
    as_json: bool,
    csv: Path | None,
    record: Path | None,
    watch: bool,
) -> int:
    """Fly a LEVEL (a name or a TOML file) without a screen."""
    with sentences():
        if daily is not None:
            if level is not None or seed or dispersed or watch:
                raise BadInputError(
                    "--daily has its own level and weather: leave LEVEL, --seed, --dispersed and --watch out"
                )
            from game.commands.daily import utc_today  # noqa: PLC0415  nobody else asks the date
            from game.content.daily import daily_of  # noqa: PLC0415

            flight = daily_of(utc_today() if daily == "today" else daily)
            level, seed, dispersed = flight.level, flight.seed, True
        if level is None:
            raise BadInputError("fly needs a level: skycrane fly LEVEL, or skycrane fly --daily")
        order = _Order(level, pilot, seed, mode.board, dispersed, as_json, csv, record)  # no hand, no button
        if watch:
            from game.commands.watching import fly_again  # noqa: PLC0415  no single flight pays for it

            fly_again(order.fly, level, pilot, order.written)
        return order.fly()


@dataclass(frozen=True, slots=True)
class _Order:
    """A flight as it is asked for, and what is to be made of it."""

    level: str
    pilot: str
    seed: int
    mode: Mode
    dispersed: bool
    as_json: bool
    csv: Path | None
    record: Path | None

    @property
    def written(self) -> list[Path]:
        return [path for path in (self.csv, self.record) if path is not None]

    def fly(self) -> int:
        """Fly it, print and write. Returns the exit code; raises InputError."""
        # With the scripts of its checks: who watches mends them too.
        level, seed, mode, dispersed = subject_of(self.level).level, self.seed, self.mode, self.dispersed
        source, name = source_of(self.pilot, level, mode=mode, seed=seed)
        label = as_name(name)  # it is printed, and a file may be called anything
        check_targets((*level.files, file_of(self.pilot)), self.written)
        observers: list[Observer] = []
        rows = CsvLog()
        if self.csv:
            observers.append(rows)
        if self.record:
            from game.record.recorder import Recorder  # noqa: PLC0415  no flight without a record pays for one

            recorder = Recorder(level=level.id, mode=mode.value, dispersed=dispersed, pilot=label)
            observers.append(recorder)
        output = LiveOutput()
        held: list[str] = []
        # What goes into a stream may go to where the log goes, and comes before all of it.
        tell = held.append if any(file_behind(path) is None for path in self.written) else output.say
        log = LiveLog(tell, describe, level=level.id, pilot=label, mode=mode.value, dispersed=dispersed)
        if not self.as_json:
            observers.append(log)
        report = fly_level(level, source, pilot=label, seed=seed, mode=mode, dispersed=dispersed, observers=observers)
        if self.csv:
            write_whole(self.csv, rows.text())
        if self.record:
            write_whole(self.record, recorder.finish(report).text())
        if self.as_json:
            say(json.dumps(report.as_json(describe), indent=2, allow_nan=False))
        else:
            log.finish(report)
            if held:
                output.say("\n".join(held))
            output.close()
        return ALIVE if report.alive else LOST
