"""Parts become pictures: from their vector files, kept by scale, turned when they are shown.

Pictures are kept with their colours multiplied by their alpha: turned and shrunk, their edges stay clean.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from math import degrees, exp, log
from typing import Final

import pygame

from game.view import art
from game.view.camera import Viewport

Point = tuple[float, float]

SMALLEST_PX_M: Final = 1.0
LARGEST_PX_M: Final = 512.0
_LARGER: Final = 0.88  # rather a picture enlarged by an eighth than one twice as large: it takes twice as long to turn
_EDGE_PX: Final = 0.5  # a turned picture is kept for what differs by no more than this, anywhere on it
_TURNED: Final = 64  # turned pictures that are kept,
_TURNED_PX: Final = 900_000  # unless they have more pixels together: 4 MB


@dataclass(frozen=True, slots=True)
class Drawing:
    """One part by its name in the art manifest.

    of       the part of the manifest, if it is called otherwise than the drawing
    burnt    after a fire
    stretch  how much larger this vehicle's part is than the file's
    """

    name: str
    of: str = ""
    burnt: bool = False
    stretch: float = 1.0


class Turns:
    """Pictures turned and shrunk to steps so fine that nobody sees them, the last ones kept: what hangs still is turned
    once, and a wheel, whose edge is near its middle, only now and then.
    """

    def __init__(self, most_px: int = _TURNED_PX) -> None:
        self._kept: dict[tuple[Hashable, int, int], pygame.Surface] = {}
        self._kept_px, self._most_px = 0, most_px  # of all that are kept together

    def near(self, name: Hashable, picture: pygame.Surface, angle_rad: float, shrink: float) -> pygame.Surface:
        """A picture with a name of its own, turned counter-clockwise and shrunk."""
        step = _EDGE_PX / (0.5 * max(picture.get_size()))  # of an angle in radians, and of the zoom as a share
        turn, zoom = round(angle_rad / step), round(log(shrink) / step)
        key = (name, turn, zoom)
        turned = self._kept.pop(key, None)
        if turned is None:
            turned = turned_picture(picture, turn * step, exp(zoom * step))
            self._kept_px += turned.get_width() * turned.get_height()
            while self._kept and (self._kept_px > self._most_px or len(self._kept) >= _TURNED):
                oldest = self._kept.pop(next(iter(self._kept)))
                self._kept_px -= oldest.get_width() * oldest.get_height()
        self._kept[key] = turned  # the newest is last
        return turned


class SpriteBank:
    """Pictures of drawings at powers of two of the scale, made when first wanted and kept."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, float, float], tuple[pygame.Surface, Point]] = {}
        self._turns = Turns()

    def picture(self, drawing: Drawing, px_per_m: float) -> tuple[pygame.Surface, Point, float]:
        """The kept picture nearly at this scale or above, its middle in the part's frame (m), and how to zoom it."""
        level = self._level(px_per_m)
        key = (drawing.name, drawing.stretch, level)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = self._made(drawing, level)
        return kept[0], kept[1], px_per_m / level

    @staticmethod
    def _level(px_per_m: float) -> float:
        level = SMALLEST_PX_M
        while level < _LARGER * px_per_m and level < LARGEST_PX_M:
            level *= 2.0
        return level

    def _made(self, drawing: Drawing, level: float) -> tuple[pygame.Surface, Point]:
        """A new picture; what has burnt is made from the whole part's, which is kept as well."""
        if not drawing.burnt:
            return bake(drawing, level)
        whole = replace(drawing, name=drawing.of or drawing.name, of="", burnt=False)
        picture, middle, _ = self.picture(whole, level)
        return art.scorched(picture), middle

    def show(
        self, surface: pygame.Surface, viewport: Viewport, drawing: Drawing, place: tuple[float, float, float]
    ) -> None:
        """Draw a part; `place` is the x, y (m) and angle (rad, counter-clockwise) of its frame."""
        x_m, y_m, angle_rad = place
        picture, middle, shrink = self.picture(drawing, viewport.px_per_m)
        ((x_px, y_px),) = viewport.placed(x_m, y_m, angle_rad, (middle,))
        reach = max(picture.get_size()) * shrink
        if not (-reach < x_px < viewport.width_px + reach and -reach < y_px < viewport.height_px + reach):
            return
        key = (drawing.name, drawing.stretch, self._level(viewport.px_per_m))
        turned = self._turns.near(key, picture, angle_rad + viewport.turn_rad, shrink)
        wide, high = turned.get_size()
        place_px = (round(x_px - 0.5 * wide), round(y_px - 0.5 * high))
        surface.blit(turned, place_px, special_flags=pygame.BLEND_PREMULTIPLIED)

    def warm(self, drawings: Sequence[Drawing], scales: Sequence[float]) -> None:
        """Make pictures before they are wanted, so that no frame waits for them."""
        for drawing in drawings:
            for px_per_m in scales:
                self.picture(drawing, px_per_m)


def turned_picture(picture: pygame.Surface, angle_rad: float, shrink: float) -> pygame.Surface:
    """The picture turned counter-clockwise and shrunk."""
    return pygame.transform.rotozoom(picture, degrees(angle_rad), shrink)


def bake(drawing: Drawing, px_per_m: float) -> tuple[pygame.Surface, Point]:
    """The picture of a part at this scale, multiplied by its alpha, and its middle in the part's frame (m).

    Raises ContentError if the manifest has no such part, or if its file is no picture.
    """
    picture, (x_m, y_m) = art.picture_of(art.part(drawing.of or drawing.name), px_per_m * drawing.stretch)
    return picture, (x_m * drawing.stretch, y_m * drawing.stretch)
