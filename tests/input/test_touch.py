"""Fingers and the mouse through the real loop, by the events that a screen and a mouse send."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import load_texts
from game.input.devices import Hand
from game.input.touch import zones
from game.scenes.brief import BriefScene
from game.scenes.flight import FlightScene
from game.scenes.initials import InitialsScene
from game.scenes.levels import LevelsScene
from game.scenes.pause import PauseScene
from game.scenes.title import TitleScene
from game.view.layout import layout_of
from tests.input.flying import assert_good, fly
from tests.input.hands import Finger, Fingers
from tests.input.player import Player, a_player

LEFT, MIDDLE, RIGHT = (0.1, 0.5), (0.5, 0.4), (0.9, 0.5)
ACTION, ASSIST, PAUSE = (0.7, 0.95), (0.1, 0.95), (0.95, 0.03)


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player((800, 600)) as someone:
        yield someone


def _tap(player: Player, at: tuple[float, float]) -> None:
    Finger().tap(at)
    player.frame()


def _click(at: tuple[float, float], button: int = 1, *, touch: bool = False) -> None:
    pos = (round(at[0] * 800), round(at[1] * 600))
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=pos, button=button, touch=touch))


def _where(player: Player, words: str) -> tuple[float, float]:
    """Where these words stand on the screen, as shares of it."""
    (line,) = [each for each in player.scene._written if each.text == words]  # type: ignore[attr-defined]
    return line.rect.centerx / 800, line.rect.centery / 600


def _brightest(screen: pygame.Surface) -> int:
    """Of the pixels of one line across the edge of the left zone."""
    third = screen.get_width() // 3
    return max(sum(screen.get_at((x, 300))[:3]) for x in range(third - 8, third))


def _flying(player: Player, level: str = "sky-crane", mode: Mode = Mode.MANUAL) -> FlightScene:
    scene = FlightScene(player.app.kit, load_level(level), mode, 0)
    player.app.open(scene)
    player.frame()
    return scene


def test_taps_lead_from_the_title_into_a_flight_and_out_again(player: Player) -> None:
    """A mode, another flight, the same again to fly it; the corner pauses, and the pause's lines are tapped."""
    player.app.open(TitleScene(player.app.kit))
    player.frame()
    _tap(player, _where(player, "MANUAL"))
    _tap(player, _where(player, load_texts().get("title.flights")))
    assert isinstance(player.scene, LevelsScene)
    _tap(player, _where(player, load_level("powered-descent").title))
    assert isinstance(player.scene, LevelsScene)
    _tap(player, _where(player, load_level("powered-descent").title))
    assert isinstance(player.scene, BriefScene)
    _tap(player, MIDDLE)
    scene = player.scene
    assert isinstance(scene, FlightScene)
    assert (scene.level.id, scene.mode) == ("powered-descent", Mode.MANUAL)
    _tap(player, PAUSE)
    assert isinstance(player.scene, PauseScene)
    _tap(player, _where(player, load_texts().get("menu.resume")))
    assert player.scene is scene
    _tap(player, PAUSE)
    _tap(player, _where(player, load_texts().get("menu.title")))
    assert isinstance(player.scene, TitleScene)


def test_the_outer_thirds_tilt_and_two_fingers_do_two_things(player: Player) -> None:
    """One holds the right third, another ASSIST; each is held until it is lifted."""
    scene, one, other = _flying(player), Finger(0), Finger(1)
    one.down(RIGHT)
    other.down(ASSIST)
    for _ in range(6):
        player.frame()
    assert scene.cockpit.levers.tilt == 1.0
    assert scene.cockpit.assist_held
    one.up()
    other.up()
    for _ in range(6):
        player.frame()
    assert scene.cockpit.levers.tilt == 0.0
    assert not scene.cockpit.assist_held


