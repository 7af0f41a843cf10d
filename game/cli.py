"""The commands: parses words, wires the rooms together, holds no rule.

Exit codes: 0 the rover is alive or the goal is reached (or every record verified), 1 it is lost (or a record differs),
2 bad input, which gets one clear sentence on stderr. What needs a screen or a terminal (game.app, rich) is imported
where it is used, so that `skycrane fly` pays for neither.
"""
# ruff: noqa: E402

from __future__ import annotations

import signal
import threading

# Until everything is imported, Ctrl-C simply ends the program: no traceback from the middle of an import.
_ON_INTERRUPT = signal.getsignal(signal.SIGINT)
_AT_START = threading.current_thread() is threading.main_thread() and _ON_INTERRUPT is signal.default_int_handler
if _AT_START:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import json
import math
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from time import perf_counter
from typing import Any, Final, TextIO

import click

from game.content.errors import ContentError
from game.content.levels import Level, level_ids, load_level
from game.content.modes import Mode
from game.content.paths import data_root
from game.content.texts import describe
from game.lab.bench import LevelSpeed, measure
from game.lab.fly import Observer
from game.lab.fly import fly as fly_level
from game.lab.roster import UnknownPilotError, file_of, source_of
from game.pilots.script_text import ScriptError
from game.record.files import OutputError, check_writable, file_behind, write_whole
from game.record.flightlog import CsvLog, log_lines
from game.record.recorder import Recorder
from game.record.replay import ReplayError, as_name, read_replay
from game.record.verify import Verdict
from game.record.verify import verify as verify_replay
from game.record.version import GAME_VERSION
from game.sim.snapshot import Outcome

if _AT_START:
    signal.signal(signal.SIGINT, _ON_INTERRUPT)

ALIVE: Final = 0
LOST: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130

_SIZE: Final = re.compile(r"(\d{3,9})x(\d{3,9})", re.ASCII)
_LARGEST_SIDE: Final = 16_384  # pixels; what graphics hardware can do
_MOST_PROBLEMS: Final = 20
_LONGEST_PROBLEM: Final = 1000
_LONG_TOKEN: Final = re.compile(r"""(?<=['"(])[^'"()\s]{41,}(?=['")])""")


class BadInputError(click.ClickException):
    """What is wrong with what was asked: a sentence for each thing."""

    exit_code = BAD_INPUT

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class _Commands(click.Group):
    """Plays when no command is named: `skycrane`, `skycrane sky-crane` and `skycrane --seed 3` all open the window."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = args[0] if args else ""
        if first not in self.commands and first not in {"--help", "--version"}:
            if first and not first.startswith("-") and len(args) > 1 and not args[1].startswith("-"):
                near = get_close_matches(first, self.commands, n=1) or [", ".join(self.commands)]
                raise BadInputError(f"there is no command '{first}'; there is {near[0]}")
            args = ["play", *args]
        return super().parse_args(ctx, args)


class _ModeName(click.ParamType):
    name = "mode"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Mode:
        if value not in tuple(Mode):
            near = get_close_matches(value, tuple(Mode), n=1)
            raise BadInputError(
                f"there is no mode '{value}', only {', '.join(Mode)}" + (f"; did you mean {near[0]}?" if near else "")
            )
        return Mode(value)


class _Size(click.ParamType):
    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        size = _SIZE.fullmatch(value)
        if size is None:
            raise BadInputError(f"--size is width x height in pixels, such as 1280x720, not '{value}'")
        if max(int(size[1]), int(size[2])) > _LARGEST_SIDE:
            raise BadInputError(f"--size can be at most {_LARGEST_SIDE}x{_LARGEST_SIDE}, not '{value}'")
        return int(size[1]), int(size[2])


class _WholeNumber(click.IntRange):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter as error:
            raise BadInputError(
                f"{_option(param)} must be a whole number from {self.min} to {self.max}, not '{value}'"
            ) from error


class _Seconds(click.FloatRange):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            seconds = float(super().convert(value, param, ctx))
        except click.BadParameter:
            seconds = math.nan
        if not math.isfinite(seconds):  # nan is in every range
            raise BadInputError(f"{_option(param)} must be from {self.min:g} to {self.max:g} seconds, not '{value}'")
        return seconds


class _FileToWrite(click.ParamType):
    """A file's name; whether it can be written is asked later, by check_writable."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        text = os.fspath(value)
        if not text or text.endswith(("/", os.sep)):  # a Path forgets the stroke at its end
            raise BadInputError(f"{text}: is a folder, not a file" if text else f"{_option(param)} names no file")
        return Path(text)


def _option(param: click.Parameter | None) -> str:
    return param.opts[0] if param is not None else "the value"


