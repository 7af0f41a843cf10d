"""The reference pictures of test_shots.py: taking them, holding two against each other, and renewing them.

    python -m tests.view.shots          renew those that have changed, and say which

They are taken at 960x540 and kept at half of that, as JPEGs: small enough for a repository, and what the compression
takes away is far below what the comparison lets pass.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from game.content.levels import load_level
from game.stage.shots import Shot, flight, screens
from game.stage.window import a_stage

FOLDER: Final = Path(__file__).with_suffix("")
SCREENS: Final = ("screen-title", "screen-brief")
FLOWN: Final = (
    "flight-cruise-with-its-stage", "flight-entry-peak-heating", "flight-parachute-canopy-full",
    "flight-powered-over-the-mark", "flight-sky-crane-rover-on-the-bridle", "flight-flyaway-cut", "result-points",
)  # fmt: skip

_TAKEN: Final = (960, 540)
_KEPT: Final = (480, 270)
TILE_PX: Final = 6
MOST: Final = 20.0  # of 255, in one tile: a picture that lies a pixel aside everywhere stays inside
_AMPLIFIED: Final = 4


@dataclass(frozen=True, slots=True)
class Compared:
    """What two pictures of the same size differ by.

    worst   the largest difference of any tile, 0 to 255
    tiles   (column, row) of each that differs by more than is let pass
    """

    worst: float
    tiles: tuple[tuple[int, int], ...]


def taken(names: Iterable[str]) -> dict[str, pygame.Surface]:
    """These pictures, as they are now. What the flight's own have in common is flown once."""
    wanted, level, found = set(names), load_level("jezero"), {}
    with a_stage(_TAKEN) as stage:
        for some, shots in ((SCREENS, screens), (FLOWN, flight)):
            for shot in shots(stage, level) if wanted & set(some) else ():
                if _unnumbered(shot) in wanted:
                    found[_unnumbered(shot)] = pygame.transform.smoothscale(shot.picture, _KEPT)
    return found


def reference(name: str) -> pygame.Surface:
    """The picture as it should be."""
    return pygame.image.load(_file(name))


def compared(expected: pygame.Surface, got: pygame.Surface) -> Compared:
    """Tile by tile, each the mean of its own pixels and of those half a tile around it: an edge that lies a fraction of
    a pixel elsewhere is lost in that, and a missing part is not.
    """
    one, other = _tiles(expected), _tiles(got)
    wide, high = _KEPT[0] // TILE_PX, _KEPT[1] // TILE_PX
    apart = [max(abs(a - b) for a, b in zip(one[i : i + 3], other[i : i + 3], strict=True))
             for i in range(0, len(one), 3)]  # fmt: skip
    tiles = tuple((i % wide, i // wide) for i in range(wide * high) if apart[i] > MOST)
    return Compared(float(max(apart)), tiles)


def side_by_side(expected: pygame.Surface, got: pygame.Surface) -> pygame.Surface:
    """Expected, got, and what they differ by, four times as strong and with a frame around each tile that fails."""
    wide, high = _KEPT
    sheet = pygame.Surface((3 * wide, high))
    sheet.blit(expected, (0, 0))
    sheet.blit(got, (wide, 0))
    difference, back = expected.convert(32), got.convert(32)
    difference.blit(got, (0, 0), special_flags=pygame.BLEND_SUB)
    back.blit(expected, (0, 0), special_flags=pygame.BLEND_SUB)
    difference.blit(back, (0, 0), special_flags=pygame.BLEND_ADD)
    for _ in range(_AMPLIFIED.bit_length() - 1):
        difference.blit(difference.copy(), (0, 0), special_flags=pygame.BLEND_ADD)
    for column, row in compared(expected, got).tiles:
        box = pygame.Rect(column * TILE_PX, row * TILE_PX, TILE_PX, TILE_PX)
        pygame.draw.rect(difference, (255, 0, 255), box, 1)
    sheet.blit(difference, (2 * wide, 0))
    return sheet


def _tiles(picture: pygame.Surface) -> bytes:
    """Red, green and blue of each tile, row by row."""
    blurred = pygame.transform.box_blur(picture.convert(24), TILE_PX // 2)
    small = pygame.transform.smoothscale(blurred, (_KEPT[0] // TILE_PX, _KEPT[1] // TILE_PX))
    return pygame.image.tobytes(small, "RGB")


def _unnumbered(shot: Shot) -> str:
    """A new moment in between renumbers the others, and no picture is another one for that."""
    kind, _, words = shot.name.split("-", 2)
    return f"{kind}-{words}"


def _file(name: str) -> Path:
    return FOLDER / f"{name}.jpg"


def renew() -> int:
    """Write what has changed anew, say it, and take away what is no reference any more."""
    FOLDER.mkdir(exist_ok=True)
    names = (*SCREENS, *FLOWN)
    for name, picture in taken(names).items():
        path = _file(name)
        before = path.read_bytes() if path.exists() else b""
        worst = compared(reference(name), picture).worst if before else 0.0
        pygame.image.save(picture, path)
        after = path.read_bytes()
        told = "new" if not before else f"changed by up to {worst:.0f} of 255" if after != before else "the same"
        print(f"{path.name}: {told}, {len(after) / 1000:.0f} kB")
    for path in sorted(FOLDER.iterdir()):
        if path.stem not in names:
            path.unlink()
            print(f"{path.name}: taken away")
    return 0


if __name__ == "__main__":
    sys.exit(renew())
