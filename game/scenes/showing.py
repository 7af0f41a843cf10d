"""What the picture of a flight has whoever flies it: names, landing places, words for events, the course's chart."""

from __future__ import annotations

from typing import Final

import pygame

from game.content.levels import Level
from game.cues.hud import HudModel
from game.cues.signs import Sign
from game.scenes.kit import Kit
from game.sim.events import Event, EventName
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Part, Truth
from game.sim.spec import DT_S, TICK_HZ
from game.view.capsule import FREE
from game.view.course_chart import CourseView, draw_course, put_away
from game.view.fading import mix
from game.view.ground import Spot
from game.view.layout import Layout
from game.view.look import still
from game.view.world import Names

CAPTION_TICKS: Final = 3 * TICK_HZ
# The end speaks for itself, and who locks on says so on the HUD.
UNTOLD: Final = frozenset({EventName.LOST, EventName.LANDED, EventName.RADAR_LOCK, EventName.TERRAIN_LOCK})
_FADE_S: Final = 1.1  # from the chart to the flight


def names_of(kit: Kit, level: Level) -> Names:
    """What rings, tags and arrows are called in a flight of this level."""
    texts = kit.texts
    return Names(
        level.craft.upper(),
        texts.get("hud.backshell"),
        texts.get("part.descent_stage").upper(),
        texts.get("hud.target"),
        {part: texts.get(f"part.{part}").upper() for part in (Part.BACKSHELL, *FREE)},
    )


def spots_of(nav: Nav, model: HudModel, mark_m: float) -> tuple[Spot, ...]:
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


def caption_words(kit: Kit, event: Event | None) -> str:
    """What just happened, in words; nothing for nothing."""
    if event is None:
        return ""
    figures: dict[str, float | str] = dict(event.figures)
    return kit.texts.describe(f"event.{event.name}", figures | {"detail": event.detail})


class Chart:
    """The course's chart over the picture of the flight: whole while the course is flown, then it fades.

    share  how much of it is seen, 0 to 1
    """

    def __init__(self, truth: Truth) -> None:
        self._course = truth.course  # as it was last: it is still seen while the chart fades
        self.share = 1.0 if truth.phase is Phase.COURSE else 0.0

    def tick(self, truth: Truth) -> None:
        """A tick of the window, in which the flight came to this snapshot."""
        self._course = truth.course or self._course
        if truth.phase is not Phase.COURSE and self.share > 0.0:
            self.share = 0.0 if still() else max(self.share - DT_S / _FADE_S, 0.0)
            if self.share <= 0.0:
                put_away()

    def draw(
        self, surface: pygame.Surface, layout: Layout, kit: Kit, model: HudModel, trim: float, t_s: float
    ) -> None:  # fmt: skip
        """Over the first picture of the flight. trim  the burn now; t_s  of the window, for what flickers."""
        course = self._course
        if course is None or self.share <= 0.0:
            return
        cue = model.arrival.course if model.arrival else None
        good = cue is None or cue.entry_angle.sign is Sign.GO
        seen = CourseView(course, trim, good, t_s)
        heavens = kit.studio.heavens(layout.size)
        kit.studio.warm(layout.size)
        if self.share >= 1.0:
            draw_course(surface, layout, heavens, seen, kit.texts)
            return
        sheet = kit.studio.sheet(layout.size)
        draw_course(sheet, layout, heavens, seen, kit.texts)
        share = self.share * self.share * (3.0 - 2.0 * self.share)
        mix(surface, sheet, surface.get_rect(), share)
