"""What each key of a file means: read from where the key stands, the docstring of its record.

A record's docstring is a sentence or two about the whole, and then a line for each key: its name, two spaces or more,
what it means; further lines of it are indented by more than the name. Keys carry their units at their end.

Who adds a key adds its line there. A test holds that every key has one and that every line has its key.
"""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import Final

from game.content.units import unit_in

_LINE: Final = re.compile(r"([a-z][a-z0-9_]*) {2,}(\S.*)")
_MODULE: Final = re.compile(r" \(\w+\.py\)")  # where the code is: of no use to who writes a file

# Where the end of the name says something else, or has no unit of its own.
_OTHERS: Final = (("bogie_stiffness_n_m", "N m/rad"), ("_mach", "Mach"))


def summary_of(docstring: str) -> str:
    """What the record as a whole is for, on one line.

    >>> summary_of("The wind (wind.py).\\n\\nspeed_mps  how fast\\n           it blows")
    'The wind.'
    """
    return " ".join(_MODULE.sub("", cleandoc(docstring).partition("\n\n")[0]).split())


def meanings_of(docstring: str) -> dict[str, str]:
    """What each key of the record means, in the order of the lines.

    >>> meanings_of("The wind.\\n\\nspeed_mps  how fast\\n           it blows\\ngusty      or steady")
    {'speed_mps': 'how fast it blows', 'gusty': 'or steady'}
    """
    found: dict[str, str] = {}
    last = ""
    for line in cleandoc(docstring).partition("\n\n")[2].split("\n"):
        start = _LINE.fullmatch(line)
        if start:
            last = start[1]
            found[last] = start[2]
        elif last and line.startswith("  "):
            found[last] += f" {line.strip()}"
        else:
            last = ""  # prose between the keys
    return found


def unit_of_key(key: str) -> str:
    """The unit that a key's number is in, from the end of its name; nothing where it has none.

    >>> unit_of_key("start.speed_down_mps"), unit_of_key("ground.rock_abundance")
    ('m/s', '')
    """
    return next((unit for end, unit in _OTHERS if key.endswith(end)), None) or unit_in(key.rpartition(".")[2])
