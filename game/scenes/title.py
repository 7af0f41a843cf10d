"""The title: a poster, one press to fly, and the ways to everything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import pygame

from game.content.levels import level_ids
from game.content.modes import Mode
from game.input.actions import Action
from game.scenes.attempt import today, try_of
from game.scenes.attract import IDLE_TICKS, AttractScene
from game.scenes.bests import best_words
from game.scenes.boards import BoardsScene, boards_in_turn
from game.scenes.daily import launched_today
from game.scenes.dates import date_words
from game.scenes.help import HelpScene
from game.scenes.kit import Kit
from game.scenes.labels import hint
from game.scenes.ladder import level_of
from game.scenes.launch import launched
from game.scenes.levels import LevelsScene
from game.scenes.menu import pointed
from game.scenes.modes import mode_beside, mode_names, pointed_mode
from game.scenes.programme import bests_of
from game.scenes.settings import SettingsScene
from game.scenes.stack import Change, Push, Quit
from game.sim.spec import TICK_HZ
from game.view.pen import Written
from game.view.poster import Poster, TitleCard

_FIRST: Final = "sky-crane"
_DEAF_TICKS: Final = TICK_HZ // 3  # who leaves the show with two buttons at once does not mean the second one


class TitleScene:
    """Up and down choose, left and right change the mode, ACTION takes: first of all the flight that is next."""

    overlay = False

    def __init__(self, kit: Kit, chosen: str = _FIRST, mode: Mode = Mode.GUIDED, seed: int = 0) -> None:
        self._kit, self.mode, self._seed = kit, mode, seed
        self.level = level_of(chosen if chosen in level_ids() else _FIRST)
        self._rows: tuple[tuple[str, Callable[[], Change]], ...] = (
            ("fly", lambda: launched(kit, self.level, self.mode, seed)),
            ("daily", lambda: launched_today(kit, self.mode)),
            ("flights", lambda: Push(LevelsScene(kit, self.level.id, self.mode, seed))),
            ("scores", lambda: Push(BoardsScene(kit, self.level.id, self.mode))),
            ("settings", lambda: Push(SettingsScene(kit))),
            ("help", lambda: Push(HelpScene(kit))),
            ("leave", Quit),
        )
        self._index = 0
        self._boards = boards_in_turn(kit)
        self._ticks = 0
        self._presses, self._idle_ticks = kit.devices.presses, 0
        self._deaf_ticks = 0
        self._today = today(kit)
        self._tried = try_of(kit, self._today.date)
        self._written: list[Written] = []
        self._poster = Poster(level_of(_FIRST).vehicle, kit.studio)

    def enter(self) -> None:
        self._kit.controls.forget_presses()
        self._kit.flights.drop()  # whoever comes here from a pause has broken it off

    def handle(self, action: Action) -> Change:
        if self._deaf_ticks:
            return None
        match action:
            case Action.UP:
                self._index = (self._index - 1) % len(self._rows)
            case Action.DOWN:
                self._index = (self._index + 1) % len(self._rows)
            case Action.LEFT | Action.RIGHT:
                self.mode = mode_beside(self.mode, 1 if action is Action.RIGHT else -1)
            case Action.CONFIRM:
                return self._rows[self._index][1]()
            case Action.POINT:
                return self._point()
            case Action.BACK:
                return Quit()
            case _:
                pass
        return None

    def _point(self) -> Change:
        """A mode that is pointed at is chosen, everything else is taken at once."""
        at = self._kit.devices.touch.at
        mode = pointed_mode(self._written, self._kit.texts, at)
        if mode is not None:
            self.mode = mode
            return None
        index = pointed(self._written, self._labels(), at)
        if index is None:
            return None
        self._index = index
        return self._rows[index][1]()

    def tick(self) -> Change:
        self._ticks += 1
        if self._ticks % TICK_HZ == 0 and today(self._kit) != self._today:  # midnight has passed over the title
            self._today = today(self._kit)
            self._tried = try_of(self._kit, self._today.date)
        self._deaf_ticks = max(self._deaf_ticks - 1, 0)
        self._idle_ticks = self._idle_ticks + 1 if self._presses == self._kit.devices.presses else 0
        self._presses = self._kit.devices.presses
        if self._idle_ticks < IDLE_TICKS:
            return None
        self._idle_ticks, self._deaf_ticks = 0, _DEAF_TICKS
        boards = ((self._kit.texts.get("boards.heading"), self._boards),)
        return Push(AttractScene(self._kit, self, partial(bests_of, self._kit.book), boards))

    def _line(self, name: str) -> str:
        """A line about the marked way on."""
        texts = self._kit.texts
        if name == "fly":
            return texts.fill(self.level.brief)
        if name != "daily":
            return texts.get(f"title.{name}_line")
        key = "title.daily_line" if self._tried is None else "title.daily_done_line"
        date, title = date_words(texts, self._today.date), level_of(self._today.level).title
        return texts.get(key, date=date, level=title, seed=float(self._today.seed))

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        texts = self._kit.texts
        name = self._rows[self._index][0]
        card = TitleCard(
            rows=self._labels(),
            index=self._index,
            line=self._line(name),
            best=best_words(self._kit, self.level, self.mode) if name == "fly" else "",
            modes=mode_names(texts),
            mode=list(Mode).index(self.mode),
            mode_help=texts.get(f"mode_help.{self.mode}"),
            hint=hint(self._kit, "title.hint"),
        )
        self._written = self._poster.draw(surface, texts, card, (self._ticks + alpha) / TICK_HZ)

    def _labels(self) -> tuple[str, ...]:
        texts = self._kit.texts
        return tuple(
            texts.get("menu.settings") if name == "settings" else texts.get(f"title.{name}", level=self.level.title)
            for name, _ in self._rows
        )
