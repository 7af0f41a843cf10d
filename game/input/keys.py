"""The names of keys as settings hold them, and which key is which control before anybody changes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pygame

from game.record.settings import Bindings, Control

_CODE: Final = "code "  # and a number: a key that pygame has no name for, such as those of one language only
_BY_NAME: Final[dict[str, int]] = {
    name.removeprefix("K_").lower(): value
    for name, value in vars(pygame).items()
    if name.startswith("K_") and isinstance(value, int) and value
}
_BY_CODE: Final[dict[int, str]] = {code: name for name, code in _BY_NAME.items()}

# They lead out of every place and are never a control: nobody can lock himself in.
RESERVED: Final = frozenset({
    pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_F2, pygame.K_F11,
})  # fmt: skip

# The second and third of some are what an arcade panel's encoder sends: stick, buttons 1, 3 and 4, and Start 1. Its
# button 2 is Alt, which people press to go to another window.
DEFAULT_KEYS: Final[Bindings] = {
    Control.LEFT: ("left", "a"),
    Control.RIGHT: ("right", "d"),
    Control.UP: ("up", "w"),
    Control.DOWN: ("down", "s"),
    Control.ACTION: ("space", "lctrl"),
    Control.ASSIST: ("lshift", "rshift"),
    Control.MARK_UP_TRACK: ("q", "comma"),
    Control.MARK_DOWN_TRACK: ("e", "period"),
    Control.PAUSE: ("p", "1"),
    Control.RESTART: ("r",),
    Control.SLOWER: ("t",),
    Control.STEP: ("n",),
    Control.THROTTLE: (),
}


def key_name(code: int) -> str:
    """The name that settings hold for a key.

    >>> key_name(pygame.K_LSHIFT), key_name(252)
    ('lshift', 'code 252')
    """
    return _BY_CODE.get(code, f"{_CODE}{code}")


def key_code(name: str) -> int | None:
    """The key of this name, or None when there is none that could be a control.

    >>> key_code("lshift") == pygame.K_LSHIFT, key_code("code 252"), key_code("escape"), key_code("warp")
    (True, 252, None, None)
    """
    code = _BY_NAME.get(name)
    if code is None and name.startswith(_CODE):
        digits = name.removeprefix(_CODE)
        if digits.isascii() and digits.isdigit() and len(digits) < 11:
            code = int(digits)
    return None if code is None or code in RESERVED else code


def key_label(name: str) -> str:
    """What a person calls it, as far as the bundled fonts can write that.

    >>> key_label("left"), key_label("a"), key_label("comma"), key_label("code 252")
    ('Left', 'A', 'Comma', '\N{LATIN CAPITAL LETTER U WITH DIAERESIS}')
    """
    code = key_code(name)
    if code is None:
        return name
    words = pygame.key.name(code) or (chr(code) if 32 < code < 256 else name)
    if (len(words) == 1 and not words.isalnum()) or (len(words) > 1 and not words.isascii()):
        words = name  # a comma on its own is hard to see, and not every letter is in the fonts
    return words.upper() if len(words) == 1 else words.capitalize()


def controls_by_key(bound: Bindings) -> Mapping[int, tuple[Control, ...]]:
    """What each key does with these changes of the defaults; a key may be bound to more than one control."""
    found: dict[int, tuple[Control, ...]] = {}
    for control, names in {**DEFAULT_KEYS, **bound}.items():
        for name in names:
            code = key_code(name)
            if code is not None:
                found[code] = (*found.get(code, ()), control)
    return found
