"""Pilots by the names that a command line gives them."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Final

from game.content.checks import PILOTS
from game.content.errors import InputError
from game.content.levels import Level
from game.content.modes import Mode
from game.pilots.autopilot import Autopilot
from game.pilots.idle import Idle
from game.pilots.pilot import CommandSource, Helm

_SCRIPT_BYTES: Final = 1_000_000


class UnknownPilotError(InputError):
    """No pilot has this name, or what it should fly by cannot be read; str() is one sentence."""


def source_of(
    name: str, level: Level, *, mode: Mode = Mode.MANUAL, seed: int = 0, script: str | None = None
) -> tuple[CommandSource, str]:
    """A new source of commands, and the name that reports and records give it (a file without its folder).

    Level, mode and seed are those of the flight: the novice flies at the level's pace, in Guided beside the autopilot,
    and errs by the seed. Everybody else has every channel in every mode. `script` is what stands in a script's file,
    where that was read before, perhaps on another machine.

    Raises UnknownPilotError, ScriptError or ReplayError.
    """
    kind, colon, file = name.partition(":")
    if name == "autopilot":
        return Helm(Autopilot()), name
    if name == "idle":
        return Helm(Idle()), name
    if name == "novice":
        if mode is Mode.RAW:
            raise UnknownPilotError("the pilot 'novice' does what the cues say, and raw gives none: guided or manual?")
        from game.pilots.novice import Novice  # noqa: PLC0415  only who flies with it pays for reading it
        from game.pilots.seat import Seat  # noqa: PLC0415

        return Seat(Novice(seed, steers=mode is not Mode.GUIDED), mode, level.pace), name
    if kind in {"script", "replay"}:
        if not file:
            raise UnknownPilotError(f"the pilot '{kind}' needs a file: {kind}:FILE")
        path = Path(file)
        return source_in(kind, path, script), f"{kind}:{path.name}"
    near = get_close_matches(kind if colon else name, [pilot.partition(":")[0] for pilot in PILOTS], n=1)
    meant = f"; did you mean {near[0]}?" if near else ""
    raise UnknownPilotError(f"there is no pilot '{name}', only {', '.join(PILOTS)}{meant}")


def source_in(kind: str, path: Path, script: str | None = None) -> CommandSource:
    """A new source of commands from a file; `kind` is script or replay, `script` what stands in it if that is known.

    Raises UnknownPilotError, ScriptError or ReplayError.
    """
    if kind == "replay":
        from game.record.playback import Playback  # noqa: PLC0415  only who flies by one pays for reading it
        from game.record.replay import read_replay  # noqa: PLC0415

        return Playback(read_replay(path))
    from game.pilots.script import Script  # noqa: PLC0415  as above

    return Helm(Script.parse(_read_script(path) if script is None else script, str(path)))


def file_of(name: str) -> Path | None:
    """The file that a pilot of this name reads, if any."""
    kind, _, file = name.partition(":")
    return Path(file) if kind in {"script", "replay"} and file else None


def script_of(name: str) -> str | None:
    """What stands in the script that a pilot of this name flies by, if any. Raises UnknownPilotError."""
    file = file_of(name)
    return _read_script(file) if file is not None and name.startswith("script:") else None


def _read_script(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_SCRIPT_BYTES + 1)
    except OSError as error:
        raise UnknownPilotError(f"{path}: cannot be read: {error.strerror or type(error).__name__}") from error
    if len(data) > _SCRIPT_BYTES:
        raise UnknownPilotError(f"{path}: is too long for a script")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnknownPilotError(f"{path}: is not a text") from error
