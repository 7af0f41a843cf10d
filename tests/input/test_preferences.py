"""The settings page through the real loop: by keys, by the mouse, by touch, from the title and in mid-flight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.app import App
from game.audio.backend import NullAudio, Volumes
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import load_texts
from game.content.units import Units
from game.record.preferences import NAMES, Pace, Palette, Preferences, TextSize
from game.record.settings import Control, Device, Keeper, Settings
from game.scenes.controls import ControlsScene
from game.scenes.flight import FlightScene
from game.scenes.kit import use
from game.scenes.pause import PauseScene
from game.scenes.settings import BACK_TO_DEFAULTS, CONTROLS, DONE, ROWS, SettingsScene
from game.scenes.title import TitleScene
from game.view import look
from game.view import palette as p
from game.view.layout import layout_of
from tests.input.player import Player, a_player

SIZE = (960, 540)


@pytest.fixture
def player(tmp_path: Path) -> Iterator[Player]:
    with a_player() as someone:
        surface = pygame.display.set_mode(SIZE)
        someone.app = App(surface, someone.clock, keeper=Keeper(tmp_path / "settings.toml"))
        someone.app.open(TitleScene(someone.app.kit))
        someone.frame()
        yield someone
    look.wear(Preferences())


def _open(player: Player) -> SettingsScene:
    """From the title, where the settings stand above the help and the way out."""
    for key in (pygame.K_UP, pygame.K_UP, pygame.K_UP, pygame.K_RETURN):
        player.tap(key)
    player.frame()
    scene = player.scene
    assert isinstance(scene, SettingsScene)
    return scene


def _choose(player: Player, row: str) -> None:
    scene = player.scene
    assert isinstance(scene, SettingsScene)
    for _ in range((ROWS.index(row) - scene._index) % len(ROWS)):
        player.tap(pygame.K_DOWN)
    player.frame()


def _press(player: Player, row: str, key: int = pygame.K_RETURN, times: int = 1) -> None:
    _choose(player, row)
    for _ in range(times):
        player.tap(key)
    player.frame()


def _now(player: Player) -> Preferences:
    return player.app.kit.keeper.settings.preferences


def _saved(tmp_path: Path) -> Settings:
    keeper = Keeper(tmp_path / "settings.toml")
    keeper.load(lambda device, name: True)
    assert keeper.file.problems == ()
    return keeper.settings


def _picture() -> bytes:
    return pygame.image.tobytes(pygame.display.get_surface(), "RGB")


def _places(player: Player, row: str) -> list[tuple[float, float]]:
    """Where this row is tapped, left arrow first if it has one, in shares of the window."""
    scene = player.scene
    assert isinstance(scene, SettingsScene)
    found = {each.way: each.rect for each in scene._targets if each.index == ROWS.index(row)}
    ends = [found[-1].center] if -1 in found else []
    return [(x / SIZE[0], y / SIZE[1]) for x, y in (*ends, (found[1].right - 9, found[1].centery))]


def _tap(player: Player, at: tuple[float, float]) -> None:
    for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
        pygame.event.post(pygame.event.Event(kind, touch_id=1, finger_id=0, x=at[0], y=at[1], dx=0.0, dy=0.0))
    player.frame()


def _click(player: Player, at: tuple[float, float]) -> None:
    pos = (round(at[0] * SIZE[0]), round(at[1] * SIZE[1]))
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=pos, button=1, touch=False))
    player.frame()


def test_keys_change_every_preference_and_each_change_is_kept(player: Player, tmp_path: Path) -> None:
    """Right, one after the other; the file follows at once, and Esc leads back to the title."""
    _open(player)
    for name in NAMES:
        before = _now(player)
        key = pygame.K_LEFT if isinstance(getattr(before, name), int) else pygame.K_RIGHT
        _press(player, name, key)
        if name != "language":  # as long as there is one only
            assert getattr(_now(player), name) != getattr(before, name), name
        assert _saved(tmp_path).preferences == _now(player)
    player.tap(pygame.K_ESCAPE)
    player.frame()
    assert isinstance(player.scene, TitleScene)


def test_action_alone_reaches_every_value_and_leaves(player: Player) -> None:
    """A stick and two buttons: ACTION takes the next value and goes round, also of a volume; Done goes back."""
    _open(player)
    for name, values in (("palette", 3), ("music", 11), ("reduced_motion", 2)):
        seen = set()
        for _ in range(values):
            _press(player, name, pygame.K_SPACE)
            seen.add(getattr(_now(player), name))
        assert len(seen) == values
        assert _now(player) == Preferences()
    _press(player, DONE, pygame.K_SPACE)
    assert isinstance(player.scene, TitleScene)


def test_assist_leads_back(player: Player) -> None:
    """The second button, from the page and from the controls inside it."""
    _open(player)
    _press(player, CONTROLS)
    assert isinstance(player.scene, ControlsScene)
    for scene in (SettingsScene, TitleScene):
        player.tap(pygame.K_LSHIFT)
        player.frame()
        assert isinstance(player.scene, scene)


@pytest.mark.parametrize("poke", [_tap, _click])
def test_a_finger_and_the_mouse_step_values_both_ways(player: Player, poke) -> None:  # type: ignore[no-untyped-def]
    """On the line the next value, on its left arrow the one before; the choice lines open and leave."""
    texts, (x, y) = load_texts(), (0.0, 0.0)
    title = player.scene
    assert isinstance(title, TitleScene)
    line = next(each for each in title._written if each.text == texts.get("menu.settings"))
    x, y = line.rect.center
    poke(player, (x / SIZE[0], y / SIZE[1]))
    for name in ("text_size", "effects"):
        first = _now(player)
        for way, end in ((-1, 0), (1, -1)):
            before = getattr(_now(player), name)
            poke(player, _places(player, name)[end])
            after = getattr(_now(player), name)
            assert after != before, (name, way)
        assert _now(player) == first  # one back and one on
    poke(player, _places(player, CONTROLS)[-1])
    assert isinstance(player.scene, ControlsScene)
    player.tap(pygame.K_ESCAPE)
    player.frame()
    poke(player, (0.5, 0.02))  # beside every line
    assert isinstance(player.scene, SettingsScene)
    poke(player, _places(player, DONE)[-1])
    assert isinstance(player.scene, TitleScene)


def test_a_small_window_is_tapped_where_its_shrunk_picture_shows_the_line(player: Player) -> None:
    """Below the smallest size for words the page is drawn larger and shrunk: places are shares of it."""
    player.app._surface = pygame.display.set_mode((320, 240))
    scene = _open(player)
    player.frame()
    target = next(each for each in scene._targets if each.index == ROWS.index("pace") and each.way == 1)
    _tap(player, ((target.rect.right - 4) / 480, target.rect.centery / 360))
    assert _now(player).pace is Pace.REAL_TIME


def test_the_defaults_come_back_and_bindings_stay(player: Player, tmp_path: Path) -> None:
    """And the controls' own defaults leave the preferences alone."""
    kit = player.app.kit
    changed = replace(Preferences(), pace=Pace.REAL_TIME, palette=Palette.HIGH_CONTRAST, music=20)
    bound = Settings(preferences=changed).binding(Device.KEYBOARD, Control.LEFT, ("j",))
    use(kit, bound)
    _open(player)
    _press(player, BACK_TO_DEFAULTS)
    assert _saved(tmp_path) == replace(bound, preferences=Preferences())
    use(kit, bound)
    _press(player, CONTROLS)
    for _ in range(2):
        player.tap(pygame.K_UP)
    player.tap(pygame.K_RETURN)
    player.frame()
    assert _saved(tmp_path) == Settings(preferences=changed)


