"""What the window draws: boxes that hold their words, and drawing that changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pygame
import pytest

from game.audio.backend import NullAudio
from game.audio.cues import CUES
from game.content.flown import load_flown
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import Texts, load_texts
from game.content.units import Units
from game.cues.debrief import debrief
from game.cues.hud import hud_model
from game.cues.track import Stood, Track
from game.pilots.autopilot import Autopilot
from game.pilots.pilot import Helm
from game.report import FlightReport, report_of
from game.scenes.flight import FlightScene
from game.scenes.kit import Kit
from game.scenes.pause import PauseScene
from game.scenes.stack import Scene, draw_stack
from game.scenes.title import TitleScene
from game.sim.events import EventName, Reason
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Outcome, Part
from game.view import fonts
from game.view.camera import Viewport
from game.view.hud import HudNotes, draw_hud
from game.view.layout import layout_of
from game.view.panels import Seen, draw_result
from game.view.particles import BUDGET, Puff, Puffs
from game.view.pen import Written
from game.view.shed import inside_backshell
from game.view.world import Studio
from tests.tiers import some

SIZES = [(1920, 1080), (1024, 768), (720, 1280), (960, 540), (3840, 2160), (1280, 1024), (1080, 1920)]


pytestmark = pytest.mark.usefixtures("window")


@pytest.fixture(scope="module")
def kit() -> Kit:
    return Kit(load_texts(), Studio(), NullAudio())


def _moments() -> list[Nav]:
    """Nav at many moments of an autopilot's flight, so that every phase and most words are among them."""
    flight = Flight(load_level("powered-descent").flight_spec(), 4)
    helm = Helm(Autopilot())
    seen = []
    while not flight.over:
        if flight.tick % 240 == 0 or (flight.phase is Phase.TOUCHDOWN and flight.tick % 30 == 0):
            seen.append(flight.nav())
        helm.hear(flight.step(helm.command(flight)))
    return seen


@pytest.fixture(scope="module")
def moments() -> list[Nav]:
    return _moments()


def _assert_inside(written: list[Written], size: tuple[int, int]) -> None:
    window = pygame.Rect((0, 0), size)
    for text in written:
        assert text.box.inflate(4, 4).contains(text.rect), f"{text.text!r} leaves its box at {size}"
        assert window.contains(text.rect), f"{text.text!r} leaves the window at {size}"


@pytest.mark.parametrize("size", SIZES)
def test_the_huds_boxes_are_apart_and_inside_the_window(size: tuple[int, int]) -> None:
    """No box overlaps another or the edge; the flight keeps more than a quarter of the window for itself."""
    layout = layout_of(size)
    boxes = layout.boxes()
    for (one, a), (other, b) in combinations(boxes.items(), 2):
        assert not a.colliderect(b), f"{one} and {other} overlap at {size}"
    for name, box in boxes.items():
        assert pygame.Rect((0, 0), size).contains(box), name
    left, top, right, bottom = layout.stage
    assert (right - left) * (bottom - top) > 0.25 * size[0] * size[1]


@pytest.mark.parametrize("units", Units)
@pytest.mark.parametrize("size", some([(720, 1280), (1024, 768), (1920, 1080), (960, 540)], 2))
def test_every_word_of_the_hud_fits_in_its_box(size: tuple[int, int], moments: list[Nav], units: Units) -> None:
    """Over a whole flight, in Manual and in Raw, no line of text is cut off or covers another."""
    surface = pygame.Surface(size)
    texts = load_texts(units=units)
    notes = HudNotes(texts.get("mode.manual"), True, 2.0, texts.get("event.terrain_lock"))
    for nav in moments:
        written = draw_hud(surface, layout_of(size), hud_model(nav), texts, notes)
        _assert_inside(written, size)
        for one, other in combinations(written, 2):
            # Letters do not touch; the empty edges of two lines may.
            assert not one.rect.inflate(-2, -0.4 * one.rect.height).colliderect(
                other.rect.inflate(-2, -0.4 * other.rect.height)
            ), f"{one.text!r} covers {other.text!r} at {size}"


