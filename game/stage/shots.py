"""A picture of everything that the window can show: every screen, every phase of a flight, every way to lose it.

All of it is played in one window on the stage's own clock, so that the same pictures come out again. Each flight
begins with nothing flown before, whatever was pictured first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

import pygame

from game.content.levels import Level
from game.content.modes import Mode
from game.record.book.boards import Period
from game.record.progress import Progress
from game.scenes.attempt import Attempt, today
from game.scenes.attract import AttractScene
from game.scenes.boards import BoardsScene
from game.scenes.brief import BriefScene
from game.scenes.controls import ControlsScene
from game.scenes.daily import DailyBrief, EndTry
from game.scenes.diary import DiaryScene
from game.scenes.help import HelpScene
from game.scenes.initials import InitialsScene
from game.scenes.kit import Kit
from game.scenes.ladder import ladder, level_of
from game.scenes.levels import LevelsScene
from game.scenes.pause import PauseScene
from game.scenes.result import ResultScene
from game.scenes.settings import SettingsScene
from game.scenes.stack import Scene
from game.scenes.standing import place_of
from game.scenes.title import TitleScene
from game.scenes.watch import WatchScene
from game.sim.events import EventName
from game.sim.spec import TICK_HZ
from game.stage.diary import written_book
from game.stage.film import Film
from game.stage.losses import LOSSES, Loss
from game.stage.moments import MOMENTS
from game.stage.scores import LEVEL as SCORED
from game.stage.scores import scored_book
from game.stage.window import Stage
from game.view.notes import draw_note

_SHOW_TICKS: Final = 20 * TICK_HZ
_WATCHED: Final = 0.6  # of the flight
_TITLE_TICKS: Final = 2 * TICK_HZ
_RESULT_TICKS: Final = TICK_HZ  # before the result hears a key
_LOST_S: Final = 0.4  # after the loss: what it did has begun to be seen
_FLOWN: Final = (("sky-crane", 9400), ("powered-descent", 7600), ("parachute", 3100))  # so that the ladder has medals
_NOTE: Final = {"name": "settings.bad.toml", "why": "settings.toml: keyboard: is no table"}


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture and its name; good until the next one is taken, because the window is drawn on again."""

    name: str
    picture: pygame.Surface

    def png(self) -> bytes:
        out = BytesIO()
        pygame.image.save(self.picture, out, f"{self.name}.png")
        return out.getvalue()


def shots(stage: Stage, level: Level) -> Iterator[Shot]:
    """All of them: the screens, a flight of this level with its result, and the ways to lose.

    Raises ContentError when the level's figures tear the flight apart.
    """
    yield from screens(stage, level)
    yield from flight(stage, level)
    for number, loss in enumerate(LOSSES, start=1):
        yield from lost(stage, loss, f"lost-{number:02d}-{_words(loss.reason)}")


