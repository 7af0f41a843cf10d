"""The boards in the window: every level, mode and time, by every device, and a flight on them watched again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pygame
import pytest

from game.content.modes import Mode
from game.record.book.boards import BOARDS, Period
from game.record.book.store import BookError
from game.scenes.attract import AttractScene, FlightAct, PageAct
from game.scenes.boards import BoardsScene, boards_in_turn
from game.scenes.ladder import ladder, level_of
from game.scenes.levels import LevelsScene
from game.scenes.standing import place_of, rows_of
from game.scenes.title import TitleScene
from game.scenes.watch import WatchScene
from game.view.board_page import BoardRow, Places
from tests.book.flights import LEVEL, NOW, accepted, flown, made_up
from tests.input.hands import Finger
from tests.input.player import Player, a_player_with_a_book
from tests.input.virtual_pad import a_pad
from tests.tiers import some
from tests.view.test_pages import SIZES, _check

SIZE = (800, 600)


@pytest.fixture
def player() -> Iterator[Player]:
    with a_player_with_a_book(SIZE, NOW) as someone:
        yield someone


def _tap(player: Player, *keys: int) -> None:
    for key in keys:
        player.tap(key)
        player.frame()


def _open(player: Player, mode: Mode = Mode.MANUAL) -> BoardsScene:
    scene = BoardsScene(player.app.kit, LEVEL, mode)
    player.app.open(TitleScene(player.app.kit, LEVEL, mode))
    player.app.stack = (*player.app.stack, scene)
    player.frame()
    return scene


def _places(scene: BoardsScene) -> Places:
    assert scene._places is not None
    return scene._places


def _row(scene: BoardsScene, name: str) -> BoardRow:
    (row,) = [row for row in scene._board_rows() if row.name == name]
    return row


def test_from_the_title_and_from_the_ladder_and_back(player: Player) -> None:
    """Of the level and the mode that were chosen there."""
    player.app.open(TitleScene(player.app.kit, LEVEL, Mode.RAW))
    _tap(player, pygame.K_DOWN, pygame.K_DOWN, pygame.K_DOWN, pygame.K_SPACE)
    scene = player.scene
    assert isinstance(scene, BoardsScene)
    assert (scene.level.id, scene.mode, scene.period) == (LEVEL, Mode.RAW, Period.ALL_TIME)
    _tap(player, pygame.K_ESCAPE)
    assert isinstance(player.scene, TitleScene)
    player.app.open(LevelsScene(player.app.kit, "gale", Mode.ONE_BUTTON, 0))
    player.frame()
    _tap(player, pygame.K_p)
    scene = player.scene
    assert isinstance(scene, BoardsScene)
    assert (scene.level.id, scene.mode) == ("gale", Mode.GUIDED)
    _tap(player, pygame.K_LSHIFT)
    assert isinstance(player.scene, LevelsScene)


def test_keys_choose_level_mode_and_time(player: Player) -> None:
    """Up and down go from line to line, left and right change it, and every board can be reached."""
    accepted(player.app.kit.book, 7000, seed=1, now=NOW - timedelta(days=20), initials="OLD")
    accepted(player.app.kit.book, 6000, seed=2, now=NOW - timedelta(days=1), initials="WED")
    accepted(player.app.kit.book, 5000, seed=3, initials="NOW")
    scene = _open(player)
    seen = []
    _tap(player, pygame.K_DOWN, pygame.K_DOWN)
    for _ in range(3):
        seen.append((scene.period, [entry.initials for entry in scene.rows]))
        _tap(player, pygame.K_RIGHT)
    assert seen == [
        (Period.ALL_TIME, ["OLD", "WED", "NOW"]), (Period.WEEK, ["WED", "NOW"]), (Period.DAY, ["NOW"]),
    ]  # fmt: skip
    _tap(player, pygame.K_UP, pygame.K_LEFT)
    assert (scene.mode, scene.rows) == (Mode.GUIDED, ())
    assert any(line.text == player.app.kit.texts.get("boards.none") for line in _places(scene).written)
    _tap(player, pygame.K_UP)
    reached = set()
    for _ in ladder():
        _tap(player, pygame.K_RIGHT)
        reached.add(scene.level.id)
    assert reached == {level.id for level in ladder()}


def test_a_row_tells_its_figures_and_how_far_it_is_proved(player: Player) -> None:
    """A place has only what is proved; the newest is marked; hers stands where her points put her."""
    book = player.app.kit.book
    accepted(book, 7000, seed=1, initials="ONE")
    book.add(*made_up(6900, seed=2), now=NOW, initials="TWO")
    accepted(book, 6000, seed=3, initials="SIX")
    scene = _open(player)
    rows = scene._board_rows()
    assert [(row.place, row.name, row.points) for row in rows] == [
        ("1", "ONE", "7,000"), ("", "TWO", "6,900"), ("", "Perseverance", "6,706"), ("2", "SIX", "6,000"),
    ]  # fmt: skip
    assert [row.proof for row in rows] == ["proved", "pending", "to beat", "proved"]
    assert [row.newest for row in rows] == ["", "", "", "new"]
    _, report = flown()
    touchdown = report.touchdown
    assert touchdown is not None
    one = _row(scene, "ONE")
    assert one.touchdown == player.app.kit.texts.quantity(touchdown.speed_mps, "m/s")
    assert one.distance == player.app.kit.texts.distance(touchdown.distance_m)
    assert one.date == "26 November 2026"
    hers = _row(scene, "Perseverance")
    assert (hers.touchdown, hers.distance, hers.date) == ("0.77 m/s", "1.70 km", "18 February 2021")


def test_what_is_proved_meanwhile_gets_its_place(player: Player) -> None:
    """The page looks again each second, and the marked flight stays marked."""
    book = player.app.kit.book
    entry = book.add(*flown(), now=NOW, initials="TWO")
    scene = _open(player)
    _tap(player, pygame.K_DOWN, pygame.K_DOWN, pygame.K_DOWN)
    assert scene.rows[0].id == entry.id
    assert _row(scene, "TWO").place == ""
    book.prove(entry.id)
    for _ in range(16):
        player.frame(drawn=False)
    assert (_row(scene, "TWO").place, _row(scene, "TWO").proof) == ("1", "proved")
    assert scene.marked == 3


def test_hers_stands_only_where_a_flight_ends_as_hers_did(player: Player) -> None:
    """In her spacecraft on her ground, unchanged: not on Curiosity's, not among other stones, not with another radar;
    and not where a goal before the ground counts.
    """
    shown = {
        level.id for level in ladder()
        if any(row.hers for row in BoardsScene(player.app.kit, level.id, Mode.MANUAL)._board_rows())
    }  # fmt: skip
    own = level_of("jezero")
    assert shown == {
        level.id for level in ladder()
        if level.goal.ends_at is None and (level.site, level.vehicle) == (own.site, own.vehicle)
    }  # fmt: skip
    assert {"sky-crane", "powered-descent", "jezero", "thin-air"} < shown
    assert not {"gale", "off-course-shallow", "boulders", "radar-out"} & shown


def test_ten_are_shown_and_the_order_is_the_books(player: Player) -> None:
    """With pending ones among them, and no flight twice."""
    book = player.app.kit.book
    for seed in range(12):
        accepted(book, 5000 + 10 * (seed // 2), seed=seed, propellant_kg=40.0 + seed % 2)
    entry = book.add(*made_up(5035, seed=99), now=NOW)
    rows = rows_of(book, LEVEL, Mode.MANUAL, Period.ALL_TIME, NOW)
    proved = [each.id for each in rows if each.id != entry.id]
    assert len(rows) == 10
    assert proved == [each.id for each in book.board(LEVEL, Mode.MANUAL, Period.ALL_TIME, NOW)][:9]
    assert place_of(book, entry.id, NOW) == (5, Period.ALL_TIME)


def test_action_on_a_flight_watches_it(player: Player) -> None:
    """With the initials of whoever flew it; leaving comes back to the board."""
    player.app.kit.book.prove(player.app.kit.book.add(*flown(), now=NOW, initials="JPL").id)
    scene = _open(player)
    _tap(player, pygame.K_UP, pygame.K_SPACE)
    watched = player.scene
    assert isinstance(watched, WatchScene)
    assert watched._banner().by.startswith("Flown by JPL, ")
    _tap(player, pygame.K_ESCAPE)
    assert player.scene is scene


def test_a_flight_without_its_record_says_so(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    """And so does a book that cannot be read."""
    book = player.app.kit.book
    accepted(book, 7000, seed=1)
    scene = _open(player)
    monkeypatch.setattr(book, "replay", lambda entry_id: None)
    _tap(player, pygame.K_UP, pygame.K_SPACE)
    assert player.scene is scene
    assert any(line.text == "The record of this flight is not kept any more." for line in _places(scene).written)

    def broken(*asked: object, **more: object) -> None:
        raise BookError("the book is gone")

    monkeypatch.setattr(book, "board", broken)
    _tap(player, pygame.K_LEFT)
    assert scene.rows == ()
    assert any(line.text == "the book is gone" for line in _places(scene).written)


def test_by_gamepad(player: Player) -> None:
    """The cross chooses and changes, the second button leads back."""
    scene = _open(player)
    with a_pad() as pad:
        pad.plug()
        player.frame()
        for way in ("down", "right"):
            for each in (way, "centre"):
                pad.hat(each)
                player.frame()
        assert scene.mode is Mode.RAW
        pad.button(1, down=True)
        player.frame()
        assert isinstance(player.scene, TitleScene)


def test_by_finger(player: Player) -> None:
    """Names are tapped, the level's line to its side, a flight twice, and outside leads back."""
    player.app.kit.book.prove(player.app.kit.book.add(*flown(), now=NOW, initials="JPL").id)
    scene = _open(player, Mode.GUIDED)
    texts = player.app.kit.texts

    def tap(x: float, y: float) -> None:
        Finger().tap((x / SIZE[0], y / SIZE[1]))
        player.frame()

    def tap_on(words: str) -> None:
        (line,) = [line for line in _places(scene).written if line.text == words]
        tap(*line.rect.center)

    tap_on(texts.get("mode.manual").upper())
    tap_on(texts.get("boards.time_week").upper())
    assert (scene.mode, scene.period) == (Mode.MANUAL, Period.WEEK)
    line = _places(scene).choices[0]
    tap(line.centerx, line.centery)
    assert scene.level.id == "powered-descent"
    tap(line.left + 0.8 * line.height, line.centery)
    assert scene.level.id == LEVEL
    rect = _places(scene).rows[0]
    tap(*rect.center)
    assert player.scene is scene
    tap(*rect.center)
    assert isinstance(player.scene, WatchScene)
    _tap(player, pygame.K_ESCAPE)
    tap(2, 300)
    assert isinstance(player.scene, TitleScene)


