"""Three letters for a board: A to Z, and none that read as a rude word."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

from game.content.paths import data_root

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LENGTH: Final = 3
DEFAULT: Final = "SKY"
FILE_NAME: Final = "rude.txt"


def cleaned(text: str) -> str:
    """The initials that this text stands for: small letters become large, accents fall away. What are not three letters
    then, or are rude, becomes the default.

    >>> cleaned("jpl"), cleaned("Ren\\u00e9"[1:]), cleaned("jo"), cleaned("M20"), cleaned("ass")
    ('JPL', 'ENE', 'SKY', 'SKY', 'SKY')
    """
    plain = unicodedata.normalize("NFKD", text.strip()).upper()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    if len(letters) != LENGTH or any(char not in LETTERS for char in letters) or is_rude(letters):
        return DEFAULT
    return letters


def is_rude(letters: str) -> bool:
    """Whether three large letters stand in the file of rude words."""
    return letters in rude_words(data_root())


@lru_cache(maxsize=2)
def rude_words(root: Path) -> frozenset[str]:
    """What stands in assets/texts/rude.txt: a word a line, `#` begins a remark. Without the file nothing is rude."""
    try:
        lines = (root / "assets" / "texts" / FILE_NAME).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return frozenset()
    return frozenset(word for line in lines if (word := line.partition("#")[0].strip().upper()))