def test_each_look_is_seen_at_once(player: Player) -> None:
    """The page itself is another picture after each of them, and the worn values are the chosen ones."""
    _open(player)
    for name, value in (("palette", Palette.COLOUR_BLIND), ("text_size", TextSize.LARGE)):
        before = _picture()
        _press(player, name, pygame.K_RIGHT)
        assert getattr(_now(player), name) is value
        assert _picture() != before
    assert p.SCHEMES[Palette.COLOUR_BLIND].go == p.GO
    assert layout_of((1920, 1080)).unit == pytest.approx(1.15)
    _press(player, "reduced_motion")
    assert look.still()
    _press(player, BACK_TO_DEFAULTS)
    assert not look.still()
    assert p.SCHEMES[Palette.STANDARD].go == p.GO
    assert layout_of((1920, 1080)).unit == 1.0


@pytest.mark.slow
def test_volumes_reach_the_sound_and_a_new_window_wears_what_was_kept(player: Player, tmp_path: Path) -> None:
    """The null backend takes them; the next start reads them and the look from the file."""
    _open(player)
    _press(player, "master", pygame.K_LEFT, times=3)
    _press(player, "voices", pygame.K_LEFT, times=99)
    _press(player, "palette", pygame.K_RIGHT, times=2)
    audio = player.app.kit.audio
    assert isinstance(audio, NullAudio)
    assert audio.volumes == Volumes(master=0.7, voices=0.0)
    look.wear(Preferences())
    player.app = App(pygame.display.get_surface(), player.clock, keeper=Keeper(tmp_path / "settings.toml"))
    audio = player.app.kit.audio
    assert isinstance(audio, NullAudio)
    assert audio.volumes == Volumes(master=0.7, voices=0.0)
    assert p.SCHEMES[Palette.HIGH_CONTRAST].panel == p.PANEL


