"""A function over many arguments: in this process, in several, in their order or as they come."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from typing import TypeVar

import pytest

from game.lab.runners import RunnerError, in_order, runner_of, serial

A = TypeVar("A")
R = TypeVar("R")


def square(number: int) -> int:
    return number * number


def where(_: int) -> int:
    return os.getpid()


def give_up(number: int) -> int:
    os._exit(3)


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_argument_comes_back_with_its_result(jobs: int) -> None:
    """Whatever the order in which they are finished, and in_order gives them back in theirs."""
    found = list(runner_of(jobs)(square, range(5)))
    assert sorted(found) == [(0, 0), (1, 1), (2, 4), (3, 9), (4, 16)]
    assert list(in_order(runner_of(jobs), square, range(5))) == [0, 1, 4, 9, 16]


def test_the_order_is_kept_whoever_is_first() -> None:
    """A result waits for those before it; whoever stops listening stops the runner."""
    closed = []

    def backwards(function: Callable[[A], R], arguments: Iterable[A]) -> Generator[tuple[A, R], None, None]:
        try:
            yield from reversed([(argument, function(argument)) for argument in arguments])
        finally:
            closed.append(True)

    results = in_order(backwards, square, [3, 1, 3])
    assert next(results) == 9
    assert not closed
    assert list(results) == [1, 9]
    stopped = in_order(backwards, square, [1, 2])
    next(stopped)
    stopped.close()
    assert closed == [True, True]


def test_several_jobs_are_other_processes() -> None:
    """One is this process itself: nothing is started for it."""
    assert {result for _, result in serial(where, range(2))} == {os.getpid()}
    assert os.getpid() not in {result for _, result in runner_of(2)(where, range(2))}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="this system has no such question")
@pytest.mark.parametrize("heard", [1, 6])
def test_no_process_outlasts_its_runner(heard: int) -> None:
    """Neither when all is done nor when nobody listens any more: a Ctrl-C at the program's end finds none."""
    with closing(runner_of(2)(where, range(6))) as found:
        pids = {pid for _, (_, pid) in zip(range(heard), found, strict=False)}
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_nothing_to_do_starts_nothing() -> None:
    """An empty list is done at once."""
    assert list(runner_of(2)(give_up, [])) == []


def test_a_process_that_dies_is_told_in_a_sentence() -> None:
    """What it was flying is not known; who asked hears of it and can go on later."""
    with pytest.raises(RunnerError, match="a process that flew for us has been killed"):
        list(runner_of(2)(give_up, range(2)))


def test_an_interruption_waits_for_the_flight_in_the_air() -> None:
    """Ctrl-C in the middle of one is heard when it is over, and before the next begins."""
    finished = []

    def fly(number: int) -> int:
        signal.raise_signal(signal.SIGINT)
        finished.append(number)
        return number

    with pytest.raises(KeyboardInterrupt):
        list(serial(fly, range(3)))
    assert finished == [0]
