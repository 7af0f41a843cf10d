"""Today's flight in the window: one try, safely noted before its first tick, and nothing ends it unasked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pygame
import pytest

from game.app import App
from game.content.daily import daily_of
from game.content.modes import Mode
from game.pilots.mixer import Hands
from game.record.book.boards import Period
from game.record.book.book import Book
from game.record.book.daily import TryState
from game.record.book.store import BookError
from game.scenes.attempt import Standing
from game.scenes.boards import BoardsScene
from game.scenes.daily import DailyBrief, EndTry
from game.scenes.flight import FlightScene
from game.scenes.initials import InitialsScene
from game.scenes.pause import PauseScene
from game.scenes.result import ResultScene
from game.scenes.title import TitleScene
from tests.input.player import Player, a_player

DATE = "2026-01-04"  # the sky crane: soon over


class _Day:
    """A clock on the wall that a test turns."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 4, 23, 50, tzinfo=UTC)


@pytest.fixture
def day() -> _Day:
    return _Day()


@pytest.fixture
def player(tmp_path: Path, day: _Day) -> Iterator[Player]:
    with a_player((640, 360)) as someone:
        surface = pygame.display.get_surface()
        someone.app = App(surface, someone.clock, book=Book(tmp_path / "scores.sqlite"), now=lambda: day.now)
        someone.app.open(TitleScene(someone.app.kit, mode=Mode.MANUAL))
        yield someone
        someone.app.kit.book.close()


def _tap(player: Player, *keys: int) -> None:
    for key in keys:
        player.tap(key)
        player.frame(drawn=False)


def _brief(player: Player) -> DailyBrief:
    """From the title to the brief of today's flight."""
    player.app.open(TitleScene(player.app.kit, mode=Mode.MANUAL))
    _tap(player, pygame.K_DOWN, pygame.K_SPACE)
    brief = player.scene
    assert isinstance(brief, DailyBrief)
    return brief


def _begin(player: Player) -> FlightScene:
    _brief(player)
    _tap(player, pygame.K_SPACE)
    scene = player.scene
    assert isinstance(scene, FlightScene)
    return scene


def _standing(scene: FlightScene) -> Standing:
    assert scene.attempt is not None
    return scene.attempt.standing


def _state(player: Player) -> TryState | None:
    tried = player.app.kit.book.daily_try(DATE)
    return None if tried is None else tried.state


def _to_its_end(player: Player, scene: FlightScene, *, by_autopilot: bool = True) -> ResultScene:
    if by_autopilot:  # as a person's hands: what is to be seen is what becomes of its flight
        autopilot = scene.cockpit._autopilot
        setattr(scene.cockpit, "command", lambda flight, pace: (autopilot.command(flight), Hands.ALL))  # noqa: B010
    for _ in range(2000):
        if isinstance(player.scene, ResultScene):
            return player.scene
        player.frame(drawn=False)
    raise AssertionError("it does not end")


def test_the_brief_begins_nothing(player: Player) -> None:
    """It says that one try counts and that a restart ends it; Esc leads back, and the try is still there."""
    brief = _brief(player)
    player.frame()
    words = " ".join(line.text for line in brief.written)
    assert "One try counts. It begins as soon as you press." in words
    assert "A restart, slow motion or leaving ends the try" in words
    assert "4 JANUARY 2026" in words
    assert _state(player) is None
    _tap(player, pygame.K_ESCAPE)
    assert isinstance(player.scene, TitleScene)
    assert _state(player) is None


def test_the_try_is_on_the_disk_before_its_first_tick(player: Player, tmp_path: Path) -> None:
    """Another look into the same book, as after a pulled plug, finds it begun; and the flight is the day's own."""
    _brief(player)
    player.tap(pygame.K_SPACE)
    player.app.advance()
    scene = player.scene
    assert isinstance(scene, FlightScene)
    assert scene.flight.tick == 0
    other = Book(tmp_path / "scores.sqlite")
    tried = other.daily_try(DATE)
    other.close()
    assert tried is not None
    assert (tried.state, tried.level) == (TryState.STARTED, "sky-crane")
    daily = daily_of(DATE)
    assert (scene.level.id, scene.seed) == (daily.level, daily.seed)
    assert scene.flight.spec.dispersions == scene.level.dispersions
    assert _standing(scene) is Standing.TRY


