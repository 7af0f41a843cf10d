"""A person's settings: what they may be, and a file of them that survives a crash, a full disk and a bad hand.

The file is TOML in the person's own folder and holds only what differs from the defaults, so that better defaults of a
later version reach everybody. It is kept as kept_file.py says; where it cannot be understood the defaults are used.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from game.content.errors import ContentError
from game.record.kept_file import KeptFile, table_of
from game.record.preferences import TABLES, Preferences, parse_preferences, preferences_text

FILE_NAME: Final = "settings.toml"
MOST_BINDINGS: Final = 8  # of one control on one device
_HEADING: Final = "# SKYCRANE's settings. What is not listed here is as it comes with the game.\n"


class Control(StrEnum):
    """What a hand can do, whatever device it holds."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    ACTION = "action"
    ASSIST = "assist"
    MARK_UP_TRACK = "mark_up_track"
    MARK_DOWN_TRACK = "mark_down_track"
    PAUSE = "pause"
    RESTART = "restart"
    SLOWER = "slower"
    STEP = "step"
    THROTTLE = "throttle"  # the lever itself, such as a trigger: it is where the hand holds it


class Device(StrEnum):
    """What can be bound anew."""

    KEYBOARD = "keyboard"
    PAD = "pad"


Bindings = Mapping[Control, tuple[str, ...]]
Understood = Callable[[Device, str], bool]


@dataclass(frozen=True, slots=True)
class Settings:
    """bindings: for each device the controls that a person has bound anew, each with the names of its keys."""

    bindings: Mapping[Device, Bindings] = field(default_factory=dict)
    preferences: Preferences = field(default_factory=Preferences)

    def bound(self, device: Device) -> Bindings:
        return self.bindings.get(device, {})

    def binding(self, device: Device, control: Control, names: tuple[str, ...]) -> Settings:
        """The same with one control of one device bound anew."""
        return replace(self, bindings={**self.bindings, device: {**self.bound(device), control: names}})


DEFAULTS: Final = Settings()


def conflicts(bindings: Bindings) -> dict[Control, tuple[Control, ...]]:
    """Which controls share a key with others, and with which.

    >>> conflicts({Control.UP: ("w", "x"), Control.DOWN: ("x",), Control.ACTION: ("y",)})
    {<Control.UP: 'up'>: (<Control.DOWN: 'down'>,), <Control.DOWN: 'down'>: (<Control.UP: 'up'>,)}
    """
    found: dict[Control, tuple[Control, ...]] = {}
    for control, names in bindings.items():
        others = tuple(other for other, theirs in bindings.items() if other != control and set(names) & set(theirs))
        if others:
            found[control] = others
    return found


def settings_text(settings: Settings) -> str:
    """The file of these settings."""
    lines = [_HEADING]
    for device, bindings in settings.bindings.items():
        if bindings:
            lines.append(f"[{device}]\n")
            lines += [f"{control} = {json.dumps(list(names))}\n" for control, names in bindings.items()]
    return "".join(lines) + preferences_text(settings.preferences)


def parse_settings(text: str, name: str, understood: Understood) -> Settings:
    """The settings of a file's text; `understood` says whether a device has a key of that name.

    Raises ContentError with a sentence for each thing that is wrong, each with the file's name and the key.
    """
    table = table_of(text, name)
    problems: list[str] = []
    bindings: dict[Device, Bindings] = {}
    chosen: dict[str, Any] = {}
    for key, value in table.items():
        if key in TABLES:
            chosen[key] = value
        elif key not in tuple(Device):
            problems.append(f"{name}: {key}: there is no such setting")
        elif not isinstance(value, dict):
            problems.append(f"{name}: {key}: must be a table of controls")
        else:
            bindings[Device(key)] = _bindings(value, Device(key), name, understood, problems)
    preferences = parse_preferences(chosen, name, problems)
    if problems:
        raise ContentError(problems)
    return Settings(bindings, preferences)


def _bindings(
    table: Mapping[str, Any], device: Device, name: str, understood: Understood, problems: list[str]
) -> Bindings:  # fmt: skip
    found: dict[Control, tuple[str, ...]] = {}
    for key, value in table.items():
        place = f"{name}: {device}.{key}"
        if key not in tuple(Control):
            problems.append(f"{place}: there is no such control")
        elif not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            problems.append(f'{place}: must be a list of names, such as ["space"]')
        elif not 1 <= len(value) <= MOST_BINDINGS:
            problems.append(f"{place}: must have 1 to {MOST_BINDINGS} names, not {len(value)}")
        else:
            unknown = [each for each in value if not understood(device, each)]
            problems += [f"{place}: there is no {each!r} that could be a control" for each in unknown]
            found[Control(key)] = tuple(value)
    return found


class Keeper:
    """Holds the settings of this run, and the file that they are kept in, if there is one."""

    def __init__(self, path: Path | None = None) -> None:
        """Without a path nothing outlasts the run."""
        self.settings = DEFAULTS
        self.file = KeptFile(path)

    def load(self, understood: Understood) -> None:
        """Read the file, if there is one. What was wrong with it is told by `file`; never raises."""
        self.settings = self.file.load(lambda text, name: parse_settings(text, name, understood)) or self.settings

    def save(self, settings: Settings) -> None:
        """Use these from now on, and keep them.

        Raises OutputError when they cannot be kept: they are used all the same.
        """
        self.settings = settings
        self.file.save(settings_text(settings))
