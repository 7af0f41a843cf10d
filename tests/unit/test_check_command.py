"""The command that flies checks, how one of them is flown again by its name, and which files are levels."""

from __future__ import annotations

import io
import json
import shlex
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import game.lab.check
from game.cli import main
from game.content.levels import level_ids, load_level
from game.content.paths import data_root
from game.lab.check import source_of_check
from game.lab.fly import fly
from game.lab.level_files import is_level_file
from tests.content.files import LEVEL, level_file
from tests.unit.checked import IDLE, check_of, told


@pytest.mark.parametrize(
    ("pilot", "name", "more"),
    [
        (IDLE, "own", 'mode = "raw"\nseeds = [3]'),
        (IDLE, "the maker's own", "dispersed = true\nseeds = [2, 5]"),
        ('pilot = "script:fly it.txt"', "costs 5 $", ""),
        ('script = "at start throttle 0"', "softly, and on time", "seeds = { first = 4, count = 2 }"),
    ],
)
def test_the_command_to_fly_it_again_flies_the_same(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pilot: str,
    name: str,
    more: str,
) -> None:
    """As a shell reads it: of a broken check's first and last seed, to the last bit, whoever flew it and however."""
    (tmp_path / "fly it.txt").write_text("at start throttle 0\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    lines = [
        line for line in told(tmp_path, check_of('expect.outcome = "landed"', name, pilot, more)) if ", seed " in line
    ]
    (check,) = load_level("own.toml").checks
    assert len(lines) == len(check.seeds)
    for line, seed in zip(lines, check.seeds, strict=True):
        words = shlex.split(line.partition(". Fly it again: skycrane ")[2])
        assert main([*words, "--json"]) == 1
        seen = json.loads(capsys.readouterr().out)
        level = load_level("own.toml")
        source, flier = source_of_check(level, check, seed)
        flown = fly(level, source, pilot=flier, seed=seed, mode=check.mode, dispersed=check.dispersed)
        assert (seen["digest"], seen["seed"], seen["pilot"]) == (flown.digest, seed, flier)
        assert (seen["mode"], seen["dispersed"]) == (check.mode, check.dispersed)


