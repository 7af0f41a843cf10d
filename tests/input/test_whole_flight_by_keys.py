"""The flight from space in Guided by posted key events: through the real loop, by the moments alone."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.scenes.flight import FlightScene
from game.scenes.result import ResultScene
from game.scenes.title import TitleScene
from game.sim.phases import Phase
from tests.input.flying import assert_good, fly, look_and_do
from tests.input.hands import OneButton
from tests.input.player import Player, a_player


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player() as someone:
        yield someone


@pytest.mark.slow
def test_posted_keys_fly_the_whole_flight_to_the_result(player: Player) -> None:
    """`jezero` from the title in Guided: course, cruise stage, mortar, heat shield, backshell, release, cut; with a
    pause in the entry. The rover stands, and the record flown again without a window ends in the same digest."""
    hand = OneButton(player)
    player.app.open(TitleScene(player.app.kit, "jezero"))
    player.frame()
    scene = player.start()
    phases, paused = [scene.flight.phase], False
    for _ in range(6000):
        if not isinstance(player.scene, FlightScene):
            break
        if scene.flight.phase is not phases[-1]:
            phases.append(scene.flight.phase)
        if scene.flight.phase is Phase.ENTRY and not paused:
            paused = True
            for _ in range(2):
                player.tap(pygame.K_p)
                player.frame()
            assert player.scene is scene
        look_and_do(player, hand, drawn=True)
    result = player.scene
    assert isinstance(result, ResultScene)
    assert phases == [phase for phase in Phase if phase is not Phase.OVER]
    assert_good(result, scene)


@pytest.mark.parametrize("name", ["course", pytest.param("parachute", marks=pytest.mark.slow)])
@pytest.mark.slow
def test_the_early_skills_end_at_their_goal(player: Player, name: str) -> None:
    """Guided, by ACTION alone, a level that ends before the ground shows that its goal is reached."""
    scene = FlightScene(player.app.kit, load_level(name), Mode.GUIDED, 0)
    player.app.open(scene)
    assert_good(fly(player, OneButton(player)), scene)
    assert player.frame()
