"""What plays while nobody is there: the best flights one after another, and pages between them; any button leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol

import pygame

from game.content.modes import Mode
from game.input.actions import Action
from game.record.replay import ReplayError
from game.scenes.help import HelpScene
from game.scenes.kit import Kit
from game.scenes.programme import Bill, Run, programme
from game.scenes.stack import Change, Pop, Scene, draw_part
from game.scenes.tempo import Tempo
from game.scenes.theatre import Theatre, Told
from game.sim.spec import DT_S, TICK_HZ
from game.view.layout import layout_of, layout_within
from game.view.showcase import Call, draw_call, strip_in

IDLE_TICKS: Final = 30 * TICK_HZ  # of the title without a press, until this begins
PAGE_TICKS: Final = 12 * TICK_HZ

_BEAT_TICKS: Final = 4 * TICK_HZ  # a look at what became of it
# Nobody's press: the window lost its focus, a gamepad came or went.
_NOBODY: Final = frozenset({Action.LOST_FOCUS, Action.UNPLUGGED, Action.PLUGGED})


class Act(Protocol):
    """A piece of the show."""

    def tick(self) -> bool:
        """1/120 s has passed; False when it is over."""

    def draw(self, surface: pygame.Surface, unit: float, alpha: float) -> None:
        """On a surface of its own; unit  of the window's words."""

    def call(self) -> tuple[str, str]:
        """What it is, and whose."""


class FlightAct:
    """A flight, flown as it is shown, at its level's pace and without a sound."""

    def __init__(self, kit: Kit, bill: Bill, run: Run) -> None:
        self._kit, self._bill, self._run, self._broken = kit, bill, run, False
        flight = self._run.flight
        self._tempo = Tempo()
        self._beat = 0
        self._theatre = Theatre(
            kit, bill.level, (self._run.spec, flight.terrain), flight.snapshot(), flight.nav(), guided=self._guided,
            heard=False,
        )  # fmt: skip

    @property
    def _guided(self) -> bool:
        return self._bill.replay is None or self._bill.mode.board is Mode.GUIDED

    def tick(self) -> bool:
        run = self._run
        flight = run.flight
        if self._broken or not run.goes_on:
            self._theatre.hold()
            self._beat += 1
            return self._beat < _BEAT_TICKS
        known = len(run.events)
        try:
            run.fly(self._tempo.due(flight.nav(), self._bill.level.pace))
        except ReplayError:  # its level was changed meanwhile
            self._broken = True
            return True
        self._theatre.show(flight.snapshot(), flight.nav(), run.events[known:], guided=self._guided)
        return True

    def draw(self, surface: pygame.Surface, unit: float, alpha: float) -> None:
        texts, bill = self._kit.texts, self._bill
        mode = texts.get("attract.autopilot" if bill.replay is None else f"mode.{bill.mode}")
        told = Told(mode, self._tempo.pace, self._guided)
        self._theatre.draw(surface, layout_within(surface.get_size(), unit), alpha, told)

    def call(self) -> tuple[str, str]:
        texts, bill = self._kit.texts, self._bill
        if bill.replay is None:
            return bill.level.title, texts.get("watch.by_autopilot")
        points = float(bill.replay.end.score if bill.points is None else bill.points)
        who = bill.who or texts.get("attract.nobody")
        return f"{bill.level.title} · {texts.get(f'mode.{bill.mode}')}", texts.get(
            "attract.who", who=who, points=points
        )


class PageAct:
    """A page for a while; of what lies below it only the picture is seen."""

    def __init__(self, name: str, page: Scene, below: Scene | None = None) -> None:
        self._name, self._page, self._below = name, page, below
        self._ticks = 0

    def tick(self) -> bool:
        self._ticks += 1
        return self._ticks < PAGE_TICKS

    def draw(self, surface: pygame.Surface, unit: float, alpha: float) -> None:
        if self._below is not None:
            self._below.draw(surface, 1.0)
        self._page.draw(surface, alpha if self._below is None else 1.0)

    def call(self) -> tuple[str, str]:
        return self._name, ""


class AttractScene:
    """Over the title, which is as it was when this has gone. Any press of anything leaves, and is nothing more."""

    overlay = False

    def __init__(
        self, kit: Kit, title: Scene, bests: Callable[[], Sequence[Bill]] = tuple,
        pages: Sequence[tuple[str, Callable[[], Scene]]] = (),
    ) -> None:  # fmt: skip
        """`title`: shown between flights; `bests`: asked anew for each round; `pages`: more to show between flights,
        each with its name.
        """
        self._kit, self._title, self._bests = kit, title, bests
        self._pages = (*pages, (kit.texts.get("help.heading"), lambda: HelpScene(kit)))
        self._presses = kit.devices.presses
        self._acts = self._round_and_round()
        self.act = next(self._acts)
        self._ticks = 0

    def enter(self) -> None:
        self._kit.audio.silence()

    def handle(self, action: Action) -> Change:
        return None if action in _NOBODY else self._leave()

    def tick(self) -> Change:
        if self._kit.devices.presses != self._presses:
            return self._leave()  # of something that means nothing elsewhere
        self._ticks += 1
        if not self.act.tick():
            self.act = next(self._acts)
        return None

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        stage, strip = strip_in(surface.get_size())
        unit = layout_of(surface.get_size()).unit
        draw_part(surface, stage, lambda part: self.act.draw(part, unit, alpha))
        what, who = self.act.call()
        call = Call(self._kit.texts.get("attract.press"), what, who)
        draw_call(surface, strip, call, (self._ticks + alpha) * DT_S)

    def _leave(self) -> Change:
        self._kit.controls.forget_presses()
        return Pop()

    def _round_and_round(self) -> Iterator[Act]:
        """Flights without end, after each a page."""
        page = 0
        while True:
            for bill, run in programme(self._bests()):
                yield FlightAct(self._kit, bill, run)
                name, make = self._pages[page % len(self._pages)]
                page += 1
                yield PageAct(name, make(), self._title)
