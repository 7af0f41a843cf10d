"""The controls: what each is bound to on every device; choose one, press what it shall be. Kept in the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pygame

from game.input.actions import Action
from game.record.settings import Control, Device, Settings, conflicts
from game.scenes.kit import Kit, use
from game.scenes.labels import hint, label
from game.scenes.menu import pointed
from game.scenes.stack import Change, Pop
from game.sim.spec import TICK_HZ
from game.view.bindings import BindingPage, BindingRow, draw_bindings
from game.view.pen import Written

_WAIT_TICKS: Final = 6 * TICK_HZ  # then nothing is bound: who has no Esc is not caught
_SHOWN: Final = 3  # keys of one control


class ControlsScene:
    """Over the settings. Up and down choose, ACTION binds or takes, ASSIST or Esc goes back."""

    overlay = True

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._index = 0
        self._waiting = 0
        self._note = ""
        self._written: list[Written] = []

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    @property
    def waiting(self) -> bool:
        """Whether the next press binds the chosen control."""
        return self._waiting > 0

    def handle(self, action: Action) -> Change:
        if self.waiting:
            self._answer(action)
            if action is not Action.UNPLUGGED:
                return None
        rows = len(Control) + 2
        match action:
            case Action.UP | Action.DOWN:
                self._note = ""
                self._index = (self._index + (1 if action is Action.DOWN else -1)) % rows
            case Action.CONFIRM:
                return self._choose(self._index)
            case Action.POINT:
                index = pointed(self._written, [row.name for row in self._rows()], self._kit.devices.touch.at)
                return None if index is None else self._choose(index)
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
        if self.waiting:
            self._waiting -= 1
            if self._waiting == 0:
                self._kit.devices.listen(on=False)
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        words = self._note or hint(self._kit, "controls.waiting" if self.waiting else "controls.hint")
        page = BindingPage(self._rows(), self._index, self.waiting, words)
        self._written = draw_bindings(surface, self._kit.texts, page)

    def _choose(self, index: int) -> Change:
        self._index, self._note = index, ""
        if index < len(Control):
            self._waiting = _WAIT_TICKS
            self._kit.devices.listen(on=True)
            return None
        if index == len(Control):
            self._use(replace(self._kit.keeper.settings, bindings={}))
            return None
        return Pop()

    def _answer(self, action: Action) -> None:
        """A press binds; Esc, a tap elsewhere or a lost window leave everything as it was."""
        heard = self._kit.devices.heard
        if action is Action.HEARD and heard is not None:
            device, name = heard
            control = list(Control)[self._index]
            if control is Control.THROTTLE and name.startswith("axis"):
                name = f"trigger {name.removeprefix('axis ')[:-1]}"  # the lever itself takes the whole of an axis
            self._use(self._kit.keeper.settings.binding(device, control, (name,)))
        elif action not in (Action.BACK, Action.POINT, Action.LOST_FOCUS, Action.UNPLUGGED):
            return
        self._waiting = 0
        self._kit.devices.listen(on=False)

    def _use(self, settings: Settings) -> None:
        self._kit.devices.bind(settings)
        self._kit.controls.clear()
        self._note = use(self._kit, settings)

    def _rows(self) -> tuple[BindingRow, ...]:
        texts, devices = self._kit.texts, self._kit.devices
        bound = {device: devices.bindings(device) for device in Device}
        clashes = {device: conflicts(bindings) for device, bindings in bound.items()}
        rows = []
        for control in Control:
            words = {
                device: ", ".join(label(self._kit, device, name) for name in bindings.get(control, ())[:_SHOWN])
                for device, bindings in bound.items()
            }
            others = dict.fromkeys(other for clash in clashes.values() for other in clash.get(control, ()))
            also = ", ".join(texts.get(f"control.{other}") for other in others)
            conflict = texts.get("controls.conflict", others=also) if others else ""
            rows.append(
                BindingRow(texts.get(f"control.{control}"), words[Device.KEYBOARD], words[Device.PAD], conflict)
            )
        rows += [BindingRow(texts.get("controls.defaults")), BindingRow(texts.get("controls.done"))]
        return tuple(rows)
