"""`skycrane replay`: what can be done with records of flights."""

from __future__ import annotations

from pathlib import Path

import click

from game.commands.answers import ALIVE, BAD_INPUT, LOST, BadInputError, complain, sentences
from game.commands.output import printable, say
from game.commands.words import PATH
from game.content.levels import Level, level_ids, load_level
from game.record.replay import read_replay
from game.record.verify import Verdict
from game.record.verify import verify as verify_replay


@click.group(invoke_without_command=True)
@click.pass_context
def replay(ctx: click.Context) -> None:
    """Records of flights."""
    if ctx.invoked_subcommand is None:
        raise BadInputError("replay needs a command: skycrane replay verify FILE")


@replay.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@click.option("--level", help="The level's own file, when it is none of this game's.")
def verify(files: tuple[Path, ...], level: str | None) -> int:
    """Fly records again: exact, or the first second that differs."""
    worst = ALIVE
    for path in files:
        try:
            with sentences():
                record = read_replay(path)
                verification = verify_replay(record, _level_of(record.header.level, level, path), str(path))
        except BadInputError as error:
            complain(error.problems)
            worst = BAD_INPUT
            continue
        with sentences():
            say(printable(f"{path}: {verification.sentence}"))
        if verification.verdict not in {Verdict.EXACT, Verdict.WITHIN_TOLERANCE}:
            worst = max(worst, LOST)
    return worst


def _level_of(name: str, file: str | None, path: Path) -> Level:
    """The level that a record names: one of the game's, never a path that the record makes us open."""
    if file is None and name not in level_ids():
        raise BadInputError(
            f"{path}: was flown on the level '{name}', which this game has not; name its file by --level"
        )
    return load_level(file or name)
