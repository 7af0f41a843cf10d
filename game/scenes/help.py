"""How to fly: every control of the device in hand, as it is bound now."""

from __future__ import annotations

from typing import Final

import pygame

from game.input.actions import Action
from game.input.devices import Hand
from game.record.settings import Control
from game.scenes.kit import Kit
from game.scenes.labels import LINES, device_in_hand, hint, joined, label
from game.scenes.stack import Change, Pop
from game.view.help_page import HelpPage, HelpRow, draw_help
from game.view.pen import Written

_MORE: Final = (
    ("pause", (Control.PAUSE,)),
    ("restart", (Control.RESTART,)),
    ("slower", (Control.SLOWER,)),
    ("step", (Control.STEP,)),
)
_LEAVES: Final = frozenset({Action.CONFIRM, Action.BACK, Action.ASSIST, Action.POINT, Action.PAUSE})
_SHOWN: Final = 2  # keys of one control


class HelpScene:
    """Over the title or a pause; any button leads back."""

    overlay = True

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.written: list[Written] = []
        self._unplugged = False

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        if action in (Action.UNPLUGGED, Action.PLUGGED):
            self._unplugged = action is Action.UNPLUGGED
        return Pop() if action in _LEAVES else None

    def tick(self) -> Change:
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        texts, device = self._kit.texts, self._kit.texts.get(f"help.{self._kit.devices.hand}")
        foot = texts.get("pause.unplugged") if self._unplugged else hint(self._kit, "help.hint")
        page = HelpPage(texts.get("help.heading"), device, self._rows(), foot)
        self.written = draw_help(surface, page)

    def _rows(self) -> tuple[HelpRow, ...]:
        kit, texts = self._kit, self._kit.texts
        if kit.devices.hand is Hand.TOUCH:
            rows = [(texts.get(f"touch.{key}"), key) for key, _ in LINES]
            rows.append((texts.get("touch.pause"), "pause"))
        else:
            rows = [(self._caps(key, controls), key) for key, controls in (*LINES, *_MORE)]
        return tuple(HelpRow(keys, texts.get(f"help.{key}")) for keys, key in rows if keys)

    def _caps(self, line: str, controls: tuple[Control, ...]) -> str:
        """All keys of these controls, each control's first beside the others' first: "Left/Right or A/D"."""
        device = device_in_hand(self._kit)
        bound = self._kit.devices.bindings(device)
        ways = list(zip(*(bound.get(control, ())[:_SHOWN] for control in controls), strict=False))
        words = [joined([label(self._kit, device, name) for name in way]) for way in ways]
        if line == "throttle" and bound.get(Control.THROTTLE):
            words.append(label(self._kit, device, bound[Control.THROTTLE][0]))
        either = self._kit.texts.get("parts.or")
        return f" {either} ".join(dict.fromkeys(words))
