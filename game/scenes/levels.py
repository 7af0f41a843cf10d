"""All flights: the ladder with medals and bests, each in the mode that is chosen."""

from __future__ import annotations

import pygame

from game.content.levels import Level
from game.content.modes import Mode
from game.input.actions import Action
from game.record.settings import Control
from game.scenes.bests import best_words, medal_of, medal_words
from game.scenes.boards import BoardsScene
from game.scenes.kit import Kit
from game.scenes.labels import hint, keys_of
from game.scenes.ladder import ladder
from game.scenes.launch import launched
from game.scenes.menu import pointed
from game.scenes.modes import mode_beside, mode_names, pointed_mode
from game.scenes.stack import Change, Push, Replace
from game.view.ladder_page import LadderPage, LadderRow, draw_ladder
from game.view.pen import Written


class LevelsScene:
    """Over the title. Up and down choose, left and right change the mode, ACTION flies, P shows the scores, ASSIST or
    Esc goes back.
    """

    overlay = True

    def __init__(self, kit: Kit, chosen: str, mode: Mode, seed: int) -> None:
        self._kit, self.mode, self._seed = kit, mode, seed
        self._levels = ladder()
        ids = [level.id for level in self._levels]
        self._index = ids.index(chosen) if chosen in ids else 0
        self._pane = pygame.Rect(0, 0, 0, 0)
        self._written: list[Written] = []

    @property
    def chosen(self) -> Level:
        return self._levels[self._index]

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        match action:
            case Action.UP | Action.DOWN:
                self._index = (self._index + (1 if action is Action.DOWN else -1)) % len(self._levels)
            case Action.LEFT | Action.RIGHT:
                self.mode = mode_beside(self.mode, 1 if action is Action.RIGHT else -1)
            case Action.CONFIRM:
                return launched(self._kit, self.chosen, self.mode, self._seed)
            case Action.PAUSE:
                return Push(BoardsScene(self._kit, self.chosen.id, self.mode))
            case Action.POINT:
                return self._point()
            case Action.BACK | Action.ASSIST:
                return self._back()
            case _:
                pass
        return None

    def _point(self) -> Change:
        """A flight that is pointed at is chosen, and one that was chosen already is flown; its best leads to the
        scores, and outside leads back.
        """
        at = self._kit.devices.touch.at
        mode = pointed_mode(self._written, self._kit.texts, at)
        if mode is not None:
            self.mode = mode
            return None
        index = pointed(self._written, [level.title for level in self._levels], at)
        if index is not None:
            again, self._index = index == self._index, index
            return self.handle(Action.CONFIRM) if again else None
        if pointed(self._written, (best_words(self._kit, self.chosen, self.mode),), at) is not None:
            return self.handle(Action.PAUSE)
        window = pygame.display.get_surface()
        inside = window is None or self._pane.collidepoint(at[0] * window.get_width(), at[1] * window.get_height())
        return None if inside else self._back()

    def _back(self) -> Change:
        from game.scenes.title import TitleScene  # noqa: PLC0415 - title and ladder lead to each other

        return Replace(TitleScene(self._kit, self.chosen.id, self.mode, self._seed))

    def tick(self) -> Change:
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        kit, texts = self._kit, self._kit.texts
        page = LadderPage(
            heading=texts.get("levels.heading"),
            rows=tuple(self._row(level) for level in self._levels),
            index=self._index,
            modes=mode_names(texts),
            mode=list(Mode).index(self.mode),
            brief=texts.fill(self.chosen.brief),
            best=best_words(kit, self.chosen, self.mode),
            medals=medal_words(kit, self.chosen),
            hint=hint(kit, "levels.hint", pause=keys_of(kit, Control.PAUSE, most=1)),
        )
        self._pane, self._written = draw_ladder(surface, page)

    def _row(self, level: Level) -> LadderRow:
        best = self._kit.progress.best(level.id, self.mode)
        words = "" if best is None else self._kit.texts.get("levels.best", points=float(best))
        return LadderRow(level.title, medal_of(level, best), words)
