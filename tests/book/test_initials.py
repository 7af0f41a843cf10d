"""Initials: three letters, and none that are rude."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.content.paths import data_root
from game.record.book.initials import DEFAULT, FILE_NAME, LENGTH, LETTERS, cleaned, is_rude, rude_words


@pytest.mark.parametrize(("text", "initials"), [("JPL", "JPL"), ("jpl", "JPL"), (" mia ", "MIA"), ("éüñ", "EUN")])
def test_three_letters_stand_as_they_are(text: str, initials: str) -> None:
    """Small ones become large, accents fall away."""
    assert cleaned(text) == initials


@pytest.mark.parametrize(
    "text", ["", "A", "JO", "JPLA", "M20", "A B", "A.B", "\x1b[2", "火星人", "ßßß", "ASS", "fuk", "Kkk"]
)
def test_everything_else_becomes_the_default(text: str) -> None:
    """Also what is rude, without a word about it."""
    assert cleaned(text) == DEFAULT


def test_the_default_is_fit_to_be_seen() -> None:
    """And cleaning twice changes nothing."""
    assert cleaned(DEFAULT) == DEFAULT
    assert not is_rude(DEFAULT)


def test_every_word_of_the_file_can_be_entered() -> None:
    """One that has not three letters of the board's would forbid nothing; and each stands there once."""
    words = rude_words(data_root())
    assert len(words) > 50
    assert not [word for word in words if len(word) != LENGTH or any(char not in LETTERS for char in word)]
    lines = (data_root() / "assets" / "texts" / FILE_NAME).read_text("utf-8").splitlines()
    written = [line for line in lines if line and not line.startswith("#")]
    assert len(written) == len(words)


def test_without_the_file_nothing_is_rude(tmp_path: Path) -> None:
    """It is no reason for a game to stop."""
    assert rude_words(tmp_path) == frozenset()
