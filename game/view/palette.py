"""Every colour of the game, as (red, green, blue).

Every object has three values, lit, body and shade, plus one accent. The sun stands low in the west, which is left.

The world keeps its colours. Those of words, signs and panes, at the end, are the ones of the scheme that is worn: read
them as `p.GO` at the moment of drawing, and keep none in a constant, a default or a picture that outlasts a change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from game.record.preferences import Palette

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
VEIL: Final = rgb("f2dcc2")

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
STORM: Final = rgb("b07c50")  # the light inside a dust storm: from everywhere, and brown
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

# What is only remembered: another flight beside this one; who stands here from before, and who was lost
GHOST: Final = rgb("c9e6ff")
EARLIER: Final = rgb("dcb999")
EARLIER_LOST: Final = rgb("472b2a")

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


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours of words (`text`, and `quiet` for what matters less), of the three signs, which always come with a shape,
    of panes, `panel_alpha` (0 to 255) of which hides what is behind, and of what is chosen.

    zone_alpha  how strongly the zones of a touch screen are drawn, 0 to 255: their frames, their words
    backed      words and signs that stand in the picture, and not on a pane, get a patch of the pane's colour
    """

    text: Rgb
    quiet: Rgb
    go: Rgb
    caution: Rgb
    stop: Rgb
    panel: Rgb
    panel_alpha: int
    accent: Rgb
    zone_alpha: tuple[int, int] = (70, 140)
    backed: bool = False


SCHEMES: Final[Mapping[Palette, Scheme]] = {
    Palette.STANDARD: Scheme(
        text=rgb("f5efe2"), quiet=rgb("cdc0b2"), go=rgb("7fd6c2"), caution=rgb("ffc857"), stop=rgb("ff6b5e"),
        panel=rgb("0b1022"), panel_alpha=158, accent=rgb("f26b2a"),
    ),
    # Sky blue, yellow and vermilion of Okabe and Ito's set ("Color Universal Design", 2008, jfly.uni-koeln.de/color):
    # three hues that red-blind and green-blind people tell apart, and three steps of lightness. Vermilion is the
    # darkest: the panes are thick, so that it stays readable on them before the brightest sky.
    Palette.COLOUR_BLIND: Scheme(
        text=rgb("f5efe2"), quiet=rgb("cdc0b2"), go=rgb("56b4e9"), caution=rgb("f0e442"), stop=rgb("d55e00"),
        panel=rgb("0b1022"), panel_alpha=248, accent=rgb("f2a65a"), backed=True,
    ),
    Palette.HIGH_CONTRAST: Scheme(
        text=rgb("ffffff"), quiet=rgb("e4e4e4"), go=rgb("3ee0bc"), caution=rgb("ffee66"), stop=rgb("ff7a70"),
        panel=rgb("000000"), panel_alpha=255, accent=rgb("ff8a3d"), zone_alpha=(190, 255),
        backed=True,
    ),
}  # fmt: skip


def wear(palette: Palette) -> None:
    """These colours of words, signs and panes from now on."""
    scheme = SCHEMES[palette]
    globals().update(
        TEXT=scheme.text, QUIET=scheme.quiet, GO=scheme.go, CAUTION=scheme.caution, STOP=scheme.stop,
        PANEL=scheme.panel, PANEL_ALPHA=scheme.panel_alpha, ACCENT=scheme.accent, ZONE_ALPHA=scheme.zone_alpha,
        BACKED=scheme.backed,
    )  # fmt: skip


TEXT: Rgb
QUIET: Rgb
GO: Rgb
CAUTION: Rgb
STOP: Rgb
PANEL: Rgb
PANEL_ALPHA: int
ACCENT: Rgb
ZONE_ALPHA: tuple[int, int]
BACKED: bool
wear(Palette.STANDARD)
