"""What a person may choose besides the keys: each preference, its values, its default, and its place in the file.

None of them reaches the flight itself: they are read by the scenes, the picture, the words and the sound.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final

from game.content.texts import DEFAULT_LANGUAGE, languages
from game.content.units import Units


class Pace(StrEnum):
    """How fast time runs in a flight: as its level says, or one second a second from beginning to end."""

    AS_LEVEL = "as_level"
    REAL_TIME = "real_time"


class GhostChoice(StrEnum):
    """Whose flight is seen faintly beside one's own: the best on the board, one's last, the autopilot's of the same
    day, or the one that was really flown.
    """

    NONE = "none"
    BEST = "best"
    LAST = "last"
    AUTOPILOT = "autopilot"
    PERSEVERANCE = "perseverance"


class TextSize(StrEnum):
    """How large words and instruments are."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


class Palette(StrEnum):
    """Which colours words, signs and panes have."""

    STANDARD = "standard"
    COLOUR_BLIND = "colour_blind"
    HIGH_CONTRAST = "high_contrast"


LOUDEST: Final = 100  # of a volume, in per cent
VOLUME_STEP: Final = 10
_SHOWN_LETTERS: Final = 40  # of a value that a sentence repeats


@dataclass(frozen=True, slots=True)
class Preferences:
    """The volumes are whole per cents, 0 to LOUDEST. `language` is the name of a file of texts."""

    pace: Pace = Pace.AS_LEVEL
    ghost: GhostChoice = GhostChoice.BEST
    text_size: TextSize = TextSize.NORMAL
    palette: Palette = Palette.STANDARD
    reduced_motion: bool = False
    units: Units = Units.METRIC
    language: str = DEFAULT_LANGUAGE
    master: int = LOUDEST
    music: int = LOUDEST
    effects: int = LOUDEST
    voices: int = LOUDEST


NAMES: Final[tuple[str, ...]] = tuple(each.name for each in fields(Preferences))
VOLUMES: Final = ("master", "music", "effects", "voices")
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "flight": ("pace", "ghost"),
    "look": ("text_size", "palette", "reduced_motion"),
    "words": ("units", "language"),
    "sound": VOLUMES,
}
_ENUMS: Final[Mapping[str, type[StrEnum]]] = {
    "pace": Pace, "ghost": GhostChoice, "text_size": TextSize, "palette": Palette, "units": Units,
}  # fmt: skip


def choices(name: str) -> tuple[Any, ...]:
    """The values that a person steps through, in their order. Raises KeyError for what is no preference."""
    if name in VOLUMES:
        return tuple(range(0, LOUDEST + 1, VOLUME_STEP))
    if name == "reduced_motion":
        return False, True
    return languages() if name == "language" else tuple(_ENUMS[name])


def stepped(preferences: Preferences, name: str, way: int, *, around: bool) -> Preferences:
    """The same with one preference a value further on (way +1) or back (-1).

    around   after the last value comes the first

    >>> stepped(Preferences(), "pace", 1, around=False).pace
    <Pace.REAL_TIME: 'real_time'>
    >>> stepped(Preferences(master=73), "master", 1, around=False).master
    80
    """
    values, now = choices(name), getattr(preferences, name)
    if name in VOLUMES:  # a file may hold any whole number: on from there to the next full step
        place = now // VOLUME_STEP + (1 if way > 0 else 0 if now % VOLUME_STEP else -1)
    else:
        place = values.index(now) + way if now in values else 0
    place = place % len(values) if around else min(max(place, 0), len(values) - 1)
    return replace(preferences, **{name: values[place]})


def preferences_text(preferences: Preferences) -> str:
    """The tables of a settings file: what differs from the defaults."""
    lines: list[str] = []
    for table, names in TABLES.items():
        changed = {name: getattr(preferences, name) for name in names}
        changed = {name: value for name, value in changed.items() if value != getattr(_DEFAULTS, name)}
        if changed:
            lines.append(f"[{table}]\n")
            lines += [f"{name} = {json.dumps(value)}\n" for name, value in changed.items()]
    return "".join(lines)


def parse_preferences(tables: Mapping[str, Any], file_name: str, problems: list[str]) -> Preferences:
    """The preferences of these tables of a settings file; a sentence is added to `problems` for each fault."""
    found: dict[str, Any] = {}
    for table, entries in tables.items():
        if not isinstance(entries, dict):
            problems.append(f"{file_name}: {table}: must be a table of settings")
            continue
        for name, value in entries.items():
            if name not in TABLES[table]:
                problems.append(f"{file_name}: {table}.{name}: there is no such setting")
            elif _allowed(name, value):
                found[name] = _ENUMS[name](value) if name in _ENUMS else value
            else:
                problems.append(f"{file_name}: {table}.{name}: must be {_rule(name)}, not {_shown(value)}")
    return replace(_DEFAULTS, **found)


def _allowed(name: str, value: object) -> bool:
    # The type counts too: to Python 1 is true, and true a whole number.
    if name in VOLUMES:
        return type(value) is int and 0 <= value <= LOUDEST
    return type(value) in (bool, str) and value in choices(name)


def _rule(name: str) -> str:
    if name in VOLUMES:
        return f"a whole number from 0 to {LOUDEST}"
    return _listed([_shown(value) for value in choices(name)])


def _listed(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _shown(value: object) -> str:
    """A value as a file writes it, cut off where it is long."""
    words = json.dumps(value) if isinstance(value, str | bool) else str(value)
    return words if len(words) <= _SHOWN_LETTERS else f"{words[:_SHOWN_LETTERS]}..."


_DEFAULTS: Final = Preferences()
