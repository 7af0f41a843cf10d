"""The result: what became of the rover, why, and the points with their causes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pygame

from game.content.errors import ContentError
from game.content.flown import flown_beside
from game.content.levels import Level
from game.content.modes import Mode
from game.content.paths import user_dirs
from game.cues.debrief import debrief
from game.cues.track import Track
from game.input.actions import Action
from game.input.devices import Hand
from game.record.files import OutputError, write_whole
from game.record.replay import Replay
from game.report import FlightReport
from game.scenes.kit import Kit
from game.scenes.ladder import level_after
from game.scenes.stack import Change, Replace
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ
from game.view.panels import Seen, draw_result

if TYPE_CHECKING:
    from game.scenes.stack import Scene

_DEAF_TICKS: Final = round(0.7 * TICK_HZ)  # a hand that is still flying must not skip what happened
_NOT_AT_ONCE: Final = frozenset({Action.CONFIRM, Action.ASSIST, Action.POINT, Action.LEFT, Action.RIGHT})
_KEYS: Final = {
    Hand.KEYBOARD: ("again", "back", "keep", "pages"),
    Hand.PAD: ("again_pad", "back_pad", "pages"),
    Hand.TOUCH: ("again_touch", "back_touch"),
}
_KEYS_WITH_NEXT: Final = {
    Hand.KEYBOARD: ("again", "next", "back", "keep", "pages"),
    Hand.PAD: ("again_pad", "next_pad", "pages"),
    Hand.TOUCH: ("again_touch", "next_touch"),
}
_FOLDER: Final = "flights"
_PICTURE_SIZE: Final = (1920, 1080)  # where there is no window


class ResultScene:
    """R or the second button flies again, Space or Enter goes on, Esc to the title, left and right turn the pages,
    F2 keeps the record.
    """

    overlay = False

    def __init__(
        self,
        kit: Kit,
        level: Level,
        mode: Mode,
        report: FlightReport,
        replay: Replay,
        track: Track,
        backdrop: Callable[[pygame.Surface, float], None],
        again: Callable[[], Scene],
        *,
        helped: bool,
    ) -> None:
        """`mode` as it was chosen, for the next flight. `helped`: ASSIST was held, which is said."""
        self._kit, self._level, self.report, self.replay = kit, level, report, replay
        self._mode = mode
        self._backdrop, self._again = backdrop, again
        self._ticks = 0
        good = report.outcome in {Outcome.LANDED, Outcome.COMPLETED}
        self.following = level_after(level.id) if good else None
        flown = flown_beside(level)
        self.seen = Seen(
            debrief(report, flown=flown, goal=level.goal, track=track), flown, track,
            remark=kit.texts.get("result.guided") if helped else "",
        )  # fmt: skip

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        if action in _NOT_AT_ONCE and self._ticks < _DEAF_TICKS:
            return None
        match action:
            case Action.POINT:
                return self.handle(Action.CONFIRM if self._kit.devices.touch.at[0] >= 0.5 else Action.RESTART)
            case Action.RESTART | Action.ASSIST | Action.PAUSE:
                return Replace(self._again())
            case Action.CONFIRM:
                return self._to_title(self.following or self._level.id)
            case Action.BACK:
                return self._to_title(self._level.id)
            case Action.LEFT | Action.RIGHT:
                pages = self.seen.pages
                turned = pages.index(self.seen.page) + (1 if action is Action.RIGHT else -1)
                self.seen = replace(self.seen, page=pages[turned % len(pages)], note="")
            case Action.SAVE:
                self._keep()
            case _:
                pass
        return None

    def tick(self) -> Change:
        self._ticks += 1
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        self._backdrop(surface, 1.0)
        draw_result(
            surface, self._kit.texts, self.report, self._level.title, self.seen, self._level.goal, keys=self._keys()
        )

    def _keys(self) -> tuple[str, ...]:
        """What is told at the foot, to this hand."""
        return (_KEYS if self.following is None else _KEYS_WITH_NEXT)[self._kit.devices.hand]

    def _to_title(self, level_id: str) -> Change:
        from game.scenes.title import TitleScene  # noqa: PLC0415 - title and flight lead to each other

        # Another flight is another day, with its own gusts and errors; R flies the same one again.
        return Replace(TitleScene(self._kit, level_id, self._mode, self.report.seed + 1))

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
