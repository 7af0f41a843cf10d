"""What the window adds to the instruments."""

from __future__ import annotations

from dataclasses import dataclass

from game.view.box_chart import BoxTrail
from game.view.checklist import Taught


@dataclass(frozen=True, slots=True)
class HudNotes:
    """What the window itself adds to the model: the mode's name, ASSIST, the pace of time, what just happened,
    what the key of ACTION is called on the device in hand, what time does in practice, whether it is true time all
    the way, what a first flight is taught, and whether the axes are the autopilot's.
    """

    mode: str
    assist: bool
    pace: float
    caption: str = ""
    box_trail: BoxTrail = ()
    action_key: str = ""
    practice: str = ""
    real_time: bool = False
    taught: Taught | None = None
    by_autopilot: bool = False
