"""A flight on the stage: what has happened in it, for who looks out for a moment, and who may fly it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pygame

from game.content.errors import ContentError
from game.content.levels import Level
from game.content.modes import Mode
from game.pilots.mixer import Hands
from game.pilots.pilot import CommandSource
from game.scenes.cockpit import Cockpit
from game.scenes.flight import FlightScene
from game.scenes.kit import Kit
from game.sim.command import Command
from game.sim.events import Event, EventName
from game.sim.flight import Flight
from game.sim.phases import Phase
from game.sim.snapshot import Nav
from game.sim.spec import TICK_HZ
from game.stage.window import Stage, action_is_due

_REACTION_TICKS: Final = 3 * TICK_HZ // 2


class _Seat(Cockpit):
    """Remembers when each event came first. With a source of commands nobody else has a hand in the flight."""

    def __init__(self, scene: FlightScene, kit: Kit, source: CommandSource | None) -> None:
        super().__init__(scene.flight, scene.level.id, scene.mode, kit.controls, scene.coach.checklist)
        self._source = source
        self.came_s: dict[EventName, float] = {}

    @property
    def by_hand(self) -> bool:
        return self._source is None

    def command(self, flight: Flight, pace: float) -> tuple[Command, Hands]:
        if self._source is None:
            return super().command(flight, pace)
        return self._source.command(flight), Hands.ALL

    def hear(self, events: Sequence[Event]) -> None:
        super().hear(events)
        for event in events:
            self.came_s.setdefault(event.name, event.t_s)
        if self._source is not None and events:
            self._source.hear(events)


class Film:
    """A scene of one flight, and what is to be known of it to choose a picture."""

    def __init__(self, kit: Kit, level: Level, mode: Mode, source: CommandSource | None = None) -> None:
        """Without a source hands fly, and in Guided the autopilot beside them."""
        self.scene = FlightScene(kit, level, mode, 0)
        self._seat = self.scene.cockpit = _Seat(self.scene, kit, source)
        self.over_ticks = 0  # of the window, since the flight is over

    def play(self, stage: Stage) -> Iterator[None]:
        """Tick by tick of the window, until something else is shown. Where hands fly, ACTION is pressed a moment after
        the HUD has asked for it: what is there to be done is there to be seen, too.

        Raises ContentError when the level's figures tear the flight apart.
        """
        asked_ticks = 0
        while self._shown_on(stage):
            if self._seat.by_hand and not self.flight.over:
                asked_ticks = asked_ticks + 1 if action_is_due(self.scene) else 0
                if asked_ticks == _REACTION_TICKS:
                    asked_ticks = 0
                    stage.tap(pygame.K_SPACE)
            try:
                stage.tick()
            except (ArithmeticError, ValueError, IndexError) as error:  # as game/lab/fly.py has it
                broke = f"{self.scene.level.id}: its figures do not make a flight: {error}"
                raise ContentError([broke]) from error
            self.over_ticks += self.flight.over
            if self._shown_on(stage):
                yield

    def _shown_on(self, stage: Stage) -> bool:
        return bool(stage.app.stack) and stage.app.stack[-1] is self.scene

    @property
    def flight(self) -> Flight:
        return self.scene.flight

    @property
    def nav(self) -> Nav:
        return self.scene.flight.nav()

    @property
    def phase(self) -> Phase:
        """OVER when nothing is flown any more, too."""
        return Phase.OVER if self.flight.over else self.flight.phase

    def since(self, name: EventName) -> float:
        """Seconds of the flight since this first happened; below zero while it has not."""
        came_s = self._seat.came_s.get(name)
        return -1.0 if came_s is None else self.flight.t_s - came_s
