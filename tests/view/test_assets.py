"""Fonts and their letters; every asset credited."""

from __future__ import annotations

import re

import pytest
from fontTools.ttLib import TTFont

from game.content.paths import data_root
from game.content.texts import load_texts
from game.view.fonts import Face

ASSETS = data_root() / "assets"


@pytest.mark.parametrize("face", list(Face))
def test_every_letter_that_a_player_reads_is_in_the_font(face: Face) -> None:
    """A missing glyph raises nothing and shows a box: so every character of the texts is looked up."""
    letters = TTFont(ASSETS / "fonts" / f"{face}.ttf").getBestCmap()
    texts = load_texts()
    words = "".join(texts.raw(key) for key in texts.keys()) + "0123456789,.-?°·"  # noqa: SIM118
    words += words.upper()
    missing = {letter for letter in words if ord(letter) not in letters}
    assert not missing


def test_every_asset_is_credited_and_every_credit_is_an_asset() -> None:
    """assets/ATTRIBUTIONS.md lists each file with author, origin and licence, and nothing else."""
    lines = (ASSETS / "ATTRIBUTIONS.md").read_text("utf-8").splitlines()
    rows = [line.split("|")[1:-1] for line in lines if "|" in line]
    listed = {row[0].strip(): row for row in rows[2:]}
    there = {path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*") if path.is_file()}
    assert there == set(listed)
    assert all(all(cell.strip() for cell in row) for row in listed.values())


def test_asset_names_are_plain() -> None:
    """Lower case, ASCII, hyphen or underscore: the same file on every system. Licences keep their usual capitals."""
    for path in ASSETS.rglob("*"):
        if path.is_file() and path.suffix not in (".md", ".txt"):
            assert re.fullmatch(r"[a-z0-9_-]+\.[a-z0-9]+", path.name), path.name
