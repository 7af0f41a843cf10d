"""Levels with checks of their own, flown: what the tests of checks begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from game.lab.check import Result, run_checks, subject_of
from game.lab.check_words import sentences
from tests.content.files import LEVEL, level_file

IDLE: Final = 'pilot = "idle"'
ENDS: Final = (
    "The craft came down with the rover still stowed: its wheels were folded, and the engines dug into the ground"
)


def check_of(expect: str, name: str = "own", pilot: str = 'pilot = "autopilot"', more: str = "") -> str:
    return f'\n[[check]]\nname = "{name}"\n{pilot}\n{more}\n{expect}\n'


def results_of(folder: Path, *checks: str, text: str = LEVEL) -> list[Result]:
    path = level_file(folder, text=text + "".join(checks))
    return list(run_checks([subject_of(str(path), "own.toml")]))


def told(folder: Path, *checks: str, text: str = LEVEL) -> list[str]:
    return [line for result in results_of(folder, *checks, text=text) for line in sentences(result)]
