"""A short list of choices: data, and which one is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pygame

from game.input.actions import Action
from game.scenes.stack import Change, drawn_size
from game.view.pen import Written


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

    def relabel(self, label: str) -> None:
        """The marked line says something else from now on, and does what it did."""
        items = list(self.items)
        items[self.index] = replace(items[self.index], label=label)
        self.items = tuple(items)

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

    def point(self, written: Sequence[Written], at: tuple[float, float]) -> Change:
        """What is pointed at is chosen at once."""
        index = pointed(written, [item.label for item in self.items], at)
        if index is None:
            return None
        self.index = index
        return self.items[index].choose()


def pointed(
    written: Sequence[Written], labels: Sequence[str], at: tuple[float, float], *, whole_row: bool = True
) -> int | None:  # fmt: skip
    """Which of the labels, as they were written last, lies where a finger or the mouse came down.

    at         in shares of the window
    whole_row  it is as wide as the pane that it stands in
    """
    surface = pygame.display.get_surface()
    if surface is None:
        return None
    x, y = (share * size for share, size in zip(at, drawn_size(surface.get_size()), strict=True))
    for line in written:
        if line.text not in labels:
            continue
        rect = line.rect.inflate(12, 0)
        if whole_row:
            rect.left, rect.width = line.box.left, line.box.width
        if rect.collidepoint(x, y):
            return labels.index(line.text)
    return None