def test_a_finger_on_the_best_of_the_ladder_leads_to_its_board(player: Player) -> None:
    """It is what one has flown that is asked about."""
    player.app.open(LevelsScene(player.app.kit, LEVEL, Mode.MANUAL, 0))
    player.frame()
    scene = player.scene
    assert isinstance(scene, LevelsScene)
    (line,) = [each for each in scene._written if each.text == player.app.kit.texts.get("levels.not_flown")]
    Finger().tap((line.rect.centerx / SIZE[0], line.rect.centery / SIZE[1]))
    player.frame()
    assert isinstance(player.scene, BoardsScene)


@pytest.mark.slow
def test_the_show_has_the_boards_between_flights(player: Player) -> None:
    """After the first flight the first board that somebody stands on, and at the next turn the next one."""
    for level, mode in ((LEVEL, Mode.MANUAL), (LEVEL, Mode.RAW), ("jezero", Mode.GUIDED)):
        accepted(player.app.kit.book, 7000, seed=1, level=level, mode=mode)
    make = boards_in_turn(player.app.kit)
    turns = [make() for _ in range(4)]
    assert [(scene.level.id, scene.mode) for scene in turns if isinstance(scene, BoardsScene)] == [
        ("jezero", Mode.GUIDED), (LEVEL, Mode.MANUAL), (LEVEL, Mode.RAW), ("jezero", Mode.GUIDED),
    ]  # fmt: skip
    player.app.kit.book.close()
    player.app.open(TitleScene(player.app.kit))
    for _ in range(31 * 15):
        player.frame(drawn=False)
    show = player.scene
    assert isinstance(show, AttractScene)
    while isinstance(show.act, FlightAct):
        player.frame(drawn=False)
    assert isinstance(show.act, PageAct)
    player.frame()
    assert show.act.call()[0] == "Scores"


@pytest.mark.parametrize("size", some(SIZES, 2))
@pytest.mark.parametrize("mode", BOARDS)
def test_every_word_has_its_place(player: Player, size: tuple[int, int], mode: Mode) -> None:
    """Full boards and empty ones, with the longest of all figures, on every size of window."""
    for seed in range(10):
        accepted(player.app.kit.book, 9999 - seed, seed=seed, mode=mode, initials="WWW")
    player.app.kit.book.add(*made_up(9990, seed=99, mode=mode), now=NOW, initials="MWM")
    surface = pygame.Surface(size)
    for each in BOARDS:
        scene = BoardsScene(player.app.kit, LEVEL, each)
        for marked in range(0, 3 + len(scene.rows), 3):
            scene.marked = marked
            scene.draw(surface, 0.0)
            _check(_places(scene).written, surface.get_rect())
            assert surface.get_rect().contains(_places(scene).pane)
            assert all(_places(scene).pane.contains(row) for row in _places(scene).rows)
