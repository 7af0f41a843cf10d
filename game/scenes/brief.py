"""The brief: before the first flight of a level, what it teaches, over the flight that waits below."""

from __future__ import annotations

from typing import Final

import pygame

from game.content.levels import Level
from game.content.modes import Mode
from game.input.actions import Action
from game.scenes.bests import medal_words
from game.scenes.kit import Kit
from game.scenes.labels import hint, sentence
from game.scenes.stack import Change, Pop, Replace
from game.view.brief_page import BriefPage, draw_brief
from game.view.pen import Written

_LEFT_TO_YOU: Final = ("{action}", "{mark}")  # by the autopilot, in the steps of a lesson; by one button, the first
_ANY: Final = frozenset({Action.UP, Action.DOWN, Action.LEFT, Action.RIGHT})


class BriefScene:
    """ACTION or a tap begins the flight, the second button or Esc goes back to the title."""

    overlay = True

    def __init__(self, kit: Kit, level: Level, mode: Mode, seed: int) -> None:
        self._kit, self._level, self._mode, self._seed = kit, level, mode, seed
        self.written: list[Written] = []

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        match action:
            case Action.CONFIRM | Action.POINT:
                return Pop()
            case _ if action in _ANY and self._mode is Mode.ONE_BUTTON:
                return Pop()
            case Action.BACK | Action.ASSIST:
                from game.scenes.title import TitleScene  # noqa: PLC0415 - title and brief lead to each other

                return Replace(TitleScene(self._kit, self._level.id, self._mode, self._seed))
            case _:
                return None

    def tick(self) -> Change:
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        kit, level, texts = self._kit, self._level, self._kit.texts
        lesson = level.lesson
        page = BriefPage(
            kicker=texts.get("brief.heading", mode=self._mode.value),
            title=level.title,
            brief=texts.fill(level.brief),
            teaches=sentence(kit, lesson.teaches) if lesson else "",
            steps_heading=texts.get("brief.to_fly"),
            steps=tuple(sentence(kit, step) for step in self._steps()),
            medals=medal_words(kit, level),
            hint=hint(kit, "brief.hint"),
        )
        self.written = draw_brief(surface, page)

    def _steps(self) -> tuple[str, ...]:
        """What there is to do: by hand all of it; beside the autopilot only what it leaves to the person."""
        steps = self._level.lesson.steps if self._level.lesson else ()
        if self._mode.board is not Mode.GUIDED:
            return steps
        left = _LEFT_TO_YOU[: 1 if self._mode is Mode.ONE_BUTTON else None]
        return (self._kit.texts.raw("brief.guided"), *(step for step in steps if any(key in step for key in left)))
