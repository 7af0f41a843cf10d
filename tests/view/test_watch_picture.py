"""The picture of a replay that is watched, and of the show on the title: everything fits, nothing jumps to the eye."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pygame
import pytest

from game.audio.backend import NullAudio
from game.content.levels import load_level
from game.content.texts import load_texts
from game.input.devices import Hand
from game.record.preferences import Preferences, TextSize
from game.record.reel import Reel
from game.record.replay import read_replay
from game.scenes.attract import AttractScene
from game.scenes.kit import Kit
from game.scenes.stack import Quit
from game.scenes.title import TitleScene
from game.scenes.watch import WatchScene
from game.view import look
from game.view.showcase import Call, draw_call, strip_in
from game.view.timeline import Key, places_in
from game.view.world import Studio
from tests.replay.kept import FOLDER
from tests.tiers import some
from tests.view.test_pages import SIZES, _check

pytestmark = pytest.mark.usefixtures("window", "plain_look")


@cache
def _reel(name: str) -> Reel:
    replay = read_replay(FOLDER / f"{name}.replay")
    reel = Reel(replay, load_level(replay.header.level), name)
    while not reel.done:
        reel.fill(5000)
    return reel


@pytest.fixture
def kit() -> Kit:
    return Kit(load_texts(), Studio(), NullAudio())


def _wear(size: TextSize) -> None:
    look.wear(replace(Preferences(), text_size=size))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_size", some(TextSize))
@pytest.mark.parametrize("hand", some(Hand))
def test_everything_around_a_replay_fits(kit: Kit, size: tuple[int, int], text_size: TextSize, hand: Hand) -> None:
    """Banner, names of events, keys and hints, in every size of words: inside the window, apart from each other."""
    _wear(text_size)
    kit.devices.hand = hand
    scene = WatchScene(kit, _reel("jezero-autopilot"), Quit, by="Flown by ABC")
    surface = pygame.Surface(size)
    for share in (0.0, 0.3, 1.0):
        scene.jump(share * scene.reel.total_ticks)
        scene.playing = share > 0.0
        scene.draw(surface, 0.5)
        _check(scene.written, surface.get_rect())
        shown = " ".join(line.text for line in scene.written)
        for word in ("JEZERO", "ABC", "Exact", "Landed", "of 8:50"):
            assert word in shown, (word, shown)
    places = places_in(size)
    keys = [rect for key, rect in places.keys.items() if key is not Key.LEAVE]
    assert all(places.strip.contains(rect) for rect in keys)
    assert places.banner.contains(places.keys[Key.LEAVE])
    for line in scene.written:
        assert line.rect.collidelist(keys) < 0, line.text
    hint = scene._timeline().hint
    below = [line for line in scene.written if line.text in hint]
    assert " ".join(line.text for line in below) == hint
    assert all(line.rect.top >= places.bar.bottom for line in below)


@pytest.mark.parametrize("size", SIZES)
def test_the_flight_keeps_most_of_the_window(size: tuple[int, int]) -> None:
    """What is told around it takes a quarter of its height at most."""
    assert places_in(size).flight.height >= 0.75 * size[1]


@pytest.mark.parametrize("share", some([0.2, 0.75, 0.02, 0.6, 0.93, 1.0], 2))
def test_every_phase_is_drawn_in_the_smallest_window(kit: Kit, share: float) -> None:
    """What is left for the flight there is too low for words: a shrunk picture of a larger one."""
    scene, surface = WatchScene(kit, _reel("jezero-autopilot"), Quit), pygame.Surface((480, 360))
    scene.jump(share * scene.reel.total_ticks)
    scene.draw(surface, 0.5)
    part = surface.subsurface(places_in((480, 360)).flight)
    assert len({bytes(part.get_at((x, y))[:3]) for x in range(0, 480, 9) for y in range(0, part.get_height(), 9)}) > 20


def test_drawing_changes_nothing(kit: Kit) -> None:
    """Drawn twice it is the same picture, and what comes next is what would have come."""
    one, other = (WatchScene(kit, _reel("sky-crane-autopilot"), Quit) for _ in range(2))
    surface = pygame.Surface((960, 540))
    for scene in (one, other):
        scene.jump(2000)
    pictures = []
    for _ in range(3):
        one.draw(surface, 0.3)
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert len(set(pictures)) == 1
    for _ in range(40):
        one.tick()
        one.draw(surface, 0.7)
        other.tick()
    assert one.head == other.head
    for scene in (one, other):
        scene.draw(surface, 0.5)
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert pictures[-1] == pictures[-2]


def test_the_same_moment_looks_the_same_wherever_one_comes_from(kit: Kit) -> None:
    """From before or from after, in space, where nothing is left of the way that one came."""
    scene, surface = WatchScene(kit, _reel("jezero-autopilot"), Quit), pygame.Surface((640, 360))
    pictures = []
    for start in (40_000, 100, 63_000):
        scene.jump(start)
        scene.playing = False
        scene.jump(7000)
        scene.draw(surface, 0.5)
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert len(set(pictures)) == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_size", TextSize)
def test_the_call_fits(kit: Kit, size: tuple[int, int], text_size: TextSize) -> None:
    """With the longest title and somebody's initials and points."""
    _wear(text_size)
    surface = pygame.Surface(size)
    who = kit.texts.get("attract.who", who="WWW", points=10_000.0)
    stage, strip = strip_in(size)
    assert stage.height + strip.height == size[1]
    call = Call(kit.texts.get("attract.press"), "Powered descent · One button", who)
    _check(draw_call(surface, strip, call, 0.0), surface.get_rect())


@pytest.mark.parametrize("size", some([*SIZES, (480, 360)], 2))
def test_the_show_is_drawn_in_any_window(kit: Kit, size: tuple[int, int]) -> None:
    """A flight above the call, in the smallest window too."""
    scene = AttractScene(kit, TitleScene(kit))
    surface = pygame.Surface(size)
    flight = scene.act
    for _ in range(200):
        scene.tick()
    scene.draw(surface, 0.5)
    seen = {bytes(surface.get_at((size[0] // 2, y))[:3]) for y in range(0, size[1], 3)}
    assert len(seen) > 20
    assert scene.act is flight