def screens(stage: Stage, level: Level) -> Iterator[Shot]:
    """Every screen that is neither a flight nor its result."""
    kit = _beginner(stage)
    for level_id, points in _FLOWN:
        kit.progress.alive(level_id, Mode.GUIDED, points)
    first = ladder()[0].id
    title, film = TitleScene(kit, first), _hanging(stage, kit)
    begun = Film(kit, level, Mode.GUIDED).scene
    again, tempo = film.scene.again, film.scene.tempo
    attempt = Attempt(kit, today(kit))
    scored = replace(kit, book=scored_book())
    pages: tuple[tuple[str, Scene, Scene | None], ...] = (
        ("title", title, None),
        ("all-flights", title, LevelsScene(kit, first, Mode.GUIDED, 0)),
        ("diary", title, DiaryScene(replace(kit, book=written_book()))),
        ("scores", title, BoardsScene(scored, SCORED, Mode.MANUAL)),
        ("initials", title, _asked(scored)),
        ("settings", title, SettingsScene(kit)),
        ("controls", title, ControlsScene(kit)),
        ("help", title, HelpScene(kit)),
        ("brief", begun, BriefScene(kit, level, Mode.GUIDED, 0)),
        ("daily-brief", begun, DailyBrief(kit, Mode.GUIDED, attempt)),
        ("daily-ask", film.scene, EndTry(kit, attempt, lambda: None)),
        ("pause", film.scene, PauseScene(kit, again, tempo)),
        ("pause-unplugged", film.scene, PauseScene(kit, again, tempo, unplugged=True)),
    )
    stage.open(title, AttractScene(kit, title))
    for _ in range(_SHOW_TICKS):
        stage.tick()
    yield Shot("screen-0-attract", stage.picture())
    for number, (name, scene, over) in enumerate(pages, start=1):
        stage.open(scene, over)
        for _ in range(_TITLE_TICKS if over is None else 1):
            stage.tick()
        yield Shot(f"screen-{number:02d}-{name}", stage.picture())
    stage.open(title)
    noted = stage.picture()
    draw_note(noted, kit.texts.get("settings.set_aside", **_NOTE))
    yield Shot(f"screen-{len(pages) + 1:02d}-note", noted)


def flight(stage: Stage, level: Level) -> Iterator[Shot]:
    """A Guided flight of this level at each moment that it has, every page of its result, and the flight watched."""
    film = Film(_beginner(stage), level, Mode.GUIDED)
    stage.open(film.scene)
    coming = list(enumerate(MOMENTS, start=1))
    for _ in film.play(stage):
        for number, moment in coming:
            if moment.phase is film.phase and moment.now(film):
                coming.remove((number, moment))
                yield Shot(f"flight-{number:02d}-{_words(moment.phase)}-{moment.name}", stage.picture())
                break
    result = stage.app.stack[-1]
    pages = result.seen.pages if isinstance(result, ResultScene) else ()
    for number, page in enumerate(pages, start=1):
        for _ in range(_RESULT_TICKS):
            stage.tick()
        yield Shot(f"result-{number}-{page}", stage.picture())
        stage.tap(pygame.K_RIGHT)
    stage.tap(pygame.K_UP)
    stage.tick()
    watched = stage.app.stack[-1]
    if isinstance(watched, WatchScene):
        while not watched.reel.done:
            stage.tick()
        watched.jump(_WATCHED * watched.reel.total_ticks)
        yield Shot("watch-1-replay", stage.picture())


def lost(stage: Stage, loss: Loss, name: str) -> Iterator[Shot]:
    """The end of a flight that is lost like this, and the result."""
    film = Film(_beginner(stage), loss.flown_level(), loss.mode, loss.helm())
    stage.open(film.scene)
    waiting = True
    for _ in film.play(stage):
        if waiting and (film.since(EventName.LOST) >= _LOST_S or film.flight.over):
            waiting = False
            yield Shot(f"{name}-1-flight", stage.picture())
    for _ in range(_RESULT_TICKS):
        stage.tick()
    yield Shot(f"{name}-2-result", stage.picture())


def _asked(kit: Kit) -> InitialsScene:
    """The question for the initials of the flight that was flown last."""
    entry = kit.book.flights()[-1]
    place = place_of(kit.book, entry.id, kit.now()) or (1, Period.ALL_TIME)
    return InitialsScene(kit, entry, place, level_of(entry.level).title, then=lambda: None, again=lambda: None)


def _hanging(stage: Stage, kit: Kit) -> Film:
    """A flight with the rover on its bridle."""
    film = Film(kit, level_of("sky-crane"), Mode.GUIDED)
    stage.open(film.scene)
    for _ in film.play(stage):
        if film.since(EventName.BRIDLE_FULL) >= 0.0:
            break
    return film


def _beginner(stage: Stage) -> Kit:
    """The stage's kit in the hands of somebody who has flown nothing."""
    return replace(stage.app.kit, progress=Progress())


def _words(code: str) -> str:
    return code.replace("_", "-")
