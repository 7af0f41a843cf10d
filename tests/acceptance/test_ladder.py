"""docs/ladder.md: every rung is there in its order, the autopilot lives on it, and it is harder than those below."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from game.content.levels import Library
from game.content.modes import Mode
from game.lab.rates import rate_of
from tests.acceptance.ladder import NAME, PAGE, counted, rows_of, shares_of, table_of
from tests.pages import page_with

TEXT = PAGE.read_text("utf-8")
IDS = [level.id for level in Library().ladder()]
FIRST_MISSION = "jezero"
SKILLS = IDS[: IDS.index(FIRST_MISSION)]


def test_every_level_is_told_of_and_measured_in_the_order_of_the_ladder() -> None:
    """In both tables; what each is in a line that is its own."""
    told = re.findall(r"^\| `([a-z-]+)` \| (.+) \| (.+) \|$", TEXT.partition(f"<!-- {NAME} -->")[0], re.MULTILINE)
    assert [name for name, _, _ in told] == IDS
    assert len({what for _, what, _ in told}) == len(IDS)
    assert list(rows_of(TEXT)) == IDS


def test_the_ladder_is_as_hard_as_it_says() -> None:
    """The autopilot lives at least 19 times of 20 on every rung, and the novice 4 of 5 times where it steers. By hand a
    mission is never a tenth easier than any below it; the last takes more than a novice has.
    """
    shares = {name: shares_of(row) for name, row in rows_of(TEXT).items()}
    for name, (autopilot, guided, _) in shares.items():
        assert autopilot >= 0.95, name
        assert guided >= 0.8, name
    by_hand = [(name, shares[name][2]) for name in IDS if name not in SKILLS]
    for (below, easier), (above, harder) in combinations(by_hand, 2):
        if below != FIRST_MISSION:  # everybody begins with it
            assert harder <= easier + 0.1, f"{above} is easier than {below}"
    assert by_hand[-1][1] < 0.2


def test_the_table_is_made_of_what_was_counted() -> None:
    """A new count takes the place of the old one, and leaves every other row and cell as it stood."""
    rate = {
        "level": "gale", "mode": "manual", "pilot": "novice", "flights": 40, "alive": 10, "share": 0.25,
        "mean_points": 6543.2,
        "lost": [
            {"phase": "powered", "reason_code": "fuel_out", "times": 9},
            {"phase": "flyaway", "reason_code": "stage_on_rover", "times": 12},
            {"phase": "sky_crane", "reason_code": "fuel_out", "times": 8},
            {"phase": "touchdown", "reason_code": "dragged", "times": 1},
        ],
    }  # fmt: skip
    old = rows_of(TEXT)
    new = rows_of(page_with(NAME, table_of(counted([rate], old)), TEXT))
    assert new["gale"][4:] == ["25 % of 40", "6,543", "`fuel_out` 17, `stage_on_rover` 12"]
    assert new["gale"][:4] == old["gale"][:4]
    assert {name: row for name, row in new.items() if name != "gale"} == {n: r for n, r in old.items() if n != "gale"}
    assert page_with(NAME, table_of(old), TEXT) == TEXT
    with pytest.raises(ValueError, match="no column for idle in manual"):
        counted([rate | {"pilot": "idle"}], old)


@pytest.mark.nightly
@pytest.mark.parametrize("level", IDS)
@pytest.mark.parametrize(("pilot", "mode", "column"), [("autopilot", Mode.MANUAL, 0), ("novice", Mode.MANUAL, 4)])
def test_a_row_says_what_is_flown(level: str, pilot: str, mode: Mode, column: int) -> None:
    """Flown again by the same seeds, to the last of them and to the point."""
    cells = rows_of(TEXT)[level]
    flights = int(cells[column].rpartition(" ")[2])
    rate = rate_of(Library().level(level), mode, pilot, range(1, flights + 1))
    assert cells[column] == f"{rate.share:.0%} of {flights}".replace("%", " %")
    assert cells[column + 1] == (f"{rate.mean_points:,.0f}" if rate.alive else "-")
