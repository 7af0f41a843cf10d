"""docs/flown.md says what is flown."""

from __future__ import annotations

import re

import pytest

from game.lab.tables import markdown
from tests.acceptance.docs import FLIGHTS, PAGE, flown, picture_of
from tests.pages import page_with

NUMBER = re.compile(r"[-+]?\d[\d,]*\.?\d*")


@pytest.mark.slow
@pytest.mark.acceptance
@pytest.mark.parametrize("flown_id", FLIGHTS)
def test_the_table_is_that_of_today_s_flights(flown_id: str) -> None:
    """The same words, and numbers within rounding and another platform's last digits: a hundredth, or a unit."""
    page = PAGE.read_text("utf-8")
    fresh = page_with(flown_id, markdown(flown(flown_id)[0]), page)
    hint = "run: python -m tests.acceptance.docs"
    assert [NUMBER.sub("#", line) for line in fresh.splitlines()] == [
        NUMBER.sub("#", line) for line in page.splitlines()
    ], hint
    for new, old in zip(fresh.splitlines(), page.splitlines(), strict=True):
        numbers = [[float(n.replace(",", "")) for n in NUMBER.findall(line)] for line in (new, old)]
        assert numbers[0] == pytest.approx(numbers[1], rel=0.01, abs=0.11), f"{old}; {hint}"


@pytest.mark.parametrize("flown_id", FLIGHTS)
def test_the_page_shows_its_picture(flown_id: str) -> None:
    """And it is there: what is on it is for the eye, not checked here."""
    picture = picture_of(flown_id)
    assert f"images/{picture.name}" in PAGE.read_text("utf-8")
    assert picture.read_bytes().startswith(b"\x89PNG")
