"""`skycrane shots`: a picture of every screen, of a flight at every phase, and of every way to lose."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click

from game.commands.answers import ALIVE, BadInputError, sentences
from game.commands.output import say
from game.commands.targets import check_place
from game.commands.words import Folder, Size
from game.content.levels import load_level
from game.record.files import OutputError, check_writable, write_whole

_SIZE: Final = (1920, 1080)


@click.command()
@click.argument("folder", type=Folder(), metavar="DIR")
@click.option("--size", type=Size(), default="x".join(map(str, _SIZE)), help="In pixels, WxH; by itself 1920x1080.")
@click.option("--level", default="jezero", metavar="LEVEL", help="The level that is flown; by itself jezero.")
def shots(folder: Path, size: tuple[int, int], level: str) -> int:
    """Write a picture (PNG) of everything that the window shows into DIR.

    Every screen, the flight of a level at each phase with its result, and each way to lose: the same bytes on the
    same machine. Pictures that are there already are replaced.
    """
    with sentences():
        chosen = load_level(level)
        _check_folder(folder)
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # it greets on stdout
        from game.stage.shots import shots as taken  # noqa: PLC0415  it needs pygame
        from game.stage.window import a_stage  # noqa: PLC0415

        with a_stage(size) as stage:
            for shot in taken(stage, chosen):
                path = folder / f"{shot.name}.png"
                write_whole(path, shot.png())
                say(str(path))
    return ALIVE


def _check_folder(folder: Path) -> None:
    """Make the folder if it is not there, and see that pictures can be written into it.

    Raises BadInputError or OutputError.
    """
    check_place(folder)
    if folder.exists() and not folder.is_dir():
        raise BadInputError(f"{folder}: is a file, not a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutputError(f"{folder}: cannot be made: {reason}") from error
    check_writable(folder / "screen-1-title.png")
