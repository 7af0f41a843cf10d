"""`skycrane replay show`, and what the exit codes of verify count: a log is only as good as the flight it is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from game.cli import main
from game.content.paths import data_root
from game.record.replay import Replay
from game.record.verify import Verdict
from game.sim.snapshot import Outcome
from tests.replay.flights import recorded


@cache
def flown() -> tuple[Replay, tuple[str, ...]]:
    """A landing, and its journal's texts."""
    texts: list[str] = []
    return recorded("sky-crane", seed=3, dispersed=True, journal=texts.append)[1], tuple(texts)


def told(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, list[str]]:
    code = main(["replay", *map(str, words)])
    out, err = capsys.readouterr()
    assert err == ""
    return code, out.splitlines()


def written(folder: Path, record: Replay | Sequence[str]) -> Path:
    path = folder / "a.replay"
    path.write_text(record.text() if isinstance(record, Replay) else "".join(record), "utf-8")
    return path


def elsewhere(record: Replay) -> Replay:
    """As if it came from a machine with other last digits."""
    return replace(
        record,
        header=replace(record.header, platform="plan9-mips"),
        digests=tuple(digest[::-1] for digest in record.digests),
        end=replace(record.end, digest=record.end.digest[::-1]),
    )


def test_show_prints_header_log_and_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The log is the one that `fly` printed when it was flown, the last line what `verify` says."""
    path = tmp_path / "a.replay"
    assert main(["fly", "sky-crane", "--seed", "3", "--dispersed", "--record", str(path)]) == 0
    log = capsys.readouterr().out.splitlines()
    code, lines = told(capsys, "show", path)
    assert code == 0
    empty = lines.index("")
    assert [line.split()[0] for line in lines[:empty]] == [
        "level", "seed", "mode", "dispersed", "pilot", "game", "content", "platform", "recorded",
    ]  # fmt: skip
    assert lines[empty + 1 : -1] == log
    assert told(capsys, "verify", path) == (0, [lines[-1]])
    assert lines[-1].startswith(f"{path}: exact: landed (landed) with ")


def test_the_header_alone_is_not_flown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is what the file says of itself, true or not."""
    record = flown()[0]
    path = written(tmp_path, replace(record, end=replace(record.end, score=10_000)))
    code, lines = told(capsys, "show", "--header", path)
    assert code == 0
    assert lines[-1] == f"recorded   landed (landed) with 10,000 points after {record.ticks:,} ticks"
    assert len(lines) == 9


def test_the_log_of_a_lie_is_the_flight_that_was_flown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What these commands do, and then that it is not what was recorded."""
    record = flown()[0]
    path = written(tmp_path, replace(record, end=replace(record.end, outcome=Outcome.LOST, score=0)))
    code, lines = told(capsys, "show", path)
    assert code == 1
    assert any(line.startswith("outcome: landed after ") for line in lines)
    assert lines[-1].startswith(f"{path}: differs: recorded as lost (landed) with 0 points")


def test_where_a_second_differs_the_log_stops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no outcome to tell of: the commands after it were given to another flight."""
    record = flown()[0]
    digests = (*record.digests[:20], "0" * 32, *record.digests[21:])
    code, lines = told(capsys, "show", written(tmp_path, replace(record, digests=digests)))
    assert code == 1
    assert not any(line.startswith("outcome: ") for line in lines)
    assert lines[-1].endswith("differs: the state is another; the first second that differs is 21")


def test_a_flight_that_was_cut_off_is_shown_as_far_as_it_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Header, events and a verdict of its own; exit code 1, because no outcome was proved."""
    path = written(tmp_path, flown()[1][:15])
    code, lines = told(capsys, "show", path)
    assert code == 1
    assert "recorded   cut off after 15 s, before its outcome" in lines
    assert any("rover_release" in line for line in lines)
    assert not any(line.startswith("outcome: ") for line in lines)
    assert lines[-1].startswith(f"{path}: exact as far as it goes: cut off after 15 s, before its outcome (")
    assert told(capsys, "verify", path) == (1, [lines[-1]])


def test_a_cut_off_flight_that_differs_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One digest, one place, or a flight that goes on after its end."""
    texts = list(flown()[1])
    digest = flown()[0].digests[3]
    path = written(tmp_path, [text.replace(digest, digest[::-1]) for text in texts])
    code, lines = told(capsys, "verify", path)
    assert (code, lines) == (1, [f"{path}: differs: the state is another; the first second that differs is 4"])
    frame = flown()[0].frames[0]
    moved = [text.replace(f"frame {frame.rover_x_m:.2f}", f"frame {frame.rover_x_m + 0.01:.2f}") for text in texts]
    assert told(capsys, "verify", written(tmp_path, moved)) == (1, [f"{path}: differs: the frames are others"])
    longer = ["run 120 0 0 0 0 0 0\n", f"digest {'0' * 32}\n"] * 2
    code, lines = told(capsys, "verify", written(tmp_path, [*texts, *longer]))
    assert code == 1
    assert ": differs: " in lines[0]


def test_every_verdict_is_described() -> None:
    """In the table of docs/replays.md, with its exit code."""
    page = (data_root() / "docs" / "replays.md").read_text("utf-8")
    codes = {Verdict.EXACT: "0", Verdict.WITHIN_TOLERANCE: "1, with `--tolerant` 0"}
    for verdict in Verdict:
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{verdict}` |")]
        assert row.endswith(f" | {codes.get(verdict, '1')} |"), row


def test_within_tolerance_is_no_proof_unless_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file only says of itself that it comes from elsewhere: 0 means exact, and --tolerant takes its word."""
    path = written(tmp_path, elsewhere(flown()[0]))
    for words, expected in ((("verify",), 1), (("verify", "--tolerant"), 0), (("show", "--tolerant"), 0)):
        code, lines = told(capsys, *words, path)
        assert code == expected
        assert ": within tolerance: recorded on plan9-mips; landed (landed) with " in lines[-1]


def test_a_cut_off_flight_from_elsewhere_is_compared_by_its_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Within a metre it is within tolerance as far as it goes, never verified, not even with --tolerant."""
    record, texts = flown()
    text = "".join(texts[:25]).replace(record.header.platform, "plan9-mips")
    for digest in record.digests:
        text = text.replace(digest, digest[::-1])
    path = written(tmp_path, [text])
    code, lines = told(capsys, "verify", "--tolerant", path)
    assert code == 1
    assert ": within tolerance as far as it goes: recorded on plan9-mips; cut off after 25 s" in lines[0]
    frame = record.frames[1]
    path = written(tmp_path, [text.replace(f"frame {frame.rover_x_m:.2f}", f"frame {frame.rover_x_m + 2.0:.2f}")])
    code, lines = told(capsys, "verify", "--tolerant", path)
    assert code == 1
    assert ": not verified: recorded on plan9-mips, cut off after 25 s, before its outcome, up to 2.00 m" in lines[0]
