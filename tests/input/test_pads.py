"""Gamepads through the real loop: SDL's virtual joystick, whose events are those of a real one."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.input.pads import default_bindings, is_pad_name
from game.record.settings import Control
from game.scenes.brief import BriefScene
from game.scenes.flight import FlightScene
from game.scenes.pause import PauseScene
from game.scenes.title import TitleScene
from tests.input.flying import assert_good, fly
from tests.input.hands import PadHands
from tests.input.player import Player, a_player
from tests.input.virtual_pad import VirtualPad, a_pad


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    # The dummy screen has no focus, without which SDL keeps a pad's events to itself.
    monkeypatch.setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")
    with a_player() as someone:
        yield someone


@pytest.fixture
def pad(player: Player) -> Iterator[VirtualPad]:
    with a_pad() as one:
        one.plug()
        yield one


def _flying(player: Player, level: str = "sky-crane", mode: Mode = Mode.MANUAL) -> FlightScene:
    scene = FlightScene(player.app.kit, load_level(level), mode, 0)
    player.app.open(scene)
    player.frame()
    return scene


def _tap(player: Player, pad: VirtualPad, button: int) -> None:
    pad.button(button, down=True)
    player.frame()
    pad.button(button, down=False)
    player.frame()


def test_two_buttons_and_a_stick_lead_from_the_title_into_a_flight_and_back(player: Player, pad: VirtualPad) -> None:
    """The stick chooses, the first button takes, Start pauses, the second goes on, and the menu leads to the title."""
    player.app.open(TitleScene(player.app.kit))
    player.frame()
    pad.axis(0, 1.0)  # Guided -> Manual
    player.frame()
    pad.axis(0, 0.0)
    player.frame()
    _tap(player, pad, 0)
    assert isinstance(player.scene, BriefScene)
    _tap(player, pad, 0)
    scene = player.scene
    assert isinstance(scene, FlightScene)
    assert scene.mode is Mode.MANUAL
    _tap(player, pad, 7)
    assert isinstance(player.scene, PauseScene)
    _tap(player, pad, 1)
    assert player.scene is scene
    assert not scene.cockpit.assist_held
    _tap(player, pad, 7)
    for way in ("up", "centre"):  # from the first line round to the last
        pad.hat(way)
        player.frame()
    _tap(player, pad, 0)
    assert isinstance(player.scene, TitleScene)
    _tap(player, pad, 1)
    assert isinstance(player.scene, TitleScene)  # the second button does not leave the game from here


def test_a_stick_tilts_by_as_much_as_it_is_pushed_and_reaches_what_keys_reach(player: Player, pad: VirtualPad) -> None:
    """Nothing in the dead zone, a part in between, all of it before the stick's very end."""
    scene = _flying(player, "powered-descent")
    tilts = []
    for value in (0.1, 0.5, 0.93, -1.0):
        pad.axis(0, value)
        player.frame()
        player.frame()
        tilts.append(scene.cockpit.levers.tilt)
    assert tilts[0] == 0.0
    assert 0.3 < tilts[1] < 0.6
    assert tilts[2:] == [1.0, -1.0]


def test_stick_and_trigger_move_the_throttle_over_all_of_its_way(player: Player, pad: VirtualPad) -> None:
    """The stick moves the lever, which stays; the trigger is the lever, and let go it is closed."""
    scene = _flying(player, "powered-descent")
    levers = scene.cockpit.levers
    pad.axis(1, -1.0)
    for _ in range(20):
        player.frame()
    assert levers.throttle == 1.0
    pad.axis(1, 0.0)
    player.frame()
    assert levers.throttle == 1.0
    for value, low, high in ((0.0, 0.45, 0.55), (1.0, 1.0, 1.0), (-1.0, 0.0, 0.0)):
        pad.axis(5, value)
        player.frame()
        assert low <= levers.throttle <= high
    assert player.app.kit.controls.pull == 0.0


