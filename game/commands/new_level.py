"""`skycrane new-level`: a level of one's own, that flies at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from game.commands.answers import ALIVE, BadInputError, sentences
from game.commands.output import say
from game.commands.targets import check_place
from game.commands.words import Folder
from game.content.errors import ContentError
from game.content.files import LONGEST_ID, is_id
from game.content.levels import Level, level_ids, load_level
from game.content.new_level import new_level_text, template
from game.record.files import OutputError, check_writable, write_whole

_DEVICES: Final = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


@click.command()
@click.argument("name")
@click.option(
    "--from", "other", metavar="LEVEL", help="Start from this level, a name or a file, not from the template."
)
@click.option("--dir", "folder", type=Folder(), default=Path(), help="The folder for it; by default this one.")
def new_level(name: str, other: str | None, folder: Path) -> int:
    """Write NAME.toml, a level of your own that flies at once. Nothing is ever written over."""
    with sentences():
        _check_name(name)
        path = folder / f"{name}.toml"
        check_place(path)
        check_writable(path)
        old = load_level(other or str(template()))
        text = new_level_text(old.file, name, folder)
        _write(path, text, old)
        called = f'"{path}"' if " " in str(path) else str(path)
        say(f"{path} is a level of your own. To fly it at each save: skycrane fly {called} --watch")
        say(f"To play it: skycrane {called}; to fly its checks: skycrane check {called}")
    return ALIVE


def _check_name(name: str) -> None:
    if not is_id(name):
        better = "-".join(
            "".join(c if c.isascii() and c.isalnum() else " " for c in name.removesuffix(".toml").lower()).split()
        )
        meant = f"; how about {better}?" if is_id(better) else ""
        raise BadInputError(
            f"'{name}' cannot be a level's name, which has small letters, digits and single hyphens, "
            f"{LONGEST_ID} at most{meant}"
        )
    if name in _DEVICES:
        raise BadInputError(f"'{name}' is a device to Windows, whatever file it should be; choose another name")
    if name in level_ids():
        raise BadInputError(
            f"the game has a level {name} already; choose another name (--from {name} starts from that one)"
        )


def _write(path: Path, text: str, old: Level) -> None:
    """The file, where there was none, if it is the level that it should be."""
    try:
        path.open("x").close()  # the name is ours now, and nobody else's file can come under it
    except FileExistsError as error:
        raise BadInputError(f"{path}: is there already, and nothing is written over; choose another name") from error
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        write_whole(path, text)
        _check_flight(path, old)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _check_flight(path: Path, old: Level) -> None:
    """It must be the flight that it was made from: its own site or vehicle could lie elsewhere, or another one here."""
    try:
        new = load_level(str(path))
    except ContentError as error:
        raise ContentError(
            [*error.problems, f"{old.file}: is a level only where its own files lie; --dir {old.file.parent}"]
        ) from error
    if new.flight_spec(dispersed=True) != old.flight_spec(dispersed=True):
        raise BadInputError(
            f"{path.parent}: has another site or vehicle of the name that {old.file} uses; choose another folder"
        )