def test_a_drag_moves_the_throttle_over_all_of_its_way_and_it_stays(player: Player) -> None:
    """By as much as the finger moves, wherever it came down, and lifted it does not spring back."""
    levers, finger = _flying(player, "powered-descent").cockpit.levers, Finger()
    finger.down((0.5, 0.7))
    finger.move((0.5, 0.475))
    player.frame()
    assert levers.throttle == pytest.approx(0.5, abs=0.01)
    finger.move((0.5, 0.2))
    player.frame()
    assert levers.throttle == 1.0
    finger.up()
    player.frame()
    assert levers.throttle == 1.0
    finger.down((0.5, 0.2))
    finger.move((0.5, 0.7))
    player.frame()
    assert levers.throttle == 0.0


def test_a_swipe_in_the_middle_chooses_the_next_mark_once(player: Player) -> None:
    """Down-track to the right, one mark a swipe, however far it goes."""
    scene, finger = _flying(player, "powered-descent"), Finger()
    finger.down(MIDDLE)
    for x in (0.55, 0.63, 0.75, 0.9):
        finger.move((x, 0.4))
        player.frame()
    finger.up()
    player.frame()
    assert [run.command.mark for run in scene.cockpit.recorder._runs if run.command.mark] == [1]


def test_the_mouse_is_a_finger_and_a_finger_is_no_second_mouse(player: Player) -> None:
    """A click in the ACTION zone releases the rover; what SDL makes of a touch as a click is not heard."""
    scene = _flying(player)
    _click(ACTION, touch=True)
    player.frame()
    assert not scene.flight.nav().rover_released
    _click(ACTION)
    for _ in range(3):
        player.frame()
    assert scene.flight.nav().rover_released


def test_the_pointer_comes_and_goes_in_a_full_screen(player: Player) -> None:
    """Seen while the mouse is moved, gone with the next key."""
    _flying(player)
    player.tap(pygame.K_F11)
    player.frame()
    assert pygame.display.is_fullscreen()
    assert not pygame.mouse.get_visible()
    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=(9, 9), rel=(1, 1), buttons=(0, 0, 0), touch=False))
    player.frame()
    assert pygame.mouse.get_visible()
    player.tap(pygame.K_LEFT)
    player.frame()
    assert not pygame.mouse.get_visible()


def test_zones_are_seen_while_touch_is_in_hand_and_leave_when_it_is_not(player: Player) -> None:
    """Drawn over the flight after a touch, gone after a key; keys do not need them."""
    _flying(player)
    screen = pygame.display.get_surface()
    plain = _brightest(screen)
    _tap(player, MIDDLE)
    assert player.app.kit.devices.hand is Hand.TOUCH
    assert _brightest(screen) > plain + 20
    player.tap(pygame.K_LEFT)
    player.frame()
    assert player.app.kit.devices.hand is Hand.KEYBOARD
    assert abs(_brightest(screen) - plain) < 20


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (720, 1280)])
def test_zones_cover_the_window_and_the_box_of_action_is_a_place_to_tap(size: tuple[int, int]) -> None:
    """Nowhere is a finger without a meaning, and where the HUD says what ACTION does, a tap does it."""
    found, layout = zones(size), layout_of(size)
    area = sum((min(zone.right, 1) - zone.left) * (min(zone.bottom, 1) - zone.top) for zone in found[1:])
    assert area == pytest.approx(1.0)
    box = layout.action
    for x, y in (box.topleft, box.center, (box.right - 1, box.bottom - 1)):
        at = (x / size[0], y / size[1])
        assert next(zone for zone in found if zone.holds(*at)).name == "action"


@pytest.mark.slow
def test_a_finger_turns_the_pages_of_the_result_and_goes_on_to_the_next_level(player: Player) -> None:
    """After a flight in Manual by fingers that look at the HUD."""
    scene = _flying(player)
    result = fly(player, Fingers(player))
    assert_good(result, scene)
    for _ in range(12):
        player.frame()
    player.frame()
    pages = result.seen.pages
    for words, page in ((load_texts().get("result.pages_touch"), pages[1]), (None, pages[2])):
        _tap(player, (0.8, 0.5) if words is None else _where(player, words))
        assert result.seen.page is page
    _tap(player, _where(player, load_texts().get("result.next_touch")))
    asked = player.scene
    assert isinstance(asked, InitialsScene)
    take = asked.places.take
    _tap(player, (take.centerx / 800, take.centery / 600))
    assert isinstance(player.scene, BriefScene)
