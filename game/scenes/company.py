"""Who keeps a flight company: the ghost that was chosen, and what earlier flights left on the ground.

It is for the picture alone. It is told of every snapshot and tells the flight nothing.
"""

from __future__ import annotations

from typing import Final

from game.content.flown import flown_beside
from game.content.levels import Level
from game.content.modes import Mode
from game.record.ghost import GhostLog, GhostNote, Source
from game.record.ghost_flown import craft_of
from game.record.ghost_store import Ghost
from game.record.landings import EarlierLanding, earlier_landings
from game.record.preferences import GhostChoice
from game.record.replay import Replay
from game.report import FlightReport
from game.scenes.dates import date_of, date_words
from game.scenes.kit import Kit
from game.scenes.ladder import ladder
from game.sim.snapshot import Truth
from game.sim.spec import TICK_HZ
from game.view.earlier import EarlierView, Hers
from game.view.ghost import GhostView
from game.view.world import WorldView

_DAY_S: Final = 86_400.0
_NOTE_TICKS: Final = 9 * TICK_HZ  # of the window: long enough to read a sentence aloud
_POLL_TICKS: Final = TICK_HZ // 10
_SOURCES: Final = {
    GhostChoice.BEST: Source.BEST, GhostChoice.LAST: Source.LAST, GhostChoice.AUTOPILOT: Source.AUTOPILOT,
    GhostChoice.PERSEVERANCE: Source.FLOWN,
}  # fmt: skip


class Company:
    """Of one flight, made before its first tick."""

    def __init__(
        self, kit: Kit, level: Level, mode: Mode, seed: int, world: WorldView, *, dispersed: bool = False
    ) -> None:  # fmt: skip
        self._kit, self._level, self._log = kit, level, GhostLog()
        self._flown = flown_beside(level)
        self._ghost: Ghost | None = None
        self._view: GhostView | None = None
        self._ticks = self._note_ticks = 0
        self._said: tuple[tuple[object, ...], str] = ((), "")
        self._worded_by, self._worded = kit.texts, dict[EarlierLanding | None, str]()
        wanted = _SOURCES.get(kit.keeper.settings.preferences.ghost)
        self._instead = False
        if wanted is not None:
            self._ghost = kit.ghosts.ask(wanted, level, mode, seed, dispersed=dispersed)
            self._instead = self._ghost.source is not wanted
            if self._ghost.track is not None or self._ghost.coming:
                self._view = GhostView(level.vehicle, self._say, told=mode is not Mode.RAW)
                self._view.track = self._ghost.track
        world.company = (self._earlier(world), *([self._view] if self._view else []))

    def tick(self, truth: Truth) -> None:
        """The flight has come to this; a tick of the window has passed."""
        self._log.look(truth)
        self._ticks += 1
        ghost, view = self._ghost, self._view
        if ghost is None or view is None:
            return
        if ghost.coming and self._ticks % _POLL_TICKS == 0:
            ghost.poll()
            view.track = ghost.track
        if view.track is not None and truth.t_s >= view.track.first_s:
            self._note_ticks += 1

    @property
    def note(self) -> str:
        """What has to be said of the ghost, for a while from its first moment on."""
        if not 0 < self._note_ticks <= _NOTE_TICKS:
            return ""
        if self._instead:
            return self._kit.texts.get("ghost.instead_note")
        if self._ghost is not None and self._ghost.source is Source.FLOWN:
            return self._kit.texts.get("ghost.flown_note", name=self._flown.title if self._flown else "")
        return ""

    def ended(self, report: FlightReport, replay: Replay, *, counted: bool) -> None:
        """The flight is over: it may be somebody's ghost from now on."""
        self._kit.ghosts.close()
        track = self._log.track(GhostNote(report.outcome, report.score.total))
        self._kit.ghosts.flown(self._level, replay, track, counted=counted)

    def _name(self) -> str:
        source = self._ghost.source if self._ghost else Source.BEST
        return self._kit.texts.get(f"ghost.{source}")

    def _say(self, along_m: float, up_m: float) -> str:
        """Its name, and where it is from us, by the larger of the two distances; rounded, so that it can be read."""
        larger_m = max(abs(along_m), abs(up_m))
        if larger_m < 20.0:
            return self._kit.texts.get("ghost.beside", name=self._name())
        if abs(along_m) >= abs(up_m):
            where = "ahead" if along_m > 0.0 else "behind"
        else:
            where = "higher" if up_m > 0.0 else "lower"
        texts, apart_m = self._kit.texts, rounded_m(larger_m)
        key = (texts, texts.units, where, apart_m)
        if key != self._said[0]:
            self._said = key, texts.get(f"ghost.{where}", name=self._name(), apart_m=apart_m)
        return self._said[1]

    def _earlier(self, world: WorldView) -> EarlierView:
        kit, level, flown = self._kit, self._level, self._flown
        things = earlier_landings(kit.book, level, ladder())
        now = kit.now()
        hers = None
        if flown is not None and flown.place_m is not None:
            hers = Hers(flown.place_m, lambda: self._left_by(None))
        return EarlierView(
            level.vehicle, world.globe.terrain, things, lambda thing: (now - thing.since).total_seconds() / _DAY_S,
            self._left_by, hers,
        )  # fmt: skip

    def _left_by(self, thing: EarlierLanding | None) -> str:
        """Whose that is, and since when; None: the rover that was really flown."""
        texts = self._kit.texts
        if self._worded_by is not texts:  # another language: all is worded anew
            self._worded_by, self._worded = texts, {}
        words = self._worded.get(thing)
        if words is None:
            if thing is not None:
                date = date_words(texts, date_of(thing.since))
                words = texts.get(f"earlier.{thing.fate}", name=thing.initials, date=date)
            else:
                words = texts.get("earlier.hers", name=craft_of(self._flown) if self._flown else "")
            self._worded[thing] = words
        return words


def rounded_m(apart_m: float) -> float:
    """To two digits or so, and never to less than a metre.

    >>> [rounded_m(each) for each in (37.4, 322.0, 3219.0, 45_678.0)]
    [37.0, 320.0, 3200.0, 46000.0]
    """
    step = 1.0
    while apart_m >= 100.0 * step:
        step *= 10.0
    return round(apart_m / step) * step
