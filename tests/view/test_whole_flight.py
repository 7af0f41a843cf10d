"""The picture of the whole flight: one camera without a jump, every part drawn when it should be, words that fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import exp, hypot, log

import pygame
import pytest

from game.audio.backend import NullAudio
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import load_texts
from game.content.units import Units
from game.cues.debrief import debrief
from game.cues.deploy import BOX_NEAR_MACH
from game.cues.hud import HudModel, hud_model
from game.cues.prediction import predict
from game.cues.track import Track
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.record.verify import Verdict, verify
from game.scenes.flight import FlightScene
from game.scenes.kit import Kit
from game.scenes.result import ResultScene
from game.scenes.stack import Replace
from game.sim.events import Reason
from game.sim.phases import Phase
from game.sim.snapshot import Canopy, Nav, Outcome, Part, Truth
from game.sim.spec import TICK_HZ
from game.view import fonts
from game.view import palette as p
from game.view.camera import Viewport
from game.view.course_chart import CourseView, draw_course
from game.view.hud import HudNotes, draw_hud
from game.view.layout import layout_of
from game.view.moment import blended
from game.view.panels import Page, Seen, draw_result
from game.view.pen import Written
from game.view.plasma import heat_share
from game.view.setting import setting_of
from game.view.shed import shed_parts
from game.view.world import Studio
from tests.tiers import some

SIZES = [(1920, 1080), (1280, 720), (1024, 768), (1080, 1920)]
IN_FLIGHT = (Phase.CRUISE, Phase.APPROACH, Phase.ENTRY, Phase.PARACHUTE)
UNPAINTED = (255, 0, 255)
FRAME_TICKS = 2  # sixty pictures a second


@dataclass(frozen=True)
class Frame:
    """What one picture showed."""

    phase: Phase
    craft: tuple[float, float]
    log_scale: float
    log_close: float
    turn_rad: float
    horizon_px: float
    pace: float


@dataclass
class Film:
    """A whole Guided flight through the scene, at the pace of the window."""

    frames: list[Frame]
    truths: list[Truth]
    navs: list[Nav]
    models: list[HudModel]
    unpainted: list[tuple[Phase, int]]
    seconds: float
    result: object
    digest: str


pytestmark = pytest.mark.usefixtures("window")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return Kit(load_texts(), Studio(), NullAudio())


@pytest.fixture(scope="module")
def film(kit: Kit) -> Film:
    scene = FlightScene(kit, load_level("jezero"), Mode.GUIDED, 0)
    helm, layout = Helm(Autopilot()), layout_of((1920, 1080))
    frames, truths, navs, models, unpainted = [], [], [], [], []
    change, ticks = None, 0
    while change is None:
        kit.controls.action = helm.command(scene.flight).action
        change = scene.tick()
        ticks += 1
        if ticks % FRAME_TICKS == 0 and not scene.flight.over:
            view, now = scene.world.viewport(layout, 1.0), scene.world.moment(1.0)
            frames.append(
                Frame(
                    now.truth.phase, view.screen(now.stage.x_m, now.stage.y_m), log(view.px_per_m),
                    log(scene.world.close_px_per_m(layout, 1.0)), view.turn_rad,
                    setting_of(view, now, scene.world.globe).horizon_px, scene.pace,
                )
            )  # fmt: skip
        if ticks % 240 == 0 and scene.flight.phase is not Phase.COURSE:
            canvas = pygame.Surface((480, 270))
            canvas.fill(UNPAINTED)
            scene.draw_world(canvas, 0.5)
            left = pygame.mask.from_threshold(canvas, UNPAINTED, (1, 1, 1, 255)).count()
            unpainted.append((scene.flight.phase, left))
        if ticks % 60 == 0:
            truth, nav = scene.flight.snapshot(), scene.flight.nav()
            truths.append(truth)
            navs.append(nav)
            models.append(hud_model(nav, predict(nav) if nav.phase in IN_FLIGHT else None))
    assert isinstance(change, Replace)
    return Film(frames, truths, navs, models, unpainted, ticks / TICK_HZ, change.scene, scene.flight.digest())


@pytest.mark.slow
def test_the_default_pace_makes_the_whole_flight_two_to_three_minutes(film: Film) -> None:
    """From the course to the result screen."""
    assert isinstance(film.result, ResultScene)
    assert 120.0 < film.seconds < 180.0


@pytest.mark.slow
def test_the_camera_never_jumps(film: Film) -> None:
    """From one picture to the next the craft moves a few pixels, the zoom by a percent, up turns by a hair."""
    carried = [frame for frame in film.frames if frame.phase not in (Phase.FLYAWAY, Phase.OVER)]
    assert len({frame.phase for frame in carried}) == 9
    for one, other in pairwise(carried):
        where = (one.phase, other.phase)
        assert hypot(other.craft[0] - one.craft[0], other.craft[1] - one.craft[1]) < 4.0, where
        assert abs(other.log_scale - one.log_scale) < 0.015, where
        assert abs(other.log_close - one.log_close) < 0.015, where
        assert abs(other.turn_rad - one.turn_rad) < 0.001, where
        assert abs(other.horizon_px - one.horizon_px) < 3.0, where


@pytest.mark.slow
def test_every_pixel_of_every_picture_is_painted(film: Film) -> None:
    """Sky, planet and ground meet without a gap, from space down to the wheels."""
    assert len(film.unpainted) > 70
    assert {phase for phase, left in film.unpainted if left} == set()


@pytest.mark.slow
def test_the_pace_changes_smoothly(film: Film) -> None:
    """Time never speeds up by more than a twentieth from one picture to the next."""
    for one, other in pairwise(film.frames):
        assert -0.15 < log(other.pace / one.pace) < 0.05


@pytest.mark.slow
def test_the_craft_is_at_least_a_twentieth_of_the_window_or_has_its_canopy_or_ring(film: Film) -> None:
    """4.5 m across while it is carried; under the parachute canopy and lines belong to it."""
    for frame in film.frames:
        if frame.phase in (Phase.CRUISE, Phase.APPROACH, Phase.ENTRY):
            assert 4.5 * exp(max(frame.log_scale, frame.log_close)) > 0.05 * 1080.0
        if frame.phase is Phase.PARACHUTE:
            assert 21.0 * exp(max(frame.log_scale, frame.log_close)) > 0.05 * 1080.0


@pytest.mark.slow
def test_every_part_is_shown_as_carried_or_as_shed_at_its_time(film: Film) -> None:
    """Each leaves once, in the mission's order, and none comes back."""
    order: list[Part] = []
    for truth in film.truths:
        shed = set(shed_parts(truth))
        assert set(order) <= shed | set(order)
        order += [part for part in shed if part not in order]
        assert (Part.CRUISE_STAGE in shed) is not truth.cruise_stage_on
        assert (Part.HEAT_SHIELD in shed) is not truth.heat_shield_on
        assert (Part.BACKSHELL in shed) is not truth.backshell_on
    assert [part for part in order if "mass" not in part] == [Part.CRUISE_STAGE, Part.HEAT_SHIELD, Part.BACKSHELL]
    assert len(order) == 8


