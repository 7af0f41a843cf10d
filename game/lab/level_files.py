"""Which files are levels: told by their first lines, without reading more of them or loading anything of the game."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_MOST_BYTES: Final = 65_536
_KIND: Final = re.compile(rb"""^[ \t]*["']?kind["']?[ \t]*=[ \t]*["']level["'][ \t]*(?:\#.*)?\r?$""", re.MULTILINE)
_OURS: Final = re.compile(rb"""^[ \t]*["']?(?:schema|site|vehicle)["']?[ \t]*=""", re.MULTILINE)
_TABLE: Final = re.compile(rb"""^[ \t]*\[{1,2}[ \t]*["'A-Za-z_][^,\n]*\][ \t]*(?:\#.*)?\r?$""", re.MULTILINE)
_PARTS: Final = ("sites", "vehicles")  # what levels name; no level lies there


def is_level_file(path: Path) -> bool:
    """Whether a TOML file says at its top that it is a level of ours: `kind = "level"` beside schema, site or vehicle,
    because other programs have TOML files too, and some may call one a level.

    Nothing else of the file is looked at: what says that it is a level, however broken it is, wants to be told what is
    wrong with it. Raises OSError.
    """
    if path.suffix != ".toml" or not path.is_file():  # a pipe would keep us waiting
        return False
    with path.open("rb") as file:
        head = file.read(_MOST_BYTES).removeprefix(b"\xef\xbb\xbf")
    table = _TABLE.search(head)
    top = head[: table.start()] if table else head
    return bool(_KIND.search(top) and _OURS.search(top))


def level_files_in(folder: Path) -> Iterator[Path]:
    """The level files of a folder and those below it, sorted; what cannot be read is taken for one, so that it is told.

    Hidden folders and those of sites and vehicles are passed over.
    """
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _PARTS and not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            try:
                found = is_level_file(path)
            except OSError:
                found = True
            if found:
                yield path
