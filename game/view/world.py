"""The picture of a flight: camera, backdrop, ground, vehicles, dust. `tick` moves it on, `draw` only looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeVar

import pygame

from game.sim.events import Event, EventName
from game.sim.phases import Phase
from game.sim.snapshot import Outcome, Part, Truth
from game.sim.spec import DT_S, FlightSpec
from game.sim.terrain import TILE_M, Terrain
from game.view import ground, stones
from game.view.camera import Camera, Lens, Viewport
from game.view.canopy import pictures_of
from game.view.capsule import CapsuleArt, Mortar
from game.view.dust import Storm, dust_of
from game.view.effects import Effects
from game.view.fading import mix
from game.view.farground import FarGround
from game.view.framing import canopy_scales, in_space_or_shell, moved_between, shot_of
from game.view.globe import Globe
from game.view.ground import LetGo, Spot
from game.view.heavens import Heavens
from game.view.jezero import is_jezero
from game.view.layout import Layout, layout_of
from game.view.markers import LEAST_SHARE, Tags, edge_arrow, marker
from game.view.moment import Moment, blended
from game.view.plain import Plain
from game.view.plasma import Plasma
from game.view.plumes import Plumes
from game.view.reliefs import ReliefBank
from game.view.setting import Setting, setting_of
from game.view.shed import Shed, draw_shed, inside_backshell, shed_parts
from game.view.sky import Backdrop
from game.view.sprites import SpriteBank
from game.view.traces import Traces
from game.view.trail import Trail
from game.view.vehicle import VehicleArt

_CRAFT_M: Final = 3.6
_WARM_PX_M: Final = (16.0, 32.0, 64.0, 128.0)
_WARM_SHELL_PX_M: Final = (8.0, 16.0, 32.0, 64.0)
_LYING_M: Final = {Part.ROVER: 0.25, Part.BOGIE: 0.0, Part.DESCENT_STAGE: 0.45, Part.BACKSHELL: 1.5}
_SURVEY_TILES: Final = 260
_LOW_M: Final = 3_000.0
_SIZES_KEPT: Final = 2
_SIDE: Final = 0.16  # of the free part's width: nearer to its sides the craft never comes
_MOST_LINES: Final = 1080  # of the world's picture; a larger window shows it stretched


_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Names:
    """What the rings, tags and arrows are called."""

    craft: str
    backshell: str
    stage: str
    target: str
    parts: Mapping[Part, str] = field(default_factory=dict)


class Company(Protocol):
    """Somebody else's flights in the picture: they are drawn behind this one, and are none of it."""

    def draw(self, surface: pygame.Surface, view: Viewport, least_px_m: float, now: Moment) -> None:
        """Before the vehicles; what is small is drawn at no less than `least_px_m`, as they are."""

    def write(
        self, surface: pygame.Surface, layout: Layout, view: Viewport, least_px_m: float, now: Moment, tags: Tags
    ) -> None:  # fmt: skip
        """Their words, at the window's own size, once those of the flight have their places."""


class Studio:
    """Pictures that outlive a flight: made once, so that a restart costs nothing."""

    def __init__(self) -> None:
        self.bank = SpriteBank()
        self.plumes = Plumes()
        self.plasma = Plasma()
        self.reliefs = ReliefBank()
        self.far = FarGround(self.reliefs)
        self.plain = Plain(self.reliefs)
        self._backdrops: dict[tuple[int, int], Backdrop] = {}
        self._heavens: dict[tuple[int, int], Heavens] = {}
        self._sheets: dict[tuple[int, int], pygame.Surface] = {}
        self._canvas: pygame.Surface | None = None

    def backdrop(self, size: tuple[int, int]) -> Backdrop:
        """The backdrop for a picture of this size."""
        return _kept(self._backdrops, size, Backdrop)

    def heavens(self, size: tuple[int, int]) -> Heavens:
        """Space and stars for a picture of this size."""
        return _kept(self._heavens, size, Heavens)

    def sheet(self, size: tuple[int, int]) -> pygame.Surface:
        """A sheet of this size, to keep a part of the picture for a moment."""
        return _kept(self._sheets, size, pygame.Surface)

    def warm(self, size: tuple[int, int]) -> None:
        """Make now what the first picture of a flight in a window of this size would have to wait for."""
        small = picture_size(size)
        self.backdrop(small)
        self.heavens(small)
        self.sheet(small)
        self.reliefs.warm()

    def canvas(self, size: tuple[int, int], like: pygame.Surface) -> pygame.Surface:
        """What the world is drawn on before it is stretched to a larger window; pixels as in that."""
        if self._canvas is None or self._canvas.get_size() != size or self._canvas.get_masks() != like.get_masks():
            self._canvas = pygame.Surface(size, 0, like)
        return self._canvas


