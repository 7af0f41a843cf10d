"""The result: what became of the rover, why, and the points with their causes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pygame

from game.content.errors import ContentError
from game.content.flown import flown_beside
from game.content.levels import Level
from game.content.modes import Mode
from game.content.paths import user_dirs
from game.cues.debrief import debrief
from game.cues.lessons import Lesson
from game.cues.track import Track
from game.input.actions import Action
from game.input.devices import Hand
from game.record.book.store import BookError
from game.record.files import OutputError, write_whole
from game.record.reel import Reel
from game.record.replay import Replay, ReplayError
from game.report import FlightReport
from game.scenes.attempt import Attempt
from game.scenes.bests import medal_of
from game.scenes.dates import date_words
from game.scenes.initials import InitialsScene
from game.scenes.keeping import put_down
from game.scenes.kit import Kit
from game.scenes.labels import buttons
from game.scenes.ladder import ladder, level_after, level_of
from game.scenes.stack import Change, Pop, Push, Replace
from game.scenes.standing import place_of
from game.sim.spec import TICK_HZ
from game.view.panels import Seen, draw_result
from game.view.pen import Written

if TYPE_CHECKING:
    from game.scenes.stack import Scene

_DEAF_TICKS: Final = round(0.7 * TICK_HZ)  # a hand that is still flying must not skip what happened
_NOT_AT_ONCE: Final = frozenset({Action.CONFIRM, Action.ASSIST, Action.POINT, Action.LEFT, Action.RIGHT, Action.UP})
# Whoever goes on is asked for his initials first; R, and the second button where it flies again, do so at once.
_LEAVES: Final = frozenset({Action.CONFIRM, Action.ASSIST, Action.BACK})
_KEYS: Final = {
    Hand.KEYBOARD: ("once_more", "back", "keep", "watch", "pages"),
    Hand.PAD: ("again_pad", "back_pad", "watch", "pages"),
    Hand.TOUCH: ("again_touch", "pages_touch", "watch_touch", "back_touch"),
}
_KEYS_WITH_NEXT: Final = {
    Hand.KEYBOARD: ("again", "next", "back", "keep", "watch", "pages"),
    Hand.PAD: ("once_more_pad", "next_pad", "watch", "pages"),
    Hand.TOUCH: ("again_touch", "next_touch", "pages_touch", "watch_touch", "back_touch"),
}
# In the middle of the foot, where a finger was tapping for ACTION a moment ago, lies what loses nothing.
_PLATES: Final = {
    "again_touch": Action.RESTART,
    "next_touch": Action.CONFIRM,
    "back_touch": Action.BACK,
    "pages_touch": Action.RIGHT,
    "watch_touch": Action.UP,
}
_FOLDER: Final = "flights"
_PICTURE_SIZE: Final = (1920, 1080)  # where there is no window


@dataclass(frozen=True, slots=True)
class Flown:
    """A flight that is over. `mode` as it was chosen, for the next one; `helped`: ASSIST was held; `practised`: its
    time was slowed, so that it is not counted; `attempt`: it was the flight of the day.
    """

    level: Level
    mode: Mode
    report: FlightReport
    replay: Replay
    track: Track
    helped: bool = False
    practised: bool = False
    attempt: Attempt | None = None


class ResultScene:
    """ACTION goes on to the next level, or flies again where none follows; the second button does the other thing, or
    goes to the title. R flies again, Esc to the title, left and right turn the pages, up watches the flight again, F2
    keeps the record. Whoever leaves a flight that stands on a board is asked for his initials on the way, once.
    """

    overlay = False

    def __init__(
        self,
        kit: Kit,
        flown: Flown,
        backdrop: Callable[[pygame.Surface, float], None],
        again: Callable[[], Scene],
    ) -> None:
        level, report = flown.level, flown.report
        self._kit, self._level, self._mode, self.report, self.replay = kit, level, flown.mode, report, flown.replay
        self._backdrop, self._again = backdrop, again
        self._ticks = 0
        self._written: list[Written] = []
        self._size = _PICTURE_SIZE  # of the picture that was drawn last: a tap is looked up in it
        self._good = report.alive
        self._attempt = flown.attempt
        self.following = level_after(level.id) if self._good and flown.attempt is None else None
        beside = flown_beside(level)
        told = debrief(report, flown=beside, goal=level.goal, track=flown.track)
        self.seen = Seen(
            told, beside, flown.track, remark=self._remark(flown, told.lesson),
            medal=medal_of(level, report.score.total) if self._good and not flown.practised else None,
        )  # fmt: skip
        of_day = flown.attempt.daily.date if flown.attempt and flown.attempt.is_try else None
        self.entry, unsaved = put_down(kit, flown.replay, report, practised=flown.practised, daily=of_day)
        if flown.attempt and self.entry:
            flown.attempt.ended(self.entry.id)
        if unsaved:
            self.seen = replace(self.seen, note=unsaved)
        self._to_ask = self.entry is not None

    def _remark(self, flown: Flown, lesson: Lesson) -> str:
        """What became of the flight in the person's progress, and that its replay could not be kept if so."""
        kit, counted = self._kit, self._counted(flown, lesson)
        if not kit.flights.unkept:
            return counted
        return f"{counted} {kit.texts.get('result.unkept', why=kit.flights.unkept)}".strip()

    def _counted(self, flown: Flown, lesson: Lesson) -> str:
        """Put the flight down to the person's progress, and say what became of it there."""
        kit, report, level = self._kit, flown.report, flown.level
        words = [kit.texts.get("result.guided")] if flown.helped else []
        if flown.attempt:
            date = date_words(kit.texts, flown.attempt.daily.date)
            words.append(flown.attempt.trouble or kit.texts.get(f"daily.result_{flown.attempt.standing}", date=date))
        if flown.practised:
            return " ".join([*words, kit.texts.get("result.practice")])
        if not self._good:
            kit.progress.lost(level.id, report.reason_code, lesson)
        elif level in ladder():
            board = Mode(report.mode)
            if kit.progress.alive(level.id, board, report.score.total):
                words.append(kit.texts.get("result.new_best"))
            else:
                words.append(kit.texts.get("result.best", points=float(kit.progress.best(level.id, board) or 0)))
            if flown.mode is Mode.GUIDED and kit.progress.best(level.id, Mode.MANUAL) is None:
                words.append(kit.texts.get("result.try_manual"))
            if kit.progress.unsaved:
                words.append(kit.texts.get("progress.unsaved", why=kit.progress.unsaved))
        return " ".join(words)

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        if action in _NOT_AT_ONCE and self._ticks < _DEAF_TICKS:
            return None
        again = action is Action.ASSIST and self.following is not None
        asked = self._asked(action) if action in _LEAVES and self._to_ask and not again else None
        return self._done(action) if asked is None else Push(asked)

    def _done(self, action: Action) -> Change:
        match action:
            case Action.POINT:
                return self._point()
            case Action.CONFIRM if self.following is not None:
                return self._next(self.following)
            case Action.ASSIST if self.following is None:
                return self._to_title(self._level.id)
            case Action.RESTART | Action.CONFIRM | Action.ASSIST | Action.PAUSE:
                return Replace(self._again())
            case Action.BACK:
                return self._to_title(self._level.id)
            case Action.LEFT | Action.RIGHT:
                pages = self.seen.pages
                turned = pages.index(self.seen.page) + (1 if action is Action.RIGHT else -1)
                self.seen = replace(self.seen, page=pages[turned % len(pages)], note="")
            case Action.UP:
                return self._watch()
            case Action.SAVE:
                self._keep()
            case _:
                pass
        return None

    def _asked(self, action: Action) -> InitialsScene | None:
        """The question for initials before what this action means; None where the flight stands on no board."""
        kit, entry, self._to_ask = self._kit, self.entry, False
        if entry is None:
            return None
        try:
            place = place_of(kit.book, entry.id, kit.now())
        except BookError:  # nothing can be entered then
            return None
        if place is None:
            return None
        return InitialsScene(
            kit, entry, place, self._level.title, then=lambda: self._done(action),
            again=lambda: Replace(self._again()),
        )  # fmt: skip

    def tick(self) -> Change:
        self._ticks += 1
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        self._size = surface.get_size()
        self._backdrop(surface, 1.0)
        seen = replace(self.seen, buttons=self._kit.devices.hand is Hand.TOUCH)
        self._written = draw_result(
            surface, self._kit.texts, self.report, self._level.title, seen, self._level.goal, keys=self._keys(),
            called=buttons(self._kit),
        )  # fmt: skip

    def _point(self) -> Change:
        """The plates at the foot; anywhere else turns the page."""
        at, size = self._kit.devices.touch.at, self._size
        texts, meant = self._kit.texts, Action.RIGHT
        for key, action in _PLATES.items():
            for line in self._written:
                if line.text == texts.get(f"result.{key}") and line.box.collidepoint(at[0] * size[0], at[1] * size[1]):
                    meant = action
        return self.handle(meant)

    def _keys(self) -> tuple[str, ...]:
        """What is told at the foot, to this hand."""
        return (_KEYS if self.following is None else _KEYS_WITH_NEXT)[self._kit.devices.hand]

    def _next(self, level_id: str) -> Change:
        from game.scenes.launch import launched  # noqa: PLC0415 - flights and results lead to each other

        return launched(self._kit, level_of(level_id), self._mode, self.report.seed + 1)

    def _to_title(self, level_id: str) -> Change:
        from game.scenes.title import TitleScene  # noqa: PLC0415 - title and flight lead to each other

        if self._attempt is not None:
            return Replace(TitleScene(self._kit, mode=self._mode))
        # Another flight is another day, with its own gusts and errors; R flies the same one again.
        return Replace(TitleScene(self._kit, level_id, self._mode, self.report.seed + 1))

    def _watch(self) -> Change:
        """The same flight again, to look at."""
        from game.scenes.watch import WatchScene  # noqa: PLC0415 - who only flies need not wait for it

        try:
            reel = Reel(self.replay, self._level, self._level.id)
        except ReplayError as error:  # the level's file was changed meanwhile
            self.seen = replace(self.seen, note=str(error))
            return None
        return Push(WatchScene(self._kit, reel, Pop))

    def _keep(self) -> None:
        """Write the replay and a picture of this page to the person's own folder; say so, or why not."""
        report = self.report
        name = f"{report.level}-{report.digest[:8]}"
        try:
            folder = user_dirs().data / _FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / f"{name}.replay", self.replay.text())
            write_whole(folder / f"{name}-{self.seen.page}.png", self._picture())
        except (OSError, OutputError, ContentError) as error:
            self.seen = replace(self.seen, note=str(error))
            return
        self.seen = replace(self.seen, note=self._kit.texts.get("result.kept", name=str(folder / f"{name}.replay")))

    def _picture(self) -> bytes:
        """This page as PNG, as large as the window, with its keys and not with what was last said."""
        self.seen = replace(self.seen, note="")
        window = pygame.display.get_surface()
        surface = pygame.Surface(window.get_size() if window else _PICTURE_SIZE)
        self.draw(surface, 1.0)
        out = BytesIO()
        pygame.image.save(surface, out, "debrief.png")
        return out.getvalue()
