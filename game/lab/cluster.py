"""The same flights on a Dask cluster: https://docs.dask.org, an extra."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv6Address
from time import monotonic
from typing import Any, Final, TypeVar

from game.content.extras import how_to_install
from game.lab.runners import Runner, RunnerError

A = TypeVar("A")
R = TypeVar("R")

_ADDRESS: Final = re.compile(r"tcp://(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[\w.-]+)):(?P<port>[0-9]{1,5})")
_ANSWER_S: Final = 5.0  # within which a scheduler says that it is there, and its first worker, or hands over a result
_PATIENCE_S: Final = 60.0  # with no worker, until we give up
_LOOK_S: Final = 2.0  # without a result, until we look whether there are workers
_AHEAD: Final = 4  # flights for each thread of the cluster that wait their turn there
_LOST: Final = object()  # in a result's place


def check_address(address: str) -> None:
    """Raise RunnerError unless a scheduler can have this address: a name, or numbers, IPv6 ones in brackets."""
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found["port"]) < 65_536 or not _is_host(found["six"], found["host"]):
        raise RunnerError(
            f"--cluster is the address of a Dask scheduler, such as tcp://192.168.1.10:8786, not '{address}'"
        )


def _is_host(six: str | None, host: str | None) -> bool:
    try:
        if host is None:
            IPv6Address(six or "")
        else:
            host.encode("idna")  # as whoever looks it up does: refuses labels that are empty or longer than 63
    except ValueError:
        return False
    return host is None or (len(host) < 254 and not host.endswith("."))


@contextmanager
def cluster(address: str, tell: Callable[[str], None] = lambda _: None) -> Iterator[Runner]:
    """A runner on the workers of the scheduler at this address, such as tcp://192.168.1.10:8786.

    tell   hears a sentence when no worker is left there, and when one has come

    Raises RunnerError when that is no address, nobody answers there, or a worker there has no skycrane.
    """
    check_address(address)
    try:
        from distributed import Client  # noqa: PLC0415  an extra, and slow to import
    except ImportError as error:
        raise RunnerError(f"--cluster needs Dask, which is not installed: {how_to_install('cluster')}") from error
    with _silent("distributed"):  # what goes wrong is told by us, in a sentence
        try:
            client = Client(address, timeout=_ANSWER_S, set_as_default=False)
        except Exception as error:  # who listens there may be anything, and say what it likes
            raise RunnerError(
                f"no Dask scheduler answers at {address}: is it running (dask scheduler), is it reached?"
            ) from error
        try:
            _check_workers(client, address)

            def run(function: Callable[[A], R], arguments: Iterable[A]) -> Generator[tuple[A, R], None, None]:
                return _flown(client, address, tell, function, arguments)

            yield run
        finally:
            client.close(timeout=1)


@contextmanager
def _silent(package: str) -> Iterator[None]:
    """Its loggers, which it gives levels of their own, say nothing in here."""
    names = [name for name in logging.root.manager.loggerDict if name == package or name.startswith(f"{package}.")]
    before = {logger: logger.level for logger in map(logging.getLogger, names)}
    for logger in before:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in before.items():
            logger.setLevel(level)


def _check_workers(client: Any, address: str) -> None:
    """Raise RunnerError unless there are workers, and each of them can import the game."""

    def lacks() -> str:  # defined in here, it is sent as a whole: a worker without the game could not look for it
        from importlib import import_module  # noqa: PLC0415

        try:
            import_module("game.lab.dispersions")
        except ImportError as error:
            return str(error)
        return ""

    try:
        client.wait_for_workers(1, timeout=_ANSWER_S)
    except TimeoutError as error:
        raise RunnerError(
            f"the Dask scheduler at {address} has no workers: dask worker {address} --nthreads 1"
        ) from error
    for worker, answer in sorted(client.run(lacks, on_error="return").items()):
        if answer != "":
            raise RunnerError(f"the worker at {worker} has no skycrane of ours ({answer}); install the same there")


def _flown(
    client: Any, address: str, tell: Callable[[str], None], function: Callable[[A], R], arguments: Iterable[A]
) -> Generator[tuple[A, R], None, None]:
    from distributed import as_completed  # noqa: PLC0415  it is there, or there were no client

    todo = iter(arguments)
    most = _AHEAD * max(sum(client.nthreads().values()), 1)
    asked: dict[Any, A] = {}

    def ask() -> Any | None:
        for argument in todo:
            # Not pure: two commands may fly the same seed, and each stops its own.
            future = client.submit(function, argument, pure=False, retries=2)
            asked[future] = argument
            return future
        return None

    done = as_completed([future for future in (ask() for _ in range(most)) if future is not None], loop=client.loop)
    try:
        while not done.is_empty():
            _await_result(client, address, tell, done)
            future = next(done)
            if future.status in {"error", "cancelled"}:
                raise _failure(future, address)
            if (result := _result(future)) is _LOST:
                done.add(future)
                continue
            yield asked.pop(future), result
            if (more := ask()) is not None:
                done.add(more)
    except (OSError, TimeoutError) as error:  # what a connection that ends makes of a call
        raise RunnerError(f"the Dask scheduler at {address} is gone: {str(error) or type(error).__name__}") from error
    finally:
        if asked and client.status == "running":
            client.cancel(list(asked), force=True)


def _await_result(client: Any, address: str, tell: Callable[[str], None], done: Any) -> None:
    """Return when a flight is over. Raises RunnerError when for too long there is no worker that could fly it."""
    since_s: float | None = None  # without a worker
    while True:
        with done.thread_condition:
            if done.thread_condition.wait_for(done.has_ready, _LOOK_S):
                return
        now_s = monotonic()
        if client.status != "running" or client.nthreads():
            if since_s is not None and client.status == "running":
                tell(f"a worker has come to the cluster at {address}: it goes on")
            since_s = None
        elif since_s is None:
            since_s = now_s
            tell(f"no worker is left at {address}: waiting {_PATIENCE_S:.0f} s for another one")
        elif now_s - since_s > _PATIENCE_S:
            raise RunnerError(f"no worker is left at {address}, and none has come within {_PATIENCE_S:.0f} s")


def _result(future: Any) -> Any:
    """What was flown; _LOST when its worker went before we had it: the scheduler has it flown again."""
    with suppress(TimeoutError):
        if future.status == "finished":
            return future.result(timeout=_ANSWER_S)
    return _LOST


def _failure(future: Any, address: str) -> RunnerError:
    """Why a flight was not flown, as one sentence."""
    if future.status == "cancelled":
        return RunnerError(f"the Dask scheduler at {address} is gone, or has dropped our flights")
    error = future.exception()
    return RunnerError(f"a worker of the cluster at {address} has failed: {type(error).__name__}: {error}")
