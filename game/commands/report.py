"""`skycrane report`: the debrief of a flight as a page or a picture, from what `skycrane fly` wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from game.commands.answers import ALIVE, BadInputError, sentences
from game.commands.output import say
from game.commands.targets import check_targets
from game.commands.words import PATH, FileToWrite
from game.content.levels import Level, level_ids, load_level
from game.content.texts import load_texts
from game.cues.track import Track
from game.record.files import file_behind, write_whole
from game.record.results import fault_between, read_result
from game.report import FlightReport

_PAGES: Final = (".html", ".htm")
_PICTURES: Final = (".png",)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@click.option(
    "--out", type=FileToWrite(), help="The page (.html) or the picture (.png); by default a page beside FILE."
)
@click.option("--level", help="The level's own file, when it is none of this game's.")
def report(files: tuple[Path, ...], out: Path | None, level: str | None) -> int:
    """Make the debrief of a flight from its FILEs: the JSON of `fly --json`, the CSV of `fly --csv`, or best both.

    Ends with 0 when the page or picture is written, whatever became of the rover.
    """
    with sentences():
        found, track = _read(files)
        chosen = _level_of(found, level)
        target = out or _beside(files[0])
        if target.suffix.lower() not in (*_PAGES, *_PICTURES):
            raise BadInputError(f"{target}: a report is a page (.html) or a picture (.png)")
        if file_behind(target) in {file_behind(path) for path in files}:
            raise BadInputError(f"{target}: is what the report is made from; name another file")
        check_targets((), (target,))
        from game.lab.sheet import sheet_of  # noqa: PLC0415  only what can be written is drawn
        from game.lab.sheet_charts import sheet_png  # noqa: PLC0415
        from game.lab.sheet_page import sheet_html  # noqa: PLC0415

        sheet = sheet_of(load_texts(), found, track, chosen)
        write_whole(target, sheet_png(sheet) if target.suffix.lower() in _PICTURES else sheet_html(sheet))
        if file_behind(target) is not None:
            say(f"written: {target}")
    return ALIVE


def _read(files: tuple[Path, ...]) -> tuple[FlightReport | None, Track | None]:
    """At most one of each, in any order, of the same flight."""
    found: FlightReport | None = None
    track: Track | None = None
    for path in files:
        result = read_result(path)
        if isinstance(result, Track):
            if track is not None:
                raise BadInputError(f"{path}: is a second course; a report is of one flight")
            track = result
        else:
            if found is not None:
                raise BadInputError(f"{path}: is a second result; a report is of one flight")
            found = result
    if found is not None and track is not None:
        fault = fault_between(found, track)
        if fault is not None:
            raise BadInputError(f"{' and '.join(map(str, files))}: are not of the same flight: {fault}")
    return found, track


def _level_of(found: FlightReport | None, file: str | None) -> Level | None:
    """The level that is named, or the one of ours that the result names: never a path that a result makes us open."""
    if file is not None:
        level = load_level(file)
        if found is not None and level.id != found.level:
            raise BadInputError(f"--level {file} is the level '{level.id}', and the flight is of '{found.level}'")
        return level
    if found is not None and found.level in level_ids():
        return load_level(found.level)
    return None


def _beside(path: Path) -> Path:
    """Where the page goes if nobody says: nothing that lies there is written over."""
    if file_behind(path) is None:
        raise BadInputError(f"{path}: is no file to put a page beside; name one by --out")
    target = path.with_suffix(_PAGES[0])
    if target.exists() or target.is_symlink():
        raise BadInputError(f"{target}: is there already; name it by --out to write over it, or another")
    return target
