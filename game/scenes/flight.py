"""The flight: steps the sim, moves the picture along, and shows the HUD."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pygame

from game.audio.cues import levels_of
from game.content.levels import Level
from game.content.modes import Mode
from game.cues.forecast import Prediction
from game.cues.hud import HudModel
from game.cues.outlook import Outlook
from game.cues.signs import Sign
from game.input.actions import Action
from game.input.devices import Hand
from game.record.preferences import Pace
from game.record.settings import Control
from game.report import ALIVE, report_of
from game.scenes.attempt import Attempt
from game.scenes.coach import Coach
from game.scenes.cockpit import PILOT, Cockpit
from game.scenes.company import Company
from game.scenes.daily import EndTry
from game.scenes.instruments import Instruments
from game.scenes.kit import Kit
from game.scenes.labels import keys_of, tempo_tag, zones_of
from game.scenes.pause import PauseScene
from game.scenes.result import Flown, ResultScene
from game.scenes.showing import CAPTION_TICKS, UNTOLD, Chart, caption_words, names_of, spots_of
from game.scenes.stack import Change, Push, Replace
from game.scenes.tempo import Tempo
from game.sim.events import Event
from game.sim.flight import Flight
from game.sim.snapshot import Outcome
from game.sim.spec import DT_S, TICK_HZ
from game.view.box_chart import BoxTrail
from game.view.ground import LetGo
from game.view.hud import HudNotes
from game.view.layout import layout_of
from game.view.panels import free_beside_result
from game.view.world import WorldView
from game.view.zones import draw_zones

_BEAT_TICKS: Final = 2 * TICK_HZ  # a look at the rover before the result


class FlightScene:
    """One flight of a level, from its first tick to the look at what became of it."""

    overlay = False

    def __init__(self, kit: Kit, level: Level, mode: Mode, seed: int, attempt: Attempt | None = None) -> None:
        """`attempt`: it is the flight of the day, and so a dispersed one."""
        self._kit, self.level, self.mode, self.seed, self.attempt = kit, level, mode, seed, attempt
        self._dispersed = attempt is not None or mode is Mode.RAW
        self.flight = Flight(level.flight_spec(mode, self._dispersed), seed)
        self.coach = Coach(kit, level, mode)
        journal = kit.flights.begin(level.id)
        self.cockpit = Cockpit(
            self.flight, level.id, mode, kit.controls, self.coach.checklist, journal, dispersed=self._dispersed
        )  # fmt: skip
        self._truth = self.flight.snapshot()
        self.world = WorldView(self.flight.spec, self.flight.terrain, self._truth, kit.studio)
        self.company = Company(kit, level, mode, seed, self.world, dispersed=self._dispersed)
        self._events: list[Event] = []
        self.tempo = Tempo()
        self._beat = 0
        self._caption: Event | None = None
        self._caption_ticks = 0
        self._outlook = Outlook(self.flight.nav(), guided=self._by_autopilot)
        self._instruments = Instruments(kit, level, self.flight.nav(), self.prediction)
        self._chart = Chart(self._truth)
        self._ticks = 0
        self._names = names_of(kit, level)

    def enter(self) -> None:
        """Keys that are down count on; presses made elsewhere do not."""
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        match action:
            case Action.POINT if self._kit.devices.touch.pauses:
                return self.handle(Action.PAUSE)
            case Action.PAUSE | Action.BACK | Action.LOST_FOCUS | Action.UNPLUGGED:
                self._kit.audio.silence()
                self.coach.keep()
                unplugged = action is Action.UNPLUGGED
                return Push(PauseScene(self._kit, self.again, self.tempo, self._guarded, unplugged=unplugged))
            case Action.RESTART:
                self.coach.keep()
                return self._guarded(lambda: Replace(self.again()))
            case Action.SLOWER:
                return self._guarded(self.tempo.slower)
            case Action.STEP:
                return self._guarded(self.tempo.step)
            case _:
                return None

    def _guarded(self, then: Callable[[], Change]) -> Change:
        """Do it; while it would end a try of the day, ask first. What is decided stands, and is shown at once."""
        if self.attempt is None or not self.attempt.is_try:
            return then()
        if self.flight.outcome is Outcome.FLYING:
            return Push(EndTry(self._kit, self.attempt, then))
        while not self.flight.over:
            self._events += self.cockpit.fly(self.flight)
        return Replace(self._result())

    @property
    def pace(self) -> float:
        """Simulated seconds per second now."""
        return self.tempo.pace

    @property
    def _in_real_time(self) -> bool:
        """Whether the person wants one simulated second a second in every phase. The course is flown for as long as
        it takes to burn; the nine hours to the air are jumped over by the flight itself, at any pace.
        """
        return self._kit.keeper.settings.preferences.pace is Pace.REAL_TIME

    def again(self) -> FlightScene:
        """The same flight from its beginning."""
        attempt = self.attempt.again() if self.attempt else None
        return FlightScene(self._kit, self.level, self.mode, self.seed, attempt)

    def tick(self) -> Change:
        self._caption_ticks = max(self._caption_ticks - 1, 0)
        if self.flight.over:
            self.world.hold()
            self._beat += 1
            # A loss has had its two seconds of tumbling; a landing gets a look at the rover.
            wait = _BEAT_TICKS if self.flight.outcome in ALIVE else 0
            return Replace(self._result()) if self._beat > wait else None
        self.coach.tick(self.flight.nav())
        if self.tempo.stepping and self._kit.controls.pressed:
            self.tempo.step()  # who has a stick and two buttons steps with any of them
        due = self.tempo.due(self.flight.nav(), {} if self._in_real_time else self.level.pace)
        if self.tempo.stepping and not due:
            self._foretell()  # who stands and looks sees what is foretold of this very moment
            self._instruments.stand(self.flight.nav(), self.prediction)
            return None
        happened: list[Event] = []
        while due > 0 and not self.flight.over:
            due -= 1
            happened += self.cockpit.fly(self.flight, self.tempo.pace)
        self._show(happened)
        return None

    @property
    def prediction(self) -> Prediction | None:
        """Where we come down, as the display shows it."""
        return self._outlook.shown

    @property
    def _by_autopilot(self) -> bool:
        return self.mode.board is Mode.GUIDED or self.cockpit.assist_held

    def _foretell(self) -> None:
        self._outlook.tick(self.flight.nav(), guided=self._by_autopilot)

    def _look(self) -> None:
        """Reckon on where we come down, and read the instruments."""
        self._foretell()
        nav = self.flight.nav()
        if self.tempo.stepping or self.flight.over:
            self._instruments.stand(nav, self.prediction)
        else:
            self._instruments.tick(nav, self.prediction)

    def _show(self, events: list[Event]) -> None:
        before, self._truth = self._truth, self.flight.snapshot()
        self._ticks += 1
        self._look()
        self._chart.tick(self._truth)
        self._events += events
        self.world.tick(self._truth, events)
        self.company.tick(self._truth)
        self._kit.audio.hear(events)
        self._kit.audio.set_levels(levels_of(before, self._truth))
        for event in events:
            if event.name not in UNTOLD:
                self._caption = event
                self._caption_ticks = CAPTION_TICKS

    def _result(self) -> ResultScene:
        mode = Mode.GUIDED if self.cockpit.assisted else self.mode.board
        report = report_of(
            self.flight, self._events, level=self.level.id, pilot=PILOT, mode=mode.value,
            dispersed=self._dispersed,
        )  # fmt: skip
        self._kit.audio.silence()
        self.coach.keep()
        replay = self.cockpit.recorder.finish(report)
        self._kit.flights.finish(replay)
        self.company.ended(report, replay, counted=not self.tempo.practised)
        flown = Flown(self.level, self.mode, report, replay, self.cockpit.trace, self.cockpit.assisted,
                      self.tempo.practised, self.attempt)  # fmt: skip
        return ResultScene(self._kit, flown, self.draw_world, self.again)

    def draw_world(self, surface: pygame.Surface, alpha: float) -> None:
        """The picture beside the result."""
        layout = layout_of(surface.get_size())
        self.world.draw(surface, layout, alpha, (), self._names, free_beside_result(layout))

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        layout = layout_of(surface.get_size())
        seen = self._instruments.now
        if self._chart.share < 1.0:
            spots = spots_of(seen.nav, seen.model, self._truth.mark_m)
            self.world.draw(surface, layout, alpha, spots, self._names, let_go=self._let_go(seen.model, alpha))
        else:
            self.world.prepare(layout)
        self._chart.draw(surface, layout, self._kit, seen.model, self._truth.trim, (self._ticks + alpha) * DT_S)
        if self.flight.over and self.flight.outcome is Outcome.LANDED:
            return
        caption = self._caption if self._caption_ticks else self.company.note
        told = (self.cockpit.assist_held, caption, self.tempo.slow)
        self._instruments.draw(surface, layout, alpha, self._instruments.notes(told, self._notes))
        if self._kit.devices.hand is Hand.TOUCH:
            draw_zones(surface, zones_of(self._kit, layout.size))

    def _notes(self, box_trail: BoxTrail) -> HudNotes:
        """What stands beside the readings."""
        kit = self._kit
        return HudNotes(
            kit.texts.get(f"mode.{self.mode}"), self.cockpit.assist_held, self.tempo.pace, self._caption_words(),
            box_trail, keys_of(kit, Control.ACTION, most=1), tempo_tag(kit, self.tempo), self._in_real_time,
            None if self.flight.outcome is Outcome.LOST else self.coach.taught(self._instruments.now.nav),
            self._by_autopilot,
        )  # fmt: skip

    def _caption_words(self) -> str:
        """What just happened, as long as it is told; else whose ghost that is."""
        return caption_words(self._kit, self._caption) if self._caption_ticks else self.company.note

    def _let_go(self, model: HudModel, alpha: float) -> LetGo | None:
        """Only for hands that steer: the autopilot lets nothing go."""
        left, place_m = model.let_go, self._instruments.let_go_m(alpha)
        if left is None or place_m is None or self._by_autopilot or self.flight.outcome is not Outcome.FLYING:
            return None
        return LetGo(place_m, left.sign is Sign.GO, self._kit.texts.get("hud.let_go"))
