"""The flight diary in the window: reached from all flights, by every device, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pygame
import pytest

from game.app import App
from game.content.levels import load_level
from game.content.modes import Mode
from game.content.texts import load_texts
from game.content.units import Units
from game.input.devices import Hand
from game.record.book.book import Book
from game.record.book.store import BookError
from game.report import FlightReport
from game.scenes.diary import DiaryScene
from game.scenes.ladder import ladder
from game.scenes.levels import LevelsScene
from game.scenes.title import TitleScene
from game.sim.events import Reason
from game.sim.snapshot import Outcome
from tests.book.flights import NOW, made_up
from tests.input.player import Player, a_player
from tests.input.virtual_pad import VirtualPad, a_pad

SIZE = (960, 540)


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    # The dummy screen has no focus, without which SDL keeps a pad's events to itself.
    monkeypatch.setenv("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")
    with a_player(SIZE) as someone:
        yield someone


@pytest.fixture
def pad(player: Player) -> Iterator[VirtualPad]:
    with a_pad() as one:
        one.plug()
        yield one


def _landed(report: FlightReport, mps: float, distance_m: float) -> FlightReport:
    assert report.touchdown is not None
    return replace(report, ticks=120 * 90, touchdown=replace(report.touchdown, speed_mps=mps, distance_m=distance_m))


def _lost(report: FlightReport, reason: Reason) -> FlightReport:
    score = replace(report.score, total=0)
    return replace(report, ticks=120 * 30, outcome=Outcome.LOST, reason_code=reason, score=score)


def _book() -> Book:
    """Two levels: landed twice and lost three times on one, landed once on the other, and one practised."""
    book = Book()
    for hours, (level, seed, change) in enumerate(
        [
            ("sky-crane", 1, lambda report: _landed(report, 0.9, 12.0)),
            ("sky-crane", 2, lambda report: _lost(report, Reason.WHEELS_BROKEN)),
            ("sky-crane", 3, lambda report: _lost(report, Reason.FUEL_OUT)),
            ("sky-crane", 4, lambda report: _lost(report, Reason.WHEELS_BROKEN)),
            ("sky-crane", 5, lambda report: _landed(report, 0.7, 40.0)),
            ("jezero", 6, lambda report: _landed(report, 0.8, 1700.0)),
            ("jezero", 7, lambda report: _landed(report, 0.1, 1.0)),
        ]
    ):
        replay, report = made_up(8000 + seed, seed=seed, level=level)
        book.add(replay, change(report), now=NOW + timedelta(hours=hours), practised=seed == 7)
    return book


def _open(player: Player, book: Book) -> None:
    """With this book, at the title."""
    player.app = App(pygame.display.get_surface(), player.clock, book=book, now=lambda: NOW)
    player.app.open(TitleScene(player.app.kit, mode=Mode.MANUAL))
    player.frame()


def _press(player: Player, *keys: int) -> None:
    for key in keys:
        player.tap(key)
        player.frame()


def _by_keys(player: Player) -> DiaryScene:
    _press(player, pygame.K_DOWN, pygame.K_DOWN, pygame.K_SPACE)
    assert isinstance(player.scene, LevelsScene)
    _press(player, pygame.K_UP, pygame.K_RETURN)
    diary = player.scene
    assert isinstance(diary, DiaryScene)
    return diary


def _words(diary: DiaryScene) -> list[str]:
    assert diary.drawn is not None
    return [line.text for line in diary.drawn.written]


def _after(diary: DiaryScene, words: str, count: int = 1) -> list[str]:
    """What is written behind these words."""
    at = _words(diary).index(words) + 1
    return _words(diary)[at : at + count]


def _tap(player: Player, at: tuple[float, float]) -> None:
    for kind in (pygame.FINGERDOWN, pygame.FINGERUP):
        pygame.event.post(pygame.event.Event(kind, touch_id=1, finger_id=0, x=at[0], y=at[1], dx=0.0, dy=0.0))
    player.frame()


def _where(player: Player, words: str) -> tuple[float, float]:
    scene = player.scene
    if isinstance(scene, DiaryScene):
        assert scene.drawn is not None
        written = scene.drawn.written
    else:
        assert isinstance(scene, TitleScene | LevelsScene)
        written = scene._written
    rect = next(line.rect for line in written if line.text == words)
    return rect.centerx / SIZE[0], rect.centery / SIZE[1]


def test_all_flights_together_come_first(player: Player) -> None:
    """How many, how many made it, how long; the best with its level; the causes, most frequent first. Practice is told
    apart, and was soft and near for nothing.
    """
    _open(player, _book())
    diary = _by_keys(player)
    words = _words(diary)
    assert words[words.index("6") : words.index("6") + 8] == [
        "6", "Flights", "3", "Made it", "3", "Lost", "7 min 30 s", "In flight",
    ]  # fmt: skip
    assert _after(diary, "Softest touchdown", 2) == ["0.70 m/s", "Sky crane"]
    assert _after(diary, "Nearest to the target", 2) == ["12 m", "Sky crane"]
    assert _after(diary, "Most points", 2) == ["8,006", load_level("jezero").title]
    assert _after(diary, "Lost by", 4) == ["wheels broken", "2", "out of propellant", "1"]
    assert "And 1 in practice, counted only as time." in words
    player.app.kit.texts.units = Units.US
    player.frame()
    assert _after(diary, "Softest touchdown")[0].endswith(" mph")


def test_keys_lead_to_every_level_and_to_the_newest_flights_and_back(player: Player) -> None:
    """Down marks a level that was flown, in the order of the ladder; right turns to its newest flights; Esc leads back
    to the list of all flights, with the diary still marked.
    """
    _open(player, _book())
    diary = _by_keys(player)
    _press(player, pygame.K_DOWN)
    assert _after(diary, "Softest touchdown", 2) == ["0.70 m/s", "Nearest to the target"]
    _press(player, pygame.K_DOWN)
    assert _after(diary, "Most points") == ["8,006"]
    assert "Lost by" not in _words(diary)
    _press(player, pygame.K_RIGHT)
    title = load_level("jezero").title
    assert _after(diary, "Points", 10) == [
        "26 November 2026", title, "Manual", "landed, practice", "8,007",
        "26 November 2026", title, "Manual", "landed", "8,006",
    ]  # fmt: skip
    _press(player, pygame.K_DOWN)
    assert _after(diary, "Points", 4)[3] == "landed, practice"
    assert sum(words == "wheels broken" for words in _words(diary)) == 2
    _press(player, pygame.K_UP, pygame.K_LEFT)
    assert _after(diary, "Most points") == ["8,006"]
    _press(player, pygame.K_ESCAPE)
    levels = player.scene
    assert isinstance(levels, LevelsScene)
    assert levels._at_diary
    assert "Up and down choose, Space opens the diary, Esc goes back." in [line.text for line in levels._written]


def test_a_stick_and_two_buttons_do_all_of_it(player: Player, pad: VirtualPad) -> None:
    """Down the title and up the list, the first button opens, a push of the stick turns the page, the second leads
    back; and the hint names these.
    """
    _open(player, _book())

    def push(axis: int, way: float) -> None:
        for value in (way, 0.0):
            pad.axis(axis, value)
            player.frame()

    def press(button: int) -> None:
        for down in (True, False):
            pad.button(button, down=down)
            player.frame()

    push(1, 1.0)
    push(1, 1.0)
    press(0)
    push(1, -1.0)
    press(0)
    diary = player.scene
    assert isinstance(diary, DiaryScene)
    assert "Up and down choose, left and right turn the page, Button 2 goes back." in _words(diary)
    push(0, 1.0)
    assert "What became of it" in _words(diary)
    push(1, 1.0)
    assert diary._index == 1
    press(1)
    assert isinstance(player.scene, LevelsScene)


def test_fingers_do_all_of_it(player: Player) -> None:
    """A tap on the diary opens it, one on a level or a tab shows that, one on the hint leads back."""
    _open(player, _book())
    texts = load_texts()
    _tap(player, _where(player, texts.get("title.flights")))
    _tap(player, _where(player, texts.get("diary.heading")))
    diary = player.scene
    assert isinstance(diary, DiaryScene)
    _tap(player, _where(player, "Sky crane"))
    assert diary._index == 1
    _tap(player, _where(player, texts.get("diary.tab_newest")))
    assert "What became of it" in _words(diary)
    _tap(player, _where(player, "wheels broken"))
    assert player.scene is diary
    _tap(player, _where(player, "Tap what you want to see. A tap here goes back."))
    assert isinstance(player.scene, LevelsScene)
    _tap(player, _where(player, texts.get("diary.heading")))
    assert isinstance(player.scene, DiaryScene)
    _tap(player, (0.005, 0.5))
    assert isinstance(player.scene, LevelsScene)


@pytest.mark.parametrize("key", [pygame.K_SPACE, pygame.K_ESCAPE, pygame.K_LSHIFT])
def test_an_empty_diary_says_something_kind(player: Player, key: int) -> None:
    """And whatever is pressed leads back."""
    _open(player, Book())
    diary = _by_keys(player)
    assert " ".join(_words(diary)[2:]) == load_texts().get("diary.empty")
    _press(player, pygame.K_DOWN, pygame.K_RIGHT)
    assert player.scene is diary
    _press(player, key)
    assert isinstance(player.scene, LevelsScene)


def test_a_book_that_cannot_be_read_is_told_and_nothing_stops(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence, in the diary's place."""
    _open(player, _book())

    def unread() -> None:
        raise BookError("scores.sqlite: disk I/O error")

    monkeypatch.setattr(player.app.kit.book, "flights", unread)
    diary = _by_keys(player)
    assert "The diary cannot be read now. scores.sqlite: disk I/O error" in " ".join(_words(diary))