def test_a_check_is_flown_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its first seed where none is asked for, any other that is; a replay, a course and the log come of it as usual."""
    level = level_file(tmp_path, text=LEVEL + check_of('expect.outcome = "lost"', "idle loses", IDLE, "seeds = [3, 4]"))
    replay, rows = tmp_path / "a.replay", tmp_path / "a.csv"
    words = ["fly", str(level), "--check", "idle loses", "--record", str(replay), "--csv", str(rows)]
    assert main(words) == 1
    assert capsys.readouterr().out.startswith("own: seed 3, idle, manual\n")
    assert main(["replay", "verify", str(replay), "--level", str(level)]) == 0
    assert rows.read_text("utf-8").startswith("t_s,phase,")
    capsys.readouterr()
    assert main(["fly", str(level), "--check", "idle loses", "--seed", "0"]) == 1
    assert capsys.readouterr().out.startswith("own: seed 0, idle, manual\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("idle looses", 'there is no check "idle looses"; did you mean "idle loses"?'),
        ("xyz", 'there is no check "xyz"; there is "idle loses"'),
    ],
)
def test_a_check_that_the_level_does_not_have_gets_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    """With one that is meant, or those that there are."""
    level = level_file(tmp_path, text=LEVEL + check_of('expect.outcome = "lost"', "idle loses", IDLE))
    assert main(["fly", str(level), "--check", name]) == 2
    assert capsys.readouterr().err == f"skycrane: {level}: {said}\n"
    level_file(tmp_path)
    assert main(["fly", str(level), "--check", name]) == 2
    assert capsys.readouterr().err.endswith("; it has none\n")


@pytest.mark.parametrize("more", [["--pilot", "autopilot"], ["--mode", "manual"], ["--dispersed"], ["--daily"]])
def test_what_a_check_says_itself_cannot_be_said_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    """Not even where it would be the same: who says both means something else."""
    level = level_file(tmp_path, text=LEVEL + check_of('expect.outcome = "lost"', "idle loses", IDLE))
    where = [] if more == ["--daily"] else [str(level)]
    assert main(["fly", *where, "--check", "idle loses", *more]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert f"leave {'--daily' if more == ['--daily'] else '--pilot, --mode and --dispersed'} out" in err


def test_the_command_prints_a_table_and_then_what_is_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line per check; exit 1 with a broken one, 0 without; --json tells the same."""
    path = level_file(tmp_path, text=LEVEL + check_of('expect.outcome = "lost"', "idle loses", IDLE))
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out.split("\n")[1].split() == [str(path), "idle", "loses", "1", "1", "kept"]
    path = level_file(tmp_path, text=LEVEL + check_of('expect.outcome = "landed"', "idle lands", IDLE))
    assert main(["check", str(path)]) == 1
    head, row, empty, sentence, _ = capsys.readouterr().out.split("\n")
    assert head.split() == ["level", "check", "flights", "kept", "verdict"]
    assert row.split() == [str(path), "idle", "lands", "1", "0", "BROKEN"]
    assert empty == ""
    assert sentence.startswith(f'{path}: "idle lands", seed 0: outcome was lost')
    assert main(["check", str(path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    (check,) = found["checks"]
    assert (check["passed"], check["kept"], check["flights"], found["unchecked"]) == (False, 0, 1, [])
    assert check["broken"][0]["bounds"][0]["value"] == "lost"


class Terminal(io.StringIO):
    """Somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is_and_keeps_nothing_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each flight, on stderr; the table, or the JSON, is the same as in a pipe."""
    path = level_file(
        tmp_path,
        text=LEVEL + check_of('expect.outcome = "lost"', "idle loses", IDLE, more="seeds = [0, 1]")
        + check_of('expect.outcome = "lost"', "again", IDLE),
    )  # fmt: skip
    for words in ([], ["--json"]):
        assert main(["check", str(path), *words]) == 0
        piped = capsys.readouterr()
        assert piped.err == ""
        terminal = Terminal()
        monkeypatch.setattr("sys.stderr", terminal)
        assert main(["check", str(path), *words]) == 0
        monkeypatch.undo()
        assert capsys.readouterr().out == piped.out
        shown = [line for line in terminal.getvalue().split("\r") if line.strip()]
        assert shown == [f"{flights} of 3 flights" for flights in (1, 2, 3)]
        assert terminal.getvalue().endswith(f"\r{' ' * len(shown[-1])}\r")


def test_the_table_is_as_wide_as_it_need_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page for beginners shows it; where fewer than all are asked there is room for it."""
    check = check_of('expect.outcome = "lost"', "idle loses", IDLE, more="seeds = [1, 2]")
    for more, kept in (("", "2   "), ("at_least = 1\n", "2 (1 asked)")):
        path = level_file(tmp_path, text=LEVEL + check + more)
        assert main(["check", str(path)]) == 0
        head, row, _ = capsys.readouterr().out.split("\n")
        assert row == f"{path}  idle loses  2        {kept}  kept"
        assert head.endswith(f"  flights  {'kept'.ljust(len(kept))}  verdict")


@pytest.mark.slow
def test_any_number_of_jobs_prints_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To the last letter, in the order of the file and of the seeds."""
    bounds = "expect.touchdown.speed_mps = { most = 0.7 }\nexpect.peaks.g = { least = 99 }"
    (tmp_path / "idle.txt").write_text("at start throttle 0\n", "utf-8")
    text = LEVEL + check_of(bounds, more="seeds = [3, 1, 2]")
    text += check_of(bounds, "scripted", 'pilot = "script:idle.txt"') + check_of(
        bounds, "inline", "script = 'at start tilt 0'"
    )
    path = level_file(tmp_path, text=text)
    printed = []
    for jobs in ("1", "2"):
        assert main(["check", str(path), "--jobs", jobs]) == 1
        printed.append(capsys.readouterr())
    assert printed[0] == printed[1]
    assert printed[0].err == ""


def test_a_folder_is_its_levels_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sites, vehicles, other TOML files and hidden folders are passed over; a level without checks is named."""
    level_file(tmp_path, text=LEVEL + check_of('expect.outcome = "lost"', "idle loses", IDLE))
    for name, text in {
        "pyproject.toml": '[tool.level]\nkind = "level"\nschema = 1\n',
        "sites/kind.toml": LEVEL,
        ".cache/own.toml": LEVEL,
        "other.toml": 'kind = "level"\nname = "of another game"\n',
        "more/bare.toml": LEVEL.replace('"own"', '"bare"'),
        "notes.txt": LEVEL,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert main(["check", str(tmp_path), str(tmp_path / "own.toml")]) == 0
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 3
    assert out[2] == f"{tmp_path / 'more' / 'bare.toml'}: has no checks"


def test_everything_wrong_with_everything_is_told_before_anything_is_flown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two bad levels, a script with two bad lines, one that is not there, a bad replay, no level, a wrong name."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("it flew")

    monkeypatch.setattr(game.lab.check, "fly", never)
    bound = 'expect.outcome = "landed"'
    checks = check_of(bound, "a", 'script = "at start thrttle 1\\nwhen heigt_m < 3 action"')
    checks += check_of(bound, "b", 'pilot = "script:gone.txt"') + check_of(bound, "c", 'pilot = "replay:bad.replay"')
    (tmp_path / "bad.replay").write_text("nonsense", "utf-8")
    own = level_file(tmp_path, text=LEVEL + checks)
    worse = tmp_path / "worse.toml"
    worse.write_text(LEVEL.replace('"own"', '"worse"').replace("gust_mps", "gust_mp") + checks, "utf-8")
    broken = tmp_path / "broken.toml"
    broken.write_text('schema = 1\nkind = "level"\n[air\n', "utf-8")
    (tmp_path / "empty").mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert main(["check", str(tmp_path), str(tmp_path / "empty"), "jezro"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    for path in (own, worse):
        for sentence in (
            "check 1: script: line 1: 'thrttle' is nothing to set; there is throttle",
            "check 1: script: line 2: 'heigt_m' is not a measured value; there is height_m",
            f"check 2: pilot: {tmp_path / 'gone.txt'}: cannot be read: No such file",
            f"check 3: pilot: {tmp_path / 'bad.replay'}: ",
        ):
            assert f"{path}: {sentence}" in err, sentence
    assert f"{worse}: air.gust_mp: is not a key here" in err
    assert f"{broken}: is not valid TOML" in err
    assert f"{tmp_path / 'empty'}: has no level file in it" in err
    assert 'there is no level "jezro"; did you mean jezero?' in err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("pilot", ['"script:a\\u0000b"', '"script:"', "3", '["script:x"]', '"replay:."', '"script:.."'])
def test_a_pilot_that_cannot_be_one_is_told_once(
    tmp_path: Path, pilot: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever stands there, beside another fault of the level: a sentence each."""
    text = LEVEL.replace("gust_mps", "gust_mp") + check_of('expect.outcome = "lost"', pilot=f"pilot = {pilot}")
    assert main(["check", str(level_file(tmp_path, text=text))]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert sum("check 1: pilot: " in line for line in lines) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--jobs", "0"], "--jobs must be a whole number from 1 to 512, not '0'"),
        (["gone.toml"], "gone.toml: there is no such file"),
        (["--seed", "1"], "--seed"),
    ],
)
def test_bad_words_get_a_sentence(words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2."""
    assert main(["check", *words]) == 2
    assert sentence in capsys.readouterr().err


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C as Python has it, also where whoever started the tests ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_in_flight_exits_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a word on stderr."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(game.lab.check, "fly", interrupted)
    assert main(["check", "sky-crane"]) == 130
    assert capsys.readouterr().err.strip() == ""


@pytest.mark.parametrize(
    ("text", "is_level"),
    [
        ('schema = 1\nkind = "level"\n', True),
        ("\ufeff# a level\r\nschema = 1\r\n  kind   =  'level'  # ours\r\n[air]\r\n", True),
        ('"schema" = 1\n"kind" = "level"\n[air', True),
        ('schema = 1\nkind = "site"\n', False),
        ('vehicle = "curiosity"\nkind = "level"\n', True),
        ('kind = "level"\n', False),
        ('[tool]\nschema = 1\nkind = "level"\n', False),
        ('[[level]]\nschema = 1\nkind = "level"\n', False),
        ('schema = 1\nmy_kind = "level"\n', False),
        ('schema = 1\nkind = "levels"\n', False),
        ("", False),
    ],
)
def test_a_level_says_so_at_its_top(tmp_path: Path, text: str, is_level: bool) -> None:
    """Before its first table, however broken the rest is."""
    path = tmp_path / "a.toml"
    path.write_bytes(text.encode())
    assert is_level_file(path) is is_level
    other = path.rename(tmp_path / "a.txt")
    assert not is_level_file(other)


def test_every_level_of_the_game_is_known_for_one() -> None:
    """And nothing else below levels/."""
    found = {path for path in (data_root() / "levels").rglob("*.toml") if is_level_file(path)}
    assert {path.stem for path in found} == set(level_ids())


def test_every_level_of_the_game_has_checks() -> None:
    """Of the autopilot over twenty days, 19 of which must keep every bound, and of idle, which must lose."""
    for name in level_ids():
        checks = load_level(name).checks
        flown = [check for check in checks if check.pilot == "autopilot" and len(check.seeds) >= 20]
        assert flown, name
        assert all(check.at_least >= 0.95 * len(check.seeds) for check in flown), name
        idle = [check for check in checks if check.pilot == "idle"]
        assert idle, name
        for check in idle:
            words = {bound.path: bound.words for bound in check.bounds}
            assert words["outcome",] == ("lost",), name
            assert words["reason_code",], name
