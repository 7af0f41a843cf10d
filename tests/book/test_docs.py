"""docs/scores.md says what is so."""

from __future__ import annotations

import pytest

from game.commands.scores import scores
from game.content.paths import data_root
from game.record.book.boards import ROWS, Period
from game.record.book.entry import Proof
from game.record.book.exchange import CSV_COLUMNS
from game.record.book.initials import DEFAULT
from game.record.book.opening import FILE_NAME
from game.record.book.thinning import NEWEST

TEXT = (data_root() / "docs" / "scores.md").read_text("utf-8")


@pytest.mark.parametrize("proof", Proof)
def test_every_proof_is_explained(proof: Proof) -> None:
    """In the table."""
    assert f"| `{proof}` |" in TEXT


def test_every_command_and_option_is_named() -> None:
    """As one writes them."""
    for name, command in scores.commands.items():
        line = next(line for line in TEXT.splitlines() if line.startswith(f"    skycrane scores {name}"))
        for option in command.params:
            if option.param_type_name == "option":
                assert option.opts[0] in line, (name, option.opts)
    assert "|".join(Period) in TEXT


def test_every_column_of_the_table_is_named() -> None:
    """And the file, the default initials, and how much is kept."""
    assert ", ".join(f"`{name}`" for name in CSV_COLUMNS) in " ".join(TEXT.split())
    assert f"`{FILE_NAME}`" in TEXT
    assert f"`{DEFAULT}`" in TEXT
    assert (ROWS, NEWEST) == (100, 200)
    assert "first hundred" in TEXT
    assert "newest two hundred" in TEXT