_SEED: Final = _WholeNumber(0, 2**63 - 1)
_PATH: Final = click.Path(path_type=Path, readable=False)  # what cannot be read is told by who reads it


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (by default the program's own) and return its exit code."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a terminal without our signs still shows the rest
        code = skycrane.main(args=None if argv is None else list(argv), prog_name="skycrane", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BadInputError as error:
        _complain(error.problems)
        return BAD_INPUT
    except click.ClickException as error:
        _complain([error.format_message()])
        return BAD_INPUT
    except OSError as error:  # mostly click's own printing: --help on a full disk
        if error.filename is None:
            _silence(sys.stdout)
        _complain([f"{error.filename or 'standard output'} cannot be written: {error.strerror}"])
        return BAD_INPUT
    except SystemExit:  # click's answer to a reader who leaves, `--help | head`
        return ALIVE
    return int(code or 0)


@click.group(cls=_Commands, context_settings={"help_option_names": ["--help"]})
@click.version_option(GAME_VERSION, prog_name="skycrane")
def skycrane() -> None:
    """Land NASA's Perseverance rover on Mars. Without a command: play."""


@skycrane.command()
@click.argument("level", required=False)
@click.option("--mode", type=_ModeName(), default="manual", help="guided, manual or raw.")
@click.option(
    "--seed", type=_SEED, default=0, metavar="N", help="The day's weather and errors; 0 is the nominal flight."
)
@click.option("--size", type=_Size(), help="The window's size in pixels, WxH.")
@click.option("--fullscreen", is_flag=True, help="Fill the screen.")
@click.option("--screenshot-every", "every_s", type=_Seconds(0.05, 3600.0), help="Save a picture every S seconds.")
@click.option("--out", type=_PATH, help="The folder for the pictures.")
def play(
    level: str | None,
    mode: Mode,
    seed: int,
    size: tuple[int, int] | None,
    fullscreen: bool,
    every_s: float | None,
    out: Path | None,
) -> int:
    """Play a LEVEL, or what the title screen offers."""
    if (every_s is None) != (out is None):
        raise BadInputError("--screenshot-every S and --out DIR belong together")
    with _sentences():
        chosen = load_level(level) if level else None
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # it greets on stdout
        from game.app import NoDisplay, run  # noqa: PLC0415

        try:
            return run(
                chosen, mode=mode, seed=seed, size=size, fullscreen=fullscreen, screenshot_every_s=every_s, out=out
            )
        except NoDisplay as error:
            name = level or "sky-crane"
            raise BadInputError(f"there is no display to play on; 'skycrane fly {name}' flies without one") from error


@skycrane.command()
@click.argument("level")
@click.option("--pilot", default="autopilot", help="autopilot, idle, script:FILE or replay:FILE.")
@click.option(
    "--seed", type=_SEED, default=0, metavar="N", help="The day's weather and errors; 0 is the nominal flight."
)
@click.option("--mode", type=_ModeName(), default="manual", help="guided, manual or raw.")
@click.option("--dispersed", is_flag=True, help="With everything spread that no pilot knows before the flight.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON instead of the log.")
@click.option("--csv", type=_FileToWrite(), help="Write the flight's course at 10 Hz.")
@click.option("--record", type=_FileToWrite(), help="Write a replay.")
def fly(
    level: str,
    pilot: str,
    seed: int,
    mode: Mode,
    dispersed: bool,
    as_json: bool,
    csv: Path | None,
    record: Path | None,
) -> int:
    """Fly a LEVEL (a name or a TOML file) without a screen."""
    with _sentences():
        chosen = load_level(level)
        source, name = source_of(pilot)
        label = as_name(name)  # it is printed, and a file may be called anything
        _refuse_overwriting((*chosen.files, file_of(pilot)), (csv, record))
        for path in (csv, record):
            if path is not None:
                check_writable(path)
        rows = CsvLog()
        recorder = Recorder(level=chosen.id, mode=mode.value, dispersed=dispersed, pilot=label)
        observers: list[Observer] = ([rows] if csv else []) + ([recorder] if record else [])
        report = fly_level(chosen, source, pilot=label, seed=seed, mode=mode, dispersed=dispersed, observers=observers)
        if csv:
            write_whole(csv, rows.text())
        if record:
            write_whole(record, recorder.finish(report).text())
        if as_json:
            _say(json.dumps(report.as_json(describe), indent=2, allow_nan=False))
        else:
            _say("\n".join(log_lines(report, describe)))
    return ALIVE if report.outcome in {Outcome.LANDED, Outcome.COMPLETED} else LOST


@skycrane.command()
def levels() -> int:
    """List the levels."""
    with _sentences():
        loaded = [load_level(name) for name in level_ids()]
    _say_table(("level", "title", "brief"), [(level.id, level.title, level.brief) for level in loaded])
    return ALIVE


@skycrane.group(invoke_without_command=True)
@click.pass_context
def replay(ctx: click.Context) -> None:
    """Records of flights."""
    if ctx.invoked_subcommand is None:
        raise BadInputError("replay needs a command: skycrane replay verify FILE")


@replay.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_PATH)
@click.option("--level", help="The level's own file, when it is none of this game's.")
def verify(files: tuple[Path, ...], level: str | None) -> int:
    """Fly records again: exact, or the first second that differs."""
    worst = ALIVE
    for path in files:
        try:
            with _sentences():
                record = read_replay(path)
                verification = verify_replay(record, _level_of(record.header.level, level, path), str(path))
        except BadInputError as error:
            _complain(error.problems)
            worst = BAD_INPUT
            continue
        _say(_printable(f"{path}: {verification.sentence}"))
        if verification.verdict not in {Verdict.EXACT, Verdict.WITHIN_TOLERANCE}:
            worst = max(worst, LOST)
    return worst


@skycrane.command()
@click.argument("names", nargs=-1, metavar="[LEVEL]...")
@click.option(
    "--rounds", type=_WholeNumber(1, 100), default=3, metavar="N", help="Flights of each level; the best counts."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def bench(names: tuple[str, ...], rounds: int, as_json: bool) -> int:
    """Measure how fast this machine flies."""
    with _sentences():
        chosen = [load_level(name) for name in names or level_ids()]
        speeds = [measure(level, rounds, perf_counter) for level in chosen]
    rows = [row for speed in speeds for row in _speed_rows(speed)]
    if as_json:
        keys = ("level", "phase", "ticks", "ticks_per_s", "real_time_factor")
        _say(json.dumps([dict(zip(keys, row, strict=True)) for row in rows], indent=2))
    else:
        table = [
            (level, phase, f"{ticks:,}", f"{rate:,}", f"{factor:,.0f}x") for level, phase, ticks, rate, factor in rows
        ]
        _say_table(("level", "phase", "ticks", "ticks/s", "real time"), table)
    return ALIVE


def _speed_rows(speed: LevelSpeed) -> Iterator[tuple[str, str, int, int, float]]:
    for name, part in (*speed.phases, ("whole flight", speed.whole)):
        yield speed.level, str(name), part.ticks, round(part.ticks_per_s), round(part.real_time_factor, 1)


def _level_of(name: str, file: str | None, path: Path) -> Level:
    """The level that a record names: one of the game's, never a path that the record makes us open."""
    if file is None and name not in level_ids():
        raise BadInputError(
            f"{path}: was flown on the level '{name}', which this game has not; name its file by --level"
        )
    return load_level(file or name)


def _refuse_overwriting(read: Sequence[Path | None], written: Sequence[Path | None]) -> None:
    """A flight may not write over the files that it or the game is made of, nor two results into one."""
    taken = {path.resolve() for path in read if path is not None}
    ours = [Path(__file__).resolve().parent, *((data_root() / folder).resolve() for folder in ("levels", "assets"))]
    for path in written:
        target = file_behind(path) if path is not None else None
        if target is None:
            continue
        if any(target.is_relative_to(folder) for folder in ours):
            raise BadInputError(f"{path}: lies among the game's own files; name another place")
        if target in taken:
            raise BadInputError(f"{path}: is already used by this flight; name another file")
        taken.add(target)


@contextmanager
def _sentences() -> Iterator[None]:
    """Turns what a room says about bad input into sentences on stderr and exit code 2."""
    try:
        yield
    except (ContentError, ScriptError) as error:
        raise BadInputError(*error.problems) from error
    except (OutputError, ReplayError, UnknownPilotError) as error:
        raise BadInputError(str(error)) from error


def _complain(problems: Iterable[str]) -> None:
    """Say on stderr what is wrong, a line each. Where nobody can be told, the exit code has to do."""
    said = [_printable(_LONG_TOKEN.sub(lambda token: f"{token[0][:37]}...", problem)) for problem in problems]
    more = len(said) - _MOST_PROBLEMS
    if more > 0:
        said[_MOST_PROBLEMS:] = [f"and {more} more"]
    try:
        for line in said:
            click.echo(f"skycrane: {line[:_LONGEST_PROBLEM]}{'...' * (len(line) > _LONGEST_PROBLEM)}", err=True)
    except OSError:
        _silence(sys.stderr)


def _printable(text: str) -> str:
    """The text with everything that a terminal would obey instead of show written as Python writes it."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _say_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table: drawn by rich on a terminal, aligned plain text in a pipe."""
    if sys.stdout is not None and sys.stdout.isatty():
        from rich.console import Console  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415

        table = Table(*head, box=None, header_style="bold")
        for row in rows:
            table.add_row(*row)
        Console(markup=False).print(table)
        return
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows))
    _say("\n".join(line.rstrip() for line in lines))


def _say(text: str) -> None:
    """Print. A reader who has had enough (`| head`) is no error; a full disk is."""
    try:
        click.echo(text)
    except OSError as error:
        _silence(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            raise BadInputError(f"standard output cannot be written: {error.strerror}") from error


def _silence(stream: TextIO) -> None:
    """The interpreter flushes once more at its end: give it something that takes everything."""
    with open(os.devnull, "w", encoding="utf-8") as nothing:  # noqa: PTH123, the descriptor is what matters
        os.dup2(nothing.fileno(), stream.fileno())
