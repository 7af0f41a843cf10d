"""`skycrane new-level`: a file that flies at once, and never one lost or half written."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from game.cli import main
from game.content.errors import ContentError
from game.content.levels import level_ids, load_level
from game.content.new_level import SCHEMA_FILE, new_level_text, template
from tests.content.files import LEVEL, LEVELS, level_file, part_file
from tests.content.test_schema import marked


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder."""
    monkeypatch.chdir(tmp_path)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence that is said, with exit code 2; and nothing is written, nor changed."""
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    assert main(["new-level", *words]) == 2
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    return line.removeprefix("skycrane: ")


def test_a_new_level_flies_and_lands_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """It is a level under its name, the schema marks nothing, and its own checks, which are that the autopilot lands
    it and doing nothing loses it, are kept.
    """
    assert main(["new-level", "my-first"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "my-first.toml is a level of your own. To fly it at each save: skycrane fly my-first.toml --watch",
        "To play it: skycrane my-first.toml; to fly its checks: skycrane check my-first.toml",
    ]
    assert err == ""
    level = load_level("my-first.toml")
    assert (level.id, level.title) == ("my-first", "My first")
    assert marked("level", Path("my-first.toml").read_text("utf-8")) == []
    assert {check.pilot for check in level.checks} == {"autopilot", "idle"}
    assert main(["check", "my-first.toml"]) == 0


def test_every_key_of_it_has_a_word_beside_it() -> None:
    """A person who reads it from top to bottom knows what to change."""
    lines = [line for line in template().read_text("utf-8").splitlines() if line and not line.startswith("#")]
    bare = [line for line in lines if "#" not in line]
    plain = (
        "schema",
        "kind",
        "temperature_factor",
        "speed_down_mps",
        "height_m",
        "flyaway",
        "bronze",
        "silver",
        "gold",
    )
    plain += ("max_time_s", "[goal]", "[[check]]", "name", "pilot", "expect")
    assert [line for line in bare if not line.startswith(plain)] == []


AUTHOR = "earns the author's mark"


def _uncommented(text: str) -> list[str]:
    """The lines with the check that was left out as if it had not been."""
    head, _, tail = text.partition("# left out, because it asks for the author's mark")
    check, blank, rest = tail.partition("\n")[2].partition("\n\n")
    assert AUTHOR in check
    return "".join([head, check.replace("\n# ", "\n").removeprefix("# "), blank, rest]).splitlines()


@pytest.mark.parametrize("name", level_ids())
def test_any_level_of_the_game_can_be_started_from(name: str) -> None:
    """The same flight to the last figure under a new name, the comments kept; gone are only the author's medal with
    the check that it is flown, which stands there as a comment, and the rung.
    """
    assert main(["new-level", "mine", "--from", name]) == 0
    old, new = load_level(name), load_level("mine.toml")
    assert new.flight_spec(dispersed=True) == old.flight_spec(dispersed=True)
    assert old.medals is not None
    assert old.medals.author is not None
    assert [check for check in old.checks if check not in new.checks] == [
        check for check in old.checks if AUTHOR in check.name
    ]
    assert len(new.checks) == len(old.checks) - 1
    assert (old.rung is None, new.rung) == (False, None)
    assert (new.id, new.title, new.brief, new.pace, new.lesson) == ("mine", "Mine", old.brief, old.pace, old.lesson)
    assert new.medals is not None
    assert new.medals.author is None
    written, text = (LEVELS / f"{name}.toml").read_text("utf-8"), Path("mine.toml").read_text("utf-8")
    assert marked("level", text) == []
    gone = ("id =", "title =", "author =", "rung =")
    kept = [line for line in written.splitlines() if not line.startswith(gone)]
    assert [line for line in _uncommented(text) if line in kept] == kept


def test_a_file_can_be_started_from_and_its_parts_beside_it_hold(tmp_path: Path) -> None:
    """In the same folder it finds the same site."""
    part_file(tmp_path, "site", "jezero", ("friction", "0.9"))
    level_file(tmp_path)
    assert main(["new-level", "mine", "--from", "own.toml"]) == 0
    assert load_level("mine.toml").site.friction == 0.9


def test_where_its_parts_are_not_found_it_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A level by another site is another level: nothing is written."""
    part_file(tmp_path, "site", "jezero", ("friction", "0.9"))
    level_file(tmp_path)
    Path("other").mkdir()
    said = refused(capsys, "mine", "--from", "own.toml", "--dir", "other")
    assert said == "other: has another site or vehicle of the name that own.toml uses; choose another folder"
    part_file(tmp_path, "site", "jezero").rename("sites/ours.toml")
    Path("sites/ours.toml").write_text(
        Path("sites/ours.toml").read_text("utf-8").replace('"jezero"', '"ours"'), "utf-8"
    )
    level_file(tmp_path, ('site = "jezero"', 'site = "ours"'))
    assert main(["new-level", "mine", "--from", "own.toml", "--dir", "other"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        'skycrane: other/mine.toml: site: there is no site "ours"; there is gale, jezero',
        "skycrane: own.toml: is a level only where its own files lie; --dir .",
    ]
    assert list(Path("other").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "My First",
            "'My First' cannot be a level's name, which has small letters, digits and single hyphens, 64 at most",
        ),
        ("my-first.toml", "; how about my-first?"),
        ("a--b", "; how about a-b?"),
        ("../up", "; how about up?"),
        ("a/b", "; how about a-b?"),
        ("", "'' cannot be a level's name"),
        ("!", "64 at most"),
        ("a" * 65, "64 at most"),
        *(
            (name, f"'{name}' is a device to Windows, whatever file it should be")
            for name in ("con", "nul", "com1", "lpt9")
        ),
        (
            "sky-crane",
            "the game has a level sky-crane already; choose another name (--from sky-crane starts from that one)",
        ),
    ],
)
def test_a_name_that_is_none_gets_a_sentence(capsys: pytest.CaptureFixture[str], name: str, said: str) -> None:
    """With one that would do, if there is one near."""
    assert said in refused(capsys, name)


