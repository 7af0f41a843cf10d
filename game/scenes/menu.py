"""A short list of choices: data, and which one is marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.input.actions import Action
from game.scenes.stack import Change


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a menu and what choosing it does."""

    label: str
    choose: Callable[[], Change]


class Menu:
    """Up and down move, confirm chooses."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items
        self.index = 0

    def handle(self, action: Action) -> Change:
        match action:
            case Action.UP:
                self.index = (self.index - 1) % len(self.items)
            case Action.DOWN:
                self.index = (self.index + 1) % len(self.items)
            case Action.CONFIRM:
                return self.items[self.index].choose()
            case _:
                pass
        return None
