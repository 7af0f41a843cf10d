"""From numbers to commands: the person's own encoding, edges that are made once, and what is no action."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.lab.gym_action import Hand, action_entries, action_of, action_space
from game.sim.command import REEL_MAX, THROTTLE_MAX, TILT_MAX, Command

COMMANDS = st.builds(
    Command,
    st.integers(-TILT_MAX, TILT_MAX),
    st.integers(0, THROTTLE_MAX),
    st.integers(0, REEL_MAX),
    st.integers(-1, 1),
    st.booleans(),
)


@given(COMMANDS)
def test_every_command_can_be_said(command: Command) -> None:
    """An action says it exactly, and lies in the space."""
    action = action_of(command, marks=True)
    assert action in action_space(marks=True)
    assert Hand(marks=True).command(action) == command


@given(COMMANDS)
def test_without_marks_all_but_the_mark_is_said(command: Command) -> None:
    """Four numbers; the landing mark stays what the craft has chosen."""
    said = Hand(marks=False).command(action_of(command))
    assert said == Command(command.tilt, command.throttle, command.reel, 0, command.action)


def test_the_middle_and_the_ends() -> None:
    """No tilt, and levers half way; -1 and 1 are the ends of each."""
    hand = Hand(marks=False)
    assert hand.command(np.zeros(4, np.float32)) == Command(0, 128, 64)
    assert hand.command([-1, -1, -1, -1]) == Command(-127, 0, 0)
    assert hand.command([1, 1, 1, -1]) == Command(127, 255, 127)


def test_action_is_pressed_when_it_rises_above_a_half() -> None:
    """Held down it makes no second edge; let go and pressed again it does. A half itself is not pressed."""
    hand = Hand(marks=False)
    told = [hand.command([0.0, 0.0, 0.0, level]).action for level in (0.5, 0.51, 1.0, 0.5, 0.6, -1.0, 0.9)]
    assert told == [False, True, False, False, True, False, True]
    assert hand.action_down == 1.0


def test_the_mark_is_stepped_as_long_as_its_number_is_out_to_a_side() -> None:
    """Once a step, so that one far away is reached; a half itself is not out."""
    hand = Hand(marks=True)
    told = [hand.command([0.0, 0.0, 0.0, 0.0, level]).mark for level in (0.6, 0.9, 0.0, -0.6, 0.5, -0.5, -0.51, -1.0)]
    assert told == [1, 1, 0, -1, 0, 0, -1, -1]


@given(st.lists(st.floats(allow_nan=False), min_size=4, max_size=4))
def test_what_lies_outside_is_the_end_that_it_lies_beyond(numbers: list[float]) -> None:
    """As in Gymnasium's own continuous environments; infinity too."""
    clipped = np.clip(numbers, -1.0, 1.0)
    assert Hand(marks=False).command(numbers) == Hand(marks=False).command(clipped)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ([0.0, float("nan"), 0.0, 0.0], "an action has no NaN in it"),
        ([0.0, 0.0, 0.0], r"an action has 4 numbers, not the shape \(3,\)"),
        (np.zeros((1, 4), np.float32), r"not the shape \(1, 4\)"),
        (0.5, r"not the shape \(\)"),
        ({"a": 1}, r"an action is 4 numbers from -1 to 1, not {'a': 1}"),
        (1j, "an action is 4 numbers from -1 to 1, not 1j"),
        ([1j, 0.0, 0.0, 0.0], "an action is 4 numbers from -1 to 1, not "),
        (np.zeros(4, np.complex64), "an action is 4 numbers from -1 to 1, not "),
        (10**400, r"an action is 4 numbers from -1 to 1, not 1000.*\.\.\.$"),
        ([10**400, 0.0, 0.0, 0.0], r"an action is 4 numbers from -1 to 1, not \[1000.*\.\.\.$"),
        ("abc", "an action is 4 numbers from -1 to 1, not 'abc'"),
        (["1", "0", "0", "0"], "an action is 4 numbers from -1 to 1, not "),
        (None, "an action is 4 numbers from -1 to 1, not None"),
        ([None, 0.0, 0.0, 0.0], "an action is 4 numbers from -1 to 1, not "),
        ([[0.0, 0.0], [0.0]], "an action is 4 numbers from -1 to 1, not "),
    ],
)
def test_what_is_no_action(action: Any, said: str) -> None:
    """One sentence, and nothing is pressed by it."""
    hand = Hand(marks=False)
    with pytest.raises(ValueError, match=said):
        hand.command(action)
    assert hand.action_down == 0.0


def test_every_number_has_a_name() -> None:
    """In the order in which they stand."""
    assert [entry.name for entry in action_entries(marks=True)] == ["tilt", "throttle", "reel", "action", "mark"]
