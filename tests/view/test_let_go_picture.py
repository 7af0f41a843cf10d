"""The triangle on the ground that shows where the craft comes down if the stick is let go."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.signs import Sign
from game.scenes.flight import FlightScene
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.terrain import Terrain
from game.view import fonts
from game.view import palette as p
from game.view.camera import Viewport
from game.view.ground import LetGo, Spot, draw_let_go
from game.view.layout import layout_of
from tests.input.player import Player, a_player

SIZES = ((1920, 1080), (1024, 768), (720, 1280))
HALF_M = 400.0  # of the ground that is in the picture


@pytest.fixture(autouse=True)
def _fonts() -> Iterator[None]:
    pygame.font.init()
    yield
    fonts.forget()


@pytest.fixture(scope="module")
def terrain() -> Terrain:
    return Flight(load_level("sky-crane").flight_spec()).terrain


def drawn(terrain: Terrain, size: tuple[int, int], seen: LetGo, mark_m: float = 250.0) -> pygame.Surface:
    surface = pygame.Surface(size)
    view = Viewport(0.0, terrain.height_at(0.0), 0.5 * size[0] / HALF_M, *size)
    draw_let_go(surface, terrain, view, seen, (Spot(mark_m, Sign.GO, True),), layout_of(size))
    return surface


def _lit(surface: pygame.Surface) -> pygame.Rect:
    """Where anything has been drawn."""
    mask = pygame.mask.from_threshold(surface, (0, 0, 0), (1, 1, 1, 255))
    mask.invert()
    boxes = mask.get_bounding_rects()
    return boxes[0].unionall(boxes[1:]) if boxes else pygame.Rect(0, 0, 0, 0)


@pytest.mark.parametrize("size", SIZES)
def test_it_stands_over_the_place(terrain: Terrain, size: tuple[int, int]) -> None:
    """Its tip points down at the place, above the ground; at the mark it is green and says nothing more."""
    box = _lit(drawn(terrain, size, LetGo(0.0, True, "WORDS")))
    assert abs(box.centerx - 0.5 * size[0]) <= 2
    assert box.bottom < 0.5 * size[1]
    assert box.width < 0.05 * max(size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("x_m", [-3000.0, -300.0, 200.0, 240.0, 262.0, 300.0, 3000.0])
def test_it_stays_in_the_picture_with_its_words(terrain: Terrain, size: tuple[int, int], x_m: float) -> None:
    """Also beyond the edge, where it points outward; and its words do not lie over the chosen mark's mast."""
    surface = drawn(terrain, size, LetGo(x_m, False, "IF YOU LET GO"))
    box = _lit(surface)
    bare = _lit(drawn(terrain, size, LetGo(x_m, False, "")))
    assert box.width > bare.width  # the words are there
    assert surface.get_rect().inflate(-2, -2).contains(box)
    mast_x = 0.5 * size[0] + 250.0 * 0.5 * size[0] / HALF_M
    mast = pygame.Rect(0, 0, 6, round(80.0 * layout_of(size).unit))
    mast.midbottom = (round(mast_x), size[1] // 2)
    surface.fill((0, 0, 0), bare)  # only the words
    assert not _lit(surface).colliderect(mast)


def test_the_ground_beyond_the_picture_is_not_made_for_it(terrain: Terrain, monkeypatch: pytest.MonkeyPatch) -> None:
    """Far terrain costs time when it is first asked for: the triangle asks for none that is not in the picture."""
    asked: list[float] = []
    height_at = Terrain.height_at

    def noted(self: Terrain, x_m: float) -> float:
        asked.append(x_m)
        return height_at(self, x_m)

    monkeypatch.setattr(Terrain, "height_at", noted)
    for x_m in (-5000.0, 0.0, 5000.0):
        drawn(terrain, (1280, 720), LetGo(x_m, False, "WORDS"))
    assert all(abs(x_m) <= HALF_M for x_m in asked)


@pytest.mark.parametrize(("mode", "shown"), [(Mode.MANUAL, True), (Mode.GUIDED, False), (Mode.RAW, False)])
def test_only_hands_that_steer_see_it(mode: Mode, shown: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Manual; not when the autopilot steers, which lets nothing go, nor in Raw, where nothing is told."""
    seen: list[LetGo] = []
    monkeypatch.setattr("game.view.ground.draw_let_go", lambda *given: seen.append(given[3]))
    with a_player() as player:
        scene = FlightScene(player.app.kit, load_level("powered-descent"), mode, 0)
        player.app.open(scene)
        _until_powered(player, scene)
        player.frame()
        assert bool(seen) is shown
        if shown:
            player.hold(pygame.K_LSHIFT, down=True)  # ASSIST
            player.frame()
            seen.clear()
            player.frame()
            assert not seen


def _until_powered(player: Player, scene: FlightScene) -> None:
    for _ in range(200):
        if scene.flight.phase is Phase.POWERED:
            return
        player.frame()
    raise AssertionError("the engines never lit")


def test_at_the_mark_it_is_green(terrain: Terrain) -> None:
    """White elsewhere: it warns of nothing, it tells."""
    for good, colour in ((True, p.GO), (False, p.TEXT)):
        surface = drawn(terrain, (1280, 720), LetGo(-100.0, good, ""))
        assert surface.get_at(_lit(surface).center)[:3] == colour
