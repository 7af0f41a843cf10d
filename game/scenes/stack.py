"""Screens on a stack. A screen never touches the stack: it returns a Change, and one function applies it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import pygame

from game.input.actions import Action

SMALLEST: Final = (480, 360)  # pixels: in a smaller window, words for this size are drawn and then shrunk


class Scene(Protocol):
    """One screen. Only the topmost hears actions and ticks.

    overlay  the last scene below that is none is drawn first
    """

    overlay: bool

    def enter(self) -> None:
        """It has become the topmost."""

    def handle(self, action: Action) -> Change:
        """A press."""

    def tick(self) -> Change:
        """1/120 s has passed."""

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        """Draw the moment `alpha` of the way from the last tick to the next. Changes nothing."""


@dataclass(frozen=True, slots=True)
class Push:
    scene: Scene


@dataclass(frozen=True, slots=True)
class Pop:
    pass


@dataclass(frozen=True, slots=True)
class Replace:
    """The whole stack becomes this one scene, with another on top of it if there is one."""

    scene: Scene
    on_top: Scene | None = None


@dataclass(frozen=True, slots=True)
class Quit:
    pass


Change: TypeAlias = Push | Pop | Replace | Quit | None
Stack: TypeAlias = tuple[Scene, ...]


def applied(stack: Stack, change: Change) -> Stack:
    """The stack after a change; empty means that the game is over. The new topmost scene is told."""
    match change:
        case None:
            return stack
        case Push(scene):
            after: Stack = (*stack, scene)
        case Pop():
            after = stack[:-1]
        case Replace(scene, on_top):
            after = (scene,) if on_top is None else (scene, on_top)
        case Quit():
            return ()
    if after:
        after[-1].enter()
    return after


def drawn_size(window: tuple[int, int]) -> tuple[int, int]:
    """Pixels of the picture that is drawn for a window of this size; rects of what was written lie in it."""
    return max(window[0], SMALLEST[0]), max(window[1], SMALLEST[1])


def draw_part(surface: pygame.Surface, part: pygame.Rect, draw: Callable[[pygame.Surface], None]) -> None:
    """Draw in a part of the window; in one that is too small for words, a shrunk picture of a larger one, as `App` has
    it for the whole.
    """
    where = surface.subsurface(part)
    larger = max(SMALLEST[0] / part.width, SMALLEST[1] / part.height)
    if larger <= 1.0:
        draw(where)
        return
    canvas = pygame.Surface((round(larger * part.width), round(larger * part.height)), 0, surface)
    draw(canvas)
    pygame.transform.smoothscale(canvas, part.size, where)


def heard_below(stack: Sequence[Scene], action: Action) -> None:
    """Pages under the topmost hear what became of the gamepad too, so that they say so when they are seen again."""
    for scene in stack[:-1]:
        if scene.overlay:
            scene.handle(action)


def draw_stack(stack: Sequence[Scene], surface: pygame.Surface, alpha: float) -> None:
    """The topmost scene, over the last one that fills the window, which stands still.

    Of pages that lie over each other, such as the controls over the settings over a pause, only the topmost is seen.
    """
    first = len(stack) - 1
    while first > 0 and stack[first].overlay:
        first -= 1
    for scene in dict.fromkeys((stack[first], stack[-1])):
        scene.draw(surface, alpha if scene is stack[-1] else 1.0)
