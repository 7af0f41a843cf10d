"""The world behind the craft: nothing pops while the camera comes down through five decades, and what is kept between
pictures changes none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import median

import pygame
import pytest

from game.audio.backend import NullAudio
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import load_texts
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.scenes.flight import FlightScene
from game.scenes.kit import Kit
from game.sim.phases import Phase
from game.sim.snapshot import Part, Truth
from game.sim.terrain import Terrain, terrain_of
from game.view import ground, stones
from game.view.camera import Viewport
from game.view.effects import Effects
from game.view.farground import Eye
from game.view.heavens import Heavens
from game.view.layout import layout_of
from game.view.plain import Plain
from game.view.reliefs import _KEEP_PX, ReliefBank, Shape
from game.view.sky import Backdrop
from game.view.traces import Traces
from game.view.world import Studio, WorldView, picture_size

SMALL = (480, 270)
BLURRED = (48, 27)
NEIGHBOURS = 8
UNPAINTED = (255, 0, 255)


pytestmark = pytest.mark.usefixtures("window")


@pytest.fixture(scope="module")
def terrain() -> Terrain:
    return terrain_of(load_level("jezero").site)


def _blurred(surface: pygame.Surface) -> bytes:
    """What is left of a picture when grain and single pixels are not looked at."""
    return pygame.image.tobytes(pygame.transform.smoothscale(surface, BLURRED), "RGB")


def _apart(one: bytes, other: bytes) -> float:
    """Mean difference of two pictures, of 255."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def _pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


@pytest.mark.slow
def test_nothing_pops_in_the_whole_flight(monkeypatch: pytest.MonkeyPatch) -> None:
    """From space to the rover alone on the ground, no picture of the world differs from the one before by more than
    its neighbours do, and a level or so of 255. The craft, its fire and its dust are left out: they may flash.
    """
    kit = Kit(load_texts(), Studio(), NullAudio())
    scene = FlightScene(kit, load_level("jezero"), Mode.GUIDED, 0)
    for name in ("_draw_vehicles", "_rings", "_point_out_target"):
        monkeypatch.setattr(WorldView, name, lambda *_, **__: None)
    for name in ("draw_far", "draw_behind", "draw_craters", "draw_aloft", "draw_front", "shake"):
        monkeypatch.setattr(Effects, name, lambda *_, **__: None)
    helm, layout, surface = Helm(Autopilot()), layout_of(SMALL), pygame.Surface(SMALL)
    change, ticks, last = None, 0, b""
    apart: list[tuple[float, str]] = []
    while change is None:
        kit.controls.action = helm.command(scene.flight).action
        change = scene.tick()
        ticks += 1
        if ticks % 2 or change is not None or scene.flight.phase is Phase.COURSE:
            continue
        scene.world.draw(surface, layout, 1.0, (), scene._names)
        now = _blurred(surface)
        if last:
            apart.append((_apart(last, now), f"{scene.flight.phase} {scene.flight.t_s:.1f} s"))
        last = now
    assert len(apart) > 9_000
    assert sum(value for value, _ in apart) > 100.0, "the picture stands still"
    for index, (value, where) in enumerate(apart):
        near = apart[max(index - NEIGHBOURS, 0) : index] + apart[index + 1 : index + 1 + NEIGHBOURS]
        assert value - median(other for other, _ in near) < 1.3, where


def _zooming(draw: Callable[[pygame.Surface, Viewport], None], first: float, last: float) -> float:
    """The largest difference between two pictures of a zoom by steps of half a percent."""
    surface, scale, worst, before = pygame.Surface(SMALL), first, 0.0, b""
    while scale < last:
        surface.fill((120, 80, 60))
        draw(surface, Viewport(-300.0, 20.0, scale, *SMALL))
        now = _blurred(surface)
        worst = max(worst, _apart(before, now) if before else 0.0)
        before, scale = now, 1.005 * scale
    return worst


