"""The same dispersion on a Dask cluster of this machine, and what is told when there is none."""

from __future__ import annotations

import itertools
import os
import re
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest

import game.commands.disperse
import game.lab.cluster
from game.cli import main
from game.content.extras import how_to_install
from game.lab.dispersion_table import Table
from game.lab.dispersions import Job, NotFlown, Row, fly_row
from game.lab.runners import RunnerError
from tests.unit.test_cli import refused

_PATIENCE_S = 60.0
WORDS = ("disperse", "sky-crane", "--pilot", "idle", "--runs", "8")


def fly_or_die(mark: Path, job: Job, seed: int) -> Row | NotFlown:
    """Fly, but whoever comes to seed 3 first is killed by it."""
    if seed == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return fly_row(job, seed)


def one_over(number: int) -> float:
    return 1.0 / number


@contextmanager
def a_cluster(workers: int, *, processes: bool) -> Iterator[Any]:
    """A scheduler with so many workers, in this process or each in its own."""
    distributed: Any = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=processes, dashboard_address="127.0.0.1:0", host="127.0.0.1",
        protocol="tcp",
    ) as cluster:  # fmt: skip
        yield cluster


def test_two_workers_give_the_same_table(tmp_path: Path) -> None:
    """To the last byte what one process here gives; and what breaks there is told here."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    assert main([*WORDS, "--jobs", "1", "--csv", str(one)]) == 0
    with a_cluster(2, processes=False) as local:
        address = local.scheduler_address
        assert main([*WORDS, "--cluster", address, "--csv", str(two)]) == 0
        with game.lab.cluster.cluster(address) as runner, pytest.raises(RunnerError, match="ZeroDivisionError"):
            list(runner(one_over, range(2)))
    assert two.read_bytes() == one.read_bytes()


@pytest.mark.parametrize("answer", ["No module named 'game'", ImportError("No module named 'game'")])
def test_a_worker_without_the_game_is_told(answer: object) -> None:
    """By its address, before anything is flown there."""

    class Client:
        def wait_for_workers(self, count: int, timeout: float) -> None:
            pass

        def run(self, function: object, on_error: str) -> dict[str, object]:
            return {"tcp://10.0.0.1:4000": "", "tcp://10.0.0.2:4000": answer}

    with pytest.raises(RunnerError, match=r"^the worker at tcp://10.0.0.2:4000 has no skycrane of ours \(No module"):
        game.lab.cluster._check_workers(Client(), "tcp://10.0.0.9:8786")


@pytest.mark.slow
def test_two_worker_processes_give_the_same_table(tmp_path: Path) -> None:
    """Landings too, in processes of their own: what one process and two of joblib's give, to the last byte."""
    words = ["disperse", "jezero", "--runs", "6", "--seed", "40"]
    tables = []
    for jobs in ("1", "2"):
        assert main([*words, "--jobs", jobs, "--csv", str(tmp_path / jobs)]) == 0
        tables.append((tmp_path / jobs).read_bytes())
    with a_cluster(2, processes=True) as local:
        assert main([*words, "--cluster", local.scheduler_address, "--csv", str(tmp_path / "cluster")]) == 0
    tables.append((tmp_path / "cluster").read_bytes())
    assert tables[0] == tables[1] == tables[2]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
def test_a_worker_that_is_killed_costs_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of two processes, in the middle of a flight: the other, or who comes in its place, flies that seed again."""
    one, two, mark = tmp_path / "one.csv", tmp_path / "two.csv", tmp_path / "killed"
    assert main([*WORDS, "--jobs", "1", "--csv", str(one)]) == 0
    monkeypatch.setattr(game.commands.disperse, "fly_row", partial(fly_or_die, mark))
    with a_cluster(2, processes=True) as local:
        assert main([*WORDS, "--cluster", local.scheduler_address, "--csv", str(two)]) == 0
    assert mark.exists()
    assert two.read_bytes() == one.read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
def test_what_a_killed_worker_had_flown_is_flown_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its results go with it. While we are busy with the first one, it flies the second and is killed by the third."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    assert main([*WORDS, "--jobs", "1", "--csv", str(one)]) == 0
    monkeypatch.setattr(game.commands.disperse, "fly_row", partial(fly_or_die, tmp_path / "killed"))
    plugin: Any = pytest.importorskip("distributed.diagnostics.plugin")
    gone = Event()

    class Heard(plugin.SchedulerPlugin):  # type: ignore[misc]
        def remove_worker(self, *_: object, **__: object) -> None:
            gone.set()

    add = Table.add

    def add_late(self: Table, row: Row) -> None:
        assert gone.wait(_PATIENCE_S)
        add(self, row)

    monkeypatch.setattr(Table, "add", add_late)
    with a_cluster(1, processes=True) as local:
        local.scheduler.add_plugin(Heard())
        assert main([*WORDS, "--cluster", local.scheduler_address, "--csv", str(two)]) == 0
    assert two.read_bytes() == one.read_bytes()


class Silent:
    """A scheduler whose workers are gone, of which one may come again; and a flight that is over when it has."""

    status = "running"

    def __init__(self, comes_after: int) -> None:
        self.thread_condition = self
        self._left = comes_after

    def nthreads(self) -> dict[str, int]:
        self._left -= 1
        return {} if self._left >= 0 else {"tcp://10.0.0.1:4000": 1}

    def has_ready(self) -> bool:
        return self._left < 0

    def wait_for(self, ready: Callable[[], bool], timeout: float) -> bool:
        return ready()

    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


def test_it_is_told_when_no_worker_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, and once more when another has come; with none for a minute it ends with a sentence."""
    clock = itertools.count(0.0, 10.0)
    monkeypatch.setattr(game.lab.cluster, "monotonic", lambda: next(clock))
    told: list[str] = []
    back = Silent(comes_after=5)
    game.lab.cluster._await_result(back, "tcp://a:1", told.append, back)
    assert told == [
        "no worker is left at tcp://a:1: waiting 60 s for another one",
        "a worker has come to the cluster at tcp://a:1: it goes on",
    ]
    told.clear()
    gone = Silent(comes_after=1000)
    with pytest.raises(RunnerError, match="no worker is left at tcp://a:1, and none has come within 60 s"):
        game.lab.cluster._await_result(gone, "tcp://a:1", told.append, gone)
    assert len(told) == 1


