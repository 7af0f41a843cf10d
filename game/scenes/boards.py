"""The boards of the score book, in the window: each level and mode, for all time, this week, today; the day's too."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Final

import pygame

from game.content.flown import flown_beside
from game.content.levels import Level
from game.content.modes import BOARDS, Mode
from game.cues.signs import Sign
from game.input.actions import Action
from game.record.book.boards import Period
from game.record.book.entry import Entry, Proof
from game.record.book.store import BookError
from game.record.reel import Reel
from game.record.replay import ReplayError
from game.scenes.attempt import today
from game.scenes.dates import date_of, date_words
from game.scenes.kit import LANDING_DAY, Kit
from game.scenes.labels import hint
from game.scenes.ladder import ladder, level_of
from game.scenes.menu import pointed
from game.scenes.stack import Change, Pop, Push, Scene, drawn_size
from game.scenes.standing import rows_of
from game.scoring import landing_score
from game.sim.spec import TICK_HZ
from game.view.board_page import CHOICES, BoardPage, BoardRow, Places, draw_board

_LEVEL, _MODE, _TIME = range(CHOICES)
_TIMES: Final[tuple[Period | None, ...]] = (*Period, None)  # None: the flight of the day, which has its own level
_HEADS: Final = ("place", "initials", "points", "touchdown", "distance", "date", "proof")
_SIGNS: Final = {Proof.EXACT: Sign.GO, Proof.WITHIN_TOLERANCE: Sign.CAUTION, Proof.PENDING: Sign.QUIET}
# What Perseverance herself did, and on which level of ours: the number to beat.
_HER_LEVEL: Final = "jezero"
_HER_SPEED_MPS: Final = 0.771
_HER_DISTANCE_M: Final = 1700.0


class BoardsScene:
    """Over the title or the ladder. Up and down choose level, mode, time or a flight; left and right change the first
    three, and the level on a flight too; ACTION watches the marked flight; ASSIST or Esc goes back.
    """

    overlay = True

    def __init__(self, kit: Kit, level_id: str, mode: Mode, back: Callable[[], Change] = Pop) -> None:
        self._kit, self._back = kit, back
        self._levels = ladder()
        ids = [level.id for level in self._levels]
        self._level = ids.index(level_id) if level_id in ids else 0
        self._mode, self._time = BOARDS.index(mode.board), 0
        self.marked, self.note = 0, ""
        self.rows: tuple[Entry, ...] = ()
        self._ticks = 0
        self._places: Places | None = None
        self._read()

    @property
    def level(self) -> Level:
        return self._levels[self._level] if self.period is not None else level_of(today(self._kit).level)

    @property
    def mode(self) -> Mode:
        return BOARDS[self._mode]

    @property
    def period(self) -> Period | None:
        """None on the board of the day's flight."""
        return _TIMES[self._time]

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    # --- what is asked for ---

    def handle(self, action: Action) -> Change:
        match action:
            case Action.UP | Action.DOWN:
                lines = CHOICES + len(self.rows)
                self.marked, self.note = (self.marked + (1 if action is Action.DOWN else -1)) % lines, ""
            case Action.LEFT | Action.RIGHT:
                self._change(self.marked, 1 if action is Action.RIGHT else -1)
            case Action.CONFIRM if self.marked < CHOICES:
                self._change(self.marked, 1)
            case Action.CONFIRM:
                return self._watch(self.rows[self.marked - CHOICES])
            case Action.POINT:
                return self._point()
            case Action.BACK | Action.ASSIST:
                return self._back()
            case _:
                pass
        return None

    def _change(self, what: int, way: int) -> None:
        """Another mode or time; anywhere else another level."""
        if what == _MODE:
            self._mode = (self._mode + way) % len(BOARDS)
        elif what == _TIME:
            self._time = (self._time + way) % len(_TIMES)
        else:
            self._level = (self._level + way) % len(self._levels)
            self.marked = _LEVEL
            if self.period is None:
                self._time = 0
        self.note = ""
        self._read()

    def _point(self) -> Change:
        """A mode or a time is chosen; the level changes to the side of its line; a flight is marked, and watched when
        it was marked already; outside leads back.
        """
        at, places, window = self._kit.devices.touch.at, self._places, pygame.display.get_surface()
        if places is None or window is None:
            return None
        size = drawn_size(window.get_size())
        x, y = at[0] * size[0], at[1] * size[1]
        if not places.pane.collidepoint(x, y):
            return self._back()
        for what, names, index in ((_MODE, self._modes(), self._mode), (_TIME, self._times(), self._time)):
            if places.choices[what].collidepoint(x, y):
                self.marked, found = what, pointed(places.written, names, at, whole_row=False)
                self._change(what, 0 if found is None else found - index)
                return None
        if places.choices[_LEVEL].collidepoint(x, y):
            arrow = places.choices[_LEVEL].left + places.choices[_LEVEL].height * 1.6
            self._change(_LEVEL, -1 if x < arrow else 1)
            return None
        shown = [place for place, row in zip(places.rows, self._board_rows(), strict=False) if not row.hers]
        for index, place in enumerate(shown[: len(self.rows)]):
            if place.collidepoint(x, y):
                again, self.marked = self.marked == index + CHOICES, index + CHOICES
                return self.handle(Action.CONFIRM) if again else None
        return None

    def _watch(self, entry: Entry) -> Change:
        """Its record, if it is still there; why not, if not."""
        from game.scenes.watch import WatchScene  # noqa: PLC0415 - who only reads need not wait for it

        kit = self._kit
        try:
            replay = kit.book.replay(entry.id)
            if replay is None:
                self.note = kit.texts.get("boards.no_record")
                return None
            reel = Reel(replay, self.level, self.level.id)
        except (BookError, ReplayError) as error:
            self.note = str(error)
            return None
        return Push(WatchScene(kit, reel, Pop, by=kit.texts.get("watch.by", pilot=entry.initials)))

    # --- a tick ---

    def tick(self) -> Change:
        self._ticks += 1
        if self._ticks % TICK_HZ == 0:  # what was pending may be proved by now
            self._read()
        return None

    def _read(self) -> None:
        marked = self.rows[self.marked - CHOICES].id if self.marked >= CHOICES else None
        try:
            if self.period is None:
                self.rows = self._kit.book.daily_board(today(self._kit).date, self.mode)
            else:
                self.rows = rows_of(self._kit.book, self.level.id, self.mode, self.period, self._kit.now())
        except BookError as error:
            self.rows, self.note = (), str(error)
        ids = [entry.id for entry in self.rows]
        if marked is not None:
            self.marked = ids.index(marked) + CHOICES if marked in ids else _LEVEL

    # --- what is seen ---

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        texts, rows = self._kit.texts, self._board_rows()
        on_row = self.marked - CHOICES
        if on_row >= 0:  # hers is passed over
            on_row = [index for index, row in enumerate(rows) if not row.hers][on_row]
        page = BoardPage(
            heading=texts.get("boards.heading"),
            level=self.level.title,
            modes=self._modes(),
            mode=self._mode,
            times=self._times(),
            time=self._time,
            heads=tuple(texts.get(f"boards.{head}") for head in _HEADS),
            rows=rows,
            none="" if self.rows else texts.get("boards.none"),
            marked=on_row + CHOICES if on_row >= 0 else self.marked,
            note=self.note,
            hint=hint(self._kit, "boards.hint"),
        )
        self._places = draw_board(surface, page)

    def _modes(self) -> tuple[str, ...]:
        return tuple(self._kit.texts.get(f"mode.{mode}").upper() for mode in BOARDS)

    def _times(self) -> tuple[str, ...]:
        return tuple(self._kit.texts.get(f"boards.time_{period or 'flight'}").upper() for period in _TIMES)

    def _board_rows(self) -> tuple[BoardRow, ...]:
        """The flights in words, each with its place as far as it is proved, and hers among them."""
        newest = max((entry.id for entry in self.rows), default=0)
        found: list[BoardRow] = []
        places = count(1)
        hers = self._hers()
        for entry in self.rows:
            if hers is not None and entry.score < hers[0]:
                found.append(hers[1])
                hers = None
            place = f"{next(places)}" if entry.accepted else ""
            found.append(self._row(entry, place, newest=entry.id == newest))
        return (*found, *([hers[1]] if hers is not None else []))

    def _row(self, entry: Entry, place: str, *, newest: bool) -> BoardRow:
        texts = self._kit.texts
        return BoardRow(
            place=place,
            name=entry.initials,
            points=texts.get("levels.best", points=float(entry.score)),
            touchdown="" if entry.touchdown_mps is None else texts.quantity(entry.touchdown_mps, "m/s"),
            distance="" if entry.distance_m is None else texts.distance(entry.distance_m),
            date=date_words(texts, date_of(entry.flown_at)),
            proof=texts.get(f"boards.{entry.proof.replace(' ', '_')}"),
            sign=_SIGNS.get(entry.proof, Sign.QUIET),
            newest=texts.get("boards.newest") if newest else "",
        )

    def _hers(self) -> tuple[int, BoardRow] | None:
        """The number to beat, where a flight ends as hers did."""
        beside = flown_beside(self.level)
        if self.level.goal.ends_at is not None or beside is None or beside.level != _HER_LEVEL:
            return None
        texts, points = self._kit.texts, landing_score(_HER_SPEED_MPS, _HER_DISTANCE_M).total
        row = BoardRow(
            place="", name=texts.get("boards.hers"), points=texts.get("levels.best", points=float(points)),
            touchdown=texts.quantity(_HER_SPEED_MPS, "m/s"), distance=texts.distance(_HER_DISTANCE_M),
            date=date_words(texts, date_of(LANDING_DAY)), proof=texts.get("boards.to_beat"), hers=True,
        )  # fmt: skip
        return points, row


def boards_in_turn(kit: Kit) -> Callable[[], Scene]:
    """Makes a page of the next board that somebody stands on, at each call; of the ladder's last while nobody does."""
    turn = count()

    def make() -> Scene:
        last = ladder()[-1].id
        try:
            taken = [
                (level.id, mode) for level in reversed(ladder()) for mode in BOARDS
                if rows_of(kit.book, level.id, mode, Period.ALL_TIME, kit.now())
            ]  # fmt: skip
        except BookError:
            taken = []
        level_id, mode = taken[next(turn) % len(taken)] if taken else (last, Mode.GUIDED)
        return BoardsScene(kit, level_id, mode)

    return make
