"""Who teaches a flight: the list of controls that are ticked off, and the hint after the second same failure."""

from __future__ import annotations

from typing import Final

from game.content.levels import Level
from game.content.modes import Mode
from game.cues.hints import hint_phase
from game.input.devices import Hand
from game.pilots.checklist import Checklist, Known
from game.record.settings import Control
from game.scenes.kit import Kit
from game.scenes.labels import in_words, keys_of, sentence
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from game.sim.spec import TICK_HZ
from game.view.checklist import Taught, TaughtRow

_HINT_TICKS: Final = 14 * TICK_HZ  # of the window: twice as long as it takes to read aloud
_CONTROLS: Final = {
    Known.TRIM: (Control.LEFT, Control.RIGHT),
    Known.TURN: (Control.LEFT, Control.RIGHT),
    Known.LIFT: (Control.LEFT, Control.RIGHT),
    Known.LEAN: (Control.LEFT, Control.RIGHT),
    Known.THROTTLE: (Control.UP, Control.DOWN),
    Known.REEL: (Control.DOWN,),
    Known.ACTION: (Control.ACTION,),
    Known.MARK: (Control.MARK_UP_TRACK, Control.MARK_DOWN_TRACK),
    Known.ASSIST: (Control.ASSIST,),
}
_TOUCHED: Final = {known: known.value for known in (Known.THROTTLE, Known.REEL, Known.ACTION, Known.MARK, Known.ASSIST)}


class Coach:
    """Of one flight. In Raw nothing is told."""

    def __init__(self, kit: Kit, level: Level, mode: Mode) -> None:
        self._kit = kit
        self.checklist = Checklist(mode, kit.progress.found)
        self._hint = None if mode is Mode.RAW else kit.progress.hint_for(level.id)
        self._hint_in: Phase | None = hint_phase(self._hint.advice, level.start.phase) if self._hint else None
        self._hint_ticks = _HINT_TICKS

    def tick(self, nav: Nav) -> None:
        """A tick of the window has passed."""
        self.checklist.tick()
        if nav.phase is self._hint_in and self._hint_ticks > 0:
            self._hint_ticks -= 1

    def keep(self) -> None:
        """What was used is not asked for again: written down when the flight rests, because a file takes its time."""
        self._kit.progress.find(self.checklist.new)

    def taught(self, nav: Nav) -> Taught:
        """What to show beside the craft now."""
        texts = self._kit.texts
        rows = tuple(
            TaughtRow(self._keys(row.known), texts.get(f"teach.{row.known}"), row.done)
            for row in self.checklist.rows(nav)
        )
        hint = ""
        if self._hint is not None and nav.phase is self._hint_in and self._hint_ticks > 0:
            words = texts.get(f"hint.{self._hint.advice}", worst=self._hint.worst, **in_words(self._kit))
            hint = sentence(self._kit, words)
        return Taught(texts.get("taught.heading"), rows, texts.get("taught.hint"), hint)

    def _keys(self, known: Known) -> str:
        if self._kit.devices.hand is Hand.TOUCH:
            return self._kit.texts.get(f"touch.{_TOUCHED.get(known, 'tilt')}")
        return keys_of(self._kit, *_CONTROLS[known], most=1)
