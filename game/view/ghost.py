"""Another flight beside this one: a faint outline of its craft, named, and the way to it when it is out of the picture.

High up the craft is drawn far larger than it is, and so is its ghost: it stands off as far as both have room, the
farther the farther it truly is, and the words say how far that is. Low down it is where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, cos, floor, hypot, log, log10, sin
from typing import Final

import pygame
from pygame import gfxdraw

from game.record.ghost import GhostMoment, GhostTrack
from game.sim.phases import Phase
from game.sim.snapshot import Outcome, Part
from game.sim.vehicle_spec import VehicleSpec
from game.view import palette as p
from game.view.camera import Point, Viewport
from game.view.layout import Layout
from game.view.markers import Tags, edge_arrow, is_covered
from game.view.moment import Moment
from game.view.silhouette import outlines_of, stowed_rover

_GLOW: Final = 0.13  # what a ghost adds to the picture inside its outline, as a share of its colour
_EDGE: Final = 0.62  # and along it
_CORD: Final = 115  # alpha
_DARK: Final = (0, 0, 0)
_SIZE_M: Final = 4.6  # of a craft, and of one that hangs on its canopy
_UNDER_CANOPY_M: Final = 22.0
_TOUCHING: Final = (0.55, 1.1)  # in sizes: nearer than the first the ghost is not seen, from the second on it is whole
_OFF: Final = (0.75, 0.42)  # in sizes: how far it stands off at 10 m, and how much more for each power of ten
_TOGETHER_M: Final = (8.0, 40.0)  # high up two that are nearer than this are one
_TELL_M: Final = 15.0  # who is farther off is named wherever he is; who is nearer
_NAMED: Final = 0.35  # if so much of him is seen
_GONE_S: Final = 3.0  # after its loss a ghost fades

Say = Callable[[float, float], str]  # m along and up from us to it, to its name and where it is


class GhostView:
    """The ghost of one flight. Without a track nothing is drawn.

    say   what to write beside it
    told  whether its words are shown: who flies without cues gets none here either
    """

    def __init__(self, vehicle: VehicleSpec, say: Say, *, told: bool = True) -> None:
        self._vehicle, self._say, self._told = vehicle, say, told
        self._outlines, self._stowed = outlines_of(vehicle), stowed_rover(vehicle)
        self.track: GhostTrack | None = None
        self._sheet: pygame.Surface | None = None
        self._reckoned: tuple[Viewport, float, float, int, GhostTrack | None] | None = None
        self._last_seen: tuple[GhostMoment, Point, float] | None = None

    def draw(self, surface: pygame.Surface, view: Viewport, least_px_m: float, now: Moment) -> None:
        seen = self._seen(view, least_px_m, now)
        if seen is None:
            return
        ghost, at, fade = seen
        if fade <= 0.0 or not _near(at):
            return
        x_m, y_m, _ = ghost.middle
        centre = view.screen(x_m, y_m)
        close = view.magnified(least_px_m, x_m, y_m)
        shift = at[0] - centre[0], at[1] - centre[1]
        for start, end in self._cords(close, ghost):
            ends = [(round(x + shift[0]), round(y + shift[1])) for x, y in (start, end)]
            gfxdraw.line(surface, *ends[0], *ends[1], (*p.GHOST, round(_CORD * fade)))
        for parts in _TOGETHER:
            shapes = []
            for part in parts & ghost.places.keys():
                place = ghost.places[part]
                stowed = part is Part.ROVER and Part.DESCENT_STAGE in ghost.places and not ghost.hanging
                x, y = close.screen(place[0], place[1])
                turn, px_m = place[2] + close.turn_rad, close.px_per_m
                c, s, x, y = px_m * cos(turn), px_m * sin(turn), x + shift[0], y + shift[1]
                outline = self._stowed if stowed else self._outlines[part]
                shapes.append(([x + c * u - s * v for u, v in outline], [y - s * u - c * v for u, v in outline]))
            if shapes:
                self._shine(surface, shapes, fade)

    def _shine(self, surface: pygame.Surface, shapes: list[tuple[list[float], list[float]]], fade: float) -> None:
        """Outlines, as x and y of their points, as light that is added to the picture: that costs a fifth of polygons
        that one sees through.
        """
        left, top = floor(min(min(xs) for xs, _ in shapes)) - 1, floor(min(min(ys) for _, ys in shapes)) - 1
        right, low = ceil(max(max(xs) for xs, _ in shapes)) + 2, ceil(max(max(ys) for _, ys in shapes)) + 2
        area = pygame.Rect(0, 0, right - left, low - top)
        if max(area.size) > _MOST_PX or not area.move(left, top).colliderect(surface.get_rect()):
            return
        sheet = self._sheet
        if sheet is None or sheet.get_width() < area.width or sheet.get_height() < area.height:
            wide, high = (0, 0) if sheet is None else sheet.get_size()
            size = max(wide, -(-area.width // 64) * 64), max(high, -(-area.height // 64) * 64)
            sheet = self._sheet = pygame.Surface(size, 0, 32)
        sheet.fill(_DARK, area)
        inside, edge = p.mixed(_DARK, p.GHOST, _GLOW * fade), p.mixed(_DARK, p.GHOST, _EDGE * fade)
        moved = [[(x - left, y - top) for x, y in zip(xs, ys, strict=True)] for xs, ys in shapes]
        for points in moved:
            pygame.draw.polygon(sheet, inside, points)
        for points in moved:
            gfxdraw.aapolygon(sheet, points, edge)
        surface.blit(sheet, (left, top), area, pygame.BLEND_RGB_ADD)

    def write(
        self, surface: pygame.Surface, layout: Layout, view: Viewport, least_px_m: float, now: Moment, tags: Tags
    ) -> None:  # fmt: skip
        seen = self._seen(view, least_px_m, now) if self._told else None
        left = self._left(now)
        if seen is None or left <= 0.0:
            return
        ghost, at, fade = seen
        x_m, y_m, _ = ghost.middle
        along_m, up_m = x_m - now.rover.x_m, y_m - now.rover.y_m
        if is_covered(layout, at):
            edge_arrow(surface, layout, at, self._say(along_m, up_m), p.GHOST)
        elif fade > _NAMED or hypot(along_m, up_m) > _TELL_M:
            radius = max(0.5 * _SIZE_M * max(view.px_per_m, least_px_m), 14.0 * layout.unit)
            tags.at_once(surface, at, self._say(along_m, up_m), radius, left, p.GHOST, under=True)

    def _seen(self, view: Viewport, least_px_m: float, now: Moment) -> tuple[GhostMoment, Point, float] | None:
        """The ghost's moment, where its middle is drawn, and how much of it is seen; reckoned once a picture."""
        key = (view, least_px_m, now.t_s, now.truth.tick, self.track)
        if key != self._reckoned:
            self._reckoned, self._last_seen = key, self._reckon(view, least_px_m, now)
        return self._last_seen

    def _reckon(self, view: Viewport, least_px_m: float, now: Moment) -> tuple[GhostMoment, Point, float] | None:
        ghost = None if self.track is None or now.truth.phase in _NOT_SEEN else self.track.at(now.t_s)
        if ghost is None:
            return None
        x_m, y_m, _ = ghost.middle
        own = now.places[Part.BACKSHELL] if now.truth.backshell_on else now.rover
        apart_m = hypot(x_m - own.x_m, y_m - own.y_m)
        here, there = view.screen(own.x_m, own.y_m), view.screen(x_m, y_m)
        dx, dy = there[0] - here[0], there[1] - here[1]
        true_px = max(hypot(dx, dy), 1e-6)
        size_px = (_UNDER_CANOPY_M if Part.PARACHUTE in ghost.places else _SIZE_M) * max(least_px_m, view.px_per_m)
        magnified = min(max(log(max(least_px_m / view.px_per_m, 1.0)) / log(3.0), 0.0), 1.0)
        stands_px = size_px * (_OFF[0] + _OFF[1] * log10(1.0 + apart_m / 10.0))
        off_px = true_px + magnified * max(stands_px - true_px, 0.0)
        fade = _rising(off_px / size_px, _TOUCHING)
        fade *= 1.0 - magnified * (1.0 - _rising(apart_m, _TOGETHER_M))
        at = here[0] + dx * off_px / true_px, here[1] + dy * off_px / true_px
        return ghost, at, fade * self._left(now)

    def _left(self, now: Moment) -> float:
        """How much is left of one that was lost: it fades, and one that landed stays."""
        track = self.track
        if track is None or track.note.outcome is not Outcome.LOST:
            return 1.0
        return 1.0 - _rising(now.t_s - track.last_s, (0.0, _GONE_S))

    def _cords(self, close: Viewport, ghost: GhostMoment) -> list[tuple[Point, Point]]:
        places, vehicle = ghost.places, self._vehicle
        if ghost.hanging and Part.DESCENT_STAGE in places and Part.ROVER in places:
            bridle = vehicle.bridle
            starts = close.placed(*places[Part.DESCENT_STAGE], [(x, bridle.stage_y_m) for x, _ in bridle.cords_m])
            ends = close.placed(*places[Part.ROVER], [(x, bridle.rover_y_m) for _, x in bridle.cords_m])
            return list(zip(starts, ends, strict=True))
        if Part.PARACHUTE in places and Part.BACKSHELL in places:
            (riser,) = close.placed(*places[Part.BACKSHELL], [(0.0, vehicle.backshell.riser_y_m)])
            band = self._outlines[Part.PARACHUTE][-3:-1]
            return [(riser, end) for end in close.placed(*places[Part.PARACHUTE], band)]
        return []


_NOT_SEEN: Final = (Phase.COURSE, Phase.OVER)
_FAR_PX: Final = 20_000.0
_MOST_PX: Final = 2_000  # of a shape's size; none is so large that one sees it whole
_TOGETHER: Final = (
    {Part.CRUISE_STAGE, Part.HEAT_SHIELD, Part.BACKSHELL}, {Part.PARACHUTE}, {Part.DESCENT_STAGE}, {Part.ROVER},
)  # fmt: skip


def _near(at: Point) -> bool:
    return abs(at[0]) < _FAR_PX and abs(at[1]) < _FAR_PX


def _rising(value: float, ends: tuple[float, float]) -> float:
    """0 up to the first, 1 from the second on."""
    low, high = ends
    return min(max((value - low) / (high - low), 0.0), 1.0)