def test_what_cannot_be_kept_is_used_and_told(player: Player, tmp_path: Path) -> None:
    """A folder where the file should be: the page says why at its foot, and goes on; figures are in feet at once."""
    scene = _open(player)
    (tmp_path / "settings.toml").mkdir()
    _press(player, "units")
    assert _now(player).units is Units.US
    assert player.app.kit.texts.quantity(100.0, "m") == "328 ft"
    assert "settings.toml" in scene._note
    assert any(line.text in scene._note for line in scene._written)
    _choose(player, "pace")
    assert scene._note == ""


def _flying(player: Player, level: str = "powered-descent", ticks: int = 40) -> FlightScene:
    scene = FlightScene(player.app.kit, load_level(level), Mode.GUIDED, 3)
    player.app.open(scene)
    for _ in range(ticks):
        player.frame()
    return scene


@pytest.mark.slow
def test_settings_in_mid_flight_change_no_digit_of_it(player: Player) -> None:
    """Every preference is stepped while the flight is paused: when it goes on, it is the flight that it was."""
    digests = []
    for visits in (False, True):
        flight = _flying(player)
        player.tap(pygame.K_p)
        player.frame()
        paused = flight.flight.digest()
        if visits:
            for key in (*[pygame.K_DOWN] * 4, pygame.K_RETURN):
                player.tap(key)
            player.frame()
            assert isinstance(player.scene, SettingsScene)
            for name in NAMES:
                _press(player, name, pygame.K_RIGHT)
            assert _now(player) != Preferences()
            assert flight.flight.digest() == paused
            for _ in range(2):
                player.tap(pygame.K_ESCAPE if isinstance(player.scene, SettingsScene) else pygame.K_p)
                player.frame(1)
        else:
            player.tap(pygame.K_p)
            player.frame(1)
        assert player.scene is flight
        while flight.flight.tick < 500:
            player.frame()
        while flight.flight.tick < 560:  # to the same tick, at whatever pace
            flight.tempo._debt = 0.0
            player.frame(8_333_334)
        digests.append((flight.flight.tick, flight.flight.digest()))
    assert digests[0] == digests[1]


@pytest.mark.slow
def test_controls_are_bound_in_mid_flight_and_held_keys_are_let_go(player: Player) -> None:
    """From the pause, directly: D was down when the flight was paused; bound anew, J leans and nothing else does."""
    flight = _flying(player)
    player.hold(pygame.K_d, down=True)
    player.frame()
    player.tap(pygame.K_p)
    for key in (*[pygame.K_DOWN] * 5, pygame.K_RETURN):
        player.tap(key)
    player.frame()
    scene = player.scene
    assert isinstance(scene, ControlsScene)
    player.tap(pygame.K_DOWN)
    player.tap(pygame.K_RETURN)
    player.frame()
    player.tap(pygame.K_j)
    player.frame()
    assert player.app.kit.devices.bindings(Device.KEYBOARD)[Control.RIGHT] == ("j",)
    assert not player.app.kit.controls.right
    player.tap(pygame.K_ESCAPE)
    player.frame()
    assert isinstance(player.scene, PauseScene)
    player.tap(pygame.K_p)
    player.frame()
    assert player.scene is flight
    assert not player.app.kit.controls.right
    player.hold(pygame.K_j, down=True)
    player.frame()
    assert player.app.kit.controls.right


def test_of_pages_over_pages_only_the_topmost_is_seen(player: Player) -> None:
    """The settings over a pause look as they do over the flight alone."""
    flight = _flying(player)
    player.app.stack = (flight, SettingsScene(player.app.kit))
    player.frame(1)
    alone = _picture()
    player.app.stack = (flight, PauseScene(player.app.kit, flight.again, flight.tempo), SettingsScene(player.app.kit))
    player.frame(1)
    assert _picture() == alone


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (720, 1280), (960, 540)])
@pytest.mark.slow
def test_every_line_of_the_page_fits_whatever_is_chosen(player: Player, size: tuple[int, int]) -> None:
    """In each size of words: inside the pane and the window, not over one another, and every word is there."""
    kit = player.app.kit
    for text_size in TextSize:
        use(kit, Settings(preferences=Preferences(text_size=text_size, palette=Palette.HIGH_CONTRAST)))
        scene = SettingsScene(kit)
        scene.draw(pygame.Surface(size), 0.0)
        for line in scene._written:
            assert line.box.contains(line.rect), (line.text, text_size)
            assert pygame.Rect((0, 0), size).contains(line.rect), (line.text, text_size)
        for i, one in enumerate(scene._written):
            for other in scene._written[i + 1 :]:
                apart = [each.rect.inflate(-2, -0.4 * each.rect.height) for each in (one, other)]
                assert not apart[0].colliderect(apart[1]), (one.text, other.text, text_size)
        shown = " ".join(line.text for line in scene._written)
        for row in scene._rows():
            assert all(words in shown for words in (row.name, row.value)), row
            assert all(word in shown for word in row.about.split()), row