def test_a_trigger_under_the_sky_crane_rises_from_the_lever_that_sinks_softly(player: Player, pad: VirtualPad) -> None:
    """There the lever is vertical speed: a trigger that is let go sinks at 0.75 m/s, not as fast as it can."""
    levers = _flying(player).cockpit.levers
    hover = levers.throttle
    for value, throttle in ((1.0, 1.0), (-1.0, hover)):
        pad.axis(5, value)
        player.frame()
        assert levers.throttle == throttle


def test_an_unplugged_pad_lets_everything_go_pauses_and_says_so_and_a_press_goes_on(
    player: Player, pad: VirtualPad
) -> None:
    """The flight stands still until the pad is back and a button of it is pressed; that press is no ACTION."""
    scene = _flying(player)
    pad.axis(0, 1.0)
    pad.button(1, down=True)
    player.frame()
    assert scene.cockpit.levers.tilt == 1.0
    assert player.app.kit.controls.assist
    pad.unplug()
    player.frame()
    pause, controls = player.scene, player.app.kit.controls
    assert isinstance(pause, PauseScene)
    assert pause._note == "pause.unplugged"
    assert (controls.tilt, controls.assist) == (0.0, False)
    tick = scene.flight.tick
    for _ in range(5):
        player.frame()
    pad.plug()
    player.frame()
    assert player.scene is pause
    assert pause._note == "pause.plugged"
    assert scene.flight.tick == tick
    pad.button(0, down=True)
    player.frame()
    assert player.scene is scene
    pad.button(0, down=False)
    for _ in range(3):
        player.frame()
    assert scene.flight.tick > tick
    assert not scene.flight.nav().rover_released


def test_a_pad_that_vanishes_without_a_word_holds_nothing(player: Player, pad: VirtualPad) -> None:
    """Not every driver lets go of what was held before it says that the pad is gone, and a pad that is gone reads 0."""
    scene = _flying(player)
    pad.axis(0, 1.0)
    pad.axis(5, 1.0)
    pad.button(1, down=True)
    player.frame()
    controls = player.app.kit.controls
    assert (controls.tilt, controls.pull, controls.assist) == (1.0, 1.0, True)
    (which,) = player.app.devices.pads._pads
    pygame.event.post(pygame.event.Event(pygame.JOYDEVICEREMOVED, instance_id=which))
    player.frame()
    assert (controls.tilt, controls.pull, controls.assist) == (0.0, 0.0, False)
    assert player.scene is not scene


def test_a_pad_that_lies_aside_is_unplugged_without_a_pause(player: Player, pad: VirtualPad) -> None:
    """Who flies by keys does not care."""
    scene = _flying(player)
    _tap(player, pad, 4)
    player.tap(pygame.K_LEFT)
    player.frame()
    pad.unplug()
    player.frame()
    assert player.scene is scene


@pytest.mark.slow
def test_a_thumb_that_was_still_flying_takes_no_result_and_the_second_button_flies_again(
    player: Player, pad: VirtualPad
) -> None:
    """Manual, by stick, trigger and buttons, to the result: a press too soon does nothing, a later one does."""
    scene = _flying(player)
    result = fly(player, PadHands(player, pad))
    assert_good(result, scene)
    _tap(player, pad, 0)
    assert player.scene is result
    for _ in range(12):
        player.frame()
    _tap(player, pad, 1)
    assert isinstance(player.scene, FlightScene)


def test_pads_of_other_families_have_their_start_and_their_cross() -> None:
    """A cross of four buttons, and a pad whose triggers are buttons: Start is not where a trigger is."""
    assert default_bindings("PS4 Controller", 16, 0)[Control.UP] == ("axis 1-", "button 11")
    assert default_bindings("Sony DualSense", 13, 1)[Control.PAUSE] == ("button 9",)
    assert default_bindings("Xbox 360 Controller", 11, 1)[Control.PAUSE] == ("button 7",)
    for family in (("PS4 Controller", 16, 0), ("PS5", 13, 1), ("any", 4, 1)):
        bound = default_bindings(*family)
        names = [name for names in bound.values() for name in names]
        assert len(names) == len(set(names))
        assert all(map(is_pad_name, names))
        assert set(bound) == set(Control)
