"""Binding controls anew through the real loop: from the title, by keys, by a gamepad, by taps; kept in the settings.

The page is the first line of the settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.app import App
from game.content.texts import load_texts
from game.record.settings import DEFAULTS, Control, Device, Keeper, Settings
from game.scenes.controls import ControlsScene
from game.scenes.kit import Kit
from game.scenes.title import TitleScene
from tests.input.player import Player, a_player
from tests.input.virtual_pad import VirtualPad, a_pad

SETTINGS, LEAVE = 3, 1  # lines up from the first of the title


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Player]:
    monkeypatch.setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")
    with a_player() as someone:
        surface = pygame.display.set_mode((960, 720))
        someone.app = App(surface, someone.clock, keeper=Keeper(tmp_path / "config" / "settings.toml"))
        someone.app.open(TitleScene(someone.app.kit))
        someone.frame()
        yield someone


def _to_controls(player: Player) -> ControlsScene:
    for _ in range(SETTINGS):
        player.tap(pygame.K_UP)
    player.tap(pygame.K_SPACE)
    player.tap(pygame.K_SPACE)
    player.frame()
    scene = player.scene
    assert isinstance(scene, ControlsScene)
    return scene


def _bind(player: Player, control: Control, key: int) -> None:
    scene = player.scene
    assert isinstance(scene, ControlsScene)
    for _ in range((list(Control).index(control) - scene._index) % (len(Control) + 2)):
        player.tap(pygame.K_DOWN)
    player.tap(pygame.K_RETURN)
    player.frame()
    assert scene.waiting
    player.tap(key)
    player.frame()


def _saved(tmp_path: Path) -> Settings:
    keeper = Keeper(tmp_path / "config" / "settings.toml")
    keeper.load(lambda device, name: True)
    assert keeper.file.problems == ()
    return keeper.settings


def test_a_key_is_bound_kept_and_flies(player: Player, tmp_path: Path) -> None:
    """J for tilt right: it stands in the file, and leans the craft in the next flight."""
    scene = _to_controls(player)
    _bind(player, Control.RIGHT, pygame.K_j)
    assert not scene.waiting
    assert _saved(tmp_path) == DEFAULTS.binding(Device.KEYBOARD, Control.RIGHT, ("j",))
    player.tap(pygame.K_ESCAPE)
    player.tap(pygame.K_ESCAPE)
    player.frame()
    assert isinstance(player.scene, TitleScene)
    for _ in range(SETTINGS):
        player.tap(pygame.K_DOWN)
    flight = player.start()
    player.hold(pygame.K_j, down=True)
    player.frame()
    assert flight.cockpit.levers.tilt > 0.0


def test_what_is_bound_twice_is_shown_and_the_defaults_come_back(player: Player, tmp_path: Path) -> None:
    """Both lines name the other; one press on the line below makes all as it was, in the file too."""
    scene = _to_controls(player)
    _bind(player, Control.ACTION, pygame.K_w)
    texts = load_texts()
    conflict = {row.name: row.conflict for row in scene._rows() if row.conflict}
    up, action = texts.get("control.up"), texts.get("control.action")
    assert set(conflict) == {up, action}
    assert up in conflict[action]
    assert action in conflict[up]
    shown = [line.text for line in scene._written]
    assert conflict[action] in shown
    for _ in range(len(Control) - scene._index):
        player.tap(pygame.K_DOWN)
    player.tap(pygame.K_RETURN)
    player.frame()
    assert not [row for row in scene._rows() if row.conflict]
    assert _saved(tmp_path) == DEFAULTS


@pytest.mark.parametrize("key", [pygame.K_ESCAPE, None])
def test_escape_and_time_leave_it_as_it_was(player: Player, tmp_path: Path, key: int | None) -> None:
    """Esc gives up and stays on the page; who has no Esc waits six seconds. Keys that are never controls do nothing."""
    scene = _to_controls(player)
    player.tap(pygame.K_RETURN)
    player.frame()
    for reserved in (pygame.K_RETURN, pygame.K_F2):
        player.tap(reserved)
        player.frame()
        assert scene.waiting
    if key is not None:
        player.tap(key)
        player.frame()
    else:
        for _ in range(91):
            player.frame()
    assert player.scene is scene
    assert not scene.waiting
    assert not (tmp_path / "config").exists()
    player.tap(pygame.K_DOWN)
    player.frame()
    assert scene._index == 1  # and keys mean again what they mean


def _press(player: Player, pad: VirtualPad, button: int) -> None:
    for down in (True, False):
        pad.button(button, down=down)
        player.frame()


def _push(player: Player, pad: VirtualPad, way: str, times: int) -> None:
    for _ in range(times):
        for each in (way, "centre"):
            pad.hat(each)
            player.frame()


def test_a_gamepad_alone_binds_its_own_parts_and_leaves_the_game(player: Player, tmp_path: Path) -> None:
    """To the page, a shoulder button for ACTION, which takes from then on; a stick that is a trigger; back; and out."""
    with a_pad() as pad:
        pad.plug()
        player.frame()
        _push(player, pad, "up", SETTINGS)
        _press(player, pad, 0)
        _press(player, pad, 0)
        scene = player.scene
        assert isinstance(scene, ControlsScene)
        _push(player, pad, "down", list(Control).index(Control.ACTION))
        _press(player, pad, 0)
        assert scene.waiting
        _press(player, pad, 10)
        assert not scene.waiting
        _push(player, pad, "down", list(Control).index(Control.THROTTLE) - list(Control).index(Control.ACTION))
        _press(player, pad, 10)
        assert scene.waiting
        pad.axis(4, 1.0)
        player.frame()
        assert _saved(tmp_path).bound(Device.PAD) == {Control.ACTION: ("button 10",), Control.THROTTLE: ("trigger 4",)}
        _press(player, pad, 1)
        _press(player, pad, 1)
        assert isinstance(player.scene, TitleScene)
        _push(player, pad, "down", SETTINGS - LEAVE)
        pad.button(10, down=True)
        player.clock.ns += 1
        assert not player.app.frame()


def _tap(player: Player, words: str) -> None:
    """A finger on these words."""
    line = next(each for each in player.scene._written if each.text == words)  # type: ignore[attr-defined]
    x, y = line.rect.centerx / 960, line.rect.centery / 720
    for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
        pygame.event.post(pygame.event.Event(kind, touch_id=1, finger_id=0, x=x, y=y, dx=0.0, dy=0.0))
    player.frame()


def test_taps_reach_the_page_and_leave_it(player: Player) -> None:
    """A tap opens each page, one waits for a key, one elsewhere gives up, one leaves."""
    texts = load_texts()
    _tap(player, texts.get("menu.settings"))
    _tap(player, texts.get("setting.controls"))
    scene = player.scene
    assert isinstance(scene, ControlsScene)
    _tap(player, texts.get("control.pause"))
    assert scene.waiting
    _tap(player, texts.get("control.left"))
    assert not scene.waiting
    _tap(player, texts.get("controls.done"))
    _tap(player, texts.get("setting.done"))
    assert isinstance(player.scene, TitleScene)


def test_settings_that_cannot_be_kept_are_used_and_told(player: Player, tmp_path: Path) -> None:
    """A folder where the file should be: the key works until the game ends, and the page says why no longer."""
    (tmp_path / "config").write_text("no folder")
    scene = _to_controls(player)
    _bind(player, Control.PAUSE, pygame.K_j)
    assert "cannot be made" in scene._note
    assert player.app.kit.devices.bindings(Device.KEYBOARD)[Control.PAUSE] == ("j",)


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (720, 1280), (480, 360)])
@pytest.mark.slow
def test_every_word_of_the_page_fits(player: Player, size: tuple[int, int]) -> None:
    """With conflicts and long names, no line leaves the pane or the window."""
    kit: Kit = player.app.kit
    scene = ControlsScene(kit)
    for control in (Control.LEFT, Control.UP, Control.ACTION):
        kit.devices.bind(kit.keeper.settings.binding(Device.KEYBOARD, control, ("lshift", "rshift", "kp_enter")))
    scene.draw(pygame.Surface(size), 0.0)
    for line in scene._written:
        assert line.box.inflate(4, 4).contains(line.rect), line.text
        assert pygame.Rect((0, 0), size).contains(line.rect), line.text
