"""Every colour of the game, as (red, green, blue); a second palette would change them here and nowhere else.

Every object has three values, lit, body and shade, plus one accent. The sun stands low in the west, which is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

Rgb = tuple[int, int, int]


def rgb(code: str) -> Rgb:
    """A colour from its six hexadecimal digits.

    >>> rgb("c8794b")
    (200, 121, 75)
    """
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def rgb_of(colour: Sequence[int]) -> Rgb:
    """A colour as pygame gives it, without its alpha."""
    return colour[0], colour[1], colour[2]


def mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of the way from one colour to the other.

    >>> mixed((0, 0, 0), (100, 200, 50), 0.5)
    (50, 100, 25)
    """
    return (
        round(one[0] + (other[0] - one[0]) * share),
        round(one[1] + (other[1] - one[1]) * share),
        round(one[2] + (other[2] - one[2]) * share),
    )


# Space and sky, from the zenith down
SPACE: Final = rgb("0b1022")
NIGHT: Final = rgb("1b2340")
SPACE_TOP: Final = rgb("05060d")
STAR: Final = rgb("cfd6e6")
STAR_WARM: Final = rgb("ffe3bd")
LIMB_GLOW: Final = (rgb("2c3350"), rgb("6f8fb0"), rgb("d9b48a"), rgb("f3d3a4"))  # outermost first
SKY_TOP: Final = rgb("6f5245")
SKY_ZENITH: Final = rgb("8c6a4f")
SKY_MIDDLE: Final = rgb("b98a66")
SKY_HORIZON: Final = rgb("e8b98a")
SUN_HALO: Final = rgb("9db4c8")
SUN_CORE: Final = rgb("f6ead6")

# Far relief, farthest first, then the plain between it and the near ground
RELIEF: Final = (rgb("cf9c74"), rgb("b17f5d"), rgb("8f5f45"))
RELIEF_LIT: Final = (rgb("deb08a"), rgb("c79370"), rgb("a8744f"))
PLAIN_FAR: Final = rgb("c08a63")
PLAIN_NEAR: Final = rgb("9a5a3a")

# The planet's face from high up: from the limb's haze to the ground below; craters, Jezero, its delta
FACE: Final = (rgb("e2b487"), rgb("cf9a6c"), rgb("bd7f52"), rgb("ad6a42"), rgb("9c5837"), rgb("8b4b31"))
CRATER_LIT: Final = rgb("eab98a")
CRATER_SHADE: Final = rgb("4a2422")
RIM: Final = rgb("a5633f")
RIM_LIT: Final = rgb("dba173")
RIM_SHADE: Final = rgb("693529")
LAKE_FLOOR: Final = rgb("b98059")
DELTA: Final = rgb("d8a877")
DELTA_EDGE: Final = rgb("7d4531")
FOSSA: Final = rgb("70392b")
FOSSA_LIT: Final = rgb("c48a60")

# Near ground: edge in the light, body, shade, and the bands of the old delta below
GROUND_LIT: Final = rgb("e39a68")
GROUND: Final = rgb("a4552f")
GROUND_SHADE: Final = rgb("6b3226")
GROUND_DEEP: Final = rgb("3d1f20")
DUNE_DARK: Final = rgb("4a2a24")
STRATA: Final = (rgb("b9734a"), rgb("9c5a3a"), rgb("a9633f"), rgb("8a4a31"), rgb("95533a"), rgb("74392b"))
DUST: Final = rgb("d9a273")
DUST_LIT: Final = rgb("efc79b")
ROCK_LIT: Final = rgb("c98a62")
ROCK: Final = rgb("84503b")
ROCK_SHADE: Final = rgb("4f2c29")
SHADOW: Final = rgb("3a1c22")

# White parts, gold foil, dark metal, tanks
WHITE_LIT: Final = rgb("f4efe6")
WHITE: Final = rgb("d8d2c6")
WHITE_SHADE: Final = rgb("8f8a92")
GOLD_LIT: Final = rgb("f0c35a")
GOLD: Final = rgb("c58a2b")
GOLD_SHADE: Final = rgb("7a4d1c")
METAL_LIT: Final = rgb("9a97a0")
METAL: Final = rgb("55535f")
METAL_SHADE: Final = rgb("2c2a36")
WHEEL_LIT: Final = rgb("8b8790")
WHEEL: Final = rgb("3b3841")
CORD: Final = rgb("f3ead8")
CORD_FAR: Final = rgb("b79d85")
UMBILICAL: Final = rgb("2c2a36")

TILE: Final = rgb("9a6a48")
TILE_LIT: Final = rgb("d09a6a")
TILE_SHADE: Final = rgb("56352c")
ARRAY: Final = rgb("27335a")
ARRAY_LIT: Final = rgb("4a5d94")
ARRAY_SHADE: Final = rgb("171d38")

# Fire, coolest first
PLUME_EDGE: Final = rgb("ff7a2f")
PLUME: Final = rgb("ffd27a")
PLUME_CORE: Final = rgb("fff6df")
SMOKE: Final = rgb("5b4038")
PLASMA: Final = (rgb("5a2a6a"), rgb("c0392b"), rgb("ff7a2f"), rgb("ffd27a"), rgb("fff6df"))
TRAIL: Final = rgb("c9c3d6")
PUFF: Final = rgb("e9edf5")
CHAR: Final = rgb("4b3420")

# Canopy
CANOPY_ORANGE_LIT: Final = rgb("ff8540")
CANOPY_ORANGE: Final = rgb("f26b2a")
CANOPY_ORANGE_SHADE: Final = rgb("b9481c")
CANOPY_ORANGE_INSIDE: Final = rgb("7a2f1b")
CANOPY_WHITE: Final = rgb("f7f1e4")
CANOPY_WHITE_BODY: Final = rgb("e6dccb")
CANOPY_WHITE_SHADE: Final = rgb("b5a6a2")
CANOPY_WHITE_INSIDE: Final = rgb("84736f")

# HUD: text, and the three signs that always come with a shape
TEXT: Final = rgb("f5efe2")
QUIET: Final = rgb("cdc0b2")
GO: Final = rgb("7fd6c2")
CAUTION: Final = rgb("ffc857")
STOP: Final = rgb("ff6b5e")
PANEL: Final = rgb("0b1022")
PANEL_ALPHA: Final = 158  # 62 %
ACCENT: Final = rgb("f26b2a")