@pytest.mark.parametrize("units", Units)
def test_text_is_never_small_at_1080_lines(
    moments: list[Nav], monkeypatch: pytest.MonkeyPatch, units: Units
) -> None:  # fmt: skip
    """At 1920x1080 no line of the HUD is set below 20 px."""
    sizes: dict[str, int] = {}
    draw: Callable[..., pygame.Surface] = fonts.line

    def watched(text: str, face: fonts.Face, px: int, colour: tuple[int, int, int]) -> pygame.Surface:
        sizes[text] = px
        return draw(text, face, px, colour)

    monkeypatch.setattr(fonts, "line", watched)
    size = (1920, 1080)
    notes = HudNotes("Manual", False, 1.0)
    for nav in moments[::3]:
        draw_hud(pygame.Surface(size), layout_of(size), hud_model(nav), load_texts(units=units), notes)
    assert {text: px for text, px in sizes.items() if px < 20} == {}


def _landed() -> FlightReport:
    flight = Flight(load_level("sky-crane").flight_spec(), 0)
    helm = Helm(Autopilot())
    events = []
    while not flight.over:
        happened = flight.step(helm.command(flight))
        helm.hear(happened)
        events += happened
    return report_of(flight, events, level="sky-crane", pilot="person", mode="manual", dispersed=False)


@pytest.mark.parametrize("units", Units)
@pytest.mark.parametrize("size", SIZES[:4])
@pytest.mark.slow
def test_the_result_fits_for_every_reason(size: tuple[int, int], units: Units) -> None:
    """Whatever the reason, no line of the result leaves its pane or the window."""
    report = _landed() if not _REPORT else _REPORT[0]
    _REPORT[:] = [report]
    texts = load_texts(units=units)
    figures = tuple((name, 2.5) for name in ("speed_mps", "along_mps", "paid_m", "slope_deg", "distance_m", "time_s"))
    for reason in Reason:
        outcome = {Reason.LANDED: Outcome.LANDED, Reason.COMPLETED: Outcome.COMPLETED}.get(reason, Outcome.LOST)
        shown = replace(report, reason_code=reason, reason_figures=figures, outcome=outcome)
        written = _all_pages(size, texts, shown, "Sky crane", remark=texts.get("result.guided"))
        _assert_inside(written, size)


@pytest.mark.slow
def test_a_result_with_much_to_say_leaves_out_what_is_said_for_fun() -> None:
    """At 960x540 a long remark and two causes fill the pane: the keys at its foot stay readable."""
    texts, size = load_texts(), (960, 540)
    report = _landed() if not _REPORT else _REPORT[0]
    remark = " ".join(texts.get(f"result.{key}") for key in ("guided", "try_manual", "new_best", "guided"))
    joke = texts.get(debrief(report, flown=load_flown("perseverance")).joke)
    few = _all_pages(size, texts, report, "Sky crane", remark="")
    many = _all_pages(size, texts, report, "Sky crane", remark)
    assert joke in {line.text for line in few}
    assert joke not in {line.text for line in many}


def _all_pages(size: tuple[int, int], texts: Texts, report: FlightReport, title: str, remark: str) -> list[Written]:
    """Everything that is written on every page of the result; each page's lines keep off each other."""
    rows = [
        Stood(400.0 + 0.1 * i, 30.0 - 0.1 * i, 20.0, 1.0 + i % 7, 0.1, 9.0, 0.4, 0.0, 0.0, 50.0, 9.0)
        for i in range(300)
    ]
    hers = load_flown("perseverance")
    seen = Seen(debrief(report, flown=hers), hers, Track(rows), remark=remark)
    written: list[Written] = []
    for page in seen.pages:
        there = draw_result(pygame.Surface(size), texts, report, title, replace(seen, page=page))
        for one, other in combinations(there, 2):
            tight = [line.rect.inflate(-2, -0.4 * line.rect.height) for line in (one, other)]
            assert not tight[0].colliderect(tight[1]), f"{one.text!r} covers {other.text!r} on {page} at {size}"
        written += there
    return written


_REPORT: list[FlightReport] = []


def _pixels(scenes: list[Scene], size: tuple[int, int], alpha: float = 0.5) -> bytes:
    surface = pygame.Surface(size)
    draw_stack(scenes, surface, alpha)
    return pygame.image.tobytes(surface, "RGB")


