"""`skycrane replay`: what can be done with records of flights."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from game.commands.answers import ALIVE, BAD_INPUT, LOST, BadInputError, complain, sentences
from game.commands.output import LiveOutput, printable, say
from game.commands.words import PATH, Size
from game.content.levels import Level, level_ids, load_level
from game.content.texts import describe
from game.record.flightlog import LiveLog
from game.record.reel import Reel
from game.record.replay import CutOff, Record, read_record
from game.record.verify import Verdict
from game.record.verify import verify as verify_record
from game.sim.flight import Flight
from game.sim.spec import TICK_HZ

_DIFFERS: Final = LOST  # its exit code
_level_option = click.option("--level", help="The level's own file, when it is none of this game's.")
_tolerant_option = click.option("--tolerant", is_flag=True, help="Let 'within tolerance' count as verified too.")


@click.group(invoke_without_command=True)
@click.pass_context
def replay(ctx: click.Context) -> None:
    """Records of flights."""
    if ctx.invoked_subcommand is None:
        raise BadInputError("replay needs a command: skycrane replay verify FILE")


@replay.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@_level_option
@_tolerant_option
def verify(files: tuple[Path, ...], level: str | None, tolerant: bool) -> int:
    """Fly records again: exact, or the first second that differs.

    Exit code 0 when all are exact, 1 when something differs or was cut off, 2 when one cannot be read or flown.
    """
    worst = ALIVE
    for path in files:
        try:
            with sentences():
                record = read_record(path)
                verification = verify_record(record, _level_of(record, level, path), str(path))
        except BadInputError as error:
            complain(error.problems)
            worst = BAD_INPUT
            continue
        with sentences():
            say(printable(f"{path}: {verification.sentence}"))
        worst = max(worst, _code_of(verification.verdict, tolerant=tolerant))
    return worst


@replay.command()
@click.argument("file", metavar="FILE", type=PATH)
@click.option("--header", "header_only", is_flag=True, help="Only what the file says of itself; nothing is flown.")
@_level_option
@_tolerant_option
def show(file: Path, header_only: bool, level: str | None, tolerant: bool) -> int:
    """Print what a record says of itself, its log as it is flown again, and the verdict.

    Exit codes as of verify; with --header 0, when the file can be read.
    """
    output = LiveOutput()
    with sentences():
        record = read_record(file)
        if header_only:
            say("\n".join(_about(record)))
            return ALIVE
        log = _HeadedLog(record, output)
        verification = verify_record(record, _level_of(record, level, file), str(file), [log])
        if verification.report is not None:
            log.finish(verification.report)
        output.say(printable(f"{file}: {verification.sentence}"))
        output.close()
    return _code_of(verification.verdict, tolerant=tolerant)


@replay.command()
@click.argument("file", metavar="FILE", type=PATH)
@_level_option
@click.option("--size", type=Size(), help="The window's size in pixels, WxH.")
@click.option("--fullscreen", is_flag=True, help="Fill the screen.")
def watch(file: Path, level: str | None, size: tuple[int, int] | None, *, fullscreen: bool) -> int:
    """Watch a record in the window: play it, scrub through it, go from event to event."""
    with sentences():
        record = read_record(file)
        reel = Reel(record, _level_of(record, level, file), str(file))  # what cannot be flown opens no window
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # it greets on stdout
        from game.app import NoDisplay, run  # noqa: PLC0415  what cannot be watched needs no pygame
        from game.scenes.stack import Quit  # noqa: PLC0415
        from game.scenes.watch import WatchScene  # noqa: PLC0415

        try:
            return run(size=size, fullscreen=fullscreen, first=lambda kit: WatchScene(kit, reel, Quit))
        except NoDisplay as error:
            raise BadInputError(
                f"there is no display to watch on; 'skycrane replay verify {file}' flies it without one"
            ) from error


class _HeadedLog(LiveLog):
    """The log of a record that can be flown here, under what the record says of itself."""

    def __init__(self, record: Record, output: LiveOutput) -> None:
        header = record.header
        super().__init__(
            output.say, describe, level=header.level, pilot=header.pilot, mode=header.mode, dispersed=header.dispersed
        )
        self._record, self._output = record, output

    def begin(self, flight: Flight) -> None:
        self._output.say("\n".join((*_about(self._record), "")))
        super().begin(flight)


def _about(record: Record) -> Iterator[str]:
    """What a file says of itself: not proved by reading it."""
    header = record.header
    rows = {
        "level": header.level,
        "seed": header.seed,
        "mode": header.mode,
        "dispersed": "yes" if header.dispersed else "no",
        "pilot": header.pilot,
        "game": f"{header.game_version}, rules {header.rules_version}",
        "content": header.content,
        "platform": header.platform,
        "recorded": _recorded(record),
    }
    for name, value in rows.items():
        yield f"{name:<9}  {printable(str(value))}"


def _recorded(record: Record) -> str:
    if isinstance(record, CutOff):
        return f"cut off after {record.ticks // TICK_HZ} s, before its outcome"
    end = record.end
    return f"{end.outcome} ({end.reason}) with {end.score:,} points after {end.ticks:,} ticks"


def _code_of(verdict: Verdict, *, tolerant: bool) -> int:
    good = {Verdict.EXACT, Verdict.WITHIN_TOLERANCE} if tolerant else {Verdict.EXACT}
    return ALIVE if verdict in good else _DIFFERS


def _level_of(record: Record, file: str | None, path: Path) -> Level:
    """The level that a record names: one of the game's, never a path that the record makes us open."""
    name = record.header.level
    if file is None and name not in level_ids():
        raise BadInputError(
            f"{path}: was flown on the level '{name}', which this game has not; name its file by --level"
        )
    return load_level(file or name)
