"""Who plays for the first time, through the real loop: no words that lie, no press that leads where nobody meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pygame
import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.hud import hud_model
from game.cues.lessons import Advice
from game.cues.windows import WindowState
from game.record.settings import Control, Device
from game.scenes.brief import BriefScene
from game.scenes.controls import ControlsScene
from game.scenes.flight import FlightScene
from game.scenes.help import HelpScene
from game.scenes.kit import use
from game.scenes.ladder import ladder
from game.scenes.pause import PauseScene
from game.scenes.result import ResultScene
from game.scenes.settings import SettingsScene
from game.scenes.stack import Scene
from game.scenes.title import TitleScene
from tests.input.hands import Finger
from tests.input.player import Player, a_player
from tests.input.virtual_pad import VirtualPad, a_pad
from tests.tiers import some

TINY = (400, 300)


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    monkeypatch.setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")
    with a_player() as someone:
        yield someone


@pytest.fixture
def pad(player: Player) -> Iterator[VirtualPad]:
    with a_pad() as one:
        one.plug()
        yield one


def _press(player: Player, pad: VirtualPad, button: int) -> None:
    for down in (True, False):
        pad.button(button, down=down)
        player.frame(drawn=False)


def _words(scene: object) -> str:
    written = getattr(scene, "_written", None) or getattr(scene, "written", ())
    return " ".join(line.text for line in written)


def _to_the_end(player: Player, most_frames: int = 1500) -> ResultScene:
    """Nobody touches anything any more; then the result is looked at for a second."""
    for _ in range(most_frames):
        if isinstance(player.scene, ResultScene):
            break
        player.frame(drawn=False)
    for _ in range(15):
        player.frame(drawn=False)
    player.frame()
    result = player.scene
    assert isinstance(result, ResultScene)
    return result


def _landed(player: Player) -> ResultScene:
    """The flight that is open, in Guided: ACTION whenever the words say NOW."""
    while isinstance(player.scene, FlightScene):
        window = hud_model(player.scene.flight.nav()).window
        if window.by_action and window.state is WindowState.OPEN:
            player.tap(pygame.K_SPACE)
        player.frame(drawn=False)
    result = player.scene
    assert isinstance(result, ResultScene)
    return result


def _flying(player: Player, level: str, mode: Mode) -> FlightScene:
    scene = FlightScene(player.app.kit, load_level(level), mode, 0)
    player.app.open(scene)
    player.frame()
    return scene


@pytest.mark.slow
def test_who_waits_under_the_sky_crane_until_the_tanks_are_dry_is_told_to_release(
    player: Player, pad: VirtualPad
) -> None:
    """Not how to brake: in the advice, and in the hint of the flight after the second time; and the first button is
    another try, because that is what anybody presses.
    """
    _press(player, pad, 2)  # means nothing, but it is a pad that is in hand
    _flying(player, "sky-crane", Mode.GUIDED)
    for _ in range(2):
        result = _to_the_end(player)
        assert result.seen.told.lesson.advice is Advice.RELEASE_SOONER
        assert "RELEASE NOW" in _words(result)
        assert "Button 1: fly again" in _words(result)
        _press(player, pad, 0)
    scene = player.scene
    assert isinstance(scene, FlightScene)
    hint = scene.coach.taught(scene.flight.nav()).hint
    assert "Button 1" in hint
    assert "RELEASE NOW" in hint


@pytest.mark.slow
def test_after_a_loss_the_second_button_goes_back_as_everywhere(player: Player, pad: VirtualPad) -> None:
    """To the title, and it is called what it is called in hand."""
    _press(player, pad, 2)
    _flying(player, "powered-descent", Mode.MANUAL)
    assert "Button 2: title" in _words(_to_the_end(player))
    _press(player, pad, 1)
    assert isinstance(player.scene, TitleScene)


@pytest.mark.slow
def test_who_chooses_a_far_mark_low_down_is_told_to_choose_earlier(player: Player) -> None:
    """At 180 m up a mark 295 m away looks as good as any, and costs the rover: that is what is said of it."""
    scene = _flying(player, "powered-descent", Mode.GUIDED)
    while scene.flight.nav().height_m > 200.0:
        player.frame(drawn=False)
    for _ in range(7):
        player.tap(pygame.K_e)
        player.frame(drawn=False)
    result = _to_the_end(player)
    assert result.seen.told.lesson.advice is Advice.MARK_EARLIER
    assert result.seen.told.lesson.figures[0][1] < 200.0


@pytest.mark.parametrize("level", some([level.id for level in ladder()], 7))
def test_a_guided_brief_asks_for_nothing_that_the_autopilot_does(player: Player, level: str) -> None:
    """Its first line says who steers; by hand, every step of the lesson stands there."""
    lesson = load_level(level).lesson
    assert lesson is not None
    told = {}
    for mode in (Mode.GUIDED, Mode.ONE_BUTTON, Mode.MANUAL):
        brief = BriefScene(player.app.kit, load_level(level), mode, 0)
        player.app.open(brief)
        player.frame()
        told[mode] = brief._steps()
    assert told[Mode.MANUAL] == lesson.steps
    assert told[Mode.ONE_BUTTON] == tuple(step for step in told[Mode.GUIDED] if "{action}" in step)
    first, *others = told[Mode.GUIDED]
    assert first.startswith("The autopilot")
    assert all("{action}" in step or "{mark}" in step for step in others)


def test_buttons_that_were_bound_anew_are_called_so_everywhere(player: Player, pad: VirtualPad) -> None:
    """Menus, brief and pause name the very buttons that take and go back."""
    _press(player, pad, 2)
    kit = player.app.kit
    settings = kit.keeper.settings
    for control, name in ((Control.ACTION, "button 5"), (Control.ASSIST, "button 8")):
        settings = settings.binding(Device.PAD, control, (name,))
    kit.devices.bind(settings)
    use(kit, settings)
    flight = _flying(player, "sky-crane", Mode.MANUAL)
    pages: tuple[Scene, ...] = (
        BriefScene(kit, load_level("sky-crane"), Mode.MANUAL, 0),
        PauseScene(kit, flight.again, flight.tempo),
        SettingsScene(kit),
        ControlsScene(kit),
    )
    for page in pages:
        player.app.open(page)
        player.frame()
        assert "Button 9" in _words(page), type(page)
        assert "second button" not in _words(page)


@pytest.mark.slow
@pytest.mark.parametrize("page", [SettingsScene, ControlsScene, HelpScene])
def test_a_pad_unplugged_on_a_page_over_a_pause_is_told_there_and_in_the_pause(
    player: Player, pad: VirtualPad, page: Callable[..., Scene]
) -> None:
    """Until it is back."""
    _press(player, pad, 2)
    _flying(player, "sky-crane", Mode.MANUAL)
    _press(player, pad, 7)
    pause = player.scene
    assert isinstance(pause, PauseScene)
    player.app.stack = (*player.app.stack, page(player.app.kit))
    pad.unplug()
    player.frame()
    player.frame()
    assert "unplugged" in _words(player.scene)
    player.tap(pygame.K_ESCAPE)
    player.frame()
    assert player.scene is pause
    assert "unplugged" in _words(pause)
    pad.plug()
    player.frame()
    player.frame()
    assert "The gamepad is back" in _words(pause)


def test_taps_meet_what_is_seen_in_a_window_smaller_than_the_smallest() -> None:
    """Where a larger picture is shown shrunk: the rows of the title and of the pause."""
    with a_player(TINY) as player:
        title = TitleScene(player.app.kit)
        player.app.open(title)
        player.frame()
        _tap_on(player, "How to fly")
        assert isinstance(player.scene, HelpScene)
        scene = _flying(player, "sky-crane", Mode.MANUAL)
        player.tap(pygame.K_p)
        player.frame()
        _tap_on(player, "Go on")
        assert player.scene is scene


def _tap_on(player: Player, words: str) -> None:
    """With a finger, at the share of the window where they are seen."""
    (line,) = [each for each in player.scene._written if each.text == words]  # type: ignore[attr-defined]
    Finger().tap((line.rect.centerx / 480, line.rect.centery / 360))
    player.frame()


@pytest.mark.slow
def test_a_finger_that_taps_on_for_action_does_not_leave_the_result() -> None:
    """In the middle of the foot, where ACTION was, the page is turned: neither the title nor another flight. To its
    left and right lies what loses nothing either.
    """
    with a_player((720, 1280)) as player:
        _flying(player, "powered-descent", Mode.MANUAL)
        Finger().tap((0.5, 0.4))
        result = _to_the_end(player)
        before = result.seen.page
        (line,) = [each for each in result._written if each.text == "More"]
        at_foot = [each for each in result._written if each.box.top == line.box.top]
        beside = sorted(at_foot, key=lambda each: abs(each.box.centerx - 360))[:2]
        assert {each.text for each in beside} == {"More", "Watch"}
        assert beside[0].box.union(beside[1].box).collidepoint(360, line.box.centery)
        Finger().tap((0.5, line.box.centery / 1280))
        player.frame()
        assert player.scene is result
        assert result.seen.page is not before


@pytest.mark.slow
def test_a_curve_that_was_nothing_all_the_time_is_not_shown(player: Player) -> None:
    """The sky crane knows no heat of the entry."""
    _flying(player, "sky-crane", Mode.GUIDED)
    result = _to_the_end(player)
    player.tap(pygame.K_RIGHT)
    player.frame()
    assert "Altitude" in _words(result)
    assert "Heat flux" not in _words(result)


@pytest.mark.slow
def test_who_landed_in_guided_is_shown_the_way_to_manual_until_it_is_flown(player: Player) -> None:
    """Two presses and nearly all points are no game yet."""
    for best in (None, 5000):
        if best:
            player.app.kit.progress.alive("sky-crane", Mode.MANUAL, best)
        _flying(player, "sky-crane", Mode.GUIDED)
        assert ("try Manual" in _landed(player).seen.remark) is (best is None)
