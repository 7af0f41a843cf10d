"""Changed records are refused or reported: none ends in a traceback, none is exact with another result."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.cli import main
from game.record.replay import Replay, read_record
from tests.replay.kept import FLIGHTS
from tests.replay.mutants import WAYS, Mutant, mutant

SHORT = ("sky-crane-autopilot", "sky-crane-by-hand", "heat-shield-wild")
VERDICT = re.compile(
    r"(exact|differs|not verified|within tolerance|exact as far as it goes|within tolerance as far as it goes): .+"
)
REFUSALS = frozenset({"damaged", "cut"})
ALWAYS_CAUGHT = frozenset({"result changed", "proof changed", "ended early", "from elsewhere"})
HARMLESS = frozenset({"hands changed"})


def judged(changed: Mutant, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What `replay verify` says of it, after checking that the exit code fits and that nobody was deceived."""
    path = folder / "mutant.replay"
    path.write_text(changed.text, "utf-8", newline="")
    code = main(["replay", "verify", str(path)])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    if code == 2:
        assert out == ""
        (line,) = err.splitlines()
        assert line.startswith(f"skycrane: {path}: ")
        return "refused"
    assert err == ""
    (line,) = out.splitlines()
    said = VERDICT.fullmatch(line.removeprefix(f"{path}: "))
    assert said is not None, line
    verdict = said[1]
    assert (code == 0) is (verdict == "exact"), line
    if verdict == "exact":
        _assert_the_same_flight(read_record(path), changed)
    return verdict


def _assert_the_same_flight(record: object, changed: Mutant) -> None:
    """Exact is only what has the result of its source, by the same states: what else was changed, changed no flight."""
    assert isinstance(record, Replay)
    was = changed.source
    assert (record.end, record.digests, record.frames) == (was.end, was.digests, was.frames), changed.how
    assert (record.header.seed, record.header.content) == (was.header.seed, was.header.content), changed.how


def count(numbers: range, names: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All of these mutants, and how each way of changing must come out."""
    verdicts: dict[str, set[str]] = {}
    for number in numbers:
        changed = mutant(number, names)
        verdicts.setdefault(changed.how, set()).add(judged(changed, folder, capsys))
    assert set(verdicts) == set(WAYS)
    for how, found in verdicts.items():
        if how in REFUSALS:
            assert found == {"refused"}, how
        elif how in ALWAYS_CAUGHT:
            assert "exact" not in found, how
        elif how in HARMLESS:
            assert found == {"exact"}, how


def test_a_mutant_of_each_kind_is_refused_or_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twelve ways to change a record."""
    count(range(len(WAYS)), SHORT, tmp_path, capsys)


@pytest.mark.slow
def test_a_hundred_mutants_are_refused_or_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of short flights."""
    count(range(100, 200), SHORT, tmp_path, capsys)


@pytest.mark.nightly
@pytest.mark.parametrize("hundred", range(10))
def test_a_thousand_mutants_are_refused_or_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], hundred: int
) -> None:
    """Of all that are kept, the whole flight too."""
    count(range(1000 + 100 * hundred, 1100 + 100 * hundred), tuple(FLIGHTS), tmp_path, capsys)