def test_what_lies_on_the_plain_comes_and_goes_softly() -> None:
    """Through two and a half decades of scale there is always something, and never anything all at once."""
    plain = Plain(ReliefBank())
    surface = pygame.Surface(SMALL)
    for scale in (0.1, 0.4, 1.5, 6.0, 25.0):
        surface.fill((120, 80, 60))
        plain.draw(surface, Viewport(-300.0, 20.0, scale, *SMALL), 120.0, 1.0)
        assert pygame.mask.from_threshold(surface, (120, 80, 60), (1, 1, 1, 255)).count() < 0.998 * 480 * 270, scale
    assert _zooming(lambda canvas, view: plain.draw(canvas, view, 120.0, 1.0), 0.1, 30.0) < 0.6


@pytest.mark.slow
def test_the_layers_and_flecks_of_the_ground_come_softly(terrain: Terrain) -> None:
    """Beds, lenses and pebbles fade in over a factor of three in scale."""

    def draw(canvas: pygame.Surface, view: Viewport) -> None:
        places, edge = ground.surface_line(terrain, replace(view, centre_y_m=terrain.height_at(view.centre_x_m)))
        ground.draw_ground(canvas, view, places, edge)
        stones.draw_flecks(canvas, edge, view)
        ground.draw_edge(canvas, edge, view)

    assert _zooming(draw, 0.2, 30.0) < 2.0


@pytest.mark.parametrize("step_m", [0.5, 1.0, 4.0, 16.0])
def test_a_finer_line_grows_out_of_the_coarser_one(terrain: Terrain, step_m: float) -> None:
    """Where the grid of the ground's line is halved, its old points stay and the new ones lie between them."""
    change = 2.0 * ground.STEP_PX / step_m  # the scale from which on points half as far apart are drawn
    coarse, fine = (
        ground.surface_line(terrain, Viewport(-300.0, 0.0, change * factor, 1920, 1080)) for factor in (1.0 - 1e-7, 1.0)
    )
    assert coarse[0][1] - coarse[0][0] == step_m
    assert fine[0][1] - fine[0][0] == 0.5 * step_m
    seen = {x_m: y for x_m, (_, y) in zip(*fine, strict=True)}
    shared = [(x_m, y) for x_m, (_, y) in zip(*coarse, strict=True) if x_m in seen]
    assert len(shared) > 80
    for x_m, y in shared:
        assert seen[x_m] == pytest.approx(y, abs=0.01)
    for (x0_m, y0), (_, y1) in pairwise(shared):
        assert seen[x0_m + 0.5 * step_m] == pytest.approx(0.5 * (y0 + y1), abs=0.01)


def test_what_stands_still_is_put_together_once_and_looks_the_same() -> None:
    """Sky, hills and plain drawn for the first, second and third time, and after another picture: the same pixels."""
    backdrop, pictures = Backdrop(SMALL), []
    for camera_x_m, horizon in ((10.0, 150), (10.0, 150), (10.0, 150), (900.0, 150), (10.0, 140), (10.0, 150)):
        surface = pygame.Surface(SMALL)
        backdrop.draw_whole(surface, camera_x_m, horizon)
        pictures.append(_pixels(surface))
    assert pictures[0] == pictures[1] == pictures[2] == pictures[5]
    assert len({pictures[0], pictures[3], pictures[4]}) == 3


def test_the_closing_sky_is_kept_and_looks_as_if_it_were_made_anew() -> None:
    """Space, half closed, another half, a sunk horizon, farther along, and back: as a sky that has kept nothing."""
    backdrop, kept = Backdrop(SMALL), Heavens(SMALL)
    seen = []
    for horizon, height_m, along_m in (
        (150, 80_000.0, 0.0), (150, 40_000.0, 0.0), (150, 39_990.0, 0.0), (150, 25_000.0, 0.0), (230, 25_000.0, 0.0),
        (150, 25_000.0, 2e6), (150, 9_000.0, 0.0), (150, 40_000.0, 0.0),
    ):  # fmt: skip
        eye = Eye(240.0, 90.0, 300.0, 1e5, along_m, height_m, 3.4e6, 5e5, float(horizon), *SMALL)
        pictures = []
        for heavens in (kept, Heavens(SMALL)):
            surface = pygame.Surface(SMALL)
            heavens.draw(surface, backdrop, eye, float(horizon), height_m, 12.0)
            pictures.append(_pixels(surface))
        assert pictures[0] == pictures[1]
        seen.append(pictures[0])
    assert seen[1] == seen[7]
    assert len(set(seen)) == 7


