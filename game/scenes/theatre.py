"""The picture of a flight that nobody in the window flies: the world, the HUD, captions, the course's chart.

It is shown snapshots and navs, wherever they come from: a reel that is watched, a flight that flies by itself. Who
jumps to another moment begins the picture anew there, with what lasts of the past and a short run-up to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pygame

from game.audio.cues import levels_of
from game.content.levels import Level
from game.cues.outlook import Outlook
from game.cues.signs import Sign
from game.scenes.instruments import Instruments
from game.scenes.kit import Kit
from game.scenes.showing import CAPTION_TICKS, UNTOLD, Chart, caption_words, names_of, spots_of
from game.sim.events import Event
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Outcome, Truth
from game.sim.spec import DT_S, FlightSpec
from game.sim.terrain import Terrain
from game.view.box_chart import BoxTrail
from game.view.ground import LetGo
from game.view.hud import HudNotes
from game.view.layout import Layout
from game.view.world import WorldView


@dataclass(frozen=True, slots=True)
class Past:
    """What came before the first snapshot of a picture: states and events of all the flight, of which only what lasts
    is seen; and the navs on the way to the parachute's box.
    """

    truths: Sequence[Truth] = ()
    events: Sequence[Event] = ()
    navs: Sequence[Nav] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the HUD is told beside the instruments: the mode's name, the pace, whether the autopilot has the axes, and
    whether it was asked by holding ASSIST.
    """

    mode: str
    pace: float
    by_autopilot: bool
    assist: bool = False


class Theatre:
    """Of one flight. `show` moves it on, `jump` begins anew elsewhere, `draw` only looks."""

    def __init__(
        self, kit: Kit, level: Level, flown: tuple[FlightSpec, Terrain], truth: Truth, nav: Nav, *, guided: bool,
        heard: bool = True,
    ) -> None:  # fmt: skip
        """`guided`: what is foretold goes on with the autopilot's plan; `heard`: with its sounds."""
        self._kit, self._spec, self._terrain, self._heard = kit, *flown, heard
        self._names = names_of(kit, level)
        self._outlook = Outlook(nav, guided=guided)
        self._instruments = Instruments(kit, level, nav, self._outlook.shown)
        self._ticks = 0
        self._begin(truth)

    @property
    def truth(self) -> Truth:
        """What is seen now."""
        return self._truth

    def _begin(self, truth: Truth) -> None:
        self._truth = truth
        self.world = WorldView(self._spec, self._terrain, truth, self._kit.studio)
        self._chart = Chart(truth)
        self._caption: Event | None = None
        self._caption_ticks = 0
        self._still = True

    def jump(
        self, past: Past, truth: Truth, run_up: Iterable[tuple[Truth, Sequence[Event]]], nav: Nav, *, guided: bool
    ) -> None:  # fmt: skip
        """To another moment: from this snapshot through the run-up, tick by tick, to the moment of `nav`."""
        self.silence()
        self._begin(truth)
        self.world.recall(past.truths, past.events)
        for state, events in run_up:
            self._move(state, events)
        self._outlook = Outlook(nav, guided=guided)
        self._instruments.jump(nav, self._outlook.shown, past.navs)

    def show(self, truth: Truth, nav: Nav, events: Sequence[Event], *, guided: bool) -> None:
        """A tick of the window in which the flight came to this snapshot."""
        before, self._still = self._truth, False
        self._move(truth, events)
        self._outlook.tick(nav, guided=guided)
        self._instruments.tick(nav, self._outlook.shown)
        if self._heard:
            self._kit.audio.hear(events)
            self._kit.audio.set_levels(levels_of(before, truth))

    def _move(self, truth: Truth, events: Sequence[Event]) -> None:
        self._ticks += 1
        self._caption_ticks = max(self._caption_ticks - 1, 0)
        self._truth = truth
        self._chart.tick(truth)
        self.world.tick(truth, events)
        for event in events:
            if event.name not in UNTOLD:
                self._caption, self._caption_ticks = event, CAPTION_TICKS

    def stand(self, nav: Nav, *, guided: bool) -> None:
        """A tick in which the flight stands: the picture too, and the instruments show this very moment."""
        if not self._still:
            self.silence()
        self._still = True
        self._outlook.tick(nav, guided=guided)
        self._instruments.stand(nav, self._outlook.shown)

    def hold(self) -> None:
        """A tick after the end: nothing flies, and what is in the air settles."""
        self.silence()
        self._ticks += 1
        self._caption_ticks = max(self._caption_ticks - 1, 0)
        self._still = False
        self.world.hold()

    def silence(self) -> None:
        """No sound goes on."""
        if self._heard:
            self._kit.audio.silence()

    def draw(self, surface: pygame.Surface, layout: Layout, alpha: float, told: Told) -> None:
        """The flight with its HUD, on a surface as large as the layout."""
        if self._still:
            alpha = 1.0
        seen, truth = self._instruments.now, self._truth
        if self._chart.share < 1.0:
            spots = spots_of(seen.nav, seen.model, truth.mark_m)
            self.world.draw(surface, layout, alpha, spots, self._names, let_go=self._let_go(alpha, told))
        self._chart.draw(surface, layout, self._kit, seen.model, truth.trim, (self._ticks + alpha) * DT_S)
        if truth.outcome is Outcome.LANDED:
            return
        caption = self._caption if self._caption_ticks else None

        def notes(box_trail: BoxTrail) -> HudNotes:
            return HudNotes(
                told.mode, told.assist, told.pace, caption_words(self._kit, caption), box_trail,
                by_autopilot=told.by_autopilot,
            )  # fmt: skip

        key = (told.mode, told.assist, told.by_autopilot, round(told.pace, 1), caption)
        self._instruments.draw(surface, layout, alpha, self._instruments.notes(key, notes))

    def _let_go(self, alpha: float, told: Told) -> LetGo | None:
        """Only for hands that steer: the autopilot lets nothing go."""
        left, place_m = self._instruments.now.model.let_go, self._instruments.let_go_m(alpha)
        if left is None or place_m is None or told.by_autopilot or self._truth.phase is Phase.OVER:
            return None
        return LetGo(place_m, left.sign is Sign.GO, self._kit.texts.get("hud.let_go"))
