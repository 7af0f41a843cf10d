"""The list of all flights in the window: by keys and by finger, each of them can be seen, chosen and flown."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.scenes.brief import BriefScene
from game.scenes.ladder import ladder
from game.scenes.levels import LevelsScene
from game.scenes.stack import drawn_size
from game.scenes.title import TitleScene
from game.view.pen import Written
from tests.input.hands import Finger
from tests.input.player import Player, a_player

SIZES = [(1920, 1080), (1024, 768), (720, 1280), (960, 540)]
LOW = (320, 200)  # not even two columns have room for all


@pytest.fixture(params=[SIZES[-1], LOW], ids=str)
def player(request: pytest.FixtureRequest) -> Iterator[Player]:
    with a_player(request.param) as someone:
        yield someone


def opened(player: Player, level: str = "sky-crane") -> LevelsScene:
    """From the title, where this level is the next."""
    player.app.open(TitleScene(player.app.kit, level))
    player.frame()
    for key in (pygame.K_DOWN, pygame.K_DOWN, pygame.K_SPACE):
        player.tap(key)
        player.frame()
    scene = player.scene
    assert isinstance(scene, LevelsScene)
    return scene


def rows(scene: LevelsScene) -> dict[str, Written]:
    """Titles of flights that are seen, and where they stand."""
    titles = {level.title for level in ladder()}
    return {line.text: line for line in scene._written if line.text in titles}


def test_keys_go_through_every_flight_and_each_that_is_marked_is_seen(player: Player) -> None:
    """Down to the diary below the last, and once more to the first; in their order, and the words below are its own."""
    scene = opened(player)
    window = pygame.Rect((0, 0), drawn_size(pygame.display.get_window_size()))
    for level in ladder():
        assert scene.chosen is level
        assert window.contains(rows(scene)[level.title].rect)
        brief = player.app.kit.texts.fill(level.brief)
        assert "".join(line.text for line in scene._written).replace(" ", "").count(brief.replace(" ", "")) == 1
        player.tap(pygame.K_DOWN)
        player.frame()
    assert scene._at_diary
    player.tap(pygame.K_DOWN)
    player.frame()
    assert scene.chosen is ladder()[0]
    player.tap(pygame.K_UP)
    player.tap(pygame.K_UP)
    player.frame()
    assert scene.chosen is ladder()[-1]


def test_a_finger_reaches_every_flight(player: Player) -> None:
    """One touch marks it, wherever on its row, and where not all are seen, the list goes on from there."""
    scene, finger = opened(player), Finger(0)
    wide, high = drawn_size(pygame.display.get_window_size())
    for level in ladder()[1:]:
        line = rows(scene)[level.title]
        finger.tap((line.rect.left / wide, line.rect.centery / high))
        player.frame()
        assert scene.chosen is level
        assert player.scene is scene


@pytest.mark.parametrize("size", [(960, 540)], ids=str)
def test_a_second_touch_flies_it(size: tuple[int, int]) -> None:
    """Of the last one, in the other column: also far to the right of its title, where its best would stand."""
    with a_player(size) as player:
        scene, finger = opened(player), Finger(0)
        last = ladder()[-1]
        line = rows(scene)[last.title]
        at = ((line.box.right - 8) / size[0], line.rect.centery / size[1])
        finger.tap(at)
        player.frame()
        assert scene.chosen is last
        finger.tap(at)
        player.frame()
        brief = player.scene
        assert isinstance(brief, BriefScene)
        assert brief._level is last


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_all_are_seen_at_once_where_there_is_room(size: tuple[int, int]) -> None:
    """In one column or two, down the first and then the second, none on another."""
    with a_player(size) as player:
        seen = rows(opened(player))
        assert list(seen) == [level.title for level in ladder()]
        places = [line.rect for line in seen.values()]
        lefts = sorted({place.left for place in places})
        assert len(lefts) in (1, 2)
        assert [place.left for place in places] == sorted(place.left for place in places)
        for left in lefts:
            tops = [place.top for place in places if place.left == left]
            assert tops == sorted(set(tops))
