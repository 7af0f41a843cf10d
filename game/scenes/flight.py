"""The flight: steps the sim, moves the picture along, and shows the HUD."""

from __future__ import annotations

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
from game.report import report_of
from game.scenes.coach import Coach
from game.scenes.cockpit import PILOT, Cockpit
from game.scenes.instruments import Instruments
from game.scenes.kit import Kit
from game.scenes.labels import keys_of, tempo_tag, zones_of
from game.scenes.pause import PauseScene
from game.scenes.result import Flown, ResultScene
from game.scenes.stack import Change, Push, Replace
from game.scenes.tempo import Tempo
from game.sim.events import Event, EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Outcome, Part
from game.sim.spec import DT_S, TICK_HZ
from game.view.box_chart import BoxTrail
from game.view.capsule import FREE
from game.view.course_chart import CourseView, draw_course, put_away
from game.view.fading import mix
from game.view.ground import LetGo, Spot
from game.view.hud import HudNotes
from game.view.layout import Layout, layout_of
from game.view.look import still
from game.view.panels import free_beside_result
from game.view.world import Names, WorldView
from game.view.zones import draw_zones

_BEAT_TICKS: Final = 2 * TICK_HZ  # a look at the rover before the result
_CAPTION_TICKS: Final = 3 * TICK_HZ
_FADE_S: Final = 1.1  # from the chart to the flight
_SILENT: Final = frozenset({EventName.LOST, EventName.LANDED, EventName.RADAR_LOCK, EventName.TERRAIN_LOCK})


