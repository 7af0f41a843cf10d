"""The process that flies a record again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.record.book.book import Book
from game.record.book.entry import Proof
from game.record.book.prover import Prover
from tests.book.flights import NOW, flown


def test_it_runs_nothing_that_lies_in_the_folder_we_stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts the game in a folder of downloads starts the game, not what is called like a module."""
    ran = tmp_path / "ran"
    for name in ("multiprocessing", "pickle", "struct", "json", "signal"):
        (tmp_path / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write(__name__)\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    book = Book()
    entry = book.add(*flown(), now=NOW)
    prover = Prover(book)
    prover.prove([entry.id])
    prover.finish()
    assert not ran.exists()
    assert book.entry(entry.id).proof is Proof.EXACT
    assert "PYTHONSAFEPATH" not in os.environ
