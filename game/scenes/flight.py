"""The flight: steps the sim, moves the picture along, and shows the HUD."""

from __future__ import annotations

from typing import Final

import pygame

from game.audio.cues import levels_of
from game.content.levels import Level
from game.content.modes import Mode
from game.cues.hud import HudModel, hud_model
from game.cues.signs import Sign
from game.input.actions import Action
from game.report import report_of
from game.scenes.cockpit import PILOT, Cockpit
from game.scenes.kit import Kit
from game.scenes.pause import PauseScene
from game.scenes.result import ResultScene
from game.scenes.stack import Change, Push, Replace
from game.sim.events import Event, EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Outcome, Part
from game.sim.spec import TICK_HZ
from game.view.ground import Spot
from game.view.hud import HudNotes, draw_hud
from game.view.layout import layout_of
from game.view.panels import free_beside_result
from game.view.world import Names, WorldView

_BEAT_TICKS: Final = 2 * TICK_HZ  # a look at the rover before the result
_CAPTION_TICKS: Final = 3 * TICK_HZ
_GONE_M: Final = 60.0  # a stage that falls this far away needs no watching
_GONE_PACE: Final = 10.0
_EASE: Final = 1.0 / (0.8 * TICK_HZ)  # how fast the pace of time changes
_SILENT: Final = frozenset({EventName.LOST, EventName.LANDED, EventName.RADAR_LOCK, EventName.TERRAIN_LOCK})


class FlightScene:
    """One flight of a level, from its first tick to the look at what became of it."""

    overlay = False

    def __init__(self, kit: Kit, level: Level, mode: Mode, seed: int) -> None:
        self._kit, self.level, self.mode, self.seed = kit, level, mode, seed
        self.flight = Flight(level.flight_spec(mode), seed)
        self.cockpit = Cockpit(self.flight, level.id, mode, kit.controls)
        self._truth = self.flight.snapshot()
        self.world = WorldView(self.flight.spec, self.flight.terrain, self._truth, kit.studio)
        self._events: list[Event] = []
        self._pace = 1.0
        self._debt = 0.0
        self._beat = 0
        self._caption = ""
        self._caption_ticks = 0
        texts = kit.texts
        self._names = Names(
            texts.get("hud.perseverance"),
            texts.get("hud.backshell"),
            texts.get("part.descent_stage").upper(),
            texts.get("hud.target"),
        )

    def enter(self) -> None:
        """Keys that are down count on; presses made elsewhere do not."""
        self._kit.controls.forget_presses()

    def handle(self, action: Action) -> Change:
        match action:
            case Action.PAUSE | Action.BACK | Action.LOST_FOCUS:
                self._kit.audio.silence()
                return Push(PauseScene(self._kit, self.again))
            case Action.RESTART:
                return Replace(self.again())
            case _:
                return None

    def again(self) -> FlightScene:
        """The same flight from its beginning."""
        return FlightScene(self._kit, self.level, self.mode, self.seed)

    def tick(self) -> Change:
        self._caption_ticks = max(self._caption_ticks - 1, 0)
        if self.flight.over:
            self.world.hold()
            self._beat += 1
            # A loss has had its two seconds of tumbling; a landing gets a look at the rover.
            wait = _BEAT_TICKS if self.flight.outcome is Outcome.LANDED else 0
            return Replace(self._result()) if self._beat > wait else None
        ease = _EASE * max(self._pace, 1.0)
        self._pace += min(max(self._wanted_pace() - self._pace, -4.0 * ease), ease)
        self._debt += self._pace
        happened: list[Event] = []
        while self._debt >= 1.0 and not self.flight.over:
            self._debt -= 1.0
            happened += self.cockpit.fly(self.flight)
        self._show(happened)
        return None

    def _wanted_pace(self) -> float:
        """Simulated seconds per second: the level's, and faster once nobody has anything left to do."""
        truth = self._truth
        stage, rover = truth.parts[Part.DESCENT_STAGE], truth.parts[Part.ROVER]
        gone = truth.engines_lit == 0 and abs(stage.x_m - rover.x_m) > _GONE_M
        if truth.phase is Phase.FLYAWAY and gone:
            return _GONE_PACE
        return self.level.pace.get(truth.phase, 1.0)

    def _show(self, events: list[Event]) -> None:
        before, self._truth = self._truth, self.flight.snapshot()
        self._events += events
        self.world.tick(self._truth, events)
        self._kit.audio.hear(events)
        self._kit.audio.set_levels(levels_of(before, self._truth))
        for event in events:
            if event.name not in _SILENT:
                figures: dict[str, float | str] = dict(event.figures)
                self._caption = self._kit.texts.describe(f"event.{event.name}", figures | {"detail": event.detail})
                self._caption_ticks = _CAPTION_TICKS

    def _result(self) -> ResultScene:
        mode = Mode.GUIDED if self.cockpit.assisted else self.mode
        report = report_of(
            self.flight, self._events, level=self.level.id, pilot=PILOT, mode=mode.value,
            dispersed=self.mode is Mode.RAW,
        )  # fmt: skip
        self._kit.audio.silence()
        replay = self.cockpit.recorder.finish(report)
        return ResultScene(self._kit, self.level, report, replay, self.draw_world, self.again,
                           helped=self.cockpit.assisted)  # fmt: skip

    def draw_world(self, surface: pygame.Surface, alpha: float) -> None:
        """The picture beside the result."""
        layout = layout_of(surface.get_size())
        self.world.draw(surface, layout, alpha, (), self._names, free_beside_result(layout))

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        layout, texts = layout_of(surface.get_size()), self._kit.texts
        nav = self.flight.nav()
        model = hud_model(nav)
        self.world.draw(surface, layout, alpha, _spots(nav, model), self._names)
        if self.flight.over and self.flight.outcome is Outcome.LANDED:
            return
        notes = HudNotes(
            texts.get(f"mode.{self.mode}"), self.cockpit.assist_held, self._pace,
            self._caption if self._caption_ticks else "",
        )  # fmt: skip
        draw_hud(surface, layout, model, texts, notes)


def _spots(nav: Nav, model: HudModel) -> tuple[Spot, ...]:
    """The places to land on, as long as a person can still choose or see whether she lands there."""
    if nav.phase in (Phase.FLYAWAY, Phase.OVER):
        return ()
    if not nav.marks:
        return (Spot(nav.mark_m, Sign.GO, True, not nav.rover_released),)
    return tuple(
        Spot(mark.downrange_m, cue.sign, cue.chosen, not nav.rover_released)
        for mark, cue in zip(nav.marks, model.marks, strict=True)
    )
