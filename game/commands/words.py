"""The words of a command line: what an option may be, each told in one sentence when it is not."""

from __future__ import annotations

import math
import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import click

from game.commands.answers import BadInputError
from game.content.modes import Mode
from game.content.seeds import LARGEST_SEED

_SIZE: Final = re.compile(r"(\d{3,9})x(\d{3,9})", re.ASCII)
_LARGEST_SIDE: Final = 16_384  # pixels; what graphics hardware can do


class ModeName(click.ParamType):
    name = "mode"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Mode:
        if value not in tuple(Mode):
            near = get_close_matches(value, tuple(Mode), n=1)
            raise BadInputError(
                f"there is no mode '{value}', only {', '.join(Mode)}" + (f"; did you mean {near[0]}?" if near else "")
            )
        return Mode(value)


class Size(click.ParamType):
    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        size = _SIZE.fullmatch(value)
        if size is None:
            raise BadInputError(f"--size is width x height in pixels, such as 1280x720, not '{value}'")
        if max(int(size[1]), int(size[2])) > _LARGEST_SIDE:
            raise BadInputError(f"--size can be at most {_LARGEST_SIDE}x{_LARGEST_SIDE}, not '{value}'")
        return int(size[1]), int(size[2])


class WholeNumber(click.IntRange):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter as error:
            raise BadInputError(
                f"{_option(param)} must be a whole number from {self.min} to {self.max}, not '{value}'"
            ) from error


class Seconds(click.FloatRange):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            seconds = float(super().convert(value, param, ctx))
        except click.BadParameter:
            seconds = math.nan
        if not math.isfinite(seconds):  # nan is in every range
            raise BadInputError(f"{_option(param)} must be from {self.min:g} to {self.max:g} seconds, not '{value}'")
        return seconds


class FileToWrite(click.ParamType):
    """A file's name; whether it can be written is asked later, by check_writable."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        text = os.fspath(value)
        if not text or text.endswith(("/", os.sep)):  # a Path forgets the stroke at its end
            raise BadInputError(f"{text}: is a folder, not a file" if text else f"{_option(param)} names no file")
        return Path(text)


class Folder(click.ParamType):
    """A folder's name; whether it can be made is asked later."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        text = os.fspath(value)
        if not text.strip():
            raise BadInputError(f"{param.human_readable_name if param is not None else 'the value'} names no folder")
        return Path(text)


def _option(param: click.Parameter | None) -> str:
    return param.opts[0] if param is not None else "the value"


SEED: Final = WholeNumber(0, LARGEST_SEED)
PATH: Final = click.Path(path_type=Path, readable=False)  # what cannot be read is told by who reads it

seed_option: Final = click.option(
    "--seed", type=SEED, default=0, metavar="N", help="The day's weather and errors; 0 is the nominal flight."
)
mode_option: Final = click.option(
    "--mode", type=ModeName(), default="manual", help="guided, manual, raw or one-button."
)
