"""Whose flight it was: asked for on the way out of a result that stands on a board, and in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pygame
import pytest

from game.content.levels import load_level
from game.content.modes import Mode
from game.cues.track import Track
from game.record.book.boards import Period
from game.record.book.entry import Proof
from game.record.book.initials import is_rude
from game.record.book.proving import Proved
from game.record.book.store import BookError
from game.scenes.brief import BriefScene
from game.scenes.flight import FlightScene
from game.scenes.initials import InitialsScene
from game.scenes.result import Flown, ResultScene
from game.scenes.title import TitleScene
from game.view.initials_page import Parts
from tests.book.flights import LEVEL, NOW, accepted, flown, made_up
from tests.input.hands import Finger
from tests.input.player import Player, a_player_with_a_book
from tests.input.virtual_pad import a_pad
from tests.view.test_pages import SIZES, _check

SIZE = (800, 600)
FRAMES_A_SECOND = 15


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player_with_a_book(SIZE, NOW) as someone:
        yield someone


def _frames(player: Player, seconds: float) -> None:
    for _ in range(round(seconds * FRAMES_A_SECOND)):
        player.frame(drawn=False)


def _tap(player: Player, *keys: int) -> None:
    for key in keys:
        player.tap(key)
        player.frame(drawn=False)


def _result(player: Player, *, alive: bool = True, practised: bool = False, points: int | None = None) -> ResultScene:
    """The result of a flight that was flown before, a second old."""
    replay, report = flown(alive=alive) if points is None else made_up(points, seed=4711)
    kit, level = player.app.kit, load_level(LEVEL)
    scene = ResultScene(
        kit, Flown(level, Mode.MANUAL, report, replay, Track(), practised=practised),
        lambda surface, alpha: surface.fill((0, 0, 0)) and None, lambda: FlightScene(kit, level, Mode.MANUAL, 0),
    )  # fmt: skip
    player.app.open(scene)
    _frames(player, 1.0)
    return scene


def _asked(player: Player, key: int = pygame.K_SPACE) -> InitialsScene:
    _result(player)
    _tap(player, key)
    scene = player.scene
    assert isinstance(scene, InitialsScene)
    return scene


def _initials(player: Player) -> str:
    return player.app.kit.book.flights()[-1].initials


def test_by_stick_up_and_down_turn_and_action_goes_on(player: Player) -> None:
    """From SKY, which nobody has entered: T, J, Y; then on to where ACTION leads from this result, and not again."""
    scene = _asked(player)
    assert scene.letters == "SKY"
    _tap(player, pygame.K_UP, pygame.K_RIGHT, pygame.K_DOWN, pygame.K_SPACE)
    assert (scene.letters, scene.index) == ("TJY", 2)
    _tap(player, pygame.K_LEFT, pygame.K_LEFT, pygame.K_LEFT)
    assert scene.index == 0
    _tap(player, pygame.K_RIGHT, pygame.K_RIGHT, pygame.K_RIGHT, pygame.K_SPACE)
    assert isinstance(player.scene, BriefScene)
    assert _initials(player) == "TJY"
    assert _asked(player).letters == "TJY"  # the same person, it may be


def test_z_is_before_a_and_a_held_key_turns_on(player: Player) -> None:
    """Twenty-six letters are not twenty-six presses."""
    scene = _asked(player)
    scene.letters = "AKY"
    _tap(player, pygame.K_DOWN)
    assert scene.letters == "ZKY"
    player.hold(pygame.K_UP, down=True)
    _frames(player, 2.0)
    player.hold(pygame.K_UP, down=False)
    turned = ord(scene.letters[0]) - ord("A")
    assert 8 <= turned <= 16
    _frames(player, 1.0)
    assert ord(scene.letters[0]) - ord("A") == turned


def test_letters_are_typed_whatever_they_are_bound_to(player: Player) -> None:
    """R, W and P mean other things elsewhere, J is bound to nothing: whoever is called Rita types her R."""
    scene = _asked(player)
    _tap(player, pygame.K_r, pygame.K_w, pygame.K_d)
    assert (scene.letters, scene.index) == ("RWD", 2)
    _tap(player, pygame.K_LEFT, pygame.K_LEFT, pygame.K_p, pygame.K_j, pygame.K_r, pygame.K_RETURN)
    assert _initials(player) == "PJR"
    assert isinstance(player.scene, BriefScene)


def test_a_restart_is_never_asked_anything(player: Player) -> None:
    """R, and the second button where it flies again: at once, with the initials of before."""
    accepted(player.app.kit.book, 100, seed=1, initials="ABC")
    _result(player)
    _tap(player, pygame.K_r)
    assert isinstance(player.scene, FlightScene)
    assert _initials(player) == "ABC"
    _result(player)
    _tap(player, pygame.K_LSHIFT)  # it flies again, where a level follows
    assert isinstance(player.scene, FlightScene)


def test_esc_leaves_them_as_they_were(player: Player) -> None:
    """Whatever has been turned, and on the way that was meant."""
    _asked(player, pygame.K_ESCAPE)
    _tap(player, pygame.K_UP, pygame.K_ESCAPE)
    assert isinstance(player.scene, TitleScene)
    assert _initials(player) == "SKY"


def test_nobody_there_takes_them_as_they_stand_after_twenty_seconds(player: Player) -> None:
    """Counted from the last press; the seconds that are left are seen."""
    scene = _asked(player)
    _frames(player, 15.0)
    _tap(player, pygame.K_UP)
    _frames(player, 15.0)
    player.frame()
    assert scene.places is not None
    (left,) = [line.text for line in scene.places.written if line.text.endswith(" s")]
    assert left in {"Taken as they stand in 5 s", "Taken as they stand in 4 s"}
    assert player.scene is scene
    _frames(player, 6.0)
    assert isinstance(player.scene, BriefScene)
    assert _initials(player) == "TKY"


def test_a_rude_word_is_refused_and_time_does_not_take_it_either(player: Player) -> None:
    """In a few kind words, at the first letter again; what nobody mends becomes what it was before."""
    assert is_rude("ASS")
    scene = _asked(player)
    _tap(player, pygame.K_a, pygame.K_s, pygame.K_s, pygame.K_SPACE)
    assert player.scene is scene
    assert scene.index == 0
    player.frame()
    assert scene.places is not None
    assert any("Please choose others" in line.text for line in scene.places.written)
    _frames(player, 21.0)
    assert isinstance(player.scene, BriefScene)
    assert _initials(player) == "SKY"


def test_only_a_flight_that_stands_on_a_board_is_asked_for(player: Player) -> None:
    """Neither a lost one, nor a practised one, nor the eleventh of all its boards, nor one that was found false."""
    for flight in ({"alive": False}, {"practised": True}):
        _result(player, **flight)
        _tap(player, pygame.K_SPACE)
        assert not isinstance(player.scene, InitialsScene)
    for seed in range(10):
        accepted(player.app.kit.book, 9000 + seed, seed=seed)
    _result(player, points=8999)
    _tap(player, pygame.K_SPACE)
    assert isinstance(player.scene, BriefScene)
    result = _result(player, points=9999)
    assert result.entry is not None
    player.app.kit.book.judge(result.entry.id, Proved(Proof.DIFFERS, "at once"))
    _tap(player, pygame.K_SPACE)
    assert isinstance(player.scene, BriefScene)


def test_the_place_is_told_of_the_first_board_that_it_is_on(player: Player) -> None:
    """Behind ten of last month it is the first of this week."""
    for seed in range(10):
        accepted(player.app.kit.book, 9990, seed=seed, now=NOW.replace(month=10))
    scene = _asked(player)
    assert scene._place == (1, Period.WEEK)


def test_a_book_that_cannot_be_written_is_told_and_holds_nobody_up(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next press goes on."""

    def full(entry_id: int, initials: str) -> None:
        raise BookError("the disk is full")

    monkeypatch.setattr(player.app.kit.book, "rename", full)
    scene = _asked(player)
    _tap(player, pygame.K_a, pygame.K_b, pygame.K_c, pygame.K_SPACE)
    assert player.scene is scene
    assert scene.remark == "They could not be kept. the disk is full"
    _tap(player, pygame.K_SPACE)
    assert isinstance(player.scene, BriefScene)


