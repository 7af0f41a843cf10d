"""The instruments of one flight: looked at so many times a second of the hand's time, and shown by the HUD.

A look is one `Nav` and one `HudModel` of it. It follows the scene's ticks and never a picture, so that figures are
steady enough to be read, and drawing changes nothing. What moves on the tapes goes from one look to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import pygame

from game.content.flown import flown_beside
from game.content.levels import Level
from game.cues.beside import beside_of
from game.cues.deploy import BOX_NEAR_MACH
from game.cues.forecast import Prediction
from game.cues.hud import HudModel, hud_model
from game.scenes.kit import Kit
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from game.sim.spec import TICK_HZ
from game.view.hud import Hud, HudNotes, Shown
from game.view.layout import Layout

LOOK_TICKS: Final = TICK_HZ // 10  # ten looks a second, as what is foretold: figures that change faster are not read
_GAUGES_TICK, _LINE_TICK = 2 * LOOK_TICKS // 5, 4 * LOOK_TICKS // 5  # after a look: the foot, in two more pictures
_TRAIL_MACH: Final = 0.06  # between two points of the way to the parachute's box


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen, and where it says that the craft comes down if the tilt is let go; None while it does not say."""

    nav: Nav
    model: HudModel
    let_go_m: float | None


class Instruments:
    """Of one flight; `look` at every tick of the scene, then `draw` as often as there are pictures."""

    def __init__(self, kit: Kit, level: Level, nav: Nav, prediction: Prediction | None) -> None:
        self._kit = kit
        self._beside = beside_of(flown_beside(level))
        self._trail: list[tuple[float, float]] = []
        self._ticks = 0  # since the last look
        self._hud = Hud()
        self._notes: HudNotes | None = None
        self._notes_of: tuple[object, ...] = ()
        self._foretold = prediction
        self._now = self._seen(nav, prediction)
        self._before: Look | None = None
        # What the gauges are of, if they were looked at after `_now`; and the line below them, written a little later.
        self._gauges: HudModel | None = None
        self._line: HudModel | None = None

    @property
    def now(self) -> Look:
        """The last look."""
        return self._now

    def tick(self, nav: Nav, prediction: Prediction | None) -> None:
        """The flight goes on: look again when it is time, and at once when another phase has begun.

        When it is over there is no signal: what was seen last stays.
        """
        if nav.phase is Phase.OVER:
            self._before = None
            return
        self._ticks += 1
        again = nav.phase is not self._now.nav.phase
        if self._ticks >= LOOK_TICKS or again:
            self._ticks, self._before = 0, self._now
            self._now, self._foretold = self._seen(nav, prediction), prediction
            if again:
                self._gauges = self._line = None
        elif self._ticks == _GAUGES_TICK:
            self._gauges = hud_model(nav, prediction, self._beside)
        elif self._ticks == _LINE_TICK:
            self._line = self._gauges  # a look of its own would cost more than it tells

    def stand(self, nav: Nav, prediction: Prediction | None) -> None:
        """The flight stands, or has moved by a step: what is shown is this very moment."""
        if nav.phase is Phase.OVER:
            self._before = None
            return
        if nav.tick != self._now.nav.tick or prediction is not self._foretold:
            self._now, self._foretold = self._seen(nav, prediction), prediction
        self._ticks, self._before = 0, None
        self._gauges = self._line = None

    def jump(self, nav: Nav, prediction: Prediction | None, before: Iterable[Nav] = ()) -> None:
        """To another moment of the flight; `before` is what was told on the way to it."""
        self._trail.clear()
        for earlier in before:
            self._note_way(earlier)
        self._now, self._foretold = self._seen(nav, prediction), prediction
        self._ticks, self._before = 0, None
        self._gauges = self._line = None

    def _seen(self, nav: Nav, prediction: Prediction | None) -> Look:
        model = hud_model(nav, prediction, self._beside)
        self._note_way(nav)
        return Look(nav, model, None if model.let_go is None else nav.mark_m - model.let_go.value)

    def _note_way(self, nav: Nav) -> None:
        """The way to the parachute's box, point by point."""
        near = nav.phase is Phase.ENTRY and 0.0 < nav.mach < BOX_NEAR_MACH
        if near and (not self._trail or self._trail[-1][0] - nav.mach > _TRAIL_MACH):
            self._trail.append((nav.mach, nav.q_pa))

    def share(self, alpha: float) -> float:
        """How far what moves has come on its way from the look before to the last one, `alpha` of a tick on."""
        return 1.0 if self._before is None else min((self._ticks + alpha) / LOOK_TICKS, 1.0)

    def let_go_m(self, alpha: float) -> float | None:
        """Where the craft comes down if the tilt is let go, as it moves from look to look."""
        now = self._now.let_go_m
        before = None if self._before is None else self._before.let_go_m
        if now is None or before is None:
            return now
        return before + (now - before) * self.share(alpha)

    def notes(self, key: tuple[object, ...], make: Callable[[tuple[tuple[float, float], ...]], HudNotes]) -> HudNotes:
        """What stands beside the readings: made anew at each look, and as soon as `key` or a preference is another.

        make  is given the way to the parachute's box
        """
        kit = self._kit
        of = (self._now.model, kit.keeper.settings, kit.texts, kit.texts.units, kit.devices.hand, *key)
        if self._notes is None or of != self._notes_of:
            self._notes, self._notes_of = make(tuple(self._trail)), of
        return self._notes

    def draw(self, surface: pygame.Surface, layout: Layout, alpha: float, notes: HudNotes) -> None:
        """The HUD over the picture."""
        before = None if self._before is None else self._before.model
        shown = Shown(self._now.model, before, self._gauges, self._line)
        self._hud.draw(surface, layout, shown, self._kit.texts, notes, self.share(alpha))
