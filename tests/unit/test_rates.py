"""How often a pilot lands: the counting, and its command."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable
from typing import TypeVar

import pytest

from game.cli import main
from game.content.levels import load_level
from game.content.modes import Mode
from game.lab.rates import rate_of
from game.lab.runners import serial

A = TypeVar("A")
R = TypeVar("R")


def test_flights_are_counted_by_what_became_of_them() -> None:
    """Idle loses all, each by the phase in which it was decided and the reason; the autopilot lands all."""
    level = load_level("powered-descent")
    lost = rate_of(level, Mode.MANUAL, "idle", range(1, 4))
    assert (lost.flights, lost.alive, lost.share, lost.mean_points) == (3, 0, 0.0, 0.0)
    assert sum(lost.lost.values()) == 3
    assert {phase.value for phase, _ in lost.lost} == {"powered"}
    assert lost.lost_seeds == [1, 2, 3]
    landed = rate_of(load_level("sky-crane"), Mode.MANUAL, "autopilot", range(1, 3))
    assert (landed.share, landed.lost_seeds) == (1.0, [])
    assert landed.mean_points > 9000.0


def test_the_order_in_which_flights_end_does_not_count() -> None:
    """Flown at once, the last may be over first: the count is that of one after the other."""
    level = load_level("sky-crane")

    def backwards(function: Callable[[A], R], arguments: Iterable[A]) -> Generator[tuple[A, R], None, None]:
        yield from reversed(list(serial(function, arguments)))

    assert rate_of(level, Mode.MANUAL, "idle", range(1, 4), backwards) == rate_of(
        level, Mode.MANUAL, "idle", range(1, 4)
    )


def test_the_command_prints_a_table_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Both tell the same figures, and counting losses is no failure."""
    words = ["rates", "sky-crane", "--pilot", "idle", "--flights", "2", "--mode", "guided"]
    assert main(words) == 0
    table = capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["flights"], told["alive"], told["mode"]) == (2, 0, "guided")
    assert told["lost"][0]["reason_code"] in table


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("rates", "--mode", "raw"), "the pilot 'novice' does what the cues say, and raw gives none"),
        (("fly", "jezero", "--pilot", "novice", "--mode", "raw"), "does what the cues say, and raw gives none"),
        (("fly", "jezero", "--pilot", "novise"), "did you mean novice?"),
        (("rates", "--flights", "0"), "--flights must be a whole number from 1 to 10000, not '0'"),
    ],
)
def test_bad_input_gets_a_sentence(words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and what is wrong."""
    assert main(list(words)) == 2
    assert sentence in capsys.readouterr().err
