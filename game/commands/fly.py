"""`skycrane fly`: one flight without a screen, and its files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click
from click.core import ParameterSource

from game.commands.answers import ALIVE, LOST, BadInputError, sentences
from game.commands.output import LiveOutput, say
from game.commands.targets import check_targets
from game.commands.words import FileToWrite, mode_option, seed_option
from game.content.errors import InputError
from game.content.levels import Level, load_level
from game.content.modes import Mode
from game.content.texts import describe
from game.lab.check import check_called, file_of_check, source_of_check, subject_of
from game.lab.fly import fly as fly_level
from game.lab.roster import file_of, source_of
from game.pilots.pilot import CommandSource
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
@click.option("--check", "check_name", metavar="NAME", help="A check of the level: its pilot, mode and first seed.")
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
    check_name: str | None,
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
            if check_name is not None:
                raise BadInputError("--check is a flight of the LEVEL's own: leave --daily out")
            from game.commands.daily import utc_today  # noqa: PLC0415  nobody else asks the date
            from game.content.daily import daily_of  # noqa: PLC0415

            flight = daily_of(utc_today() if daily == "today" else daily)
            level, seed, dispersed = flight.level, flight.seed, True
        if level is None:
            raise BadInputError("fly needs a level: skycrane fly LEVEL, or skycrane fly --daily")
        if check_name is not None and (_is_said("pilot") or _is_said("mode") or dispersed):
            raise BadInputError(
                "--check has its own pilot, mode and dispersions: leave --pilot, --mode and --dispersed out"
            )
        asked = seed if check_name is None or _is_said("seed") else None
        order = _Order(
            level, check_name, pilot, asked, mode.board,  # no hand, no button
            dispersed, as_json, csv, record,
        )  # fmt: skip
        if watch:
            from game.commands.watching import fly_again  # noqa: PLC0415  no single flight pays for it

            fly_again(order.fly, level, order.pilot_file, order.written)
        return order.fly()


def _is_said(option: str) -> bool:
    """Whether it stands on the command line."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


@dataclass(frozen=True, slots=True)
class _How:
    """Who flies, called what, and on which day; `file` is what he flies by, if anything."""

    source: CommandSource
    name: str
    file: Path | None
    seed: int
    mode: Mode
    dispersed: bool


@dataclass(frozen=True, slots=True)
class _Order:
    """A flight as it is asked for, and what is to be made of it.

    check  the level's check that says who flies, and how; pilot, mode and dispersed then say nothing
    seed   None for the check's first
    """

    level: str
    check: str | None
    pilot: str
    seed: int | None
    mode: Mode
    dispersed: bool
    as_json: bool
    csv: Path | None
    record: Path | None

    @property
    def written(self) -> list[Path]:
        return [path for path in (self.csv, self.record) if path is not None]

    def pilot_file(self) -> Path | None:
        """What the pilot flies by, if anything and as far as the level can be read."""
        if self.check is None:
            return file_of(self.pilot)
        try:
            level = load_level(self.level)
            return file_of_check(level, check_called(level, self.check, self.level))
        except InputError:
            return None

    def _how(self, level: Level) -> _How:
        """Raises InputError."""
        seed = self.seed or 0
        if self.check is None:
            source, name = source_of(self.pilot, level, mode=self.mode, seed=seed)
            return _How(source, name, file_of(self.pilot), seed, self.mode, self.dispersed)
        check = check_called(level, self.check, self.level)
        seed = check.seeds[0] if self.seed is None else seed
        source, name = source_of_check(level, check, seed)
        return _How(source, name, file_of_check(level, check), seed, check.mode, check.dispersed)

    def fly(self) -> int:
        """Fly it, print and write. Returns the exit code; raises InputError."""
        level = subject_of(self.level).level  # with the scripts of its checks: who watches mends them too
        how = self._how(level)
        seed, mode, dispersed = how.seed, how.mode, how.dispersed
        label = as_name(how.name)  # it is printed, and a file may be called anything
        check_targets((*level.files, how.file), self.written)
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
        report = fly_level(
            level, how.source, pilot=label, seed=seed, mode=mode, dispersed=dispersed, observers=observers
        )
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
