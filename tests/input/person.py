"""One attentive person: looks at a HudModel, knows nothing else, and says what the hands want, whatever they hold.

Neither late nor coarse, unlike the novice: what this person cannot do, the HUD does not tell. It has no memory, so
that every wish follows from what is seen at that moment. Which key, stick or finger does it, hands.py knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.cues.arrival import Arrival
from game.cues.hud import HudModel
from game.cues.signs import Cue, Gauge, Sign
from game.cues.windows import Act, WindowState
from game.sim.phases import Phase

_NO_MORE: Final = frozenset({Cue.TOO_LOW})  # a window is called late, and is not to be used any more

# What is off and asks for all that the hands can do: in degrees, degrees a second, of the lift lever, in m/s.
_COURSE_DEG: Final = 0.015
_TURN_DEG_S: Final = 3.0
_LIFT: Final = 0.06
_ALONG_MPS: Final = 1.5
_HANGING_MPS: Final = 0.6
_THRUST: Final = 0.15
_SINK_MPS: Final = 3.0  # the craft follows the lever slowly
_FAR_M: Final = 700.0
_MORE_THRUST: Final = 0.1  # of the bar beyond its mark, for every m/s that the descent is too fast


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the hands want now.

    lean   -1 left to 1 right, with all strength at the ends
    lever  -1 down to 1 up, how fast it is to move; it stays where it is left
    reel   let the bridle out
    press  ACTION
    mark   -1 up-track, 1 down-track: another landing mark
    """

    lean: float = 0.0
    lever: float = 0.0
    reel: bool = False
    press: bool = False
    mark: int = 0


def wishes(hud: HudModel) -> Wishes:
    """What an attentive person wants to do about what is seen."""
    return Wishes(_lean(hud), _lever(hud), _reels(hud), _presses(hud), _other_mark(hud))


def _presses(hud: HudModel) -> bool:
    window = hud.window
    if not window.by_action:
        return False
    if window.act is Act.SET_COURSE and window.why is Cue.ON_COURSE and abs(_lean(hud)) > 0.25:
        return False  # good enough, and better in a moment
    return window.state is WindowState.OPEN or (window.state is WindowState.LATE and window.why not in _NO_MORE)


def _lean(hud: HudModel) -> float:
    if hud.arrival is not None:
        return _lean_arriving(hud.arrival)
    if hud.window.act is Act.FLY_AWAY:
        return _most(hud.tilt.aim or 0.0) if hud.window.why is not Cue.CLIMB else 0.0
    if hud.tilt.sign is Sign.STOP:
        return 0.0  # let go, and it stands upright
    if hud.window.why is Cue.DRIFTING:
        return _most(-hud.along.value / _HANGING_MPS)  # to be still comes before the mark
    if hud.swing is not None:
        return _most(-(_off(hud.along) + 0.25 * hud.swing.value) / _HANGING_MPS)
    return _most(-_off(hud.along) / _ALONG_MPS)


def _lean_arriving(arrival: Arrival) -> float:
    """The course, the turn of the heat shield, the lift: whichever is told."""
    if arrival.course is not None:
        return _most(-arrival.course.error_deg / _COURSE_DEG)
    if arrival.turn is not None:
        return _most(_off(arrival.turn) / _TURN_DEG_S)  # + counter-clockwise: right turns the other way
    if arrival.lift is not None:
        return _most(-_off(arrival.lift) / _LIFT)
    return 0.0


def _lever(hud: HudModel) -> float:
    if hud.window.act is Act.FLY_AWAY:
        return 1.0
    if hud.phase is Phase.POWERED and hud.thrust is not None and hud.thrust.aim is not None:
        mark = min(max(hud.thrust.aim + _MORE_THRUST * _off(hud.descent), 0.0), 1.0)
        return _most((mark - hud.thrust.value) / _THRUST)
    if hud.phase in (Phase.SKY_CRANE, Phase.TOUCHDOWN) and not _reels(hud):
        return _most(_off(hud.descent) / _SINK_MPS)
    return 0.0


def _reels(hud: HudModel) -> bool:
    return hud.window.act is Act.PAY_OUT and hud.window.state is WindowState.OPEN


def _other_mark(hud: HudModel) -> int:
    """Towards the nearest mark that is shown as good, when the chosen one is not, or is a long way off."""
    chosen = next((index for index, mark in enumerate(hud.marks) if mark.chosen), None)
    good = [index for index, mark in enumerate(hud.marks) if mark.sign is Sign.GO]
    if chosen is None or not good or (chosen in good and abs(hud.marks[chosen].away_m) < _FAR_M):
        return 0
    nearest = min(good, key=lambda index: abs(hud.marks[index].away_m))
    return (nearest > chosen) - (nearest < chosen)


def _off(gauge: Gauge) -> float:
    """How far a gauge is beyond its aim; 0 when there is nothing to aim at."""
    return gauge.value - gauge.aim if gauge.aim is not None else 0.0


def _most(wish: float) -> float:
    return min(max(wish, -1.0), 1.0)
