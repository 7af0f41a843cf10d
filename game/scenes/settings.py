"""The settings: what a person may choose besides the keys, seen at once, kept at once. The controls are inside."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pygame

from game.content.texts import Texts, load_texts
from game.input.actions import Action
from game.record.preferences import NAMES, VOLUMES, Preferences, stepped
from game.scenes.controls import ControlsScene
from game.scenes.kit import Kit, use
from game.scenes.labels import hint
from game.scenes.stack import Change, Pop, Push
from game.view.layout import layout_of
from game.view.pen import Written
from game.view.preferences import SettingRow, SettingsPage, Target, draw_settings

CONTROLS: Final = "controls"
BACK_TO_DEFAULTS: Final = "defaults"
DONE: Final = "done"
ROWS: Final = (CONTROLS, *NAMES, BACK_TO_DEFAULTS, DONE)


class SettingsScene:
    """Over the title or a pause. Up and down choose, left and right change, ACTION takes the next value or opens,
    ASSIST or Esc goes back.
    """

    overlay = True

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._index = 0
        self._note = ""
        self._written: list[Written] = []
        self._targets: list[Target] = []
        self._size = (1, 1)

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        match action:
            case Action.UP | Action.DOWN:
                self._index = (self._index + (1 if action is Action.DOWN else -1)) % len(ROWS)
                self._note = ""
            case Action.LEFT | Action.RIGHT if ROWS[self._index] in NAMES:
                self._step(1 if action is Action.RIGHT else -1, around=ROWS[self._index] not in VOLUMES)
            case Action.CONFIRM:
                return self._take(1, around=True)
            case Action.POINT:
                return self._point()
            case Action.BACK | Action.ASSIST:
                return Pop()
            case Action.UNPLUGGED:
                self._note = self._kit.texts.get("pause.unplugged")
            case Action.PLUGGED:
                self._note = ""
            case _:
                pass
        return None

    def tick(self) -> Change:
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        self._size = surface.get_size()
        page = SettingsPage(self._rows(), self._index, self._note or hint(self._kit, "settings.hint"))
        self._written, self._targets = draw_settings(surface, self._kit.texts, page)

    def _point(self) -> Change:
        """A row that is pointed at is chosen and goes one value on, on its left arrow one back."""
        x, y = (share * size for share, size in zip(self._kit.devices.touch.at, self._size, strict=True))
        target = next((each for each in self._targets if each.rect.collidepoint(x, y)), None)
        if target is None:
            return None
        self._index = target.index
        return self._take(target.way, around=ROWS[target.index] not in VOLUMES)

    def _take(self, way: int, *, around: bool) -> Change:
        """What the chosen row stands for."""
        self._note = ""
        row = ROWS[self._index]
        if row == CONTROLS:
            return Push(ControlsScene(self._kit))
        if row == DONE:
            return Pop()
        if row == BACK_TO_DEFAULTS:
            self._use(Preferences())
        else:
            self._step(way, around=around)
        return None

    def _step(self, way: int, *, around: bool) -> None:
        self._use(stepped(self._kit.keeper.settings.preferences, ROWS[self._index], way, around=around))

    def _use(self, preferences: Preferences) -> None:
        self._note = use(self._kit, replace(self._kit.keeper.settings, preferences=preferences))

    def _rows(self) -> tuple[SettingRow, ...]:
        texts, preferences = self._kit.texts, self._kit.keeper.settings.preferences
        return tuple(
            SettingRow(
                texts.get(f"setting.{name}"), _value(texts, name, preferences) if name in NAMES else "",
                texts.get(f"setting_about.{name}{self._limit(name)}"),
            )
            for name in ROWS
        )  # fmt: skip

    def _limit(self, name: str) -> str:
        """The ending of a text that says more: that the window has no room for words of the chosen size."""
        return "_capped" if name == "text_size" and layout_of(self._size).capped else ""


def _value(texts: Texts, name: str, preferences: Preferences) -> str:
    """The value of a preference in words; a language in its own."""
    value = getattr(preferences, name)
    if name in VOLUMES:
        return texts.quantity(value, "%")
    if name == "language":
        own = load_texts(value)
        return own.get("language.name") if "language.name" in own else str(value)
    return texts.get(f"setting_value.{str(value).lower()}")
