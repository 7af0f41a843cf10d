"""What an art director asked for: Jezero is known by its relief, the craft is never hidden, ends show what broke."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

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
from game.sim.events import Reason
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Outcome, Part
from game.view import ground, skyline
from game.view.camera import Camera, Viewport
from game.view.farground import _bands, _edges
from game.view.framing import shot_of
from game.view.jezero import draw_jezero
from game.view.layout import layout_of
from game.view.sky import Backdrop
from game.view.sprites import SpriteBank
from game.view.world import Studio
from tests.view.films import LOSSES, NAMES, film

WIDE, UPRIGHT = (960, 540), (540, 960)
SIZE = (480, 270)
UNPAINTED = (255, 0, 255)

pytestmark = pytest.mark.usefixtures("window", "plain_look")


def _pixels(surface: pygame.Surface) -> bytes:
    return pygame.image.tobytes(surface, "RGB")


@pytest.fixture(scope="module")
def under_the_canopy() -> FlightScene:
    """A flight whose canopy has just filled, straight behind it."""
    kit = Kit(load_texts(), Studio(), NullAudio())
    scene = FlightScene(kit, load_level("parachute"), Mode.GUIDED, 0)
    helm = Helm(Autopilot())
    for _ in range(20_000):
        kit.controls.action = helm.command(scene.flight).action
        scene.tick()
        if scene.flight.snapshot().canopy is Canopy.OPEN:
            return scene
    raise AssertionError("the canopy did not fill")


@pytest.mark.parametrize("strip", [*skyline.JEZERO, *skyline.ELSEWHERE], ids=lambda strip: strip.__name__)
def test_a_strip_of_relief_comes_round_without_a_seam(strip: skyline.Relief) -> None:
    """Its last column is as like its first as neighbours anywhere are; its top is sky."""
    picture = strip((1600, 90))
    columns = [bytes(picture.get_at((x, y))[3] for y in range(90)) for x in (0, 1, 1598, 1599)]
    apart = [
        sum(abs(a - b) for a, b in zip(one, other, strict=True))
        for one, other in pairwise([*columns[2:], *columns[:2]])
    ]
    assert max(apart) <= 255 * 4
    assert all(picture.get_at((x, 0))[3] == 0 for x in range(1600))
    assert any(picture.get_at((400, y))[3] for y in range(90))


def test_the_delta_stands_at_jezero_and_nowhere_else() -> None:
    """Another site has another skyline, and going back brings the first one again."""
    backdrop, pictures = Backdrop(WIDE), []
    for jezero in (True, False, True):
        backdrop.look_at(jezero=jezero)
        surface = pygame.Surface(WIDE)
        backdrop.draw_whole(surface, 0.0, 300)
        pictures.append(_pixels(surface))
    assert pictures[0] == pictures[2] != pictures[1]


def test_the_plain_reaches_down_to_the_ground_below_a_steep_slope() -> None:
    """Where the ground falls away to a side faster than the plain, what is between them is plain too."""
    backdrop, surface = Backdrop(WIDE), pygame.Surface(WIDE)
    surface.fill(UNPAINTED)
    backdrop.draw_whole(surface, 0.0, 100)
    backdrop.draw_foot(surface, 100, [(0.0, 150.0), (960.0, 400.0)])
    assert pygame.mask.from_threshold(surface, UNPAINTED, (1, 1, 1, 255)).count() == 0
    before = _pixels(surface)
    backdrop.draw_foot(surface, 100, [(0.0, 110.0), (960.0, 160.0)])
    assert _pixels(surface) == before


@pytest.mark.parametrize("thin", [0, 64, 128, 256])
def test_the_planets_face_has_no_hard_steps(thin: int) -> None:
    """Between neighbouring bands no channel changes by more than the paper's grain hides."""
    bands = _bands(thin)
    assert all(nearer[0] < farther[0] for farther, nearer in pairwise(bands))
    assert all(max(abs(a - b) for a, b in zip(one[1], other[1], strict=True)) <= 8 for one, other in pairwise(bands))
    assert len(bands) <= len(_edges()) < 32


class _Above:
    """Straight perspective from 11 km up, 30 km off."""

    focal_px, back_m, width_px, height_px = 900.0, 30_000.0, 960, 540

    def at(self, downrange_m: float, away_m: float) -> tuple[float, float]:
        depth = self.back_m + away_m
        return 480.0 + self.focal_px * downrange_m / depth, 100.0 + self.focal_px * 11_000.0 / depth

    def along(
        self, points: Iterable[tuple[float, float]], downrange_m: float = 0.0, away_m: float = 0.0
    ) -> list[tuple[float, float]]:
        return [self.at(downrange_m + right_m, away_m + beyond_m) for right_m, beyond_m in points]