def _kept(kept: dict[tuple[int, int], _Made], size: tuple[int, int], make: Callable[[tuple[int, int]], _Made]) -> _Made:
    """What is made for a size; only the last sizes are kept: the window's own and the picture's, if that is another."""
    made = kept.pop(size, None)
    if made is None:
        made = make(size)
        while len(kept) >= _SIZES_KEPT:
            del kept[next(iter(kept))]
    kept[size] = made
    return made


@dataclass(frozen=True, slots=True)
class _Shown:
    """How a picture is shown: between which ticks, how large the craft at least (px/m), and the flight's part of it.

    foot    where the HUD's panes begin that fill the picture's foot: what is fine is not seen through them
    """

    alpha: float
    least: float
    stage: tuple[float, float, float, float]
    foot: float


class WorldView:
    """One flight as it is seen."""

    def __init__(self, spec: FlightSpec, terrain: Terrain, first: Truth, studio: Studio) -> None:
        self._studio, self._terrain, self._spec = studio, terrain, spec
        self._target_m = spec.goal.target_m
        self._at_jezero = is_jezero(spec.site)
        self._dust, self._storm = dust_of(spec.air), Storm(spec.air)
        self.globe = Globe(terrain, spec.site.reference_radius_m)
        self.art = VehicleArt(spec.vehicle, studio.bank, studio.plumes)
        self.capsule = CapsuleArt(spec.vehicle, studio.bank, studio.plasma, self.art)
        self.effects = Effects(spec.vehicle, terrain)
        self.trail = Trail()
        self.traces = Traces(spec.vehicle, studio.reliefs)
        self._mortar: Mortar | None = None
        self.company: tuple[Company, ...] = ()
        studio.plumes.warm()
        studio.bank.warm(self.art.parts.all(), _WARM_PX_M)
        carried = self.art.parts.carriers() if in_space_or_shell(first) else self.art.parts.shells()
        studio.bank.warm(carried, _WARM_SHELL_PX_M)
        self.camera = Camera(shot_of(first, self.globe))
        self._before = self._now = first
        self._surveyed = 0
        self._preparing: Iterator[None] | None = None

    def recall(self, truths: Sequence[Truth], events: Sequence[Event]) -> None:
        """What came before the first snapshot, for who looks into the middle of a flight: only what lasts of it.

        truths  for the trail in the sky and the traces on the ground
        """
        self._hear(events)
        self.effects.recall(events)
        before_s = truths[0].t_s if truths else 0.0
        for truth in truths:
            self.trail.tick(truth)
            self.traces.tick(truth, self._terrain, truth.t_s - before_s)
            before_s = truth.t_s

    def _hear(self, events: Sequence[Event]) -> None:
        for event in events:
            if event.name is EventName.MORTAR:
                self._mortar = Mortar(event.t_s, self._spec.vehicle.parachute.stretch_s)

    def tick(self, truth: Truth, events: Sequence[Event]) -> None:
        """The flight has moved on to this snapshot."""
        truth = on_the_ground(truth, self._terrain)
        self._before, self._now = self._now, truth
        self._hear(events)
        self._survey()
        self.effects.tick(truth, events)
        self.trail.tick(truth)
        self.traces.tick(truth, self._terrain)
        # Several ticks of the flight may have passed in this one of the picture.
        self.camera.tick(shot_of(truth, self.globe), DT_S, moved_between(self._before, truth, self.globe))

    def _survey(self) -> None:
        """Under the parachute: make the ground's tiles one by one, or the frame that first needs them would wait."""
        if self._now.phase is Phase.PARACHUTE and self._surveyed < _SURVEY_TILES:
            index, self._surveyed = self._surveyed, self._surveyed + 1
            side = 1 if index % 2 else -1
            self._terrain.height_at(self._target_m + side * TILE_M * (index // 2))

    def hold(self) -> None:
        """The flight stands still for this tick: nothing is between two snapshots any more."""
        self._before = self._now
        self.effects.hold()
        self.camera.tick(shot_of(self._now, self.globe), DT_S)

    def prepare(self, layout: Layout) -> None:
        """While nothing of the world is seen: make one of the pictures that a later frame would have to wait for."""
        if self._preparing is None:
            scales = canopy_scales(*picture_size(layout.size))
            self._preparing = pictures_of(self._spec.vehicle.parachute.diameter_m, scales)
        next(self._preparing, None)

    def moment(self, alpha: float) -> Moment:
        now = blended(self._before, self._now, alpha)
        return replace(now, engines_s=self.effects.engines_s(now.t_s))

    def lens(self, alpha: float) -> Lens:
        return self.camera.before.blended(self.camera.lens, alpha)

    def viewport(
        self, layout: Layout, alpha: float, free: tuple[float, float, float, float] | None = None,
        now: Moment | None = None,
    ) -> Viewport:  # fmt: skip
        """Where the camera looks; the craft is always in its free part. `free` is the part to fill; `now` the moment,
        if it is known.
        """
        wide, high = layout.size
        lens = self.lens(alpha)
        view = lens.viewport(wide, high, free or layout.stage, self.globe.turn_at(lens.x_m))
        now = now or self.moment(alpha)
        view = view.keep_visible([(now.rover.x_m, now.rover.y_m)], 0.06 * min(wide, high))
        left, _, right, _ = free or layout.stage
        side = _SIDE * (right - left)
        return view.keep_between(now.rover.x_m, now.rover.y_m, left + side, right - side)

    def close_px_per_m(
        self, layout: Layout, alpha: float, free: tuple[float, float, float, float] | None = None
    ) -> float:
        """The least scale at which the craft is drawn; smaller where only a part of the window is free."""
        wide, high = layout.size
        if free is not None:
            wide, high = min(wide, round(1.6 * (free[2] - free[0]))), min(high, round(1.3 * (free[3] - free[1])))
        return self.lens(alpha).close_px_per_m(wide, high)

    def draw(
        self, surface: pygame.Surface, layout: Layout, alpha: float, spots: tuple[Spot, ...], names: Names,
        free: tuple[float, float, float, float] | None = None, let_go: LetGo | None = None,
    ) -> None:  # fmt: skip
        """The whole picture without the HUD; in a window with more lines than that, at 1080 of them, and stretched.

        Rings and words are written at the window's own size.
        """
        now = self.moment(alpha)
        view = self.viewport(layout, alpha, free, now)
        setting = setting_of(view, now, self.globe)
        tags = _Tags(layout) if free is None else None
        size = picture_size(layout.size)
        canvas = surface if size == layout.size else self._studio.canvas(size, surface)
        times = layout.size[1] / size[1]
        seen = Viewport(view.centre_x_m, view.centre_y_m, view.px_per_m / times, *size, view.turn_rad)
        least = self.close_px_per_m(layout, alpha, free) / times
        stage = free or layout.stage
        # Nor are there panes once the rover stands.
        foot = layout.foot.top if free is None and now.truth.outcome is not Outcome.LANDED else layout.size[1]
        part = (stage[0] / times, stage[1] / times, stage[2] / times, stage[3] / times)
        shown = _Shown(alpha, least, part, foot / times)
        self._draw_picture(canvas, seen, now, spots, shown, names, tags, setting if canvas is surface else None)
        if canvas is not surface:
            stretch = pygame.transform.smoothscale if layout.size[0] % size[0] else pygame.transform.scale
            stretch(canvas, layout.size, surface)
        if spots and setting.near > 0.5:
            self._name_target(surface, layout, view, spots, names.target)
            if let_go is not None:
                ground.draw_let_go(surface, self._terrain, view, let_go, spots, layout)
        elif in_space_or_shell(now.truth) and free is None:
            named = self._point_out_target(surface, layout, view, names.target)
            if tags is not None and named is not None:
                tags.keep_clear(named)
        if tags is not None:
            tags.write(surface, view, now, least * times, times)
            for other in self.company:
                other.write(surface, layout, view, least * times, now, tags)
            self._rings(surface, layout, view, now, names)
            self.effects.shake(surface)

    def _draw_picture(
        self, surface: pygame.Surface, view: Viewport, now: Moment, spots: tuple[Spot, ...], shown: _Shown,
        names: Names, tags: _Tags | None, setting: Setting | None,
    ) -> None:  # fmt: skip
        """All but the words, from back to front. setting  of this very picture, if it is known"""
        size = (view.width_px, view.height_px)
        setting = setting or setting_of(view, now, self.globe)
        backdrop = self._studio.backdrop(size)
        self._draw_far(surface, view, now, setting)
        self.effects.draw_far(surface, shown.stage, setting.horizon_px, shown.alpha)
        self._storm.hide_far(surface, setting.height_m)
        bare_px = setting.horizon_px  # from here down nothing has the paper's grain yet
        if setting.near > 0.0:
            top_px = self._draw_near(surface, view, now, setting, shown.foot)
            bare_px = bare_px if setting.eye else top_px
            self._storm.hide_near(surface, setting.height_m)
        backdrop.draw_grain(surface, bare_px, shown.foot)
        if spots and setting.near > 0.5:
            unit = layout_of(size).unit
            ground.draw_target(surface, self._terrain, view, self._target_m, unit)
            ground.draw_spots(surface, self._terrain, view, spots, unit)
        self.effects.draw_behind(surface, view, shown.alpha)
        close = self.effects.close(view, shown.least, now, shown.alpha)
        for other in self.company:
            other.draw(surface, view, shown.least, now)
        self._draw_vehicles(surface, (view, close), now, names, tags, shown.alpha)
        self.effects.draw_craters(surface, close)
        self.effects.draw_aloft(surface, close, now, shown.alpha)
        self.effects.draw_front(surface, view, now, shown.alpha)
        if setting.near > 0.0:
            backdrop.draw_haze(surface, setting.near * (0.5 + 0.5 * self._dust), shown.foot)

    def _draw_far(self, surface: pygame.Surface, view: Viewport, now: Moment, setting: Setting) -> None:
        """Sky, the planet's face, and the plain that it melts into."""
        size = (view.width_px, view.height_px)
        backdrop, heavens = self._studio.backdrop(size), self._studio.heavens(size)
        horizon = round(setting.horizon_px)
        backdrop.look_at(jezero=self._at_jezero)
        if setting.eye is None:
            backdrop.draw_whole(surface, view.centre_x_m, horizon, self._dust)
        else:
            thin = min(max((setting.height_m - 8_000.0) / 50_000.0, 0.0), 1.0)
            heavens.draw(surface, backdrop, setting.eye, setting.horizon_px, setting.height_m, now.t_s)
            self._studio.far.draw(surface, setting.eye, thin, setting.near, at_jezero=self._at_jezero)
            if setting.near > 0.0:
                backdrop.draw_plain(surface, horizon, setting.near)
                backdrop.draw_relief(surface, view.centre_x_m, horizon, setting.near, self._dust)
        if setting.near > 0.0:
            self._studio.plain.draw(surface, view, setting.horizon_px, setting.near)

    def _draw_near(
        self, surface: pygame.Surface, view: Viewport, now: Moment, setting: Setting, foot_px: float
    ) -> float:  # fmt: skip
        """The cut through the ground, half seen while it takes over from the planet's face; returns its highest y."""
        terrain = self._terrain
        places, edge = ground.surface_line(terrain, view)
        self._studio.backdrop(surface.get_size()).draw_foot(surface, round(setting.horizon_px), edge)
        top_px = min(map(ground.Y_OF, edge)) - 4.0  # the lit edge is a little higher than the ground
        kept, low = None, pygame.Rect(0, 0, 0, 0)
        if setting.near < 1.0:
            wide, high = surface.get_size()
            top = min(max(int(top_px), 0), high)
            low = pygame.Rect(0, top, wide, high - top)
            kept = self._studio.sheet(surface.get_size())
            kept.blit(surface, low, low)
        ground.draw_ground(surface, view, places, edge)
        stones.draw_flecks(surface, edge, view, foot_px)
        ground.draw_edge(surface, edge, view)
        if kept is not None:
            mix(surface, kept, low, 1.0 - setting.near)
        self.traces.draw(surface, terrain, view)
        stones.draw_rocks(surface, terrain, view)
        if view.px_per_m > 1.0 and not in_space_or_shell(now.truth):
            for part, wide_m in ((Part.DESCENT_STAGE, 2.8), (Part.ROVER, 2.6)):
                place = now.places[part]
                low_m = 0.9 if part is Part.ROVER else 0.0
                stones.draw_cast_shadow(surface, terrain, view, place.x_m, place.y_m - low_m, wide_m)
        return top_px

    def _name_target(
        self, surface: pygame.Surface, layout: Layout, view: Viewport, spots: tuple[Spot, ...], label: str
    ) -> None:  # fmt: skip
        """Unless the chosen mark is as good as on it."""
        apart_m = min((abs(spot.x_m - self._target_m) for spot in spots if spot.chosen), default=0.0)
        if apart_m * view.px_per_m > 70.0 * layout.unit:
            ground.name_target(surface, self._terrain, view, self._target_m, label, layout.unit)

    def _point_out_target(
        self, surface: pygame.Surface, layout: Layout, view: Viewport, label: str
    ) -> pygame.Rect | None:  # fmt: skip
        """From high up: a mast where we want to land, on the planet's face; returns the box about it and its name."""
        altitude_m = self.globe.ground_altitude_m(self._target_m)
        return ground.draw_beacon(surface, view.screen(*self.globe.place(self._target_m, altitude_m)), label, layout)

    def _draw_vehicles(
        self, surface: pygame.Surface, views: tuple[Viewport, Viewport], now: Moment, names: Names,
        tags: _Tags | None, alpha: float,
    ) -> None:  # fmt: skip
        """To scale, but never so small that nobody can see how they lean: the ring says so then."""
        view, close = views
        carried = in_space_or_shell(now.truth)
        if carried:
            self.trail.draw(surface, view, now)
            if Part.BACKSHELL not in self.effects.crashed:
                self.capsule.draw_streaks(surface, close, now)
        how = Shed(view, close, self.art, self.capsule)
        for part in shed_parts(now.truth):
            draw_shed(surface, how, now, part, names.parts, tags)
        if Part.BACKSHELL in self.effects.crashed:
            self.capsule.draw_wreck(surface, close, now)
        elif carried:
            self.capsule.draw(surface, close, now, self._mortar, self.effects.broken(alpha))
        else:
            self.art.draw(surface, close, now, self.effects.crashed, self.effects.wheel_off)
            if inside_backshell(now):
                draw_shed(surface, how, now, Part.BACKSHELL, names.parts, None, side=True)

    def _rings(self, surface: pygame.Surface, layout: Layout, view: Viewport, now: Moment, names: Names) -> None:
        unit = layout.unit
        share = _CRAFT_M * view.px_per_m / view.height_px
        if share < LEAST_SHARE and now.truth.phase in (Phase.FREE_FALL, Phase.POWERED):
            # It melts away as the true size reaches the one that is drawn.
            fade = min(max(2.0 * (1.0 - share / LEAST_SHARE), 0.0), 1.0)
            marker(surface, view.screen(now.stage.x_m, now.stage.y_m), names.craft, unit, fade)
        if now.truth.rover_released:
            x, y = view.screen(now.stage.x_m, now.stage.y_m)
            edge_arrow(surface, layout, (x, y), names.stage)


class _Tags(Tags):
    """Asks for names while the picture is drawn, writes them when it is done and has the window's size."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self._asked: list[tuple[tuple[float, float], str, float, float]] = []

    def tag(self, surface: pygame.Surface, at: tuple[float, float], name: str, radius: float, fade: float) -> None:
        self._asked.append((at, name, radius, fade))

    def write(self, surface: pygame.Surface, view: Viewport, now: Moment, least: float, times: float) -> None:
        """`times` as large as the picture was, and none over the craft."""
        x, y = view.screen(now.stage.x_m, now.stage.y_m)
        size = round(5.0 * max(view.px_per_m, least))
        self.keep_clear(pygame.Rect(round(x - size / 2), round(y - size / 2), size, size))
        for (at_x, at_y), name, radius, fade in self._asked:
            super().tag(surface, (times * at_x, times * at_y), name, times * radius, fade)


def picture_size(size: tuple[int, int]) -> tuple[int, int]:
    """In how many pixels the world is drawn for a window of this size.

    >>> picture_size((1024, 768)), picture_size((3840, 2160)), picture_size((2560, 1440))
    ((1024, 768), (1920, 1080), (1920, 1080))
    """
    wide, high = size
    lines = min(wide, high)
    if lines <= _MOST_LINES:
        return size
    return round(wide * _MOST_LINES / lines), round(high * _MOST_LINES / lines)


def on_the_ground(truth: Truth, terrain: Terrain) -> Truth:
    """After a loss: a wreck fast enough to go through the ground within a tick is drawn lying on it."""
    if truth.outcome is not Outcome.LOST or truth.altitude_m > _LOW_M:
        return truth
    parts = dict(truth.parts)
    for part, low_m in _LYING_M.items():
        pose = parts.get(part)
        if pose is None or (part is Part.BACKSHELL and not truth.backshell_on):
            continue
        lowest_m = terrain.height_at(pose.x_m) + low_m
        if pose.y_m < lowest_m:
            parts[part] = replace(pose, y_m=lowest_m)
    return replace(truth, parts=parts)