def test_a_try_that_lands_stands_on_the_days_board(player: Player, day: _Day) -> None:
    """With its record, which says that it was dispersed; what is flown after it is practice, and no try. Neither stands
    on the board of the level, which is of another day.
    """
    result = _to_its_end(player, _begin(player))
    book = player.app.kit.book
    tried = book.daily_try(DATE)
    assert tried is not None
    assert result.entry is not None
    assert (tried.state, tried.flight) == (TryState.FLOWN, result.entry.id)
    assert book.entry(result.entry.id).daily == DATE
    assert book.entry(result.entry.id).dispersed
    assert "This was the try of 4 January 2026." in result.seen.remark
    proved = book.prove(result.entry.id)
    assert proved.accepted
    assert [entry.id for entry in book.daily_board(DATE, Mode.MANUAL)] == [result.entry.id]
    assert result.following is None
    for _ in range(50):
        player.frame(drawn=False)
    _tap(player, pygame.K_r)
    scene = player.scene
    assert isinstance(scene, FlightScene)
    assert _standing(scene) is Standing.PRACTICE
    day.now += timedelta(minutes=3)
    again = _to_its_end(player, scene)
    assert again.entry is not None
    assert again.entry.daily is None
    assert "Practice for 4 January 2026" in again.seen.remark
    assert book.prove(again.entry.id).accepted
    assert [entry.id for entry in book.daily_board(DATE, Mode.MANUAL)] == [result.entry.id]
    assert book.board("sky-crane", Mode.MANUAL, Period.ALL_TIME, day.now) == ()
    brief = _brief(player)
    assert f"Your try is flown: {result.report.score.total:,} points." in brief._state()


@pytest.mark.slow
def test_whose_try_it_was_is_asked_and_the_scores_show_the_days_board(player: Player) -> None:
    """On the way out of its result; the board of the day has its own level, and leaving it leads to all time."""
    result = _to_its_end(player, _begin(player))
    for _ in range(50):
        player.frame(drawn=False)
    _tap(player, pygame.K_SPACE)
    asked = player.scene
    assert isinstance(asked, InitialsScene)
    player.frame()
    assert asked._place == (1, None)
    asked.letters = "ROV"
    asked.index = 2
    _tap(player, pygame.K_SPACE)
    book = player.app.kit.book
    assert result.entry is not None
    assert book.prove(result.entry.id).accepted
    scene = BoardsScene(player.app.kit, "jezero", Mode.MANUAL)
    player.app.open(scene)
    _tap(player, pygame.K_DOWN, pygame.K_DOWN, pygame.K_LEFT)
    assert (scene.period, scene.level.id) == (None, "sky-crane")
    player.frame()
    assert [row.name for row in scene._board_rows()][:1] == ["ROV"]
    _tap(player, pygame.K_UP, pygame.K_UP, pygame.K_RIGHT)
    assert (scene.period, scene.level.id) == (Period.ALL_TIME, "gale")


def test_a_lost_try_is_a_try(player: Player) -> None:
    """Nobody touches anything: it counts as flown, and tells so."""
    result = _to_its_end(player, _begin(player), by_autopilot=False)
    assert _state(player) is TryState.FLOWN
    assert result.report.score.total == 0
    assert _standing(_begin(player)) is Standing.PRACTICE


@pytest.mark.parametrize("key", [pygame.K_r, pygame.K_t, pygame.K_n])
def test_what_would_end_the_try_asks_first(player: Player, key: int) -> None:
    """R, slow motion, a single step. Space flies on, because that is what is marked, and the try is still one."""
    scene = _begin(player)
    _tap(player, key)
    assert isinstance(player.scene, EndTry)
    tick = scene.flight.tick
    for _ in range(5):
        player.frame()
    assert scene.flight.tick == tick
    _tap(player, pygame.K_SPACE)
    assert player.scene is scene
    assert _standing(scene) is Standing.TRY
    assert not scene.tempo.practised
    assert _state(player) is TryState.STARTED
    _tap(player, key, pygame.K_ESCAPE)
    assert player.scene is scene
    _tap(player, key, pygame.K_DOWN, pygame.K_SPACE)
    assert _state(player) is TryState.GIVEN_UP
    flying = player.scene
    assert isinstance(flying, FlightScene)
    assert _standing(flying) is Standing.PRACTICE
    assert (flying is not scene) is (key == pygame.K_r)
    assert flying.tempo.practised is (key != pygame.K_r)


