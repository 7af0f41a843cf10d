"""Many flights at once: a function over many seeds, in this process, in several, or on a Dask cluster.

A runner takes a function of one argument that can be sent to another process, and its arguments, and yields
(argument, result) as they are finished, in whatever order that is. Whoever stops listening (by `close`, an error,
Ctrl-C) stops the rest. What the function raises comes out here, so let it give back what can go wrong instead: not
every exception survives the way between processes.
"""

from __future__ import annotations

import os
import signal
import threading
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Final, Protocol, TypeVar

from game.content.errors import InputError

MOST_JOBS: Final = 512

A = TypeVar("A")
R = TypeVar("R")


class RunnerError(InputError):
    """Flights cannot be flown there; str() is one sentence."""


class Runner(Protocol):
    def __call__(self, function: Callable[[A], R], arguments: Iterable[A]) -> Generator[tuple[A, R], None, None]:
        """Yield each argument with its result. Raises RunnerError when whoever works for us is gone."""


def in_order(runner: Runner, function: Callable[[A], R], arguments: Iterable[A]) -> Generator[R, None, None]:
    """The results in the order of their arguments, each as soon as all before it are there.

    >>> list(in_order(serial, str.upper, ["a", "b"]))
    ['A', 'B']
    """
    early: dict[int, R] = {}
    numbered = list(enumerate(arguments))
    with closing(runner(partial(_of_numbered, function), numbered)) as found:
        for wanted, _ in numbered:
            while wanted not in early:
                (number, _), result = next(found)
                early[number] = result
            yield early.pop(wanted)


def _of_numbered(function: Callable[[A], R], numbered: tuple[int, A]) -> R:
    return function(numbered[1])


def cores() -> int:
    """How many processes can work here at a time: those that this process may use, not all that there are."""
    from joblib import cpu_count  # noqa: PLC0415  it takes longer to import than a short flight

    return int(cpu_count())


def runner_of(jobs: int) -> Runner:
    """So many processes of this machine; one is this process itself."""
    return serial if jobs == 1 else partial(_processes, jobs)


def serial(function: Callable[[A], R], arguments: Iterable[A]) -> Generator[tuple[A, R], None, None]:
    """In this process, one after the other. Ctrl-C waits for the flight that is in the air.

    In the middle of it the engine, which calls back from C, would print the interruption and fly on.
    """
    for argument in arguments:
        with _interrupts_later():
            result = function(argument)
        yield argument, result


def _processes(jobs: int, function: Callable[[A], R], arguments: Iterable[A]) -> Generator[tuple[A, R], None, None]:
    from joblib import Parallel, delayed  # noqa: PLC0415  see `cores`
    from joblib.externals.loky import get_reusable_executor  # noqa: PLC0415
    from joblib.externals.loky.process_executor import TerminatedWorkerError  # noqa: PLC0415

    todo = list(arguments)
    if not todo:
        return
    # One flight at a time, so that what is finished is known at once.
    work = Parallel(n_jobs=min(jobs, len(todo)), backend="loky", return_as="generator_unordered", batch_size=1)
    with _ignoring_interrupts():
        found = work(delayed(_for_parent)(os.getpid(), function, argument) for argument in todo)
    try:
        for each in found:  # noqa: UP028  `yield from` would close it before the `finally` does
            yield each
    except TerminatedWorkerError as error:
        raise RunnerError("a process that flew for us has been killed, or the memory was not enough for it") from error
    finally:
        # What joblib leaves for the next time is ended at the program's end, and a Ctrl-C there gives tracebacks.
        with _interrupts_later(), warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of what was flown in vain: we know
            found.close()
            get_reusable_executor(reuse=True).shutdown(wait=True)


def _for_parent(parent: int, function: Callable[[A], R], argument: A) -> tuple[A, R]:
    """In a process of ours: fly, unless whoever asked for it is gone (killed, it could not tell us)."""
    if hasattr(os, "getppid") and os.getppid() != parent:
        os._exit(0)
    return argument, function(argument)


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Processes that are started in here do not hear Ctrl-C: who started them sees to their end, without tracebacks."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """What asks us to stop is heard when we come out of here."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    ours = {number for number, handler in before.items() if callable(handler)}
    for number in ours:
        signal.signal(number, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])
    for handler in (before[signal.Signals(number)] for number in heard[:1]):
        if callable(handler):
            handler(heard[0], None)
