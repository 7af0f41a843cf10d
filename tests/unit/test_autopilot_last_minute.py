"""The autopilot under the sky crane when somebody else has the moments, as in Guided and with one button."""

from __future__ import annotations

import pytest

from game.content.levels import load_level
from game.cues.windows import RELEASE_HIGH_M, RELEASE_LOW_M, Window, WindowState, window
from game.pilots.autopilot import Autopilot
from game.pilots.mixer import Hands, mix
from game.pilots.pilot import Helm
from game.sim.command import Command
from game.sim.flight import Flight
from game.sim.snapshot import Outcome
from game.sim.spec import TICK_HZ


def _called(now: Window) -> bool:
    return now.by_action and now.state is WindowState.OPEN


@pytest.mark.parametrize("late_s", [8, 14])
def test_who_is_late_with_the_release_is_waited_for(late_s: int) -> None:
    """Nobody presses until then: the craft hangs where the window is still open, not lower, and lands when they do."""
    flight, helm = Flight(load_level("sky-crane").flight_spec()), Helm(Autopilot())
    lowest_m = RELEASE_HIGH_M
    while not flight.over:
        nav = flight.nav()
        press = flight.tick >= late_s * TICK_HZ and flight.tick % 6 == 0 and _called(window(nav))
        if not nav.rover_released:
            lowest_m = min(lowest_m, nav.height_m)
        mixed, _ = mix(Command(action=press), Hands.NONE, helm.command(flight))
        helm.hear(flight.step(mixed))
    assert RELEASE_LOW_M < lowest_m < RELEASE_LOW_M + 2.0
    assert flight.outcome is Outcome.LANDED
