"""Where the game's own files lie, and where it may write: the only builders of such paths. Nothing is created here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from game.content.errors import ContentError

OVERRIDE: Final = "SKYCRANE_DATA"  # environment: one folder for everything that the game writes
OPTION: Final = "--data"  # the same on the command line, and stronger

_PACKAGE: Final = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class UserDirs:
    """Folders of one person: data (replays, scores), config (settings), state (logs). They may not exist yet."""

    data: Path
    config: Path
    state: Path


def data_root() -> Path:
    """The folder that holds assets/ and levels/: inside the package in a wheel, above it in a checkout.

    Raises ContentError when neither is there: the installation is damaged.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        if (root / "levels").is_dir() and (root / "assets").is_dir():
            return root
    raise ContentError([f"{_PACKAGE}: the game's own levels and assets are missing; install it again"])


def user_dirs() -> UserDirs:
    """Where this person's files go: the platform's usual places, or all below the folder that SKYCRANE_DATA names.

    Raises ContentError when that name leads nowhere.
    """
    override = os.environ.get(OVERRIDE, "").strip()
    if override:
        base = _named(OVERRIDE, override)
        return UserDirs(base / "data", base / "config", base / "state")
    from platformdirs import PlatformDirs  # noqa: PLC0415  only who writes there pays for it

    places = PlatformDirs("skycrane", appauthor=False)
    return UserDirs(places.user_data_path, places.user_config_path, places.user_state_path)


@contextmanager
def data_folder(name: str | None) -> Iterator[None]:
    """For as long as this lasts, everything is below the folder that `--data` names, whatever SKYCRANE_DATA says; also
    for the processes that are started meanwhile. With None, nothing changes.

    Raises ContentError when the name leads nowhere.
    """
    if name is None:
        yield
        return
    if not name.strip():
        raise ContentError([f"{OPTION} names no folder"])
    base = _named(OPTION, name.strip())
    if base.exists() and not base.is_dir():
        raise ContentError([f"{OPTION}: {name!r} is a file, not a folder"])
    before = os.environ.get(OVERRIDE)
    os.environ[OVERRIDE] = str(base)
    try:
        yield
    finally:
        if before is None:
            del os.environ[OVERRIDE]
        else:
            os.environ[OVERRIDE] = before


def _named(by: str, name: str) -> Path:
    try:
        return Path(name).expanduser().absolute()
    except (OSError, RuntimeError, ValueError) as error:  # ~nobody/..., or the working folder is gone
        raise ContentError([f"{by}: {name!r} names no folder: {error}"]) from error