def test_what_is_there_is_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    """A file, a folder or a link to nothing under its name stays what it is."""
    Path("mine.toml").write_text("# mine\n", "utf-8")
    assert refused(capsys, "mine") == "mine.toml: is there already, and nothing is written over; choose another name"
    Path("folder.toml").mkdir()
    assert refused(capsys, "folder") == "folder.toml: is a folder, not a file"
    Path("link.toml").symlink_to("nowhere.toml")
    assert "is there already" in refused(capsys, "link")
    assert Path("link.toml").is_symlink()
    assert not Path("nowhere.toml").exists()


def test_a_folder_that_is_none_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is missing, one that is a file, one of the game's own, and one that may not be written."""
    assert refused(capsys, "mine", "--dir", "nowhere") == "nowhere/mine.toml: there is no folder nowhere"
    Path("file").write_text("", "utf-8")
    assert refused(capsys, "mine", "--dir", "file") == "file/mine.toml: there is no folder file"
    assert "names no folder" in refused(capsys, "mine", "--dir", "")
    own = refused(capsys, "mine", "--dir", str(LEVELS))
    assert own == f"{LEVELS / 'mine.toml'}: lies among the game's own files; name another place"
    assert not (LEVELS / "mine.toml").exists()

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("game.record.files.tempfile.mkstemp", denied)
    assert refused(capsys, "mine") == "mine.toml: cannot be written: Permission denied"


def test_a_level_to_start_from_that_cannot_be_used_gets_its_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As everywhere."""
    assert "did you mean sky-crane?" in refused(capsys, "mine", "--from", "sky-crain")
    level_file(tmp_path, ("height_m = 21.0", "height_m = -1.0"))
    assert refused(capsys, "mine", "--from", "own.toml") == "own.toml: start.height_m: must be above 0, not -1"


def test_the_editor_s_line_is_written_where_the_schema_lies() -> None:
    """Elsewhere it would lead nowhere; and it is not written twice."""
    assert main(["new-level", "bare"]) == 0
    assert "#:schema" not in Path("bare.toml").read_text("utf-8")
    Path(SCHEMA_FILE).write_text("{}", "utf-8")
    assert main(["new-level", "mine"]) == 0
    assert Path("mine.toml").read_text("utf-8").startswith("#:schema ./level.schema.json\n")
    assert main(["new-level", "again", "--from", "mine.toml"]) == 0
    assert Path("again.toml").read_text("utf-8").count("#:schema") == 1


CHECKS = """
[[check]]
name = "the autopilot lands it"
pilot = "autopilot"
expect.outcome = "landed"

[[check]]                          # by hand
name = "so do I"
pilot = "replay:mine.replay"
expect.outcome = "landed"
[check.expect.touchdown]
speed_mps = { most = 1.0 }

[[check]]
name = "so does the list"
pilot = "script:lists/land.txt"
expect.outcome = "landed"
"""


def test_checks_go_along_with_what_they_are_flown_by(tmp_path: Path) -> None:
    """A check by a file that does not lie here is kept as a comment; the others are kept."""
    other = tmp_path / "other.toml"
    other.write_text(LEVEL + CHECKS + "\n[lesson]\nteaches = 'T'\nsteps = ['S']\n", "utf-8")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "land.txt").write_text("", "utf-8")
    text = new_level_text(other, "mine", tmp_path)
    made = tomllib.loads(text)
    assert [check["name"] for check in made["check"]] == ["the autopilot lands it", "so does the list"]
    assert "lesson" in made
    assert (
        "# left out, because what it flies by does not lie here:\n# [[check]]                          # by hand\n"
        in text
    )
    assert "# speed_mps = { most = 1.0 }\n" in text
    none = tomllib.loads(new_level_text(other, "mine", tmp_path / "lists"))
    assert [check["name"] for check in none["check"]] == ["the autopilot lands it"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "own"', '"id" = "own"'),
        ('title = "Own"', 'title = """Own"""'),
        ("[pace]", "medals = { bronze = 1, silver = 2, gold = 3, author = 4 }\n[pace]"),
    ],
)
def test_what_cannot_be_copied_by_lines_is_refused(tmp_path: Path, old: str, new: str) -> None:
    """Rather than copied wrongly."""
    other = tmp_path / "other.toml"
    other.write_text(
        LEVEL.replace(old, new) if "medals" not in new else f"{new.partition(chr(10))[0]}\n{LEVEL}", "utf-8"
    )
    with pytest.raises(ContentError, match=r"other\.toml: is written in a way that cannot be copied by lines"):
        new_level_text(other, "mine", tmp_path)


def test_other_ways_to_write_it_are_understood(tmp_path: Path) -> None:
    """Single quotes, no blanks, quotes inside, and what looks like a table in a comment."""
    other = tmp_path / "other.toml"
    text = LEVEL.replace('id = "own"', "id='own' # [pace]").replace('"Own"', r'"\"Own\" # [x]"   # "said"')
    other.write_text(f"\ufeff{text}", "utf-8")
    made = new_level_text(other, "mine", tmp_path)
    assert 'id="mine" # [pace]\n' in made
    assert 'title = "Mine"   # "said"\n' in made
