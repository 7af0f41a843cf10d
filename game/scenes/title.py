"""The title: a poster, the flights to choose from, the mode."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Final

import pygame

from game.content.modes import Mode
from game.input.actions import Action
from game.scenes.flight import FlightScene
from game.scenes.kit import Kit
from game.scenes.ladder import ladder
from game.scenes.stack import Change, Quit, Replace
from game.sim.spec import TICK_HZ
from game.view.poster import Poster, TitleCard

_FIRST: Final = "sky-crane"


class TitleScene:
    """Up and down choose a flight, left and right its mode."""

    overlay = False

    def __init__(self, kit: Kit, chosen: str = _FIRST, mode: Mode = Mode.GUIDED, seed: int = 0) -> None:
        self._kit, self._mode, self._seed = kit, mode, seed
        self._levels = ladder()
        ids = [level.id for level in self._levels]
        self._index = ids.index(chosen) if chosen in ids else 0
        self._ticks = 0
        self._poster = Poster(self._levels[0].vehicle, kit.studio)

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        modes = list(Mode)
        match action:
            case Action.UP:
                self._index = (self._index - 1) % len(self._levels)
            case Action.DOWN:
                self._index = (self._index + 1) % len(self._levels)
            case Action.LEFT:
                self._mode = modes[modes.index(self._mode) - 1]
            case Action.RIGHT:
                self._mode = next(islice(cycle(modes), modes.index(self._mode) + 1, None))
            case Action.CONFIRM:
                return Replace(FlightScene(self._kit, self._levels[self._index], self._mode, self._seed))
            case Action.BACK:
                return Quit()
            case _:
                pass
        return None

    def tick(self) -> Change:
        self._ticks += 1
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        card = TitleCard(
            levels=tuple((level.title, level.brief) for level in self._levels),
            index=self._index,
            modes=tuple(Mode),
            mode=self._mode,
        )
        self._poster.draw(surface, self._kit.texts, card, (self._ticks + alpha) / TICK_HZ)
