"""Settings through the real loop: keys bound anew, and a bad file told on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.app import App, run
from game.content.levels import load_level
from game.content.modes import Mode
from game.record.settings import Keeper
from game.scenes.title import TitleScene
from game.view.notes import draw_note
from tests.input.player import Player, a_player


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player() as someone:
        yield someone


def _with_settings(player: Player, path: Path, text: str) -> App:
    path.write_text(text, encoding="utf-8")
    player.app = App(pygame.display.get_surface(), player.clock, keeper=Keeper(path))
    return player.app


def test_a_key_bound_anew_flies_and_the_old_one_does_not(player: Player, tmp_path: Path) -> None:
    """J for tilt right: D no longer leans the craft, J does; Space starts a flight still, because ACTION was left."""
    app = _with_settings(player, tmp_path / "settings.toml", '[keyboard]\nright = ["j"]\n')
    app.open(TitleScene(app.kit))
    scene = player.start()
    player.hold(pygame.K_d, down=True)
    player.frame()
    assert scene.cockpit.levers.tilt == 0.0
    player.hold(pygame.K_d, down=False)
    player.hold(pygame.K_j, down=True)
    player.frame()
    assert scene.cockpit.levers.tilt > 0.0


def test_menus_keep_their_keys_whatever_is_bound(player: Player, tmp_path: Path) -> None:
    """With every control on one letter, arrows, Enter and Esc still lead through the menus."""
    controls = ("left", "right", "up", "down", "action", "assist", "pause", "restart")
    lines = "".join(f'{control} = ["z"]\n' for control in controls)
    app = _with_settings(player, tmp_path / "settings.toml", f"[keyboard]\n{lines}")
    app.open(TitleScene(app.kit))
    player.tap(pygame.K_RIGHT)
    scene = player.start(pygame.K_RETURN)
    assert scene.mode is Mode.MANUAL
    player.tap(pygame.K_ESCAPE)
    player.frame()
    player.tap(pygame.K_ESCAPE)
    player.frame()
    assert player.scene is scene
    for key in (pygame.K_ESCAPE, pygame.K_UP, pygame.K_RETURN):
        player.tap(key)
        player.frame()
    assert isinstance(player.scene, TitleScene)


def test_the_keys_of_an_arcade_panel_fly_without_being_bound(player: Player) -> None:
    """Stick, button 1 and Start 1 of a usual encoder: it starts a flight, leans, and pauses."""
    player.app.open(TitleScene(player.app.kit))
    scene = player.start(pygame.K_LCTRL)
    player.hold(pygame.K_LEFT, down=True)
    player.frame()
    assert scene.cockpit.levers.tilt < 0.0
    player.tap(pygame.K_1)
    player.frame()
    assert player.scene is not scene


def test_a_bad_file_is_told_on_the_screen_and_the_game_goes_on(player: Player, tmp_path: Path) -> None:
    """The message stands over the title for a while, then leaves; the defaults fly."""
    path = tmp_path / "settings.toml"
    app = _with_settings(player, path, '[keyboard]\nright = ["warp"]\n')
    app.open(TitleScene(app.kit))
    player.frame()
    with_note = pygame.image.tobytes(pygame.display.get_surface(), "RGB")
    (told,) = app._notes
    assert "settings.bad.toml" in told
    assert "settings.toml: keyboard.right: there is no 'warp'" in told
    assert (tmp_path / "settings.bad.toml").exists()
    for _ in range(200):
        player.frame()
    assert not app._notes
    assert pygame.image.tobytes(pygame.display.get_surface(), "RGB") != with_note
    player.start()


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (720, 1280), (480, 360)])
def test_a_note_fits_whatever_it_names(player: Player, size: tuple[int, int]) -> None:
    """A long path without a space is broken, not cut off."""
    words = f"Your settings lie now in /{'very-long-folder/' * 12}settings.bad.toml; these are the defaults."
    written = draw_note(pygame.Surface(size), words)
    assert "".join(line.text for line in written).replace(" ", "") == words.replace(" ", "")
    for line in written:
        assert line.box.contains(line.rect)
        assert pygame.Rect((0, 0), size).contains(line.rect)


def test_run_reads_the_persons_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`skycrane` with SKYCRANE_DATA set aside the bad file that lies there."""
    monkeypatch.setenv("SKYCRANE_DATA", str(tmp_path))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("volume = 11\n", encoding="utf-8")
    pygame.display.init()
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert run(load_level("sky-crane"), size=(640, 360)) == 0
    assert (tmp_path / "config" / "settings.bad.toml").read_text(encoding="utf-8") == "volume = 11\n"
