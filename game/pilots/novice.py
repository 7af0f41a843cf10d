"""A person who flies for the first time: reads the HUD and nothing else, late, coarsely, and not always rightly.

What misleads this pilot misleads people, so it is how cues, controls and pace are judged. It looks a few times a
second, does what the cues say, and its keys go down a reaction later. How late, how coarse and how often wrong stands
in novice_hands.py; here stands only what a person does about a cue. Times are the person's own, in seconds (seat.py).
"""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from math import inf
from typing import Final

from game.cues.hud import HudModel
from game.cues.signs import Cue, Gauge, Sign
from game.cues.windows import Act, WindowState
from game.pilots.levers import Controls
from game.pilots.novice_hands import (
    LOOK_S,
    OVERLOOK_RATE,
    REACTION_S,
    READ_GRAIN,
    READ_MOST,
    SLIP_KINDS,
    SLIP_RATE,
    SLIP_S,
    TAP_S,
    TWICE_RATE,
)
from game.sim.phases import Phase

# Under these words a window is called late, but not to be used any more.
_NO_MORE: Final = frozenset({Cue.TOO_LOW})
_OTHER_MARK: Final = frozenset({Cue.BAD_MARK, Cue.BACKSHELL_ON_MARK})

_THRUST_BAND: Final = 0.2  # of the bar: what a person takes for the width of a mark that has no band
_MORE_THRUST: Final = 0.1  # of the bar beyond its mark, for every band that the descent is off
_HANDS_OFF: Final = 0.5  # of a band: nearer than this is good enough
_FAR: Final = 3.0  # bands from which a lever is held until it is seen to be nearer
_KEYS: Final = ("left", "right", "up", "down")
_OPPOSITE: Final = {"left": "right", "right": "left", "up": "down", "down": "up"}


@dataclass(frozen=True, slots=True)
class Intent:
    """What one look makes the hands do: keys and for how long, in s, the moments, and when it reaches the hands."""

    due_s: float
    keys: tuple[tuple[str, float], ...] = ()
    action: bool = False
    mark: int = 0


class Novice:
    """One person on one flight.

    seed    of the flight: the person's own errors come from a stream of it, and shift no other
    steers  False: leaves the axes alone, for an autopilot flies them
    """

    def __init__(self, seed: int, *, steers: bool) -> None:
        self._draw = random.Random(f"{seed}/novice").random  # of all its methods the one that is promised to stay
        self._steers = steers
        self._next_look_s = 0.0
        self._coming: deque[Intent] = deque()
        self._down_until_s: dict[str, float] = {}
        self._sees_again_s = dict.fromkeys(("side", "lever", "moment", "mark"), 0.0)
        self._slips_until_s = self._overlooks_until_s = 0.0
        self._called_for = Act.NONE

    def looks(self, now_s: float) -> bool:
        """Whether it is time for the next look at the HUD."""
        return now_s >= self._next_look_s

    def look(self, hud: HudModel, now_s: float) -> None:
        """Take in one moment; what it leads to is done a reaction later."""
        self._next_look_s = now_s + LOOK_S
        slip, kind, key = self._draw(), int(SLIP_KINDS * self._draw()), int(len(_KEYS) * self._draw())
        calls = self._calls(hud, now_s)
        if now_s < self._slips_until_s:
            return
        due_s = now_s + REACTION_S
        if slip < SLIP_RATE:
            self._slips_until_s = now_s + SLIP_S
            self._coming.append(Intent(due_s, self._slip(kind, hud, now_s, _KEYS[key])))
            return
        mark = 0
        if self._heeds("mark", now_s):
            mark = other_mark(hud)
            if mark:
                self._waits("mark", now_s, TAP_S)
        keys = self._steer(hud, now_s) if self._steers else ()
        self._coming.append(Intent(due_s, keys, calls, mark))
        if calls:
            self._waits("moment", now_s, LOOK_S)
            if self._draw() < TWICE_RATE:
                self._coming.append(Intent(due_s + LOOK_S, (), action=True))

    def move(self, controls: Controls, now_s: float) -> None:
        """Bring the hands to where they are now."""
        coming = self._coming
        while coming and coming[0].due_s <= now_s:
            intent = coming.popleft()
            self._down_until_s = {key: intent.due_s + for_s for key, for_s in intent.keys}
            controls.action = controls.action or intent.action
            controls.mark = intent.mark or controls.mark
        for key in _KEYS:
            setattr(controls, key, now_s < self._down_until_s.get(key, 0.0))

    def _calls(self, hud: HudModel, now_s: float) -> bool:
        """Whether the HUD calls for ACTION, as far as it is noticed."""
        window = hud.window
        called = window.by_action and (
            window.state is WindowState.OPEN or (window.state is WindowState.LATE and window.why not in _NO_MORE)
        )
        if not called:
            self._called_for = Act.NONE
            return False
        if window.act is not self._called_for:
            self._called_for = window.act
            if self._draw() < OVERLOOK_RATE:
                self._overlooks_until_s = now_s + SLIP_S
        return now_s >= self._overlooks_until_s and self._heeds("moment", now_s)

    def _steer(self, hud: HudModel, now_s: float) -> tuple[tuple[str, float], ...]:
        keys: list[tuple[str, float]] = []
        for what, wanted in (("side", sideways(hud)), ("lever", along_lever(hud))):
            if wanted is None or not self._heeds(what, now_s):
                continue
            keys.append((wanted.key, wanted.for_s))
            if wanted.then_look:
                self._waits(what, now_s, wanted.for_s)
        return tuple(keys)

    def _slip(self, kind: int, hud: HudModel, now_s: float, key: str) -> tuple[tuple[str, float], ...]:
        """What the hands do wrong as long as it is not noticed; `key` is what they find when they should find none."""
        if kind == 0:  # nothing was seen: the keys that are down stay down
            last = self._coming[-1].keys if self._coming else ()
            down = [key for key, _ in last] or [key for key, until_s in self._down_until_s.items() if until_s > now_s]
            return tuple((key, SLIP_S) for key in down)
        if kind == 1:  # the cue was taken for another: they let go
            return ()
        meant = self._steer(hud, now_s) if self._steers else ()
        return tuple((_OPPOSITE[right], SLIP_S) for right, _ in meant) or ((key, SLIP_S),)

    def _heeds(self, what: str, now_s: float) -> bool:
        return now_s >= self._sees_again_s[what]

    def _waits(self, what: str, now_s: float, for_s: float) -> None:
        """Press, then look what became of it: nothing more is done about it until the press itself could be seen."""
        self._sees_again_s[what] = now_s + REACTION_S + for_s


