"""Pause: the flight lies below and does not tick."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pygame

from game.input.actions import Action
from game.scenes.controls import ControlsScene
from game.scenes.help import HelpScene
from game.scenes.kit import Kit
from game.scenes.labels import control_lines, hint, tempo_words
from game.scenes.menu import Item, Menu
from game.scenes.settings import SettingsScene
from game.scenes.stack import Change, Pop, Push, Replace
from game.scenes.tempo import Tempo
from game.view.panels import draw_pause
from game.view.pen import Written

if TYPE_CHECKING:
    from game.scenes.stack import Scene


_PRACTICE: Final = 2  # the line of the menu


class PauseScene:
    """Dims what is below and offers the ways on."""

    overlay = True

    def __init__(
        self, kit: Kit, again: Callable[[], Scene], tempo: Tempo,
        guard: Callable[[Callable[[], Change]], Change] = lambda then: then(), *, unplugged: bool = False,
    ) -> None:  # fmt: skip
        """`guard`: does what ends the flight, or makes it practice, and may ask before.

        `unplugged`: the gamepad in hand is gone, which is said, and when it is back, that a press goes on.
        """
        from game.scenes.title import TitleScene  # noqa: PLC0415 - title and flight lead to each other

        self._kit = kit
        self._written: list[Written] = []
        self._note = "pause.unplugged" if unplugged else ""
        texts = kit.texts
        self._title: Callable[[], Change] = lambda: guard(lambda: Replace(TitleScene(kit)))
        self._again: Callable[[], Change] = lambda: guard(lambda: Replace(again()))
        self._guard = guard
        self._tempo = tempo
        self._menu = Menu(
            (
                Item(texts.get("menu.resume"), Pop),
                Item(texts.get("menu.restart"), self._again),
                Item(tempo_words(kit, tempo), self._slower),
                Item(texts.get("menu.help"), lambda: Push(HelpScene(kit))),
                Item(texts.get("menu.settings"), lambda: Push(SettingsScene(kit))),
                Item(texts.get("menu.controls"), lambda: Push(ControlsScene(kit))),
                Item(texts.get("menu.title"), self._title),
            )
        )

    def enter(self) -> None:
        """Nothing to do: it has no state of its own."""

    def _slower(self) -> Change:
        return self._guard(self._slow_down)

    def _slow_down(self) -> Change:
        self._tempo.slower()
        self._menu.index = _PRACTICE  # by its key, too: the line that changes is the one that is marked
        self._menu.relabel(tempo_words(self._kit, self._tempo))
        return None

    def handle(self, action: Action) -> Change:
        match action:
            case Action.PAUSE | Action.ASSIST | Action.BACK:  # who presses Esc twice means to fly on
                return Pop()
            case Action.PLUGGED if self._note:
                self._note = "pause.plugged"
                self._menu.index = 0
                return None
            case Action.POINT:
                return self._menu.point(self._written, self._kit.devices.touch.at)
            case Action.UNPLUGGED:
                self._note = "pause.unplugged"
                return None
            case Action.SLOWER:
                return self._slower()
            case Action.RESTART:
                return self._again()
            case _:
                return self._menu.handle(action)

    def tick(self) -> Change:
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        labels = tuple(item.label for item in self._menu.items)
        note = self._kit.texts.get(self._note) if self._note else ""
        words = (control_lines(self._kit), hint(self._kit, "pause.hint"), note)
        self._written = draw_pause(surface, self._kit.texts, labels, self._menu.index, words)