@pytest.mark.slow
def test_every_part_that_is_drawn_leaves_its_mark_on_the_picture(kit: Kit, film: Film) -> None:
    """Taking a part out of a moment changes the picture: nothing is hidden that should be seen, and the stowed is."""
    seen: set[str] = set()
    layout = layout_of((960, 540))
    spec = load_level("jezero").flight_spec()
    scene = FlightScene(kit, load_level("jezero"), Mode.GUIDED, 0)
    capsule, world = scene.world.capsule, scene.world
    for truth in film.truths:
        if truth.phase not in (Phase.CRUISE, Phase.APPROACH, Phase.ENTRY, Phase.PARACHUTE):
            continue
        now = blended(truth, truth, 1.0)
        close = world.viewport(layout, 1.0).scaled(20.0, now.stage.x_m, now.stage.y_m)
        canvas = pygame.Surface((960, 540))
        capsule.draw(canvas, close, now, None)
        whole = pygame.image.tobytes(canvas, "RGB")
        for part in (Part.CRUISE_STAGE, Part.HEAT_SHIELD, Part.PARACHUTE):
            if part not in now.places:
                continue
            without = type(now)(truth, now.t_s, {name: place for name, place in now.places.items() if name != part})
            canvas = pygame.Surface((960, 540))
            capsule.draw(canvas, close, without, None)
            if pygame.image.tobytes(canvas, "RGB") != whole:
                seen.add(part)
        if truth.heat_shield_on:
            moved = now.shifted((Part.ROVER, Part.BOGIE), 3.0, 0.0)
            canvas = pygame.Surface((960, 540))
            capsule.draw(canvas, close, moved, None)
            assert pygame.image.tobytes(canvas, "RGB") == whole, "the stowed rover shows"
    assert seen == {Part.CRUISE_STAGE, Part.HEAT_SHIELD, Part.PARACHUTE}
    assert spec.vehicle.parachute.stretch_s > 0.0


def test_the_fire_follows_the_heat() -> None:
    """No glow without heat, more with more, and the hottest is as hot as hers."""
    shares = [heat_share(flux) for flux in (0.0, 0.5, 5.0, 20.0, 57.0, 75.0, 200.0)]
    assert shares == sorted(shares)
    assert shares[0] == shares[1] == 0.0
    assert shares[-2] == pytest.approx(1.0)


