"""The command line: finds the command that is asked for, runs it, and turns how it ends into an exit code.

Exit codes: 0 the rover is alive or the goal is reached (or every record verified), 1 it is lost (or a record differs),
2 bad input, which gets one clear sentence on stderr.
"""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _importing() -> Iterator[None]:
    """Around imports: Ctrl-C simply ends the program, without a traceback from the middle of one; and the garbage
    collector rests, because imports make much and drop nothing (a tenth of the time that the program takes to start).
    """
    handler = signal.getsignal(signal.SIGINT)
    ours = threading.current_thread() is threading.main_thread() and handler is signal.default_int_handler
    collects = gc.isenabled()
    if ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
        if ours:
            signal.signal(signal.SIGINT, handler)


with _importing():
    import os
    import sys
    from collections.abc import Sequence
    from difflib import get_close_matches
    from importlib import import_module
    from typing import Final

    import click

    from game.commands.answers import ALIVE, BAD_INPUT, INTERRUPTED, BadInputError, complain, sentences
    from game.commands.output import silence
    from game.content.paths import OPTION, data_folder
    from game.record.version import GAME_VERSION

COMMANDS: Final = (
    "play", "fly", "levels", "new-level", "check", "schema", "replay", "scores", "daily", "compare", "rates",
    "disperse", "report", "bench", "shots",
)  # fmt: skip


class _Commands(click.Group):
    """Each command is what its module in game/commands is called, and is imported when it is asked for.

    Plays when none is named: `skycrane`, `skycrane sky-crane` and `skycrane --seed 3` all open the window.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = cmd_name.replace("-", "_")
        with _importing():
            command: click.Command = getattr(import_module(f"game.commands.{module}"), module)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ours, args = _with_data_first(args)
        first = args[0] if args else ""
        if first not in COMMANDS and first not in {"--help", "--version"}:
            if first and not first.startswith("-") and len(args) > 1 and not args[1].startswith("-"):
                near = get_close_matches(first, COMMANDS, n=1) or [", ".join(COMMANDS)]
                raise BadInputError(f"there is no command '{first}'; there is {near[0]}")
            args = ["play", *args]
        return super().parse_args(ctx, [*ours, *args])


def _with_data_first(args: list[str]) -> tuple[list[str], list[str]]:
    """`--data DIR` belongs to every command and may stand anywhere: it, and everything else."""
    ours: list[str] = []
    rest: list[str] = []
    words = iter(args)
    for word in words:
        if word == OPTION:
            value = next(words, None)
            if value is None:
                raise BadInputError(f"{OPTION} names no folder")
            ours += [word, value]
        elif word.startswith(f"{OPTION}="):
            ours.append(word)
        else:
            rest.append(word)
    return ours, rest


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (by default the program's own) and return its exit code."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a terminal without our signs still shows the rest
        # No plugin of pydantic is wanted here, and looking for one reads about every package that is installed.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
        code = skycrane.main(args=None if argv is None else list(argv), prog_name="skycrane", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BadInputError as error:
        complain(error.problems)
        return BAD_INPUT
    except click.ClickException as error:
        complain([error.format_message()])
        return BAD_INPUT
    except OSError as error:  # mostly click's own printing: --help on a full disk
        if error.filename is None:
            silence(sys.stdout)
        complain([f"{error.filename or 'standard output'} cannot be written: {error.strerror}"])
        return BAD_INPUT
    except SystemExit:  # click's answer to a reader who leaves, `--help | head`
        return ALIVE
    return int(code or 0)


@click.group(cls=_Commands, context_settings={"help_option_names": ["--help"]})
@click.version_option(GAME_VERSION, prog_name="skycrane")
@click.option(OPTION, "data", metavar="DIR", help="The folder for scores, settings and kept flights.")
@click.pass_context
def skycrane(ctx: click.Context, data: str | None) -> None:
    """Land NASA's Perseverance rover on Mars. Without a command: play."""
    with sentences():
        ctx.with_resource(data_folder(data))
