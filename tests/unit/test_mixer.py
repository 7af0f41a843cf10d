"""Who holds which channel when a person and the autopilot fly together."""

from __future__ import annotations

from game.pilots.mixer import Hands, mix
from game.sim.command import Command

PERSON = Command(tilt=10, throttle=20, reel=30, mark=1, action=True)
AUTOPILOT = Command(tilt=-40, throttle=50, reel=60, mark=-1)


def test_hands_off_leaves_the_axes_to_the_autopilot() -> None:
    """One-button mode: the autopilot steers, the person chooses every moment."""
    assert mix(PERSON, Hands.NONE, AUTOPILOT) == (Command(-40, 50, 60, 1, action=True), Hands.MOMENTS)


def test_a_deflected_axis_is_the_persons() -> None:
    """Taking one axis leaves the others with the autopilot."""
    command, hands = mix(PERSON, Hands.THROTTLE, AUTOPILOT)
    assert command == Command(-40, 20, 60, 1, action=True)
    assert hands == Hands.THROTTLE | Hands.MOMENTS


def test_all_axes_deflected_is_the_persons_own_command() -> None:
    """Somebody who holds everything flies alone."""
    assert mix(PERSON, Hands.ALL, AUTOPILOT) == (PERSON, Hands.ALL)


def test_the_autopilots_moments_are_never_taken() -> None:
    """It may want ACTION; only the person presses it."""
    command, _ = mix(Command(), Hands.NONE, Command(action=True, mark=1))
    assert command == Command()
