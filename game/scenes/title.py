"""The title: a poster, the flights to choose from, the mode."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Final

import pygame

from game.content.modes import Mode
from game.input.actions import Action
from game.scenes.controls import ControlsScene
from game.scenes.flight import FlightScene
from game.scenes.kit import Kit
from game.scenes.labels import hint
from game.scenes.ladder import ladder
from game.scenes.menu import pointed
from game.scenes.stack import Change, Push, Quit, Replace
from game.sim.spec import TICK_HZ
from game.view.pen import Written
from game.view.poster import Poster, TitleCard

_FIRST: Final = "sky-crane"


class TitleScene:
    """Up and down choose a flight, left and right its mode. Below the flights: the controls, and the way out."""

    overlay = False

    def __init__(self, kit: Kit, chosen: str = _FIRST, mode: Mode = Mode.GUIDED, seed: int = 0) -> None:
        self._kit, self._mode, self._seed = kit, mode, seed
        self._levels = ladder()
        ids = [level.id for level in self._levels]
        self._index = ids.index(chosen) if chosen in ids else 0
        self._ticks = 0
        self._written: list[Written] = []
        self._poster = Poster(self._levels[0].vehicle, kit.studio)

    @property
    def _rows(self) -> tuple[tuple[str, str], ...]:
        """Every line with its brief, in the units of the moment."""
        texts = self._kit.texts
        return (
            *((level.title, texts.fill(level.brief)) for level in self._levels),
            (texts.get("menu.controls"), texts.get("title.controls")),
            (texts.get("menu.quit"), texts.get("title.leave")),
        )

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        modes = list(Mode)
        match action:
            case Action.UP:
                self._index = (self._index - 1) % len(self._rows)
            case Action.DOWN:
                self._index = (self._index + 1) % len(self._rows)
            case Action.LEFT:
                self._mode = modes[modes.index(self._mode) - 1]
            case Action.RIGHT:
                self._mode = next(islice(cycle(modes), modes.index(self._mode) + 1, None))
            case Action.CONFIRM:
                return self._take()
            case Action.POINT:
                return self._point()
            case Action.BACK:
                return Quit()
            case _:
                pass
        return None

    def _take(self) -> Change:
        """What the marked line stands for."""
        beyond = self._index - len(self._levels)
        if beyond >= 0:
            return Push(ControlsScene(self._kit)) if beyond == 0 else Quit()
        return Replace(FlightScene(self._kit, self._levels[self._index], self._mode, self._seed))

    def _point(self) -> Change:
        """A flight that is pointed at is chosen, and one that was chosen already is flown; a mode is chosen; the
        controls open at once.
        """
        texts, at = self._kit.texts, self._kit.devices.touch.at
        modes = list(Mode)
        mode = pointed(self._written, [texts.get(f"mode.{mode}").upper() for mode in modes], at, whole_row=False)
        if mode is not None:
            self._mode = modes[mode]
            return None
        index = pointed(self._written, [title for title, _ in self._rows], at)
        if index is None:
            return None
        chosen, self._index = self._index, index
        return self._take() if index == chosen or index == len(self._levels) else None

    def tick(self) -> Change:
        self._ticks += 1
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        card = TitleCard(
            levels=self._rows,
            index=self._index,
            modes=tuple(Mode),
            mode=self._mode,
            hint=hint(self._kit, "title.hint"),
        )
        self._written = self._poster.draw(surface, self._kit.texts, card, (self._ticks + alpha) / TICK_HZ)
