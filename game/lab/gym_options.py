"""What the environment can be made and begun with: each told in one sentence when it is not that, by a ValueError."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeGuard

import numpy as np

from game.content.modes import Mode
from game.content.seeds import LARGEST_SEED
from game.sim.spec import TICK_HZ

MODES: Final = (Mode.MANUAL, Mode.RAW)  # in the others somebody else flies along
OPTIONS: Final = ("seed", "mode", "dispersed")
RENDER_MODE: Final = "rgb_array"

_MOST_TICKS: Final = TICK_HZ  # a step is a second at most
_SIZES: Final = (64, 4096)  # pixels of a picture's side
_LONGEST_SHOWN: Final = 60


def mode_of(mode: object) -> Mode:
    for known in MODES:
        if isinstance(mode, str) and mode == known:
            return known
    raise ValueError(f"mode must be {' or '.join(MODES)}, not {shown(str(mode))}")


def flag_of(name: str, value: object) -> bool:
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be true or false, not {shown(value)}")  # noqa: TRY004  one kind for all of them
    return bool(value)


def ticks_of(ticks: object) -> int:
    """Of a step."""
    if not _is_whole(ticks) or not 1 <= ticks <= _MOST_TICKS:
        raise ValueError(f"ticks_per_step must be a whole number from 1 to {_MOST_TICKS}, not {shown(ticks)}")
    return int(ticks)


def gamma_of(gamma: object) -> float:
    if (
        isinstance(gamma, bool)
        or not isinstance(gamma, float | int | np.floating | np.integer)
        or not 0.0 < gamma <= 1.0
    ):
        raise ValueError(f"gamma must be above 0 and at most 1, not {shown(gamma)}")
    return float(gamma)


def render_mode_of(mode: object) -> str | None:
    if mode is not None and not (isinstance(mode, str) and mode == RENDER_MODE):
        raise ValueError(f"render_mode must be {RENDER_MODE} or None, not {shown(mode)}")
    return None if mode is None else RENDER_MODE


def size_of(size: object) -> tuple[int, int]:
    """Width and height of a picture, pixels."""
    least, most = _SIZES
    is_row = isinstance(size, tuple | list) or (isinstance(size, np.ndarray) and size.ndim == 1)
    sides: list[object] = list(size) if is_row else []  # type: ignore[call-overload]
    whole = [int(side) for side in sides if _is_whole(side)]
    if not len(sides) == len(whole) == 2:
        raise ValueError(f"render_size must be two whole numbers, width and height in pixels, not {shown(size)}")
    wide, high = whole
    if not (least <= wide <= most and least <= high <= most):
        raise ValueError(f"render_size must be from {least} to {most} pixels each way, not {shown(wide)}x{shown(high)}")
    return wide, high


def options_of(options: object) -> dict[str, Any]:
    """Of one flight, those that were given, by name: its `seed`, `mode` and `dispersed`."""
    if options is None:
        return {}
    if not isinstance(options, Mapping):
        raise ValueError(f"options must be a dict of {', '.join(OPTIONS)}, not {shown(options)}")  # noqa: TRY004
    unknown = [name for name in options if name not in OPTIONS]
    if unknown:
        raise ValueError(f"there is no option {shown(unknown[0])}; there is {', '.join(OPTIONS)}")
    asked = dict(options)
    if "seed" in asked:
        asked["seed"] = _seed(asked["seed"])
    if "mode" in asked:
        asked["mode"] = mode_of(asked["mode"])
    if "dispersed" in asked:
        asked["dispersed"] = flag_of("dispersed", asked["dispersed"])
    return asked


def shown(value: object) -> str:
    """A value as the end of a sentence: one line, not too long."""
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # Python writes no number of more than some thousand digits
        text = f"so long a {type(value).__name__}"
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def _seed(seed: object) -> int:
    if not _is_whole(seed) or not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"options: seed must be a whole number from 0 to {LARGEST_SEED}, not {shown(seed)}")
    return int(seed)


def _is_whole(value: object) -> TypeGuard[int]:
    """Python's or numpy's own kind of whole number."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)