def test_the_shield_reddens_from_the_nose(kit: Kit) -> None:
    """Cold it shows its tiles; the hotter, the redder, the nose more than the rim; nothing glows beside it."""
    scene = FlightScene(kit, load_level("heat-shield"), Mode.GUIDED, 0)
    place = scene.world.moment(1.0).places[Part.HEAT_SHIELD]
    place = replace(place, x_m=0.0, y_m=0.0, angle_rad=0.0)
    view, seen = Viewport(0.0, 0.0, 80.0, 480, 200), []
    for surface_c in (-30.0, 700.0, 1300.0):
        surface = pygame.Surface((480, 200))
        scene.world.capsule.draw_free(surface, view, Part.HEAT_SHIELD, place, surface_c)
        at = [surface.get_at((round(x), round(y))) for x, y in map(view.screen, (0.0, 1.7, 2.4), (-0.3, 0.18, 0.0))]
        seen.append([red - blue for red, _, blue, _ in at])
    (nose0, rim0, _), (nose1, rim1, _), (nose2, rim2, beside) = seen
    assert nose0 < nose1 < nose2
    assert rim0 < rim1 < rim2
    assert nose2 - nose0 > rim2 - rim0
    assert beside == 0


def _assert_apart(written: list[Written], size: tuple[int, int]) -> None:
    window = pygame.Rect((0, 0), size)
    for text in written:
        assert text.box.inflate(4, 4).contains(text.rect), f"{text.text!r} leaves its box at {size}"
        assert window.contains(text.rect), f"{text.text!r} leaves the window at {size}"
    for one, other in combinations(written, 2):
        assert not one.rect.inflate(-2, -0.4 * one.rect.height).colliderect(
            other.rect.inflate(-2, -0.4 * other.rect.height)
        ), f"{one.text!r} covers {other.text!r} at {size}"


@pytest.mark.parametrize("units", Units)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.slow
def test_every_word_fits_over_the_whole_flight(size: tuple[int, int], film: Film, units: Units) -> None:
    """In every phase, with the box's chart open, nothing is cut off or covered."""
    surface, texts = pygame.Surface(size), load_texts(units=units)
    notes = HudNotes(texts.get("mode.manual"), False, 8.0, texts.get("event.guidance_start", g=0.2), [(3.0, 900.0)])
    charts = 0
    for model in film.models[::2]:
        charts += model.arrival is not None and model.arrival.deploy is not None
        _assert_apart(draw_hud(surface, layout_of(size), model, texts, notes), size)
    assert charts > 3


@pytest.mark.parametrize("units", Units)
@pytest.mark.slow
def test_no_word_of_the_arrival_is_small_at_1080_lines(
    film: Film, monkeypatch: pytest.MonkeyPatch, units: Units
) -> None:  # fmt: skip
    """At 1920x1080 no line of HUD, box or chart is set below 20 px."""
    sizes: dict[str, int] = {}
    draw = fonts.line

    def watched(text: str, face: fonts.Face, px: int, colour: tuple[int, int, int]) -> pygame.Surface:
        sizes[text] = px
        return draw(text, face, px, colour)

    monkeypatch.setattr(fonts, "line", watched)
    size, texts = (1920, 1080), load_texts(units=units)
    for model in film.models[::3]:
        draw_hud(pygame.Surface(size), layout_of(size), model, texts, HudNotes("Manual", False, 4.0))
    course = film.truths[0].course
    assert course is not None
    draw_course(
        pygame.Surface(size), layout_of(size), Studio().heavens(size), CourseView(course, 0.0, True, 0.0), texts
    )
    assert {text: px for text, px in sizes.items() if px < 20} == {}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["course", "heat-shield", "parachute"])
@pytest.mark.parametrize("reached", [True, False])
@pytest.mark.parametrize("units", Units)
@pytest.mark.slow
def test_the_figures_of_a_goal_fit_the_result(
    size: tuple[int, int], name: str, reached: bool, film: Film, units: Units
) -> None:  # fmt: skip
    """Reached or missed, however far off, every row stays in its pane."""
    assert isinstance(film.result, ResultScene)
    level, texts = load_level(name), load_texts(units=units)
    off = 0.6 if reached else -3.0
    figures = tuple((wanted.name.value, wanted.aim + off * wanted.half_width) for wanted in level.goal.figures)
    report = replace(
        film.result.report, outcome=Outcome.COMPLETED if reached else Outcome.LOST, reason_figures=figures,
        reason_code=Reason.COMPLETED if reached else Reason.GOAL_MISSED, touchdown=None,
    )  # fmt: skip
    seen = Seen(debrief(report, goal=level.goal))
    _assert_apart(draw_result(pygame.Surface(size), texts, report, level.title, seen, level.goal), size)


