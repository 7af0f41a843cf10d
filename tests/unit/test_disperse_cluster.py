"""The same dispersion on a Dask cluster of this machine, and what is told when there is none."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import game.lab.cluster
from game.cli import main
from game.lab.runners import RunnerError
from tests.unit.test_cli import refused

WORDS = ("disperse", "sky-crane", "--pilot", "idle", "--runs", "8")


def one_over(number: int) -> float:
    return 1.0 / number


@contextmanager
def a_cluster(workers: int, *, processes: bool) -> Iterator[str]:
    """The address of a scheduler with so many workers, in this process or each in its own."""
    distributed: Any = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=processes, dashboard_address=None, host="127.0.0.1",
        protocol="tcp",
    ) as cluster:  # fmt: skip
        yield cluster.scheduler_address


def test_two_workers_give_the_same_table(tmp_path: Path) -> None:
    """To the last byte what one process here gives; and what breaks there is told here."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    assert main([*WORDS, "--jobs", "1", "--csv", str(one)]) == 0
    with a_cluster(2, processes=False) as address:
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
    """Landings too, in processes of their own."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    words = ["disperse", "jezero", "--runs", "6", "--seed", "40"]
    assert main([*words, "--jobs", "2", "--csv", str(one)]) == 0
    with a_cluster(2, processes=True) as address:
        assert main([*words, "--cluster", address, "--csv", str(two)]) == 0
    assert two.read_bytes() == one.read_bytes()


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
    assert told.startswith("--cluster needs Dask, which is not installed: pip install 'skycrane[cluster]'")


@pytest.mark.slow
def test_a_cluster_without_workers_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """With the command that starts one."""
    with a_cluster(0, processes=False) as address:
        assert f"has no workers: dask worker {address}" in refused(capsys, *WORDS, "--cluster", address)
