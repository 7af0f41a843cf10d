"""How a person wants the picture: the colours of words and signs, the size of words, and how much may move.

`wear` is the only place where a preference becomes a picture; whatever draws asks palette, layout or `still`.

With reduced motion the flight itself moves as it must, and what only decorates it does not:

- the title stands still: no swing, no drifting dust, no clouds;
- the course's chart gives way to the flight at once, without a fade;
- where a phase wants another framing, the camera cuts to it instead of gliding and zooming; the craft it still follows;
- nothing flickers or flutters: flames, jets, plasma, canopy and stars hold one shape;
- no streaks rush past in the entry, no sparks fly, no dust is blown about by the engines; the burst of dust of a
  touchdown or an impact, which tells that something has met the ground, is a third of it, and so is an event's gas;
- nothing shakes, and no light flashes or glints.

Whatever shakes, flashes or moves the picture for its beauty alone belongs here too, and asks `still()` first.
"""

from __future__ import annotations

from game.record.preferences import Preferences
from game.view import layout
from game.view import palette as p


class _Worn:
    reduced_motion = False


def wear(preferences: Preferences) -> None:
    """Draw everything like this from now on."""
    p.wear(preferences.palette)
    layout.wear(preferences.text_size)
    _Worn.reduced_motion = preferences.reduced_motion


def still() -> bool:
    """Whether what need not move shall not."""
    return _Worn.reduced_motion


def decorative_s(t_s: float) -> float:
    """The time (s) that flickering and fluttering goes by: it stands when nothing is to move without need."""
    return 0.0 if _Worn.reduced_motion else t_s