@pytest.mark.parametrize("units", Units)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.slow
def test_every_page_of_the_result_fits(size: tuple[int, int], film: Film, units: Units) -> None:
    """Of the whole flight: points, four curves, two dozen moments and eleven parts, all apart and inside."""
    result = film.result
    assert isinstance(result, ResultScene)
    assert result.seen.pages == tuple(Page)
    for page in Page:
        surface, seen = pygame.Surface(size), replace(result.seen, page=page)
        _assert_apart(draw_result(surface, load_texts(units=units), result.report, "Jezero", seen), size)


@pytest.mark.slow
def test_the_curves_are_drawn_over_the_flown_flight(film: Film) -> None:
    """On the page of curves there is ours in its colour, and the published figures in theirs: a disc for each."""
    result = film.result
    assert isinstance(result, ResultScene)
    shares = {}
    for name, seen in {
        "both": result.seen,
        "alone": replace(result.seen, flown=None),
        "still": replace(result.seen, track=Track(result.seen.track.rows[:2]) if result.seen.track else None),
    }.items():
        surface = pygame.Surface((1920, 1080))
        draw_result(surface, load_texts(), result.report, "Jezero", replace(seen, page=Page.CURVES))
        half = surface.subsurface((1000, 200, 900, 800))
        shares[name] = [_share(half, colour) for colour in (p.ACCENT, p.GO)]
    assert shares["both"][0] > 5 * shares["still"][0] > 0
    assert shares["both"][1] > 0
    assert shares["alone"][1] == 0


def _share(surface: pygame.Surface, colour: tuple[int, int, int]) -> int:
    """Pixels of exactly this colour."""
    return pygame.mask.from_threshold(surface, colour, (1, 1, 1, 255)).count()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("trim", [-1.0, 0.0, 1.0])
@pytest.mark.parametrize("units", Units)
@pytest.mark.slow
def test_the_course_chart_fits(size: tuple[int, int], trim: float, film: Film, kit: Kit, units: Units) -> None:
    """However far the course is off, every word of the chart has its own place, clear of the HUD's."""
    surface, texts, layout = pygame.Surface(size), load_texts(units=units), layout_of(size)
    truth, model = film.truths[0], film.models[0]
    assert truth.course is not None
    hud = draw_hud(surface, layout, model, texts, HudNotes("Guided", False, 1.0, texts.get("event.mark_chosen")))
    for error_deg in (-0.6, -0.1, 0.0, 0.08, 0.6):
        off = truth.course.wanted_deg + error_deg
        course = replace(truth.course, entry_angle_deg=off, downrange_m=90_000.0 * error_deg)
        written = draw_course(surface, layout, kit.studio.heavens(size), CourseView(course, trim, False, 1.0), texts)
        _assert_apart([*written, *hud], size)


@pytest.mark.parametrize("level", some(["heat-shield", "parachute", "jezero"], 2))
def test_drawing_the_arrival_twice_changes_nothing(kit: Kit, level: str) -> None:
    """The picture is the same to the pixel, and the flight is that of one that nobody draws."""
    digests = set()
    for drawn in (False, True):
        scene = FlightScene(kit, load_level(level), Mode.GUIDED, 3)
        helm = Helm(Autopilot())
        for tick in range(1500):
            kit.controls.action = helm.command(scene.flight).action
            scene.tick()
            if drawn and tick % 300 == 299:
                pictures = []
                for _ in range(2):
                    surface = pygame.Surface((480, 270))
                    scene.draw(surface, 0.5)
                    pictures.append(pygame.image.tobytes(surface, "RGB"))
                assert pictures[0] == pictures[1]
        digests.add((scene.flight.tick, scene.flight.digest()))
    assert len(digests) == 1


@pytest.mark.slow
def test_the_pace_changes_no_digit(film: Film) -> None:
    """Flown again tick by tick, without a window and eight seconds in one, the record ends in the same digest."""
    assert isinstance(film.result, ResultScene)
    replay = film.result.replay
    assert verify(replay, load_level("jezero"), "film").verdict is Verdict.EXACT


def test_the_box_is_near_before_it_is_met() -> None:
    """The chart opens while there is time to read it."""
    assert BOX_NEAR_MACH > 3.0


@pytest.mark.slow
def test_the_canopy_comes_in_its_order(film: Film) -> None:
    """Packed, fired, inflating, open: never back."""
    order = list(Canopy)
    places = [order.index(truth.canopy) for truth in film.truths]
    assert places == sorted(places)
    assert Canopy.OPEN in {truth.canopy for truth in film.truths}
