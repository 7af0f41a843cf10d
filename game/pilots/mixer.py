"""Who flies which channel when a person and the autopilot fly together.

One rule serves the Guided mode and ASSIST: the autopilot flies every axis that the person is not deflecting, and the
moments (ACTION, the choice of a mark) are always the person's. Guided applies it to the whole flight, ASSIST while its
button is held; with `Hands.MOMENTS` alone it is the one-button mode.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from game.sim.command import Command


class Hands(IntFlag):
    """The channels that a person held during a tick; the others were the pilot's. Replays keep it with the command."""

    NONE = 0
    TILT = 1
    THROTTLE = 2
    REEL = 4
    MOMENTS = 8
    ALL = 15

    def has(self, channel: Hands) -> bool:
        """Whether this channel is among them: asked at every tick, where Enum's own `&` takes ten times as long."""
        return int.__and__(self, channel) != 0


# Asked at every tick too: Enum's own `|` takes a microsecond, and a member's name a tenth of one.
_WITH_MOMENTS: Final = {Hands(value): Hands(value) | Hands.MOMENTS for value in range(Hands.ALL + 1)}


def mix(person: Command, person_axes: Hands, autopilot: Command) -> tuple[Command, Hands]:
    """The command to fly, and who held what.

    `person_axes` names the axes that the person deflects now; whether it names the moments makes no difference.

    >>> mix(Command(tilt=20, action=True), Hands.TILT, Command(tilt=-5, throttle=90, action=True, mark=1))
    (Command(tilt=20, throttle=90, reel=0, mark=0, action=True), <Hands.TILT|MOMENTS: 9>)
    """
    hands = _WITH_MOMENTS[person_axes]
    if not (person_axes or person.mark or person.action or autopilot.mark or autopilot.action):
        return autopilot, hands
    mixed = Command(
        tilt=person.tilt if person_axes.has(Hands.TILT) else autopilot.tilt,
        throttle=person.throttle if person_axes.has(Hands.THROTTLE) else autopilot.throttle,
        reel=person.reel if person_axes.has(Hands.REEL) else autopilot.reel,
        mark=person.mark,
        action=person.action,
    )
    return mixed, hands
