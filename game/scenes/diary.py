"""The flight diary: what every flight in the score book comes to, overall and by level, and the newest of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pygame

from game.input.actions import Action
from game.record.book.diary import Diary, Tally, diary_of
from game.record.book.entry import PERSON, Entry
from game.record.book.store import BookError
from game.scenes.dates import date_of, date_words
from game.scenes.kit import Kit
from game.scenes.labels import hint
from game.scenes.ladder import ladder
from game.scenes.menu import pointed
from game.scenes.stack import Change, Pop
from game.view.diary_page import DiaryDrawn, DiaryFigures, DiaryFlight, DiaryPage, draw_diary

_TABS: Final = ("figures", "newest")
_HEADS: Final = ("date", "level", "mode", "outcome", "points")
_NEWEST: Final = 60  # more than any window has room for
_HOUR_S: Final = 3600.0


class DiaryScene:
    """Over the list of all flights. Up and down choose whose flights, left and right turn the page, ASSIST or Esc goes
    back.
    """

    overlay = True

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._index = self._tab = 0
        self._unplugged = False
        self._size = (1, 1)
        self.drawn: DiaryDrawn | None = None
        self._trouble = ""
        try:
            flights = kit.book.flights()
        except BookError as error:
            flights, self._trouble = (), str(error)
        self._mine = [entry for entry in reversed(flights) if entry.pilot == PERSON and not entry.brought]
        self._diary = diary_of(flights)
        self._levels = _in_order(self._diary)
        self._tallies = (self._diary.overall, *(tally for _, tally in self._levels)) if self._mine else ()

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        match action:
            case Action.UP | Action.DOWN if self._tallies:
                self._index = (self._index + (1 if action is Action.DOWN else -1)) % len(self._tallies)
            case Action.LEFT | Action.RIGHT | Action.CONFIRM if self._tallies:
                self._tab = (self._tab + 1) % len(_TABS)
            case Action.CONFIRM | Action.BACK | Action.ASSIST:
                return Pop()
            case Action.POINT:
                return self._point()
            case Action.UNPLUGGED | Action.PLUGGED:
                self._unplugged = action is Action.UNPLUGGED
            case _:
                pass
        return None

    def _point(self) -> Change:
        """A line of the list or a tab is chosen; the hint at the foot and what lies outside lead back."""
        drawn, at = self.drawn, self._kit.devices.touch.at
        if drawn is None:
            return None
        place = at[0] * self._size[0], at[1] * self._size[1]
        if not drawn.pane.collidepoint(place) or drawn.hint.collidepoint(place):
            return Pop()
        tab = pointed(drawn.written, self._words("tab", _TABS), at, whole_row=False)
        if tab is not None:
            self._tab = tab
        else:
            self._index = next((index for rect, index in drawn.scopes if rect.collidepoint(place)), self._index)
        return None

    def tick(self) -> Change:
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        self._size = surface.get_size()
        kit, texts = self._kit, self._kit.texts
        empty = texts.get("diary.unread", why=self._trouble) if self._trouble else texts.get("diary.empty")
        foot = hint(kit, "diary.hint" if self._tallies else "diary.hint_empty")
        names = tuple(_title(level_id) for level_id, _ in self._levels)
        page = DiaryPage(
            heading=texts.get("diary.heading"),
            empty=empty,
            scopes=(texts.get("diary.every"), *names) if self._tallies else (),
            index=self._index,
            tabs=self._words("tab", _TABS),
            tab=self._tab,
            figures=self._figures() if self._tallies and self._tab == 0 else None,
            heads=self._words("head", _HEADS),
            flights=self._newest() if self._tab == 1 else (),
            hint=texts.get("pause.unplugged") if self._unplugged else foot,
        )
        self.drawn = draw_diary(surface, page)

    def _words(self, kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._kit.texts.get(f"diary.{kind}_{name}") for name in names)

    def _figures(self) -> DiaryFigures:
        texts, tally = self._kit.texts, self._tallies[self._index]
        figures = {"flights": tally.flights, "alive": tally.alive, "lost": tally.lost}
        tiles = [(texts.quantity(count, "", 0), texts.get(f"diary.{name}")) for name, count in figures.items()]
        note = texts.get("diary.practised", flights=float(tally.practised)) if tally.practised else ""
        return DiaryFigures(
            tiles=(*tiles, (self._time(tally.flown_s), texts.get("diary.flown"))),
            alive=tally.alive / tally.flights if tally.flights else None,
            bests=self._bests(tally),
            causes_heading=texts.get("diary.causes"),
            causes=tuple((texts.get(f"short.{reason}"), times) for reason, times in tally.causes),
            others=texts.get("diary.others"),
            note=note,
        )

    def _bests(self, tally: Tally) -> tuple[tuple[str, str, str], ...]:
        """The softest and the nearest touchdown and the most points, and of all flights together where that was."""
        texts = self._kit.texts
        kinds: tuple[tuple[str, Callable[[Tally], float | None], Callable[[float], str]], ...] = (
            ("softest", lambda tally: tally.softest_mps, lambda value: texts.quantity(value, "m/s")),
            ("nearest", lambda tally: tally.nearest_m, texts.distance),
            ("points", lambda tally: tally.best_points, lambda value: texts.quantity(value, "", 0)),
        )
        rows = []
        for name, of, written in kinds:
            value = of(tally)
            if value is None:
                rows.append((texts.get(f"diary.{name}"), texts.get("diary.none"), ""))
                continue
            where = "" if self._index else next(_title(level) for level, each in self._levels if of(each) == value)
            rows.append((texts.get(f"diary.{name}"), written(value), where))
        return tuple(rows)

    def _time(self, flown_s: float) -> str:
        """How long that was, in the two units that tell it."""
        hours, rest_s = divmod(round(flown_s), int(_HOUR_S))
        minutes, seconds = divmod(rest_s, 60)
        key = "diary.hours" if hours else "diary.minutes"
        return self._kit.texts.get(key, hours=float(hours), minutes=float(minutes), seconds=float(seconds))

    def _newest(self) -> tuple[DiaryFlight, ...]:
        """The last flights of what is marked, newest first, practice too."""
        level = self._levels[self._index - 1][0] if self._index else None
        mine = [entry for entry in self._mine if level in (None, entry.level)]
        return tuple(self._line(entry) for entry in mine[:_NEWEST])

    def _line(self, entry: Entry) -> DiaryFlight:
        texts = self._kit.texts
        outcome = texts.get(f"short.{entry.reason}")
        points = texts.quantity(entry.score, "", 0) if entry.alive else ""
        return DiaryFlight(
            date=date_words(texts, date_of(entry.flown_at)),
            level=_title(entry.level),
            mode=texts.get(f"mode.{entry.board}"),
            outcome=texts.get("diary.in_practice", outcome=outcome) if entry.practised else outcome,
            points=points,
            alive=entry.alive,
            day=date_of(entry.flown_at),
            end=outcome,
        )


def _in_order(diary: Diary) -> tuple[tuple[str, Tally], ...]:
    """The levels that were flown: the game's own as the ladder has them, then all others."""
    rungs = [level.id for level in ladder()]
    return tuple(sorted(diary.levels, key=lambda level: rungs.index(level[0]) if level[0] in rungs else len(rungs)))


def _title(level_id: str) -> str:
    """What a level is called; of one that is none of the game's only its id is known."""
    own = next((level.title for level in ladder() if level.id == level_id), None)
    return own if own is not None else level_id.encode("latin-1", "replace").decode("latin-1")
