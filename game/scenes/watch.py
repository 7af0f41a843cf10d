"""A replay in the window: the flight as it was, with its instruments, above a timeline to play and to scrub through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import copysign
from typing import Final

import pygame

from game.content.modes import Mode
from game.cues.signs import Sign
from game.input.actions import Action
from game.input.devices import Hand
from game.pilots.mixer import Hands
from game.record.preferences import Pace
from game.record.reel import Reel
from game.record.verify import Verdict
from game.scenes.cockpit import PILOT
from game.scenes.kit import Kit
from game.scenes.labels import flown_by, watch_hint
from game.scenes.stack import Change, draw_part
from game.scenes.tempo import Tempo
from game.scenes.theatre import Past, Theatre, Told
from game.sim.events import Event, EventName
from game.sim.phases import Phase
from game.sim.snapshot import Nav, Truth
from game.sim.spec import TICK_HZ
from game.view.layout import layout_within
from game.view.pen import Written
from game.view.phase_line import clock
from game.view.timeline import Banner, Key, Places, Segment, Tick, Timeline, TimelineView, places_in

FILL_TICKS: Final = 40  # of the flight, at each tick of the window: 1.5 ms of a picture here, 99 in 100 below 4
STEP_TICKS: Final = 12  # a tenth of a second
LEVEL_PACE: Final = None
SPEEDS: Final = (0.25, 1.0, LEVEL_PACE, 2.0, 4.0, 8.0, 16.0)

_FIRST_TICKS: Final = 2 * TICK_HZ  # flown before the first picture
_RUN_UP_TICKS: Final = TICK_HZ  # long enough for the dust and the camera to be where they would be
_DRAG_RUN_UP_TICKS: Final = TICK_HZ // 10
_ENDINGS_TICKS: Final = 5 * TICK_HZ  # an end that is not older is seen from its beginning
_TRAIL_TICKS: Final = 90 * TICK_HZ
_WAY_TICKS: Final = 60 * TICK_HZ
_LEAD_TICKS: Final = TICK_HZ // 2  # who plays on from an event wants to see it come
_BEFORE_TICKS: Final = TICK_HZ  # pressed again so soon, "before" goes to the one before
_TOGETHER_TICKS: Final = TICK_HZ // 2  # events that are nearer to each other are one place to go to
_HELD_TICKS: Final = 45  # until a key that is held drags the head
_DRAG_EVERY_TICKS: Final = 3  # a new picture, while the head is dragged
_DRAG_EVERY_STATES: Final = 4
_SWEEP_S: Final = 20.0  # for the whole length, by a held key; twice as fast after a while
_SWEEP_FASTER_TICKS: Final = 2 * TICK_HZ
_PUSHED: Final = 0.5  # of a stick's way
_WEIGHTS: Final = {
    EventName.LOST: 9, EventName.LANDED: 9, EventName.COMPLETED: 9, EventName.TOUCHDOWN: 8, EventName.MORTAR: 7,
    EventName.ENTRY_INTERFACE: 7, EventName.SKY_CRANE_START: 6, EventName.BACKSHELL_SEPARATION: 6,
    EventName.HEAT_SHIELD_SEPARATION: 6, EventName.PEAK_HEATING: 5, EventName.BRIDLE_CUT: 5,
    EventName.CRUISE_STAGE_SEPARATION: 5, EventName.COURSE_SET: 4, EventName.ROVER_RELEASE: 4,
    EventName.ENGINE_START: 4, EventName.STAGE_IMPACT: 4, EventName.PART_DOWN: 1, EventName.BALANCE_MASS: 1,
}  # fmt: skip
_SIGNS: Final = {
    Verdict.EXACT: Sign.GO,
    Verdict.WITHIN_TOLERANCE: Sign.CAUTION,
    Verdict.NOT_VERIFIED: Sign.STOP,
    Verdict.DIFFERS: Sign.STOP,
    Verdict.CUT_OFF: Sign.CAUTION,
    Verdict.CUT_OFF_WITHIN_TOLERANCE: Sign.CAUTION,
}
_LASTING_ENDS: Final = frozenset({EventName.LOST, EventName.STAGE_IMPACT})


class WatchScene:
    """ACTION plays and stops; up and down change the speed; left and right go to the event before and the next, or
    by a step where it stands, and drag the head while they are held; the mark keys go from event to event always.
    ASSIST or Esc leaves. A finger or the mouse drags the head and taps the keys below.
    """

    overlay = False

    def __init__(
        self, kit: Kit, reel: Reel, leave: Callable[[], Change], *, by: str = ""
    ) -> None:  # fmt: skip
        """`leave`: what leaving means; `by`: who flew it, in words, if that is better known than by the record."""
        self._kit, self._level, self._leave, self._by = kit, reel.level, leave, by
        self.reel = reel
        self.reel.fill(_FIRST_TICKS)
        self.head = 0.0
        self.playing = True
        self._speed = SPEEDS.index(LEVEL_PACE)
        self._tempo = Tempo()
        self._dragged_ticks = 0  # since the head began to be dragged; 0: it is not
        self._finger = False  # it is a finger that drags it
        self._held_ticks = 0  # of left or right
        self._deaf = False  # what was held before is not meant, until it is let go
        flown = (self.reel.spec, self.reel.terrain)
        self.theatre = Theatre(kit, reel.level, flown, self.reel.truth(0.0), self.reel.nav(0.0), guided=self._guided)
        self._window = (1, 1)
        self._places: Places | None = None
        self._view = TimelineView()
        self.written: list[Written] = []

    def enter(self) -> None:
        self._kit.controls.forget_presses()
        self._deaf = abs(self._held_way) >= _PUSHED

    # --- what is asked for ---

    def handle(self, action: Action) -> Change:
        match action:
            case Action.CONFIRM | Action.PAUSE:
                self._play()
            case Action.UP:
                self._faster(1)
            case Action.DOWN | Action.SLOWER:
                self._faster(-1)
            case Action.LEFT | Action.RIGHT:
                self._side(1 if action is Action.RIGHT else -1)
            case Action.STEP:
                self.playing = False
                self.jump(self.head + STEP_TICKS)
            case Action.RESTART:
                self.jump(0.0)
            case Action.LOST_FOCUS | Action.UNPLUGGED:
                self.playing = False
            case Action.BACK | Action.ASSIST:
                return self._left()
            case Action.POINT:
                return self._point()
            case _:
                pass
        return None

    def _left(self) -> Change:
        self.theatre.silence()
        return self._leave()

    def _play(self) -> None:
        if self._ended:
            self.jump(0.0)
            self.playing = True
        else:
            self.playing = not self.playing

    def _faster(self, way: int) -> None:
        self._speed = min(max(self._speed + way, 0), len(SPEEDS) - 1)
        self._tempo = Tempo()

    def _side(self, way: int) -> None:
        """To the next event, or a step on where it stands."""
        if self.playing:
            self.to_event(way)
        else:
            self.jump(self.head + way * STEP_TICKS)

    def _point(self) -> Change:
        places = self._places
        if places is None:
            return None
        x, y = self._pixels(self._kit.devices.touch.at)
        key = next((key for key, rect in places.keys.items() if rect.inflate(8, 8).collidepoint(x, y)), None)
        if key is not None:
            return self._press(key)
        if places.strip.top <= y < places.bar.bottom + (places.bar.bottom - places.bar.top):
            self._finger = True
        elif places.flight.collidepoint(x, y):
            self._play()
        return None

    def _press(self, key: Key) -> Change:
        match key:
            case Key.BEFORE | Key.NEXT:
                self.to_event(1 if key is Key.NEXT else -1)
            case Key.BACK | Key.ON:
                self.playing = False
                self.jump(self.head + (STEP_TICKS if key is Key.ON else -STEP_TICKS))
            case Key.SLOWER | Key.FASTER:
                self._faster(1 if key is Key.FASTER else -1)
            case Key.PLAY:
                self._play()
            case Key.LEAVE:
                return self._left()
        return None

    def _pixels(self, at: tuple[float, float]) -> tuple[float, float]:
        """Shares of the window in pixels of the picture that was drawn for it."""
        return at[0] * self._window[0], at[1] * self._window[1]

    # --- where the head is ---

    @property
    def _ended(self) -> bool:
        return self.reel.done and self.head >= self.reel.filled_ticks

    @property
    def _guided(self) -> bool:
        """Whether the autopilot has the axes at this moment, as far as the record tells."""
        pilot, hands = self.reel.record.header.pilot, self.reel.hands(self.head)
        return hands != Hands.ALL if pilot == PILOT else pilot == "autopilot"

    @property
    def speed(self) -> float | None:
        """Flight seconds per second; None: the level's own pace."""
        return SPEEDS[self._speed]

    def to_event(self, way: int) -> None:
        """To the next event (way 1) or the one before (-1); a little before it while the flight plays on."""
        lead = _LEAD_TICKS if self.playing else 0
        stops = [max(tick - lead, 0) for tick in self._stops()]
        if way > 0:
            there: float | None = next((stop for stop in stops if stop > self.head + 1.0), None)
            there = float(self.reel.filled_ticks) if there is None else there
        else:
            near = self.head - (_BEFORE_TICKS if self.playing and not self._ended else 1)
            there = next((stop for stop in reversed(stops) if stop < near), 0.0)
        self.jump(there)

    def _stops(self) -> Iterator[int]:
        """The ticks of events; of those that come together, the first."""
        last = -_TOGETHER_TICKS
        for event in self.reel.events:
            if event.tick - last >= _TOGETHER_TICKS:
                last = event.tick
                yield event.tick

    def jump(self, to: float) -> None:
        """The head to this tick, as far as the flight is flown again, and the picture of that moment."""
        self._look_into(to, _RUN_UP_TICKS, 1)
        self._tempo = Tempo()

    def _look_into(self, to: float, run_up_ticks: int, every: int) -> None:
        """`every`: of what lasts of the past, one state in so many is enough."""
        reel = self.reel
        self.head = head = min(max(to, 0.0), float(reel.filled_ticks))
        start = max(head - run_up_ticks, 0.0)
        for event in reel.happened(head - _ENDINGS_TICKS, head):
            if event.name in _LASTING_ENDS:
                start = min(start, max(event.tick - 1.0, 0.0))
        past = Past(self._states_before(start, every), reel.happened(-1.0, start), self._way_before(head))
        self.theatre.jump(past, reel.truth(start), self._run_up(start, head), reel.nav(head), guided=self._guided)

    def _run_up(self, start: float, head: float) -> Iterator[tuple[Truth, Sequence[Event]]]:
        at = start
        while at < head:
            before, at = at, min(at + 1.0, head)
            yield self.reel.truth(at), self.reel.happened(before, at)

    def _states_before(self, start: float, every: int) -> list[Truth]:
        """What leaves a trail in the sky, and traces on the ground."""
        reel, until = self.reel, int(start)
        phases = {stretch.phase: stretch for stretch in reel.stretches()}
        low = phases.get(Phase.SKY_CRANE)
        if low is not None and until > low.from_tick:
            return reel.truths(low.from_tick, until, 2 * every)
        return reel.truths(until - _TRAIL_TICKS, until, 10 * every)

    def _way_before(self, head: float) -> list[Nav]:
        return self.reel.navs(int(head) - _WAY_TICKS, int(head), 4)

    # --- a tick ---

    def tick(self) -> Change:
        self.reel.fill(FILL_TICKS)
        controls = self._kit.controls
        if controls.mark:
            self.to_event(controls.mark)
        self._be_dragged()
        controls.forget_presses()
        if self._dragged_ticks or not (self.playing or self._ended):
            self.theatre.stand(self.reel.nav(self.head), guided=self._guided)
        elif self._ended:
            self.theatre.hold()
        else:
            self._roll()
        return None

    def _roll(self) -> None:
        """On by what the speed makes of a tick of the window; where the reel is not yet so far, it waits."""
        reel, before = self.reel, self.head
        nav, speed = reel.nav(before), self.speed
        due = self._tempo.due(nav, self._paces) if speed is None else speed
        self.head = min(before + due, float(reel.filled_ticks))
        if self.head <= before:
            self.theatre.stand(nav, guided=self._guided)
            return
        events = reel.happened(before, self.head)
        self.theatre.show(reel.truth(self.head), reel.nav(self.head), events, guided=self._guided)

    @property
    def _paces(self) -> Mapping[Phase, float]:
        return {} if self._kit.keeper.settings.preferences.pace is Pace.REAL_TIME else self._level.pace

    def _be_dragged(self) -> None:
        """The head goes where it is dragged, with a quick look now and then; let go, it is looked at properly."""
        to = self._finger_at() if self._finger else self._swept_to()
        if to is None:
            if self._dragged_ticks:
                self._dragged_ticks = 0
                self.jump(self.head)
            return
        self._dragged_ticks += 1
        self.head = min(max(to, 0.0), float(self.reel.filled_ticks))
        if self._dragged_ticks % _DRAG_EVERY_TICKS == 1:
            self._look_into(self.head, _DRAG_RUN_UP_TICKS, _DRAG_EVERY_STATES)

    def _finger_at(self) -> float | None:
        """Where on the bar the finger is that came down on it; None when it is lifted."""
        at, places = self._kit.devices.touch.held, self._places
        if at is None or places is None:
            self._finger = False
            return None
        return places.share_at(self._pixels(at)[0]) * self.reel.total_ticks

    @property
    def _held_way(self) -> float:
        """How far a key or a stick is held to a side, -1 to 1; a finger on the glass is no stick here."""
        if self._kit.devices.hand is Hand.TOUCH:
            return 0.0
        controls = self._kit.controls
        return float(controls.right) - float(controls.left) or controls.tilt

    def _swept_to(self) -> float | None:
        """Where the head comes to by a key or a stick that is held to a side; None while none is."""
        way = self._held_way
        if abs(way) < _PUSHED:
            self._held_ticks, self._deaf = 0, False
            return None
        self._held_ticks += not self._deaf
        if self._held_ticks <= _HELD_TICKS:
            return None
        faster = 2.0 if self._held_ticks > _HELD_TICKS + _SWEEP_FASTER_TICKS else 1.0
        return self.head + copysign(faster * self.reel.total_ticks / (_SWEEP_S * TICK_HZ), way)

    # --- what is seen ---

    def draw(self, surface: pygame.Surface, alpha: float) -> None:
        self._window = surface.get_size()
        self._places = places = places_in(surface.get_size())
        told = self._told()
        draw_part(
            surface, places.flight,
            lambda part: self.theatre.draw(part, layout_within(part.get_size(), places.unit), alpha, told),
        )  # fmt: skip
        share = self.head / self.reel.total_ticks
        self.written = self._view.draw(surface, places, self._banner(), self._timeline(), share)

    def _told(self) -> Told:
        mode = self.reel.record.header.mode
        pace = self._tempo.pace if self.speed is None else self.speed
        helped = self._guided and mode != Mode.GUIDED and self.reel.record.header.pilot == PILOT
        return Told(self._kit.texts.get(f"mode.{mode}"), pace, self._guided, helped)

    def _banner(self) -> Banner:
        texts, reel = self._kit.texts, self.reel
        head = reel.record.header
        words = ", ".join((self._by or flown_by(self._kit, head.pilot), texts.get(f"mode.{head.mode}"),
                           texts.get("result.seed", seed=float(head.seed))))  # fmt: skip
        verdict, sign = self._verdict()
        return Banner(self._level.title, words, verdict, sign)

    def _verdict(self) -> tuple[str, Sign]:
        """What is proved of it so far."""
        texts, reel = self._kit.texts, self.reel
        found = reel.verification
        if found is None:
            return (texts.get("watch.so_far"), Sign.GO) if reel.same_platform else (texts.get("watch.near"), Sign.QUIET)
        if found.verdict is Verdict.DIFFERS:
            if found.difference_s is None:
                return texts.get("watch.ends_otherwise"), Sign.STOP
            return texts.get("watch.differs", time_s=float(found.difference_s)), Sign.STOP
        return texts.get(f"watch.{found.verdict.replace(' ', '_')}"), _SIGNS[found.verdict]

    def _timeline(self) -> Timeline:
        texts, reel = self._kit.texts, self.reel
        total = float(reel.total_ticks)
        segments = tuple(
            Segment(texts.get(f"phase.{part.phase}"), part.from_tick / total, part.to_tick / total)
            for part in reel.stretches() if part.phase is not Phase.OVER
        )  # fmt: skip
        ticks = tuple(
            Tick(event.tick / total, texts.get(f"moment.{event.name}"), _WEIGHTS.get(event.name, 3))
            for event in reel.events
        )
        speed = texts.get("watch.pace") if self.speed is None else texts.get("watch.speed", speed=self.speed)
        now = texts.get(
            "watch.clock", now=clock(int(self.head / TICK_HZ)), whole=clock(int(total / TICK_HZ))
        )  # fmt: skip
        seen = reel.happened(-1.0, self.head)
        last = texts.get(f"moment.{seen[-1].name}") if seen else ""
        playing = self.playing and not self._ended
        hint = watch_hint(self._kit, playing=playing)
        return Timeline(segments, ticks, reel.filled_ticks / total, playing, now, last, speed, hint)