@pytest.mark.parametrize("row", [1, 2, 6])
def test_the_pause_asks_too(player: Player, row: int) -> None:
    """Fly again, practice, and to the title, from its list."""
    scene = _begin(player)
    _tap(player, pygame.K_p)
    assert isinstance(player.scene, PauseScene)
    _tap(player, *[pygame.K_DOWN] * row, pygame.K_RETURN)
    assert isinstance(player.scene, EndTry)
    _tap(player, pygame.K_ESCAPE)
    assert isinstance(player.scene, PauseScene)
    assert _standing(scene) is Standing.TRY
    _tap(player, pygame.K_RETURN, pygame.K_DOWN, pygame.K_RETURN)
    assert _state(player) is TryState.GIVEN_UP
    assert isinstance(player.scene, (FlightScene, PauseScene, TitleScene)[row // 3 if row != 2 else 1])


def test_a_try_that_was_left_is_not_there_again(player: Player) -> None:
    """Given up or cut off by a closed window: the brief says so, and what follows is practice."""
    _begin(player)
    assert "begun and not flown to its end" in _brief(player)._state()
    _tap(player, pygame.K_SPACE)
    scene = player.scene
    assert isinstance(scene, FlightScene)
    assert _standing(scene) is Standing.PRACTICE
    _tap(player, pygame.K_r)
    assert isinstance(player.scene, FlightScene)


def test_what_is_decided_stands(player: Player) -> None:
    """R after the loss, while it still tumbles, cannot undo it: the result comes at once."""
    scene = _begin(player)
    while scene.flight.outcome.value == "flying":
        player.frame(drawn=False)
    assert not scene.flight.over
    _tap(player, pygame.K_r)
    assert isinstance(player.scene, ResultScene)
    assert _state(player) is TryState.FLOWN


@pytest.mark.slow
def test_at_midnight_a_try_stays_of_its_day_and_a_brief_becomes_the_next_ones(player: Player, day: _Day) -> None:
    """The try that was begun at ten to twelve lands after it; a brief that waited is for another flight now."""
    scene = _begin(player)
    day.now += timedelta(minutes=20)
    _to_its_end(player, scene)
    assert _state(player) is TryState.FLOWN
    assert player.app.kit.book.daily_try("2026-01-05") is None
    brief = _brief(player)
    day.now += timedelta(days=1)
    _tap(player, pygame.K_SPACE)
    assert isinstance(player.scene, DailyBrief)
    assert player.scene is not brief
    assert player.app.kit.book.daily_try("2026-01-05") is None
    _tap(player, pygame.K_SPACE)
    assert player.app.kit.book.daily_try("2026-01-06") is not None


def test_what_cannot_be_noted_does_not_count(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: it is flown all the same, as practice, and the result says why."""

    def full(*told: object) -> bool:
        raise BookError("the disk is full")

    monkeypatch.setattr(player.app.kit.book, "daily_start", full)
    scene = _begin(player)
    assert _standing(scene) is Standing.PRACTICE
    result = _to_its_end(player, scene)
    assert "the try could not be noted. the disk is full" in result.seen.remark


def test_the_title_says_which_flight_it_is_today(player: Player, day: _Day) -> None:
    """In a line, with the day; after the try another; and at midnight the next one's."""
    title = TitleScene(player.app.kit, mode=Mode.MANUAL)
    assert title._line("daily").startswith("4 January 2026: Sky crane, weather no. 117,436.")
    assert "one try counts" in title._line("daily")
    _begin(player)
    player.app.open(title := TitleScene(player.app.kit, mode=Mode.MANUAL))
    assert "You have had your try" in title._line("daily")
    day.now += timedelta(minutes=20)
    for _ in range(20):
        player.frame(drawn=False)
    assert title._line("daily").startswith("5 January 2026: Jezero")
    assert "one try counts" in title._line("daily")
