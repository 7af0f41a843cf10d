"""Files that mean harm, or were made by accident: a sentence that names file and key, soon, and no traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.content.levels import load_level
from game.content.units import KNOWN
from tests.content.files import LEVELS, level_file, part_file, problems_of


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('site = "jezero"', "site = 2020-01-01", "site: must be text, not 2020-01-01"),
        ('title = "Own"', "title = 2020-01-01T00:00:00Z", "title: must be text, not 2020-01-01 00:00:00+00:00"),
        ('title = "Own"', "title = 07:32:00", "title: must be text, not 07:32:00"),
        (
            'brief = "A level',
            'brief = "{69:ft}: a level',
            f'brief: has {{69:ft}}, and there is no unit "ft"; there is {", ".join(filter(None, KNOWN))}',
        ),
        (
            'brief = "A level',
            'brief = "{A level',
            "brief: has a brace without its other one; a figure stands in two, such as {21:m}; a plain one is {{ or }}",
        ),
        ("height_m = 21.0", f"height_m = 1{'0' * 400}", "start.height_m: is a whole number too large for a file"),
        ("height_m = 21.0", f"height_m = 0x{'f' * 5000}", "start.height_m: is a whole number too large for a file"),
        ("height_m = 21.0", f"height_m = -{2**63 + 1}", "start.height_m: is a whole number too large for a file"),
        (
            "height_m = 21.0",
            f"height_m = {'[' * 300}{']' * 300}",
            "start: has more than 10 tables or lists inside each other",
        ),
        ("height_m = 21.0", f"height_m{'.a' * 15} = 1", "start: has more than 10 tables or lists inside each other"),
        ("height_m = 21.0", f"height_m{'.a' * 4000} = 1", "line 20 has a key of too many parts"),
        ("height_m = 21.0", f"""height_m{'."a b"' * 1000} = 1""", "line 20 has a key of too many parts"),
        ("schema = 1", f"#{'.a' * 20_000}\nschema = 1", "line 1 is longer than 10,000 characters, which no level has"),
    ],
)
def test_what_no_level_holds_is_one_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Dates, boundless numbers, bottomless tables and endless keys, before anything stumbles over them."""
    assert problems_of(level_file(tmp_path, (old, new))) == [f"own.toml: {said}"]


def test_a_long_key_is_cut_in_what_is_said_about_it(tmp_path: Path) -> None:
    """Forty characters are enough to find it."""
    (problem,) = problems_of(level_file(tmp_path, ("[goal]", f"{'k' * 300} = 1\n[goal]")))
    assert problem.startswith(f"own.toml: start.{'k' * 37}...: is not a key here")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Some editors write one."""
    path = level_file(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_level(str(path)).title == "Own"


def test_a_level_knows_all_its_files(tmp_path: Path) -> None:
    """Level, site and vehicle, wherever they lie."""
    site = part_file(tmp_path, "site", "jezero")
    level = level_file(tmp_path)
    assert load_level(str(level)).files == (level, site, LEVELS / "vehicles" / "perseverance.toml")


def _folder(path: Path) -> None:
    path.mkdir()


def _link(path: Path) -> None:
    path.symlink_to("nowhere")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_folder, "is a folder, not a TOML file"),
        (_link, "is a link to nothing"),
        (_loop, "cannot be read: "),
        pytest.param(
            _pipe,
            "is a device or a pipe, not a TOML file",
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes"),
        ),
    ],
)
def test_an_own_part_that_cannot_be_read_is_not_passed_over(tmp_path: Path, make: object, said: str) -> None:
    """The game's own site is not flown in its stead."""
    place = tmp_path / "sites" / "jezero.toml"
    place.parent.mkdir()
    make(place)  # type: ignore[operator]
    (problem,) = problems_of(level_file(tmp_path))
    assert problem.startswith(f"sites/jezero.toml: {said}")


def test_an_own_part_that_we_may_not_look_at_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without the right to enter it."""
    place = tmp_path / "sites" / "jezero.toml"
    for name in ("lstat", "is_dir", "open"):
        usual = getattr(Path, name)

        def refuse(path: Path, *how: object, usual: object = usual, **more: object) -> object:
            if path == place:
                raise PermissionError(13, "Permission denied")
            return usual(path, *how, **more)  # type: ignore[operator]

        monkeypatch.setattr(Path, name, refuse)
    assert problems_of(level_file(tmp_path)) == ["sites/jezero.toml: cannot be read: Permission denied"]
