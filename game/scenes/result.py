"""The result: what became of the rover, why, and the points with their causes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pygame

from game.content.errors import ContentError
from game.content.levels import Level
from game.content.modes import Mode
from game.content.paths import user_dirs
from game.input.actions import Action
from game.input.devices import Hand
from game.record.files import OutputError, write_whole
from game.record.replay import Replay
from game.report import FlightReport
from game.scenes.kit import Kit
from game.scenes.stack import Change, Replace
from game.sim.spec import TICK_HZ
from game.view.panels import draw_result

if TYPE_CHECKING:
    from game.scenes.stack import Scene

_DEAF_TICKS: Final = round(0.7 * TICK_HZ)  # a hand that is still pressing ACTION must not skip what happened
_KEYS: Final = {
    Hand.KEYBOARD: ("again", "back", "keep"),
    Hand.PAD: ("again_pad", "back_pad"),
    Hand.TOUCH: ("again_touch", "back_touch"),
}
_FOLDER: Final = "flights"


class ResultScene:
    """R or the second button flies again, Space or Enter or Esc goes to the title, F2 keeps the record."""

    overlay = False

    def __init__(
        self,
        kit: Kit,
        level: Level,
        mode: Mode,
        report: FlightReport,
        replay: Replay,
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
        self._note = ""
        self._remark = kit.texts.get("result.guided") if helped else ""

    def enter(self) -> None:
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        match action:
            case Action.RESTART:
                return Replace(self._again())
            case Action.CONFIRM | Action.ASSIST | Action.POINT if self._ticks < _DEAF_TICKS:
                return None
            case Action.POINT if self._kit.devices.touch.at[0] >= 0.5:
                return self._to_title()
            case Action.ASSIST | Action.PAUSE | Action.POINT:
                return Replace(self._again())
            case Action.CONFIRM | Action.BACK:
                return self._to_title()
            case Action.SAVE:
                self._keep()
                return None
            case _:
                return None

    def tick(self) -> Change:
        self._ticks += 1
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        self._backdrop(surface, 1.0)
        draw_result(
            surface, self._kit.texts, self.report, self._level.title, remark=self._remark, note=self._note,
            goal=self._level.goal, keys=_KEYS[self._kit.devices.hand],
        )  # fmt: skip

    def _to_title(self) -> Change:
        from game.scenes.title import TitleScene  # noqa: PLC0415 - title and flight lead to each other

        # Another flight is another day, with its own gusts and errors; R flies the same one again.
        return Replace(TitleScene(self._kit, self._level.id, self._mode, self.report.seed + 1))

    def _keep(self) -> None:
        """Write the replay to the person's own folder; say so, or why not."""
        report = self.report
        name = f"{report.level}-{report.digest[:8]}.replay"
        try:
            folder = user_dirs().data / _FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, self.replay.text())
        except (OSError, OutputError, ContentError) as error:
            self._note = str(error)
            return
        self._note = self._kit.texts.get("result.kept", name=str(folder / name))