class FlightScene:
    """One flight of a level, from its first tick to the look at what became of it."""

    overlay = False

    def __init__(self, kit: Kit, level: Level, mode: Mode, seed: int) -> None:
        self._kit, self.level, self.mode, self.seed = kit, level, mode, seed
        self.flight = Flight(level.flight_spec(mode), seed)
        self.coach = Coach(kit, level, mode)
        journal = kit.flights.begin(level.id)
        self.cockpit = Cockpit(self.flight, level.id, mode, kit.controls, self.coach.checklist, journal)
        self._truth = self.flight.snapshot()
        self.world = WorldView(self.flight.spec, self.flight.terrain, self._truth, kit.studio)
        self._events: list[Event] = []
        self.tempo = Tempo()
        self._beat = 0
        self._caption: Event | None = None
        self._caption_ticks = 0
        self._outlook = Outlook(self.flight.nav(), guided=self._by_autopilot)
        self._instruments = Instruments(kit, level, self.flight.nav(), self.prediction)
        self._course = self._truth.course  # as it was last: it is still seen while the chart fades
        self._chart = 1.0 if self.flight.phase is Phase.COURSE else 0.0  # how much of the chart is seen
        self._ticks = 0
        texts = kit.texts
        self._names = Names(
            level.craft.upper(),
            texts.get("hud.backshell"),
            texts.get("part.descent_stage").upper(),
            texts.get("hud.target"),
            {part: texts.get(f"part.{part}").upper() for part in (Part.BACKSHELL, *FREE)},
        )

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
                return Push(PauseScene(self._kit, self.again, self.tempo, unplugged=unplugged))
            case Action.RESTART:
                self.coach.keep()
                return Replace(self.again())
            case Action.SLOWER:
                self.tempo.slower()
            case Action.STEP:
                self.tempo.step()
            case _:
                pass
        return None

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
        return FlightScene(self._kit, self.level, self.mode, self.seed)

    def tick(self) -> Change:
        self._caption_ticks = max(self._caption_ticks - 1, 0)
        if self.flight.over:
            self.world.hold()
            self._beat += 1
            # A loss has had its two seconds of tumbling; a landing gets a look at the rover.
            wait = _BEAT_TICKS if self.flight.outcome in (Outcome.LANDED, Outcome.COMPLETED) else 0
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
        self._course = self._truth.course or self._course
        self._ticks += 1
        self._look()
        if self._truth.phase is not Phase.COURSE and self._chart > 0.0:
            self._chart = 0.0 if still() else max(self._chart - DT_S / _FADE_S, 0.0)
            if self._chart <= 0.0:
                put_away()
        self._events += events
        self.world.tick(self._truth, events)
        self._kit.audio.hear(events)
        self._kit.audio.set_levels(levels_of(before, self._truth))
        for event in events:
            if event.name not in _SILENT:
                self._caption = event
                self._caption_ticks = _CAPTION_TICKS

    def _result(self) -> ResultScene:
        mode = Mode.GUIDED if self.cockpit.assisted else self.mode.board
        report = report_of(
            self.flight, self._events, level=self.level.id, pilot=PILOT, mode=mode.value,
            dispersed=self.mode is Mode.RAW,
        )  # fmt: skip
        self._kit.audio.silence()
        self.coach.keep()
        replay = self.cockpit.recorder.finish(report)
        self._kit.flights.finish(replay)
        flown = Flown(self.level, self.mode, report, replay, self.cockpit.trace, self.cockpit.assisted,
                      self.tempo.practised)  # fmt: skip
        return ResultScene(self._kit, flown, self.draw_world, self.again)

    def draw_world(self, surface: pygame.Surface, alpha: float) -> None:
        """The picture beside the result."""
        layout = layout_of(surface.get_size())
        self.world.draw(surface, layout, alpha, (), self._names, free_beside_result(layout))

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        layout = layout_of(surface.get_size())
        seen = self._instruments.now
        if self._chart < 1.0:
            spots = _spots(seen.nav, seen.model, self._truth.mark_m)
            self.world.draw(surface, layout, alpha, spots, self._names, let_go=self._let_go(seen.model, alpha))
        if self._chart > 0.0:
            self._draw_chart(surface, layout, seen.model, alpha)
        if self.flight.over and self.flight.outcome is Outcome.LANDED:
            return
        told = (self.cockpit.assist_held, self._caption if self._caption_ticks else None, self.tempo.slow)
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
        """What just happened, as long as it is told."""
        event = self._caption
        if event is None or not self._caption_ticks:
            return ""
        figures: dict[str, float | str] = dict(event.figures)
        return self._kit.texts.describe(f"event.{event.name}", figures | {"detail": event.detail})

    def _let_go(self, model: HudModel, alpha: float) -> LetGo | None:
        """Only for hands that steer: the autopilot lets nothing go."""
        left, place_m = model.let_go, self._instruments.let_go_m(alpha)
        if left is None or place_m is None or self._by_autopilot or self.flight.outcome is not Outcome.FLYING:
            return None
        return LetGo(place_m, left.sign is Sign.GO, self._kit.texts.get("hud.let_go"))

    def _draw_chart(self, surface: pygame.Surface, layout: Layout, model: HudModel, alpha: float) -> None:
        """The course, fading into the first picture of the flight."""
        course = self._course
        if course is None:
            return
        cue = model.arrival.course if model.arrival else None
        good = cue is None or cue.entry_angle.sign is Sign.GO
        t_s = (self._ticks + alpha) * DT_S
        seen = CourseView(course, self._truth.trim, good, t_s)
        heavens = self._kit.studio.heavens(layout.size)
        self._kit.studio.warm(layout.size)
        if self._chart >= 1.0:
            draw_course(surface, layout, heavens, seen, self._kit.texts)
            return
        sheet = self._kit.studio.sheet(layout.size)
        draw_course(sheet, layout, heavens, seen, self._kit.texts)
        share = self._chart * self._chart * (3.0 - 2.0 * self._chart)
        mix(surface, sheet, surface.get_rect(), share)


def _spots(nav: Nav, model: HudModel, mark_m: float) -> tuple[Spot, ...]:
    """The places to land on, as long as a person can still choose or see whether she lands there.

    mark_m   where the mark truly lies: the only one, if none are offered
    """
    if nav.phase in (Phase.FLYAWAY, Phase.OVER):
        return ()
    if not nav.marks:
        return (Spot(mark_m, Sign.GO, True, not nav.rover_released),)
    return tuple(
        Spot(mark.downrange_m, cue.sign, cue.chosen, not nav.rover_released)
        for mark, cue in zip(nav.marks, model.marks, strict=True)
    )