@dataclass(frozen=True, slots=True)
class Press:
    """A key for so many seconds; then_look: see what came of it before the next one."""

    key: str
    for_s: float
    then_look: bool = False


def bands_off(gauge: Gauge | None, band: float | None = None) -> float:
    """How far a gauge is off its mark as it is read: in bands of its own, or of this width, no finer than the grain."""
    if gauge is None or gauge.aim is None:
        return 0.0
    off = gauge.value - gauge.aim
    if band is None:
        edge = gauge.high if off > 0.0 else gauge.low
        band = abs(edge - gauge.aim) if edge is not None else abs(gauge.aim)
    if band <= 0.0:
        return 0.0
    return READ_GRAIN * round(min(max(off / band, -READ_MOST), READ_MOST) / READ_GRAIN)


def other_mark(hud: HudModel) -> int:
    """Which way to step the choice of mark when the chosen one is a bad one: to the nearest that is shown as good."""
    if hud.say.cue not in _OTHER_MARK and not (hud.phase is Phase.PARACHUTE and _chosen_sign(hud) is Sign.STOP):
        return 0
    good = [index for index, mark in enumerate(hud.marks) if mark.sign is Sign.GO]
    if not good:
        return 0
    nearest = min(good, key=lambda index: abs(index - hud.mark_index))
    return (nearest > hud.mark_index) - (nearest < hud.mark_index)


def sideways(hud: HudModel) -> Press | None:
    """Left or right: the course, the turn, the lift, the speed along the ground, the lean of the flyaway."""
    arrival = hud.arrival
    if arrival is not None:
        if hud.window.why in (Cue.BURN_STEEPER, Cue.BURN_SHALLOWER):
            return Press("left" if hud.window.why is Cue.BURN_STEEPER else "right", LOOK_S)
        if hud.phase is Phase.APPROACH:
            return _spring(bands_off(arrival.turn), "right", "left")
        if hud.phase is Phase.ENTRY:
            return _pressed(bands_off(arrival.lift), "left", "right", inf)
        return None
    if hud.window.act is Act.FLY_AWAY:
        lean = hud.window.why is Cue.LEAN_AWAY
        return Press("right" if (hud.tilt.aim or 0.0) > 0.0 else "left", LOOK_S) if lean else None
    if hud.tilt.sign is Sign.STOP:
        return None  # leaning too far: let go
    if hud.say.cue is Cue.BACKSHELL_ABOVE and abs(bands_off(hud.along)) > _HANDS_OFF:
        return Press("left" if bands_off(hud.along) > 0.0 else "right", LOOK_S)
    return _spring(bands_off(hud.along), "left", "right")


def along_lever(hud: HudModel) -> Press | None:
    """Up or down: the thrust, the vertical speed under the sky crane, the reel."""
    if hud.window.act is Act.PAY_OUT:
        return Press("down", LOOK_S) if hud.window.state is WindowState.OPEN else None
    if hud.window.act is Act.FLY_AWAY:
        return None if hud.window.why is Cue.FAR_ENOUGH else Press("up", LOOK_S)
    if hud.phase is Phase.POWERED and hud.thrust is not None and hud.thrust.aim is not None:
        # Thrust to its mark; beyond it for a descent that is too fast, short of it for one that is too slow.
        mark = min(max(hud.thrust.aim + _MORE_THRUST * bands_off(hud.descent), 0.0), 1.0)
        return _lever(bands_off(Gauge(hud.thrust.value, mark), _THRUST_BAND), "down", "up")
    if hud.phase in (Phase.SKY_CRANE, Phase.TOUCHDOWN):
        off = bands_off(hud.descent)
        return Press("up" if off > 0.0 else "down", TAP_S, then_look=True) if abs(off) > 1.0 else None
    return None


def _spring(off: float, less: str, more: str) -> Press | None:
    """A key that springs back: held while the needle is off its scale, else pressed and looked at."""
    return _pressed(off, less, more, READ_MOST)


def _lever(off: float, less: str, more: str) -> Press | None:
    """A lever that stays where it is left: held while there is far to go, else moved a little and looked at."""
    return _pressed(off, less, more, _FAR)


def _pressed(off: float, less: str, more: str, held_from: float) -> Press | None:
    if abs(off) <= _HANDS_OFF:
        return None
    key = less if off > 0.0 else more
    return Press(key, LOOK_S if abs(off) > 1.0 else TAP_S, then_look=abs(off) < held_from)


def _chosen_sign(hud: HudModel) -> Sign:
    return next((mark.sign for mark in hud.marks if mark.chosen), Sign.QUIET)
