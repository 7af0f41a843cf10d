"""Where the game's own files lie, and where it may write: the only builders of such paths. Nothing is created here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from game.content.errors import ContentError

OVERRIDE: Final = "SKYCRANE_DATA"  # environment: one folder for everything that the game writes

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
        try:
            base = Path(override).expanduser().absolute()
        except (OSError, RuntimeError) as error:  # ~nobody/..., or the working folder is gone
            raise ContentError([f"{OVERRIDE}: {override!r} names no folder: {error}"]) from error
        return UserDirs(base / "data", base / "config", base / "state")
    from platformdirs import PlatformDirs  # noqa: PLC0415  only who writes there pays for it

    places = PlatformDirs("skycrane", appauthor=False)
    return UserDirs(places.user_data_path, places.user_config_path, places.user_state_path)
