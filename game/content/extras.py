"""Extras: what only some of us need, and how it comes to who misses it."""

from __future__ import annotations


def how_to_install(extra: str) -> str:
    """What brings an extra of pyproject.toml, to end a sentence about what is missing.

    The game is installed from its own folder: no index of packages has it. Double quotes are right in every shell.

    >>> how_to_install("levels")
    'in the folder of the game, pip install -c constraints.txt -e ".[levels]" brings it'
    """
    return f'in the folder of the game, pip install -c constraints.txt -e ".[{extra}]" brings it'
