"""Two machines with score books, at a fixed moment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from game.commands import scores
from game.record.book import opening
from tests.book.flights import NOW
from tests.book.machines import Machine


@pytest.fixture
def a_fixed_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_MS", 0)  # nobody waits here for somebody else
    monkeypatch.setattr(scores, "_now", lambda: NOW + timedelta(hours=1))
    monkeypatch.delenv("SKYCRANE_DATA", raising=False)


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str], a_fixed_moment: None) -> Machine:
    return Machine(tmp_path / "here", capsys)


@pytest.fixture
def other(tmp_path: Path, capsys: pytest.CaptureFixture[str], a_fixed_moment: None) -> Machine:
    return Machine(tmp_path / "there", capsys)