def test_kept_pictures_of_craters_have_a_budget_and_are_made_again_alike() -> None:
    """However many sizes are asked for, the oldest go first; one that comes back looks as it did."""
    bank = ReliefBank()

    def look() -> bytes:
        taken = bank.take(Shape.BOWL, 0.0, 0.0, 60.0, 12.0, 0.5)
        assert taken is not None
        return pygame.image.tobytes(taken[0], "RGBA")

    first = look()
    for wide in range(40, 700, 3):
        bank.take(Shape.FLAT, 0.0, 0.0, float(wide), 0.4 * wide, 1.0)
        bank.take(Shape.DARK, 0.0, 0.0, float(wide), 0.3 * wide, 0.7)
    assert bank.kept_px <= _KEEP_PX
    assert look() == first
    assert bank.take(Shape.BOWL, 0.0, 0.0, 60.0, 12.0, 0.01) is None


@pytest.mark.slow
def test_plumes_sweep_the_ground_only_when_they_are_low_and_wheels_print_it_only_where_they_stand() -> None:
    """Nothing from 60 m up; under the sky crane a patch that is never barer than bare; prints at the wheels' places."""
    kit = Kit(load_texts(), Studio(), NullAudio())
    scene = FlightScene(kit, load_level("sky-crane"), Mode.GUIDED, 3)
    vehicle, terrain, truth = scene.flight.spec.vehicle, scene.flight.terrain, scene.flight.snapshot()
    high = Traces(vehicle, ReliefBank())
    high.tick(_raised(truth, 60.0), terrain)
    assert high.swept == {}
    helm = Helm(Autopilot())
    while scene.flight.phase is not Phase.FLYAWAY:
        kit.controls.action = helm.command(scene.flight).action
        scene.tick()
    traces, x_m = scene.world.traces, scene.flight.snapshot().parts[Part.ROVER].x_m
    barest = max(traces.swept, key=lambda piece: traces.swept[piece])
    assert 0.3 < traces.swept[barest] <= 1.0
    assert abs(5.0 * (barest + 0.5) - x_m) < 12.0
    printed = {round(0.16 * (at + 0.5) - x_m, 1) for at in traces.prints}
    for wheel_m in vehicle.rover.wheel_x_m:
        assert min(abs(place - wheel_m) for place in printed) < 0.3
    assert max(abs(place) for place in printed) < 3.0


def _raised(truth: Truth, by_m: float) -> Truth:
    stage = truth.parts[Part.DESCENT_STAGE]
    return replace(
        truth, engines_lit=4, parts={**truth.parts, Part.DESCENT_STAGE: replace(stage, y_m=stage.y_m + by_m)}
    )


@pytest.mark.parametrize(
    ("size", "picture"),
    [
        ((1920, 1080), (1920, 1080)), ((960, 540), (960, 540)), ((3840, 2160), (1920, 1080)),
        ((2160, 3840), (1080, 1920)), ((2560, 1440), (1920, 1080)), ((5120, 1440), (3840, 1080)),
    ],
)  # fmt: skip
def test_the_world_is_drawn_in_at_most_1080_lines(size: tuple[int, int], picture: tuple[int, int]) -> None:
    """And keeps its shape."""
    assert picture_size(size) == picture


@pytest.mark.parametrize("size", [(2560, 1440), (3840, 2160)])
def test_a_large_window_shows_the_same_world_stretched(size: tuple[int, int]) -> None:
    """Every pixel is painted; shrunk to 1080 lines it is the picture of that window, words at their own size."""
    kit = Kit(load_texts(), Studio(), NullAudio())
    scene = FlightScene(kit, load_level("powered-descent"), Mode.GUIDED, 0)
    for _ in range(240):
        scene.tick()
    pictures = []
    for each in ((1920, 1080), size):
        surface = pygame.Surface(each)
        surface.fill(UNPAINTED)
        scene.draw_world(surface, 0.5)
        assert pygame.mask.from_threshold(surface, UNPAINTED, (1, 1, 1, 255)).count() == 0
        pictures.append(_blurred(surface))
    assert _apart(*pictures) < 1.0
