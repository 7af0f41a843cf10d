"""Before today's flight, and before its one try is given away."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final

import pygame

from game.content.modes import Mode
from game.input.actions import Action
from game.record.book.store import BookError
from game.scenes.attempt import Attempt, points_of, today, try_of
from game.scenes.dates import date_words
from game.scenes.kit import Kit
from game.scenes.labels import hint
from game.scenes.ladder import level_of
from game.scenes.menu import Item, Menu
from game.scenes.stack import Change, Pop, Replace
from game.view.ask_page import AskPage, draw_ask
from game.view.brief_page import BriefPage, draw_brief
from game.view.pen import Written

_ANY: Final = frozenset({Action.UP, Action.DOWN, Action.LEFT, Action.RIGHT})


def launched_today(kit: Kit, mode: Mode) -> Change:
    """The flight of this day, with its brief on top; nothing is begun yet."""
    from game.scenes.flight import FlightScene  # noqa: PLC0415 - flights and this lead to each other

    attempt = Attempt(kit, today(kit))
    level = level_of(attempt.daily.level)
    return Replace(FlightScene(kit, level, mode, attempt.daily.seed, attempt), DailyBrief(kit, mode, attempt))


class DailyBrief:
    """ACTION or a tap begins the try, or practice after it; the second button or Esc goes back to the title."""

    overlay = True

    def __init__(self, kit: Kit, mode: Mode, attempt: Attempt) -> None:
        self._kit, self._mode, self._attempt = kit, mode, attempt
        self._tried = try_of(kit, attempt.daily.date)
        self.written: list[Written] = []

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        match action:
            case Action.CONFIRM | Action.POINT:
                return self._begin()
            case _ if action in _ANY and self._mode is Mode.ONE_BUTTON:
                return self._begin()
            case Action.BACK | Action.ASSIST:
                from game.scenes.title import TitleScene  # noqa: PLC0415 - title and brief lead to each other

                return Replace(TitleScene(self._kit, mode=self._mode))
            case _:
                return None

    def _begin(self) -> Change:
        if today(self._kit) != self._attempt.daily:  # midnight has passed over the brief
            return launched_today(self._kit, self._mode)
        self._attempt.begin()
        return Pop()

    def tick(self) -> Change:
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        kit, texts, daily = self._kit, self._kit.texts, self._attempt.daily
        level = level_of(daily.level)
        ready = "practice" if self._tried else "try"
        page = BriefPage(
            kicker=texts.get("daily.kicker", date=date_words(texts, daily.date), mode=self._mode.value),
            title=level.title,
            brief=texts.fill(level.brief),
            teaches=self._state(),
            steps_heading=texts.get("daily.rules"),
            steps=(texts.get(f"daily.{ready}_rule"), texts.get("daily.weather", seed=float(daily.seed)), *self._best()),
            medals=(),
            hint=hint(kit, f"daily.hint_{ready}"),
        )
        self.written = draw_brief(surface, page)

    def _state(self) -> str:
        """Whether the try is there still, or what became of it."""
        texts = self._kit.texts
        if self._tried is None:
            return texts.get("daily.ready")
        points = points_of(self._kit, self._tried)
        return texts.get("daily.tried", points=float(points)) if points is not None else texts.get("daily.given_up")

    def _best(self) -> tuple[str, ...]:
        """The best of this day in this mode, if somebody has landed."""
        with suppress(BookError):
            best = self._kit.book.daily_board(self._attempt.daily.date, self._mode.board, 1)
            if best:
                words = self._kit.texts.get("daily.best", name=best[0].initials, points=float(best[0].score))
                return (words,)
        return ()


class EndTry:
    """Asks before the try of the day is given away. Flying on is what is marked, and what every other key means."""

    overlay = True

    def __init__(self, kit: Kit, attempt: Attempt, then: Callable[[], Change]) -> None:
        """`then`: what was wanted, and is done after all once it is clear that it ends the try."""
        self._kit, self._attempt, self._then = kit, attempt, then
        self._written: list[Written] = []
        texts = kit.texts
        self._menu = Menu((Item(texts.get("daily.fly_on"), Pop), Item(texts.get("daily.end"), self._end)))

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def _end(self) -> Change:
        self._attempt.give_up()
        return self._then() or Pop()

    def handle(self, action: Action) -> Change:
        match action:
            case Action.BACK | Action.ASSIST | Action.PAUSE:
                return Pop()
            case Action.POINT:
                return self._menu.point(self._written, self._kit.devices.touch.at)
            case _:
                return self._menu.handle(action)

    def tick(self) -> Change:
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        texts = self._kit.texts
        answers = tuple(item.label for item in self._menu.items)
        page = AskPage(
            texts.get("daily.ask"), texts.get("daily.ask_about"), answers, self._menu.index,
            hint(self._kit, "daily.ask_hint"),
        )  # fmt: skip
        self._written = draw_ask(surface, page)