def test_levels_that_the_game_has_not_stand_at_the_end(player: Player) -> None:
    """By their ids, whatever letters these have: the fonts lack some."""
    book = _book()
    replay, report = made_up(1, seed=90)
    header = replace(replay.header, level="d\N{GREEK SMALL LETTER EPSILON}lta")
    book.add(replace(replay, header=header), replace(report, level=header.level), now=NOW)
    _open(player, book)
    diary = _by_keys(player)
    assert diary._levels[-1][0] == header.level
    assert "d?lta" in _words(diary)


def test_every_device_has_its_hint(player: Player) -> None:
    """None names what is not in hand."""
    _open(player, _book())
    diary = _by_keys(player)
    hints = set()
    for hand in Hand:
        player.app.kit.devices.hand = hand
        diary.draw(pygame.display.get_surface(), 0.0)
        hints.add(_words(diary)[1])
    assert len(hints) == len(Hand)
    assert sum("Esc" in words for words in hints) == 1


def test_the_ladder_still_flies_what_it_flew(player: Player) -> None:
    """Down past the last flight is the diary, and past that the first flight again."""
    _open(player, Book())
    levels = LevelsScene(player.app.kit, ladder()[0].id, Mode.MANUAL, 0)
    player.app.open(levels)
    _press(player, *[pygame.K_DOWN] * len(ladder()))
    assert levels._at_diary
    _press(player, pygame.K_DOWN)
    assert levels.chosen is ladder()[0]
    assert not levels._at_diary
