"""The flight of the day in the window: which one it is, and the one try that counts."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum

from game.content.daily import Daily, daily_of
from game.content.errors import InputError
from game.record.book.daily import DailyTry, TryState
from game.record.book.store import BookError
from game.scenes.dates import date_of
from game.scenes.kit import Kit


class Standing(StrEnum):
    """Of a flight of the day: WAITING before its first tick, the TRY itself, or PRACTICE."""

    WAITING = "waiting"
    TRY = "try"
    PRACTICE = "practice"


class Attempt:
    """One flight of the day, from its brief on. It stays of the day on which it was begun, whatever the clock does."""

    def __init__(self, kit: Kit, daily: Daily, standing: Standing = Standing.WAITING) -> None:
        self._kit, self.daily, self.standing = kit, daily, standing
        self.trouble = ""  # why there can be no try, in words

    @property
    def is_try(self) -> bool:
        return self.standing is Standing.TRY

    def begin(self) -> None:
        """Before the first tick: the try, if this day has not had one. It is on the disk when this returns; what cannot
        be written down cannot count.
        """
        kit, daily = self._kit, self.daily
        self.standing = Standing.PRACTICE
        try:
            if kit.book.daily_start(daily.date, daily.level, kit.now()):
                self.standing = Standing.TRY
        except BookError as error:
            self.trouble = kit.texts.get("daily.unsaved", why=str(error))

    def give_up(self) -> None:
        """The try ends here. Even if that cannot be written down: it has been begun, and begins no more."""
        if self.is_try:
            self.standing = Standing.PRACTICE
            with suppress(InputError):
                self._kit.book.daily_give_up(self.daily.date)

    def ended(self, entry_id: int) -> None:
        """The try was flown to its end, and stands in the book as this entry."""
        if self.is_try:
            with suppress(InputError):
                self._kit.book.daily_result(self.daily.date, entry_id)

    def again(self) -> Attempt:
        """Whatever comes after it on that day is practice."""
        return Attempt(self._kit, self.daily, Standing.PRACTICE)


def today(kit: Kit) -> Daily:
    """The flight of this day, by UTC."""
    return daily_of(date_of(kit.now()))


def try_of(kit: Kit, date: str) -> DailyTry | None:
    """The try that this day has had, if it has had one and the book can be read."""
    with suppress(BookError):
        return kit.book.daily_try(date)
    return None


def points_of(kit: Kit, tried: DailyTry) -> int | None:
    """What the try was worth; None for one that was not flown to its end."""
    if tried.state is TryState.FLOWN and tried.flight is not None:
        with suppress(BookError):
            return kit.book.entry(tried.flight).score
    return None
