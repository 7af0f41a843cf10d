"""The plan of the entry: how the lift is shared out over it, as our guidance flies it and the display foretells it.

It dives first and holds the height up later: hard braking low down leaves lift for the end, and the parachute more
height. With these figures the load, the heights and the times are those of the flown entry (physics.md).
"""

from __future__ import annotations

from typing import Final, NamedTuple

EARLY_MPS: Final = 4000.0  # faster than this the plan dives: until the air has braked hardest
LATE_MPS: Final = 1100.0  # flown: from here on the lift only kept the heading, and held up the height
DIVE: Final = 0.8  # less lift while we are fast, than after
_SLACK_MPS: Final = 150.0  # the guidance decides once a second: for so long it still holds the dive
LATE_LIFT: Final = 0.9  # flown: the bank stayed within 30 degrees of lift up


class Plan(NamedTuple):
    """In-plane shares of the lift, -1 to 1: faster than `EARLY_MPS`, then, and slower than `LATE_MPS`."""

    early: float
    middle: float
    late: float

    def at(self, speed_mps: float) -> float:
        return self.early if speed_mps > EARLY_MPS else self.middle if speed_mps > LATE_MPS else self.late


def dive_then_hold(level: float, dive: float = DIVE) -> Plan:
    """The plan whose middle part has this lift.

    >>> dive_then_hold(0.5)
    Plan(early=-0.30000000000000004, middle=0.5, late=0.9)
    """
    return Plan(_within(level - dive), _within(level), LATE_LIFT)


def plan_with(lift: float, speed_mps: float) -> Plan:
    """The plan in which this lift is held at this speed: what the guidance has in mind when it wants that lift."""
    if speed_mps > EARLY_MPS - (_SLACK_MPS if lift < 0.5 * DIVE else 0.0):
        return Plan(lift, _within(lift + DIVE), LATE_LIFT)
    return Plan(lift, lift, LATE_LIFT if speed_mps > LATE_MPS else lift)


def _within(lift: float) -> float:
    return min(max(lift, -1.0), 1.0)
