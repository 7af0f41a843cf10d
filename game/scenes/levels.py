"""All flights: the ladder with medals and bests, each in the mode that is chosen, and below it the diary."""

from __future__ import annotations

import pygame

from game.content.levels import Level
from game.content.modes import Mode
from game.input.actions import Action
from game.record.settings import Control
from game.scenes.bests import best_words, medal_of, medal_words
from game.scenes.boards import BoardsScene
from game.scenes.diary import DiaryScene
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
    """Over the title. Up and down choose, left and right change the mode, ACTION flies or opens the diary, P shows the
    scores, ASSIST or Esc goes back.
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
        """The level that is marked; beside the diary, which stands below the last, the last."""
        return self._levels[min(self._index, len(self._levels) - 1)]

    @property
    def _at_diary(self) -> bool:
        return self._index == len(self._levels)

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        match action:
            case Action.UP | Action.DOWN:
                self._index = (self._index + (1 if action is Action.DOWN else -1)) % (len(self._levels) + 1)
            case Action.LEFT | Action.RIGHT:
                self.mode = mode_beside(self.mode, 1 if action is Action.RIGHT else -1)
            case Action.CONFIRM if self._at_diary:
                return Push(DiaryScene(self._kit))
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
        scores, the diary opens at once, and outside leads back.
        """
        at = self._kit.devices.touch.at
        mode = pointed_mode(self._written, self._kit.texts, at)
        if mode is not None:
            self.mode = mode
            return None
        titles = [level.title for level in self._levels]
        index = pointed(self._written, [*titles, self._kit.texts.get("diary.heading")], at)
        if index is not None:
            again, self._index = index in (self._index, len(titles)), index
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
        diary, level = self._at_diary, self.chosen
        page = LadderPage(
            heading=texts.get("levels.heading"),
            rows=(*(self._row(level) for level in self._levels), LadderRow(texts.get("diary.heading"), None, "", True)),
            index=self._index,
            modes=mode_names(texts),
            mode=list(Mode).index(self.mode),
            brief=texts.get("levels.diary_line") if diary else texts.fill(level.brief),
            best="" if diary else best_words(kit, level, self.mode),
            medals=() if diary else medal_words(kit, level),
            hint=hint(kit, "levels.diary_hint" if diary else "levels.hint", pause=keys_of(kit, Control.PAUSE, most=1)),
        )
        self._pane, self._written = draw_ladder(surface, page)

    def _row(self, level: Level) -> LadderRow:
        best = self._kit.progress.best(level.id, self.mode)
        words = "" if best is None else self._kit.texts.get("levels.best", points=float(best))
        return LadderRow(level.title, medal_of(level, best), words)
