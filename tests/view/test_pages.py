"""The pages of words: title, ladder, brief, help, and what a first flight is told. Nothing cut off, nothing on top."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations, cycle, product

import pygame
import pytest

from game.audio.backend import NullAudio
from game.content.levels import Medal
from game.content.modes import Mode
from game.content.texts import load_texts
from game.content.units import Units
from game.input.actions import Action
from game.input.devices import Hand
from game.scenes.brief import BriefScene
from game.scenes.diary import DiaryScene
from game.scenes.help import HelpScene
from game.scenes.kit import Kit
from game.scenes.ladder import ladder
from game.scenes.levels import LevelsScene
from game.scenes.title import TitleScene
from game.sim.events import Reason
from game.sim.snapshot import Outcome
from game.view.checklist import Taught, TaughtRow, draw_taught
from game.view.layout import layout_of
from game.view.medals import draw_medal
from game.view.pen import Pen, Written
from game.view.world import Studio
from tests.book.flights import NOW, made_up
from tests.tiers import some

SIZES = [(1920, 1080), (1024, 768), (720, 1280), (960, 540)]


pytestmark = pytest.mark.usefixtures("window")


@pytest.fixture
def kit() -> Kit:
    return Kit(load_texts(), Studio(), NullAudio())


def _check(lines: list[Written], window: pygame.Rect) -> None:
    assert lines
    for line in lines:
        assert window.contains(line.rect), f"{line.text!r} leaves the window of {window.size}"
        assert line.box.inflate(4, 4).contains(line.rect), f"{line.text!r} leaves its box in {window.size}"
    for one, other in combinations(lines, 2):
        # A line's rect holds room above and below its letters: only what truly lies on another is meant.
        shared = one.rect.clip(other.rect)
        least = 0.35 * min(one.rect.height, other.rect.height)
        assert shared.height <= least or shared.width <= 2, f"{one.text!r} lies on {other.text!r} in {window.size}"


@pytest.mark.parametrize("size", SIZES)
def test_the_title_has_room_for_every_flight_and_mode(kit: Kit, size: tuple[int, int]) -> None:
    """Whatever is marked, the words stay below the title's own, inside the window and apart."""
    surface = pygame.Surface(size)
    subtitle = kit.texts.get("game.subtitle").upper()
    scenes = [TitleScene(kit, level.id) for level in ladder()]
    for scene, mode in [*zip(scenes, cycle(Mode), strict=False), *product(scenes[:1], Mode)]:
        scene.mode = mode
        scene._index = list(Mode).index(mode)
        scene.draw(surface, 0.0)
        at = {line.text: line.rect for line in scene._written}
        assert at[scene._labels()[0]].top > at[subtitle].bottom
        _check(scene._written, surface.get_rect())


def _well_filled(kit: Kit) -> None:
    """Every level landed, and lost in every way that there is, often: far more flights than a page has room for."""
    losses = [reason for reason in Reason if reason not in (Reason.LANDED, Reason.COMPLETED)]
    for seed, reason in enumerate([Reason.LANDED, *losses] * 4):
        replay, report = made_up(
            9000, seed=seed, level=ladder()[seed % len(ladder())].id, mode=(Mode.GUIDED, Mode.RAW)[seed % 2]
        )
        if reason is not Reason.LANDED:
            report = replace(report, outcome=Outcome.LOST, reason_code=reason)
        kit.book.add(replay, replace(report, ticks=10**8), now=NOW + timedelta(days=20 * seed), practised=seed % 5 == 4)


@pytest.mark.parametrize("size", some([*SIZES, (480, 360)], 2))
@pytest.mark.parametrize("hand", some(Hand))
@pytest.mark.parametrize("filled", [True, False])
def test_the_diary_fits_on_every_device(kit: Kit, size: tuple[int, int], hand: Hand, *, filled: bool) -> None:
    """Overall and for every level, both pages of it, and the one sentence of an empty book. The hand changes
    the keys at the foot and the units, no more.
    """
    kit.devices.hand = hand
    kit.texts.units = Units.US if hand is Hand.PAD else Units.METRIC
    if filled:
        _well_filled(kit)
    surface = pygame.Surface(size)
    diary = DiaryScene(kit)
    for action in (Action.RIGHT, Action.DOWN) * (len(ladder()) + 1 if hand is Hand.KEYBOARD else 3):
        diary.draw(surface, 0.0)
        drawn = diary.drawn
        assert drawn is not None
        _check(drawn.written, drawn.pane)
        assert surface.get_rect().contains(drawn.pane)
        if filled:
            marked = next(rect for rect, index in drawn.scopes if index == diary._index)
            assert drawn.pane.contains(marked)
        diary.handle(action)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("hand", some(Hand))
def test_brief_ladder_and_help_fit_on_every_device(kit: Kit, size: tuple[int, int], hand: Hand) -> None:
    """For every level, with bests in the ladder; in feet where a hand might read them."""
    kit.devices.hand = hand
    kit.texts.units = Units.US if hand is Hand.PAD else Units.METRIC
    surface = pygame.Surface(size)
    kit.progress.alive("sky-crane", Mode.MANUAL, 9990)
    for level in ladder() if hand is Hand.KEYBOARD else ladder()[::4]:
        brief, levels = BriefScene(kit, level, Mode.MANUAL, 0), LevelsScene(kit, level.id, Mode.MANUAL, 0)
        for scene in (brief, levels):
            scene.draw(surface, 0.0)
        _check(brief.written, surface.get_rect())
        _check(levels._written, surface.get_rect())
    page = HelpScene(kit)
    page.draw(surface, 0.0)
    _check(page.written, surface.get_rect())


def test_a_long_ladder_scrolls_with_the_choice(kit: Kit) -> None:
    """In a low window only some rows are shown, and the chosen one is always among them."""
    surface = pygame.Surface((320, 200))
    for level in ladder():
        scene = LevelsScene(kit, level.id, Mode.GUIDED, 0)
        scene.draw(surface, 0.0)
        written = {line.text for line in scene._written}
        assert level.title in written
        assert len(written & {each.title for each in ladder()}) < len(ladder())


@pytest.mark.parametrize("size", SIZES)
def test_what_is_taught_stays_in_its_corner(kit: Kit, size: tuple[int, int]) -> None:
    """The longest list and the longest hint lie inside the box that no other box meets."""
    texts = kit.texts
    rows = tuple(
        TaughtRow("Left shift", texts.get(f"teach.{key}"), key == "lift") for key in ("lift", "assist", "mark")
    )
    hints = [texts.raw(key) for key in texts.keys() if key.startswith("hint.")]  # noqa: SIM118
    surface, layout = pygame.Surface(size), layout_of(size)
    lines = draw_taught(surface, layout, Taught("TRY IT", rows, "HINT", max(hints, key=len)))
    _check(lines, layout.taught)


def test_every_medal_is_another_shape() -> None:
    """In grey, where bronze and orange are alike, no two look the same, and none is the empty ring."""
    seen = set()
    for medal in (None, *Medal):
        surface = pygame.Surface((64, 64))
        draw_medal(Pen(surface, 1.0), 32.0, 32.0, medal, 28)
        mask = pygame.mask.from_threshold(pygame.transform.grayscale(surface), (30, 30, 30), (31, 31, 31))
        seen.add(pygame.image.tobytes(mask.to_surface(), "RGB"))
    assert len(seen) == 1 + len(Medal)