@pytest.mark.slow
def test_workers_that_all_go_end_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the scheduler still there: what was flown is kept, and the same command goes on without a cluster."""
    path = tmp_path / "t.csv"
    monkeypatch.setattr(game.lab.cluster, "_LOOK_S", 0.1)
    monkeypatch.setattr(game.lab.cluster, "_PATIENCE_S", 0.5)
    with a_cluster(1, processes=False) as local:
        add = Table.add

        def add_and_scale(self: Table, row: Row) -> None:
            add(self, row)
            local.scale(0)

        with monkeypatch.context() as patch:
            patch.setattr(Table, "add", add_and_scale)
            words = [*WORDS, "--runs", "60", "--csv", str(path)]
            assert main([*words, "--cluster", local.scheduler_address]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("skycrane: no worker is left at tcp://127.0.0.1:")
    assert told[1].endswith(", and none has come within 0 s")
    assert told[2].endswith(f" of 60 flights are in {path}; the same command goes on from there")
    assert main([*words, "--jobs", "1"]) == 0


@pytest.mark.parametrize(
    "address",
    [
        "tcp://[1.2.3.4]:1", "tcp://[:::]:1", "tcp://[]:1", "tcp://a..b:1", "tcp://.a:1", "tcp://a.:1", "tcp://:1",
        f"tcp://{'x' * 64}:1", f"tcp://{'x.' * 150}x:1", "tcp://a%b:1", "tcp://a:0", "tls://a:1",
    ],
)  # fmt: skip
def test_what_is_no_address_is_told_first(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the level is read, and also when there is nothing left to fly."""
    told = f"--cluster is the address of a Dask scheduler, such as tcp://192.168.1.10:8786, not '{address}'"
    with pytest.raises(RunnerError, match=re.escape(told)):
        game.lab.cluster.check_address(address)
    assert "--cluster is the address" in refused(capsys, "disperse", "nowhere", "--runs", "1", "--cluster", address)


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "tcp://[::1]:1", "tcp://dask-scheduler:8786", "tcp://a_b.c.example:65535"]
)
def test_what_is_an_address_is_taken(address: str) -> None:
    """Numbers of both kinds, and names."""
    game.lab.cluster.check_address(address)


def test_whatever_answers_that_is_no_scheduler_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may send anything, and what Dask makes of that is no matter for a traceback."""
    distributed: Any = pytest.importorskip("distributed")

    def client(*_: object, **__: object) -> None:
        raise MemoryError("Unable to allocate 3.07 EiB")

    monkeypatch.setattr(distributed, "Client", client)
    assert "no Dask scheduler answers at tcp://h:80" in refused(capsys, *WORDS, "--cluster", "tcp://h:80")


def test_nobody_at_the_address_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """A port that nobody listens on: a sentence, when it has not answered in time."""
    monkeypatch.setattr(game.lab.cluster, "_ANSWER_S", 0.1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        assert f"no Dask scheduler answers at {address}" in refused(capsys, *WORDS, "--cluster", address)


def test_without_dask_it_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The extra is named; nothing else of the game needs it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = refused(capsys, *WORDS, "--cluster", "tcp://127.0.0.1:8786")
    assert told.startswith(f"--cluster needs Dask, which is not installed: {how_to_install('cluster')}")


@pytest.mark.slow
def test_a_cluster_without_workers_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """With the command that starts one."""
    with a_cluster(0, processes=False) as local:
        address = local.scheduler_address
        assert f"has no workers: dask worker {address}" in refused(capsys, *WORDS, "--cluster", address)
