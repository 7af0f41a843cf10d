"""From what hands hold to levers: they move per tick, and presses wait for the tick that takes them.

A tilt key springs back to upright; throttle and reel are levers that stay where they are left, and so is the lift in
the entry, where the capsule holds its bank. On a stick and two buttons up/down is the throttle, and the reel while the
rover hangs on a bridle that is not yet full. An analogue stick tilts by as much as it is pushed, and moves a lever as
fast as it is pushed; a trigger is the throttle lever itself. Both reach what keys reach, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.pilots.mixer import Hands
from game.sim.command import IDLE, TILT_MAX, Command, quantised
from game.sim.phases import Phase
from game.sim.spec import DT_S

TILT_FULL_S: Final = 0.35  # a key held this long is a full tilt: a tap is a nudge
TILT_BACK_S: Final = 0.20
TRAVEL_S: Final = 1.2  # of the throttle lever from end to end
LIFT_TRAVEL_S: Final = 2.4  # of the lift lever from dive to float, in the time of the hand
FIRST_LIFT: Final = 0.62
ACTION_REST_S: Final = 0.5  # a second ACTION sooner than this is the same press of a finger that was not sure
HOVER_LEVER: Final = 127.0 / 255.0  # under the sky crane: sinking at 0.75 m/s with the damped law


@dataclass(slots=True)
class Controls:
    """What the devices say now, and the presses that no tick has taken yet.

    left, right, up, down, assist  held now
    tapped_*   the key went down since the last tick, even if it is up again: a short tap still counts for one tick
    pressed    anything that flies (not pause, restart, practice) was pressed since the last tick: the one button
    tilt       a stick: -1 left to 1 right, 0 in its dead zone
    lever      a stick: -1 down to 1 up, how fast the lever of up and down moves
    pull       a trigger: 0 let go to 1, where the throttle lever is
    slide      a drag since the last tick, in ways of the lever, + up
    dragged    a finger is held below where it came down: it pulls the bridle out
    """

    left: bool = False
    right: bool = False
    up: bool = False
    down: bool = False
    assist: bool = False
    tapped_left: bool = False
    tapped_right: bool = False
    tapped_up: bool = False
    tapped_down: bool = False
    action: bool = False
    mark: int = 0
    pressed: bool = False
    tilt: float = 0.0
    lever: float = 0.0
    pull: float = 0.0
    slide: float = 0.0
    dragged: bool = False

    def clear(self) -> None:
        """Nothing is held and nothing waits: after a pause, a restart, or when the window loses the keyboard."""
        for name in ("left", "right", "up", "down", "assist"):
            setattr(self, name, False)
        self.tilt = self.lever = self.pull = 0.0
        self.dragged = False
        self.forget_presses()

    def forget_presses(self) -> None:
        self.tapped_left = self.tapped_right = self.tapped_up = self.tapped_down = False
        self.action = self.pressed = False
        self.mark = 0
        self.slide = 0.0


class Levers:
    """The levers and the stick of one flight."""

    __slots__ = (
        "_asked", "_command", "_phase", "_pulled", "_raw", "_reeling", "_rest_s", "lift", "reel", "throttle", "tilt",
    )  # fmt: skip

    def __init__(self, phase: Phase, lift: float = FIRST_LIFT, *, raw: bool = False) -> None:
        """`lift` is what the capsule holds until it is told otherwise; with the raw law tilt is a pitch moment."""
        self.tilt = 0.0  # -1 to 1
        self.lift = lift  # -1 dive to 1 float
        self._raw = raw
        self.throttle = HOVER_LEVER if phase is Phase.SKY_CRANE else 0.0  # 0 to 1
        self.reel = 0.0
        self._phase = phase
        self._reeling = False
        self._pulled = False
        self._rest_s = 0.0
        self._asked: tuple[float, float, float, int, bool] | None = None  # what the last command was made from
        self._command = IDLE

    @property
    def at_rest(self) -> bool:
        """Nothing moves on by itself: no stick springs back, no ACTION is being waited out."""
        return self.tilt == 0.0 and self._rest_s <= 0.0

    def tick(self, controls: Controls, phase: Phase, *, reeling: bool, pace: float = 1.0) -> tuple[Command, Hands]:
        """One tick: move the levers, take the presses that wait; returns the command and the axes that are held.

        reeling   the rover hangs and the bridle is not yet full: up and down are the reel
        pace      simulated seconds per second: the lift lever moves with the hand, not with the flight's time
        """
        if phase is not self._phase:
            if phase is Phase.SKY_CRANE:
                self.throttle = HOVER_LEVER  # the lever means vertical speed from here on
            if phase is Phase.ENTRY:
                self.tilt = 0.0  # what turned the capsule is no lift
            self._phase = phase
        holds_lift = phase is Phase.ENTRY and not self._raw
        held = self._move_tilt(controls, holds_lift, pace)
        for more in (self._move_lever(controls, reeling), self._pull(controls.pull)):
            if more:  # as a rule nothing is held, and Enum's `|` takes a microsecond
                held |= more
        # In a sequence of steps a press that is doubled would be the next step, minutes too early.
        action = controls.action and self._rest_s <= 0.0
        self._rest_s = ACTION_REST_S if action else max(self._rest_s - DT_S / pace, 0.0)
        asked = (self.lift if holds_lift else self.tilt, self.throttle, self.reel, controls.mark, action)
        if asked != self._asked:
            self._asked, self._command = asked, quantised(*asked)
        if action or controls.mark:
            held |= Hands.MOMENTS
        controls.forget_presses()
        return self._command, held

    def _move_tilt(self, controls: Controls, holds_lift: bool, pace: float) -> Hands:
        keys = (controls.right or controls.tapped_right) - (controls.left or controls.tapped_left)
        side = _within(keys + controls.tilt, -1.0, 1.0)
        if side and holds_lift:
            self.lift = _within(self.lift + 2.0 * side * DT_S / (LIFT_TRAVEL_S * pace), -1.0, 1.0)
        elif keys:
            step = DT_S / TILT_FULL_S
            # Against the spring first: turning round is quicker than building up.
            self.tilt += keys * step * (2.0 if self.tilt * keys < 0.0 else 1.0)
            self.tilt = _within(self.tilt, -1.0, 1.0)
        elif side:
            self.tilt = side
        else:
            back = DT_S / TILT_BACK_S
            self.tilt = 0.0 if abs(self.tilt) <= back else self.tilt - (back if self.tilt > 0.0 else -back)
        return Hands.TILT if side or keys else Hands.NONE

    def _move_lever(self, controls: Controls, reeling: bool) -> Hands:
        """Up and down: the reel while it can be paid out, else the throttle."""
        up, down = controls.up or controls.tapped_up, controls.down or controls.tapped_down
        rate = _within(up - down + controls.lever, -1.0, 1.0)
        if reeling:
            self.reel, self._reeling = max(-rate, float(controls.dragged)), True
            return Hands.REEL if up or down or controls.lever or controls.dragged else Hands.NONE
        self.reel = 0.0
        if self._reeling and (rate < 0.0 or controls.dragged):
            return Hands.NONE  # what paid the bridle out must not push the lever before it is let go
        self._reeling = False
        if not rate and not controls.slide:
            return Hands.NONE
        self.throttle = _within(self.throttle + rate * DT_S / TRAVEL_S + controls.slide, 0.0, 1.0)
        return Hands.THROTTLE

    def _pull(self, pull: float) -> Hands:
        """A trigger is the lever: let go it is at its end, under the sky crane where that begins."""
        if not pull and not self._pulled:
            return Hands.NONE
        rest = HOVER_LEVER if self._phase is Phase.SKY_CRANE else 0.0
        self.throttle = rest + (1.0 - rest) * pull
        self._pulled = pull > 0.0
        return Hands.THROTTLE if self._pulled else Hands.NONE

    def follow(self, flown: Command, hands: Hands) -> None:
        """Somebody else moved a lever: it goes along, so that taking over starts from there."""
        if not hands.has(Hands.THROTTLE):
            self.throttle = flown.throttle / 255.0
        if not hands.has(Hands.TILT) and self._phase is Phase.ENTRY and not self._raw:
            self.lift = flown.tilt / TILT_MAX


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
