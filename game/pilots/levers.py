"""From keys that are down or up to levers: they move per tick, and presses wait for the tick that takes them.

A tilt key springs back to upright; throttle and reel are levers that stay where they are left, and so is the lift in
the entry, where the capsule holds its bank. On a stick and two buttons up/down is the throttle, and the reel while the
rover hangs on a bridle that is not yet full.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.pilots.mixer import Hands
from game.sim.command import TILT_MAX, Command, quantised
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

    def clear(self) -> None:
        """Nothing is held and nothing waits: after a pause, a restart, or when the window loses the keyboard."""
        for name in ("left", "right", "up", "down", "assist"):
            setattr(self, name, False)
        self.forget_presses()

    def forget_presses(self) -> None:
        self.tapped_left = self.tapped_right = self.tapped_up = self.tapped_down = self.action = False
        self.mark = 0


class Levers:
    """The levers and the stick of one flight."""

    __slots__ = ("_phase", "_raw", "_reeling", "_rest_s", "lift", "reel", "throttle", "tilt")

    def __init__(self, phase: Phase, lift: float = FIRST_LIFT, *, raw: bool = False) -> None:
        """`lift` is what the capsule holds until it is told otherwise; with the raw law tilt is a pitch moment."""
        self.tilt = 0.0  # -1 to 1
        self.lift = lift  # -1 dive to 1 float
        self._raw = raw
        self.throttle = HOVER_LEVER if phase is Phase.SKY_CRANE else 0.0  # 0 to 1
        self.reel = 0.0
        self._phase = phase
        self._reeling = False
        self._rest_s = 0.0

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
        held = Hands.NONE
        side = (controls.right or controls.tapped_right) - (controls.left or controls.tapped_left)
        holds_lift = phase is Phase.ENTRY and not self._raw
        if side and holds_lift:
            held |= Hands.TILT
            self.lift = _within(self.lift + 2.0 * side * DT_S / (LIFT_TRAVEL_S * pace), -1.0, 1.0)
        elif side:
            held |= Hands.TILT
            step = DT_S / TILT_FULL_S
            # Against the spring first: turning round is quicker than building up.
            self.tilt += side * step * (2.0 if self.tilt * side < 0.0 else 1.0)
            self.tilt = _within(self.tilt, -1.0, 1.0)
        else:
            back = DT_S / TILT_BACK_S
            self.tilt = 0.0 if abs(self.tilt) <= back else self.tilt - (back if self.tilt > 0.0 else -back)
        up, down = controls.up or controls.tapped_up, controls.down or controls.tapped_down
        if reeling:
            self.reel = 1.0 if down and not up else 0.0
            if up or down:
                held |= Hands.REEL
        else:
            if self._reeling and down:
                # The key that paid the bridle out is still down: it must not push the lever before it is let go.
                down = False
                reeling = True
            self.reel = 0.0
            if up != down:
                held |= Hands.THROTTLE
                self.throttle = _within(self.throttle + (DT_S if up else -DT_S) / TRAVEL_S, 0.0, 1.0)
        self._reeling = reeling
        # In a sequence of steps a press that is doubled would be the next step, minutes too early.
        action = controls.action and self._rest_s <= 0.0
        self._rest_s = ACTION_REST_S if action else max(self._rest_s - DT_S / pace, 0.0)
        command = quantised(self.lift if holds_lift else self.tilt, self.throttle, self.reel, controls.mark, action)
        if action or controls.mark:
            held |= Hands.MOMENTS
        controls.forget_presses()
        return command, held

    def follow(self, flown: Command, hands: Hands) -> None:
        """Somebody else moved a lever: it goes along, so that taking over starts from there."""
        if not hands & Hands.THROTTLE:
            self.throttle = flown.throttle / 255.0
        if not hands & Hands.TILT and self._phase is Phase.ENTRY and not self._raw:
            self.lift = flown.tilt / TILT_MAX


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