def test_by_gamepad(player: Player) -> None:
    """The stick turns, buttons go on and back, the last press takes them."""
    scene = _asked(player)
    with a_pad() as pad:
        pad.plug()
        player.frame()

        def press(button: int) -> None:
            for down in (True, False):
                pad.button(button, down=down)
                player.frame()

        def push(level: float) -> None:
            for way in (level, 0.0):
                pad.axis(1, way)
                player.frame()

        push(-1.0)
        assert scene.letters == "TKY"
        press(0)
        push(1.0)
        press(1)
        assert (scene.letters, scene.index) == ("TJY", 0)
        for _ in range(3):
            press(0)
        assert isinstance(player.scene, BriefScene)
        assert _initials(player) == "TJY"
        _asked(player)
        press(3)  # its restart
        assert isinstance(player.scene, FlightScene)


def test_by_finger(player: Player) -> None:
    """Arrows turn their letter, a held one on and on, and the plate takes them."""
    scene = _asked(player)
    player.frame()

    def places() -> Parts:
        assert scene.places is not None
        return scene.places

    def at(rect: pygame.Rect) -> tuple[float, float]:
        return rect.centerx / SIZE[0], rect.centery / SIZE[1]

    for rect in (places().ups[0], places().downs[2], places().letters[1]):
        Finger().tap(at(rect))
        player.frame()
    assert (scene.letters, scene.index) == ("TKX", 1)
    finger = Finger()
    finger.down(at(places().ups[1]))
    _frames(player, 1.0)
    finger.up()
    assert "L" < scene.letters[1] < "Z"
    Finger().tap((0.02, 0.02))  # beside it: nothing
    player.frame()
    assert player.scene is scene
    Finger().tap(at(places().take))
    player.frame()
    assert isinstance(player.scene, BriefScene)
    assert _initials(player) == scene.letters


@pytest.mark.parametrize(("size", "remark"), list(product(SIZES, ("", "initials.rude", "initials.unsaved"))))
def test_every_word_has_its_place(player: Player, size: tuple[int, int], remark: str) -> None:
    """And every place for a finger is inside the window, and as wide as a finger."""
    scene = _asked(player)
    texts = player.app.kit.texts
    scene.remark = texts.get(remark, why="the disk is full") if remark else ""
    surface = pygame.Surface(size)
    scene.draw(surface, 0.0)
    assert scene.places is not None
    _check(scene.places.written, surface.get_rect())
    for rect in (*scene.places.ups, *scene.places.letters, *scene.places.downs, scene.places.take):
        assert surface.get_rect().contains(rect)
        assert min(rect.size) >= 30
