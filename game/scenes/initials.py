"""Whose flight it was: three letters for the board, by stick, by key or by finger; who does nothing keeps the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pygame

from game.input.actions import Action
from game.record.book.boards import Period
from game.record.book.entry import Entry
from game.record.book.initials import LENGTH, LETTERS, is_rude
from game.record.book.store import BookError
from game.scenes.kit import Kit
from game.scenes.labels import hint
from game.scenes.stack import Change, drawn_size
from game.sim.spec import TICK_HZ
from game.view.initials_page import InitialsPage, Parts, draw_initials

WAIT_TICKS: Final = 20 * TICK_HZ  # without a press; then they are taken as they stand
_HELD_TICKS: Final = TICK_HZ // 3  # until a held stick turns the letter on
_AGAIN_TICKS: Final = TICK_HZ // 9


class InitialsScene:
    """Over the result, when it is left: R has flown again before. Up and down turn the letter, right and ACTION go on,
    left and ASSIST go back, the last ACTION takes them; letters are typed, whatever their keys mean elsewhere. Esc
    leaves those that were entered last, and the restart of a gamepad flies again.
    """

    overlay = True

    def __init__(
        self, kit: Kit, entry: Entry, place: tuple[int, Period | None], title: str, *, then: Callable[[], Change],
        again: Callable[[], Change],
    ) -> None:  # fmt: skip
        """`place`: on which board; `title`: of the level; `then`: what follows; `again`: what restart means."""
        self._kit, self._entry, self._place, self._title = kit, entry, place, title
        self._then, self._again = then, again
        self.letters, self.index = entry.initials, 0
        self.remark = ""
        self._over = False
        self._left_ticks = WAIT_TICKS
        self._presses = kit.devices.presses
        self._held_ticks = 0
        self.places: Parts | None = None

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    # --- what is asked for ---

    def handle(self, action: Action) -> Change:
        letter = self._kit.devices.keyboard.letter
        if letter:
            self._type(letter)
            return None
        match action:
            case Action.UP | Action.DOWN:
                self._turn(1 if action is Action.UP else -1)
            case Action.RIGHT:
                self.index = min(self.index + 1, LENGTH - 1)
            case Action.CONFIRM if self.index < LENGTH - 1:
                self.index += 1
            case Action.CONFIRM:
                return self._take()
            case Action.LEFT | Action.ASSIST:
                self.index = max(self.index - 1, 0)
            case Action.BACK:
                return self._then()
            case Action.RESTART:
                return self._again()
            case Action.POINT:
                return self._point()
            case _:
                pass
        return None

    def _type(self, letter: str) -> None:
        """A letter in its place; after the last one ACTION takes them."""
        self._put(letter)
        self.index = min(self.index + 1, LENGTH - 1)

    def _turn(self, way: int) -> None:
        """The letter after or before; after Z comes A."""
        at = LETTERS.index(self.letters[self.index])
        self._put(LETTERS[(at + way) % len(LETTERS)])

    def _put(self, letter: str) -> None:
        self.letters = self.letters[: self.index] + letter + self.letters[self.index + 1 :]
        self.remark = ""

    def _point(self) -> Change:
        """Arrows turn their letter, a letter is chosen, the plate takes them."""
        at = self._kit.devices.touch.at
        if self._under(at, "take") is not None:
            return self._take()
        for part, way in (("ups", 1), ("letters", 0), ("downs", -1)):
            index = self._under(at, part)
            if index is not None:
                self.index = index
                if way:
                    self._turn(way)
        return None

    def _under(self, at: tuple[float, float], part: str) -> int | None:
        """Which place of this kind lies under a finger; `at` in shares of the window."""
        window = pygame.display.get_surface()
        if self.places is None or window is None:
            return None
        size = drawn_size(window.get_size())
        places = {"ups": self.places.ups, "letters": self.places.letters, "downs": self.places.downs,
                  "take": (self.places.take,)}[part]  # fmt: skip
        point = (at[0] * size[0], at[1] * size[1])
        return next((index for index, place in enumerate(places) if place.collidepoint(point)), None)

    def _take(self) -> Change:
        """They stand in the book from now on; rude ones are asked for again, and so it is told when they cannot."""
        if self._over:
            return self._then()
        if self.letters != self._entry.initials:
            if is_rude(self.letters):
                self.remark, self.index = self._kit.texts.get("initials.rude"), 0
                return None
            try:
                self._kit.book.rename(self._entry.id, self.letters)
            except BookError as error:
                self.remark, self._over = self._kit.texts.get("initials.unsaved", why=str(error)), True
                return None
        return self._then()

    # --- a tick ---

    def tick(self) -> Change:
        presses = self._kit.devices.presses
        self._left_ticks = WAIT_TICKS if presses != self._presses else self._left_ticks - 1
        self._presses = presses
        self._be_held()
        if self._left_ticks > 0:
            return None
        if is_rude(self.letters) or self._over:
            return self._then()
        self._left_ticks = WAIT_TICKS  # should they not be kept: long enough to read why
        return self._take()

    def _be_held(self) -> None:
        """A stick, a key or a finger that stays down turns the letter on and on."""
        devices = self._kit.devices
        controls, finger = devices.controls, devices.touch.held
        if finger is not None:
            way = int(self._under(finger, "ups") == self.index) - int(self._under(finger, "downs") == self.index)
        elif devices.keyboard.letter:  # W and S are typed here
            way = 0
        else:
            way = int(controls.up or controls.lever > 0.5) - int(controls.down or controls.lever < -0.5)
        self._held_ticks = self._held_ticks + 1 if way else 0
        if self._held_ticks > _HELD_TICKS and self._held_ticks % _AGAIN_TICKS == 0:
            self._turn(way)
            self._left_ticks = WAIT_TICKS

    # --- what is seen ---

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        texts, (place, period) = self._kit.texts, self._place
        left_s = -(-self._left_ticks // TICK_HZ)
        page = InitialsPage(
            heading=texts.get(f"initials.place_{period or 'flight'}", place=float(place)),
            about=texts.get("initials.about", level=self._title, mode=texts.get(f"mode.{self._entry.board}"),
                            points=float(self._entry.score)),
            letters=self.letters,
            index=self.index,
            remark=self.remark,
            left=texts.get("initials.left", seconds=float(left_s)),
            share=max(self._left_ticks / WAIT_TICKS, 0.0),
            take=texts.get("initials.take"),
            hint=hint(self._kit, "initials.hint"),
        )  # fmt: skip
        self.places = draw_initials(surface, page)