def test_the_crater_is_seen_from_above() -> None:
    """Rim, floor, delta and river bed together fill a good part of the picture, in many colours."""
    surface = pygame.Surface(WIDE)
    surface.fill(UNPAINTED)
    draw_jezero(surface, _Above())
    bare = pygame.mask.from_threshold(surface, UNPAINTED, (1, 1, 1, 255)).count()
    assert bare < 0.8 * WIDE[0] * WIDE[1]
    assert len(set(zip(*[iter(_pixels(surface))] * 3, strict=True))) > 20


@pytest.mark.slow
@pytest.mark.parametrize("size", [WIDE, UPRIGHT])
def test_a_trailing_canopy_fills_the_picture_and_stays_in_it(
    under_the_canopy: FlightScene, size: tuple[int, int]
) -> None:  # fmt: skip
    """From crown to capsule it takes a third of the free part at least, and both ends are inside of the window."""
    scene, layout = under_the_canopy, layout_of(size)
    truth, globe = scene.flight.snapshot(), scene.world.globe
    assert truth.phase is Phase.PARACHUTE
    lens = Camera(shot_of(truth, globe)).lens
    stage, canopy = truth.parts[Part.DESCENT_STAGE], truth.parts[Part.PARACHUTE]
    view = lens.viewport(*size, layout.stage, globe.turn_at(lens.x_m))
    close = view.magnified(lens.close_px_per_m(*size), stage.x_m, stage.y_m)
    ends = [close.screen(stage.x_m, stage.y_m), close.screen(canopy.x_m, canopy.y_m)]
    left, top, right, bottom = layout.stage
    assert all(left < x < right and top - 10.0 < y < bottom for x, y in ends)
    assert max(abs(ends[0][0] - ends[1][0]) / (right - left), abs(ends[0][1] - ends[1][1]) / (bottom - top)) > 0.33


@pytest.mark.parametrize("size", [WIDE, UPRIGHT])
def test_a_mark_far_aside_does_not_push_the_craft_behind_a_tape(size: tuple[int, int]) -> None:
    """On engines the camera leans towards the mark, but the craft keeps to the free part of the window."""
    scene = FlightScene(Kit(load_texts(), Studio(), NullAudio()), load_level("powered-descent"), Mode.GUIDED, 0)
    layout, world = layout_of(size), scene.world
    truth = scene.flight.snapshot()
    for mark_m in (-3_000.0, 3_000.0):
        far = replace(truth, mark_m=truth.parts[Part.ROVER].x_m + mark_m)
        world.camera = Camera(shot_of(far, world.globe))
        rover = world.moment(1.0).rover
        x, _ = world.viewport(layout, 1.0).screen(rover.x_m, rover.y_m)
        assert layout.stage[0] + 20.0 < x < layout.stage[2] - 20.0


def test_no_name_of_a_part_is_written_over_the_target() -> None:
    """The flag's box is told, so that names keep clear of it; outside of the free part there is none."""
    layout, surface = layout_of(WIDE), pygame.Surface(WIDE)
    box = ground.draw_beacon(surface, (480.0, 350.0), "TARGET", layout)
    assert box is not None
    assert box.collidepoint(480, 330)
    assert ground.draw_beacon(surface, (-50.0, 350.0), "TARGET", layout) is None


def test_a_wheel_that_came_off_is_not_on_the_rover_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the three that are seen two are left, and the third rolls away."""
    shown: list[str] = []
    show = SpriteBank.show

    def counted(bank: SpriteBank, surface: pygame.Surface, view: Viewport, drawing: object, *rest: object) -> None:
        shown.append(getattr(drawing, "name", ""))
        show(bank, surface, view, drawing, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(SpriteBank, "show", counted)
    wheels: dict[Outcome, int] = {}
    for frame in film(LOSSES[Reason.WHEELS_BROKEN], Studio()):
        outcome = frame.flight.outcome
        if frame.flight.phase is Phase.SKY_CRANE and outcome not in wheels:
            shown.clear()
            frame.world.draw(pygame.Surface(SIZE), layout_of(SIZE), 1.0, (), NAMES)
            wheels[outcome] = shown.count("wheel")
        if outcome is Outcome.LOST:
            break
    assert wheels == {Outcome.FLYING: 3, Outcome.LOST: 2}


@pytest.mark.slow
def test_nothing_is_taught_to_who_has_just_lost() -> None:
    """The list of controls would hide the wreck."""
    kit = Kit(load_texts(), Studio(), NullAudio())
    scene = FlightScene(kit, load_level("powered-descent"), Mode.MANUAL, 0)
    taught = []
    while not scene.flight.over:
        scene.tick()
        taught.append((scene.flight.outcome, scene._notes(()).taught))
    assert all(notes is not None for outcome, notes in taught if outcome is Outcome.FLYING)
    assert {notes for outcome, notes in taught if outcome is Outcome.LOST} == {None}