def test_drawing_changes_nothing(kit: Kit) -> None:
    """Drawn twice the picture is the same to the pixel, and the flight's digest and dust stay as they were."""
    scene = FlightScene(kit, load_level("sky-crane"), Mode.GUIDED, 3)
    for tick in range(700):
        kit.controls.action = tick == 360
        scene.tick()
    digest, puffs = scene.flight.digest(), len(scene.world.effects.puffs)
    assert puffs > 5
    size = (480, 270)
    first = _pixels([scene], size)
    assert _pixels([scene], size) == first
    assert (scene.flight.digest(), len(scene.world.effects.puffs)) == (digest, puffs)
    assert _pixels([scene], size, 0.0) != first
    paused: list[Scene] = [scene, PauseScene(kit, scene.again, scene.tempo)]
    assert _pixels(paused, size) == _pixels(paused, size) != first
    title: list[Scene] = [TitleScene(kit)]
    assert _pixels(title, size) == _pixels(title, size)


def test_a_drawn_flight_is_the_same_as_one_that_nobody_sees(kit: Kit) -> None:
    """Rendering on or off gives the same digest."""
    digests = set()
    for drawn in (False, True):
        scene = FlightScene(kit, load_level("powered-descent"), Mode.GUIDED, 6)
        for tick in range(240):
            scene.tick()
            if drawn and tick % 40 == 0:
                _pixels([scene], (320, 240))
        digests.add(scene.flight.digest())
    assert len(digests) == 1


@pytest.mark.slow
def test_the_craft_is_in_the_picture_all_the_way_down(kit: Kit) -> None:
    """From 2 km to the wheels rover, stage and ground are in the free part of the window, clear of the HUD."""
    for size in ((1920, 1080), (720, 1280)):
        scene = FlightScene(kit, load_level("powered-descent"), Mode.GUIDED, 2)
        layout = layout_of(size)
        helm = Helm(Autopilot())
        while scene.flight.phase is not Phase.FLYAWAY:
            kit.controls.action = helm.command(scene.flight).action
            assert scene.tick() is None
            if scene.flight.tick % 30:
                continue
            view, now = scene.world.viewport(layout, 1.0), scene.world.moment(1.0)
            left, top, right, bottom = layout.stage
            for place in (now.rover, now.stage):
                x, y = view.screen(place.x_m, place.y_m)
                assert left < x < right, (size, scene.flight.t_s)
                assert top < y < bottom, (size, scene.flight.t_s)
            ground = view.screen(now.rover.x_m, scene.flight.terrain.height_at(now.rover.x_m))[1]
            assert ground < bottom


def test_dust_has_a_budget() -> None:
    """However much is stirred up, the oldest puffs go first."""
    puffs = Puffs("test")
    for index in range(3 * BUDGET):
        puffs.add(Puff(float(index), 1e9, 0.0, 0.0, 1.0, 0.0, 1.0, 0.1, 1.0, (1, 2, 3), 0.5))
    assert len(puffs) == BUDGET


def test_every_event_has_a_cue() -> None:
    """Nothing happens without something to hear, once there is sound."""
    assert set(CUES) == set(EventName)


def test_the_stage_comes_out_of_the_backshell_from_behind_its_side(kit: Kit) -> None:
    """When it is let go the shell's side still hides it; once it is out, nothing is drawn over it any more."""
    scene = FlightScene(kit, load_level("powered-descent"), Mode.GUIDED, 0)
    world, whole = scene.world, []
    for _ in range(2):
        scene.tick()
    now = world.moment(1.0)
    assert inside_backshell(now)
    shell = now.places[Part.BACKSHELL]
    view = Viewport(shell.x_m, shell.y_m, 60.0, 400, 400)
    for side in (False, True):
        surface = pygame.Surface((400, 400))
        world.art.draw_backshell(surface, view, now)
        world.art.draw(surface, view, now, frozenset())
        if side:
            world.art.draw_shell(surface, view, shell)
        whole.append(surface)
    # Below its middle the shell is white where the stage's dark belly would be.
    spots = [(200 + dx, 200 + dy) for dx in (-40, 0, 40) for dy in (-10, 10)]
    assert any(whole[0].get_at(spot) != whole[1].get_at(spot) for spot in spots)
    assert all(min(whole[1].get_at(spot)[:3]) > 120 for spot in spots)
    while scene.flight.phase is Phase.FREE_FALL:
        scene.tick()
    assert not inside_backshell(world.moment(1.0))
